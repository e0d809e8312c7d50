"""Runs the scenarios, each a claim, and ends with one line that counts them.

    make test-peers PEERS="WORD WORD"

make test-matrix, make test-slack and make test-writers run one family of them.  With words:
only scenarios whose claim has one of them.  PEERS_SEED repeats a run's random
choices.
"""

import asyncio
import contextlib
import importlib
import os
import shutil
import sys
import time
import traceback

sys.path.insert(0, os.path.abspath("tests/support"))

import world
from dendrite import Dendrite

FAMILIES = {
    "matrix": ["matrix_digest", "matrix_private", "matrix_rooms",
               "matrix_commands", "matrix_pictures", "matrix_login",
               "matrix_limits", "matrix_kills"],
    "slack": ["slack_proof_out", "slack_proof_in",
              "slack_webhook", "slack_digest", "slack_errors",
              "slack_doubt", "slack_places", "slack_commands", "slack_socket",
              "slack_tls",
              "slack_agreement", "slack_kills", "slack_kills_hear"],
    "server": ["server_load"],
    "writers": ["writers_proof", "writers_digest"],
}
AT_A_TIME = 3
SHOWN = 600  # characters of a complaint, told again at the end


def chosen(words):
    family = os.environ.get("PEERS_FAMILY")
    for name, modules in FAMILIES.items():
        for module in modules if family in (None, "", name) else ():
            importlib.import_module(module)
    return [scenario for scenario in world.scenarios
            if not words or any(word in scenario.claim for word in words)]


async def play(scenario, stage):
    """None, or what was wrong."""
    complaint = None
    try:
        await stage.set()
        async with asyncio.timeout(scenario.seconds):
            await scenario.run(stage)
    except world.LeftOut:
        raise
    except (Exception, asyncio.CancelledError):
        complaint = traceback.format_exc()
    try:
        async with asyncio.timeout(60):
            await stage.close()
    except Exception:
        complaint = complaint or traceback.format_exc()
    return complaint


async def run_one(scenario, all_of_it, failures):
    """Tells how it went: "ok", "not ok" or "SKIP"; adds to failures."""
    began = time.monotonic()
    stage = world.Stage(all_of_it, scenario)
    try:
        complaint = await play(scenario, stage)
    except world.LeftOut as reason:
        print(f"SKIP {scenario.claim}: {reason}")
        return "SKIP"
    verdict = "not ok" if complaint else "ok"
    print(f"{verdict} - {scenario.claim} ({time.monotonic() - began:.1f} s)")
    for figure in stage.figures:
        print("    " + figure)
    if complaint:
        print("    | " + complaint.rstrip().replace("\n", "\n    | "))
        failures.append(f"{scenario.claim}: {complaint.rstrip()[-SHOWN:]}")
    sys.stdout.flush()
    return verdict


async def run_all(scenarios, failures):
    """A few at a time, beside those that mostly wait; the long ones first, and
    last what takes long to build."""
    shutil.rmtree(world.PLACE, ignore_errors=True)
    all_of_it = world.World(scenarios)
    scenarios.sort(key=lambda scenario: (scenario.server is Dendrite,
                                         -scenario.seconds))
    try:
        room = asyncio.Semaphore(AT_A_TIME)

        async def in_turn(scenario):
            async with contextlib.nullcontext() if scenario.beside else room:
                return await run_one(scenario, all_of_it, failures)

        return await asyncio.gather(*map(in_turn, scenarios))
    finally:
        await all_of_it.close()


def main():
    began = time.monotonic()
    failures = []
    verdicts = asyncio.run(run_all(chosen(sys.argv[1:]), failures))
    passed, failed, skipped = map(verdicts.count, ("ok", "not ok", "SKIP"))
    print(f"\nreal servers and other people's clients: "
          f"{time.monotonic() - began:.0f} s; what they said: {world.PLACE}")
    for failure in failures:
        print(f"failed: {failure}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
