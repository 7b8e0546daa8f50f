"""Days and times of an invitation: `on Tuesday?` asks for a talk and claims nothing. In a statement a day is a claim."""

import re

_TALK = re.compile(
    r"(?<!\w)(?:call|chat|talk|speak|meet|meeting|catch up|walk (?:you )?through|show you|slot|suits?|works? for you|fits?|available|free|connect|coffee|minutes|ring|phone|video|look|touch|write|loop|"
    r"telefonat|telefonieren|gespräch|sprechen|austausch\w*|treffen|termin|passt|passen|zeige|zeigen|anruf\w*|anrufen|erreich\w*|viertelstunde|minuten|zeit|melde|melden|nachfragen|schreiben)(?!\w)",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(?<!\w)(?:would|could|can|shall|should|may|might|i['’](?:d|ll|m) |happy to|glad to|how about|what about|free|"
    r"würde\w*|könnte\w*|kann|können|hätten|wäre\w*|darf|dürfte|sollen|gern\w*|passt|passen|wie wäre)(?!\w)",
    re.IGNORECASE,
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|(?:next|this|early next|later this) (?:week|month)|(?:the )?week after(?: next)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|morgen|übermorgen|(?:nächste|kommende|diese|übernächste)[nr]? (?:woche|monat)|in (?:the )?(?:spring|summer|autumn|winter|new year)|im (?:frühjahr|frühling|sommer|herbst|winter|neuen jahr)"
_PART = r"mornings?|afternoons?|evenings?|noon|lunch(?:time)?|früh|vormittags?|mittags?|nachmittags?|abends?"
_CLOCK = r"(?:at|around|by|after|before|from|um|gegen|ab|nach|vor) \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a\.m\.|p\.m\.|uhr|o['’]clock))?"
_WHEN = re.compile(
    rf"(?<!\w)(?:(?:on|by|or|either|early|late|am|an einem|oder|und|any|this|next|coming|nächsten|kommenden|diesen)\s+)*(?:{_DAY})(?:\s?(?:in the |am )?(?:{_PART}))?(?:,?\s{_CLOCK})?(?!\w)|(?<!\w){_CLOCK}(?!\w)",
    re.IGNORECASE,
)


def without_times(visible: str) -> str:
    """A sentence as it stands, and an invitation without the days and times that it proposes."""
    if not _OFFERS.search(visible) or not _TALK.search(visible):
        return visible
    return _WHEN.sub(" ", visible)
