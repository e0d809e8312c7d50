#include "bot/program/program_options.h"

#include "bot/base/text.h"

#include <getopt.h>
#include <string.h>

enum {
    OPTIONS_MAX = 32, /* of one subcommand, the common ones included */
    HELP_COLUMN = 24,
};

const struct program_option program_options_common[] = {
        {"config", "FILE", false,
                "the configuration, if not ./paperboy.ini,\n"
                "~/.config/paperboy/paperboy.ini or /etc/paperboy.ini"},
        {"store", "URL", false,
                "where papers are kept, such as sqlite:paperboy.db"},
        {"json", NULL, false, "answers for programs"},
        {"help", NULL, false, "this text"},
        {NULL, NULL, false, NULL},
};

/* Both tables in one, and as getopt_long wants them. */
struct known {
    const struct program_option *items[OPTIONS_MAX];
    struct option native[OPTIONS_MAX + 1];
    const char *names[OPTIONS_MAX + 1]; /* "--from", for the nearest one */
    int count;
    const struct program_option *words; /* the row of plain words, or NULL */
    char letters[2 * OPTIONS_MAX + 4];  /* as getopt wants them */
};

/* What getopt_long gives for an option that has no letter. */
static const int first_code = 256;

static bool is_letter(const struct program_option *option)
{
    return strlen(option->name) == 1;
}

static void letter_add(struct known *known, const struct program_option *option)
{
    size_t length = strlen(known->letters);
    if (is_letter(option))
        snprintf(known->letters + length, sizeof known->letters - length,
                "%s%s", option->name, option->value == NULL ? "" : ":");
}

/* "--from", "-n", "" for plain words. */
static const char *dashes(const struct program_option *option)
{
    return *option->name == '\0' ? "" : is_letter(option) ? "-" : "--";
}

static const struct program_option *option_of(const struct known *known,
        int code)
{
    if (code >= first_code)
        return known->items[code - first_code];
    for (int i = 0; i < known->count; i++)
        if (is_letter(known->items[i]) && *known->items[i]->name == code)
            return known->items[i];
    return NULL;
}

static void known_add(struct known *known, const struct program_option *option,
        struct arena *arena)
{
    for (; option->name != NULL && known->count < OPTIONS_MAX; option++) {
        if (*option->name == '\0') {
            known->words = option;
            continue;
        }
        known->native[known->count] = (struct option){
                .name = option->name,
                .has_arg =
                        option->value == NULL ? no_argument : required_argument,
                .val = first_code + known->count,
        };
        letter_add(known, option);
        known->names[known->count] =
                arena_format(arena, "%s%s", dashes(option), option->name);
        known->items[known->count++] = option;
    }
}

static void given_add(struct program_options *options,
        const struct program_option *option, const char *value)
{
    options->items = arena_grow(options->arena, options->items, options->count,
            &options->capacity, sizeof *options->items);
    options->items[options->count++] = (struct program_given){.option = option,
            .value = value == NULL ? "" : value};
}

/* A word that is no option belongs to the one before it, if that takes many,
 * or stands for itself where plain words are wanted. */
static bool take_word(struct program_options *options,
        const struct known *known, const char *word, struct error *err)
{
    const struct program_option *last = options->count == 0
            ? NULL
            : options->items[options->count - 1].option;
    if (last != NULL && last->many) {
        given_add(options, last, word);
        return true;
    }
    if (known->words != NULL &&
            (known->words->many || !program_options_given(options, ""))) {
        given_add(options, known->words, word);
        return true;
    }
    if (known->words != NULL)
        return error_set(err, ERROR_INPUT, "\"%s\" is one word too many", word);
    if (last != NULL && last->value != NULL)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is one word too many; --%s takes one%s", word,
                last->name,
                text_same(last->value, "LIST") ? ", write a list with commas"
                                               : "");
    return error_set(err, ERROR_INPUT, "\"%s\" belongs to no option", word);
}

static bool refuse_option(const char *word, const struct known *known,
        struct error *err)
{
    size_t length = strcspn(word, "=");
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    const char *nearest = text_nearest(name, known->names);
    if (nearest == NULL)
        return error_set(err, ERROR_INPUT, "there is no option %s", name);
    return error_set(err, ERROR_INPUT,
            "there is no option %s; did you mean %s?", name, nearest);
}

static bool take_option(struct program_options *options,
        const struct known *known, int code, char **argv, struct error *err)
{
    const struct program_option *option;
    switch (code) {
    case 'h':
        given_add(options, &program_options_common[3], NULL);
        return true;
    case 1:
        return take_word(options, known, optarg, err);
    case ':':
        option = option_of(known, optopt);
        return error_set(err, ERROR_INPUT, "%s%s needs a value: %s%s %s",
                dashes(option), option->name, dashes(option), option->name,
                option->value);
    case '?':
        if (optopt >= first_code)
            return error_set(err, ERROR_INPUT, "--%s takes no value",
                    option_of(known, optopt)->name);
        return refuse_option(argv[optind - 1], known, err);
    default:
        given_add(options, option_of(known, code), optarg);
        return true;
    }
}

bool program_options_read(struct program_options *options,
        const struct program_option *own, int argc, char **argv,
        struct error *err)
{
    struct known known = {.count = 0, .letters = "-:h"};
    if (own != NULL)
        known_add(&known, own, options->arena);
    known_add(&known, program_options_common, options->arena);

    optind = 0; /* glibc: begin anew */
    opterr = 0;
    int code;
    while ((code = getopt_long(argc, argv, known.letters, known.native,
                    NULL)) != -1)
        if (!take_option(options, &known, code, argv, err))
            return false;
    for (; optind < argc; optind++)
        if (!take_word(options, &known, argv[optind], err))
            return false;
    return true;
}

const char *program_options_value(const struct program_options *options,
        const char *name)
{
    for (size_t i = options->count; i-- > 0;)
        if (text_same(options->items[i].option->name, name))
            return options->items[i].value;
    return NULL;
}

bool program_options_given(const struct program_options *options,
        const char *name)
{
    return program_options_value(options, name) != NULL;
}

struct string_list program_options_all(const struct program_options *options,
        const char *name)
{
    struct string_list all = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < options->count; i++)
        if (text_same(options->items[i].option->name, name))
            string_list_add(&all, &capacity, options->arena,
                    options->items[i].value);
    return all;
}

void program_options_help(const struct program_option *options, FILE *out)
{
    for (; options->name != NULL; options++) {
        bool word = *options->name == '\0';
        int width = fprintf(out, "  %s%s%s%s%s", dashes(options), options->name,
                word || options->value == NULL ? "" : " ",
                options->value == NULL ? "" : options->value,
                options->many ? "..." : "");
        if (width >= HELP_COLUMN)
            width = fprintf(out, "\n") - 1;
        const char *line = options->help;
        for (size_t length; line[length = strcspn(line, "\n")] != '\0';
                line += length + 1, width = 0)
            fprintf(out, "%*s%.*s\n", HELP_COLUMN - width, "", (int)length,
                    line);
        fprintf(out, "%*s%s\n", HELP_COLUMN - width, "", line);
    }
}
