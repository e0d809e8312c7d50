"""What a message may be.  Sources: Slack's Block Kit reference (docs.slack.dev,
"Blocks", "Block elements", "Composition objects") unless another is named.
Where Slack is known to spoil what it takes, this refuses it."""

import json

from .refusal import Refusal
from .shapes import (array, complain, flag, kind, length, link, record, text,
                     word)

BLOCKS = 50
HEADER, SECTION, FIELD, FIELDS = 150, 3000, 2000, 10
CONTEXT_ELEMENTS, ACTIONS_ELEMENTS = 10, 25
ID, BUTTON_TEXT, BUTTON_VALUE, URL = 255, 75, 2000, 3000
OPTIONS, OPTION_TEXT, OPTION_VALUE = 5, 75, 150
ALT_TEXT = IMAGE_TITLE = 2000
MARKDOWN = 12000  # of all the message's markdown blocks together
# Undocumented: one message was refused at 11341 characters, others at 13200
# (slackapi/bolt-js, issue 2509).
ALL_BLOCKS = 11340
# Longer ones were seen posted twice (slackapi/bolt-python, issue 764).
FALLBACK = 2999
# Slack names no size, only metadata_too_large.
METADATA_BYTES = 8000
# The Web API's and the webhook's documentation, "attachments".
ATTACHMENTS = 100


def text_object(kind_name, most):
    own = {"plain_text": "emoji", "mrkdwn": "verbatim"}[kind_name]
    return record({"type": word(kind_name), "text": text(most)}, {own: flag})


def either_text(most):
    return kind({name: text_object(name, most)
                 for name in ("plain_text", "mrkdwn")})


CONFIRM = record({"title": text_object("plain_text", 100),
                  "text": either_text(300),
                  "confirm": text_object("plain_text", 30),
                  "deny": text_object("plain_text", 30)},
                 {"style": word("primary", "danger")})
OPTION = record({"text": text_object("plain_text", OPTION_TEXT),
                 "value": text(OPTION_VALUE)},
                {"description": text_object("plain_text", 75),
                 "url": link(URL)})
ELEMENTS = {
    "button": record({"type": word("button"),
                      "text": text_object("plain_text", BUTTON_TEXT),
                      "action_id": text(ID)},
                     {"url": link(URL), "value": text(BUTTON_VALUE),
                      "style": word("primary", "danger"), "confirm": CONFIRM,
                      "accessibility_label": text(75)}),
    "overflow": record({"type": word("overflow"), "action_id": text(ID),
                        "options": array(OPTION, OPTIONS)},
                       {"confirm": CONFIRM}),
}
IMAGE = record({"type": word("image"), "image_url": link(URL),
                "alt_text": text(ALT_TEXT)})
BLOCK_ID = {"block_id": text(ID)}
SHAPES = {
    "header": record({"type": word("header"),
                      "text": text_object("plain_text", HEADER)}, BLOCK_ID),
    "section": record({"type": word("section")},
                      {"text": either_text(SECTION),
                       "fields": array(either_text(FIELD), FIELDS),
                       "accessory": kind({**ELEMENTS, "image": IMAGE}),
                       "expand": flag, **BLOCK_ID}),
    "context": record({"type": word("context"), "elements": array(kind({
        "image": IMAGE, "plain_text": text_object("plain_text", SECTION),
        "mrkdwn": text_object("mrkdwn", SECTION)}), CONTEXT_ELEMENTS)},
                      BLOCK_ID),
    "divider": record({"type": word("divider")}, BLOCK_ID),
    "actions": record({"type": word("actions"),
                       "elements": array(kind(ELEMENTS), ACTIONS_ELEMENTS)},
                      BLOCK_ID),
    "image": record({"type": word("image"), "image_url": link(URL),
                     "alt_text": text(ALT_TEXT)},
                    {"title": text_object("plain_text", IMAGE_TITLE),
                     **BLOCK_ID}),
    "markdown": record({"type": word("markdown"), "text": text(MARKDOWN)},
                       BLOCK_ID),
}
MESSAGE = array(kind(SHAPES), BLOCKS, 0)


def objects_within(value):
    """Every JSON object in it, outermost first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from objects_within(item)


def characters(blocks):
    """Of all their texts, those of buttons and menus too."""
    return sum(length(found["text"]) for found in objects_within(blocks)
               if isinstance(found.get("text"), str))


def twice(values):
    """The first that was there before; None if all differ."""
    seen = set()
    return next((value for value in values
                 if value in seen or seen.add(value)), None)


def check_ids(blocks, found):
    again = twice(block["block_id"] for block in blocks if "block_id" in block)
    if again:
        complain(found, "/blocks", f"block_id {again} already exists")
    for i, block in enumerate(blocks):
        again = twice(each["action_id"] for each in objects_within(block)
                      if "action_id" in each)
        if again:
            complain(found, f"/blocks/{i}", f"action_id {again} already exists")


def check_sections(blocks, found):
    for i, block in enumerate(blocks):
        if block["type"] == "section" and not {"text", "fields"} & set(block):
            complain(found, f"/blocks/{i}", "missing required field: text")


def check_blocks(blocks):
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    found = []
    MESSAGE(blocks, "/blocks", found)
    if not found:
        check_ids(blocks, found)
        check_sections(blocks, found)
    if found:
        raise Refusal("invalid_blocks",
                      response_metadata={"messages": found})
    markdown = sum(length(block["text"]) for block in blocks
                   if block["type"] == "markdown")
    if markdown > MARKDOWN or characters(blocks) > ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def check_metadata(metadata):
    if not isinstance(metadata, dict) or set(metadata) != {"event_type",
                                                           "event_payload"}:
        raise Refusal("invalid_metadata_format")
    event_type = metadata["event_type"]
    if (not isinstance(metadata["event_payload"], dict)
            or not isinstance(event_type, str) or not event_type
            or not event_type.replace("_", "").replace(":", "").isalnum()):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise Refusal("metadata_too_large")


def check_message(message):
    """Raises a Refusal; text, blocks, attachments and metadata are looked at."""
    blocks = message.get("blocks")
    attachments = message.get("attachments") or []
    if blocks is not None:
        check_blocks(blocks)
    if not isinstance(message.get("text") or "", str):
        raise Refusal("invalid_arguments")
    if not message.get("text") and not blocks and not attachments:
        raise Refusal("no_text")
    if length(message.get("text") or "") > FALLBACK:
        raise Refusal("msg_too_long")
    if len(attachments) > ATTACHMENTS:
        raise Refusal("too_many_attachments")
    if message.get("metadata") is not None:
        check_metadata(message["metadata"])
