#include "bot/config/config_writer.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    AT_ONCE_DEFAULT = 2,
    AT_ONCE_MAX = 16,
    MONEY_PLACES = 6, /* it is counted in millionths */
};

static const int64_t count_max = INT64_C(1000000000000);

/* --- values --- */

static bool take_count(const char *value, int64_t *count, const char *example,
        struct error *err)
{
    int64_t number = 0;

    for (const char *at = value; *at != '\0'; at++) {
        if (!isdigit((unsigned char)*at) || number > count_max / 10)
            return error_set(err, ERROR_INPUT,
                    "\"%s\" is no number; expected such as %s", value, example);
        number = number * 10 + (*at - '0');
    }
    if (number == 0)
        return error_set(err, ERROR_INPUT,
                "\"%s\" leaves nothing; expected such as %s, or no such key",
                value, example);
    *count = number;
    return true;
}

/* "0.15" in millionths. */
static bool take_money(const char *value, int64_t *money, struct error *err)
{
    int64_t number = 0;
    int places = -1;
    bool good = *value != '\0' && *value != '.';

    for (const char *at = value; good && *at != '\0'; at++) {
        if (*at == '.' && places < 0 && at[1] != '\0') {
            places = 0;
            continue;
        }
        good = isdigit((unsigned char)*at) && number <= count_max &&
                places < MONEY_PLACES;
        number = number * 10 + (*at - '0');
        places += places >= 0;
    }
    if (!good)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no amount; expected such as 0.15", value);
    for (int i = places < 0 ? 0 : places; i < MONEY_PLACES; i++)
        number *= 10;
    *money = number;
    return true;
}

static bool take_at_once(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    int64_t count;

    (void)arena;
    if (!take_count(value, &count, "2", NULL) || count > AT_ONCE_MAX)
        return error_set(err, ERROR_INPUT, "is \"%s\"; expected from 1 to %d",
                value, AT_ONCE_MAX);
    terms->at_once = (unsigned)count;
    return true;
}

static bool take_languages(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    struct language_pair pair;
    size_t capacity = 0;

    if (!config_parse_languages(value, arena, &pair, err))
        return false;
    for (size_t i = 0; i < LANGUAGES_MAX && pair.tags[i] != NULL; i++)
        string_list_add(&terms->languages, &capacity, arena, pair.tags[i]);
    return true;
}

static bool take_requests(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_count(value, &terms->budget.requests, "200", err);
}

static bool take_tokens(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_count(value, &terms->budget.units, "500000", err);
}

static bool take_budget(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_money(value, &terms->budget.money, err) &&
            (terms->budget.money > 0 ||
                    error_set(err, ERROR_INPUT,
                            "\"%s\" leaves nothing; expected such as 1.50, or "
                            "no such key",
                            value));
}

static bool take_price_request(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_money(value, &terms->price.request, err);
}

static bool take_price_in(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_money(value, &terms->price.unit_in, err);
}

static bool take_price_out(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct writer_terms *terms = target;
    (void)arena;
    return take_money(value, &terms->price.unit_out, err);
}

const struct config_key config_writer_keys[] = {
        {.key = "type"}, /* find_kind */
        {.key = "languages", .take = take_languages},
        {.key = "at_once", .take = take_at_once},
        {.key = "requests_a_day", .take = take_requests},
        {.key = "tokens_a_day", .take = take_tokens},
        {.key = "money_a_day", .take = take_budget},
        {.key = "price_request", .take = take_price_request},
        {.key = "price_in", .take = take_price_in},
        {.key = "price_out", .take = take_price_out},
        {.key = NULL},
};

/* --- the section --- */

static const char **kind_names(const struct config_reading *reading)
{
    const struct writer_kind *const *kinds = reading->kinds->writers;
    size_t count = 0;

    while (kinds != NULL && kinds[count] != NULL)
        count++;
    const char **names = arena_array(reading->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = kinds[i]->kind;
    return names;
}

static const struct writer_kind *find_kind(struct config_reading *reading,
        const struct config_section *section)
{
    const struct writer_kind *const *kinds = reading->kinds->writers;
    const struct config_entry *entry;
    const char *type;

    if (!config_section_take(reading, section, "type", false, false, &entry,
                &type)) {
        if (entry == NULL)
            config_section_unknown(reading, section, section->line, "type",
                    "is missing", "", kind_names(reading));
        return NULL;
    }
    for (; kinds != NULL && *kinds != NULL; kinds++)
        if (text_same((*kinds)->kind, type))
            return *kinds;
    config_section_unknown(reading, section, entry->line, "type",
            arena_format(reading->arena, "there is no type \"%s\"",
                    config_section_hides(entry) ? "..." : type),
            type, kind_names(reading));
    return NULL;
}

/* A bound in money binds nobody whose price is not known. */
static void check_price(struct config_reading *reading,
        const struct config_section *section, const struct writer_terms *terms)
{
    const struct writer_price *price = &terms->price;

    if (terms->budget.money > 0 && price->request == 0 && price->unit_in == 0 &&
            price->unit_out == 0)
        config_section_complain(reading, section, section->line, "money_a_day",
                "is no bound without a price; give price_request, price_in or "
                "price_out");
}

void config_writer_read(struct config_reading *reading,
        const struct config_section *section)
{
    const struct writer_kind *kind = find_kind(reading, section);
    struct config *config = reading->config;

    if (kind == NULL)
        return;
    if (config->writer_count == WRITERS_MAX) {
        config_section_complain(reading, section, section->line, "",
                "a chain has at most %d writers", WRITERS_MAX);
        return;
    }
    struct config_writer writer = {.kind = kind,
            .terms = {.at_once = AT_ONCE_DEFAULT},
            .line = section->line};
    config_section_take_keys(reading, section, config_writer_keys,
            &writer.terms);
    writer.settings = config_section_settings(reading, section, kind->keys);
    config_section_check_keys(reading, section, config_writer_keys, kind->keys);
    check_price(reading, section, &writer.terms);
    config->writers =
            arena_grow(reading->arena, config->writers, config->writer_count,
                    &reading->writer_capacity, sizeof *config->writers);
    config->writers[config->writer_count++] = writer;
}
