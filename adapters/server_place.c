#include "adapters/server_place.h"

#include <arpa/inet.h>
#include <stddef.h>

uint64_t server_place_network(const char *peer)
{
    struct in_addr v4;
    struct in6_addr v6;
    uint64_t network = 0;

    /* The upper half keeps it from any /64 that somebody can have: ff00::/8 is
     * for multicast. */
    if (inet_pton(AF_INET, peer, &v4) == 1)
        return UINT64_C(0xffffffff00000000) | ntohl(v4.s_addr);
    if (inet_pton(AF_INET6, peer, &v6) == 1)
        for (size_t i = 0; i < sizeof network; i++)
            network = network << 8 | v6.s6_addr[i];
    return network;
}

/* --- the list --- */

void server_place_add(struct server_places *places, struct server_place *place)
{
    place->previous = places->last;
    place->next = NULL;
    if (places->last != NULL)
        places->last->next = place;
    else
        places->first = place;
    places->last = place;
    places->count++;
}

void server_place_remove(struct server_places *places,
        struct server_place *place)
{
    if (place->previous != NULL)
        place->previous->next = place->next;
    else
        places->first = place->next;
    if (place->next != NULL)
        place->next->previous = place->previous;
    else
        places->last = place->previous;
    places->count--;
}

unsigned server_place_count(const struct server_places *places,
        uint64_t network)
{
    unsigned count = 0;

    for (const struct server_place *at = places->first; at != NULL;
            at = at->next)
        count += at->network == network;
    return count;
}

/* --- who goes --- */

/* What a place weighs, the heavier part first. */
struct weight {
    bool few; /* its network has */
    unsigned rank;
    int64_t since_ms;
};

enum patience {
    PATIENCE_OVER,  /* it has had its time */
    PATIENCE_YOUNG, /* it may be on its way */
    PATIENCE_OURS,  /* it is our turn: to read what came, or to write */
};

static enum patience patience_with(const struct server_places *places,
        const struct server_place *place, int64_t now_ms)
{
    bool young = now_ms - place->since_ms < SERVER_PLACE_YOUNG_MS;

    if (place->stage == STAGE_FAREWELL)
        return PATIENCE_OVER;
    if (place->stage == STAGE_ANSWER)
        return young ? PATIENCE_OURS : PATIENCE_OVER;
    if (places->has_arrived(place))
        return PATIENCE_OURS;
    return young ? PATIENCE_YOUNG : PATIENCE_OVER;
}

static struct weight weight_of(const struct server_places *places,
        const struct server_place *place, int64_t now_ms)
{
    unsigned share = places->most / SERVER_PLACE_SHARE;

    return (struct weight){.few = place->stage != STAGE_FAREWELL &&
                    server_place_count(places, place->network) <= share,
            .rank = (unsigned)patience_with(places, place, now_ms) *
                            STAGE_HANDED +
                    (unsigned)place->stage,
            .since_ms = place->since_ms};
}

static bool is_less(const struct weight *one, const struct weight *other)
{
    if (one->few != other->few)
        return other->few;
    if (one->rank != other->rank)
        return one->rank < other->rank;
    return one->since_ms < other->since_ms;
}

struct server_place *server_place_least(const struct server_places *places,
        const uint64_t *network, int64_t now_ms)
{
    struct server_place *least = NULL;
    struct weight lightest = {0};

    for (struct server_place *at = places->first; at != NULL; at = at->next) {
        if (at->stage == STAGE_HANDED ||
                (network != NULL && at->network != *network))
            continue;
        struct weight weight = weight_of(places, at, now_ms);
        if (least == NULL || is_less(&weight, &lightest)) {
            least = at;
            lightest = weight;
        }
    }
    return least;
}
