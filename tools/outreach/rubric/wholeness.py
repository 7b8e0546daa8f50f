"""The checks of a draft's form: nothing unfilled, nothing hidden, the right name, the right language."""

import re
import unicodedata
from collections.abc import Iterator

from prompts.characters import clean
from tools.discovery.language import SCRIPTS, detect_language, language_name
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.sentences import bare
from tools.outreach.reading.vocabulary import Vocabulary
from tools.outreach.rubric.check import Check
from tools.outreach.signature import signature_lines

_SLOT = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|\{[A-Za-z_][\w .-]*\}|<[A-Za-z_/][^<>\n]{0,60}>|\[[^\[\]\n]{1,60}\](?!\()|%[A-Za-z_]+%|__+[A-Za-z]*|\|\w+\||"
    r"\b(?:FIRST_?NAME|LAST_?NAME|COMPANY_?NAME|JOB_?TITLE|INSERT|PLACEHOLDER|TODO|TBD|XXX+|LOREM)\b|\b(?:undefined|null|NaN|None)\b(?=[\s,.!?]|$)|\[object Object\]|"
    r"\b(?:insert|your|first|company|recipient'?s?) (?:name|company|title) here\b"
)
_BROKEN = re.compile(r"�|<\|[a-z_]+\|>|\[/?INST\]|</?s>|\\[nrtu][0-9a-f]*|&(?:amp|nbsp|lt|gt|quot|#\d+);|```|Ã[©¨¼¶¤ŸŒ]|â€|\b(?:as an ai|language model|i cannot (?:help|assist)|here(?:'s| is) (?:the|a|your) (?:draft|message|e-?mail))\b", re.IGNORECASE)  # fmt: skip
_MARKUP = re.compile(
    r"\*\*[^*\n]+\*\*|^#{1,6}\s|!\[|\]\(https?:|<(?:script|img|a|p|br|div|span)\b",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|day|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|lieber|sehr geehrte[rs]?|moin|servus|grüß gott|bonjour|bonsoir|salut|chère?|hola|buen(?:os|as) (?:días|tardes)|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|olá|prezad[oa]|caro|cara|beste|geachte)\b[ ,]*(?P<who>[^,!\n:–—]{0,80})",
    re.IGNORECASE,
)
_TITLES = word_set("mr mrs ms miss dr prof mx sir madam herr frau doktor professor monsieur madame mme m mlle señor señora sr sra srta don doña signor signora dott dott.ssa senhor senhora there team all everyone zusammen à toi vous")  # fmt: skip
FAKE_THREAD = re.compile(r"^\s*(?:re|fw|fwd|aw|wg|antw|sv|rv|tr|ref)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)
LONG_ENOUGH = 12
"""Words from which on a text's language can be told."""


def wholeness_checks(draft: DraftText, packet: EvidencePacket) -> list[Check]:
    """All of it hard."""
    texts = [text for text in (draft.subject, draft.body) if text]
    return [
        _check("no_unfilled_slot", next(filter(None, map(_slot, texts)), None)),
        _check("no_broken_token", next(filter(None, map(_broken, texts)), None)),
        _check("right_name", _wrong_name(draft, packet)),
        _check("right_language", _wrong_language(draft, packet)),
        _check("honest_subject", _fake_thread(draft, packet)),
    ]


def _check(name: str, trouble: str | None) -> Check:
    return Check(name=name, passed=trouble is None, hard=True, detail=trouble)


def _slot(text: str) -> str | None:
    found = _SLOT.search(text)
    return f"An unfilled slot: “{found.group()}”." if found else None


def _broken(text: str) -> str | None:
    found = _BROKEN.search(text) or _MARKUP.search(text)
    if found:
        return f"Not fit to send: “{found.group()}”."
    if clean(text)[1]:
        return "It holds characters that nobody sees."
    word = next(_mixed_script(text), None)
    return f"Letters of two scripts in one word: “{word}”." if word else None


def _mixed_script(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            yield word


def _wrong_name(draft: DraftText, packet: EvidencePacket) -> str | None:
    """Who is greeted is the lead, by a name of theirs."""
    found = _GREETING.match(draft.body)
    if not found:
        return None
    said = [bare(word) for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", found["who"].casefold())]
    names = [word for word in said if word not in _TITLES]
    known = Vocabulary(packet).person
    wrong = [word for word in names if word not in known and not set(word.split("-")) <= known]
    if names and wrong:
        return f"It greets “{found['who'].strip()}”; the lead is {packet.lead.name}."
    return None


def _wrong_language(draft: DraftText, packet: EvidencePacket) -> str | None:
    """The body is in the workspace's language, as far as either can be told."""
    own = set(signature_lines(packet.sender))
    lines = [line for line in draft.body.splitlines() if line.strip() not in own]
    text = "\n".join(lines)
    wanted = packet.language
    if wanted is None or len(text.split()) < LONG_ENOUGH:
        return None
    said = detect_language(text)
    known = {*(code for code, _ in SCRIPTS), "en", "de", "fr", "es", "it", "pt", "nl", "pl"}
    if said is None or said == wanted or wanted not in known:
        return None
    return f"It is written in {language_name(said)}; the workspace's language is {language_name(wanted)}."


def _fake_thread(draft: DraftText, packet: EvidencePacket) -> str | None:
    """“Re:” and “Fwd:” belong to a thread that exists."""
    if not draft.subject or not FAKE_THREAD.match(draft.subject):
        return None
    rest = FAKE_THREAD.sub("", draft.subject).strip().casefold()
    before = {
        FAKE_THREAD.sub("", item.subject or "").strip().casefold() for item in packet.thread if item.subject
    }
    return None if rest in before else f"“{draft.subject}” pretends an exchange that did not take place."
