"""A digest as somebody else's client gets it."""

import json
import os
import re

from feed import Feed, Paper, made_up_papers
from html_rules import check_message
from paperboy import account, channel
from people import PEOPLE, both, edit_of, messages_of, relation
from world import SERVERS, scenario


def digest_of(user_id):
    """Fits a digest, not a greeting."""
    return both(messages_of(user_id), lambda event: "arxiv.org/abs/"
                in event["content"].get("formatted_body", ""))


def paper_shown(event):
    """The id of the first that it links to."""
    return re.search(r"arxiv\.org/abs/(\d{4}\.\d{5})",
                     event["content"]["formatted_body"])[1]


async def digest_bot(stage, bot, papers, rooms, in_account=None, **settings):
    """Running, with a digest due in each room."""
    sections = [account(bot, stage.server.url, **(in_account or {}))]
    sections += [channel(f"room{i}", room, **settings)
                 for i, room in enumerate(rooms)]
    feed = papers if isinstance(papers, Feed) else await stage.feed(papers)
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


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_digest_can_be_a_head_and_a_thread_of_papers(stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    room = await reader.create_room()

    await digest_bot(stage, bot, made_up_papers(12), [room], layout="thread")
    papers = await reader.sees(room, both(
        digest_of(bot.user_id), lambda e: relation(e, "m.thread")),
        "the papers", times=5)
    [head] = reader.all_seen(room, lambda event: event.get("event_id") ==
                             relation(papers[0], "m.thread"))
    check_message(head)
    assert head["sender"] == bot.user_id
    assert head["content"]["msgtype"] == "m.text"
    assert relation(head, "m.thread") is None
    ids = [paper_shown(event) for event in papers]
    assert len(set(ids)) == 5
    _, read = check_message(head)
    assert [link for link in read.links if "arxiv.org/abs/" in link] == [
        f"https://arxiv.org/abs/{id}" for id in ids], read.links
    before = head
    for event in papers:
        check_message(event)
        assert event["content"]["msgtype"] == "m.notice"
        place = event["content"]["m.relates_to"]
        assert place["event_id"] == head["event_id"]
        assert place["is_falling_back"] is True
        assert place["m.in_reply_to"]["event_id"] == before["event_id"]
        before = event


@scenario(clients=PEOPLE, servers=SERVERS)
async def reactions_are_votes_and_saves_until_they_are_taken_back(
        stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    thread = await reader.create_room()

    paperboy = await digest_bot(stage, bot, made_up_papers(12), [thread],
                                layout="thread")
    papers = await reader.sees(thread, both(
        digest_of(bot.user_id), lambda e: relation(e, "m.thread")),
        "the papers", times=5)
    votes = "SELECT person, paper_id, value FROM votes ORDER BY paper_id"
    saved = "SELECT person, paper_id FROM saved"
    me, [first, second] = reader.user_id, sorted(papers, key=paper_shown)[:2]

    up = await reader.react(thread, first["event_id"], "👍")
    down = await reader.react(thread, second["event_id"], "👎")
    star = await reader.react(thread, second["event_id"], "⭐")
    await paperboy.comes_to(votes, [(me, paper_shown(first), 1),
                                    (me, paper_shown(second), -1)])
    await paperboy.comes_to(saved, [(me, paper_shown(second))])
    for reaction in (up, down, star):
        await reader.redact(thread, reaction)
    await paperboy.comes_to(votes, [])
    await paperboy.comes_to(saved, [])


@scenario(clients=PEOPLE, servers=SERVERS)
async def numbers_on_a_digest_in_one_message_are_votes(stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    room = await reader.create_room()

    paperboy = await digest_bot(stage, bot, made_up_papers(12), [room])
    [digest] = await reader.sees(room, digest_of(bot.user_id), "the digest")
    ids = re.findall(r"https://arxiv\.org/abs/(\S+)",
                     digest["content"]["body"])
    await reader.react(room, digest["event_id"], "2️⃣")
    await paperboy.comes_to("SELECT person, paper_id, value FROM votes",
                            [(reader.user_id, ids[1], 1)])


def shown_with(read, title):
    """The line of a digest that has this title."""
    [line] = [line for line in read.splitlines() if title in line]
    return line


@scenario(clients=PEOPLE, servers=SERVERS)
async def a_digest_is_edited_when_its_papers_change(stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    room = await reader.create_room()
    feed = await stage.feed()
    paperboy = await digest_bot(stage, bot, feed, [room])
    [digest] = await reader.sees(room, digest_of(bot.user_id), "the digest")
    ids = re.findall(r"https://arxiv\.org/abs/(\S+)",
                     digest["content"]["body"])
    await paperboy.close()

    first, second = [next(paper for paper in feed.papers if paper.id == id)
                     for id in ids[:2]]
    first.replace()
    second.replace("This paper has been withdrawn by the authors.")
    await paperboy.tell("fetch")
    await paperboy.start()
    [edit] = await reader.sees(room, edit_of(digest["event_id"]), "an edit")
    new = edit["content"]["m.new_content"]
    body, read = check_message({"content": new})
    check_message(edit)
    assert "[v2]" in shown_with(body, first.title), body
    assert "[withdrawn]" in shown_with(body, second.title), body
    assert read.text.count("[v2]") == read.text.count("[withdrawn]") == 1
    assert new["msgtype"] == digest["content"]["msgtype"]
    assert re.findall(r"https://arxiv\.org/abs/(\S+)", body) == ids, body
    stage.tell("the edit: " + " / ".join(body.splitlines()[:8]))
    await paperboy.close()
    await paperboy.start()
    await paperboy.says("account works", times=3)
    assert len(reader.all_seen(room, digest_of(bot.user_id))) == 2


def with_notes(papers):
    """As lines of a file: what is known of the papers, and a note of each."""
    return "".join(json.dumps({
        "id": paper.id, "title": paper.title, "authors": [paper.authors],
        "abstract": paper.abstract, "categories": ["cs.LG"],
        "notes": {"zh": {"title": f"模型 {paper.id} 的习惯",
                         "headline": "模型的习惯",
                         "digest": f"第 {paper.id} 篇问模型在做什么。"}}},
        ensure_ascii=False) + "\n" for paper in papers)


@scenario(clients=PEOPLE, servers=SERVERS, seconds=150)
async def notes_from_a_file_are_put_into_a_digest_that_was_posted(
        stage, client):
    bot = await stage.server.register(stage.name("paperboy"))
    reader = await stage.person(client)
    whole = await reader.create_room()
    threaded = await reader.create_room()
    english = await reader.create_room()
    feed = await stage.feed(made_up_papers(5))
    paperboy = await stage.paperboy(feed, [
        account(bot, stage.server.url),
        channel("whole", whole, languages="zh en"),
        channel("threaded", threaded, languages="zh en", layout="thread"),
        channel("english", english)]).age_channels()
    await paperboy.start()
    [digest] = await reader.sees(whole, digest_of(bot.user_id), "the digest")
    papers = await reader.sees(threaded, both(
        digest_of(bot.user_id), lambda e: relation(e, "m.thread")),
        "the papers", times=5)
    head = relation(papers[0], "m.thread")
    await reader.sees(english, digest_of(bot.user_id), "the English digest")
    sent = len(await paperboy.all_sent(30))

    file = os.path.join(paperboy.place, "notes.jsonl")
    with open(file, "w") as lines:
        lines.write(with_notes(feed.papers))
    await paperboy.tell("fetch", "--from", file)
    [edit] = await reader.sees(whole, edit_of(digest["event_id"]), "an edit",
                               seconds=60)
    body, _ = check_message({"content": edit["content"]["m.new_content"]})
    check_message(edit)
    assert body.count("模型的习惯") == 5, body
    for paper in feed.papers:
        assert f"模型 {paper.id} 的习惯" in body, body
    for event in papers:
        [edit] = await reader.sees(threaded, edit_of(event["event_id"]),
                                   "the paper's edit", seconds=60)
        body = edit["content"]["m.new_content"]["body"]
        assert f"模型 {paper_shown(event)} 的习惯" in body, body
    await reader.sees(threaded, edit_of(head), "the head's edit", seconds=60)
    rows = await paperboy.all_sent(30)
    assert len(rows) == sent + 1 + 5 + 1, [row["occasion"] for row in rows]
    assert len(reader.all_seen(english, digest_of(bot.user_id))) == 1
