"""Pictures of papers: what somebody else's client downloads."""

import os

from feed import CARD_HEIGHT, CARD_WIDTH, card_of, made_up_papers
from matrix_digest import digest_of, paper_shown
from paperboy import account, channel, minutes_from_now
from people import NioPerson, both, in_thread, messages_of, relation
from synapse import Synapse
from world import SERVERS, scenario

LIMIT = 3000  # bytes; a card has more
LEFT_OUT = 'msg="picture left out"'
DUE_SECONDS = 150


def image_of(user_id):
    return both(messages_of(user_id),
                lambda event: event["content"].get("msgtype") == "m.image")


async def pictured_bot(stage, server, bot, feed, rooms):
    """Running; digests are due in a minute or two, so that there is time to
    fetch pictures before."""
    due = minutes_from_now(2) + " daily"
    sections = [account(bot, server.url),
                ("source pictures", {"url": feed.card_url})]
    sections += [channel(f"room{i}", room, schedule=due, **settings)
                 for i, (room, settings) in enumerate(rooms)]
    return await stage.paperboy(feed, sections).start()


async def assert_same_bytes(person, event, id):
    """As the client downloads it, with its login."""
    content = event["content"]
    card = card_of(id)
    assert content["info"] == {"w": CARD_WIDTH, "h": CARD_HEIGHT,
                               "mimetype": "image/png", "size": len(card)}
    assert content["filename"] == id + ".png", content
    got = person.good(await person.client.download(mxc=content["url"]))
    assert got.body == card, (len(got.body), len(card))
    assert got.content_type == "image/png", got.content_type


def follows(event, before):
    place = event["content"]["m.relates_to"]
    return place["m.in_reply_to"]["event_id"] == before["event_id"]


@scenario(clients=[NioPerson], servers=SERVERS, seconds=240, beside=True)
async def pictures_follow_their_papers_and_are_what_was_fetched(
        stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    first, below, thread = [await reader.create_room() for _ in range(3)]
    feed = await stage.feed(made_up_papers(12))
    await pictured_bot(stage, stage.server, bot, feed, [
        (first, {"pictures": "first"}), (below, {"pictures": "all"}),
        (thread, {"pictures": "all", "layout": "thread"})])

    [image] = await reader.sees(first, image_of(bot.user_id), "the picture",
                                seconds=DUE_SECONDS)
    [digest] = reader.all_seen(first, digest_of(bot.user_id))
    seen = reader.all_seen(first, messages_of(bot.user_id))
    assert seen.index(digest) < seen.index(image)
    assert "m.relates_to" not in image["content"], image
    assert image["content"]["body"].startswith("1. On the Habits"), image
    assert "taken down: tests@example.org" in digest["content"]["body"]
    await assert_same_bytes(reader, image, paper_shown(digest))

    images = await reader.sees(below, image_of(bot.user_id), "the pictures",
                               times=3)
    [digest] = reader.all_seen(below, digest_of(bot.user_id))
    for image in images:
        assert relation(image, "m.thread") == digest["event_id"], image
        await assert_same_bytes(reader, image,
                                image["content"]["filename"][:-4])

    papers = await reader.sees(thread, both(
        digest_of(bot.user_id), lambda event: relation(event, "m.thread")),
        "the papers", times=5)
    images = await reader.sees(thread, image_of(bot.user_id),
                               "the pictures", times=3)
    head = relation(papers[0], "m.thread")
    kinds = [event["content"]["msgtype"] for event in
             reader.all_seen(thread, in_thread(head))]
    assert kinds == ["m.notice", "m.image"] * 3 + ["m.notice"] * 2, kinds
    for paper, image in zip(papers, images):
        assert follows(image, paper), image
        await assert_same_bytes(reader, image, paper_shown(paper))


@scenario(seconds=240, beside=True)
async def a_picture_that_is_too_large_is_left_out_and_the_digest_is_not(stage):
    server = stage.keep(await Synapse(os.path.join(stage.place, "synapse"),
                                      max_upload_size=LIMIT).start())
    bot = await server.register("paperboy")
    reader = await stage.person(server=server)
    room, thread = await reader.create_room(), await reader.create_room()
    feed = await stage.feed(made_up_papers(12))
    paperboy = await pictured_bot(stage, server, bot, feed, [
        (room, {"pictures": "first"}),
        (thread, {"pictures": "all", "layout": "thread"})])

    await reader.sees(room, digest_of(bot.user_id), "the digest",
                      seconds=DUE_SECONDS)
    await reader.sees(thread, both(
        digest_of(bot.user_id), lambda event: relation(event, "m.thread")),
        "the papers", times=5)
    await paperboy.says(LEFT_OUT, times=4)
    left_out = paperboy.said(LEFT_OUT)
    for line in left_out:
        assert "channel=" in line and f"takes {LIMIT} at most" in line, line
    for place in (room, thread):
        assert not reader.all_seen(place, image_of(bot.user_id))
    await paperboy.close()
    states = {row["state"] for row in await paperboy.outbox()
              if row["occasion"].startswith("digest/")}
    assert states == {"sent", "expired"}, states
    stage.tell(f"{len(left_out)} pictures left out, "
               + left_out[0].split("why=")[1])
