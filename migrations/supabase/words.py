"""Every word of the old tables that has another word here, and what a generated message becomes.

This is the one place to add a word that was set aside as unknown. Words are compared in lower case with `_` between
their parts, so "Closed Won", "closed-won" and "closedWon" are one. A word that is ours already needs no line.
"""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from persistence.models.campaign import CampaignStatus
from persistence.models.experiment import ExperimentStatus, ExperimentType
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.models.outreach import OutreachFormat, OutreachMessageType
from persistence.models.workspace import OnboardingStatus, ProjectRole

OLD_WORDS: dict[type[StrEnum], dict[str, StrEnum]] = {
    ProjectRole: {
        "editor": ProjectRole.MEMBER,
        "collaborator": ProjectRole.MEMBER,
        "user": ProjectRole.MEMBER,
        "administrator": ProjectRole.ADMIN,
        "guest": ProjectRole.VIEWER,
        "reader": ProjectRole.VIEWER,
        "read_only": ProjectRole.VIEWER,
    },
    OnboardingStatus: {
        "completed": OnboardingStatus.COMPLETE,
        "done": OnboardingStatus.COMPLETE,
        "in_progress": OnboardingStatus.INCOMPLETE,
        "not_started": OnboardingStatus.INCOMPLETE,
        "started": OnboardingStatus.INCOMPLETE,
        "pending": OnboardingStatus.INCOMPLETE,
    },
    ExperimentType: {
        "bulls_eye": ExperimentType.BULLSEYE,
        "control": ExperimentType.BULLSEYE,
        "variablea": ExperimentType.VARIABLE_A,
        "variableb": ExperimentType.VARIABLE_B,
        "longshot": ExperimentType.LONG_SHOT,
    },
    ExperimentStatus: {
        "draft": ExperimentStatus.PENDING,
        "new": ExperimentStatus.PENDING,
        "queued": ExperimentStatus.PENDING,
        "creating": ExperimentStatus.CREATING_HYPOTHESES,
        "searching": ExperimentStatus.FINDING_LEADS,
        "prioritizing": ExperimentStatus.PRIORITIZING_LEADS,
        "prioritising_leads": ExperimentStatus.PRIORITIZING_LEADS,
        "warming": ExperimentStatus.WARMUP_INITIATED,
        "warming_up": ExperimentStatus.WARMUP_INITIATED,
        "completed": ExperimentStatus.COMPLETE,
        "done": ExperimentStatus.COMPLETE,
        "error": ExperimentStatus.FAILED,
    },
    CampaignStatus: {
        "running": CampaignStatus.ACTIVE,
        "live": CampaignStatus.ACTIVE,
        "draft": CampaignStatus.PAUSED,
        "stopped": CampaignStatus.PAUSED,
        "complete": CampaignStatus.COMPLETED,
        "done": CampaignStatus.COMPLETED,
        "finished": CampaignStatus.COMPLETED,
        "deleted": CampaignStatus.ARCHIVED,
    },
    LeadStatus: {
        "new": LeadStatus.FOUND,
        "pending": LeadStatus.FOUND,
        # Nobody works on it any more: the job stayed behind.
        "enriching": LeadStatus.FOUND,
        "draft": LeadStatus.DRAFTED,
        "scheduled": LeadStatus.QUEUED,
        "contacted": LeadStatus.SENT,
        "replied": LeadStatus.RESPONDED,
    },
    LeadOutcome: {
        "closed": LeadOutcome.CLOSED_WON,
        "won": LeadOutcome.CLOSED_WON,
        "customer": LeadOutcome.CLOSED_WON,
        "lost": LeadOutcome.CLOSED_LOST,
        "meeting": LeadOutcome.MEETING_BOOKED,
        "meeting_scheduled": LeadOutcome.MEETING_BOOKED,
        "meeting_held": LeadOutcome.MEETING_DONE,
        "not_interested": LeadOutcome.REJECTED,
        "no_reply": LeadOutcome.NO_RESPONSE,
        "none": LeadOutcome.NO_RESPONSE,
        "bad_fit": LeadOutcome.UNQUALIFIED,
    },
}

FIRST, CONNECT = OutreachMessageType.INITIAL_OUTREACH, OutreachMessageType.CONNECTION_REQUEST
AGAIN, REPLY = OutreachMessageType.FOLLOW_UP, OutreachMessageType.REPLY

FORMATS: dict[tuple[str, str], tuple[OutreachFormat, OutreachMessageType]] = {
    ("linkedin", "connection_request"): (OutreachFormat.LINKEDIN_CONNECTION, CONNECT),
    ("linkedin", "connection"): (OutreachFormat.LINKEDIN_CONNECTION, CONNECT),
    ("linkedin", "connection_note"): (OutreachFormat.LINKEDIN_CONNECTION, CONNECT),
    ("linkedin", "inmail"): (OutreachFormat.LINKEDIN_INMAIL, FIRST),
    ("linkedin", "in_mail"): (OutreachFormat.LINKEDIN_INMAIL, FIRST),
    ("linkedin", "message"): (OutreachFormat.LINKEDIN_MESSAGE, FIRST),
    ("linkedin", "dm"): (OutreachFormat.LINKEDIN_MESSAGE, FIRST),
    ("linkedin", "initial"): (OutreachFormat.LINKEDIN_MESSAGE, FIRST),
    ("linkedin", "initial_outreach"): (OutreachFormat.LINKEDIN_MESSAGE, FIRST),
    ("linkedin", "follow_up"): (OutreachFormat.LINKEDIN_MESSAGE, AGAIN),
    ("linkedin", "followup"): (OutreachFormat.LINKEDIN_MESSAGE, AGAIN),
    ("linkedin", "reply"): (OutreachFormat.LINKEDIN_MESSAGE, REPLY),
    ("linkedin", ""): (OutreachFormat.LINKEDIN_MESSAGE, FIRST),
    ("email", "cold"): (OutreachFormat.EMAIL_COLD, FIRST),
    ("email", "cold_email"): (OutreachFormat.EMAIL_COLD, FIRST),
    ("email", "initial"): (OutreachFormat.EMAIL_COLD, FIRST),
    ("email", "initial_outreach"): (OutreachFormat.EMAIL_COLD, FIRST),
    ("email", "message"): (OutreachFormat.EMAIL_COLD, FIRST),
    ("email", "warm"): (OutreachFormat.EMAIL_WARM, FIRST),
    ("email", "warm_email"): (OutreachFormat.EMAIL_WARM, FIRST),
    ("email", "warm_intro"): (OutreachFormat.EMAIL_WARM, FIRST),
    ("email", "follow_up"): (OutreachFormat.EMAIL_COLD, AGAIN),
    ("email", "followup"): (OutreachFormat.EMAIL_COLD, AGAIN),
    ("email", "reply"): (OutreachFormat.EMAIL_WARM, REPLY),
    ("email", ""): (OutreachFormat.EMAIL_COLD, FIRST),
}
"""(platform, message type) of a generated message: our format and its place in the exchange."""

PLATFORMS = {"mail": "email", "e_mail": "email", "gmail": "email", "linked_in": "linkedin", "li": "linkedin"}


@dataclass(frozen=True)
class Meaning:
    """What a word of the source is here; `means` is None for an unknown one, which `suggestion` is nearest to."""

    means: str | None
    suggestion: str | None = None


def plain(word: str) -> str:
    """A word as it is compared."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word.strip())
    return re.sub(r"[\s_-]+", "_", parted).casefold()


def meaning(kind: type[StrEnum], word: str) -> Meaning:
    """What a word means in one of our enums."""
    known = {item.value: item.value for item in kind}
    known |= {old: new.value for old, new in OLD_WORDS.get(kind, {}).items()}
    return _meant(plain(word), known)


def format_of(platform: str, message_type: str) -> Meaning:
    """Format and message type, joined by a space, of a generated message."""
    place = plain(platform)
    known = {f"{one} {two}".strip(): f"{form} {kind}" for (one, two), (form, kind) in FORMATS.items()}
    return _meant(f"{PLATFORMS.get(place, place)} {plain(message_type)}".strip(), known)


def _meant(word: str, known: dict[str, str]) -> Meaning:
    if word in known:
        return Meaning(known[word])
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    said = f"Did it mean `{near[0]}`?" if near else f"Known are {', '.join(sorted(set(known)))}."
    return Meaning(None, f"{said} Add the word to migrations/supabase/words.py, or change it at the source.")
