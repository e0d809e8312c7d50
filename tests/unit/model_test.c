#include "bot/model/batch.h"
#include "bot/model/note.h"
#include "bot/model/occasion.h"
#include "bot/model/outbox.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_announce_types_are_the_feeds_words(void **state)
{
    (void)state;
    static const char *const words[] = {"new", "cross", "replace",
            "replace-cross"};

    for (size_t i = 0; i < 4; i++) {
        enum announce_type type = announce_type_parse(words[i]);
        assert_string_equal(announce_type_name(type), words[i]);
    }
    assert_int_equal(announce_type_parse("New"), ANNOUNCE_NEW);
    assert_int_equal(announce_type_parse(""), ANNOUNCE_UNKNOWN);
    assert_int_equal(announce_type_parse("unknown"), ANNOUNCE_UNKNOWN);
    assert_int_equal(announce_type_parse("replaced"), ANNOUNCE_UNKNOWN);
}

static void test_states_have_names(void **state)
{
    (void)state;

    assert_string_equal(batch_state_name(BATCH_ANNOUNCED), "announced");
    assert_string_equal(batch_state_name(BATCH_NOT_YET), "not yet");
    assert_string_equal(batch_state_name(BATCH_FAILED), "failed");
    assert_string_equal(batch_state_name(BATCH_NONE), "none today");
    assert_string_equal(batch_state_name(BATCH_STALE), "stale");
    assert_string_equal(outbox_state_name(OUTBOX_DUE), "due");
    assert_string_equal(outbox_state_name(OUTBOX_SENT), "sent");
    assert_string_equal(outbox_state_name(OUTBOX_PARKED), "parked");
    assert_string_equal(outbox_state_name(OUTBOX_EXPIRED), "expired");
    assert_string_equal(occasion_outcome_name(OUTCOME_NONE), "none");
    assert_string_equal(occasion_outcome_name(OUTCOME_MISSED), "missed");
}

static void test_occasions_are_keyed_by_date(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct civil_date date = {2026, 3, 8};

    assert_string_equal(occasion_digest_key(&arena, date), "digest/2026-03-08");
    assert_string_equal(occasion_post_key(&arena, date, 2),
            "post/2026-03-08/2");
    arena_finish(&arena);
}

static void test_a_note_is_found_by_paper_and_language(void **state)
{
    (void)state;
    struct note items[] = {
            {.paper_id = "2210.11693", .language = "en"},
            {.paper_id = "2210.11693", .language = "zh"},
    };
    struct note_list notes = {.items = items, .count = 2};

    assert_ptr_equal(note_find(&notes, "2210.11693", "zh"), &items[1]);
    assert_null(note_find(&notes, "2210.11693", "de"));
    assert_null(note_find(&notes, "2210.11694", "zh"));
    assert_null(note_find(&(struct note_list){0}, "2210.11693", "zh"));
}

static void test_a_setting_has_a_fallback(void **state)
{
    (void)state;
    static const struct setting items[] = {{"webhook", "https://example.org"}};
    struct settings settings = {.name = "x", .items = items, .count = 1};

    assert_string_equal(settings_get(&settings, "webhook", ""),
            "https://example.org");
    assert_string_equal(settings_get(&settings, "colour", "auto"), "auto");
    assert_null(settings_get(&settings, "colour", NULL));
}

static void test_closing_no_store_is_fine(void **state)
{
    (void)state;

    store_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_announce_types_are_the_feeds_words),
            cmocka_unit_test(test_states_have_names),
            cmocka_unit_test(test_occasions_are_keyed_by_date),
            cmocka_unit_test(test_a_note_is_found_by_paper_and_language),
            cmocka_unit_test(test_a_setting_has_a_fallback),
            cmocka_unit_test(test_closing_no_store_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
