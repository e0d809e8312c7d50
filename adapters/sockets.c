#include "adapters/sockets.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <uv.h>

enum {
    /* Of descriptors and of what they point to there is one a possible
     * connection; libwebsockets' own default is the process's limit, which may
     * be a million. */
    DESCRIPTORS_MAX = 2048,
    /* Closing takes a few turns; more is a mistake of ours. */
    TURNS_MAX = 100,
};

struct sockets {
    struct loop *loop;
    struct lws_context *context; /* NULL: not used yet */
};

struct sockets *sockets_open(struct loop *loop, struct error *err)
{
    struct sockets *sockets = calloc(1, sizeof *sockets);

    if (sockets == NULL)
        error_set(err, ERROR_STOP, "sockets: out of memory");
    else
        sockets->loop = loop;
    return sockets;
}

/* The first call begins to leave the loop, which must turn for that; the
 * second frees what is left.  Websockets that were said good-bye to end on the
 * way. */
void sockets_close(struct sockets *sockets)
{
    if (sockets == NULL)
        return;
    uv_loop_t *native = loop_native(sockets->loop);
    if (sockets->context != NULL)
        lws_context_destroy(sockets->context);
    for (int i = 0; i < TURNS_MAX && uv_run(native, UV_RUN_NOWAIT); i++)
        continue;
    if (sockets->context != NULL)
        lws_context_destroy(sockets->context);
    free(sockets);
}

struct loop *sockets_loop(const struct sockets *sockets)
{
    return sockets->loop;
}

int64_t sockets_now_ms(const struct sockets *sockets)
{
    uv_loop_t *native = loop_native(sockets->loop);

    uv_update_time(native);
    return (int64_t)uv_now(native);
}

struct lws_context *sockets_context(struct sockets *sockets, struct error *err)
{
    void *foreign[] = {loop_native(sockets->loop)};
    const struct lws_context_creation_info info = {
            .port = CONTEXT_PORT_NO_LISTEN,
            .options = LWS_SERVER_OPTION_LIBUV |
                    LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                    LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
                    LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN,
            .foreign_loops = foreign,
            .fd_limit_per_thread = DESCRIPTORS_MAX,
            .gid = -1,
            .uid = -1,
    };

    if (sockets->context != NULL)
        return sockets->context;
    /* What fails is told by our own errors; lines of its own on standard error
     * would break the log's form. */
    lws_set_log_level(0, NULL);
    sockets->context = lws_create_context(&info);
    if (sockets->context == NULL)
        error_set(err, ERROR_STOP,
                "libwebsockets cannot be begun; is its plug-in for libuv "
                "(libwebsockets-evlib-uv) installed?");
    return sockets->context;
}
