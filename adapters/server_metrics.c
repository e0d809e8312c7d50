#include "adapters/server_metrics.h"

#include "bot/base/text.h"

#include <math.h>
#include <string.h>

enum {
    /* A hundred channels in ten states are some hundred kilobytes. */
    TEXT_MAX_BYTES = 1 << 20,
};

/* In a label's value \ " and line ends have an escape; in help " has none. */
static void add_escaped(struct text *out, const char *value, bool quoted)
{
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\n')
            text_add(out, "\\n");
        else if (*at == '\\' || (quoted && *at == '"'))
            text_add_format(out, "\\%c", *at);
        else
            text_add_n(out, at, 1);
    }
}

static void add_head(struct text *out, const struct measure *measure)
{
    text_add_format(out, "# HELP paperboy_%s ", measure->name);
    add_escaped(out, measure->help, false);
    text_add_format(out, "\n# TYPE paperboy_%s %s\n", measure->name,
            measure->counter ? "counter" : "gauge");
}

static void add_labels(struct text *out, const struct measure *measure)
{
    const char *before = "{";

    for (size_t i = 0; i < MEASURE_LABELS_MAX; i++) {
        if (measure->labels[i].name == NULL)
            continue;
        text_add_format(out, "%s%s=\"", before, measure->labels[i].name);
        add_escaped(out, measure->labels[i].value, true);
        text_add(out, "\"");
        before = ",";
    }
    if (*before == ',')
        text_add(out, "}");
}

/* Whole numbers as such: %g would round them at six figures. */
static void add_value(struct text *out, double value)
{
    if (fabs(value) < 1e15 && value == floor(value))
        text_add_format(out, " %.0f\n", value);
    else
        text_add_format(out, " %.6f\n", value);
}

const char *server_metrics_text(const struct measure_list *list,
        struct arena *arena)
{
    struct text out;
    const char *name = "";

    text_init(&out, arena, TEXT_MAX_BYTES);
    for (size_t i = 0; i < list->count; i++) {
        const struct measure *measure = &list->items[i];
        if (strcmp(name, measure->name) != 0)
            add_head(&out, measure);
        name = measure->name;
        text_add_format(&out, "paperboy_%s", measure->name);
        add_labels(&out, measure);
        add_value(&out, measure->value);
    }
    return text_string(&out);
}
