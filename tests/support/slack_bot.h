/*
 * slack_bot.h - the bot of a Slack app whose Web API is a scripted server.
 */
#ifndef TESTS_SUPPORT_SLACK_BOT_H
#define TESTS_SUPPORT_SLACK_BOT_H

#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/sent.h"

#include <stddef.h>

#define SLACK_BOT_ROOM "C0123456789"
#define SLACK_BOT_TOKEN "xoxb-secret"

struct slack_bot {
    struct transport *transport;
    struct http_server *server;
    struct account *account;
};

/* For cmocka: *state is the bot; 0 if it works. */
int slack_bot_set_up(void **state);
int slack_bot_tear_down(void **state);

/* Opens another account of the kind on the same server, with this token. */
struct account *slack_bot_open(struct slack_bot *bot, const char *token,
        struct error *err);

/* Sends and waits for the end; no error may hold the token. */
struct sent slack_bot_send(struct slack_bot *bot, const struct outbox_row *row);

/* What came, in order. */
const char *slack_bot_body(const struct slack_bot *bot, size_t index);
const char *slack_bot_target(const struct slack_bot *bot, size_t index);

#endif
