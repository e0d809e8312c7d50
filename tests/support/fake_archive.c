#include "tests/support/fake_archive.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fake_archive *fake_of(struct source *source)
{
    return (struct fake_archive *)source;
}

static void cancel(struct request *request)
{
    struct fake_archive *fake = (struct fake_archive *)((char *)request -
            offsetof(struct fake_archive, request));

    fake->pending = false;
}

static void note_question(struct fake_archive *fake,
        const struct source_range *range)
{
    char day[CIVIL_DATE_SIZE] = "";
    int64_t now_ms = clock_now_ms(fake->clock);

    if (range->ids.count == 0)
        civil_date_format(range->since, day);
    snprintf(fake->last, sizeof fake->last, "%s %s %s",
            range->ids.count > 0              ? range->ids.items[0]
                    : range->category == NULL ? "all"
                                              : range->category,
            day, range->continuation);
    fake->overlapped = fake->overlapped || fake->pending;
    if (fake->asked++ > 0 && now_ms - fake->last_asked_ms < fake->least_gap_ms)
        fake->least_gap_ms = now_ms - fake->last_asked_ms;
    fake->last_asked_ms = now_ms;
}

static struct request *page(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct fake_archive *fake = fake_of(source);

    note_question(fake, range);
    fake->pending = true;
    fake->range = *range;
    fake->range.category = range->category == NULL
            ? NULL
            : arena_string(&fake->arena, range->category);
    fake->range.continuation = arena_string(&fake->arena, range->continuation);
    fake->sink = *sink;
    fake->done = done;
    fake->cookie = cookie;
    fake->request = (struct request){.cancel = cancel};
    return &fake->request;
}

char *fake_archive_id(struct arena *arena, const char *category,
        struct civil_date date, size_t number)
{
    unsigned place = 0;

    for (const char *at = category; *at != '\0'; at++)
        place = (place * 31 + (unsigned char)*at) % 300;
    return arena_format(arena, "%02d%02d.%05u", date.year % 100, date.month,
            (unsigned)date.day * 3000 + place * 10 + (unsigned)number);
}

static void hand_on(struct fake_archive *fake, const char *id,
        const char *category)
{
    struct source_record record = {.section = ""};
    const char *categories[] = {category};
    struct signal votes = {.paper_id = id,
            .kind = SIGNAL_HF_VOTES,
            .value = fake->votes};

    record.paper = fake->like != NULL ? *fake->like : paper_empty();
    record.paper.id = id;
    if (fake->like == NULL)
        record.paper.title = "Of the archive";
    record.paper.categories =
            (struct string_list){.items = categories, .count = 1};
    if (fake->votes > 0)
        record.signals = (struct signal_list){.items = &votes, .count = 1};
    record.secondhand = fake->votes > 0;
    fake->handed_on++;
    fake->sink.record(fake->sink.ctx, &record);
}

/* All ids but those that end in 99999. */
static size_t answer_ids(struct fake_archive *fake)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->range.ids.count; i++) {
        const char *id = fake->range.ids.items[i];
        if (strstr(id, "99999") != NULL)
            continue;
        hand_on(fake, id, "cs.LG");
        count++;
    }
    return count;
}

static size_t answer_day(struct fake_archive *fake, size_t most,
        struct source_page *page)
{
    const char *category =
            fake->range.category == NULL ? "cs.LG" : fake->range.category;
    size_t at = strtoul(fake->range.continuation, NULL, 10), count = 0;

    for (; count < most && at < fake->papers_a_day; count++, at++)
        hand_on(fake,
                fake_archive_id(&fake->arena, category, fake->range.since, at),
                category);
    if (at < fake->papers_a_day)
        page->continuation = arena_format(&fake->arena, "%zu", at);
    return count;
}

static void answer_well(struct fake_archive *fake, struct source_page *page)
{
    page->summary.records = fake->range.ids.count > 0
            ? answer_ids(fake)
            : answer_day(fake, fake->papers_a_page, page);
    page->complete = true;
    fake->done(fake->cookie, page, NULL);
}

static void answer_fault(struct fake_archive *fake, size_t at,
        struct source_page *page)
{
    struct error err = {0};
    enum fake_archive_fault fault = fake->faults[at].fault;

    if (fault == FAKE_ARCHIVE_CUT) {
        answer_day(fake, fake->papers_a_page / 2, page);
        page->continuation = "";
    }
    page->expired = fault == FAKE_ARCHIVE_EXPIRED;
    error_set(&err,
            fault == FAKE_ARCHIVE_REFUSES ? ERROR_REJECTED : ERROR_RETRY,
            "the archive says %s",
            page->expired                       ? "that the token has expired"
                    : fault == FAKE_ARCHIVE_CUT ? "only half of it"
                                                : "no");
    err.retry_after_ms = fake->faults[at].wait_ms;
    fake->done(fake->cookie, page, &err);
}

bool fake_archive_answer(struct fake_archive *fake)
{
    struct source_page page = {.continuation = "",
            .asked_ms = fake->last_asked_ms,
            .summary = {.format = "fake"}};

    if (!fake->pending)
        return false;
    fake->pending = false;
    for (size_t i = 0; i < fake->fault_count; i++)
        if (fake->faults[i].question == 0 ||
                fake->faults[i].question == fake->asked) {
            answer_fault(fake, i, &page);
            return true;
        }
    answer_well(fake, &page);
    return true;
}

void fake_archive_fail(struct fake_archive *fake, size_t question,
        enum fake_archive_fault fault, int64_t wait_ms)
{
    assert(fake->fault_count < FAKE_ARCHIVE_FAULTS_MAX);
    fake->faults[fake->fault_count].question = question;
    fake->faults[fake->fault_count].fault = fault;
    fake->faults[fake->fault_count++].wait_ms = wait_ms;
}

void fake_archive_drop(struct fake_archive *fake)
{
    fake->pending = false;
}

static void close_source(struct source *source)
{
    (void)source; /* a test looks at it after the call */
}

static const struct source_ops fake_ops = {.kind = "fake",
        .gap_ms = FAKE_ARCHIVE_GAP_MS,
        .page = page,
        .close = close_source};

void fake_archive_init(struct fake_archive *fake, const struct clock *clock)
{
    *fake = (struct fake_archive){.source = {.ops = &fake_ops},
            .clock = clock,
            .papers_a_day = 5,
            .papers_a_page = 2,
            .least_gap_ms = INT64_MAX};
}

void fake_archive_finish(struct fake_archive *fake)
{
    arena_finish(&fake->arena);
}
