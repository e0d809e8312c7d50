#include "bot/hear_answer.h"

#include "bot/channel_settings.h"
#include "bot/commands/command.h"
#include "bot/commands/command_fetch.h"
#include "bot/hear_key.h"
#include "bot/planning/plan_rows.h"

enum {
    EDITS_MAX = 1000, /* of one message, ever */
};

/* Who asked has gone by then. */
static const int64_t answer_life_ms = INT64_C(60) * 60 * 1000;
static const int64_t wait_life_ms = INT64_C(60) * 1000;

static const struct phrase unsure = {
        .english = "I could not find out whether you may do that. Please try "
                   "again in a minute.",
        .chinese = "暂时查不到你是否有权这样做，请过一分钟再试。",
};
static const struct phrase too_much = {
        .english = "That was a lot at once: I answer %1 commands a minute. I "
                   "am here for you again in %2 s.",
        .chinese = "一下子太多了：我每分钟最多回答 %1 条命令。请在 %2 "
                   "秒后再发。",
};

/* One run of the transaction. */
struct giving {
    struct hear_answer *answer;
    struct store *store;
    struct arena *arena;
    struct channel channel; /* in force */
    const char *key;
    struct plan_rows rows;
};

/* --- what is said --- */

static struct command_call call_of(const struct giving *giving,
        const char *language)
{
    const struct hear_answer *answer = giving->answer;
    const char *form = answer->account->ops->command_form;

    return (struct command_call){
            .store = giving->store,
            .channel = &giving->channel,
            .configured = roster_base(answer->roster, answer->channel_id),
            .account = giving->channel.home,
            .person = answer->row->event.person,
            .form = form == NULL ? "/paper" : form,
            .language = language,
            .today = answer->today,
            .now_ms = answer->now_ms,
            .keep = answer->keep,
            .chance = answer->chance,
            .can_fetch = answer->can_fetch,
            .unheard_of = answer->unheard_of,
            .arena = giving->arena,
    };
}

static void say_alone(const struct command_call *call,
        struct command_answer *said, const struct phrase *phrase,
        const char *const values[4])
{
    *said = (struct command_answer){.document = arena_new(call->arena,
                                            struct document),
            .personal = true};
    document_init(said->document, call->arena, call->language);
    said->document->aside = true;
    command_say(call, said, phrase, values);
}

static bool say(const struct giving *giving, struct command_answer *said,
        struct error *err)
{
    struct hear_answer *answer = giving->answer;
    const char *first = giving->channel.languages.tags[0];
    const struct command_request request = command_read(giving->arena,
            answer->row->event.text, first == NULL ? "en" : first);
    const struct command_call call = call_of(giving, request.language);

    answer->language = arena_string(answer->arena, request.language);
    switch (answer->kind) {
    case HEAR_ANSWER_UNSURE:
        say_alone(&call, said, &unsure, PHRASE_NO_VALUES);
        return true;
    case HEAR_ANSWER_TOO_MUCH:
        say_alone(&call, said, &too_much,
                PHRASE_VALUES("20",
                        phrase_number(giving->arena,
                                (size_t)(answer->wait_ms + 999) / 1000)));
        return true;
    case HEAR_ANSWER_COMMAND:
        break;
    }
    return command_answer(&call, &request, answer->allowed, said, err);
}

/* --- into the outbox --- */

/* Ends what has not left yet. */
static bool end_due(const struct giving *giving, const struct outbox_list *rows,
        const char *why, struct error *err)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].state == OUTBOX_DUE && !rows->items[i].attempted &&
                !store_outbox_end(giving->store, rows->items[i].id,
                        OUTBOX_EXPIRED, why, giving->answer->now_ms, err))
            return false;
    return true;
}

static bool can_be_edited(const struct giving *giving,
        const struct outbox_list *rows)
{
    if ((giving->answer->account->ops->abilities & ACCOUNT_EDITS) == 0 ||
            giving->rows.person[0] != '\0')
        return false;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].state != OUTBOX_SENT ||
                rows->items[i].receipt[0] == '\0' ||
                rows->items[i].person[0] != '\0')
            return false;
    return true;
}

/* The messages that answered what the person has now written otherwise, if all
 * of them can be changed; else none. */
static bool editable_rows(const struct giving *giving, struct outbox_list *rows,
        struct error *err)
{
    const struct hear_answer *answer = giving->answer;
    const struct event *event = &answer->row->event;

    *rows = (struct outbox_list){0};
    if (event->kind != EVENT_COMMAND_EDIT)
        return true;
    if (!store_outbox_list(giving->store, answer->channel_id,
                hear_key_answer(giving->arena, answer->row->account,
                        event->target),
                giving->arena, rows, err) ||
            !end_due(giving, rows, "the command was written otherwise", err))
        return false;
    if (!can_be_edited(giving, rows))
        rows->count = 0;
    return true;
}

static bool free_edit_key(const struct giving *giving, int64_t row_id,
        const char **key, struct error *err)
{
    for (unsigned number = 1; number <= EDITS_MAX; number++) {
        struct outbox_list rows;
        *key = occasion_edit_key(giving->arena, row_id, number);
        if (!store_outbox_list(giving->store, giving->answer->channel_id, *key,
                    giving->arena, &rows, err))
            return false;
        if (rows.count == 0)
            return true;
    }
    return error_set(err, ERROR_INPUT, "a message was edited %d times",
            EDITS_MAX);
}

static bool add_edits(struct giving *giving, const struct outbox_list *rows,
        const struct plan_message_list *messages, struct error *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct plan_rows edit = giving->rows;
        int64_t id;
        edit.edited = rows->items[i].id;
        if (!free_edit_key(giving, edit.edited, &edit.key, err) ||
                !plan_rows_add_message(giving->store, &edit,
                        &messages->items[i], 0, 0, giving->arena, &id, err))
            return false;
    }
    return true;
}

static bool add_rows(struct giving *giving, const struct document *document,
        struct error *err)
{
    const struct hear_answer *answer = giving->answer;
    struct plan_message_list messages;
    struct outbox_list before;
    unsigned parts;

    if (!editable_rows(giving, &before, err))
        return false;
    if (before.count > 0 &&
            !plan_layout_render(answer->account, &giving->channel, document,
                    false, giving->arena, &messages, err))
        return false;
    if (before.count > 0 && messages.count == before.count)
        return add_edits(giving, &before, &messages, err);
    return plan_rows_add(giving->store, &giving->rows, document, giving->arena,
            &parts, err);
}

/* What was to be said until the answer is here, if it has not left. */
static bool end_wait(const struct giving *giving, struct error *err)
{
    const struct hear_answer *answer = giving->answer;
    struct outbox_list rows;

    if (!store_outbox_list(giving->store, answer->channel_id,
                hear_key_wait(giving->arena, answer->row->account,
                        answer->row->event.id),
                giving->arena, &rows, err))
        return false;
    return end_due(giving, &rows, "the answer was there first", err);
}

/* Nothing to say is fine; and an answer that is there was given before. */
static bool store_answer(struct giving *giving,
        const struct command_answer *said, struct error *err)
{
    struct error failure = {0};

    giving->rows.person =
            said->personal ? giving->answer->row->event.person : "";
    if (said->document->root.first == NULL ||
            add_rows(giving, said->document, &failure))
        return true;
    if (failure.kind == ERROR_REJECTED)
        return true;
    if (err != NULL)
        *err = failure;
    return false;
}

static void take_wanted(struct hear_answer *answer,
        const struct string_list *wanted)
{
    for (size_t i = 0; i < wanted->count; i++)
        string_list_add(&answer->wanted, &answer->wanted_capacity,
                answer->arena, wanted->items[i]);
}

/* --- the transaction --- */

/* The channel as it is at this moment, whoever has just set it. */
static bool begin(struct giving *giving, struct error *err)
{
    const struct hear_answer *answer = giving->answer;
    const struct channel *base =
            roster_base(answer->roster, answer->channel_id);

    if (!channel_settings_apply(giving->store, base, giving->arena,
                &giving->channel, err))
        return false;
    giving->rows = (struct plan_rows){.account = answer->account,
            .channel = &giving->channel,
            .key = giving->key,
            .now_ms = answer->now_ms,
            .life_ms = answer_life_ms,
            .reply = answer->row->event.reply,
            .person = ""};
    return true;
}

static bool give(struct giving *giving, struct error *err)
{
    struct hear_answer *answer = giving->answer;
    const struct inbox_row *row = answer->row;
    struct command_answer said;

    giving->key = hear_key_answer(giving->arena, row->account, row->event.id);
    if (!begin(giving, err) || !say(giving, &said, err))
        return false;
    if (said.wanted.count > 0 && answer->can_fetch) {
        take_wanted(answer, &said.wanted);
        return error_set(err, ERROR_REJECTED, "papers are wanted first");
    }
    return store_answer(giving, &said, err) && end_wait(giving, err) &&
            store_inbox_drop(giving->store, row->id, err);
}

static bool give_step(struct store *store, void *ctx, struct error *err)
{
    struct arena arena = {0};
    struct giving giving = {.answer = ctx, .store = store, .arena = &arena};

    giving.answer->wanted = (struct string_list){0};
    giving.answer->wanted_capacity = 0;
    bool ok = give(&giving, err);
    arena_finish(&arena);
    return ok;
}

bool hear_answer_give(struct hear_answer *answer, struct error *err)
{
    return store_transact(answer->roster->store, give_step, answer, err) ||
            answer->wanted.count > 0;
}

/* --- meanwhile --- */

struct waiting {
    struct hear_answer *answer;
    const struct string_list *ids;
};

static bool say_wait(struct giving *giving, const struct string_list *ids,
        struct error *err)
{
    const struct hear_answer *answer = giving->answer;
    struct document document;
    unsigned parts;

    giving->key = hear_key_wait(giving->arena, answer->row->account,
            answer->row->event.id);
    if (!begin(giving, err))
        return false;
    giving->rows.life_ms = wait_life_ms;
    document_init(&document, giving->arena, answer->language);
    document.aside = true;
    document_paragraph(&document, &document.root, ROLE_NONE,
            command_fetch_notice(giving->arena, ids, answer->language));
    return plan_rows_add(giving->store, &giving->rows, &document, giving->arena,
            &parts, err);
}

static bool wait_step(struct store *store, void *ctx, struct error *err)
{
    const struct waiting *waiting = ctx;
    struct arena arena = {0};
    struct giving giving = {.answer = waiting->answer,
            .store = store,
            .arena = &arena};
    bool ok = say_wait(&giving, waiting->ids, err);

    arena_finish(&arena);
    return ok;
}

bool hear_answer_say_wait(struct hear_answer *answer,
        const struct string_list *ids, struct error *err)
{
    struct waiting waiting = {answer, ids};

    return store_transact(answer->roster->store, wait_step, &waiting, err);
}
