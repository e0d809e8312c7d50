#include "adapters/websocket_name.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <uv.h>

struct websocket_name {
    uv_getaddrinfo_t uv;   /* first: the request is the look-up */
    websocket_name_fn *fn; /* NULL: nobody waits */
    void *ctx;
    int refused; /* it could not even be begun: a uv error */
    struct loop_timer *timer;
};

static void add(struct websocket_name_found *found, const struct addrinfo *info)
{
    char *address = found->addresses[found->count];
    bool six = info->ai_family == AF_INET6;

    if (!six && info->ai_family != AF_INET)
        return;
    const void *bytes = six
            ? (void *)&((struct sockaddr_in6 *)(void *)info->ai_addr)->sin6_addr
            : (void *)&((struct sockaddr_in *)(void *)info->ai_addr)->sin_addr;
    if (inet_ntop(info->ai_family, bytes, address,
                WEBSOCKET_NAME_ADDRESS_SIZE) != NULL)
        found->count++;
}

static void tell(struct websocket_name *name, int code,
        const struct addrinfo *list)
{
    struct websocket_name_found found = {.count = 0};
    struct error err = {0};

    for (; list != NULL && found.count < WEBSOCKET_NAME_ADDRESSES_MAX;
            list = list->ai_next)
        add(&found, list);
    if (name->fn == NULL)
        return;
    if (found.count > 0) {
        name->fn(name->ctx, &found, NULL);
        return;
    }
    error_set(&err, ERROR_RETRY, "its name was not found: %s",
            code != 0 ? uv_strerror(code) : "it has no address");
    name->fn(name->ctx, &found, &err);
}

static void on_found(uv_getaddrinfo_t *uv, int code, struct addrinfo *list)
{
    struct websocket_name *name = uv->data;

    tell(name, code, list);
    uv_freeaddrinfo(list);
    free(name);
}

static void on_refused(void *ctx)
{
    struct websocket_name *name = ctx;

    tell(name, name->refused, NULL);
    free(name);
}

struct websocket_name *websocket_name_find(struct loop *loop, const char *host,
        websocket_name_fn *fn, void *ctx)
{
    static const struct addrinfo hints = {.ai_family = AF_UNSPEC,
            .ai_socktype = SOCK_STREAM};
    struct websocket_name *name = calloc(1, sizeof *name);

    if (name == NULL)
        abort(); /* as an arena without memory */
    name->fn = fn;
    name->ctx = ctx;
    name->uv.data = name;
    name->refused = uv_getaddrinfo(loop_native(loop), &name->uv, on_found, host,
            NULL, &hints);
    if (name->refused != 0)
        name->timer = loop_timer_start(loop, 0, on_refused, name);
    return name;
}

/* What a thread is at already ends by itself, and nobody is told. */
void websocket_name_stop(struct websocket_name *name)
{
    if (name == NULL)
        return;
    name->fn = NULL;
    if (name->timer != NULL) {
        loop_timer_stop(name->timer);
        free(name);
        return;
    }
    uv_cancel((uv_req_t *)&name->uv);
}
