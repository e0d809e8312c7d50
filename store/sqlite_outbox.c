#include "store/sqlite_query.h"

_Static_assert(OUTBOX_SEND == 0 && OUTBOX_EDIT == 1 && OUTBOX_UPLOAD == 2 &&
                OUTBOX_SHOW == 3,
        "kept as numbers");
_Static_assert(OUTBOX_DUE == 0 && OUTBOX_SENT == 1 && OUTBOX_PARKED == 2 &&
                OUTBOX_EXPIRED == 3,
        "kept as numbers");

/* The columns that read_row reads, in its order.  attempted is when, 0 for no,
 * and 1 from a time when nobody kept when. */
#define ROW_COLUMNS                                                            \
    " id, channel_id, account, room, occasion, part, delivery_key, verb,"      \
    " coalesce((SELECT payload FROM outbox_payloads AS its"                    \
    " WHERE its.id = outbox.id), x''),"                                        \
    " reply_to, expires_ms, state, next_try_ms, attempts, attempted,"          \
    " receipt, complaint, created_ms, settled_ms,"                             \
    " coalesce((SELECT other.receipt FROM outbox AS other"                     \
    " WHERE other.id = outbox.reply_to), ''), reply, person,"                  \
    " paper, coalesce((SELECT root.receipt FROM outbox AS other"               \
    " JOIN outbox AS root ON root.id = other.reply_to"                         \
    " WHERE other.id = outbox.reply_to), '') "

/* True of a row that no part before it holds back. */
#define IS_FIRST_DUE                                                           \
    " state = 0 AND NOT EXISTS (SELECT 1 FROM outbox AS earlier"               \
    " WHERE earlier.channel_id = outbox.channel_id"                            \
    " AND earlier.occasion = outbox.occasion"                                  \
    " AND earlier.part < outbox.part AND earlier.state = 0) "

/* Before the row is looked for: its own constraint would tell only after. */
static bool reply_to_known(struct sqlite_store *store, int64_t id,
        struct error *err)
{
    int64_t found = 0;

    if (id == 0)
        return true;
    return sqlite_query_number_of(store, "SELECT 1 FROM outbox WHERE id = ?1",
                   BINDS(bind_number(id)), &found, err) &&
            (found != 0 ||
                    error_set(err, ERROR_STOP,
                            "%s: outbox row %lld: there is none", store->path,
                            (long long)id));
}

static bool insert_row(struct sqlite_store *store, const struct outbox_row *row,
        struct error *err)
{
    return reply_to_known(store, row->reply_to, err) &&
            sqlite_query_run(store,
                    "INSERT INTO outbox (channel_id, account, room, occasion, "
                    "part,"
                    " delivery_key, verb, reply_to, expires_ms, state,"
                    " next_try_ms, attempts, attempted, receipt, complaint,"
                    " created_ms, settled_ms, reply, person, paper)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, 0,"
                    " 0, '', '', ?11, 0, ?12, ?13, ?14)",
                    BINDS(bind_number(row->channel_id), bind_text(row->account),
                            bind_text(row->room), bind_text(row->occasion),
                            bind_number(row->part),
                            bind_text(row->delivery_key),
                            bind_number(row->verb),
                            row->reply_to == 0 ? bind_null()
                                               : bind_number(row->reply_to),
                            bind_number(row->expires_ms),
                            bind_number(row->next_try_ms),
                            bind_number(row->created_ms),
                            bind_text_of(row->reply), bind_text_of(row->person),
                            bind_text_of(row->paper_id)),
                    err);
}

static bool insert_payload(struct sqlite_store *store, int64_t id,
        const struct outbox_row *row, struct error *err)
{
    return row->payload_bytes == 0 ||
            sqlite_query_run(store,
                    "INSERT INTO outbox_payloads (id, payload) VALUES (?1, ?2)",
                    BINDS(bind_number(id),
                            bind_blob(row->payload, row->payload_bytes)),
                    err);
}

bool sqlite_outbox_add(struct store *base, const struct outbox_row *row,
        int64_t *id, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    if (!sqlite_begin(store, &own, err))
        return false;
    bool done = insert_row(store, row, err);
    if (done) {
        *id = sqlite3_last_insert_rowid(store->db);
        done = insert_payload(store, *id, row, err);
    }
    if (!done)
        error_wrap(err, "outbox, channel %lld, occasion %s, part %u",
                (long long)row->channel_id, row->occasion, row->part);
    return sqlite_end(store, own, done, err);
}

static void read_row(const struct sqlite_query *query, struct arena *arena,
        struct outbox_row *row)
{
    *row = (struct outbox_row){
            .id = sqlite_query_number(query, 0),
            .channel_id = sqlite_query_number(query, 1),
            .account = sqlite_query_text(query, 2, arena),
            .room = sqlite_query_text(query, 3, arena),
            .occasion = sqlite_query_text(query, 4, arena),
            .part = (unsigned)sqlite_query_number(query, 5),
            .delivery_key = sqlite_query_text(query, 6, arena),
            .verb = (enum outbox_verb)sqlite_query_number(query, 7),
            .reply_to = sqlite_query_number(query, 9),
            .expires_ms = sqlite_query_number(query, 10),
            .state = (enum outbox_state)sqlite_query_number(query, 11),
            .next_try_ms = sqlite_query_number(query, 12),
            .attempts = (unsigned)sqlite_query_number(query, 13),
            .attempted = sqlite_query_bool(query, 14),
            .attempted_ms = sqlite_query_number(query, 14),
            .receipt = sqlite_query_text(query, 15, arena),
            .complaint = sqlite_query_text(query, 16, arena),
            .created_ms = sqlite_query_number(query, 17),
            .settled_ms = sqlite_query_number(query, 18),
            .target = sqlite_query_text(query, 19, arena),
            .reply = sqlite_query_text(query, 20, arena),
            .person = sqlite_query_text(query, 21, arena),
            .paper_id = sqlite_query_text(query, 22, arena),
            .root = sqlite_query_text(query, 23, arena),
    };
    row->payload = sqlite_query_blob(query, 8, arena, &row->payload_bytes);
}

/* Behind those that are in rows. */
static bool read_more(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store, sql, binds, err);
    size_t capacity = rows->count; /* the next one makes it grow */

    while (sqlite_query_next(&query)) {
        rows->items = arena_grow(arena, rows->items, rows->count, &capacity,
                sizeof *rows->items);
        read_row(&query, arena, &rows->items[rows->count++]);
    }
    return sqlite_query_close(&query);
}

static bool read_rows(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    *rows = (struct outbox_list){0};
    return read_more(store, sql, binds, arena, rows, err);
}

bool sqlite_outbox_move(struct sqlite_store *store, int64_t channel_id,
        const char *room, struct error *err)
{
    return sqlite_query_run(store,
            "UPDATE outbox SET room = ?2 WHERE channel_id = ?1"
            " AND state IN (0, 2) AND reply = '' AND NOT EXISTS"
            " (SELECT 1 FROM outbox AS other WHERE other.id = outbox.reply_to"
            " AND other.state = 1)",
            BINDS(bind_number(channel_id), bind_text(room)), err);
}

/* --- leases --- */

static bool lease_rows(struct sqlite_store *store, const char *owner,
        int64_t lease_until_ms, const struct outbox_list *rows,
        struct error *err)
{
    bool done = true;

    for (size_t i = 0; done && i < rows->count; i++)
        done = sqlite_query_run(store,
                "UPDATE outbox SET lease_owner = ?2, lease_until_ms = ?3"
                " WHERE id = ?1",
                BINDS(bind_number(rows->items[i].id), bind_text(owner),
                        bind_number(lease_until_ms)),
                err);
    return done;
}

/* One kind at a time is what the index gives in order, so that no more is looked
 * at than is taken. */
static bool read_due(struct sqlite_store *store, bool answers, int64_t now_ms,
        size_t limit, struct arena *arena, struct outbox_list *rows,
        struct error *err)
{
    return rows->count >= limit ||
            read_more(store,
                    "SELECT" ROW_COLUMNS "FROM outbox WHERE" IS_FIRST_DUE
                    " AND (reply = '') = ?3 AND next_try_ms <= ?1"
                    " AND (lease_owner IS NULL OR lease_until_ms <= ?1)"
                    " ORDER BY next_try_ms, id LIMIT ?2",
                    BINDS(bind_number(now_ms), bind_limit(limit - rows->count),
                            bind_number(!answers)),
                    arena, rows, err);
}

bool sqlite_outbox_claim(struct store *base, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    if (!sqlite_begin(store, &own, err))
        return false;
    *rows = (struct outbox_list){0};
    bool done = read_due(store, true, now_ms, limit, arena, rows, err) &&
            read_due(store, false, now_ms, limit, arena, rows, err) &&
            lease_rows(store, owner, lease_until_ms, rows, err);
    return sqlite_end(store, own, done, err);
}

bool sqlite_outbox_release(struct store *base, const char *owner,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "UPDATE outbox SET lease_owner = NULL, lease_until_ms = 0"
            " WHERE state = 0 AND lease_owner IS NOT NULL"
            " AND (?1 IS NULL OR lease_owner = ?1)",
            BINDS(owner == NULL ? bind_null() : bind_text(owner)), err);
}

/* --- what becomes of a row --- */

/* An update that a row's state forbids changes nothing: says why. */
static bool row_refused(struct sqlite_store *store, int64_t id,
        struct error *err)
{
    int64_t state = -1;

    if (!sqlite_query_number_of(store, "SELECT state FROM outbox WHERE id = ?1",
                BINDS(bind_number(id)), &state, err))
        return false;
    if (state < 0)
        return error_set(err, ERROR_STOP, "%s: outbox row %lld: there is none",
                store->path, (long long)id);
    return error_set(err, ERROR_REJECTED, "outbox row %lld: it is %s already",
            (long long)id, outbox_state_name((enum outbox_state)state));
}

static bool row_update(struct sqlite_store *store, const char *sql, int64_t id,
        const struct sqlite_bind *binds, struct error *err)
{
    return sqlite_query_run(store, sql, binds, err) &&
            (sqlite_query_changes(store) > 0 || row_refused(store, id, err));
}

bool sqlite_outbox_attempt(struct store *base, int64_t id, int64_t now_ms,
        struct error *err)
{
    return row_update(sqlite_of(base),
            "UPDATE outbox SET attempts = attempts + 1, attempted = max(?2, 1)"
            " WHERE id = ?1 AND state = 0",
            id, BINDS(bind_number(id), bind_number(now_ms)), err);
}

/* Nobody needs an uploaded picture again, or one that came too late. */
static bool let_upload_go(struct sqlite_store *store, int64_t id,
        struct error *err)
{
    return sqlite_query_run(store,
            "DELETE FROM outbox_payloads WHERE id = ?1 AND (SELECT verb = 2"
            " AND state IN (1, 3) FROM outbox WHERE id = ?1)",
            BINDS(bind_number(id)), err);
}

/* The row's end, and of its upload. */
static bool row_end(struct sqlite_store *store, const char *sql, int64_t id,
        const struct sqlite_bind *binds, struct error *err)
{
    bool own;

    if (!sqlite_begin(store, &own, err))
        return false;
    bool done = row_update(store, sql, id, binds, err) &&
            let_upload_go(store, id, err);
    return sqlite_end(store, own, done, err);
}

bool sqlite_outbox_settle(struct store *base, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err)
{
    return row_end(sqlite_of(base),
            "UPDATE outbox SET state = 1, lease_owner = NULL,"
            " lease_until_ms = 0,"
            " receipt = CASE state WHEN 1 THEN receipt ELSE ?2 END,"
            " settled_ms = CASE state WHEN 1 THEN settled_ms ELSE ?3 END"
            " WHERE id = ?1",
            id, BINDS(bind_number(id), bind_text(receipt), bind_number(now_ms)),
            err);
}

bool sqlite_outbox_retry(struct store *base, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err)
{
    return row_update(sqlite_of(base),
            "UPDATE outbox SET next_try_ms = ?2, complaint = ?3,"
            " attempted = iif(?4, max(attempted, 1), 0),"
            " lease_owner = NULL, lease_until_ms = 0"
            " WHERE id = ?1 AND state = 0",
            id,
            BINDS(bind_number(id), bind_number(next_try_ms),
                    bind_text(complaint), bind_number(attempted)),
            err);
}

static bool put_back(struct sqlite_store *store, int64_t id,
        const char *complaint, int64_t now_ms, struct error *err)
{
    return row_update(store,
            "UPDATE outbox SET state = 0, complaint = ?2, next_try_ms = ?3,"
            " attempts = 0, attempted = 0, settled_ms = 0, lease_owner = NULL,"
            " lease_until_ms = 0 WHERE id = ?1 AND state <> 1",
            id,
            BINDS(bind_number(id), bind_text(complaint), bind_number(now_ms)),
            err);
}

bool sqlite_outbox_end(struct store *base, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (state == OUTBOX_DUE)
        return put_back(store, id, complaint, now_ms, err);
    if (state == OUTBOX_SENT)
        return error_set(err, ERROR_STOP,
                "outbox row %lld: what was sent is settled, not ended",
                (long long)id);
    return row_end(store,
            "UPDATE outbox SET state = ?2, complaint = ?3, settled_ms = ?4,"
            " lease_owner = NULL, lease_until_ms = 0"
            " WHERE id = ?1 AND state <> 1",
            id,
            BINDS(bind_number(id), bind_number(state), bind_text(complaint),
                    bind_number(now_ms)),
            err);
}

bool sqlite_outbox_hasten(struct store *base, int64_t latest_ms,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "UPDATE outbox SET next_try_ms = min(next_try_ms, ?1),"
            " lease_until_ms = min(lease_until_ms, ?1) WHERE state = 0"
            " AND (next_try_ms > ?1 OR lease_until_ms > ?1)",
            BINDS(bind_number(latest_ms)), err);
}

/* --- looking --- */

/* The first that nobody is sending, answers and others, and the first lease that
 * ends: each is the beginning of an index. */
bool sqlite_outbox_next_ms(struct store *base, int64_t *next_ms,
        struct error *err)
{
    *next_ms = INT64_MAX;
    return sqlite_query_number_of(sqlite_of(base),
            "SELECT min(at) FROM (SELECT * FROM"
            " (SELECT next_try_ms AS at FROM outbox WHERE" IS_FIRST_DUE
            "  AND (reply = '') = 0 AND lease_owner IS NULL"
            "  ORDER BY next_try_ms LIMIT 1)"
            " UNION ALL SELECT * FROM"
            " (SELECT next_try_ms FROM outbox WHERE" IS_FIRST_DUE
            "  AND (reply = '') = 1 AND lease_owner IS NULL"
            "  ORDER BY next_try_ms LIMIT 1)"
            " UNION ALL SELECT min(max(next_try_ms, lease_until_ms))"
            "  FROM outbox WHERE lease_owner IS NOT NULL AND" IS_FIRST_DUE ")",
            NULL, next_ms, err);
}

/* An occasion's rows are found by their index, which an OR would hide. */
bool sqlite_outbox_list(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err)
{
    return read_rows(sqlite_of(base),
            channel_id != 0 && *occasion != '\0'
                    ? "SELECT" ROW_COLUMNS "FROM outbox"
                      " WHERE channel_id = ?1 AND occasion = ?2 ORDER BY id"
                    : "SELECT" ROW_COLUMNS "FROM outbox"
                      " WHERE (?1 = 0 OR channel_id = ?1)"
                      " AND (?2 = '' OR occasion = ?2) ORDER BY id",
            BINDS(bind_number(channel_id), bind_text(occasion)), arena, rows,
            err);
}

bool sqlite_outbox_find(struct store *base, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **found,
        struct error *err)
{
    struct outbox_list rows = {0};

    /* receipt <> '' lets the planner use the index, which is without those. */
    *found = NULL;
    if (!read_rows(sqlite_of(base),
                "SELECT" ROW_COLUMNS "FROM outbox"
                " WHERE receipt = ?1 AND receipt <> '' AND account = ?2"
                " ORDER BY id LIMIT 1",
                BINDS(bind_text(receipt), bind_text(account)), arena, &rows,
                err))
        return false;
    *found = rows.count > 0 ? rows.items : NULL;
    return true;
}

bool sqlite_outbox_unsent(struct store *base, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err)
{
    return read_rows(sqlite_of(base),
            "SELECT" ROW_COLUMNS "FROM outbox"
            " WHERE (?1 = 0 OR channel_id = ?1) AND state IN (0, 2)"
            " ORDER BY id",
            BINDS(bind_number(channel_id)), arena, rows, err);
}
