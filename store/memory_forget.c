#include "store/memory.h"

#include <stddef.h>
#include <string.h>

/* What is to be forgotten. */
struct who {
    const struct memory_store *store;
    const char *account, *person;
};

static bool is_theirs(const struct who *who, int64_t channel_id,
        const char *person)
{
    const struct memory_channel *channel =
            memory_table_row(&who->store->channels, (size_t)channel_id - 1);

    return strcmp(channel->channel.account, who->account) == 0 &&
            strcmp(person, who->person) == 0;
}

static bool is_their_saved(const struct who *who,
        const struct memory_saved *row)
{
    return strcmp(row->account, who->account) == 0 &&
            strcmp(row->person, who->person) == 0;
}

static bool is_their_answer(const struct who *who, const struct outbox_row *row)
{
    return row->state != OUTBOX_DUE &&
            is_theirs(who, row->channel_id, row->person);
}

/* --- counting --- */

/* Of a table whose rows say at these offsets which channel and whom they are
 * of. */
static size_t count_theirs(const struct who *who,
        const struct memory_table *table, size_t channel_at, size_t person_at)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const char *row = memory_table_row(table, i);
        int64_t channel_id;
        const char *person;
        memcpy(&channel_id, row + channel_at, sizeof channel_id);
        memcpy(&person, row + person_at, sizeof person);
        count += is_theirs(who, channel_id, person);
    }
    return count;
}

#define COUNT_OF(who, table, type, person_member)                              \
    count_theirs((who), &(who)->store->table, offsetof(type, channel_id),      \
            offsetof(type, person_member))

static size_t count_saved(const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&who->store->saved, &i); i++)
        count += is_their_saved(who, memory_table_row(&who->store->saved, i));
    return count;
}

static size_t count_drafts(const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&who->store->drafts, &i); i++) {
        const struct memory_draft *row =
                memory_table_row(&who->store->drafts, i);
        count += is_theirs(who, row->draft.channel_id, who->person) &&
                memory_draft_names(&row->draft, who->person);
    }
    return count;
}

static size_t count_answers(const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&who->store->outbox, &i); i++) {
        const struct memory_outbox *row =
                memory_table_row(&who->store->outbox, i);
        count += is_their_answer(who, &row->row);
    }
    return count;
}

bool memory_forget_traces(struct store *base, const char *account,
        const char *person, struct traces *traces, struct error *err)
{
    const struct memory_store *store = memory_of(base);
    const struct who who = {store, account, person};

    if (person[0] == '\0')
        return error_set(err, ERROR_STOP, "memory: nobody to speak of");
    *traces = (struct traces){
            .votes = COUNT_OF(&who, votes, struct memory_vote, vote.person),
            .saved = count_saved(&who),
            .events = memory_inbox_of(store, account, person),
            .changes = COUNT_OF(&who, changes, struct memory_channel_change,
                    change.person),
            .settings = COUNT_OF(&who, settings, struct memory_setting,
                    setting.person),
            .drafts = count_drafts(&who),
            .bookmarks =
                    COUNT_OF(&who, bookmarks, struct memory_bookmark, person),
            .answers = count_answers(&who),
    };
    return true;
}

/* --- erasing --- */

static void forget_votes(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->votes, &i); i++) {
        const struct memory_vote *row = memory_table_row(&store->votes, i);
        if (is_theirs(who, row->channel_id, row->vote.person))
            memory_table_remove(&store->votes, &store->journal, i);
    }
}

static void forget_saved(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->saved, &i); i++)
        if (is_their_saved(who, memory_table_row(&store->saved, i)))
            memory_table_remove(&store->saved, &store->journal, i);
}

static void forget_bookmarks(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->bookmarks, &i); i++) {
        const struct memory_bookmark *row =
                memory_table_row(&store->bookmarks, i);
        if (is_theirs(who, row->channel_id, row->person))
            memory_table_remove(&store->bookmarks, &store->journal, i);
    }
}

static void forget_changes(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->changes, &i); i++) {
        struct memory_channel_change row =
                *(const struct memory_channel_change *)
                        memory_table_row(&store->changes, i);
        if (!is_theirs(who, row.channel_id, row.change.person))
            continue;
        row.change.person = "";
        memory_table_set(&store->changes, &store->journal, i, &row);
    }
}

static void forget_settings(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->settings, &i); i++) {
        struct memory_setting row =
                *(const struct memory_setting *)
                        memory_table_row(&store->settings, i);
        if (!is_theirs(who, row.channel_id, row.setting.person))
            continue;
        row.setting.person = "";
        memory_table_set(&store->settings, &store->journal, i, &row);
    }
}

static void forget_drafts(struct memory_store *store, const struct who *who)
{
    for (size_t i = 0; memory_table_next(&store->channels, &i); i++)
        if (is_theirs(who, (int64_t)i + 1, who->person))
            memory_draft_forget(store, (int64_t)i + 1, who->person);
}

static void forget_answers(struct memory_store *store, const struct who *who)
{
    struct arena arena = {0};
    bool *gone = arena_array(&arena, bool, store->outbox.count);

    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        gone[i] = is_their_answer(who, &row->row);
    }
    memory_outbox_erase(store, gone);
    arena_finish(&arena);
}

bool memory_forget_person(struct store *base, const char *account,
        const char *person, struct traces *forgotten, struct error *err)
{
    struct memory_store *store = memory_of(base);
    const struct who who = {store, account, person};

    if (!memory_forget_traces(base, account, person, forgotten, err))
        return false;
    forget_votes(store, &who);
    forget_saved(store, &who);
    memory_inbox_forget(store, account, person);
    forget_changes(store, &who);
    forget_bookmarks(store, &who);
    forget_settings(store, &who);
    forget_drafts(store, &who);
    forget_answers(store, &who);
    return true;
}
