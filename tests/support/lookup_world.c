#include "tests/support/lookup_world.h"

#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct lookup_world *lookup_world_open(const struct source_kind *kind,
        const char *key)
{
    struct lookup_world *world = calloc(1, sizeof *world);
    struct error err = {0};

    assert_non_null(world);
    world->transport = transport_open(&err);
    world->server = http_server_open(world->transport->loop);
    const struct setting items[] = {{"url",
                                            http_server_address(world->server,
                                                    "/api")},
            {"api_key", key}};
    world->source = kind->open(&(struct settings){.name = kind->kind,
                                       .items = items,
                                       .count = key == NULL ? 1 : 2,
                                       .contact = "us@example.org"},
            world->transport, &err);
    assert_non_null(world->source);
    return world;
}

void lookup_world_close(struct lookup_world *world)
{
    world->source->ops->close(world->source);
    http_server_close(world->server);
    transport_close(world->transport);
    records_finish(&world->records);
    free(world);
}

static void hear(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct lookup_world *world = cookie;

    world->over = true;
    world->page = *page;
    world->failed = err != NULL;
    if (err != NULL)
        world->err = *err;
}

void lookup_world_ask(struct lookup_world *world, int status,
        const char *headers, const char *body)
{
    const char *ids[] = {"2605.00001", "hep-th/9901001"};
    const struct source_range range = {.ids = {ids, 2}, .continuation = ""};
    struct source_sink sink = records_sink(&world->records);

    http_server_script(world->server,
            &(struct http_script){.status = status,
                    .headers = headers,
                    .body = body});
    world->over = false;
    world->source->ops->page(world->source, &range, &sink, hear, world);
    assert_true(loop_wait(world->transport->loop, &world->over));
}
