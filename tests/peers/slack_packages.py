"""Slack's own packages, each a Node process that is told what to do."""

import asyncio
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
PLACE = os.path.abspath("build/peers/slack")
SEES_SECONDS = 20
# A driver and what it has been proved with are loaded from one folder.
ENVIRONMENT = {**os.environ,
               "NODE_PATH": os.path.join(PLACE, "node_modules")}


class PackageError(Exception):
    """What the package threw: its code, and Slack's word."""

    def __init__(self, said):
        super().__init__(f"{said.get('code')}: {said.get('message')}")
        self.code, self.word = said.get("code"), said.get("word")
        self.details = said.get("details")
        self.status, self.needed = said.get("status"), said.get("needed")
        self.retry_after = said.get("retryAfter")


class Package:
    """The name is the package's; the driver is beside us."""

    needs = "build/peers/slack.made"

    def __init__(self, name, driver):
        self.name, self.driver = name, driver

    @property
    def kind(self):
        """As scenarios are called."""
        path = os.path.join(PLACE, "node_modules", self.name, "package.json")
        if not os.path.exists(path):
            return self.name
        with open(path) as file:
            return f"{self.name} {json.load(file)['version']}"

    async def open(self, *arguments):
        return await Process(self.driver, arguments).start()


class Process:
    def __init__(self, driver, arguments):
        self.driver, self.arguments = driver, list(map(str, arguments))
        self.answers, self.calls = {}, 0
        self.told = []
        self.news = asyncio.Condition()

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            "node", os.path.join(HERE, "slack", self.driver), *self.arguments,
            env=ENVIRONMENT, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, limit=16 * 1024 * 1024)
        self.reading = asyncio.create_task(self.read())
        await self.sees("ready")
        return self

    async def close(self):
        self.process.stdin.close()
        await self.process.wait()
        await self.reading

    async def read(self):
        async for line in self.process.stdout:
            said = json.loads(line)
            async with self.news:
                if "told" in said:
                    self.told.append(said)
                else:
                    self.answers.pop(said["id"]).set_result(said)
                self.news.notify_all()
        for waiting in self.answers.values():
            waiting.set_result({"error": {"code": "it has ended"}})

    async def call(self, method, *arguments):
        self.calls += 1
        waiting = asyncio.get_running_loop().create_future()
        self.answers[self.calls] = waiting
        self.process.stdin.write(json.dumps(
            {"id": self.calls, "call": method, "arguments": arguments})
            .encode() + b"\n")
        said = await waiting
        if "error" in said:
            raise PackageError(said["error"])
        return said["result"]

    async def fails(self, method, *arguments):
        """The PackageError that it must throw."""
        try:
            result = await self.call(method, *arguments)
        except PackageError as error:
            return error
        raise AssertionError(f"{method} {arguments} went well: {result}")

    def all_told(self, what):
        return [said for said in self.told if said["told"] == what]

    async def sees(self, what, times=1, seconds=SEES_SECONDS):
        enough = lambda: len(self.all_told(what)) >= times
        async with self.news:
            try:
                await asyncio.wait_for(self.news.wait_for(enough), seconds)
            except asyncio.TimeoutError:
                raise AssertionError(
                    f"{self.driver} never told {times} times of {what}; last: "
                    + json.dumps(self.told[-4:])[:2000]) from None
        return self.all_told(what)


WEBHOOK = Package("@slack/webhook", "webhook.js")
WEB_API = Package("@slack/web-api", "web_api.js")
SOCKET_MODE = Package("@slack/socket-mode", "socket_mode.js")
BOLT = Package("@slack/bolt", "bolt.js")
