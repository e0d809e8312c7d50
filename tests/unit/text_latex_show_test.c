#include "bot/base/text_latex_show.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_table.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct pair {
    const char *in, *out;
};

#define CHECK_ALL(cases) check_all((cases), sizeof(cases) / sizeof *(cases))

static void check_all(const struct pair *cases, size_t count)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++)
        assert_string_equal(text_latex_show(&arena, cases[i].in), cases[i].out);
    arena_finish(&arena);
}

static void test_symbols_become_characters(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$\\alpha\\Omega\\varepsilon\\epsilon$", "αΩεε"},
            {"$\\infty$-Nets, $\\ell_1$, $\\partial f$", "∞-Nets, ℓ₁, ∂f"},
            {"$A \\subseteq B$, $x\\in A$", "A ⊆ B, x∈A"},
            {"$f: X \\to Y$, $a\\mapsto b$", "f: X → Y, a↦b"},
            {"$\\sum_{i=1}^n x_i$, $\\int f\\,dx$", "∑ᵢ₌₁ⁿ xᵢ, ∫f dx"},
            {"\\alpha-divergence, LLM \\times DATA",
                    "α-divergence, LLM × DATA"},
            {"\\LaTeX{} and \\TeX", "LaTeX and TeX"},
            {"\\textregistered, \\S 3, \\ding{182}", "®, § 3, ❶"},
            {"\\ie, \\eg this, \\etal", "i.e., e.g. this, et al."},
            {"a$\\unicode{x2014}$b", "a—b"},
    };
    CHECK_ALL(cases);
}

static void test_scripts_are_small_where_unicode_has_all_of_them(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"F$^3$Set, SR$^{2}$-Net, LM$^2$otifs", "F³Set, SR²-Net, LM²otifs"},
            {"$x^{n+1}$, $x_{ij}^{-2}$, $x'$, $f''$", "xⁿ⁺¹, xᵢⱼ⁻², x′, f′′"},
            {"$\\mathbb{R}^{2k}$, $A^\\top$, $A^*$, $\\theta^\\prime$",
                    "ℝ²ᵏ, Aᵀ, A*, θ′"},
            {"$10^-14$", "10⁻¹⁴"},
            {"90^\\circ, $90^\\circ$, $90^{\\circ}$C", "90°, 90°, 90°C"},
            {"R\\textsuperscript{2}, H\\textsubscript{2}O", "R², H₂O"},
    };
    CHECK_ALL(cases);
}

static void test_other_scripts_stay_in_the_line(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$2^q$, $2^{q+1}$, $x_{avg}$", "2^q, 2^(q+1), x_avg"},
            /* One sign without a small form, and none is small. */
            {"$x^{n+q}$, $x^{3/2}$, $x_{a,b}$", "x^(n+q), x^(3/2), x_(a,b)"},
            {"$x_{gen}y$, $x_q^2$, $x_q(t)$", "x_(gen)y, x_(q)², x_q(t)"},
            {"$2^{n^2}$", "2^(n²)"},
            {"snake_case and x^2 are text", "snake_case and x^2 are text"},
    };
    CHECK_ALL(cases);
}

static void test_fractions_and_roots_keep_their_meaning(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$\\frac{a}{b}$, $\\frac12$, $\\tfrac{1}{n+1}$",
                    "a/b, 1/2, 1/(n+1)"},
            {"$\\frac{a+b}{f(x+y)}$", "(a+b)/f(x+y)"},
            {"$2\\frac{1}{3}$, $\\frac{1}{2}x$, $\\frac{1}{2}(x+1)$",
                    "2(1/3), (1/2)x, (1/2)(x+1)"},
            {"$\\frac{\\frac{a}{b}}{c}$, $e^{-\\frac{x}{2}}$",
                    "(a/b)/c, e^(-x/2)"},
            {"$\\left(\\frac{a}{b}\\right)$", "(a/b)"},
            {"$\\sqrt{x}$, $\\sqrt{12}$, $\\sqrt{d_k}$, $\\sqrt{x+1}$",
                    "√x, √12, √dₖ, √(x+1)"},
            {"$\\sqrt[3]{x}$, $\\sqrt[n]{xy}$", "∛x, ⁿ√(xy)"},
            {"$\\binom{n}{k}$", "(n choose k)"},
    };
    CHECK_ALL(cases);
}

static void test_fonts_show_their_letters(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$\\mathcal{O}(n \\log n)$, $\\mathcal{A}LLM$",
                    "𝒪(n log n), 𝒜LLM"},
            {"$\\mathbb{E}[X]$, $\\mathbb R$, $\\mathfrak{g}$", "𝔼[X], ℝ, 𝔤"},
            {"$\\mathcal{LOSS}$, $\\mathbf{w}_*$, $\\bm{K}$", "LOSS, w_*, K"},
            {"$\\text{R}^2\\text{ec}$, $\\texttt{p = 2}$", "R²ec, p = 2"},
            {"Business as \\textit{Rule}sual, \\emph{so}",
                    "Business as Rulesual, so"},
            {"{\\bf Bold} and {\\em more} and {BERT}",
                    "Bold and more and {BERT}"},
            {"\\textcolor{red}{\\textbf{Red}} \\color{blue}Blue", "Red Blue"},
            {"$\\hat{x}$, $\\bar\\sigma$, $\\widetilde{O}(n)$", "x̂, σ̄, Õ(n)"},
            {"$\\not\\in$, $\\not=$", "∉, ≠"},
    };
    CHECK_ALL(cases);
}

static void test_formulas_are_spaced_as_their_author_did(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$1.08\\times 10^{5}$, $256 \\times 256$", "1.08×10⁵, 256 × 256"},
            {"$\\sim 2\\times$, $\\geq 59\\%$, $10\\times$", "∼2×, ≥59%, 10×"},
            {"$\\log^2 T$, $\\max_i x_i$, $\\log(1/n)$",
                    "log² T, maxᵢ xᵢ, log(1/n)"},
            {"$a\\log\\log n$, $\\alpha \\beta$, $x\\ y$",
                    "a log log n, αβ, x y"},
            {"$p \\equiv 1 \\pmod{3}$", "p ≡ 1 (mod 3)"},
            {"$10{,}000$, $T{=}2$, ${\\sim}5$", "10,000, T=2, ∼5"},
            {"a\\,b, e.g.\\ c, 2\\-3", "a b, e.g. c, 23"},
    };
    CHECK_ALL(cases);
}

static void test_a_formula_is_shown_whole_or_not_at_all(void **state)
{
    (void)state;
    static const char *const cases[] = {"$\\alpha^{\\foo}$", "$\\method$",
            "$\\frac{\\alpha}$", "$\\alpha & \\beta$", "$x^{2$", "$\\hat{xyz}$",
            "\\(\\alpha\\foo\\)", "\\[\\begin{cases}\\alpha\\end{cases}\\]",
            "$$\\alpha\\foo$$", "$\\alpha\\choose\\beta$",
            "\\ECUAS{n}: a family", "\\foo{\\alpha}{\\textbf{b}}",
            "\\frac{\\alpha}{\\foo}", "\\textbf{open", "\\", "$", "$$", "\\(",
            "{", "}", "^", "_", "$x", "\\frac", "\\sqrt[", "\\sqrt[3]"};
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_latex_show(&arena, cases[i]), cases[i]);
    assert_string_equal(text_latex_show(&arena, "$\\foo$, $\\alpha$"),
            "$\\foo$, α");
    assert_string_equal(text_latex_show(&arena, "\\emph{a \\foo{b} $n^2$}"),
            "a \\foo{b} n²");
    arena_finish(&arena);
}

static void test_money_stays_money(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"costs $5 and $10", "costs $5 and $10"},
            {"from $5 to $10, or $k$ dollars", "from $5 to $10, or k dollars"},
            {"$5-$10, US$5/A$6, $1M, $0.0011-$0.12",
                    "$5-$10, US$5/A$6, $1M, $0.0011-$0.12"},
            {"\\$5 for $n$ and \\$6", "$5 for n and $6"},
            {"costs $5 (50\\% off) to $10", "costs $5 (50% off) to $10"},
            {"A$AP and Ke$ha", "A$AP and Ke$ha"},
            {"$HOME and $PATH, $HOME/$USER", "$HOME and $PATH, $HOME/$USER"},
            {"花费$5，而不是$10，约$3美元", "花费$5，而不是$10，约$3美元"},
            {"$K$ of $1$-bit, $π$!", "K of 1-bit, π!"},
            {"($<$5\\%) and $7$B", "(<5%) and 7B"},
    };
    CHECK_ALL(cases);
}

static void test_quotes_and_dashes_are_typeset(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"``edge'' and ``other\"", "“edge” and “other”"},
            {"the `word' he'd", "the ‘word’ he'd"},
            {"`code` and ```code``` stay", "`code` and ```code``` stay"},
            {"``never closed", "``never closed"},
            {"\\\"quoted\\\" words", "\"quoted\" words"},
            {"pages 3--5, a -- b, so---what", "pages 3–5, a – b, so—what"},
            {"run --flag, C--, <!-- x -->, a----b",
                    "run --flag, C--, <!-- x -->, a----b"},
            {"https://a.example/x--y_z~w", "https://a.example/x--y_z~w"},
            {"Fig.~3, models~(LLMs), ~3x, 1~2, /~me",
                    "Fig. 3, models (LLMs), ~3x, 1~2, /~me"},
            {"5~languages, 16.2~points, Task~7, (~50 s), =~4",
                    "5 languages, 16.2 points, Task 7, (~50 s), =~4"},
            {"we say ''edge'' (''a rim''), f'' and 6''",
                    "we say “edge” (“a rim”), f'' and 6''"},
            {"one ''without an end", "one ''without an end"},
            {"one \\\\ two", "one two"},
    };
    CHECK_ALL(cases);
}

static void test_links_and_asides_are_readable(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"\\url{https://a.example/x\\_y}", "https://a.example/x_y"},
            {"\\href{https://a.example/}{here}.", "here (https://a.example/)."},
            {"\\href{https://a.example/}{a.example}", "https://a.example/"},
            {"done\\footnote{Mostly.}.", "done (Mostly.)."},
            {"see~\\cite{key2024}", "see [key2024]"},
    };
    CHECK_ALL(cases);
}

static void test_taken_apart_names_come_back(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"2\\b{eta}-decay", "2β-decay"},
            {"\\r{ho} = 0.998", "ρ = 0.998"},
            {"\\c{opyright} 2026", "© 2026"},
            {"4\\t{imes}", "4×"},
            {"Erd\\H{o}s, \\c{c}, \\u{g}", "Erdős, ç, ğ"},
            {"\\b{lah}", "\\b{lah}"},
    };
    CHECK_ALL(cases);
}

static void test_plain_text_is_left_alone(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "Attention Is All You Need",
            "为什么 RL 有效？——{一}项 50% 的研究", "a_b^c {x} # & % ' \" < >",
            "2 - 1, e-mail, state-of-the-art", "don't"};
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_latex_show(&arena, cases[i]), cases[i]);
    arena_finish(&arena);
}

static void test_styled_letters_are_those_of_unicode(void **state)
{
    (void)state;
    static const struct {
        enum text_latex_style style;
        uint32_t in, out;
    } cases[] = {
            {LATEX_DOUBLE_STRUCK, 'R', 0x211D},
            {LATEX_DOUBLE_STRUCK, 'A', 0x1D538},
            {LATEX_DOUBLE_STRUCK, '1', 0x1D7D9},
            {LATEX_SCRIPT, 'L', 0x2112},
            {LATEX_SCRIPT, 'z', 0x1D4CF},
            {LATEX_SCRIPT, '1', '1'},
            {LATEX_FRAKTUR, 'Z', 0x2128},
            {LATEX_FRAKTUR, 0x3B1, 0x3B1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(text_latex_table_styled(cases[i].style, cases[i].in),
                cases[i].out);
}

/* --- hostile --- */

static char *repeated(struct arena *arena, const char *piece, size_t bytes)
{
    struct text text;

    text_init(&text, arena, bytes * 4);
    while (text.length < bytes)
        text_add(&text, piece);
    return arena_string(arena, text_string(&text));
}

/* Each of these made a naive reader go over the rest again and again. */
static void test_time_grows_with_the_length_alone(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\\textbf{", "{", "{\\bf ", "$", "$x",
            "$$", "$$a", "\\(", "\\[", "\\(a", "$\\frac{", "\\sqrt", "$\\sqrt$",
            "``", "`a", "`", "``a''", "-", "--", "a--b", "~", "http://",
            "\\foo{", "\\foo{}", "^", "$x^$", "$x^{x^{", "\\\\", "\\",
            "\\left(", "$5 ", "\\cite[", "\\sqrt[", "\\bf", "\\hat", "\\not",
            "$\\not\\not$", "\\b{", "\\color{a}", "{}", "}{", "$a\\text{$b$}$"};
    clock_t longest = 0;
    const char *slowest = "";

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct arena arena = {0};
        const char *long_one = repeated(&arena, pieces[i], 400000);
        clock_t before = clock();
        const char *out = text_latex_show(&arena, long_one);
        clock_t took = clock() - before;
        assert_true(text_is_utf8(out, strlen(out)));
        if (took > longest) {
            longest = took;
            slowest = pieces[i];
        }
        arena_finish(&arena);
    }
    print_message("# PRINT hostile LaTeX: 400 kB take at most %.2f s "
                  "(\"%s\" again and again)\n",
            (double)longest / CLOCKS_PER_SEC, slowest);
    assert_true(longest < 20 * CLOCKS_PER_SEC);
}

/* --- real titles --- */

static bool is_marked(const char *text)
{
    return strpbrk(text, "$\\") != NULL;
}

struct tally {
    size_t marked, clean;
};

static void count(struct tally *tally, const char *text, const char *shown)
{
    tally->marked += is_marked(text);
    tally->clean += is_marked(text) && !is_marked(shown);
}

static void test_real_titles_become_clean(void **state)
{
    (void)state;
    paper_file_need_shared();
    static const char *const weeks[] = {"2025-W16", "2025-W21", "2025-W22",
            "2026-W05", "2026-W21"};
    struct tally titles = {0, 0}, abstracts = {0, 0};

    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        struct arena arena = {0};
        const char *path = paper_file_shared(&arena,
                arena_format(&arena, "data/public/eval/candidates-%s.jsonl.gz",
                        weeks[i]));
        struct paper_file file = paper_file_read(&arena, path);
        for (size_t k = 0; k < file.papers.count; k++) {
            const struct paper *paper = &file.papers.items[k];
            const char *shown = text_latex_show(&arena, paper->title);
            count(&titles, paper->title, shown);
            count(&abstracts, paper->abstract,
                    text_latex_show(&arena, paper->abstract));
            if (is_marked(shown))
                print_message("# PRINT remains: %s\n",
                        text_shorten(&arena, shown, 60));
        }
        arena_finish(&arena);
    }
    print_message("# PRINT %zu titles with $ or \\, %zu became clean; of %zu "
                  "abstracts %zu\n",
            titles.marked, titles.clean, abstracts.marked, abstracts.clean);
    assert_true(titles.clean + 1 >= titles.marked);
    assert_true(abstracts.clean * 100 >= abstracts.marked * 93);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_symbols_become_characters),
            cmocka_unit_test(
                    test_scripts_are_small_where_unicode_has_all_of_them),
            cmocka_unit_test(test_other_scripts_stay_in_the_line),
            cmocka_unit_test(test_fractions_and_roots_keep_their_meaning),
            cmocka_unit_test(test_fonts_show_their_letters),
            cmocka_unit_test(test_formulas_are_spaced_as_their_author_did),
            cmocka_unit_test(test_a_formula_is_shown_whole_or_not_at_all),
            cmocka_unit_test(test_money_stays_money),
            cmocka_unit_test(test_quotes_and_dashes_are_typeset),
            cmocka_unit_test(test_links_and_asides_are_readable),
            cmocka_unit_test(test_taken_apart_names_come_back),
            cmocka_unit_test(test_plain_text_is_left_alone),
            cmocka_unit_test(test_styled_letters_are_those_of_unicode),
            cmocka_unit_test(test_time_grows_with_the_length_alone),
            cmocka_unit_test(test_real_titles_become_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
