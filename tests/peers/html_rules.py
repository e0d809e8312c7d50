"""What a Matrix client shows of a message's HTML, by the specification's list
("m.room.message msgtypes", client-server API): anything else is a fault."""

import html.parser

TAGS = set("""del h1 h2 h3 h4 h5 h6 blockquote p a ul ol sup sub li b i u
strong em s code hr br div table thead tbody tr th td caption pre span img
details summary""".split())
ATTRIBUTES = {
    "a": {"href", "target"}, "ol": {"start"}, "code": {"class"},
    "img": {"width", "height", "alt", "title", "src"},
    "span": {"data-mx-bg-color", "data-mx-color", "data-mx-spoiler",
             "data-mx-maths"},
    "div": {"data-mx-maths"},
}
EMPTY = {"br", "hr", "img"}
SCHEMES = ("https:", "http:", "ftp:", "mailto:", "magnet:")
DEPTH_MAX = 100


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.text, self.links = [], [], "", []

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.faults.append(f"<{tag}> is not allowed")
        for name, value in attributes:
            if name not in ATTRIBUTES.get(tag, ()):
                self.faults.append(f"<{tag} {name}> is not allowed")
            if name == "href":
                self.links.append(value)
                if not value.startswith(SCHEMES):
                    self.faults.append(f"a link to {value}")
            if name == "src" and not value.startswith("mxc:"):
                self.faults.append(f"a picture from {value}")
        if tag not in EMPTY:
            self.open.append(tag)
        if len(self.open) > DEPTH_MAX:
            self.faults.append("nested too deeply")

    def handle_endtag(self, tag):
        if tag in EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data


def read(formatted_body):
    """A Reader with .text, .links and .faults."""
    reader = Reader()
    reader.feed(formatted_body)
    reader.close()
    if reader.open:
        reader.faults.append("left open: " + " ".join(reader.open))
    return reader


def check_message(event):
    """Its body and a Reader; fails unless it keeps what all of the bot's
    messages must."""
    content = event["content"]
    assert content["m.mentions"] == {}, content["m.mentions"]
    assert content["format"] == "org.matrix.custom.html"
    reader = read(content["formatted_body"])
    assert not reader.faults, reader.faults
    assert reader.text.strip() and content["body"].strip()
    return content["body"], reader
