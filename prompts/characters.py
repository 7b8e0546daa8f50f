"""Which characters of foreign text are dropped: those nobody can see, and those that no database or model should be handed."""

import re

_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HARMFUL = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters; tab and line feed stay
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: the eye reads another order than the model
    "\ufe00-\ufe0e\U000e0000-\U000e0fff"  # variation selectors and tag characters can spell hidden sentences
)
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_LETTER = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17b3\ufb50-\ufdff\ufe70-\ufefc"  # scripts that need joiners
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\U0001f000-\U0001faff"
_STRAY_JOINER = f"(?<![{_LETTER}{_EMOJI}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![{_LETTER}{_EMOJI}])"
_STRAY_SELECTOR = f"(?<![#*0-9\u00a9\u00ae\u203c-\u3299{_EMOJI}])\ufe0f"

_ALWAYS = re.compile(f"[{_HARMFUL}]")
_HIDDEN = re.compile(f"[{_HARMFUL}{_UNSEEN}]|{_STRAY_JOINER}|{_STRAY_SELECTOR}")
_OF_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What both find in a text of ASCII alone: most texts are, and these few are found several times as fast."""
_OF_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""What is to be looked at in a text that Python calls printable: letters and marks that nobody can see."""


def clean(text: str) -> tuple[str, int]:
    """The text without control and invisible characters, lone surrogates as U+FFFD, line ends as `\\n`.

    Joiners stay between letters that need them (Persian, Hindi) and inside emoji. The second value counts what was
    dropped or replaced; line ends don't count.
    """
    if text.isprintable() and (text.isascii() or not _OF_PRINTABLE.search(text)):
        return text, 0
    return _drop(_LINE_BREAK.sub("\n", text), _HIDDEN)


def clean_piece(text: str) -> tuple[str, int]:
    """Like `clean` for a piece of a longer text, whose neighbours aren't known: joiners and line ends stay as they are."""
    return _drop(text, _ALWAYS)


def _drop(text: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    if text.isascii():
        return _OF_ASCII.subn("", text)
    text, surrogates = _SURROGATE.subn("�", text)
    text, dropped = pattern.subn("", text)
    return text, surrogates + dropped
