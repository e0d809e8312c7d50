from row import Measure, Work, at_least, at_most, node, own, python

WORKS = [Work(
    words="deliver 20,000 due messages of 4 kB to nginx, each settled durably",
    ours=own("deliver"),
    peers={"@slack/webhook": node("deliver_slack_webhook.js"),
           "matrix-bot-sdk": node("deliver_matrix_bot_sdk.js"),
           "matrix-nio": python("deliver_matrix_nio.py"),
           "aiohttp": python("deliver_aiohttp.py")},
    limit=own("deliver_limit"),
    limit_words="bare libcurl, 32 connections",
    service=python("deliver_nginx.py"),
    measures=[
        Measure("rate", "/s", [at_least(0.5, "limit"), at_least(6, "peer")]),
        Measure("cpu_us", "µs", [at_most(60)], less_is_better=True,
                words="processor time each"),
    ],
)]
