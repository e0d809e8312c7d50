"""What a script does: json, sqlite3, a table and an FTS5 index, which commits
every 500 records."""

import json
import os
import resource
import sqlite3
import time

from stores import PLACE, remove

COMMIT_RECORDS = 500
PATH = f"{PLACE}/import-python.db"

remove(PATH)
begin, count = time.monotonic(), 0
store = sqlite3.connect(PATH, isolation_level=None)
store.execute("PRAGMA journal_mode = WAL")
store.execute("CREATE TABLE papers (id TEXT PRIMARY KEY, title TEXT, abstract "
              "TEXT, authors TEXT, categories TEXT, updated TEXT)")
store.execute("CREATE VIRTUAL TABLE words USING fts5(title, abstract, authors)")
with open(os.environ["IMPORT_RECORDS"], encoding="utf-8") as lines:
    store.execute("BEGIN")
    for line in lines:
        paper = json.loads(line)
        row = store.execute(
            "INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?)",
            (paper["id"], paper["title"], paper["abstract"], paper["authors"],
             paper["categories"], paper["update_date"])).lastrowid
        store.execute(
            "INSERT INTO words (rowid, title, abstract, authors) "
            "VALUES (?, ?, ?, ?)",
            (row, paper["title"], paper["abstract"], paper["authors"]))
        count += 1
        if count % COMMIT_RECORDS == 0:
            store.execute("COMMIT")
            store.execute("BEGIN")
    store.execute("COMMIT")
store.close()
passed = time.monotonic() - begin
used = resource.getrusage(resource.RUSAGE_SELF)
remove(PATH)
print(f"rate={count / passed:.1f} "
      f"cpu_us={(used.ru_utime + used.ru_stime) / count * 1e6:.2f} "
      f"mib={used.ru_maxrss / 1024:.1f}")
