"""What an app asks: who it is, what was said, who somebody is."""

import base64

from .refusal import Refusal
from .web_api import is_true, method, number

HISTORY = ["channels:history", "groups:history", "im:history"]


@method("auth.test", token=None)
def auth_test(slack, said):
    workspace = slack.workspace
    return {"url": f"https://{workspace.domain}.slack.com/",
            "team": workspace.domain, "team_id": workspace.team,
            "user": workspace.users[workspace.user].name,
            "user_id": workspace.user, "bot_id": workspace.bot_id,
            "is_enterprise_install": False}


def joined(slack, said):
    """A channel that it may read."""
    workspace = slack.workspace
    channel = workspace.channel(said["channel"], workspace.user)
    if workspace.user not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def within(said):
    """Fits what lies between oldest and latest."""
    oldest = float(said.get("oldest") or 0)
    latest = float(said.get("latest") or "inf")
    if is_true(said.get("inclusive")):
        return lambda message: oldest <= float(message.ts) <= latest
    return lambda message: oldest < float(message.ts) < latest


def page(slack, said, found):
    """So many of the messages, and where the next are."""
    limit = number(said, "limit", 1, 999, 100)
    start = 0
    if said.get("cursor"):
        try:
            start = int(base64.b64decode(said["cursor"]).decode()
                        .removeprefix("next:"))
        except ValueError:
            raise Refusal("invalid_cursor") from None
    metadata = is_true(said.get("include_all_metadata"))
    answer = {"messages": [message.shown(slack.workspace, metadata)
                           for message in found[start:start + limit]],
              "has_more": len(found) > start + limit}
    if answer["has_more"]:
        cursor = base64.b64encode(f"next:{start + limit}".encode()).decode()
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


@method("conversations.history", HISTORY, tier=3, needs=["channel"])
def history(slack, said):
    """Newest first, without what is in threads."""
    found = list(filter(within(said), joined(slack, said).top()))
    return page(slack, said, found[::-1])


@method("conversations.replies", HISTORY, tier=3, needs=["channel", "ts"])
def replies(slack, said):
    """A thread, its root first."""
    channel = joined(slack, said)
    root = channel.find(said["ts"])
    if root is None:
        raise Refusal("thread_not_found")
    found = list(filter(within(said), channel.thread(root.ts)))
    return page(slack, said, [root, *found])


@method("conversations.info", ["channels:read", "groups:read"], tier=3,
        needs=["channel"])
def info(slack, said):
    workspace = slack.workspace
    channel = workspace.channel(said["channel"], workspace.user)
    return {"channel": channel.shown(workspace.user)}


@method("conversations.join", ["channels:join"], writes=True, tier=3,
        needs=["channel"])
def join(slack, said):
    workspace = slack.workspace
    channel = workspace.channel(said["channel"], workspace.user)
    if channel.archived:
        raise Refusal("is_archived")
    if channel.private:
        raise Refusal("method_not_supported_for_channel_type")
    channel.members.add(workspace.user)
    return {"channel": channel.shown(workspace.user)}


@method("conversations.leave", ["channels:manage", "groups:write"],
        writes=True, tier=3, needs=["channel"])
def leave(slack, said):
    workspace = slack.workspace
    channel = workspace.channel(said["channel"], workspace.user)
    if workspace.user not in channel.members:
        return {"ok": False, "not_in_channel": True}
    channel.members.discard(workspace.user)
    return {}


@method("conversations.open", ["im:write"], writes=True, tier=3,
        needs=["users"])
def open_direct(slack, said):
    """One person; groups are not opened here."""
    user = slack.workspace.users.get(said["users"])
    if user is None:
        raise Refusal("user_not_found")
    return {"channel": {"id": slack.workspace.direct(user).id}}


@method("users.info", ["users:read"], tier=4, needs=["user"])
def user_info(slack, said):
    user = slack.workspace.users.get(said["user"])
    if user is None:
        raise Refusal("user_not_found")
    return {"user": user.shown()}


@method("apps.connections.open", ["connections:write"], tier=1, writes=True,
        token="xapp-")
def open_connection(slack, said):
    return {"url": slack.sockets.ticket()}
