#include "bot/hear.h"

#include "bot/announcement.h"
#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/hear_limit.h"
#include "bot/hearing.h"

#include <stdlib.h>

enum {
    HEARINGS_MAX = 16,       /* at once */
    LOOKED_AT_MAX = 500,     /* waiting events, in one look */
    STORE_TROUBLE_MS = 5000, /* until the next look */
};

struct hear {
    struct hearing_tools tools;
    struct hearing hearings[HEARINGS_MAX];
    struct hear_limit limit;
    int64_t judged_id; /* of the newest event that the limit has counted */
    bool look;         /* the inbox may have something new */
    int64_t look_ms;   /* not before, after the store failed */
};

/* --- opening --- */

/* What the run before left is worked off first. */
static bool look_first(struct hear *hear, struct error *err)
{
    struct arena arena = {0};
    struct inbox_list rows = {0};
    bool ok = store_inbox_list(hear->tools.store, 1, &arena, &rows, err);

    hear->look = rows.count > 0;
    arena_finish(&arena);
    return ok;
}

struct hear *hear_open(struct store *store, const struct roster *roster,
        struct source *source, const struct keep *keep,
        const struct random_source *chance, int64_t now_ms, struct error *err)
{
    struct hear *hear = calloc(1, sizeof *hear);
    bool ok;

    if (hear == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    hear->tools.store = store;
    hear->tools.roster = roster;
    hear->tools.keep = *keep;
    hear->tools.chance = chance;
    hear->tools.new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, err);
    ok = hear->tools.new_york != NULL && look_first(hear, err);
    if (ok && source != NULL && source->ops->page != NULL) {
        hear->tools.fetch = command_fetch_open(store, source, now_ms, err);
        ok = hear->tools.fetch != NULL;
    }
    if (ok)
        return hear;
    hear_close(hear);
    return NULL;
}

void hear_close(struct hear *hear)
{
    if (hear == NULL)
        return;
    for (size_t i = 0; i < HEARINGS_MAX; i++)
        if (hear->hearings[i].state != HEARING_FREE)
            hearing_end(&hear->hearings[i]);
    command_fetch_close(hear->tools.fetch);
    civil_zone_close(hear->tools.new_york);
    free(hear);
}

/* --- into the inbox --- */

struct receiving {
    const struct account *account;
    const struct event *events;
    size_t count;
    const char *checkpoint;
    int64_t now_ms;
};

static char *checkpoint_key(struct arena *arena, const struct account *account)
{
    return arena_format(arena, "sync/%s", account->name);
}

static bool receive_step(struct store *store, void *ctx, struct error *err)
{
    const struct receiving *receiving = ctx;
    struct arena arena = {0};
    bool ok = true, added;

    for (size_t i = 0; i < receiving->count && ok; i++)
        ok = store_inbox_add(store, receiving->account->name,
                &receiving->events[i], receiving->now_ms, &added, err);
    ok = ok &&
            store_value_put(store, checkpoint_key(&arena, receiving->account),
                    receiving->checkpoint, err);
    arena_finish(&arena);
    return ok;
}

bool hear_received(struct store *store, const struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        int64_t now_ms, struct error *err)
{
    struct receiving receiving = {account, events, count, checkpoint, now_ms};

    return store_transact(store, receive_step, &receiving, err) ||
            error_wrap(err, "what account %s received", account->name);
}

void hear_wake(struct hear *hear)
{
    if (hear != NULL)
        hear->look = true;
}

bool hear_checkpoint(struct store *store, const struct account *account,
        struct arena *arena, const char **checkpoint, struct error *err)
{
    char *value;

    if (!store_value_get(store, checkpoint_key(arena, account), arena, &value,
                err))
        return false;
    *checkpoint = value == NULL ? "" : value;
    return true;
}

/* --- who comes next --- */

/* What a person says goes in his order, and what happens to a room in everybody's
 * there. */
static bool must_follow(const struct inbox_row *row,
        const struct inbox_row *before)
{
    if (!text_same(row->account, before->account) ||
            !text_same(row->event.room, before->event.room))
        return false;
    return hearing_is_of_room(&row->event) ||
            hearing_is_of_room(&before->event) ||
            text_same(row->event.person, before->event.person);
}

static struct hearing *hearing_of(struct hear *hear, int64_t row_id)
{
    for (size_t i = 0; i < HEARINGS_MAX; i++)
        if (hear->hearings[i].state != HEARING_FREE &&
                hear->hearings[i].row.id == row_id)
            return &hear->hearings[i];
    return NULL;
}

static struct hearing *free_hearing(struct hear *hear)
{
    for (size_t i = 0; i < HEARINGS_MAX; i++)
        if (hear->hearings[i].state == HEARING_FREE)
            return &hear->hearings[i];
    return NULL;
}

/* One look at the inbox. */
struct looking {
    struct hear *hear;
    struct inbox_list rows;
    bool *gone; /* of each row: nothing waits for it */
    int64_t now_ms;
};

static bool is_blocked(const struct looking *looking, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (!looking->gone[k] &&
                must_follow(&looking->rows.items[i], &looking->rows.items[k]))
            return true;
    return false;
}

/* Counts a command once.  True if it is done with: dropped, or told off. */
static bool judge(struct looking *looking, struct hearing *place,
        const struct inbox_row *row)
{
    struct hear *hear = looking->hear;
    int64_t wait_ms = 0;

    if (row->id <= hear->judged_id || !hearing_is_command(&row->event))
        return false;
    enum hear_verdict verdict = hear_limit_judge(&hear->limit, row->account,
            row->event.person, looking->now_ms, &wait_ms);
    hear->judged_id = row->id;
    struct error err = {0};
    if (verdict == HEAR_SILENT &&
            !hearing_drop(hear->tools.store, row,
                    "too many commands in a minute", &err))
        log_error("an event cannot be dropped", log_text("why", err.text));
    if (verdict == HEAR_TELL) {
        hearing_begin(place, &hear->tools, row);
        place->kind = HEAR_ANSWER_TOO_MUCH;
        place->wait_ms = wait_ms;
    }
    return verdict != HEAR_ANSWER;
}

/* False if there is no room for more now. */
static bool take_up(struct looking *looking, size_t i)
{
    const struct inbox_row *row = &looking->rows.items[i];
    struct hear *hear = looking->hear;
    struct hearing *place = free_hearing(hear);

    if (hearing_of(hear, row->id) != NULL)
        return true;
    if (place == NULL)
        return false;
    looking->gone[i] = judge(looking, place, row);
    if (!looking->gone[i] && !is_blocked(looking, i))
        hearing_begin(place, &hear->tools, row);
    return true;
}

static void look(struct hear *hear, int64_t now_ms)
{
    struct arena arena = {0};
    struct looking looking = {.hear = hear, .now_ms = now_ms};
    struct error err = {0};

    hear->look = false;
    if (!store_inbox_list(hear->tools.store, LOOKED_AT_MAX, &arena,
                &looking.rows, &err)) {
        log_error("the inbox cannot be read", log_text("why", err.text));
        hear->look = true;
        hear->look_ms = now_ms + STORE_TROUBLE_MS;
    }
    looking.gone = arena_array(&arena, bool, looking.rows.count);
    for (size_t i = 0; i < looking.rows.count; i++)
        if (!take_up(&looking, i))
            break;
    arena_finish(&arena);
}

/* --- stepping --- */

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t hear_next_due_ms(const struct hear *hear)
{
    if (hear == NULL)
        return INT64_MAX;
    int64_t next_ms = command_fetch_next_due_ms(hear->tools.fetch);
    if (hear->tools.wake)
        return 0;
    if (hear->look)
        next_ms = earliest(next_ms, hear->look_ms);
    for (size_t i = 0; i < HEARINGS_MAX; i++)
        next_ms = earliest(next_ms, hearing_due_ms(&hear->hearings[i]));
    return next_ms;
}

/* Another of the person, or the room's, may be waiting behind it. */
static void step_hearing(struct hear *hear, struct hearing *hearing,
        int64_t now_ms)
{
    if (hearing->state == HEARING_FREE)
        return;
    hearing_step(hearing, now_ms);
    if (hearing->state == HEARING_FREE)
        hear->look = true;
}

void hear_step(struct hear *hear, int64_t now_ms)
{
    if (hear == NULL)
        return;
    hear->tools.wake = false;
    command_fetch_step(hear->tools.fetch, now_ms);
    if (hear->look_ms - now_ms > STORE_TROUBLE_MS)
        hear->look_ms = now_ms;
    if (hear->look && hear->look_ms <= now_ms)
        look(hear, now_ms);
    for (size_t i = 0; i < HEARINGS_MAX; i++)
        step_hearing(hear, &hear->hearings[i], now_ms);
}
