#include "adapters/notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct notify {
    struct loop *loop;
    const struct core *core;
    int socket;
    struct sockaddr_un address;
    socklen_t address_bytes;
    int64_t watchdog_ms; /* between two signs of life; 0: none is wanted */
    struct loop_timer *timer;
    bool ready;
};

/* --- telling --- */

static void tell(const struct notify *notify, const char *lines)
{
    sendto(notify->socket, lines, strlen(lines), MSG_NOSIGNAL | MSG_DONTWAIT,
            (const struct sockaddr *)&notify->address, notify->address_bytes);
}

static void start_timer(struct notify *notify);

static void on_timer(void *ctx)
{
    struct notify *notify = ctx;

    tell(notify, "WATCHDOG=1");
    start_timer(notify);
}

static void start_timer(struct notify *notify)
{
    notify->timer = notify->watchdog_ms == 0
            ? NULL
            : loop_timer_start(notify->loop, notify->watchdog_ms, on_timer,
                      notify);
}

/* --- opening --- */

/* A path, or "@name" in the abstract name space (unix(7)). */
static bool take_address(struct notify *notify, const char *name)
{
    size_t length = strlen(name);

    if ((name[0] != '/' && name[0] != '@') || length < 2 ||
            length >= sizeof notify->address.sun_path)
        return false;
    notify->address.sun_family = AF_UNIX;
    memcpy(notify->address.sun_path, name, length + 1);
    notify->address_bytes =
            (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (name[0] == '@')
        notify->address.sun_path[0] = '\0';
    else
        notify->address_bytes++;
    return true;
}

/* A positive whole number, else 0. */
static long long number_of(const char *text)
{
    char *end;

    if (text == NULL || *text < '0' || *text > '9')
        return 0;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    return *end != '\0' || errno != 0 ? 0 : number;
}

/* Half of what the manager waits; it may mean another process than us. */
static int64_t watchdog_ms(const struct notify_environment *environment)
{
    if (environment->watchdog_pid != NULL &&
            number_of(environment->watchdog_pid) != getpid())
        return 0;
    long long usec = number_of(environment->watchdog_usec);
    return usec == 0 ? 0 : usec / 2000 + (usec < 2000);
}

struct notify *notify_open(struct loop *loop,
        const struct notify_environment *environment)
{
    if (environment->socket == NULL)
        return NULL;
    struct notify *notify = calloc(1, sizeof *notify);
    if (notify == NULL)
        return NULL;
    notify->loop = loop;
    notify->watchdog_ms = watchdog_ms(environment);
    notify->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify->socket >= 0 && take_address(notify, environment->socket))
        return notify;
    notify_close(notify);
    return NULL;
}

void notify_close(struct notify *notify)
{
    if (notify == NULL)
        return;
    loop_timer_stop(notify->timer);
    if (notify->socket >= 0)
        close(notify->socket);
    free(notify);
}

/* --- as the loop sees the core --- */

/* The loop asks this at its first turn: then it turns. */
static int64_t next_due_ms(void *ctx)
{
    struct notify *notify = ctx;

    if (!notify->ready) {
        notify->ready = true;
        tell(notify, "READY=1");
        start_timer(notify);
    }
    return notify->core->next_due_ms(notify->core->ctx);
}

static void step(void *ctx, int64_t now_ms)
{
    const struct notify *notify = ctx;

    notify->core->step(notify->core->ctx, now_ms);
}

static void wind_down(void *ctx)
{
    const struct notify *notify = ctx;

    tell(notify, "STOPPING=1");
    notify->core->wind_down(notify->core->ctx);
}

static void hang_up(void *ctx)
{
    const struct notify *notify = ctx;

    if (notify->core->hang_up == NULL)
        return;
    tell(notify, "RELOADING=1");
    notify->core->hang_up(notify->core->ctx);
    tell(notify, "READY=1");
}

static bool finished(void *ctx)
{
    const struct notify *notify = ctx;

    return notify->core->finished(notify->core->ctx);
}

struct core notify_core(struct notify *notify, const struct core *core)
{
    if (notify == NULL)
        return *core;
    notify->core = core;
    return (struct core){.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .hang_up = hang_up,
            .finished = finished,
            .ctx = notify};
}
