#include "bot/roster.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/config/config.h"

/* --- looking up --- */

static const struct channel *find(const struct channel_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static const struct channel *find_in(const struct channel_list *list,
        const struct id_index *ids, int64_t id, size_t *looked)
{
    size_t place;

    return id_index_find(ids, id, &place, looked) ? &list->items[place] : NULL;
}

const struct channel *roster_find(const struct roster *roster, int64_t id)
{
    return find_in(&roster->channels, &roster->ids, id, NULL);
}

const struct channel *roster_base(const struct roster *roster, int64_t id)
{
    return find_in(&roster->bases, &roster->ids, id, NULL);
}

const struct channel *roster_at(const struct roster *roster,
        const char *account, const char *room)
{
    for (size_t i = 0; i < roster->channels.count; i++) {
        const struct channel *channel = &roster->channels.items[i];
        if (text_same(channel->account, account) &&
                (*room == '\0' || text_same(channel->room, room)))
            return channel;
    }
    return NULL;
}

struct account *roster_account(const struct roster *roster, const char *name)
{
    for (size_t i = 0; i < roster->account_count; i++)
        if (text_same(roster->accounts[i]->name, name))
            return roster->accounts[i];
    return NULL;
}

struct string_list roster_categories(const struct roster *roster,
        struct arena *arena)
{
    const struct channel_list *channels = &roster->channels;
    struct string_list all = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < channels->count; i++) {
        const struct string_list *wanted =
                &channels->items[i].subscription.categories;
        for (size_t k = 0; k < wanted->count; k++)
            if (!string_list_has(&all, wanted->items[k]))
                string_list_add(&all, &capacity, arena, wanted->items[k]);
    }
    return all;
}

/* --- invitations --- */

static char *invited_key(struct arena *arena, int64_t id)
{
    return arena_format(arena, "invited/%lld", (long long)id);
}

bool roster_is_invited(struct store *store, int64_t id, bool *invited,
        struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store, invited_key(&arena, id), &arena, &value,
            err);

    *invited = ok && value != NULL && *value != '\0';
    arena_finish(&arena);
    return ok;
}

bool roster_keep_invited(struct store *store, int64_t id, struct error *err)
{
    struct arena arena = {0};
    bool ok = store_value_put(store, invited_key(&arena, id), "yes", err);

    arena_finish(&arena);
    return ok;
}

/* --- parting --- */

static char *leaving_key(struct arena *arena, int64_t id)
{
    return arena_format(arena, "leaving/%lld", (long long)id);
}

bool roster_is_leaving(struct store *store, int64_t id, bool *leaving,
        struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store, leaving_key(&arena, id), &arena, &value,
            err);

    *leaving = ok && value != NULL && *value != '\0';
    arena_finish(&arena);
    return ok;
}

bool roster_keep_leaving(struct store *store, int64_t id, bool leaving,
        struct error *err)
{
    struct arena arena = {0};
    bool ok = store_value_put(store, leaving_key(&arena, id),
            leaving ? "yes" : "", err);

    arena_finish(&arena);
    return ok;
}

/* --- into a room --- */

/* Whether the bot is there already, by an invitation. */
static bool is_there(const struct roster *roster, const char *home,
        const char *room, bool *there, struct error *err)
{
    struct arena arena = {0};
    struct known_channel_list known = {0};
    bool ok = store_channel_list(roster->store, &arena, &known, err);

    *there = false;
    for (size_t i = 0; ok && i < known.count; i++)
        if (text_same(known.items[i].account, home) &&
                text_same(known.items[i].room, room) &&
                known.items[i].removed_ms == 0)
            ok = roster_is_invited(roster->store, known.items[i].id, there,
                    err);
    arena_finish(&arena);
    return ok;
}

bool roster_invite(const struct roster *roster, const struct account *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        bool *is_new, struct error *err)
{
    const struct channel *served = roster_at(roster, account->name, room);
    const char *home = served == NULL ? account->name : served->home;
    bool there;

    if (served != NULL)
        label = served->label;
    if (!is_there(roster, home, room, &there, err) ||
            !store_channel_put(roster->store, home, room,
                    *label == '\0' ? room : label, now_ms, id, err))
        return false;
    *is_new = !there;
    return there ||
            (store_channel_break(roster->store, *id, "", err) &&
                    roster_keep_leaving(roster->store, *id, false, err) &&
                    roster_keep_invited(roster->store, *id, err));
}

/* --- rooms that move --- */

enum {
    MOVES_MAX = 16, /* followed: more is a circle */
};

static char *moved_key(struct arena *arena, const char *home, const char *room)
{
    return arena_format(arena, "moved/%s/%s", home, room);
}

/* The channel that is at that place; 0 if none. */
static bool id_at(const struct roster *roster, const char *home,
        const char *room, struct arena *arena, int64_t *id, struct error *err)
{
    struct known_channel_list known = {0};
    bool ok = store_channel_list(roster->store, arena, &known, err);

    *id = 0;
    for (size_t i = 0; ok && i < known.count; i++)
        if (text_same(known.items[i].account, home) &&
                text_same(known.items[i].room, room))
            *id = known.items[i].id;
    return ok;
}

/* Came by an invitation and was never set up, so nothing was posted there. */
static bool is_bare(const struct roster *roster, int64_t id,
        struct arena *arena, bool *bare, struct error *err)
{
    struct channel_setting_list settings;

    *bare = false;
    if (find(roster->configured, id) != NULL)
        return true;
    if (!roster_is_invited(roster->store, id, bare, err) ||
            !store_setting_list(roster->store, id, arena, &settings, err))
        return false;
    *bare = *bare && settings.count == 0;
    return true;
}

/* Who asks the bot into the new room before the old one is closed makes a channel
 * of it: *aside is that one, no longer in the way; 0 if there is none. */
static bool make_room(const struct roster *roster,
        const struct channel *channel, const char *room, struct arena *arena,
        int64_t *aside, struct error *err)
{
    struct store *store = roster->store;
    struct outbox_list unsent;
    int64_t id;
    bool bare;

    *aside = 0;
    if (!id_at(roster, channel->home, room, arena, &id, err))
        return false;
    if (id == 0 || id == channel->id)
        return true;
    if (!is_bare(roster, id, arena, &bare, err) ||
            !store_outbox_unsent(store, id, arena, &unsent, err))
        return false;
    if (!bare) /* the store refuses the move */
        return true;
    if (unsent.count > 0)
        return error_set(err, ERROR_RETRY,
                "room %s: its greeting or an answer is still to be sent", room);
    *aside = id;
    return store_channel_move(store, id,
            arena_format(arena, "aside/%lld", (long long)id), err);
}

/* It is known to have been where nobody is now, until it is erased. */
static bool put_away(const struct roster *roster, int64_t id, const char *room,
        int64_t now_ms, struct error *err)
{
    return id == 0 ||
            (store_channel_move(roster->store, id, room, err) &&
                    store_channel_remove(roster->store, id, now_ms, err));
}

bool roster_move(const struct roster *roster, const struct channel *channel,
        const char *room, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    int64_t aside;
    bool ok = make_room(roster, channel, room, &arena, &aside, err) &&
            store_channel_move(roster->store, channel->id, room, err) &&
            put_away(roster, aside, channel->room, now_ms, err) &&
            /* It may come back to where it was: then nothing leads away. */
            store_value_put(roster->store,
                    moved_key(&arena, channel->home, room), "", err) &&
            store_value_put(roster->store,
                    moved_key(&arena, channel->home, channel->room), room,
                    err) &&
            roster_keep_invited(roster->store, channel->id, err);

    arena_finish(&arena);
    return ok;
}

bool roster_moved_room(struct store *store, const char *home, const char *room,
        struct arena *arena, const char **now, struct error *err)
{
    *now = room;
    for (int i = 0; i < MOVES_MAX; i++) {
        char *next;
        if (!store_value_get(store, moved_key(arena, home, *now), arena, &next,
                    err))
            return false;
        if (next == NULL || *next == '\0')
            break;
        *now = next;
    }
    return true;
}

/* --- reading --- */

/* What it is read from: the file's channels, the store's, and where they are. */
struct sources {
    struct known_channel_list known;
    struct id_index known_ids, configured_ids;
    bool starts;
};

static void find_ids(const struct roster *next, struct sources *from,
        struct arena *arena)
{
    for (size_t i = 0; i < from->known.count; i++)
        id_index_add(&from->known_ids, arena, from->known.items[i].id);
    id_index_sort(&from->known_ids);
    for (size_t i = 0; i < next->configured->count; i++)
        id_index_add(&from->configured_ids, arena,
                next->configured->items[i].id);
    id_index_sort(&from->configured_ids);
}

static const struct known_channel *find_known(struct roster *next,
        const struct sources *from, int64_t id)
{
    size_t place;

    return id_index_find(&from->known_ids, id, &place, &next->looked)
            ? &from->known.items[place]
            : NULL;
}

static const struct channel *find_configured(struct roster *next,
        const struct sources *from, int64_t id)
{
    return find_in(next->configured, &from->configured_ids, id, &next->looked);
}

static bool add(struct roster *next, const struct channel *base,
        struct error *err)
{
    size_t i = next->bases.count++;

    next->bases.items[i] = *base;
    next->channels.count = next->bases.count;
    id_index_add(&next->ids, &next->arena, base->id);
    return channel_settings_apply(next->store, &next->bases.items[i],
            &next->arena, &next->channels.items[i], err);
}

/* At the start one that the store does not know is let through: whoever opens
 * finds out.  Later it is one that was left, and is erased by now. */
static bool add_configured(struct roster *next, const struct sources *from,
        struct error *err)
{
    for (size_t i = 0; i < next->configured->count; i++) {
        const struct channel *channel = &next->configured->items[i];
        const struct known_channel *there = find_known(next, from, channel->id);
        struct channel base = *channel;
        if (there == NULL ? !from->starts : there->removed_ms != 0)
            continue;
        if (there != NULL) /* its room may have moved since the file was read */
            base.room = there->room;
        if (!add(next, &base, err))
            return false;
    }
    return true;
}

static bool is_servable(struct roster *next, const struct sources *from,
        const struct known_channel *known, bool *servable, struct error *err)
{
    *servable = false;
    if (known->removed_ms != 0 ||
            roster_account(next, known->account) == NULL ||
            find_configured(next, from, known->id) != NULL)
        return true;
    return roster_is_invited(next->store, known->id, servable, err);
}

static bool add_invited(struct roster *next, const struct sources *from,
        struct error *err)
{
    for (size_t i = 0; i < from->known.count; i++) {
        const struct known_channel *there = &from->known.items[i];
        struct channel base = config_default_channel();
        bool servable;
        if (!is_servable(next, from, there, &servable, err))
            return false;
        base.id = there->id;
        base.account = base.home = there->account;
        base.room = there->room;
        base.label = there->label;
        if (servable && !add(next, &base, err))
            return false;
    }
    return true;
}

/* What is enough to send there; the file may still have it. */
static struct channel parting_of(struct roster *next,
        const struct sources *from, const struct known_channel *known)
{
    const struct channel *configured = find_configured(next, from, known->id);
    struct channel channel =
            configured != NULL ? *configured : config_default_channel();

    channel.id = known->id;
    if (configured == NULL)
        channel.account = channel.home = known->account;
    channel.room = known->room;
    channel.label = known->label;
    return channel;
}

static bool add_parting(struct roster *next, const struct sources *from,
        struct error *err)
{
    for (size_t i = 0; i < from->known.count; i++) {
        const struct known_channel *known = &from->known.items[i];
        bool leaving = false;
        if (known->removed_ms == 0)
            continue;
        if (!roster_is_leaving(next->store, known->id, &leaving, err))
            return false;
        if (leaving)
            next->parting.items[next->parting.count++] =
                    parting_of(next, from, known);
    }
    for (size_t i = 0; i < next->channels.count; i++)
        next->sent.items[next->sent.count++] = next->channels.items[i];
    for (size_t i = 0; i < next->parting.count; i++)
        next->sent.items[next->sent.count++] = next->parting.items[i];
    return true;
}

static struct channel_list list_of(struct roster *next, size_t most)
{
    return (struct channel_list){
            .items = arena_array(&next->arena, struct channel, most)};
}

/* Into next, whose arena is empty. */
static bool read_all(struct roster *next, bool starts, struct error *err)
{
    struct sources from = {.starts = starts};
    struct known_channel_list *known = &from.known;

    if (!store_revision(next->store, &next->revision, err) ||
            !store_channel_list(next->store, &next->arena, known, err))
        return false;
    find_ids(next, &from, &next->arena);
    size_t most = next->configured->count + known->count;
    next->bases = list_of(next, most);
    next->channels = list_of(next, most);
    next->parting = list_of(next, known->count);
    next->sent = list_of(next, most);
    next->ids = (struct id_index){0};
    next->looked = 0;
    bool done = add_configured(next, &from, err) &&
            add_invited(next, &from, err) && add_parting(next, &from, err);
    id_index_sort(&next->ids);
    return done;
}

bool roster_open(struct roster *roster, struct store *store,
        const struct channel_list *configured, struct account *const *accounts,
        size_t account_count, struct error *err)
{
    *roster = (struct roster){.store = store,
            .configured = configured,
            .accounts = accounts,
            .account_count = account_count};
    return read_all(roster, true, err);
}

void roster_finish(struct roster *roster)
{
    arena_finish(&roster->before);
    arena_finish(&roster->arena);
}

bool roster_refresh(struct roster *roster, bool *changed, struct error *err)
{
    struct roster next = *roster;
    int64_t revision;

    *changed = false;
    if (!store_revision(roster->store, &revision, err))
        return false;
    if (revision == roster->revision)
        return true;
    next.arena = (struct arena){0};
    if (!read_all(&next, false, err)) {
        arena_finish(&next.arena);
        return false;
    }
    arena_finish(&roster->before);
    next.before = roster->arena;
    *roster = next;
    *changed = true;
    return true;
}
