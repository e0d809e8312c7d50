/*
 * transport.h - what an adapter on the network is opened with.
 */
#ifndef ADAPTERS_TRANSPORT_H
#define ADAPTERS_TRANSPORT_H

#include "adapters/http.h"
#include "adapters/loop.h"
#include "bot/base/clock.h"

struct transport {
    struct loop *loop;
    struct http *http;
    const struct clock *clock;
    /* For the console account: where it writes; NULL: standard output. */
    void *console; /* FILE * */
    bool console_is_terminal;
    /* And what it reads; one account at a time. */
    int typed; /* descriptor; -1: nothing */
    bool typed_is_terminal, typed_is_read;
};

/* Opens loop and http; NULL and err on failure. */
struct transport *transport_open(struct error *err);
void transport_close(struct transport *transport); /* NULL is fine */

#endif
