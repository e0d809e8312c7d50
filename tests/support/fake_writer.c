#include "tests/support/fake_writer.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void cancel(struct request *request)
{
    struct fake_writer_call *call = (struct fake_writer_call *)request;

    call->pending = false;
    call->fake->under_way--;
}

static struct fake_writer_call *free_call(struct fake_writer *fake)
{
    for (size_t i = 0; i < FAKE_WRITER_CALLS; i++)
        if (!fake->calls[i].pending)
            return &fake->calls[i];
    fail_msg("%s: too many requests at once", fake->writer.name);
    return NULL;
}

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct fake_writer *fake = (struct fake_writer *)writer;
    struct fake_writer_call *call = free_call(fake);

    assert_true(fake->asked_count < FAKE_WRITER_ASKED);
    fake->asked[fake->asked_count++] = arena_format(&fake->arena, "%s %s%s%s",
            task->paper->id, task->language, *task->complaint ? ": " : "",
            task->complaint);
    fake->told = "";
    for (size_t i = 0; i < task->term_count; i++)
        fake->told = arena_format(&fake->arena, "%s%s=%s;", fake->told,
                task->terms[i].term, task->terms[i].written);
    *call = (struct fake_writer_call){.request = {cancel},
            .fake = fake,
            .pending = true,
            .paper_id = arena_string(&fake->arena, task->paper->id),
            .language = arena_string(&fake->arena, task->language),
            .ready_ms = clock_now_ms(fake->clock) + fake->takes_ms,
            .done = done,
            .cookie = cookie};
    fake->under_way++;
    if (fake->under_way > fake->most_under_way)
        fake->most_under_way = fake->under_way;
    return &call->request;
}

static bool speaks(const struct writer *writer, const char *language)
{
    const struct fake_writer *fake = (const struct fake_writer *)writer;

    return fake->only_language == NULL ||
            text_same(fake->only_language, language);
}

static void close_nothing(struct writer *writer)
{
    (void)writer;
}

void fake_writer_init(struct fake_writer *fake, const char *name,
        const struct clock *clock)
{
    *fake = (struct fake_writer){.clock = clock, .fail_kind = ERROR_RETRY};
    fake->ops = (struct writer_ops){.kind = "fake",
            .write = begin,
            .speaks = speaks,
            .close = close_nothing};
    fake->writer = (struct writer){.ops = &fake->ops,
            .name = arena_string(&fake->arena, name),
            .model = arena_format(&fake->arena, "model of %s", name),
            .prompt = "1"};
}

void fake_writer_finish(struct fake_writer *fake)
{
    arena_finish(&fake->arena);
}

static struct note chinese(const struct fake_writer *fake, struct arena *arena)
{
    return (struct note){.title = "一篇论文的题目",
            .heading = arena_format(arena, "%s短题", fake->writer.name),
            .digest = arena_format(arena, "%s 这样讲：做了什么，又得到了什么。",
                    fake->writer.name)};
}

static struct note english(const struct fake_writer *fake, struct arena *arena)
{
    return (struct note){.title = "",
            .heading = "",
            .digest = arena_format(arena,
                    "As %s tell it, this was done and that came of it.",
                    fake->writer.name)};
}

static void answer(struct fake_writer *fake, struct fake_writer_call *call)
{
    struct arena arena = {0};
    struct error err = {0};
    struct writer_answer note = {.usage = fake->usage,
            .maybe_paid = fake->maybe_paid};
    bool poor = fake->mode == FAKE_WRITER_EMPTY ||
            (fake->poor_paper != NULL &&
                    text_same(fake->poor_paper, call->paper_id));

    call->pending = false;
    fake->under_way--;
    if (fake->mode == FAKE_WRITER_DOWN) {
        error_set(&err, fake->fail_kind, "%s is down", fake->writer.name);
        err.retry_after_ms = fake->fail_wait_ms;
        call->done(call->cookie, &note, &err);
        return;
    }
    note.note = text_same(call->language, "en") ? english(fake, &arena)
                                                : chinese(fake, &arena);
    if (poor)
        note.note.digest = "";
    call->done(call->cookie, &note, NULL);
    arena_finish(&arena);
}

bool fake_writer_answer(struct fake_writer *fake)
{
    bool any = false;

    for (size_t i = 0; i < FAKE_WRITER_CALLS; i++) {
        struct fake_writer_call *call = &fake->calls[i];
        if (!call->pending || fake->mode == FAKE_WRITER_SILENT ||
                call->ready_ms > clock_now_ms(fake->clock))
            continue;
        answer(fake, call);
        any = true;
    }
    return any;
}

int64_t fake_writer_ready_ms(const struct fake_writer *fake)
{
    int64_t ready_ms = INT64_MAX;

    for (size_t i = 0; i < FAKE_WRITER_CALLS; i++)
        if (fake->calls[i].pending && fake->mode != FAKE_WRITER_SILENT &&
                fake->calls[i].ready_ms < ready_ms)
            ready_ms = fake->calls[i].ready_ms;
    return ready_ms;
}

size_t fake_writer_asked(const struct fake_writer *fake, const char *paper_id)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->asked_count; i++)
        count += text_starts(fake->asked[i], paper_id);
    return count;
}
