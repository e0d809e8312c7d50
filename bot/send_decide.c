#include "bot/send_decide.h"

#include "bot/base/text.h"

enum {
    ROOM_BUSY_MS = 1000,   /* another look at a room that is being sent to */
    HOME_LOOK_MS = 600000, /* another look for a channel that is not there */
};

static struct send_decision put_off(const struct outbox_row *row,
        int64_t until_ms)
{
    return (struct send_decision){.row = row,
            .deed = SEND_PUT_OFF,
            .until_ms = until_ms,
            .complaint = row->complaint};
}

struct send_decision send_decide_return(const struct outbox_row *row)
{
    return put_off(row, row->next_try_ms);
}

static struct send_decision end(const struct outbox_row *row,
        enum outbox_state state, const char *why)
{
    return (struct send_decision){.row = row,
            .deed = SEND_END,
            .state = state,
            .complaint = why,
            .level = LOG_ERROR,
            .sentence = state == OUTBOX_EXPIRED ? "message expired"
                                                : "message parked"};
}

/* Nobody is troubled with it. */
static struct send_decision end_unshown(const struct outbox_row *row)
{
    struct send_decision decision =
            end(row, OUTBOX_EXPIRED, "its picture was not uploaded");

    decision.level = LOG_INFO;
    decision.sentence = "message with a picture left out";
    return decision;
}

/* Whoever took a channel out may put it back, and "paperboy post" may know one
 * that was added after our start. */
static struct send_decision wait_for_home(const struct outbox_row *row,
        int64_t now_ms)
{
    const char *why = "its channel is not in the configuration";

    if (row->expires_ms == 0)
        return end(row, OUTBOX_PARKED, why);
    struct send_decision decision = put_off(row, now_ms + HOME_LOOK_MS);
    decision.complaint = why;
    if (!text_same(row->complaint, why)) {
        decision.level = LOG_WARNING;
        decision.sentence = "message waits for its channel";
    }
    return decision;
}

/* A crash left the row begun and the product cannot tell it from a new one. */
static bool is_uncertain(const struct outbox_row *row,
        const struct account *account)
{
    return row->attempted &&
            (account->ops->abilities & ACCOUNT_DEDUPLICATES) == 0;
}

static struct send_decision begin(const struct outbox_row *row,
        struct send_place *place, bool uncertain)
{
    struct send_decision decision = {.row = row,
            .deed = SEND_BEGIN,
            .place = place};

    if (uncertain) {
        decision.level = LOG_WARNING;
        decision.sentence = "message is sent again, it may be shown twice";
    }
    return decision;
}

static struct send_decision decide_at(const struct send_view *view,
        const struct outbox_row *row, struct send_place *place, int64_t now_ms)
{
    const struct account *account = view->accounts[place->account];
    bool uncertain = is_uncertain(row, account);

    if (uncertain &&
            view->channels->items[place->channel].on_uncertain ==
                    UNCERTAIN_HOLD)
        return end(row, OUTBOX_PARKED,
                "it may have been shown already, and on_uncertain = hold: look "
                "in the room before it is put back");
    if (place->busy)
        return put_off(row, now_ms + ROOM_BUSY_MS);
    int64_t turn_ms = pace_turn_ms(view->pace, account, place->account,
            place->channel, row->reply[0] != '\0', now_ms);
    if (turn_ms > now_ms)
        return put_off(row, turn_ms);
    pace_sent(view->pace, place->account, place->channel, now_ms);
    place->busy = true;
    return begin(row, place, uncertain);
}

struct send_decision send_decide(const struct send_view *view,
        const struct outbox_row *row, int64_t now_ms)
{
    struct send_place *place = send_places_find(view->places, row->channel_id);

    if (row->expires_ms > 0 && row->expires_ms <= now_ms)
        return end(row, OUTBOX_EXPIRED,
                row->complaint[0] == '\0' ? "its time passed" : row->complaint);
    if (row->verb == OUTBOX_SHOW && row->target[0] == '\0')
        return end_unshown(row);
    /* The row's own account may have been called otherwise when it was made. */
    if (place == NULL || place->account == view->account_count)
        return wait_for_home(row, now_ms);
    return decide_at(view, row, place, now_ms);
}

static bool keep(const struct send_decision *decision, struct store *store,
        int64_t now_ms, struct error *err)
{
    const struct outbox_row *row = decision->row;

    switch (decision->deed) {
    case SEND_BEGIN:
        return store_outbox_attempt(store, row->id, now_ms, err);
    case SEND_PUT_OFF:
        return store_outbox_retry(store, row->id, decision->until_ms,
                decision->complaint, row->attempted, err);
    case SEND_END:
        break;
    }
    return store_outbox_end(store, row->id, decision->state,
            decision->complaint, now_ms, err);
}

bool send_decide_keep(struct send_decision *decision, struct store *store,
        int64_t now_ms, struct error *err)
{
    struct error failure = {0};

    decision->refused = false;
    if (keep(decision, store, now_ms, &failure))
        return true;
    decision->refused = failure.kind == ERROR_REJECTED;
    if (!decision->refused && err != NULL)
        *err = failure;
    return decision->refused;
}

void send_decide_tell(const struct send_decision *decision,
        const struct send_view *view)
{
    const struct outbox_row *row = decision->row;
    bool begins = decision->deed == SEND_BEGIN;

    if (decision->sentence == NULL || decision->refused)
        return;
    struct log_field fields[] = {
            begins ? log_text("channel",
                             view->channels->items[decision->place->channel]
                                     .label)
                   : log_text("room", row->room),
            log_text("occasion", row->occasion),
            log_number("part", row->part),
            log_text("why", decision->complaint),
            {.key = NULL},
    };
    if (begins) /* the sentence says why */
        fields[3].key = NULL;
    log_event(decision->level, decision->sentence, fields);
}
