/* A chat endpoint's answer, whole or a model's text alone: a note of plain lines, or
 * a reason. */
#include "adapters/writers/chat_answer.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static void check_line(const char *line)
{
    fuzz_claim(text_is_utf8(line, strlen(line)), "a note is UTF-8");
    fuzz_claim(strpbrk(line, "\n\r\t") == NULL, "a note's texts are lines");
}

static void check(bool ok, const struct note *note,
        const struct writer_usage *usage, const struct error *err)
{
    fuzz_claim(usage->units_in >= 0 && usage->units_out >= 0,
            "nobody gets tokens back");
    if (!ok) {
        fuzz_claim(err->kind == ERROR_REJECTED || err->kind == ERROR_RETRY,
                "a failure is of a kind that is acted on");
        fuzz_claim(err->text[0] != '\0', "a failure says why");
        return;
    }
    check_line(note->title);
    check_line(note->heading);
    check_line(note->digest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_string(data, size);
    struct arena arena = {0};
    struct note note = {0};
    struct writer_usage usage = {0};
    struct error err = {0};

    check(chat_answer_read(bytes, size, &arena, &note, &usage, &err), &note,
            &usage, &err);
    note = (struct note){0};
    err = (struct error){0};
    if (text_is_utf8(bytes, strlen(bytes)))
        check(chat_answer_note(bytes, &arena, &note, &err), &note, &usage,
                &err);
    arena_finish(&arena);
    free(bytes);
    return 0;
}
