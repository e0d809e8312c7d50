/*
 * migrations.h - the schema as numbered steps.
 *
 * A database says in its user_version how many steps it has had; a new one runs
 * all of them.  A step that was ever released is never changed again: what is
 * to be different is a further step.
 */
#ifndef STORE_MIGRATIONS_H
#define STORE_MIGRATIONS_H

#include "bot/base/error.h"

#include <sqlite3.h>
#include <stddef.h>

enum { /* "PapB": tells our databases from those of other programs */
    MIGRATIONS_APPLICATION_ID = 0x50617042
};

/* SQL of step n at [n - 1]; each ends by setting user_version to n. */
extern const char *const migrations_steps[];
extern const int migrations_count;

/*
 * Refuses a database that is not ours or newer than this program, with
 * ERROR_STOP; changes nothing.
 */
bool migrations_check(sqlite3 *db, const char *path, struct error *err);

/*
 * Brings the database up to migrations_count, all steps in one transaction: a
 * failure leaves it as it was.  One that exists and is older is first copied to
 * "PATH.backup-vN" (or, if there is such a file, "PATH.backup-vN-2" and so on),
 * and the copy is checked.
 */
bool migrations_run(sqlite3 *db, const char *path, struct error *err);

#endif
