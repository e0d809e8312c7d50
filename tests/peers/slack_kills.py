"""Kill -9 while messages are on their way to Slack."""

import collections
import time

from feed import made_up_papers
from killer import (ANY_TIME, BEFORE_ANSWERED, BEFORE_ASKED, NTH_MAX,
                    Killer)
from slack_bot import account, payloads, room, webhook_channel
from slack_digest import head_and_papers, seen_once
from slack_stage import scenario

CHANNELS, PAPERS, KILLS = 60, 100, 60
# With a token an account sends four messages a second: several of them make
# enough of a crowd.
ACCOUNTS, TOKEN_CHANNELS, TOKEN_KILLS, TOKEN_NTH_MAX = 8, 48, 120, 16
SENDING = ["chat.postMessage", "conversations.history",
           "conversations.replies"]
SEND_SECONDS = 120
# A message that is repeated had come so close to a kill that its answer
# may not have been kept.
UNSETTLED_SECONDS = 1


class Watch:
    """Tells a Killer of the calls that sending is made of."""

    def __init__(self, slack, names):
        self.slack, self.names = slack, names

    def begin(self, at_asked=None, at_answered=None):
        self.asked = self.answered = 0
        self.at_asked, self.at_answered = at_asked, at_answered
        self.slack.faults.at_asked = self.on_asked
        self.slack.faults.at_answered = self.on_answered

    def on_asked(self, name):
        if name not in self.names or self.at_asked is None:
            return True
        self.asked += 1
        return self.at_asked(self.asked)

    def on_answered(self, name):
        if name not in self.names or self.at_answered is None:
            return True
        self.answered += 1
        return self.at_answered(self.answered)


async def kill_again_and_again(stage, paperboy, watch, kills,
                               nth_max=NTH_MAX):
    """When each kill fell, and how many of each kind."""
    fell, at = collections.Counter(), []
    while fell.total() < kills:
        killer = Killer(stage, paperboy, watch, nth_max)
        if not await killer.run():
            break
        at.append(time.monotonic())
        fell[killer.phase] += 1
    watch.begin()
    await paperboy.start()
    await paperboy.all_sent(SEND_SECONDS)
    await paperboy.close()
    return fell, at


def told(fell):
    return (f"{fell[BEFORE_ASKED]} kills before a request was taken, "
            f"{fell[BEFORE_ANSWERED]} before its answer came, "
            f"{fell[ANY_TIME]} at any time while sending")


def check_repeats(channel, wanted, killed):
    """Every message is there, in order; how many are there once more, each of
    which had come shortly before a kill."""
    copies = collections.defaultdict(list)
    for message in channel.messages:
        copies[message.text, repr(message.blocks)].append(message.at)
    first = sorted(copies.values(), key=min)
    assert len(first) == wanted, (channel.name, len(first), wanted)
    for one, next_one in zip(first, first[1:]):
        assert max(one) <= min(next_one), "a repeat comes out of its order"
    for came in first:
        for at in came[:-1]:
            assert any(abs(kill - at) <= UNSETTLED_SECONDS
                       for kill in killed), (
                f"{channel.name}: repeated, though no kill was near")
    return sum(len(came) - 1 for came in first)


@scenario(seconds=600)
async def kills_while_a_webhook_is_written_to_repeat_only_what_was_in_hand(
        stage):
    slack = stage.server
    fell, killed, repeats, messages = collections.Counter(), [], 0, 0
    while fell.total() < KILLS:
        webhooks = [slack.webhooks.add(slack.workspace.add_channel(f"room{i}"))
                    for i in range(CHANNELS)]
        feed = await stage.feed(made_up_papers(PAPERS, sentences=26))
        paperboy = await stage.paperboy(feed, [
            webhook_channel(f"room{i}", webhook, size="50+50", style="full")
            for i, webhook in enumerate(webhooks)]).age_channels()
        some, at = await kill_again_and_again(
            stage, paperboy, Watch(slack, ["webhook"]), KILLS - fell.total())
        fell, killed = fell + some, killed + at
        rows = collections.Counter(label for label, *_ in payloads(paperboy))
        for i, webhook in enumerate(webhooks):
            repeats += check_repeats(webhook.channel, rows[f"room{i}"], at)
        messages += rows.total()
    assert repeats > 0, "no kill ever hid an answer"
    assert slack.refused == [], slack.refused
    stage.tell(told(fell))
    stage.tell(f"{messages} messages, each there; {repeats} of them once more, "
               "all of them in hand when a kill fell")


@scenario(seconds=600)
async def kills_while_a_token_sends_and_each_message_is_there_once(stage):
    slack = stage.server
    fell, messages = collections.Counter(), 0
    while fell.total() < TOKEN_KILLS:
        channels = [slack.workspace.add_channel(f"room{i}")
                    for i in range(TOKEN_CHANNELS)]
        paperboy = await stage.paperboy(await stage.feed(), [
            *[account(slack, name=f"team{i}") for i in range(ACCOUNTS)],
            *[room(f"room{i}", channel, account=f"team{i % ACCOUNTS}",
                   layout="thread")
              for i, channel in enumerate(channels)]]).age_channels()
        some, _ = await kill_again_and_again(
            stage, paperboy, Watch(slack, SENDING),
            TOKEN_KILLS - fell.total(), TOKEN_NTH_MAX)
        fell += some
        rows = collections.Counter(label for label, *_ in payloads(paperboy))
        for channel in channels:
            seen_once(channel)
            head_and_papers(channel)
            assert len(channel.messages) == rows[channel.name] == 6, (
                channel.name, len(channel.messages), rows[channel.name])
        messages += rows.total()
    looked = sum(name != "chat.postMessage" and name in SENDING
                 for name, _ in slack.called)
    assert looked > 0, "nothing was ever looked for"
    assert slack.refused == [], slack.refused
    stage.tell(told(fell))
    stage.tell(f"{messages} messages, each there once and in its place; looked "
               f"for {looked} times")
