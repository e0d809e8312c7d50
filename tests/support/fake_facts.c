#include "tests/support/fake_facts.h"

#include <stdlib.h>

static void cancel(struct request *request)
{
    struct fake_facts *fake = (struct fake_facts *)((char *)request -
            offsetof(struct fake_facts, request));

    fake->pending = false;
}

static struct request *ask(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct fake_facts *fake = (struct fake_facts *)source;
    size_t capacity = 0;

    if (fake->pending)
        abort(); /* two under way at once */
    fake->asked++;
    fake->last = "";
    fake->last_ms = clock_now_ms(fake->clock);
    fake->ids = (struct string_list){0};
    for (size_t i = 0; i < range->ids.count; i++) {
        string_list_add(&fake->ids, &capacity, &fake->arena,
                range->ids.items[i]);
        fake->last = arena_format(&fake->arena, "%s %s", fake->last,
                range->ids.items[i]);
    }
    fake->sink = *sink;
    fake->done = done;
    fake->cookie = cookie;
    fake->pending = true;
    return &fake->request;
}

static void tell(struct fake_facts *fake, const char *id)
{
    struct signal signal = {.paper_id = id,
            .kind = SIGNAL_CITATIONS,
            .value = fake->citations};
    struct source_record record = {.announce = ANNOUNCE_UNKNOWN,
            .secondhand = true,
            .signals = {&signal, fake->citations > 0},
            .section = ""};
    struct paper unknown = paper_empty(), *known = &unknown;
    size_t capacity = 0;

    if (fake->store != NULL &&
            (!store_paper_get(*fake->store, id, &fake->arena, &known, NULL) ||
                    known == NULL))
        abort();
    record.paper = paper_empty();
    record.paper.id = id;
    record.paper.title = fake->title != NULL ? fake->title : known->title;
    record.paper.authors = known->authors;
    string_list_add(&record.paper.affiliations, &capacity, &fake->arena,
            fake->affiliation);
    fake->sink.record(fake->sink.ctx, &record);
}

bool fake_facts_answer(struct fake_facts *fake)
{
    struct source_page page = {.complete = true,
            .continuation = "",
            .asked_ms = fake->last_ms,
            .summary = {.format = "fake"}};
    struct error err = {0};

    if (!fake->pending || fake->hang)
        return false;
    fake->pending = false;
    if (fake->fail_next > 0) {
        fake->fail_next--;
        page.complete = false;
        error_set(&err, fake->fail_kind, "no facts today");
        fake->done(fake->cookie, &page, &err);
        return true;
    }
    for (size_t i = 0; i < fake->ids.count && fake->affiliation != NULL; i++)
        tell(fake, fake->ids.items[i]);
    fake->done(fake->cookie, &page, NULL);
    return true;
}

void fake_facts_init(struct fake_facts *fake, const struct clock *clock,
        struct store **store)
{
    *fake = (struct fake_facts){.ops = {.kind = "facts",
                                        .gap_ms = 3000,
                                        .page = ask},
            .clock = clock,
            .store = store,
            .request = {.cancel = cancel},
            .last = "",
            .fail_kind = ERROR_RETRY};
    fake->source = (struct source){.ops = &fake->ops};
}

void fake_facts_finish(struct fake_facts *fake)
{
    arena_finish(&fake->arena);
}
