#include "tests/support/fake_source.h"

#include <assert.h>
#include <string.h>

static struct fake_source *fake_of(struct source *source)
{
    return (struct fake_source *)source;
}

static struct fake_feed *feed_of(struct fake_source *fake, const char *category)
{
    for (size_t i = 0; i < fake->feed_count; i++)
        if (strcmp(fake->feeds[i].category, category) == 0)
            return &fake->feeds[i];
    assert(fake->feed_count < FAKE_SOURCE_FEEDS_MAX);
    struct fake_feed *feed = &fake->feeds[fake->feed_count++];
    feed->category = arena_string(&fake->arena, category);
    return feed;
}

void fake_source_publish(struct fake_source *fake, const char *category,
        const struct fake_item *items, size_t count, bool add)
{
    struct fake_feed *feed = feed_of(fake, category);
    size_t before = add ? feed->count : 0;
    struct fake_item *all =
            arena_array(&fake->arena, struct fake_item, before + count);

    for (size_t i = 0; i < before; i++)
        all[i] = feed->items[i];
    for (size_t i = 0; i < count; i++) {
        all[before + i] = items[i];
        all[before + i].id = arena_string(&fake->arena, items[i].id);
        if (items[i].comment != NULL)
            all[before + i].comment =
                    arena_string(&fake->arena, items[i].comment);
    }
    feed->items = all;
    feed->count = before + count;
    feed->version++;
}

static void cancel(struct request *request)
{
    struct fake_source *fake = (struct fake_source *)((char *)request -
            offsetof(struct fake_source, request));

    fake->pending = false;
}

static struct request *fetch(struct source *source,
        const struct source_query *query, const struct source_sink *sink,
        source_done_fn *done, void *cookie)
{
    struct fake_source *fake = fake_of(source);
    int64_t now_ms = clock_now_ms(fake->clock);

    fake->overlapped = fake->overlapped || fake->pending;
    if (fake->asked++ > 0 && now_ms - fake->last_asked_ms < fake->least_gap_ms)
        fake->least_gap_ms = now_ms - fake->last_asked_ms;
    fake->last_asked_ms = now_ms;
    fake->pending = true;
    fake->category = arena_string(&fake->arena, query->category);
    fake->validator = arena_string(&fake->arena, query->validator);
    fake->sink = *sink;
    fake->done = done;
    fake->cookie = cookie;
    fake->request = (struct request){.cancel = cancel};
    return &fake->request;
}

/* A title that looks like no other paper's. */
static char *title_of(struct arena *arena, const char *id)
{
    static const char *const words[] = {"amber", "basalt", "cedar", "delta",
            "ember", "fjord", "glacier", "harbour", "indigo", "juniper", "kelp",
            "lagoon", "meadow", "nectar", "orchid", "pebble"};
    uint64_t mixed = UINT64_C(14695981039346656037); /* FNV-1a */

    for (const char *at = id; *at != '\0'; at++)
        mixed = (mixed ^ (unsigned char)*at) * UINT64_C(1099511628211);
    return arena_format(arena, "%s %s %s %s %s %s", words[mixed % 16],
            words[mixed >> 8 & 15], words[mixed >> 16 & 15],
            words[mixed >> 24 & 15], words[mixed >> 32 & 15],
            words[mixed >> 40 & 15]);
}

static void hand_on(struct fake_source *fake, const struct fake_feed *feed,
        const struct fake_item *item)
{
    struct arena arena = {0};
    const char *categories[2] = {feed->category, item->cross};
    struct source_record record = {.announce = item->announce, .section = ""};

    /* A cross-list's own category is the other one. */
    if (item->announce == ANNOUNCE_CROSS && item->cross != NULL) {
        categories[0] = item->cross;
        categories[1] = feed->category;
    }
    record.paper = paper_empty();
    record.paper.id = item->id;
    record.paper.version = item->version == 0 ? 1 : item->version;
    record.paper.withdrawn = item->withdrawn;
    record.paper.comment = item->comment == NULL ? "" : item->comment;
    record.paper.title = title_of(&arena, item->id);
    record.paper.abstract = "What was done, and what came of it, as main, "
                            "spare and others tell.";
    struct author author = {.name = fake->author, .affiliation = ""};
    record.paper.authors = (struct author_list){.items = &author,
            .count = fake->author != NULL};
    record.paper.categories = (struct string_list){.items = categories,
            .count = item->cross == NULL ? 1 : 2};
    fake->sink.record(fake->sink.ctx, &record);
    arena_finish(&arena);
}

static void answer_down(struct fake_source *fake)
{
    struct source_answer answer = {.validator = "",
            .asked_ms = fake->last_asked_ms,
            .summary = {.format = ""}};
    struct error err = {0};

    error_set(&err, fake->fail_kind, "the feed's server is down");
    err.retry_after_ms = fake->fail_wait_ms;
    fake->done(fake->cookie, &answer, &err);
}

static void answer_feed(struct fake_source *fake)
{
    struct fake_feed *feed = feed_of(fake, fake->category);
    char *validator = arena_format(&fake->arena, "\"%s-%u\"", feed->category,
            feed->version);
    struct source_answer answer = {.complete = fake->mode != FAKE_SOURCE_CUT,
            .validator = validator,
            .asked_ms = fake->last_asked_ms,
            .summary = {.format = "fake",
                    .announces = true,
                    .built_ms = fake->dated ? fake->last_asked_ms : 0}};
    size_t count = feed->count;

    if (fake->validates && strcmp(validator, fake->validator) == 0) {
        answer.unchanged = true;
        fake->unchanged++;
    }
    if (answer.unchanged || fake->mode == FAKE_SOURCE_EMPTY)
        count = 0;
    if (fake->mode == FAKE_SOURCE_CUT)
        count /= 2;
    for (size_t i = 0; i < count; i++)
        hand_on(fake, feed, &feed->items[i]);
    answer.summary.records = count;
    fake->done(fake->cookie, &answer, NULL);
}

bool fake_source_answer(struct fake_source *fake)
{
    if (!fake->pending)
        return false;
    fake->pending = false;
    if (fake->mode == FAKE_SOURCE_DOWN)
        answer_down(fake);
    else
        answer_feed(fake);
    return true;
}

void fake_source_drop(struct fake_source *fake)
{
    fake->pending = false;
}

static void close_source(struct source *source)
{
    fake_source_finish(fake_of(source));
}

static const struct source_ops fake_ops = {.kind = "fake",
        .gap_ms = FAKE_SOURCE_GAP_MS,
        .fetch = fetch,
        .close = close_source};

void fake_source_init(struct fake_source *fake, const struct clock *clock)
{
    *fake = (struct fake_source){.ops = fake_ops,
            .source = {.ops = &fake->ops},
            .clock = clock,
            .fail_kind = ERROR_RETRY,
            .validates = true,
            .least_gap_ms = INT64_MAX};
}

static struct request *page(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct source *archive = ((struct fake_source *)source)->archive;

    return archive->ops->page(archive, range, sink, done, cookie);
}

void fake_source_add_archive(struct fake_source *fake, struct source *archive)
{
    fake->archive = archive;
    fake->ops.page = page;
}

void fake_source_finish(struct fake_source *fake)
{
    arena_finish(&fake->arena);
}
