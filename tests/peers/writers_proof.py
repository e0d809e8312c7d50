"""The made-up chat endpoint, proved by OpenAI's own Python package before the bot
meets it."""

import asyncio
import json
import os

import world
from writers.chat_server import TEXTS, ChatServer

HERE = os.path.dirname(os.path.abspath(__file__))

# What each of the endpoint's ways is for the package: its exception, or what it
# reads.
ERRORS = {"429": ("RateLimitError", "rate_limit_exceeded"),
          "500": ("InternalServerError", "server_error"),
          "401": ("AuthenticationError", "invalid_api_key"),
          "silence": ("APITimeoutError", None),
          "hang up": ("APIConnectionError", None)}
FINISHES = {"cut": "length", "filtered": "content_filter"}


class OpenAIClient:
    kind = "the package openai"
    needs = "build/peers/openai.made"


class Client:
    async def start(self, url):
        self.process = await asyncio.create_subprocess_exec(
            os.path.abspath("build/peers/openai/bin/python"),
            os.path.join(HERE, "writers", "openai_client.py"), url,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            limit=32 * 1024 * 1024)
        self.hello = json.loads(await self.process.stdout.readline())
        return self

    async def ask(self, **question):
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        return json.loads(await self.process.stdout.readline())

    async def close(self):
        self.process.stdin.close()
        assert await self.process.wait() == 0


def numbered(behaviours):
    """A table with a number for each way, and the numbers."""
    numbers = {way: str(100 + i) for i, way in enumerate(behaviours)}
    return {number: (way,) for way, number in numbers.items()}, numbers


@world.scenario(clients=[OpenAIClient], servers=(ChatServer,))
async def the_made_up_chat_endpoint_speaks_the_protocol(stage, kind):
    server = stage.server
    server.table, numbers = numbered([*TEXTS, *ERRORS, *FINISHES, "refusal"])
    client = stage.keep(await Client().start(server.url))
    assert client.hello["models"] == ["made-up-1"], client.hello
    stage.tell(f"openai {client.hello['version']}")
    for way, number in numbers.items():
        said = await client.ask(number=number, schema=True, timeout=2)
        if way in ERRORS:
            assert [said["error"], said["code"]] == list(ERRORS[way]), said
        elif way == "refusal":
            assert said["content"] is None and said["refusal"], said
        elif way in FINISHES:
            assert said["finish"] == FINISHES[way], said
        else:
            assert said["content"] == TEXTS[way](), said
            assert said["finish"] == "stop" and said["tokens"] == [800, 90]
        if way == "429":
            assert said["retry_after"] == "2", said
    assert server.refused == [], server.refused


@world.scenario(clients=[OpenAIClient], servers=(ChatServer,))
async def what_is_no_proper_question_is_refused_as_openai_does(stage, kind):
    server = stage.server
    server.schemas = False
    client = stage.keep(await Client().start(server.url))
    said = await client.ask(number="1", schema=True)
    assert said["error"] == "BadRequestError", said
    said = await client.ask(number="1", model="another")
    assert said["error"] == "NotFoundError", said
    said = await client.ask(number="1", wrong_key=True)
    assert said["error"] == "AuthenticationError", said
    said = await client.ask(number="1")
    assert said["content"] == TEXTS["well"](), said
