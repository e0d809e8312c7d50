/* A draft on its way from the announcement to the digest. */
#include "bot/planning/plan_draft.h"

#include "bot/planning/plan.h"
#include "bot/planning/plan_edits.h"
#include "tests/support/asking_both.h"
#include "tests/support/drafted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct outbox_list rows_of(struct asking *asking, const char *occasion)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(asking->fixture.store, asking->configured.id,
            occasion, &asking->fixture.arena, &rows, NULL));
    return rows;
}

static const struct draft *draft_of(struct asking *asking)
{
    struct draft *draft;

    assert_true(store_draft_get(asking->fixture.store, asking->configured.id,
            "digest/2026-11-24", &asking->fixture.arena, &draft, NULL));
    return draft;
}

static struct covered_list covered_of(struct asking *asking)
{
    struct covered_list covered;

    assert_true(store_covered_list(asking->fixture.store, asking->configured.id,
            &asking->fixture.arena, &covered, NULL));
    return covered;
}

static bool says(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

/* The digest of the day after, at its hour. */
static const char *post_next(struct asking *asking)
{
    const struct due due = {.date = {2026, 11, 25},
            .ms = drafted_due_ms + INT64_C(24) * 3600 * 1000};
    struct plan_result result;

    asking->time.ms = due.ms;
    assert_true(plan_digest(asking->fixture.store, &asking->account.account,
            &asking->configured, &due, due.ms, &result, NULL));
    return drafted_text(asking, "digest/2026-11-25");
}

/* --- sending --- */

static void test_each_curator_gets_the_draft_alone(void **state)
{
    struct asking *asking = *state;
    const struct plan_draft_result result = drafted_make(asking);

    assert_true(result.made);
    assert_int_equal(result.papers, 4);
    assert_int_equal(result.readers, 2);
    for (unsigned i = 1; i <= 2; i++) {
        const struct outbox_list rows = rows_of(asking,
                occasion_draft_key(&asking->fixture.arena,
                        (struct civil_date){2026, 11, 24}, i));
        assert_int_equal(rows.count, 1);
        assert_string_equal(rows.items[0].person,
                i == 1 ? "@ana:example.org" : "@bo:example.org");
        assert_string_equal(rows.items[0].room, "room");
        assert_int_equal(rows.items[0].expires_ms, drafted_due_ms);
    }
    assert_int_equal(rows_of(asking, "draft/2026-11-24/3").count, 0);
}

static void test_without_curators_the_admins_get_it(void **state)
{
    struct asking *asking = *state;
    static const char *admins[] = {"@eva:example.org"};

    asking->configured.curators.count = 0;
    asking->configured.admins = (struct string_list){admins, 1};
    assert_int_equal(drafted_make(asking).readers, 1);
    assert_string_equal(rows_of(asking, "draft/2026-11-24/1").items[0].person,
            "@eva:example.org");
}

static void test_a_draft_is_sent_once(void **state)
{
    struct asking *asking = *state;

    assert_true(drafted_make(asking).made);
    assert_false(drafted_make(asking).made);
    asking_say(asking, "drop 3");
    assert_false(drafted_make(asking).made);
    assert_int_equal(rows_of(asking, "draft/2026-11-24/3").count, 0);
}

static void test_a_draft_covers_nothing_by_itself(void **state)
{
    struct asking *asking = *state;
    size_t before = covered_of(asking).count;
    struct plan_result result;

    drafted_make(asking);
    assert_int_equal(covered_of(asking).count, before);
    /* A post by hand is as it would be without a draft. */
    assert_true(plan_post(asking->fixture.store, &asking->account.account,
            &asking->configured, (struct civil_date){0}, asking->time.ms,
            &result, NULL));
    assert_int_equal(result.papers, 4);
}

static void test_a_quiet_day_has_no_draft(void **state)
{
    struct asking *asking = *state;

    drafted_post(asking);
    const struct due due = {.date = {2026, 11, 25},
            .ms = drafted_due_ms + INT64_C(24) * 3600 * 1000};
    struct plan_draft_result result;
    assert_true(plan_draft(asking->fixture.store, &asking->account.account,
            &asking->configured, &due, due.ms - 7200000, &result, NULL));
    assert_false(result.made);
}

static void test_a_digest_that_is_out_has_no_draft(void **state)
{
    struct asking *asking = *state;

    drafted_post(asking);
    drafted_announce(asking, "2611.20009", "Late Bells");
    assert_false(drafted_make(asking).made);
    assert_null(draft_of(asking));
}

static void test_a_draft_that_cannot_be_rendered_is_none(void **state)
{
    struct asking *asking = *state;
    const struct due due = {.date = {2026, 11, 24}, .ms = drafted_due_ms};
    struct plan_draft_result result;
    struct fake_account broken;
    struct error err = {0};

    fake_account_init(&broken, "home", &asking->clock);
    broken.render_failure = "no ink";
    assert_false(plan_draft(asking->fixture.store, &broken.account,
            &asking->configured, &due, asking->time.ms, &result, &err));
    assert_true(says(err.text, "no ink"));
    assert_null(draft_of(asking));
    fake_account_finish(&broken);
}

/* --- more is announced --- */

static void test_an_untouched_draft_is_made_anew_when_more_comes(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    drafted_announce(asking, "2611.20000",
            "Late Bells: Code at https://github.com/x/y");
    assert_true(drafted_make(asking).made);
    const char *text = drafted_text(asking, "draft/2026-11-24/3");
    assert_true(says(text,
            "又有新公告，本草稿取代上一份；已有论文的序号不变。"));
    assert_true(says(text, "7. [LG] Late Bells"));
    assert_true(says(text, "1. [LG] Kites on a String"));
    assert_true(says(text, "6. [LG] Umbrellas"));
    assert_int_equal(draft_of(asking)->new_count, 7);
}

static void
test_a_touched_draft_leaves_what_comes_for_the_next_digest(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    asking_say(asking, "drop 1 2 3");
    drafted_announce(asking, "2611.20009", "Late Bells");
    assert_false(drafted_make(asking).made);
    const char *today = drafted_post(asking);
    assert_true(says(today, "1. [LG] A Ferry"));
    assert_false(says(today, "Late Bells"));
    assert_true(says(today, "6 篇新论文"));
    const char *next = post_next(asking);
    assert_true(says(next, "Late Bells"));
    /* What the curators had before them was theirs to choose from. */
    assert_false(says(next, "Kites"));
    assert_false(says(next, "Umbrellas"));
    assert_true(says(next, "1 篇新论文"));
}

static void
test_an_untouched_draft_gives_way_to_what_came_too_late_for_it(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    drafted_announce(asking, "2611.20000",
            "Late Bells: Code at https://github.com/x/y");
    const char *today = drafted_post(asking);
    assert_true(says(today, "Late Bells"));
    assert_true(says(today, "7 篇新论文"));
    assert_false(says(today, "选编"));
}

static void
test_a_new_category_waits_for_the_digest_after_a_touched_draft(void **state)
{
    struct asking *asking = *state;
    static const char *wanted[] = {"cs.LG", "cs.CV", "cs.RO"};

    drafted_make(asking);
    asking_say(asking, "drop 1");
    asking->configured.subscription.categories =
            (struct string_list){wanted, 3};
    asking_announce(asking, "cs.RO", (struct civil_date){2026, 11, 24},
            "2210.11693");
    assert_false(says(drafted_post(asking), "Lanterns"));
    assert_true(says(post_next(asking), "Lanterns"));
}

/* --- at the hour --- */

static void test_an_untouched_draft_is_the_digest_without_a_name(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    const char *text = drafted_post(asking);
    assert_true(says(text, "1. [LG] Kites"));
    assert_true(says(text, "4. [LG] A Ferry"));
    assert_false(says(text, "选编"));
    assert_int_equal(rows_of(asking, "digest/2026-11-24").count, 1);
    assert_string_equal(rows_of(asking, "digest/2026-11-24").items[0].person,
            "");
}

static void
test_what_was_posted_or_withdrawn_meanwhile_is_left_out(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    const struct posted_paper posted = {.paper_id = "2611.20001",
            .occasion = "post/2026-11-24/1",
            .posted_ms = asking->time.ms};
    enum store_change change;
    struct paper *paper;

    drafted_make(asking);
    asking_say(asking, "drop 4");
    assert_true(store_posted_add(store, asking->configured.id, &posted, NULL));
    assert_true(store_paper_get(store, "2611.20002", &asking->fixture.arena,
            &paper, NULL));
    paper->withdrawn = true;
    paper->version = 2;
    assert_true(store_paper_put(store, paper, asking->time.ms, &change, NULL));
    const char *text = drafted_post(asking);
    assert_false(says(text, "Kites"));
    assert_false(says(text, "Baker"));
    assert_true(says(text, "1. [LG] Moths"));
}

static void
test_an_emptied_draft_is_silence_and_its_papers_stay_away(void **state)
{
    struct asking *asking = *state;
    struct occasion_list occasions;

    drafted_make(asking);
    asking_say(asking, "drop 1 2 3 4");
    assert_string_equal(drafted_post(asking), "");
    assert_true(store_occasion_list(asking->fixture.store,
            asking->configured.id, "digest/2026-11-24", 1,
            &asking->fixture.arena, &occasions, NULL));
    assert_int_equal(occasions.items[0].outcome, OUTCOME_SILENT);
    assert_string_equal(post_next(asking), "");
}

static void test_curators_may_leave_more_than_the_size(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    asking_say(asking, "pick 5 6 top");
    const char *text = drafted_post(asking);
    assert_true(says(text, "4. [LG] Umbrellas"));
    assert_true(says(text, "6. [LG] A Ferry"));
}

static void test_what_was_covered_is_not_kept_twice(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    assert_true(draft_of(asking)->covered.count > 0);
    drafted_post(asking);
    assert_int_equal(draft_of(asking)->covered.count, 0);
    assert_int_equal(draft_of(asking)->count, 6);
}

static void test_a_curated_digest_in_full_style(void **state)
{
    struct asking *asking = *state;
    static const char *wanted[] = {"cs.LG"};

    asking->configured.style = STYLE_FULL;
    asking->configured.credit = "转自爱可可爱生活";
    asking->configured.subscription.categories =
            (struct string_list){wanted, 1};
    drafted_make(asking);
    asking_say(asking, "edit 1 用梯度放风筝，代码可读。");
    asking->person = "@bo:example.org";
    asking_say(asking, "edit 4 A ferry worth taking, twice.");
    asking_say(asking, "drop 3");
    assert_string_equal(drafted_post(asking),
            "LG - 机器学习\n"
            "转自爱可可爱生活 · 由 ana、bo 选编\n"
            "摘要:用梯度放风筝、过夜发酵的正则化、渡船式领域适应\n"
            "1、[LG] Kites on a String of Gradients\n"
            "I Wind\n"
            "梯度线上的风筝\n"
            "编者按：用梯度放风筝，代码可读。\n"
            "We fly kites with gradients. Code is at "
            "https://github.com/example/kites.\n"
            "https://arxiv.org/abs/2611.20001\n"
            "2、[LG] The Baker's Regularizer\n"
            "I Wind\n"
            "面包师的正则化。一种隔夜才起作用的正则化方法。\n"
            "A regularizer that rises overnight.\n"
            "https://arxiv.org/abs/2611.20002\n"
            "另外几篇值得关注的论文:\n"
            "[LG] A Ferry Between Domains\n"
            "领域之间的渡船\n"
            "编者按：A ferry worth taking, twice.\n"
            "I Wind\n"
            "https://arxiv.org/abs/2611.20004\n"
            "arXiv 11-24 公告 · 6 篇新论文 + 0 篇交叉,选 3 篇\n");
}

/* --- afterwards --- */

static void test_an_edit_of_what_was_posted_keeps_words_and_names(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    const struct edition_news news = {.changes = EDITION_VERSION,
            .version = 2,
            .venue = "",
            .languages = ""};
    unsigned planned;

    drafted_make(asking);
    asking_say(asking, "edit 1 用梯度放风筝，代码可读。");
    drafted_post(asking);
    int64_t row = rows_of(asking, "digest/2026-11-24").items[0].id;
    assert_true(store_outbox_settle(store, row, "$m", asking->time.ms, NULL));
    assert_true(store_edition_change(store, "2611.20002", &news, NULL));
    asking->account.ops.abilities |= ACCOUNT_EDITS;
    assert_true(plan_edits(store, &asking->account.account, &asking->configured,
            plan_edits_settle_ms, asking->time.ms + 1, &planned, NULL));
    assert_int_equal(planned, 1);
    const char *text = drafted_text(asking,
            occasion_edit_key(&asking->fixture.arena, row, 1));
    assert_true(says(text, "The Baker's Regularizer 〔v2〕"));
    assert_true(says(text, "编者按：用梯度放风筝，代码可读。"));
    assert_true(says(text, "由 ana 选编"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DRAFTED_BOTH(test_each_curator_gets_the_draft_alone),
            DRAFTED_BOTH(test_without_curators_the_admins_get_it),
            DRAFTED_BOTH(test_a_draft_is_sent_once),
            DRAFTED_BOTH(test_a_draft_covers_nothing_by_itself),
            DRAFTED_BOTH(test_a_quiet_day_has_no_draft),
            DRAFTED_BOTH(test_a_digest_that_is_out_has_no_draft),
            DRAFTED_BOTH(test_a_draft_that_cannot_be_rendered_is_none),
            DRAFTED_BOTH(test_an_untouched_draft_is_made_anew_when_more_comes),
            DRAFTED_BOTH(
                    test_a_touched_draft_leaves_what_comes_for_the_next_digest),
            DRAFTED_BOTH(
                    test_an_untouched_draft_gives_way_to_what_came_too_late_for_it),
            DRAFTED_BOTH(
                    test_a_new_category_waits_for_the_digest_after_a_touched_draft),
            DRAFTED_BOTH(test_an_untouched_draft_is_the_digest_without_a_name),
            DRAFTED_BOTH(
                    test_what_was_posted_or_withdrawn_meanwhile_is_left_out),
            DRAFTED_BOTH(
                    test_an_emptied_draft_is_silence_and_its_papers_stay_away),
            DRAFTED_BOTH(test_curators_may_leave_more_than_the_size),
            DRAFTED_BOTH(test_what_was_covered_is_not_kept_twice),
            DRAFTED_BOTH(test_a_curated_digest_in_full_style),
            DRAFTED_BOTH(test_an_edit_of_what_was_posted_keeps_words_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
