/* paperboy digest and rank: files in, a digest or scores out. */

#include "tests/unit/program_stage.h"

#include "bot/base/log.h"
#include "tests/support/paper_file.h"

#include <unistd.h>

static void test_the_model_digest_comes_out_byte_for_byte(void **state)
{
    paper_file_need_shared();
    struct stage *stage = *state;
    assert_int_equal(call(stage, "digest", "--from",
                             paper_file_shared(&stage->arena,
                                     "data/seed-papers.jsonl"),
                             "--categories", "LG,CV,CL,AS,RO", "--languages",
                             "zh,en", "--style", "full", "--credit",
                             "转自爱可可爱生活", "--format", "text", NULL),
            0);
    assert_string_equal(stage->out,
            paper_file_text(&stage->arena,
                    paper_file_shared(&stage->arena,
                            "data/seed-digest.golden.txt")));
    assert_string_equal(stage->err, "");
}

static void test_the_readme_shows_what_the_program_prints(void **state)
{
    struct stage *stage = *state;
    const char *readme = paper_file_text(&stage->arena, "README.md");
    assert_int_equal(call(stage, "digest", "--from",
                             "bot/data/sample-day.jsonl", "--categories",
                             "LG,CV,CL,AS,RO", "--style", "brief", "--size",
                             "2+2", "--foot", "--date", "2025-05-29", NULL),
            0);
    assert_non_null(strstr(readme,
            arena_format(&stage->arena, "```text\n%s```\n", stage->out)));
}

static void test_a_digest_of_files_opens_no_store(void **state)
{
    struct stage *stage = *state;
    stage->outside.store_open = NULL;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--languages", "en",
                             "--size", "1", NULL),
            0);
    assert_non_null(strstr(stage->out, "https://arxiv.org/abs/2611.0000"));
    assert_null(strstr(stage->out, "公告"));
    assert_int_equal(call(stage, "digest", "--from", path, "--foot", NULL), 0);
    assert_non_null(strstr(stage->out,
            "\narXiv 公告 · 2 篇新论文 + 0 篇交叉,选 2 篇\n"));
    assert_int_equal(call(stage, "digest", "--from", path, "--foot", "--date",
                             "2026-11-23", NULL),
            0);
    assert_non_null(strstr(stage->out, "\narXiv 11-23 公告 · "));
    assert_int_equal(call(stage, "digest", "--from", path, "--categories",
                             "math.GT", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: no paper in these files fits; nothing to say\n");
}

static void test_the_foot_counts_what_the_categories_were_told_of(void **state)
{
    struct stage *stage = *state;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--categories",
                             "RO,LG", "--languages", "en", "--foot", NULL),
            0);
    assert_non_null(strstr(stage->out, "1 new + 1 cross"));
    /* The walking robots carry neither, and cs.CL leads the other. */
    assert_int_equal(call(stage, "digest", "--from", path, "--categories", "LG",
                             "--languages", "en", "--foot", NULL),
            0);
    assert_non_null(strstr(stage->out, "0 new + 1 cross"));
}

static void test_a_digest_is_json_where_programs_read_it(void **state)
{
    struct stage *stage = *state;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--json", NULL), 0);
    cJSON *json = cJSON_Parse(stage->out);
    assert_true(cJSON_IsObject(json));
    cJSON_Delete(json);
    size_t length = strlen(stage->out);
    assert_true(length > 1 && stage->out[length - 1] == '\n');
}

static int signals_part(struct stage *stage, const char *first,
        const char *second)
{
    stage->outside.store_open = NULL;
    assert_int_equal(call(stage, "rank", "--json", "--from", first, second,
                             NULL),
            0);
    const char *part = strstr(stage->out, "\"signals\":");
    assert_non_null(part);
    assert_null(strstr(part + 1, "\"signals\":"));
    return (int)strtol(part + strlen("\"signals\":"), NULL, 10);
}

static void test_rank_takes_votes_from_lists_of_votes_alone(void **state)
{
    struct stage *stage = *state;
    const char *row = write_file(stage, "eval",
            "{\"id\":\"2601.00001\",\"title\":\"T\",\"abstract\":\"A\","
            "\"categories\":[\"cs.LG\"],\"picked\":1,\"upvotes\":300,"
            "\"hf_date\":\"2026-01-02\"}\n");
    const char *votes = write_file(stage, "votes",
            "[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"Theirs\","
            "\"upvotes\":12}}]");
    assert_int_equal(signals_part(stage, row, NULL), 0);
    assert_int_equal(signals_part(stage, votes, row), 16);
    assert_int_equal(signals_part(stage, row, votes), 16);
    assert_int_equal(signals_part(stage, votes, NULL), 16);
}

static void test_rank_shows_every_id_once_and_its_sum(void **state)
{
    struct stage *stage = *state;
    const char *twice = arena_format(&stage->arena, "%s%s", day, day);
    const char *path = write_file(stage, "papers", twice);
    stage->outside.store_open = NULL;
    assert_int_equal(call(stage, "rank", "--json", "--from", path, NULL), 0);
    int lines = 0, before = 1000000;
    for (const char *at = stage->out; *at != '\0'; lines++) {
        const char *end;
        cJSON *json = cJSON_ParseWithOpts(at, &end, false);
        assert_non_null(json);
        int sum = 0, score = cJSON_GetObjectItem(json, "score")->valueint;
        cJSON *part;
        cJSON_ArrayForEach(part, cJSON_GetObjectItem(json, "parts")) sum +=
                part->valueint;
        assert_int_equal(sum, score);
        assert_true(score <= before);
        before = score;
        cJSON_Delete(json);
        assert_int_equal(*end, '\n');
        at = end + 1;
    }
    assert_int_equal(lines, 2);
    assert_int_equal(call(stage, "rank", "--from", path, NULL), 0);
    assert_non_null(strstr(stage->out,
            " 2611.00002 Small models, long talks\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_the_model_digest_comes_out_byte_for_byte),
            TEST(test_the_readme_shows_what_the_program_prints),
            TEST(test_a_digest_of_files_opens_no_store),
            TEST(test_the_foot_counts_what_the_categories_were_told_of),
            TEST(test_a_digest_is_json_where_programs_read_it),
            TEST(test_rank_takes_votes_from_lists_of_votes_alone),
            TEST(test_rank_shows_every_id_once_and_its_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
