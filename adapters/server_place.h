/*
 * server_place.h - who holds a place at a server's door, and who gives one up
 * when somebody else comes.  For adapters/server*.c.  Pure.
 *
 * Whose request is whole keeps its place.  Of the others those go first who have
 * taken their time: one who has just come may be on a long way here, and what
 * came of it may only not have been read yet.  A network that holds many places
 * pays for its own newcomers, so that a flood pushes itself out.
 */
#ifndef ADAPTERS_SERVER_PLACE_H
#define ADAPTERS_SERVER_PLACE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    /* Whoever is younger in its stage may be on its way: TLS takes two journeys
     * here and back and the request one, of up to 300 ms each. */
    SERVER_PLACE_YOUNG_MS = 1000,
    /* A network with more than this part of all places has many. */
    SERVER_PLACE_SHARE = 8,
};

/* In the order in which they give up their place, the patient ones at least. */
enum server_stage {
    STAGE_FAREWELL, /* all is said; what still comes is not read */
    STAGE_HEAD,   /* of the next request something came, not all of its head */
    STAGE_SILENT, /* nothing of it came */
    STAGE_BODY,
    STAGE_ANSWER, /* it is being written */
    STAGE_HANDED, /* the handler has it */
};

struct server_place {
    struct server_place *previous, *next;
    uint64_t network; /* server_place_network of who holds it */
    int fd;           /* of the connection */
    enum server_stage stage;
    int64_t since_ms; /* of the stage */
};

struct server_places {
    struct server_place *first, *last; /* in the order they came */
    unsigned count;
    unsigned most; /* as many as there may be */
    /* Whether something came for it that was not read yet. */
    bool (*has_arrived)(const struct server_place *place);
};

/* Who counts as one: an IPv4 address; of IPv6 the first 64 bits, since one
 * machine has all of the others to choose from.  0 for what is no address. */
uint64_t server_place_network(const char *peer);

/* The place outlives its stay in the list. */
void server_place_add(struct server_places *places, struct server_place *place);
void server_place_remove(struct server_places *places,
        struct server_place *place);

unsigned server_place_count(const struct server_places *places,
        uint64_t network);

/* Who gives up its place, of that network or, for NULL, of all; NULL if each of
 * them has a whole request with the handler. */
struct server_place *server_place_least(const struct server_places *places,
        const uint64_t *network, int64_t now_ms);

#endif
