"""A workspace: who is there, and what was posted."""

import re
import time

from .refusal import Refusal

MEMBER, ADMIN, OWNER = "member", "admin", "owner"
# What reaches many, or one: in a title of a paper it must not.
CALLS = re.compile(r"<!(?:channel|here|everyone|subteam\^[^>]*)(?:\|[^>]*)?>"
                   r"|<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


class User:
    def __init__(self, id, name, role=MEMBER):
        self.id, self.name, self.role = id, name, role

    def shown(self):
        return {"id": self.id, "name": self.name, "deleted": False,
                "is_bot": False, "is_admin": self.role != MEMBER,
                "is_owner": self.role == OWNER}


class Message:
    """As it stands in a channel.  via is how it came: the method's name,
    "webhook", "response_url" or "person"."""

    def __init__(self, channel, ts, user, said, via):
        self.channel, self.ts, self.user, self.via = channel, ts, user, via
        self.at = time.monotonic()
        self.thread_ts = said.get("thread_ts")
        self.broadcast = bool(said.get("reply_broadcast"))
        self.reactions = {}
        self.versions = []
        self.ephemeral_to = None
        self.metadata = said.get("metadata")
        self.unfurls = (said.get("unfurl_links"), said.get("unfurl_media"))
        self.say(said)

    def say(self, said):
        self.text = said.get("text") or ""
        self.blocks = said.get("blocks") or []
        self.versions.append((self.text, self.blocks))

    @property
    def calls(self):
        """Whom it would have called, in each of its versions."""
        return CALLS.findall(repr(self.versions))

    def shown(self, bot=None, metadata=False):
        said = {"type": "message", "user": self.user, "text": self.text,
                "ts": self.ts}
        if bot is not None and self.user == bot.user:
            said |= {"bot_id": bot.bot_id, "app_id": bot.app_id}
        if self.blocks:
            said["blocks"] = self.blocks
        if self.thread_ts:
            said["thread_ts"] = self.thread_ts
        if len(self.versions) > 1:
            said["edited"] = {"user": self.user, "ts": self.ts}
        if self.reactions:
            said["reactions"] = [
                {"name": name, "users": users, "count": len(users)}
                for name, users in self.reactions.items()]
        if metadata and self.metadata:
            said["metadata"] = self.metadata
        return said


class Channel:
    def __init__(self, id, name, private, members):
        self.id, self.name, self.private = id, name, private
        self.members = set(members)
        self.archived = False
        self.direct_to = None  # the person that the bot writes to there
        self.messages = []   # what everybody there sees, oldest first
        self.whispers = []   # what one person sees

    def find(self, ts):
        return next((message for message in self.messages
                     if message.ts == ts), None)

    def thread(self, ts):
        return [message for message in self.messages
                if message.thread_ts == ts and message.ts != ts]

    def top(self):
        """What is not hidden in a thread."""
        return [message for message in self.messages
                if message.thread_ts in (None, message.ts)
                or message.broadcast]

    def shown(self, bot_user):
        return {"id": self.id, "name": self.name, "is_channel": not self.private,
                "is_group": False, "is_im": False, "is_private": self.private,
                "is_archived": self.archived,
                "is_member": bot_user in self.members}


class Token:
    """flaw: the word every call gets, "token_revoked"; None if it works."""

    def __init__(self, value, scopes):
        self.value, self.scopes, self.flaw = value, set(scopes), None


class Workspace:
    """The names given count up, so that each is met once."""

    # Those that paperboy slack-manifest asks for.
    BOT_SCOPES = ("chat:write channels:join channels:history groups:history"
                  " im:write im:history commands app_mentions:read"
                  " reactions:read users:read channels:read"
                  " groups:read").split()

    def __init__(self):
        self.made = 0
        self.last_us = 0
        self.team, self.domain = self.id("T"), "made-up"
        self.app_id, self.bot_id = self.id("A"), self.id("B")
        self.channels, self.users = {}, {}
        self.user = self.add_user("paperboy").id
        self.bot_token = Token(f"xoxb-{self.made}-made-up", self.BOT_SCOPES)
        self.app_token = Token(f"xapp-1-{self.app_id}-made-up",
                               ["connections:write"])

    def id(self, letter):
        self.made += 1
        return f"{letter}{self.made:09d}".replace("0", "Q", 1)

    def ts(self):
        """Now, and after every one before."""
        self.last_us = max(self.last_us + 1, time.time_ns() // 1000)
        return f"{self.last_us // 1000000}.{self.last_us % 1000000:06d}"

    def add_user(self, name, role=MEMBER):
        user = User(self.id("U"), name, role)
        self.users[user.id] = user
        return user

    def add_channel(self, name, private=False, with_bot=True, members=()):
        channel = Channel(self.id("C"), name, private,
                          [user.id for user in members]
                          + ([self.user] if with_bot else []))
        self.channels[channel.id] = channel
        return channel

    def direct(self, user):
        """Between the bot and this person."""
        known = next((channel for channel in self.channels.values()
                      if channel.direct_to == user.id), None)
        if known is None:
            known = Channel(self.id("D"), "", True, [user.id, self.user])
            known.direct_to = user.id
            self.channels[known.id] = known
        return known

    def channel(self, id, seen_by=None):
        """Raises a Refusal where it is not there for this user."""
        channel = self.channels.get(id)
        if channel is None or (channel.private and seen_by is not None
                               and seen_by not in channel.members):
            raise Refusal("channel_not_found", 404)
        return channel

    def post(self, channel, user, said, via):
        message = Message(channel, self.ts(), user, said, via)
        channel.messages.append(message)
        return message

    def whisper(self, channel, to, user, said, via):
        message = Message(channel, self.ts(), user, said, via)
        message.ephemeral_to = to
        channel.whispers.append(message)
        return message

    def all_of_bot(self):
        return [message for channel in self.channels.values()
                for message in channel.messages if message.user == self.user]
