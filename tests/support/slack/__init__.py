"""A made-up Slack, stricter than the real one; what it takes Slack takes.

    server.py      all of it on one port of 127.0.0.1
    workspace.py   who is there, and what was posted
    people.py      what the people there do
    shapes.py      how a structure is checked, and what Slack says of a fault
    limits.py      a message's limits, with their sources
    web_api.py     the methods an app calls; methods_*.py: each family
    addresses.py   incoming webhooks and response URLs
    payloads.py    what an app is told
    signing.py     how it can know that Slack tells it
    delivery.py    told by HTTP, and again where it does not answer
    sockets.py     told by Socket Mode
    rates.py       how often it may ask
    faults.py      what goes wrong on order
"""
