#include "adapters/server_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    /* As nginx's listen backlog: at one that is full Linux lets who comes next
     * wait a second, and then two, and Slack waits for three in all. */
    BACKLOG = 511,
    /* Taken in one turn: fewer than there are places, so that whoever says all
     * at once is heard before a flood takes its place. */
    TAKEN_MAX = 16,
};

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

struct server_listen {
    char wished[SERVER_LISTEN_ADDRESS_SIZE], bound[SERVER_LISTEN_ADDRESS_SIZE];
    int fd;
    int spare; /* given up for a moment where there is no other descriptor */
    struct loop_watch *watch;
    server_listen_fn *fn;
    void *ctx;
};

/* --- addresses --- */

static bool port_of(const char *text, in_port_t *port)
{
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    unsigned long number = strtoul(text, &end, 10);
    *port = htons((in_port_t)number);
    return *end == '\0' && end - text <= 5 && number <= UINT16_MAX;
}

static bool parse(const char *text, union address *address)
{
    char host[SERVER_LISTEN_ADDRESS_SIZE];
    const char *colon = strrchr(text, ':');
    in_port_t port;

    *address = (union address){0};
    if (colon == NULL || (size_t)(colon - text) >= sizeof host ||
            colon == text || !port_of(colon + 1, &port))
        return false;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    if (host[0] == '[' && colon[-1] == ']') {
        host[colon - text - 1] = '\0';
        address->v6.sin6_family = AF_INET6;
        address->v6.sin6_port = port;
        return inet_pton(AF_INET6, host + 1, &address->v6.sin6_addr) == 1;
    }
    address->v4.sin_family = AF_INET;
    address->v4.sin_port = port;
    return inet_pton(AF_INET, host, &address->v4.sin_addr) == 1;
}

static bool parsed(const char *text, union address *address, struct error *err)
{
    return parse(text, address) ||
            error_set(err, ERROR_INPUT,
                    "\"%s\" is no address to listen on; expected an address "
                    "in numbers and a port, such as 127.0.0.1:8080 or "
                    "[::1]:8080",
                    text);
}

bool server_listen_parses(const char *text, struct error *err)
{
    union address address;

    return parsed(text, &address, err);
}

static bool is_local(const union address *address)
{
    const struct in6_addr *six = &address->v6.sin6_addr;

    return address->any.sa_family == AF_INET6
            ? IN6_IS_ADDR_LOOPBACK(six)
            : ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
}

bool server_listen_is_local(const char *text)
{
    union address address;

    return parse(text, &address) && is_local(&address);
}

static const char *host_of(const union address *address,
        char host[INET6_ADDRSTRLEN])
{
    if (address->any.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &address->v6.sin6_addr, host, INET6_ADDRSTRLEN);
    else
        inet_ntop(AF_INET, &address->v4.sin_addr, host, INET6_ADDRSTRLEN);
    return host;
}

static socklen_t bytes_of(const union address *address)
{
    return address->any.sa_family == AF_INET6 ? sizeof address->v6
                                              : sizeof address->v4;
}

/* --- who comes --- */

/* With no descriptor left the connection would wait, and the loop be told of it
 * for ever: it is taken with the spare one and hung up on. */
static void turn_away(struct server_listen *listen)
{
    close(listen->spare);
    int fd = accept(listen->fd, NULL, NULL);
    if (fd >= 0)
        close(fd);
    listen->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void on_readable(void *ctx)
{
    struct server_listen *listen = ctx;

    for (int i = 0; i < TAKEN_MAX; i++) {
        union address address = {0};
        socklen_t bytes = sizeof address;
        char host[INET6_ADDRSTRLEN];
        int fd = accept4(listen->fd, &address.any, &bytes,
                SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EMFILE || errno == ENFILE))
            turn_away(listen);
        if (fd < 0)
            return;
        listen->fn(listen->ctx, fd, host_of(&address, host),
                is_local(&address));
    }
}

/* --- opening --- */

static bool bind_it(struct server_listen *listen, const union address *address,
        struct error *err)
{
    static const int on = 1;

    listen->fd = socket(address->any.sa_family,
            SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listen->fd < 0)
        return error_set(err, ERROR_STOP, "%s: %s", listen->wished,
                strerror(errno));
    /* A port that was left a minute ago can be taken again at once. */
    setsockopt(listen->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->any.sa_family == AF_INET6)
        setsockopt(listen->fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(listen->fd, &address->any, bytes_of(address)) == 0)
        return true;
    if (errno == EADDRINUSE)
        return error_set(err, ERROR_STOP,
                "%s is in use by another program; stop that, or choose another "
                "port",
                listen->wished);
    if (errno == EACCES)
        return error_set(err, ERROR_STOP,
                "%s: not allowed; ports below 1024 are for root, choose a "
                "higher one",
                listen->wished);
    if (errno == EADDRNOTAVAIL)
        return error_set(err, ERROR_STOP,
                "%s is no address of this machine; see \"ip address\"",
                listen->wished);
    return error_set(err, ERROR_STOP, "%s: %s", listen->wished,
            strerror(errno));
}

static void note_bound(struct server_listen *listen)
{
    union address address = {0};
    socklen_t bytes = sizeof address;
    char host[INET6_ADDRSTRLEN];

    getsockname(listen->fd, &address.any, &bytes);
    bool six = address.any.sa_family == AF_INET6;
    snprintf(listen->bound, sizeof listen->bound, six ? "[%s]:%u" : "%s:%u",
            host_of(&address, host),
            (unsigned)ntohs(six ? address.v6.sin6_port : address.v4.sin_port));
}

struct server_listen *server_listen_open(struct loop *loop, const char *text,
        server_listen_fn *fn, void *ctx, struct error *err)
{
    union address address;
    struct server_listen *listening = calloc(1, sizeof *listening);

    if (listening == NULL) {
        error_set(err, ERROR_STOP, "%s: out of memory", text);
        return NULL;
    }
    listening->fd = listening->spare = -1;
    listening->fn = fn;
    listening->ctx = ctx;
    snprintf(listening->wished, sizeof listening->wished, "%s", text);
    if (!parsed(text, &address, err) || !bind_it(listening, &address, err))
        goto close_it;
    if (listen(listening->fd, BACKLOG) != 0) {
        error_set(err, ERROR_STOP, "%s: %s", text, strerror(errno));
        goto close_it;
    }
    note_bound(listening);
    listening->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    listening->watch =
            loop_watch_start(loop, listening->fd, on_readable, listening);
    return listening;

close_it:
    server_listen_close(listening);
    return NULL;
}

void server_listen_close(struct server_listen *listen)
{
    if (listen == NULL)
        return;
    loop_watch_stop(listen->watch);
    if (listen->spare >= 0)
        close(listen->spare);
    if (listen->fd >= 0)
        close(listen->fd);
    free(listen);
}

const char *server_listen_wished(const struct server_listen *listen)
{
    return listen->wished;
}

const char *server_listen_bound(const struct server_listen *listen)
{
    return listen->bound;
}
