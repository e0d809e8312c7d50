#include "tests/support/sample_document.h"

#include "bot/base/text.h"

#include <string.h>

static struct document *empty(struct arena *arena, const char *title,
        const char *language)
{
    struct document *document = arena_new(arena, struct document);

    document_init(document, arena, language);
    document->title = title;
    return document;
}

static struct document_node *add_entry(struct document *document,
        const char *id, unsigned number, const char *tag, const char *name)
{
    struct document_node *entry = document_block(document, &document->root,
            DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *title =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);

    entry->paper_id = id;
    entry->number = number;
    document_inline(document, title, DOCUMENT_TAG, tag);
    document_inline(document, title, DOCUMENT_TEXT, " ");
    document_inline(document, title, DOCUMENT_STRONG, name);
    return entry;
}

static void add_link(struct document *document, struct document_node *entry,
        const char *url)
{
    struct document_node *block =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_LINK);

    document_link(document, block, "", url);
}

static void add_top(struct document *document)
{
    struct document_node *root = &document->root;
    struct document_node *entry =
            document_block(document, root, DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *title =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);

    entry->paper_id = "2401.00001";
    entry->number = 1;
    document_inline(document, title, DOCUMENT_TEXT, "1、");
    document_inline(document, title, DOCUMENT_TAG, "LG");
    document_inline(document, title, DOCUMENT_TEXT, " ");
    document_inline(document, title, DOCUMENT_STRONG, "Slow Birds & Fast Maps");
    document_paragraph(document, entry, ROLE_AUTHORS, "A Finch, B v Owl");
    document_paragraph(document, entry, ROLE_AFFILIATIONS, "[Nest & Tree]");
    document_paragraph(document, entry, ROLE_NOTE,
            "慢鸟与快图。鸟群在地图上找路。");
    document_paragraph(document, entry, ROLE_ABSTRACT,
            "We let birds find their way.");
    add_link(document, entry, "https://arxiv.org/abs/2401.00001");
}

struct document *sample_document_digest(struct arena *arena)
{
    struct document *document = empty(arena, "论文日报 2024-01-02", "zh");
    struct document_node *root = &document->root;

    struct document_node *legend =
            document_paragraph(document, root, ROLE_LEGEND, "LG - 机器学习");
    document_inline(document, legend, DOCUMENT_TEXT, " ");
    document_inline(document, legend, DOCUMENT_TEXT, "CV - 计算机视觉");
    document_paragraph(document, root, ROLE_CREDIT, "转自鸟巢");
    document_paragraph(document, root, ROLE_HEADLINE, "摘要:慢鸟与快图");
    add_top(document);
    document_paragraph(document, root, ROLE_SECTION, "另外几篇值得关注的论文:");
    struct document_node *entry =
            add_entry(document, "2401.00002", 2, "CV", "Seeing Less");
    document_paragraph(document, entry, ROLE_NOTE_TITLE, "少看一点");
    document_paragraph(document, entry, ROLE_NOTE, "看得少,懂得多。");
    document_paragraph(document, entry, ROLE_AUTHORS, "C Wren");
    add_link(document, entry, "https://arxiv.org/abs/2401.00002");
    document_paragraph(document, root, ROLE_FOOT, "arXiv 01-02 公告");
    return document;
}

struct document *sample_document_quiet(struct arena *arena)
{
    struct document *document = empty(arena, "论文日报", "zh");

    document_paragraph(document, &document->root, ROLE_NONE,
            "今日 arXiv 无公告");
    return document;
}

static const char *repeated(struct arena *arena, const char *text, size_t times)
{
    struct text out;

    text_init(&out, arena, strlen(text) * times);
    for (size_t i = 0; i < times; i++)
        text_add(&out, text);
    return text_string(&out);
}

static const char *const hostile[] = {
        "<!channel> <!here|x> <@U123> <#C123> <!subteam^S1|all>",
        "@room @channel @here @everyone @ROOM",
        "<script>alert(1)</script><img src=x onerror=\"alert('1')\">",
        "A | B || C & D &amp; E &lt; F",
        "](https://evil.example) [x](y) ![z](w) )]}",
        "*bold* _italic_ ~struck~ `code` ```fence``` C*-algebra snake_case",
        "(\xe2\x80\xae) desrever\xe2\x80\xac \xd8\x9c",
        "\xe2\x81\xa6isolated\xe2\x81\xa9",
        "👩‍👩‍👧‍👦👩‍🚀 ZWJ 🏳️‍🌈",
        "line one\nline two\r\n\tline three\x01\x02\x1b[31m\x7f",
        "\"quoted\" 'single' \\ back \\u0000 %s %n {0}",
        "</p></details></h4> --> <![CDATA[ x ]]> <?php",
        ":fire: > quote\n> quote\n# heading\n- item\n1. item",
        "http://evil.example <https://evil.example|good> mailto:a@b.example",
};

static void add_hostile(struct document *document, unsigned number,
        const char *text)
{
    struct document_node *entry = add_entry(document, text, number, text, text);
    struct document_node *root = &document->root;
    struct document_node *block =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_NOTE);

    for (int kind = DOCUMENT_TEXT; kind < DOCUMENT_LINK; kind++)
        document_inline(document, block, (enum document_kind)kind, text);
    document_link(document, block, text, "https://a.example/|><\"'`{} *_~&x=1");
    document_link(document, block, text, text);
    document_link(document, block, text, "javascript:alert(1)");
    document_paragraph(document, entry, ROLE_NOTE_TITLE, text);
    document_paragraph(document, entry, ROLE_AUTHORS, text);
    document_paragraph(document, entry, ROLE_AFFILIATIONS, text);
    document_paragraph(document, entry, ROLE_ABSTRACT, text);
    add_link(document, entry, "https://arxiv.org/abs/2401.00003");
    document_paragraph(document, root, ROLE_SECTION, text);
    document_paragraph(document, root, ROLE_LEGEND, text);
    document_paragraph(document, root, ROLE_FOOT, text);
    document_paragraph(document, root, ROLE_NONE, text);
}

/* 300 authors, 100 kB of abstract, a title of one endless grapheme. */
static void add_huge(struct document *document, struct arena *arena,
        unsigned number)
{
    struct document_node *entry = add_entry(document, "2401.00004", number,
            "LG", "A Title that Stays");

    document_paragraph(document, entry, ROLE_AUTHORS,
            repeated(arena, "J Q. Public-Example, ", 300));
    document_paragraph(document, entry, ROLE_NOTE,
            repeated(arena, "很长的说明。", 2000));
    document_paragraph(document, entry, ROLE_ABSTRACT,
            repeated(arena, "<&\"'>👩‍🚀 ", 5000));
    add_link(document, entry, "https://arxiv.org/abs/2401.00004");

    entry = add_entry(document, "2401.00005", number + 1, "LG",
            repeated(arena, "a\xcc\x81\xcc\x82", 20000));
    document_paragraph(document, entry, ROLE_ABSTRACT,
            repeated(arena, "\xcc\x81", 50000));
    add_link(document, entry, "https://arxiv.org/abs/2401.00005");
    for (int i = 0; i < 1000; i++)
        document_paragraph(document, entry, ROLE_NOTE, "one more line");
}

struct document *sample_document_hostile(struct arena *arena)
{
    struct document *document = empty(arena, hostile[0], "en");
    unsigned number = 0;

    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        add_hostile(document, ++number, hostile[i]);
    add_huge(document, arena, number + 1);
    document_paragraph(document, &document->root, ROLE_HEADLINE,
            repeated(arena, "一行很长的提要、", 9000));
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);
    for (size_t i = 0; i < 900; i++) {
        struct document_node *item =
                document_block(document, list, DOCUMENT_ITEM, ROLE_NONE);
        document_inline(document, item, DOCUMENT_TEXT,
                hostile[i % (sizeof hostile / sizeof *hostile)]);
    }
    return document;
}

const char *sample_document_name(struct arena *arena, size_t number)
{
    return arena_format(arena, "Paper %05zu.", number);
}

struct document *sample_document_long(struct arena *arena, size_t count,
        size_t abstract_bytes)
{
    struct document *document = empty(arena, "Papers of the day", "en");

    document->spaced = true;
    document_paragraph(document, &document->root, ROLE_LEGEND,
            "LG - Machine Learning");
    for (size_t i = 1; i <= count; i++) {
        if (i == count / 2)
            document_paragraph(document, &document->root, ROLE_SECTION,
                    "Further papers worth a look:");
        struct document_node *entry = add_entry(document, "2401.00006",
                (unsigned)i, "LG", sample_document_name(arena, i));
        document_paragraph(document, entry, ROLE_AUTHORS, "D Heron, E Tern");
        document_paragraph(document, entry, ROLE_ABSTRACT,
                repeated(arena, "word ", abstract_bytes / 5));
        add_link(document, entry, "https://arxiv.org/abs/2401.00006");
    }
    return document;
}

const char *sample_document_names_flaw(struct arena *arena, const char *text,
        size_t count)
{
    size_t found = 0;

    for (const char *at = strstr(text, "Paper "); at != NULL;
            at = strstr(at + 1, "Paper ")) {
        const char *name = sample_document_name(arena, ++found);
        if (strncmp(at, name, strlen(name)) != 0)
            return arena_format(arena, "%s is not there, but %.12s", name, at);
    }
    if (found != count)
        return arena_format(arena, "%zu of %zu papers", found, count);
    return NULL;
}

size_t sample_document_occurrences(const char *text, const char *word)
{
    size_t count = 0;

    for (const char *at = strstr(text, word); at != NULL;
            at = strstr(at + strlen(word), word))
        count++;
    return count;
}

static const char *random_text(struct arena *arena,
        const struct random_source *chance)
{
    static const char *const words[] = {
            "bird",
            "地图",
            "<!channel>",
            "@room",
            "&",
            "|",
            "<b>",
            "*",
            "_",
            "`",
            "~",
            "👩‍🚀",
            "\xe2\x80\xae",
            "\n",
            "e\xcc\x81",
            "\"",
            "\x01",
            "https://x.example",
            "\\",
            "a_b",
            "",
    };
    struct text out;
    size_t count = (size_t)chance->below(chance->state, 12);

    if (chance->below(chance->state, 120) == 0)
        count *= (size_t)chance->below(chance->state, 300);
    text_init(&out, arena, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        text_add(&out,
                words[chance->below(chance->state,
                        sizeof words / sizeof *words)]);
        if (chance->below(chance->state, 2) == 0)
            text_add(&out, " ");
    }
    return text_string(&out);
}

static void add_random_pieces(struct document *document,
        struct document_node *block, const struct random_source *chance)
{
    size_t count = (size_t)chance->below(chance->state, 4);

    for (size_t i = 0; i < count; i++) {
        enum document_kind kind = (enum document_kind)(DOCUMENT_TEXT +
                (int)chance->below(chance->state, 6));
        const char *text = random_text(document->arena, chance);
        if (kind == DOCUMENT_LINK)
            document_link(document, block, text,
                    chance->below(chance->state, 3) == 0
                            ? random_text(document->arena, chance)
                            : "https://x.example/?a=b&c=<d>|e");
        else
            document_inline(document, block, kind, text);
    }
}

static void add_random_block(struct document *document,
        struct document_node *parent, const struct random_source *chance)
{
    static const enum document_role roles[] = {ROLE_NONE, ROLE_LEGEND,
            ROLE_CREDIT, ROLE_HEADLINE, ROLE_SECTION, ROLE_AUTHORS,
            ROLE_AFFILIATIONS, ROLE_NOTE_TITLE, ROLE_NOTE, ROLE_ABSTRACT,
            ROLE_LINK, ROLE_FOOT};
    enum document_role role =
            roles[chance->below(chance->state, sizeof roles / sizeof *roles)];

    if (chance->below(chance->state, 8) == 0) {
        struct document_node *list =
                document_block(document, parent, DOCUMENT_LIST, ROLE_NONE);
        for (uint64_t n = chance->below(chance->state, 80); n > 0; n--)
            add_random_pieces(document,
                    document_block(document, list, DOCUMENT_ITEM, ROLE_NONE),
                    chance);
        return;
    }
    enum document_kind kind = chance->below(chance->state, 5) == 0
            ? DOCUMENT_HEADING
            : DOCUMENT_PARAGRAPH;
    add_random_pieces(document, document_block(document, parent, kind, role),
            chance);
}

struct document *sample_document_random(struct arena *arena,
        const struct random_source *chance, size_t *entries)
{
    struct document *document = empty(arena, random_text(arena, chance),
            chance->below(chance->state, 2) == 0 ? "zh" : "en");

    document->spaced = chance->below(chance->state, 2) == 0;
    *entries = 0;
    for (uint64_t n = chance->below(chance->state, 30); n > 0; n--) {
        if (chance->below(chance->state, 3) == 0) {
            add_random_block(document, &document->root, chance);
            continue;
        }
        ++*entries;
        struct document_node *entry = add_entry(document, "2401.00007",
                chance->below(chance->state, 2) == 0 ? (unsigned)*entries : 0,
                "LG", sample_document_name(arena, *entries));
        for (uint64_t m = chance->below(chance->state, 7); m > 0; m--)
            add_random_block(document, entry, chance);
    }
    return document;
}
