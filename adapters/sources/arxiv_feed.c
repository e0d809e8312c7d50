#include "adapters/sources/arxiv_feed.h"

#include "adapters/http_url.h"
#include "adapters/sources/arxiv_archive.h"
#include "adapters/sources/arxiv_pace.h"
#include "adapters/sources/memory_stream.h"
#include "adapters/sources/papers_in.h"
#include "adapters/sources/user_agent.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    BEGINNING = 2048,    /* where an error's title stands */
    VALIDATOR_MAX = 512, /* arXiv's ETags have some 40 bytes */
};

struct fetch {
    struct request request; /* first: what the caller holds */
    struct arxiv_feed *feed;
    struct fetch *next;
    struct request *http;
    struct source_sink sink;
    source_done_fn *done;
    void *cookie;
    struct arena arena;
    const char *category, *validator;
    bool answered; /* on_answer is running and will free it */
    bool over;     /* ended or called off: nobody is to hear more */
};

struct arxiv_feed {
    struct source source; /* first */
    struct http *http;
    struct arena arena;
    const char *url, *user_agent;
    struct fetch *fetches; /* under way */
    struct arxiv_archive archive;
};

/* --- what came back --- */

static bool is_refused_query(const struct http_answer *answer)
{
    size_t length =
            answer->body_bytes < BEGINNING ? answer->body_bytes : BEGINNING;
    const char *found = strstr(answer->body, "Feed error for query");
    return found != NULL && (size_t)(found - answer->body) < length;
}

enum arxiv_feed_outcome arxiv_feed_classify(const struct http_answer *answer,
        const char *category, struct error *err)
{
    if (answer->status == 304)
        return ARXIV_FEED_UNCHANGED;
    if (arxiv_pace_exceeded(answer, err))
        return ARXIV_FEED_FAILED;
    if ((answer->status == 400 || answer->status == 200) &&
            is_refused_query(answer)) {
        error_set(err, ERROR_INPUT,
                "arXiv knows no category \"%s\"; right would be a code of "
                "arxiv.org/category_taxonomy such as cs.LG",
                category);
        return ARXIV_FEED_FAILED;
    }
    if (answer->status != 200) {
        http_status_error(answer, err);
        return ARXIV_FEED_FAILED;
    }
    if (answer->body_bytes == 0) {
        error_set(err, ERROR_RETRY, "an empty answer instead of a feed");
        return ARXIV_FEED_FAILED;
    }
    return ARXIV_FEED_PAPERS;
}

/* Who hears of a record may call the whole off; the rest is read to nobody. */
static void pass_record(void *ctx, const struct source_record *record)
{
    const struct fetch *fetch = ctx;
    if (!fetch->over)
        fetch->sink.record(fetch->sink.ctx, record);
}

static void pass_complaint(void *ctx, const struct source_complaint *complaint)
{
    const struct fetch *fetch = ctx;
    if (!fetch->over)
        fetch->sink.complaint(fetch->sink.ctx, complaint);
}

/* What is no feed today may be one in a quarter of an hour: a page of a proxy,
 * a file half written. */
static bool read_papers(struct fetch *fetch, const struct http_answer *answer,
        struct source_answer *result, struct error *err)
{
    struct memory_stream memory = {answer->body, answer->body_bytes};
    struct byte_stream stream = {.read = memory_stream_read, .ctx = &memory};
    struct source_sink sink = {pass_record, pass_complaint, fetch};

    if (!papers_in_read(&stream, &sink, &result->summary, err)) {
        err->kind = ERROR_RETRY;
        return error_wrap(err, "the feed");
    }
    if (!result->summary.announces)
        return error_set(err, ERROR_INPUT,
                "the answer is %s, which announces nothing; feed_url should "
                "be such as https://rss.arxiv.org/rss",
                result->summary.format);
    return true;
}

/* It is kept and sent back, so it must fit a header: a server that refuses its
 * own giant would be asked in vain for ever. */
static const char *fitting(const char *validator)
{
    size_t length = strlen(validator);

    for (size_t i = 0; i < length; i++)
        if (validator[i] < ' ' || validator[i] > '~')
            return "";
    return length <= VALIDATOR_MAX ? validator : "";
}

/* An ETag if there is one; a date stands for Last-Modified. */
static const char *validator_of(const struct http_answer *answer)
{
    const char *etag = fitting(answer->etag);

    return *etag != '\0' ? etag : fitting(answer->last_modified);
}

static bool take_answer(struct fetch *fetch, const struct http_answer *answer,
        struct source_answer *result, struct error *err)
{
    switch (arxiv_feed_classify(answer, fetch->category, err)) {
    case ARXIV_FEED_UNCHANGED:
        result->unchanged = true;
        result->validator = fetch->validator;
        return true;
    case ARXIV_FEED_PAPERS:
        result->complete = read_papers(fetch, answer, result, err);
        if (result->complete)
            result->validator = validator_of(answer);
        return result->complete;
    case ARXIV_FEED_FAILED:
    default:
        return false;
    }
}

/* --- asking --- */

static void fetch_leave(struct fetch *fetch)
{
    fetch->over = true;
    struct fetch **at = &fetch->feed->fetches;
    while (*at != fetch)
        at = &(*at)->next;
    *at = fetch->next;
}

static void fetch_free(struct fetch *fetch)
{
    arena_finish(&fetch->arena);
    free(fetch);
}

static void fetch_cancel(struct request *request)
{
    struct fetch *fetch = (struct fetch *)request;
    if (fetch->over)
        return;
    fetch_leave(fetch);
    if (fetch->answered)
        return;
    request_cancel(fetch->http);
    fetch_free(fetch);
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *http_err)
{
    struct fetch *fetch = cookie;
    struct error err = {0};
    struct source_answer result = {
            .summary = {.format = "unknown"},
            .validator = "",
            .asked_ms = answer->started_ms,
    };
    bool taken = false;

    fetch->answered = true;
    if (http_err == NULL) {
        taken = take_answer(fetch, answer, &result, &err);
    } else {
        /* What came before the connection broke is good. */
        if (answer->status == 200 && answer->body_bytes > 0)
            read_papers(fetch, answer, &result, &err);
        err = *http_err;
    }
    /* What will not get better by itself a person wants to look at. */
    if (!taken && err.kind == ERROR_STOP)
        error_wrap(&err, "%s/%s", fetch->feed->url, fetch->category);
    if (!taken)
        error_wrap(&err, "%s", fetch->category);
    if (!fetch->over) {
        fetch_leave(fetch); /* first: done may close the source */
        fetch->done(fetch->cookie, &result, taken ? NULL : &err);
    }
    fetch_free(fetch);
}

/* The header that asks for news only; NULL without a validator. */
static const char *condition(struct arena *arena, const char *validator)
{
    bool is_etag = *validator == '"' || text_starts(validator, "W/\"");
    if (*validator == '\0')
        return NULL;
    return arena_format(arena, "%s: %s",
            is_etag ? "If-None-Match" : "If-Modified-Since", validator);
}

static struct request *send_request(struct fetch *fetch,
        const struct source_query *query)
{
    const struct arxiv_feed *feed = fetch->feed;
    struct arena *arena = &fetch->arena;
    const char *const headers[] = {
            "Accept: application/rss+xml, application/xml;q=0.9",
            condition(arena, fetch->validator),
            NULL,
    };
    const struct http_request request = {
            .method = "GET",
            .url = arena_format(arena, "%s/%s", feed->url,
                    http_url_escape(arena, fetch->category)),
            .headers = headers,
            .user_agent = feed->user_agent,
            .deadline_ms = ARXIV_PACE_DEADLINE_MS,
            .answer_max = ARXIV_PACE_ANSWER_MAX,
            .not_before_ms = query->not_before_ms,
            .pace = arxiv_pace,
            .follow_redirects = true,
    };
    return http_send(feed->http, &request, on_answer, fetch);
}

static struct request *fetch_begin(struct source *source,
        const struct source_query *query, const struct source_sink *sink,
        source_done_fn *done, void *cookie)
{
    struct arxiv_feed *feed = (struct arxiv_feed *)source;
    struct fetch *fetch = calloc(1, sizeof *fetch);
    if (fetch == NULL)
        abort(); /* as an arena without memory */
    fetch->request.cancel = fetch_cancel;
    fetch->feed = feed;
    fetch->sink = *sink;
    fetch->done = done;
    fetch->cookie = cookie;
    fetch->category = arena_string(&fetch->arena, query->category);
    fetch->validator = arena_string(&fetch->arena, query->validator);
    fetch->next = feed->fetches;
    feed->fetches = fetch;
    fetch->http = send_request(fetch, query);
    return &fetch->request;
}

/* --- the source --- */

static struct request *page_begin(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct arxiv_feed *feed = (struct arxiv_feed *)source;
    return arxiv_archive_page(&feed->archive, range, sink, done, cookie);
}

static void feed_close(struct source *source)
{
    struct arxiv_feed *feed = (struct arxiv_feed *)source;
    arxiv_archive_finish(&feed->archive);
    while (feed->fetches != NULL)
        request_cancel(&feed->fetches->request);
    arena_finish(&feed->arena);
    free(feed);
}

static const struct source_ops ops = {
        .kind = "arxiv",
        .gap_ms = ARXIV_PACE_GAP_MS,
        .fetch = fetch_begin,
        .page = page_begin,
        .close = feed_close,
};

static const char *without_slash(struct arena *arena, const char *url)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/')
        length--;
    return arena_string_n(arena, url, length);
}

static void set_up(struct arxiv_feed *feed, const struct settings *settings,
        struct http *http)
{
    struct arena *arena = &feed->arena;

    feed->source.ops = &ops;
    feed->http = http;
    feed->url = without_slash(arena,
            settings_get(settings, "feed_url", "https://rss.arxiv.org/rss"));
    feed->user_agent = user_agent_of(arena, settings->contact);
    feed->archive = (struct arxiv_archive){
            .http = http,
            .api_url = arena_string(arena,
                    settings_get(settings, "api_url",
                            "https://export.arxiv.org/api/query")),
            .oai_url = arena_string(arena,
                    settings_get(settings, "oai_url",
                            "https://oaipmh.arxiv.org/oai")),
            .user_agent = feed->user_agent,
    };
}

static struct source *feed_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    if (*settings->contact == '\0') {
        error_set(err, ERROR_INPUT,
                "[source %s]: arXiv wants to know who asks; right would be "
                "[bot] contact = you@example.org",
                settings->name);
        return NULL;
    }
    struct arxiv_feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    set_up(feed, settings, transport->http);
    return &feed->source;
}

static const struct setting_spec keys[] = {
        {
                .key = "feed_url",
                .help = "where the announcement feeds are, without the "
                        "category: https://rss.arxiv.org/rss",
                .flaw = http_url_flaw,
        },
        {
                .key = "api_url",
                .help = "where the API is: https://export.arxiv.org/api/query",
                .flaw = http_url_flaw,
        },
        {
                .key = "oai_url",
                .help = "where OAI-PMH is: https://oaipmh.arxiv.org/oai",
                .flaw = http_url_flaw,
        },
        {.key = NULL},
};

const struct source_kind arxiv_feed_kind = {
        .kind = "arxiv",
        .keys = keys,
        .open = feed_open,
};
