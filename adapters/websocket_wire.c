#include "adapters/websocket_wire.h"

#include "bot/base/text.h"

#include <libwebsockets.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CODE_BYTES = 2,
    HOST_SIZE = 300,
    PROXY_SIZE = 300,
};

static const char host_name[] = "websocket";
static const char proxied_name[] = "websocket-proxied";

/* Ours are the times that count (websocket.c); these stand behind them. */
static const lws_retry_bo_t idle = {
        .secs_since_valid_ping = 3600,
        .secs_since_valid_hangup = 7200,
};

/* --- why not --- */

static enum error_kind kind_of(unsigned status)
{
    if (status == 401 || status == 403 || status == 404 || status == 410)
        return ERROR_STOP;
    return status == 429 || status >= 500 ? ERROR_RETRY : ERROR_REJECTED;
}

static bool tls_flaw(struct lws *wsi, struct error *err)
{
    SSL *ssl = lws_get_ssl(wsi);
    long code = ssl == NULL ? X509_V_OK : SSL_get_verify_result(ssl);

    if (code == X509_V_OK)
        return false;
    error_set(err, ERROR_STOP, "its certificate is not good: %s%s",
            X509_verify_cert_error_string(code),
            code == X509_V_ERR_HOSTNAME_MISMATCH ? " (it is for another name)"
                                                 : "");
    return true;
}

static void on_failed(struct websocket_wire *wire, const char *why,
        size_t bytes)
{
    struct error err = {0};
    unsigned status = lws_http_client_http_response(wire->wsi);
    bool reached = true;

    wire->over = true;
    if (status >= 300)
        error_set(&err, kind_of(status), "HTTP %u instead of a WebSocket",
                status);
    else if (!tls_flaw(wire->wsi, &err)) {
        reached = false;
        error_set(&err, ERROR_RETRY, "no connection: %.*s", (int)bytes,
                why == NULL ? "" : why);
    }
    wire->ears.failed(wire->ctx, reached, &err);
}

/* --- as libwebsockets calls --- */

static void on_end(struct websocket_wire *wire)
{
    if (wire->over)
        return;
    wire->over = true;
    wire->ears.hung_up(wire->ctx, wire->code);
}

static void note_code(struct websocket_wire *wire, const unsigned char *bytes,
        size_t count)
{
    if (count >= CODE_BYTES)
        wire->code = (unsigned)bytes[0] << 8 | bytes[1];
}

static int on_piece(struct websocket_wire *wire, const char *bytes,
        size_t count)
{
    bool last = lws_is_final_fragment(wire->wsi) &&
            lws_remaining_packet_payload(wire->wsi) == 0;

    return wire->ears.piece(wire->ctx, bytes, count,
                   !lws_frame_is_binary(wire->wsi), last)
            ? 0
            : -1;
}

static int callback(struct lws *wsi, enum lws_callback_reasons reason,
        void *user, void *in, size_t count)
{
    struct websocket_wire *wire =
            wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);

    (void)user;
    if (wire == NULL)
        return 0;
    wire->wsi = wsi; /* a call may come before connecting has returned */
    switch (reason) {
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        on_failed(wire, in, count);
        return 0;
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        wire->open = true;
        wire->ears.opened(wire->ctx);
        return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return on_piece(wire, in, count);
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        wire->ears.pong(wire->ctx);
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return wire->ears.writable(wire->ctx) ? 0 : -1;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        note_code(wire, in, count);
        return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
        on_end(wire);
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        lws_set_opaque_user_data(wsi, NULL);
        wire->wsi = NULL;
        on_end(wire);
        wire->ears.gone(wire->ctx);
        return 0;
    default:
        return 0;
    }
}

static const struct lws_protocols protocols[] = {
        {.name = host_name, .callback = callback, .rx_buffer_size = 4096},
        {.name = NULL},
};

/* --- connecting --- */

/* OpenSSL itself looks at SSL_CERT_FILE and SSL_CERT_DIR. */
static struct lws_vhost *host_of(struct lws_context *context, const char *name)
{
    const char *bundle = getenv("CURL_CA_BUNDLE");
    const struct lws_context_creation_info info = {
            .vhost_name = name,
            .port = CONTEXT_PORT_NO_LISTEN,
            .protocols = protocols,
            .options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
            .client_ssl_ca_filepath =
                    bundle != NULL && *bundle != '\0' ? bundle : NULL,
            .retry_and_idle_policy = &idle,
            .http_proxy_address = "",
            .timeout_secs = 3600,
            .connect_timeout_secs = 3600,
    };
    struct lws_vhost *host = lws_get_vhost_by_name(context, name);

    return host != NULL ? host : lws_create_vhost(context, &info);
}

/* What libwebsockets knows of a proxy belongs to the host, and is read as a
 * connection begins. */
static bool set_proxy(struct lws_vhost *vhost,
        const struct websocket_wire_place *place, struct error *err)
{
    const struct http_proxy *proxy = place->through;
    bool six = strchr(place->address, ':') != NULL;
    char text[PROXY_SIZE];
    int length = snprintf(text, sizeof text, six ? "%s%s[%s]:%u" : "%s%s%s:%u",
            proxy->login, *proxy->login != '\0' ? "@" : "", place->address,
            proxy->port);

    /* It ends the login at the first "@". */
    return (length < PROXY_SIZE && strchr(proxy->login, '@') == NULL &&
                   lws_set_proxy(vhost, text) == 0) ||
            error_set(err, ERROR_STOP,
                    "the proxy's name and password cannot be used; expected "
                    "few characters, and no @");
}

bool websocket_wire_connect(struct websocket_wire *wire,
        struct sockets *sockets, const struct websocket_wire_place *place,
        struct error *err)
{
    struct lws_context *context = sockets_context(sockets, err);
    bool proxied = place->through != NULL;
    struct lws_vhost *vhost = context == NULL
            ? NULL
            : host_of(context, proxied ? proxied_name : host_name);
    char host[HOST_SIZE];

    if (context == NULL)
        return false;
    if (vhost == NULL)
        return error_set(err, ERROR_STOP,
                "the certificate authorities cannot be read; see "
                "CURL_CA_BUNDLE, SSL_CERT_FILE");
    if (proxied && !set_proxy(vhost, place, err))
        return false;
    bool usual = place->port == (place->secure ? 443 : 80);
    snprintf(host, sizeof host, usual ? "%s" : "%s:%u", place->host,
            place->port);
    const struct lws_client_connect_info info = {
            .context = context,
            .vhost = vhost,
            .address = proxied ? place->host : place->address,
            .port = (int)place->port,
            .ssl_connection = place->secure ? LCCSCF_USE_SSL : 0,
            .path = place->target,
            .host = host,
            .origin = NULL,
            .local_protocol_name = host_name,
            .alpn = "http/1.1",
            .opaque_user_data = wire,
            .retry_and_idle_policy = &idle,
    };
    wire->open = wire->over = false;
    wire->code = 0;
    struct lws *wsi = lws_client_connect_via_info(&info);
    /* If that failed at once the ears have been told, or nobody has. */
    if (wsi == NULL && !wire->over) {
        wire->over = true;
        return error_set(err, ERROR_RETRY, "no connection");
    }
    return true;
}

void websocket_wire_want(const struct websocket_wire *wire)
{
    if (wire->wsi != NULL && wire->open)
        lws_callback_on_writable(wire->wsi);
}

size_t websocket_wire_room(void)
{
    return LWS_PRE;
}

bool websocket_wire_write(const struct websocket_wire *wire,
        unsigned char *bytes, size_t count)
{
    return lws_write(wire->wsi, bytes, count, LWS_WRITE_TEXT) >= 0;
}

bool websocket_wire_ping(const struct websocket_wire *wire)
{
    unsigned char bytes[LWS_PRE + 1] = {0};

    return lws_write(wire->wsi, bytes + LWS_PRE, 0, LWS_WRITE_PING) >= 0;
}

void websocket_wire_part(struct websocket_wire *wire)
{
    if (wire->wsi == NULL)
        return;
    lws_close_reason(wire->wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
    lws_set_timeout(wire->wsi, PENDING_TIMEOUT_USER_REASON_BASE,
            LWS_TO_KILL_SYNC);
}

void websocket_wire_drop(struct websocket_wire *wire)
{
    struct lws *wsi = wire->wsi;

    wire->over = true;
    wire->wsi = NULL;
    if (wsi == NULL)
        return;
    lws_set_opaque_user_data(wsi, NULL);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}
