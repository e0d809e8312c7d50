"""Runs the scenarios, each a claim, and ends with one line that counts them.

    make test-peers PEERS="WORD WORD"

With words: only scenarios whose claim has one of them.  PEERS_SEED repeats a
run's random choices.
"""

import asyncio
import importlib
import shutil
import sys
import time
import traceback

import world

MODULES = ["matrix_digest", "matrix_limits", "matrix_kills"]


def chosen(words):
    for module in MODULES:
        importlib.import_module(module)
    return [scenario for scenario in world.scenarios
            if not words or any(word in scenario.claim for word in words)]


async def run_one(scenario, all_of_it):
    began = time.monotonic()
    stage = world.Stage(all_of_it, scenario)
    complaint = None
    try:
        async with asyncio.timeout(scenario.seconds):
            await scenario.run(stage)
    except (Exception, asyncio.CancelledError):
        complaint = traceback.format_exc()
    try:
        async with asyncio.timeout(60):
            await stage.close()
    except Exception:
        complaint = complaint or traceback.format_exc()
    print(f"{'not ok' if complaint else 'ok'} - {scenario.claim} "
          f"({time.monotonic() - began:.1f} s)")
    for figure in stage.figures:
        print("    " + figure)
    if complaint:
        print("    | " + complaint.rstrip().replace("\n", "\n    | "))
    sys.stdout.flush()
    return complaint is None


async def run_all(scenarios):
    """Those that mostly wait run beside the others, and are told last."""
    shutil.rmtree(world.PLACE, ignore_errors=True)
    all_of_it = world.World()
    await all_of_it.start()
    try:
        beside = [asyncio.create_task(run_one(scenario, all_of_it))
                  for scenario in scenarios if scenario.beside]
        good = [await run_one(scenario, all_of_it)
                for scenario in scenarios if not scenario.beside]
        return good + list(await asyncio.gather(*beside))
    finally:
        await all_of_it.close()


def main():
    every = chosen(sys.argv[1:])
    scenarios = [scenario for scenario in every if scenario.can_run()]
    left_out = [scenario for scenario in every if not scenario.can_run()]
    for scenario in left_out:
        print(f"SKIP {scenario.claim}: {scenario.client.kind} is not there")
    began = time.monotonic()
    good = asyncio.run(run_all(scenarios))
    print(f"\nreal servers and other people's clients: "
          f"{time.monotonic() - began:.0f} s; what they said: {world.PLACE}")
    print(f"{sum(good)} passed, {len(good) - sum(good)} failed, "
          f"{len(left_out)} skipped")
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
