"""Commands, in all the forms that clients let people write."""

import html
import signal

from feed import Paper
from people import PEOPLE, answers, edit_of, in_thread, relation
from talk import talk
from world import SERVERS, scenario

SLOW_SECONDS = 4  # the archive takes for its answer


def pill(user_id, words):
    """As clients write a mention that was picked from a list."""
    return {"body": f"{user_id} {words}",
            "format": "org.matrix.custom.html",
            "formatted_body": f'<a href="https://matrix.to/#/{user_id}">'
                              f"{user_id[1:].split(':')[0]}</a>: "
                              f"{html.escape(words)}",
            "m.mentions": {"user_ids": [user_id]}}


@scenario(clients=PEOPLE, servers=SERVERS)
async def commands_are_answered_in_every_form(stage, client):
    here = await talk(stage)
    person, guest = await stage.person(client), await stage.person()
    room = await here.invited_by(person)
    await person.invite(room, guest.user_id)  # no longer a room of two
    await guest.join(room)

    bot = here.bot.user_id
    name = bot[1:].split(":")[0]
    first = await here.text(person, room, "!paper help")
    for form in ("/paper help", "//paper help", "！paper help",
                 "／paper help", f"{name}: help", f"{bot} help"):
        assert await here.text(person, room, form) == first, form
    mention = pill(bot, "help")
    event = await here.answer(person, room, mention.pop("body"), **mention)
    assert event["content"]["body"] == first
    assert event["content"]["msgtype"] == "m.notice"
    chinese = await here.text(person, room, "！paper 帮助")
    assert "论文" in chinese and chinese != first, chinese


@scenario(clients=PEOPLE, servers=SERVERS)
async def what_is_not_for_the_bot_is_not_answered(stage, client):
    here = await talk(stage)
    person, guest = await stage.person(client), await stage.person()
    room = await here.invited_by(person)
    await person.invite(room, guest.user_id)
    await guest.join(room)

    said = len(person.all_seen(room, here.of_bot()))
    await person.say(room, "I read a paper about !paper and /paper today")
    await person.send(room, {"msgtype": "m.notice", "body": "!paper help"})
    await person.say(room, "papers, please")
    await here.text(person, room, "!paper subscriptions")
    assert len(person.all_seen(room, here.of_bot())) == said + 1


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_command_in_a_thread_is_answered_there(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)

    root = await person.say(room, "let us talk about papers")
    asked = await person.say_in_thread(room, root, "!paper help")
    await person.sees(room, here.of_bot(in_thread(root), answers(asked)),
                      "an answer in the thread")


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_mended_command_mends_its_answer(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)

    wrong = await here.answer(person, room, "!paper subscriptoins")
    [asked] = [event["event_id"] for event in person.all_seen(
        room, lambda e: e.get("sender") == person.user_id
        and e.get("type") == "m.room.message")]
    await person.edit(room, asked, "!paper subscriptions")
    [mended] = await person.sees(room, here.of_bot(
        edit_of(wrong["event_id"])), "its answer changed")
    new = mended["content"]["m.new_content"]
    assert new["body"] != wrong["content"]["body"]
    assert relation({"content": new}, "m.replace") is None


@scenario(servers=SERVERS)
async def what_was_said_while_the_bot_was_away_is_answered_once(stage):
    here = await talk(stage)
    person = await stage.person()
    room = await here.invited_by(person)
    said = len(person.all_seen(room, here.of_bot()))

    await here.paperboy.end(signal.SIGKILL)
    for number in range(60):  # more than one answer of /sync shows
        await person.say(room, "!paper help" if number in (3, 30)
                         else f"chatter {number}")
    await here.paperboy.start()
    await person.sees(room, here.of_bot(), "both answers", times=said + 2)
    await here.text(person, room, "!paper subscriptions")
    assert len(person.all_seen(room, here.of_bot())) == said + 3


def typing_of(user_id, does):
    return lambda event: (event.get("type") == "m.typing"
                          and (user_id in event["users"]) == does)


def read_by(user_id, event_id):
    """Fits this person's receipt for that."""
    return lambda event: (event.get("type") == "m.receipt" and
                          {"event_id": event_id, "user_id": user_id}
                          in event["receipts"])


@scenario(servers=SERVERS)
async def a_slow_answer_is_seen_coming(stage):
    here = await talk(stage)
    person = await stage.person()
    bot = here.bot.user_id
    room = await here.invited_by(person)
    old = Paper(77, "What Was Written Long Ago")
    here.feed.archive, here.feed.archive_seconds = [old], SLOW_SECONDS

    asked = await person.say(room, f"!paper show {old.id}")
    await person.sees(room, read_by(bot, asked), "that it was read")
    await person.sees(room, typing_of(bot, True), "the bot typing")
    told = lambda event: old.title in event["content"]["body"]
    await person.sees(room, here.of_bot(answers(asked), told), "the paper")
    await person.sees(room, typing_of(bot, False), "that it stopped")
    kinds = [event["type"] for event in person.all_seen(
        room, lambda e: typing_of(bot, True)(e)
        or here.of_bot(answers(asked), told)(e))]
    assert kinds[0] == "m.typing", kinds
    stage.tell("said meanwhile: " + " / ".join(
        event["content"]["body"].replace("\n", " ") for event in
        person.all_seen(room, here.of_bot(answers(asked)))
        if not told(event)))
