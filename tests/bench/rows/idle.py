from row import Measure, Work, at_most, HERE, node, own, python


def idle(command):
    return ["python3", f"{HERE}/idle.py", *command]


WORKS = [Work(
    words="start, and idle with every adapter on",
    ours=idle(["paperboy"]),
    peers={"matrix-bot-sdk": idle(node("idle_matrix_bot_sdk.js")),
           "@slack/bolt": idle(node("idle_slack_bolt.js")),
           "matrix-nio": idle(python("idle_matrix_nio.py"))},
    limit=idle(own("idle_limit")),
    limit_words="the libraries alone",
    service=python("fake_places.py"),
    measures=[
        Measure("mib", "MiB", [at_most(16)], less_is_better=True,
                words="memory"),
        Measure("ready_ms", "ms", [at_most(50)], less_is_better=True,
                words="start to ready"),
        Measure("cpu_ms", "ms", less_is_better=True,
                words="processor time until ready"),
    ],
)]
