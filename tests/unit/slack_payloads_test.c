/* Payloads as a library of Slack's has them: their members are there, their
 * values blank.  As they are they are refused with a reason; filled in as Slack
 * fills them they are understood. */
#include "adapters/channels/slack_event.h"
#include "bot/base/text.h"
#include "tests/support/paper_file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "data/public/slack/java-slack-sdk"

struct counts {
    int files, told, ignored, refused;
};

static const struct {
    const char *key, *value;
} blanks[] = {
        {"event_id", "Ev0PAPER01"},
        {"trigger_id", "1.2.a"},
        {"team_id", "T00000001"},
        {"channel_id", "C00000001"},
        {"user_id", "U00000001"},
        {"user", "U00000002"},
        {"inviter", "U00000003"},
        {"channel", "C00000001"},
        {"ts", "1700000000.000100"},
        {"text", "<@U00000001> today LG"},
        {"response_url", "https://hooks.slack.com/actions/T1/1/a"},
};

static const struct {
    const char *file;
    enum slack_event_form form;
    size_t events; /* once filled in */
} files[] = {
        {"events__AppMentionPayload", SLACK_EVENT_EVENTS_API, 1},
        {"events__MessageBotPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__MessageChannelJoinPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__MemberJoinedChannelPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__MemberLeftChannelPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__AppHomeOpenedPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__AppUninstalledPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__AppRateLimitedPayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__GoodbyePayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__ChannelArchivePayload", SLACK_EVENT_EVENTS_API, 0},
        {"events__ChannelRenamePayload", SLACK_EVENT_EVENTS_API, 0},
        {"app-backend__slash-commands__SlashCommandPayload",
                SLACK_EVENT_SLASH_COMMANDS, 2},
        {"app-backend__interactive-components__AttachmentActionPayload",
                SLACK_EVENT_INTERACTIVE, 0},
};

/* --- reading --- */

static void fill(cJSON *node)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (cJSON_IsString(node) && node->string != NULL &&
                node->valuestring[0] == '\0' &&
                text_same(blanks[i].key, node->string))
            cJSON_SetValuestring(node, blanks[i].value);
    for (cJSON *child = node->child; child != NULL; child = child->next)
        fill(child);
}

static void fill_payload(struct json *json, enum slack_event_form form)
{
    cJSON *type = cJSON_GetObjectItem(json->root, "type");

    fill(json->root);
    if (form == SLACK_EVENT_EVENTS_API && type != NULL)
        cJSON_SetValuestring(type, "event_callback");
}

static void look(const struct json *json, enum slack_event_form form,
        const char *name, size_t *events, struct counts *counts)
{
    static const struct slack_event_self self = {"", ""};
    struct arena arena = {0};
    struct slack_heard heard;
    struct error err = {0};

    counts->files++;
    *events = 0;
    if (!slack_event_read(form, json, &self, INT64_C(1700000000000), &arena,
                &heard, &err)) {
        counts->refused++;
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_not_equal(err.text, "");
        print_message("# %s: refused: %s\n", name, err.text);
    } else if (heard.count == 0) {
        counts->ignored++;
        assert_true(heard.why[0] != '\0');
        print_message("# %s: not for us: %s\n", name, heard.why);
    } else {
        counts->told++;
        *events = heard.count;
    }
    arena_finish(&arena);
}

static struct counts look_at_all(bool filled)
{
    struct counts counts = {0};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct arena arena = {0};
        struct json json;
        struct error err = {0};
        size_t events;
        const char *bytes = paper_file_text(&arena,
                paper_file_shared(&arena,
                        arena_format(&arena, FOLDER "/%s.json",
                                files[i].file)));
        if (!json_parse(&json, bytes, strlen(bytes), SLACK_EVENT_BYTES_MAX,
                    &err))
            fail_msg("%s: %s", files[i].file, err.text);
        if (filled)
            fill_payload(&json, files[i].form);
        look(&json, files[i].form, files[i].file, &events, &counts);
        if (filled)
            assert_int_equal(events, files[i].events);
        json_close(&json);
        arena_finish(&arena);
    }
    return counts;
}

/* --- claims --- */

static void test_blank_payloads_are_refused_with_a_reason(void **state)
{
    (void)state;
    paper_file_need_shared();
    const struct counts counts = look_at_all(false);
    assert_int_equal(counts.told, 0);
    print_message("# PRINT Slack payloads as they are: %d, %d refused, %d not "
                  "for us\n",
            counts.files, counts.refused, counts.ignored);
}

static void test_filled_in_they_are_understood(void **state)
{
    (void)state;
    paper_file_need_shared();
    const struct counts counts = look_at_all(true);
    assert_int_equal(counts.told, 2);
    assert_int_equal(counts.refused, 0);
    print_message("# PRINT Slack payloads filled in: %d, %d heard, %d not for "
                  "us, %d refused\n",
            counts.files, counts.told, counts.ignored, counts.refused);
}

/* Answers of the Web API lie there too; every payload is looked at. */
static void test_no_payload_is_left_out(void **state)
{
    struct arena arena = {0};
    size_t payloads = 0;
    struct dirent *entry;

    (void)state;
    paper_file_need_shared();
    DIR *folder = opendir(paper_file_shared(&arena, FOLDER));
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        payloads += text_starts(entry->d_name, "events__") ||
                text_starts(entry->d_name, "app-backend__");
    closedir(folder);
    arena_finish(&arena);
    assert_int_equal(payloads, sizeof files / sizeof *files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_blank_payloads_are_refused_with_a_reason),
            cmocka_unit_test(test_filled_in_they_are_understood),
            cmocka_unit_test(test_no_payload_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
