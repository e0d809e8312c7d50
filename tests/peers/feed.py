"""A made-up arXiv: announcement feeds with made-up papers, and an archive of
others, on a free port."""

import asyncio
import datetime
import email.utils
import html
import random
import struct
import zlib

from aiohttp import web

SENTENCES = [
    "We ask how far a schedule can be stretched before training breaks.",
    "A small model reads first and decides what the large one shall see.",
    "Nine labs repeated the experiment and two of them agree with us.",
    "The bound is tight for $n^2$ samples and loose for everything below.",
    "Without labels the method falls back on what the clock says.",
    "On the slow benchmark it is slower, on the fast one it is right.",
    "What looked like noise turns out to be the neighbours' washing day.",
    "A table of failures is given, sorted by how much they surprised us.",
    "The proof needs one lemma that we could not find in any textbook.",
    "Robots were asked to water plants and some of the plants are well.",
    "Each layer forgets a little and together they remember the outline.",
    "We release the code, the recordings and the shopping list.",
]
NAMES = ["Ada Lindqvist", "Bo Tanaka", "Chen Xiu", "Dora Okafor",
         "Emil Haas", "Farah Nazari", "Gus Olsen"]


class Paper:
    def __init__(self, number, title, sentences=5, day_number=0):
        self.id = f"2611.{number:05d}"
        self.title = title
        chosen = [SENTENCES[(number * 7 + i * 5) % len(SENTENCES)]
                  for i in range(sentences)]
        self.abstract = " ".join(chosen)
        self.authors = ", ".join(NAMES[(number + i) % len(NAMES)]
                                 for i in range(1 + number % 4))
        self.version = 1

    def replace(self, abstract=None):
        """A new version."""
        self.version += 1
        self.abstract = abstract or self.abstract


def made_up_papers(count, first=101, sentences=5):
    return [Paper(n, f"On the Habits of Model {n}: What It Does When Asked",
                  sentences) for n in range(first, first + count)]


CARD_WIDTH, CARD_HEIGHT = 60, 32


def card_of(id):
    """A PNG of noise that is the paper's own, the same each time."""
    noise = random.Random(id)
    lines = b"".join(b"\0" + noise.randbytes(3 * CARD_WIDTH)
                     for _ in range(CARD_HEIGHT))
    head = struct.pack(">IIBBBBB", CARD_WIDTH, CARD_HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(lines)),
                           (b"IEND", b"")))


class Feed:
    """Serves /rss/CATEGORY; what the list holds is what is announced today.
    And /api/query?id_list=..., after so many seconds, from the archive; and
    /cards/ID.png, of whatever paper, but for those in without_card."""

    def __init__(self, papers):
        self.papers = papers
        self.archive, self.archive_seconds = [], 0
        self.asked = 0
        self.without_card = set()

    async def start(self):
        app = web.Application()
        app.router.add_get("/rss/{category}", self.answer)
        app.router.add_get("/api/query", self.answer_query)
        app.router.add_get("/cards/{id}.png", self.answer_card)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/rss"
        self.api_url = f"http://127.0.0.1:{port}/api/query"
        self.card_url = f"http://127.0.0.1:{port}/cards/{{id}}.png"
        return self

    async def close(self):
        await self.runner.cleanup()

    async def answer(self, request):
        self.asked += 1
        return web.Response(text=self.document(request.match_info["category"]),
                            content_type="application/rss+xml")

    def document(self, category):
        now = email.utils.format_datetime(
            datetime.datetime.now(datetime.timezone.utc))
        items = "".join(self.item(paper, category, now)
                        for paper in self.papers)
        return (
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            '<rss xmlns:arxiv="http://arxiv.org/schemas/atom"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
            f"<channel><title>{category} updates on arXiv.org</title>"
            f"<link>http://rss.arxiv.org/rss/{category}</link>"
            "<description>made up</description><language>en-us</language>"
            f"<lastBuildDate>{now}</lastBuildDate><pubDate>{now}</pubDate>"
            f"{items}</channel></rss>\n")

    @staticmethod
    def item(paper, category, now):
        name = f"{paper.id}v{paper.version}"
        announce = "new" if paper.version == 1 else "replace"
        return (
            f"<item><title>{html.escape(paper.title)}</title>"
            f"<link>https://arxiv.org/abs/{paper.id}</link>"
            f"<description>arXiv:{name} Announce Type: {announce} \n"
            f"Abstract: {html.escape(paper.abstract)}</description>"
            f'<guid isPermaLink="false">oai:arXiv.org:{name}</guid>'
            f"<category>{category}</category><pubDate>{now}</pubDate>"
            f"<arxiv:announce_type>{announce}</arxiv:announce_type>"
            "<dc:rights>http://creativecommons.org/licenses/by/4.0/"
            f"</dc:rights><dc:creator>{html.escape(paper.authors)}"
            "</dc:creator></item>")

    async def answer_card(self, request):
        if request.match_info["id"] in self.without_card:
            raise web.HTTPNotFound()
        return web.Response(body=card_of(request.match_info["id"]),
                            content_type="image/png")

    async def answer_query(self, request):
        await asyncio.sleep(self.archive_seconds)
        wanted = request.query["id_list"].split(",")
        found = [paper for paper in self.archive if paper.id in wanted]
        return web.Response(text=self.archived(found),
                            content_type="application/atom+xml")

    @staticmethod
    def archived(papers):
        entries = "".join(
            f"<entry><id>http://arxiv.org/abs/{paper.id}v{paper.version}</id>"
            f"<title>{html.escape(paper.title)}</title>"
            f"<summary>{html.escape(paper.abstract)}</summary>"
            "<published>2026-11-02T10:00:00Z</published>"
            "<updated>2026-11-02T10:00:00Z</updated>"
            + "".join(f"<author><name>{html.escape(author)}</name></author>"
                      for author in paper.authors.split(", "))
            + '<category term="cs.LG"/><arxiv:primary_category term="cs.LG"/>'
            "</entry>" for paper in papers)
        return (
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
            ' xmlns:arxiv="http://arxiv.org/schemas/atom"'
            ' xmlns="http://www.w3.org/2005/Atom">'
            "<id>https://arxiv.org/api/made-up</id>"
            "<title>arXiv Query</title>"
            f"<opensearch:totalResults>{len(papers)}"
            f"</opensearch:totalResults>{entries}</feed>\n")
