"""Stands between the bot and its homeserver and passes every byte on, but can
be told to say when something is asked for and when it is answered."""

import asyncio

ROOMS = b" /_matrix/client/v3/rooms/"
# All that sending is: a look at the room, a look for the event, the event.
SEND = (b"PUT" + ROOMS, b"GET" + ROOMS)
REFRESH = b"POST /_matrix/client/v3/refresh"


class Gate:
    def __init__(self, port):
        self.port = port
        self.begin()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        port = self.server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def close(self):
        self.server.close()

    def begin(self, at_asked=None, at_answered=None, watched=SEND):
        """Both are called with the count; False keeps the piece back."""
        self.asked = self.answered = self.requests = 0
        self.watched = watched
        self.at_asked, self.at_answered = at_asked, at_answered

    async def serve(self, reader, writer):
        try:
            back_reader, back_writer = await asyncio.open_connection(
                "127.0.0.1", self.port)
            waiting = []  # of this connection: is the next answer a watched one?
            await asyncio.gather(
                self.there(reader, back_writer, waiting),
                self.back(back_reader, writer, waiting))
        except OSError:
            pass

    async def there(self, reader, writer, waiting):
        """The bot begins each request in a piece of its own."""
        try:
            while piece := await reader.read(65536):
                if piece.startswith((b"PUT ", b"GET ", b"POST ")):
                    self.requests += 1
                    waiting.append(piece.startswith(self.watched))
                    if waiting[-1]:
                        self.asked += 1
                        if self.at_asked and not self.at_asked(self.asked):
                            return
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def back(self, reader, writer, waiting):
        try:
            while piece := await reader.read(65536):
                if piece.startswith(b"HTTP/1.1 ") and waiting:
                    if waiting.pop(0):
                        self.answered += 1
                        if (self.at_answered
                                and not self.at_answered(self.answered)):
                            return
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
