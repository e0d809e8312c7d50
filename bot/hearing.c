#include "bot/hearing.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/commands/command.h"
#include "bot/hear_reaction.h"
#include "bot/hear_room.h"
#include "bot/hear_share.h"

#include <limits.h>

enum {
    FETCHES_MAX = 2,       /* for one command */
    ROSTER_LOOK_MS = 1000, /* a room that may have just become known */
};

/* What is asked for so soon is not worth a word meanwhile. */
static const int64_t say_wait_ms = 2000;
/* Who asked that long ago waits no more; nor does who mended his words. */
static const int64_t command_age_ms = INT64_C(60) * 60 * 1000;
static const int64_t edit_age_ms = INT64_C(15) * 60 * 1000;

static const struct retry_policy store_policy = {.first_ms = 2000,
        .longest_ms = INT64_C(5) * 60 * 1000,
        .patience_ms = 0,
        .attempts_max = UINT_MAX};

/* --- from the inbox and back --- */

bool hearing_is_of_room(const struct event *event)
{
    return event->kind == EVENT_INVITED || event->kind == EVENT_REMOVED ||
            event->kind == EVENT_MOVED || event->kind == EVENT_OPENED;
}

bool hearing_is_command(const struct event *event)
{
    return event->kind == EVENT_COMMAND || event->kind == EVENT_COMMAND_EDIT;
}

static struct inbox_row copy_row(struct arena *arena,
        const struct inbox_row *row)
{
    struct inbox_row copy = *row;

    copy.account = arena_string(arena, row->account);
    copy.event.id = arena_string(arena, row->event.id);
    copy.event.room = arena_string(arena, row->event.room);
    copy.event.person = arena_string(arena, row->event.person);
    copy.event.text = arena_string(arena, row->event.text);
    copy.event.target = arena_string(arena, row->event.target);
    copy.event.reply = arena_string(arena, row->event.reply);
    return copy;
}

void hearing_begin(struct hearing *hearing, struct hearing_tools *tools,
        const struct inbox_row *row)
{
    *hearing = (struct hearing){.tools = tools,
            .state = HEARING_NEW,
            .say_wait_ms = INT64_MAX};
    hearing->row = copy_row(&hearing->arena, row);
    retry_init(&hearing->retry, &store_policy);
}

void hearing_end(struct hearing *hearing)
{
    request_cancel(hearing->request);
    if (hearing->state == HEARING_FETCHING)
        command_fetch_forget(hearing->tools->fetch, &hearing->wish);
    arena_finish(&hearing->arena);
    *hearing = (struct hearing){.state = HEARING_FREE};
}

bool hearing_drop(struct store *store, const struct inbox_row *row,
        const char *why, struct error *err)
{
    if (!store_inbox_drop(store, row->id, err))
        return false;
    log_info("an event is not answered", log_text("account", row->account),
            log_text("room", row->event.room), log_text("why", why));
    return true;
}

/* --- who may --- */

static const char *what_waits(const struct event *event)
{
    if (hearing_is_of_room(event))
        return "what became of a room cannot be kept, will be tried again";
    if (event->kind == EVENT_REACTION || event->kind == EVENT_REACTION_GONE)
        return "a reaction cannot be kept, will be tried again";
    return "a command cannot be answered, will be tried again";
}

static void put_off(struct hearing *hearing, const struct error *err,
        int64_t now_ms)
{
    int64_t wait_ms;

    retry_after_failure(&hearing->retry, 0, hearing->tools->chance, &wait_ms);
    hearing->retry_ms = now_ms + wait_ms;
    log_error(what_waits(&hearing->row.event),
            log_text("room", hearing->row.event.room),
            log_text("why", err->text), log_number("wait_ms", wait_ms));
}

static void drop_hearing(struct hearing *hearing, const char *why,
        int64_t now_ms)
{
    struct error err = {0};

    if (hearing_drop(hearing->tools->store, &hearing->row, why, &err))
        hearing_end(hearing);
    else
        put_off(hearing, &err, now_ms);
}

static struct account *account_of(const struct hearing *hearing)
{
    return roster_account(hearing->tools->roster, hearing->row.account);
}

static bool is_too_old(const struct hearing *hearing, int64_t now_ms)
{
    const struct event *event = &hearing->row.event;
    int64_t sent_ms =
            event->sent_ms > 0 ? event->sent_ms : hearing->row.received_ms;

    return hearing_is_command(event) &&
            now_ms - sent_ms >
            (event->kind == EVENT_COMMAND ? command_age_ms : edit_age_ms);
}

static void person_known(void *cookie, bool allowed, const struct error *err)
{
    struct hearing *hearing = cookie;

    hearing->request = NULL;
    hearing->state = HEARING_READY;
    hearing->allowed = allowed && err == NULL;
    hearing->tools->wake = true;
    if (err == NULL)
        return;
    hearing->kind = HEAR_ANSWER_UNSURE;
    log_warning("it could not be found out whether a person may do something",
            log_text("account", hearing->row.account),
            log_text("room", hearing->row.event.room),
            log_text("why", err->text));
}

static bool is_named(const struct channel *channel, const char *person,
        enum command_who who)
{
    return who == COMMAND_ANYONE || string_list_has(&channel->admins, person) ||
            (who == COMMAND_CURATORS &&
                    string_list_has(&channel->curators, person));
}

/* Whether the person may: known at once, or asked of the account. */
static void find_out(struct hearing *hearing, const struct channel *channel)
{
    struct account *account = account_of(hearing);
    const char *person = hearing->row.event.person;
    const char *first = channel->languages.tags[0];
    const struct command_request request = command_read(&hearing->arena,
            hearing->row.event.text, first == NULL ? "en" : first);

    hearing->state = HEARING_READY;
    hearing->allowed = is_named(channel, person, request.who);
    if (hearing->allowed || account->ops->permission == NULL ||
            hearing->kind != HEAR_ANSWER_COMMAND)
        return;
    hearing->state = HEARING_ASKING;
    hearing->request = account->ops->permission(account, channel, person,
            person_known, hearing);
}

/* A room that is not served; but the roster may be about to know it. */
static void unknown_room(struct hearing *hearing, int64_t now_ms)
{
    const struct hearing_tools *tools = hearing->tools;
    int64_t revision = 0;
    struct error err = {0};

    if (!store_revision(tools->store, &revision, &err) ||
            revision != tools->roster->revision) {
        hearing->retry_ms = now_ms + ROSTER_LOOK_MS;
        return;
    }
    log_warning("an event from a room that is not served",
            log_text("account", hearing->row.account),
            log_text("room", hearing->row.event.room));
    drop_hearing(hearing, "its room is not served", now_ms);
}

static void step_new(struct hearing *hearing, int64_t now_ms)
{
    const struct event *event = &hearing->row.event;

    if (account_of(hearing) == NULL) {
        drop_hearing(hearing, "its account is not in the configuration",
                now_ms);
        return;
    }
    if (hearing_is_of_room(event)) {
        hearing->state = HEARING_READY;
        return;
    }
    const struct channel *channel = roster_at(hearing->tools->roster,
            hearing->row.account, event->room);
    if (channel == NULL) {
        unknown_room(hearing, now_ms);
        return;
    }
    hearing->channel_id = channel->id;
    if (hearing_is_command(event))
        find_out(hearing, channel);
    else
        hearing->state = HEARING_READY;
}

static struct hear_answer answer_of(struct hearing *hearing, int64_t now_ms)
{
    const struct hearing_tools *tools = hearing->tools;

    return (struct hear_answer){.roster = tools->roster,
            .account = account_of(hearing),
            .row = &hearing->row,
            .channel_id = hearing->channel_id,
            .kind = hearing->kind,
            .allowed = hearing->allowed,
            .wait_ms = hearing->wait_ms,
            .can_fetch = tools->fetch != NULL && hearing->fetches < FETCHES_MAX,
            .unheard_of = hearing->unheard_of,
            .today = civil_from_ms(tools->new_york, now_ms).date,
            .keep = tools->keep,
            .chance = tools->chance,
            .now_ms = now_ms,
            .arena = &hearing->arena,
            .language = hearing->language};
}

static void begin_fetching(struct hearing *hearing,
        const struct hear_answer *answer, int64_t now_ms)
{
    hearing->state = HEARING_FETCHING;
    hearing->fetches++;
    hearing->language = answer->language;
    hearing->wish = (struct command_wish){.ids = answer->wanted,
            .until_ms = now_ms + COMMAND_FETCH_PATIENCE_MS,
            .arena = &hearing->arena};
    hearing->say_wait_ms = now_ms + say_wait_ms;
    command_fetch_want(hearing->tools->fetch, &hearing->wish);
}

static void give_answer(struct hearing *hearing, int64_t now_ms)
{
    struct hear_answer answer = answer_of(hearing, now_ms);
    struct error err = {0};

    if (roster_find(hearing->tools->roster, hearing->channel_id) == NULL) {
        drop_hearing(hearing, "its room is not served any more", now_ms);
        return;
    }
    if (hear_answer_give(&answer, &err)) {
        if (answer.wanted.count > 0)
            begin_fetching(hearing, &answer, now_ms);
        else
            hearing_end(hearing);
        return;
    }
    if (err.kind == ERROR_INPUT)
        drop_hearing(hearing, err.text, now_ms);
    else
        put_off(hearing, &err, now_ms);
}

static void take_room(struct hearing *hearing, int64_t now_ms)
{
    struct error err = {0};

    if (!hear_room_take(hearing->tools->roster, account_of(hearing),
                &hearing->row, now_ms, &err)) {
        put_off(hearing, &err, now_ms);
        return;
    }
    log_info("a room has changed", log_text("account", hearing->row.account),
            log_text("room", hearing->row.event.room),
            log_text("how", event_kind_name(hearing->row.event.kind)));
    hearing_end(hearing);
}

/* A reaction, or a wish to share an answer. */
static void take_small(struct hearing *hearing, int64_t now_ms)
{
    const struct channel *channel =
            roster_find(hearing->tools->roster, hearing->channel_id);
    struct error err = {0};

    if (channel == NULL) {
        drop_hearing(hearing, "its room is not served any more", now_ms);
        return;
    }
    bool taken = hearing->row.event.kind == EVENT_SHARED
            ? hear_share_take(hearing->tools->store, account_of(hearing),
                      channel, &hearing->row, now_ms, &err)
            : hear_reaction_take(hearing->tools->store, channel, &hearing->row,
                      now_ms, &err);
    if (taken)
        hearing_end(hearing);
    else
        put_off(hearing, &err, now_ms);
}

static void step_ready(struct hearing *hearing, int64_t now_ms)
{
    if (hearing_is_of_room(&hearing->row.event))
        take_room(hearing, now_ms);
    else if (hearing_is_command(&hearing->row.event))
        give_answer(hearing, now_ms);
    else
        take_small(hearing, now_ms);
}

static void say_wait(struct hearing *hearing, int64_t now_ms)
{
    struct hear_answer answer = answer_of(hearing, now_ms);
    struct error err = {0};

    hearing->say_wait_ms = INT64_MAX;
    if (!hear_answer_say_wait(&answer, &hearing->wish.ids, &err))
        log_warning("nothing can be said meanwhile", log_text("why", err.text));
}

static void step_fetching(struct hearing *hearing, int64_t now_ms)
{
    if (!hearing->wish.over && hearing->say_wait_ms <= now_ms)
        say_wait(hearing, now_ms);
    if (!hearing->wish.over)
        return;
    for (size_t i = 0; i < hearing->wish.unheard_of.count; i++)
        string_list_add(&hearing->unheard_of, &hearing->unheard_capacity,
                &hearing->arena, hearing->wish.unheard_of.items[i]);
    hearing->state = HEARING_READY;
}

void hearing_step(struct hearing *hearing, int64_t now_ms)
{
    /* A clock that was ahead must not make us wait for it. */
    if (hearing->retry_ms - now_ms > store_policy.longest_ms)
        hearing->retry_ms = now_ms;
    if (hearing->say_wait_ms != INT64_MAX &&
            hearing->say_wait_ms - now_ms > say_wait_ms)
        hearing->say_wait_ms = now_ms;
    if (hearing->state == HEARING_FREE || hearing->retry_ms > now_ms)
        return;
    if (hearing->state == HEARING_FETCHING)
        step_fetching(hearing, now_ms);
    if ((hearing->state == HEARING_NEW || hearing->state == HEARING_READY) &&
            is_too_old(hearing, now_ms)) {
        drop_hearing(hearing, "it is too old", now_ms);
        return;
    }
    if (hearing->state == HEARING_NEW)
        step_new(hearing, now_ms);
    if (hearing->state == HEARING_READY && hearing->retry_ms <= now_ms)
        step_ready(hearing, now_ms);
}

int64_t hearing_due_ms(const struct hearing *hearing)
{
    switch (hearing->state) {
    case HEARING_FREE:
    case HEARING_ASKING:
        break;
    case HEARING_NEW:
    case HEARING_READY:
        return hearing->retry_ms;
    case HEARING_FETCHING:
        return hearing->wish.over ? 0 : hearing->say_wait_ms;
    }
    return INT64_MAX;
}
