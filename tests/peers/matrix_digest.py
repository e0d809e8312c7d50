"""A digest as somebody else's client gets it."""

from feed import Paper, made_up_papers
from html_rules import check_message
from paperboy import account, channel
from people import PEOPLE, both, messages_of
from world import SERVERS, scenario


def digest_of(user_id):
    """Fits a digest, not a greeting."""
    return both(messages_of(user_id), lambda event: "arxiv.org/abs/"
                in event["content"].get("formatted_body", ""))


async def digest_bot(stage, bot, papers, rooms):
    sections = [account(bot, stage.server.url)]
    sections += [channel(f"room{i}", room) for i, room in enumerate(rooms)]
    feed = await stage.feed(papers)
    paperboy = await stage.paperboy(feed, sections).age_channels()
    return await paperboy.start()


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_digest_arrives_in_a_public_room_by_alias_and_in_one_it_is_invited_to(
        stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    alias = stage.name("papers")
    public = await reader.create_room(alias=alias)
    private = await reader.create_room(public=False, invite=[bot.user_id])

    await digest_bot(stage, bot, made_up_papers(12),
                     [f"#{alias}:localhost", private])
    for room in (public, private):
        [event] = await reader.sees(room, digest_of(bot.user_id),
                                    "the digest")
        body, read = check_message(event)
        assert event["content"]["msgtype"] == "m.text"
        links = [link for link in read.links if "arxiv.org/abs/" in link]
        assert len(links) == 5, links
        for link in links:
            assert link in body, link
        assert "On the Habits of Model" in body
        assert "<" not in body and "&" not in body, body


@scenario(clients=PEOPLE, servers=SERVERS)
async def what_a_title_says_is_shown_and_never_done(stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    room = await reader.create_room()
    nasty = Paper(901, f"@room {reader.user_id}: <b>Bold</b> & <img src=x> "
                       "[link](javascript:x) `tick`")

    await digest_bot(stage, bot, [nasty], [room])
    [event] = await reader.sees(room, digest_of(bot.user_id), "the digest")
    body, read = check_message(event)
    for text in (body, read.text):
        assert nasty.title.split("room ")[1] in text, text
        assert "@room" not in text, text
    assert [link for link in read.links if "javascript" in link] == []
    for event in reader.all_seen(room, lambda e: e["type"] == "unread"):
        assert event["highlights"] == 0, "somebody was pinged"
