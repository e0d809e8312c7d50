#include "bot/tidy.h"

#include "bot/base/log.h"

static const int64_t first_ms = INT64_C(10) * 60 * 1000;
static const int64_t again_ms = INT64_C(60) * 60 * 1000; /* after a failure */

struct tidy tidy_begin(struct store *store, const struct keep *keep,
        int64_t now_ms)
{
    return (struct tidy){.store = store,
            .keep = *keep,
            .due_ms = now_ms + first_ms};
}

/* 0: nothing is older than that. */
static int64_t before_ms(int64_t now_ms, int64_t keep_ms)
{
    return keep_ms == 0 ? 0 : now_ms - keep_ms;
}

static bool erase(const struct tidy *tidy, int64_t now_ms, size_t *purged,
        struct error *err)
{
    const struct store_horizon horizon = {
            .outbox_ms = before_ms(now_ms, tidy->keep.messages_ms),
            .changes_ms = before_ms(now_ms, tidy->keep.history_ms),
            .bookmarks_ms = now_ms - KEEP_BOOKMARK_DAYS * KEEP_DAY_MS,
            .drafts_ms = now_ms - KEEP_DRAFT_DAYS * KEEP_DAY_MS,
            .pictures_ms = now_ms - KEEP_PICTURE_DAYS * KEEP_DAY_MS,
    };

    return store_prune(tidy->store, &horizon, err) &&
            store_inbox_prune(tidy->store,
                    now_ms - KEEP_HEARD_DAYS * KEEP_DAY_MS, err) &&
            store_channel_purge(tidy->store,
                    now_ms - KEEP_REMOVED_DAYS * KEEP_DAY_MS, purged, err);
}

void tidy_step(struct tidy *tidy, int64_t now_ms)
{
    size_t purged = 0;
    struct error err = {0};

    /* A clock that was ahead must not make us wait for it. */
    if (tidy->due_ms - now_ms > KEEP_DAY_MS)
        tidy->due_ms = now_ms + first_ms;
    if (tidy->due_ms > now_ms)
        return;
    bool ok = erase(tidy, now_ms, &purged, &err);
    tidy->due_ms = now_ms + (ok ? KEEP_DAY_MS : again_ms);
    if (!ok)
        log_error("what is old cannot be erased", log_text("why", err.text));
    if (purged > 0)
        log_info("channels that the bot left long ago are erased",
                log_number("channels", (int64_t)purged));
}
