/*
 * backup.h - a copy of a database beside it, before its schema changes.
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

#endif
