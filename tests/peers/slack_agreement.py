"""Bolt's receiver and the bot decide alike on who is Slack."""

import collections
import time

from slack import payloads, signing
from slack_hears import BY_HTTP, Hears
from slack_packages import BOLT
from slack_requests import FORGED, GOOD, REPLAYED, STALE, Maker
from slack_stage import scenario

WANTED = {GOOD: 200, REPLAYED: 200, FORGED: 401, STALE: 401}
DECIDE_SECONDS = 120


async def bolt_of(stage, package):
    """Its address; it hears and answers nothing."""
    slack = stage.server
    there = stage.keep(await package.open(
        slack.api_url, slack.workspace.bot_token.value, slack.secret))
    port = await there.call("start", 0)
    await there.call("quiet")
    return there, f"http://127.0.0.1:{port}/slack/events"


@scenario(BOLT, seconds=300)
async def a_thousand_signed_forged_stale_and_replayed_requests_are_decided_alike(
        stage, package):
    there, bolt = await bolt_of(stage, package)
    here = await Hears(stage, BY_HTTP).begin()
    slack = here.slack
    maker = Maker(slack, stage.chance, here.channel, here.digest()[1][0])
    counts, differ = collections.Counter(), []
    for request in maker.requests():
        said = [(await slack.app.post(url, request.body, request.headers))
                .status for url in (bolt, slack.app.urls[request.kind])]
        counts[request.sort] += 1
        if said != [WANTED[request.sort]] * 2:
            differ.append((request.sort, request.how, request.kind, said))
    assert not differ, (len(differ), differ[:10])

    replayed = counts[REPLAYED]
    await slack.comes_to(
        lambda: sum("body" in said for said in there.told)
        == counts[GOOD] + replayed, "of what bolt heard")
    given = maker.commands_given()
    await slack.comes_to(
        lambda: len(here.channel.whispers) >= given,
        "answers to the commands", seconds=DECIDE_SECONDS)
    await here.answer(here.ada, "help")
    told = collections.Counter(message.ephemeral_to
                               for message in here.channel.whispers)
    assert set(told.values()) == {1}, told
    assert len(told) == given + 1, (len(told), given)
    stage.tell(", ".join(f"{count} {sort}" for sort, count in counts.items())
               + ": the same status from both")
    stage.tell(f"of the replayed bolt ran all {replayed} again; the bot took "
               f"them and did nothing: {given} commands, {given} answers")


@scenario(BOLT)
async def what_is_signed_for_the_future_bolt_takes_and_the_bot_does_not(
        stage, package):
    """Slack's rule is five minutes either way; bolt looks back only."""
    there, bolt = await bolt_of(stage, package)
    here = await Hears(stage, BY_HTTP).begin()
    slack = here.slack
    told = payloads.reaction(slack, here.ada.user, here.digest()[1][0], "+1",
                             "reaction_added")
    body, content_type = slack.app.encoded(told)
    headers = {"Content-Type": content_type,
               **signing.headers(slack.secret, body, int(time.time()) + 400)}
    said = [(await slack.app.post(url, body, headers)).status
            for url in (bolt, slack.app.urls[told.kind])]
    assert said == [200, 401], said
