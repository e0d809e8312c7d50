"""Kill -9 at an instant drawn by chance, while messages are on their way."""

import asyncio
import signal

# Where the kill falls: before the request is passed on, before its answer is,
# or so many ms at most after the first request, whatever goes on then.
BEFORE_ASKED, BEFORE_ANSWERED, ANY_TIME = "asked", "answered", "any"
ANY_TIME_MS = 40
NTH_MAX = 64
SEND_SECONDS = 60
LOOK_SECONDS = 1


class Killer:
    """One start of the bot, killed at an instant drawn by chance."""

    def __init__(self, stage, paperboy, gate, nth_max=NTH_MAX):
        self.paperboy, self.gate = paperboy, gate
        self.phase = stage.chance.choice(
            (BEFORE_ASKED, BEFORE_ANSWERED, ANY_TIME))
        self.nth = stage.chance.randint(1, nth_max)
        self.delay = stage.chance.uniform(0, ANY_TIME_MS) / 1000
        self.fell = asyncio.Event()

    def kill(self):
        if not self.fell.is_set():
            self.paperboy.strike(signal.SIGKILL)
            self.fell.set()

    def passes(self, phase, count):
        """False: the bytes in hand are not passed on."""
        if self.fell.is_set():
            return True
        if self.phase == ANY_TIME:
            if count == 1 and phase == BEFORE_ASKED:
                asyncio.get_running_loop().call_later(self.delay, self.kill)
        elif phase == self.phase and count == self.nth:
            self.kill()
            return False
        return True

    async def falls(self):
        try:
            await asyncio.wait_for(self.fell.wait(), LOOK_SECONDS)
        except asyncio.TimeoutError:
            pass
        return self.fell.is_set()

    async def run(self):
        """False if all was sent before it could be killed."""
        self.gate.begin(lambda count: self.passes(BEFORE_ASKED, count),
                        lambda count: self.passes(BEFORE_ANSWERED, count))
        await self.paperboy.start()
        async with asyncio.timeout(SEND_SECONDS):
            while not await self.falls():
                if self.paperboy.has_sent_all():
                    await self.paperboy.close()
                    return False
        code = await self.paperboy.end(signal.SIGKILL)
        assert code == -signal.SIGKILL, code
        return True
