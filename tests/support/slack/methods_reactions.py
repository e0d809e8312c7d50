"""reactions.*: the marks below a message."""

import re

from .refusal import Refusal
from .web_api import method

NEEDS = ["channel", "timestamp", "name"]


def marked(slack, said):
    """The message it is about."""
    workspace = slack.workspace
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", said["name"]):
        raise Refusal("invalid_name")
    channel = workspace.channel(said["channel"], workspace.user)
    message = channel.find(said["timestamp"])
    if message is None:
        raise Refusal("message_not_found")
    return message


@method("reactions.add", ["reactions:write"], writes=True, tier=3, needs=NEEDS)
def add(slack, said):
    message = marked(slack, said)
    users = message.reactions.setdefault(said["name"], [])
    if slack.workspace.user in users:
        raise Refusal("already_reacted")
    users.append(slack.workspace.user)
    return {}


@method("reactions.remove", ["reactions:write"], writes=True, tier=2,
        needs=NEEDS)
def remove(slack, said):
    message = marked(slack, said)
    users = message.reactions.get(said["name"], [])
    if slack.workspace.user not in users:
        raise Refusal("no_reaction")
    users.remove(slack.workspace.user)
    if not users:
        del message.reactions[said["name"]]
    return {}


@method("reactions.get", ["reactions:read"], tier=3,
        needs=["channel", "timestamp"])
def get(slack, said):
    channel = slack.workspace.channel(said["channel"], slack.workspace.user)
    message = channel.find(said["timestamp"])
    if message is None:
        raise Refusal("message_not_found")
    return {"type": "message", "channel": channel.id,
            "message": message.shown(slack.workspace)}
