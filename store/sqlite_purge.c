#include "store/sqlite_query.h"

static bool run_all(struct sqlite_store *store, const char *const statements[],
        size_t count, const struct sqlite_bind *binds, struct error *err)
{
    bool done = true;

    for (size_t i = 0; done && i < count; i++)
        done = sqlite_query_run(store, statements[i], binds, err);
    return done;
}

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- a person --- */

#define THEIR_CHANNEL                                                          \
    " channel_id IN (SELECT id FROM channels"                                  \
    " WHERE account = ?1) AND person = ?2 "
#define THEIR_ANSWER THEIR_CHANNEL "AND state <> 0 "

/* In the order of struct traces. */
static const char count_traces[] =
        "SELECT (SELECT count(*) FROM votes WHERE" THEIR_CHANNEL "),"
        " (SELECT count(*) FROM saved WHERE account = ?1 AND person = ?2),"
        " (SELECT count(*) FROM inbox"
        "  WHERE waits = 1 AND account = ?1 AND person = ?2),"
        " (SELECT count(*) FROM changes WHERE" THEIR_CHANNEL "),"
        " (SELECT count(*) FROM settings WHERE" THEIR_CHANNEL "),"
        " (SELECT count(*) FROM draft_curators WHERE" THEIR_CHANNEL "),"
        " (SELECT count(*) FROM bookmarks WHERE" THEIR_CHANNEL "),"
        " (SELECT count(*) FROM outbox WHERE" THEIR_ANSWER ")";

bool sqlite_purge_traces(struct store *base, const char *account,
        const char *person, struct traces *traces, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (person[0] == '\0')
        return error_set(err, ERROR_STOP, "%s: nobody to speak of",
                store->path);
    *traces = (struct traces){0};
    struct sqlite_query query = sqlite_query_open(store, count_traces,
            BINDS(bind_text(account), bind_text(person)), err);
    size_t *const counts[] = {&traces->votes, &traces->saved, &traces->events,
            &traces->changes, &traces->settings, &traces->drafts,
            &traces->bookmarks, &traces->answers};
    if (sqlite_query_next(&query))
        for (size_t i = 0; i < COUNT_OF(counts); i++)
            *counts[i] = (size_t)sqlite_query_number(&query, (int)i);
    return sqlite_query_close(&query);
}

static const char *const forget_statements[] = {
        "DELETE FROM votes WHERE" THEIR_CHANNEL,
        "DELETE FROM saved WHERE account = ?1 AND person = ?2",
        "UPDATE changes SET person = '' WHERE" THEIR_CHANNEL,
        "DELETE FROM bookmarks WHERE" THEIR_CHANNEL,
        "DELETE FROM draft_curators WHERE" THEIR_CHANNEL,
        "UPDATE settings SET person = '' WHERE" THEIR_CHANNEL,
        "UPDATE outbox SET reply_to = NULL WHERE reply_to IN"
        " (SELECT id FROM outbox WHERE" THEIR_ANSWER ")",
        "DELETE FROM outbox WHERE" THEIR_ANSWER,
};

static bool forget(struct sqlite_store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err)
{
    const struct sqlite_bind binds[] = {bind_text(account), bind_text(person),
            {.kind = BIND_END}};

    return sqlite_purge_traces(&store->store, account, person, forgotten,
                   err) &&
            sqlite_inbox_forget(store, account, person, err) &&
            run_all(store, forget_statements, COUNT_OF(forget_statements),
                    binds, err);
}

bool sqlite_purge_person(struct store *base, const char *account,
        const char *person, struct traces *forgotten, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own,
                    forget(store, account, person, forgotten, err), err);
}

/* --- channels that were removed --- */

#define GONE                                                                   \
    " channel_id IN (SELECT id FROM channels"                                  \
    " WHERE removed_ms <> 0 AND removed_ms < ?1) "

/* What a draft consists of goes with it. */
static const char *const channel_statements[] = {
        "DELETE FROM settings WHERE" GONE,
        "DELETE FROM changes WHERE" GONE,
        "DELETE FROM votes WHERE" GONE,
        "DELETE FROM tastes WHERE" GONE,
        "DELETE FROM bookmarks WHERE" GONE,
        "DELETE FROM drafts WHERE" GONE,
        "DELETE FROM covered WHERE" GONE,
        "DELETE FROM posted WHERE" GONE,
        "DELETE FROM edition_papers WHERE" GONE,
        "DELETE FROM editions WHERE" GONE,
        "DELETE FROM occasions WHERE" GONE,
        "UPDATE outbox SET reply_to = NULL WHERE reply_to IN"
        " (SELECT id FROM outbox WHERE" GONE ")",
        "DELETE FROM outbox WHERE" GONE,
};

static bool purge_rows(struct sqlite_store *store,
        const struct sqlite_bind *binds, size_t *purged, struct error *err)
{
    if (!sqlite_query_run(store,
                "DELETE FROM channels WHERE removed_ms <> 0"
                " AND removed_ms < ?1",
                binds, err))
        return false;
    *purged = (size_t)sqlite_query_changes(store);
    return true;
}

static bool purge(struct sqlite_store *store, int64_t before_ms, size_t *purged,
        struct error *err)
{
    const struct sqlite_bind binds[] = {bind_number(before_ms),
            {.kind = BIND_END}};

    return run_all(store, channel_statements, COUNT_OF(channel_statements),
                   binds, err) &&
            purge_rows(store, binds, purged, err) &&
            (*purged == 0 || sqlite_setting_revise(store, err));
}

bool sqlite_purge_channels(struct store *base, int64_t before_ms,
        size_t *purged, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, purge(store, before_ms, purged, err), err);
}

/* --- what is older than an instant --- */

/* True of a row that could go by itself. */
#define IS_OLD                                                                 \
    " (state IN (1, 3) AND settled_ms < ?1 AND NOT EXISTS"                     \
    " (SELECT 1 FROM editions WHERE editions.channel_id = outbox.channel_id"   \
    " AND editions.occasion = outbox.occasion"                                 \
    " AND (pending = 1 OR posted_ms >= ?1))) "

/* One statement, so that rows which refer to each other can go together. */
static bool prune_outbox(struct sqlite_store *store, int64_t before_ms,
        struct error *err)
{
    return sqlite_query_run(store,
            "DELETE FROM outbox WHERE" IS_OLD "AND id NOT IN ("
            " WITH RECURSIVE kept (id) AS ("
            "  SELECT reply_to FROM outbox"
            "  WHERE reply_to IS NOT NULL AND NOT" IS_OLD
            "  UNION SELECT reply_to FROM outbox JOIN kept USING (id)"
            "  WHERE reply_to IS NOT NULL)"
            " SELECT id FROM kept)",
            BINDS(bind_number(before_ms)), err);
}

static bool prune(struct sqlite_store *store,
        const struct store_horizon *before, struct error *err)
{
    return prune_outbox(store, before->outbox_ms, err) &&
            sqlite_query_run(store, "DELETE FROM changes WHERE changed_ms < ?1",
                    BINDS(bind_number(before->changes_ms)), err) &&
            sqlite_query_run(store, "DELETE FROM bookmarks WHERE kept_ms < ?1",
                    BINDS(bind_number(before->bookmarks_ms)), err) &&
            sqlite_query_run(store, "DELETE FROM drafts WHERE due_ms < ?1",
                    BINDS(bind_number(before->drafts_ms)), err) &&
            sqlite_query_run(store,
                    "DELETE FROM pictures WHERE fetched_ms < ?1",
                    BINDS(bind_number(before->pictures_ms)), err);
}

bool sqlite_purge_old(struct store *base, const struct store_horizon *before,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, prune(store, before, err), err);
}
