"""aiohttp: a message as JSON."""

import asyncio
import os

import aiohttp

from deliver_messages import deliver


async def main():
    url = f"{os.environ.get('DELIVER_URL')}/services/T0/B0/secret"
    async with aiohttp.ClientSession() as session:
        async def send(message):
            async with session.post(url, json=message) as answer:
                assert answer.status == 200
                await answer.read()
        await deliver(send)


asyncio.run(main())
