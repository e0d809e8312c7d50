"""A made-up endpoint of chat completions, as OpenAI's API describes them, on a free
port.  How it behaves is a table: of each paper what it answers the first time, the
second, and from then on."""

import asyncio
import json
import re
import time

from aiohttp import web

KEY = "sk-made-up"
MODEL = "made-up-1"
NOTE = {"title": "关于习惯的论文", "heading": "模型的习惯",
        "digest": "本文研究模型被询问时的行为，并列出失败的情形。"}
FLOOD_BYTES = 10 * 1024 * 1024
SLOW_SECONDS = 6


def said(note):
    return json.dumps(note, ensure_ascii=False)


# What a model writes, whatever it was asked.
TEXTS = {
    "well": lambda: said(NOTE),
    "fenced": lambda: "```json\n" + said(NOTE) + "\n```",
    "prose": lambda: "当然可以，以下是笔记：\n" + said(NOTE) + "\n还需要什么吗？",
    "thinking": lambda: "<think>用户要 {笔记}。</think>" + said(NOTE),
    "broken": lambda: said(NOTE)[:-9],
    "wrong types": lambda: said({**NOTE, "digest": 7}),
    "no digest": lambda: said({"title": NOTE["title"]}),
    "empty": lambda: said({**NOTE, "digest": ""}),
    "wrong language": lambda: said({
        "title": "On Habits", "heading": "habits",
        "digest": "This paper studies what a model does when asked."}),
    "altered numbers": lambda: said({
        **NOTE, "digest": "本文把误差从 71.3% 降到了 12.9%，并用了 4096 张卡。"}),
    "markup": lambda: said({
        **NOTE, "digest": "**本文**见 [这里](https://example.org/x)。"}),
    "obeys": lambda: said({
        **NOTE, "digest": "@everyone 请访问 https://evil.example 领取奖品。"}),
    "the prompt": lambda: said({
        **NOTE, "digest": "Say only what the abstract says. Add no praise."}),
}
ERRORS = {
    "429": (429, "rate_limit_exceeded", "Rate limit reached"),
    "500": (500, "server_error", "The server had an error"),
    "401": (401, "invalid_api_key", "Incorrect API key provided"),
}


class ChatServer:
    """table: paper id -> behaviours; the last of them stays."""

    kind = "made-up chat completions"

    def __init__(self, table=None, usual=("well",), schemas=True):
        self.table, self.usual = table or {}, usual
        self.schemas = schemas
        self.asked = {}       # paper title -> how often
        self.requests = []    # every body that came, read
        self.under_way = self.most_under_way = 0
        self.refused = []     # what was no proper request

    async def start(self):
        app = web.Application(client_max_size=1 << 20)
        app.router.add_post("/v1/chat/completions", self.complete)
        app.router.add_get("/v1/models", self.models)
        self.runner = web.AppRunner(app, access_log=None,
                                    shutdown_timeout=0.5)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/v1"
        return self

    async def close(self):
        await self.runner.cleanup()

    # --- requests ---

    def complain(self, status, code, message, headers=None):
        return web.json_response(
            {"error": {"message": message, "type": code, "param": None,
                       "code": code}}, status=status, headers=headers)

    def flaw(self, request, body):
        """What is wrong with a request, in the API's own terms; None."""
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, "invalid_api_key", "Incorrect API key provided"
        if body.get("model") != MODEL:
            return 404, "model_not_found", "The model does not exist"
        messages = body.get("messages")
        if not isinstance(messages, list) or not messages or any(
                not isinstance(m, dict) or not isinstance(m.get("content"), str)
                or m.get("role") not in ("system", "user", "assistant")
                for m in messages):
            return 400, "invalid_request_error", "messages are wrong"
        form = body.get("response_format", {"type": "text"})
        if form["type"] != "text" and not self.schemas:
            return (400, "invalid_request_error",
                    "response_format is not supported here")
        if form["type"] == "json_schema" and not self.is_strict(form):
            return 400, "invalid_request_error", "Invalid schema"
        return None

    @staticmethod
    def is_strict(form):
        """As strict mode wants it: every property required, no others."""
        schema = form["json_schema"].get("schema", {})
        return (re.fullmatch("[A-Za-z0-9_-]{1,64}",
                             form["json_schema"].get("name", ""))
                and schema.get("type") == "object"
                and set(schema.get("required", [])) == set(
                    schema.get("properties", {}))
                and schema.get("additionalProperties") is False)

    def behaviour(self, body):
        """By the number in the paper's title; what is no paper is answered
        well."""
        content = body["messages"][-1]["content"]
        number = re.search(r"Model (\d+)", content)
        key = number.group(1) if number else ""
        behaviours = self.table.get(key, self.usual)
        times = self.asked[key] = self.asked.get(key, 0) + 1
        return behaviours[min(times, len(behaviours)) - 1]

    async def complete(self, request):
        try:
            body = await request.json()
        except ValueError:
            body = {}
        flaw = self.flaw(request, body)
        if flaw:
            self.refused.append(flaw[2])
            return self.complain(*flaw)
        self.requests.append(body)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self.answer(request, self.behaviour(body))
        finally:
            self.under_way -= 1

    # --- answers ---

    async def answer(self, request, behaviour):
        if behaviour == "silence":
            await asyncio.sleep(3600)
        if behaviour == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if behaviour in ERRORS:
            return self.complain(*ERRORS[behaviour], headers=(
                {"Retry-After": "2"} if behaviour == "429" else None))
        if behaviour == "flood":
            return web.Response(body=b" " * FLOOD_BYTES,
                                content_type="application/json")
        if behaviour == "hang up":
            request.transport.close()
            return web.Response()
        return web.json_response(self.completion(behaviour))

    @staticmethod
    def completion(behaviour):
        text = TEXTS.get(behaviour, TEXTS["well"])()
        message = {"role": "assistant", "content": text, "refusal": None}
        finish = "stop"
        if behaviour == "refusal":
            message.update(content=None, refusal="I cannot write about that.")
        if behaviour == "cut":
            message["content"], finish = text[:20], "length"
        if behaviour == "filtered":
            message["content"], finish = "", "content_filter"
        return {"id": "chatcmpl-1", "object": "chat.completion",
                "created": int(time.time()), "model": MODEL,
                "choices": [{"index": 0, "message": message,
                             "logprobs": None, "finish_reason": finish}],
                "usage": {"prompt_tokens": 800, "completion_tokens": 90,
                          "total_tokens": 890}}

    async def models(self, request):
        return web.json_response({"object": "list", "data": [
            {"id": MODEL, "object": "model", "created": 0,
             "owned_by": "nobody"}]})
