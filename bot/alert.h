/*
 * alert.h - owners are told when something is wrong, and when it is well again.
 *
 * Looks at the store every minute: is a channel broken, did a category's
 * announcement stay away, has no digest gone out in 26 hours though one was
 * due, is a writer's budget spent?  What is wrong is kept in the store, so that each trouble is told once
 * and a restart repeats nothing.  All that one look finds is one message, an
 * occasion "alert/N" of the channel that [alerts] names.
 */
#ifndef BOT_ALERT_H
#define BOT_ALERT_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"

#include <stdint.h>

struct alert; /* opaque; heap */

/* All borrowed and outliving it; categories are copied, and none are given
 * where nothing is fetched. */
struct alert *alert_open(struct store *store, const struct account *account,
        const struct channel *channel, const struct channel_list *channels,
        const struct string_list *categories, struct error *err);
void alert_close(struct alert *alert); /* NULL is fine */

/* Whose budgets are looked at, too; borrowed.  NULL is fine. */
void alert_hire(struct alert *alert, const struct hired_writer *writers,
        size_t count);

/* The list of channels has others in it now, and these are the categories: copied,
 * as at the opening.  NULL is fine. */
void alert_serve(struct alert *alert, const struct channel *channel,
        const struct string_list *categories);

/* NULL is fine: never due, nothing to do. */
int64_t alert_next_due_ms(const struct alert *alert);
void alert_step(struct alert *alert, int64_t now_ms);

#endif
