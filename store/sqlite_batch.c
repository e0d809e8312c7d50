#include "store/sqlite_query.h"

_Static_assert(BATCH_NOT_YET == 0 && BATCH_FAILED == 1 &&
                BATCH_ANNOUNCED == 2 && BATCH_NONE == 3 && BATCH_STALE == 4,
        "kept as numbers");
_Static_assert(ANNOUNCE_UNKNOWN == 0 && ANNOUNCE_NEW == 1 &&
                ANNOUNCE_CROSS == 2 && ANNOUNCE_REPLACE == 3 &&
                ANNOUNCE_REPLACE_CROSS == 4,
        "kept as numbers");

bool sqlite_batch_put(struct store *base, const struct batch *batch,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "INSERT OR REPLACE INTO batches (category, date, state, new_count,"
            " cross_count, replaced_count, checked_ms, completed_ms, complaint)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            BINDS(bind_text(batch->category), bind_date(batch->date),
                    bind_number(batch->state), bind_number(batch->new_count),
                    bind_number(batch->cross_count),
                    bind_number(batch->replaced_count),
                    bind_number(batch->checked_ms),
                    bind_number(batch->completed_ms),
                    bind_text(batch->complaint)),
            err);
}

static struct batch read_batch(const struct sqlite_query *query,
        const char *category, struct arena *arena)
{
    return (struct batch){
            .category = category,
            .date = sqlite_query_date(query, 0),
            .state = (enum batch_state)sqlite_query_number(query, 1),
            .new_count = (unsigned)sqlite_query_number(query, 2),
            .cross_count = (unsigned)sqlite_query_number(query, 3),
            .replaced_count = (unsigned)sqlite_query_number(query, 4),
            .checked_ms = sqlite_query_number(query, 5),
            .completed_ms = sqlite_query_number(query, 6),
            .complaint = sqlite_query_text(query, 7, arena),
    };
}

bool sqlite_batch_list(struct store *base, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT date, state, new_count, cross_count, replaced_count,"
            " checked_ms, completed_ms, complaint FROM batches"
            " WHERE category = ?1 ORDER BY date DESC LIMIT ?2",
            BINDS(bind_text(category), bind_limit(limit)), err);
    const char *kept = arena_string(arena, category);
    size_t capacity = 0;

    *batches = (struct batch_list){0};
    while (sqlite_query_next(&query)) {
        batches->items = arena_grow(arena, batches->items, batches->count,
                &capacity, sizeof *batches->items);
        batches->items[batches->count++] = read_batch(&query, kept, arena);
    }
    return sqlite_query_close(&query);
}

/* Asks first: an insert that meets a row would use up a number. */
bool sqlite_batch_paper_add(struct store *base, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store,
                "INSERT INTO batch_papers (category, date, paper_id, announce)"
                " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM"
                " batch_papers WHERE category = ?1 AND date = ?2"
                " AND paper_id = ?3)",
                BINDS(bind_text(category), bind_date(date), bind_text(paper_id),
                        bind_number(announce)),
                err))
        return error_wrap(err, "batch of %s, paper %s", category, paper_id);
    *added = sqlite_query_changes(store) > 0;
    return true;
}

bool sqlite_batch_papers(struct store *base, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT paper_id, announce, arrival, (SELECT max(rose)"
            " FROM signals WHERE signals.paper_id = batch_papers.paper_id)"
            " FROM batch_papers WHERE category = ?1 AND date = ?2"
            " ORDER BY arrival",
            BINDS(bind_text(category), bind_date(date)), err);
    size_t capacity = 0;

    *papers = (struct batch_paper_list){0};
    while (sqlite_query_next(&query)) {
        papers->items = arena_grow(arena, papers->items, papers->count,
                &capacity, sizeof *papers->items);
        papers->items[papers->count++] = (struct batch_paper){
                .paper_id = sqlite_query_text(&query, 0, arena),
                .announce = (enum announce_type)sqlite_query_number(&query, 1),
                .arrival = sqlite_query_number(&query, 2),
                .rose = sqlite_query_number(&query, 3),
        };
    }
    return sqlite_query_close(&query);
}

bool sqlite_batch_seen(struct store *base, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err)
{
    int64_t found = 0;

    if (!sqlite_query_number_of(sqlite_of(base),
                "SELECT EXISTS (SELECT 1 FROM batch_papers AS filed"
                " JOIN batches USING (category, date)"
                " WHERE filed.paper_id = ?1 AND category = ?2"
                " AND (filed.announce >= 3) = (?3 >= 3)"
                " AND batches.state = 2)",
                BINDS(bind_text(paper_id), bind_text(category),
                        bind_number(announce)),
                &found, err))
        return false;
    *seen = found != 0;
    return true;
}

bool sqlite_batch_arrival(struct store *base, int64_t *arrival,
        struct error *err)
{
    *arrival = 0;
    return sqlite_query_number_of(sqlite_of(base),
            "SELECT seq FROM sqlite_sequence WHERE name = 'batch_papers'", NULL,
            arrival, err);
}
