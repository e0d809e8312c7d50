#include "store/sqlite_query.h"

/* --- notes --- */

static bool write_note(struct sqlite_store *store, const struct note *note,
        int64_t now_ms, struct error *err)
{
    const char *prompt = note->prompt == NULL ? "" : note->prompt;

    return sqlite_query_run(store,
                   "INSERT INTO notes (paper_id, language, title, heading,"
                   " digest, writer, version, prompt, written_ms)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                   " ON CONFLICT (paper_id, language) DO UPDATE SET"
                   " title = excluded.title, heading = excluded.heading,"
                   " digest = excluded.digest, writer = excluded.writer,"
                   " version = excluded.version, prompt = excluded.prompt,"
                   " written_ms = excluded.written_ms",
                   BINDS(bind_text(note->paper_id), bind_text(note->language),
                           bind_text(note->title), bind_text(note->heading),
                           bind_text(note->digest), bind_text(note->writer),
                           bind_number(note->version), bind_text(prompt),
                           bind_number(now_ms)),
                   err) ||
            error_wrap(err, "note of paper %s", note->paper_id);
}

bool sqlite_note_put(struct store *base, const struct note *note,
        int64_t now_ms, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own,
                    sqlite_search_changes(store, note->paper_id, err) &&
                            write_note(store, note, now_ms, err),
                    err);
}

bool sqlite_note_list(struct store *base, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT language, title, heading, digest, writer, version, prompt,"
            " written_ms FROM notes WHERE paper_id = ?1 ORDER BY language",
            BINDS(bind_text(paper_id)), err);
    size_t capacity = 0;

    *notes = (struct note_list){0};
    while (sqlite_query_next(&query)) {
        notes->items = arena_grow(arena, notes->items, notes->count, &capacity,
                sizeof *notes->items);
        notes->items[notes->count++] = (struct note){
                .paper_id = arena_string(arena, paper_id),
                .language = sqlite_query_text(&query, 0, arena),
                .title = sqlite_query_text(&query, 1, arena),
                .heading = sqlite_query_text(&query, 2, arena),
                .digest = sqlite_query_text(&query, 3, arena),
                .writer = sqlite_query_text(&query, 4, arena),
                .version = (unsigned)sqlite_query_number(&query, 5),
                .prompt = sqlite_query_text(&query, 6, arena),
                .written_ms = sqlite_query_number(&query, 7),
        };
    }
    return sqlite_query_close(&query);
}

/* --- attempts --- */

bool sqlite_note_attempt_put(struct store *base,
        const struct note_attempt *attempt, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO note_attempts (paper_id, version, language,"
                   " writer, prompt, outcome, tries, flaw, tried_ms)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                   " ON CONFLICT (paper_id, version, language, writer, prompt)"
                   " DO UPDATE SET outcome = excluded.outcome,"
                   " tries = excluded.tries, flaw = excluded.flaw,"
                   " tried_ms = excluded.tried_ms",
                   BINDS(bind_text(attempt->paper_id),
                           bind_number(attempt->version),
                           bind_text(attempt->language),
                           bind_text(attempt->writer),
                           bind_text(attempt->prompt),
                           bind_number(attempt->outcome),
                           bind_number(attempt->tries),
                           bind_text(attempt->flaw),
                           bind_number(attempt->tried_ms)),
                   err) ||
            error_wrap(err, "attempt at a note of paper %s", attempt->paper_id);
}

bool sqlite_note_attempt_get(struct store *base, const struct note_attempt *key,
        struct arena *arena, struct note_attempt **attempt, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT outcome, tries, flaw, tried_ms FROM note_attempts"
            " WHERE paper_id = ?1 AND version = ?2 AND language = ?3"
            " AND writer = ?4 AND prompt = ?5",
            BINDS(bind_text(key->paper_id), bind_number(key->version),
                    bind_text(key->language), bind_text(key->writer),
                    bind_text(key->prompt)),
            err);

    *attempt = NULL;
    if (sqlite_query_next(&query)) {
        *attempt = arena_new(arena, struct note_attempt);
        **attempt = (struct note_attempt){
                .paper_id = arena_string(arena, key->paper_id),
                .version = key->version,
                .language = arena_string(arena, key->language),
                .writer = arena_string(arena, key->writer),
                .prompt = arena_string(arena, key->prompt),
                .outcome = (enum note_outcome)sqlite_query_number(&query, 0),
                .tries = (unsigned)sqlite_query_number(&query, 1),
                .flaw = sqlite_query_text(&query, 2, arena),
                .tried_ms = sqlite_query_number(&query, 3),
        };
    }
    return sqlite_query_close(&query);
}
