"""What importing and searching are measured with, made when it is missing:

    stores.py records   the records that are imported
    stores.py searched  all papers with their notes, stored by us and in a plain
                        FTS5 table, and what is looked for

As a work's service: prints where it lies and ends with its standard input.
BENCH_RECORDS=20000 imports fewer records.
"""

import hashlib
import itertools
import json
import os
import random
import re
import sqlite3
import subprocess
import sys

PLACE = "build/bench"
RECORDS = int(os.environ.get("BENCH_RECORDS", "200000"))
SEARCHED = 200_000
EACH = 200  # queries of a kind
KINDS = ("two words", "three words", "any of three words", "a prefix",
         "a phrase", "Chinese")
HAN = re.compile("[\u4e00-\u9fff]+")


def pairs_of(text):
    """Han characters as overlapping pairs, for an index that knows words."""
    return " ".join(run[i:i + 2] for run in HAN.findall(text)
                    for i in range(max(1, len(run) - 1)))


# --- what is looked for ---

def title_words(chance, titles, count):
    """Side by side in a title, as they stand there."""
    while True:
        words = re.findall("[a-z]{3,}", chance.choice(titles).lower())
        if len(words) >= count:
            at = chance.randint(0, len(words) - count)
            return words[at:at + count]


def query_of(kind, chance, titles, chinese):
    if kind == "Chinese":
        run = chance.choice(chinese)
        length = chance.randint(2, 4)
        at = chance.randint(0, len(run) - length)
        return [run[at:at + length]]
    if kind == "a prefix":
        [word] = title_words(chance, titles, 1)
        return [word[:chance.randint(3, 6)]]
    if kind == "a phrase":
        return [" ".join(title_words(chance, titles, 2))]
    # Of different papers: what people ask need not stand together.
    return [title_words(chance, titles, 1)[0]
            for _ in range(2 if kind == "two words" else 3)]


def write_queries(path):
    chance = random.Random(20261124)
    with open(f"{PLACE}/data/snapshot.jsonl", encoding="utf-8") as lines:
        titles = [json.loads(line)["title"]
                  for line in itertools.islice(lines, 0, None, 50)]
    with open(f"{PLACE}/data/notes.jsonl", encoding="utf-8") as lines:
        digests = [json.loads(line)["notes"]["zh"]["digest"]
                   for line in itertools.islice(lines, 0, None, 50)]
    chinese = [run for digest in digests for run in HAN.findall(digest)
               if len(run) >= 6]
    with open(path, "w", encoding="utf-8") as out:
        for kind in KINDS:
            for _ in range(EACH):
                out.write("\t".join([kind, *query_of(kind, chance, titles,
                                                     chinese)]) + "\n")


# --- the stores ---

def remove(path):
    for end in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(path + end):
            os.remove(path + end)


def fill_ours(path):
    remove(path)
    subprocess.run(
        ["build/release/paperboy", "fetch", "--store", f"sqlite:{path}",
         "--from", f"{PLACE}/data/snapshot.jsonl", f"{PLACE}/data/notes.jsonl"],
        check=True, stdout=sys.stderr)


def fill_plain(path):
    notes = {}
    with open(f"{PLACE}/data/notes.jsonl", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            notes[row["id"]] = pairs_of(" ".join(row["notes"]["zh"].values()))
    remove(path)
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE VIRTUAL TABLE papers USING "
                  "fts5(id UNINDEXED, title, abstract, authors, chinese)")
    store.execute("BEGIN")
    with open(f"{PLACE}/data/snapshot.jsonl", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            store.execute("INSERT INTO papers VALUES (?, ?, ?, ?, ?)",
                          (row["id"], row["title"], row["abstract"],
                           row["authors"], notes.get(row["id"])))
    store.execute("COMMIT")
    store.execute("INSERT INTO papers (papers) VALUES ('optimize')")
    store.close()


def stamp_of(*paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as bytes_of_it:
            digest.update(bytes_of_it.read())
    return digest.hexdigest()


def provide(path, fill, *made_of):
    """Anew when what it is made of has changed."""
    stamp, known = stamp_of(f"{PLACE}/data/made", __file__, *made_of), ""
    if os.path.exists(path + ".made"):
        with open(path + ".made", encoding="ascii") as made:
            known = made.read()
    if known != stamp:
        print(f"Filling {path}", file=sys.stderr)
        fill(path)
        with open(path + ".made", "w", encoding="ascii") as made:
            made.write(stamp)
    return path


def provide_searched():
    queries = provide(f"{PLACE}/queries.tsv", write_queries)
    ours = provide(f"{PLACE}/searched.db", fill_ours, "build/release/paperboy")
    plain = provide(f"{PLACE}/searched-fts5.db", fill_plain)
    return f"SEARCH_QUERIES={queries} SEARCH_OURS={ours} SEARCH_PLAIN={plain}"


def provide_records():
    path, tenth = f"{PLACE}/records.jsonl", f"{PLACE}/records-tenth.jsonl"
    with open(f"{PLACE}/data/snapshot.jsonl", encoding="utf-8") as lines:
        for end, count in ((path, RECORDS), (tenth, RECORDS // 10)):
            lines.seek(0)
            with open(end, "w", encoding="utf-8") as out:
                out.writelines(itertools.islice(lines, count))
    return f"IMPORT_RECORDS={path} IMPORT_TENTH={tenth}"


def main():
    provided = {"records": provide_records, "searched": provide_searched}
    print(provided[sys.argv[1]](), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
