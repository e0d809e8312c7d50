/*
 * The sample day, and answers, as they stand in Slack: within its limits in
 * each form.
 *
 * PAPERBOY_SLACK_OUT=FOLDER writes them there, NAME.json with a list of messages
 * each, for slack_pictures.sh to draw.
 */
#include "adapters/channels/channels.h"
#include "adapters/channels/slack_content.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"
#include "bot/digest.h"
#include "bot/model/category.h"
#include "bot/planning/plan_layout.h"
#include "bot/selection.h"
#include "tests/support/asking.h"
#include "tests/support/paper_file.h"
#include "tests/support/slack_limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct account *bot;

/* One that hears, and needs no network to render. */
static int open_bot(void **state)
{
    static const struct setting items[] = {{"token", "xoxb-1"},
            {"signing_secret", "0123456789abcdef0123456789abcdef"}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 2,
            .contact = ""};

    (void)state;
    bot = slack_kind.open(&settings, NULL, NULL, NULL);
    return bot != NULL ? 0 : -1;
}

static int close_bot(void **state)
{
    (void)state;
    bot->ops->close(bot);
    arena_finish(&arena);
    return 0;
}

/* --- the day --- */

static const char *codes[] = {"cs.LG", "cs.CV", "cs.CL", "eess.AS", "cs.RO"};
static const struct string_list categories = {.items = codes,
        .count = sizeof codes / sizeof codes[0]};

static const struct document *sample_day(struct language_pair languages)
{
    const struct subscription wanted = {.categories = categories};
    struct paper_file file =
            paper_file_read(&arena, "bot/data/sample-day.jsonl");
    struct candidate *candidates =
            arena_array(&arena, struct candidate, file.papers.count);
    struct digest_item *items = arena_array(&arena, struct digest_item, 9);
    struct note_list *notes = arena_new(&arena, struct note_list);

    *notes = file.notes;
    for (size_t i = 0; i < file.papers.count; i++)
        candidates[i] = (struct candidate){.paper = &file.papers.items[i],
                .announce = ANNOUNCE_NEW};
    struct scored_list ranked =
            selection_rank(candidates, file.papers.count, &wanted, &arena);
    struct scored_list chosen = selection_choose(&ranked, 9, MIX_FAIR, &arena);
    for (size_t i = 0; i < chosen.count; i++)
        items[i] = (struct digest_item){.paper = chosen.items[i].paper,
                .tag = chosen.items[i].tag,
                .top = i < 5};
    const struct digest_input input = {.items = items,
            .count = chosen.count,
            .notes = notes,
            .categories = &categories,
            .languages = languages,
            .style = STYLE_BRIEF,
            .credit = "",
            .date = {2026, 11, 24},
            .foot = {.date = {2026, 11, 23},
                    .new_count = 212,
                    .cross_count = 79}};
    return digest_document(&input, &arena);
}

/* --- what is written --- */

static FILE *begin_file(const char *name)
{
    const char *folder = getenv("PAPERBOY_SLACK_OUT");

    if (folder == NULL)
        return NULL;
    FILE *file = fopen(arena_format(&arena, "%s/%s.json", folder, name), "w");
    assert_non_null(file);
    fputs("[", file);
    return file;
}

static void add_to_file(FILE *file, bool first, const char *body)
{
    if (file != NULL)
        fprintf(file, "%s%s", first ? "" : ",\n", body);
}

static void end_file(FILE *file)
{
    if (file == NULL)
        return;
    fputs("]\n", file);
    fclose(file);
}

static void assert_fits(const char *payload)
{
    size_t characters;
    const char *flaw = slack_limits_flaw(&arena, payload, &characters);

    if (flaw != NULL)
        fail_msg("%s in %.3000s", flaw, payload);
}

/* --- the forms --- */

static void webhook(const char *name, struct language_pair languages)
{
    struct payload_list payloads;
    FILE *file = begin_file(name);

    assert_true(dialect_slack.render(sample_day(languages), &arena, &payloads,
            NULL));
    assert_int_equal(payloads.count, 1);
    assert_fits(payloads.items[0].bytes);
    assert_null(strstr(payloads.items[0].bytes, "action_id"));
    add_to_file(file, true, payloads.items[0].bytes);
    end_file(file);
}

static void test_by_webhook_the_day_is_one_message(void **state)
{
    (void)state;
    webhook("webhook-zh-en", (struct language_pair){{"zh", "en"}});
    webhook("webhook-en", (struct language_pair){{"en", NULL}});
}

static void thread(const char *name, struct language_pair languages)
{
    const struct channel channel = {.layout = LAYOUT_THREAD};
    struct plan_message_list messages;
    FILE *file = begin_file(name);

    assert_true(plan_layout_render(bot, &channel, sample_day(languages), true,
            &arena, &messages, NULL));
    assert_int_equal(messages.count, 10);
    /* its titles are whole */
    assert_null(strstr(messages.items[0].payload.bytes, "…"));
    for (size_t i = 0; i < messages.count; i++) {
        const struct outbox_row row = {.delivery_key = "key",
                .payload = messages.items[i].payload.bytes,
                .payload_bytes = messages.items[i].payload.length,
                .target = i > 0 ? "C01/1.000100" : ""};
        const struct slack_answer none = {.ts = "", .person = "", .url = ""};
        struct slack_content_place place;
        const char *body;
        assert_fits(messages.items[i].payload.bytes);
        assert_true(slack_content_place_of(&row, &none, "C01", &arena, &place,
                NULL));
        assert_true(slack_content_make(&row, &place, &arena, &body, NULL));
        assert_null(strstr(body, "\"share\""));
        add_to_file(file, i == 0, body);
    }
    end_file(file);
}

static void test_by_token_the_day_is_a_head_and_nine_papers(void **state)
{
    (void)state;
    thread("thread-zh-en", (struct language_pair){{"zh", "en"}});
    thread("thread-en", (struct language_pair){{"en", NULL}});
}

static void message(const char *name, struct language_pair languages)
{
    struct payload_list payloads;
    FILE *file = begin_file(name);
    const struct channel channel = {.layout = LAYOUT_MESSAGE};

    assert_true(bot->ops->render(bot, &channel, sample_day(languages), &arena,
            &payloads, NULL));
    for (size_t i = 0; i < payloads.count; i++) {
        assert_fits(payloads.items[i].bytes);
        add_to_file(file, i == 0, payloads.items[i].bytes);
    }
    end_file(file);
}

static void test_by_token_a_message_has_menus(void **state)
{
    (void)state;
    message("message-zh-en", (struct language_pair){{"zh", "en"}});
    message("message-en", (struct language_pair){{"en", NULL}});
}

static void add_answer(FILE *file, bool first, struct asking *asking,
        const char *command)
{
    const struct channel channel = {.layout = LAYOUT_MESSAGE};
    struct payload_list payloads;

    asking_say(asking, command);
    asking->answer.document->aside = true;
    assert_true(bot->ops->render(bot, &channel, asking->answer.document, &arena,
            &payloads, NULL));
    for (size_t i = 0; i < payloads.count; i++) {
        const struct outbox_row row = {.delivery_key = "key",
                .payload = payloads.items[i].bytes,
                .payload_bytes = payloads.items[i].length};
        const struct slack_content_place place =
                {.method = SLACK_CONTENT_EPHEMERAL,
                        .channel = "C01",
                        .ts = "",
                        .thread = "",
                        .user = "U01",
                        .sharer = "",
                        .sharable = asking->answer.personal == false};
        const char *body;
        assert_fits(payloads.items[i].bytes);
        assert_true(slack_content_make(&row, &place, &arena, &body, NULL));
        add_to_file(file, first && i == 0, body);
    }
}

static void answers(const char *name, const char *const *commands)
{
    struct asking asking;
    FILE *file = begin_file(name);

    asking_open(&asking, "memory");
    for (size_t i = 0; commands[i] != NULL; i++)
        add_answer(file, i == 0, &asking, commands[i]);
    asking_close(&asking);
    end_file(file);
}

static void test_answers_have_their_buttons(void **state)
{
    static const char *const english[] = {"paper 2210.11693", "help",
            "similar 1", "save 1", "today", NULL};
    static const char *const chinese[] = {"论文 2210.11693", "帮助", "相似 1",
            "收藏 1", "今天", NULL};

    (void)state;
    answers("answers-en", english);
    answers("answers-zh", chinese);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_by_webhook_the_day_is_one_message),
            cmocka_unit_test(test_by_token_the_day_is_a_head_and_nine_papers),
            cmocka_unit_test(test_by_token_a_message_has_menus),
            cmocka_unit_test(test_answers_have_their_buttons),
    };
    return cmocka_run_group_tests(tests, open_bot, close_bot);
}
