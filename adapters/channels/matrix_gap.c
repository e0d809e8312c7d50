/*
 * What /sync left out: the events of a room before its timeline, and whose
 * reaction it was that somebody else took back.
 */
#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_event.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

enum {
    PAGE_EVENTS = 100,
    GAP_EVENTS_MAX = 500, /* more than that is not read */
    PAGES_MAX = 20,       /* nor more than that, if they are empty */
    FAILURES_MAX = 5,     /* of one gap; then it stays one */
};

static struct matrix_batch *batch_of(const struct matrix *matrix)
{
    return matrix->listening.batch;
}

static const char *room_of(const struct matrix *matrix)
{
    return batch_of(matrix)->joined->string;
}

/* --- pages --- */

static void ask_page(struct matrix *matrix);

static void end_gap(struct matrix *matrix)
{
    batch_of(matrix)->gap_filled = true;
    matrix_sync_go_on(matrix);
}

static void on_time(void *ctx)
{
    struct matrix *matrix = ctx;

    matrix->listening.timer = NULL;
    ask_page(matrix);
}

static void page_failed(struct matrix *matrix, const struct error *err)
{
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_batch *batch = listening->batch;
    int64_t wait_ms = 0;

    batch->gap_failures++;
    if (err->kind == ERROR_RETRY && batch->gap_failures < FAILURES_MAX &&
            retry_after_failure(&listening->retry, err->retry_after_ms,
                    &chance_system, &wait_ms)) {
        listening->timer = loop_timer_start(matrix->transport->loop, wait_ms,
                on_time, matrix);
        return;
    }
    log_warning("events of a matrix room are lost",
            log_text("account", matrix->account.name),
            log_text("room", matrix_room_name(matrix, room_of(matrix))),
            log_text("why", err->text));
    end_gap(matrix);
}

/* Keeps the page in front: it is older than those that are there. */
static void take_page(struct matrix *matrix, struct json *json)
{
    struct matrix_batch *batch = batch_of(matrix);
    const cJSON *chunk = json_find(json->root, "chunk");
    const char *end = matrix_event_text(json->root, "end");
    struct matrix_page *page = arena_new(&batch->arena, struct matrix_page);
    size_t count = cJSON_IsArray(chunk) ? (size_t)cJSON_GetArraySize(chunk) : 0;
    bool same = text_same(end, batch->from);

    page->json = *json;
    *json = (struct json){0};
    page->next = batch->pages;
    batch->pages = page;
    batch->page_count++;
    batch->gap_events += count;
    batch->from = same ? "" : end;
    if (batch->from[0] == '\0')
        return;
    if (batch->gap_events < GAP_EVENTS_MAX && batch->page_count < PAGES_MAX)
        return;
    log_warning("more happened in a matrix room than is read",
            log_text("account", matrix->account.name),
            log_text("room", matrix_room_name(matrix, room_of(matrix))),
            log_number("events", batch->gap_events));
    batch->from = "";
}

static void on_page(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->listening.http = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err);
    if (ok)
        take_page(matrix, &reply.json);
    json_close(&reply.json);
    if (!ok)
        page_failed(matrix, &err);
    else if (batch_of(matrix)->from[0] != '\0')
        ask_page(matrix);
    else
        end_gap(matrix);
}

/* Backwards from where the timeline begins to where we were. */
static void ask_page(struct matrix *matrix)
{
    struct matrix_listening *listening = &matrix->listening;
    struct arena arena = {0};
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(&arena,
                    "%s" MATRIX_V3 "rooms/%s/messages?dir=b&from=%s&to=%s"
                    "&limit=%d&filter=%s",
                    matrix_base(matrix),
                    http_url_escape(&arena, room_of(matrix)),
                    http_url_escape(&arena, listening->batch->from),
                    http_url_escape(&arena, listening->place), PAGE_EVENTS,
                    http_url_escape(&arena, matrix_sync_page_filter(&arena))),
            .answer_max = MATRIX_SYNC_MAX_BYTES};

    listening->http = matrix_ask(matrix, &question, on_page, matrix);
    arena_finish(&arena);
}

void matrix_gap_fill(struct matrix *matrix, const char *before)
{
    struct matrix_batch *batch = batch_of(matrix);

    batch->from = before;
    batch->gap_events = 0;
    batch->page_count = 0;
    batch->gap_failures = 0;
    ask_page(matrix);
}

/* --- authors --- */

static void settle_author(struct matrix *matrix, const char *author)
{
    struct matrix_batch *batch = batch_of(matrix);
    struct event *event = &batch->events[batch->looked_up];

    event->reply = "";
    event->person = arena_string(&batch->arena, author);
    if (author[0] == '\0') { /* nobody's: not to be told */
        for (size_t i = batch->looked_up + 1; i < batch->count; i++)
            batch->events[i - 1] = batch->events[i];
        batch->count--;
    }
    matrix_sync_go_on(matrix);
}

static void on_author(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    struct matrix_event event;
    struct arena arena = {0};
    const char *author = "";

    matrix->listening.http = NULL;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            matrix_event_parse(reply.json.root, &event))
        author = arena_string(&arena, event.sender);
    json_close(&reply.json);
    settle_author(matrix, author);
    arena_finish(&arena);
}

void matrix_gap_look_up(struct matrix *matrix, const struct event *event)
{
    struct arena arena = {0};
    const char *room = event->room;

    if (room[0] == '#')
        room = matrix_room_behind(matrix, room);
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(&arena, "%s" MATRIX_V3 "rooms/%s/event/%s",
                    matrix_base(matrix), http_url_escape(&arena, room),
                    http_url_escape(&arena, event->reply))};
    matrix->listening.http = matrix_ask(matrix, &question, on_author, matrix);
    arena_finish(&arena);
}
