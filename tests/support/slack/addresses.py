"""Addresses that are secrets: incoming webhooks, and where a command or a
press of a button may be answered.  docs.slack.dev, "Sending messages using
incoming webhooks", "Handling user interaction: message responses"."""

import json
import secrets
import time

from aiohttp import web

from .limits import check_message
from .refusal import Refusal

USES, SECONDS = 5, 30 * 60
WORDS = {"is_archived": ("channel_is_archived", 410),
         "msg_too_long": ("msg_too_long", 400),
         "msg_blocks_too_long": ("invalid_blocks", 400),
         "invalid_blocks_format": ("invalid_blocks", 400)}


async def message_of(request):
    """A JSON body, or a form whose payload is JSON."""
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            said = json.loads((await request.post())["payload"])
        else:
            said = json.loads(await request.text())
    except (ValueError, KeyError):
        raise Refusal("invalid_payload") from None
    if not isinstance(said, dict):
        raise Refusal("invalid_payload")
    return said


def refused(refusal):
    error, status = WORDS.get(refusal.error, (refusal.error, refusal.status))
    wait = refusal.more.get("retry_after")
    return web.Response(text=error, status=status,
                        headers={"Retry-After": str(wait)} if wait else {})


class Webhook:
    """flaw: (word, status) that every message gets, ("no_service", 404)."""

    def __init__(self, channel, url):
        self.channel, self.url, self.flaw = channel, url, None


class Webhooks:
    def __init__(self, slack):
        self.slack, self.known = slack, {}

    def add(self, channel):
        workspace = self.slack.workspace
        path = f"/services/{workspace.team}/{workspace.id('B')}/" \
               + secrets.token_urlsafe(18)
        self.known[path] = Webhook(channel, self.slack.url + path)
        return self.known[path]

    async def answer(self, request):
        try:
            said = await message_of(request)
            self.slack.called.append(("webhook", said))
            return await self.slack.faults.meet(
                "webhook", request, lambda: self.post(request.path, said))
        except Refusal as refusal:
            self.slack.refused.append(("webhook", refusal.error))
            return refused(refusal)

    async def post(self, path, said):
        webhook = self.known.get(path)
        if webhook is None:
            raise Refusal("no_service", 404)
        if webhook.flaw:
            raise Refusal(*webhook.flaw)
        if webhook.channel.archived:
            raise Refusal("is_archived")
        check_message(said)
        self.slack.rates.take_message(webhook.url, "rate_limited")
        said = {key: said.get(key) for key in ("text", "blocks",
                                               "unfurl_links", "unfurl_media")}
        self.slack.workspace.post(webhook.channel, self.slack.workspace.user,
                                  said, "webhook")
        return web.Response(text="ok")


class ResponseUrl:
    """Where one command, or one press of a button on a message, is answered."""

    def __init__(self, url, channel, user, message):
        self.url, self.channel, self.user = url, channel, user
        self.message, self.uses = message, 0
        self.made = time.monotonic()


class ResponseUrls:
    def __init__(self, slack):
        self.slack, self.known, self.seconds = slack, {}, SECONDS

    def add(self, channel, user, message=None):
        kind = "actions" if message else "commands"
        path = (f"/response/{kind}/{self.slack.workspace.team}/"
                + secrets.token_urlsafe(18))
        self.known[path] = ResponseUrl(self.slack.url + path, channel, user,
                                       message)
        return self.known[path]

    async def answer(self, request):
        try:
            said = await message_of(request)
            self.slack.called.append(("response_url", said))
            return await self.slack.faults.meet(
                "response_url", request, lambda: self.use(request.path, said))
        except Refusal as refusal:
            self.slack.refused.append(("response_url", refusal.error))
            more = {key: value for key, value in refusal.more.items()
                    if key != "retry_after"}
            wait = refusal.more.get("retry_after")
            return web.json_response(
                {"ok": False, "error": refusal.error, **more},
                status=refusal.status,
                headers={"Retry-After": str(wait)} if wait else {})

    async def use(self, path, said):
        url = self.known.get(path)
        if url is None:
            raise Refusal("invalid_url", 404)
        if time.monotonic() - url.made > self.seconds:
            raise Refusal("expired_url", 404)
        if url.uses >= USES:
            raise Refusal("used_url", 404)
        self.show(url, said)
        url.uses += 1
        return web.Response(text="ok")

    def show(self, url, said):
        if said.get("delete_original"):
            return self.delete(url)
        check_message(said)
        kind = said.get("response_type", "ephemeral")
        if kind not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_arguments")
        if said.get("replace_original") and url.message is not None:
            return url.message.say(said)
        post = self.slack.workspace.post
        if kind == "ephemeral":
            self.slack.workspace.whisper(url.channel, url.user.id,
                                         self.slack.workspace.user, said,
                                         "response_url")
        else:
            post(url.channel, self.slack.workspace.user, said, "response_url")

    def delete(self, url):
        for shown in (url.channel.messages, url.channel.whispers):
            if url.message in shown:
                shown.remove(url.message)
