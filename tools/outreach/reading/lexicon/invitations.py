"""Days and times of an invitation: `on Tuesday?` asks for a talk and claims nothing. In a statement a day is a claim."""

import re

_TALK = re.compile(
    r"(?<!\w)(?:option|convenient|good time|better|demo|overview|walkthrough|find|call|chat|talk|speak|meet|meeting|catch up|walk (?:you )?through|show you|slot|suits?|works? for you|fits?|available|free|connect|coffee|minutes|ring|phone|video|look|touch|write|loop|spare|ask|try again|check back|get back|come back|follow up|"
    r"finden|telefonat|telefonieren|gespräch|sprechen|austausch\w*|treffen|termin|passt|passen|zeige|zeigen|anruf\w*|anrufen|erreich\w*|viertelstunde|minuten|zeit|möglichkeit|recht|lieber|melde|melden|nachfragen|schreiben|noch einmal|nochmals)(?!\w)",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(?<!\w)(?:would|could|can|shall|should|may|might|i['’](?:d|ll|m) |happy to|glad to|how about|what about|free|"
    r"würde\w*|könnte\w*|finden|kann|können|hätten|wäre\w*|darf|dürfte|sollen|gern\w*|passt|passen|wie wäre)(?!\w)",
    re.IGNORECASE,
)
_PROPOSES = re.compile(r"^(?:how|what) about\b|^wie wäre\b|^wie sieht es\b", re.IGNORECASE)
_SPAN = r"(?:for |just |only |in |für |nur )?(?:a |an |eine[rn]? )?(?:one|two|three|five|ten|fifteen|twenty|thirty|5|10|15|20|25|30|fünf|zehn|fünfzehn|zwanzig|dreißig)[- ](?:minutes?|min|minuten)|(?:for )?(?:half|(?:a |three )?quarters?(?: of)?) an hour|(?:for )?an? (?:short )?(?:half|quarter|three[- ]quarters)[- ](?:of an )?hour|(?:for )?(?:an?|one) hour(?: and a half)?|eine[rn]? halbe[nr]? stunde|eine[rn]? viertelstunde"
_NOW = re.compile(
    r"(?<!\w)(?:this (?:quarter|month|year)|in diesem (?:quartal|monat|jahr)|dieses (?:quartal|jahr)|diesen monat)(?!\w)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?<!\w)(?:only|just|nur) (?=(?:um |for )?(?:a|one|ein\w*) (?:short|quick|brief|small|simple|kurz\w*|klein\w*|einfach\w*))|"
    r"(?<!\w)(?:one|two|three|1|2|3|einen?|eine|zwei|drei) (?:or (?:two|three) |oder (?:zwei|drei) )?(?:\w+ )?(?:minutes?|sentences?|lines?|pages?|questions?|words|seiten?|sätzen?|minuten?|zeilen?|fragen?|worten?)(?!\w)|"
    r"(?<!\w)(?:write|ask|try|bother you|follow up) (?:for )?an? (?:second|third|last|final) time(?!\w)|(?<!\w)(?:ein zweites|ein drittes|ein letztes) mal (?=schreiben|fragen|nachfragen|melden)",
    re.IGNORECASE,
)
"""What a writer says of the length of their own message."""
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|(?:next|this|early next|later this) (?:week|month)|(?:the )?week after(?: next)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|morgen|übermorgen|(?:nächste|kommende|diese|übernächste)[nr]? (?:woche|monat)|(?:in|im) (?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)|in (?:a (?:few|couple of)|some|two|three|six) (?:days|weeks|months)|in (?:ein paar|einigen|wenigen|zwei|drei|sechs) (?:tagen|wochen|monaten)|(?:in|before|after|over) (?:the )?(?:spring|summer|autumn|winter|new year|holidays|weekend)|(?:im|vor dem|nach dem) (?:frühjahr|frühling|sommer|herbst|winter|neuen jahr|urlaub|wochenende)"
_PART = r"mornings?|afternoons?|evenings?|noon|lunch(?:time)?|früh|vormittags?|mittags?|nachmittags?|abends?"
_CLOCK = r"(?:at|around|by|after|before|from|um|gegen|ab|nach|vor) \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a\.m\.|p\.m\.|uhr|o['’]clock))?"
_WHEN = re.compile(
    rf"(?<!\w)(?:(?:on|by|or|either|early|late|am|an einem|oder|und|any|this|next|coming|nächsten|kommenden|diesen)\s+)*(?:{_DAY})(?:\s?(?:in the |am )?(?:{_PART}))?(?:,?\s{_CLOCK})?(?!\w)|(?<!\w)(?:{_CLOCK}|{_SPAN})(?!\w)",
    re.IGNORECASE,
)


def without_times(visible: str) -> str:
    """A sentence as it stands, and an invitation without the days and times that it proposes."""
    visible = _OWN.sub(" ", _NOW.sub(" ", visible))
    if _PROPOSES.search(visible) or (_OFFERS.search(visible) and _TALK.search(visible)):
        return _WHEN.sub(" ", visible)
    return visible
