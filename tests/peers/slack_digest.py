"""The bot with a token: digests, their threads and edits."""

from feed import Feed, made_up_papers
from slack_bot import (HEAD_CHARACTERS, account, check_message,
                       hostile_papers, papers_in, room, size)
from slack_stage import scenario, strict


async def digest_bot(stage, papers, count=1, in_account=None, private=False,
                     with_bot=True, **settings):
    """Running, with a digest due in each of so many channels; these."""
    slack = stage.server
    channels = [slack.workspace.add_channel(f"room{i}", private, with_bot)
                for i in range(count)]
    feed = papers if isinstance(papers, Feed) else await stage.feed(papers)
    paperboy = await stage.paperboy(feed, [
        account(slack, **(in_account or {})),
        *[room(f"room{i}", channel, **settings)
          for i, channel in enumerate(channels)]]).age_channels()
    await paperboy.start()
    return paperboy, channels


def head_and_papers(channel):
    head, *below = channel.messages
    assert head.thread_ts is None
    assert [message.thread_ts for message in below] == [head.ts] * len(below)
    for message in channel.messages:
        check_message(message)
    return head, below


async def all_there(stage, paperboy, channels, count=1, seconds=150):
    """Waits for so many messages in each, and until nothing is left to be
    sent; the outbox."""
    await stage.server.comes_to(
        lambda: all(len(channel.messages) >= count for channel in channels),
        f"{count} messages in each channel", seconds)
    return await paperboy.all_sent(seconds)


def seen_once(channel):
    """No message stands there twice."""
    shown = [(message.text, repr(message.blocks))
             for message in channel.messages]
    assert len(set(shown)) == len(shown), f"{channel.name} repeats itself"


@strict()
async def a_digest_comes_in_one_message(stage):
    paperboy, [channel] = await digest_bot(stage, made_up_papers(12))
    await paperboy.says("account works")
    await stage.server.comes_to(lambda: channel.messages, "digest")
    await paperboy.all_sent(20)
    await paperboy.close()
    [message] = channel.messages
    check_message(message)
    assert len(papers_in(message)) == 5, message.blocks
    assert stage.server.refused == []


@strict()
async def a_digest_is_a_head_with_its_papers_in_a_thread(stage):
    paperboy, [channel] = await digest_bot(stage, made_up_papers(12),
                                           layout="thread")
    await stage.server.comes_to(lambda: len(channel.messages) == 6,
                                "head and thread")
    await paperboy.all_sent(20)
    await paperboy.close()
    head, below = head_and_papers(channel)
    shown = [papers_in(message) for message in below]
    assert [len(ids) for ids in shown] == [1] * 5, shown
    assert size(head) <= HEAD_CHARACTERS, size(head)
    for number in range(1, 6):
        assert f"{number}. " in repr(head.blocks), head.blocks
    assert stage.server.refused == []
    stage.tell(f"head {size(head)} characters, papers "
               + ", ".join(str(size(message)) for message in below))


@strict(seconds=240)
async def thirty_hostile_titles_pass_in_one_message_and_in_a_thread(stage):
    papers = hostile_papers(30)
    for settings in ({"style": "brief"}, {"style": "full"},
                     {"layout": "thread"}):
        paperboy, [channel] = await digest_bot(stage, papers, size="20+10",
                                               **settings)
        await stage.server.comes_to(lambda: channel.messages, "digest")
        await paperboy.all_sent(90)
        await paperboy.close()
        told = channel.messages
        if "layout" in settings:
            head, told = head_and_papers(channel)
            assert size(head) <= HEAD_CHARACTERS, size(head)
        shown = [papers_in(message) for message in told]
        for message in channel.messages:
            check_message(message)
        assert sorted(sum(shown, [])) == sorted(paper.id for paper in papers)
        assert stage.server.refused == [], stage.server.refused
        stage.tell(f"{settings}: " + ", ".join(
            str(size(message)) for message in channel.messages)
            + " characters")


@scenario()
async def what_was_posted_is_edited_when_its_papers_change(stage):
    for layout in ("message", "thread"):
        feed = await stage.feed()
        paperboy, [channel] = await digest_bot(stage, feed, layout=layout)
        await stage.server.comes_to(lambda: channel.messages, "digest")
        await paperboy.all_sent(30)
        await paperboy.close()
        before = len(channel.messages)
        ids = sum(map(papers_in, channel.messages), [])
        first = next(paper for paper in feed.papers if paper.id == ids[-1])
        first.replace("This paper has been withdrawn by the authors.")
        await paperboy.tell("fetch")
        await paperboy.start()
        await stage.server.comes_to(
            lambda: any("[withdrawn]" in repr(message.blocks)
                        for message in channel.messages), "an edit")
        await paperboy.close()
        assert len(channel.messages) == before
        for message in channel.messages:
            check_message(message)
        edited = [message for message in channel.messages
                  if len(message.versions) > 1]
        assert edited and all(first.id in papers_in(message) or
                              message is channel.messages[0]
                              for message in edited), edited


@strict()
async def who_is_told_to_wait_waits_and_posts_once(stage):
    slack = stage.server
    slack.faults.add("chat.postMessage", error="ratelimited", status=429,
                     retry_after=3)
    paperboy, channels = await digest_bot(stage, made_up_papers(12), count=3)
    rows = await all_there(stage, paperboy, channels)
    await paperboy.close()
    for channel in channels:
        assert len(channel.messages) == 1
    assert [word for _, word in slack.refused] == ["ratelimited"]
    assert sum(row["attempts"] for row in rows) == 4, rows


@scenario()
async def a_public_channel_is_joined_and_a_private_one_asked_for(stage):
    slack = stage.server
    paperboy, [open_one] = await digest_bot(stage, made_up_papers(12),
                                            with_bot=False)
    await slack.comes_to(lambda: open_one.messages, "digest")
    await paperboy.close()
    assert slack.workspace.user in open_one.members
    paperboy, [secret] = await digest_bot(stage, made_up_papers(12),
                                          private=True, with_bot=False)
    await slack.comes_to(lambda: ("chat.postMessage", "channel_not_found")
                         in slack.refused, "refusal")
    await paperboy.close()
    [row] = await paperboy.outbox()
    assert row["state"] == "parked" and "/invite" in row["complaint"], row
