#include "adapters/server_host.h"

#include <libwebsockets.h>

enum {
    /* Ours are the times that count (server_connection.c); libwebsockets' own,
     * in seconds, stand behind them. */
    BACKSTOP_S = 3600
};

struct lws_vhost *server_host_make(struct sockets *sockets,
        const struct lws_protocols *protocols, void *user,
        const char *certificate, const char *key, struct error *err)
{
    struct lws_context *context = sockets_context(sockets, err);
    bool tls = *certificate != '\0';
    const struct lws_context_creation_info info = {
            .vhost_name = tls ? "server over TLS" : "server",
            .port = CONTEXT_PORT_NO_LISTEN_SERVER,
            .user = user,
            .protocols = protocols,
            .options = tls ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0,
            .ssl_cert_filepath = tls ? certificate : NULL,
            .ssl_private_key_filepath = tls ? key : NULL,
            .alpn = "http/1.1",
            .timeout_secs = BACKSTOP_S,
    };

    if (context == NULL)
        return NULL;
    struct lws_vhost *host = lws_create_vhost(context, &info);
    if (host == NULL)
        error_set(err, ERROR_STOP, "server: %s",
                tls ? "TLS cannot be begun with this certificate and key"
                    : "libwebsockets cannot serve");
    return host;
}
