#include "tests/support/slack_bot.h"

#include "adapters/channels/channels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct account *slack_bot_open(struct slack_bot *bot, const char *token,
        struct error *err)
{
    const struct setting items[] = {{"token", token},
            {"api_url", http_server_address(bot->server, "/")}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 2,
            .contact = ""};

    return slack_kind.open(&settings, bot->transport, NULL, err);
}

int slack_bot_set_up(void **state)
{
    static struct slack_bot bot;

    bot.transport = transport_open(NULL);
    bot.server = http_server_open(bot.transport->loop);
    bot.account = slack_bot_open(&bot, SLACK_BOT_TOKEN, NULL);
    *state = &bot;
    return bot.account != NULL ? 0 : -1;
}

int slack_bot_tear_down(void **state)
{
    struct slack_bot *bot = *state;

    bot->account->ops->close(bot->account);
    http_server_close(bot->server);
    transport_close(bot->transport);
    return 0;
}

struct sent slack_bot_send(struct slack_bot *bot, const struct outbox_row *row)
{
    struct sent sent;

    sent_begin(&sent, bot->account, row);
    sent_wait(&sent, bot->transport->loop);
    if (sent.failed)
        assert_null(strstr(sent.err.text, "secret"));
    return sent;
}

const char *slack_bot_body(const struct slack_bot *bot, size_t index)
{
    return http_server_record(bot->server, index)->body;
}

const char *slack_bot_target(const struct slack_bot *bot, size_t index)
{
    return http_server_record(bot->server, index)->target;
}
