#include "store/search_plan.h"
#include "store/search_rank.h"
#include "store/search_text.h"
#include "store/sqlite_query.h"

#include "bot/base/text.h"

#include <stdlib.h>

/* --- a plan in FTS5's words --- */

/* Built of our own tokens only, each phrase in quotes that none of them can
 * hold: what a person wrote never becomes syntax. */
struct matching {
    struct text text;
    size_t phrases; /* FTS5 numbers them in the order in which they stand */
};

static void add_way(struct matching *matching, struct search_way *way)
{
    for (size_t i = 0; i < way->count; i++) {
        struct search_phrase *phrase = &way->phrases[i];
        phrase->number = matching->phrases++;
        text_add_format(&matching->text, "%s\"%s\"%s", i > 0 ? " AND " : "(",
                phrase->tokens, phrase->prefix ? " *" : "");
    }
    text_add(&matching->text, ")");
}

static void add_ways(struct matching *matching, struct search_ways *ways,
        const char *before)
{
    for (size_t i = 0; i < ways->count; i++) {
        text_add(&matching->text, i > 0 ? " OR " : before);
        add_way(matching, &ways->items[i]);
    }
}

/* What stands in a title stands in the text as well: asked for it besides, FTS5
 * says where. */
static void add_clause(struct matching *matching, struct search_clause *clause,
        bool titled)
{
    text_add(&matching->text, "(");
    if (!titled || !clause->words)
        add_ways(matching, &clause->anywhere, "");
    if (clause->words && !clause->negated && (titled || !clause->prefix))
        add_ways(matching, &clause->titled, titled ? "" : " OR ");
    text_add(&matching->text, ")");
}

static const char *match_of(struct search_plan *plan, bool titled,
        struct arena *arena)
{
    struct matching matching = {.phrases = 0};
    bool first = true;

    text_init(&matching.text, arena, SIZE_MAX / 2);
    text_add(&matching.text, "(");
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->clauses[i].negated)
            continue;
        text_add(&matching.text, first ? "" : " AND ");
        add_clause(&matching, &plan->clauses[i], titled);
        first = false;
    }
    text_add(&matching.text, first ? "\"" SEARCH_MARK_ANY "\")" : ")");
    for (size_t i = 0; i < plan->count; i++)
        if (plan->clauses[i].negated) {
            text_add(&matching.text, " NOT ");
            add_clause(&matching, &plan->clauses[i], false);
        }
    return text_string(&matching.text);
}

/* --- the rank, for each row of an answer --- */

struct sqlite_ranking {
    const struct search_plan *plan;
    bool titled;
};

struct row {
    const Fts5ExtensionApi *api;
    Fts5Context *context;
};

static void row_places(void *ctx, const struct search_phrase *phrase,
        int places[SEARCH_PLACES_MAX], size_t *count)
{
    const struct row *row = ctx;
    Fts5PhraseIter at;
    int column, place;

    if (row->api->xPhraseFirst(row->context, (int)phrase->number, &at, &column,
                &place) != SQLITE_OK)
        return;
    for (; column >= 0 && *count < SEARCH_PLACES_MAX;
            row->api->xPhraseNext(row->context, &at, &column, &place))
        places[(*count)++] = place;
}

static void rank_row(const Fts5ExtensionApi *api, Fts5Context *context,
        sqlite3_context *result, int count, sqlite3_value **values)
{
    const struct sqlite_store *store = api->xUserData(context);
    struct row row = {api, context};

    (void)count;
    (void)values;
    sqlite3_result_int(result,
            search_rank_of(store->ranking->plan, store->ranking->titled,
                    row_places, &row));
}

/* https://www.sqlite.org/fts5.html#extending_fts5 */
bool sqlite_search_find_begin(struct sqlite_store *store, struct error *err)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(store->db, "SELECT fts5(?1)", -1, &statement,
                        NULL) == SQLITE_OK &&
            sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL) ==
                    SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW && api != NULL &&
            api->xCreateFunction(api, "search_rank", store, rank_row, NULL) ==
                    SQLITE_OK;

    if (!done)
        sqlite_query_failure(store->db, store->path, "full-text search", err);
    sqlite3_finalize(statement);
    return done;
}

/* --- rows --- */

struct found {
    int64_t row;
    int rank;
};

struct rows {
    struct found *items;
    size_t count;
};

enum {
    ROWS_MAX = SEARCH_TOTAL_MAX + 1 /* one more tells that there are more */
};

static int by_row(const void *a, const void *b)
{
    const struct found *one = a, *other = b;
    return (one->row < other->row) - (one->row > other->row);
}

static int best_first(const void *a, const void *b)
{
    const struct found *one = a, *other = b;
    return one->rank != other->rank ? (one->rank < other->rank ? 1 : -1)
                                    : by_row(a, b);
}

/* Adds the greatest rows that fit and are not among the first ones already. */
static bool collect(struct sqlite_store *store, struct search_plan *plan,
        bool titled, struct arena *arena, struct rows *rows, struct error *err)
{
    size_t known = rows->count;
    store->ranking = &(struct sqlite_ranking){plan, titled};
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT rowid, search_rank(search) FROM search"
            " WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
            " ORDER BY rowid DESC LIMIT ?4",
            BINDS(bind_text(match_of(plan, titled, arena)),
                    bind_number(plan->first_row), bind_number(plan->last_row),
                    bind_number(ROWS_MAX)),
            err);

    while (rows->count < ROWS_MAX && sqlite_query_next(&query)) {
        struct found found = {
                .row = sqlite_query_number(&query, 0),
                .rank = (int)sqlite_query_number(&query, 1),
        };
        if (known == 0 ||
                bsearch(&found, rows->items, known, sizeof found, by_row) ==
                        NULL)
            rows->items[rows->count++] = found;
    }
    bool done = sqlite_query_close(&query);
    store->ranking = NULL;
    return done;
}

/* Those with all words in titles stay before the others. */
static void put_in_order(struct rows *rows, size_t titled)
{
    size_t reached =
            rows->count < SEARCH_TOTAL_MAX ? rows->count : SEARCH_TOTAL_MAX;

    titled = titled < reached ? titled : reached;
    if (titled > 1)
        qsort(rows->items, titled, sizeof *rows->items, best_first);
    if (reached - titled > 1)
        qsort(rows->items + titled, reached - titled, sizeof *rows->items,
                best_first);
}

static bool read_ids(struct sqlite_store *store, const struct rows *rows,
        const struct search_query *asked, struct arena *arena,
        struct search_result *result, struct error *err)
{
    const int64_t number_mask = (INT64_C(1) << SEARCH_NUMBER_BITS) - 1;
    bool done = true;

    if (asked->offset < result->total)
        result->ids = arena_array(arena, const char *, result->total);
    for (size_t i = asked->offset;
            done && i < result->total && result->count < asked->limit; i++) {
        struct sqlite_query query = sqlite_query_open(store,
                "SELECT id FROM papers WHERE number = ?1",
                BINDS(bind_number(rows->items[i].row & number_mask)), err);
        if (sqlite_query_next(&query))
            result->ids[result->count++] = sqlite_query_text(&query, 0, arena);
        done = sqlite_query_close(&query);
    }
    return done;
}

static bool find_inside(struct sqlite_store *store, struct search_plan *plan,
        const struct search_query *asked, struct arena *own,
        struct arena *arena, struct search_result *result, struct error *err)
{
    struct rows rows = {.items = arena_array(own, struct found, ROWS_MAX)};
    size_t titled;

    if (!sqlite_search_settle(store, err) ||
            (plan->words && !collect(store, plan, true, own, &rows, err)))
        return false;
    titled = rows.count;
    if (rows.count < ROWS_MAX && !collect(store, plan, false, own, &rows, err))
        return false;
    put_in_order(&rows, titled);
    result->more = rows.count > SEARCH_TOTAL_MAX;
    result->total = result->more ? SEARCH_TOTAL_MAX : rows.count;
    return read_ids(store, &rows, asked, arena, result, err);
}

bool sqlite_search_find(struct store *base, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    struct arena own = {0};
    struct search_plan plan;
    bool begin = !store->inside;

    *result = (struct search_result){0};
    bool done = search_plan_make(query, &own, &plan, err) &&
            (!begin || sqlite_query_run(store, "BEGIN", NULL, err)) &&
            sqlite_end(store, begin,
                    find_inside(store, &plan, query, &own, arena, result, err),
                    err);
    arena_finish(&own);
    return done;
}
