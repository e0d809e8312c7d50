"""What is for one person alone, and rooms that are encrypted."""

from feed import made_up_papers
from html_rules import check_message
from matrix_digest import digest_bot, digest_of
from paperboy import account, channel
from people import PEOPLE, both, membership, messages_of
from talk import talk
from world import SERVERS, scenario

ENCRYPTION = {"type": "m.room.encryption", "state_key": "",
              "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
CIPHERTEXT = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x",
              "device_id": "D", "sender_key": "k", "session_id": "s"}
REFUSED = ("This room is encrypted", "本房间已加密", "encrypted_rooms = clear")


async def invited_to(person, bot_id, but=()):
    """The room that the bot asks the person into."""
    invited = lambda event: (membership(person.user_id, "invite")(event)
                             and event["sender"] == bot_id)
    async with person.news:
        await person.news.wait_for(lambda: any(
            invited(event) and room not in but for room, event in person.seen))
    return next(room for room, event in person.seen
                if invited(event) and room not in but)


@scenario(clients=PEOPLE, servers=SERVERS)
async def what_is_for_one_alone_is_said_in_a_room_of_two(stage, client):
    here = await talk(stage)
    person, guest = await stage.person(client), await stage.person()
    room = await here.invited_by(person)
    await person.invite(room, guest.user_id)
    await guest.join(room)

    await person.say(room, "!paper saved")
    direct = await invited_to(person, here.bot.user_id)
    await person.join(direct)
    [answer] = await person.sees(direct, here.of_bot(), "its own answer")
    check_message(answer)
    members = await stage.server.ask(
        "GET", f"/_matrix/client/v3/rooms/{direct}/joined_members",
        token=here.bot.token)
    assert set(members["joined"]) == {person.user_id, here.bot.user_id}

    # The same room the next time, and one that asks there is answered there.
    await person.say(room, "!paper saved")
    await person.sees(direct, here.of_bot(), "the second answer", times=2)
    await person.say(direct, "saved")
    await person.sees(direct, here.of_bot(), "the third answer", times=3)
    greeting = guest.all_seen(room, here.of_bot())
    assert len(person.all_seen(room, here.of_bot())) == 1, "only a greeting"
    assert len(greeting) <= 1


@scenario(clients=PEOPLE, servers=SERVERS)
async def an_encrypted_room_is_told_once_what_helps(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person, state=[ENCRYPTION])

    await person.say(room, "!paper help")
    await here.paperboy.says("channel is broken")
    await person.send(room, CIPHERTEXT, "m.room.encrypted")
    await here.paperboy.counts_unreadable(1)
    [notice] = person.all_seen(room, here.of_bot())
    assert notice["content"]["msgtype"] == "m.notice"
    for words in REFUSED:
        assert words in notice["content"]["body"], notice


@scenario(clients=PEOPLE, servers=SERVERS)
async def encryption_that_comes_later_is_answered_at_once(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)
    await here.text(person, room, "!paper help")

    await person.set_state(room, ENCRYPTION["type"], ENCRYPTION["content"])
    events = await person.sees(room, lambda event: here.of_bot()(event) and
                               REFUSED[0] in event["content"]["body"],
                               "the notice")
    assert len(events) == 1


@scenario(servers=SERVERS)
async def no_digest_goes_into_an_encrypted_room_by_itself(stage):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person()
    open_room = await reader.create_room()
    secret = await reader.create_room(state=[ENCRYPTION])
    later = await reader.create_room()
    await reader.set_state(later, ENCRYPTION["type"], ENCRYPTION["content"])

    paperboy = await digest_bot(stage, bot, made_up_papers(12),
                                [secret, later, open_room])
    await reader.sees(open_room, digest_of(bot.user_id), "the digest")
    for channel in ("room0", "room1"):
        await paperboy.says("channel is broken, its messages are parked\" "
                            f"channel={channel}")
    said = await paperboy.tell("status")
    assert said.count("the room is encrypted") == 2, said
    for room in (secret, later):
        await reader.sees(room, messages_of(bot.user_id), "the notice")
    await paperboy.close()
    await paperboy.start()
    await paperboy.says("account works", times=2)
    for room in (secret, later):
        [notice] = filter(messages_of(bot.user_id), await reader.history(room))
        assert REFUSED[0] in notice["content"]["body"], notice


@scenario(servers=SERVERS)
async def what_comes_encrypted_is_counted_once(stage):
    here = await talk(stage)
    person = await stage.person()
    room = await here.invited_by(person, state=[ENCRYPTION])

    for _ in range(3):
        await person.send(room, CIPHERTEXT, "m.room.encrypted")
    await here.paperboy.counts_unreadable(3)
    await here.paperboy.close()
    await here.paperboy.start()
    await person.send(room, CIPHERTEXT, "m.room.encrypted")
    await here.paperboy.counts_unreadable(4)
    said = await here.paperboy.tell("status")
    assert "4 encrypted messages could not be read" in said, said


@scenario(servers=SERVERS)
async def a_digest_goes_into_an_encrypted_room_where_the_owner_allows_it(
        stage):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person()
    room = await reader.create_room(state=[ENCRYPTION])

    feed = await stage.feed(made_up_papers(12))
    paperboy = stage.paperboy(feed, [
        account(bot, stage.server.url, encrypted_rooms="clear"),
        channel("room0", room)])
    await (await paperboy.age_channels()).start()
    [event] = await reader.sees(room, digest_of(bot.user_id), "the digest")
    check_message(event)


@scenario(clients=PEOPLE, servers=SERVERS)
async def in_a_room_of_two_private_answers_stay_there(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person, direct=True)

    for command in ("!paper privacy", "!paper saved"):
        await here.answer(person, room, command)
    asked_in = both(membership(person.user_id, "invite"),
                    lambda event: event["sender"] == here.bot.user_id)
    assert not [event for _, event in person.seen if asked_in(event)]


@scenario(servers=SERVERS)
async def who_asks_to_be_forgotten_is(stage):
    here = await talk(stage)
    person = await stage.person()
    room = await here.invited_by(person, direct=True)
    saved = ("SELECT count(*) FROM saved WHERE person = "
             f"'{person.user_id}'")

    await here.text(person, room, "!paper save 2611.00101")
    await here.paperboy.comes_to(saved, [(1,)])
    question = await here.text(person, room, "!paper forget me")
    assert "cannot be undone" in question, question
    await here.paperboy.comes_to(saved, [(1,)])
    answer = await here.text(person, room, "!paper forget me yes")
    assert "Erased: " in answer, answer
    await here.paperboy.comes_to(saved, [(0,)])
    answer = await here.text(person, room, "!paper saved")
    assert "Habits" not in answer, answer
