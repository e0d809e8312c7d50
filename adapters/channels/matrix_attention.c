#include "adapters/channels/matrix_attention.h"

#include "adapters/channels/matrix.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOMENT_MS = 1500, /* an answer that is faster needs no sign */
    TYPING_MS = 30 * 1000,
};

struct matrix_awaited {
    struct matrix_awaited *next;
    struct matrix *matrix;
    struct loop_timer *timer;
    bool typing;
    char room[MATRIX_ID_MAX_BYTES + 1];
};

static void ignore(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    (void)cookie;
    (void)answer;
    (void)failure;
}

static void say(struct matrix *matrix, const char *method, const char *url,
        const char *body)
{
    const struct matrix_question question = {.method = method,
            .url = url,
            .body = body,
            .body_bytes = strlen(body)};

    matrix_ask(matrix, &question, ignore, NULL);
}

/* --- typing --- */

static void say_typing(struct matrix *matrix, const char *room, bool typing)
{
    struct arena arena = {0};
    const char *user = http_url_escape(&arena, matrix->session.user_id);

    say(matrix, "PUT",
            arena_format(&arena, "%s" MATRIX_V3 "rooms/%s/typing/%s",
                    matrix_base(matrix), http_url_escape(&arena, room), user),
            typing ? arena_format(&arena, "{\"typing\":true,\"timeout\":%d}",
                             TYPING_MS)
                   : "{\"typing\":false}");
    arena_finish(&arena);
}

static struct matrix_awaited **place_of(struct matrix *matrix, const char *room)
{
    struct matrix_awaited **at = &matrix->attention.first;

    while (*at != NULL && !text_same((*at)->room, room))
        at = &(*at)->next;
    return at;
}

static void drop(struct matrix_awaited **place)
{
    struct matrix_awaited *awaited = *place;

    *place = awaited->next;
    loop_timer_stop(awaited->timer);
    free(awaited);
}

/* First it is time to type, then to give up. */
static void on_time(void *ctx)
{
    struct matrix_awaited *awaited = ctx;
    struct matrix *matrix = awaited->matrix;

    awaited->timer = NULL;
    if (awaited->typing) {
        drop(place_of(matrix, awaited->room));
        return;
    }
    awaited->typing = true;
    say_typing(matrix, awaited->room, true);
    awaited->timer = loop_timer_start(matrix->transport->loop, TYPING_MS,
            on_time, awaited);
}

static void await_answer(struct matrix *matrix, const char *room)
{
    struct matrix_awaited *awaited;

    if (*place_of(matrix, room) != NULL || strlen(room) > MATRIX_ID_MAX_BYTES)
        return;
    awaited = calloc(1, sizeof *awaited);
    if (awaited == NULL)
        return;
    awaited->matrix = matrix;
    memcpy(awaited->room, room, strlen(room) + 1);
    awaited->next = matrix->attention.first;
    matrix->attention.first = awaited;
    awaited->timer = loop_timer_start(matrix->transport->loop, MOMENT_MS,
            on_time, awaited);
}

void matrix_attention_answered(struct matrix *matrix, const char *room_id)
{
    struct matrix_awaited **place = place_of(matrix, room_id);

    if (*place == NULL)
        return;
    if ((*place)->typing)
        say_typing(matrix, room_id, false);
    drop(place);
}

void matrix_attention_close(struct matrix *matrix)
{
    while (matrix->attention.first != NULL)
        drop(&matrix->attention.first);
}

/* --- receipts --- */

static void say_read(struct matrix *matrix, const char *room, const char *event)
{
    struct arena arena = {0};

    say(matrix, "POST",
            arena_format(&arena, "%s" MATRIX_V3 "rooms/%s/receipt/m.read/%s",
                    matrix_base(matrix), http_url_escape(&arena, room),
                    http_url_escape(&arena, event)),
            "{}");
    arena_finish(&arena);
}

/* A receipt stands for all that is before it in the room. */
static bool is_last_of_room(const struct event *events, size_t count,
        size_t place)
{
    for (size_t i = place + 1; i < count; i++)
        if (events[i].kind == EVENT_COMMAND &&
                text_same(events[i].room, events[place].room))
            return false;
    return true;
}

void matrix_attention_taken(struct matrix *matrix, const struct event *events,
        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_COMMAND ||
                !is_last_of_room(events, count, i))
            continue;
        const char *room = events[i].room;
        if (room[0] == '#')
            room = matrix_room_behind(matrix, room);
        if (room == NULL)
            continue;
        say_read(matrix, room, events[i].id);
        await_answer(matrix, room);
    }
}
