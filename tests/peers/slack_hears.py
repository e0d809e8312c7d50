"""A bot that hears, by HTTP or down a socket, and the people who talk to it."""

import asyncio

from feed import made_up_papers
from homeserver import free_port
from slack.workspace import ADMIN
from slack_bot import account, check_message, room
from slack_stage import Slack
from world import scenario as in_world

HEARS_SECONDS = 20
ACCOUNT = "team"


class Way:
    """How the bot is told.  As a client is, for the scenario's claim."""

    needs = "build/peers/python.made"

    def __init__(self, kind):
        self.kind = kind

    def sections(self, slack, port):
        """What the configuration says of it."""
        if self is BY_SOCKET:
            return [account(slack, app_token=slack.workspace.app_token.value)]
        return [("server", {"listen": f"127.0.0.1:{port}"}),
                account(slack, signing_secret=slack.secret)]

    async def again(self, slack, port):
        """After a new start, which takes a moment."""
        if self is BY_SOCKET:
            await slack.sockets.connected()
            return
        for _ in range(HEARS_SECONDS * 20):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            except OSError:
                await asyncio.sleep(0.05)
        raise AssertionError("the bot listens no more")

    async def open(self, slack, port, **more):
        if self is BY_SOCKET:
            await slack.sockets.connected()
            return
        url = f"http://127.0.0.1:{port}/slack/{ACCOUNT}"
        await slack.tell_by_http(f"{url}/commands", f"{url}/events",
                                 f"{url}/actions", **more)


BY_SOCKET, BY_HTTP = Way("down a socket"), Way("by HTTP")


def scenario(ways=(BY_SOCKET, BY_HTTP), **more):
    """Once for each way, which is its second argument."""
    return in_world(clients=list(ways), servers=(Slack,), **more)


class Hears:
    """The daemon, a channel that has its digest, a member and an admin."""

    def __init__(self, stage, way):
        self.stage, self.way, self.slack = stage, way, stage.server

    async def begin(self, papers=12, in_account=None, **settings):
        stage, slack = self.stage, self.slack
        self.port = free_port()
        self.channel = slack.workspace.add_channel("papers")
        self.ada = slack.person("ada", channels=[self.channel])
        self.boss = slack.person("boss", ADMIN, channels=[self.channel])
        sections = self.way.sections(slack, self.port)
        sections[-1][1].update(in_account or {})
        self.paperboy = stage.paperboy(
            await stage.feed(made_up_papers(papers)),
            [*sections, room("papers", self.channel,
                             **{"layout": "thread", "size": "2+0",
                                **settings})])
        await self.paperboy.age_channels()
        await self.paperboy.start()
        await slack.comes_to(lambda: len(self.channel.messages) > 2, "digest")
        await self.paperboy.all_sent(HEARS_SECONDS)
        await self.way.open(slack, self.port)
        return self

    def digest(self):
        """Its head, its papers."""
        head = self.channel.messages[0]
        return head, self.channel.thread(head.ts)

    async def answer(self, person, text):
        """What is shown to who commands it; the newest of it."""
        before = len(person.sees(self.channel))
        delivery = await person.command(self.channel, text)
        assert delivery.ok, delivery.last.body
        [*_, message] = await self.slack.comes_to(
            lambda: person.sees(self.channel)[before:], f"answer to {text}")
        check_message(message)
        return message


async def hears(stage, way, **more):
    return await Hears(stage, way).begin(**more)


def text_of(message):
    """All that stands in it."""
    return message.text + repr(message.blocks)
