"""The same queries as a script asks FTS5: MATCH, ten best by its own rank."""

import os
import sqlite3
import sys
import time

from stores import pairs_of


def match_of(kind, terms):
    if kind == "Chinese":
        return f'chinese: "{pairs_of(terms[0])}"'
    if kind == "a prefix":
        return f'"{terms[0]}" *'
    between = " OR " if kind == "any of three words" else " "
    return between.join(f'"{term}"' for term in terms)


kind = sys.argv[1]
store = sqlite3.connect(os.environ["SEARCH_PLAIN"])
times, found = [], 0
with open(os.environ["SEARCH_QUERIES"], encoding="utf-8") as lines:
    asked = [line.rstrip("\n").split("\t") for line in lines]
for _, *terms in (query for query in asked if query[0] == kind):
    begin = time.monotonic()
    found += len(store.execute(
        "SELECT id FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 10",
        (match_of(kind, terms),)).fetchall())
    times.append((time.monotonic() - begin) * 1e3)
times.sort()
print(f"p50={times[len(times) // 2]:.3f} p99={times[len(times) * 99 // 100]:.3f} "
      f"queries={len(times)} found={found}")
