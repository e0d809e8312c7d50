#include "adapters/sources/arxiv_html.h"

#include "adapters/http_url.h"
#include "adapters/sources/arxiv_pace.h"
#include "adapters/sources/latexml_authors.h"
#include "adapters/sources/latexml_front.h"
#include "adapters/sources/lookup.h"
#include "bot/base/text.h"
#include "bot/model/paper_code.h"

#include <string.h>

enum {
    GAP_MS = 15 * 1000, /* robots.txt of arxiv.org */
    /* A page may have many megabytes; its front is at the beginning. */
    BEGINNING_MAX = 384 * 1024,
};

/* --- what came back --- */

static void read_code(struct record *record, const struct latexml_front *front)
{
    const char *code = paper_code_in(front->links, &record->arena);

    if (*code == '\0')
        code = paper_code_in(front->abstract, &record->arena);
    record->out.paper.code = code;
}

static bool read_front(struct record *record, const struct http_answer *answer,
        struct error *err)
{
    struct latexml_front front;

    if (!latexml_front_read(answer->body, answer->body_bytes, &record->arena,
                &front, err))
        return false;
    record->out.secondhand = true;
    record->out.paper.title =
            record_prose(record, front.title, strlen(front.title));
    latexml_authors_read(record, &front);
    read_code(record, &front);
    return true;
}

/* A page that is none says nothing of the next one: the paper goes without. */
static void read_paper(struct page_call *call, const struct http_answer *answer,
        struct source_summary *summary)
{
    const struct source_sink sink = page_call_sink(call);
    struct record record;
    struct error why = {0};

    record_open(&record, &sink, summary);
    record_begin(&record, "page", 0);
    record_id(&record, page_call_question(call)->paper_id);
    if (!read_front(&record, answer, &why))
        record_fault(&record, "", why.text, "");
    record_end(&record);
    record_close(&record);
}

static bool read_page(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    page->summary.format = "HTML";
    if (arxiv_pace_exceeded(answer, err))
        return false;
    if (answer->status == 404)
        return true; /* there is no page of it */
    if (answer->status != 200)
        return http_status_error(answer, err);
    read_paper(call, answer, &page->summary);
    return true;
}

/* --- asking --- */

static struct request *ask(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    static const char *const headers[] = {"Accept: text/html", NULL};
    struct lookup *lookup = (struct lookup *)source;
    struct arena arena = {0};
    const char *id = range->ids.items[0];
    const struct lookup_question question = {
            .archive = "arXiv's pages",
            .url = arena_format(&arena, "%s/%s", lookup->url, id),
            .headers = headers,
            .read = read_page,
            .paper_id = id,
            .beginning_max = BEGINNING_MAX,
    };
    const struct lookup_asker asker = {sink, done, cookie};
    struct request *begun = lookup_ask(lookup, range, &question, &asker);

    arena_finish(&arena);
    return begun;
}

/* --- the source --- */

static const struct source_ops ops = {
        .kind = "arxiv_html",
        .gap_ms = GAP_MS,
        .pace = "arxiv",
        .ids_max = 1,
        .page = ask,
        .close = lookup_close,
};

static struct source *arxiv_html_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    return lookup_open(settings, transport, &ops, "https://arxiv.org/html",
            err);
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .help = "where papers' pages are: https://arxiv.org/html",
                .flaw = http_url_flaw,
        },
        {.key = NULL},
};

const struct source_kind arxiv_html_kind = {
        .kind = "arxiv_html",
        .use = SOURCE_FACTS,
        .keys = keys,
        .open = arxiv_html_open,
};
