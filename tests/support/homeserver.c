#include "tests/support/homeserver.h"

#include "adapters/channels/channels.h"
#include "bot/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATIENCE_MS = 20 * 1000,
    SETTINGS_MAX = 10,
};

static void expect(bool met, const char *what)
{
    if (met)
        return;
    fprintf(stderr, "homeserver: %s\n", what);
    abort();
}

static void script_versions(struct homeserver *home)
{
    homeserver_answer(home, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.1\"]}");
}

void homeserver_open(struct homeserver *home)
{
    *home = (struct homeserver){.checkpoint = ""};
    home->transport = transport_open(NULL);
    passing_init(&home->passing, home->transport->loop);
    home->transport->clock = &home->passing.clock;
    home->server = http_server_open(home->transport->loop);
    remembered_init(&home->remembered);
    script_versions(home);
}

static void close_account(struct homeserver *home)
{
    if (home->account != NULL)
        home->account->ops->close(home->account);
    home->account = NULL;
}

void homeserver_close(struct homeserver *home)
{
    for (size_t i = 0; i < http_server_count(home->server); i++)
        expect(strstr(http_server_record(home->server, i)->target, "secret") ==
                        NULL,
                "a secret is in an address");
    close_account(home);
    http_server_close(home->server);
    transport_close(home->transport);
    remembered_finish(&home->remembered);
    arena_finish(&home->arena);
}

void homeserver_account(struct homeserver *home, const char *const *settings)
{
    struct setting items[SETTINGS_MAX] = {
            {"homeserver", http_server_url(home->server)}};
    size_t count = 1;

    for (; settings[0] != NULL && count < SETTINGS_MAX; settings += 2)
        items[count++] = (struct setting){settings[0], settings[1]};
    const struct settings all = {.name = "home",
            .items = items,
            .count = count,
            .contact = ""};
    struct error err = {0};
    close_account(home);
    home->account = matrix_kind.open(&all, home->transport,
            &home->remembered.memory, &err);
    expect(home->account != NULL, err.text);
}

void homeserver_token_account(struct homeserver *home)
{
    homeserver_account(home,
            (const char *const[]){"token", "syt_secret", NULL});
    homeserver_answer(home, "GET", HOMESERVER_V3 "/account/whoami", 0, 200,
            "{\"user_id\":\"" HOMESERVER_BOT "\",\"device_id\":\"DEV\"}");
}

void homeserver_open_again(struct homeserver *home)
{
    script_versions(home);
    homeserver_token_account(home);
}

void homeserver_answer(struct homeserver *home, const char *method,
        const char *path, unsigned times, int status, const char *body)
{
    http_server_answer(home->server, method, path, times, status, body);
}

static struct sent checked(struct sent sent)
{
    expect(!sent.failed || strstr(sent.err.text, "secret") == NULL,
            "a secret is in an error");
    return sent;
}

void homeserver_pass(struct homeserver *home, int64_t duration_ms)
{
    passing_ms(&home->passing, duration_ms);
}

static bool has_ended(void *ctx)
{
    return ((struct sent *)ctx)->over;
}

static struct sent ended(struct homeserver *home, struct sent *sent)
{
    passing_until(&home->passing, has_ended, sent, PATIENCE_MS);
    sent_wait(sent, home->transport->loop);
    return checked(*sent);
}

struct sent homeserver_send(struct homeserver *home, const char *room,
        const char *key)
{
    struct outbox_row row = sent_row(room, key, "{\"msgtype\":\"m.text\"}");
    struct sent sent;

    sent_begin(&sent, home->account, &row);
    return ended(home, &sent);
}

struct sent homeserver_verify(struct homeserver *home)
{
    struct sent sent;

    sent_begin_verify(&sent, home->account);
    return ended(home, &sent);
}

/* --- ears --- */

static struct event copy_of(struct arena *arena, const struct event *event)
{
    return (struct event){.id = arena_string(arena, event->id),
            .kind = event->kind,
            .room = arena_string(arena, event->room),
            .person = arena_string(arena, event->person),
            .text = arena_string(arena, event->text),
            .target = arena_string(arena, event->target),
            .reply = arena_string(arena, event->reply),
            .sent_ms = event->sent_ms};
}

static bool received(void *ctx, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    struct homeserver *home = ctx;

    expect(account == home->account, "another account is heard");
    if (home->deaf > 0) {
        home->deaf--;
        return error_set(err, ERROR_RETRY, "the store is busy");
    }
    home->batches++;
    home->checkpoint = arena_string(&home->arena, checkpoint);
    for (size_t i = 0; i < count && !home->quiet; i++) {
        expect(home->heard_count < sizeof home->heard / sizeof *home->heard,
                "too many events");
        home->heard[home->heard_count++] =
                (struct homeserver_heard){.event = copy_of(&home->arena,
                                                  &events[i]),
                        .batch = home->batches};
    }
    return true;
}

void homeserver_listen(struct homeserver *home, const char *checkpoint)
{
    const struct account_ears ears = {.received = received, .ctx = home};

    home->account->ops->listen(home->account, &ears, checkpoint);
}

/* --- waiting --- */

struct goal {
    struct homeserver *home;
    size_t heard, batches;
    const char *method, *path;
    size_t asked;
};

static bool is_reached(void *ctx)
{
    const struct goal *goal = ctx;
    const struct homeserver *home = goal->home;

    return home->heard_count >= goal->heard && home->batches >= goal->batches &&
            (goal->path == NULL ||
                    homeserver_asked(home, goal->method, goal->path) >=
                            goal->asked);
}

static void wait_for(struct goal *goal, const char *what)
{
    expect(passing_until(&goal->home->passing, is_reached, goal, PATIENCE_MS),
            what);
}

void homeserver_wait_heard(struct homeserver *home, size_t count)
{
    struct goal goal = {.home = home, .heard = count};

    wait_for(&goal, "events were not heard");
}

void homeserver_wait_batches(struct homeserver *home, unsigned count)
{
    struct goal goal = {.home = home, .batches = count};

    wait_for(&goal, "nothing was handed on");
}

void homeserver_wait_asked(struct homeserver *home, const char *method,
        const char *path, size_t count)
{
    struct goal goal = {.home = home,
            .method = method,
            .path = path,
            .asked = count};

    wait_for(&goal, path);
}

size_t homeserver_asked(const struct homeserver *home, const char *method,
        const char *path)
{
    size_t count = 0;

    for (size_t i = 0; i < http_server_count(home->server); i++) {
        const struct http_record *record = http_server_record(home->server, i);
        count += text_same(record->method, method) &&
                text_starts(record->target, path);
    }
    return count;
}

size_t homeserver_index(const struct homeserver *home, const char *method,
        const char *path, size_t n)
{
    for (size_t i = 0; i < http_server_count(home->server); i++) {
        const struct http_record *record = http_server_record(home->server, i);
        if (text_same(record->method, method) &&
                text_starts(record->target, path) && n-- == 0)
            return i;
    }
    expect(false, path);
    return 0;
}
