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
LORIS_SOCKETS = 300
FLOOD_CONNECTIONS = 50
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


async def loris(port, over):
    """Headers that never end; hung up on, it comes back."""
    while not over.is_set():
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /healthz HTTP/1.1\r\nX-Slow: ")
            while not over.is_set():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)
            writer.close()
        except OSError:
            await asyncio.sleep(0.5)


async def flood(port):
    wrk = await asyncio.create_subprocess_exec(
        "wrk", "-t1", f"-c{FLOOD_CONNECTIONS}", f"-d{LOAD_SECONDS}s",
        f"http://127.0.0.1:{port}/healthz", stdout=asyncio.subprocess.PIPE)
    said, _ = await wrk.communicate()
    return said.decode()


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


async def under_load(here):
    """What wrk said, and the commands' times."""
    over = asyncio.Event()
    slow = [asyncio.create_task(loris(here.port, over))
            for _ in range(LORIS_SOCKETS)]
    asked = asyncio.create_task(commands(here, over))
    said = await flood(here.port)
    over.set()
    await asyncio.gather(*slow)
    return said, await asked


@scenario(ways=(BY_HTTP,), seconds=180)
async def commands_are_answered_under_a_flood_and_a_slow_loris(stage, way):
    if not shutil.which("wrk"):
        raise LeftOut("there is no wrk")
    here = await hears(stage, way)
    await here.paperboy.end()
    here.paperboy.environment = {
        **os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")
        + f":quarantine_size_mb={KEPT_BY_SANITIZER_MB}"}
    await here.paperboy.start()
    await way.again(here.slack, here.port)
    for _ in range(WARM_UP_SECONDS * 4):
        assert (await here.ada.command(here.channel, "help")).ok
        await asyncio.sleep(0.25)
    before = resident_mb(here.paperboy)

    said, times = await under_load(here)
    after = resident_mb(here.paperboy)
    counts = await measures(here.port)
    [rate] = [line.split()[1] for line in said.splitlines()
              if line.startswith("Requests/sec")]
    stage.tell(f"{LOAD_SECONDS} s, {rate} requests a second by "
               f"{FLOOD_CONNECTIONS} connections of wrk, {LORIS_SOCKETS} slow "
               f"sockets")
    stage.tell(f"{len(times)} signed commands acknowledged, the slowest after "
               f"{max(times) * 1000:.0f} ms")
    stage.tell(f"{before:.1f} MB before, {after:.1f} MB after; "
               f"{counts['paperboy_http_connections_total',]:.0f} connections, "
               f"{counts['paperboy_http_shed_connections_total',]:.0f} of them "
               f"shed; the loop at worst "
               f"{counts['paperboy_loop_lag_worst_seconds',] * 1000:.0f} ms "
               f"late")
    assert max(times) < ANSWER_SECONDS and len(times) > LOAD_SECONDS / 2
    assert after < before + GROWTH_MB, f"{before:.1f} MB, then {after:.1f} MB"
    assert counts["paperboy_http_requests_total", "200"] > 1000
    assert counts["paperboy_http_shed_connections_total",] > LORIS_SOCKETS
