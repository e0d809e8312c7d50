"""The bot and incoming webhooks."""

from feed import made_up_papers
from slack_bot import (check_message, hostile_papers, papers_in, size,
                       webhook_channel)
from slack_stage import scenario, strict

# What Slack says of a webhook that will not work, and what the bot must tell.
REMEDIES = {
    "no_service": "make a new one and set webhook",
    "no_service_id": "copy it again",
    "no_active_hooks": "make a new one and set webhook",
    "no_team": "copy the webhook's address again",
    "team_disabled": "the workspace was disabled",
    "channel_not_found": "make a webhook for another channel",
    "action_prohibited": "ask its administrator",
    "posting_to_general_channel_denied": "ask its administrator",
    "invalid_token": "copy it again",
    "channel_is_archived": "unarchive it",
}


async def digest_by_webhook(stage, papers, count=1, **settings):
    """The bot, with a digest due on each of so many webhooks; these."""
    slack = stage.server
    webhooks = [slack.webhooks.add(slack.workspace.add_channel(f"room{i}"))
                for i in range(count)]
    feed = await stage.feed(papers)
    paperboy = await stage.paperboy(feed, [
        webhook_channel(f"room{i}", webhook, **settings)
        for i, webhook in enumerate(webhooks)]).age_channels()
    await paperboy.start()
    return paperboy, webhooks


@strict()
async def a_digest_comes_by_webhook_as_one_message(stage):
    paperboy, [webhook] = await digest_by_webhook(stage, made_up_papers(12))
    channel = webhook.channel
    await stage.server.comes_to(lambda: channel.messages, "digest")
    [row] = await paperboy.all_sent(20)
    await paperboy.close()
    [message] = channel.messages
    check_message(message)
    assert len(papers_in(message)) == 5, message.blocks
    assert stage.server.refused == [], stage.server.refused
    assert row["attempts"] == 1, row


@strict()
async def thirty_papers_with_hostile_titles_are_cut_only_between_papers(
        stage):
    papers = hostile_papers(30)
    for style in ("brief", "full"):
        paperboy, [webhook] = await digest_by_webhook(
            stage, papers, size="20+10", style=style)
        channel = webhook.channel
        await stage.server.comes_to(lambda: channel.messages, "digest")
        rows = await paperboy.all_sent(40)
        await paperboy.close()
        assert len(rows) == len(channel.messages), (rows, channel.messages)
        for message in channel.messages:
            check_message(message)
        shown = [papers_in(message) for message in channel.messages]
        assert sorted(sum(shown, [])) == sorted(paper.id for paper in papers)
        assert stage.server.refused == [], stage.server.refused
        stage.tell(f"{style}: {len(rows)} messages of "
                   + ", ".join(str(size(message))
                               for message in channel.messages)
                   + " characters with "
                   + ", ".join(str(len(ids)) for ids in shown) + " papers")


@strict()
async def a_webhook_that_refuses_is_explained_with_its_remedy(stage):
    slack = stage.server
    for _ in REMEDIES:
        slack.webhooks.add(slack.workspace.add_channel("later"))
    webhooks = list(slack.webhooks.known.values())
    for webhook, word in zip(webhooks, REMEDIES):
        webhook.flaw = (word, 404)
    feed = await stage.feed()
    paperboy = await stage.paperboy(feed, [
        webhook_channel(word.replace("_", "-"), webhook)
        for webhook, word in zip(webhooks, REMEDIES)]).age_channels()
    await paperboy.start()
    await stage.server.comes_to(
        lambda: len(slack.refused) >= len(REMEDIES), "refusals")
    await paperboy.close()
    rows = {row["channel"]: row for row in await paperboy.outbox()}
    for word, remedy in REMEDIES.items():
        row = rows[word.replace("_", "-")]
        assert row["state"] == "parked", row
        assert word in row["complaint"] and remedy in row["complaint"], row
        assert "/services/" not in row["complaint"], row
    assert len(slack.refused) == len(REMEDIES), slack.refused


@strict()
async def a_webhook_asked_too_often_is_asked_later_and_once(stage):
    slack = stage.server
    slack.faults.add("webhook", error="rate_limited", status=429,
                     retry_after=2)
    paperboy, [webhook] = await digest_by_webhook(stage, made_up_papers(12))
    await slack.comes_to(lambda: webhook.channel.messages, "digest")
    [row] = await paperboy.all_sent(10)
    assert len(webhook.channel.messages) == 1
    assert row["attempts"] == 2, row


@scenario()
async def an_answer_that_is_lost_shows_a_webhook_s_message_twice_or_holds_it(
        stage):
    """There is no key that Slack would know it by."""
    slack = stage.server
    slack.faults.add("webhook", drop="answer", times=2)
    feed = await stage.feed(made_up_papers(12))
    again, held = [slack.webhooks.add(slack.workspace.add_channel(name))
                   for name in ("again", "held")]
    paperboy = await stage.paperboy(feed, [
        webhook_channel("again", again),
        webhook_channel("held", held, on_uncertain="hold")]).age_channels()
    await paperboy.start()
    await slack.comes_to(lambda: len(again.channel.messages) == 2,
                         "a second copy", seconds=100)
    await slack.comes_to(paperboy.has_sent_all, "end of it")
    await paperboy.close()
    assert len(held.channel.messages) == 1
    rows = {row["channel"]: row for row in await paperboy.outbox()}
    assert rows["again"]["state"] == "sent", rows
    assert rows["held"]["state"] == "parked", rows
    assert "shown already" in rows["held"]["complaint"], rows
