"""What a writer retells of words that are stored: their own earlier message, or a post of the reader's that they react to."""

import re
from collections.abc import Iterable

from tools.outreach.evidence import Evidence, EvidencePacket, Subject
from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.lexicon.numbers import numbers_in
from tools.outreach.reading.mentions import Mentions
from tools.outreach.reading.sentences import Sentence, bare, forms, key_of, sentences_of
from tools.outreach.reading.wording import Wording

_ASKED = re.compile(
    r"(?<!\w)my (?:last|earlier|first|previous) (?:question|message|mail|e-?mail|note)(?: to you)? (?:asked|concerned|was(?: about| whether)?)(?!\w)|"
    r"(?<!\w)meine? (?:letzte|erste|vorige|frühere)r? (?:frage|nachricht|mail|e-?mail) (?:galt der frage|war|betraf)(?!\w)|"
    r"(?<!\w)i (?:had |have )?(?:asked|wondered|wrote|inquired|enquired|wanted to know|was asking|was wondering|was (?:curious|interested|keen|eager)(?: to (?:know|learn|hear|find out|understand))?)(?: you| to ask| about)?(?!\w)|"
    r"(?<!\w)(?:hatte|habe) ich (?:mich |sie |ihnen |bei ihnen |danach |nach )*(?=[^.?!]*\b(?:gefragt|geschrieben|erkundigt|angefragt|wissen wollen)\b)|"
    r"(?<!\w)ich (?:hatte|habe) (?:mich |sie |ihnen |bei ihnen )*(?=[^.?!]*\b(?:gefragt|geschrieben|erkundigt|angefragt|wissen wollen)\b)|(?<!\w)(?:fragte|schrieb|erkundigte) ich (?:mich |sie |ihnen )*",
    re.IGNORECASE,
)
_ASKED_AT_ITS_END = re.compile(
    r"(?<!\w)(?:gefragt|geschrieben|erkundigt|angefragt|wissen wollen)(?!\w)", re.IGNORECASE
)
_ONCE = re.compile(
    r"(?<!\w)(?:(?:a|quite a|some|a few) (?:little |short )?(?:while|days|weeks|months) (?:ago|back)|some time ago|last time|earlier|before|previously|the other day|not long ago|recently|in my (?:last|earlier|first|previous) (?:message|mail|e-?mail|note)|"
    r"vor (?:einiger|längerer|kurzer) zeit|vor (?:einigen|ein paar) (?:tagen|wochen|monaten)|vor kurzem|neulich|kürzlich|zuletzt|bereits|schon|in meiner (?:letzten|ersten|vorigen) (?:nachricht|mail|e-?mail))(?!\w)",
    re.IGNORECASE,
)
"""Times that say nothing: any message that went out lies in the past."""

_WROTE = re.compile(
    r"(?<!\w)(?:in your (?:post|comment),? |in ihrem (?:post|beitrag|kommentar) )?(?:(?:as|since|because) )?(?:you (?:wrote|write|said|say|posted|mentioned|noted|remarked|pointed out|put it)|(?:schrieben|sagten|schreiben) sie|(?:weil )?sie (?:schrieben|schreiben|sagten))(?: that|,? dass|:| here that|(?<=put it),)(?!\w)",
    re.IGNORECASE,
)
_WROTE_BEHIND = re.compile(
    r",? (?:as )?(?:you (?:wrote|said|posted|noted|put it)|(?:schrieben|sagten) sie)(?: in your post| on linkedin)?[.!]?$",
    re.IGNORECASE,
)
"""The same at a sentence's end."""

_PARTED = word_set(
    "ab an auf aus bei ein entgegen entlang fest fort her hin heran heraus herein hinaus hinein los mit nach nieder um vor voran vorbei weg weiter wieder zu zurück zusammen"
)
"""What German verbs part with."""
_AND_I = re.compile(r",? (?:and|but|und|aber) (?:i|i['’]m|ich|das|bin|würde)\b[^,;]*$", re.IGNORECASE)
_WHOLE = frozenset({"message", "social_activity"})
"""Kinds that are short and by one person: a retelling may draw on all of one. A page is read sentence by sentence."""
_POST = re.compile(
    r"(?<!\w)(?:your|ihr(?:e[mnrs]?)?|dein(?:e[mnrs]?)?) (?:\w+ )?(?:line|remark|comment|note|post|sentence|words|thoughts?|point|observation|update|"
    r"satz|sätze|bemerkung|kommentar|beitrag|zeilen?|worte?|gedanken?|aussage|post)(?: (?:here|on linkedin|auf linkedin|hier))? (?P<about>about|on|that|regarding|über|zu[mr]?|dass|mit)(?!\w)",
    re.IGNORECASE,
)
_CAUGHT = re.compile(
    r"(?<!\w)(?:(?:has )?caught my (?:eye|attention)|made me (?:curious|wonder|think)|got me (?:wondering|thinking)|stood out(?: to me)?|ist mir aufgefallen|fiel mir auf|hat mich neugierig gemacht)(?!\w)",
    re.IGNORECASE,
)
_FELT = re.compile(
    r"(?<!\w)(?:(?:really )?made me (?:smile|laugh|chuckle|grin|nod)|had me (?:smiling|laughing|chuckling|nodding)|gave me an? (?:\w+ )?(?:laugh|smile|chuckle|grin)|stuck with me|stayed with me|"
    r"hat mich (?:sehr )?zum (?:schmunzeln|lächeln|lachen|nicken) gebracht)(?!\w)",
    re.IGNORECASE,
)
"""Those of the reactions that may be to anything stored, a post or a page."""
_REACTED = re.compile(
    r"(?<!\w)(?:(?:really )?(?:made me (?:smile|laugh|chuckle|grin|think|nod|curious|stop and think|wonder)|had me (?:smiling|laughing|chuckling|nodding|thinking|wondering)|gave me an? (?:\w+ )?(?:laugh|smile|chuckle|grin|idea)|made my (?:day|morning|week)|stuck with me|stayed with me|struck a chord|rang (?:so |very )?true|rang a bell|resonated(?: with me)?|caught my eye|got me thinking|sounded (?:very |all too )?familiar|spoke to me|hit home|(?:is|was) (?:so |very |too |all too |just |\w+ly )?(?:good|true|funny|familiar|spot on|brilliant|wonderful|memorable))|"
    r"(?:kam|kommt) mir (?:sehr |so |nur allzu )?bekannt vor|hat mich (?:sehr )?(?:zum (?:schmunzeln|lächeln|lachen|nachdenken|nicken) gebracht|nachdenklich gemacht|neugierig gemacht|angesprochen|schmunzeln lassen)|"
    r"ist mir (?:im kopf|im gedächtnis|in erinnerung) geblieben|ging mir (?:durch|nicht aus) de[mn] kopf|sprach mir aus der seele|hat mir gefallen|blieb mir (?:im kopf|in erinnerung))(?!\w)",
    re.IGNORECASE,
)
"""What a writer felt when reading."""


def retold(sentence: Sentence, found: Mentions, packet: EvidencePacket, wording: Wording) -> str | None:
    """The id of the message or post that a sentence retells, when every word it tells stands there. None: it retells none."""
    if found.addresses:
        return None
    return (
        _words_of_theirs(sentence, found, packet, wording)
        or _own_message(sentence, found, packet, wording)
        or _post(sentence, found, packet, wording)
    )


def _words_of_theirs(
    sentence: Sentence, found: Mentions, packet: EvidencePacket, wording: Wording
) -> str | None:
    posts = [item for item in packet.evidence if item.kind == "social_activity"]
    if behind := _WROTE_BEHIND.search(sentence.visible):
        return _holder(sentence.visible[: behind.start()], posts, found, wording)
    wrote = _WROTE.search(sentence.visible)
    if wrote is None:
        return None
    before = sentences_of(sentence.visible[: wrote.start()])
    if any(wording.strange_of(part, found) for part in before):
        return None
    return _holder(sentence.visible[wrote.end() :], posts, found, wording)


def _own_message(sentence: Sentence, found: Mentions, packet: EvidencePacket, wording: Wording) -> str | None:
    if not _ASKED.search(sentence.visible):
        return None
    visible = _own_clause(sentence.visible, found, wording)
    told = _ONCE.sub(" ", _ASKED_AT_ITS_END.sub(" ", _ASKED.sub(" ", visible)))
    messages = [item for item in packet.evidence if item.kind == "message"]
    return _holder(told, messages, found, wording)


def _own_clause(visible: str, found: Mentions, wording: Wording) -> str:
    """A sentence without a last clause in which the writer goes on about themselves: `, and I'm still curious`."""
    after = _AND_I.search(visible)
    if after is None or any(wording.strange_of(part, found) for part in sentences_of(after.group())):
        return visible
    return visible[: after.start()]


def _post(sentence: Sentence, found: Mentions, packet: EvidencePacket, wording: Wording) -> str | None:
    visible = sentence.visible
    said, felt = _POST.search(visible), _REACTED.search(visible)
    if said is None:
        return _noticed(sentence, found, packet, wording)
    if felt is None:
        return None
    told = visible[said.end() : felt.start()] if felt.start() > said.end() else visible[said.end() :]
    rest = visible.replace(told, " ", 1)
    rest = _REACTED.sub(" ", _POST.sub(" ", rest))
    if any(wording.strange_of(part, found) for part in sentences_of(rest)):
        return None
    posts = [item for item in packet.evidence if item.kind == "social_activity"]
    return _holder(told, posts, found, wording)


def _noticed(sentence: Sentence, found: Mentions, packet: EvidencePacket, wording: Wording) -> str | None:
    """The passage that holds all of what caught the writer's eye: everything before the words that say so."""
    felt = _CAUGHT.search(sentence.visible) or _FELT.search(sentence.visible)
    if felt is None:
        return None
    # What the writer goes on to wonder is a question: it presumes no more than one.
    after = sentences_of(sentence.visible[felt.end() :])
    if any(wording.strange_of(part, found) or not wording.may_ask(part) for part in after):
        return None
    stored = [item for item in packet.carriers() if item.subject is not Subject.US and item.kind != "field"]
    return _holder(sentence.visible[: felt.start()], stored, found, wording)


def _holder(told: str, stored: Iterable[Evidence], found: Mentions, wording: Wording) -> str | None:
    """The first of the stored texts that holds all words, names and numbers that are told."""
    words = [word for part in sentences_of(told) for word in wording.telling(part, Mentions())]
    numbers = _numbers(told)
    if not words:
        return None
    for item in stored:
        for text in (
            [item.text] if item.kind in _WHOLE else [part.visible for part in sentences_of(item.text)]
        ):
            if numbers <= _numbers(text) and all(forms(bare(key_of(word))) & _held(text) for word in words):
                return item.id
    return None


def _held(text: str) -> frozenset[str]:
    keys = [bare(key) for part in sentences_of(text) for key in part.keys]
    # German parts its verbs: who asks `wer nimmt das entgegen?` asked who `entgegennimmt`.
    whole = [key + verb for key in keys if key in _PARTED for verb in keys]
    return frozenset(form for key in [*keys, *whole] for form in forms(key))


def _numbers(text: str) -> set[tuple[str, ...]]:
    return {other.number for other in numbers_in(text, frozenset())}
