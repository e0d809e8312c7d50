#include "tests/support/sent.h"

#include "tests/support/loop_wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note(struct sent *sent, const struct error *err)
{
    sent->over = true;
    sent->times++;
    sent->early = !sent->returned;
    sent->failed = err != NULL;
    if (err != NULL)
        sent->err = *err;
}

static void on_sent(void *cookie, const struct account_receipt *receipt,
        const struct error *err)
{
    struct sent *sent = cookie;

    snprintf(sent->id, sizeof sent->id, "%s", receipt->id);
    sent->maybe_taken = receipt->maybe_taken;
    sent->room_waits = receipt->room_waits;
    note(sent, err);
}

static void on_verified(void *cookie, const struct error *err)
{
    note(cookie, err);
}

struct request *sent_begin(struct sent *sent, struct account *account,
        const struct outbox_row *row)
{
    *sent = (struct sent){0};
    struct request *request = account->ops->send(account, row, on_sent, sent);
    sent->returned = true;
    return request;
}

struct request *sent_begin_verify(struct sent *sent, struct account *account)
{
    *sent = (struct sent){0};
    struct request *request = account->ops->verify(account, on_verified, sent);
    sent->returned = true;
    return request;
}

struct request *sent_begin_leave(struct sent *sent, struct account *account,
        const char *room)
{
    *sent = (struct sent){0};
    struct request *request =
            account->ops->leave(account, room, on_verified, sent);
    sent->returned = true;
    return request;
}

static void on_permission(void *cookie, bool allowed, const struct error *err)
{
    struct sent *sent = cookie;

    sent->allowed = allowed;
    note(sent, err);
}

struct request *sent_begin_permission(struct sent *sent,
        struct account *account, const struct channel *channel,
        const char *person)
{
    *sent = (struct sent){0};
    struct request *request = account->ops->permission(account, channel, person,
            on_permission, sent);
    sent->returned = true;
    return request;
}

void sent_wait(struct sent *sent, struct loop *loop)
{
    if (loop_wait(loop, &sent->over) && sent->times == 1 && !sent->early)
        return;
    fprintf(stderr, "a send ended %u times%s\n", sent->times,
            sent->early ? ", too early" : "");
    abort();
}

struct outbox_row sent_row(const char *room, const char *delivery_key,
        const char *payload)
{
    return (struct outbox_row){.id = 1,
            .channel_id = 1,
            .account = "test",
            .room = room,
            .occasion = "digest/2026-01-05",
            .delivery_key = delivery_key,
            .payload = payload,
            .payload_bytes = strlen(payload),
            .target = "",
            .reply = "",
            .person = "",
            .paper_id = "",
            .receipt = "",
            .complaint = ""};
}
