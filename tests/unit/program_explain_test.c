/* Why a channel got a paper, or did not: each answer there is. */
#include "tests/unit/program_stage.h"

#include "bot/base/civil_time.h"

static const char explain_ini[] = "[store]\n"
                                  "url = sqlite:p.db\n"
                                  "[channel team]\n"
                                  "type = fake\n"
                                  "categories = RO CL\n"
                                  "words = robots\n"
                                  "schedule = 13:30 weekdays\n"
                                  "timezone = Asia/Shanghai\n"
                                  "size = 1+0\n"
                                  "languages = en\n";

static void set_up(struct stage *stage)
{
    take_in_the_day(stage);
    write_file(stage, "paperboy.ini", explain_ini);
}

static int explain(struct stage *stage, const char *id)
{
    return call(CONFIGURED(stage, "explain"), id, "--channel", "team", NULL);
}

static void ends_with(const struct stage *stage, const char *line)
{
    size_t length = strlen(stage->out), tail = strlen(line);
    if (length < tail || !text_same(stage->out + length - tail, line))
        fail_msg("not \"%s\":\n%s", line, stage->out);
}

/* Stores a paper, and files it if there is a type. */
static void put(struct stage *stage, const char *id, const char *category,
        bool withdrawn, enum batch_state state, enum announce_type type)
{
    struct error err = {0};
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s/p.db",
                                        stage->folder),
                    &err);
    assert_non_null(store);
    struct paper paper = paper_empty();
    const struct civil_date monday = {2026, 11, 23};
    enum store_change change;
    size_t capacity = 0;
    bool added;
    paper.id = id;
    paper.title = "Another one";
    paper.withdrawn = withdrawn;
    string_list_add(&paper.categories, &capacity, &stage->arena, category);
    const struct batch batch = {.category = category,
            .date = monday,
            .state = state,
            .complaint = ""};
    assert_true(store_paper_put(store, &paper, 1000, &change, &err));
    if (type != ANNOUNCE_UNKNOWN) {
        assert_true(store_batch_put(store, &batch, &err));
        assert_true(store_batch_paper_add(store, category, monday, id, type,
                &added, &err));
    }
    store_close(store);
}

static void test_each_part_is_told_in_words(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    assert_int_equal(explain(stage, "https://arxiv.org/abs/2611.00001v2"), 0);
    assert_true(text_starts(stage->out,
            "2611.00001 Walking robots that fall well\n"
            "score "));
    static const char *const lines[] = {
            (" for team:\n   +16  category  its first category is wanted\n"
             "   +30  words     has words the channel wants\n"),
            "  code      says where its code is\n",
            "\nannounced as new in cs.RO on 2026-11-24\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strstr(stage->out, lines[i]) == NULL)
            fail_msg("no \"%s\" in:\n%s", lines[i], stage->out);
    ends_with(stage,
            "not posted yet: as things stand it is in the digest of Wed "
            "2026-11-25 13:30 Asia/Shanghai\n");
}

static void test_a_posted_paper_names_when_and_where(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_int_equal(explain(stage, "2611.00001"), 0);
    ends_with(stage, "posted Tue 2026-11-24 19:00, in post/2026-11-24/1\n");
}

static void test_a_posted_paper_that_was_not_taken_says_so(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_REJECTED;
    call(CONFIGURED(stage, "post"), "--channel", "team", NULL);
    assert_int_equal(explain(stage, "2611.00001"), 0);
    ends_with(stage,
            "in post/2026-11-24/1, not all of which was sent: see \"paperboy "
            "outbox\"\n");
}

static void test_others_stood_before_it(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    assert_int_equal(explain(stage, "2611.00002"), 0);
    ends_with(stage, "not posted yet: place 2 of 2, and a digest takes 1\n");
    stage->ends_ms = wednesday_hour_ms + 60000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(explain(stage, "2611.00002"), 0);
    ends_with(stage, "not posted: place 2 of 2, and a digest takes 1\n");
}

static void test_each_other_reason_is_named(void **state)
{
    static const struct {
        const char *id, *category;
        bool withdrawn;
        enum batch_state state;
        enum announce_type type;
        const char *line;
    } cases[] = {
            {"2611.00011", "math.AG", false, BATCH_ANNOUNCED, ANNOUNCE_NEW,
                    "not posted: it is in none of the channel's categories\n"},
            {"2611.00012", "cs.RO", true, BATCH_ANNOUNCED, ANNOUNCE_NEW,
                    "not posted: it was withdrawn\n"},
            {"2611.00013", "cs.RO", false, BATCH_ANNOUNCED, ANNOUNCE_UNKNOWN,
                    "not posted: it was not announced in the channel's "
                    "categories, as far as is known here\n"},
            {"2611.00014", "cs.RO", false, BATCH_ANNOUNCED, ANNOUNCE_REPLACE,
                    "not posted: a new version is no news\n"},
            {"2611.00015", "cs.RO", false, BATCH_FAILED, ANNOUNCE_CROSS,
                    "not posted yet: its announcement was not read to the "
                    "end\n"},
    };
    struct stage *stage = *state;
    set_up(stage);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(stage, cases[i].id, cases[i].category, cases[i].withdrawn,
                cases[i].state, cases[i].type);
        assert_int_equal(explain(stage, cases[i].id), 0);
        ends_with(stage, cases[i].line);
    }
}

static void test_explanations_are_json_for_programs(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    assert_int_equal(call(CONFIGURED(stage, "explain"), "2611.00001",
                             "--channel", "team", "--json", NULL),
            0);
    cJSON *json = cJSON_Parse(stage->out);
    assert_non_null(json);
    int sum = 0;
    const cJSON *part;
    cJSON_ArrayForEach(part, cJSON_GetObjectItem(json, "parts")) sum +=
            part->valueint;
    assert_int_equal(cJSON_GetObjectItem(json, "score")->valueint, sum);
    assert_string_equal(cJSON_GetObjectItem(json, "verdict")->valuestring,
            "comes");
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(json, "posted")));
    cJSON_Delete(json);
}

static void test_what_is_no_paper_is_said(void **state)
{
    struct stage *stage = *state;
    set_up(stage);
    assert_int_equal(explain(stage, "2611.09999"), 1);
    assert_string_equal(stage->err,
            "paperboy: 2611.09999 is not known here; \"paperboy fetch --id "
            "2611.09999\" brings it\n");
    assert_int_equal(explain(stage, "hello"), 2);
    assert_int_equal(call(stage, "explain", NULL), 2);
    assert_int_equal(call(stage, "explain", "2611.00001", NULL), 2);
    assert_string_equal(stage->err,
            "paperboy explain: say for whom: --channel NAME\n"
            "Try: paperboy explain --help\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_each_part_is_told_in_words),
            TEST(test_a_posted_paper_names_when_and_where),
            TEST(test_a_posted_paper_that_was_not_taken_says_so),
            TEST(test_others_stood_before_it),
            TEST(test_each_other_reason_is_named),
            TEST(test_explanations_are_json_for_programs),
            TEST(test_what_is_no_paper_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
