"""The bot under test: its configuration, its daemon, its database."""

import asyncio
import contextlib
import datetime
import json
import os
import signal
import sqlite3

PROGRAM = os.path.abspath(os.environ.get("PAPERBOY_PROGRAM",
                                         "build/test/paperboy"))
LINE_SECONDS = 30
STORED_SECONDS = 15
END_SECONDS = 20
DAY_MS = 24 * 3600 * 1000


def minutes_from_now(minutes):
    """A time of day in UTC, as schedule = has it."""
    then = (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(minutes=minutes))
    return then.strftime("%H:%M")


def account(login, homeserver, name="home", **more):
    keys = {"type": "matrix", "homeserver": homeserver, "token": login.token,
            "user": login.user_id}
    return f"account {name}", {**keys, **more}


def account_by_password(login, homeserver, name="home"):
    keys = {"type": "matrix", "homeserver": homeserver, "user": login.user_id,
            "password": login.password}
    return f"account {name}", keys


def channel(name, room, **more):
    """Due half an hour ago, for a channel that was there yesterday."""
    keys = {"account": "home", "room": room, "categories": "cs.LG",
            "schedule": minutes_from_now(-30) + " daily", "timezone": "UTC",
            "languages": "en", "size": "3+2"}
    return f"channel {name}", {**keys, **more}


class Paperboy:
    environment = None  # another than ours

    def __init__(self, place, feed, sections):
        os.makedirs(place, exist_ok=True)
        self.place = place
        self.config = os.path.join(place, "paperboy.ini")
        self.database = os.path.join(place, "paperboy.db")
        self.lines = []
        self.process = None
        self.news = asyncio.Condition()
        self.write([("bot", {"contact": "tests@example.org"}),
                    ("store", {"url": "sqlite:" + self.database}),
                    ("source arxiv", {"feed_url": feed.url,
                                      "api_url": feed.api_url}), *sections])

    def write(self, sections):
        with open(self.config, "w") as file:
            for name, keys in sections:
                file.write(f"[{name}]\n")
                file.writelines(f"{key} = {value}\n"
                                for key, value in keys.items())

    # --- the daemon ---

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", "--config", self.config,
            stdin=asyncio.subprocess.DEVNULL, env=self.environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        self.reader = asyncio.create_task(self.read(self.process.stdout))
        self.begun = len(self.lines)
        return self

    async def read(self, stream):
        with open(os.path.join(self.place, "paperboy.log"), "ab") as log:
            async for line in stream:
                log.write(line)
                log.flush()
                async with self.news:
                    self.lines.append(line.decode(errors="replace").rstrip())
                    self.news.notify_all()
        async with self.news:
            self.news.notify_all()

    async def comes_up(self):
        runs = lambda: (self.reader.done() or
                        any("paperboy runs" in line
                            for line in self.lines[self.begun:]))
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(runs), LINE_SECONDS)

    def said(self, words):
        return [line for line in self.lines if words in line]

    async def says(self, words, times=1, seconds=LINE_SECONDS):
        """Waits until so many log lines have these words."""
        enough = lambda: (len(self.said(words)) >= times
                          or self.reader.done())
        async with self.news:
            try:
                await asyncio.wait_for(self.news.wait_for(enough), seconds)
            except asyncio.TimeoutError:
                pass
        assert len(self.said(words)) >= times, (
            f'the bot never said "{words}"; its last words:\n'
            + "\n".join(self.lines[-15:]))

    def strike(self, how):
        """Not by asyncio's own call, which may take the exit code from its own
        watcher."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended
                os.kill(self.process.pid, how)

    async def end(self, how=signal.SIGTERM):
        """Exit code; negative is the signal that ended it."""
        if self.process is None:
            return None
        self.strike(how)
        try:
            code = await asyncio.wait_for(self.process.wait(), END_SECONDS)
        except asyncio.TimeoutError:
            self.strike(signal.SIGKILL)
            raise
        await self.reader
        self.process = None
        return code

    async def close(self):
        """An orderly end, which the leak check is part of.  Not before it runs:
        until then a signal ends it as any program."""
        if self.process is not None:
            await self.comes_up()
        code = await self.end()
        assert code in (None, 0), (
            f"the bot ended with {code}; its last words:\n"
            + "\n".join(self.lines[-40:]))

    async def age_channels(self):
        """Runs once, then makes its channels a day older: so that a digest is
        due whose hour has passed."""
        await self.start()
        await self.says("paperboy runs")
        await self.close()
        self.lines.clear()
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            with database:
                database.execute("UPDATE channels SET created_ms ="
                                 f" created_ms - {DAY_MS}")
        return self

    # --- its other commands ---

    async def ask(self, *arguments):
        """Another paperboy command on the same configuration: its exit code,
        its output, its complaints."""
        process = await asyncio.create_subprocess_exec(
            PROGRAM, arguments[0], "--config", self.config, *arguments[1:],
            stdin=asyncio.subprocess.DEVNULL, env=self.environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        out, complaint = await process.communicate()
        return process.returncode, out.decode(), complaint.decode()

    async def tell(self, *arguments):
        """The same where it must go well: its output."""
        code, out, complaint = await self.ask(*arguments)
        assert code == 0, (arguments, code, out, complaint)
        return out

    async def outbox(self):
        said = await self.tell("outbox", "--all", "--json")
        return [json.loads(line) for line in said.splitlines()]

    def has_sent_all(self):
        """There were messages, and none waits any more."""
        with contextlib.closing(sqlite3.connect(self.database)) as base:
            rows, due = base.execute("SELECT count(*), sum(state = 0)"
                                     " FROM outbox").fetchone()
        return rows > 0 and due == 0

    async def counts_unreadable(self, count):
        """Waits until status counts so many encrypted messages."""
        found = None
        for _ in range(STORED_SECONDS * 5):
            said = json.loads(await self.tell("status", "--json"))
            found = [account["unreadable"] for account in said["accounts"]]
            if found == [count]:
                return
            await asyncio.sleep(0.2)
        raise AssertionError(f"{found} encrypted messages, not {count}")

    async def comes_to(self, query, rows):
        """Waits until the database answers this query so."""
        found = None
        for _ in range(STORED_SECONDS * 5):
            with contextlib.closing(sqlite3.connect(self.database)) as base:
                found = base.execute(query).fetchall()
            if found == rows:
                return
            await asyncio.sleep(0.2)
        raise AssertionError(f"{query}: {found}, not {rows}")

    async def all_sent(self, seconds):
        """Waits until nothing is left to be sent; the outbox."""
        for _ in range(seconds * 2):
            rows = await self.outbox()
            if all(row["state"] == "sent" for row in rows):
                return rows
            await asyncio.sleep(0.5)
        raise AssertionError([row for row in rows if row["state"] != "sent"])
