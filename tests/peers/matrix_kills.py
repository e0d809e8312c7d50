"""Kill -9 while messages are on their way to a homeserver."""

import asyncio
import collections
import re
import signal

from dendrite import Dendrite
from feed import made_up_papers
from gate import Gate
from killer import ANY_TIME, BEFORE_ANSWERED, BEFORE_ASKED, Killer
from paperboy import account, channel
from people import answers, messages_of
from talk import talk
from world import scenario

NUMBERED, PAPERS = 50, 100  # in the full style only the first are
COMMANDS, ANSWER_KILLS = 12, 30
SEND_SECONDS = 60


def check_room(room, events, rows):
    """Each row's message once, in the order of the parts."""
    ids = [event["event_id"] for event in events]
    assert len(set(ids)) == len(ids), "the history repeats itself"
    bodies = [event["content"]["body"] for event in events]
    assert len(set(bodies)) == len(bodies), f"{room} shows a message twice"
    assert len(events) == len(rows), (room, len(events), len(rows))
    numbers = [int(number) for body in bodies
               for number in re.findall(r"^(\d+)\. ", body, re.MULTILINE)]
    assert numbers == list(range(1, NUMBERED + 1)), (room, numbers)


async def kill_and_count(stage, kills, room_count):
    """How often the bot was killed: so often, or until all was sent."""
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.device(bot)
    rooms = [await reader.create_room() for _ in range(room_count)]
    gate = stage.keep(await Gate(stage.server.port).start())
    feed = await stage.feed(made_up_papers(PAPERS, sentences=26))
    paperboy = stage.paperboy(feed, [account(bot, gate.url)] + [
        channel(f"room{i}", room, size=f"{NUMBERED}+{PAPERS - NUMBERED}", style="full")
        for i, room in enumerate(rooms)])
    await paperboy.age_channels()

    fell = collections.Counter()
    while fell.total() < kills:
        killer = Killer(stage, paperboy, gate)
        if not await killer.run():
            break
        fell[killer.phase] += 1
    gate.begin()
    rows = await paperboy.outbox()
    left = sum(row["state"] == "due" for row in rows)
    uncertain = sum(row["uncertain"] for row in rows)
    await paperboy.start()
    rows = await paperboy.all_sent(SEND_SECONDS)
    await paperboy.close()

    for i, room in enumerate(rooms):
        of_room = [row for row in rows if row["channel"] == f"room{i}"]
        history = await reader.history(room)
        check_room(room, list(filter(messages_of(bot.user_id), history)),
                   of_room)
    stage.tell(f"{fell[BEFORE_ASKED]} kills before a request went out, "
               f"{fell[BEFORE_ANSWERED]} before its answer came in, "
               f"{fell[ANY_TIME]} at any time while sending")
    stage.tell(f"{len(rows)} messages in {room_count} rooms, each there once; "
               f"after the last kill {left} were still to be sent, "
               f"{uncertain} of them perhaps there already")
    return fell.total()


async def kill_so_often(stage, kills, room_count):
    """With new rooms each time that all was sent."""
    while kills > 0:
        kills -= await kill_and_count(stage, kills, room_count)


@scenario(seconds=600)
async def two_hundred_kills_while_sending_and_each_message_is_there_once(
        stage):
    await kill_so_often(stage, kills=200, room_count=60)


@scenario(seconds=300, servers=[Dendrite])
async def fifty_kills_and_each_message_is_there_once(stage):
    await kill_so_often(stage, kills=50, room_count=20)


async def ask_all(people, room):
    """Twelve commands each, one after the other; the ids of all."""
    async def ask(person):
        return [await person.say(room, f"!paper search model {number}")
                for number in range(COMMANDS)]
    return sum(await asyncio.gather(*map(ask, people)), [])


@scenario(seconds=240)
async def kills_while_answering_and_each_command_is_answered_once(stage):
    here = await talk(stage)
    people = [await stage.person() for _ in range(3)]
    room = await here.invited_by(people[0])
    for person in people[1:]:
        await people[0].invite(room, person.user_id)
        await person.join(room)
    await here.text(people[0], room, "!paper help")

    async def kill_again_and_again():
        for _ in range(ANSWER_KILLS):
            await asyncio.sleep(stage.chance.uniform(0.02, 0.6))
            await here.paperboy.end(signal.SIGKILL)
            await here.paperboy.start()

    asked, _ = await asyncio.gather(ask_all(people, room),
                                    kill_again_and_again())
    last = await people[0].say(room, "!paper subscriptions")
    for event_id in [*asked, last]:
        await people[0].sees(room, here.of_bot(answers(event_id)),
                             "an answer to each command")
    history = await people[0].history(room)
    for event_id in asked:
        told = list(filter(here.of_bot(answers(event_id)), history))
        assert len(told) == 1, [event["content"]["body"] for event in told]
    stage.tell(f"{len(asked)} commands, {ANSWER_KILLS} kills, one answer to "
               "each")
