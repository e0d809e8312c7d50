#include "tests/support/note_sample.h"

#include "bot/base/text.h"
#include "bot/base/text_script.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cJSON.h>
#include <cmocka.h>

enum {
    WHOLE_BYTES_MAX = 1000, /* a longer abstract of the sample may be cut */
    HAN_MIN = 10,           /* what is shorter is no sentence */
};

struct handing {
    note_sample_fn *fn;
    void *ctx;
    struct arena arena;
};

static const char *member(const cJSON *object, const char *key,
        struct arena *arena)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
    return text_one_line(arena, text == NULL ? "" : text);
}

static void hand_on(struct handing *handing, const cJSON *line, const char *id,
        const char *abstract, const char *title, const char *digest)
{
    struct note_sample sample = {.paper = paper_empty()};

    if (text_scripts_of(digest).han < HAN_MIN)
        return;
    sample.paper.id = id;
    sample.paper.title = member(line, "title", &handing->arena);
    sample.paper.abstract = abstract;
    sample.paper.comment = member(line, "comment", &handing->arena);
    sample.note = (struct note){.paper_id = id,
            .language = "zh",
            .title = title,
            .heading = "",
            .digest = digest};
    handing->fn(handing->ctx, &sample);
}

static void hand_listed(struct handing *handing, const cJSON *line)
{
    static const char *const keys[] = {"task", "tldr", "motivation", "method",
            "result", "conclusion"};
    const cJSON *said = cJSON_GetObjectItem(line, "AI");
    const char *id = member(line, "id", &handing->arena);
    const char *abstract = member(line, "summary", &handing->arena);

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        hand_on(handing, line, id, abstract, "",
                member(said, keys[i], &handing->arena));
}

static void hand_bilingual(struct handing *handing, const cJSON *line)
{
    const char *abstract = member(line, "abstract", &handing->arena);
    const char *link = member(line, "link", &handing->arena);

    if (strlen(abstract) < WHOLE_BYTES_MAX)
        hand_on(handing, line, link, abstract,
                member(line, "translated_title", &handing->arena),
                member(line, "tldr", &handing->arena));
}

static void each_line(struct handing *handing, const char *file,
        void (*hand)(struct handing *handing, const cJSON *line))
{
    struct arena arena = {0};
    char *at = paper_file_text(&arena, paper_file_shared(&arena, file));

    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        char *next = at + length + (at[length] == '\n');
        at[length] = '\0';
        cJSON *line = cJSON_Parse(at);
        assert_non_null(line);
        hand(handing, line);
        cJSON_Delete(line);
        arena_finish(&handing->arena);
        at = next;
    }
    arena_finish(&arena);
}

#define LISTINGS "data/public/listings/dw-dengwei-ai-chinese/"

void note_sample_each(note_sample_fn *fn, void *ctx)
{
    struct handing handing = {.fn = fn, .ctx = ctx};

    each_line(&handing, LISTINGS "2025-04-10_AI_enhanced_Chinese.jsonl.gz",
            hand_listed);
    each_line(&handing, LISTINGS "2025-05-22_AI_enhanced_Chinese.jsonl.gz",
            hand_listed);
    each_line(&handing, LISTINGS "2026-01-28_AI_enhanced_Chinese.jsonl.gz",
            hand_listed);
    each_line(&handing, "data/public/bilingual/cn-chat-arxiv-sample.jsonl.gz",
            hand_bilingual);
}
