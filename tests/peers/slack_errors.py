"""What the bot says when Slack says no."""

from slack_bot import account, account_by_socket, room
from slack_stage import scenario

# A word about the token, and what paperboy check must say would help.
TOKEN_WORDS = {
    "invalid_auth": "token is the app's Bot User OAuth Token",
    "token_revoked": "install the app into the workspace again",
    "token_expired": "switch token rotation off",
    "account_inactive": "install it again",
    "org_login_required": "try again",
    "ekm_access_denied": "administrators",
    "team_access_not_granted": "administrator",
}
# A word about the place, and what the outbox must say.
PLACE_WORDS = {
    "is_archived": "unarchive it",
    "restricted_action": "administrator",
    "restricted_action_read_only_channel": "channel's settings",
    "restricted_action_thread_only_channel": "set room to another",
    "posting_to_general_channel_denied": "administrator",
    "channel_not_found": "/invite",
    "missing_scope": "chat:write",
    "not_allowed_token_type": "xoxb-",
    "is_inactive": "administrator",
    "access_denied": "administrator",
}


@scenario()
async def check_explains_what_is_wrong_with_a_token(stage):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    feed = await stage.feed()
    paperboy = stage.paperboy(feed, [account(slack), room("papers", channel)])
    await paperboy.tell("check")
    for word, remedy in TOKEN_WORDS.items():
        slack.workspace.bot_token.flaw = word
        code, out, complaint = await paperboy.ask("check")
        told = out + complaint
        assert code == 1 and word in told and remedy in told, told
        assert slack.workspace.bot_token.value not in told
    slack.workspace.bot_token.flaw = None
    await paperboy.tell("check")


@scenario()
async def check_posts_a_line_or_says_why_not(stage):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    feed = await stage.feed()
    paperboy = stage.paperboy(feed, [account(slack), room("papers", channel)])
    await paperboy.tell("check", "--post")
    [message] = channel.messages
    assert "A test from Paperboy" in message.text or "测试" in message.text
    channel.archived = True
    code, out, complaint = await paperboy.ask("check", "--post")
    assert code == 1 and "unarchive it" in out + complaint, out + complaint


@scenario()
async def check_looks_at_a_channel_without_posting(stage):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    feed = await stage.feed()
    paperboy = stage.paperboy(feed, [account(slack), room("papers", channel)])
    said = await paperboy.tell("check")
    assert "channel papers: can be posted to" in said, said
    channel.archived = True
    for word, remedy in (("is_archived", "unarchive it"),
                         ("channel_not_found", "/invite")):
        code, out, complaint = await paperboy.ask("check")
        told = out + complaint
        assert code == 1 and word in told and remedy in told, told
        channel.archived, channel.private = False, True
        channel.members.discard(slack.workspace.user)
    slack.workspace.bot_token.scopes -= {"channels:read", "groups:read"}
    said = await paperboy.tell("check")
    assert "not known without posting" in said, said
    assert channel.messages == [], channel.messages


@scenario()
async def check_explains_what_is_wrong_with_the_token_of_socket_mode(stage):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    paperboy = stage.paperboy(await stage.feed(), [
        account_by_socket(slack), room("papers", channel)])
    await paperboy.tell("check")
    for word in ("invalid_auth", "token_revoked", "missing_scope"):
        slack.workspace.app_token.flaw = word
        code, out, complaint = await paperboy.ask("check")
        told = out + complaint
        assert code == 1 and word in told and "xapp-" in told, told
        assert slack.workspace.app_token.value not in told


@scenario()
async def check_says_that_there_is_no_slack_at_an_address(stage):
    slack = stage.server
    channel = slack.workspace.add_channel("papers")
    feed = await stage.feed()
    paperboy = stage.paperboy(feed, [
        account(slack, api_url=slack.url + "/elsewhere"),
        room("papers", channel)])
    code, out, complaint = await paperboy.ask("check")
    assert code == 1 and "api" in (out + complaint).lower(), out + complaint


@scenario()
async def a_refused_message_is_parked_with_its_remedy(stage):
    slack = stage.server
    words = list(PLACE_WORDS)
    channels = [slack.workspace.add_channel(word) for word in words]
    feed = await stage.feed()
    paperboy = await stage.paperboy(feed, [account(slack)] + [
        room(word.replace("_", "-"), channel)
        for word, channel in zip(words, channels)]).age_channels()

    for channel in channels:
        slack.places[channel.id] = channel.name
    await paperboy.start()
    await slack.comes_to(lambda: len(slack.refused) >= len(words), "refusals")
    await paperboy.close()
    rows = {row["channel"]: row for row in await paperboy.outbox()}
    for word, remedy in PLACE_WORDS.items():
        row = rows[word.replace("_", "-")]
        assert row["state"] == "parked", row
        assert word in row["complaint"] and remedy in row["complaint"], row
    assert len(slack.refused) == len(words), slack.refused
