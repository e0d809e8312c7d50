#include "adapters/channels/matrix_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PILL                                                                   \
    "<a href=\"https://matrix.to/#/@bot:example.org\">Paper &amp; Boy</a>"

static const struct matrix_words_self self = {.user_id = "@bot:example.org",
        .display_name = "Paperboy"};

struct sample {
    const char *body, *formatted;
    const char *asked; /* NULL: not for the bot */
    bool reply, mentions;
};

static void check(const struct sample *samples, size_t count, bool direct)
{
    struct arena arena = {0};

    for (size_t i = 0; i < count; i++) {
        const struct sample *sample = &samples[i];
        const struct matrix_words words = {.body = sample->body,
                .formatted = sample->formatted != NULL ? sample->formatted : "",
                .reply = sample->reply,
                .mentions = sample->mentions};
        const char *asked = matrix_words_asked(&arena, &words, &self, direct);
        if (sample->asked == NULL
                        ? asked != NULL
                        : asked == NULL || strcmp(asked, sample->asked) != 0)
            fail_msg("\"%s\" asks \"%s\", not \"%s\"", sample->body,
                    asked != NULL ? asked : "(nothing)",
                    sample->asked != NULL ? sample->asked : "(nothing)");
    }
    arena_finish(&arena);
}

#define CHECK(samples, direct)                                                 \
    check((samples), sizeof(samples) / sizeof(samples)[0], (direct))

static void test_a_command_has_many_beginnings(void **state)
{
    static const struct sample samples[] = {
            {.body = "!paper today LG", .asked = "today LG"},
            {.body = "/paper today", .asked = "today"},
            {.body = "//paper today", .asked = "today"},
            {.body = "!Paper today", .asked = "today"},
            {.body = "！paper 今天", .asked = "今天"},
            {.body = "！paper今天", .asked = "今天"},
            {.body = "／paper　今天", .asked = "今天"},
            {.body = "!ｐａｐｅｒ 3", .asked = "3"},
            {.body = "  !paper   3 ", .asked = "3"},
            {.body = "!paper\ntoday", .asked = "today"},
    };

    (void)state;
    CHECK(samples, false);
    CHECK(samples, true);
}

static void test_what_is_said_to_others_is_not_for_the_bot(void **state)
{
    static const struct sample samples[] = {
            {.body = ""},
            {.body = "hello"},
            {.body = "see !paper today"},
            {.body = "!papers today"},
            {.body = "/papery"},
            {.body = "paper today"},
            {.body = "Paperboy is a nice bot"},
            {.body = "Paperboys: today"},
            {.body = "I like @bot:example.org", .mentions = true},
            {.body = "@bot:example.org.uk today"},
            {.body = "ana: today",
                    .formatted = "<a href=\"https://matrix.to/#/@ana:x.y\">"
                                 "ana</a>: today"},
            {.body = "> <@ana:x.y> !paper today\n\nyes", .reply = true},
            {.body = "> !paper today"},
    };

    (void)state;
    CHECK(samples, false);
}

static void test_the_bot_can_be_named_first(void **state)
{
    static const struct sample samples[] = {
            {.body = "@bot:example.org today", .asked = "today"},
            {.body = "@bot:example.org: today", .asked = "today"},
            {.body = "Paperboy: today", .asked = "today"},
            {.body = "paperboy, today", .asked = "today"},
            {.body = "@Paperboy: today", .asked = "today"},
            {.body = "Paperboy：今天", .asked = "今天"},
            {.body = "Paperboy ，今天", .asked = "今天"},
            {.body = "Paperboy today", .mentions = true, .asked = "today"},
            {.body = "Paperboy", .mentions = true, .asked = ""},
            {.body = "Paperboy: !paper today", .asked = "today"},
            {.body = "Paper & Boy today",
                    .formatted = PILL " today",
                    .asked = "today"},
            {.body = "@Paper & Boy: today",
                    .formatted = PILL ": today",
                    .asked = "today"},
            {.body = "Paper & Boy today",
                    .formatted = "<a href='https://matrix.to/#/"
                                 "%40bot%3Aexample.org'>Paper &amp; Boy</a> "
                                 "today",
                    .asked = "today"},
            {.body = "[Paper & Boy](https://matrix.to/#/@bot:example.org) "
                     "today",
                    .asked = "today"},
    };

    (void)state;
    CHECK(samples, false);
}

static void test_a_reply_is_what_stands_below_the_quotation(void **state)
{
    static const struct sample samples[] = {
            {.body = "> <@ana:x.y> which?\n> more\n\n!paper 3",
                    .reply = true,
                    .asked = "3"},
            {.body = "> <@ana:x.y> which?\n\nPaperboy: 3",
                    .reply = true,
                    .asked = "3"},
            {.body = "!paper 3", .reply = true, .asked = "3"},
            {.body = "> ", .reply = true},
            {.body = ">", .reply = true},
    };

    (void)state;
    CHECK(samples, false);
}

static void test_between_two_all_is_for_the_bot(void **state)
{
    static const struct sample samples[] = {
            {.body = "today LG", .asked = "today LG"},
            {.body = " 今天 ", .asked = "今天 "},
            {.body = "Paperboy is nice", .asked = "Paperboy is nice"},
            {.body = "> <@bot:example.org> hi\n\ntoday",
                    .reply = true,
                    .asked = "today"},
            {.body = "", .asked = ""},
    };

    (void)state;
    CHECK(samples, true);
}

static void test_no_bytes_lead_astray(void **state)
{
    static const char *const pieces[] = {">", "> ", "\n", "@", "[", "](",
            "https://matrix.to/#/@bot:example.org", ")", "Paperboy", ":",
            "!paper", "：", "\xff\xfe", " ", "href=\"", "&amp", "<", ">",
            "@bot:example.org"};
    enum {
        PIECES = sizeof pieces / sizeof pieces[0]
    };
    struct arena arena = {0};
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        char body[600] = "", html[600] = "";
        for (int i = 0; i < 8; i++) {
            seed = seed * 1664525u + 1013904223u;
            strncat(body, pieces[(seed >> 16) % PIECES], 60);
            seed = seed * 1664525u + 1013904223u;
            strncat(html, pieces[(seed >> 16) % PIECES], 60);
        }
        const struct matrix_words words = {.body = body,
                .formatted = html,
                .reply = (seed & 1) != 0,
                .mentions = (seed & 2) != 0};
        const char *asked =
                matrix_words_asked(&arena, &words, &self, (seed & 4) != 0);
        assert_true(asked == NULL || strlen(asked) <= 3 * strlen(body));
        if (round % 100 == 0)
            arena_finish(&arena);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_command_has_many_beginnings),
            cmocka_unit_test(test_what_is_said_to_others_is_not_for_the_bot),
            cmocka_unit_test(test_the_bot_can_be_named_first),
            cmocka_unit_test(test_a_reply_is_what_stands_below_the_quotation),
            cmocka_unit_test(test_between_two_all_is_for_the_bot),
            cmocka_unit_test(test_no_bytes_lead_astray),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
