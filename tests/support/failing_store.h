/*
 * failing_store.h - makes an open store fail from its n-th write on.
 *
 * To the one who writes it looks like a full disk, to whoever opens the store
 * afterwards like a process that was killed there: what was being written is
 * taken back.
 */
#ifndef TESTS_SUPPORT_FAILING_STORE_H
#define TESTS_SUPPORT_FAILING_STORE_H

#include "bot/base/error.h"
#include "bot/ports/store.h"

#include <stddef.h>

/* Lays itself over the store until failing_store_end; one at a time.  So many
 * writes go well, then so many fail with that kind (SIZE_MAX: for good). */
void failing_store_begin(struct store *store, size_t go_well, size_t fail,
        enum error_kind kind);
/* The store is as before.  Returns how many writes were asked for. */
size_t failing_store_end(struct store *store);

#endif
