/*
 * hear.h - what people write and do becomes answers.
 *
 * Events wait in the inbox, where they were stored together with their account's
 * place in what it reads.  Hear works them off in the order of each person in a
 * channel; whoever waits for a permission or for a paper from the archive holds
 * nobody else back.  An event is gone from the inbox in the transaction that
 * stores its answer.
 */
#ifndef BOT_HEAR_H
#define BOT_HEAR_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/model/event.h"
#include "bot/model/keep.h"
#include "bot/ports/account.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/roster.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hear; /* opaque; heap */

/* All borrowed.  Papers that nobody knows are asked for from the source, unless
 * it is NULL or has no archive. */
struct hear *hear_open(struct store *store, const struct roster *roster,
        struct source *source, const struct keep *keep,
        const struct random_source *chance, int64_t now_ms, struct error *err);
/* Cancels what is under way: the events wait for the next start. */
void hear_close(struct hear *hear); /* NULL is fine */

/* Into the inbox, as struct account_ears has it. */
bool hear_received(struct store *store, const struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        int64_t now_ms, struct error *err);
/* There may be something new in the inbox.  NULL is fine. */
void hear_wake(struct hear *hear);
/* Where an account was in what it reads; "" if it never was anywhere. */
bool hear_checkpoint(struct store *store, const struct account *account,
        struct arena *arena, const char **checkpoint, struct error *err);

/* NULL is fine for these: never due, nothing to do. */
int64_t hear_next_due_ms(const struct hear *hear);
void hear_step(struct hear *hear, int64_t now_ms);

#endif
