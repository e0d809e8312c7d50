"""Gives every message to send, 32 at a time, and prints how fast that was."""

import asyncio
import json
import os
import sys
import time


async def deliver(send):
    if "DELIVER_URL" not in os.environ:
        print("no server: DELIVER_URL is not set", file=sys.stderr)
        sys.exit(77)
    with open(f"{os.environ['BENCH_DATA']}/messages.jsonl",
              encoding="utf-8") as file:
        messages = [json.loads(line) for line in file]
    waiting = iter(messages)

    async def work():
        for message in waiting:
            await send(message)

    begun, before = time.monotonic(), time.process_time()
    await asyncio.gather(*(work() for _ in range(32)))
    seconds, cpu = time.monotonic() - begun, time.process_time() - before
    print(f"rate={len(messages) / seconds:.1f} "
          f"cpu_us={cpu / len(messages) * 1e6:.2f}")
