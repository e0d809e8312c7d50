/*
 * page_call.h - one question to an archive on the network: the request, its
 * answer read as papers, the page's end.
 *
 * What the answer is, and how to go on after it, the archive's own reader says.
 * Who hears a record, or the end, may call the whole off or close the source.
 */
#ifndef ADAPTERS_SOURCES_PAGE_CALL_H
#define ADAPTERS_SOURCES_PAGE_CALL_H

#include "adapters/http.h"
#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"

#include <stdbool.h>

struct page_call;

/* The calls of one source that are under way; {0} at the start. */
struct page_calls {
    struct page_call *first;
};

/*
 * Makes a page of an HTTP answer, whatever its status.  True if it is whole;
 * page->continuation may live in the call's arena.
 */
typedef bool page_read_fn(struct page_call *call,
        const struct http_answer *answer, struct source_page *page,
        struct error *err);

/* What a reader may look at. */
struct page_question {
    page_read_fn *read;
    const char *subject;      /* begins every error: "cs.LG of 2026-11-20" */
    const char *archive;      /* "arXiv's API" */
    const char *continuation; /* as asked */
    const char *paper_id;     /* of a page about one paper; else NULL */
    bool by_id;
};

/* Begins a call; strings are copied, the request's too. */
struct request *page_call_begin(struct page_calls *calls, struct http *http,
        const struct http_request *request,
        const struct page_question *question, const struct source_sink *sink,
        source_page_fn *done, void *cookie);

/* Calls all off; for the source's end. */
void page_call_cancel_all(struct page_calls *calls);

/* --- for readers --- */

const struct page_question *page_call_question(const struct page_call *call);
struct arena *page_call_arena(struct page_call *call);

/* Where a reader hands on what it reads by itself; during the call only. */
struct source_sink page_call_sink(struct page_call *call);

/* Reads the body as papers, which are handed on.  What is broken today may be
 * whole in a minute, so a failure is ERROR_RETRY. */
bool page_call_papers(struct page_call *call, const struct http_answer *answer,
        struct source_summary *summary, struct error *err);

/* What was wrong with the last record that was refused; "" if none was. */
const char *page_call_complaint(const struct page_call *call);

#endif
