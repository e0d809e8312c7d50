"""The least bot of matrix-nio: it syncs and would hear messages."""

import asyncio
import os

from nio import AsyncClient, RoomMessageText


async def on_message(room, event):
    print(room.room_id, event.body)


async def main():
    client = AsyncClient(os.environ["PLACES_URL"], "@bot:example.org")
    client.restore_login("@bot:example.org", "DEV", "made-up")
    client.add_event_callback(on_message, RoomMessageText)
    asyncio.get_running_loop().call_soon(lambda: print("ready", flush=True))
    await client.sync_forever(timeout=30000)


asyncio.run(main())
