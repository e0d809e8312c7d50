from row import HERE, Measure, Work, at_least, node, own, python
from stores import RECORDS

WORKS = [Work(
    words=f"import {RECORDS:,} snapshot records with the search index",
    ours=["python3", f"{HERE}/import.py"],
    peers={"python": python("import_sqlite.py"),
           "node": node("import_sqlite.js")},
    limit=own("import_limit"),
    limit_words="parsing alone",
    service=["python3", f"{HERE}/stores.py", "records"],
    measures=[
        Measure("rate", "/s", [at_least(2, "peer")]),
        Measure("cpu_us", "µs", less_is_better=True,
                words="processor time each"),
        Measure("mib", "MiB", less_is_better=True, words="memory at most"),
        Measure("tenth_mib", "MiB", less_is_better=True,
                words="memory at most for a tenth of them"),
    ],
    seconds=600,
)]
