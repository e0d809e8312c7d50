#include "bot/base/text_latex_command.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_argument.h"
#include "bot/base/text_latex_math.h"
#include "bot/base/text_latex_shape.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum {
    NAME_BYTES = 32, /* longer than any name in the tables */
};

/* --- commands with arguments --- */

struct command {
    const char *name;
    bool (*read)(struct text_latex_reader *reader, bool math,
            const struct command *command, struct text_latex_atom *atom);
    int detail; /* what sets one name apart from another of the same read */
};

static bool letter_of(struct text_latex_atom *atom, const char *text)
{
    *atom = (struct text_latex_atom){.kind = LATEX_LETTER, .text = text};
    return text != NULL;
}

static bool read_fraction(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    struct arena *arena = reader->source->arena;
    const char *above = text_latex_argument_read(reader, true);
    const char *below =
            above == NULL ? NULL : text_latex_argument_read(reader, true);

    if (below == NULL)
        return false;
    letter_of(atom,
            arena_format(arena, "%s/%s",
                    text_latex_shape_bracketed(arena, above),
                    text_latex_shape_bracketed(arena, below)));
    atom->compound = true;
    return true;
}

static bool read_choice(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *above = text_latex_argument_read(reader, true);
    const char *below =
            above == NULL ? NULL : text_latex_argument_read(reader, true);

    if (below == NULL)
        return false;
    return letter_of(atom,
            arena_format(reader->source->arena, "(%s choose %s)", above,
                    below));
}

/* What stands on the root, [3] or [n]. */
static const char *root_sign(struct text_latex_reader *reader)
{
    struct text_latex_reader inner;
    struct arena *arena = reader->source->arena;
    const char *open = reader->at;

    if (open >= reader->end || *open != '[')
        return "√";
    if (!text_latex_argument_skip_option(reader) ||
            !text_latex_reader_inner(reader, open + 1, reader->at - 1, &inner))
        return NULL;
    const char *degree = text_latex_math_read(inner);
    if (degree == NULL)
        return NULL;
    if (text_same(degree, "3"))
        return "∛";
    if (text_same(degree, "4"))
        return "∜";
    degree = text_latex_shape_script(arena, degree, true);
    return degree == NULL ? NULL : arena_format(arena, "%s√", degree);
}

static bool read_root(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *sign = root_sign(reader);
    const char *text =
            sign == NULL ? NULL : text_latex_argument_read(reader, true);

    if (text == NULL)
        return false;
    return letter_of(atom,
            arena_format(reader->source->arena,
                    text_latex_shape_is_term(text) ? "%s%s" : "%s(%s)", sign,
                    text));
}

static bool read_styled(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    const char *text = text_latex_argument_read(reader, math);
    struct text styled;
    ucs4_t rune;

    if (text == NULL)
        return false;
    const uint8_t *rest = u8_next(&rune, (const uint8_t *)text);
    /* A word in script letters would be hard to read. */
    if (rest == NULL || *rest != '\0')
        return letter_of(atom, text);
    text_init(&styled, reader->source->arena, 8);
    text_add_rune(&styled,
            text_latex_table_styled((enum text_latex_style)command->detail,
                    rune));
    return letter_of(atom, text_string(&styled));
}

static bool read_operator(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)command;
    if (reader->at < reader->end && *reader->at == '*')
        reader->at++;
    letter_of(atom, text_latex_argument_read(reader, math));
    atom->kind = LATEX_WORD;
    return atom->text != NULL;
}

static bool read_modulus(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *text = text_latex_argument_read(reader, true);

    if (text == NULL)
        return false;
    *atom = (struct text_latex_atom){
            .kind = LATEX_WORD,
            .text = arena_format(reader->source->arena, "(mod %s)", text),
    };
    return true;
}

static bool read_negation(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)command;
    const char *text = text_latex_argument_read(reader, math);

    if (text == NULL)
        return false;
    letter_of(atom,
            text_latex_shape_marked(reader->source->arena, text, "\u0338"));
    atom->kind = LATEX_BINARY;
    return atom->text != NULL;
}

/* \textsuperscript and \textsubscript: in prose "5-HT1A" reads as well. */
static bool read_script(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    struct arena *arena = reader->source->arena;
    bool raised = command->detail == '^';
    const char *text = text_latex_argument_read(reader, math);

    if (text == NULL)
        return false;
    const char *script = text_latex_shape_script(arena, text, raised);
    if (script == NULL)
        script = raised ? arena_format(arena, "^%s", text) : text;
    return letter_of(atom, script);
}

/* "\left(" is "(", "\left." is nothing. */
static bool read_side(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    text_latex_reader_skip_blanks(reader);
    if (reader->at < reader->end && *reader->at == '.')
        reader->at++;
    *atom = (struct text_latex_atom){.kind = LATEX_NOTHING, .text = ""};
    return true;
}

/* So many first arguments are for the printer alone. */
static bool skip_arguments(struct text_latex_reader *reader, int count)
{
    struct text_latex_reader inner;

    for (; count > 0; count--)
        if (!text_latex_argument_skip_option(reader) ||
                !text_latex_reader_group(reader, &inner))
            return false;
    return true;
}

static bool read_nothing(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    *atom = (struct text_latex_atom){.kind = LATEX_NOTHING, .text = ""};
    if (reader->at < reader->end && *reader->at == '*')
        reader->at++;
    return skip_arguments(reader, command->detail);
}

static bool read_coloured(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)command;
    return skip_arguments(reader, 1) &&
            letter_of(atom, text_latex_argument_read(reader, math));
}

static bool read_link(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *url = text_latex_argument_raw(reader);
    const char *text =
            url == NULL ? NULL : text_latex_argument_read(reader, false);

    if (text == NULL)
        return false;
    if (*text == '\0' || strstr(url, text) != NULL)
        return letter_of(atom, url);
    return letter_of(atom,
            arena_format(reader->source->arena, "%s (%s)", text, url));
}

static bool read_raw(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    const char *format = command->detail == '[' ? "[%s]" : "%s";

    while (command->detail == '[' && reader->at < reader->end &&
            *reader->at == '[')
        if (!text_latex_argument_skip_option(reader))
            return false;
    const char *text = text_latex_argument_raw(reader);
    return text != NULL &&
            letter_of(atom, arena_format(reader->source->arena, format, text));
}

static bool read_footnote(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *text = text_latex_argument_group(reader, false);

    return text != NULL &&
            letter_of(atom, arena_format(reader->source->arena, " (%s)", text));
}

/* \unicode{x2014}, as arXiv's records have it. */
static bool read_code_point(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)math;
    (void)command;
    const char *digits = text_latex_argument_raw(reader);
    struct text text;
    char *end;

    if (digits == NULL || strlen(digits) > 8)
        return false;
    bool hexadecimal = *digits == 'x';
    unsigned long rune =
            strtoul(digits + hexadecimal, &end, hexadecimal ? 16 : 10);
    if (end == digits + hexadecimal || *end != '\0' || rune < 0xA0 ||
            rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
        return false;
    text_init(&text, reader->source->arena, 8);
    text_add_rune(&text, (uint32_t)rune);
    return letter_of(atom, text_string(&text));
}

/* Signs of the font that authors number lists with: \ding{182} is ❶. */
static bool read_dingbat(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    static const struct {
        unsigned long first, last;
        uint32_t rune;
    } runs[] = {{51, 56, 0x2713}, {172, 181, 0x2460}, {182, 191, 0x2776},
            {192, 201, 0x2780}, {202, 211, 0x278A}};
    const char *digits = text_latex_argument_raw(reader);
    struct text text;

    (void)math;
    (void)command;
    if (digits == NULL || strlen(digits) > 3)
        return false;
    unsigned long number = strtoul(digits, NULL, 10);
    text_init(&text, reader->source->arena, 8);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (number >= runs[i].first && number <= runs[i].last)
            text_add_rune(&text,
                    runs[i].rune + (uint32_t)(number - runs[i].first));
    return text.length > 0 && letter_of(atom, text_string(&text));
}

/* In formulas authors give these names to sets. */
static bool read_prose_sign(struct text_latex_reader *reader, bool math,
        const struct command *command, struct text_latex_atom *atom)
{
    (void)reader;
    letter_of(atom, command->detail == 'S' ? "§" : "¶");
    atom->eats_blanks = true;
    return !math;
}

static const struct command commands[] = {
        {"P", read_prose_sign, 'P'},
        {"S", read_prose_sign, 'S'},
        {"binom", read_choice, 0},
        {"cfrac", read_fraction, 0},
        {"cite", read_raw, '['},
        {"citealp", read_raw, '['},
        {"citep", read_raw, '['},
        {"citet", read_raw, '['},
        {"color", read_nothing, 1},
        {"colorbox", read_coloured, 0},
        {"dbinom", read_choice, 0},
        {"dfrac", read_fraction, 0},
        {"footnote", read_footnote, 0},
        {"frac", read_fraction, 0},
        {"ding", read_dingbat, 0},
        {"fontsize", read_nothing, 2},
        {"hphantom", read_nothing, 1},
        {"href", read_link, 0},
        {"hspace", read_nothing, 1},
        {"hyperlink", read_link, 0},
        {"label", read_nothing, 1},
        {"left", read_side, 0},
        {"mathbb", read_styled, LATEX_DOUBLE_STRUCK},
        {"mathbbm", read_styled, LATEX_DOUBLE_STRUCK},
        {"mathcal", read_styled, LATEX_SCRIPT},
        {"mathds", read_styled, LATEX_DOUBLE_STRUCK},
        {"mathfrak", read_styled, LATEX_FRAKTUR},
        {"mathscr", read_styled, LATEX_SCRIPT},
        {"nicefrac", read_fraction, 0},
        {"nolinkurl", read_raw, 0},
        {"not", read_negation, 0},
        {"operatorname", read_operator, 0},
        {"phantom", read_nothing, 1},
        {"pmod", read_modulus, 0},
        {"right", read_side, 0},
        {"sfrac", read_fraction, 0},
        {"sqrt", read_root, 0},
        {"tbinom", read_choice, 0},
        {"textcolor", read_coloured, 0},
        {"textsubscript", read_script, '_'},
        {"textsuperscript", read_script, '^'},
        {"tfrac", read_fraction, 0},
        {"unicode", read_code_point, 0},
        {"url", read_raw, 0},
        {"vphantom", read_nothing, 1},
        {"vspace", read_nothing, 1},
};

static const struct command *find_command(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strncmp(commands[i].name, name, length) == 0 &&
                commands[i].name[length] == '\0')
            return &commands[i];
    return NULL;
}

/* --- names --- */

bool text_latex_command_follows(const struct text_latex_reader *reader)
{
    struct text_latex_name name;

    if (reader->at >= reader->end)
        return false;
    if (*reader->at != '\\')
        return *reader->at == '{' || text_latex_reader_is_word(*reader->at);
    size_t length = text_latex_reader_name(reader);
    if (length == 0)
        return false;
    if (text_latex_table_find(reader->at + 1, length, &name))
        return name.kind == LATEX_LETTER || name.kind >= LATEX_ACCENT;
    const struct command *command = find_command(reader->at + 1, length);
    return command == NULL ||
            (command->read != read_side && command->read != read_nothing);
}

static bool read_named(struct text_latex_reader *reader, bool math,
        const struct text_latex_name *name, struct text_latex_atom *atom)
{
    const char *text;

    *atom = (struct text_latex_atom){.kind = name->kind,
            .text = name->text,
            .eats_blanks = true};
    switch (name->kind) {
    case LATEX_ACCENT:
        text = text_latex_argument_read(reader, true);
        return text != NULL &&
                letter_of(atom,
                        text_latex_shape_marked(reader->source->arena, text,
                                name->text));
    case LATEX_GROUP:
        return letter_of(atom, text_latex_argument_read(reader, math));
    case LATEX_TEXT:
        text_latex_reader_skip_blanks(reader);
        return letter_of(atom, text_latex_argument_group(reader, false));
    default:
        return true;
    }
}

/* "\b{eta}": some of arXiv's records hold a known name so, because \b by
 * itself is an accent. */
static bool read_taken_apart(struct text_latex_reader *reader,
        struct text_latex_atom *atom)
{
    struct text_latex_reader inner;
    struct text_latex_name name;
    char joined[NAME_BYTES] = {*(reader->at + 1)};

    reader->at += 2;
    if (!text_latex_reader_group(reader, &inner))
        return false;
    size_t length = (size_t)(inner.end - inner.at);
    if (length == 0 || length > sizeof joined - 1)
        return false;
    memcpy(joined + 1, inner.at, length);
    if (!text_latex_table_find(joined, length + 1, &name) ||
            name.kind > LATEX_BINARY)
        return false;
    *atom = (struct text_latex_atom){.kind = name.kind, .text = name.text};
    return true;
}

/* A backslash before a sign. */
static bool read_sign(struct text_latex_reader *reader, bool math,
        struct text_latex_atom *atom)
{
    char sign = reader->at + 1 < reader->end ? reader->at[1] : '\0';
    struct arena *arena = reader->source->arena;
    const char *itself = arena_string_n(arena, &sign, 1);

    reader->at += 2;
    if (sign == '\0')
        return false;
    if (strchr("%&_#${}", sign) != NULL)
        return letter_of(atom, itself);
    *atom = (struct text_latex_atom){.kind = LATEX_SPACE, .text = " "};
    if (strchr(" \n\t,:;>", sign) != NULL)
        return true;
    atom->text = "";
    if (strchr("!/-@", sign) != NULL)
        return true;
    if (sign == '|')
        return letter_of(atom, math ? "‖" : "|");
    if (math)
        return false;
    if (sign == '"' || sign == '\'')
        return letter_of(atom, itself);
    bool bare = (sign == '~' || sign == '^') && reader->end - reader->at > 1 &&
            strncmp(reader->at, "{}", 2) == 0;
    reader->at += bare ? 2 : 0;
    return bare && letter_of(atom, itself);
}

bool text_latex_command_read(struct text_latex_reader *reader, bool math,
        struct text_latex_atom *atom)
{
    const char *name = reader->at + 1;
    size_t length = text_latex_reader_name(reader);
    struct text_latex_name known;

    if (length == 0)
        return read_sign(reader, math, atom);
    const struct command *command = find_command(name, length);
    if (command != NULL) {
        reader->at += 1 + length;
        return command->read(reader, math, command, atom);
    }
    if (text_latex_table_find(name, length, &known)) {
        reader->at += 1 + length;
        return read_named(reader, math, &known, atom);
    }
    return length == 1 && read_taken_apart(reader, atom);
}
