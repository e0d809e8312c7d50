/*
 * bot.h - all jobs together: what is due next, do it.
 *
 * Collect, votes, enrich, write, pictures, hear, plan and send meet only in the store; the bot asks each when it is
 * due and steps it.  It never sleeps, never reads a clock, never opens anything.
 */
#ifndef BOT_BOT_H
#define BOT_BOT_H

#include "bot/base/chance.h"
#include "bot/base/clock.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/keep.h"
#include "bot/ports/account.h"
#include "bot/ports/core.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"

#include <stddef.h>
#include <stdint.h>

struct glossary;

struct bot; /* opaque; heap */

/* What a bot is made of; all borrowed and outliving it. */
struct bot_parts {
    struct store *store;
    struct source *source;       /* NULL: nothing is collected */
    struct source *votes;        /* NULL: nobody is asked for votes */
    struct source *pictures;     /* NULL: none are fetched */
    struct source *const *facts; /* asked who works where (enrich.h) */
    size_t fact_count;
    const struct hired_writer *writers; /* in the order they are asked in */
    size_t writer_count;
    const struct glossary *glossary; /* see note_check.h */
    struct account *const *accounts;
    size_t account_count;
    const struct channel_list *channels; /* ids given by the store already */
    const struct channel *alerts; /* where troubles are told; NULL: nowhere */
    struct keep keep;             /* how long; for good if it is not set */
    const struct clock *clock;
    const struct random_source *chance;
    const char *owner; /* "pid 4711": in leases and the lock */
};

struct bot *bot_open(const struct bot_parts *parts, int64_t now_ms,
        struct error *err);
void bot_close(struct bot *bot); /* cancels what is under way */

int64_t bot_next_due_ms(const struct bot *bot);
void bot_step(struct bot *bot, int64_t now_ms);
void bot_wind_down(struct bot *bot);
bool bot_busy(const struct bot *bot); /* anything under way */

/* Keeps what an account received; see struct account_ears. */
bool bot_received(struct bot *bot, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err);
/* Every account that listens begins to, from where it was: the ears hand on to
 * bot_received. */
bool bot_listen(struct bot *bot, const struct account_ears *ears,
        struct error *err);

/* The bot as the loop sees it: runs until asked to end. */
struct core bot_core(struct bot *bot);

#endif
