"""feedparser reads the answer of arXiv's API, once: it takes seconds."""

import os
import time

import feedparser

with open(os.environ["BENCH_DATA"] + "/feed.atom", "rb") as file:
    text = file.read()
begin = time.process_time()
papers = len(feedparser.parse(text).entries)
passed = time.process_time() - begin
print(f"mb_s={len(text) / passed / 1e6:.3f} papers={papers}")
