"""The HTTP server under a flood and a slow-loris: commands are still answered in
time, and memory stays what it was."""

import asyncio
import os
import shutil

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from slack.delivery import ANSWER_SECONDS
from slack_hears import BY_HTTP, hears, scenario
from world import LeftOut

LOAD_SECONDS = 30
PROXY_SECONDS = 10
FLOOD_CONNECTIONS = 50
# Slack comes from elsewhere than who attacks; together they want more places
# than there are.
SLACK = "127.0.0.9"
LORIS_SOURCES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
LORIS_SOCKETS = 200  # of each
# A proxy passes on what is whole, and keeps its own connections open; these are
# as many as fit.
BEHIND_PROXY = 150
WARM_UP_SECONDS = 3
# The allocator's own ups and downs, and what the sanitizer keeps of freed
# memory.
GROWTH_MB = 24
KEPT_BY_SANITIZER_MB = 8


def resident_mb(paperboy):
    with open(f"/proc/{paperboy.process.pid}/status") as status:
        [line] = [line for line in status if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


async def measures(port):
    """By name and labels, as Prometheus's own reader has them."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            assert answer.status == 200, await answer.text()
            text = await answer.text()
    return {(sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples}


async def loris(port, source, over):
    """Headers that never end; hung up on, it comes back."""
    while not over.is_set():
        try:
            _, writer = await asyncio.open_connection(
                "127.0.0.1", port, local_addr=source and (source, 0))
            writer.write(b"POST /healthz HTTP/1.1\r\nX-Slow: ")
            while not over.is_set():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)
            writer.close()
        except OSError:
            await asyncio.sleep(0.5)


async def flood(port, seconds):
    """How many requests a second were answered."""
    wrk = await asyncio.create_subprocess_exec(
        "wrk", "-t1", f"-c{FLOOD_CONNECTIONS}", f"-d{seconds}s",
        f"http://127.0.0.1:{port}/healthz", stdout=asyncio.subprocess.PIPE)
    said, _ = await wrk.communicate()
    [rate] = [line.split()[1] for line in said.decode().splitlines()
              if line.startswith("Requests/sec")]
    return float(rate)


async def commands(here, over):
    """Seconds until each was acknowledged, every one at the first try."""
    times = []
    while not over.is_set():
        delivery = await here.ada.command(here.channel, "help")
        assert delivery.ok and len(delivery.attempts) == 1, (
            [(attempt.status, attempt.body) for attempt in delivery.attempts])
        times.append(delivery.last.seconds)
        await asyncio.sleep(0.5)
    return times


async def under_load(here, seconds, sources):
    """Requests a second of the flood, and the commands' times."""
    over = asyncio.Event()
    slow = [asyncio.create_task(loris(here.port, source, over))
            for source in sources]
    asked = asyncio.create_task(commands(here, over))
    rate = await flood(here.port, seconds)
    over.set()
    await asyncio.gather(*slow)
    times = await asked
    assert max(times) < ANSWER_SECONDS and len(times) > seconds / 2
    here.stage.tell(
        f"{seconds} s, {rate:.0f} requests a second by {FLOOD_CONNECTIONS} "
        f"connections of wrk, {len(sources)} slow sockets: {len(times)} signed "
        f"commands acknowledged, the slowest after {max(times) * 1000:.0f} ms")


async def again(here):
    """The daemon anew, and what it takes after some commands."""
    await here.paperboy.end()
    here.paperboy.environment = {
        **os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")
        + f":quarantine_size_mb={KEPT_BY_SANITIZER_MB}"}
    await here.paperboy.start()
    await here.way.again(here.slack, here.port)
    for _ in range(WARM_UP_SECONDS * 4):
        assert (await here.ada.command(here.channel, "help")).ok
        await asyncio.sleep(0.25)
    return resident_mb(here.paperboy)


def put_behind_proxy(paperboy):
    with open(paperboy.config) as file:
        text = file.read()
    with open(paperboy.config, "w") as file:
        file.write(text.replace("[server]\n", "[server]\nproxy = yes\n"))


@scenario(ways=(BY_HTTP,), seconds=180)
async def commands_are_answered_under_a_flood_and_a_slow_loris(stage, way):
    if not shutil.which("wrk"):
        raise LeftOut("there is no wrk")
    here = await hears(stage, way)
    await way.open(here.slack, here.port, source=SLACK)
    before = await again(here)
    await under_load(here, LOAD_SECONDS, LORIS_SOURCES * LORIS_SOCKETS)
    after = resident_mb(here.paperboy)
    counts = await measures(here.port)
    shed = counts["paperboy_http_shed_connections_total",]
    stage.tell(f"{before:.1f} MB before, {after:.1f} MB after; "
               f"{counts['paperboy_http_connections_total',]:.0f} connections, "
               f"{shed:.0f} of them shed; the loop at worst "
               f"{counts['paperboy_loop_lag_worst_seconds',] * 1000:.0f} ms "
               f"late")
    assert after < before + GROWTH_MB, f"{before:.1f} MB, then {after:.1f} MB"
    assert counts["paperboy_http_requests_total", "200"] > 1000
    assert shed > len(LORIS_SOURCES) * LORIS_SOCKETS

    await way.open(here.slack, here.port)
    put_behind_proxy(here.paperboy)
    await again(here)
    await under_load(here, PROXY_SECONDS, [None] * BEHIND_PROXY)
