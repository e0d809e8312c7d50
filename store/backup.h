/*
 * backup.h - a copy of a database: beside it before its schema changes, or
 * where somebody wants one.
 *
 * A copy is one file by itself, whatever journal its original has.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "bot/base/error.h"

#include <sqlite3.h>

/*
 * Copies db to "PATH.backup-vVERSION", or with "-2", "-3"... behind it where a
 * file of that name exists: nothing is ever overwritten.  The copy is on the
 * disk and has passed SQLite's integrity check when this returns true; on
 * failure no file is left.
 */
bool backup_make(sqlite3 *db, const char *path, int version, struct error *err);

/* Copies db to a new file of that name, with the same promises; ERROR_INPUT if
 * there is one. */
bool backup_write(sqlite3 *db, const char *name, struct error *err);

/* Whether the open database passes SQLite's integrity check. */
bool backup_is_sound(sqlite3 *db, const char *name, struct error *err);

#endif
