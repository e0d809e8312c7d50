#include "tests/support/http_asker.h"

#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

int http_asker_set_up(void **state)
{
    static struct http_asker asker;
    struct error err = {0};

    asker.transport = transport_open(&err);
    assert_non_null(asker.transport);
    asker.server = http_server_open(asker.transport->loop);
    *state = &asker;
    return 0;
}

int http_asker_tear_down(void **state)
{
    struct http_asker *asker = *state;

    http_server_close(asker->server);
    transport_close(asker->transport);
    return 0;
}

void http_asker_hear(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct http_heard *heard = cookie;

    heard->times++;
    heard->over = true;
    heard->early = !heard->returned;
    heard->status = answer->status;
    heard->body_bytes = answer->body_bytes;
    assert_int_equal(answer->body[answer->body_bytes], '\0');
    snprintf(heard->body, sizeof heard->body, "%s", answer->body);
    snprintf(heard->content_type, sizeof heard->content_type, "%s",
            answer->content_type);
    snprintf(heard->etag, sizeof heard->etag, "%s", answer->etag);
    snprintf(heard->last_modified, sizeof heard->last_modified, "%s",
            answer->last_modified);
    heard->retry_after_ms = answer->retry_after_ms;
    heard->started_ms = answer->started_ms;
    heard->maybe_taken = answer->maybe_taken;
    heard->failed = err != NULL;
    if (err != NULL)
        heard->err = *err;
}

struct request *http_asker_begin(struct http_asker *asker,
        const struct http_request *request, struct http_heard *heard)
{
    struct request *sent =
            http_send(asker->transport->http, request, http_asker_hear, heard);

    heard->returned = true;
    assert_non_null(sent);
    return sent;
}

void http_asker_get(struct http_asker *asker,
        const struct http_request *request, struct http_heard *heard)
{
    http_asker_begin(asker, request, heard);
    assert_true(loop_wait(asker->transport->loop, &heard->over));
    assert_int_equal(heard->times, 1);
    assert_false(heard->early);
}

const char *http_asker_address(struct http_asker *asker, const char *path)
{
    return http_server_address(asker->server, path);
}

void http_asker_redirect(struct http_asker *asker, const char *from,
        const char *to)
{
    char line[200];
    const struct http_script script = {.path = from,
            .status = 302,
            .headers = line};

    snprintf(line, sizeof line, "Location: %s\r\n", to);
    http_server_script(asker->server, &script);
}
