#include "bot/digest.h"

#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"
#include "bot/digest_excerpt.h"
#include "bot/digest_names.h"
#include "bot/labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* --- names --- */

static void test_names_become_short(void **state)
{
    (void)state;
    static const struct {
        const char *name, *expected;
    } cases[] = {
            {"Ankur P. Parikh", "A P. Parikh"},
            {"Patrick von Platen", "P v Platen"},
            {"Mohammad Emtiyaz Khan", "M E Khan"},
            {"Duen Horng Chau", "D H Chau"},
            /* Already short. */
            {"A P. Parikh", "A P. Parikh"},
            {"P v Platen", "P v Platen"},
            {"M E Khan", "M E Khan"},
            {"T M\u00f6llenhoff", "T M\u00f6llenhoff"},
            {"J. Preskill", "J Preskill"},
            {"\u00c9va Tardos", "\u00c9 Tardos"},
            {"E\u0301va Tardos", "E\u0301 Tardos"},
            {"Jean-Luc Picard", "J Picard"},
            {"J.-L. Picard", "J Picard"},
            {"J.R.R. Tolkien", "J Tolkien"},
            {"Gerard 't Hooft", "G t Hooft"},
            {"Sammy Davis Jr.", "S Davis Jr."},
            {"Sammy Davis, Jr.", "S Davis Jr."},
            {"John Smith III", "J Smith III"},
            {"  Ada   Lovelace ", "A Lovelace"},
            {"Plato", "Plato"},
            {"", ""},
            /* Family first: an initial would name nobody. */
            {"李飞飞", "李飞飞"},
            {"李 飞飞", "李 飞飞"},
            /* Not people. */
            {"ATLAS Collaboration", "ATLAS Collaboration"},
            {"The Event Horizon Telescope Collaboration",
                    "The Event Horizon Telescope Collaboration"},
            {"Gemini Team", "Gemini Team"},
            {"Mistral AI", "Mistral AI"},
            {"Qingyao Ai", "Q Ai"},
            {"a b c d e f g h i j k l m", "a b c d e f g h i j k l m"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(digest_short_name(&arena, cases[i].name),
                cases[i].expected);
}

static struct author_list people(size_t count, bool more)
{
    struct author_list list = {
            .items = arena_array(&arena, struct author, count + 1),
            .count = count,
            .more = more,
    };

    for (size_t i = 0; i < count; i++)
        list.items[i] =
                (struct author){arena_format(&arena, "Ada N%zu", i + 1), ""};
    return list;
}

static void test_long_lists_of_authors_show_four(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        bool more;
        const char *expected;
    } cases[] = {
            {0, false, ""},
            {0, true, ""},
            {1, false, "A N1"},
            {2, true, "A N1, A N2..."},
            {4, true, "A N1, A N2, A N3, A N4..."},
            {5, true, "A N1, A N2, A N3, A N4..."},
            {11, false, "A N1, A N2, A N3, A N4..."},
            {300, true, "A N1, A N2, A N3, A N4..."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct author_list list = people(cases[i].count, cases[i].more);

        assert_string_equal(digest_names_authors(&arena, &list),
                cases[i].expected);
    }
    struct author_list ten = people(10, false);
    assert_non_null(strstr(digest_names_authors(&arena, &ten), "A N10"));
}

static void test_a_lone_mark_is_nobody(void **state)
{
    (void)state;
    struct author items[] = {{"NVIDIA", ""}, {":", ""}, {"Ada Lovelace", ""}};
    struct author_list list = {items, 3, false};

    assert_string_equal(digest_names_authors(&arena, &list),
            "NVIDIA, A Lovelace");
}

static void test_affiliations_beyond_five_are_said(void **state)
{
    (void)state;
    const char *places[] = {"A", "B", "C", "D", "E", "F"};
    struct paper paper = paper_empty();

    assert_string_equal(digest_names_affiliations(&arena, &paper), "");
    paper.more_affiliations = true; /* of none known nothing can be said */
    assert_string_equal(digest_names_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 1};
    assert_string_equal(digest_names_affiliations(&arena, &paper), "[A & ...]");
    paper.more_affiliations = false;
    paper.affiliations.count = 5;
    assert_string_equal(digest_names_affiliations(&arena, &paper),
            "[A & B & C & D & E]");
    paper.affiliations.count = 6;
    assert_string_equal(digest_names_affiliations(&arena, &paper),
            "[A & B & C & D & E & ...]");
}

static void test_a_brief_entry_names_two_short_affiliations(void **state)
{
    (void)state;
    const char *places[] =
            {"The Interdisciplinary Centre for Very Long Names of Institutions",
                    "A", "清华大学", "C"};
    struct paper paper = paper_empty();

    assert_string_equal(digest_names_brief_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 1};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 2};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & ...]");
    paper.affiliations = (struct string_list){places + 1, 2};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & 清华大学]");
    paper.affiliations = (struct string_list){places + 1, 3};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & 清华大学 & ...]");
}

/* --- excerpts --- */

static const char *repeated(const char *piece, size_t times)
{
    struct text text;

    text_init(&text, &arena, 65536);
    while (times-- > 0)
        text_add(&text, piece);
    return text_string(&text);
}

static void test_a_short_text_stays_whole(void **state)
{
    (void)state;
    assert_string_equal(digest_excerpt(&arena, ""), "");
    assert_string_equal(digest_excerpt(&arena, "One. Two."), "One. Two.");
    const char *han = repeated("字", 120);
    assert_string_equal(digest_excerpt(&arena, han), han);
    const char *words = arena_format(&arena, "w%s", repeated(" word", 59));
    assert_string_equal(digest_excerpt(&arena, words), words);
}

static void test_whole_sentences_are_kept_if_they_say_enough(void **state)
{
    (void)state;
    const char *thirty = arena_format(&arena, "W%s.", repeated(" word", 29));
    const char *text = arena_format(&arena, "%s %s %s", thirty, "A few.",
            repeated("More ", 60));
    assert_string_equal(digest_excerpt(&arena, text),
            arena_format(&arena, "%s A few.", thirty));

    const char *han = arena_format(&arena, "%s。%s。%s", repeated("甲", 50),
            repeated("乙", 40), repeated("丙", 50));
    assert_string_equal(digest_excerpt(&arena, han),
            arena_format(&arena, "%s。%s。", repeated("甲", 50),
                    repeated("乙", 40)));
}

static void test_a_long_sentence_is_cut_between_words(void **state)
{
    (void)state;
    const char *text = arena_format(&arena, "We. %s", repeated("word, ", 90));
    const char *cut = digest_excerpt(&arena, text);

    assert_string_equal(cut,
            arena_format(&arena, "We. %sword…", repeated("word, ", 58)));

    /* A Latin word among Han stays whole, or goes. */
    const char *han = arena_format(&arena, "%sTransformer%s",
            repeated("字", 115), repeated("字", 40));
    assert_string_equal(digest_excerpt(&arena, han),
            arena_format(&arena, "%s…", repeated("字", 115)));
    assert_int_equal(text_graphemes(digest_excerpt(&arena,
                             repeated("字", 500))),
            120);
}

static void test_stops_that_end_no_sentence_do_not_cut(void **state)
{
    (void)state;
    static const char *const stops[] = {"et al. Found", "J. Smith", "Fig. 3",
            "e.g. This", "0.5", "yes! and", "v1.2"};

    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        const char *text = arena_format(&arena, "%s%s%s", repeated("word ", 40),
                stops[i], repeated(" word", 60));
        const char *cut = digest_excerpt(&arena, text);

        assert_true(strlen(cut) > strlen("word ") * 50);
    }
}

static void test_words_without_spaces_are_bounded_too(void **state)
{
    (void)state;
    const char *thai = repeated("ก", 5000);

    assert_true(text_graphemes(digest_excerpt(&arena, thai)) <= 601);
}

/* --- documents --- */

static const char *cs_lg[] = {"cs.LG"};
static const char *ten_codes[] = {"cs.LG", "cs.CV", "cs.CL", "cs.AI", "cs.RO",
        "cs.IR", "cs.HC", "cs.CR", "cs.SE", "hep-th"};

struct case_parts {
    struct paper paper;
    struct author author;
    const char *affiliation;
    struct digest_item item;
    struct note note;
    struct note_list notes;
    struct string_list categories;
    struct digest_input input;
};

static struct case_parts *one_paper(enum digest_style style,
        struct language_pair languages)
{
    struct case_parts *parts = arena_new(&arena, struct case_parts);

    parts->author = (struct author){"Ada Lovelace", ""};
    parts->paper = paper_empty();
    parts->paper.id = "2501.00001";
    parts->paper.title = "A Title";
    parts->paper.abstract = "An abstract.";
    parts->paper.authors = (struct author_list){&parts->author, 1, false};
    parts->paper.categories = (struct string_list){cs_lg, 1};
    parts->item = (struct digest_item){.paper = &parts->paper,
            .tag = "LG",
            .top = true};
    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "zh",
            .title = "题目",
            .heading = "短题",
            .digest = "摘要。",
            .writer = "file"};
    parts->notes = (struct note_list){&parts->note, 1};
    parts->categories = (struct string_list){cs_lg, 1};
    parts->input = (struct digest_input){
            .items = &parts->item,
            .count = 1,
            .notes = &parts->notes,
            .categories = &parts->categories,
            .languages = languages,
            .style = style,
            .credit = "",
    };
    return parts;
}

static const char *text_of(const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_text.render(document, &arena, &payloads, &err));
    return payloads.count == 0 ? "" : payloads.items[0].bytes;
}

static void assert_digest(const struct case_parts *parts, const char *expected)
{
    assert_string_equal(text_of(digest_document(&parts->input, &arena)),
            expected);
}

static const struct language_pair zh = {{"zh"}}, en = {{"en"}},
                                  zh_en = {{"zh", "en"}},
                                  en_zh = {{"en", "zh"}}, fr = {{"fr"}};

static void test_each_language_alone_and_side_by_side_in_full(void **state)
{
    (void)state;
    assert_digest(one_paper(STYLE_FULL, zh),
            "LG - 机器学习\n摘要:短题\n1、[LG] A Title\nA Lovelace\n"
            "题目。摘要。\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, zh_en),
            "LG - 机器学习\n摘要:短题\n1、[LG] A Title\nA Lovelace\n"
            "题目。摘要。\nAn abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, en),
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "An abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, en_zh),
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "An abstract.\n题目。摘要。\nhttps://arxiv.org/abs/2501.00001\n");
}

static struct case_parts *one_paper_in_latex(enum digest_style style)
{
    struct case_parts *parts = one_paper(style, zh_en);

    parts->paper.title = "F$^3$Set --- $\\foo$";
    parts->paper.abstract = "An \\emph{$O(n\\log n)$} way for $5.";
    parts->affiliation = "A\\&M";
    parts->paper.affiliations = (struct string_list){&parts->affiliation, 1};
    parts->note.title = "$\\alpha$ 题";
    parts->note.heading = "$\\beta$ 法";
    parts->note.digest = "复杂度为 $n^2$。";
    return parts;
}

static void test_latex_is_shown_as_unicode_in_every_text(void **state)
{
    (void)state;
    assert_digest(one_paper_in_latex(STYLE_FULL),
            "LG - 机器学习\n摘要:β 法\n1、[LG] F³Set — $\\foo$\n"
            "A Lovelace\n[A&M]\nα 题。复杂度为 n²。\n"
            "An O(n log n) way for $5.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper_in_latex(STYLE_BRIEF),
            "LG - 机器学习\n摘要:β 法\n\n1. [LG] F³Set — $\\foo$\n"
            "α 题\n复杂度为 n²。\nA Lovelace\n[A&M]\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void test_each_language_alone_and_side_by_side_in_brief(void **state)
{
    (void)state;
    assert_digest(one_paper(STYLE_BRIEF, zh_en),
            "LG - 机器学习\n摘要:短题\n\n1. [LG] A Title\n题目\n摘要。\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_BRIEF, en_zh),
            "LG - Machine Learning\n\n1. [LG] A Title\n题目\nAn abstract.\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
}

static void test_without_a_note_the_original_stands_with_a_mark(void **state)
{
    (void)state;
    static const enum digest_style styles[] = {STYLE_FULL, STYLE_BRIEF};
    static const struct {
        const struct language_pair *languages;
        const char *line;
    } cases[] = {
            {&zh, "\n〔原文〕An abstract.\n"},
            {&zh_en, "\n〔原文〕An abstract.\n"},
            {&fr, "\n[original] An abstract.\n"},
            {&en, "\nAn abstract.\n"},
            {&en_zh, "\nAn abstract.\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t n = 0; n < 2; n++) {
            struct case_parts *parts =
                    one_paper(styles[n], *cases[i].languages);

            parts->notes.count = 0;
            const char *text = text_of(digest_document(&parts->input, &arena));
            assert_non_null(strstr(text, cases[i].line));
            assert_null(strstr(text, "摘要"));
            /* The same for a note that has only a title. */
            parts->notes.count = 1;
            parts->note.digest = "";
            text = text_of(digest_document(&parts->input, &arena));
            assert_non_null(strstr(text, cases[i].line));
        }
    }
}

static void test_an_english_note_is_not_said_twice(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "en",
            .title = "A Title",
            .heading = "Short",
            .digest = "An abstract.",
            .writer = "extractive"};
    assert_digest(parts,
            "LG - Machine Learning\nIn brief: Short\n1. [LG] A Title\n"
            "A Lovelace\nAn abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    parts->note.digest = "In plain words.";
    assert_digest(parts,
            "LG - Machine Learning\nIn brief: Short\n1. [LG] A Title\n"
            "A Lovelace\nIn plain words.\nAn abstract.\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void
test_sentences_chosen_from_the_abstract_are_not_said_twice(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->paper.abstract = "One thing. Another. A third, e.g. this.";
    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "en",
            .title = "",
            .heading = "",
            .digest = "One thing. A third, e.g. this.",
            .writer = ""};
    assert_digest(parts,
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "One thing. Another. A third, e.g. this.\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->note.digest = "One thing. A fourth.";
    assert_digest(parts,
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "One thing. A fourth.\nOne thing. Another. A third, e.g. this.\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void test_what_is_unknown_leaves_no_empty_line(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->notes.count = 0;
    parts->paper.abstract = "";
    parts->paper.authors.count = 0;
    assert_digest(parts,
            "LG - 机器学习\n1、[LG] A Title\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->input.style = STYLE_BRIEF;
    assert_digest(parts,
            "LG - 机器学习\n\n1. [LG] A Title\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->input.categories = NULL;
    parts->input.notes = NULL;
    parts->item.tag = "";
    assert_digest(parts, "1. A Title\nhttps://arxiv.org/abs/2501.00001\n");
    parts->input.count = 0;
    assert_digest(parts, "");
}

static void test_a_note_title_with_its_own_stop_gets_no_second(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh);

    parts->note.title = "模型会思考吗？";
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "\n模型会思考吗？摘要。\n"));
    parts->note.title = "";
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "\n摘要。\n"));
}

static void test_only_further_papers_need_no_section(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_BRIEF, zh);

    parts->item.top = false;
    assert_digest(parts,
            "LG - 机器学习\n摘要:短题\n\n1. [LG] A Title\n题目\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
}

static void test_a_long_legend_shows_only_the_days_tags(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->categories = (struct string_list){ten_codes, 8};
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "CR - Cryptography"));
    parts->categories.count = 10;
    text = text_of(digest_document(&parts->input, &arena));
    assert_true(text_starts(text, "LG - Machine Learning\n"));
    /* A channel that takes everything has a legend too. */
    parts->categories.count = 0;
    text = text_of(digest_document(&parts->input, &arena));
    assert_true(text_starts(text, "LG - Machine Learning\n"));
}

static void test_the_foot_tells_of_the_batch_and_who_wrote(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->note.writer = "gpt-x";
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_null(strstr(text, "gpt-x"));
    parts->input.foot = (struct digest_foot){.date = {2026, 11, 3},
            .new_count = 212,
            .cross_count = 79};
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text,
            "/2501.00001\narXiv 11-03 公告 · 212 篇新论文 + 79 篇交叉,选 1 篇\n"
            "中文: 机器翻译 (gpt-x)\n"));
    parts->input.languages = en_zh;
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text,
            "\narXiv 11-03 announcement · 212 new + 79 cross-listed, 1 chosen\n"
            "Chinese: machine translation (gpt-x)\n"));
    parts->note.writer = "file";
    text = text_of(digest_document(&parts->input, &arena));
    assert_null(strstr(text, "machine"));
}

static void test_who_shows_pictures_says_whom_to_ask(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->input.foot = (struct digest_foot){.date = {2026, 11, 3},
            .contact = "ana@example.org"};
    assert_non_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "\n如需撤下图片，请联系 ana@example.org\n"));
    parts->input.languages = en_zh;
    assert_non_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "\nTo have a picture taken down: ana@example.org\n"));
    parts->input.foot.contact = "";
    assert_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "taken down"));
}

static void test_the_title_is_one_line_for_a_notification(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh);

    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "论文日报 · 1 篇");
    parts->input.date = (struct civil_date){2026, 11, 24};
    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "论文日报 2026-11-24 · 1 篇");
    parts->input.languages = en;
    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "Papers 2026-11-24 · 1");
}

static void test_entries_are_numbered_through_in_brief(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_BRIEF, zh);
    struct digest_item items[3] = {parts->item, parts->item, parts->item};
    unsigned expected = 1;

    items[2].top = false;
    parts->input.items = items;
    parts->input.count = 3;
    struct document *document = digest_document(&parts->input, &arena);
    for (const struct document_node *block = document->root.first; block;
            block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        assert_int_equal(block->number, expected++);
        assert_string_equal(block->paper_id, "2501.00001");
    }
    assert_int_equal(expected, 4);
    assert_true(document->spaced);
}

static void test_a_quiet_day_is_one_line(void **state)
{
    (void)state;
    struct civil_date date = {2026, 11, 26};

    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_NONE, date,
                                zh_en, &arena)),
            "今日 arXiv 无公告\n");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_NONE, date, en,
                                &arena)),
            "No arXiv announcement today\n");
    assert_string_equal(digest_quiet_line(DIGEST_QUIET_NONE, date, en, &arena)
                                ->title,
            "No arXiv announcement today · 2026-11-26");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_LATE, date,
                                zh_en, &arena)),
            "今日 arXiv 公告尚未发布,论文将收入下一期\n");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_FAILED, date, en,
                                &arena)),
            "Today's arXiv announcement cannot be read yet; its papers will "
            "be in the next digest\n");
}

/* --- labels --- */

static void test_every_language_has_every_label(void **state)
{
    (void)state;
    for (size_t i = 0; i < label_table_count; i++)
        for (int label = 0; label < LABEL_COUNT; label++)
            assert_non_null(label_tables[i].texts[label]);
    assert_string_equal(label_text(LABEL_ALSO, "zh-Hans"),
            label_text(LABEL_ALSO, "zh"));
    assert_string_equal(label_text(LABEL_ALSO, "fr"),
            label_text(LABEL_ALSO, "en"));
}

static void test_categories_have_names_or_keep_their_code(void **state)
{
    (void)state;
    assert_string_equal(label_category("cs.LG", "zh"), "机器学习");
    assert_string_equal(label_category("cs.LG", "en"), "Machine Learning");
    assert_string_equal(label_category("cs.XX", "en"), "cs.XX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_names_become_short, tidy),
            cmocka_unit_test_teardown(test_long_lists_of_authors_show_four,
                    tidy),
            cmocka_unit_test_teardown(test_a_lone_mark_is_nobody, tidy),
            cmocka_unit_test_teardown(test_affiliations_beyond_five_are_said,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_brief_entry_names_two_short_affiliations, tidy),
            cmocka_unit_test_teardown(test_a_short_text_stays_whole, tidy),
            cmocka_unit_test_teardown(
                    test_whole_sentences_are_kept_if_they_say_enough, tidy),
            cmocka_unit_test_teardown(test_a_long_sentence_is_cut_between_words,
                    tidy),
            cmocka_unit_test_teardown(
                    test_stops_that_end_no_sentence_do_not_cut, tidy),
            cmocka_unit_test_teardown(test_words_without_spaces_are_bounded_too,
                    tidy),
            cmocka_unit_test_teardown(
                    test_each_language_alone_and_side_by_side_in_full, tidy),
            cmocka_unit_test_teardown(
                    test_latex_is_shown_as_unicode_in_every_text, tidy),
            cmocka_unit_test_teardown(
                    test_each_language_alone_and_side_by_side_in_brief, tidy),
            cmocka_unit_test_teardown(
                    test_without_a_note_the_original_stands_with_a_mark, tidy),
            cmocka_unit_test_teardown(test_an_english_note_is_not_said_twice,
                    tidy),
            cmocka_unit_test_teardown(
                    test_sentences_chosen_from_the_abstract_are_not_said_twice,
                    tidy),
            cmocka_unit_test_teardown(test_what_is_unknown_leaves_no_empty_line,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_note_title_with_its_own_stop_gets_no_second, tidy),
            cmocka_unit_test_teardown(test_only_further_papers_need_no_section,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_long_legend_shows_only_the_days_tags, tidy),
            cmocka_unit_test_teardown(
                    test_the_foot_tells_of_the_batch_and_who_wrote, tidy),
            cmocka_unit_test_teardown(test_who_shows_pictures_says_whom_to_ask,
                    tidy),
            cmocka_unit_test_teardown(
                    test_the_title_is_one_line_for_a_notification, tidy),
            cmocka_unit_test_teardown(
                    test_entries_are_numbered_through_in_brief, tidy),
            cmocka_unit_test_teardown(test_a_quiet_day_is_one_line, tidy),
            cmocka_unit_test_teardown(test_every_language_has_every_label,
                    tidy),
            cmocka_unit_test_teardown(
                    test_categories_have_names_or_keep_their_code, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
