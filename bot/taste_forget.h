/*
 * taste_forget.h - a person is erased, and what channels learned from the votes
 * is taken back.
 */
#ifndef BOT_TASTE_FORGET_H
#define BOT_TASTE_FORGET_H

#include "bot/base/error.h"
#include "bot/model/reader.h"
#include "bot/ports/store.h"

#include <stdbool.h>

/* store_person_forget, within the caller's transaction; *erased is how much there
 * was. */
bool taste_forget(struct store *store, const char *account, const char *person,
        struct traces *erased, struct error *err);

#endif
