#include "store/backup.h"

#include "bot/base/arena.h"
#include "store/sqlite_query.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    NAMES_MAX = 100, /* a database that met so many failures needs a person */
};

/* Takes a name nobody has, as an empty file readable by its owner alone. */
static char *name_take(struct arena *arena, const char *path, int version,
        struct error *err)
{
    for (int n = 1; n <= NAMES_MAX; n++) {
        char *name = n == 1
                ? arena_format(arena, "%s.backup-v%d", path, version)
                : arena_format(arena, "%s.backup-v%d-%d", path, version, n);
        int file = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
        if (file >= 0) {
            close(file);
            return name;
        }
        if (errno != EEXIST) {
            error_set(err, ERROR_STOP, "%s: %s", name, strerror(errno));
            return NULL;
        }
    }
    error_set(err, ERROR_STOP,
            "%s.backup-v%d: %d backups lie there already; move some away", path,
            version, NAMES_MAX);
    return NULL;
}

static bool copy_into(sqlite3 *db, sqlite3 *copy, const char *name,
        struct error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db, "main");

    if (backup != NULL) {
        sqlite3_backup_step(backup, -1);
        if (sqlite3_backup_finish(backup) == SQLITE_OK)
            return true;
    }
    return sqlite_query_failure(copy, name, "copy", err);
}

bool backup_is_sound(sqlite3 *copy, const char *name, struct error *err)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &statement,
                NULL) != SQLITE_OK ||
            sqlite3_step(statement) != SQLITE_ROW) {
        sqlite_query_failure(copy, name, "integrity check", err);
        sqlite3_finalize(statement);
        return false;
    }
    const char *verdict = (const char *)sqlite3_column_text(statement, 0);
    bool ok = verdict != NULL && strcmp(verdict, "ok") == 0;
    if (!ok)
        error_set(err, ERROR_STOP, "%s: integrity check: %s", name,
                verdict == NULL ? "no verdict" : verdict);
    sqlite3_finalize(statement);
    return ok;
}

/* A copy whose journal mode is its original's WAL could not be read from a
 * folder that is not writable. */
static bool make_whole(sqlite3 *copy, const char *name, struct error *err)
{
    if (sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) ==
            SQLITE_OK)
        return true;
    return sqlite_query_failure(copy, name, "journal mode", err);
}

static sqlite3 *copy_open(const char *name, struct error *err)
{
    sqlite3 *copy = NULL;

    if (sqlite3_open_v2(name, &copy, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        return copy;
    sqlite_query_failure(copy, name, "open", err);
    sqlite3_close(copy);
    return NULL;
}

static bool copy_write(sqlite3 *db, const char *name, struct error *err)
{
    sqlite3 *copy = copy_open(name, err);
    bool done = copy != NULL && copy_into(db, copy, name, err) &&
            make_whole(copy, name, err);

    sqlite3_close(copy);
    return done;
}

/* Opened anew, so that what lies on the disk is checked. */
static bool copy_check(const char *name, struct error *err)
{
    sqlite3 *copy = copy_open(name, err);
    bool done = copy != NULL && backup_is_sound(copy, name, err);

    sqlite3_close(copy);
    return done;
}

/* Into the empty file of that name, which goes on failure. */
static bool fill(sqlite3 *db, const char *name, struct error *err)
{
    if (copy_write(db, name, err) && copy_check(name, err))
        return true;
    unlink(name);
    return false;
}

bool backup_make(sqlite3 *db, const char *path, int version, struct error *err)
{
    struct arena arena = {0};
    char *name = name_take(&arena, path, version, err);
    bool done = name != NULL && fill(db, name, err);

    arena_finish(&arena);
    return done;
}

bool backup_write(sqlite3 *db, const char *name, struct error *err)
{
    int file = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (file < 0 && errno == EEXIST)
        return error_set(err, ERROR_INPUT,
                "%s is there already; give a name that is free", name);
    if (file < 0)
        return error_set(err, ERROR_INPUT, "%s: cannot write: %s", name,
                strerror(errno));
    close(file);
    return fill(db, name, err);
}
