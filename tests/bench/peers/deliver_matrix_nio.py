"""matrix-nio: a message with its HTML form."""

import asyncio
import os

from nio import AsyncClient, RoomSendResponse

from deliver_messages import deliver


async def main():
    client = AsyncClient(os.environ.get("DELIVER_URL", ""), "@bot:example.org")
    client.restore_login("@bot:example.org", "DEV", "made-up")

    async def send(message):
        answer = await client.room_send("!room:example.org", "m.room.message", {
            "msgtype": "m.text", "body": message["text"],
            "format": "org.matrix.custom.html",
            "formatted_body": message["html"]})
        assert isinstance(answer, RoomSendResponse), answer

    await deliver(send)
    await client.close()


asyncio.run(main())
