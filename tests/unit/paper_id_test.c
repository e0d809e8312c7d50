#include "bot/base/text.h"
#include "bot/model/paper.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check(const char *text, const char *id, unsigned version)
{
    struct arena arena = {0};
    unsigned got_version = 99;
    char *got = paper_id_parse(&arena, text, &got_version);
    if (got == NULL || strcmp(got, id) != 0 || got_version != version)
        fail_msg("\"%s\" gave %s v%u", text, got == NULL ? "nothing" : got,
                got_version);
    arena_finish(&arena);
}

static void check_refused(const char *text)
{
    struct arena arena = {0};
    unsigned version = 99;
    char *got = paper_id_parse(&arena, text, &version);
    if (got != NULL)
        fail_msg("\"%s\" gave %s", text, got);
    assert_int_equal(version, 0);
    arena_finish(&arena);
}

static void test_new_ids_in_all_their_forms(void **state)
{
    (void)state;
    static const char *const forms[] = {"2210.11693v2", "2210.11693V2",
            "arXiv:2210.11693v2", "ARXIV: 2210.11693v2",
            "arXiv:2210.11693v2 [cs.LG]",
            "arXiv:2210.11693v2  [cs.LG] 20 Oct 2022",
            "https://arxiv.org/abs/2210.11693v2",
            "http://arxiv.org/abs/2210.11693v2/",
            "https://www.arxiv.org/abs/2210.11693v2",
            "https://export.arxiv.org/abs/2210.11693v2",
            "https://browse.arxiv.org/html/2210.11693v2#S3.p1",
            "https://arxiv.org/abs/2210.11693v2?context=cs",
            "https://arxiv.org/pdf/2210.11693v2",
            "https://arxiv.org/pdf/2210.11693v2.pdf",
            "https://arxiv.org/pdf/2210.11693v2.PDF?download=1#page=3",
            "arxiv.org/abs/2210.11693v2", "oai:arXiv.org:2210.11693v2",
            "10.48550/arXiv.2210.11693v2", "doi:10.48550/ARXIV.2210.11693v2",
            "https://doi.org/10.48550/arXiv.2210.11693v2",
            "https://dx.doi.org/10.48550/arXiv.2210.11693v2",
            " \n2210.11693v2\t", "(2210.11693v2)", "<2210.11693v2>,",
            "2210.11693v2.", "2210.11693v2?", "2210.11693v2。",
            "《2210.11693v2》", "“2210.11693v2”，", "**2210.11693v2**",
            "[https://arxiv.org/abs/2210.11693v2]"};

    for (size_t i = 0; i < COUNT(forms); i++)
        check(forms[i], "2210.11693", 2);
    check("2210.11693", "2210.11693", 0);
    check("0704.0001v12", "0704.0001", 12);
}

static void test_old_ids_lose_their_subject_class(void **state)
{
    (void)state;

    check("hep-th/9901001", "hep-th/9901001", 0);
    check("hep-th/9901001v3", "hep-th/9901001", 3);
    check("HEP-TH/9901001", "hep-th/9901001", 0);
    check("math.GT/0309136", "math/0309136", 0);
    check("cs.LG/0512345v1", "cs/0512345", 1);
    check("cond-mat.str-el/0201001", "cond-mat/0201001", 0);
    check("arXiv:solv-int/9901001v1", "solv-int/9901001", 1);
    check("https://arxiv.org/pdf/hep-th/9901001v1.pdf", "hep-th/9901001", 1);
    check("oai:arXiv.org:quant-ph/0703001", "quant-ph/0703001", 0);
    check("10.48550/arXiv.hep-th/9901001", "hep-th/9901001", 0);
}

static void test_other_readers_of_papers_are_known(void **state)
{
    (void)state;
    static const char *const forms[] = {"www.alphaxiv.org/abs/2210.11693v2",
            "alphaxiv.org/overview/2210.11693v2",
            "https://www.alphaxiv.org/zh/overview/2210.11693v2",
            "https://alphaxiv.org/pdf/2210.11693v2.pdf",
            "https://huggingface.co/papers/2210.11693v2",
            "https://hf.co/papers/2210.11693v2#6543",
            "https://hf-mirror.com/papers/2210.11693v2",
            "https://ar5iv.labs.arxiv.org/html/2210.11693v2",
            "https://ar5iv.org/abs/2210.11693v2",
            "https://papers.cool/arxiv/2210.11693v2",
            "https://api.semanticscholar.org/arXiv:2210.11693v2",
            "<https://arxiv.org/abs/2210.11693v2|arxiv.org/abs/2210.11693v2>"};

    for (size_t i = 0; i < COUNT(forms); i++)
        check(forms[i], "2210.11693", 2);
    check("https://www.alphaxiv.org/abs/hep-th/9901001", "hep-th/9901001", 0);
    check_refused("https://huggingface.co/models/2210.11693");
    check_refused("https://nothf.co/papers/2210.11693");
    check_refused("https://hf.co.evil.example/papers/2210.11693");
    check_refused("https://huggingface.co@evil.example/papers/2210.11693");
    check_refused("https://evil.example/huggingface.co/papers/2210.11693");
}

static void test_months_and_lengths_must_agree(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2213.00001", "2200.00001",
            "1412.00001", "1501.0001", "2210.0001", "0703.0001", "0612.0001",
            "9901.00001", "0704.00001", "0704.0000", "2210.00000",
            "hep-th/9913001", "hep-th/0704001", "hep-th/9106001",
            "hep-th/9901000", "hep-th/1501001"};

    for (size_t i = 0; i < COUNT(wrong); i++)
        check_refused(wrong[i]);
    check("0704.0001", "0704.0001", 0);
    check("1412.9999", "1412.9999", 0);
    check("1501.00001", "1501.00001", 0);
    check("hep-th/9107001", "hep-th/9107001", 0);
    check("hep-th/0703999", "hep-th/0703999", 0);
}

static void test_versions_count_from_one(void **state)
{
    (void)state;

    check_refused("2210.11693v0");
    check_refused("2210.11693v01");
    check_refused("2210.11693v");
    check_refused("2210.11693v12345");
    check_refused("2210.11693v-1");
    check_refused("2210.11693v1v2");
}

static void test_other_things_are_no_ids(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", " ", "3", "v2", ".", "/",
            "arXiv:", "2210", "2210.", "2210.116933", "a2210.11693",
            "2210.11693a", "2210,11693", "２２１０.11693",
            "2210.11693 and more", "foo/9901001", "math/", "/9901001",
            "math.G1/0309136", "hep-th/990100", "hep-th/99010011",
            "hep-th/9901001/x", "https://notarxiv.org/abs/2210.11693",
            "https://arxiv.org.evil.example/abs/2210.11693",
            "https://example.org/2210.11693", "https://2210.11693",
            "https://arxiv.org/2210.11693", "https://arxiv.org/list/cs.LG/new",
            "https://arxiv.org/a/2210.11693", "https://arxiv.org/abs/",
            "http://export.arxiv.org/api/query?id_list=2210.11693",
            "10.1000/arXiv.2210.11693", "https://doi.org/10.1000/2210.11693",
            "2022-10-21", "1,234.5678"};

    for (size_t i = 0; i < COUNT(wrong); i++)
        check_refused(wrong[i]);
}

static void test_long_text_is_refused_at_once(void **state)
{
    (void)state;
    char text[4096];

    memset(text, ' ', sizeof text);
    memcpy(text + sizeof text - 11, "2210.11693", 11);
    check_refused(text);
    memset(text, '.', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text, "2210.11693", 10);
    check_refused(text);
}

/* The id of a stored abstract page: its name, and the line in it. */
static void check_abstract(const char *folder, const char *name)
{
    char path[1024], line[256] = "";
    struct arena arena = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (strncasecmp(line, "arXiv:", 6) != 0 &&
            strncasecmp(line, "Paper:", 6) != 0)
        assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    unsigned version;
    const char *id =
            paper_id_parse(&arena, line[0] == 'P' ? line + 6 : line, &version);
    assert_non_null(id);
    /* "ftp__hep-th__papers__9901__9901001.abs" */
    const char *slash = strchr(id, '/');
    const char *last = strrchr(name, '_');
    assert_non_null(last);
    assert_true(text_starts(last + 1, slash == NULL ? id : slash + 1));
    arena_finish(&arena);
}

static size_t check_abstracts(const char *shared)
{
    char folder[400];
    snprintf(folder, sizeof folder, "%s/data/public/arxiv-abs", shared);
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return 0;
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strstr(entry->d_name, ".abs") != NULL) {
            check_abstract(folder, entry->d_name);
            count++;
        }
    closedir(dir);
    return count;
}

static void test_real_abstract_pages_have_ids(void **state)
{
    (void)state;
    const char *shared = getenv("PAPERBOY_SHARED");
    if (shared != NULL) {
        size_t count = check_abstracts(shared);
        printf("# PRINT ids of %zu abstract pages\n", count);
        assert_true(count > 0);
    } else if (getenv("CI") != NULL) {
        fail_msg("PAPERBOY_SHARED is not set");
    } else {
        puts("SKIP PAPERBOY_SHARED is not set");
        skip();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_new_ids_in_all_their_forms),
            cmocka_unit_test(test_old_ids_lose_their_subject_class),
            cmocka_unit_test(test_other_readers_of_papers_are_known),
            cmocka_unit_test(test_months_and_lengths_must_agree),
            cmocka_unit_test(test_versions_count_from_one),
            cmocka_unit_test(test_other_things_are_no_ids),
            cmocka_unit_test(test_long_text_is_refused_at_once),
            cmocka_unit_test(test_real_abstract_pages_have_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
