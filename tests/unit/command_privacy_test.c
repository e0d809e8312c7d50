/* What is said of what is kept, erasing it, how things stand, leaving, and help: in
 * both languages, wrong input included. */
#include "bot/commands/command_privacy.h"

#include "bot/base/text.h"
#include "bot/roster.h"
#include "bot/taste.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Everything that can be kept of her but a draft. */
static void live(struct asking *asking)
{
    struct store *store = asking->fixture.store;
    const struct vote vote = {.person = asking->person,
            .paper_id = "2611.10001",
            .value = VOTE_UP,
            .voted_ms = 1};
    const struct outbox_row row = {.channel_id = asking->configured.id,
            .account = "home",
            .room = "room",
            .occasion = arena_format(&asking->fixture.arena, "answer/%s",
                    asking->person),
            .delivery_key = "k",
            .payload = "p",
            .payload_bytes = 1,
            .person = asking->person};
    int64_t id;
    int before;

    asking_say(asking, "save 2611.10001 2611.10003");
    asking_say(asking, "style full");
    asking_say(asking, "size 3");
    asking_say(asking, "size 4");
    assert_true(store_vote_put(store, asking->configured.id, &vote, &before,
            NULL));
    assert_true(store_outbox_add(store, &row, &id, NULL));
    assert_true(store_outbox_settle(store, id, "$1", 1, NULL));
}

static void test_what_is_kept_is_told_with_counts_and_times(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "privacy",
            "Of you (ana) I keep nothing.\n"
            "What you write to me is kept until I have answered; after that "
            "only, for 30 days, that it came. What others write is not kept, "
            "nor who reads.\n"
            "Of this channel I keep its settings, which papers were posted and "
            "what words its votes speak for; for 120 days, the messages I "
            "sent; for 365 days, who changed what. 30 days after I have left, "
            "all of it is erased.\n"
            "Whoever runs me can read all of this and may have backups of it. "
            "The chat itself keeps its messages by rules of its own.\n"
            "/paper forget me erases what I keep of you.\n");
    assert_true(asking->answer.personal);
    live(asking);
    asking_expect(asking, "隐私",
            "关于你（ana），我保存着：\n"
            "- 1 次投票：直到你撤回\n"
            "- 2 篇收藏：直到你取消收藏\n"
            "- 3 条修改记录上你的名字：保留 365 天\n"
            "- 2 项设置上你的名字：直到设置改变\n"
            "- 1 条只给你看的回答：保留 120 天\n"
            "你发给我的内容只保存到我回答为止；之后 30 天内只记得收到过它。别人"
            "之间的聊天和谁在阅读，我都不保存。\n"
            "关于本频道，我保存设置、发过哪些论文、从投票学到的用词偏好、我"
            "发出的消息（期限：120 天）和谁改了什么（期限：365 天）。我离开 30 "
            "天后全部删除。\n"
            "运行我的人能看到这些内容，也可能有备份。聊天软件自己保存的消息按它"
            "自己的规定处理。\n"
            "发送 /paper 忘记我 可以删除我保存的关于你的内容。\n");
}

static void test_a_person_is_forgotten_once_it_is_confirmed(void **state)
{
    struct asking *asking = *state;

    live(asking);
    asking->person = "bo";
    live(asking);
    asking->person = "ana";
    asking_expect(asking, "forget me",
            "This erases all that I keep of you (ana), from every channel "
            "here: 1 vote, 2 saved papers, your name on 3 lines of history, "
            "your name on 1 setting, 1 answer for you alone. It cannot be "
            "undone.\n"
            "To confirm, write /paper forget me yes\n");
    asking_expect(asking, "forget me please",
            "“please” is no confirmation, so nothing was done.\n"
            "To confirm, write /paper forget me yes\n");
    asking_expect(asking, "forget me yes",
            "Erased: 1 vote, 2 saved papers, your name on 3 lines of history, "
            "your name on 1 setting, 1 answer for you alone.\n"
            "If you read this in a chat, this answer stays among the messages "
            "I sent, for 120 days.\n");
    assert_true(asking->answer.personal);
    asking_expect(asking, "saved",
            "Your list is empty. /paper save 3 puts the digest's third paper "
            "on it; only you see the list.\n");
    asking_expect(asking, "forget me",
            "There is nothing to erase: of you (ana) I keep nothing.\n");
    asking->person = "bo";
    asking_expect(asking, "忘记我",
            "这会删除我保存的关于你（bo）的全部内容，包括这里所有频道：1 "
            "次投票、2 篇收藏、2 条修改记录上你的名字、1 项设置上你的名字、1 "
            "条只给你看的回答。删除后无法恢复。\n"
            "确认请发送 /paper 忘记我 确认\n");
    asking_expect(asking, "忘记我 确认",
            "已删除：1 次投票、2 篇收藏、2 条修改记录上你的名字、1 "
            "项设置上你的名字、1 条只给你看的回答。\n"
            "如果你是在聊天中看到的，这条回答会和我发出的其他消息一样保存（期限"
            "：120 天）。\n");
}

static void test_a_list_that_names_the_person_is_told(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "curators ana");
    asking_expect(asking, "forget me yes",
            "Erased: your name on 1 line of history, your name on 1 setting.\n"
            "Your id is still on this channel's list of curators, and in the "
            "history of that list. People in charge can take it off: /paper "
            "curators -ana\n"
            "If you read this in a chat, this answer stays among the messages "
            "I sent, for 120 days.\n");
}

static size_t learned(struct asking *asking)
{
    struct taste taste;

    assert_true(store_taste_get(asking->fixture.store, asking->configured.id,
            &asking->fixture.arena, &taste, NULL));
    return taste.count;
}

static void test_what_was_learned_from_the_votes_is_taken_back(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "up 2611.10001");
    asking->person = "bo";
    size_t bos = learned(asking);
    assert_true(bos > 1);
    asking_say(asking, "down 2611.10002");
    assert_true(learned(asking) > bos);
    asking_expect(asking, "forget me yes",
            "Erased: 1 vote.\n"
            "If you read this in a chat, this answer stays among the messages "
            "I sent, for 120 days.\n");
    assert_int_equal(learned(asking), bos);
    asking->person = "ana";
    asking_say(asking, "forget me yes");
    assert_int_equal(learned(asking), 0);
}

/* Then the channel learns the others' anew. */
static void test_so_many_votes_are_taken_back_at_once(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    struct vote vote = {.person = "bo", .value = VOTE_UP, .voted_ms = 1};
    struct paper paper = paper_empty();
    enum store_change change;
    int before;

    asking_say(asking, "up 2611.10001");
    size_t anas = learned(asking);
    paper.title = "Quokkas";
    for (int i = 0; i < 101; i++) {
        paper.id = vote.paper_id =
                arena_format(&asking->fixture.arena, "2611.%05d", 20000 + i);
        assert_true(store_paper_put(store, &paper, 1, &change, NULL));
        assert_true(store_vote_put(store, asking->configured.id, &vote, &before,
                NULL));
    }
    assert_true(taste_relearn(store, asking->configured.id, NULL));
    assert_int_equal(learned(asking), anas + 1);
    asking->person = "bo";
    asking_expect(asking, "忘记我 确认",
            "已删除：101 次投票。\n"
            "如果你是在聊天中看到的，这条回答会和我发出的其他消息一样保存（期限"
            "：120 天）。\n");
    assert_int_equal(learned(asking), anas);
}

static void test_nothing_else_is_forgotten(void **state)
{
    asking_expect(*state, "forget 3",
            "I can forget you, not a paper or anybody else: /paper forget "
            "me\n");
    asking_expect(*state, "忘记 小王",
            "我只能忘记你本人，不能忘记论文或别人：/paper 忘记我\n");
    asking_expect(*state, "忘记 我",
            "没有可删除的：关于你（ana），我什么都没有保存。\n");
}

/* --- help --- */

static void test_help_explains_what_has_no_name_by_its_example(void **state)
{
    asking_expect(*state, "help 2026-11-23 LG",
            "/paper 2026-11-23 [LG CV] [N]\n"
            "the announcement of a day\n"
            "Also 11/23; behind “day” also mon. Categories and N as behind "
            "“today”.\n"
            "For example:\n"
            "- /paper 2026-11-23\n"
            "- /paper 2026-11-23 LG 5\n"
            "- /paper day mon\n");
    asking_expect(*state, "help 3", asking_say(*state, "help 2210.11693"));
}

/* A dozen lines fit on a phone. */
static void test_the_short_help_is_short(void **state)
{
    static const char *const languages[] = {"help", "帮助"};

    for (size_t i = 0; i < 2; i++) {
        size_t lines = 0;
        for (const char *at = asking_say(*state, languages[i]); *at != '\0';
                at++)
            lines += *at == '\n';
        assert_in_range(lines, 10, 13);
    }
}

/* --- how things stand --- */

static void test_the_status_is_short_and_dated(void **state)
{
    struct asking *asking = *state;

    asking_batch_state(asking, "cs.CV", (struct civil_date){2026, 11, 24},
            BATCH_NOT_YET);
    asking_expect(asking, "status",
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"
            "Last digest: 2026-11-23.\n"
            "Newest announcements:\n"
            "- LG: 2026-11-23, 3 new, 1 cross-listed, 0 replaced\n"
            "- CV: 2026-11-24 not announced yet (last: 2026-11-23, 2 new, 1 "
            "cross-listed, 1 replaced)\n"
            "1 message waits to be sent.\n"
            "All is well.\n"
            "Paperboy " PAPERBOY_VERSION "\n");
}

static void test_the_status_names_what_is_broken(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    struct outbox_list rows;

    assert_true(store_channel_break(store, asking->configured.id,
            "the webhook is gone", NULL));
    assert_true(store_outbox_unsent(store, asking->configured.id,
            &asking->fixture.arena, &rows, NULL));
    assert_true(store_outbox_end(store, rows.items[0].id, OUTBOX_PARKED, "no",
            1, NULL));
    asking_batch_state(asking, "cs.LG", (struct civil_date){2026, 11, 24},
            BATCH_FAILED);
    asking_expect(asking, "状态",
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n"
            "上一期：2026-11-23。\n"
            "最新公告：\n"
            "- LG：2026-11-24 读取失败（上一次：2026-11-23，新论文 3 篇，交叉 "
            "1 "
            "篇，更新 0 篇）\n"
            "- CV：2026-11-23，新论文 2 篇，交叉 1 篇，更新 1 篇\n"
            "这里目前发不出消息：the webhook is gone\n"
            "有 1 条消息被拒收，运行我的人可以重发。\n"
            "Paperboy " PAPERBOY_VERSION "\n");
}

/* --- leaving --- */

static int64_t removed_ms(struct asking *asking)
{
    struct known_channel_list known;

    assert_true(store_channel_list(asking->fixture.store,
            &asking->fixture.arena, &known, NULL));
    assert_int_equal(known.count, 1);
    return known.items[0].removed_ms;
}

static void test_leaving_is_confirmed_and_drops_what_waits(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    struct outbox_list rows;
    bool leaving;

    asking_expect(asking, "leave",
            "Shall I leave this channel (team)? Nothing comes here any more "
            "then, and what still waits to be sent is dropped. Settings, votes "
            "and history stay for 30 days: back before that, I go on as it was "
            "set.\n"
            "To confirm, write /paper leave yes\n");
    asking_expect(asking, "离开 吧",
            "“吧”不是确认，什么都没有做。\n"
            "确认请发送 /paper 离开 确认\n");
    assert_int_equal(removed_ms(asking), 0);
    asking_expect(asking, "leave yes",
            "Good-bye! Nothing comes here any more. What is set here is kept "
            "until 2026-12-24; back before that, I go on as it was set.\n");
    assert_int_equal(removed_ms(asking), asking->time.ms);
    assert_true(store_outbox_unsent(store, asking->configured.id,
            &asking->fixture.arena, &rows, NULL));
    assert_int_equal(rows.count, 0);
    assert_true(roster_is_leaving(store, asking->configured.id, &leaving,
            NULL));
    assert_true(leaving);
}

static void test_a_channel_of_the_file_says_that_the_file_has_it(void **state)
{
    struct asking *asking = *state;

    asking->configured.in_file = true;
    asking_expect(asking, "离开",
            "要我离开本频道（team）吗？之后这里不再收到任何消息，还没发出的也会"
            "取消。设置、投票和历史保留 30 天；在此之前请我回来，一切照旧。\n"
            "本频道写在配置文件里：运行者还须从中删去 [channel "
            "team]，否则下次启动时我又会回来。\n"
            "确认请发送 /paper 离开 确认\n");
    asking_expect(asking, "离开 确认",
            "再见！这里不会再收到任何消息。设置保留到 2026-12-24，在此之前请我"
            "回来，一切照旧。\n"
            "本频道写在配置文件里：运行者还须从中删去 [channel "
            "team]，否则下次启动时我又会回来。\n");
}

static void test_only_who_may_sends_it_away(void **state)
{
    struct asking *asking = *state;

    asking->allowed = false;
    asking_expect(asking, "leave yes",
            "Sorry, only people in charge of this channel may do that: its "
            "moderators.\n");
    assert_int_equal(removed_ms(asking), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_what_is_kept_is_told_with_counts_and_times),
            ASKING_BOTH(test_a_person_is_forgotten_once_it_is_confirmed),
            ASKING_BOTH(test_a_list_that_names_the_person_is_told),
            ASKING_BOTH(test_what_was_learned_from_the_votes_is_taken_back),
            ASKING_BOTH(test_so_many_votes_are_taken_back_at_once),
            ASKING_BOTH(test_nothing_else_is_forgotten),
            ASKING_BOTH(test_help_explains_what_has_no_name_by_its_example),
            ASKING_BOTH(test_the_short_help_is_short),
            ASKING_BOTH(test_the_status_is_short_and_dated),
            ASKING_BOTH(test_the_status_names_what_is_broken),
            ASKING_BOTH(test_leaving_is_confirmed_and_drops_what_waits),
            ASKING_BOTH(test_a_channel_of_the_file_says_that_the_file_has_it),
            ASKING_BOTH(test_only_who_may_sends_it_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
