#include "bot/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HOUR_MS INT64_C(3600000)

static const struct civil_date friday = {2026, 11, 20};
static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};

static const struct batch complete_friday = {.category = "cs.LG",
        .date = {2026, 11, 20},
        .state = BATCH_ANNOUNCED};

/* A look on Monday that was read to its end. */
static struct judge_look look_at(size_t shown, size_t unseen)
{
    return (struct judge_look){.day = monday,
            .whole = true,
            .shown = shown,
            .unseen = unseen,
            .now_ms = 100 * HOUR_MS};
}

static struct batch monday_in(enum batch_state state, int64_t hours_ago)
{
    return (struct batch){.category = "cs.LG",
            .date = monday,
            .state = state,
            .checked_ms = (100 - hours_ago) * HOUR_MS};
}

static void assert_verdict(struct judge_verdict verdict,
        struct civil_date filed, enum batch_state state)
{
    assert_int_equal(civil_date_compare(verdict.filed, filed), 0);
    assert_int_equal(verdict.state, state);
}

static void test_most_being_unseen_announces_the_day(void **state)
{
    const struct judge_known known = {.older = &complete_friday};
    struct judge_look look = look_at(9, 5);

    (void)state;
    assert_verdict(judge(&look, &known), monday, BATCH_ANNOUNCED);
    look = look_at(9, 4);
    assert_verdict(judge(&look, &known), friday, BATCH_NOT_YET);
    look = look_at(0, 0);
    assert_verdict(judge(&look, &known), friday, BATCH_NOT_YET);
}

static void test_half_a_feed_announces_nothing(void **state)
{
    const struct judge_known known = {.older = &complete_friday};
    struct judge_look look = look_at(9, 9);

    (void)state;
    look.whole = false;
    assert_verdict(judge(&look, &known), monday, BATCH_FAILED);
}

static void test_an_announcement_stands(void **state)
{
    const struct batch day = monday_in(BATCH_ANNOUNCED, 3);
    const struct judge_known known = {.day = &day, .older = &complete_friday};
    struct judge_look look = look_at(9, 1);

    (void)state;
    assert_verdict(judge(&look, &known), monday, BATCH_ANNOUNCED);
    look.whole = false;
    look.holiday = look.over = true;
    assert_verdict(judge(&look, &known), monday, BATCH_ANNOUNCED);
}

static void
test_the_evenings_papers_are_tomorrows_if_they_took_a_place(void **state)
{
    static const struct {
        enum batch_state state;
        int64_t hours_ago;
        bool tomorrow;
    } cases[] = {
            {BATCH_ANNOUNCED, 20, true}, {BATCH_NOT_YET, 1, true},
            {BATCH_NONE, 1, true}, {BATCH_STALE, 1, true},
            {BATCH_NOT_YET, 12, false}, /* they may have come at midday */
            {BATCH_FAILED, 1, false},   /* nobody saw what was there before */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct batch day = monday_in(cases[i].state, cases[i].hours_ago);
        const struct judge_known known = {.day = &day,
                .older = &complete_friday};
        struct judge_look look = look_at(9, 9);
        look.next = tuesday;
        assert_int_equal(civil_date_compare(judge(&look, &known).filed,
                                 cases[i].tomorrow ? tuesday : monday),
                0);
        look.next = (struct civil_date){0};
        assert_int_equal(civil_date_compare(judge(&look, &known).filed, monday),
                0);
    }
}

static void test_a_first_look_in_the_evening_is_todays(void **state)
{
    const struct judge_known known = {.day = NULL};
    struct judge_look look = look_at(9, 9);

    (void)state;
    look.next = tuesday;
    assert_verdict(judge(&look, &known), monday, BATCH_ANNOUNCED);
}

static void test_a_feed_is_stale_only_by_its_own_word(void **state)
{
    const struct batch stale = monday_in(BATCH_STALE, 1);
    struct judge_known known = {.older = &complete_friday};
    struct judge_look look = look_at(9, 0);

    (void)state;
    look.built = friday;
    assert_verdict(judge(&look, &known), friday, BATCH_NOT_YET);
    look.built = monday;
    assert_verdict(judge(&look, &known), friday, BATCH_STALE);
    assert_int_equal(civil_date_compare(judge(&look, &known).stale_of, friday),
            0);
    look.shown = 0; /* it shows nothing: it may come yet */
    assert_verdict(judge(&look, &known), friday, BATCH_NOT_YET);
    look = look_at(0, 0);
    look.unchanged = true;
    assert_verdict(judge(&look, &known), friday, BATCH_NOT_YET);
    known.day = &stale;
    assert_verdict(judge(&look, &known), friday, BATCH_STALE);
}

static void test_a_holiday_or_a_day_gone_has_none_until_one_comes(void **state)
{
    const struct judge_known known = {.older = &complete_friday};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct judge_look look = look_at(9, 0);
        look.holiday = i == 0;
        look.over = i == 1;
        look.built = monday;
        assert_verdict(judge(&look, &known), friday, BATCH_NONE);
        look.unseen = 9;
        assert_verdict(judge(&look, &known), monday, BATCH_ANNOUNCED);
        look.whole = false;
        assert_verdict(judge(&look, &known), monday, BATCH_FAILED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_most_being_unseen_announces_the_day),
            cmocka_unit_test(test_half_a_feed_announces_nothing),
            cmocka_unit_test(test_an_announcement_stands),
            cmocka_unit_test(
                    test_the_evenings_papers_are_tomorrows_if_they_took_a_place),
            cmocka_unit_test(test_a_first_look_in_the_evening_is_todays),
            cmocka_unit_test(test_a_feed_is_stale_only_by_its_own_word),
            cmocka_unit_test(
                    test_a_holiday_or_a_day_gone_has_none_until_one_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
