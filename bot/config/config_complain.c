#include "bot/config/config_complain.h"

#include <stdarg.h>
#include <stdio.h>

void config_complain(struct config_complaints *complaints, int line,
        const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);

    struct config_complaint_list *list = &complaints->list;
    list->items = arena_grow(complaints->arena, list->items, list->count,
            &complaints->capacity, sizeof *list->items);
    size_t at = list->count++;
    for (; at > 0 && list->items[at - 1].line > line; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = (struct config_complaint){
            .line = line,
            .text = arena_string(complaints->arena, text),
    };
}
