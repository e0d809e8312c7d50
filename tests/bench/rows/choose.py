from row import Measure, Work, at_most, own, python

WORKS = [Work(
    words="choose from a day of 2,000 papers for one channel",
    ours=own("choose"),
    peers={"scikit-learn": python("choose_sklearn.py")},
    measures=[
        Measure("ms", "ms", [at_most(5)], less_is_better=True),
        Measure("reading_ms", "ms", less_is_better=True,
                words="reading them, once a day for all channels"),
    ],
)]
