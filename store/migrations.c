#include "store/migrations.h"

#include "store/backup.h"
#include "store/sqlite_query.h"

#include <string.h>

/*
 * Enumerations are kept as their numbers (each file that reads them asserts the
 * values), dates as YYYY-MM-DD, instants as ms since the epoch.
 */
const char *const migrations_steps[] = {
        /* 1: what is known of papers and announcements */
        "PRAGMA application_id = 1348563010;" /* MIGRATIONS_APPLICATION_ID */
        "CREATE TABLE papers ("
        "  number INTEGER PRIMARY KEY," /* what a full-text index can point at */
        "  id TEXT NOT NULL UNIQUE,"
        "  version INTEGER NOT NULL,"
        "  title TEXT NOT NULL,"
        "  abstract TEXT NOT NULL,"
        "  more_authors INTEGER NOT NULL,"
        "  more_affiliations INTEGER NOT NULL,"
        "  comment TEXT NOT NULL,"
        "  journal_ref TEXT NOT NULL,"
        "  doi TEXT NOT NULL,"
        "  license TEXT NOT NULL,"
        "  withdrawn INTEGER NOT NULL,"
        "  published_ms INTEGER NOT NULL,"
        "  updated_ms INTEGER NOT NULL,"
        "  stored_ms INTEGER NOT NULL,"
        "  changed_ms INTEGER NOT NULL"
        ") STRICT;"
        "CREATE TABLE paper_authors ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,"
        "  position INTEGER NOT NULL,"
        "  name TEXT NOT NULL,"
        "  affiliation TEXT NOT NULL,"
        "  PRIMARY KEY (paper_id, position)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE paper_affiliations ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,"
        "  position INTEGER NOT NULL,"
        "  name TEXT NOT NULL,"
        "  PRIMARY KEY (paper_id, position)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE paper_categories ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,"
        "  position INTEGER NOT NULL,"
        "  code TEXT NOT NULL,"
        "  PRIMARY KEY (paper_id, position)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE notes ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,"
        "  language TEXT NOT NULL,"
        "  title TEXT NOT NULL,"
        "  heading TEXT NOT NULL,"
        "  digest TEXT NOT NULL,"
        "  writer TEXT NOT NULL,"
        "  written_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (paper_id, language)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE batches ("
        "  category TEXT NOT NULL,"
        "  date TEXT NOT NULL,"
        "  state INTEGER NOT NULL,"
        "  new_count INTEGER NOT NULL,"
        "  cross_count INTEGER NOT NULL,"
        "  replaced_count INTEGER NOT NULL,"
        "  checked_ms INTEGER NOT NULL,"
        "  completed_ms INTEGER NOT NULL,"
        "  complaint TEXT NOT NULL,"
        "  PRIMARY KEY (category, date)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE batch_papers ("
        "  arrival INTEGER PRIMARY KEY AUTOINCREMENT," /* never given twice */
        "  category TEXT NOT NULL,"
        "  date TEXT NOT NULL,"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  announce INTEGER NOT NULL,"
        "  UNIQUE (category, date, paper_id)"
        ") STRICT;"
        "CREATE INDEX batch_papers_by_paper ON batch_papers"
        "  (paper_id, category);"
        "CREATE TABLE small_values ("
        "  key TEXT NOT NULL PRIMARY KEY,"
        "  value TEXT NOT NULL"
        ") STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 1;",

        /* 2: who is spoken to, and what about */
        "CREATE TABLE channels ("
        "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
        "  account TEXT NOT NULL,"
        "  room TEXT NOT NULL,"
        "  label TEXT NOT NULL,"
        "  created_ms INTEGER NOT NULL,"
        "  broken TEXT NOT NULL,"
        "  UNIQUE (account, room)"
        ") STRICT;"
        "CREATE TABLE covered ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  category TEXT NOT NULL,"
        "  date TEXT NOT NULL,"
        "  arrival INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, category, date)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE posted ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  occasion TEXT NOT NULL,"
        "  posted_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, paper_id)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE occasions ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  key TEXT NOT NULL,"
        "  outcome INTEGER NOT NULL,"
        "  due_ms INTEGER NOT NULL,"
        "  recorded_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, key)"
        ") STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 2;",

        /* 3: what is to be sent */
        "CREATE TABLE outbox ("
        "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  account TEXT NOT NULL,"
        "  room TEXT NOT NULL,"
        "  occasion TEXT NOT NULL,"
        "  part INTEGER NOT NULL,"
        "  delivery_key TEXT NOT NULL,"
        "  verb INTEGER NOT NULL,"
        "  payload BLOB NOT NULL,"
        "  reply_to INTEGER REFERENCES outbox (id) CHECK (reply_to < id),"
        "  expires_ms INTEGER NOT NULL,"
        "  state INTEGER NOT NULL,"
        "  next_try_ms INTEGER NOT NULL,"
        "  attempts INTEGER NOT NULL,"
        "  attempted INTEGER NOT NULL,"
        "  receipt TEXT NOT NULL,"
        "  complaint TEXT NOT NULL,"
        "  created_ms INTEGER NOT NULL,"
        "  settled_ms INTEGER NOT NULL,"
        "  lease_owner TEXT," /* NULL: nobody is sending it */
        "  lease_until_ms INTEGER NOT NULL DEFAULT 0,"
        "  UNIQUE (channel_id, occasion, part)"
        ") STRICT;"
        /* Small for ever: what was sent is not in it. */
        "CREATE INDEX outbox_due ON outbox (next_try_ms, id) WHERE state = 0;"
        "PRAGMA user_version = 3;",

        /* 4: what others thought of a paper; a rise takes the next arrival
         * number, which SQLite keeps where a program may write, too
         * (sqlite.org/autoinc.html) */
        "CREATE TABLE signals ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,"
        "  kind TEXT NOT NULL,"
        "  value INTEGER NOT NULL,"
        "  seen_ms INTEGER NOT NULL,"
        "  rose INTEGER NOT NULL,"
        "  PRIMARY KEY (paper_id, kind)"
        ") STRICT, WITHOUT ROWID;"
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'batch_papers', 0"
        "  WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence"
        "  WHERE name = 'batch_papers');"
        "PRAGMA user_version = 4;",

        /* 5: what is searched.  Its rows are search_text.h's texts, which it
         * does not keep (content=''); order is by row, so it needs no sizes of
         * them either.  sqlite_search.c fills it from what is there. */
        "CREATE VIRTUAL TABLE search USING fts5 (text, content='',"
        "  columnsize=0, tokenize='ascii');"
        "PRAGMA user_version = 5;",

        /* 6: what was posted, to be said again when a paper changes */
        "CREATE TABLE editions ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  occasion TEXT NOT NULL,"
        "  date TEXT NOT NULL," /* '' where there is none */
        "  announced TEXT NOT NULL,"
        "  new_count INTEGER NOT NULL,"
        "  cross_count INTEGER NOT NULL,"
        "  week INTEGER NOT NULL,"
        "  posted_ms INTEGER NOT NULL,"
        "  pending INTEGER NOT NULL DEFAULT 0,"
        "  PRIMARY KEY (channel_id, occasion)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE edition_papers ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  occasion TEXT NOT NULL,"
        "  position INTEGER NOT NULL,"
        "  tag TEXT NOT NULL,"
        "  top INTEGER NOT NULL,"
        "  changes INTEGER NOT NULL DEFAULT 0,"
        "  version INTEGER NOT NULL DEFAULT 0,"
        "  venue TEXT NOT NULL DEFAULT '',"
        "  PRIMARY KEY (channel_id, paper_id)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE INDEX edition_papers_by_paper ON edition_papers (paper_id);"
        "CREATE INDEX edition_papers_by_edition ON edition_papers"
        "  (channel_id, occasion, position);"
        "CREATE INDEX editions_pending ON editions (channel_id)"
        "  WHERE pending = 1;"
        "PRAGMA user_version = 6;",

        /* 7: what people do and set.  A text that somebody wrote may be any
         * bytes; an event that was heard leaves its id behind. */
        "ALTER TABLE channels ADD COLUMN removed_ms INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE outbox ADD COLUMN reply TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE outbox ADD COLUMN person TEXT NOT NULL DEFAULT '';"
        "CREATE INDEX outbox_by_reply_to ON outbox (reply_to)"
        "  WHERE reply_to IS NOT NULL;"
        "CREATE TABLE revision (number INTEGER NOT NULL) STRICT;"
        "INSERT INTO revision VALUES (0);"
        "CREATE TABLE settings ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  key TEXT NOT NULL,"
        "  value TEXT NOT NULL,"
        "  person TEXT NOT NULL,"
        "  set_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, key)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE changes ("
        "  id INTEGER PRIMARY KEY,"
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  changed_ms INTEGER NOT NULL,"
        "  person TEXT NOT NULL,"
        "  what TEXT NOT NULL"
        ") STRICT;"
        "CREATE INDEX changes_by_channel ON changes (channel_id, changed_ms);"
        "CREATE TABLE votes ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  person TEXT NOT NULL,"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  value INTEGER NOT NULL CHECK (value IN (-1, 1)),"
        "  voted_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, person, paper_id)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE INDEX votes_newest ON votes"
        "  (channel_id, voted_ms DESC, person, paper_id);"
        "CREATE TABLE saved ("
        "  account TEXT NOT NULL,"
        "  person TEXT NOT NULL,"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  saved_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (account, person, paper_id)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE bookmarks ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  person TEXT NOT NULL,"
        "  text TEXT NOT NULL,"
        "  kept_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, person)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE drafts ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  occasion TEXT NOT NULL,"
        "  made_ms INTEGER NOT NULL,"
        "  due_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, occasion)"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE draft_curators ("
        "  channel_id INTEGER NOT NULL,"
        "  occasion TEXT NOT NULL,"
        "  person TEXT NOT NULL,"
        "  position INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, occasion, person),"
        "  FOREIGN KEY (channel_id, occasion)"
        "    REFERENCES drafts (channel_id, occasion) ON DELETE CASCADE"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE draft_papers ("
        "  channel_id INTEGER NOT NULL,"
        "  occasion TEXT NOT NULL,"
        "  position INTEGER NOT NULL,"
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  tag TEXT NOT NULL,"
        "  number INTEGER NOT NULL,"
        "  place INTEGER NOT NULL,"
        "  text TEXT NOT NULL,"
        "  PRIMARY KEY (channel_id, occasion, position),"
        "  FOREIGN KEY (channel_id, occasion)"
        "    REFERENCES drafts (channel_id, occasion) ON DELETE CASCADE"
        ") STRICT, WITHOUT ROWID;"
        "CREATE TABLE inbox ("
        "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
        "  account TEXT NOT NULL,"
        "  event TEXT NOT NULL,"
        "  kind INTEGER NOT NULL,"
        "  room TEXT NOT NULL,"
        "  person TEXT NOT NULL,"
        "  text BLOB NOT NULL,"
        "  target TEXT NOT NULL,"
        "  reply TEXT NOT NULL,"
        "  sent_ms INTEGER NOT NULL,"
        "  received_ms INTEGER NOT NULL,"
        "  waits INTEGER NOT NULL DEFAULT 1,"
        "  UNIQUE (account, event)"
        ") STRICT;"
        "CREATE INDEX inbox_waiting ON inbox (id) WHERE waits = 1;"
        "CREATE INDEX inbox_heard ON inbox (received_ms) WHERE waits = 0;"
        "PRAGMA user_version = 7;",

        /* 8: which message shows which paper: what people react to */
        "ALTER TABLE outbox ADD COLUMN paper TEXT NOT NULL DEFAULT '';"
        "CREATE INDEX outbox_by_receipt ON outbox (receipt)"
        "  WHERE receipt <> '';"
        "PRAGMA user_version = 8;",

        /* 9: what the digest of a draft says of announcements, and covers */
        "ALTER TABLE drafts ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE drafts ADD COLUMN announced TEXT;"
        "ALTER TABLE drafts ADD COLUMN new_count INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE drafts ADD COLUMN cross_count INTEGER NOT NULL DEFAULT 0;"
        "CREATE TABLE draft_covered ("
        "  channel_id INTEGER NOT NULL,"
        "  occasion TEXT NOT NULL,"
        "  position INTEGER NOT NULL,"
        "  category TEXT NOT NULL,"
        "  date TEXT NOT NULL,"
        "  arrival INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, occasion, position),"
        "  FOREIGN KEY (channel_id, occasion)"
        "    REFERENCES drafts (channel_id, occasion) ON DELETE CASCADE"
        ") STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 9;",

        /* 10: what a channel's votes say of words */
        "CREATE TABLE tastes ("
        "  channel_id INTEGER NOT NULL REFERENCES channels (id),"
        "  word TEXT NOT NULL,"
        "  ups INTEGER NOT NULL,"
        "  downs INTEGER NOT NULL,"
        "  PRIMARY KEY (channel_id, word)"
        ") STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 10;",

        /* 11: pictures of papers, for some days; type is '' where a paper has
         * none */
        "CREATE TABLE pictures ("
        "  paper_id TEXT PRIMARY KEY NOT NULL,"
        "  type TEXT NOT NULL,"
        "  width INTEGER NOT NULL,"
        "  height INTEGER NOT NULL,"
        "  bytes BLOB NOT NULL,"
        "  fetched_ms INTEGER NOT NULL"
        ") STRICT;"
        "PRAGMA user_version = 11;",

        /* 12: what a note was written from, and what was asked of writers */
        "ALTER TABLE notes ADD COLUMN version INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE notes ADD COLUMN prompt TEXT NOT NULL DEFAULT '';"
        "CREATE TABLE note_attempts ("
        "  paper_id TEXT NOT NULL REFERENCES papers (id),"
        "  version INTEGER NOT NULL,"
        "  language TEXT NOT NULL,"
        "  writer TEXT NOT NULL,"
        "  prompt TEXT NOT NULL,"
        "  outcome INTEGER NOT NULL,"
        "  tries INTEGER NOT NULL,"
        "  flaw TEXT NOT NULL,"
        "  tried_ms INTEGER NOT NULL,"
        "  PRIMARY KEY (paper_id, version, language, writer, prompt)"
        ") STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 12;",

        /* 13: notes that came later */
        "ALTER TABLE edition_papers ADD COLUMN languages TEXT NOT NULL"
        "  DEFAULT '';"
        "ALTER TABLE edition_papers ADD COLUMN noted_ms INTEGER NOT NULL"
        "  DEFAULT 0;"
        "PRAGMA user_version = 13;",

        /* 14: what is sent in thousands.  A row's state is written several
         * times, its payload once: apart, each write is a few bytes.  What is
         * due stands in the order in which it is claimed; what is leased, in
         * that in which the leases end. */
        "CREATE TABLE outbox_payloads ("
        "  id INTEGER PRIMARY KEY NOT NULL REFERENCES outbox (id)"
        "    ON DELETE CASCADE,"
        "  payload BLOB NOT NULL"
        ") STRICT;"
        "INSERT INTO outbox_payloads (id, payload) SELECT id, payload"
        "  FROM outbox WHERE length(payload) > 0;"
        "ALTER TABLE outbox DROP COLUMN payload;"
        "DROP INDEX outbox_due;"
        "CREATE INDEX outbox_due ON outbox (reply = '', next_try_ms, id)"
        "  WHERE state = 0;"
        "CREATE INDEX outbox_leased ON outbox (lease_until_ms)"
        "  WHERE state = 0 AND lease_owner IS NOT NULL;"
        "PRAGMA user_version = 14;",

        /* 15: who told where authors work, and where a paper's code is */
        "ALTER TABLE papers ADD COLUMN affiliations_from TEXT NOT NULL"
        "  DEFAULT '';"
        "ALTER TABLE papers ADD COLUMN code TEXT NOT NULL DEFAULT '';"
        "PRAGMA user_version = 15;",
};
const int migrations_count =
        (int)(sizeof migrations_steps / sizeof *migrations_steps);

_Static_assert(MIGRATIONS_APPLICATION_ID == 1348563010, "as step 1 writes it");

static bool read_number(sqlite3 *db, const char *path, const char *sql,
        int64_t *number, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool done =
            sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW;

    if (done)
        *number = sqlite3_column_int64(statement, 0);
    else
        sqlite_query_failure(db, path, "open", err);
    sqlite3_finalize(statement);
    return done;
}

static bool run_script(sqlite3 *db, const char *path, const char *doing,
        const char *sql, struct error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return sqlite_query_failure(db, path, doing, err);
}

static bool read_version(sqlite3 *db, const char *path, int64_t *version,
        struct error *err)
{
    return read_number(db, path, "PRAGMA user_version", version, err);
}

struct marks {
    int64_t tables, application, version;
};

/* One look at all three: somebody else may be making the database just now. */
static bool read_marks(sqlite3 *db, const char *path, struct marks *marks,
        struct error *err)
{
    if (!run_script(db, path, "open", "BEGIN", err))
        return false;
    bool done = read_number(db, path, "SELECT count(*) FROM sqlite_schema",
                        &marks->tables, err) &&
            read_number(db, path, "PRAGMA application_id", &marks->application,
                    err) &&
            read_version(db, path, &marks->version, err);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return done;
}

bool migrations_check(sqlite3 *db, const char *path, struct error *err)
{
    struct marks marks = {0};

    if (!read_marks(db, path, &marks, err))
        return false;
    bool empty =
            marks.tables == 0 && marks.application == 0 && marks.version == 0;
    if (!empty && marks.application != MIGRATIONS_APPLICATION_ID)
        return error_set(err, ERROR_STOP,
                "%s: this is a database of another program; name a file of "
                "paperboy's own, or one that does not exist yet",
                path);
    if (marks.version > migrations_count)
        return error_set(err, ERROR_STOP,
                "%s: its schema %lld is newer than this program, which knows "
                "schemas up to %d; use the newer paperboy or restore a backup",
                path, (long long)marks.version, migrations_count);
    return true;
}

static bool step_run(sqlite3 *db, const char *path, int step, struct error *err)
{
    int64_t version = 0;

    if (run_script(db, path, "migrate", migrations_steps[step - 1], err) &&
            read_version(db, path, &version, err) &&
            (version == step ||
                    error_set(err, ERROR_STOP, "%s: it left schema %lld behind",
                            path, (long long)version)))
        return true;
    return error_wrap(err, "schema step %d", step);
}

/* Somebody who opened the same database may have been quicker: the version is
 * read again under the write lock. */
static bool steps_inside(sqlite3 *db, const char *path, struct error *err)
{
    int64_t version = 0;
    bool done = read_version(db, path, &version, err);

    for (int step = (int)version + 1; done && step <= migrations_count; step++)
        done = step_run(db, path, step, err);
    return done && run_script(db, path, "migrate", "COMMIT", err);
}

static bool steps_run(sqlite3 *db, const char *path, struct error *err)
{
    if (!run_script(db, path, "migrate", "BEGIN IMMEDIATE", err))
        return false;
    if (steps_inside(db, path, err))
        return true;
    if (!sqlite3_get_autocommit(db))
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool migrations_run(sqlite3 *db, const char *path, struct error *err)
{
    int64_t version = 0;

    if (!read_version(db, path, &version, err))
        return false;
    if (version == migrations_count)
        return true;
    if (version > 0 && !backup_make(db, path, (int)version, err))
        return error_wrap(err, "backup before migrating");
    return steps_run(db, path, err);
}
