"""Tells an app by HTTP: docs.slack.dev, "Slash commands", "Events API"
("Error handling"), "Handling user interaction"."""

import asyncio
import json
import time
import urllib.parse

import aiohttp

from . import signing

ANSWER_SECONDS = 3
# At once, after a minute, after five; made shorter here.
RETRY_SECONDS = (0.0, 0.3, 0.9)


class Attempt:
    """status is None where no answer came in time."""

    def __init__(self, status, body, seconds):
        self.status, self.body, self.seconds = status, body, seconds
        self.ok = status is not None and 200 <= status < 300


class Delivery:
    """All attempts to tell one thing; acknowledged if the last of them was."""

    def __init__(self):
        self.attempts = []

    @property
    def ok(self):
        return bool(self.attempts) and self.attempts[-1].ok

    @property
    def last(self):
        return self.attempts[-1]


class Http:
    """urls: by a Told's kind.  source: the address that it comes from."""

    def __init__(self, secret, urls, retry_seconds=RETRY_SECONDS, tls=None,
                 source=None):
        self.secret, self.urls, self.tls = secret, urls, tls
        self.local = source and (source, 0)
        self.retry_seconds = retry_seconds
        self.session = None

    async def start(self):
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True,
                                           local_addr=self.local),
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS))
        return self

    async def close(self):
        await self.session.close()

    @staticmethod
    def encoded(told):
        """Raw body and its type."""
        if told.kind == "events_api":
            return (json.dumps(told.body).encode(),
                    "application/json")
        form = (told.body if told.kind == "slash_commands"
                else {"payload": json.dumps(told.body)})
        return (urllib.parse.urlencode(form).encode(),
                "application/x-www-form-urlencoded")

    async def post(self, url, body, headers):
        began = time.monotonic()
        try:
            async with self.session.post(url, data=body, headers=headers,
                                         ssl=self.tls) as answer:
                said = await answer.read()
                status = answer.status
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            return Attempt(None, repr(error), time.monotonic() - began)
        return Attempt(status, said.decode(errors="replace"),
                       time.monotonic() - began)

    async def attempt(self, told, number=0, reason="http_timeout"):
        body, content_type = self.encoded(told)
        headers = {"Content-Type": content_type,
                   "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
                   **signing.headers(self.secret, body)}
        if number > 0:
            headers |= {"X-Slack-Retry-Num": str(number),
                        "X-Slack-Retry-Reason": reason}
        return await self.post(self.urls[told.kind], body, headers)

    async def tell(self, told):
        delivery = Delivery()
        delivery.attempts.append(await self.attempt(told))
        if not told.again:
            return delivery
        for number, seconds in enumerate(self.retry_seconds, 1):
            if delivery.ok:
                break
            reason = ("http_timeout" if delivery.last.status is None
                      else "http_error")
            await asyncio.sleep(seconds)
            delivery.attempts.append(await self.attempt(told, number, reason))
        return delivery

    async def verify(self, challenge):
        """As when an app's address is put into its settings: the answer."""
        body = json.dumps({"token": "made-up", "challenge": challenge,
                           "type": "url_verification"}).encode()
        return await self.post(self.urls["events_api"], body, {
            "Content-Type": "application/json",
            **signing.headers(self.secret, body)})
