/*
 * restore.h - a backup put in the place of a database.
 *
 * The database need not be sound, nor be there: nothing of it is read.  Its
 * files are renamed, never removed.
 */
#ifndef STORE_RESTORE_H
#define STORE_RESTORE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

/* A store_restore_fn for "sqlite:PATH"; see bot/ports/store.h.  What lay at
 * PATH is then PATH.replaced, or PATH.replaced-2 and so on. */
bool restore_run(const char *url, const char *from, const char *owner,
        struct arena *arena, const char **aside, struct error *err);

#endif
