#include "tests/support/writing_stage.h"

#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    SETTINGS_MAX = 12
};

void writing_stage_open(struct writing_stage *stage,
        const struct writer_kind *kind, const char *path,
        const struct setting *settings)
{
    struct error err = {0};
    struct setting all[SETTINGS_MAX];
    size_t count = 0;

    *stage = (struct writing_stage){.transport = transport_open(&err)};
    assert_non_null(stage->transport);
    stage->server = http_server_open(stage->transport->loop);
    all[count++] =
            (struct setting){"url", http_server_address(stage->server, path)};
    for (; settings != NULL && settings->key != NULL; settings++)
        all[count++] = *settings;
    stage->writer = kind->open(&(const struct settings){.name = "main",
                                       .items = all,
                                       .count = count,
                                       .contact = "you@example.org"},
            stage->transport, &err);
    if (stage->writer == NULL)
        fail_msg("%s", err.text);
    stage->paper = paper_empty();
    stage->paper.id = "2611.00001";
    stage->paper.version = 2;
    stage->paper.title = "Patient Gradients";
    stage->paper.abstract = "We lower the error to $5.1\\%$ with {one} trick.";
}

void writing_stage_close(struct writing_stage *stage)
{
    stage->writer->ops->close(stage->writer);
    http_server_close(stage->server);
    transport_close(stage->transport);
    arena_finish(&stage->arena);
}

static void hear(void *cookie, const struct writer_answer *answer,
        const struct error *err)
{
    struct writing_stage *stage = cookie;

    stage->over = true;
    stage->answers++;
    stage->failed = err != NULL;
    stage->err = err != NULL ? *err : (struct error){0};
    stage->answer = *answer;
    if (err == NULL)
        stage->answer.note = note_copy(&stage->arena, &answer->note);
}

static struct request *begin(struct writing_stage *stage, const char *language,
        const char *complaint)
{
    const struct writer_task task = {.paper = &stage->paper,
            .language = language,
            .terms = stage->terms,
            .term_count = stage->term_count,
            .complaint = complaint};

    stage->over = false;
    return stage->writer->ops->write(stage->writer, &task, hear, stage);
}

struct request *writing_stage_begin(struct writing_stage *stage,
        const char *language)
{
    return begin(stage, language, "");
}

void writing_stage_ask(struct writing_stage *stage, const char *language,
        const char *complaint)
{
    begin(stage, language, complaint);
    assert_false(stage->over);
    assert_true(loop_wait(stage->transport->loop, &stage->over));
}

void writing_stage_assert_failed(const struct writing_stage *stage,
        enum error_kind kind, const char *words)
{
    assert_true(stage->failed);
    if (stage->err.kind != kind || strstr(stage->err.text, words) == NULL)
        fail_msg("kind %d: %s", (int)stage->err.kind, stage->err.text);
}
