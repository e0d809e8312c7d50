#include "bot/hear_room.h"

#include "bot/base/log.h"
#include "bot/config/config.h"
#include "bot/hear_key.h"
#include "bot/phrase.h"
#include "bot/planning/plan_rows.h"

static const struct phrase hello = {
        .english = "Hello! I bring the day's new arXiv papers to this room, at "
                   "the hour you choose, and look papers up when you ask.",
        .chinese = "大家好！我会每天按你们选定的时间，把 arXiv "
                   "的新论文带到这里，也可以随时帮你们查论文。",
};
/* Nothing comes by itself until both are set. */
static const struct phrase begin_with = {
        .english = "To begin, tell me what you read: %1; then when the digest "
                   "is to come: %2",
        .chinese = "先告诉我想看哪些分类：%1；再定推送时间：%2",
};
static const struct phrase more = {
        .english = "%1 lists all I can do.",
        .chinese = "发送 %1 查看我会做的全部事情。",
};

struct taking {
    const struct roster *roster;
    const struct account *account;
    const struct inbox_row *row;
    int64_t now_ms;
};

/* --- greeting --- */

static const char *typed(struct arena *arena, const struct account *account,
        const char *command)
{
    const char *form = account->ops->command_form;

    return arena_format(arena, "%s %s", form == NULL ? "/paper" : form,
            command);
}

static void greet_in(struct document *document, const struct account *account,
        const char *language, const char *const commands[3], bool is_set)
{
    struct arena *arena = document->arena;
    const char *text = phrase_text(&hello, language);

    document_paragraph(document, &document->root, ROLE_NONE, text);
    if (!is_set)
        document_paragraph(document, &document->root, ROLE_NONE,
                phrase_fill(arena, &begin_with, language,
                        PHRASE_VALUES(typed(arena, account, commands[0]),
                                typed(arena, account, commands[1]))));
    document_paragraph(document, &document->root, ROLE_NONE,
            phrase_fill(arena, &more, language,
                    PHRASE_VALUES(typed(arena, account, commands[2]))));
}

static bool greet(struct store *store, const struct taking *taking,
        const struct channel *channel, struct arena *arena, struct error *err)
{
    static const char *const english[3] = {"subscribe LG CV",
            "schedule 08:00 weekdays Europe/Berlin", "help"};
    static const char *const chinese[3] = {"订阅 LG CV",
            "时间 13:30 工作日 上海", "帮助"};
    const struct plan_rows rows = {.account = taking->account,
            .channel = channel,
            .key = hear_key_answer(arena, taking->row->account,
                    taking->row->event.id),
            .now_ms = taking->now_ms};
    bool is_set = channel->subscription.categories.count > 0 &&
            channel->schedule.minute_of_day >= 0;
    struct document document;
    unsigned parts;

    document_init(&document, arena, "en");
    document.aside = true;
    greet_in(&document, taking->account, "en", english, is_set);
    greet_in(&document, taking->account, "zh", chinese, is_set);
    return plan_rows_add(store, &rows, &document, arena, &parts, err);
}

/* --- in, out, elsewhere --- */

/* As it will be served; the roster may not know it yet. */
static struct channel channel_of(const struct taking *taking, int64_t id)
{
    const struct channel *served = roster_find(taking->roster, id);
    struct channel channel = config_default_channel();

    if (served != NULL)
        return *served;
    channel.id = id;
    channel.account = channel.home = taking->account->name;
    channel.room = channel.label = taking->row->event.room;
    return channel;
}

/* A greeting that was given before is not given again; and who gets an answer
 * alone has asked for that, and for no greeting. */
static bool take_invitation(struct store *store, const struct taking *taking,
        struct arena *arena, struct error *err)
{
    const struct event *event = &taking->row->event;
    struct error failure = {0};
    int64_t id;
    bool is_new;

    if (!roster_invite(taking->roster, taking->account, event->room,
                event->text, taking->now_ms, &id, &is_new, err))
        return false;
    if (!is_new || event->kind == EVENT_OPENED)
        return true;
    struct channel channel = channel_of(taking, id);
    if (greet(store, taking, &channel, arena, &failure) ||
            failure.kind == ERROR_REJECTED)
        return true;
    if (err != NULL)
        *err = failure;
    return false;
}

static bool take_move(const struct taking *taking,
        const struct channel *channel, struct error *err)
{
    struct error failure = {0};

    if (roster_move(taking->roster, channel, taking->row->event.target,
                taking->now_ms, &failure))
        return true;
    if (failure.kind != ERROR_REJECTED) {
        if (err != NULL)
            *err = failure;
        return false;
    }
    log_warning("a room has moved to one that is served already",
            log_text("channel", channel->label),
            log_text("room", taking->row->event.target));
    return true;
}

static bool take(struct store *store, const struct taking *taking,
        struct arena *arena, struct error *err)
{
    const struct event *event = &taking->row->event;
    const struct channel *channel =
            roster_at(taking->roster, taking->account->name, event->room);

    if (event->kind == EVENT_INVITED || event->kind == EVENT_OPENED)
        return take_invitation(store, taking, arena, err);
    if (channel == NULL) /* it was not served anyway */
        return true;
    if (event->kind == EVENT_MOVED)
        return take_move(taking, channel, err);
    return store_channel_remove(store, channel->id, taking->now_ms, err);
}

static bool take_step(struct store *store, void *ctx, struct error *err)
{
    const struct taking *taking = ctx;
    struct arena arena = {0};
    bool ok = take(store, taking, &arena, err) &&
            store_inbox_drop(store, taking->row->id, err);

    arena_finish(&arena);
    return ok;
}

bool hear_room_take(const struct roster *roster, const struct account *account,
        const struct inbox_row *row, int64_t now_ms, struct error *err)
{
    struct taking taking = {.roster = roster,
            .account = account,
            .row = row,
            .now_ms = now_ms};

    return store_transact(roster->store, take_step, &taking, err);
}
