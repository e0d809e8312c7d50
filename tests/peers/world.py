"""What the scenarios share: one Synapse, one seed; and a stage for each, which
opens what it needs and closes it again."""

import os
import random
import re
import secrets

import people
from feed import Feed, made_up_papers
from paperboy import Paperboy
from synapse import Synapse

PLACE = os.path.abspath("build/peers/run")
scenarios = []


class Scenario:
    def __init__(self, run, claim, seconds, beside, client=people.NioPerson):
        self.run, self.claim = run, claim
        self.seconds, self.beside = seconds, beside
        self.client = client

    def can_run(self):
        return os.path.exists(self.client.needs)


def scenario(seconds=120, beside=False, clients=None):
    """Marks a scenario; its name is its claim.  With clients it is run once
    for each kind of Person, which it gets as its second argument."""
    def add(run):
        claim = run.__name__.replace("_", " ")
        if clients is None:
            scenarios.append(Scenario(run, claim, seconds, beside))
        for client in clients or ():
            scenarios.append(Scenario(
                lambda stage, client=client: run(stage, client),
                f"{claim}, {client.kind}", seconds, beside, client))
        return run
    return add


class World:
    async def start(self):
        self.seed = int(os.environ.get("PEERS_SEED") or
                        secrets.randbelow(1 << 31))
        self.names = 0
        self.synapse = await Synapse(os.path.join(PLACE, "synapse")).start()
        print(f"Synapse on {self.synapse.url}; PEERS_SEED={self.seed}")

    async def close(self):
        await self.synapse.close()


class Stage:
    def __init__(self, all_of_it, scenario):
        self.world = all_of_it
        self.synapse = all_of_it.synapse
        self.chance = random.Random(f"{all_of_it.seed} {scenario.claim}")
        self.place = os.path.join(
            PLACE, re.sub("[^a-z0-9]+", "-", scenario.claim.lower())[:60])
        self.figures = []
        self.open = []
        os.makedirs(self.place, exist_ok=True)

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
        """Nobody else's on the shared Synapse."""
        self.world.names += 1
        return f"{word}{self.world.names}"

    async def person(self, kind=people.NioPerson, word="reader", server=None):
        server = server or self.synapse
        login = await server.register(self.name(word))
        return self.keep(await kind(login, server.url).open())

    async def device(self, login, server=None, kind=people.NioPerson):
        """Another device of the same login."""
        server = server or self.synapse
        return self.keep(await kind(await server.log_in(login),
                                    server.url).open())

    async def feed(self, papers=None):
        return self.keep(await Feed(papers or made_up_papers(12)).start())

    def paperboy(self, feed, sections):
        return self.keep(Paperboy(os.path.join(self.place, "bot"), feed.url,
                                  sections))
