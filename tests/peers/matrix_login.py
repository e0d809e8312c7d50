"""Logging in, staying in, being put out."""

import asyncio
import signal

from feed import made_up_papers
from gate import REFRESH, Gate
from paperboy import account, account_by_password, channel
from people import messages_of
from synapse import TOKEN_SECONDS
from world import SERVERS, scenario

RENEWALS = 12
SEND_SECONDS = 20
QUIET_SECONDS = 4
REQUESTS_MAX = 12  # of a bot that can do nothing, in that time


async def devices_of(server, login):
    """Ids, without the one that looks."""
    looking = await server.log_in(login)
    answer = await server.ask("GET", "/_matrix/client/v3/devices",
                              token=looking.token)
    await server.ask("POST", "/_matrix/client/v3/logout", {}, looking.token)
    return {device["device_id"] for device in answer["devices"]
            } - {looking.device_id}


@scenario(beside=True, servers=SERVERS)
async def a_bot_with_a_password_stays_one_device_and_outlives_its_tokens(
        stage):
    login = await stage.server.register(stage.name("paperboy"))
    before = await devices_of(stage.server, login)
    reader = await stage.person()
    rooms = [await reader.create_room() for _ in range(3)]
    feed = await stage.feed(made_up_papers(12))
    paperboy = stage.paperboy(feed, [
        account_by_password(login, stage.server.url)] + [
        channel(f"room{i}", room) for i, room in enumerate(rooms)])

    await paperboy.tell("fetch")
    for i, room in enumerate(rooms):
        await paperboy.tell("post", "--channel", f"room{i}")
        await reader.sees(room, messages_of(login.user_id), "the digest")
        await asyncio.sleep(TOKEN_SECONDS + 0.5)  # now the token has ended
    new = await devices_of(stage.server, login) - before
    assert len(new) == 1, new


@scenario(beside=True)
async def kills_while_a_token_is_renewed_never_lock_the_bot_out(stage):
    login = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person()
    room = await reader.create_room()
    gate = stage.keep(await Gate(stage.server.port).start())
    feed = await stage.feed(made_up_papers(12))
    paperboy = stage.paperboy(feed, [account_by_password(login, gate.url),
                                     channel("room", room)])
    await paperboy.start()
    await paperboy.says("account works")
    await paperboy.close()

    kept_back = 0
    for _ in range(RENEWALS):
        await asyncio.sleep(TOKEN_SECONDS)
        fell = asyncio.Event()
        keep_back = stage.chance.random() < 0.5
        delay = stage.chance.uniform(0, 0.02)

        def kill():
            paperboy.strike(signal.SIGKILL)
            fell.set()

        def at_answered(count):
            if count > 1:
                return True
            if keep_back:
                kill()
                return False
            asyncio.get_running_loop().call_later(delay, kill)
            return True

        gate.begin(at_answered=at_answered, watched=REFRESH)
        await paperboy.start()
        async with asyncio.timeout(SEND_SECONDS):
            await fell.wait()
        assert await paperboy.end(signal.SIGKILL) == -signal.SIGKILL
        kept_back += keep_back
    gate.begin()
    await paperboy.tell("fetch")
    await paperboy.tell("post", "--channel", "room")
    await reader.sees(room, messages_of(login.user_id), "the digest")
    stage.tell(f"{kept_back} new pairs were lost on their way, "
               f"{RENEWALS - kept_back} came in up to 20 ms before the kill")


@scenario(beside=True, servers=SERVERS)
async def a_bot_that_was_logged_out_says_so_and_asks_no_more(stage):
    login = await stage.server.register(stage.name("paperboy"))
    room = await (await stage.person()).create_room()
    gate = stage.keep(await Gate(stage.server.port).start())
    feed = await stage.feed(made_up_papers(12))
    paperboy = await stage.paperboy(feed, [account(login, gate.url),
                                           channel("room", room)]
                                    ).age_channels()
    await stage.server.ask("POST", "/_matrix/client/v3/logout", {},
                           login.token)

    code, out, complaint = await paperboy.ask("check")
    assert code == 1 and "token" in out + complaint, (code, out, complaint)
    gate.begin()
    await paperboy.start()
    await paperboy.says("matrix account stopped")
    await asyncio.sleep(QUIET_SECONDS)
    assert gate.requests <= REQUESTS_MAX, gate.requests
    await paperboy.close()
