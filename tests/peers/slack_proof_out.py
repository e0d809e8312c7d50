"""The made-up Slack, proved by Slack's own packages: what goes out."""

import json

from slack.limits import METADATA_BYTES
from slack_packages import WEB_API, WEBHOOK
from slack_stage import scenario, strict

# Words that a webhook answers where it does not work, and their status.
WEBHOOK_FLAWS = [("no_service", 404), ("no_service_id", 404),
                 ("no_active_hooks", 404), ("no_team", 404),
                 ("team_disabled", 403), ("channel_not_found", 404),
                 ("action_prohibited", 403), ("invalid_token", 403),
                 ("posting_to_general_channel_denied", 403)]
RETRY_SECONDS = 1


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text},
            **more}


def button(action_id, **more):
    return {"type": "button", "action_id": action_id,
            "text": plain("Press"), **more}


def overflow(*options):
    return {"type": "overflow", "action_id": "more", "options":
            [{"text": plain(text), "value": value}
             for text, value in options]}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


# Each message just too much, Slack's word for it, and some of its reason.
TOO_MUCH = [
    ({}, "no_text", ""),
    ({"text": "x" * 3000}, "msg_too_long", ""),
    ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks", "50 items"),
    ({"blocks": [section("x" * 3001)]}, "invalid_blocks", "3001 characters"),
    ({"blocks": [section("")]}, "invalid_blocks", "more than 0"),
    ({"blocks": [{"type": "header", "text": plain("x" * 151)}]},
     "invalid_blocks", "151 characters"),
    ({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]},
     "invalid_blocks", "enum value"),
    ({"blocks": [{"type": "section", "fields": [plain("x")] * 11}]},
     "invalid_blocks", "10 items"),
    ({"blocks": [{"type": "section", "fields": [plain("x" * 2001)]}]},
     "invalid_blocks", "2001 characters"),
    ({"blocks": [{"type": "section"}]}, "invalid_blocks", "field: text"),
    ({"blocks": [{"type": "context", "elements": [plain("x")] * 11}]},
     "invalid_blocks", "10 items"),
    ({"blocks": [{"type": "table"}]}, "invalid_blocks", "unsupported type"),
    ({"blocks": [{"type": "divider", "colour": "red"}]}, "invalid_blocks",
     "additional property: colour"),
    ({"blocks": [actions(*[button(f"b{i}") for i in range(26)])]},
     "invalid_blocks", "25 items"),
    ({"blocks": [actions(button("same"), button("same"))]}, "invalid_blocks",
     "action_id same already exists"),
    ({"blocks": [actions(button("x" * 256))]}, "invalid_blocks",
     "256 characters"),
    ({"blocks": [actions(button("b", value="x" * 2001))]}, "invalid_blocks",
     "2001 characters"),
    ({"blocks": [actions(button("b", url="javascript:x"))]},
     "invalid_blocks", "valid URL"),
    ({"blocks": [actions(button("b", url="https://a.example/" + "x" * 3000))]},
     "invalid_blocks", "3001 characters"),
    ({"blocks": [actions({**button("b"), "text": plain("x" * 76)})]},
     "invalid_blocks", "76 characters"),
    ({"blocks": [section("x", accessory=overflow(
        *[("Save", f"save:{i}") for i in range(6)]))]},
     "invalid_blocks", "5 items"),
    ({"blocks": [section("x", accessory=overflow(("x" * 76, "save")))]},
     "invalid_blocks", "76 characters"),
    ({"blocks": [section("x", accessory=overflow(("Save", "x" * 151)))]},
     "invalid_blocks", "151 characters"),
    ({"blocks": [section("a", block_id="b"), section("b", block_id="b")]},
     "invalid_blocks", "block_id b already exists"),
    ({"blocks": [section("x" * 2900)] * 4}, "msg_blocks_too_long", ""),
    ({"blocks": [{"type": "markdown", "text": "x" * 6001}] * 2},
     "msg_blocks_too_long", ""),
    ({"blocks": {"type": "section"}}, "invalid_blocks_format", ""),
    ({"text": "x", "attachments": [{"text": "x"}] * 101},
     "too_many_attachments", ""),
    ({"text": "x", "metadata": {"event_type": "x"}},
     "invalid_metadata_format", ""),
    ({"text": "x", "metadata": {"event_type": "a b", "event_payload": {}}},
     "invalid_metadata_schema", ""),
    ({"text": "x", "metadata": {"event_type": "a", "event_payload":
                                {"x": "x" * METADATA_BYTES}}},
     "metadata_too_large", ""),
]
# And the most that may be.
JUST_RIGHT = {
    "text": "x" * 2999,
    "blocks": [{"type": "header", "text": plain("x" * 150)},
               section("x" * 3000, accessory=overflow(
                   *[("x" * 75, f"{i}" + "x" * 149) for i in range(5)])),
               actions(*[button(f"b{i}", value="x" * 2000,
                                url="https://a.example/") for i in range(25)]),
               {"type": "context", "elements": [plain("x" * 20)] * 10},
               *[{"type": "divider"}] * 46],
    "metadata": {"event_type": "paperboy_row", "event_payload": {"row": 7}},
}


@scenario(WEBHOOK)
async def a_webhook_takes_a_message_and_refuses_in_a_word(stage, package):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    webhook = slack.webhooks.add(channel)
    there = stage.keep(await package.open())

    assert await there.call("send", webhook.url, "hello") == {"text": "ok"}
    said = {"text": "fall-back", "blocks": [section("*both*")]}
    assert await there.call("send", webhook.url, said) == {"text": "ok"}
    assert [message.text for message in channel.messages] == ["hello",
                                                              "fall-back"]
    for flaw in WEBHOOK_FLAWS:
        webhook.flaw = flaw
        error = await there.fails("send", webhook.url, "hello")
        assert (error.word, error.status) == flaw, error
        assert error.code == "slack_webhook_http_error", error.code
    webhook.flaw = None
    for message, word, _ in [TOO_MUCH[0], TOO_MUCH[2], TOO_MUCH[-4]]:
        error = await there.fails("send", webhook.url, message)
        assert (error.word, error.status) == (word, 400), error.word
    error = await there.fails("send", webhook.url + "x", "hello")
    assert (error.word, error.status) == ("no_service", 404)
    channel.archived = True
    error = await there.fails("send", webhook.url, "hello")
    assert (error.word, error.status) == ("channel_is_archived", 410)
    assert len(channel.messages) == 2


@strict(WEBHOOK)
async def a_webhook_takes_one_message_a_second(stage, package):
    slack = stage.server
    webhook = slack.webhooks.add(slack.workspace.add_channel("papers"))
    there = stage.keep(await package.open())
    await there.call("send", webhook.url, "one")
    error = await there.fails("send", webhook.url, "two")
    assert (error.word, error.status) == ("rate_limited", 429), error
    slack.faults.add("webhook", drop="answer")
    other = slack.webhooks.add(slack.workspace.add_channel("others"))
    error = await there.fails("send", other.url, "three")
    assert error.code == "slack_webhook_request_error", error.code
    assert [message.text for message in other.channel.messages] == ["three"]


async def web_client(stage, package, **channel):
    """A process of the package with the bot's token, and a channel."""
    slack = stage.server
    there = stage.keep(await package.open(slack.api_url,
                                          slack.workspace.bot_token.value))
    return slack, there, slack.workspace.add_channel("papers", **channel)


@scenario(WEB_API)
async def a_message_its_thread_and_its_edits_are_posted(stage, package):
    slack, there, channel = await web_client(stage, package)
    ada = slack.person("ada", channels=[channel])
    who = await there.call("call", "auth.test", {})
    assert who["user_id"] == slack.workspace.user, who
    head = await there.call("call", "chat.postMessage", {
        "channel": channel.id, **JUST_RIGHT})
    reply = await there.call("call", "chat.postMessage", {
        "channel": channel.id, "thread_ts": head["ts"], "text": "one"})
    await there.call("call", "chat.update", {
        "channel": channel.id, "ts": reply["ts"], "text": "two"})
    await there.call("call", "chat.postEphemeral", {
        "channel": channel.id, "user": ada.id, "text": "for you"})

    root, below = channel.messages
    assert (root.blocks, root.text) == (JUST_RIGHT["blocks"],
                                        JUST_RIGHT["text"])
    assert [text for text, _ in below.versions] == ["one", "two"]
    assert below.thread_ts == root.ts
    assert [message.text for message in ada.sees(channel)] == ["for you"]
    read = await there.call("call", "conversations.replies", {
        "channel": channel.id, "ts": root.ts})
    assert [message["ts"] for message in read["messages"]] == [root.ts,
                                                               below.ts]
    assert "metadata" not in read["messages"][0]


@scenario(WEB_API)
async def what_was_posted_is_found_again_by_its_metadata(stage, package):
    slack, there, channel = await web_client(stage, package)
    slack.faults.add("chat.postMessage", drop="answer")
    metadata = {"event_type": "row", "event_payload": {"id": "7.1"}}
    error = await there.fails("call", "chat.postMessage", {
        "channel": channel.id, "text": "lost", "metadata": metadata})
    assert error.code == "slack_webapi_request_error", error.code
    for number in range(6):
        await there.call("call", "chat.postMessage", {
            "channel": channel.id, "text": f"later {number}"})
    pages = await there.call("pages", "conversations.history", {
        "channel": channel.id, "limit": 3, "include_all_metadata": True})
    found = [message for page in pages for message in page["messages"]]
    assert [len(page["messages"]) for page in pages] == [3, 3, 1], pages
    assert [message["text"] for message in found] == [
        *[f"later {number}" for number in range(5, -1, -1)], "lost"]
    assert found[-1]["metadata"] == metadata
    since = await there.call("call", "conversations.history", {
        "channel": channel.id, "oldest": found[2]["ts"]})
    assert [message["text"] for message in since["messages"]] == ["later 5",
                                                                  "later 4"]


@scenario(WEB_API)
async def each_limit_of_a_message_is_kept(stage, package):
    slack, there, channel = await web_client(stage, package)
    for message, word, reason in TOO_MUCH:
        error = await there.fails("call", "chat.postMessage", {
            "channel": channel.id, **message})
        assert error.code == "slack_webapi_platform_error", error
        assert error.word == word, (word, error.word, error.details)
        assert reason in json.dumps(error.details), (reason, error.details)
    assert channel.messages == []
    await there.call("call", "chat.postMessage", {"channel": channel.id,
                                                  **JUST_RIGHT})
    stage.tell(f"{len(TOO_MUCH)} messages refused, each by its own limit")


@scenario(WEB_API)
async def tokens_scopes_and_places_are_refused_by_their_words(stage, package):
    slack, there, channel = await web_client(stage, package)
    post, there_is = "chat.postMessage", {"channel": channel.id, "text": "x"}
    workspace = slack.workspace

    async def refuses(word, method=post, said=there_is, token=None):
        error = await (there.fails("callAs", token, method, said)
                       if token is not None else
                       there.fails("call", method, said))
        assert error.word == word, (word, error.word)
        return error

    await refuses("not_authed", token="")
    await refuses("invalid_auth", token="xoxb-another")
    await refuses("not_allowed_token_type", token=workspace.app_token.value)
    await refuses("not_allowed_token_type", "apps.connections.open", {})
    for word in ("token_revoked", "account_inactive", "token_expired"):
        workspace.bot_token.flaw = word
        await refuses(word)
    workspace.bot_token.flaw = None
    workspace.bot_token.scopes.remove("chat:write")
    assert (await refuses("missing_scope")).needed == "chat:write"
    workspace.bot_token.scopes.add("chat:write")

    elsewhere = workspace.add_channel("elsewhere", with_bot=False)
    secret = workspace.add_channel("secret", private=True, with_bot=False)
    await refuses("channel_not_found", said={"channel": "CNONE", "text": "x"})
    await refuses("not_in_channel", said={"channel": elsewhere.id,
                                          "text": "x"})
    await refuses("channel_not_found", said={"channel": secret.id,
                                             "text": "x"})
    await there.call("call", "conversations.join", {"channel": elsewhere.id})
    await there.call("call", post, {"channel": elsewhere.id, "text": "x"})
    elsewhere.archived = True
    await refuses("is_archived", said={"channel": elsewhere.id, "text": "x"})
    await refuses("unknown_method", "chat.shout", {})


@scenario(WEB_API)
async def what_is_not_there_is_refused_by_its_word(stage, package):
    slack, there, channel = await web_client(stage, package)
    ada = slack.person("ada", channels=[channel])
    by_ada = ada.write(channel, "mine")
    here = {"channel": channel.id}
    for method, said, word in [
            ("chat.update", {"ts": "1.1", "text": "x"}, "message_not_found"),
            ("chat.update", {"ts": by_ada.ts, "text": "x"},
             "cant_update_message"),
            ("chat.postMessage", {"thread_ts": "1.1", "text": "x"},
             "cannot_reply_to_message"),
            ("chat.postEphemeral", {"user": "UNONE", "text": "x"},
             "user_not_in_channel"),
            ("conversations.replies", {"ts": "1.1"}, "thread_not_found"),
            ("conversations.history", {"limit": 1001}, "invalid_limit"),
            ("conversations.history", {"cursor": "x"}, "invalid_cursor"),
            ("users.info", {"user": "UNONE"}, "user_not_found")]:
        error = await there.fails("call", method, {**here, **said})
        assert error.word == word, (method, word, error.word)
    opened = await there.call("call", "conversations.open", {"users": ada.id})
    await there.call("call", "chat.postMessage", {"channel": ada.id,
                                                  "text": "you alone"})
    direct = slack.workspace.channels[opened["channel"]["id"]]
    assert [message.text for message in direct.messages] == ["you alone"]
    known = await there.call("call", "users.info", {"user": ada.id})
    assert known["user"]["is_admin"] is False
    slack.workspace.bot_token.scopes -= {"channels:read", "groups:read"}
    error = await there.fails("call", "conversations.info", here)
    assert error.word == "missing_scope", error
    slack.workspace.bot_token.scopes.add("channels:read")
    told = await there.call("call", "conversations.info", here)
    assert told["channel"]["is_member"] is True


@strict(WEB_API)
async def who_asks_too_often_is_told_to_wait_and_then_heard(stage, package):
    slack, there, channel = await web_client(stage, package)
    said = {"channel": channel.id, "text": "one"}
    await there.call("call", "chat.postMessage", said)
    error = await there.fails("call", "chat.postMessage", said)
    assert error.code == "slack_webapi_rate_limited_error", error.code
    assert error.retry_after == RETRY_SECONDS, error.retry_after
    await there.call("ask", "chat.postMessage", {**said, "text": "two"})
    slack.faults.add("chat.postMessage", times=2, status=503, undone=True)
    await there.call("ask", "chat.postMessage", {**said, "text": "three"})
    assert [message.text for message in channel.messages] == ["one", "two",
                                                              "three"]
    await there.call("callAs", slack.workspace.app_token.value,
                     "apps.connections.open", {})
    error = await there.fails("callAs", slack.workspace.app_token.value,
                              "apps.connections.open", {})
    assert error.code == "slack_webapi_rate_limited_error", error.code
