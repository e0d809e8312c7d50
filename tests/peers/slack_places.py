"""The bot in Slack where no section of its configuration leads."""

import time

from slack import payloads
from slack_hears import hears, scenario, text_of


@scenario()
async def who_asks_in_a_channel_without_a_section_is_answered(stage, way):
    here = await hears(stage, way)
    for with_bot in (True, False):
        other = here.slack.workspace.add_channel(
            f"other{with_bot}".lower(), with_bot=with_bot,
            members=[here.ada.user])
        assert (await here.ada.command(other, "help")).ok
        [answer] = await here.slack.comes_to(
            lambda: here.ada.sees(other), "answer")
        assert "/paper" in text_of(answer), answer.blocks
        assert other.messages == [], other.messages


@scenario()
async def who_asks_it_into_a_channel_is_greeted_there_once(stage, way):
    here = await hears(stage, way)
    new = here.slack.workspace.add_channel(
        "new", with_bot=False, members=[here.ada.user])
    assert (await here.ada.invite(new)).ok
    [hello] = await here.slack.comes_to(lambda: new.messages, "greeting")
    assert "/paper subscribe" in text_of(hello), hello.blocks
    assert "大家好" in text_of(hello), hello.blocks
    assert (await here.ada.command(new, "subscribe LG")).ok
    await here.slack.comes_to(lambda: here.ada.sees(new), "answer")
    assert new.messages == [hello], new.messages


@scenario()
async def told_to_leave_it_leaves_or_falls_silent(stage, way):
    here = await hears(stage, way)
    bot = here.slack.workspace.user
    scopes = here.slack.workspace.bot_token.scopes
    for may_leave in (False, True):
        new = here.slack.workspace.add_channel(
            f"new{may_leave}".lower(), with_bot=False,
            members=[here.boss.user])
        assert (await here.boss.invite(new)).ok
        await here.slack.comes_to(lambda: new.messages, "greeting")
        if may_leave:
            scopes.add("channels:manage")
        assert (await here.boss.command(new, "leave yes")).ok
        if may_leave:
            await here.slack.comes_to(lambda: bot not in new.members, "end")
        else:
            await here.paperboy.says("a room was not left")
            assert "/remove" in here.paperboy.said("a room was not left")[-1]
        said = len(new.messages)
        await here.boss.mention(new, "today LG")
        await here.answer(here.ada, "help")
        assert len(new.messages) == said + 1, new.messages[said:]


@scenario()
async def who_writes_to_it_alone_is_answered_there(stage, way):
    here = await hears(stage, way)
    direct = here.slack.workspace.direct(here.ada.user)
    ts = f"{time.time():.6f}"
    said = payloads.event(here.slack, {
        "type": "message", "channel_type": "im", "channel": direct.id,
        "user": here.ada.id, "text": "帮助", "ts": ts, "event_ts": ts})
    assert (await here.ada.tell(said)).ok
    [answer] = await here.slack.comes_to(lambda: direct.messages, "answer")
    assert "订阅" in text_of(answer), answer.blocks
    assert not answer.thread_ts, answer.thread_ts
