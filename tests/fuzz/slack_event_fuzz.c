/* A payload of Slack's in each of its forms, whatever it holds: what is told has
 * ids of bounded size, a text and a place for the answer, and nothing is passed
 * over without a word. */
#include "adapters/channels/slack_answer.h"
#include "adapters/channels/slack_event.h"
#include "adapters/channels/slack_field.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static void check_event(const struct event *event, struct arena *arena)
{
    struct slack_answer answer;

    fuzz_claim(event->id[0] != '\0' && strlen(event->id) <= 200,
            "an event has an id of bounded size");
    fuzz_claim(event->room[0] != '\0' &&
                    strlen(event->room) <= SLACK_FIELD_ID_MAX_BYTES,
            "it has a room");
    fuzz_claim(strlen(event->person) <= SLACK_FIELD_ID_MAX_BYTES,
            "its person's id is of bounded size");
    fuzz_claim(slack_answer_read(event->reply, arena, &answer),
            "the way of its answer is one");
    fuzz_claim(event->kind == EVENT_COMMAND || event->kind == EVENT_SHARED ||
                    event->reply[0] == '\0',
            "only who asks is answered");
    fuzz_claim(text_is_utf8(event->text, strlen(event->text)),
            "a text is UTF-8");
    fuzz_claim(strchr(event->target, ' ') == NULL, "a target is an id");
    fuzz_claim(event->sent_ms >= 0, "a time is none before 1970");
}

static void read_as(enum slack_event_form form, const struct json *json)
{
    static const struct slack_event_self self = {"", "UBOT"};
    struct arena arena = {0};
    struct slack_heard heard;
    struct error err = {0};

    if (slack_event_read(form, json, &self, 1700000000000, &arena, &heard,
                &err)) {
        fuzz_claim(heard.count <= SLACK_EVENT_MAX, "events are bounded");
        fuzz_claim(heard.count > 0 || heard.why[0] != '\0' ||
                        json_find(json->root, "challenge") != NULL,
                "what is passed over is told");
        for (size_t i = 0; i < heard.count; i++)
            check_event(&heard.events[i], &arena);
    } else {
        fuzz_claim(err.kind != ERROR_NONE && err.text[0] != '\0',
                "a failure says why");
    }
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_string(data, size);
    struct json json = {0};

    if (json_parse(&json, bytes, size, SLACK_EVENT_BYTES_MAX, NULL)) {
        read_as(SLACK_EVENT_SLASH_COMMANDS, &json);
        read_as(SLACK_EVENT_INTERACTIVE, &json);
        read_as(SLACK_EVENT_EVENTS_API, &json);
    }
    json_close(&json);
    free(bytes);
    return 0;
}
