"""chat.*: what an app says."""

from .limits import check_message
from .refusal import Refusal
from .web_api import method


def open_channel(slack, said):
    """Where this app may write; raises a Refusal."""
    workspace = slack.workspace
    if said["channel"] in workspace.users:
        return workspace.direct(workspace.users[said["channel"]])
    channel = workspace.channel(said["channel"], workspace.user)
    if channel.id in slack.places:
        word = slack.places[channel.id]
        raise Refusal(word, **({"needed": "chat:write"}
                               if word == "missing_scope" else {}))
    if channel.archived:
        raise Refusal("is_archived")
    public = "chat:write.public" in workspace.bot_token.scopes
    if workspace.user not in channel.members and not (
            public and not channel.private):
        raise Refusal("not_in_channel")
    return channel


def check_thread(channel, said):
    """A thread hangs on a message that hangs on none."""
    if not said.get("thread_ts"):
        return
    root = channel.find(said["thread_ts"])
    if root is None or root.thread_ts not in (None, root.ts):
        raise Refusal("cannot_reply_to_message")


def posted(slack, message):
    return {"channel": message.channel.id, "ts": message.ts,
            "message": message.shown(slack.workspace, metadata=True)}


@method("chat.postMessage", ["chat:write"], writes=True, needs=["channel"])
def post_message(slack, said):
    channel = open_channel(slack, said)
    check_message(said)
    check_thread(channel, said)
    slack.rates.take_message(channel.id)
    message = slack.workspace.post(channel, slack.workspace.user, said,
                                   "chat.postMessage")
    return posted(slack, message)


@method("chat.update", ["chat:write"], writes=True, tier=3,
        needs=["channel", "ts"])
def update(slack, said):
    channel = open_channel(slack, said)
    check_message(said)
    message = channel.find(said["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if message.user != slack.workspace.user:
        raise Refusal("cant_update_message")
    message.say(said)
    if said.get("metadata") is not None:
        message.metadata = said["metadata"]
    return {**posted(slack, message), "text": message.text}


@method("chat.delete", ["chat:write"], writes=True, tier=3,
        needs=["channel", "ts"])
def delete(slack, said):
    channel = open_channel(slack, said)
    message = channel.find(said["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if message.user != slack.workspace.user:
        raise Refusal("cant_delete_message")
    channel.messages.remove(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", ["chat:write"], writes=True, tier=4,
        needs=["channel", "user"])
def post_ephemeral(slack, said):
    channel = open_channel(slack, said)
    check_message(said)
    if said["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    check_thread(channel, said)
    message = slack.workspace.whisper(channel, said["user"],
                                      slack.workspace.user, said,
                                      "chat.postEphemeral")
    return {"message_ts": message.ts}
