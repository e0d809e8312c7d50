#include "adapters/transport.h"

#include "adapters/server.h"

#include <stdlib.h>
#include <unistd.h>

struct transport *transport_open(struct error *err)
{
    struct transport *transport = calloc(1, sizeof *transport);
    if (transport == NULL) {
        error_set(err, ERROR_STOP, "transport: out of memory");
        return NULL;
    }
    transport->clock = &loop_system_clock;
    transport->console_is_terminal = isatty(STDOUT_FILENO) == 1;
    transport->typed = -1;
    transport->loop = loop_open(err);
    if (transport->loop != NULL)
        transport->http = http_open(transport->loop, err);
    if (transport->http != NULL)
        transport->sockets = sockets_open(transport->loop, err);
    if (transport->sockets == NULL) {
        transport_close(transport);
        return NULL;
    }
    return transport;
}

void transport_close(struct transport *transport)
{
    if (transport == NULL)
        return;
    http_close(transport->http);
    server_close(transport->server);
    sockets_close(transport->sockets);
    loop_close(transport->loop);
    free(transport);
}
