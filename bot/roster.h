/*
 * roster.h - the channels that a bot serves, as they are in force.
 *
 * The configured ones and those it was invited to, each with what commands set on
 * top, without those it was put out of.  The store tells by its revision when
 * something has changed, also through another process.
 */
#ifndef BOT_ROSTER_H
#define BOT_ROSTER_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/base/id_index.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct roster {
    struct channel_list channels; /* in force; the list's place stays */
    struct channel_list bases;    /* the same ones, as the file has them */
    /* Those that told the bot to leave: nothing is planned or heard there, but
     * the good-bye is sent and the room left (parting.h). */
    struct channel_list parting;
    struct channel_list sent; /* channels, and parting behind them */
    struct id_index ids;      /* into channels and bases */
    int64_t revision;         /* of the store, as it was read */
    size_t looked;            /* entries, to find ids while it was read */

    struct store *store; /* borrowed, as the next three */
    const struct channel_list *configured;
    struct account *const *accounts;
    size_t account_count;
    struct arena arena, before; /* of what is in force, and what was */
};

/* Reads all of it.  Configured channels have their ids already. */
bool roster_open(struct roster *roster, struct store *store,
        const struct channel_list *configured, struct account *const *accounts,
        size_t account_count, struct error *err);
void roster_finish(struct roster *roster);

/*
 * Reads it again if the store's revision is another; *changed is false if not.
 * What was in force before stays readable until the next time.
 */
bool roster_refresh(struct roster *roster, bool *changed, struct error *err);

/* The served channel with that id, or at that place of an account; NULL. */
const struct channel *roster_find(const struct roster *roster, int64_t id);
const struct channel *roster_at(const struct roster *roster,
        const char *account, const char *room);
/* As the file has it, or by default where it was invited. */
const struct channel *roster_base(const struct roster *roster, int64_t id);

struct account *roster_account(const struct roster *roster, const char *name);

/* What all of them want to read, each category once; in the arena. */
struct string_list roster_categories(const struct roster *roster,
        struct arena *arena);

/*
 * An invitation brings a channel in, whatever is in the file: within the caller's
 * transaction.  *is_new: the bot was not there before, or had been put out.
 */
bool roster_invite(const struct roster *roster, const struct account *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        bool *is_new, struct error *err);

/* Whether a removed channel's room is still to be left; and keeping it. */
bool roster_is_leaving(struct store *store, int64_t id, bool *leaving,
        struct error *err);
bool roster_keep_leaving(struct store *store, int64_t id, bool leaving,
        struct error *err);

/* Whether a channel came in by an invitation; and keeping that it did. */
bool roster_is_invited(struct store *store, int64_t id, bool *invited,
        struct error *err);
bool roster_keep_invited(struct store *store, int64_t id, struct error *err);

/* The room is another now, also for a file that names the one before; within the
 * caller's transaction.  A channel that was asked into that one but not set up
 * there gives way.  ERROR_REJECTED if it is served otherwise, ERROR_RETRY while
 * something is still to be sent there. */
bool roster_move(const struct roster *roster, const struct channel *channel,
        const char *room, int64_t now_ms, struct error *err);

/* Where a room that the file names has moved to since; the same if it has not.
 * In the arena, or room itself. */
bool roster_moved_room(struct store *store, const char *home, const char *room,
        struct arena *arena, const char **now, struct error *err);

#endif
