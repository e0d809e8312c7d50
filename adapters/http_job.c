#include "adapters/http_job.h"

#include "adapters/http_url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    DEADLINE_MS = 60 * 1000,        /* as http.h promises */
    ANSWER_MAX_BYTES = 1024 * 1024, /* likewise */
    CONNECT_MS = 15 * 1000,
    SLOW_BYTES_PER_S = 1,
    SLOW_LEAST_S = 30,
    HOPS_MAX = 3,
    /* A POST takes a connection that was used just before, not one whose server
     * may be about to close it: some do after five seconds. */
    POST_IDLE_MAX_S = 3,
};

/* --- the copy --- */

static bool is_one_line(const char *string)
{
    return strpbrk(string, "\r\n") == NULL;
}

static void copy_headers(struct http_job *job, const char *const *headers)
{
    size_t count = 0;

    while (headers != NULL && headers[count] != NULL)
        count++;
    job->headers = arena_array(&job->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (is_one_line(headers[i]))
            job->headers[job->header_count++] =
                    arena_string(&job->arena, headers[i]);
        else
            error_set(&job->refusal, ERROR_INPUT,
                    "a request's header must be one line");
    }
}

/* Whether http:// will do there. */
static bool goes_plain(const struct http_job *job, const struct http_url *parts)
{
    return parts->loopback || (job->nearby && parts->nearby);
}

static void check_url(struct http_job *job)
{
    const struct http_url *parts = &job->parts;

    job->host = "";
    if (!http_url_parse(job->url, &job->arena, &job->parts)) {
        error_set(&job->refusal, ERROR_INPUT,
                "not an address that can be asked: an https:// address is "
                "needed");
        return;
    }
    job->host = parts->host;
    if (!parts->secure && !goes_plain(job, parts))
        error_set(&job->refusal, ERROR_INPUT,
                "%s: http:// goes to this machine only, elsewhere https:// is "
                "needed",
                parts->host);
}

struct http_job *http_job_new(const struct http_request *request)
{
    struct arena arena = {0};
    struct http_job *job = arena_new(&arena, struct http_job);

    job->arena = arena;
    job->method = arena_string(&job->arena, request->method);
    job->url = arena_string(&job->arena, request->url);
    job->user_agent = arena_string(&job->arena,
            request->user_agent != NULL ? request->user_agent
                                        : "paperboy/" PAPERBOY_VERSION);
    if (request->body != NULL)
        job->body =
                arena_string_n(&job->arena, request->body, request->body_bytes);
    job->body_bytes = request->body != NULL ? request->body_bytes : 0;
    job->deadline_ms =
            request->deadline_ms > 0 ? request->deadline_ms : DEADLINE_MS;
    job->answer_max =
            request->answer_max > 0 ? request->answer_max : ANSWER_MAX_BYTES;
    job->not_before_ms = request->not_before_ms;
    job->gap_ms = request->pace.gap_ms;
    job->follow = request->follow_redirects;
    job->nearby = request->nearby;
    job->beginning_is_enough = request->beginning_is_enough;
    job->wanted_header = request->wanted_header == NULL
            ? NULL
            : arena_string(&job->arena, request->wanted_header);
    copy_headers(job, request->headers);
    check_url(job);
    return job;
}

void http_job_free(struct http_job *job)
{
    struct arena arena = job->arena;
    arena_finish(&arena);
}

/* --- a leg --- */

static size_t on_body(char *data, size_t size, size_t count, void *ctx)
{
    struct http_job *job = ctx;
    size_t length = size * count;

    if (job->answer.length + length > job->answer_max) {
        job->over_cap = true;
        return 0; /* ends the transfer */
    }
    text_add_n(&job->answer, data, length);
    return length;
}

/* When a kept connection turns out dead, curl sends again by itself; the server
 * may have acted on the first.  So a POST that has left does not leave again;
 * GET and PUT may go twice, which is what they are for. */
/* NOLINTNEXTLINE(readability-non-const-parameter): curl says what it is. */
static int on_departure(void *ctx, char *their_address, char *our_address,
        int their_port, int our_port)
{
    struct http_job *job = ctx;
    long sent_bytes = 0;

    (void)their_address;
    (void)our_address;
    (void)their_port;
    (void)our_port;
    curl_easy_getinfo(job->easy, CURLINFO_REQUEST_SIZE, &sent_bytes);
    job->given_up = job->departures++ > 0 && sent_bytes > 0;
    return job->given_up ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static void set_method(struct http_job *job)
{
    CURL *easy = job->easy;

    if (job->body != NULL || strcmp(job->method, "POST") == 0) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                (curl_off_t)job->body_bytes);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                job->body != NULL ? job->body : "");
    }
    if (strcmp(job->method, "HEAD") == 0)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (strcmp(job->method, "GET") != 0 || job->body != NULL)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, job->method);
    if (strcmp(job->method, "POST") == 0) {
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_departure);
        curl_easy_setopt(easy, CURLOPT_PREREQDATA, job);
        curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)POST_IDLE_MAX_S);
    }
}

static bool set_headers(struct http_job *job)
{
    /* "Expect: 100-continue" would cost a round trip, and a second where the
     * server does not know it. */
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");

    for (size_t i = 0; list != NULL && i < job->header_count; i++) {
        struct curl_slist *longer = curl_slist_append(list, job->headers[i]);
        if (longer == NULL)
            curl_slist_free_all(list);
        list = longer;
    }
    job->header_list = list;
    curl_easy_setopt(job->easy, CURLOPT_HTTPHEADER, list);
    return list != NULL;
}

static void set_limits(struct http_job *job, int64_t time_left_ms)
{
    CURL *easy = job->easy;
    long slow_s = (long)(job->deadline_ms / 2000);

    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)time_left_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_PER_S);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
            slow_s > SLOW_LEAST_S ? slow_s : (long)SLOW_LEAST_S);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* Else breaking off waits for the resolver's thread, and with it the whole
     * loop. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

/* The library, unlike the curl tool, knows nothing of these variables. */
static void set_trust(CURL *easy)
{
    const char *bundle = getenv("CURL_CA_BUNDLE");
    const char *folder = getenv("SSL_CERT_DIR");

    if (bundle == NULL || bundle[0] == '\0')
        bundle = getenv("SSL_CERT_FILE");
    if (bundle != NULL && bundle[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, bundle);
    if (folder != NULL && folder[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
}

static void set_way(struct http_job *job)
{
    const struct http_url *parts = &job->parts;

    curl_easy_setopt(job->easy, CURLOPT_PROTOCOLS_STR,
            goes_plain(job, parts) ? "http,https" : "https");
    /* A proxy would take "this machine" for itself, and see all of a plain
     * request.  Elsewhere curl reads https_proxy and no_proxy from the
     * environment. */
    if (parts->loopback || !parts->secure)
        curl_easy_setopt(job->easy, CURLOPT_PROXY, "");
}

bool http_job_prepare(struct http_job *job, CURL *easy, int64_t time_left_ms,
        struct error *err)
{
    job->easy = easy;
    if (easy == NULL || !set_headers(job))
        return error_set(err, ERROR_RETRY, "%s: out of memory", job->host);
    text_init(&job->answer, &job->arena, job->answer_max);
    job->over_cap = job->given_up = false;
    job->departures = 0;
    job->curl_words[0] = '\0';
    set_method(job);
    set_limits(job, time_left_ms);
    set_trust(job->easy);
    set_way(job);
    curl_easy_setopt(job->easy, CURLOPT_URL, job->url);
    curl_easy_setopt(job->easy, CURLOPT_USERAGENT, job->user_agent);
    curl_easy_setopt(job->easy, CURLOPT_PRIVATE, job);
    curl_easy_setopt(job->easy, CURLOPT_ERRORBUFFER, job->curl_words);
    curl_easy_setopt(job->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(job->easy, CURLOPT_WRITEDATA, job);
    return true;
}

CURL *http_job_drop_leg(struct http_job *job)
{
    CURL *easy = job->easy;

    curl_slist_free_all(job->header_list);
    job->easy = NULL;
    job->header_list = NULL;
    return easy;
}

int64_t http_job_lead_ms(const struct http_job *job)
{
    curl_off_t lead_us = 0;

    if (job->easy == NULL)
        return 0;
    curl_easy_getinfo(job->easy, CURLINFO_PRETRANSFER_TIME_T, &lead_us);
    return (int64_t)(lead_us / 1000);
}

/* --- redirects --- */

/* Only what says which form of the answer we want may go to another place;
 * Authorization goes nowhere a redirect leads. */
static void keep_harmless_headers(struct http_job *job)
{
    static const char *const harmless[] = {"Accept:", "Accept-Language:",
            "If-None-Match:", "If-Modified-Since:"};
    size_t kept = 0;

    for (size_t i = 0; i < job->header_count; i++)
        for (size_t n = 0; n < sizeof harmless / sizeof harmless[0]; n++)
            if (strncasecmp(job->headers[i], harmless[n],
                        strlen(harmless[n])) == 0)
                job->headers[kept++] = job->headers[i];
    job->header_count = kept;
}

bool http_job_redirect(struct http_job *job, const char *location,
        struct error *err)
{
    const struct http_url *from = &job->parts;
    struct http_url to = {0};

    if (job->hops == HOPS_MAX)
        return error_set(err, ERROR_RETRY, "%s: more than %d redirects",
                job->host, HOPS_MAX);
    char *url = http_url_join(&job->arena, job->url, location);
    if (url == NULL || !http_url_parse(url, &job->arena, &to))
        return error_set(err, ERROR_RETRY,
                "%s: redirects to what is no address", job->host);
    /* A stranger must not make us ask the services of this machine. */
    if (to.loopback ? !text_same(from->host, to.host) : !to.secure)
        return error_set(err, ERROR_RETRY,
                "%s: redirects to %s, where it must not lead (https:// to "
                "another machine is needed)",
                job->host, to.host);
    job->hops++;
    job->url = url;
    job->parts = to;
    job->host = to.host;
    keep_harmless_headers(job);
    return true;
}
