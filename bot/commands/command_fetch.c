#include "bot/commands/command_fetch.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/labels.h"
#include "bot/paging.h"
#include "bot/phrase.h"

#include <stdlib.h>

enum {
    AGAIN_MS = 2000, /* after a failure, if the archive names no wait */
    IDS_NAMED_MAX = 3,
    NOTICE_BYTES_MAX = 400,
};

struct command_fetch {
    struct paging paging;
    struct command_wish *wishes; /* that are not over, in their order */
    int64_t again_ms;            /* not before, after a failure */
    struct arena arena;          /* of the question under way */
};

struct command_fetch *command_fetch_open(struct store *store,
        struct source *source, int64_t now_ms, struct error *err)
{
    struct command_fetch *fetch = calloc(1, sizeof *fetch);

    if (fetch == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    if (!paging_open(&fetch->paging, store, source, now_ms, err)) {
        command_fetch_close(fetch);
        return NULL;
    }
    fetch->paging.whom = TURN_FOR_PERSON;
    return fetch;
}

void command_fetch_close(struct command_fetch *fetch)
{
    if (fetch == NULL)
        return;
    paging_close(&fetch->paging);
    arena_finish(&fetch->arena);
    free(fetch);
}

/* --- wishes --- */

void command_fetch_want(struct command_fetch *fetch, struct command_wish *wish)
{
    struct command_wish **end = &fetch->wishes;

    wish->next = NULL;
    wish->asked = false;
    wish->over = wish->ids.count == 0;
    if (wish->over)
        return;
    while (*end != NULL)
        end = &(*end)->next;
    *end = wish;
}

void command_fetch_forget(struct command_fetch *fetch,
        struct command_wish *wish)
{
    struct command_wish **at = &fetch->wishes;

    while (*at != NULL && *at != wish)
        at = &(*at)->next;
    if (*at != NULL)
        *at = wish->next;
}

static bool has_come(const struct paging *paging, const char *id)
{
    for (size_t i = 0; i < paging->count; i++)
        if (text_same(paging->records[i].paper.id, id))
            return true;
    return false;
}

/* Ends the wish; without an answer nothing of it has come. */
static void end_wish(struct command_fetch *fetch, struct command_wish *wish,
        bool answered)
{
    command_fetch_forget(fetch, wish);
    wish->over = true;
    for (size_t i = 0; i < wish->ids.count; i++)
        if (!answered || !has_come(&fetch->paging, wish->ids.items[i]))
            string_list_add(&wish->unheard_of, &wish->unheard_capacity,
                    wish->arena, wish->ids.items[i]);
}

static bool any_asked(const struct command_fetch *fetch)
{
    for (const struct command_wish *at = fetch->wishes; at != NULL;
            at = at->next)
        if (at->asked)
            return true;
    return false;
}

/* A question that nobody waits for any more is called off. */
static void end_late(struct command_fetch *fetch, int64_t now_ms)
{
    for (struct command_wish *at = fetch->wishes, *next; at != NULL;
            at = next) {
        next = at->next;
        /* A clock that was ahead must not make anybody wait for it. */
        if (at->until_ms - now_ms > COMMAND_FETCH_PATIENCE_MS)
            at->until_ms = now_ms + COMMAND_FETCH_PATIENCE_MS;
        if (at->until_ms <= now_ms)
            end_wish(fetch, at, false);
    }
    if (!any_asked(fetch))
        paging_cancel(&fetch->paging);
}

/* --- asking --- */

static void add_ids(struct command_fetch *fetch, struct command_wish *wish,
        struct string_list *ids, size_t *capacity)
{
    wish->asked = true;
    for (size_t i = 0; i < wish->ids.count && ids->count < SOURCE_IDS_MAX; i++)
        if (!string_list_has(ids, wish->ids.items[i]))
            string_list_add(ids, capacity, &fetch->arena,
                    arena_string(&fetch->arena, wish->ids.items[i]));
}

static bool fits(const struct command_wish *wish, const struct string_list *ids)
{
    return ids->count == 0 || ids->count + wish->ids.count <= SOURCE_IDS_MAX;
}

/* What went wrong is tried again while somebody waits. */
static void failed(struct command_fetch *fetch, const struct error *err,
        int64_t now_ms)
{
    int64_t wait_ms =
            err->retry_after_ms > AGAIN_MS ? err->retry_after_ms : AGAIN_MS;

    log_warning("papers that somebody asked for could not be fetched",
            log_text("why", err->text));
    fetch->again_ms = now_ms + wait_ms;
    for (struct command_wish *at = fetch->wishes, *next; at != NULL;
            at = next) {
        next = at->next;
        if (at->asked && err->kind != ERROR_RETRY)
            end_wish(fetch, at, false);
        at->asked = false;
    }
}

static void ask(struct command_fetch *fetch, int64_t now_ms)
{
    struct source_range range = {.via = SOURCE_VIA_API, .continuation = ""};
    struct error err = {0};
    size_t capacity = 0;

    arena_finish(&fetch->arena);
    for (struct command_wish *at = fetch->wishes; at != NULL; at = at->next)
        if (fits(at, &range.ids))
            add_ids(fetch, at, &range.ids, &capacity);
    if (!paging_ask(&fetch->paging, &range, now_ms, &err))
        failed(fetch, &err, now_ms);
}

static void take_answer(struct command_fetch *fetch, int64_t now_ms)
{
    struct intake_counts counts = {0};
    struct error err = {0};

    if (!paging_store(&fetch->paging, now_ms, NULL, NULL, &counts, &err)) {
        failed(fetch, &err, now_ms);
        return;
    }
    for (struct command_wish *at = fetch->wishes, *next; at != NULL;
            at = next) {
        next = at->next;
        if (at->asked)
            end_wish(fetch, at, true);
    }
}

/* --- what is said meanwhile --- */

char *command_fetch_notice(struct arena *arena, const struct string_list *ids,
        const char *language)
{
    static const struct phrase looking = {
            .english = "Looking at arXiv for %1…",
            .chinese = "正在 arXiv 上查找 %1……",
    };
    static const struct phrase and_more = {
            .english = "%1 and %2 more",
            .chinese = "%1 等 %2 篇",
    };
    bool chinese = label_same_language(language, "zh");
    struct text text;

    text_init(&text, arena, NOTICE_BYTES_MAX);
    for (size_t i = 0; i < ids->count && i < IDS_NAMED_MAX; i++)
        text_add_format(&text, "%s%s",
                i == 0            ? ""
                        : chinese ? "、"
                                  : ", ",
                ids->items[i]);
    const char *named = text_string(&text);
    if (ids->count > IDS_NAMED_MAX)
        named = phrase_fill(arena, &and_more, language,
                PHRASE_VALUES(named,
                        phrase_number(arena,
                                chinese ? ids->count
                                        : ids->count - IDS_NAMED_MAX)));
    return phrase_fill(arena, &looking, language, PHRASE_VALUES(named));
}

/* --- stepping --- */

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t first_deadline_ms(const struct command_fetch *fetch)
{
    int64_t first_ms = INT64_MAX;

    for (const struct command_wish *at = fetch->wishes; at != NULL;
            at = at->next)
        if (at->until_ms < first_ms)
            first_ms = at->until_ms;
    return first_ms;
}

int64_t command_fetch_next_due_ms(const struct command_fetch *fetch)
{
    if (fetch == NULL)
        return INT64_MAX;
    if (fetch->paging.answered)
        return 0;
    int64_t deadline_ms = first_deadline_ms(fetch);
    if (fetch->wishes == NULL || fetch->paging.request != NULL)
        return deadline_ms;
    int64_t turn_ms = latest(fetch->paging.free_ms, fetch->again_ms);
    return turn_ms < deadline_ms ? turn_ms : deadline_ms;
}

void command_fetch_step(struct command_fetch *fetch, int64_t now_ms)
{
    if (fetch == NULL)
        return;
    if (fetch->paging.answered)
        take_answer(fetch, now_ms);
    end_late(fetch, now_ms);
    paging_mind_clock(&fetch->paging, now_ms);
    if (fetch->again_ms > now_ms + TURN_PATIENCE_MS)
        fetch->again_ms = now_ms;
    if (fetch->wishes != NULL && !paging_busy(&fetch->paging) &&
            latest(fetch->paging.free_ms, fetch->again_ms) <= now_ms)
        ask(fetch, now_ms);
}
