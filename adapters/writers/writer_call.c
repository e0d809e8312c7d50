#include "adapters/writers/writer_call.h"

#include "bot/model/paper.h"

struct writer_call {
    struct request request; /* first: what the asker holds */
    struct writer_calls *calls;
    struct writer_call *previous, *next;
    struct arena arena;
    struct writer *writer;
    struct writer_task task;
    struct note note; /* of writer_call_answer_soon */
    int number;       /* the adapter's own */
    writer_call_read_fn *read;
    writer_done_fn *done;
    void *cookie;
    struct request *http;     /* under way */
    struct loop_timer *timer; /* likewise */
};

static void leave(struct writer_call *call)
{
    if (call->previous != NULL)
        call->previous->next = call->next;
    else
        call->calls->first = call->next;
    if (call->next != NULL)
        call->next->previous = call->previous;
    request_cancel(call->http);
    loop_timer_stop(call->timer);
}

static void free_call(struct writer_call *call)
{
    struct arena arena = call->arena;

    arena_finish(&arena);
}

static void cancel(struct request *request)
{
    struct writer_call *call = (struct writer_call *)request;

    leave(call);
    free_call(call);
}

static const struct writer_term *copy_terms(const struct writer_task *task,
        struct arena *arena)
{
    struct writer_term *terms =
            arena_array(arena, struct writer_term, task->term_count + 1);

    for (size_t i = 0; i < task->term_count; i++)
        terms[i] = (struct writer_term){.term = arena_string(arena,
                                                task->terms[i].term),
                .written = arena_string(arena, task->terms[i].written)};
    return terms;
}

struct writer_call *writer_call_open(struct writer_calls *calls,
        struct writer *writer, const struct writer_task *task,
        writer_done_fn *done, void *cookie)
{
    struct arena arena = {0};
    struct writer_call *call = arena_new(&arena, struct writer_call);
    struct paper *paper = arena_new(&arena, struct paper);

    *paper = paper_copy(&arena, task->paper);
    *call = (struct writer_call){.request = {cancel},
            .calls = calls,
            .next = calls->first,
            .writer = writer,
            .task = {.paper = paper,
                    .language = arena_string(&arena, task->language),
                    .terms = copy_terms(task, &arena),
                    .term_count = task->term_count,
                    .complaint = arena_string(&arena, task->complaint),
                    .not_before_ms = task->not_before_ms},
            .done = done,
            .cookie = cookie};
    call->arena = arena;
    if (call->next != NULL)
        call->next->previous = call;
    calls->first = call;
    return call;
}

struct request *writer_call_request(struct writer_call *call)
{
    return &call->request;
}

struct arena *writer_call_arena(struct writer_call *call)
{
    return &call->arena;
}

struct writer *writer_call_writer(const struct writer_call *call)
{
    return call->writer;
}

int *writer_call_number(struct writer_call *call)
{
    return &call->number;
}

const struct writer_task *writer_call_task(const struct writer_call *call)
{
    return &call->task;
}

static void end(struct writer_call *call, struct writer_answer *answer,
        const struct error *err)
{
    struct note *note = &answer->note;

    note->paper_id = call->task.paper->id;
    note->language = call->task.language;
    note->version = call->task.paper->version;
    note->writer = call->writer->model;
    note->prompt = call->writer->prompt;
    leave(call);
    call->done(call->cookie, answer, err);
    free_call(call);
}

/* --- over the network --- */

static void answered(void *cookie, const struct http_answer *http,
        const struct error *err)
{
    struct writer_call *call = cookie;
    struct writer_answer answer = {0};
    struct error why = {0};

    call->http = NULL;
    if (err != NULL) {
        why = *err;
        answer.maybe_paid = http->maybe_taken || http->status != 0;
        if (why.kind == ERROR_INPUT) /* more than anybody's note is long */
            why.kind = ERROR_REJECTED;
        end(call, &answer, &why);
        return;
    }
    if (call->read(call, http, &answer, &why))
        end(call, &answer, NULL);
    else if (why.kind != ERROR_NONE)
        end(call, &answer, &why);
}

void writer_call_send(struct writer_call *call, struct http *http,
        const struct http_request *request, writer_call_read_fn *read)
{
    call->read = read;
    call->http = http_send(http, request, answered, call);
}

bool writer_call_status_error(const struct http_answer *http, struct error *err)
{
    http_status_error(http, err);
    if (err != NULL && (http->status == 402 || http->status == 456))
        err->kind = ERROR_STOP;
    return false;
}

/* --- without --- */

static void answer_now(void *ctx)
{
    struct writer_call *call = ctx;
    struct writer_answer answer = {.note = call->note};

    call->timer = NULL;
    end(call, &answer, NULL);
}

void writer_call_answer_soon(struct writer_call *call, struct loop *loop,
        const struct note *note)
{
    call->note = *note;
    call->timer = loop_timer_start(loop, 0, answer_now, call);
}

void writer_calls_cancel(struct writer_calls *calls)
{
    while (calls->first != NULL)
        cancel(&calls->first->request);
}
