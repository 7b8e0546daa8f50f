"""What leaves a sentence open, a question or a guess about what is or could be, and what ties it to something that was.

An open sentence may be put in ordinary words. One that is tied presumes that something happened, or is so: `since the fire`,
`did the money arrive?`, `now that you are bigger`. English and German; other languages have no ordinary words yet.
"""

import re
from collections.abc import Collection

from tools.outreach.reading.sentences import Sentence


def _any(*forms: str, start: bool = False) -> re.Pattern[str]:
    """A pattern for any of these as whole words: anywhere, or where a sentence starts."""
    before = (
        r"^(?:and |but |so |also |otherwise,? |und |aber |also |natürlich |sonst |ansonsten )?"
        if start
        else r"(?<!\w)"
    )
    return re.compile(rf"{before}(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


_GUESSED = _any(
    r"would|could|might|may|should|perhaps|maybe|probably|presumably|possibly|conceivably|seems?|sounds?|looks? like|or so i|wondering|guessing",
    r"i (?:dare ?say|bet)",
    r"i['’]?d (?:guess|imagine|assume|bet|expect|think|suppose|say|like|love|value|enjoy|welcome|appreciate|be|gladly|happily|rather)|(?:i|we) (?:guess|imagine|suppose|suspect|assume|reckon|wonder)",
    r"my (?:best |first |own )?(?:guess|hunch|assumption|suspicion)|chances are|it (?:may|could) (?:well )?be",
    r"vermut\w*|vielleicht|wahrscheinlich|womöglich|möglicherweise|eventuell|wohl|gut möglich|mag sein|kann (?:gut )?sein|scheint|scheinen|klingt|klingen",
    r"könnte\w*|würde\w*|dürfte\w*|wäre\w*|hätte\w*|sollte\w*|nehme an|schätze|denke mir|frage mich|vorstellen|stell\w* (?:ich )?mir\b.*\bvor|meine (?:vermutung|annahme)",
)
"""Words that make all of a sentence a guess or a wish."""

_GREETED = re.compile(
    r"^(?:hi|hello|hey|dear|hallo|guten tag|moin|liebe[rs]?|sehr geehrte[rs]?)\b[^,.!?]{0,40},\s*",
    re.IGNORECASE,
)

_MINE = _any(
    r"i (?:keep (?:wondering|thinking|this|it|my)|hesitate|hate to|try|dare|doubt|would|could|can|may|might|should|will|shall|won['’]t|don['’]t|do|ask|wonder|hope|wish|realise|realize|appreciate|understand|know|think|believe|figured|want|wanted|like|love|prefer|mean|promise|spend|collect|thought|work on)",
    r"i['’](?:d|m|ll)|(?:my|mine)(?= (?:question|guess|best|hunch|idea|thought|aim|hope|suggestion|only|email|e-mail|mail|message|note|question|offer|point|apologies|assumption))",
    r"one (?:idea|thought|suggestion|question|option)|an? (?:idea|thought|suggestion|short|quick|brief|one|single|simple|yes|reply|one-word)|best of luck|good luck|not (?:looking|trying|here|sure|certain)|it (?:struck|strikes|occurred to|seems to) me",
    r"whatever|whichever|whenever|either|if|should|in case|forgive|simply|just|hit|drop me|send me|reply|say the word|happy|glad|do (?:tell|let|say|correct|ignore)|tell me|correct me|point me|pass (?:this|it) on|any (?:answer|reply|hint|pointer|thoughts?)|even an? (?:short|quick|one-word|one-line)|all i (?:ask|need|want)|what i(?: would|['’]d| wonder)|no hard feelings|feel free|no (?:worries|need|pressure|rush|hurry|problem)|thanks?|thank you|sorry|apologies|please|let me|curious|open|(?:good|great|nice|lovely) to|looking forward|of course|wish you",
    r"ich (?:würde|könnte|kann|möchte|will|wollte|darf|dürfte|werde|frage|hoffe|wünsche|weiß|denke|glaube|verstehe|schätze|melde|schreibe|schicke|sende|zeige|erkläre|freue|bin|halte|fasse|richte|rufe|nehme|sammle|beschäftige|suche|erzähle|verspreche|bitte)",
    r"mir(?: ist klar|geht|scheint)?|mich(?= (?:interessiert|würde|beschäftigt|freut))|(?:mir geht es|es geht mir|dabei geht es mir)|mein\w*(?= (?:frage|vermutung|idee|vorschlag|anliegen|nachricht|mail|hinweis|angebot|annahme|gedanke))",
    r"\w+ (?:will|möchte|würde|kann|könnte) ich|gern\w*|bitte|danke\w*|jede (?:antwort|rückmeldung)|keine (?:sorge|eile)|alles,? was ich|über (?:ein|jede)\w* [^,;]{0,40}freue ich mich|vielen dank|schön(?!e)|kein (?:problem|stress)|melden|sagen|geben|lassen|schreiben|schicken|bei interesse|eine (?:idee|kurze|frage)|ein (?:gedanke|hinweis|vorschlag|kurze[rs]|einfache[rs])|wie auch immer|viel erfolg|verzeihen sie|wünsche ich|auf jeden fall|egal|falls|sollten?|wenn|dann (?:ist|wäre) (?:diese|meine)|so oder so|nur (?:ein|zur)",
    start=True,
)
"""Beginnings of what a writer says of what they think, want or offer, or begs."""

_TOLD = _any(
    r"(?:(?<!let me )(?:know|knows|sure|certain|clear|believe|convinced|aware|obvious)(?! if| whether| how| what| when| who)|(?:understand|see|hear|hearing)(?= (?:that )?your? (?!thoughts?|views?|take|opinion|side|perspective|answer))|because|as|weiß|sicher|klar|überzeugt|bewusst|weil|da|denn)\b[^?]*?\b(?:you|your|sie|ihr|ihre\w?|ihnen)",
)
"""A writer who says how things are with the reader all the same."""

_TIED = _any(
    r"since|ever since|after (?:the|your|that|this|his|her|their|all|last|so many)|now that|following (?:the|your|that)|given (?:the|your|that)|because of|due to|owing to|thanks to the|in light of|in the wake of|in the run-up|ahead of the",
    r"(?<!luck )(?<!belong )with (?:the|your)|without (?:the|your)|any ?more|no longer|that we|our (?:\w+ )?(?:chat|call|talk|conversation|meeting|exchange|discussion)|continu\w+ (?:our|the)|(?:most|all|none|half|many|some|several|few) of (?:your|the)|all those|so many|\w+ (?:that|who) (?:hates?|refuses?|ignores?)",
    r"thank(?:s| you)(?: \w+){0,3} for(?! (?:reading|your (?:time|patience|attention|consideration)|considering|taking))|(?:i|we)(?: \w+)? (?:was|were|had|have been|used to|once)|(?:i|we)['’]ve (?:been|\w+ed)",
    r"seit|seitdem|nachdem|nach (?:dem|der|den|ihre\w*(?! (?:kalender|wunsch|wünschen|zeitplan|meinung|ermessen|einschätzung))|diese\w*|all)|jetzt,? (?:da|wo)|nun,? da|angesichts|wegen|aufgrund|infolge|trotz|dank (?:der|des|ihre\w*)|im zuge|vor lauter",
    r"immer noch|nicht mehr|noch da|noch so|schon wieder|dass wir|(?:dank\w*|schön|toll|super|freut mich),? dass\b.*\b(?:haben|hatten|waren|konnten|sind)|unser\w* (?:\w+ )?(?:gespräch|telefonat|treffen|austausch|termin|kennenlernen)|danke?(?: \w+){0,3} für(?! (?:ihre zeit|ihre geduld|das lesen))|(?:die meisten|alle|viele|keiner|einige) (?:ihrer|der)|ich (?:war|hatte|habe früher)|fortsetzen",
)

_STILL = _any("still")
"""English alone: in German it is what stands."""

_AGAIN = _any("again|wieder|noch einmal|nochmals|erneut")
"""Only who wrote before does something again."""

_WAS = {
    "en": re.compile(
        r"^(?:and |but |so )?(?:why(?! not)|how come|(?:(?:how|why|when|what|who|where|which|whose)\b[^?]{0,30}?\b)?(?:did|didn['’]t|was|wasn['’]t|were|weren['’]t|had|hadn['’]t)|has|hasn['’]t|have (?!you|to|a|an|any|some)\w+)(?!\w)|"
        r"^(?:is|are|has|have|got)\b[^?]{0,30}\b(?:gone|over|done with|dead|finished|broken|through|lost|left|back)(?!\w)",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"^(?:und |aber )?(?:warum(?! nicht)|weshalb|wieso)(?!\w)|"
        r"(?<!\w)(?:war|warst|waren|wurde|wurden|worden|hatte|hatten|(?:ist|sind|hat|haben)\b[^?.,]*\b(?:(?-i:ge)\w+(?:t|en)|(?-i:[a-zäöüß])\w+iert|(?-i:be|ver|er|ent|über|unter)\w+(?:t|en)))(?!\w)",
        re.IGNORECASE,
    ),
}
"""Questions after what was, or why something is."""

_PAST = {
    "en": re.compile(r"(?<!\w)(?:was|had|did|been)(?!\w)", re.IGNORECASE),
    "de": re.compile(r"(?<!\w)(?:war|waren|hatte|hatten|wurde|wurden)(?!\w)", re.IGNORECASE),
}
"""Guesses about what was."""

_EVER = re.compile(
    r"^(?:have|has|haben|hat)\b.*(?<!\w)(?:ever|schon (?:ein)?mal|jemals)(?!\w)", re.IGNORECASE
)
"""Whether something was done at all presumes nothing."""


def is_open(sentence: Sentence, languages: Collection[str], *, asks: bool, wrote: bool = True) -> bool:
    """Whether a sentence asks, guesses, offers or begs, and presumes nothing by the way it is put.

    `languages`: it may be in. `wrote`: whether a message went out before.
    """
    visible = _GREETED.sub("", sentence.visible).lstrip(" ,;–-")
    if not wrote and _AGAIN.search(visible):
        return False
    english = "en" in languages or not languages
    if _TIED.search(visible) or (english and _STILL.search(visible)):
        return False
    if _looks_back(visible, languages, asks=asks):
        return False
    if asks or _GUESSED.search(visible):
        return True
    return bool(_MINE.search(visible)) and not _TOLD.search(visible)


def _looks_back(visible: str, languages: Collection[str], *, asks: bool) -> bool:
    forms = _WAS if asks else _PAST
    found = any(form.search(visible) for code, form in forms.items() if code in languages or not languages)
    return found and not (asks and _EVER.search(visible))
