"""The bot on a made-up Slack: its configuration, what it wrote, and whether
that keeps to what we promise beyond Slack's own limits."""

import contextlib
import re
import sqlite3

from feed import Paper
from paperboy import minutes_from_now
from slack.limits import characters
from slack.shapes import length

# FACTS: messages above this were seen refused; the bot stays well below.
CHARACTERS = 9000
HEAD_CHARACTERS = 1200
ENTRY = re.compile(r"<https://arxiv\.org/abs/(\d{4}\.\d{5})(?:\||>)")

HOSTILE = [
    "<!channel> & <!here|here>: Everyone Look",
    "*Bold* _Slanted_ ~Struck~ `code` ```pre``` > quoted",
    "<https://evil.example|Harmless> and <@U0000000Q> and <#C0000000Q>",
    "$\\alpha_{i} < \\beta$ \\& $x > y$: On $O(n^2)$ |Pipes| && More",
    "@everyone @channel :skull: :+1: \\u202e\u202egnirts desrever",
    "👩‍👩‍👧‍👦" * 20 + " a Family of Transformers",
    "关于大模型的一个问题：" + "为什么" * 60,
    "A" * 600,
    "Zalgo " + "e\u0301\u0323" * 80,
    "\"Quotes\" 'and' {braces} \\ backslash \\n newline % percent",
]


def hostile_papers(count):
    """Each of the titles in turn, with abstracts long and short."""
    papers = []
    for number in range(count):
        paper = Paper(901 + number,
                      f"{HOSTILE[number % len(HOSTILE)]} {number}",
                      sentences=1 + number % 12)
        if number % 7 == 3:
            paper.abstract += " " + "unbroken" * 120
        papers.append(paper)
    return papers


def channel(name, **more):
    """Due half an hour ago, for a channel that was there yesterday."""
    keys = {"categories": "cs.LG",
            "schedule": minutes_from_now(-30) + " daily", "timezone": "UTC",
            "languages": "en", "size": "3+2"}
    return f"channel {name}", {**keys, **more}


def webhook_channel(name, webhook, **more):
    return channel(name, type="slack", webhook=webhook.url, **more)


def account(slack, name="team", **more):
    keys = {"type": "slack", "api_url": slack.api_url,
            "token": slack.workspace.bot_token.value}
    return f"account {name}", {**keys, **more}


def account_by_socket(slack, **more):
    return account(slack, app_token=slack.workspace.app_token.value, **more)


def room(name, slack_channel, **more):
    return channel(name, **{"account": "team", "room": slack_channel.id,
                            **more})


def papers_in(message):
    """The ids of the papers that it links to, each once, in order."""
    return list(dict.fromkeys(ENTRY.findall(repr(message.blocks))))


def size(message):
    """In characters, as the bot must count them: the fall-back too."""
    return characters(message.blocks) + length(message.text)


def check_message(message):
    """What we promise of each, beyond what Slack takes."""
    assert message.calls == [], message.calls
    if message.via in ("webhook", "chat.postMessage"):
        assert message.unfurls == (False, False), message.unfurls
    assert message.text, "no fall-back for notifications"
    assert size(message) <= CHARACTERS, size(message)


def payloads(paperboy):
    """What stands in the outbox: (channel's label, payload, attempts)."""
    with contextlib.closing(sqlite3.connect(paperboy.database)) as database:
        return database.execute(
            "SELECT channels.label, payload, attempts FROM outbox"
            " JOIN channels ON channels.id = channel_id"
            " JOIN outbox_payloads ON outbox_payloads.id = outbox.id"
            " ORDER BY outbox.id").fetchall()
