#include "adapters/writers/extractive.h"

#include "adapters/transport.h"
#include "adapters/writers/extractive_choice.h"
#include "adapters/writers/writer_call.h"
#include "bot/base/text.h"

#include <stdlib.h>

struct extractive {
    struct writer writer; /* first */
    struct loop *loop;
    struct arena arena;
    struct writer_calls calls;
};

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct extractive *extractive = (struct extractive *)writer;
    struct writer_call *call =
            writer_call_open(&extractive->calls, writer, task, done, cookie);
    const struct paper *paper = writer_call_task(call)->paper;
    const struct note note = {.title = "",
            .heading = "",
            .digest = extractive_choice(writer_call_arena(call), paper->title,
                    paper->abstract, EXTRACTIVE_WORDS)};

    writer_call_answer_soon(call, extractive->loop, &note);
    return writer_call_request(call);
}

/* It translates nothing. */
static bool speaks(const struct writer *writer, const char *language)
{
    (void)writer;
    return text_same(language, "en");
}

static void extractive_close(struct writer *writer)
{
    struct extractive *extractive = (struct extractive *)writer;

    writer_calls_cancel(&extractive->calls);
    arena_finish(&extractive->arena);
    free(extractive);
}

static const struct writer_ops ops = {
        .kind = "extractive",
        .write = begin,
        .speaks = speaks,
        .close = extractive_close,
};

static struct writer *extractive_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    struct extractive *extractive = calloc(1, sizeof *extractive);

    if (extractive == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    extractive->loop = transport->loop;
    /* The foot line names no model: the authors wrote the sentences. */
    extractive->writer = (struct writer){.ops = &ops,
            .name = arena_string(&extractive->arena, settings->name),
            .model = "",
            .prompt = "2",
            .local = true};
    return &extractive->writer;
}

static const struct setting_spec keys[] = {
        {.key = NULL},
};

const struct writer_kind extractive_kind = {
        .kind = "extractive",
        .keys = keys,
        .open = extractive_open,
};
