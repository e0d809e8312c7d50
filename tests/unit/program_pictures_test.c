/* What the program says of pictures: whether they can be had, and what a post
 * was without them. */
#include "tests/support/fake_pictures.h"
#include "tests/unit/program_stage.h"

static struct fake_pictures pictures;

static struct source *open_pictures(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &pictures.source;
}

static void keep_pictures(struct source *source)
{
    (void)source; /* a test looks at what was asked after the call */
}

static const struct source_kind pictures_kind = {.kind = "pictures",
        .use = SOURCE_PICTURES,
        .keys = no_keys,
        .open = open_pictures};
static const struct source_kind *const pictures_kinds[] = {&pictures_kind,
        NULL};
static const struct account_kind pictured_kind = {.kind = "fake",
        .keys = no_keys,
        .one_channel = true,
        .pictures = true,
        .open = open_account};
static const struct account_kind *const pictured_kinds[] = {&pictured_kind,
        NULL};

/* As run_core, and pictures are answered, too. */
static bool run_pictured(struct outside *outside, const struct core *core,
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
        fake_pictures_answer(&pictures);
        answer_verify(stage);
    }
    return true;
}

static int set_pictures(void **state)
{
    if (set_stage(state) != 0)
        return -1;
    struct stage *stage = *state;
    fake_pictures_init(&pictures, &stage->clock);
    pictures.ops.close = keep_pictures;
    stage->verdict = NULL;
    stage->product.ops.abilities |= ACCOUNT_PICTURES;
    stage->outside.kinds.sources = pictures_kinds;
    stage->outside.kinds.accounts = pictured_kinds;
    stage->outside.run = run_pictured;
    return 0;
}

static int clear_pictures(void **state)
{
    fake_pictures_finish(&pictures);
    return clear_stage(state);
}

static void configure(struct stage *stage)
{
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source pictures]\n%s"
                    "pictures = all\n",
                    ini));
}

/* --- check --- */

static void test_check_asks_for_a_picture(void **state)
{
    struct stage *stage = *state;

    configure(stage);
    call(CONFIGURED(stage, "check"), NULL);
    assert_string_equal(pictures.asked, " 1706.03762");
    assert_non_null(strstr(stage->out,
            "source pictures: answers: a picture of 1706.03762, 2 x 1 "
            "pixels\n"));
}

static void test_no_picture_of_one_paper_is_no_problem(void **state)
{
    struct stage *stage = *state;

    configure(stage);
    pictures.fail_next = 1;
    pictures.fail_kind = ERROR_REJECTED;
    call(CONFIGURED(stage, "check"), NULL);
    assert_non_null(strstr(stage->out,
            "source pictures: no picture of 1706.03762 (no picture today); if "
            "it should have one, is url right?\n"));
}

static void test_who_does_not_answer_is_a_problem(void **state)
{
    struct stage *stage = *state;

    configure(stage);
    pictures.fail_next = 1;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
    assert_non_null(strstr(stage->out,
            "source pictures: PROBLEM: no picture today; this may pass by "
            "itself; try again later\n"));
}

/* --- post, log --- */

static void have_pictures(struct stage *stage)
{
    static const char *const ids[] = {"2611.00001", "2611.00002"};
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    NULL);

    assert_non_null(store);
    for (size_t i = 0; i < 2; i++) {
        const struct picture picture = {.paper_id = ids[i],
                .type = "image/png",
                .width = 2,
                .height = 1,
                .bytes = "PNG",
                .length = 3,
                .fetched_ms = tuesday_ms};
        assert_true(store_picture_put(store, &picture, NULL));
    }
    store_close(store);
}

static void post(struct stage *stage)
{
    take_in_the_day(stage);
    have_pictures(stage);
    configure(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
}

static void test_a_post_has_the_pictures_that_are_there(void **state)
{
    struct stage *stage = *state;

    post(stage);
    assert_string_equal(stage->out, "posted 2 papers to team in 3 messages\n");
    assert_int_equal(stage->product.uploads, 2);
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_non_null(strstr(stage->out, "sent, 3 messages\n"));
}

static void test_a_post_without_its_pictures_is_a_post(void **state)
{
    struct stage *stage = *state;

    stage->product.fail_next = 2;
    stage->product.fail_verb = OUTBOX_UPLOAD;
    stage->product.fail_kind = ERROR_REJECTED;
    post(stage);
    assert_string_equal(stage->out, "posted 2 papers to team in 1 message\n");
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_non_null(strstr(stage->out, "sent, 1 message\n"));
}

#define PICTURES_TEST(name)                                                    \
    cmocka_unit_test_setup_teardown(name, set_pictures, clear_pictures)

int main(void)
{
    const struct CMUnitTest tests[] = {
            PICTURES_TEST(test_check_asks_for_a_picture),
            PICTURES_TEST(test_no_picture_of_one_paper_is_no_problem),
            PICTURES_TEST(test_who_does_not_answer_is_a_problem),
            PICTURES_TEST(test_a_post_has_the_pictures_that_are_there),
            PICTURES_TEST(test_a_post_without_its_pictures_is_a_post),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
