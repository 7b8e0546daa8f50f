"""Text from outside (websites, profiles, pasted notes) made safe to stand in a prompt as data.

It can hide nothing (invisible characters go), can't end the block it stands in, and can't grow past its limit.
"""

import re

from prompts.characters import clean

_TAG_START = re.compile(r"[<\uff1c\ufe64](?=\s*[^\s\d=<>-])")
_WIDE, _SMALL = "\uff1c", "\ufe64"
_TAG_NAME = re.compile(r"^[a-z][a-z-]*$")

CUT_MARK = " […cut]"


def untrusted(value: object, limit: int = 4000) -> str:
    """The filter for text that stands in an `<untrusted-…>` block: cleaned, no tags, at most `limit` characters."""
    text = str(value)
    # Nearly always: printable ASCII hides nothing.
    if "<" in text or not (text.isascii() and text.isprintable()):
        text = _without_tags(clean(text)[0])
    text = text.strip()
    return text if len(text) <= limit else text[:limit].rstrip() + CUT_MARK


def _without_tags(text: str) -> str:
    return _TAG_START.sub("‹", text) if "<" in text or _WIDE in text or _SMALL in text else text


def quoted(value: object, limit: int = 300) -> str:
    """The filter for a short value inside a sentence: one line, in typographic quotes, cleaned and cut like `untrusted`."""
    return f"“{untrusted(' '.join(str(value).split()), limit)}”"


def tag(value: object) -> str:
    """The filter for the name of a tag, written by the prompt's author. Raises ValueError for anything but a-z and dashes."""
    name = str(value)
    if not _TAG_NAME.match(name):
        raise ValueError(f"{name!r} is not a tag name")
    return name


def trusted(value: object) -> str:
    """The filter that says aloud: this text was written in our own code, never by a user, a website or a model.

    Raises ValueError when it holds a tag or hidden characters all the same.
    """
    text = str(value)
    # Nearly always: printable ASCII hides nothing.
    if "<" not in text and text.isascii() and text.isprintable():
        return text
    if _TAG_START.search(text) or clean(text)[0] != text:
        raise ValueError(f"{text[:40]!r} is not text of our own")
    return text
