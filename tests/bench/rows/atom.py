from row import Measure, Work, at_least, node, own, python

WORKS = [Work(
    words="Atom in",
    ours=own("atom"),
    peers={"feedparser": python("atom_feedparser.py"),
           "fast-xml-parser": node("atom_fast_xml_parser.js")},
    limit=own("atom_limit"),
    limit_words="expat without handlers",
    measures=[Measure("mb_s", "MB/s", [at_least(0.8, "limit")])],
)]
