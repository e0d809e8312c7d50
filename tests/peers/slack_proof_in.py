"""The made-up Slack, proved by Slack's own packages: what comes in."""

import asyncio

from slack import payloads
from slack.sockets import CONNECTIONS_MAX
from slack_packages import BOLT, SOCKET_MODE
from slack_proof_out import actions, button, overflow, section
from slack_stage import scenario

# Without a pong for so long the package gives a socket up; a busy machine is not
# to look like a deaf one.
PATIENT_MS = 20_000
HASTY_MS = 2000
# The package tries again after a multiple of the same time.
TRY_AGAIN_MS = 200


async def listening(stage, package, ping_ms=PATIENT_MS, **sockets):
    """A process of socket-mode that is connected, and a channel with a person
    in it."""
    slack = stage.server
    vars(slack.sockets).update(sockets)
    there = stage.keep(await package.open(
        slack.api_url, slack.workspace.app_token.value, ping_ms))
    await there.call("start")
    channel = slack.workspace.add_channel("papers")
    return slack, there, channel, slack.person("ada", channels=[channel])


@scenario(SOCKET_MODE)
async def commands_events_and_presses_come_down_a_socket(stage, package):
    slack, there, channel, ada = await listening(stage, package)
    assert (await ada.command(channel, "today LG")).ok
    message, delivery = await ada.mention(channel, "today")
    assert delivery.ok
    assert (await ada.react(message, "+1")).ok
    assert (await ada.unreact(message, "+1")).ok
    shown = slack.workspace.post(channel, slack.workspace.user, {"blocks": [
        actions(button("save", value="7")), section("x", accessory=overflow(
            ("Save", "save"), ("Similar", "similar")))]}, "test")
    assert (await ada.press(shown, "save")).ok
    assert (await ada.choose(shown, "more", "similar")).ok

    [command] = await there.sees("slash_commands")
    assert command["body"]["text"] == "today LG", command
    kinds = [said["body"]["event"]["type"]
             for said in await there.sees("events_api", times=3)]
    assert kinds == ["app_mention", "reaction_added", "reaction_removed"]
    pressed = [said["body"]["actions"][0]
               for said in await there.sees("interactive", times=2)]
    assert [(action["type"], action["action_id"]) for action in pressed] == [
        ("button", "save"), ("overflow", "more")], pressed
    assert slack.sockets.complaints == []


@scenario(SOCKET_MODE)
async def what_a_socket_does_not_acknowledge_comes_again_if_it_is_an_event(
        stage, package):
    slack, there, channel, ada = await listening(stage, package,
                                                 answer_seconds=0.3)
    await there.call("reply", {"acknowledge": False})
    _, delivery = await ada.mention(channel, "today")
    assert [attempt.ok for attempt in delivery.attempts] == [False] * 4
    told = await there.sees("events_api", times=4)
    assert [said["retry"] for said in told] == [0, 1, 2, 3], told
    assert len({said["body"]["event_id"] for said in told}) == 1
    assert not (await ada.command(channel, "today")).ok
    assert len(there.all_told("slash_commands")) == 1
    await there.call("reply", {"acknowledge": True,
                               "payload": {"text": "here"}})
    assert (await ada.command(channel, "today")).ok
    assert [message.text for message in ada.sees(channel)] == ["here"]
    assert slack.sockets.complaints == []
    await ada.mention(channel, "again")
    assert slack.sockets.complaints == ["an event takes no payload"]


@scenario(SOCKET_MODE)
async def a_socket_that_ends_or_goes_deaf_is_opened_anew(stage, package):
    slack, there, channel, ada = await listening(stage, package, HASTY_MS)
    sockets = slack.sockets
    await slack.comes_to(lambda: sockets.pings, "pings")
    await sockets.disconnect(sockets.open[0], "refresh_requested")
    await there.sees("connected", times=2)
    assert (await ada.command(channel, "today")).ok
    sockets.working()[0].deaf.set()
    await there.sees("connected", times=3)
    assert (await ada.command(channel, "today")).ok
    assert sockets.ever == 3, sockets.ever


@scenario(SOCKET_MODE)
async def sockets_are_limited_in_number_tickets_and_by_a_switch(
        stage, package):
    slack, there, *_ = await listening(stage, package)
    sockets = slack.sockets
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS_MAX - 1):
            group.create_task(one_more(stage, package))
    await sockets.connected(CONNECTIONS_MAX)
    refused = sockets.ever
    last = await package.open(
        slack.api_url, slack.workspace.app_token.value, TRY_AGAIN_MS)
    starting = asyncio.create_task(last.fails("start"))
    await slack.comes_to(lambda: sockets.ever >= refused + 2, "another try")
    sockets.disabled = True
    await slack.comes_to(lambda: sockets.ever >= refused + 4, "another try")
    assert not last.all_told("connected")
    await last.close()
    assert (await starting).code == "it has ended"
    slack.workspace.app_token.flaw = "invalid_auth"
    error = await there.fails("start")
    assert error.word == "invalid_auth", error


async def one_more(stage, package):
    slack = stage.server
    there = stage.keep(await package.open(
        slack.api_url, slack.workspace.app_token.value, PATIENT_MS))
    await there.call("start")


async def by_http(stage, package):
    """Bolt's HTTP receiver, told by the made-up Slack."""
    slack = stage.server
    there = stage.keep(await package.open(
        slack.api_url, slack.workspace.bot_token.value, slack.secret))
    url = f"http://127.0.0.1:{await there.call('start', 0)}/slack/events"
    await slack.tell_by_http(url, url, url)
    return slack, there


async def by_socket(stage, package):
    slack = stage.server
    there = stage.keep(await package.open(
        slack.api_url, slack.workspace.bot_token.value, slack.secret,
        slack.workspace.app_token.value))
    await there.call("start", 0)
    await slack.sockets.connected()
    return slack, there


async def talk_with_bolt(slack, there):
    """What the bot does, done by bolt."""
    channel = slack.workspace.add_channel("papers")
    ada = slack.person("ada", channels=[channel])
    assert (await ada.command(channel, "today LG")).ok
    [answer] = await slack.comes_to(lambda: ada.sees(channel), "an answer")
    assert answer.text == "you said today LG"
    assert channel.messages == []

    assert (await ada.press(answer, "share")).ok
    [shared] = await slack.comes_to(lambda: channel.messages, "what is shared")
    assert (shared.text, shared.via) == ("today LG", "response_url")

    asked, delivery = await ada.mention(channel, "today")
    assert delivery.ok
    [reply] = await slack.comes_to(lambda: channel.thread(asked.ts), "a reply")
    assert reply.text == "you mentioned me"
    for delivery in (await ada.react(reply, "+1"),
                     await ada.unreact(reply, "+1")):
        assert delivery.ok
    menu = slack.workspace.post(channel, slack.workspace.user, {"blocks": [
        section("x", accessory=overflow(("Save", "save:7")))]}, "test")
    assert (await ada.choose(menu, "more", "save:7")).ok
    await slack.comes_to(lambda: any(
        message.text == "chosen: save:7" for message in ada.sees(channel)))
    return channel, ada


@scenario(BOLT)
async def bolt_answers_by_http_where_it_is_told_to(stage, package):
    slack, there = await by_http(stage, package)
    answer = await slack.app.verify("a challenge")
    assert "a challenge" in answer.body, answer.body
    channel, ada = await talk_with_bolt(slack, there)
    told = payloads.mention(slack, ada.write(channel, "x"))
    again = await slack.app.attempt(told, 2, "http_timeout")
    assert again.ok
    await slack.comes_to(lambda: any(said.get("retry") == 2
                                     for said in there.told), "the retry")


@scenario(BOLT)
async def bolt_answers_down_a_socket(stage, package):
    slack, there = await by_socket(stage, package)
    await talk_with_bolt(slack, there)
    assert slack.sockets.complaints == []


@scenario(BOLT)
async def a_response_url_is_good_for_five_uses_and_half_an_hour(
        stage, package):
    slack, there = await by_http(stage, package)
    channel = slack.workspace.add_channel("papers")
    ada = slack.person("ada", channels=[channel])
    await ada.command(channel, "today")
    await slack.comes_to(lambda: ada.sees(channel), "an answer")
    [path] = slack.response_urls.known
    url = slack.response_urls.known[path]
    said = b'{"text": "once more"}'
    json = {"Content-Type": "application/json"}
    answers = [await slack.app.post(url.url, said, json) for _ in range(5)]
    assert [answer.status for answer in answers] == [200] * 4 + [404]
    assert "used_url" in answers[-1].body
    slack.response_urls.seconds = -1
    late = slack.response_urls.add(channel, ada.user)
    answer = await slack.app.post(late.url, said, json)
    assert "expired_url" in answer.body, answer.body
    assert len(ada.sees(channel)) == 5
