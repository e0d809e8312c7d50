#include "bot/program/program_init_ask.h"

#include "bot/program/program_init_categories.h"
#include "bot/program/program_init_zone.h"

#include "bot/base/text.h"
#include "bot/config/config_channel.h"
#include "bot/config/config_expand.h"
#include "bot/config/config_general.h"
#include "bot/model/category.h"
#include "bot/schedule_hint.h"

#include <string.h>

enum {
    LABEL_MAX_BYTES = 40,
    /* Of a line of categories, as the configuration takes it. */
    CATEGORIES_MAX_BYTES = 180,
};

/* --- words --- */

const char *program_init_ask_word(const struct program_init *init,
        enum init_word word)
{
    return program_init_word(word, init->chinese);
}

const char *program_init_ask_filled(const struct program_init *init,
        enum init_word word, const char *value)
{
    return program_init_filled(word, init->chinese, value, init->arena);
}

/* --- the language of the questions --- */

static bool speaks_chinese(struct outside *outside)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = outside->environment(names[i]);
        if (value != NULL && *value != '\0')
            return text_starts(value, "zh");
    }
    return false;
}

static const char *take_language(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    static const struct {
        const char *word, *tag;
    } words[] = {{"en", "en"}, {"english", "en"}, {"zh", "zh"}, {"cn", "zh"},
            {"chinese", "zh"}, {"中文", "zh"}};
    (void)ctx;
    (void)arena;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_ascii(answer, words[i].word))
            return words[i].tag;
    error_set(err, ERROR_INPUT, "en / zh?");
    return NULL;
}

static void set_language(struct program_init *init, bool chinese)
{
    init->chinese = chinese;
    init->dialog.yes = program_init_ask_word(init, INIT_YES);
    init->dialog.no = program_init_ask_word(init, INIT_NO);
}

bool program_init_ask_language(struct program_init *init)
{
    set_language(init, speaks_chinese(init->setup->outside));
    const char *tag = dialog_ask(&init->dialog, "Language / 语言 (en, zh)",
            init->chinese ? "zh" : "en", take_language, init);
    if (tag != NULL)
        set_language(init, text_same(tag, "zh"));
    return tag != NULL;
}

/* --- the product --- */

static const char *form_of(const struct account_kind *kind)
{
    return kind->form != NULL ? kind->form : kind->kind;
}

static const char *take_kind(void *ctx, const char *answer, struct arena *arena,
        struct error *err)
{
    struct program_init *init = ctx;
    const struct account_kind *const *kinds =
            init->setup->outside->kinds.accounts;
    size_t count = 0;
    while (kinds[count] != NULL)
        count++;
    const char **names = arena_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = form_of(kinds[i]);
        if (text_same_ascii(answer, names[i]) ||
                text_same(answer, arena_format(arena, "%zu", i + 1))) {
            init->kind = kinds[i];
            return names[i];
        }
    }
    const char *nearest = text_nearest(answer, names);
    error_set(err, ERROR_INPUT, "%s%s%s%s",
            program_init_ask_filled(init, INIT_PRODUCT_WRONG, answer),
            nearest == NULL ? "" : "; ", nearest == NULL ? "" : nearest,
            nearest == NULL ? "" : "?");
    return NULL;
}

static bool ask_product(struct program_init *init)
{
    const struct account_kind *const *kinds =
            init->setup->outside->kinds.accounts;
    for (size_t i = 0; kinds[i] != NULL; i++)
        dialog_say(&init->dialog,
                arena_format(init->arena, "  %zu  %-10s %s", i + 1,
                        form_of(kinds[i]),
                        program_init_kind_is(form_of(kinds[i]),
                                init->chinese)));
    if (dialog_ask(&init->dialog, program_init_ask_word(init, INIT_PRODUCT),
                kinds[0] == NULL ? NULL : form_of(kinds[0]), take_kind,
                init) == NULL)
        return false;
    init->answers.kind = init->kind->kind;
    init->answers.one_channel = init->kind->one_channel;
    init->answers.threads = init->kind->threads;
    dialog_say(&init->dialog,
            program_init_kind_can(form_of(init->kind),
                    config_is_webhook(init->kind), init->chinese));
    return true;
}

/* --- its name, keys and room --- */

/* It becomes a section's and a file's name. */
static bool is_label(const char *word)
{
    for (const char *at = word; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                (*at >= '0' && *at <= '9') || *at == '_' ||
                (*at == '-' && at > word) || (unsigned char)*at >= 0x80;
        if (!plain)
            return false;
    }
    return *word != '\0' && strlen(word) <= LABEL_MAX_BYTES;
}

static const char *take_label(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    const struct program_init *init = ctx;
    const char *word = text_one_line(arena, answer);
    if (is_label(word) &&
            (init->kind->one_channel || !text_same(word, init->kind->kind)))
        return word;
    error_set(err, ERROR_INPUT, "%s",
            program_init_ask_word(init, INIT_LABEL_WRONG));
    return NULL;
}

static bool ask_label(struct program_init *init)
{
    bool screen = init->kind->one_channel && !config_is_webhook(init->kind);
    init->answers.label =
            dialog_ask(&init->dialog, program_init_ask_word(init, INIT_LABEL),
                    screen ? "screen" : "team", take_label, init);
    return init->answers.label != NULL;
}

/* What another key further on can stand for, or nothing. */
static bool may_be_left_out(const struct setting_spec *spec)
{
    const struct setting_spec *at = spec;
    while (spec->unless != NULL && at->key != NULL &&
            !text_same(at->key, spec->unless))
        at++;
    return spec->offered || (spec->unless != NULL && at->key != NULL);
}

static bool is_answered(const struct program_init *init, const char *key)
{
    for (size_t i = 0; i < init->answers.setting_count; i++)
        if (text_same(init->settings[i].key, key))
            return true;
    return false;
}

/* A value of the product's own; ${NAME} is kept as it is, and looked at. */
static const char *take_setting(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    struct program_init *init = ctx;
    const char *value = answer;
    if (*answer == '\0' && may_be_left_out(init->spec))
        return "";
    if (*answer == '\0') {
        error_set(err, ERROR_INPUT, "%s",
                program_init_ask_word(init, INIT_EMPTY));
        return NULL;
    }
    if (config_expand_needed(answer))
        value = config_expand(answer, init->setup->outside->environment, arena,
                err);
    if (value == NULL)
        return NULL;
    const char *flaw =
            init->spec->flaw == NULL ? NULL : init->spec->flaw(value);
    if (flaw == NULL && strchr(value, '\n') == NULL)
        return answer;
    error_set(err, ERROR_INPUT, "%s",
            program_init_ask_filled(init, INIT_EXPECTED,
                    program_init_expected(flaw == NULL ? "one line" : flaw,
                            init->chinese)));
    return NULL;
}

static bool ask_setting(struct program_init *init,
        const struct setting_spec *spec)
{
    const char *question = program_init_key(form_of(init->kind), spec->key,
            spec->help, init->chinese);
    if (may_be_left_out(spec))
        question = program_init_ask_filled(init, INIT_OR_ELSE, question);
    init->spec = spec;
    const char *value = spec->secret
            ? dialog_ask_secret(&init->dialog,
                      program_init_ask_filled(init, INIT_SECRET, question),
                      take_setting, init)
            : dialog_ask(&init->dialog, question, NULL, take_setting, init);
    if (value == NULL || *value == '\0')
        return value != NULL;
    init->settings[init->answers.setting_count++] =
            (struct init_setting){.key = spec->key,
                    .value = value,
                    .secret = spec->secret && !config_expand_needed(value)};
    return true;
}

static const char *take_any(void *ctx, const char *answer, struct arena *arena,
        struct error *err)
{
    const struct program_init *init = ctx;
    if (*answer != '\0')
        return text_one_line(arena, answer);
    error_set(err, ERROR_INPUT, "%s", program_init_ask_word(init, INIT_EMPTY));
    return NULL;
}

static const char *take_room(void *ctx, const char *answer, struct arena *arena,
        struct error *err)
{
    const struct program_init *init = ctx;
    const char *room = take_any(ctx, answer, arena, err);
    if (room == NULL || init->kind->room_flaw == NULL ||
            init->kind->room_flaw(room) == NULL)
        return room;
    error_set(err, ERROR_INPUT, "%s",
            program_init_ask_filled(init, INIT_EXPECTED,
                    program_init_room(form_of(init->kind),
                            init->kind->room_flaw(room), init->chinese)));
    return NULL;
}

static bool ask_place(struct program_init *init)
{
    const struct setting_spec *spec = init->kind->keys;
    for (; spec->key != NULL; spec++)
        if ((spec->required || spec->offered) &&
                !(spec->unless != NULL && is_answered(init, spec->unless)) &&
                init->answers.setting_count < PROGRAM_INIT_SETTINGS_MAX &&
                !ask_setting(init, spec))
            return false;
    init->answers.room = "";
    if (init->kind->room_help == NULL)
        return true;
    init->answers.room = dialog_ask(&init->dialog,
            program_init_ask_filled(init, INIT_ROOM,
                    program_init_room(form_of(init->kind),
                            init->kind->room_help, init->chinese)),
            NULL, take_room, init);
    return init->answers.room != NULL;
}

/* --- what, when, in which language --- */

/* Lets the configuration's own reader judge the value of a key. */
static const char *take_key(struct program_init *init,
        const struct config_key *keys, const char *key, void *target,
        const char *answer, struct error *err)
{
    while (!text_same(keys->key, key))
        keys++;
    return keys->take(target, answer, init->arena, err) ? answer : NULL;
}
static const char *take_categories(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    struct program_init *init = ctx;
    struct string_list *codes = &init->channel.subscription.categories;
    if (*answer == '?') {
        program_init_categories_find(answer + 1, init->chinese, arena,
                init->dialog.out);
        error_set(err, ERROR_INPUT, "%s", "");
        return NULL;
    }
    const char *known =
            program_init_categories_codes(answer, init->chinese, arena, err);
    if (known == NULL ||
            take_key(init, config_channel_keys, "categories", &init->channel,
                    known, err) == NULL)
        return NULL;
    struct text tags;
    text_init(&tags, arena, CATEGORIES_MAX_BYTES);
    for (size_t i = 0; i < codes->count; i++)
        text_add_format(&tags, "%s%s", i == 0 ? "" : " ",
                category_tag(codes->items[i]));
    if (text_ok(&tags))
        return text_string(&tags);
    error_set(err, ERROR_INPUT, "%s",
            program_init_ask_word(init, INIT_CATEGORIES_LONG));
    return NULL;
}

static const char *take_languages(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    struct program_init *init = ctx;
    (void)arena;
    return take_key(init, config_channel_keys, "languages", &init->channel,
            answer, err);
}

static const char *take_zone(void *ctx, const char *answer, struct arena *arena,
        struct error *err)
{
    struct program_init *init = ctx;
    (void)arena;
    return take_key(init, config_channel_keys, "timezone", &init->channel,
            answer, err);
}

static const char *take_hour(void *ctx, const char *answer, struct arena *arena,
        struct error *err)
{
    struct program_init *init = ctx;
    (void)arena;
    return take_key(init, config_channel_keys, "schedule", &init->channel,
            answer, err);
}

static bool ask_what(struct program_init *init)
{
    struct init_answers *answers = &init->answers;
    answers->categories = dialog_ask(&init->dialog,
            program_init_ask_word(init, INIT_CATEGORIES), "LG CV CL",
            take_categories, init);
    if (answers->categories == NULL)
        return false;
    program_init_categories_show(&init->channel.subscription.categories,
            init->chinese, init->dialog.out);
    answers->languages = dialog_ask(&init->dialog,
            program_init_ask_word(init, INIT_LANGUAGES),
            init->chinese ? "zh en" : "en", take_languages, init);
    return answers->languages != NULL;
}

static int year_of(int64_t ms)
{
    const int64_t day_ms = INT64_C(24) * 3600 * 1000;
    return civil_date_of_days(ms / day_ms).year;
}

static bool ask_when(struct program_init *init)
{
    struct init_answers *answers = &init->answers;
    int64_t now_ms = program_setup_now_ms(init->setup);
    answers->timezone =
            dialog_ask(&init->dialog, program_init_ask_word(init, INIT_ZONE),
                    program_init_zone_guess(init->setup->outside->environment,
                            "", init->arena),
                    take_zone, init);
    if (answers->timezone == NULL)
        return false;
    init->channel.schedule.timezone = answers->timezone;
    answers->schedule = dialog_ask(&init->dialog,
            program_init_ask_word(init, INIT_HOUR),
            program_init_zone_hour(answers->timezone, now_ms, init->arena),
            take_hour, init);
    if (answers->schedule == NULL)
        return false;
    if (schedule_hint(&init->channel, year_of(now_ms), init->arena) != NULL)
        dialog_say(&init->dialog,
                arena_format(init->arena, "  %s",
                        program_init_ask_filled(init, INIT_MISSED,
                                program_init_zone_feed(answers->timezone,
                                        now_ms, init->arena))));
    return true;
}

/* --- who asks --- */

static const char *take_contact(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    struct program_init *init = ctx;
    (void)arena;
    if (text_same_ascii(answer, "none"))
        return "";
    if (*answer == '\0') {
        error_set(err, ERROR_INPUT, "%s",
                program_init_ask_word(init, INIT_EMPTY));
        return NULL;
    }
    return take_key(init, config_general_bot_keys, "contact", &init->config,
            answer, err);
}

static bool ask_contact(struct program_init *init)
{
    const char *usual = init->setup->outside->environment("EMAIL");
    init->answers.contact =
            dialog_ask(&init->dialog, program_init_ask_word(init, INIT_CONTACT),
                    usual, take_contact, init);
    return init->answers.contact != NULL;
}

bool program_init_ask_all(struct program_init *init)
{
    return ask_product(init) && ask_label(init) && ask_place(init) &&
            ask_what(init) && ask_when(init) && ask_contact(init) &&
            dialog_confirm(&init->dialog,
                    program_init_ask_filled(init, INIT_WRITE, init->path),
                    true);
}
