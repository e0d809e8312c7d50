"""What a row of make bench is made of; rows/*.py have them.

A work is done by several ways: ours, each peer's and the limit's.  Every way is
a command that ends with one line of figures on standard output:

    rate=15210.4 cpu_us=38.1

A way that cannot run here says why in its last line of errors and ends with
code 77.  A work's measures are the figures that its rows show, one row each;
a figure that a way does not print has no place in that row.
"""

import dataclasses
import os

PLACE = "build/bench"
DATA = PLACE + "/data"
HERE = "tests/bench"
CANNOT_RUN = 77


def own(name, *arguments):
    """A program of ours: tests/bench/NAME.c over the release library."""
    return [f"build/release/tests/bench/{name}", *arguments]


def python(name, *arguments):
    """tests/bench/peers/NAME with the peers' Python."""
    return [f"{PLACE}/python/bin/python", f"{HERE}/peers/{name}", *arguments]


def node(name, *arguments):
    """tests/bench/peers/NAME; its packages are found through NODE_PATH."""
    return ["node", f"{HERE}/peers/{name}", *arguments]


@dataclasses.dataclass
class Goal:
    """A figure of ours against a bound: itself, or divided by the best peer's
    or the limit's ("peer", "limit")."""
    bound: float
    at_most: bool = False
    against: str = ""

    def text(self, unit):
        return (f"{'≤' if self.at_most else '≥'} {self.bound:g}" +
                (f" × {self.against}" if self.against else f" {unit}".rstrip()))

    def met(self, ours, peer, limit):
        """None if what it is measured against is not there."""
        base = {"": 1.0, "peer": peer, "limit": limit}[self.against]
        if base is None:
            return None
        bound = self.bound * base
        return ours <= bound if self.at_most else ours >= bound


def at_least(bound, against=""):
    return Goal(bound, False, against)


def at_most(bound, against=""):
    return Goal(bound, True, against)


@dataclasses.dataclass
class Measure:
    figure: str  # the name before the "=" in a way's line
    unit: str
    goals: list = dataclasses.field(default_factory=list)
    less_is_better: bool = False
    words: str = ""  # put behind the work's name in this row


@dataclasses.dataclass
class Work:
    words: str  # what is done, the row's first cell; BENCH="word" looks here
    ours: list
    measures: list
    peers: dict = dataclasses.field(default_factory=dict)  # name to command
    limit: list = None
    limit_words: str = ""
    # A command that runs during the work: it prints one line of NAME=value, put
    # in the ways' environment, and ends when its standard input does.
    service: list = None
    rounds: int = 3
    seconds: int = 120  # for one way in one round


def environment(**more):
    """What every way finds in its environment."""
    threads = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    return {**os.environ, **threads,
            "NODE_PATH": os.path.abspath(f"{PLACE}/node/node_modules"),
            "PYTHONDONTWRITEBYTECODE": "1", "NODE_ENV": "production",
            "PYTHONPATH": os.path.abspath(HERE), "LC_ALL": "C.UTF-8",
            "BENCH_DATA": os.path.abspath(DATA),
            "PAPERBOY_PROGRAM": os.path.abspath("build/release/paperboy"),
            **more}
