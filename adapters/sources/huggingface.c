#include "adapters/sources/huggingface.h"

#include "adapters/http_url.h"
#include "adapters/sources/page_call.h"
#include "adapters/sources/user_agent.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"
#include "bot/base/text.h"

#include <stdlib.h>

enum {
    GAP_MS = 3000, /* nobody asks for it; as we do elsewhere */
    DEADLINE_MS = 60 * 1000,
    ANSWER_MAX = 16 * 1024 * 1024, /* 100 papers have some 1 MiB */
    PAGE = 50, /* papers in an answer, where limit= is not given */
};

struct huggingface {
    struct source source; /* first */
    struct http *http;
    struct arena arena;
    const char *url, *user_agent;
    struct page_calls calls;
};

/* --- what came back --- */

static bool read_page(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    const struct page_question *question = page_call_question(call);
    struct source_summary *summary = &page->summary;

    if (answer->status != 200)
        return http_status_error(answer, err);
    if (!page_call_papers(call, answer, summary, err))
        return false;
    if (!text_starts(summary->format, "Hugging Face"))
        return error_set(err, ERROR_INPUT,
                "the answer is %s; url should be such as "
                "https://huggingface.co/api/daily_papers",
                summary->format);
    if (summary->records + summary->rejected >= PAGE)
        page->continuation = arena_format(page_call_arena(call), "%lu",
                strtoul(question->continuation, NULL, 10) + 1);
    return true;
}

/* --- asking --- */

static struct request *ask(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    struct huggingface *face = (struct huggingface *)source;
    struct arena arena = {0};
    char day[CIVIL_DATE_SIZE];

    civil_date_format(range->since, day);
    const struct http_request request = {
            .method = "GET",
            .url = arena_format(&arena, "%s?date=%s%s%s", face->url, day,
                    *range->continuation == '\0' ? "" : "&p=",
                    range->continuation),
            .headers = headers,
            .user_agent = face->user_agent,
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX,
            .not_before_ms = range->not_before_ms,
            .pace = {.name = "huggingface", .gap_ms = GAP_MS},
            .follow_redirects = true,
    };
    const struct page_question question = {
            .read = read_page,
            .archive = "Hugging Face",
            .subject = day,
            .continuation = range->continuation,
    };
    struct request *begun = page_call_begin(&face->calls, face->http, &request,
            &question, sink, done, cookie);
    arena_finish(&arena);
    return begun;
}

/* --- the source --- */

static void face_close(struct source *source)
{
    struct huggingface *face = (struct huggingface *)source;

    page_call_cancel_all(&face->calls);
    arena_finish(&face->arena);
    free(face);
}

static const struct source_ops ops = {
        .kind = "huggingface",
        .gap_ms = GAP_MS,
        .page = ask,
        .close = face_close,
};

static struct source *face_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    if (*settings->contact == '\0') {
        error_set(err, ERROR_INPUT,
                "[source %s]: it should be known who asks; right would be "
                "[bot] contact = you@example.org",
                settings->name);
        return NULL;
    }
    struct huggingface *face = calloc(1, sizeof *face);
    if (face == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    face->source.ops = &ops;
    face->http = transport->http;
    face->url = arena_string(&face->arena,
            settings_get(settings, "url",
                    "https://huggingface.co/api/daily_papers"));
    face->user_agent = user_agent_of(&face->arena, settings->contact);
    return &face->source;
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .help = "where the daily papers are: "
                        "https://huggingface.co/api/daily_papers",
                .flaw = http_url_flaw,
        },
        {.key = NULL},
};

const struct source_kind huggingface_kind = {
        .kind = "huggingface",
        .use = SOURCE_VOTES,
        .keys = keys,
        .open = face_open,
};
