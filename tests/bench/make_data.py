"""Writes what make bench works on to build/bench/data, from one seed:

    make_data.py FOLDER [RECORDS MESSAGES]

snapshot.jsonl  arXiv's metadata snapshot, 200,000 records: what is imported
notes.jsonl     Chinese notes of every second of them, in Paperboy's own form
day.jsonl       one announced day of 2,000 papers, half with Chinese notes
feed.atom       2,000 entries as export.arxiv.org/api/query answers
messages.jsonl  20,000 chat messages of about 4 kB: {"text", "html"}

A folder that this very program has filled is left as it is.
"""

import hashlib
import json
import multiprocessing
import os
import random
import sys
from xml.sax.saxutils import escape

from made_words import Words

RECORDS = 200_000
MESSAGES = 20_000
DAY = 2_000
BLOCK = 5_000
MESSAGE_BYTES = 4_000
FIRST_YEAR, YEARS = 2015, 11

CATEGORIES = (["cs.LG"] * 30 + ["cs.CV"] * 28 + ["cs.CL"] * 20 + ["cs.AI"] * 14 +
              ["cs.RO"] * 8 + ["stat.ML"] * 7 + ["cs.CR"] * 5 + ["eess.AS"] * 4 +
              ["math.OC"] * 4 + ["quant-ph"] * 5 + ["hep-th"] * 4 +
              ["astro-ph.GA"] * 5 + ["cond-mat.mes-hall"] * 4 + ["math.PR"] * 3)
GIVEN = """Ada Aiko Amir Ana Bao Carla Chen Dana Dmitri Elena Emre Fatima Felix
Gita Hana Hugo Ines Ivan Jia Jonas Karin Kofi Lena Li Luca Maya Mei Nadia Noor
Olga Omar Pablo Priya Qing Rosa Ravi Sara Sven Tomoko Uma Viktor Wei Xin Yara
Yusuf Zoe""".split()
FAMILY_BEGIN = """An Bar Ber Cas Chan Dal Del Eng Fer Gar Gold Han Hol Iva Jen
Kal Kov Lam Lind Mar Mor Nak Nor Oka Pan Pet Ros Sal San Schm Tan Var Wang Wat
Xu Yam Zhou""".split()
FAMILY_END = """ac ada ari as berg dt e el en er ez g i ich in ing ler man mann
mura o ov ova sen son sson stein tti u ura wa y""".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
WEEKDAYS = "Mon Tue Wed Thu Fri".split()
LICENSE = "http://creativecommons.org/licenses/by/4.0/"

words = None  # of this process


class Paper:
    """The paper of a number: the same in every file it stands in."""

    def __init__(self, number):
        self.chance = chance = random.Random(number)
        month = number * YEARS * 12 // RECORDS
        self.year, self.month = FIRST_YEAR + month // 12, month % 12 + 1
        first = -(-month * RECORDS // (YEARS * 12))
        self.id = f"{self.year % 100:02d}{self.month:02d}.{number - first + 1:05d}"
        self.day = chance.randint(1, 28)
        self.title = words.heading(chance)
        self.abstract = words.abstract(chance)
        self.authors = [self.author() for _ in range(chance.randint(1, 8))]
        self.categories = list(dict.fromkeys(
            chance.choice(CATEGORIES) for _ in range(chance.randint(1, 3))))
        self.note = {
            "title": words.chinese_clause(chance, 4, 8),
            "headline": words.chinese_clause(chance, 2, 3),
            "digest": words.chinese_text(chance, chance.randint(7, 12)),
        } if number % 2 == 0 else None

    def author(self):
        chance = self.chance
        return (chance.choice(GIVEN), chance.choice(FAMILY_BEGIN) +
                chance.choice(FAMILY_END))

    def names(self):
        return [f"{given} {family}" for given, family in self.authors]

    def created(self, version):
        return (f"{self.chance.choice(WEEKDAYS)}, {self.day} "
                f"{MONTHS[self.month - 1]} {self.year} "
                f"{self.chance.randint(0, 23):02d}:{version:02d}:07 GMT")

    def snapshot(self):
        chance = self.chance
        versions = range(1, chance.choice((1, 1, 2, 3)) + 1)
        return {
            "id": self.id,
            "submitter": self.names()[0],
            "authors": ", ".join(self.names()),
            "title": self.title,
            "comments": chance.choice((None, "12 pages, 4 figures", "Code: "
                                       "https://example.org/" + self.id)),
            "journal-ref": None,
            "doi": f"10.5555/{self.id}" if chance.random() < 0.3 else None,
            "report-no": None,
            "categories": " ".join(self.categories),
            "license": LICENSE,
            "abstract": "  " + wrapped(self.abstract) + "\n",
            "versions": [{"version": f"v{version}",
                          "created": self.created(version)}
                         for version in versions],
            "update_date": f"{self.year}-{self.month:02d}-{self.day:02d}",
            "authors_parsed": [[family, given, ""]
                               for given, family in self.authors],
        }

    def own_form(self):
        row = {"id": self.id, "title": self.title, "authors": self.names(),
               "categories": self.categories, "abstract": self.abstract}
        return row | ({"notes": {"zh": self.note}} if self.note else {})

    def entry(self):
        day = f"{self.year}-{self.month:02d}-{self.day:02d}"
        authors = "".join(f"    <author>\n      <name>{escape(name)}</name>\n"
                          "    </author>\n" for name in self.names())
        categories = "".join(
            f'    <category term="{code}" scheme="http://arxiv.org/schemas/'
            'atom"/>\n' for code in self.categories)
        return f"""  <entry>
    <id>http://arxiv.org/abs/{self.id}v1</id>
    <updated>{day}T17:59:00Z</updated>
    <published>{day}T17:59:00Z</published>
    <title>{escape(self.title)}</title>
    <summary>  {escape(wrapped(self.abstract))}
</summary>
{authors}    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages \
&amp; an appendix</arxiv:comment>
    <link href="http://arxiv.org/abs/{self.id}v1" rel="alternate" \
type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{self.id}v1" rel="related" \
type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" \
term="{self.categories[0]}" scheme="http://arxiv.org/schemas/atom"/>
{categories}  </entry>
"""


def wrapped(text):
    """In lines of at most 80 characters, as arXiv has abstracts."""
    lines, at = [], 0
    while len(text) - at > 80:
        end = text.rfind(" ", at, at + 81)
        lines.append(text[at:end])
        at = end + 1
    return "\n".join([*lines, text[at:]])


def dumped(value):
    return json.dumps(value, ensure_ascii=False) + "\n"


def papers_of(block):
    snapshot, notes = [], []
    for number in range(*block):
        paper = Paper(number)
        snapshot.append(dumped(paper.snapshot()))
        if paper.note:
            row = paper.own_form()
            del row["abstract"]
            notes.append(dumped(row))
    return "".join(snapshot), "".join(notes)


def message_of(number):
    chance = random.Random(-1 - number)
    lines, size = [], 0
    while size < MESSAGE_BYTES // 2:
        lines += [words.heading(chance), words.chinese_text(chance, 4)
                  if number % 2 else words.sentence(chance, 20)]
        size += sum(len(line.encode()) for line in lines[-2:])
    return {"text": "\n".join(lines),
            "html": "".join(f"<p>{escape(line)}</p>" for line in lines)}


def messages_of(block):
    return "".join(dumped(message_of(number)) for number in range(*block))


def blocks(count):
    return [(begin, min(begin + BLOCK, count))
            for begin in range(0, count, BLOCK)]


def prepare():
    global words
    words = Words()


def write(folder, records, messages):
    prepare()
    with multiprocessing.Pool(initializer=prepare) as pool, \
            open(f"{folder}/snapshot.jsonl", "w") as snapshot, \
            open(f"{folder}/notes.jsonl", "w") as notes, \
            open(f"{folder}/messages.jsonl", "w") as chat:
        for lines, noted in pool.imap(papers_of, blocks(records)):
            snapshot.write(lines)
            notes.write(noted)
        for lines in pool.imap(messages_of, blocks(messages)):
            chat.write(lines)
    day = [Paper(RECORDS - 1 - number) for number in range(DAY)]
    with open(f"{folder}/day.jsonl", "w") as out:
        out.writelines(dumped(paper.own_form()) for paper in day)
    with open(f"{folder}/feed.atom", "w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://'
                  'www.w3.org/2005/Atom">\n  <title type="html">ArXiv Query: '
                  'search_query=cat:cs.LG</title>\n')
        out.writelines(paper.entry() for paper in day)
        out.write("</feed>\n")


def stamp_of(counts):
    digest = hashlib.sha256(repr(counts).encode())
    for source in (__file__, sys.modules["made_words"].__file__):
        with open(source, "rb") as bytes_of_it:
            digest.update(bytes_of_it.read())
    return digest.hexdigest()


def main():
    folder, *counts = sys.argv[1:]
    counts = [int(count) for count in counts] or [RECORDS, MESSAGES]
    os.makedirs(folder, exist_ok=True)
    stamp, made = stamp_of(counts), f"{folder}/made"
    if os.path.exists(made):
        with open(made) as known:
            if known.read() == stamp:
                return
        os.remove(made)
    print("Making up papers and messages", file=sys.stderr)
    write(folder, *counts)
    with open(made, "w") as known:
        known.write(stamp)


if __name__ == "__main__":
    main()
