#include "adapters/channels/matrix_ask.h"

#include "adapters/channels/matrix.h"
#include "bot/base/text.h"

enum {
    DEADLINE_MS = 30 * 1000,
    ANSWER_MAX_BYTES = 64 * 1024, /* the largest is the list of versions */
    REFUSAL_MAX_BYTES = 64 * 1024,
};

struct matrix_job {
    struct request request; /* first */
    struct matrix *matrix;
    struct matrix_job *previous, *next;
    struct arena arena;
    struct matrix_question question;
    http_done_fn *done;
    void *cookie;
    const char *token;        /* that it was put with */
    struct request *http;     /* under way */
    struct loop_timer *timer; /* to end without having asked */
    struct error failure;     /* with that */
    bool waiting;             /* for the login */
    bool released;            /* which is settled: its turn comes */
    bool again;               /* put a second time */
};

static void begin(struct matrix_job *job);

static void take_out(struct matrix_job *job)
{
    if (job->previous != NULL)
        job->previous->next = job->next;
    else
        job->matrix->jobs.first = job->next;
    if (job->next != NULL)
        job->next->previous = job->previous;
    request_cancel(job->http);
    loop_timer_stop(job->timer);
    job->http = NULL;
    job->timer = NULL;
}

static void free_job(struct matrix_job *job)
{
    struct arena arena = job->arena;

    arena_finish(&arena);
}

static void cancel(struct request *request)
{
    struct matrix_job *job = (struct matrix_job *)request;

    take_out(job);
    free_job(job);
}

static void end(struct matrix_job *job, const struct http_answer *answer,
        const struct error *failure)
{
    take_out(job);
    job->done(job->cookie, answer, failure);
    free_job(job);
}

static void end_unasked(void *ctx)
{
    struct matrix_job *job = ctx;
    static const struct http_answer none = {.body = "",
            .content_type = "",
            .etag = "",
            .last_modified = "",
            .wanted = ""};

    job->timer = NULL;
    end(job, &none, &job->failure);
}

static void fail_soon(struct matrix_job *job, const struct error *failure)
{
    job->failure = *failure;
    job->timer =
            loop_timer_start(job->matrix->transport->loop, 0, end_unasked, job);
}

/* --- refusals of the token --- */

static bool refuses_token(const struct http_answer *answer, struct json *json)
{
    const char *code = "";

    return (answer->status == 401 || answer->status == 403) &&
            json_parse(json, answer->body, answer->body_bytes,
                    REFUSAL_MAX_BYTES, NULL) &&
            json_text_or(json, json->root, "errcode", "", &code, NULL) &&
            text_same(code, "M_UNKNOWN_TOKEN");
}

/* True if the answer was only that the token is not valid: the question is put
 * once more, or the login is dead, which says more. */
static bool is_dealt_with(struct matrix_job *job,
        const struct http_answer *answer)
{
    struct json json = {0};
    bool refused = !job->question.anonymous && refuses_token(answer, &json);
    bool again = refused &&
            matrix_login_refused(job->matrix, job->token, &json) && !job->again;
    const struct error *dead = &job->matrix->login.dead;

    json_close(&json);
    if (again) {
        job->again = true;
        begin(job);
    } else if (refused && dead->kind != ERROR_NONE) {
        fail_soon(job, dead);
    } else {
        return false;
    }
    return true;
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_job *job = cookie;

    job->http = NULL;
    if (failure != NULL || !is_dealt_with(job, answer))
        end(job, answer, failure);
}

/* --- asking --- */

static void put(struct matrix_job *job)
{
    const struct matrix_question *question = &job->question;
    const char *headers[4];
    size_t count = 0;

    headers[count++] = "Accept: application/json";
    if (question->body != NULL)
        headers[count++] = arena_format(&job->arena, "Content-Type: %s",
                question->body_type != NULL ? question->body_type
                                            : "application/json");
    if (!question->anonymous) {
        job->token = arena_string(&job->arena, job->matrix->login.token);
        headers[count++] = arena_format(&job->arena, "Authorization: Bearer %s",
                job->token);
    }
    headers[count] = NULL;
    const struct http_request request = {
            .method = question->method,
            .url = question->url,
            .headers = headers,
            .body = question->body,
            .body_bytes = question->body_bytes,
            .deadline_ms = question->deadline_ms > 0 ? question->deadline_ms
                                                     : DEADLINE_MS,
            .answer_max = question->answer_max > 0 ? question->answer_max
                                                   : ANSWER_MAX_BYTES,
            .follow_redirects = question->anonymous,
    };
    job->http =
            http_send(job->matrix->transport->http, &request, on_answer, job);
}

static void begin(struct matrix_job *job)
{
    struct matrix *matrix = job->matrix;
    const struct matrix_login *login = &matrix->login;
    bool dead = login->dead.kind != ERROR_NONE;

    if (job->question.anonymous ||
            (!dead && !login->renewing && matrix_login_is_good(matrix))) {
        put(job);
    } else if (dead) {
        fail_soon(job, &login->dead);
    } else {
        job->waiting = true;
        matrix_login_renew(matrix);
    }
}

static void copy_question(struct matrix_job *job,
        const struct matrix_question *question)
{
    struct arena *arena = &job->arena;

    job->question = *question;
    job->question.method = arena_string(arena, question->method);
    job->question.url = arena_string(arena, question->url);
    if (question->body != NULL)
        job->question.body =
                arena_string_n(arena, question->body, question->body_bytes);
    if (question->body_type != NULL)
        job->question.body_type = arena_string(arena, question->body_type);
}

struct request *matrix_ask(struct matrix *matrix,
        const struct matrix_question *question, http_done_fn *done,
        void *cookie)
{
    struct arena arena = {0};
    struct matrix_job *job = arena_new(&arena, struct matrix_job);

    job->arena = arena;
    job->request.cancel = cancel;
    job->matrix = matrix;
    job->done = done;
    job->cookie = cookie;
    copy_question(job, question);
    job->next = matrix->jobs.first;
    if (job->next != NULL)
        job->next->previous = job;
    matrix->jobs.first = job;
    begin(job);
    return &job->request;
}

/* --- those who wait --- */

static struct matrix_job *first_released(const struct matrix *matrix)
{
    for (struct matrix_job *at = matrix->jobs.first; at != NULL; at = at->next)
        if (at->released)
            return at;
    return NULL;
}

void matrix_ask_release(struct matrix *matrix, const struct error *err)
{
    struct matrix_job *job;

    /* Marked first: who is told of a failure may ask again at once, and that
     * job waits for the next renewal. */
    for (job = matrix->jobs.first; job != NULL; job = job->next) {
        job->released = job->waiting;
        job->waiting = false;
    }
    while ((job = first_released(matrix)) != NULL) {
        job->released = false;
        if (err != NULL)
            fail_soon(job, err);
        else
            begin(job);
    }
}

void matrix_ask_cancel_all(struct matrix *matrix)
{
    while (matrix->jobs.first != NULL)
        cancel(&matrix->jobs.first->request);
}
