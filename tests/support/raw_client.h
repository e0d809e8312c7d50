/*
 * raw_client.h - a TCP client that sends what it is told to, however wrong.
 *
 * What comes is gathered while the test's loop turns.
 */
#ifndef TESTS_SUPPORT_RAW_CLIENT_H
#define TESTS_SUPPORT_RAW_CLIENT_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stddef.h>

struct raw_client;

/* Connects to "127.0.0.1:PORT" or "[::1]:PORT", to the former from a source such
 * as "127.0.0.2"; NULL: from anywhere.  Ends the test program if that fails. */
struct raw_client *raw_client_open(struct loop *loop, const char *address,
        const char *source);
void raw_client_close(struct raw_client *client);

/* Sends all of it, turning the loop as long as that takes; false if the peer
 * has hung up. */
bool raw_client_send(struct raw_client *client, const char *bytes,
        size_t count);
bool raw_client_say(struct raw_client *client, const char *text);

/* Reads no more. */
void raw_client_deafen(struct raw_client *client);

/* What came so far, NUL-terminated; valid until the next turn. */
const char *raw_client_heard(const struct raw_client *client);
/* Forgets it. */
void raw_client_forget(struct raw_client *client);
bool raw_client_is_hung_up(const struct raw_client *client);

/* Turns the loop until what came holds the text, or the peer has hung up; false
 * if it did not within 10 s. */
bool raw_client_wait_for(struct raw_client *client, const char *text);
bool raw_client_wait_hung_up(struct raw_client *client);

#endif
