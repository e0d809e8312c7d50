/*
 * writer_call.h - one note being written by an adapter: ends once, or is called off.
 */
#ifndef ADAPTERS_WRITERS_WRITER_CALL_H
#define ADAPTERS_WRITERS_WRITER_CALL_H

#include "adapters/http.h"
#include "adapters/loop.h"
#include "bot/base/arena.h"
#include "bot/ports/writer.h"

#include <stdbool.h>

/* A writer's calls under way; {0} is empty. */
struct writer_calls {
    struct writer_call *first;
};

struct writer_call;

/*
 * Makes a note and what it cost of an answer; false and err if it is none.  Or asks
 * once more by writer_call_send, and returns false with err->kind ERROR_NONE.
 */
typedef bool writer_call_read_fn(struct writer_call *call,
        const struct http_answer *http, struct writer_answer *answer,
        struct error *err);

/* A call about a task, copied; it lives in its own arena. */
struct writer_call *writer_call_open(struct writer_calls *calls,
        struct writer *writer, const struct writer_task *task,
        writer_done_fn *done, void *cookie);
struct request *writer_call_request(struct writer_call *call);
struct arena *writer_call_arena(struct writer_call *call);
struct writer *writer_call_writer(const struct writer_call *call);
const struct writer_task *writer_call_task(const struct writer_call *call);
/* A number of the adapter's own about the call; 0 at first. */
int *writer_call_number(struct writer_call *call);

/*
 * Sends a request and hands its answer to read.  What never came, or came too
 * large, ends the call.
 */
void writer_call_send(struct writer_call *call, struct http *http,
        const struct http_request *request, writer_call_read_fn *read);

/* As http_status_error; that the account is empty (402, DeepL's 456) is ERROR_STOP:
 * no paper will do better. */
bool writer_call_status_error(const struct http_answer *http,
        struct error *err);

/* Ends the call with that note on the loop's next turn. */
void writer_call_answer_soon(struct writer_call *call, struct loop *loop,
        const struct note *note);

/* Calls everything off. */
void writer_calls_cancel(struct writer_calls *calls);

#endif
