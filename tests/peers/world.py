"""What the scenarios share: a homeserver of each kind, one seed; and a stage
for each, which opens what it needs and closes it again.  A made-up Slack each
has for itself."""

import asyncio
import os
import random
import re
import secrets

import dendrite
import people
from dendrite import Dendrite
from feed import Feed, made_up_papers
from paperboy import Paperboy
from synapse import Synapse

PLACE = os.path.abspath("build/peers/run")
SERVERS = (Synapse, Dendrite)
scenarios = []


class LeftOut(Exception):
    """What a scenario needs is not there."""


class Scenario:
    def __init__(self, run, claim, seconds, beside, client, server):
        self.run, self.claim = run, claim
        self.seconds, self.beside = seconds, beside
        self.client, self.server = client, server


def scenario(seconds=120, beside=False, clients=None, servers=(Synapse,)):
    """Marks a scenario; its name is its claim.  With clients it is run once
    for each kind of Person, which it gets as its second argument; on another
    server than Synapse with the first of them."""
    def add(run):
        def put(words, client, server):
            scenarios.append(Scenario(
                (lambda stage: run(stage, client)) if clients else run,
                run.__name__.replace("_", " ") + words, seconds, beside,
                client, server))
        some = clients or [people.NioPerson]
        for server in servers:
            for client in some[:1] if server is Dendrite else some:
                words = f", {client.kind}" if clients else ""
                if server is Dendrite:
                    words = f", on {server.kind}"
                put(words, client, server)
        return run
    return add


class World:
    def __init__(self, chosen):
        self.seed = int(os.environ.get("PEERS_SEED") or
                        secrets.randbelow(1 << 31))
        self.names = 0
        self.servers = {}
        self.building = None
        if any(scenario.server is Dendrite for scenario in chosen):
            self.building = asyncio.create_task(dendrite.build())
        print(f"PEERS_SEED={self.seed} repeats what is left to chance")

    async def server(self, kind):
        """The one of this kind that scenarios share, started when wanted."""
        if kind is Dendrite and not await self.building:
            raise LeftOut("there is no Dendrite")
        if kind not in self.servers:
            self.servers[kind] = asyncio.create_task(
                kind(os.path.join(PLACE, kind.kind)).start())
        return await self.servers[kind]

    async def close(self):
        for starting in self.servers.values():
            await (await starting).close()


class Stage:
    def __init__(self, all_of_it, scenario):
        self.world = all_of_it
        self.scenario = scenario
        self.server = None
        self.chance = random.Random(f"{all_of_it.seed} {scenario.claim}")
        self.place = os.path.join(PLACE, self.name(
            re.sub("[^a-z0-9]+", "-", scenario.claim.lower())[:60] + "-"))
        self.figures = []
        self.open = []
        os.makedirs(self.place, exist_ok=True)

    async def set(self):
        kind = self.scenario.server
        self.server = (await self.world.server(kind) if kind in SERVERS
                       else self.keep(await kind().start()))
        if not os.path.exists(self.scenario.client.needs):
            raise LeftOut(f"there is no {self.scenario.client.kind}")

    def tell(self, figure):
        """A line below the scenario's own."""
        self.figures.append(figure)

    def keep(self, opened):
        """Closed at the end, in reverse order."""
        self.open.append(opened)
        return opened

    async def close(self):
        complaint = None
        for opened in reversed(self.open):
            try:
                await opened.close()
            except Exception as error:
                complaint = complaint or error
        if complaint:
            raise complaint

    def name(self, word):
        """Nobody else's on a shared server."""
        self.world.names += 1
        return f"{word}{self.world.names}"

    async def person(self, kind=people.NioPerson, word="reader", server=None):
        server = server or self.server
        login = await server.register(self.name(word))
        return self.keep(await kind(login, server.url).open())

    async def device(self, login, server=None, kind=people.NioPerson):
        """Another device of the same login."""
        server = server or self.server
        return self.keep(await kind(await server.log_in(login),
                                    server.url).open())

    async def feed(self, papers=None):
        return self.keep(await Feed(papers or made_up_papers(12)).start())

    def paperboy(self, feed, sections):
        place = os.path.join(self.place, self.name("bot"))
        return self.keep(Paperboy(place, feed, sections))
