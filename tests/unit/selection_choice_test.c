#include "bot/selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *cs_cv[] = {"cs.CV"};

static struct paper paper_of(const char *id, const char *title,
        const char *abstract)
{
    struct paper paper = paper_empty();

    paper.id = id;
    paper.title = title;
    paper.abstract = abstract;
    paper.categories = (struct string_list){cs_cv, 1};
    return paper;
}

static struct scored_list ranked_of(const struct paper *papers, size_t count,
        struct arena *arena)
{
    struct scored_list list = {arena_array(arena, struct scored, count), count};

    for (size_t i = 0; i < count; i++)
        list.items[i] = (struct scored){.paper = &papers[i],
                .tag = "CV",
                .score = 100 - (int)i};
    return list;
}

/* Two teams on one narrow subject; a third that only has its field in common. */
static const char seabed[] =
        "Turbid water scatters light, which ruins Gaussian splatting of coral "
        "reefs. We model backscatter and attenuation along each ray and "
        "rebuild reefs from diver footage with splats that know the medium.";
static const char reef[] =
        "Splatting fails on reefs because turbid water adds backscatter. Our "
        "Gaussian splats carry attenuation of the medium and rebuild coral "
        "from footage of divers in real time.";
static const char faces[] =
        "We rebuild talking heads from phone footage in real time. Gaussian "
        "splats follow a mesh of the face, and a small network paints wrinkles "
        "that expressions bring.";

static void test_two_papers_of_one_narrow_subject_do_not_both_come(void **state)
{
    struct arena arena = {0};
    const struct paper papers[] = {
            paper_of("1", "Splatting Under Water", seabed),
            paper_of("2", "Coral Reefs in Murky Light", reef),
            paper_of("3", "Wrinkles on Talking Heads", faces),
    };
    const struct scored_list ranked = ranked_of(papers, 3, &arena);
    struct scored_list chosen = selection_choose(&ranked, 2, MIX_FREE, &arena);

    (void)state;
    assert_int_equal(chosen.count, 2);
    assert_string_equal(chosen.items[0].paper->id, "1");
    assert_string_equal(chosen.items[1].paper->id, "3");
    /* Where there is room for all, all come. */
    chosen = selection_choose(&ranked, 3, MIX_FREE, &arena);
    assert_string_equal(chosen.items[1].paper->id, "2");
    arena_finish(&arena);
}

static void test_a_field_in_common_keeps_no_paper_out(void **state)
{
    struct arena arena = {0};
    const struct paper papers[] = {
            paper_of("2", "Coral Reefs in Murky Light", reef),
            paper_of("3", "Wrinkles on Talking Heads", faces),
            paper_of("4", "On Bells", ""),
    };
    const struct scored_list ranked = ranked_of(papers, 3, &arena);
    const struct scored_list chosen =
            selection_choose(&ranked, 2, MIX_FREE, &arena);

    (void)state;
    assert_string_equal(chosen.items[1].paper->id, "3");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_two_papers_of_one_narrow_subject_do_not_both_come),
            cmocka_unit_test(test_a_field_in_common_keeps_no_paper_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
