#include "adapters/http.h"

#include "adapters/http_answer.h"
#include "adapters/http_job.h"
#include "adapters/http_wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
    SENDS_MAX = 32, /* to one host at a time */
    /* The wall clock may be set while we wait for it. */
    LOOK_AGAIN_MS = 60 * 1000,
    /* Of an answer's body, in an error: white space and control characters
     * may go from what is read. */
    SHOWN_BYTES = 160,
    READ_BYTES = 640,
};

struct http_pace_state {
    struct http_pace_state *next;
    const char *name;
    bool busy;       /* one of its requests is under way */
    bool used;       /* last_ms says something */
    int64_t last_ms; /* monotonic: when the last one left */
};

/* A host to which something is sent just now. */
struct http_host {
    struct http_host *next;
    unsigned sends;
    char name[];
};

struct http_jobs { /* in the order they came */
    struct http_job *first, *last;
};

struct http {
    struct loop *loop;
    struct http_wire *wire;
    struct arena arena; /* of the paces, of which there are few */
    struct http_pace_state *paces;
    struct http_host *hosts;
    struct http_jobs waiting, flying;
    struct loop_timer *timer; /* for the next look at who may begin */
    int64_t look_ms;          /* when that is; monotonic */
};

static int64_t monotonic_ms(const struct http *http)
{
    uv_loop_t *native = loop_native(http->loop);

    uv_update_time(native);
    return (int64_t)uv_now(native);
}

/* --- the list of jobs --- */

static void append(struct http_jobs *jobs, struct http_job *job)
{
    job->previous = jobs->last;
    if (jobs->last != NULL)
        jobs->last->next = job;
    else
        jobs->first = job;
    jobs->last = job;
}

static void take_out(struct http_jobs *jobs, struct http_job *job)
{
    if (job->previous != NULL)
        job->previous->next = job->next;
    else
        jobs->first = job->next;
    if (job->next != NULL)
        job->next->previous = job->previous;
    else
        jobs->last = job->previous;
    job->previous = job->next = NULL;
}

/* --- hosts --- */

/* A question may stay open for long: it takes nobody's place. */
static bool is_send(const struct http_job *job)
{
    return strcmp(job->method, "GET") != 0 && job->refusal.kind == ERROR_NONE;
}

static struct http_host **find_host(struct http *http, const char *name)
{
    struct http_host **at = &http->hosts;

    while (*at != NULL && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    return at;
}

static bool host_is_full(const struct http_job *job)
{
    if (!is_send(job))
        return false;
    const struct http_host *host = *find_host(job->http, job->host);
    return host != NULL && host->sends >= SENDS_MAX;
}

/* Never for a redirected job: only a GET is. */
static void enter_host(struct http_job *job)
{
    struct http_host **at = find_host(job->http, job->host);
    size_t size = strlen(job->host) + 1;

    if (!is_send(job))
        return;
    if (*at == NULL) {
        *at = malloc(sizeof **at + size);
        if (*at == NULL)
            abort(); /* as an arena without memory */
        **at = (struct http_host){0};
        memcpy((*at)->name, job->host, size);
    }
    (*at)->sends++;
}

static void leave_host(struct http_job *job)
{
    struct http_host **at = find_host(job->http, job->host);
    struct http_host *host = *at;

    if (!is_send(job) || host == NULL || --host->sends > 0)
        return;
    *at = host->next;
    free(host);
}

/* --- who may begin when --- */

static struct http_pace_state *find_pace(struct http *http, const char *name)
{
    if (name == NULL)
        return NULL;
    struct http_pace_state *pace = http->paces;
    while (pace != NULL && strcmp(pace->name, name) != 0)
        pace = pace->next;
    if (pace != NULL)
        return pace;
    pace = arena_new(&http->arena, struct http_pace_state);
    pace->name = arena_string(&http->arena, name);
    pace->next = http->paces;
    http->paces = pace;
    return pace;
}

/* 0: now; INT64_MAX: when another has ended. */
static int64_t wait_ms(const struct http_job *job, int64_t now, int64_t wall)
{
    const struct http_pace_state *pace = job->pace;
    int64_t wait = 0;

    if (job->refusal.kind != ERROR_NONE)
        return 0;
    if (job->not_before_ms > wall)
        wait = job->not_before_ms - wall;
    /* A redirected job has the pace to itself until it ends, but not the right
     * to be faster. */
    if (pace != NULL && pace->busy && !job->begun)
        return INT64_MAX;
    if (!job->begun && host_is_full(job))
        return INT64_MAX;
    if (pace != NULL && pace->used && pace->last_ms + job->gap_ms - now > wait)
        wait = pace->last_ms + job->gap_ms - now;
    return wait < LOOK_AGAIN_MS ? wait : LOOK_AGAIN_MS;
}

static void look(void *ctx);

/* Sooner than that if it was to be sooner. */
static void look_in(struct http *http, int64_t delay_ms)
{
    int64_t look_ms = monotonic_ms(http) + delay_ms;

    if (http->timer != NULL && http->look_ms <= look_ms)
        return;
    loop_timer_stop(http->timer);
    http->timer = loop_timer_start(http->loop, delay_ms, look, http);
    http->look_ms = look_ms;
}

/* Notes when the leg's request left, as long as curl knows it. */
static void note_departure(struct http_job *job)
{
    int64_t lead_ms = http_job_lead_ms(job);

    if (job->pace != NULL)
        job->pace->last_ms = job->begun_ms + lead_ms;
    if (job->hops == 0)
        job->started_wall_ms += lead_ms;
}

/* Off the wire and out of the list; the next of its pace may begin. */
static void leave(struct http_job *job)
{
    struct http *http = job->http;

    if (job->easy != NULL)
        note_departure(job);
    http_wire_give_back(http->wire, http_job_drop_leg(job));
    if (job->pace != NULL && job->begun)
        job->pace->busy = false;
    if (job->begun)
        leave_host(job);
    take_out(job->stage == HTTP_UNDER_WAY ? &http->flying : &http->waiting,
            job);
    if (http->waiting.first != NULL)
        look_in(http, 0);
}

/* --- ends --- */

static void finish(struct http_job *job, const struct http_answer *answer,
        const struct error *err)
{
    leave(job);
    job->stage = HTTP_DONE;
    job->done(job->cookie, answer, err);
    http_job_free(job);
}

static void fail(struct http_job *job, const struct error *err)
{
    const struct http_answer none = {.body = "",
            .content_type = "",
            .etag = "",
            .last_modified = "",
            .wanted = "",
            .started_ms = job->started_wall_ms};

    finish(job, &none, err);
}

static void cancel(struct request *request)
{
    struct http_job *job = (struct http_job *)request;

    if (job->stage == HTTP_DONE)
        return;
    if (job->stage == HTTP_UNDER_WAY)
        http_wire_remove(job->http->wire, job->easy);
    leave(job);
    http_job_free(job);
}

/* --- begins --- */

static bool begin(struct http_job *job, struct error *err)
{
    struct http *http = job->http;
    int64_t now = monotonic_ms(http);

    if (job->refusal.kind != ERROR_NONE) {
        *err = job->refusal;
        return false;
    }
    if (!job->begun) {
        enter_host(job);
        job->first_begun_ms = now;
        job->started_wall_ms = clock_now_ms(&loop_system_clock);
    }
    job->begun = true;
    job->begun_ms = now;
    if (job->pace != NULL) {
        job->pace->busy = job->pace->used = true;
        job->pace->last_ms = now;
    }
    int64_t left_ms = job->first_begun_ms + job->deadline_ms - now;
    if (left_ms <= 0)
        return error_set(err, ERROR_RETRY,
                "%s: no answer within %lld ms, redirects included", job->host,
                (long long)job->deadline_ms);
    if (!http_job_prepare(job, http_wire_handle(http->wire), left_ms, err) ||
            !http_wire_add(http->wire, job->easy, err))
        return false;
    take_out(&http->waiting, job);
    append(&http->flying, job);
    job->stage = HTTP_UNDER_WAY;
    return true;
}

/* The first job that may begin now, or NULL and how long until one may. */
static struct http_job *next_ready(struct http *http, int64_t *least_ms)
{
    int64_t now = monotonic_ms(http);
    int64_t wall = clock_now_ms(&loop_system_clock);

    *least_ms = INT64_MAX;
    for (struct http_job *job = http->waiting.first; job != NULL;
            job = job->next) {
        int64_t wait = wait_ms(job, now, wall);
        if (wait <= 0)
            return job;
        if (wait < *least_ms)
            *least_ms = wait;
    }
    return NULL;
}

/* Begins all that may.  Starts from the front each time, because a job that
 * fails at once calls its asker, who may send and cancel. */
static void look(void *ctx)
{
    struct http *http = ctx;
    struct http_job *job;
    int64_t least_ms;

    http->timer = NULL;
    while ((job = next_ready(http, &least_ms)) != NULL) {
        struct error err = {0};
        if (!begin(job, &err))
            fail(job, &err);
    }
    if (least_ms != INT64_MAX)
        look_in(http, least_ms);
}

/* --- answers --- */

/* True if the job goes on to where the answer points. */
static bool goes_on(struct http_job *job, const struct http_answer *answer,
        struct error *err)
{
    const char *location = http_answer_location(job, answer);

    if (!job->follow || location == NULL || strcmp(job->method, "GET") != 0)
        return false;
    if (!http_job_redirect(job, location, err))
        return false;
    note_departure(job);
    http_wire_give_back(job->http->wire, http_job_drop_leg(job));
    take_out(&job->http->flying, job);
    append(&job->http->waiting, job);
    job->stage = HTTP_WAITING;
    look_in(job->http, 0);
    return true;
}

static void on_wire_done(void *ctx, CURL *easy, CURLcode result)
{
    (void)ctx;
    struct http_answer answer;
    struct error err = {0};
    struct http_job *job = NULL;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &job);
    bool answered = http_answer_read(job, result, &answer, &err);
    if (answered && goes_on(job, &answer, &err))
        return;
    finish(job, &answer, err.kind == ERROR_NONE ? NULL : &err);
}

/* --- public --- */

struct http *http_open(struct loop *loop, struct error *err)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct http *http = calloc(1, sizeof *http);
    if (http == NULL) {
        error_set(err, ERROR_STOP, "http: out of memory");
        goto cleanup_curl;
    }
    http->loop = loop;
    http->wire = http_wire_open(loop, on_wire_done, http, err);
    if (http->wire != NULL)
        return http;
    free(http);

cleanup_curl:
    curl_global_cleanup();
    return NULL;
}

void http_close(struct http *http)
{
    if (http == NULL)
        return;
    while (http->waiting.first != NULL)
        cancel(&http->waiting.first->request);
    while (http->flying.first != NULL)
        cancel(&http->flying.first->request);
    loop_timer_stop(http->timer);
    http_wire_close(http->wire);
    arena_finish(&http->arena);
    free(http);
    curl_global_cleanup();
}

struct request *http_send(struct http *http, const struct http_request *request,
        http_done_fn *done, void *cookie)
{
    struct http_job *job = http_job_new(request);

    job->request.cancel = cancel;
    job->http = http;
    job->pace = find_pace(http, request->pace.name);
    job->done = done;
    job->cookie = cookie;
    append(&http->waiting, job);
    look_in(http, 0);
    return &job->request;
}

static bool is_readable(const struct http_answer *answer)
{
    return text_starts(answer->content_type, "text/plain") ||
            text_starts(answer->content_type, "application/json");
}

static enum error_kind kind_of(int status)
{
    if (status == 408 || status == 429 || status >= 500)
        return ERROR_RETRY;
    if (status == 401 || status == 403 || status == 404 || status == 410)
        return ERROR_STOP;
    return ERROR_REJECTED;
}

bool http_status_error(const struct http_answer *answer, struct error *err)
{
    struct arena arena = {0};
    const char *words = "";

    if (is_readable(answer)) {
        size_t most = answer->body_bytes < READ_BYTES ? answer->body_bytes
                                                      : READ_BYTES;
        words = text_one_line(&arena, text_repair(&arena, answer->body, most));
        words = arena_string_n(&arena, words,
                text_prefix_bytes(words, SHOWN_BYTES));
    }
    error_set(err, kind_of(answer->status), "HTTP %d%s%s", answer->status,
            words[0] != '\0' ? ": " : "", words);
    if (err != NULL)
        err->retry_after_ms = answer->retry_after_ms;
    arena_finish(&arena);
    return false;
}
