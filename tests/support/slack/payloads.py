"""What an app is told, in Slack's own form: docs.slack.dev, "Slash commands",
"Events API", "Interaction payloads"."""

import time

# As the outdated token, which nobody should look at.
VERIFICATION = "made-up-verification-token"


class Told:
    """One thing to tell an app.  kind is a Socket Mode envelope's; an event is
    told again where nobody answers."""

    def __init__(self, kind, body):
        self.kind, self.body = kind, body
        self.again = kind == "events_api"


def command(slack, user, channel, name, text):
    workspace = slack.workspace
    return Told("slash_commands", {
        "token": VERIFICATION, "team_id": workspace.team,
        "team_domain": workspace.domain, "channel_id": channel.id,
        "channel_name": channel.name, "user_id": user.id,
        "user_name": user.name, "command": name, "text": text,
        "api_app_id": workspace.app_id, "is_enterprise_install": "false",
        "response_url": slack.response_urls.add(channel, user).url,
        "trigger_id": trigger(workspace)})


def trigger(workspace):
    workspace.made += 1
    return f"{workspace.made}.{time.time_ns()}.made-up"


def event(slack, said):
    workspace = slack.workspace
    return Told("events_api", {
        "token": VERIFICATION, "team_id": workspace.team,
        "api_app_id": workspace.app_id, "event": said,
        "type": "event_callback", "event_id": workspace.id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [{"enterprise_id": None, "team_id": workspace.team,
                            "user_id": workspace.user, "is_bot": True,
                            "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": "4-made-up"})


def mention(slack, message):
    said = {"client_msg_id": slack.workspace.id("M"), "type": "app_mention",
            "text": message.text, "user": message.user, "ts": message.ts,
            "team": slack.workspace.team, "channel": message.channel.id,
            "event_ts": message.ts}
    if message.thread_ts:
        said |= {"thread_ts": message.thread_ts}
    return event(slack, said)


def reaction(slack, user, message, name, kind):
    """kind: "reaction_added" or "reaction_removed"."""
    return event(slack, {
        "type": kind, "user": user.id, "reaction": name,
        "item": {"type": "message", "channel": message.channel.id,
                 "ts": message.ts},
        "item_user": message.user, "event_ts": slack.workspace.ts()})


def membership(slack, user, channel, kind, inviter=None):
    """kind: "member_joined_channel" or "member_left_channel"."""
    said = {"type": kind, "user": user, "channel": channel.id,
            "channel_type": "G" if channel.private else "C",
            "team": slack.workspace.team, "event_ts": slack.workspace.ts()}
    if inviter is not None:
        said["inviter"] = inviter.id
    return event(slack, said)


def press(slack, user, message, block, action):
    """A press of what stands in a block of a message."""
    workspace, channel = slack.workspace, message.channel
    container = {"type": "message", "message_ts": message.ts,
                 "channel_id": channel.id,
                 "is_ephemeral": message.ephemeral_to is not None}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    said = {
        "type": "block_actions", "token": VERIFICATION,
        "user": {"id": user.id, "username": user.name, "name": user.name,
                 "team_id": workspace.team},
        "api_app_id": workspace.app_id, "container": container,
        "trigger_id": trigger(workspace),
        "team": {"id": workspace.team, "domain": workspace.domain},
        "enterprise": None, "is_enterprise_install": False,
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": {}},
        "response_url": slack.response_urls.add(channel, user, message).url,
        "actions": [{**action, "block_id": block,
                     "action_ts": workspace.ts()}]}
    if message.ephemeral_to is None:
        said["message"] = message.shown(workspace)
    return Told("interactive", said)
