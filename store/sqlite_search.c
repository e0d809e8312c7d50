#include "store/search_plan.h"
#include "store/search_text.h"
#include "store/sqlite_query.h"

#include "bot/base/log.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    PENDING_MAX = 500, /* papers; their texts are held in memory */
    FILL_TOLD = 5000,  /* papers that take a while */
    FILL_CHUNK = 500,  /* papers a transaction, as for long imports */
};

/*
 * A paper that was changed in this transaction.  The index keeps no text: to
 * take a paper out of it one says what was put in, so that is kept from before
 * the change.
 */
struct sqlite_pending {
    int64_t number;
    const char *id;
    bool indexed; /* before the transaction, at old_row with old_text */
    int64_t old_row, row;
    const char *old_text, *text;
};

/* --- what papers there are --- */

static bool number_of(struct sqlite_store *store, const char *id,
        int64_t *number, struct error *err)
{
    return sqlite_query_number_of(store,
            "SELECT number FROM papers WHERE id = ?1", BINDS(bind_text(id)),
            number, err);
}

static bool text_of(struct sqlite_store *store, const struct paper *paper,
        int64_t number, const char **text, int64_t *row, struct error *err)
{
    struct arena *arena = &store->pending_arena;
    struct note_list notes;

    if (!sqlite_note_list(&store->store, paper->id, arena, &notes, err))
        return false;
    if (number >= INT64_C(1) << SEARCH_NUMBER_BITS)
        return error_set(err, ERROR_STOP,
                "%s: paper %s is one more than can be searched", store->path,
                paper->id);
    *text = search_text_of(arena, paper, &notes);
    *row = search_text_row(paper, number);
    return true;
}

/* --- keeping the index --- */

static struct sqlite_pending *pending_find(struct sqlite_store *store,
        int64_t number)
{
    for (size_t i = store->pending_count; i-- > 0;)
        if (store->pending[i].number == number)
            return &store->pending[i];
    return NULL;
}

static struct sqlite_pending *pending_add(struct sqlite_store *store,
        int64_t number, const char *id)
{
    store->pending = arena_grow(&store->pending_arena, store->pending,
            store->pending_count, &store->pending_capacity,
            sizeof *store->pending);
    struct sqlite_pending *added = &store->pending[store->pending_count++];
    *added = (struct sqlite_pending){
            .number = number,
            .id = arena_string(&store->pending_arena, id),
    };
    return added;
}

void sqlite_search_forget(struct sqlite_store *store)
{
    arena_finish(&store->pending_arena);
    store->pending = NULL;
    store->pending_count = store->pending_capacity = 0;
}

/* Room for one more, and what is known by now in its place. */
static bool pending_room(struct sqlite_store *store, struct error *err)
{
    return store->pending_count < PENDING_MAX ||
            sqlite_search_settle(store, err);
}

bool sqlite_search_added(struct sqlite_store *store, const char *id,
        struct error *err)
{
    int64_t number = 0;

    if (!pending_room(store, err) || !number_of(store, id, &number, err))
        return false;
    pending_add(store, number, id);
    return true;
}

/* The paper's text as it is now. */
static bool read_text(struct sqlite_store *store,
        const struct sqlite_pending *pending, const char **text, int64_t *row,
        struct error *err)
{
    struct paper *paper = NULL;

    return sqlite_paper_read(store, pending->id, &store->pending_arena, &paper,
                   err) &&
            text_of(store, paper, pending->number, text, row, err);
}

bool sqlite_search_changes(struct sqlite_store *store, const char *id,
        struct error *err)
{
    int64_t number = 0;

    if (!number_of(store, id, &number, err))
        return false;
    if (number == 0 || pending_find(store, number) != NULL)
        return true;
    if (!pending_room(store, err))
        return false;
    struct sqlite_pending *pending = pending_add(store, number, id);
    pending->indexed = true;
    return read_text(store, pending, &pending->old_text, &pending->old_row,
            err);
}

static bool take_out(struct sqlite_store *store,
        const struct sqlite_pending *pending, struct error *err)
{
    return sqlite_query_run(store,
            "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, "
            "?2)",
            BINDS(bind_number(pending->old_row), bind_text(pending->old_text)),
            err);
}

static bool put_in(struct sqlite_store *store,
        const struct sqlite_pending *pending, struct error *err)
{
    return sqlite_query_run(store,
            "INSERT INTO search (rowid, text) VALUES (?1, ?2)",
            BINDS(bind_number(pending->row), bind_text(pending->text)), err);
}

static bool is_moved(const struct sqlite_pending *pending)
{
    return !pending->indexed || pending->row != pending->old_row ||
            !text_same(pending->text, pending->old_text);
}

static int by_row(const void *a, const void *b)
{
    const struct sqlite_pending *one = a, *other = b;
    return (one->row > other->row) - (one->row < other->row);
}

/* FTS5 writes out what it has gathered whenever a row is not greater than the
 * last: in order, a transaction's papers go in at one stroke. */
bool sqlite_search_settle(struct sqlite_store *store, struct error *err)
{
    bool done = true;

    for (size_t i = 0; done && i < store->pending_count; i++)
        done = read_text(store, &store->pending[i], &store->pending[i].text,
                &store->pending[i].row, err);
    if (done && store->pending_count > 0)
        qsort(store->pending, store->pending_count, sizeof *store->pending,
                by_row);
    for (size_t i = 0; done && i < store->pending_count; i++) {
        const struct sqlite_pending *pending = &store->pending[i];
        if (is_moved(pending))
            done = (!pending->indexed || take_out(store, pending, err)) &&
                    put_in(store, pending, err);
    }
    sqlite_search_forget(store);
    return done;
}

/* --- papers from before there was an index --- */

/* Up to which number papers are in the index (INT64_MAX: all), and by which
 * rules their tokens were made. */
static const char filled_key[] = "search_filled";
static const char rules_key[] = "search_rules";

static bool read_mark(struct sqlite_store *store, const char *key,
        int64_t *value, struct error *err)
{
    *value = 0;
    return sqlite_query_number_of(store,
            "SELECT CAST(value AS INTEGER) FROM small_values WHERE key = ?1",
            BINDS(bind_text(key)), value, err);
}

static bool write_mark(struct sqlite_store *store, const char *key,
        int64_t value, struct error *err)
{
    return sqlite_query_run(store,
            "INSERT INTO small_values (key, value)"
            " VALUES (?1, CAST(?2 AS TEXT))"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            BINDS(bind_text(key), bind_number(value)), err);
}

/* Tokens of other rules can be neither found nor taken out again. */
static bool keep_rules(struct sqlite_store *store, int64_t *filled,
        struct error *err)
{
    int64_t rules = 0;

    if (!read_mark(store, rules_key, &rules, err))
        return false;
    if (rules == TEXT_TOKENS_VERSION)
        return read_mark(store, filled_key, filled, err);
    *filled = 0;
    return sqlite_query_run(store,
                   "INSERT INTO search (search) VALUES ('delete-all')", NULL,
                   err) &&
            write_mark(store, rules_key, TEXT_TOKENS_VERSION, err);
}

/* The next papers in order; *filled becomes the last one's number. */
static bool gather_chunk(struct sqlite_store *store, int64_t *filled,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT number, id FROM papers WHERE number > ?1 ORDER BY number"
            " LIMIT ?2",
            BINDS(bind_number(*filled), bind_number(FILL_CHUNK)), err);

    *filled = INT64_MAX;
    while (sqlite_query_next(&query)) {
        *filled = sqlite_query_number(&query, 0);
        pending_add(store, *filled,
                sqlite_query_text(&query, 1, &store->pending_arena));
    }
    return sqlite_query_close(&query);
}

static bool fill_chunk(struct sqlite_store *store, int64_t *filled,
        struct error *err)
{
    if (!keep_rules(store, filled, err))
        return false;
    return *filled == INT64_MAX ||
            (gather_chunk(store, filled, err) &&
                    sqlite_search_settle(store, err) &&
                    write_mark(store, filled_key, *filled, err));
}

/* Looked at before anything is locked: it is so at every opening but one. */
static bool is_filled(struct sqlite_store *store, bool *all, struct error *err)
{
    int64_t rules = 0, filled = 0;
    bool done = read_mark(store, rules_key, &rules, err) &&
            read_mark(store, filled_key, &filled, err);

    *all = rules == TEXT_TOKENS_VERSION && filled == INT64_MAX;
    return done;
}

/* Half a minute for 100,000 papers, once: who waits is told why. */
static bool tell_fill(struct sqlite_store *store, struct error *err)
{
    int64_t papers = 0;
    bool done = sqlite_query_number_of(store, "SELECT count(*) FROM papers",
            NULL, &papers, err);

    if (papers >= FILL_TOLD)
        log_info("papers of before are made ready to be searched, once",
                log_number("papers", papers));
    return done;
}

bool sqlite_search_fill(struct sqlite_store *store, struct error *err)
{
    int64_t filled = 0;
    bool own, all = false;
    bool done = is_filled(store, &all, err) && (all || tell_fill(store, err));

    while (done && !all && filled != INT64_MAX)
        done = sqlite_begin(store, &own, err) &&
                sqlite_end(store, own, fill_chunk(store, &filled, err), err);
    return done || error_wrap(err, "index for searching");
}
