/* The promises of bot/ports/store.h on drafts, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

/* A draft of three papers that two people changed. */
static void put_draft(void **state, int64_t channel_id, const char *occasion)
{
    const char *curators[] = {"@b:x", "@a:x", "@b:x"};
    struct draft_paper papers[] = {
            {"2611.00002", "LG", 2, DRAFT_TOP, "一句自己的话"},
            {"2611.00001", "CV", 1, DRAFT_ALSO, ""},
            {"2611.00003", "CL", 3, DRAFT_OUT, ""},
    };
    struct covered_batch covered[] = {{"cs.LG", {2026, 11, 24}, 31},
            {"cs.CV", {2026, 11, 23}, 17}};
    const struct draft draft = {.channel_id = channel_id,
            .occasion = occasion,
            .made_ms = 4000,
            .due_ms = 5000,
            .touched = true,
            .curators = {curators, 3},
            .announced = {2026, 11, 24},
            .new_count = 212,
            .cross_count = 79,
            .covered = {covered, 2},
            .papers = papers,
            .count = 3};

    for (size_t i = 0; i < 3; i++)
        put_named(store_of(state), papers[i].paper_id);
    assert_true(store_draft_put(store_of(state), &draft, NULL));
}

static struct draft *get(void **state, int64_t channel_id, const char *occasion)
{
    struct draft *draft = NULL;

    assert_true(store_draft_get(store_of(state), channel_id, occasion,
            arena_of(state), &draft, NULL));
    return draft;
}

static void test_a_draft_is_kept_in_its_order(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    assert_null(get(state, id, "digest/x"));
    put_draft(state, id, "digest/x");
    assert_null(get(state, id, "digest/y"));
    assert_null(get(state, id + 1, "digest/x"));
    const struct draft *draft = get(state, id, "digest/x");
    assert_int_equal(draft->channel_id, id);
    assert_string_equal(draft->occasion, "digest/x");
    assert_int_equal(draft->made_ms, 4000);
    assert_int_equal(draft->due_ms, 5000);
    assert_int_equal(draft->count, 3);
    assert_string_equal(draft->papers[0].paper_id, "2611.00002");
    assert_string_equal(draft->papers[0].tag, "LG");
    assert_int_equal(draft->papers[0].number, 2);
    assert_int_equal(draft->papers[0].place, DRAFT_TOP);
    assert_string_equal(draft->papers[0].text, "一句自己的话");
    assert_string_equal(draft->papers[1].paper_id, "2611.00001");
    assert_int_equal(draft->papers[1].place, DRAFT_ALSO);
    assert_int_equal(draft->papers[2].place, DRAFT_OUT);
    assert_string_equal(draft->papers[2].text, "");
}

static void test_a_draft_tells_what_it_was_made_from(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    put_draft(state, id, "digest/x");
    const struct draft *draft = get(state, id, "digest/x");
    assert_true(draft->touched);
    assert_int_equal(draft->announced.day, 24);
    assert_int_equal(draft->new_count, 212);
    assert_int_equal(draft->cross_count, 79);
    assert_int_equal(draft->covered.count, 2);
    assert_string_equal(draft->covered.items[0].category, "cs.LG");
    assert_int_equal(draft->covered.items[0].arrival, 31);
    assert_string_equal(draft->covered.items[1].category, "cs.CV");
    assert_int_equal(draft->covered.items[1].date.day, 23);
    assert_int_equal(draft->covered.items[1].arrival, 17);
}

static void test_a_curator_is_named_once(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    put_draft(state, id, "digest/x");
    const struct draft *draft = get(state, id, "digest/x");
    assert_int_equal(draft->curators.count, 2);
    assert_string_equal(draft->curators.items[0], "@b:x");
    assert_string_equal(draft->curators.items[1], "@a:x");
}

static void test_a_draft_is_replaced_whole(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    struct draft_paper paper = {"2611.00003", "CL", 3, DRAFT_TOP, ""};
    const struct draft draft = {.channel_id = id,
            .occasion = "digest/x",
            .made_ms = 4000,
            .due_ms = 6000,
            .papers = &paper,
            .count = 1};

    put_draft(state, id, "digest/x");
    put_draft(state, id, "digest/y");
    assert_true(store_draft_put(store_of(state), &draft, NULL));
    const struct draft *read = get(state, id, "digest/x");
    assert_int_equal(read->due_ms, 6000);
    assert_int_equal(read->curators.count, 0);
    assert_false(read->touched);
    assert_false(civil_date_is_set(read->announced));
    assert_int_equal(read->covered.count, 0);
    assert_int_equal(read->count, 1);
    assert_string_equal(read->papers[0].paper_id, "2611.00003");
    assert_int_equal(get(state, id, "digest/y")->count, 3);
}

static void test_a_draft_needs_its_channel_and_papers(void **state)
{
    struct error err = {0};
    struct draft_paper papers[] = {
            {"2611.00001", "CL", 1, DRAFT_TOP, ""},
            {"2611.00009", "CL", 2, DRAFT_TOP, ""},
    };
    struct draft draft = {.channel_id = 7, .occasion = "digest/x"};

    assert_false(store_draft_put(store_of(state), &draft, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    draft.channel_id = put_channel(store_of(state), "a");
    put_draft(state, draft.channel_id, "digest/x");
    draft.papers = papers;
    draft.count = 2;
    err = (struct error){0};
    assert_false(store_draft_put(store_of(state), &draft, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_int_equal(get(state, draft.channel_id, "digest/x")->count, 3);
}

static void test_a_draft_keeps_no_forgotten_name(void **state)
{
    struct traces forgotten;
    int64_t id = put_channel(store_of(state), "a"), away = 0;

    assert_true(store_channel_put(store_of(state), "away", "a", "team", 1,
            &away, NULL));
    put_draft(state, id, "digest/x");
    put_draft(state, away, "digest/x");
    assert_true(store_person_forget(store_of(state), "home", "@b:x", &forgotten,
            NULL));
    const struct draft *draft = get(state, id, "digest/x");
    assert_int_equal(draft->count, 3);
    assert_int_equal(draft->curators.count, 1);
    assert_string_equal(draft->curators.items[0], "@a:x");
    assert_true(draft->touched);
    assert_int_equal(get(state, away, "digest/x")->curators.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_draft_is_kept_in_its_order),
            EVERY_STORE(test_a_draft_tells_what_it_was_made_from),
            EVERY_STORE(test_a_curator_is_named_once),
            EVERY_STORE(test_a_draft_is_replaced_whole),
            EVERY_STORE(test_a_draft_needs_its_channel_and_papers),
            EVERY_STORE(test_a_draft_keeps_no_forgotten_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
