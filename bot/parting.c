#include "bot/parting.h"

#include "bot/base/log.h"

enum {
    FAILURES_MAX = 20, /* then the room is not left, only not served */
};

static const int64_t look_again_ms = 1000; /* the good-bye is on its way */
static const int64_t again_ms = INT64_C(60) * 1000; /* after a failure */

/* --- as the command does it --- */

bool parting_take_leave(struct store *store, int64_t channel_id, int64_t now_ms,
        struct arena *arena, struct error *err)
{
    struct outbox_list rows;

    if (!store_outbox_unsent(store, channel_id, arena, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!store_outbox_end(store, rows.items[i].id, OUTBOX_EXPIRED,
                    "the bot has left the channel", now_ms, err))
            return false;
    return store_channel_remove(store, channel_id, now_ms, err) &&
            roster_keep_leaving(store, channel_id, true, err);
}

/* --- afterwards --- */

void parting_begin(struct parting *parting, const struct roster *roster)
{
    *parting = (struct parting){.roster = roster, .look = true};
}

void parting_end(struct parting *parting)
{
    request_cancel(parting->request);
    parting->request = NULL;
}

void parting_wake(struct parting *parting)
{
    parting->look = true;
}

static void left(void *cookie, const struct error *err)
{
    struct parting *parting = cookie;

    parting->request = NULL;
    parting->answered = true;
    parting->look = true;
    parting->look_ms = 0;
    parting->failure = err == NULL ? (struct error){0} : *err;
}

/* The answer of an account becomes what the store knows. */
static bool take_answer(struct parting *parting, int64_t now_ms,
        struct error *err)
{
    const struct error *failure = &parting->failure;

    if (failure->kind == ERROR_RETRY && ++parting->failures < FAILURES_MAX) {
        log_warning("a room cannot be left, will be tried again",
                log_text("why", failure->text));
        parting->look_ms = now_ms + again_ms;
    } else if (!roster_keep_leaving(parting->roster->store, parting->channel_id,
                       false, err)) {
        return false;
    } else {
        if (failure->kind != ERROR_NONE)
            log_warning("a room was not left; nothing is sent there any more",
                    log_text("why", failure->text));
        else
            log_info("a room was left",
                    log_number("channel", parting->channel_id));
        parting->failures = 0;
    }
    parting->answered = false;
    return true;
}

/* Whether anything is still to be sent there. */
static bool is_waiting(const struct parting *parting, int64_t channel_id,
        bool *waits, struct error *err)
{
    struct arena arena = {0};
    struct outbox_list rows;
    bool ok = store_outbox_unsent(parting->roster->store, channel_id, &arena,
            &rows, err);

    *waits = false;
    for (size_t i = 0; ok && i < rows.count; i++)
        *waits = *waits || rows.items[i].state == OUTBOX_DUE;
    arena_finish(&arena);
    return ok;
}

static bool leave(struct parting *parting, const struct channel *channel,
        struct error *err)
{
    struct account *account = roster_account(parting->roster, channel->account);

    if (account == NULL || account->ops->leave == NULL)
        return roster_keep_leaving(parting->roster->store, channel->id, false,
                err);
    parting->channel_id = channel->id;
    parting->request =
            account->ops->leave(account, channel->room, left, parting);
    return true;
}

/* *more: it has to be looked at again. */
static bool look(struct parting *parting, bool *more, struct error *err)
{
    const struct channel_list *channels = &parting->roster->parting;

    for (size_t i = 0; i < channels->count && parting->request == NULL; i++) {
        const struct channel *channel = &channels->items[i];
        bool leaving, waits;
        if (!roster_is_leaving(parting->roster->store, channel->id, &leaving,
                    err))
            return false;
        if (!leaving)
            continue;
        if (!is_waiting(parting, channel->id, &waits, err))
            return false;
        *more = *more || waits;
        if (!waits && !leave(parting, channel, err))
            return false;
    }
    return true;
}

int64_t parting_next_due_ms(const struct parting *parting)
{
    return parting->look && parting->request == NULL ? parting->look_ms
                                                     : INT64_MAX;
}

void parting_step(struct parting *parting, int64_t now_ms)
{
    struct error err = {0};
    bool more = false;

    /* A clock that was ahead must not make us wait for it. */
    if (parting->look_ms - now_ms > again_ms)
        parting->look_ms = now_ms;
    if (parting_next_due_ms(parting) > now_ms)
        return;
    bool ok = (!parting->answered || take_answer(parting, now_ms, &err)) &&
            (parting->look_ms > now_ms || look(parting, &more, &err));
    if (!ok)
        log_error("channels that are to be left cannot be read",
                log_text("why", err.text));
    if (!ok || more)
        parting->look_ms = now_ms + look_again_ms;
    parting->look = parting->look_ms > now_ms;
}
