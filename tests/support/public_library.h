/*
 * public_library.h - real papers of PAPERBOY_SHARED/data/public in a store, with
 * Chinese notes where the data has any: something to look things up in.
 */
#ifndef TESTS_SUPPORT_PUBLIC_LIBRARY_H
#define TESTS_SUPPORT_PUBLIC_LIBRARY_H

#include "bot/ports/store.h"

#include <stddef.h>

/*
 * Puts the evaluation weeks, the daily listings and the bilingual sample into
 * the store, about 9,500 papers, and returns how many there are.  A failure
 * fails the test; paper_file_need_shared comes first.
 */
size_t public_library_fill(struct store *store);

#endif
