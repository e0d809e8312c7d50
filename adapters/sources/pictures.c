#include "adapters/sources/pictures.h"

#include "adapters/http.h"
#include "adapters/http_url.h"
#include "adapters/sources/picture_head.h"
#include "adapters/sources/user_agent.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define PLACE "{id}"

enum {
    GAP_MS = 1000, /* one at a time, and not in a burst */
    DEADLINE_MS = 20 * 1000,
};

struct pictures_call {
    struct request request; /* first: what the asker holds */
    struct pictures_source *source;
    struct pictures_call *next;
    struct request *http;
    struct arena arena;
    const char *paper_id;
    source_picture_fn *done;
    void *cookie;
};

struct pictures_source {
    struct source source; /* first */
    struct http *http;
    struct arena arena;
    const char *url, *user_agent;
    struct pictures_call *calls;
};

/* --- the address --- */

static const char *address_of(const char *url, const char *paper_id,
        struct arena *arena)
{
    const char *place = strstr(url, PLACE);

    if (place == NULL)
        return arena_string(arena, url);
    return arena_format(arena, "%.*s%s%s", (int)(place - url), url, paper_id,
            place + strlen(PLACE));
}

static const char *url_flaw(const char *value)
{
    struct arena arena = {0};
    const char *place = strstr(value, PLACE);
    const char *flaw = http_url_flaw(address_of(value, "2210.11693", &arena));

    arena_finish(&arena);
    if (flaw == NULL && place != NULL && strstr(place + 1, PLACE) == NULL)
        return NULL;
    return "an https:// address with {id} where a paper's id belongs";
}

/* --- what came back --- */

/* Stores of files know no types of their own. */
static bool is_type(const char *header, const char *type)
{
    return *header == '\0' || text_starts(header, type) ||
            strstr(header, "octet-stream") != NULL;
}

static bool read_picture(const struct http_answer *answer,
        struct picture *picture, struct error *err)
{
    if (answer->status != 200)
        return http_status_error(answer, err);
    picture->bytes = answer->body;
    picture->length = answer->body_bytes;
    picture->fetched_ms = answer->started_ms;
    if (!picture_head_read(answer->body, answer->body_bytes, picture, err))
        return false;
    return is_type(answer->content_type, picture->type) ||
            error_set(err, ERROR_REJECTED, "it is said to be %.60s and is %s",
                    answer->content_type, picture->type);
}

static void leave(struct pictures_call *call)
{
    struct pictures_call **at = &call->source->calls;

    while (*at != call)
        at = &(*at)->next;
    *at = call->next;
}

static void free_call(struct pictures_call *call)
{
    arena_finish(&call->arena);
    free(call);
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct pictures_call *call = cookie;
    struct picture picture = {.paper_id = call->paper_id, .type = ""};
    struct error err = {0};
    bool ok = false;

    if (failure != NULL)
        err = *failure;
    else
        ok = read_picture(answer, &picture, &err);
    /* Whatever it is, it is so of this picture alone. */
    if (!ok && err.kind != ERROR_RETRY)
        err.kind = ERROR_REJECTED;
    leave(call); /* first: done may close the source */
    call->done(call->cookie, ok ? &picture : NULL, ok ? NULL : &err);
    free_call(call);
}

/* --- asking --- */

static void cancel(struct request *request)
{
    struct pictures_call *call = (struct pictures_call *)request;

    leave(call);
    request_cancel(call->http);
    free_call(call);
}

static struct request *ask(struct source *base, const char *paper_id,
        source_picture_fn *done, void *cookie)
{
    static const char *const headers[] =
            {"Accept: image/png, image/jpeg, image/webp", NULL};
    struct pictures_source *source = (struct pictures_source *)base;
    struct pictures_call *call = calloc(1, sizeof *call);

    if (call == NULL)
        abort(); /* as an arena without memory */
    call->request.cancel = cancel;
    call->source = source;
    call->paper_id = arena_string(&call->arena, paper_id);
    call->done = done;
    call->cookie = cookie;
    call->next = source->calls;
    source->calls = call;
    const struct http_request request = {
            .method = "GET",
            .url = address_of(source->url, paper_id, &call->arena),
            .headers = headers,
            .user_agent = source->user_agent,
            .deadline_ms = DEADLINE_MS,
            .answer_max = PICTURE_BYTES_MAX,
            .pace = {.name = "pictures", .gap_ms = GAP_MS},
            .follow_redirects = true,
    };
    call->http = http_send(source->http, &request, on_answer, call);
    return &call->request;
}

/* --- the source --- */

static void pictures_close(struct source *base)
{
    struct pictures_source *source = (struct pictures_source *)base;

    while (source->calls != NULL)
        request_cancel(&source->calls->request);
    arena_finish(&source->arena);
    free(source);
}

static const struct source_ops ops = {
        .kind = "pictures",
        .gap_ms = GAP_MS,
        .picture = ask,
        .close = pictures_close,
};

static struct source *pictures_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    struct pictures_source *source = calloc(1, sizeof *source);

    if (source == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    source->source.ops = &ops;
    source->http = transport->http;
    source->url =
            arena_string(&source->arena, settings_get(settings, "url", ""));
    source->user_agent = user_agent_of(&source->arena, settings->contact);
    return &source->source;
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .required = true,
                .help = "where a paper's picture is: "
                        "https://example.org/pictures/{id}.png",
                .flaw = url_flaw,
        },
        {.key = NULL},
};

const struct source_kind pictures_kind = {
        .kind = "pictures",
        .use = SOURCE_PICTURES,
        .keys = keys,
        .open = pictures_open,
};
