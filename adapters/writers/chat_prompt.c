#include "adapters/writers/chat_prompt.h"

#include "adapters/fingerprint.h"
#include "adapters/json.h"
#include "adapters/writers/data/chat_prompt.h"
#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"

#include <cjson/cJSON.h>
#include <string.h>

enum {
    RULES_BYTES_MAX = 64 * 1024,
    ABSTRACT_BYTES_MAX = 16 * 1024, /* arXiv's own bound is 1,920 characters */
};

static const struct chat_prompt_words *words_of(const char *language)
{
    const struct chat_prompt_words *words = chat_prompt_words;
    size_t length = strcspn(language, "-");

    while (*words->tag != '\0' &&
            (strlen(words->tag) != length ||
                    strncmp(words->tag, language, length) != 0))
        words++;
    return words;
}

/* The value of the place that stands at; NULL if none does. */
static const char *place_at(const char *at,
        const struct chat_prompt_words *words, const char *language,
        size_t *length)
{
    const struct {
        const char *place, *value;
    } places[] = {
            {"{language}",
                    *words->language != '\0' ? words->language : language},
            {"{title}", words->title},
            {"{heading}", words->heading},
            {"{digest}", words->digest},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (text_starts(at, places[i].place)) {
            *length = strlen(places[i].place);
            return places[i].value;
        }
    return NULL;
}

const char *chat_prompt_rules(struct arena *arena, const char *template,
        const char *language)
{
    const struct chat_prompt_words *words = words_of(language);
    const char *at = template != NULL ? template : chat_prompt_text;
    struct text rules;

    text_init(&rules, arena, RULES_BYTES_MAX);
    while (*at != '\0') {
        size_t length = 0;
        const char *value = place_at(at, words, language, &length);
        if (value != NULL)
            text_add(&rules, value);
        else
            length = 1 + strcspn(at + 1, "{");
        if (value == NULL)
            text_add_n(&rules, at, length);
        at += length;
    }
    return text_string(&rules);
}

static void add_terms(cJSON *root, const struct writer_task *task)
{
    if (task->term_count == 0)
        return;
    cJSON *terms = cJSON_AddObjectToObject(root, "terms");
    for (size_t i = 0; i < task->term_count; i++)
        cJSON_AddStringToObject(terms, task->terms[i].term,
                task->terms[i].written);
}

const char *chat_prompt_paper(struct arena *arena,
        const struct writer_task *task)
{
    const struct paper *paper = task->paper;
    const char *abstract = text_latex_show(arena, paper->abstract);
    cJSON *root = cJSON_CreateObject();
    cJSON *data = cJSON_AddObjectToObject(root, "paper");

    cJSON_AddStringToObject(data, "title",
            text_latex_show(arena, paper->title));
    cJSON_AddStringToObject(data, "abstract",
            arena_string_n(arena, abstract,
                    text_prefix_bytes(abstract, ABSTRACT_BYTES_MAX)));
    add_terms(root, task);
    if (*task->complaint != '\0')
        cJSON_AddStringToObject(root, "complaint", task->complaint);
    return json_print(root, arena);
}

const char *chat_prompt_version(struct arena *arena, const char *template)
{
    return template == NULL
            ? CHAT_PROMPT_VERSION
            : arena_format(arena, "own-%s", fingerprint_of(template, arena));
}
