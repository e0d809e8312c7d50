"""What people say to the bot in Slack, and what it answers."""

import asyncio

from slack import payloads
from slack.delivery import ANSWER_SECONDS
from slack_bot import papers_in
from slack_hears import BY_HTTP, hears, scenario, text_of


@scenario()
async def a_command_is_answered_to_who_gave_it_and_shared_on_request(
        stage, way):
    here = await hears(stage, way)
    before = len(here.channel.messages)
    answer = await here.answer(here.ada, "today LG")
    assert papers_in(answer), answer.blocks
    assert len(here.channel.messages) == before, "all saw it"
    assert not here.boss.sees(here.channel)

    assert (await here.ada.press(answer, "share")).ok
    await here.slack.comes_to(
        lambda: len(here.channel.messages) > before, "what is shared")
    shared = here.channel.messages[-1]
    assert papers_in(shared) == papers_in(answer), shared.blocks
    assert here.ada.id in text_of(shared) or "ada" in text_of(shared)
    assert here.slack.sockets.complaints == []
    assert here.slack.refused == [], here.slack.refused


@scenario()
async def chinese_is_answered_in_chinese_and_nonsense_kindly(stage, way):
    here = await hears(stage, way)
    answer = await here.answer(here.ada, "帮助")
    assert "订阅" in text_of(answer), text_of(answer)
    answer = await here.answer(here.ada, "serach model")
    assert "search" in text_of(answer), text_of(answer)
    assert here.channel.whispers[-1].ephemeral_to == here.ada.id


@scenario()
async def a_mention_is_answered_in_a_thread_below_it(stage, way):
    here = await hears(stage, way)
    asked, delivery = await here.ada.mention(here.channel, "search model")
    assert delivery.ok and len(delivery.attempts) == 1
    [answer] = await here.slack.comes_to(
        lambda: here.channel.thread(asked.ts), "answer")
    assert papers_in(answer), answer.blocks
    _, [first, *_] = here.digest()
    [head, *_] = here.channel.messages
    within, _ = await here.ada.mention(here.channel, "why 1", thread=head.ts)
    await here.slack.comes_to(
        lambda: here.channel.messages[-1] is not within
        and here.channel.messages[-1].thread_ts == head.ts, "answer")


@scenario()
async def reactions_vote_and_save_and_are_taken_back(stage, way):
    here = await hears(stage, way)
    votes = "SELECT person, paper_id, value FROM votes ORDER BY paper_id"
    saved = "SELECT person, paper_id FROM saved"
    _, below = here.digest()
    first, second = sorted(below, key=papers_in)[:2]
    me, [one], [two] = here.ada.id, papers_in(first), papers_in(second)
    for message, name in ((first, "+1"), (second, "-1"), (second, "star")):
        assert (await here.ada.react(message, name)).ok
    await here.paperboy.comes_to(votes, [(me, one, 1), (me, two, -1)])
    await here.paperboy.comes_to(saved, [(me, two)])
    for message, name in ((first, "+1"), (second, "-1"), (second, "star")):
        assert (await here.ada.unreact(message, name)).ok
    await here.paperboy.comes_to(votes, [])
    await here.paperboy.comes_to(saved, [])


@scenario()
async def the_menu_below_a_paper_saves_it_and_finds_what_is_like_it(
        stage, way):
    here = await hears(stage, way)
    _, [paper, *_] = here.digest()
    [id] = papers_in(paper)
    assert (await here.ada.choose(paper, "paper", f"save:{id}")).ok
    await here.paperboy.comes_to("SELECT person, paper_id FROM saved",
                                 [(here.ada.id, id)])
    before = len(here.ada.sees(here.channel))
    assert (await here.ada.choose(paper, "paper", f"similar:{id}")).ok
    await here.slack.comes_to(
        lambda: any(map(papers_in, here.ada.sees(here.channel)[before:])),
        "papers like it")
    assert (await here.ada.choose(paper, "paper", f"fewer:{id}")).ok
    await here.paperboy.comes_to("SELECT person, value FROM votes",
                                 [(here.ada.id, -1)])
    assert (await here.ada.press(paper, "open")).ok
    assert here.slack.refused == [], here.slack.refused


@scenario()
async def who_may_change_a_channel_is_asked_of_slack(stage, way):
    here = await hears(stage, way)
    kept = "SELECT count(*) FROM settings"
    await here.answer(here.ada, "size 2+1")
    await here.paperboy.comes_to(kept, [(0,)])
    assert here.slack.calls("users.info")[-1]["user"] == here.ada.id
    await here.answer(here.boss, "size 2+1")
    await here.paperboy.comes_to(kept, [(1,)])
    assert here.slack.refused == [], here.slack.refused


@scenario()
async def what_is_told_twice_is_answered_once(stage, way):
    here = await hears(stage, way)
    slack = here.slack
    told = payloads.command(slack, here.ada.user, here.channel, "/paper",
                            "search model")
    for _ in range(3):
        attempt = await slack.app.attempt(told)
    await slack.comes_to(lambda: here.ada.sees(here.channel), "answer")
    asked = here.ada.write(here.channel,
                           f"<@{slack.workspace.user}> search model")
    told = payloads.mention(slack, asked)
    for number in range(3):
        attempt = await slack.app.attempt(told, number)
        assert attempt.ok, attempt.body
    await slack.comes_to(lambda: here.channel.thread(asked.ts), "answer")
    await here.answer(here.ada, "help")
    assert len(here.ada.sees(here.channel)) == 2
    assert len(here.channel.thread(asked.ts)) == 1


@scenario()
async def twenty_commands_at_once_are_acknowledged_in_time(stage, way):
    here = await hears(stage, way)
    deliveries = await asyncio.gather(*(
        here.ada.command(here.channel, f"search model {number}")
        for number in range(20)))
    slowest = max(delivery.last.seconds for delivery in deliveries)
    assert all(delivery.ok for delivery in deliveries)
    assert slowest < ANSWER_SECONDS, slowest
    await here.slack.comes_to(
        lambda: len(here.ada.sees(here.channel)) >= 20, "answers", seconds=60)
    stage.tell(f"the slowest of 20 acknowledgements: {slowest:.2f} s")


@scenario(ways=[BY_HTTP])
async def slack_s_challenge_is_answered(stage, way):
    here = await hears(stage, way)
    answer = await here.slack.app.verify("a challenge")
    assert answer.status == 200 and "a challenge" in answer.body, answer.body
