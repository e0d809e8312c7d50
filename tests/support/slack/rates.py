"""How often an app may ask: docs.slack.dev, "Rate limits".

The documented rates with the least burst that they allow; a Slack that is not
asked to be strict takes everything.
"""

import math
import time

from .refusal import Refusal

# Calls a minute, of a method and workspace.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
# One message a second and channel; some of it is forgiven, because on a
# busy machine the way to here takes no two messages equally long.
CHANNEL_SECONDS, EARLY_SECONDS = 1.0, 0.5


class Rates:
    def __init__(self, strict):
        self.strict = strict
        self.free_at = {}
        self.asked_at = {}
        self.refused = 0

    def refuse(self, error, seconds):
        self.refused += 1
        wait = max(1, math.ceil(seconds))
        raise Refusal(error, 429, retry_after=wait)

    def take_message(self, place, error="ratelimited"):
        """One message to this channel or webhook."""
        now = time.monotonic()
        wait = self.free_at.get(place, now) - now
        if self.strict and wait > EARLY_SECONDS:
            self.refuse(error, wait)
        self.free_at[place] = now + CHANNEL_SECONDS

    def take_call(self, method, tier):
        if not self.strict or tier is None:
            return
        now = time.monotonic()
        asked = [at for at in self.asked_at.get(method, []) if at > now - 60]
        if len(asked) >= TIERS[tier]:
            self.refuse("ratelimited", asked[0] + 60 - now)
        self.asked_at[method] = [*asked, now]
