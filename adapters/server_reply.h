/*
 * server_reply.h - an answer as bytes.  For adapters/server*.c.
 */
#ifndef ADAPTERS_SERVER_REPLY_H
#define ADAPTERS_SERVER_REPLY_H

#include "adapters/server.h"

struct lws;

struct server_reply {
    unsigned char *bytes; /* behind the room that libwebsockets wants */
    size_t count;
};

/* last: the connection is closed behind it, and that is said.  bare: the body is
 * left out (HEAD). */
void server_reply_make(struct server_reply *reply,
        const struct server_answer *answer, bool last, bool bare);
/* Writes it, once; false if the connection is lost. */
bool server_reply_write(const struct server_reply *reply, struct lws *wsi);
void server_reply_finish(struct server_reply *reply); /* {0} is fine */

/* Tells a peer that waits for it to send the body. */
void server_reply_continue(struct lws *wsi);

/* A line for people: "too large". */
const char *server_reply_words(int status);

/* What can be said on a descriptor without waiting, where there is no request
 * to answer. */
void server_reply_bare(int fd, int status);

#endif
