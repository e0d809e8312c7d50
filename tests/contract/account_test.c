/*
 * What every account promises, whatever product is behind it.
 */
#include "adapters/channels/channels.h"
#include "adapters/registry.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/sample_document.h"
#include "tests/support/sent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One kind, and a peer that takes what it sends. */
struct subject {
    const struct account_kind *kind;
    const char *room;
    const char *receipt; /* as it gives them; "" if it gives none */
    void (*script)(struct http_server *server); /* NULL: no peer */
};

struct world {
    const struct subject *subject;
    struct transport *transport;
    struct http_server *server;
    struct account *account;
    FILE *paper;
};

static void script_webhook(struct http_server *server)
{
    http_server_answer(server, "POST", "/hook", 0, 200, "ok");
}

static void script_slack(struct http_server *server)
{
    http_server_answer(server, "POST", "/auth.test", 0, 200,
            "{\"ok\":true,\"user\":\"paperboy\",\"user_id\":\"U01\","
            "\"bot_id\":\"B01\",\"team\":\"Lab\",\"team_id\":\"T01\"}");
    http_server_answer(server, "POST", "/chat.", 0, 200,
            "{\"ok\":true,\"channel\":\"C01\",\"ts\":\"1.000100\"}");
}

static void script_matrix(struct http_server *server)
{
    http_server_answer(server, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.1\"]}");
    http_server_answer(server, "GET", "/_matrix/client/v3/account/whoami", 0,
            200, "{\"user_id\":\"@bot:example.org\"}");
    http_server_answer(server, "PUT", "/_matrix/client/v3/rooms/", 0, 200,
            "{\"event_id\":\"$event\"}");
    http_server_answer(server, "POST", "/_matrix/media/v3/upload", 0, 200,
            "{\"content_uri\":\"mxc://example.org/picture\"}");
}

static struct account *open_account(struct world *world)
{
    const char *hook = http_server_address(world->server, "/hook");
    const struct setting items[] = {{"webhook", hook},
            {"homeserver", http_server_url(world->server)},
            {"api_url", http_server_url(world->server)},
            {"token", "xoxb-secret"}};
    const struct settings settings = {.name = "team",
            .items = items,
            .count = 4,
            .contact = ""};

    return world->subject->kind->open(&settings, world->transport, NULL, NULL);
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    world->subject = *state;
    world->paper = tmpfile();
    world->transport = transport_open(NULL);
    world->transport->console = world->paper;
    world->server = http_server_open(world->transport->loop);
    if (world->subject->script != NULL)
        world->subject->script(world->server);
    world->account = open_account(world);
    *state = world;
    return world->account != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    if (world->account != NULL)
        world->account->ops->close(world->account);
    http_server_close(world->server);
    transport_close(world->transport);
    fclose(world->paper);
    free(world);
    return 0;
}

static struct outbox_row row_for(const struct world *world, const char *key)
{
    return sent_row(world->subject->room, key, "{\"text\":\"x\"}");
}

static void test_it_says_what_it_is(void **state)
{
    struct world *world = *state;
    const struct account_kind *kind = world->subject->kind;
    bool registered = false;

    for (size_t i = 0; registry_accounts[i] != NULL; i++)
        registered = registered || registry_accounts[i] == kind;
    assert_true(registered);
    assert_string_equal(world->account->name, "team");
    assert_string_equal(world->account->ops->kind, kind->kind);
    assert_true(kind->one_channel || kind->room_help != NULL);
    for (const struct setting_spec *key = kind->keys; key->key != NULL; key++)
        assert_true(key->help != NULL && strchr(key->help, '\n') == NULL);
}

static void test_what_it_renders_it_sends(void **state)
{
    struct world *world = *state;
    struct arena arena = {0};
    struct payload_list payloads = {0};
    const struct channel channel = {.room = world->subject->room};

    assert_true(world->account->ops->render(world->account, &channel,
            sample_document_digest(&arena), &arena, &payloads, NULL));
    assert_true(payloads.count > 0);
    for (size_t i = 0; i < payloads.count; i++) {
        struct outbox_row row = row_for(world, "key");
        struct sent sent;
        row.payload = payloads.items[i].bytes;
        row.payload_bytes = payloads.items[i].length;
        sent_begin(&sent, world->account, &row);
        sent_wait(&sent, world->transport->loop);
        assert_false(sent.failed);
    }
    arena_finish(&arena);
}

static struct sent sent_whole(struct world *world, const struct outbox_row *row)
{
    struct sent sent;

    sent_begin(&sent, world->account, row);
    sent_wait(&sent, world->transport->loop);
    return sent;
}

static void test_it_can_what_it_says_it_can(void **state)
{
    struct world *world = *state;
    unsigned abilities = world->account->ops->abilities;
    struct outbox_row row = row_for(world, "key");

    row.reply_to = 1;
    row.target = world->subject->receipt;
    if ((abilities & ACCOUNT_THREADS) != 0)
        assert_false(sent_whole(world, &row).failed);
    row.verb = OUTBOX_EDIT;
    if ((abilities & ACCOUNT_EDITS) != 0)
        assert_false(sent_whole(world, &row).failed);
    row.target = "";
    if ((abilities & ACCOUNT_EDITS) != 0) /* a new message is no edit */
        assert_int_equal(sent_whole(world, &row).err.kind, ERROR_REJECTED);
}

static struct sent sent_payload(struct world *world, enum outbox_verb verb,
        const struct payload *payload, const char *target)
{
    struct outbox_row row = row_for(world, "key");

    row.verb = verb;
    row.payload = payload->bytes;
    row.payload_bytes = payload->length;
    row.target = target;
    return sent_whole(world, &row);
}

static void test_who_takes_pictures_shows_what_it_was_given(void **state)
{
    struct world *world = *state;
    const struct account_ops *ops = world->account->ops;
    const struct picture picture = {.paper_id = "hep-th/9901001",
            .type = "image/png",
            .width = 2,
            .height = 1,
            .bytes = "\0\xff",
            .length = 2};
    struct arena arena = {0};
    struct payload upload, shown;

    assert_int_equal((ops->abilities & ACCOUNT_PICTURES) != 0,
            ops->picture != NULL);
    if (ops->picture == NULL)
        return;
    ops->picture(world->account, &picture, "1. A title", &arena, &upload,
            &shown);
    struct sent kept = sent_payload(world, OUTBOX_UPLOAD, &upload, "");
    assert_false(kept.failed);
    assert_true(kept.id[0] != '\0');
    assert_false(sent_payload(world, OUTBOX_SHOW, &shown, kept.id).failed);
    /* without its picture it is no message */
    assert_int_equal(sent_payload(world, OUTBOX_SHOW, &shown, "").err.kind,
            ERROR_REJECTED);
    upload.length = 0; /* the store has let the bytes go */
    assert_int_equal(sent_payload(world, OUTBOX_UPLOAD, &upload, "").err.kind,
            ERROR_REJECTED);
    arena_finish(&arena);
}

static void test_done_runs_once_and_never_before_the_call_returned(void **state)
{
    struct world *world = *state;
    struct outbox_row row = row_for(world, "key");
    struct sent sends[3], verified;

    for (int i = 0; i < 3; i++)
        sent_begin(&sends[i], world->account, &row);
    sent_begin_verify(&verified, world->account);
    for (int i = 0; i < 3; i++)
        sent_wait(&sends[i], world->transport->loop);
    sent_wait(&verified, world->transport->loop);
    loop_wait_ms(world->transport->loop, 10);
    for (int i = 0; i < 3; i++)
        assert_int_equal(sends[i].times, 1);
    assert_int_equal(verified.times, 1);
    assert_false(verified.failed);
}

static void test_the_row_is_borrowed_during_the_call_only(void **state)
{
    struct world *world = *state;
    struct sent sent;
    char room[64], key[] = "key", payload[] = "{\"text\":\"x\"}";

    snprintf(room, sizeof room, "%s", world->subject->room);
    struct outbox_row row = sent_row(room, key, payload);
    sent_begin(&sent, world->account, &row);
    memset(room, '?', sizeof room - 1);
    memset(key, '?', sizeof key - 1);
    memset(payload, '?', sizeof payload - 1);
    memset(&row, 0, sizeof row);
    sent_wait(&sent, world->transport->loop);
    assert_false(sent.failed);
    for (size_t i = 0; i < http_server_count(world->server); i++)
        assert_null(strchr(http_server_record(world->server, i)->target, '?'));
}

static void test_called_off_it_stays_silent(void **state)
{
    struct world *world = *state;
    struct outbox_row row = row_for(world, "key");

    /* Each time a little later: queued, connecting, asked, answered. */
    for (int turns = 0; turns < 6; turns++) {
        struct sent sent, verified;
        struct request *request = sent_begin(&sent, world->account, &row);
        struct request *verify = sent_begin_verify(&verified, world->account);
        if (turns > 0)
            loop_wait_ms(world->transport->loop, turns - 1);
        unsigned before = sent.times, verified_before = verified.times;
        if (before == 0)
            request_cancel(request);
        if (verified_before == 0)
            request_cancel(verify);
        loop_wait_ms(world->transport->loop, 5);
        assert_int_equal(sent.times, before);
        assert_int_equal(verified.times, verified_before);
    }
}

static void test_closing_calls_everything_off(void **state)
{
    struct world *world = *state;
    struct outbox_row row = row_for(world, "key");

    for (int turns = 0; turns < 4; turns++) {
        struct sent sends[3], verified;
        for (int i = 0; i < 3; i++)
            sent_begin(&sends[i], world->account, &row);
        sent_begin_verify(&verified, world->account);
        if (turns > 0)
            loop_wait_ms(world->transport->loop, turns - 1);
        unsigned before = sends[0].times + sends[1].times + sends[2].times +
                verified.times;
        world->account->ops->close(world->account);
        loop_wait_ms(world->transport->loop, 5);
        assert_int_equal(sends[0].times + sends[1].times + sends[2].times +
                        verified.times,
                before);
        world->account = open_account(world);
    }
}

static void test_a_peer_that_is_gone_is_tried_again_later(void **state)
{
    struct world *world = *state;
    struct outbox_row row = row_for(world, "key");
    struct sent sent;

    if (world->subject->script == NULL)
        return; /* no peer */
    http_server_close(world->server);
    loop_wait_ms(world->transport->loop, 1);
    sent_begin(&sent, world->account, &row);
    sent_wait(&sent, world->transport->loop);
    world->server = http_server_open(world->transport->loop);
    assert_true(sent.failed);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_false(sent.maybe_taken);
    assert_null(strstr(sent.err.text, "secret"));
}

static const struct subject console = {&console_kind, "", "", NULL};
static const struct subject webhook = {&slack_webhook_kind, "webhook", "",
        script_webhook};
static const struct subject slack = {&slack_kind, "C01", "C01/1.000100",
        script_slack};
static const struct subject matrix = {&matrix_kind, "!abc:example.org",
        "$event", script_matrix};

#define contract_test(name, subject)                                            \
    {                                                                           \
#        name "/" #        subject, name, set_up, tear_down, (void *)&(subject) \
    }

#define contract(subject)                                                      \
    contract_test(test_it_says_what_it_is, subject),                           \
            contract_test(test_what_it_renders_it_sends, subject),             \
            contract_test(test_it_can_what_it_says_it_can, subject),           \
            contract_test(test_who_takes_pictures_shows_what_it_was_given,     \
                    subject),                                                  \
            contract_test(                                                     \
                    test_done_runs_once_and_never_before_the_call_returned,    \
                    subject),                                                  \
            contract_test(test_the_row_is_borrowed_during_the_call_only,       \
                    subject),                                                  \
            contract_test(test_called_off_it_stays_silent, subject),           \
            contract_test(test_closing_calls_everything_off, subject),         \
            contract_test(test_a_peer_that_is_gone_is_tried_again_later,       \
                    subject)

int main(void)
{
    const struct CMUnitTest tests[] = {
            contract(console),
            contract(webhook),
            contract(slack),
            contract(matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
