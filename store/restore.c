#include "store/restore.h"

#include "store/backup.h"
#include "store/migrations.h"
#include "store/sqlite.h"
#include "store/sqlite_query.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NAMES_MAX = 100
};

/* What SQLite keeps beside a database; the first is the database itself.  A
 * write-ahead log left behind would be played into the next database. */
static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};

static bool failed(const char *name, const char *doing, struct error *err)
{
    return error_set(err, ERROR_STOP, "%s: cannot %s: %s", name, doing,
            strerror(errno));
}

/* --- the backup --- */

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;

    return stat(a, &left) == 0 && stat(b, &right) == 0 &&
            left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

/* Whether it may take the place of a database of ours. */
static bool is_good(sqlite3 *db, const char *from, struct error *err)
{
    int64_t application = 0;
    sqlite3_stmt *statement = NULL;

    if (!migrations_check(db, from, err) || !backup_is_sound(db, from, err))
        return false;
    if (sqlite3_prepare_v2(db, "PRAGMA application_id", -1, &statement, NULL) ==
                    SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW)
        application = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return application != 0 ||
            error_set(err, ERROR_INPUT,
                    "%s: this is an empty file; expected one that \"paperboy "
                    "backup\" wrote",
                    from);
}

static bool copy_to(const char *from, const char *name, struct error *err)
{
    sqlite3 *db = NULL;
    bool done = false;

    if (sqlite3_open_v2(from, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        sqlite_query_failure(db, from, "open", err);
    else if (unlink(name) != 0 && errno != ENOENT)
        failed(name, "remove", err);
    else
        done = is_good(db, from, err) && backup_write(db, name, err);
    sqlite3_close(db);
    /* Nothing was changed: it is the file given that will not do. */
    if (!done && err != NULL)
        err->kind = ERROR_INPUT;
    return done;
}

/* --- changing places --- */

/* A free name for what is replaced; NULL after an error. */
static char *aside_name(const char *path, struct arena *arena,
        struct error *err)
{
    for (int n = 1; n <= NAMES_MAX; n++) {
        char *name = n == 1 ? arena_format(arena, "%s.replaced", path)
                            : arena_format(arena, "%s.replaced-%d", path, n);
        if (access(name, F_OK) != 0)
            return name;
    }
    error_set(err, ERROR_STOP,
            "%s.replaced: %d of them lie there already; move some away", path,
            NAMES_MAX);
    return NULL;
}

static bool move_aside(const char *path, const char *aside, struct arena *arena,
        struct error *err)
{
    for (size_t i = sizeof suffixes / sizeof *suffixes; i-- > 0;) {
        const char *old = arena_format(arena, "%s%s", path, suffixes[i]);
        const char *new = arena_format(arena, "%s%s", aside, suffixes[i]);
        if (rename(old, new) != 0 && errno != ENOENT)
            return failed(old, "rename", err);
    }
    return true;
}

/* So that the renames outlive a power cut. */
static void sync_folder(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL
            ? "."
            : arena_string_n(arena, path, (size_t)(slash - path) + 1);
    int file = open(folder, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return;
    fsync(file);
    close(file);
}

static bool change_places(const char *path, const char *copy,
        struct arena *arena, const char **aside, struct error *err)
{
    bool there = access(path, F_OK) == 0;
    char *name = aside_name(path, arena, err);

    if (name == NULL || !move_aside(path, name, arena, err))
        return false;
    if (rename(copy, path) != 0)
        return failed(path, "rename the backup to it", err);
    sync_folder(path, arena);
    *aside = there ? name : "";
    return true;
}

static bool replace(const char *path, const char *from, struct arena *arena,
        const char **aside, struct error *err)
{
    const char *copy = arena_format(arena, "%s.restoring", path);

    if (is_same_file(path, from))
        return error_set(err, ERROR_INPUT,
                "%s is the database itself; name a backup of it", from);
    return copy_to(from, copy, err) &&
            change_places(path, copy, arena, aside, err);
}

/* A database that is a link stays one: the file behind it is replaced. */
static const char *real_path(const char *path, struct arena *arena)
{
    char *real = realpath(path, NULL);
    const char *kept = real == NULL ? path : arena_string(arena, real);

    free(real);
    return kept;
}

bool restore_run(const char *url, const char *from, const char *owner,
        struct arena *arena, const char **aside, struct error *err)
{
    const char *path = sqlite_path_of(url, err);

    if (path == NULL)
        return false;
    path = real_path(path, arena);
    int lock = sqlite_lock_path(path, owner, err);
    if (lock < 0)
        return false;
    bool done = replace(path, from, arena, aside, err);
    sqlite_lock_release(lock);
    return done;
}
