/* What check says of sources that may know where authors work. */
#include "tests/support/fake_facts.h"
#include "tests/unit/program_stage.h"

static struct fake_facts facts;

static struct source *open_facts(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &facts.source;
}

static void keep_facts(struct source *source)
{
    (void)source; /* a test looks at what was asked after the call */
}

static const struct source_kind facts_kind = {.kind = "facts",
        .use = SOURCE_FACTS,
        .keys = no_keys,
        .open = open_facts};
static const struct source_kind *const facts_kinds[] = {&facts_kind, NULL};

/* As run_core, and questions are answered, too. */
static bool run_facts(struct outside *outside, const struct core *core,
        struct error *err)
{
    struct stage *stage = on_stage;

    (void)outside;
    (void)err;
    for (int steps = 0; !core->finished(core->ctx); steps++) {
        assert_true(steps < STEPS_MAX);
        int64_t due_ms = core->next_due_ms(core->ctx);
        if (due_ms != INT64_MAX && due_ms > stage->time.ms)
            stage->time.ms = due_ms;
        core->step(core->ctx, stage->time.ms);
        fake_account_answer(&stage->product);
        fake_facts_answer(&facts);
        answer_verify(stage);
    }
    return true;
}

static int set_facts(void **state)
{
    if (set_stage(state) != 0)
        return -1;
    struct stage *stage = *state;
    fake_facts_init(&facts, &stage->clock, NULL);
    facts.ops.close = keep_facts;
    stage->verdict = NULL;
    stage->outside.kinds.sources = facts_kinds;
    stage->outside.run = run_facts;
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source facts]\n%s", ini));
    return 0;
}

static int clear_facts(void **state)
{
    fake_facts_finish(&facts);
    return clear_stage(state);
}

static void test_check_asks_for_a_paper_that_everybody_knows(void **state)
{
    struct stage *stage = *state;

    facts.affiliation = "Rope University";
    call(CONFIGURED(stage, "check"), NULL);
    assert_string_equal(facts.last, " 1706.03762");
    assert_non_null(strstr(stage->out,
            "source facts: answers: it knows 1706.03762\n"));
}

static void test_who_does_not_know_it_may_be_another(void **state)
{
    struct stage *stage = *state;

    call(CONFIGURED(stage, "check"), NULL);
    assert_non_null(strstr(stage->out,
            "source facts: answers, but does not know 1706.03762; is url "
            "right?\n"));
}

static void test_who_does_not_answer_is_a_problem(void **state)
{
    struct stage *stage = *state;

    facts.fail_next = 1;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
    assert_non_null(strstr(stage->out,
            "source facts: PROBLEM: no facts today"));
}

#define FACTS_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_facts, clear_facts)

int main(void)
{
    const struct CMUnitTest tests[] = {
            FACTS_TEST(test_check_asks_for_a_paper_that_everybody_knows),
            FACTS_TEST(test_who_does_not_know_it_may_be_another),
            FACTS_TEST(test_who_does_not_answer_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
