#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

/* A row's id is its number in the table, from 1. */
static struct memory_outbox row_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_outbox *)memory_table_row(&store->outbox,
            number);
}

static void row_set(struct memory_store *store, struct memory_outbox *row)
{
    memory_table_set(&store->outbox, &store->journal, (size_t)row->row.id - 1,
            row);
}

static bool row_find(const struct memory_store *store, int64_t id,
        struct memory_outbox *row, struct error *err)
{
    if (id < 1 || !memory_table_has(&store->outbox, (size_t)id - 1))
        return error_set(err, ERROR_STOP,
                "memory: outbox row %lld: there is none", (long long)id);
    *row = row_at(store, (size_t)id - 1);
    return true;
}

static struct outbox_row row_copy(struct arena *arena,
        const struct outbox_row *row)
{
    struct outbox_row copy = *row;

    copy.account = arena_string(arena, row->account);
    copy.room = arena_string(arena, row->room);
    copy.occasion = arena_string(arena, row->occasion);
    copy.delivery_key = arena_string(arena, row->delivery_key);
    copy.payload = row->payload_bytes == 0
            ? ""
            : arena_string_n(arena, row->payload, row->payload_bytes);
    copy.receipt = arena_string(arena, row->receipt);
    copy.complaint = arena_string(arena, row->complaint);
    copy.reply = arena_string(arena, row->reply);
    copy.person = arena_string(arena, row->person);
    copy.paper_id = arena_string(arena, row->paper_id ? row->paper_id : "");
    copy.target = copy.root = "";
    return copy;
}

static void rows_add(const struct memory_store *store, struct outbox_list *rows,
        size_t *capacity, struct arena *arena, const struct outbox_row *row)
{
    struct outbox_row copy = row_copy(arena, row);
    struct memory_outbox other = {0};

    if (row->reply_to != 0 && row_find(store, row->reply_to, &other, NULL))
        copy.target = arena_string(arena, other.row.receipt);
    if (other.row.reply_to != 0 &&
            row_find(store, other.row.reply_to, &other, NULL))
        copy.root = arena_string(arena, other.row.receipt);
    rows->items = arena_grow(arena, rows->items, rows->count, capacity,
            sizeof *rows->items);
    rows->items[rows->count++] = copy;
}

/* 1 stands for a time that nobody knows. */
static void mark_attempted(struct outbox_row *row, bool attempted,
        int64_t when_ms)
{
    row->attempted = attempted;
    row->attempted_ms = !attempted ? 0 : when_ms < 1 ? 1 : when_ms;
}

bool memory_outbox_add(struct store *base, const struct outbox_row *row,
        int64_t *id, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_outbox added = {.row = *row};

    if (!memory_channel_known(store, row->channel_id, err) ||
            (row->reply_to != 0 &&
                    !row_find(store, row->reply_to, &(struct memory_outbox){0},
                            err)))
        return false;
    if (memory_table_find(&store->outbox, &added) != MEMORY_TABLE_NONE)
        return error_set(err, ERROR_REJECTED,
                "outbox, channel %lld, occasion %s, part %u: there already",
                (long long)row->channel_id, row->occasion, row->part);
    added.row.id = (int64_t)store->outbox.count + 1;
    added.row.state = OUTBOX_DUE;
    added.row.attempts = 0;
    mark_attempted(&added.row, false, 0);
    added.row.receipt = "";
    added.row.complaint = "";
    added.row.settled_ms = 0;
    added.row = row_copy(&store->arena, &added.row);
    memory_table_add(&store->outbox, &store->journal, &added);
    *id = added.row.id;
    return true;
}

/* True if it belongs to a message that is there already. */
static bool is_tied(const struct memory_store *store,
        const struct outbox_row *row)
{
    struct memory_outbox other = {0};

    return row->reply[0] != '\0' ||
            (row->reply_to != 0 &&
                    row_find(store, row->reply_to, &other, NULL) &&
                    other.row.state == OUTBOX_SENT);
}

void memory_outbox_move(struct memory_store *store, int64_t channel_id,
        const char *room)
{
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        struct memory_outbox row = row_at(store, i);
        if (row.row.channel_id != channel_id ||
                (row.row.state != OUTBOX_DUE &&
                        row.row.state != OUTBOX_PARKED) ||
                is_tied(store, &row.row))
            continue;
        row.row.room = room;
        row_set(store, &row);
    }
}

void memory_outbox_erase(struct memory_store *store, const bool *gone)
{
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        struct memory_outbox row = row_at(store, i);
        if (gone[i]) {
            memory_table_remove(&store->outbox, &store->journal, i);
        } else if (row.row.reply_to != 0 && gone[row.row.reply_to - 1]) {
            row.row.reply_to = 0;
            row_set(store, &row);
        }
    }
}

/* --- leases --- */

/* Where rows begin of which any may wait: what was sent stays so. */
static size_t first_unsent(struct memory_store *store)
{
    const struct memory_table *table = &store->outbox;

    while (store->outbox_sent < table->count &&
            (!memory_table_has(table, store->outbox_sent) ||
                    row_at(store, store->outbox_sent).row.state == OUTBOX_SENT))
        store->outbox_sent++;
    return store->outbox_sent;
}

/* True if the row waits and no part before it holds it back. */
static bool is_first_due(struct memory_store *store,
        const struct outbox_row *row)
{
    if (row->state != OUTBOX_DUE)
        return false;
    for (size_t i = first_unsent(store); memory_table_next(&store->outbox, &i);
            i++) {
        const struct memory_outbox *other = memory_table_row(&store->outbox, i);
        if (other->row.state == OUTBOX_DUE && other->row.part < row->part &&
                other->row.channel_id == row->channel_id &&
                strcmp(other->row.occasion, row->occasion) == 0)
            return false;
    }
    return true;
}

/* When a waiting row can be claimed, as far as time goes. */
static int64_t free_ms(const struct memory_outbox *row)
{
    if (row->lease_owner == NULL || row->lease_until_ms < row->row.next_try_ms)
        return row->row.next_try_ms;
    return row->lease_until_ms;
}

static bool is_answer(const struct outbox_row *row)
{
    return row->reply != NULL && row->reply[0] != '\0';
}

static int claim_order(const void *a, const void *b)
{
    const struct outbox_row *one = a, *other = b;
    bool answers = is_answer(one);
    if (answers != is_answer(other))
        return answers ? -1 : 1;
    if (one->next_try_ms != other->next_try_ms)
        return one->next_try_ms < other->next_try_ms ? -1 : 1;
    return one->id < other->id ? -1 : 1;
}

bool memory_outbox_claim(struct store *base, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t capacity = 0;

    *rows = (struct outbox_list){0};
    for (size_t i = first_unsent(store); memory_table_next(&store->outbox, &i);
            i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        if (row->row.state == OUTBOX_DUE && free_ms(row) <= now_ms &&
                is_first_due(store, &row->row))
            rows_add(store, rows, &capacity, arena, &row->row);
    }
    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof *rows->items, claim_order);
    if (rows->count > limit)
        rows->count = limit;
    const char *holder = arena_string(&store->arena, owner);
    for (size_t i = 0; i < rows->count; i++) {
        struct memory_outbox row = row_at(store, (size_t)rows->items[i].id - 1);
        row.lease_owner = holder;
        row.lease_until_ms = lease_until_ms;
        row_set(store, &row);
    }
    return true;
}

static void lease_free(struct memory_outbox *row)
{
    row->lease_owner = NULL;
    row->lease_until_ms = 0;
}

bool memory_outbox_release(struct store *base, const char *owner,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        struct memory_outbox row = row_at(store, i);
        if (row.lease_owner == NULL ||
                (owner != NULL && strcmp(row.lease_owner, owner) != 0))
            continue;
        lease_free(&row);
        row_set(store, &row);
    }
    return true;
}

/* --- what becomes of a row --- */

static bool refuse(const struct outbox_row *row, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "outbox row %lld: it is %s already",
            (long long)row->id, outbox_state_name(row->state));
}

bool memory_outbox_attempt(struct store *base, int64_t id, int64_t now_ms,
        struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_outbox row = {0};

    if (!row_find(store, id, &row, err))
        return false;
    if (row.row.state != OUTBOX_DUE)
        return refuse(&row.row, err);
    row.row.attempts++;
    mark_attempted(&row.row, true, now_ms);
    row_set(store, &row);
    return true;
}

static void let_upload_go(struct outbox_row *row)
{
    if (row->verb != OUTBOX_UPLOAD)
        return;
    row->payload = "";
    row->payload_bytes = 0;
}

bool memory_outbox_settle(struct store *base, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_outbox row = {0};

    if (!row_find(store, id, &row, err))
        return false;
    if (row.row.state == OUTBOX_SENT)
        return true;
    row.row.state = OUTBOX_SENT;
    row.row.receipt = arena_string(&store->arena, receipt);
    row.row.settled_ms = now_ms;
    let_upload_go(&row.row);
    lease_free(&row);
    row_set(store, &row);
    return true;
}

bool memory_outbox_retry(struct store *base, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_outbox row = {0};

    if (!row_find(store, id, &row, err))
        return false;
    if (row.row.state != OUTBOX_DUE)
        return refuse(&row.row, err);
    row.row.next_try_ms = next_try_ms;
    row.row.complaint = arena_string(&store->arena, complaint);
    mark_attempted(&row.row, attempted, row.row.attempted_ms);
    lease_free(&row);
    row_set(store, &row);
    return true;
}

bool memory_outbox_end(struct store *base, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_outbox row = {0};

    if (state == OUTBOX_SENT)
        return error_set(err, ERROR_STOP,
                "outbox row %lld: what was sent is settled, not ended",
                (long long)id);
    if (!row_find(store, id, &row, err))
        return false;
    if (row.row.state == OUTBOX_SENT)
        return refuse(&row.row, err);
    row.row.state = state;
    row.row.complaint = arena_string(&store->arena, complaint);
    row.row.settled_ms = state == OUTBOX_DUE ? 0 : now_ms;
    if (state == OUTBOX_DUE) {
        row.row.next_try_ms = now_ms;
        row.row.attempts = 0;
        mark_attempted(&row.row, false, 0);
    }
    if (state == OUTBOX_EXPIRED)
        let_upload_go(&row.row);
    lease_free(&row);
    row_set(store, &row);
    return true;
}

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

bool memory_outbox_hasten(struct store *base, int64_t latest_ms,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        struct memory_outbox row = row_at(store, i);
        if (row.row.state != OUTBOX_DUE)
            continue;
        row.row.next_try_ms = earliest(row.row.next_try_ms, latest_ms);
        row.lease_until_ms = earliest(row.lease_until_ms, latest_ms);
        row_set(store, &row);
    }
    return true;
}

/* --- looking --- */

bool memory_outbox_next_ms(struct store *base, int64_t *next_ms,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    *next_ms = INT64_MAX;
    for (size_t i = first_unsent(store); memory_table_next(&store->outbox, &i);
            i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        if (row->row.state == OUTBOX_DUE && free_ms(row) < *next_ms &&
                is_first_due(store, &row->row))
            *next_ms = free_ms(row);
    }
    return true;
}

bool memory_outbox_list(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t capacity = 0;

    *rows = (struct outbox_list){0};
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        if ((channel_id == 0 || row->row.channel_id == channel_id) &&
                (*occasion == '\0' || strcmp(row->row.occasion, occasion) == 0))
            rows_add(store, rows, &capacity, arena, &row->row);
    }
    return true;
}

static bool is_found(const struct outbox_row *row, const char *account,
        const char *receipt)
{
    return *receipt != '\0' && strcmp(row->account, account) == 0 &&
            strcmp(row->receipt, receipt) == 0;
}

bool memory_outbox_find(struct store *base, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **found,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    struct outbox_list rows = {0};
    size_t capacity = 0;

    *found = NULL;
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        if (is_found(&row->row, account, receipt)) {
            rows_add(store, &rows, &capacity, arena, &row->row);
            *found = rows.items;
            return true;
        }
    }
    return true;
}

bool memory_outbox_unsent(struct store *base, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t capacity = 0;

    *rows = (struct outbox_list){0};
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        enum outbox_state state = row->row.state;
        if ((channel_id == 0 || row->row.channel_id == channel_id) &&
                (state == OUTBOX_DUE || state == OUTBOX_PARKED))
            rows_add(store, rows, &capacity, arena, &row->row);
    }
    return true;
}
