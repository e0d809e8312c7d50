"""How Slack says no."""


class Refusal(Exception):
    """error is Slack's word; status is that of its plain-text answers; more
    stands beside the word in those of the Web API."""

    def __init__(self, error, status=400, **more):
        super().__init__(error)
        self.error, self.status, self.more = error, status, more
