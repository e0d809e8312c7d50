"""Scenarios on a made-up Slack, each with one of its own."""

import world
from slack.server import Slack


def scenario(package=None, **more):
    """As world.scenario; the package is the scenario's second argument."""
    return world.scenario(clients=[package] if package else None,
                          servers=(Slack,), **more)


class StrictSlack(Slack):
    """Keeps to its documented rates."""

    def __init__(self):
        super().__init__(strict=True)


def strict(package=None, **more):
    return world.scenario(clients=[package] if package else None,
                          servers=(StrictSlack,), **more)
