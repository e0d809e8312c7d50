"""Kill -9 around the acknowledgement of what people say, its commit, its answer
and the settling of that."""

import asyncio
import collections
import signal
import time

from slack_hears import hears, scenario, text_of
from slack_kills import UNSETTLED_SECONDS

KILLS = 40
# When the kill falls: while it is being told, the moment it has acknowledged, as
# it begins to answer, before the answer to that.
TELLING, ACKNOWLEDGED, ANSWERING, ANSWERED = (
    "told", "acknowledged", "answering", "answered")
TELLING_MS = 30
ANSWERING_CALLS = ("chat.postMessage", "response_url")
ALL_SECONDS = 90


class Fall:
    """One kill, at an instant drawn by chance, and a new start."""

    def __init__(self, here, phase):
        self.here, self.phase = here, phase
        self.fell = asyncio.Event()

    def kill(self):
        if not self.fell.is_set():
            self.here.paperboy.strike(signal.SIGKILL)
            self.at = time.monotonic()
            self.fell.set()

    def watch(self):
        faults = self.here.slack.faults

        def struck(phase):
            def at(name):
                if name not in ANSWERING_CALLS or self.phase != phase \
                        or self.fell.is_set():
                    return True
                self.kill()
                return False
            return at
        faults.at_asked = struck(ANSWERING)
        faults.at_answered = struck(ANSWERED)

    async def while_telling(self, tell, delay):
        """The delivery of what is told when the kill falls."""
        self.watch()
        telling = asyncio.create_task(tell())
        if self.phase == TELLING:
            await asyncio.sleep(delay)
            self.kill()
        elif self.phase == ACKNOWLEDGED:
            await asyncio.wait({telling}, timeout=5)
            self.kill()
        else:
            try:
                await asyncio.wait_for(self.fell.wait(), 10)
            except asyncio.TimeoutError:
                self.kill()
        code = await self.here.paperboy.end(signal.SIGKILL)
        assert code == -signal.SIGKILL, code
        await self.here.paperboy.start()
        await self.here.way.again(self.here.slack, self.here.port)
        return await telling


async def kill_and_tell(stage, here, number):
    """What was told: (it was a mention, its text or message, was it
    acknowledged); when the kill fell."""
    phase = stage.chance.choice((TELLING, ACKNOWLEDGED, ANSWERING, ANSWERED))
    delay = stage.chance.uniform(0, TELLING_MS) / 1000
    fall = Fall(here, phase)
    words = f"search nothing{number}x"
    if stage.chance.random() < 0.5:
        asked, delivery = await fall.while_telling(
            lambda: here.ada.mention(here.channel, words), delay)
        return phase, True, asked, delivery.ok, fall.at
    delivery = await fall.while_telling(
        lambda: here.ada.command(here.channel, words), delay)
    return phase, False, f"nothing{number}x", delivery.ok, fall.at


def answers_of(here, mention, told):
    """What was answered to it."""
    if mention:
        return [message for message in here.channel.thread(told.ts)
                if message.user == here.slack.workspace.user]
    return [message for message in here.ada.sees(here.channel)
            if told in text_of(message)]


def check(here, kills, mention, told, acknowledged):
    """How often the answer is repeated, which only one to a command may be:
    nothing at Slack says whether it was there."""
    answers = answers_of(here, mention, told)
    assert answers or not acknowledged, f"lost: {told}"
    if mention:
        assert len(answers) == 1, [text_of(answer) for answer in answers]
    for answer in answers[:-1]:
        assert any(abs(kill - answer.at) < UNSETTLED_SECONDS
                   for kill in kills), "repeated, though no kill was near"
    return max(0, len(answers) - 1)


@scenario(seconds=400)
async def kills_around_what_people_say_lose_nothing_and_answer_mentions_once(
        stage, way):
    here = await hears(stage, way)
    told = [await kill_and_tell(stage, here, number)
            for number in range(KILLS)]
    here.slack.faults.at_asked = here.slack.faults.at_answered = (
        lambda name: True)
    await here.slack.comes_to(
        lambda: all(answers_of(here, mention, what)
                    for _, mention, what, acknowledged, _ in told
                    if acknowledged), "answers to all", seconds=ALL_SECONDS)
    await here.paperboy.all_sent(ALL_SECONDS)
    kills = [at for *_, at in told]
    repeated = sum(check(here, kills, *each) for _, *each, _ in told)
    phases = collections.Counter(phase for phase, *_ in told)
    stage.tell(f"{KILLS} kills: " + ", ".join(
        f"{count} {phase}" for phase, count in phases.items()))
    mentions = sum(mention for _, mention, *_ in told)
    stage.tell(f"{mentions} mentions, each answered once; "
               f"{KILLS - mentions} commands, of which "
               f"{sum(not ok for _, mention, _, ok, _ in told if not mention)}"
               " were not acknowledged, as Slack then tells who gave them; "
               f"{repeated} answers, to one person, came again")
