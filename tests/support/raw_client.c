#include "tests/support/raw_client.h"

#include "tests/support/loop_wait.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PATIENCE_MS = 10 * 1000,
    HEARD_MAX = 1 << 20,
};

struct raw_client {
    struct loop *loop;
    struct loop_watch *watch;
    int fd;
    char *heard;
    size_t count;
    bool hung_up;
    const char *wanted; /* what is waited for; NULL: the end */
};

static void give_up(const char *what, const char *address)
{
    fprintf(stderr, "raw client: %s %s: %s\n", what, address, strerror(errno));
    abort();
}

static void on_readable(void *ctx)
{
    struct raw_client *client = ctx;
    ssize_t got;

    while (!client->hung_up &&
            (got = recv(client->fd, client->heard + client->count,
                     HEARD_MAX - client->count, MSG_DONTWAIT)) != 0) {
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got < 0)
            break;
        client->count += (size_t)got;
        client->heard[client->count] = '\0';
    }
    client->hung_up = true;
    loop_watch_stop(client->watch);
    client->watch = NULL;
}

/* Of 127.0.0.0/8, all of which is this machine. */
static void come_from(int fd, const char *source)
{
    struct sockaddr_in from = {.sin_family = AF_INET};

    inet_pton(AF_INET, source, &from.sin_addr);
    if (bind(fd, (void *)&from, sizeof from) != 0)
        give_up("cannot come from", source);
}

static int connected(const char *address, const char *source)
{
    bool six = address[0] == '[';
    char host[64];
    const char *colon = strrchr(address, ':');
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    in_port_t port = htons((in_port_t)strtol(colon + 1, NULL, 10));

    snprintf(host, sizeof host, "%.*s", (int)(colon - address) - 2 * six,
            address + six);
    v4.sin_port = v6.sin6_port = port;
    inet_pton(six ? AF_INET6 : AF_INET, host,
            six ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr);
    int fd = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && source != NULL)
        come_from(fd, source);
    if (fd < 0 ||
            connect(fd, six ? (void *)&v6 : (void *)&v4,
                    six ? sizeof v6 : sizeof v4) != 0)
        give_up("cannot connect to", address);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

struct raw_client *raw_client_open(struct loop *loop, const char *address,
        const char *source)
{
    struct raw_client *client = calloc(1, sizeof *client);

    if (client == NULL || (client->heard = calloc(1, HEARD_MAX + 1)) == NULL)
        give_up("no memory for", address);
    client->loop = loop;
    client->fd = connected(address, source);
    client->watch = loop_watch_start(loop, client->fd, on_readable, client);
    return client;
}

void raw_client_close(struct raw_client *client)
{
    loop_watch_stop(client->watch);
    close(client->fd);
    free(client->heard);
    free(client);
}

bool raw_client_send(struct raw_client *client, const char *bytes, size_t count)
{
    while (count > 0 && !client->hung_up) {
        ssize_t sent =
                send(client->fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return false;
        if (sent < 0) {
            loop_wait_ms(client->loop, 5);
            continue;
        }
        bytes += sent;
        count -= (size_t)sent;
    }
    return count == 0;
}

bool raw_client_say(struct raw_client *client, const char *text)
{
    return raw_client_send(client, text, strlen(text));
}

void raw_client_deafen(struct raw_client *client)
{
    loop_watch_stop(client->watch);
    client->watch = NULL;
}

const char *raw_client_heard(const struct raw_client *client)
{
    return client->heard;
}

void raw_client_forget(struct raw_client *client)
{
    client->count = 0;
    client->heard[0] = '\0';
}

bool raw_client_is_hung_up(const struct raw_client *client)
{
    return client->hung_up;
}

static bool has_come(void *ctx)
{
    const struct raw_client *client = ctx;

    return client->hung_up ||
            (client->wanted != NULL &&
                    strstr(client->heard, client->wanted) != NULL);
}

bool raw_client_wait_for(struct raw_client *client, const char *text)
{
    client->wanted = text;
    return loop_wait_until(client->loop, has_come, client, PATIENCE_MS) &&
            strstr(client->heard, text) != NULL;
}

bool raw_client_wait_hung_up(struct raw_client *client)
{
    client->wanted = NULL;
    return loop_wait_until(client->loop, has_come, client, PATIENCE_MS);
}
