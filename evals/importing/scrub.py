"""Taking out what is personal: known names first, then what looks like an address or a number; and a last look at what is left.

Pseudonyms come from an HMAC under a secret outside the repository: the same name is the same pseudonym in every import, and
nobody without the secret can go back. No map is kept.
"""

import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from evals.dataset.residue import personal_data, texts_of
from tools.onboarding.answers import answered
from tools.providers.wiza.vocabulary import VOCABULARY, allowed

TOOL = "1"
SHORTEST = 3
"""Letters of a part of a name that is replaced by itself."""
GENERIC = frozenset(
    [
        "gmbh",
        "inc",
        "ltd",
        "llc",
        "corp",
        "company",
        "group",
        "holding",
        "team",
        "test",
        "demo",
        "workspace",
        "the",
        "and",
        "und",
        "der",
        "die",
        "das",
        "les",
        "des",
        "von",
        "van",
        "for",
        "new",
        "head",
        "sales",
        "ceo",
        "cfo",
    ]
)
_OUR_FIELDS = (
    "role node asks slot from made_by key rater standing source stored format status kind type customers mode language suite split "
    "cluster schema id subject"
)
OURS = frozenset(_OUR_FIELDS.split())
"""Fields whose values are words of ours, where they look like one: a founder named Person changes no form."""
COMMON = frozenset(
    word.casefold()
    for words in VOCABULARY.values()
    for each in words
    for word in re.findall(r"[^\W\d_]+", each)
)
"""Words of the search's vocabulary: a company that begins with one is known by its whole name only."""
_WORD_OF_OURS = re.compile(r"[a-z0-9_:-]{1,60}")
_SYLLABLES = (
    "bra",
    "cel",
    "dor",
    "fen",
    "gal",
    "hul",
    "jor",
    "kes",
    "lum",
    "mar",
    "nol",
    "pel",
    "quo",
    "sab",
    "tev",
    "wyn",
)
_NAMED = re.compile(r"(?:^|\.)(?:companyname|name|person|customer|founder|contact)$", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ELSEWHERE = "somebody@elsewhere.example"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\b(?:https?://)?(?:www\.)?linkedin\.com/in/[\w%-]+/?", re.IGNORECASE),
        "https://profile.example/somebody",
    ),
    (
        re.compile(
            r"\b(?:https?://|www\.)(?![\w.-]*\.example\b)[\w-]+(?:\.[\w-]+)+(?:/[^\s\"'<>)]*)?", re.IGNORECASE
        ),
        "https://elsewhere.example",
    ),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), "[account]"),
    (
        re.compile(r"\b(?:ATU\d{8}|DE\d{9}|FR[A-Z0-9]{2}\d{9}|GB\d{9}|ES[A-Z]\d{8}|NL\d{9}B\d{2})\b"),
        "[tax number]",
    ),
    (re.compile(r"(?<![\w.])(?:\+|00)\d{1,3}[ ./-]?(?:\(0\))?(?:[ ./-]?\d{2,5}){2,5}(?!\w)"), "[phone]"),
    (re.compile(r"(?<![\w@/.])@[A-Za-z]\w{3,30}\b"), "[handle]"),
)


class Residue(Exception):  # noqa: N818 — errors are facts
    """Something personal is left after scrubbing: nothing is written. The message says where, never what."""


class Scrubber:
    """Replaces what one workspace's rows name. `replaced` counts."""

    def __init__(self, secret: str, names: Mapping[str, Iterable[str]], also: Iterable[str] = ()) -> None:
        """`also` are further names that a person has found. Raises ValueError for a secret that is too short."""
        if len(secret) < 16:
            raise ValueError("the secret needs 16 characters or more")
        self._secret = secret.encode()
        self.replaced = 0
        self._known: dict[str, str] = {}
        for kind, values in names.items():
            for value in values:
                self._learn(kind, value)
        for value in also:
            self._learn("company", value)
        ordered = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile(
            "|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in ordered) or r"(?!)", re.IGNORECASE
        )

    def learn_onboarding(self, onboarding: dict[str, Any]) -> dict[str, list[str]]:
        """The names that onboarding holds, for a scrubber of this workspace."""
        return {
            "company": [
                text for path, text in answered(onboarding) if _NAMED.search(path) and len(text.split()) <= 5
            ]
        }

    def scrub(self, value: Any) -> Any:
        """The JSON value with everything known, and everything that looks personal, replaced. Names of fields stay."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {name: self._field(name, item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.scrub(item) for item in value]
        return value

    def _field(self, name: str, item: Any) -> Any:
        """The value of a field. Filters keep the search's own words, or they would be no filters."""
        if _is_ours(name, item):
            return item
        if isinstance(item, list) and name in VOCABULARY:
            return [each if _is_searched(name, each) else self.scrub(each) for each in item]
        return self.scrub(item)

    def check(self, value: Any) -> None:
        """Raises Residue when a known name, in any spelling of case and accents, or anything that looks personal is left."""
        left = list(personal_data(value))
        known = {_plain(name): name for name in self._known}
        for path, text in texts_of(_without_ours(value)):
            plain = f" {_plain(text)} "
            left += [f"{path} holds a known name" for name in known if f" {name} " in plain]
        if left:
            raise Residue("; ".join(list(dict.fromkeys(left))[:5]))

    def tenant(self, workspace_id: int) -> str:
        """The workspace's pseudonym, for statistics."""
        return f"tenant:{self._digest('tenant', str(workspace_id)).hex()[:8]}"

    def mark(self, text: str) -> str:
        """A short name for an id of ours."""
        return self._digest("id", text).hex()[:10]

    def _text(self, text: str) -> str:
        """Addresses first: a known domain in an unknown address would hide that the rest of it names somebody."""
        normal = unicodedata.normalize("NFC", text)
        normal, count = _ADDRESS.subn(self._address, normal)
        self.replaced += count
        normal, count = self._pattern.subn(lambda found: self._known[found.group().casefold()], normal)
        self.replaced += count
        for pattern, instead in _REPLACEMENTS:
            normal, count = pattern.subn(instead, normal)
            self.replaced += count
        return normal

    def _address(self, found: re.Match[str]) -> str:
        return self._known.get(found.group().casefold(), ELSEWHERE)

    def _learn(self, kind: str, value: str) -> None:
        whole = unicodedata.normalize("NFC", " ".join(value.split()))
        if kind == "domain":
            whole = re.sub(r"^(?:https?://)?(?:www\.)?", "", whole, flags=re.IGNORECASE).partition("/")[0]
        for name in [whole, *_parts(kind, whole)]:
            if len(name) >= SHORTEST and name.casefold() not in GENERIC:
                instead = self._pseudonym(kind, name)
                for spelling in (
                    name.casefold(),
                    # "Weiß" is looked for as it is written, and looked up as "weiss".
                    name.lower(),
                    name.casefold().translate(_UMLAUTS),
                    _unaccented(name.casefold()),
                ):
                    self._known.setdefault(spelling, instead)

    def _pseudonym(self, kind: str, value: str) -> str:
        if kind == "email":
            return f"{self._word(value)}@{self._word(value.partition('@')[2])}.example".lower()
        if kind == "domain":
            return f"{self._word(value)}.example".lower()
        if kind == "address":
            lettered = re.sub(r"[^\W\d_]+", lambda found: self._word(found.group()), value)
            return re.sub(r"\d", lambda found: self._digit(value, found.start()), lettered)
        return " ".join(self._word(part) for part in value.split())

    def _word(self, value: str) -> str:
        """A made-up word about as long as the real one."""
        digest = self._digest("word", value.casefold())
        count = max(2, min(4, round(len(value) / 3)))
        word = "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:count])
        return word.capitalize()

    def _digit(self, value: str, place: int) -> str:
        return str(self._digest("digit", f"{value.casefold()} {place}")[0] % 10)

    def _digest(self, kind: str, value: str) -> bytes:
        return hmac.new(self._secret, f"{kind}:{value}".encode(), sha256).digest()


def _parts(kind: str, whole: str) -> list[str]:
    """What of a name names by itself: each of a person's, a company's first word, the lines of an address with a number."""
    if kind == "address":
        return [part.strip() for part in re.split(r"[,;]", whole) if any(map(str.isdigit, part))]
    words = re.findall(r"[^\W\d_]+", whole) if kind in {"person", "company"} else []
    return words if kind == "person" else [word for word in words[:1] if word.casefold() not in COMMON]


def _is_searched(name: str, value: Any) -> bool:
    return isinstance(value, str) and name in VOCABULARY and value in allowed(name)


def _is_ours(name: str, value: Any) -> bool:
    return name in OURS and isinstance(value, str) and bool(_WORD_OF_OURS.fullmatch(value))


def _without_ours(value: Any) -> Any:
    """The value without words of ours, for a last look at everything else."""
    if isinstance(value, dict):
        return {
            name: _without_ours(
                [each for each in item if not _is_searched(name, each)] if isinstance(item, list) else item
            )
            for name, item in value.items()
            if not _is_ours(name, item)
        }
    return [_without_ours(item) for item in value] if isinstance(value, list) else value


def _plain(text: str) -> str:
    """Small letters without accents and signs: spellings of a name are the same."""
    return " ".join(re.findall(r"[^\W_]+", _unaccented(text.casefold())))


def _unaccented(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


def unknown_names(value: Any, most: int = 20) -> list[str]:
    """Words with a capital inside sentences, the most frequent first: a person looks whether one names somebody."""
    counted: Counter[str] = Counter()
    for _, text in texts_of(value):
        counted.update(re.findall(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\w-]{2,}", text))
    return [word for word, _ in counted.most_common(most)]
