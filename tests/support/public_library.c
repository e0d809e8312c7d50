#include "tests/support/public_library.h"

#include "adapters/sources/memory_stream.h"
#include "adapters/sources/papers_in.h"
#include "bot/base/text.h"
#include "bot/intake.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cJSON.h>
#include <cmocka.h>

static const char *const files[] = {
        "eval/candidates-2025-W16.jsonl.gz",
        "eval/candidates-2025-W21.jsonl.gz",
        "eval/candidates-2025-W22.jsonl.gz",
        "eval/candidates-2026-W05.jsonl.gz",
        "eval/candidates-2026-W21.jsonl.gz",
        "listings/dw-dengwei-ai-chinese/"
        "2025-04-10_AI_enhanced_Chinese.jsonl.gz",
        "listings/dw-dengwei-ai-chinese/"
        "2025-05-22_AI_enhanced_Chinese.jsonl.gz",
        "listings/dw-dengwei-ai-chinese/"
        "2026-01-28_AI_enhanced_Chinese.jsonl.gz",
        "listings/dw-dengwei/2025-05-21.jsonl.gz",
        "listings/dw-dengwei/2025-05-24.jsonl.gz",
        "listings/dw-dengwei/2025-11-15.jsonl.gz",
        "listings/dw-dengwei/2026-05-20.jsonl.gz",
        "listings/springkill/2026-01-28.jsonl.gz",
};

static char *text_of(struct arena *arena, const char *file)
{
    return paper_file_text(arena,
            paper_file_shared(arena,
                    arena_format(arena, "data/public/%s", file)));
}

static void read_listing(struct store *store, const char *file)
{
    struct arena arena = {0};
    struct error err = {0};
    struct source_summary summary = {0};
    struct intake intake = {.store = store, .now_ms = 1};
    struct source_sink sink = intake_sink(&intake);
    const char *text = text_of(&arena, file);
    struct memory_stream bytes = {text, strlen(text)};
    const struct byte_stream stream = {.read = memory_stream_read,
            .ctx = &bytes};

    if (!papers_in_read(&stream, &sink, &summary, &err))
        fail_msg("%s: %s", file, err.text);
    if (intake.failure.kind != ERROR_NONE)
        fail_msg("%s: %s", file, intake.failure.text);
    arena_finish(&arena);
}

/* --- the bilingual sample, which is no format of ours --- */

static const char *member(const cJSON *line, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(line, key));
    return text == NULL ? "" : text;
}

/* What a reader would have of it: a title and a sentence or two in Chinese. */
static void put_line(struct store *store, const cJSON *line)
{
    const char *slash = strrchr(member(line, "link"), '/');
    enum store_change change;
    struct paper paper = paper_empty();

    assert_non_null(slash);
    paper.id = slash + 1;
    paper.title = member(line, "title");
    paper.abstract = member(line, "abstract");
    const struct note note = {
            .paper_id = paper.id,
            .language = "zh",
            .title = member(line, "translated_title"),
            .heading = "",
            .digest = member(line, "tldr"),
            .writer = "file",
    };
    assert_true(store_paper_put(store, &paper, 1, &change, NULL));
    assert_true(store_note_put(store, &note, 1, NULL));
}

static void read_bilingual(struct store *store)
{
    struct arena arena = {0};
    char *at = text_of(&arena, "bilingual/cn-chat-arxiv-sample.jsonl.gz");

    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        char *next = at + length + (at[length] == '\n');
        at[length] = '\0';
        cJSON *line = cJSON_Parse(at);
        assert_non_null(line);
        put_line(store, line);
        cJSON_Delete(line);
        at = next;
    }
    arena_finish(&arena);
}

static bool fill(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    (void)err;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        read_listing(store, files[i]);
    read_bilingual(store);
    return true;
}

size_t public_library_fill(struct store *store)
{
    struct store_counts counts;

    assert_true(store_transact(store, fill, NULL, NULL));
    assert_true(store_count(store, &counts, NULL));
    return (size_t)counts.papers;
}
