#include "store/paper_change.h"
#include "store/sqlite_query.h"

static const char authors_sql[] = "SELECT name, affiliation FROM paper_authors"
                                  " WHERE paper_id = ?1 ORDER BY position";
static const char affiliations_sql[] = "SELECT name FROM paper_affiliations"
                                       " WHERE paper_id = ?1 ORDER BY position";
static const char categories_sql[] = "SELECT code FROM paper_categories"
                                     " WHERE paper_id = ?1 ORDER BY position";

/* --- reading --- */

static bool read_authors(struct sqlite_store *store, const char *id,
        struct arena *arena, struct author_list *authors, struct error *err)
{
    struct sqlite_query query =
            sqlite_query_open(store, authors_sql, BINDS(bind_text(id)), err);
    size_t capacity = 0;

    while (sqlite_query_next(&query)) {
        authors->items = arena_grow(arena, authors->items, authors->count,
                &capacity, sizeof *authors->items);
        authors->items[authors->count++] = (struct author){
                .name = sqlite_query_text(&query, 0, arena),
                .affiliation = sqlite_query_text(&query, 1, arena),
        };
    }
    return sqlite_query_close(&query);
}

static bool read_strings(struct sqlite_store *store, const char *sql,
        const char *id, struct arena *arena, struct string_list *strings,
        struct error *err)
{
    struct sqlite_query query =
            sqlite_query_open(store, sql, BINDS(bind_text(id)), err);
    size_t capacity = 0;

    while (sqlite_query_next(&query)) {
        strings->items = arena_grow(arena, strings->items, strings->count,
                &capacity, sizeof *strings->items);
        strings->items[strings->count++] = sqlite_query_text(&query, 0, arena);
    }
    return sqlite_query_close(&query);
}

static bool read_row(struct sqlite_store *store, const char *id,
        struct arena *arena, struct paper **paper, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT version, title, abstract, more_authors, more_affiliations,"
            " comment, journal_ref, doi, license, withdrawn, published_ms,"
            " updated_ms, affiliations_from, code FROM papers WHERE id = ?1",
            BINDS(bind_text(id)), err);

    *paper = NULL;
    if (sqlite_query_next(&query)) {
        *paper = arena_new(arena, struct paper);
        **paper = (struct paper){
                .id = arena_string(arena, id),
                .version = (unsigned)sqlite_query_number(&query, 0),
                .title = sqlite_query_text(&query, 1, arena),
                .abstract = sqlite_query_text(&query, 2, arena),
                .authors.more = sqlite_query_bool(&query, 3),
                .more_affiliations = sqlite_query_bool(&query, 4),
                .comment = sqlite_query_text(&query, 5, arena),
                .journal_ref = sqlite_query_text(&query, 6, arena),
                .doi = sqlite_query_text(&query, 7, arena),
                .license = sqlite_query_text(&query, 8, arena),
                .withdrawn = sqlite_query_bool(&query, 9),
                .published_ms = sqlite_query_number(&query, 10),
                .updated_ms = sqlite_query_number(&query, 11),
                .affiliations_from = sqlite_query_text(&query, 12, arena),
                .code = sqlite_query_text(&query, 13, arena),
        };
    }
    return sqlite_query_close(&query);
}

bool sqlite_paper_read(struct sqlite_store *store, const char *id,
        struct arena *arena, struct paper **paper, struct error *err)
{
    if (!read_row(store, id, arena, paper, err))
        return false;
    struct paper *found = *paper;
    return found == NULL ||
            (read_authors(store, id, arena, &found->authors, err) &&
                    read_strings(store, affiliations_sql, id, arena,
                            &found->affiliations, err) &&
                    read_strings(store, categories_sql, id, arena,
                            &found->categories, err));
}

/* Four reads: in one transaction, or a writer could come between them. */
bool sqlite_paper_get(struct store *base, const char *id, struct arena *arena,
        struct paper **paper, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own = !store->inside;

    if (own && !sqlite_query_run(store, "BEGIN", NULL, err))
        return false;
    return sqlite_end(store, own,
            sqlite_paper_read(store, id, arena, paper, err), err);
}

bool sqlite_paper_known(struct sqlite_store *store, const char *id,
        struct error *err)
{
    int64_t found = 0;

    return sqlite_query_number_of(store, "SELECT 1 FROM papers WHERE id = ?1",
                   BINDS(bind_text(id)), &found, err) &&
            (found != 0 ||
                    error_set(err, ERROR_STOP, "%s: paper %s: no such paper",
                            store->path, id));
}

/* --- writing --- */

static bool write_row(struct sqlite_store *store, const struct paper *paper,
        int64_t now_ms, struct error *err)
{
    return sqlite_query_run(store,
            "INSERT INTO papers (id, version, title, abstract, more_authors,"
            " more_affiliations, comment, journal_ref, doi, license, withdrawn,"
            " published_ms, updated_ms, stored_ms, changed_ms,"
            " affiliations_from, code)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
            " ?14, ?14, ?15, ?16)"
            " ON CONFLICT (id) DO UPDATE SET version = excluded.version,"
            " title = excluded.title, abstract = excluded.abstract,"
            " more_authors = excluded.more_authors,"
            " more_affiliations = excluded.more_affiliations,"
            " comment = excluded.comment, journal_ref = excluded.journal_ref,"
            " doi = excluded.doi, license = excluded.license,"
            " withdrawn = excluded.withdrawn,"
            " published_ms = excluded.published_ms,"
            " updated_ms = excluded.updated_ms,"
            " changed_ms = excluded.changed_ms,"
            " affiliations_from = excluded.affiliations_from,"
            " code = excluded.code",
            BINDS(bind_text(paper->id), bind_number(paper->version),
                    bind_text(paper->title), bind_text(paper->abstract),
                    bind_number(paper->authors.more),
                    bind_number(paper->more_affiliations),
                    bind_text(paper->comment), bind_text(paper->journal_ref),
                    bind_text(paper->doi), bind_text(paper->license),
                    bind_number(paper->withdrawn),
                    bind_number(paper->published_ms),
                    bind_number(paper->updated_ms), bind_number(now_ms),
                    bind_text(paper->affiliations_from),
                    bind_text(paper->code)),
            err);
}

static bool write_authors(struct sqlite_store *store, const struct paper *paper,
        struct error *err)
{
    bool done = sqlite_query_run(store,
            "DELETE FROM paper_authors WHERE paper_id = ?1",
            BINDS(bind_text(paper->id)), err);

    for (size_t i = 0; done && i < paper->authors.count; i++)
        done = sqlite_query_run(store,
                "INSERT INTO paper_authors"
                " (paper_id, position, name, affiliation)"
                " VALUES (?1, ?2, ?3, ?4)",
                BINDS(bind_text(paper->id), bind_number(i),
                        bind_text(paper->authors.items[i].name),
                        bind_text(paper->authors.items[i].affiliation)),
                err);
    return done;
}

static bool write_strings(struct sqlite_store *store, const char *clear_sql,
        const char *add_sql, const char *id, const struct string_list *strings,
        struct error *err)
{
    bool done = sqlite_query_run(store, clear_sql, BINDS(bind_text(id)), err);

    for (size_t i = 0; done && i < strings->count; i++)
        done = sqlite_query_run(store, add_sql,
                BINDS(bind_text(id), bind_number(i),
                        bind_text(strings->items[i])),
                err);
    return done;
}

static bool write_paper(struct sqlite_store *store, const struct paper *paper,
        int64_t now_ms, struct error *err)
{
    return write_row(store, paper, now_ms, err) &&
            write_authors(store, paper, err) &&
            write_strings(store,
                    "DELETE FROM paper_affiliations WHERE paper_id = ?1",
                    "INSERT INTO paper_affiliations (paper_id, position, name)"
                    " VALUES (?1, ?2, ?3)",
                    paper->id, &paper->affiliations, err) &&
            write_strings(store,
                    "DELETE FROM paper_categories WHERE paper_id = ?1",
                    "INSERT INTO paper_categories (paper_id, position, code)"
                    " VALUES (?1, ?2, ?3)",
                    paper->id, &paper->categories, err);
}

/* No reader sees the two times, so that they moved is no change. */
static bool write_times(struct sqlite_store *store, const struct paper *paper,
        struct error *err)
{
    return sqlite_query_run(store,
            "UPDATE papers SET published_ms = ?2, updated_ms = ?3 WHERE id = ?1"
            " AND (published_ms <> ?2 OR updated_ms <> ?3)",
            BINDS(bind_text(paper->id), bind_number(paper->published_ms),
                    bind_number(paper->updated_ms)),
            err);
}

static bool replace_paper(struct sqlite_store *store, const struct paper *known,
        const struct paper *merged, int64_t now_ms, enum store_change change,
        struct error *err)
{
    bool moves = civil_date_compare(paper_submitted(known),
                         paper_submitted(merged)) != 0;

    if ((change != STORE_UNCHANGED || moves) &&
            !sqlite_search_changes(store, known->id, err))
        return false;
    return change == STORE_UNCHANGED ? write_times(store, merged, err)
                                     : write_paper(store, merged, now_ms, err);
}

static bool merge_paper(struct sqlite_store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    struct arena arena = {0};
    struct paper *known = NULL;
    bool done = sqlite_paper_read(store, paper->id, &arena, &known, err);

    if (done && known == NULL) {
        *change = STORE_NEW;
        done = write_paper(store, paper, now_ms, err) &&
                sqlite_search_added(store, paper->id, err);
    } else if (done) {
        struct paper merged = paper_merge(known, paper);
        *change = paper_change(known, &merged);
        done = replace_paper(store, known, &merged, now_ms, *change, err);
    }
    arena_finish(&arena);
    return done;
}

bool sqlite_paper_put(struct store *base, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own,
                    merge_paper(store, paper, now_ms, change, err), err);
}
