"""All of Slack on one port of 127.0.0.1."""

import asyncio
import json
import random

from aiohttp import web

from . import methods_chat, methods_reactions, methods_read  # noqa: F401
from . import people, web_api
from .addresses import ResponseUrls, Webhooks
from .delivery import Http
from .faults import Faults
from .rates import Rates
from .sockets import Sockets
from .workspace import MEMBER, Workspace

SECRET = "8f742231b10e8888abcd99000111a5a5"
SEES_SECONDS = 20
SHUTDOWN_SECONDS = 0.5


class Slack:
    """strict: it keeps to its documented rates.  app is how it tells the app
    something: its sockets, or an Http.  called and refused are all calls, as
    (name, arguments) and (name, word)."""

    def __init__(self, strict=False, tls=None, host="127.0.0.1", seed=0):
        self.tls, self.host = tls, host
        self.chance = random.Random(seed)
        self.workspace = Workspace()
        self.rates, self.faults = Rates(strict), Faults()
        self.called, self.refused = [], []
        self.webhooks, self.response_urls = Webhooks(self), ResponseUrls(self)
        self.sockets = self.app = Sockets(self)
        self.secret = SECRET
        self.places = {}  # channel's id: the word that every message there gets
        self.open = []

    async def start(self):
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", lambda request:
                             web_api.answer(self, request))
        app.router.add_post("/services/{rest:.*}", self.webhooks.answer)
        app.router.add_post("/response/{rest:.*}", self.response_urls.answer)
        app.router.add_get("/link/", self.sockets.serve)
        self.runner = web.AppRunner(app, access_log=None,
                                    shutdown_timeout=SHUTDOWN_SECONDS)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0, ssl_context=self.tls)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        self.url = f"http{'s' if self.tls else ''}://{self.host}:{port}"
        self.api_url = self.url + "/api"
        return self

    async def close(self):
        await self.sockets.close()
        for opened in self.open:
            await opened.close()
        await self.runner.cleanup()

    async def tell_by_http(self, commands, events, interactive, **more):
        """From now on; the addresses are the app's."""
        self.app = await Http(self.secret, {
            "slash_commands": commands, "events_api": events,
            "interactive": interactive}, **more).start()
        self.open.append(self.app)
        return self.app

    def person(self, name, role=MEMBER, channels=()):
        """Somebody who is in these channels."""
        person = people.add(self, name, role)
        for channel in channels:
            channel.members.add(person.id)
        return person

    def show_acknowledged(self, delivery, channel, user):
        """What an acknowledgement says, it says to who gave the command; or to
        all, if it says so."""
        said = delivery.last.body if delivery.ok else None
        if isinstance(said, str) and said.startswith("{"):
            said = json.loads(said)
        if not said:
            return
        said = said if isinstance(said, dict) else {"text": said}
        workspace = self.workspace
        if said.get("response_type") == "in_channel":
            workspace.post(channel, workspace.user, said, "acknowledgement")
        else:
            workspace.whisper(channel, user.id, workspace.user, said,
                              "acknowledgement")

    def calls(self, name):
        """The arguments of all calls of this."""
        return [said for called, said in self.called if called == name]

    async def comes_to(self, count, what="messages", seconds=SEES_SECONDS):
        """Waits until count(), a function, is true; its value."""
        for _ in range(int(seconds * 20)):
            found = count()
            if found:
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(
            f"no {what}; last calls: "
            + json.dumps(self.called[-5:], ensure_ascii=False)[:2000]
            + f"; refused: {self.refused[-5:]}")
