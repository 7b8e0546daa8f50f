"""Text from outside (websites, profiles, pasted notes) made safe to stand in a prompt as data.

It can hide nothing (invisible characters go), can't end the block it stands in, and can't grow past its limit.
"""

import re

_INVISIBLE = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers, Mongolian selectors
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"  # zero-width, bidi, fillers
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors and tag characters: both can carry hidden text
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG_START = re.compile(r"[<\uff1c\ufe64](?=\s*[^\s\d=<>-])")
_TAG_NAME = re.compile(r"^[a-z][a-z-]*$")

CUT_MARK = " […cut]"


def clean(text: str) -> tuple[str, int]:
    """The text without control and invisible characters, lone surrogates replaced by U+FFFD, line ends as `\\n`.

    The second value counts the characters that were removed or replaced (line ends are not counted).
    """
    text = _LINE_BREAK.sub("\n", text)
    text, surrogates = _SURROGATE.subn("�", text)
    text, controls = _CONTROL.subn("", text)
    text, invisible = _INVISIBLE.subn("", text)
    return text, surrogates + controls + invisible


def untrusted(value: object, limit: int = 4000) -> str:
    """The filter for text that stands in an `<untrusted-…>` block: cleaned, no tags, at most `limit` characters."""
    text, _ = clean(str(value))
    text = _TAG_START.sub("‹", text).strip()
    return text if len(text) <= limit else text[:limit].rstrip() + CUT_MARK


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
    """The filter that says aloud: this text was written in our own code, never by a user, a website or a model."""
    return str(value)
