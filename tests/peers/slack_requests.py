"""Requests as Slack sends them, and as others might: made from a seed."""

import dataclasses
import time

from slack import payloads, signing
from slack.delivery import Http

COUNT = 1000
GOOD, FORGED, STALE, REPLAYED = "signed", "forged", "stale", "replayed"
SHARES = {GOOD: 4, FORGED: 3, STALE: 2, REPLAYED: 1}
AGE_MAX, MARGIN = 300, 20  # seconds; the margin is for a slow machine
COMMANDS = 24  # the rest are presses and events, which nobody answers


@dataclasses.dataclass
class Request:
    sort: str    # one of the four
    how: str     # "another secret"
    kind: str    # a Told's kind: which address it goes to
    body: bytes
    headers: dict
    told: int    # what it tells: the same number is the same thing


def secret_of_another(chance, secret, body, now):
    return signing.headers(secret + "x", body, now)


def body_changed(chance, secret, body, now):
    at = chance.randrange(len(body))
    return signing.headers(secret, body[:at] + b"?" + body[at:], now)


def digit_changed(chance, secret, body, now):
    made = signing.headers(secret, body, now)
    signed = made["X-Slack-Signature"]
    at = chance.randrange(3, len(signed))
    digit = "0" if signed[at] != "0" else "1"
    return made | {"X-Slack-Signature": signed[:at] + digit + signed[at + 1:]}


def cut_short(chance, secret, body, now):
    made = signing.headers(secret, body, now)
    length = chance.randrange(0, len(made["X-Slack-Signature"]))
    return made | {"X-Slack-Signature": made["X-Slack-Signature"][:length]}


def longer(chance, secret, body, now):
    made = signing.headers(secret, body, now)
    return made | {"X-Slack-Signature": made["X-Slack-Signature"] + "00"}


def another_version(chance, secret, body, now):
    made = signing.headers(secret, body, now)
    return made | {"X-Slack-Signature":
                   "v1" + made["X-Slack-Signature"][2:]}


def another_time(chance, secret, body, now):
    """Signed for one instant, said to be of another."""
    made = signing.headers(secret, body, now - chance.randint(1, 200))
    return made | {"X-Slack-Request-Timestamp": str(now)}


def no_signature(chance, secret, body, now):
    return {"X-Slack-Request-Timestamp": str(now)}


def no_time(chance, secret, body, now):
    made = signing.headers(secret, body, now)
    del made["X-Slack-Request-Timestamp"]
    return made


def no_number(chance, secret, body, now):
    return signing.headers(secret, body, "yesterday")


def nothing(chance, secret, body, now):
    return {}


FORGERIES = [secret_of_another, body_changed, digit_changed, cut_short, longer,
             another_version, another_time, no_signature, no_time, no_number,
             nothing]


class Maker:
    """room: a channel whose messages may be reacted to and pressed."""

    def __init__(self, slack, chance, room, message):
        self.slack, self.chance = slack, chance
        self.room, self.message = room, message
        self.commands, self.told = 0, 0
        self.good = []

    def thing(self):
        """Something new to tell."""
        self.told += 1
        person = self.slack.person(f"person{self.told}", channels=[self.room])
        if self.commands < COMMANDS and self.chance.random() < 0.1:
            self.commands += 1
            return payloads.command(self.slack, person.user, self.room,
                                    "/paper", f"help # {self.told}")
        if self.chance.random() < 0.3:
            return payloads.press(
                self.slack, person.user, self.message, "b",
                {"action_id": "open", "type": "button",
                 "text": {"type": "plain_text", "text": "Open"}})
        return payloads.reaction(self.slack, person.user, self.message,
                                 "+1", "reaction_added")

    def request(self, sort):
        if sort == REPLAYED and self.good:
            return dataclasses.replace(self.chance.choice(self.good),
                                       sort=REPLAYED, how="the same bytes")
        body, content_type = Http.encoded(thing := self.thing())
        now, how = int(time.time()), "in time"
        if sort == FORGED:
            forge = self.chance.choice(FORGERIES)
            how = forge.__name__.replace("_", " ")
            made = forge(self.chance, self.slack.secret, body, now)
        else:
            if sort == STALE:
                now -= self.chance.randint(AGE_MAX + MARGIN, 100000)
                how = "of long ago"
            elif sort == GOOD:
                now += self.chance.randint(-AGE_MAX + 3 * MARGIN, MARGIN)
            made = signing.headers(self.slack.secret, body, now)
        request = Request(sort, how, thing.kind, body,
                          {"Content-Type": content_type, **made}, self.told)
        if sort == GOOD:
            self.good.append(request)
        return request

    def commands_given(self):
        return sum(request.kind == "slash_commands" for request in self.good)

    def requests(self):
        for _ in range(COUNT):
            [sort] = self.chance.choices(list(SHARES), SHARES.values())
            yield self.request(sort)
