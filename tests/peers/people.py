"""The people in the rooms: each is somebody else's Matrix client.

A Person does what a person's client does, and keeps the raw events that its
client got from /sync.  Two kinds: matrix-nio (Python), here, and matrix-bot-sdk
(JavaScript), a process of its own behind sdk.js.
"""

import asyncio
import json
import os
import uuid

import nio

SEES_SECONDS = 30
HERE = os.path.dirname(os.path.abspath(__file__))
NODE_MODULES = os.path.abspath("build/peers/node/node_modules")


class Person:
    """What both have in common: what was seen, and how to wait for it."""

    def __init__(self, login, homeserver):
        self.user_id = login.user_id
        self.login = login
        self.homeserver = homeserver
        self.seen = []  # (room id, event), in the order of /sync
        self.news = asyncio.Condition()

    async def note(self, room_id, event):
        async with self.news:
            self.seen.append((room_id, event))
            self.news.notify_all()

    def all_seen(self, room_id, fits=lambda event: True):
        return [event for room, event in self.seen
                if room == room_id and fits(event)]

    async def sees(self, room_id, fits, what, times=1, seconds=SEES_SECONDS):
        """Waits for so many events that fit; the list of them."""
        enough = lambda: len(self.all_seen(room_id, fits)) >= times
        async with self.news:
            try:
                await asyncio.wait_for(self.news.wait_for(enough), seconds)
            except asyncio.TimeoutError:
                told = [(event.get("type"), event.get("sender"),
                         event.get("content"))
                        for event in self.all_seen(room_id)[-6:]]
                raise AssertionError(
                    f"{self.user_id} never saw {what}; the room's last "
                    f"events: {json.dumps(told, ensure_ascii=False)[:3000]}"
                ) from None
        return self.all_seen(room_id, fits)

    async def say(self, room_id, text, **more):
        return await self.send(room_id, {"msgtype": "m.text", "body": text,
                                         **more})

    async def edit(self, room_id, event_id, text):
        return await self.send(room_id, {
            "msgtype": "m.text", "body": "* " + text,
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id}})

    async def say_in_thread(self, room_id, root_id, text):
        return await self.say(room_id, text, **{"m.relates_to": {
            "rel_type": "m.thread", "event_id": root_id,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": root_id}}})

    async def react(self, room_id, event_id, key):
        return await self.send(room_id, {"m.relates_to": {
            "rel_type": "m.annotation", "event_id": event_id, "key": key}},
            "m.reaction")


def in_thread(root_id):
    """Fits what stands in this thread."""
    return lambda event: relation(event, "m.thread") == root_id


def edit_of(event_id):
    return lambda event: relation(event, "m.replace") == event_id


def relation(event, kind):
    """What the event is related to in this way; None if it is not."""
    relates = event.get("content", {}).get("m.relates_to", {})
    return relates.get("event_id") if relates.get("rel_type") == kind else None


def answers(event_id):
    """Fits a reply to this."""
    return lambda event: (event.get("content", {}).get("m.relates_to", {})
                          .get("m.in_reply_to", {}).get("event_id")
                          == event_id)


def membership(user_id, state):
    """Fits that this person is now invited, in, out."""
    return lambda event: (event.get("type") == "m.room.member"
                          and event.get("state_key") == user_id
                          and event["content"].get("membership") == state)


def both(*tests):
    return lambda event: all(test(event) for test in tests)


def messages_of(user_id):
    """Fits a message or notice of this person."""
    return lambda event: (event.get("type") == "m.room.message"
                          and event.get("sender") == user_id)


class NioPerson(Person):
    kind = "matrix-nio"
    needs = "build/peers/python.made"

    async def open(self):
        self.client = nio.AsyncClient(
            self.homeserver, self.user_id,
            config=nio.AsyncClientConfig(max_limit_exceeded=0,
                                         max_timeouts=0))
        self.client.restore_login(self.user_id, self.login.device_id,
                                  self.login.token)
        self.syncing = asyncio.create_task(self.sync())
        self.syncing.add_done_callback(self.stopped)
        return self

    def stopped(self, syncing):
        """A client that stops listening is a fault of the test's."""
        if not syncing.cancelled() and syncing.exception():
            print(f"{self.user_id} hears nothing more: {syncing.exception()}")

    async def close(self):
        self.syncing.cancel()
        await asyncio.gather(self.syncing, return_exceptions=True)
        await self.client.close()

    async def sync(self):
        while True:
            answer = await self.client.sync(timeout=10000)
            if not isinstance(answer, nio.SyncResponse):
                raise RuntimeError(f"sync of {self.user_id}: {answer}")
            for room_id, info in answer.rooms.join.items():
                for event in info.timeline.events:
                    await self.note(room_id, event.source)
                for event in info.ephemeral:
                    await self.note(room_id, ephemeral(event))
                unread = info.unread_notifications
                if unread is not None:
                    await self.note(room_id, {
                        "type": "unread",
                        "highlights": unread.highlight_count or 0})
            for room_id, info in answer.rooms.invite.items():
                for event in info.invite_state:
                    await self.note(room_id, stripped(event))
            for room_id, info in answer.rooms.leave.items():
                for event in info.timeline.events:
                    await self.note(room_id, event.source)

    @staticmethod
    def good(answer):
        if isinstance(answer, nio.ErrorResponse):
            raise RuntimeError(str(answer))
        return answer

    async def create_room(self, alias=None, public=True, invite=(), state=(),
                          direct=False):
        answer = await self.client.room_create(
            alias=alias, invite=list(invite), initial_state=list(state),
            is_direct=direct,
            preset=(nio.RoomPreset.public_chat if public
                    else nio.RoomPreset.private_chat))
        return self.good(answer).room_id

    async def join(self, room_id):
        self.good(await self.client.join(room_id))

    async def invite(self, room_id, user_id):
        self.good(await self.client.room_invite(room_id, user_id))

    async def kick(self, room_id, user_id):
        self.good(await self.client.room_kick(room_id, user_id))

    async def send(self, room_id, content, type="m.room.message"):
        return self.good(await self.client.room_send(
            room_id, type, content, tx_id=uuid.uuid4().hex)).event_id

    async def redact(self, room_id, event_id):
        return self.good(await self.client.room_redact(room_id,
                                                       event_id)).event_id

    async def set_state(self, room_id, type, content, key=""):
        return self.good(await self.client.room_put_state(
            room_id, type, content, key)).event_id

    async def state(self, room_id, type, key=""):
        return self.good(await self.client.room_get_state_event(
            room_id, type, key)).content

    async def history(self, room_id):
        """Every event of the room until now, oldest first."""
        found, start = [], self.client.next_batch
        while True:
            page = self.good(await self.client.room_messages(
                room_id, start, limit=500))
            found += [event.source for event in page.chunk]
            if page.end is None or not page.chunk:
                return found[::-1]
            start = page.end


def stripped(event):
    """As it came: nio takes the content of memberships out."""
    if isinstance(event, nio.InviteMemberEvent):
        return {**event.source, "content": event.content}
    return event.source


def ephemeral(event):
    if isinstance(event, nio.TypingNoticeEvent):
        return {"type": "m.typing", "users": event.users}
    if isinstance(event, nio.ReceiptEvent):
        return {"type": "m.receipt",
                "receipts": [{"event_id": receipt.event_id,
                              "user_id": receipt.user_id}
                             for receipt in event.receipts]}
    return {"type": "other"}


class SdkPerson(Person):
    kind = "matrix-bot-sdk"
    needs = "build/peers/node.made"

    async def open(self):
        self.answers = {}
        self.process = await asyncio.create_subprocess_exec(
            "node", os.path.join(HERE, "sdk.js"), self.homeserver,
            self.login.token, env={**os.environ, "NODE_PATH": NODE_MODULES},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            limit=16 * 1024 * 1024)
        self.reading = asyncio.create_task(self.read())
        await self.call("start")
        return self

    async def close(self):
        self.process.stdin.close()
        await self.process.wait()
        await self.reading

    async def read(self):
        async for line in self.process.stdout:
            said = json.loads(line)
            if "event" in said:
                await self.note(said["room"], said["event"])
            else:
                self.answers.pop(said["id"]).set_result(said)
        for waiting in self.answers.values():
            waiting.set_result({"error": "sdk.js has ended"})

    async def call(self, method, *arguments):
        """A method of the SDK's MatrixClient."""
        id = uuid.uuid4().hex
        self.answers[id] = asyncio.get_running_loop().create_future()
        waiting = self.answers[id]
        self.process.stdin.write(json.dumps(
            {"id": id, "call": method, "arguments": arguments}).encode()
            + b"\n")
        said = await waiting
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']}")
        return said.get("result")

    async def create_room(self, alias=None, public=True, invite=(), state=(),
                          direct=False):
        return await self.call("createRoom", {
            **({"room_alias_name": alias} if alias else {}),
            "preset": "public_chat" if public else "private_chat",
            "invite": list(invite), "initial_state": list(state),
            "is_direct": direct})

    async def join(self, room_id):
        await self.call("joinRoom", room_id)

    async def invite(self, room_id, user_id):
        await self.call("inviteUser", user_id, room_id)

    async def kick(self, room_id, user_id):
        await self.call("kickUser", user_id, room_id)

    async def send(self, room_id, content, type="m.room.message"):
        return await self.call("sendEvent", room_id, type, content)

    async def redact(self, room_id, event_id):
        return await self.call("redactEvent", room_id, event_id)

    async def set_state(self, room_id, type, content, key=""):
        return await self.call("sendStateEvent", room_id, type, key, content)

    async def state(self, room_id, type, key=""):
        return await self.call("getRoomStateEvent", room_id, type, key)


PEOPLE = (NioPerson, SdkPerson)
