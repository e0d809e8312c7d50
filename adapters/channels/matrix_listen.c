#include "adapters/channels/matrix_listen.h"

#include "adapters/channels/matrix.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <limits.h>

enum {
    POLL_DEADLINE_MS = 90 * 1000,      /* three times as long as asked for */
    FIRST_DEADLINE_MS = 5 * 60 * 1000, /* of many rooms it may take long */
    GAP_MS = 250,                      /* between two polls, always */
    CHATTER_MS = 1000,       /* after one with nothing for us: commands come */
    IDLE_FIRST_MS = 1000,    /* between two that bring nothing, doubled ... */
    IDLE_MAX_MS = 30 * 1000, /* ... up to what a poll should last */
    LASTED_MS = 15 * 1000,   /* a poll that lasted so long was one */
    HAND_ON_MS = 5 * 60 * 1000, /* a place without events is kept so often */
    LONGEST_MS = 5 * 60 * 1000,
    PATIENCE_MS = 24 * 3600 * 1000,
    SLIM_MAX = 2,
};

static const struct retry_policy policy = {.first_ms = 2000,
        .longest_ms = LONGEST_MS,
        .patience_ms = PATIENCE_MS,
        .attempts_max = UINT_MAX};

static int64_t now_ms(const struct matrix *matrix)
{
    return clock_now_ms(matrix->transport->clock);
}

static void wait_for(struct matrix *matrix, int64_t wait_ms, loop_timer_fn *fn)
{
    loop_timer_stop(matrix->listening.timer);
    matrix->listening.timer =
            loop_timer_start(matrix->transport->loop, wait_ms, fn, matrix);
}

/* --- failures --- */

static void say(const struct matrix *matrix, const char *what,
        const struct error *err, int64_t wait_ms)
{
    const char *account = matrix->account.name;

    if (wait_ms > 0)
        log_warning(what, log_text("account", account),
                log_text("why", err->text), log_number("wait_ms", wait_ms));
    else
        log_error(what, log_text("account", account),
                log_text("why", err->text));
}

/* Nothing more is heard once the login is dead: a person must act. */
static void try_later(struct matrix *matrix, const char *what,
        const struct error *err, loop_timer_fn *fn)
{
    struct matrix_listening *listening = &matrix->listening;
    int64_t wait_ms = policy.longest_ms;

    if (matrix->login.dead.kind != ERROR_NONE) {
        say(matrix, "matrix account does not listen any more",
                &matrix->login.dead, 0);
        return;
    }
    if (err->kind == ERROR_RETRY)
        retry_after_failure(&listening->retry, err->retry_after_ms,
                &chance_system, &wait_ms);
    say(matrix, what, err, wait_ms);
    wait_for(matrix, wait_ms, fn);
}

/* --- polls --- */

static void poll(void *ctx);
static void hand_on(void *ctx);

static bool is_too_large(const struct http_answer *answer,
        const struct error *failure)
{
    return failure != NULL && failure->kind == ERROR_INPUT &&
            answer->status != 0;
}

static void on_polled(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_reply reply;
    struct error err = {0};

    listening->http = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            matrix_sync_begin(matrix, &reply.json, &err);
    json_close(&reply.json);
    if (ok)
        return;
    if (is_too_large(answer, failure) && listening->slim < SLIM_MAX)
        listening->slim++;
    if (err.kind == ERROR_INPUT)
        err.kind = ERROR_RETRY;
    try_later(matrix, "matrix account hears nothing", &err, poll);
}

static void poll(void *ctx)
{
    struct matrix *matrix = ctx;
    struct matrix_listening *listening = &matrix->listening;
    bool first = listening->place[0] == '\0';
    struct arena arena = {0};
    const struct matrix_question question = {.method = "GET",
            .url = matrix_sync_url(matrix, &arena),
            .deadline_ms = first ? FIRST_DEADLINE_MS : POLL_DEADLINE_MS,
            .answer_max = MATRIX_SYNC_MAX_BYTES};

    listening->timer = NULL;
    listening->polled_ms = now_ms(matrix);
    listening->http = matrix_ask(matrix, &question, on_polled, matrix);
    arena_finish(&arena);
}

/* What an answer was good for. */
enum worth {
    WORTH_NOTHING,
    WORTH_CHATTER, /* something happened, but nothing for us */
    WORTH_EVENTS,
};

static enum worth worth_of(const struct matrix_listening *listening)
{
    const struct matrix_batch *batch = listening->batch;

    if (text_same(batch->place, listening->place))
        return WORTH_NOTHING;
    if (batch->count > 0)
        return WORTH_EVENTS;
    return matrix_sync_is_empty(batch) ? WORTH_NOTHING : WORTH_CHATTER;
}

/* A homeserver answers when something happened or the time is over.  One that
 * answers at once with nothing is asked less and less often. */
static int64_t pause_before_poll(struct matrix *matrix, enum worth worth)
{
    struct matrix_listening *listening = &matrix->listening;
    int64_t lasted_ms = now_ms(matrix) - listening->polled_ms;

    if (worth != WORTH_NOTHING || lasted_ms >= LASTED_MS) {
        listening->pause_ms = 0;
        return worth == WORTH_CHATTER ? CHATTER_MS : GAP_MS;
    }
    listening->pause_ms =
            listening->pause_ms == 0 ? IDLE_FIRST_MS : 2 * listening->pause_ms;
    if (listening->pause_ms > IDLE_MAX_MS)
        listening->pause_ms = IDLE_MAX_MS;
    return listening->pause_ms;
}

/* --- handing on --- */

static void set_place(struct matrix_listening *listening, const char *place)
{
    struct arena arena = {0}, former = listening->arena;

    listening->place = arena_string(&arena, place);
    listening->arena = arena;
    arena_finish(&former);
}

/* What was handed on is acknowledged by asking from its place on. */
static void acknowledge(struct matrix *matrix)
{
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_batch *batch = listening->batch;
    bool first = batch->first;
    enum worth worth = worth_of(listening);

    set_place(listening, batch->place);
    listening->batch = NULL;
    matrix_sync_free(batch);
    retry_after_success(&listening->retry);
    if (listening->slim > 0 && !first)
        listening->slim--;
    matrix_join_settle(matrix);
    wait_for(matrix, pause_before_poll(matrix, worth), poll);
}

/* A place alone is worth no transaction every half a minute. */
static bool is_worth_telling(const struct matrix *matrix)
{
    const struct matrix_listening *listening = &matrix->listening;
    const struct matrix_batch *batch = listening->batch;
    int64_t since_ms = now_ms(matrix) - listening->handed_ms;

    return batch->first || batch->count > 0 || batch->unreadable > 0 ||
            since_ms >= HAND_ON_MS || since_ms < 0;
}

static void hand_on(void *ctx)
{
    struct matrix *matrix = ctx;
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_batch *batch = listening->batch;
    struct error err = {0};

    listening->timer = NULL;
    if (is_worth_telling(matrix)) {
        if (!listening->ears.received(listening->ears.ctx, &matrix->account,
                    batch->events, batch->count, batch->place, &err)) {
            try_later(matrix, "what a matrix account heard waits", &err,
                    hand_on);
            return;
        }
        listening->handed_ms = now_ms(matrix);
        matrix_attention_taken(matrix, batch->events, batch->count);
        /* Not before its place is kept, or it came and was counted again. */
        matrix_encryption_count(matrix, batch->unreadable);
    }
    acknowledge(matrix);
}

void matrix_listen_ready(struct matrix *matrix)
{
    hand_on(matrix);
}

bool matrix_listen_tell(struct matrix *matrix, const struct event *event,
        struct error *err)
{
    struct matrix_listening *listening = &matrix->listening;

    return listening->ears.received(listening->ears.ctx, &matrix->account,
            event, 1, listening->place, err);
}

/* --- the beginning --- */

static void begin_polling(struct matrix *matrix)
{
    struct error err = {0};

    if (!matrix_reaction_recall(matrix, &err) ||
            !matrix_join_recall(matrix, &err))
        say(matrix, "matrix account forgot something", &err, 0);
    poll(matrix);
    matrix_join_go_on(matrix);
}

static void resolve_next(struct matrix *matrix);

static void on_resolved(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_reply reply;
    struct error err = {0};
    struct arena arena = {0};
    const char *room_id;

    listening->http = NULL;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            matrix_reply_id(&reply, "room_id", '!', &room_id, &err))
        matrix_room_learn(matrix, listening->resolving->alias,
                matrix_room_newest(matrix, room_id, &arena));
    else if (matrix_room_behind(matrix, listening->resolving->alias) == NULL)
        say(matrix, "a matrix room's alias leads nowhere", &err, 1);
    json_close(&reply.json);
    arena_finish(&arena);
    listening->resolving = listening->resolving->next;
    resolve_next(matrix);
}

/* Each configured alias, so that what happens in its room is told of it. */
static void resolve_next(struct matrix *matrix)
{
    struct matrix_listening *listening = &matrix->listening;
    struct arena arena = {0};

    if (listening->resolving == NULL) {
        begin_polling(matrix);
        return;
    }
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(&arena, "%s" MATRIX_V3 "directory/room/%s",
                    matrix_base(matrix),
                    http_url_escape(&arena, listening->resolving->alias))};
    listening->http = matrix_ask(matrix, &question, on_resolved, matrix);
    arena_finish(&arena);
}

static void on_profile(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_listening *listening = &matrix->listening;
    struct matrix_reply reply;
    struct error err = {0};
    const char *name = "";

    listening->http = NULL;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err))
        json_text_or(&reply.json, reply.json.root, "displayname", "", &name,
                NULL);
    listening->display_name = text_one_line(&listening->self, name);
    json_close(&reply.json);
    listening->resolving = matrix->rooms.served;
    resolve_next(matrix);
}

static void ask_profile(struct matrix *matrix)
{
    struct arena arena = {0};
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(&arena, "%s" MATRIX_V3 "profile/%s/displayname",
                    matrix_base(matrix),
                    http_url_escape(&arena, matrix->session.user_id))};

    matrix->listening.http = matrix_ask(matrix, &question, on_profile, matrix);
    arena_finish(&arena);
}

static void start(void *ctx)
{
    struct matrix *matrix = ctx;

    matrix->listening.timer = NULL;
    if (matrix->ready) {
        ask_profile(matrix);
        return;
    }
    matrix->listening.waits = true;
    matrix_start(matrix);
}

void matrix_listen_started(struct matrix *matrix, const struct error *err)
{
    struct matrix_listening *listening = &matrix->listening;

    if (!listening->waits)
        return;
    listening->waits = false;
    if (err != NULL)
        try_later(matrix, "matrix account cannot start", err, start);
    else if (!matrix->ready)
        try_later(matrix, "matrix account cannot start", &matrix_login_unkept,
                start);
    else
        ask_profile(matrix);
}

void matrix_listen(struct account *account, const struct account_ears *ears,
        const char *checkpoint)
{
    struct matrix *matrix = (struct matrix *)account;
    struct matrix_listening *listening = &matrix->listening;

    listening->ears = *ears;
    listening->begun_ms = now_ms(matrix);
    retry_init(&listening->retry, &policy);
    set_place(listening, checkpoint);
    wait_for(matrix, 0, start);
}

void matrix_listen_close(struct matrix *matrix)
{
    struct matrix_listening *listening = &matrix->listening;

    request_cancel(listening->http);
    loop_timer_stop(listening->timer);
    matrix_sync_free(listening->batch);
    arena_finish(&listening->arena);
    arena_finish(&listening->self);
}
