"""The methods an app calls: docs.slack.dev, "Web API" and each method's page.

Answers are HTTP 200 whatever they say, but for 429.  JSON is read by methods
that write; those that only read take forms and queries, as the oldest of Slack
do.
"""

import json

from aiohttp import web

from .refusal import Refusal

methods = {}
STRUCTURES = ("blocks", "attachments", "metadata", "unfurls")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Method:
    def __init__(self, act, name, scopes, writes, tier, token, needs):
        self.act, self.name, self.scopes = act, name, scopes
        self.writes, self.tier = writes, tier
        self.token, self.needs = token, needs


def method(name, scopes=(), writes=False, tier=None, token="xoxb-", needs=()):
    """Marks what answers it: a function of the Slack and the arguments that
    returns what stands beside "ok".  Any one of the scopes will do."""
    def add(act):
        methods[name] = Method(act, name, scopes, writes, tier, token, needs)
        return act
    return add


async def body_of(request, writes):
    """Its arguments; whether they came as JSON."""
    if request.content_type == JSON:
        try:
            said = json.loads(await request.text() or "{}")
        except ValueError:
            raise Refusal("invalid_json") from None
        if not isinstance(said, dict):
            raise Refusal("json_not_object")
        return (said if writes else {}), True
    if request.content_type in (FORM, "multipart/form-data"):
        return dict(await request.post()), False
    if await request.read():
        raise Refusal("invalid_post_type")
    return {}, False


def structured(name, value):
    """In a form it is JSON within."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal("invalid_blocks_format" if name == "blocks" else
                      "invalid_metadata_format" if name == "metadata" else
                      "invalid_arguments") from None


async def arguments_of(request, writes):
    said, is_json = await body_of(request, writes)
    said = {**request.query, **said}
    if is_json:
        said.pop("token", None)
    return {name: structured(name, value) if name in STRUCTURES else value
            for name, value in said.items() if value is not None}


def token_of(slack, request, said, wanted):
    """The token that the call came with; raises a Refusal."""
    named = request.headers.get("Authorization", "")
    value = (named[7:] if named.startswith("Bearer ")
             else said.pop("token", ""))
    if not value:
        raise Refusal("not_authed")
    for token in (slack.workspace.bot_token, slack.workspace.app_token):
        if token.value == value:
            if token.flaw:
                raise Refusal(token.flaw)
            if wanted and not value.startswith(wanted):
                raise Refusal("not_allowed_token_type")
            return token
    raise Refusal("invalid_auth")


def check_call(slack, token, called, said):
    if called.scopes and not token.scopes & set(called.scopes):
        raise Refusal("missing_scope", needed=",".join(called.scopes),
                      provided=",".join(sorted(token.scopes)))
    for name in called.needs:
        if not said.get(name):
            raise Refusal("channel_not_found" if name == "channel" else
                          "invalid_arguments", response_metadata={"messages": [
                              f"[ERROR] missing required field: {name}"]})


def refused(refusal):
    more = dict(refusal.more)
    wait = more.pop("retry_after", None)
    if refusal.error == "ratelimited" or wait is not None:
        return web.json_response({"ok": False, "error": refusal.error},
                                 status=429,
                                 headers={"Retry-After": str(wait or 1)})
    return web.json_response({"ok": False, "error": refusal.error, **more})


async def answer(slack, request):
    name = request.match_info["method"]
    try:
        called = methods.get(name)
        if called is None:
            raise Refusal("unknown_method", req_method=name)
        said = await arguments_of(request, called.writes)
        token = token_of(slack, request, said, called.token)
        slack.called.append((name, said))

        async def act():
            slack.rates.take_call(name, called.tier)
            check_call(slack, token, called, said)
            return web.json_response({"ok": True,
                                      **called.act(slack, said)},
                                     headers={"X-OAuth-Scopes": ",".join(
                                         sorted(token.scopes))})
        return await slack.faults.meet(name, request, act)
    except Refusal as refusal:
        slack.refused.append((name, refusal.error))
        return refused(refusal)


def is_true(value):
    return value in (True, "true", "1", 1)


def number(said, name, least, most, default):
    try:
        value = int(said.get(name, default))
    except (TypeError, ValueError):
        raise Refusal("invalid_arguments") from None
    if not least <= value <= most:
        raise Refusal("invalid_limit")
    return value
