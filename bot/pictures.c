#include "bot/pictures.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/planning/plan_pictures.h"

#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)

enum {
    QUEUE_MAX = 64, /* the rest is found at the next look */
};

static const int64_t horizon_ms = 6 * HOUR_MS;
/* The choice changes with what comes in, with votes and with drafts. */
static const int64_t look_ms = 10 * MINUTE_MS;
/* Papers come in one category after the other. */
static const int64_t soon_ms = MINUTE_MS / 3;
/* A paper that had no picture is asked for again. */
static const int64_t none_ms = 6 * HOUR_MS;
static const int64_t trouble_ms = MINUTE_MS;

static const struct retry_policy picture_policy = {.first_ms = MINUTE_MS / 2,
        .longest_ms = 5 * MINUTE_MS,
        .patience_ms = 30 * MINUTE_MS,
        .attempts_max = 3};

struct wanted_picture {
    const char *paper_id;
    struct retry retry;
    int64_t next_ms;
};

struct pictures {
    struct store *store;
    struct source *source;
    const struct random_source *chance;
    struct arena arena; /* of the queue; empty when that is */
    struct wanted_picture queue[QUEUE_MAX];
    size_t count;
    size_t current; /* in the queue: what is asked for */
    struct request *request;
    bool answered;
    struct arena answer;    /* of the two below */
    struct picture picture; /* type "" on failure */
    struct error failure;
    int64_t arrival; /* at the last look */
    int64_t looked_ms, next_look_ms;
    int64_t free_ms;  /* the source may not be asked before */
    int64_t store_ms; /* nothing is done before, after trouble with the store */
};

/* --- opening --- */

struct pictures *pictures_open(struct store *store, struct source *source,
        const struct random_source *chance)
{
    struct pictures *pictures =
            source == NULL ? NULL : calloc(1, sizeof *pictures);

    if (pictures == NULL)
        return NULL;
    pictures->store = store;
    pictures->source = source;
    pictures->chance = chance;
    return pictures;
}

void pictures_close(struct pictures *pictures)
{
    if (pictures == NULL)
        return;
    request_cancel(pictures->request);
    arena_finish(&pictures->arena);
    arena_finish(&pictures->answer);
    free(pictures);
}

void pictures_put_back(struct pictures *pictures)
{
    if (pictures == NULL)
        return;
    pictures->next_look_ms = pictures->free_ms = pictures->store_ms = 0;
    for (size_t i = 0; i < pictures->count; i++)
        pictures->queue[i].next_ms = 0;
}

static void store_failed(struct pictures *pictures, const struct error *err,
        int64_t now_ms)
{
    log_error("pictures cannot be kept", log_text("why", err->text));
    pictures->store_ms = now_ms + trouble_ms;
}

/* --- looking what is wanted --- */

static bool is_queued(const struct pictures *pictures, const char *paper_id)
{
    for (size_t i = 0; i < pictures->count; i++)
        if (text_same(pictures->queue[i].paper_id, paper_id))
            return true;
    return false;
}

static bool is_known(const struct pictures *pictures, const char *paper_id,
        int64_t now_ms, bool *known, struct error *err)
{
    struct arena arena = {0};
    struct picture *picture = NULL;
    bool ok =
            store_picture_get(pictures->store, paper_id, &arena, &picture, err);

    *known = picture != NULL &&
            (*picture->type != '\0' ||
                    (now_ms - picture->fetched_ms < none_ms &&
                            picture->fetched_ms <= now_ms));
    arena_finish(&arena);
    return ok;
}

static bool want(struct pictures *pictures, const char *paper_id,
        int64_t now_ms, struct error *err)
{
    bool known;

    if (pictures->count == QUEUE_MAX || is_queued(pictures, paper_id))
        return true;
    if (!is_known(pictures, paper_id, now_ms, &known, err))
        return false;
    if (known)
        return true;
    struct wanted_picture *wanted = &pictures->queue[pictures->count++];
    *wanted = (struct wanted_picture){
            .paper_id = arena_string(&pictures->arena, paper_id)};
    retry_init(&wanted->retry, &picture_policy);
    return true;
}

static bool look_at_seat(struct pictures *pictures, const struct seat *seat,
        int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    struct string_list ids;
    bool ok = plan_pictures_wanted(pictures->store, seat->channel, &seat->due,
            &arena, &ids, err);

    for (size_t i = 0; ok && i < ids.count; i++)
        ok = want(pictures, ids.items[i], now_ms, err);
    arena_finish(&arena);
    return ok;
}

static bool wants_pictures(const struct seat *seat, int64_t now_ms)
{
    return seat->waits && !seat->channel->paused &&
            plan_pictures_are_shown(seat->channel, seat->account) &&
            seat->due.ms - now_ms <= horizon_ms;
}

static void look(struct pictures *pictures, const struct seat *seats,
        size_t count, int64_t now_ms)
{
    struct error err = {0};

    for (size_t i = 0; i < count; i++)
        if (wants_pictures(&seats[i], now_ms) &&
                !look_at_seat(pictures, &seats[i], now_ms, &err)) {
            store_failed(pictures, &err, now_ms);
            return;
        }
    pictures->looked_ms = now_ms;
    pictures->next_look_ms = now_ms + look_ms;
}

/* Sooner than planned where something came in; and a clock that was ahead must
 * not make us wait for it. */
static void mind_arrivals(struct pictures *pictures, int64_t now_ms)
{
    int64_t arrival, soon = pictures->looked_ms + soon_ms;

    if (pictures->next_look_ms - now_ms > look_ms)
        pictures->next_look_ms = now_ms;
    if (!store_arrival(pictures->store, &arrival, NULL) ||
            arrival == pictures->arrival)
        return;
    pictures->arrival = arrival;
    if (pictures->next_look_ms > soon)
        pictures->next_look_ms = soon;
}

/* --- what came --- */

static void drop_current(struct pictures *pictures)
{
    pictures->queue[pictures->current] = pictures->queue[--pictures->count];
    if (pictures->count == 0)
        arena_finish(&pictures->arena);
}

/* True if it is asked for once more. */
static bool put_off(struct pictures *pictures, int64_t now_ms)
{
    struct wanted_picture *wanted = &pictures->queue[pictures->current];
    const struct error *failure = &pictures->failure;
    int64_t wait_ms;

    if (failure->kind != ERROR_RETRY ||
            !retry_after_failure(&wanted->retry, failure->retry_after_ms,
                    pictures->chance, &wait_ms))
        return false;
    wanted->next_ms = now_ms + wait_ms;
    if (failure->retry_after_ms > 0) /* a wait is the server's */
        pictures->free_ms = wanted->next_ms;
    return true;
}

/* That there is none is kept as well, so that it is not asked for at each look. */
static void take_answer(struct pictures *pictures, int64_t now_ms)
{
    struct picture *picture = &pictures->picture;
    const char *paper_id = pictures->queue[pictures->current].paper_id;
    struct error err = {0};

    if (*picture->type == '\0' && put_off(pictures, now_ms)) {
        pictures->answered = false;
        return;
    }
    picture->paper_id = paper_id;
    picture->fetched_ms = now_ms;
    if (!store_picture_put(pictures->store, picture, &err)) {
        store_failed(pictures, &err, now_ms);
        return;
    }
    if (*picture->type == '\0')
        log_info("a paper has no picture", log_text("paper", paper_id),
                log_text("why", pictures->failure.text));
    pictures->answered = false;
    drop_current(pictures);
}

static void on_picture(void *cookie, const struct picture *picture,
        const struct error *err)
{
    struct pictures *pictures = cookie;

    pictures->request = NULL;
    pictures->answered = true;
    arena_finish(&pictures->answer);
    pictures->picture = (struct picture){.type = "", .bytes = ""};
    if (err != NULL) {
        pictures->failure = *err;
        return;
    }
    pictures->picture = *picture;
    pictures->picture.type = arena_string(&pictures->answer, picture->type);
    pictures->picture.bytes =
            arena_string_n(&pictures->answer, picture->bytes, picture->length);
}

/* --- stepping --- */

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void ask(struct pictures *pictures, int64_t now_ms)
{
    const struct source_ops *ops = pictures->source->ops;

    for (size_t i = 0; i < pictures->count; i++) {
        if (pictures->queue[i].next_ms > now_ms)
            continue;
        pictures->current = i;
        pictures->free_ms = now_ms + ops->gap_ms;
        pictures->request = ops->picture(pictures->source,
                pictures->queue[i].paper_id, on_picture, pictures);
        return;
    }
}

int64_t pictures_next_due_ms(const struct pictures *pictures)
{
    if (pictures == NULL)
        return INT64_MAX;
    if (pictures->answered)
        return pictures->store_ms;
    int64_t next_ms = pictures->next_look_ms;
    for (size_t i = 0; pictures->request == NULL && i < pictures->count; i++) {
        int64_t due_ms = latest(pictures->queue[i].next_ms, pictures->free_ms);
        if (due_ms < next_ms)
            next_ms = due_ms;
    }
    return latest(next_ms, pictures->store_ms);
}

void pictures_step(struct pictures *pictures, const struct seat *seats,
        size_t count, int64_t now_ms)
{
    if (pictures == NULL || pictures->store_ms > now_ms)
        return;
    if (pictures->answered)
        take_answer(pictures, now_ms);
    mind_arrivals(pictures, now_ms);
    if (pictures->next_look_ms <= now_ms)
        look(pictures, seats, count, now_ms);
    if (!pictures_busy(pictures) && pictures->free_ms <= now_ms)
        ask(pictures, now_ms);
}

bool pictures_busy(const struct pictures *pictures)
{
    return pictures != NULL &&
            (pictures->request != NULL || pictures->answered);
}
