"""Socket Mode: docs.slack.dev, "Using Socket Mode".

A ticket opens one connection; each payload goes to any one of them; what is not
acknowledged in time goes, if it is an event, to one again.
"""

import asyncio
import contextlib
import json
import secrets
import time

from aiohttp import WSMsgType, web

from .delivery import ANSWER_SECONDS, Attempt, Delivery

CONNECTIONS_MAX = 10
TICKET_SECONDS = 30
PING_SECONDS = 5
CONNECTED_SECONDS = 20
# Ten, made shorter.
WARNING_SECONDS = 0.5
RETRIES = 3


class Connection:
    """deaf: it stays open, but nothing is read any more nor sent.  retired:
    nothing new is told down it."""

    def __init__(self, socket, number):
        self.socket, self.number = socket, number
        self.deaf = asyncio.Event()
        self.retired = False
        self.told = []

    @property
    def works(self):
        return (not self.socket.closed and not self.deaf.is_set()
                and not self.retired)


class Sockets:
    def __init__(self, slack, answer_seconds=ANSWER_SECONDS):
        self.slack, self.answer_seconds = slack, answer_seconds
        self.tickets = {}
        self.open, self.ever = [], 0
        self.waiting = {}     # envelope id: future of its acknowledgement
        self.complaints = []  # what a strict Slack would not have
        self.pings = 0
        self.disabled = False
        self.seconds = 3600   # how long a connection is said to last
        self.news = asyncio.Condition()

    def ticket(self):
        """An address that opens one connection, once and soon."""
        word = secrets.token_urlsafe(18)
        self.tickets[word] = time.monotonic()
        return (self.slack.url.replace("http", "ws", 1)
                + f"/link/?ticket={word}&app_id={self.slack.workspace.app_id}")

    # --- a connection ---

    async def serve(self, request):
        made = self.tickets.pop(request.query.get("ticket", ""), None)
        if made is None or time.monotonic() - made > TICKET_SECONDS:
            return web.Response(status=403, text="expired ticket")
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.ever += 1
        connection = Connection(socket, self.ever)
        if self.disabled or len(self.open) >= CONNECTIONS_MAX:
            await self.end(connection, "link_disabled" if self.disabled
                           else "too_many_websockets")
            return socket
        pinging = asyncio.create_task(self.ping(connection))
        try:
            await self.greet(connection)
            await self.listen(connection)
        finally:
            pinging.cancel()
            await self.left(connection)
        return socket

    async def greet(self, connection):
        async with self.news:
            self.open.append(connection)
            self.news.notify_all()
        await connection.socket.send_json({
            "type": "hello", "num_connections": len(self.open),
            "debug_info": {"host": "made-up", "build_number": 1,
                           "approximate_connection_time": self.seconds},
            "connection_info": {"app_id": self.slack.workspace.app_id}})

    async def left(self, connection):
        async with self.news:
            if connection in self.open:
                self.open.remove(connection)
            self.news.notify_all()

    async def ping(self, connection):
        while not connection.socket.closed:
            await asyncio.sleep(PING_SECONDS)
            if not connection.deaf.is_set():
                await connection.socket.ping(b"Ping from made-up")

    async def listen(self, connection):
        socket = connection.socket
        while not socket.closed:
            hearing = asyncio.ensure_future(socket.receive())
            deaf = asyncio.ensure_future(connection.deaf.wait())
            await asyncio.wait({hearing, deaf},
                               return_when=asyncio.FIRST_COMPLETED)
            deaf.cancel()
            if connection.deaf.is_set():
                await self.be_deaf(connection, hearing)
                return
            if not await self.heard(connection, hearing.result()):
                return

    @staticmethod
    async def be_deaf(connection, hearing):
        """Until the other side gives up: what it sends is taken unanswered."""
        while True:
            message = await hearing
            if message.type not in (WSMsgType.TEXT, WSMsgType.PING,
                                    WSMsgType.PONG, WSMsgType.BINARY):
                return
            hearing = asyncio.ensure_future(connection.socket.receive())

    async def heard(self, connection, message):
        """False when it is over."""
        if message.type == WSMsgType.PING:
            self.pings += 1
            await connection.socket.pong(message.data)
        elif message.type == WSMsgType.TEXT:
            self.acknowledged(message.data)
        elif message.type != WSMsgType.PONG:
            return False
        return True

    def acknowledged(self, data):
        try:
            said = json.loads(data)
            waiting = self.waiting[said["envelope_id"]]
        except (ValueError, KeyError, TypeError):
            self.complaints.append(f"no acknowledgement: {data[:200]}")
            return
        told, future = waiting
        if said.get("payload") and told.kind == "events_api":
            self.complaints.append("an event takes no payload")
        if future.done():
            self.complaints.append("acknowledged twice")
        else:
            future.set_result(said.get("payload"))

    # --- what goes down it ---

    def working(self):
        return [connection for connection in self.open if connection.works]

    async def connected(self, count=1, seconds=CONNECTED_SECONDS):
        """Waits until so many connections work."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(
                lambda: len(self.working()) >= count), seconds)

    async def attempt(self, told, number=0):
        connections = self.working()
        if not connections:
            return Attempt(None, "no connection", 0)
        connection = self.slack.chance.choice(connections)
        envelope = secrets.token_hex(16)
        said = {"envelope_id": envelope, "type": told.kind,
                "payload": told.body,
                "accepts_response_payload": told.kind != "events_api"}
        if told.again:
            said |= {"retry_attempt": number,
                     "retry_reason": "timeout" if number else ""}
        future = asyncio.get_running_loop().create_future()
        self.waiting[envelope] = (told, future)
        connection.told.append(said)
        began = time.monotonic()
        try:
            await connection.socket.send_json(said)
            payload = await asyncio.wait_for(future, self.answer_seconds)
        except (asyncio.TimeoutError, ConnectionError, RuntimeError) as error:
            return Attempt(None, repr(error), time.monotonic() - began)
        return Attempt(200, payload, time.monotonic() - began)

    async def tell(self, told):
        delivery = Delivery()
        for number in range(1 + (RETRIES if told.again else 0)):
            if number and not self.working():
                await self.connected()
            delivery.attempts.append(await self.attempt(told, number))
            if delivery.ok:
                break
        return delivery

    # --- what ends it ---

    async def disconnect(self, connection, reason):
        """reason: "warning", which another follows ten seconds later, or
        "refresh_requested"; who asked opens another and closes this one."""
        await connection.socket.send_json({
            "type": "disconnect", "reason": reason,
            "debug_info": {"host": "made-up"}})

    async def refresh(self, connection, seconds=CONNECTED_SECONDS):
        """As Slack does every hour or so: a warning, the request, and once
        there is another or the time is over, the end.  True if the other was
        there first."""
        ever = self.ever
        await self.disconnect(connection, "warning")
        await asyncio.sleep(WARNING_SECONDS)
        if not connection.socket.closed:
            await self.disconnect(connection, "refresh_requested")
        async with self.news:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.news.wait_for(
                    lambda: any(other.number > ever for other in self.open)),
                    seconds)
        in_time = self.ever > ever and not connection.socket.closed
        connection.retired = True
        await asyncio.sleep(WARNING_SECONDS)
        await connection.socket.close()
        return in_time

    async def end(self, connection, reason):
        await self.disconnect(connection, reason)
        await connection.socket.close()

    async def close(self):
        for connection in list(self.open):
            connection.deaf.set()
            await connection.socket.close()
