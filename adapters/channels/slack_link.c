#include "adapters/channels/slack_link.h"

#include "bot/base/text.h"

#include <limits.h>

/* Ours: Slack says nothing of when to come back but that
 * apps.connections.open is a call of its first tier, about one a minute with
 * bursts (docs.slack.dev, "Rate limits"); it ends a connection itself about ten
 * seconds after its warning, so that lingering is seldom cut short by us. */
const struct slack_link_times slack_link_times_usual = {
        .hello_ms = 30000,
        .linger_ms = 60000,
        .steady_ms = 60000,
        .crowded_ms = 60000,
        .disabled_ms = 300000,
        .ping_ms = 10000,
        .hang_up_ms = 30000,
        .retry = {.first_ms = 2000,
                .longest_ms = 300000,
                .patience_ms = 86400000,
                .attempts_max = UINT_MAX},
};

void slack_link_init(struct slack_link *link, unsigned wanted,
        const struct slack_link_times *times,
        const struct random_source *chance)
{
    *link = (struct slack_link){.times = times,
            .chance = chance,
            .wanted = wanted};
    retry_init(&link->retry, &times->retry);
}

/* --- counting --- */

static unsigned count(const struct slack_link *link,
        enum slack_link_state state)
{
    unsigned found = 0;

    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        found += link->sockets[i].state == state;
    return found;
}

unsigned slack_link_ready(const struct slack_link *link)
{
    return count(link, SLACK_LINK_READY);
}

static bool find(const struct slack_link *link, enum slack_link_state state,
        unsigned *number)
{
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        if (link->sockets[i].state == state) {
            *number = i;
            return true;
        }
    return false;
}

/* One is opened after the other, so that a Slack that fails is not stormed. */
static bool lacks_one(const struct slack_link *link)
{
    return count(link, SLACK_LINK_READY) < link->wanted &&
            count(link, SLACK_LINK_OPENING) == 0 &&
            count(link, SLACK_LINK_FREE) > 0;
}

/* --- what is to be done --- */

static void enter(struct slack_link *link, unsigned number,
        enum slack_link_state state, int64_t now_ms)
{
    struct slack_link_socket *socket = &link->sockets[number];

    socket->state = state;
    socket->since_ms = now_ms;
    socket->end_ms = INT64_MAX;
    if (state == SLACK_LINK_OPENING || state == SLACK_LINK_FREE)
        socket->ready_ms = 0;
    else if (state == SLACK_LINK_READY)
        socket->ready_ms = now_ms;
}

static int64_t end_of(const struct slack_link *link,
        const struct slack_link_socket *socket)
{
    switch (socket->state) {
    case SLACK_LINK_OPENING:
        return socket->since_ms + link->times->hello_ms;
    case SLACK_LINK_LEAVING:
        return socket->end_ms;
    case SLACK_LINK_FREE:
    case SLACK_LINK_READY:
        break;
    }
    return INT64_MAX;
}

/* Chosen evenly from the second half, as retry.h does: of several bots not all
 * come back at once. */
static void come_back_after(struct slack_link *link, int64_t wait_ms,
        int64_t now_ms)
{
    uint64_t half = (uint64_t)(wait_ms - wait_ms / 2);

    link->not_before_ms = now_ms + wait_ms / 2 +
            (int64_t)link->chance->below(link->chance->state, half + 1);
}

static void failed(struct slack_link *link, int64_t asked_ms, int64_t now_ms)
{
    int64_t wait_ms = link->times->retry.longest_ms;

    retry_after_failure(&link->retry, asked_ms, link->chance, &wait_ms);
    link->not_before_ms = now_ms + wait_ms;
}

/* A clock that was ahead must not make us wait for it. */
static void mind_the_clock(struct slack_link *link, int64_t now_ms)
{
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        if (link->sockets[i].since_ms > now_ms)
            link->sockets[i].since_ms = now_ms;
    if (link->not_before_ms - now_ms > link->times->retry.patience_ms)
        link->not_before_ms = now_ms;
}

enum slack_link_act slack_link_next(struct slack_link *link, int64_t now_ms,
        unsigned *number)
{
    mind_the_clock(link, now_ms);
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++) {
        bool was_opening = link->sockets[i].state == SLACK_LINK_OPENING;
        if (end_of(link, &link->sockets[i]) > now_ms)
            continue;
        enter(link, i, SLACK_LINK_FREE, now_ms);
        if (was_opening)
            failed(link, 0, now_ms);
        *number = i;
        return SLACK_LINK_LET_GO;
    }
    if (!lacks_one(link) || link->not_before_ms > now_ms ||
            !find(link, SLACK_LINK_FREE, number))
        return SLACK_LINK_WAIT;
    enter(link, *number, SLACK_LINK_OPENING, now_ms);
    return SLACK_LINK_OPEN;
}

int64_t slack_link_due_ms(const struct slack_link *link)
{
    int64_t due_ms = lacks_one(link) ? link->not_before_ms : INT64_MAX;

    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++) {
        int64_t end_ms = end_of(link, &link->sockets[i]);
        if (end_ms < due_ms)
            due_ms = end_ms;
    }
    return due_ms;
}

/* --- what happens --- */

/* Those that a new one replaces may go, the oldest first; but what Slack has
 * sent them before it knew of the new one is still to come. */
static void release_leaving(struct slack_link *link, int64_t now_ms)
{
    struct slack_link_socket *oldest = NULL;

    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++) {
        struct slack_link_socket *socket = &link->sockets[i];
        if (socket->state == SLACK_LINK_LEAVING &&
                socket->end_ms == INT64_MAX &&
                (oldest == NULL || socket->since_ms < oldest->since_ms))
            oldest = socket;
    }
    if (oldest != NULL)
        oldest->end_ms = now_ms + link->times->linger_ms;
}

void slack_link_greeted(struct slack_link *link, unsigned number,
        int64_t now_ms)
{
    if (link->sockets[number].state != SLACK_LINK_OPENING)
        return;
    enter(link, number, SLACK_LINK_READY, now_ms);
    link->disabled = false;
    link->not_before_ms = now_ms;
    release_leaving(link, now_ms);
}

static bool was_steady(const struct slack_link *link,
        const struct slack_link_socket *socket, int64_t now_ms)
{
    return socket->ready_ms > 0 &&
            now_ms - socket->ready_ms >= link->times->steady_ms;
}

/* One that was told to go before it was greeted is of no use to anybody. */
static void leave(struct slack_link *link, unsigned number, int64_t now_ms)
{
    struct slack_link_socket *socket = &link->sockets[number];

    if (socket->state == SLACK_LINK_LEAVING)
        return;
    bool steady = was_steady(link, socket, now_ms);
    bool greeted = socket->ready_ms > 0;
    enter(link, number, SLACK_LINK_LEAVING, now_ms);
    if (steady)
        retry_after_success(&link->retry);
    else
        failed(link, 0, now_ms);
    if (!greeted)
        socket->end_ms = now_ms;
}

void slack_link_told(struct slack_link *link, unsigned number,
        enum slack_link_reason reason, int64_t now_ms)
{
    struct slack_link_socket *socket = &link->sockets[number];

    if (socket->state == SLACK_LINK_FREE)
        return;
    if (reason != SLACK_LINK_DISABLED && reason != SLACK_LINK_CROWDED) {
        leave(link, number, now_ms);
        return;
    }
    enter(link, number, SLACK_LINK_LEAVING, now_ms);
    socket->end_ms = now_ms;
    link->disabled = reason == SLACK_LINK_DISABLED;
    come_back_after(link,
            link->disabled ? link->times->disabled_ms : link->times->crowded_ms,
            now_ms);
}

void slack_link_lost(struct slack_link *link, unsigned number,
        const struct error *why, int64_t now_ms)
{
    struct slack_link_socket *socket = &link->sockets[number];
    enum slack_link_state state = socket->state;
    bool steady = was_steady(link, socket, now_ms);

    enter(link, number, SLACK_LINK_FREE, now_ms);
    if (state == SLACK_LINK_FREE || state == SLACK_LINK_LEAVING)
        return;
    if (steady)
        retry_after_success(&link->retry);
    if (why != NULL && why->kind == ERROR_STOP)
        come_back_after(link, link->times->retry.longest_ms, now_ms);
    else if (!steady)
        failed(link, why == NULL ? 0 : why->retry_after_ms, now_ms);
}

/* --- words --- */

enum slack_link_reason slack_link_reason_of(const char *word)
{
    static const struct {
        const char *word;
        enum slack_link_reason reason;
    } reasons[] = {
            {"warning", SLACK_LINK_WARNING},
            {"refresh_requested", SLACK_LINK_REFRESH},
            {"link_disabled", SLACK_LINK_DISABLED},
            {"too_many_websockets", SLACK_LINK_CROWDED},
    };

    for (unsigned i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (text_same(reasons[i].word, word))
            return reasons[i].reason;
    return SLACK_LINK_OTHER;
}
