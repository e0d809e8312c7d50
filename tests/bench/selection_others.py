"""What scikit-learn gives the same papers: selection_others.py WEEK.jsonl.gz...

TF-IDF over words and word pairs of title and abstract with a linear SVM and
with logistic regression, each week scored by what was learnt from the others.
Prints rows "method id score", and "method ! milliseconds": the time to score and
sort 2,000 papers whose vectors are there.
"""

import gzip
import json
import sys
import time

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

WAYS = {
    "TF-IDF+SVM": lambda: LinearSVC(
        C=0.3, class_weight="balanced", random_state=0),
    "TF-IDF+logistic": lambda: LogisticRegression(
        C=10, class_weight="balanced", solver="liblinear", random_state=0),
}


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_of(paper):
    return paper["title"] + " " + paper["abstract"]


def score(weeks, left_out, way):
    known = [p for n, week in enumerate(weeks) if n != left_out for p in week]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    seen = vectors.fit_transform(map(text_of, known))
    model = way().fit(seen, [paper["picked"] for paper in known])
    return model.decision_function(
        vectors.transform(map(text_of, weeks[left_out]))), model, vectors


def milliseconds(model, vectors, papers):
    rows = vectors.transform(map(text_of, papers[:2000]))
    times = []
    for _ in range(21):
        start = time.perf_counter()
        numpy.argsort(-model.decision_function(rows), kind="stable")
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)[10]


def main(paths):
    weeks = [read(path) for path in paths]
    for name, way in WAYS.items():
        for n, week in enumerate(weeks):
            scores, model, vectors = score(weeks, n, way)
            for paper, number in zip(week, scores):
                print(f"{name} {paper['id']} {number:.9g}")
        everything = [paper for week in weeks for paper in week]
        print(f"{name} ! {milliseconds(model, vectors, everything):.3f}")


main(sys.argv[1:])
