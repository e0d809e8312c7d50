#include "store/memory.h"

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

static size_t forget_votes(struct memory_store *store, const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&store->votes, &i); i++) {
        const struct memory_vote *row = memory_table_row(&store->votes, i);
        if (!is_theirs(who, row->channel_id, row->vote.person))
            continue;
        memory_table_remove(&store->votes, &store->journal, i);
        count++;
    }
    return count;
}

static size_t forget_saved(struct memory_store *store, const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&store->saved, &i); i++) {
        const struct memory_saved *row = memory_table_row(&store->saved, i);
        if (strcmp(row->account, who->account) != 0 ||
                strcmp(row->person, who->person) != 0)
            continue;
        memory_table_remove(&store->saved, &store->journal, i);
        count++;
    }
    return count;
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

static size_t forget_changes(struct memory_store *store, const struct who *who)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&store->changes, &i); i++) {
        struct memory_channel_change row =
                *(const struct memory_channel_change *)
                        memory_table_row(&store->changes, i);
        if (!is_theirs(who, row.channel_id, row.change.person))
            continue;
        row.change.person = "";
        memory_table_set(&store->changes, &store->journal, i, &row);
        count++;
    }
    return count;
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
        gone[i] = row->row.state != OUTBOX_DUE &&
                is_theirs(who, row->row.channel_id, row->row.person);
    }
    memory_outbox_erase(store, gone);
    arena_finish(&arena);
}

bool memory_forget_person(struct store *base, const char *account,
        const char *person, struct forgotten *forgotten, struct error *err)
{
    struct memory_store *store = memory_of(base);
    const struct who who = {store, account, person};

    if (person[0] == '\0')
        return error_set(err, ERROR_STOP, "memory: nobody to forget");
    *forgotten = (struct forgotten){
            .votes = forget_votes(store, &who),
            .saved = forget_saved(store, &who),
            .events = memory_inbox_forget(store, account, person),
            .changes = forget_changes(store, &who),
    };
    forget_bookmarks(store, &who);
    forget_settings(store, &who);
    forget_drafts(store, &who);
    forget_answers(store, &who);
    return true;
}
