"""The five formats: what their channels take, and what reads well. Numbers change: each has its source and the day it was read.

LinkedIn publishes few of its limits, and vendors disagree; where they do, the lower one is the limit here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from persistence.models.outreach import OutreachFormat
from persistence.models.sender_profile import LinkedinTier


@dataclass(frozen=True)
class Limit:
    """A number with its source. `sure` is False when no page of the channel's owner says it."""

    value: int
    source: str
    read_on: date
    sure: bool = True


@dataclass(frozen=True)
class Format:
    """One kind of message. Characters count as Unicode code points; words are runs of letters and digits."""

    channel: str
    max_characters: Mapping[LinkedinTier, Limit] | Limit | None = None
    max_subject: Limit | None = None
    target_characters: int | None = None
    target_words: tuple[int, int] | None = None
    target_subject: tuple[int, int] | None = None
    """Characters of a subject that reads well."""
    pitch: bool = True
    links: bool = True
    needs_contact: bool = False
    """Whether it may only go to somebody we had contact with."""
    commercial_mail: bool = False
    """Whether it has to carry sender, postal address and a way to decline."""

    @property
    def has_subject(self) -> bool:
        """Whether the channel has a subject; then it is needed."""
        return self.max_subject is not None

    def limit(self, tier: LinkedinTier | None) -> int | None:
        """The longest text, in characters, for a sender with this account; a free one when nothing is known of it."""
        longest = self.max_characters
        if isinstance(longest, Mapping):
            longest = longest[tier or LinkedinTier.FREE]
        return longest.value if longest else None


_READ = date(2026, 11, 22)
_NOTE = "Unipile v2 docs, linkedhelper, linkednav"
_PAID_NOTE = Limit(300, _NOTE, _READ, sure=False)
_MAIL_SUBJECT = Limit(60, "our own rule: what a phone shows of a subject", _READ)

FORMATS: Mapping[OutreachFormat, Format] = {
    OutreachFormat.LINKEDIN_CONNECTION: Format(
        "linkedin",
        max_characters={
            LinkedinTier.FREE: Limit(200, _NOTE, _READ, sure=False),
            LinkedinTier.PREMIUM: _PAID_NOTE,
            LinkedinTier.SALES_NAVIGATOR: _PAID_NOTE,
        },
        target_characters=150,
        pitch=False,
        links=False,
    ),
    OutreachFormat.LINKEDIN_MESSAGE: Format(
        "linkedin",
        max_characters=Limit(8_000, "widely repeated, on no page of LinkedIn", _READ, sure=False),
        target_words=(20, 80),
    ),
    OutreachFormat.LINKEDIN_INMAIL: Format(
        "linkedin",
        # LinkedIn's help says 2,000, material of Sales Navigator 1,900.
        max_characters=Limit(1_900, "LinkedIn help a554514 and Sales Navigator material", _READ),
        max_subject=Limit(200, "LinkedIn help answer 437", _READ),
        target_characters=400,
        target_subject=(25, 40),
    ),
    OutreachFormat.EMAIL_COLD: Format(
        "email",
        max_subject=_MAIL_SUBJECT,
        target_words=(50, 100),
        target_subject=(8, 45),
        commercial_mail=True,
    ),
    OutreachFormat.EMAIL_WARM: Format(
        "email",
        max_subject=_MAIL_SUBJECT,
        target_words=(50, 125),
        target_subject=(8, 45),
        needs_contact=True,
        commercial_mail=True,
    ),
}

FRESH_DAYS: Mapping[str, int] = {"funding": 180, "hiring": 45, "leadership_change": 120}
"""Days after which a signal of this type is too old to be used; our own rule, set on 2026-11-22."""
OTHERWISE_FRESH_DAYS = 365


def fresh_days(kind: str) -> int:
    """For how many days evidence of a kind is used."""
    return FRESH_DAYS.get(kind, OTHERWISE_FRESH_DAYS)
