"""What a structure must look like, and Slack's words where it does not.

A shape is a function of a value, the JSON pointer to it and a list that it adds
its complaints to.
"""

import urllib.parse


def length(text):
    """In UTF-16 units: of all that Slack may count the most."""
    return len(text.encode("utf-16-le")) // 2


def complain(found, at, words):
    found.append(f"[ERROR] {words} [json-pointer:{at}]")


def text(most, least=1):
    def check(value, at, found):
        if not isinstance(value, str):
            complain(found, at, "must be a string")
        elif length(value) > most:
            complain(found, at, f"must be less than {most + 1} characters")
        elif length(value) < least:
            complain(found, at, f"must be more than {least - 1} characters")
    return check


def link(most):
    within = text(most)

    def check(value, at, found):
        within(value, at, found)
        parts = urllib.parse.urlsplit(value if isinstance(value, str) else "")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            complain(found, at, "must be a valid URL")
    return check


def flag(value, at, found):
    if not isinstance(value, bool):
        complain(found, at, "must be a boolean")


def word(*allowed):
    def check(value, at, found):
        if value not in allowed:
            complain(found, at, "must be a valid enum value")
    return check


def array(shape, most, least=1):
    def check(value, at, found):
        if not isinstance(value, list):
            return complain(found, at, "must be an array")
        if len(value) > most:
            complain(found, at, f"no more than {most} items allowed")
        if len(value) < least:
            complain(found, at, f"no fewer than {least} items allowed")
        for i, item in enumerate(value):
            shape(item, f"{at}/{i}", found)
    return check


def record(needed, optional=None):
    """Nothing else may stand in it."""
    every = {**needed, **(optional or {})}

    def check(value, at, found):
        if not isinstance(value, dict):
            return complain(found, at, "must be an object")
        for key in needed:
            if key not in value:
                complain(found, at, f"missing required field: {key}")
        for key, item in value.items():
            if key in every:
                every[key](item, f"{at}/{key}", found)
            else:
                complain(found, at, f"invalid additional property: {key}")
    return check


def kind(shapes):
    """Told apart by their "type"."""
    def check(value, at, found):
        name = value.get("type") if isinstance(value, dict) else None
        if name not in shapes:
            return complain(found, f"{at}/type", f"unsupported type: {name}")
        shapes[name](value, at, found)
    return check
