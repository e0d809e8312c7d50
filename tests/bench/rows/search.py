from row import HERE, Measure, Work, at_most, own, python
from stores import KINDS, SEARCHED


def search(kind):
    return Work(
        words=f"search {SEARCHED:,} papers, top 10: {kind}",
        ours=own("search", kind),
        peers={"plain FTS5": python("search_fts5.py", kind)},
        service=["python3", f"{HERE}/stores.py", "searched"],
        measures=[
            Measure("p50", "ms", less_is_better=True, words="p50"),
            Measure("p99", "ms", [at_most(20)], less_is_better=True,
                    words="p99"),
        ])


WORKS = [search(kind) for kind in KINDS]
