#include "tests/support/slack_ears.h"

#include "bot/base/text.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static bool had_before(const struct slack_ears *ears, const char *id)
{
    for (size_t i = 0; i < ears->count; i++)
        if (text_same(ears->events[i].id, id))
            return true;
    return false;
}

static void keep(struct slack_ears *ears, const struct event *event)
{
    struct event *kept = &ears->events[ears->count++];

    assert_true(ears->count < SLACK_EARS_MAX);
    *kept = *event;
    kept->id = arena_string(&ears->arena, event->id);
    kept->room = arena_string(&ears->arena, event->room);
    kept->person = arena_string(&ears->arena, event->person);
    kept->text = arena_string(&ears->arena, event->text);
    kept->target = arena_string(&ears->arena, event->target);
    kept->reply = arena_string(&ears->arena, event->reply);
}

static bool received(void *ctx, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    struct slack_ears *ears = ctx;

    (void)account;
    (void)checkpoint;
    ears->asked++;
    if (ears->busy > 0) {
        ears->busy -= ears->busy != UINT_MAX;
        return error_set(err, ERROR_RETRY, "the store is locked");
    }
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind == EVENT_OPENED)
            continue;
        if (had_before(ears, events[i].id))
            ears->again++;
        else
            keep(ears, &events[i]);
    }
    return true;
}

struct account_ears slack_ears_of(struct slack_ears *ears)
{
    return (struct account_ears){received, ears};
}

void slack_ears_finish(struct slack_ears *ears)
{
    arena_finish(&ears->arena);
    *ears = (struct slack_ears){0};
}

void slack_ears_expect(const struct slack_ears *ears, size_t index,
        enum event_kind kind, const char *text)
{
    assert_true(index < ears->count);
    assert_int_equal(ears->events[index].kind, kind);
    assert_string_equal(ears->events[index].text, text);
}

bool slack_ears_has(void *ctx)
{
    const struct slack_ears_wait *wait = ctx;

    return wait->ears->count >= wait->count;
}
