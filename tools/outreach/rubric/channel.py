"""The checks of what a channel and the law ask: length, subject, links, who writes, and how to decline."""

import re

from persistence.models.outreach import OutreachFormat
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.formats import FORMATS, Format
from tools.outreach.rubric.check import Check

LINK = re.compile(
    r"https?://|www\.|\b[\w-]{2,}\.(?:com|net|org|io|ai|de|fr|es|it|nl|eu|co|uk|ch|at|app|dev|me|ly|gl)\b",
    re.IGNORECASE,
)
PITCH = re.compile(
    r"\b(?:we (?:help|offer|provide|build|sell|make|do|specialise|specialize|are (?:a|the|an))|our (?:product|platform|solution|software|tool|service|demo|team helps)|demo|free trial|pricing|discount|book a (?:call|meeting|demo)|sales pitch|"
    r"wir (?:helfen|bieten|liefern|bauen|verkaufen|sind (?:ein|der|die))|unsere? (?:produkt|plattform|lösung|software|tool)|kostenlos testen|rabatt|demo-?termin|"
    r"nous (?:aidons|proposons|offrons|fournissons|vendons|sommes (?:une?|le|la))|notre (?:produit|plateforme|solution|logiciel|outil)|essai gratuit|remise|"
    r"(?:ayudamos|ofrecemos|proporcionamos|vendemos)|nuestr[oa] (?:producto|plataforma|solución|software|herramienta)|prueba gratuita|descuento)\b",
    re.IGNORECASE,
)


def channel_checks(draft: DraftText, packet: EvidencePacket) -> list[Check]:
    """All of it hard."""
    form = FORMATS[OutreachFormat(draft.format)]
    return [
        _check("fits_channel", _too_long(draft, form, packet) or _subject(draft, form)),
        _check("fit_for_note", _pitches(draft, form)),
        _check("sender_identity", _nameless(draft, form, packet)),
        _check("opt_out", _no_way_out(draft, form, packet)),
        _check("earlier_contact", _no_contact(form, packet)),
    ]


def _check(name: str, trouble: str | None) -> Check:
    return Check(name=name, passed=trouble is None, hard=True, detail=trouble)


def _too_long(draft: DraftText, form: Format, packet: EvidencePacket) -> str | None:
    longest = form.limit(packet.sender.linkedin_tier)
    if longest is not None and len(draft.body) > longest:
        return f"It may have {longest} characters here; it has {len(draft.body)}."
    return None if draft.body.strip() else "It has no text."


def _subject(draft: DraftText, form: Format) -> str | None:
    if form.max_subject is None:
        return "This format has no subject." if draft.subject else None
    if not draft.subject or not draft.subject.strip():
        return "This format needs a subject."
    if len(draft.subject) > form.max_subject.value:
        return f"The subject may have {form.max_subject.value} characters; it has {len(draft.subject)}."
    return None


def _pitches(draft: DraftText, form: Format) -> str | None:
    link, pitch = LINK.search(draft.body), PITCH.search(draft.body)
    if not form.links and link:
        return f"A note with a connection request holds no link: “{link.group()}”."
    if not form.pitch and pitch:
        return f"A note with a connection request sells nothing: “{pitch.group()}”."
    return None


def _nameless(draft: DraftText, form: Format, packet: EvidencePacket) -> str | None:
    """E-mail says who writes, for which company, and where they are (CAN-SPAM)."""
    if not form.commercial_mail:
        return None
    sender = packet.sender
    missing = [
        what
        for what, value in (
            ("name", sender.name),
            ("company", sender.company),
            ("postal address", sender.postal_address),
        )
        if not value or not value.strip()
    ]
    if missing:
        return f"The sender profile has no {', no '.join(missing)}: commercial mail has to carry it."
    text = _squeezed(draft.body)
    absent = [
        value
        for value in (sender.name, sender.company, sender.postal_address)
        if value and _squeezed(value) not in text
    ]
    return f"It does not say “{absent[0].splitlines()[0]}”." if absent else None


def _no_way_out(draft: DraftText, form: Format, packet: EvidencePacket) -> str | None:
    """E-mail says how to decline, in the words that the workspace set."""
    if not form.commercial_mail:
        return None
    line = packet.sender.opt_out_line
    if not line or not line.strip():
        return "The sender profile has no opt-out line: commercial mail has to carry one."
    return None if _squeezed(line) in _squeezed(draft.body) else "The opt-out line is missing."


def _no_contact(form: Format, packet: EvidencePacket) -> str | None:
    """A warm mail goes to somebody there is a record of contact with."""
    if form.needs_contact and not packet.thread and packet.outcome is None:
        return "A warm e-mail needs an earlier contact, and none is recorded."
    return None


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
