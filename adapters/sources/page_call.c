#include "adapters/sources/page_call.h"

#include "adapters/sources/memory_stream.h"
#include "adapters/sources/papers_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COMPLAINT_SIZE = 200
};

struct page_call {
    struct request request; /* first: what the caller holds */
    struct page_calls *calls;
    struct page_call *next;
    struct request *http;
    struct page_question question;
    struct source_sink sink;
    source_page_fn *done;
    void *cookie;
    struct arena arena;
    char complaint[COMPLAINT_SIZE];
    bool answered; /* on_answer is running and will free it */
    bool over;     /* ended or called off: nobody is to hear more */
};

/* --- for readers --- */

static void pass_record(void *ctx, const struct source_record *record)
{
    const struct page_call *call = ctx;
    if (!call->over)
        call->sink.record(call->sink.ctx, record);
}

static void pass_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct page_call *call = ctx;

    snprintf(call->complaint, sizeof call->complaint, "%s", complaint->wrong);
    if (!call->over)
        call->sink.complaint(call->sink.ctx, complaint);
}

struct source_sink page_call_sink(struct page_call *call)
{
    return (struct source_sink){pass_record, pass_complaint, call};
}

bool page_call_papers(struct page_call *call, const struct http_answer *answer,
        struct source_summary *summary, struct error *err)
{
    struct memory_stream memory = {answer->body, answer->body_bytes};
    struct byte_stream stream = {.read = memory_stream_read, .ctx = &memory};
    const struct source_sink sink = page_call_sink(call);
    struct error why = {0};

    if (answer->body_bytes == 0)
        return error_set(err, ERROR_RETRY, "an empty answer");
    if (papers_in_read(&stream, &sink, summary, &why))
        return true;
    return error_set(err, ERROR_RETRY, "the answer %s", why.text);
}

const struct page_question *page_call_question(const struct page_call *call)
{
    return &call->question;
}

struct arena *page_call_arena(struct page_call *call)
{
    return &call->arena;
}

const char *page_call_complaint(const struct page_call *call)
{
    return call->complaint;
}

/* --- the call --- */

static void leave(struct page_call *call)
{
    struct page_call **at = &call->calls->first;

    call->over = true;
    while (*at != call)
        at = &(*at)->next;
    *at = call->next;
}

static void free_call(struct page_call *call)
{
    arena_finish(&call->arena);
    free(call);
}

static void cancel(struct request *request)
{
    struct page_call *call = (struct page_call *)request;

    if (call->over)
        return;
    leave(call);
    if (call->answered)
        return;
    request_cancel(call->http);
    free_call(call);
}

static bool take_answer(struct page_call *call,
        const struct http_answer *answer, const struct error *http_err,
        struct source_page *page, struct error *err)
{
    if (http_err == NULL) {
        page->complete = call->question.read(call, answer, page, err);
    } else {
        *err = *http_err;
    }
    if (page->complete)
        return true;
    page->continuation = "";
    return error_wrap(err, "%s, %s", call->question.archive,
            call->question.subject);
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *http_err)
{
    struct page_call *call = cookie;
    struct error err = {0};
    struct source_page page = {
            .summary = {.format = "unknown"},
            .continuation = "",
            .asked_ms = answer->started_ms,
    };

    call->answered = true;
    bool taken = take_answer(call, answer, http_err, &page, &err);
    if (!call->over) {
        leave(call); /* first: done may close the source */
        call->done(call->cookie, &page, taken ? NULL : &err);
    }
    free_call(call);
}

struct request *page_call_begin(struct page_calls *calls, struct http *http,
        const struct http_request *request,
        const struct page_question *question, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct page_call *call = calloc(1, sizeof *call);

    if (call == NULL)
        abort(); /* as an arena without memory */
    call->request.cancel = cancel;
    call->calls = calls;
    call->question = *question;
    call->question.subject = arena_string(&call->arena, question->subject);
    call->question.continuation =
            arena_string(&call->arena, question->continuation);
    if (question->paper_id != NULL)
        call->question.paper_id =
                arena_string(&call->arena, question->paper_id);
    call->sink = *sink;
    call->done = done;
    call->cookie = cookie;
    call->next = calls->first;
    calls->first = call;
    call->http = http_send(http, request, on_answer, call);
    return &call->request;
}

void page_call_cancel_all(struct page_calls *calls)
{
    while (calls->first != NULL)
        request_cancel(&calls->first->request);
}
