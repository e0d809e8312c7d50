#include "adapters/http_answer.h"

#include <stdlib.h>
#include <string.h>

enum {
    WAIT_MAX_S =
            10 * 24 * 3600, /* so that no server makes a product overflow */
};

static const char *header(struct http_job *job, const char *name)
{
    struct curl_header *found;

    if (curl_easy_header(job->easy, name, 0, CURLH_HEADER, -1, &found) !=
            CURLHE_OK)
        return "";
    return arena_string(&job->arena, found->value);
}

/* Both forms of RFC 9110, 10.2.3.  A date is measured by the server's own clock
 * where it tells it, so that ours may be wrong. */
static int64_t wait_ms(struct http_job *job)
{
    const char *value = header(job, "Retry-After");
    char *end;

    if (value[0] == '\0')
        return 0;
    int64_t seconds = strtoll(value, &end, 10);
    end += strspn(end, " \t");
    if (*end != '\0' || end == value) {
        int64_t until = (int64_t)curl_getdate(value, NULL);
        int64_t now = (int64_t)curl_getdate(header(job, "Date"), NULL);
        if (until < 0)
            return 0;
        if (now < 0)
            now = clock_now_ms(&loop_system_clock) / 1000;
        seconds = until - now;
    }
    if (seconds < 0)
        return 0;
    return (seconds < WAIT_MAX_S ? seconds : WAIT_MAX_S) * 1000;
}

/* What is asked of a proxy counts as sent bytes, too, but before the connection
 * stands. */
static bool had_left(const struct http_job *job)
{
    long sent_bytes = 0;
    curl_off_t ready_us = 0;

    curl_easy_getinfo(job->easy, CURLINFO_REQUEST_SIZE, &sent_bytes);
    curl_easy_getinfo(job->easy, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    return job->given_up || (sent_bytes > 0 && ready_us > 0);
}

static bool explain(const struct http_job *job, CURLcode result,
        struct error *err)
{
    const char *words = job->curl_words[0] != '\0' ? job->curl_words
                                                   : curl_easy_strerror(result);

    if (job->over_cap)
        return error_set(err, ERROR_INPUT,
                "%s: the answer is longer than %zu bytes", job->host,
                job->answer_max);
    if (job->given_up)
        return error_set(err, ERROR_RETRY,
                "%s: the connection ended without an answer", job->host);
    enum error_kind kind = result == CURLE_URL_MALFORMAT ||
                    result == CURLE_UNSUPPORTED_PROTOCOL
            ? ERROR_INPUT
            : ERROR_RETRY;
    return error_set(err, kind, "%s: %s", job->host, words);
}

bool http_answer_read(struct http_job *job, CURLcode result,
        struct http_answer *answer, struct error *err)
{
    long status = 0;

    curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
    *answer = (struct http_answer){
            .status = (int)status,
            .body = text_string(&job->answer),
            .body_bytes = job->answer.length,
            .content_type = header(job, "Content-Type"),
            .etag = header(job, "ETag"),
            .last_modified = header(job, "Last-Modified"),
            .wanted = job->wanted_header != NULL
                    ? header(job, job->wanted_header)
                    : "",
            .retry_after_ms = wait_ms(job),
            .started_ms = job->started_wall_ms,
    };
    /* The status of an error says it all, however long its page is. */
    if (result == CURLE_OK ||
            (job->over_cap && (status >= 400 || job->beginning_is_enough)))
        return true;
    answer->maybe_taken = had_left(job);
    return explain(job, result, err);
}

const char *http_answer_location(struct http_job *job,
        const struct http_answer *answer)
{
    int status = answer->status;

    if (status != 301 && status != 302 && status != 303 && status != 307 &&
            status != 308)
        return NULL;
    const char *location = header(job, "Location");
    return location[0] != '\0' ? location : NULL;
}
