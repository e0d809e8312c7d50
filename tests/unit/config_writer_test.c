/* [writer NAME]: a chain in the order of the file, its budgets and prices. */
#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config.h"
#include "store/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct config_kinds kinds = {.accounts = registry_accounts,
        .sources = registry_sources,
        .writers = registry_writers,
        .store_knows = store_registry_knows};

static const char *no_environment(const char *name)
{
    (void)name;
    return NULL;
}

struct reading {
    struct arena arena;
    struct config config;
    struct config_complaint_list complaints;
};

static bool read_text(struct reading *reading, const char *text)
{
    char path[] = "/tmp/paperboy-writer-XXXXXX";
    int file = mkstemp(path);

    *reading = (struct reading){0};
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    bool good = config_read(path, &kinds, no_environment, &reading->arena,
            &reading->config, &reading->complaints);
    unlink(path);
    return good;
}

/* A section with one line more is complained about with these words. */
static void assert_complaint(const char *line, const char *words)
{
    struct reading reading;
    struct arena arena = {0};
    char *text =
            arena_format(&arena, "[writer w]\ntype = extractive\n%s\n", line);

    assert_false(read_text(&reading, text));
    assert_int_equal(reading.complaints.count, 1);
    if (strstr(reading.complaints.items[0].text, words) == NULL)
        fail_msg("%s: %s", line, reading.complaints.items[0].text);
    arena_finish(&reading.arena);
    arena_finish(&arena);
}

static void test_writers_are_a_chain_in_the_order_of_the_file(void **state)
{
    struct reading reading;

    (void)state;
    assert_true(read_text(&reading,
            "[writer second]\ntype = extractive\n"
            "[writer first]\ntype = extractive\nlanguages = en\n"));
    assert_int_equal(reading.config.writer_count, 2);
    assert_string_equal(reading.config.writers[0].settings.name, "second");
    assert_int_equal(reading.config.writers[0].terms.at_once, 2);
    assert_int_equal(reading.config.writers[0].terms.languages.count, 0);
    assert_string_equal(reading.config.writers[1].terms.languages.items[0],
            "en");
    arena_finish(&reading.arena);
}

static void test_budgets_and_prices_are_read_to_the_millionth(void **state)
{
    struct reading reading;

    (void)state;
    assert_true(read_text(&reading,
            "[writer w]\ntype = extractive\nat_once = 4\n"
            "requests_a_day = 200\ntokens_a_day = 500000\n"
            "money_a_day = 1.5\nprice_request = 0.000001\n"
            "price_in = 0.15\nprice_out = 12\n"));
    const struct writer_terms *terms = &reading.config.writers[0].terms;
    assert_int_equal(terms->at_once, 4);
    assert_int_equal(terms->budget.requests, 200);
    assert_int_equal(terms->budget.units, 500000);
    assert_int_equal(terms->budget.money, 1500000);
    assert_int_equal(terms->price.request, 1);
    assert_int_equal(terms->price.unit_in, 150000);
    assert_int_equal(terms->price.unit_out, 12000000);
    arena_finish(&reading.arena);
}

static void
test_what_is_no_bound_is_refused_with_what_would_be_one(void **state)
{
    (void)state;
    assert_complaint("requests_a_day = many", "expected such as 200");
    assert_complaint("requests_a_day = 0", "leaves nothing");
    assert_complaint("tokens_a_day = -5", "expected such as 500000");
    assert_complaint("money_a_day = 1.2345678\nprice_in = 1",
            "expected such as 0.15");
    assert_complaint("money_a_day = 1.", "expected such as 0.15");
    assert_complaint("money_a_day = 2", "no bound without a price");
    assert_complaint("at_once = 100", "expected from 1 to 16");
    assert_complaint("languages = xx", "languages");
    assert_complaint("modle = x", "is no key");
}

static void test_an_unknown_type_is_named(void **state)
{
    struct reading reading;

    (void)state;
    assert_false(read_text(&reading, "[writer w]\ntype = extractiv\n"));
    assert_non_null(strstr(reading.complaints.items[0].text,
            "did you mean extractive?"));
    arena_finish(&reading.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_writers_are_a_chain_in_the_order_of_the_file),
            cmocka_unit_test(test_budgets_and_prices_are_read_to_the_millionth),
            cmocka_unit_test(
                    test_what_is_no_bound_is_refused_with_what_would_be_one),
            cmocka_unit_test(test_an_unknown_type_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
