/*
 * matrix_ask.h - one question to the homeserver, with whatever token is in
 * force.
 *
 * A question that needs the login waits while that is being renewed, and is put
 * once more where the homeserver says that its token is not valid any longer.
 * So whoever asks knows of no token.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_ASK_H
#define ADAPTERS_CHANNELS_MATRIX_ASK_H

#include "adapters/http.h"
#include "bot/base/error.h"

struct matrix;
struct matrix_job;

struct matrix_question {
    const char *method, *url;
    const char *body; /* NULL for none */
    size_t body_bytes;
    const char *body_type; /* NULL: it is JSON */
    bool anonymous;        /* without the token; redirects are followed */
    int64_t deadline_ms;   /* 0: 30 s */
    size_t answer_max;     /* bytes; 0: 64 KiB */
};

/* Questions that wait or are under way; {0} is empty. */
struct matrix_job_list {
    struct matrix_job *first;
};

/* All strings are copied.  Where the login cannot be had, done gets that as its
 * failure. */
struct request *matrix_ask(struct matrix *matrix,
        const struct matrix_question *question, http_done_fn *done,
        void *cookie);

/* The login is settled: lets those go on who wait for it, or fails them. */
void matrix_ask_release(struct matrix *matrix, const struct error *err);

/* Calls all of them off. */
void matrix_ask_cancel_all(struct matrix *matrix);

#endif
