"""The bot with a token, where it cannot know whether a message was posted."""

from feed import made_up_papers
from slack_digest import all_there, digest_bot, head_and_papers, seen_once
from slack_stage import scenario


@scenario(seconds=300)
async def an_answer_that_is_lost_is_looked_for_and_not_posted_again(stage):
    """As a row's metadata tells it."""
    slack = stage.server
    faults = [{"drop": "answer"}, {"status": 500}, {"status": 502},
              {"drop": "request"}, {"status": 503, "undone": True},
              {"error": "internal_error"}]
    for layout in ("message", "thread"):
        for fault in faults:
            slack.faults.add("chat.postMessage", **fault)
        paperboy, channels = await digest_bot(
            stage, made_up_papers(12), count=6, layout=layout, size="2+0")
        count = 1 if layout == "message" else 3
        rows = await all_there(stage, paperboy, channels, count)
        await paperboy.close()
        assert sum(row["attempts"] - 1 for row in rows) == len(faults), rows
        for channel in channels:
            seen_once(channel)
            assert len(channel.messages) == count
            if layout == "thread":
                head_and_papers(channel)


@scenario(beside=True)
async def an_answer_that_takes_too_long_is_not_posted_again(stage):
    slack = stage.server
    slack.faults.add("chat.postMessage", late=33)
    paperboy, [channel] = await digest_bot(stage, made_up_papers(12))
    await slack.comes_to(lambda: channel.messages, "digest")
    [row] = await paperboy.all_sent(100)
    await paperboy.close()
    assert row["attempts"] == 2, row
    assert len(channel.messages) == 1
