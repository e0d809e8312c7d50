/* Who may do more in a channel, the draft's lead, and the layout: in both
 * languages, wrong input included. */
#include "bot/channel_settings.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_people_are_listed_added_and_taken_off(void **state)
{
    struct asking *asking = *state;

    asking->person = "@ana:example.org";
    asking_expect(asking, "admins",
            "admins: none\n"
            "Admins may change this channel, beside its moderators.\n"
            "/paper admins @ana:example.org sets the list; + adds somebody, - "
            "takes somebody off: /paper admins +@ana:example.org\n");
    asking_expect(asking, "admins @ana:example.org, @bo:example.org",
            "Now: admins @ana:example.org @bo:example.org (before: none).\n");
    asking_expect(asking, "admins +@cy:example.org -@bo:example.org",
            "Now: admins @ana:example.org @cy:example.org (before: "
            "@ana:example.org @bo:example.org).\n");
    asking_expect(asking, "admins -@bo:example.org",
            "@bo:example.org is not on the list.\n"
            "Already so: admins @ana:example.org @cy:example.org. Nothing was "
            "changed.\n");
    asking_expect(asking, "管理员 @cy:example.org",
            "现在：管理员 @cy:example.org（原来：@ana:example.org "
            "@cy:example.org）。\n");
    asking_expect(asking, "管理员 无",
            "现在：管理员 无（原来：@cy:example.org）。\n");
    asking_expect(asking, "编辑 ＋@bo:example.org",
            "现在：编辑 @bo:example.org（原来：无）。\n");
    asking_expect(asking, "curators",
            "curators: @bo:example.org\n"
            "Curators may change the draft of a digest before it goes out.\n"
            "/paper curators @ana:example.org sets the list; + adds somebody, "
            "- takes somebody off: /paper curators +@ana:example.org\n");
    asking_expect(asking, "编辑",
            "编辑：@bo:example.org\n"
            "编辑可以在日报发出之前修改它的草稿。\n"
            "发送 /paper 编辑 @ana:example.org 可以重设名单；+ 表示增加，- "
            "表示移除，例如 /paper 编辑 +@ana:example.org\n");
}

static void test_what_is_no_id_there_is_said(void **state)
{
    struct asking *asking = *state;

    asking->person = "@ana:example.org";
    asking_expect(asking, "admins Bo",
            "“Bo” is no user id here; ids look like yours: "
            "@ana:example.org\n");
    asking_expect(asking, "编辑 @bo",
            "“@bo”不是这里的用户 ID；格式应和你的一样：@ana:example.org\n");
    asking_expect(asking, "admins \"Bo Chen\"",
            "“Bo Chen” is no user id: one word, of at most 255 "
            "characters.\n");
    asking->person = "U024BE7LH";
    asking_expect(asking, "curators <@U024BE7LI|bo>",
            "Now: curators U024BE7LI (before: none).\n");
}

static void test_a_named_admin_may_from_then_on(void **state)
{
    struct asking *asking = *state;
    struct channel channel;

    asking_say(asking, "admins +bo");
    assert_true(channel_settings_apply(asking->fixture.store,
            &asking->configured, &asking->fixture.arena, &channel, NULL));
    assert_true(string_list_has(&channel.admins, "bo"));
    asking->allowed = false;
    asking_expect(asking, "curators +bo",
            "Sorry, only people in charge of this channel may do that: its "
            "moderators, and bo.\n");
    asking_say(asking, "admins");
    assert_int_equal(asking->request.who, COMMAND_ANYONE);
}

static void test_the_drafts_lead_is_shown_and_set(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "curate",
            "curate: off\n"
            "Digests go out without a draft. /paper curate 2h sends one to the "
            "curators two hours ahead.\n");
    asking_expect(asking, "curate 2 hours",
            "Now: curate 2h (before: off).\n"
            "A draft comes so long before the digest; what nobody touches goes "
            "out at its hour.\n"
            "No curators are named: it goes to the admins, and moderators see "
            "it with /paper draft. To name one: /paper curators "
            "+@bo:example.org\n");
    asking_say(asking, "curators bo");
    asking_expect(asking, "审稿 ４５分钟",
            "现在：审稿 45 分钟（原来：2 小时）。\n"
            "草稿会提前这么久给出；没有人改动的，到点照常发出。\n");
    asking_expect(asking, "审稿 45 分钟",
            "本来就是：审稿 45 分钟。没有改动。\n"
            "草稿会提前这么久给出；没有人改动的，到点照常发出。\n");
    asking_expect(asking, "curate soon",
            "“soon” is no time that I know. Write off, or from 5m to 20h, for "
            "example: /paper curate 2h\n");
    asking_expect(asking, "审稿 30小时",
            "我看不懂“30小时”。请写“关闭”，或 5 分钟到 20 小时之间的时间，例如 "
            "/paper 审稿 2 小时\n");
    asking_expect(asking, "审稿 关闭",
            "现在：审稿 关闭（原来：45 分钟）。\n"
            "日报直接发出，没有草稿。发送 /paper 审稿 2 小时 "
            "则提前两小时把草稿交给编辑。\n");
}

static void test_the_layout_is_one_of_two(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "layout",
            "layout: message\n"
            "The digest comes as one message, or as few as fit.\n"
            "You can write message or thread. For example: /paper layout "
            "thread\n");
    asking_expect(asking, "版式 消息列",
            "现在：版式 消息列（原来：整篇）。\n"
            "先发日报的开头，每篇论文在它下面的消息列里各占一条（产品支持时）。"
            "\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "layout tread",
            "“tread” is no choice here; did you mean thread? You can write "
            "message or thread.\n");
    asking_expect(asking, "reset layout",
            "Back to what is configured: layout message (before: thread).\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_people_are_listed_added_and_taken_off),
            ASKING_BOTH(test_what_is_no_id_there_is_said),
            ASKING_BOTH(test_a_named_admin_may_from_then_on),
            ASKING_BOTH(test_the_drafts_lead_is_shown_and_set),
            ASKING_BOTH(test_the_layout_is_one_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
