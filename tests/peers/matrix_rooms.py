"""Rooms: asked in, put out, replaced, and who may say what holds there."""

from html_rules import check_message
from people import PEOPLE, answers, membership
from talk import HELLO, HELLO_CHINESE, talk
from world import SERVERS, scenario

ROOM_VERSION = "11"


@scenario(clients=PEOPLE, servers=SERVERS)
async def who_invites_the_bot_is_greeted_in_both_languages(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)

    assert person.all_seen(room, membership(here.bot.user_id, "join"))
    [greeting] = person.all_seen(room, here.of_bot())
    body, read = check_message(greeting)
    for words in (HELLO, HELLO_CHINESE, "!paper subscribe", "!paper schedule",
                  "!paper help"):
        assert words in body and words in read.text, (words, body)
    assert greeting["content"]["msgtype"] == "m.notice"


@scenario(clients=PEOPLE, servers=SERVERS)
async def only_who_has_the_power_changes_settings(stage, client):
    here = await talk(stage)
    person, guest = await stage.person(client), await stage.person()
    room = await here.invited_by(person)
    await person.invite(room, guest.user_id)
    await guest.join(room)

    refusal = await here.text(guest, room, "!paper subscribe LG")
    assert "in charge" in refusal, refusal
    answer = await here.text(person, room, "!paper subscribe LG")
    assert "Machine Learning" in answer, answer
    levels = await person.state(room, "m.room.power_levels")
    levels["users"] = {**levels.get("users", {}), guest.user_id: 50}
    await person.set_state(room, "m.room.power_levels", levels)
    answer = await here.text(guest, room, "!paper subscribe CV")
    assert "Computer Vision" in answer, answer


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_bot_put_out_stops_and_asked_back_knows_its_settings(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)
    await here.text(person, room, "!paper subscribe LG")

    await person.kick(room, here.bot.user_id)
    await person.sees(room, membership(here.bot.user_id, "leave"), "it leave")
    missed = await person.say(room, "!paper help")
    await person.invite(room, here.bot.user_id)
    await person.sees(room, membership(here.bot.user_id, "join"),
                      "it come back", times=2)
    answer = await here.text(person, room, "!paper subscriptions")
    assert "Machine Learning" in answer, answer
    assert not person.all_seen(room, here.of_bot(answers(missed)))


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_room_that_is_replaced_is_followed_with_its_subscriptions(
        stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    old = await here.invited_by(person)
    await here.text(person, old, "!paper subscribe LG")

    # As clients do it: the homeserver makes the room and says so in the old one.
    new = (await stage.server.ask(
        "POST", f"/_matrix/client/v3/rooms/{old}/upgrade",
        {"new_version": ROOM_VERSION}, person.login.token)
           )["replacement_room"]
    await person.invite(new, here.bot.user_id)
    await person.sees(new, membership(here.bot.user_id, "join"), "it come in")
    answer = await here.text(person, new, "!paper subscriptions")
    assert "Machine Learning" in answer, answer


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_bot_told_to_leave_says_good_bye_and_goes(stage, client):
    here = await talk(stage)
    person = await stage.person(client)
    room = await here.invited_by(person)
    await here.text(person, room, "!paper subscribe LG")

    question = await here.text(person, room, "!paper leave")
    assert "Shall I leave" in question, question
    answer = await here.text(person, room, "!paper leave yes")
    assert "Good-bye!" in answer, answer
    await person.sees(room, membership(here.bot.user_id, "leave"), "it leave")
    await person.invite(room, here.bot.user_id)
    await person.sees(room, membership(here.bot.user_id, "join"),
                      "it come back", times=2)
    answer = await here.text(person, room, "!paper subscriptions")
    assert "Machine Learning" in answer, answer


@scenario(servers=SERVERS)
async def a_bot_asked_into_the_new_room_first_brings_the_subscriptions(stage):
    here = await talk(stage)
    person = await stage.person()
    old = await here.invited_by(person)
    await here.text(person, old, "!paper subscribe LG")

    new = await here.invited_by(person)  # greeted: it is served there
    await person.set_state(old, "m.room.tombstone", {
        "body": "this room has been replaced", "replacement_room": new})
    await here.paperboy.says("a room has changed", times=3)
    answer = await here.text(person, new, "!paper subscriptions")
    assert "Machine Learning" in answer, answer
