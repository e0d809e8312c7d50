/*
 * Learns the content model from weeks of listings and writes it as the source
 * file that the program is built with: selection_train WEEK.jsonl.gz...
 */
#include "tests/support/content_training.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum {
    NUMBERS_A_LINE = 24,
};

static void print_numbers(const char *name, const signed char *numbers,
        size_t count)
{
    printf("        .%s = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%s%d,", i % NUMBERS_A_LINE == 0 ? "\n" : "", numbers[i]);
    printf("},\n");
}

static void print_model(const struct content_model *model)
{
    printf("/* Made by \"make train\"; not to be changed by hand. */\n"
           "#include \"bot/content/content_model.h\"\n\n"
           "/* clang-format off */\n"
           "const struct content_model content_model_shipped = {\n"
           "        .term_unit = {");
    for (int kind = 0; kind < CONTENT_KINDS; kind++)
        printf("%s%d", kind == 0 ? "" : ", ", model->term_unit[kind]);
    printf("},\n        .fact_unit = %d,\n", model->fact_unit);
    print_numbers("facts", model->facts, CONTENT_FACTS);
    print_numbers("topics", model->topics, TOPIC_COUNT);
    print_numbers("terms", model->terms, CONTENT_ALL_BUCKETS);
    printf("};\n/* clang-format on */\n");
}

int main(int count, char **paths)
{
    struct content_examples examples = {0};
    struct arena arena = {0};

    if (count < 2) {
        fprintf(stderr, "usage: selection_train WEEK.jsonl.gz...\n");
        return 2;
    }
    for (int i = 1; i < count; i++) {
        const struct paper_file file = paper_file_read(&arena, paths[i]);
        content_training_add(&examples, &file, &arena);
    }
    const struct content_model model =
            content_training_fit(&examples, NULL, &content_training_settings);
    print_model(&model);
    arena_finish(&arena);
    return 0;
}
