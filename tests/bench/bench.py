"""The table of make bench: what Paperboy costs beside what people would pick
instead.  All ways of a work run in turn, round after round, so that what else
the machine does meets them alike; a cell is the median of the rounds.

    make bench BENCH="WORD WORD"

With words: only works that have one of them in their name.
"""

import contextlib
import glob
import importlib
import os
import platform
import statistics
import subprocess
import sys
import time

from row import CANNOT_RUN, HERE, PLACE, Work, environment

HEAD = ("work", "ours", "peer", "limit", "ours/peer", "ours/limit", "goal",
        "met or missed")


class Failed(Exception):
    """A way gave no figures; the text says why."""


# --- running ---

def is_missing(command):
    return "/" in command[0] and not os.path.exists(command[0])


def run_way(command, seconds, env):
    """Its figures by name."""
    if is_missing(command):
        raise Failed(f"there is no {command[0]}")
    try:
        done = subprocess.run(command, env=env, timeout=seconds, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Failed(f"took longer than {seconds} s") from None
    except OSError as error:
        raise Failed(str(error)) from None
    lines = done.stderr.strip().splitlines() or [""]
    if done.returncode != 0:
        code = "" if done.returncode == CANNOT_RUN else \
            f" (exit code {done.returncode})"
        raise Failed(lines[-1] + code)
    return figures_of(done.stdout)


def figures_of(output):
    lines = output.strip().splitlines() or [""]
    pairs = [word.partition("=") for word in lines[-1].split()]
    try:
        return {name: float(value) for name, _, value in pairs}
    except ValueError:
        raise Failed(f"no line of figures but {lines[-1]!r}") from None


@contextlib.contextmanager
def service_of(work):
    """What the work's service put in the environment."""
    if work.service is None or is_missing(work.service):
        yield environment()
        return
    with subprocess.Popen(work.service, env=environment(), text=True,
                          stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as service:
        line = service.stdout.readline()
        try:
            yield environment(**dict(pair.split("=", 1)
                                     for pair in line.split()))
        finally:
            service.stdin.close()


def ways_of(work):
    """In the order of a round."""
    yield "ours", work.ours
    yield from work.peers.items()
    if work.limit is not None:
        yield "limit", work.limit


def run_work(work):
    """Per way the list of its figures, or the reason why there are none."""
    results = {name: [] for name, _ in ways_of(work)}
    with service_of(work) as env:
        for turn in range(work.rounds):
            for name, command in ways_of(work):
                if isinstance(results[name], str):
                    continue
                print(f"  {work.words}: round {turn + 1}, {name}",
                      file=sys.stderr)
                try:
                    results[name].append(run_way(command, work.seconds, env))
                except Failed as reason:
                    results[name] = str(reason)
    return results


# --- the table ---

def median(result, figure):
    if isinstance(result, str):
        return None
    values = [turn[figure] for turn in result if figure in turn]
    return statistics.median(values) if values else None


def shown(value):
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def best_peer(work, results, measure):
    medians = {name: median(results[name], measure.figure)
               for name in work.peers}
    medians = {name: value for name, value in medians.items()
               if value is not None}
    if not medians:
        return None, None
    choose = min if measure.less_is_better else max
    name = choose(medians, key=medians.get)
    return name, medians[name]


def verdict(measure, ours, peer, limit):
    if ours is None:
        return "could not run"
    if not measure.goals:
        return "–"
    met = [goal.met(ours, peer, limit) for goal in measure.goals]
    if False in met:
        return "missed"
    return "not known" if None in met else "met"


def row_of(work, measure, results):
    ours = median(results["ours"], measure.figure)
    name, peer = best_peer(work, results, measure)
    limit = median(results.get("limit", []), measure.figure)
    with_unit = f"{shown(ours)} {measure.unit}".rstrip()

    def ratio(base):
        return shown(ours / base if ours is not None and base else None)

    words = work.words + (", " + measure.words if measure.words else "")
    return (words, with_unit, f"{name} {shown(peer)}" if name else "–",
            shown(limit), ratio(peer), ratio(limit),
            ", ".join(goal.text(measure.unit) for goal in measure.goals) or "–",
            verdict(measure, ours, peer, limit))


def lines_below(work, results):
    """Each way's median and, behind it, its least and greatest; or why not."""
    for name, result in results.items():
        if name == "limit" and work.limit_words:
            name = f"limit ({work.limit_words})"
        if isinstance(result, str):
            yield f"{work.words}: {name} cannot run here: {result}"
            continue
        cells = []
        for measure in work.measures:
            values = [turn[measure.figure] for turn in result
                      if measure.figure in turn]
            if values:
                what = f"{measure.words} " if measure.words else ""
                cells.append(f"{what}{shown(statistics.median(values))} "
                             f"{measure.unit}".rstrip() +
                             f" ({shown(min(values))} … {shown(max(values))})")
        yield f"{work.words}: {name}: {', '.join(cells) or '–'}"


def machine():
    model = "unknown processor"
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return (f"{len(os.sched_getaffinity(0))} cores of {model}, Linux "
            f"{platform.release()}, load "
            + " ".join(f"{load:.2f}" for load in os.getloadavg()))


# --- all of it ---

def all_works():
    for path in sorted(glob.glob(f"{HERE}/rows/*.py")):
        name = os.path.basename(path)[:-len(".py")]
        yield from importlib.import_module(f"rows.{name}").WORKS


def chosen(words) -> list[Work]:
    return [work for work in all_works()
            if not words or any(word.lower() in work.words.lower()
                                for word in words)]


def main():
    began = time.monotonic()
    works = chosen(sys.argv[1:])
    if not works:
        print("no row has any of these words; there are: " +
              "; ".join(work.words for work in all_works()), file=sys.stderr)
        return 1
    print(f"{machine()} at the beginning; medians of interleaved rounds",
          flush=True)
    print("\n" + " | ".join(HEAD) + "\n" + " | ".join("---" for _ in HEAD),
          flush=True)
    below = []
    for work in works:
        results = run_work(work)
        for measure in work.measures:
            print(" | ".join(row_of(work, measure, results)), flush=True)
        below += lines_below(work, results)
    print("\nEach way's median (least … greatest):")
    print("\n".join(below))
    print(f"\n{time.monotonic() - began:.0f} s; what was worked on: {PLACE}/data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
