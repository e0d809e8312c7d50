#include "bot/write/write_budget.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

static const int64_t million = 1000000;

/* --- what the store keeps: "2026-11-24 12 3400 50000 10 2" --- */

static const char *key_of(struct arena *arena, const char *writer)
{
    return arena_format(arena, "writer/%s/spent", writer);
}

/* A value that is none counts as nothing spent. */
static struct write_spent parse(const char *value)
{
    struct write_spent spent = {0};
    char day[CIVIL_DATE_SIZE] = "";
    char *rest;

    if (strlen(value) < sizeof day)
        return spent;
    memcpy(day, value, sizeof day - 1);
    if (!civil_date_parse(day, &spent.day))
        return spent;
    spent.requests = strtoll(value + sizeof day - 1, &rest, 10);
    spent.units = strtoll(rest, &rest, 10);
    spent.money = strtoll(rest, &rest, 10);
    spent.kept = strtoll(rest, &rest, 10);
    spent.refused = strtoll(rest, NULL, 10);
    return spent;
}

bool write_budget_read(struct store *store, const char *writer, int64_t now_ms,
        struct write_spent *spent, struct error *err)
{
    struct civil_date today = civil_date_of_days(now_ms / DAY_MS);
    struct arena arena = {0};
    char *value;
    bool ok =
            store_value_get(store, key_of(&arena, writer), &arena, &value, err);

    *spent = (struct write_spent){0};
    if (ok && value != NULL)
        *spent = parse(value);
    if (civil_date_compare(spent->day, today) != 0)
        *spent = (struct write_spent){.day = today};
    arena_finish(&arena);
    return ok;
}

static bool keep(struct store *store, const char *writer,
        const struct write_spent *spent, struct error *err)
{
    struct arena arena = {0};
    char day[CIVIL_DATE_SIZE];

    civil_date_format(spent->day, day);
    bool ok = store_value_put(store, key_of(&arena, writer),
            arena_format(&arena,
                    "%s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                    " %" PRId64,
                    day, spent->requests, spent->units, spent->money,
                    spent->kept, spent->refused),
            err);
    arena_finish(&arena);
    return ok;
}

/* --- counting --- */

/* None below 0: what was asked yesterday may be returned today. */
static int64_t plus(int64_t sum, int64_t more)
{
    return sum + more < 0 ? 0 : sum + more;
}

static bool add(struct store *store, const struct hired_writer *hired,
        const struct write_spent *more, int64_t now_ms, struct error *err)
{
    const char *name = hired->writer->name;
    struct write_spent spent;

    if (!write_budget_read(store, name, now_ms, &spent, err))
        return false;
    spent.requests = plus(spent.requests, more->requests);
    spent.units = plus(spent.units, more->units);
    spent.money = plus(spent.money, more->money);
    spent.kept = plus(spent.kept, more->kept);
    spent.refused = plus(spent.refused, more->refused);
    return keep(store, name, &spent, err);
}

bool write_budget_ask(struct store *store, const struct hired_writer *hired,
        int64_t now_ms, struct error *err)
{
    const struct write_spent more = {.requests = 1,
            .money = hired->terms.price.request};

    return add(store, hired, &more, now_ms, err);
}

bool write_budget_return(struct store *store, const struct hired_writer *hired,
        int64_t now_ms, struct error *err)
{
    const struct write_spent less = {.requests = -1,
            .money = -hired->terms.price.request};

    return add(store, hired, &less, now_ms, err);
}

/* Rounded up: a budget is kept. */
static int64_t price_of(int64_t units, int64_t a_million)
{
    if (units <= 0 || a_million <= 0)
        return 0;
    return units > INT64_MAX / 2 / a_million
            ? INT64_MAX / 4
            : (units * a_million + million - 1) / million;
}

bool write_budget_answer(struct store *store, const struct hired_writer *hired,
        const struct writer_usage *usage, enum note_outcome outcome,
        int64_t now_ms, struct error *err)
{
    const struct writer_price *price = &hired->terms.price;
    const struct write_spent more = {.units =
                                             usage->units_in + usage->units_out,
            .money = price_of(usage->units_in, price->unit_in) +
                    price_of(usage->units_out, price->unit_out),
            .kept = outcome == NOTE_KEPT,
            .refused = outcome == NOTE_REFUSED};

    return add(store, hired, &more, now_ms, err);
}

/* --- what is left --- */

static bool is_reached(int64_t spent, int64_t bound)
{
    return bound > 0 && spent >= bound;
}

bool write_budget_is_spent(const struct write_spent *spent,
        const struct writer_budget *budget)
{
    return is_reached(spent->requests, budget->requests) ||
            is_reached(spent->units, budget->units) ||
            is_reached(spent->money, budget->money);
}

int64_t write_budget_tomorrow_ms(int64_t now_ms)
{
    return (now_ms / DAY_MS + 1) * DAY_MS;
}

/* --- in words --- */

static const char *money_text(int64_t money, struct arena *arena)
{
    return arena_format(arena, "%" PRId64 ".%02" PRId64, money / million,
            money % million / 10000);
}

static const char *number_text(int64_t number, struct arena *arena)
{
    return arena_format(arena, "%" PRId64, number);
}

static void add_count(struct text *text, enum label label, const char *spent,
        const char *bound, const char *language)
{
    const char *const both[4] = {spent, bound, "", ""};
    const char *const values[4] = {bound == NULL
                    ? spent
                    : label_fill(text->arena, LABEL_SPENT_OF, language, both),
            "", "", ""};

    text_add(text, text->length > 0 ? ", " : "");
    text_add(text, label_fill(text->arena, label, language, values));
}

const char *write_budget_text(const struct write_spent *spent,
        const struct writer_budget *budget, const char *language,
        struct arena *arena)
{
    const struct {
        enum label label;
        int64_t spent, bound;
        const char *(*show)(int64_t, struct arena *);
    } counts[] = {
            {LABEL_SPENT_REQUESTS, spent->requests, budget->requests,
                    number_text},
            {LABEL_SPENT_TOKENS, spent->units, budget->units, number_text},
            {LABEL_SPENT_MONEY, spent->money, budget->money, money_text},
    };
    struct text text;

    text_init(&text, arena, 300);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (i == 0 || counts[i].spent > 0 || counts[i].bound > 0)
            add_count(&text, counts[i].label,
                    counts[i].show(counts[i].spent, arena),
                    counts[i].bound > 0 ? counts[i].show(counts[i].bound, arena)
                                        : NULL,
                    language);
    return text_string(&text);
}
