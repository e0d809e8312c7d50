#include "adapters/sources/arxiv_archive.h"

#include "adapters/http_url.h"
#include "adapters/sources/arxiv_pace.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    QUESTION_MAX = 8192, /* bytes of an address; 100 ids have some 2500 */
};

/* --- the API's answers --- */

static size_t entries_of(const struct source_summary *summary)
{
    return summary->records + summary->rejected;
}

/* An error is a feed of one entry whose id lies under /api/errors. */
static bool is_error_feed(const struct http_answer *answer,
        const struct source_summary *summary)
{
    return summary->records == 0 && summary->rejected == 1 &&
            strstr(answer->body, "/api/errors") != NULL;
}

static bool read_api_error(struct page_call *call,
        const struct http_answer *answer, struct error *err)
{
    struct source_summary summary = {0};

    if (answer->status == 400 &&
            page_call_papers(call, answer, &summary, NULL) &&
            is_error_feed(answer, &summary))
        return error_set(err, ERROR_REJECTED, "the answer %s",
                page_call_complaint(call));
    return http_status_error(answer, err);
}

/* How many were handed over by the pages before. */
static size_t start_of(const struct page_question *question)
{
    return strtoul(question->continuation, NULL, 10);
}

/* Pages after the first come empty now and then (arxiv.py #43, #175). */
static bool go_on(struct page_call *call, struct source_page *page,
        struct error *err)
{
    const struct page_question *question = page_call_question(call);
    size_t start = start_of(question), entries = entries_of(&page->summary);
    size_t total = page->summary.total, next = start + entries;

    if (question->by_id)
        return true;
    if (entries == 0 && start < total)
        return error_set(err, ERROR_RETRY,
                "an empty answer after %zu of %zu papers", start, total);
    bool more = total == 0 ? entries >= ARXIV_ARCHIVE_SLICE : next < total;
    if (more)
        page->continuation = arena_format(page_call_arena(call), "%zu", next);
    return true;
}

static bool read_api(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    struct source_summary *summary = &page->summary;

    if (arxiv_pace_exceeded(answer, err))
        return false;
    if (answer->status != 200)
        return read_api_error(call, answer, err);
    if (!page_call_papers(call, answer, summary, err))
        return false;
    if (!text_same(summary->format, "arXiv API Atom"))
        return error_set(err, ERROR_INPUT,
                "the answer is %s; api_url should be such as "
                "https://export.arxiv.org/api/query",
                summary->format);
    if (is_error_feed(answer, summary))
        return error_set(err, ERROR_REJECTED, "the answer %s",
                page_call_complaint(call));
    return go_on(call, page, err);
}

/* --- OAI-PMH's answers --- */

/* Errors come with any status. */
static bool is_oai(const struct http_answer *answer)
{
    return answer->status == 200 ||
            (answer->status >= 400 && answer->status < 500 &&
                    strstr(answer->body, "<OAI-PMH") != NULL);
}

/* The codes of OAI-PMH 2.0, section 3.6. */
static bool read_refusal(struct source_page *page, struct error *err)
{
    if (text_same(page->summary.refusal, "noRecordsMatch"))
        return true;
    if (text_same(page->summary.refusal, "badResumptionToken")) {
        page->expired = true; /* tokens last a day (help/oa) */
        return false;
    }
    err->kind = ERROR_REJECTED;
    return false;
}

static bool read_oai(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    struct source_summary *summary = &page->summary;

    if (arxiv_pace_exceeded(answer, err))
        return false;
    if (!is_oai(answer))
        return http_status_error(answer, err);
    if (!page_call_papers(call, answer, summary, err))
        return *summary->refusal != '\0' && read_refusal(page, err);
    if (!text_starts(summary->format, "OAI-PMH"))
        return error_set(err, ERROR_INPUT,
                "the answer is %s; oai_url should be such as "
                "https://oaipmh.arxiv.org/oai",
                summary->format);
    if (*summary->resumption != '\0' &&
            text_same(summary->resumption,
                    page_call_question(call)->continuation))
        return error_set(err, ERROR_RETRY,
                "the token for the next page is the one of this page");
    page->continuation =
            arena_string(page_call_arena(call), summary->resumption);
    return true;
}

/* --- questions --- */

static void add_value(struct text *url, const char *value)
{
    text_add(url, http_url_escape(url->arena, value));
}

static void add_day(struct text *url, struct civil_date date, const char *hour)
{
    text_add_format(url, "%04d%02d%02d%s", date.year, date.month, date.day,
            hour);
}

static void add_ids(struct text *url, const struct string_list *ids)
{
    text_add(url, "?id_list=");
    for (size_t i = 0; i < ids->count; i++) {
        text_add(url, i == 0 ? "" : ",");
        text_add(url, ids->items[i]);
    }
    text_add_format(url, "&max_results=%zu", ids->count);
}

/* Days are GMT's (user-manual, 3.1.1.1); both ends belong to the range. */
static void add_query(struct text *url, const struct source_range *range)
{
    text_add(url, "?search_query=");
    if (range->category != NULL) {
        text_add(url, "cat:");
        add_value(url, range->category);
        text_add(url, "+AND+");
    }
    text_add(url, "submittedDate:%5B");
    add_day(url, range->since, "0000");
    text_add(url, "+TO+");
    add_day(url, range->until, "2359");
    text_add_format(url,
            "%%5D&start=%lu&max_results=%d&sortBy=submittedDate&"
            "sortOrder=ascending",
            strtoul(range->continuation, NULL, 10), ARXIV_ARCHIVE_SLICE);
}

static const char *api_question(struct arena *arena, const char *base,
        const struct source_range *range)
{
    struct text url;

    text_init(&url, arena, QUESTION_MAX);
    text_add(&url, base);
    if (range->ids.count > 0)
        add_ids(&url, &range->ids);
    else
        add_query(&url, range);
    return text_string(&url);
}

char *arxiv_archive_set(struct arena *arena, const char *category)
{
    static const char *const outside_physics[] = {"cs", "econ", "eess", "math",
            "q-bio", "q-fin", "stat", NULL};
    const char *dot = strchr(category, '.');
    size_t length = dot == NULL ? strlen(category) : (size_t)(dot - category);
    char *archive = arena_string_n(arena, category, length);
    const char *group = "physics";

    for (size_t i = 0; outside_physics[i] != NULL; i++)
        if (text_same(outside_physics[i], archive))
            group = outside_physics[i];
    /* Archives that never were divided are sets themselves. */
    if (dot == NULL)
        return arena_format(arena, "%s:%s", group, archive);
    return arena_format(arena, "%s:%s:%s", group, archive, dot + 1);
}

static const char *oai_question(struct arena *arena, const char *base,
        const struct source_range *range)
{
    char since[CIVIL_DATE_SIZE], until[CIVIL_DATE_SIZE];

    /* A token stands for the whole question (OAI-PMH 2.0, 3.5). */
    if (*range->continuation != '\0')
        return arena_format(arena, "%s?verb=ListRecords&resumptionToken=%s",
                base, http_url_escape(arena, range->continuation));
    civil_date_format(range->since, since);
    civil_date_format(range->until, until);
    return arena_format(arena,
            "%s?verb=ListRecords&metadataPrefix=arXiv&from=%s&until=%s%s%s",
            base, since, until, range->category == NULL ? "" : "&set=",
            range->category == NULL
                    ? ""
                    : http_url_escape(arena,
                              arxiv_archive_set(arena, range->category)));
}

/* What is asked for, as errors say it. */
static const char *subject_of(struct arena *arena,
        const struct source_range *range)
{
    char since[CIVIL_DATE_SIZE], until[CIVIL_DATE_SIZE];

    if (range->ids.count == 1)
        return range->ids.items[0];
    if (range->ids.count > 1)
        return arena_format(arena, "%s and %zu more", range->ids.items[0],
                range->ids.count - 1);
    civil_date_format(range->since, since);
    civil_date_format(range->until, until);
    return arena_format(arena, "%s of %s%s%s",
            range->category == NULL ? "all" : range->category, since,
            text_same(since, until) ? "" : " to ",
            text_same(since, until) ? "" : until);
}

struct request *arxiv_archive_page(struct arxiv_archive *archive,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    static const char *const headers[] = {
            "Accept: application/atom+xml, application/xml;q=0.9, "
            "text/xml;q=0.9",
            NULL,
    };
    bool oai = range->via == SOURCE_VIA_OAI && range->ids.count == 0;
    struct arena arena = {0};
    const struct http_request request = {
            .method = "GET",
            .url = oai ? oai_question(&arena, archive->oai_url, range)
                       : api_question(&arena, archive->api_url, range),
            .headers = headers,
            .user_agent = archive->user_agent,
            .deadline_ms = ARXIV_PACE_DEADLINE_MS,
            .answer_max = ARXIV_PACE_ANSWER_MAX,
            .not_before_ms = range->not_before_ms,
            .pace = arxiv_pace,
            .follow_redirects = true,
    };
    const struct page_question question = {
            .read = oai ? read_oai : read_api,
            .archive = oai ? "arXiv's OAI-PMH" : "arXiv's API",
            .subject = subject_of(&arena, range),
            .continuation = range->continuation,
            .by_id = range->ids.count > 0,
    };
    struct request *begun = page_call_begin(&archive->calls, archive->http,
            &request, &question, sink, done, cookie);
    arena_finish(&arena);
    return begun;
}

void arxiv_archive_finish(struct arxiv_archive *archive)
{
    page_call_cancel_all(&archive->calls);
}
