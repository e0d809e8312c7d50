#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    OWNER_BYTES_MAX = 128
};

/* The lock is the kernel's, on an open file, so it ends with the process
 * whatever ends that; what the file says is only for people. */
static bool lock_failed(int file, const char *path, struct error *err)
{
    char owner[OWNER_BYTES_MAX + 1] = "";

    if (errno != EWOULDBLOCK)
        return error_set(err, ERROR_STOP, "%s: cannot lock: %s", path,
                strerror(errno));
    ssize_t length = pread(file, owner, OWNER_BYTES_MAX, 0);
    owner[length > 0 ? length : 0] = '\0';
    return error_set(err, ERROR_STOP,
            "%s: the database is in use by another paperboy (%s): there can be "
            "one daemon a database; stop that one first",
            path, owner[0] == '\0' ? "which has not said its name" : owner);
}

/* The same database reached by two names has one lock: links are resolved. */
static char *lock_path(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    char *name = arena_format(arena, "%s.lock", real == NULL ? path : real);

    free(real);
    return name;
}

static bool write_owner(int file, const char *path, const char *owner,
        struct error *err)
{
    size_t length = strnlen(owner, OWNER_BYTES_MAX);

    if (ftruncate(file, 0) == 0 &&
            pwrite(file, owner, length, 0) == (ssize_t)length)
        return true;
    return error_set(err, ERROR_STOP, "%s: cannot write: %s", path,
            strerror(errno));
}

int sqlite_lock_path(const char *database, const char *owner, struct error *err)
{
    struct arena arena = {0};
    char *path = lock_path(&arena, database);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool taken = false;

    if (file < 0)
        error_set(err, ERROR_STOP, "%s: cannot open: %s", path,
                strerror(errno));
    else if (flock(file, LOCK_EX | LOCK_NB) != 0)
        lock_failed(file, path, err);
    else
        taken = write_owner(file, path, owner, err);
    if (!taken && file >= 0)
        close(file);
    arena_finish(&arena);
    return taken ? file : -1;
}

bool sqlite_lock_take(struct store *store, const char *owner, struct error *err)
{
    struct sqlite_store *sqlite = sqlite_of(store);
    int file = sqlite_lock_path(sqlite->path, owner, err);

    if (file >= 0)
        sqlite->lock = file;
    return file >= 0;
}

bool sqlite_lock_held(const struct store *store)
{
    return ((const struct sqlite_store *)store)->lock >= 0;
}

/* The file stays: removing it would let two daemons lock two files of that
 * name. */
void sqlite_lock_release(int file)
{
    if (ftruncate(file, 0) != 0)
        errno = 0; /* an old name in a free lock misleads nobody */
    close(file);
}

void sqlite_lock_free(struct sqlite_store *store)
{
    if (store->lock >= 0)
        sqlite_lock_release(store->lock);
    store->lock = -1;
}
