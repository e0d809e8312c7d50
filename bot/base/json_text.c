#include "bot/base/json_text.h"

void json_text_add(struct text *text, const char *string)
{
    text_add(text, "\"");
    for (const char *at = string; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\')
            text_add_format(text, "\\%c", byte);
        else if (byte == '\n')
            text_add(text, "\\n");
        else if (byte < 0x20)
            text_add_format(text, "\\u%04x", byte);
        else
            text_add_n(text, at, 1);
    }
    text_add(text, "\"");
}
