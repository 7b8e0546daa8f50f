"""What leaves a sentence open, a question or a guess about what is or could be, and what ties it to something that was.

An open sentence may be put in ordinary words. One that is tied presumes that something happened, or is so: `since the fire`,
`did the money arrive?`, `now that you are bigger`. English and German; other languages have no ordinary words yet.
"""

import re

from tools.outreach.reading.sentences import Sentence

_GUESSED = re.compile(
    r"(?<!\w)(?:would|could|might|may|should|perhaps|maybe|probably|presumably|possibly|conceivably|i['’]?d (?:guess|imagine|assume|bet|expect|think|suppose|say)|"
    r"(?:i|we) (?:guess|imagine|suppose|suspect|assume|reckon|wonder)|my (?:guess|hunch|assumption|suspicion)|wondering|guessing|"
    r"vermut\w*|vielleicht|wahrscheinlich|womöglich|möglicherweise|eventuell|wohl|könnte\w*|würde\w*|dürfte\w*|wäre\w*|hätte\w*|sollte\w*|nehme an|schätze|denke mir|frage mich|vorstellen)(?!\w)",
    re.IGNORECASE,
)
"""Words that make all of a sentence a guess or a wish."""

_GREETED = re.compile(r"^(?:hi|hello|hey|dear|hallo|guten tag|moin|liebe[rs]?|sehr geehrte[rs]?)\b[^,.!?]{0,40},\s*", re.IGNORECASE)

_MINE = re.compile(
    r"^(?:and |but |so |also |of course,? |either way,? |in any case,? |und |aber |also |natürlich |sonst )?(?:i|i['’](?:d|m|ll|ve)|my|mine|happy|glad|feel free|no (?:worries|need|pressure|rush|hurry|problem)|thanks?|thank you|sorry|apologies|please|let me|curious|open|good to|great to|nice to|lovely to|looking forward|"
    r"ich|mir|mich|mein\w*|gern\w*|bitte|danke\w*|vielen dank|schön|kein (?:problem|stress)|melden|sagen|geben|lassen|schreiben|schicken|bei interesse|falls|sollten?|wenn|if|should|whichever|whatever|whenever|either|a (?:short|quick|brief|one|single|simple|yes)|ein kurzes|eine kurze)(?!\w)",
    re.IGNORECASE,
)
"""Beginnings of what a writer says of themselves, offers, or begs."""

_TOLD = re.compile(
    r"(?<!\w)(?:know|knows|sure|certain|clear|believe|convinced|aware|obvious|understand|see|hear|because|as|weiß|sicher|klar|überzeugt|bewusst|weil|da|denn)\b[^?]*?\b(?:you|your|sie|ihr|ihre\w?|ihnen)(?!\w)",
    re.IGNORECASE,
)
"""A writer who says how things are with the reader all the same."""

_TIED = re.compile(
    r"(?<!\w)(?:since|ever since|after (?:the|your|that|this|his|her|their|all|last|so many)|now that|following (?:the|your|that)|given (?:the|your|that)|because of|due to|owing to|thanks to the|in light of|in the wake of|in the run-up|ahead of the|with the|with your|without (?:the|your)|still|any ?more|no longer|again|continu\w+ (?:our|the)|(?:most|all|none|half|many|some) of (?:your|the)|all those|so many|"
    r"thank(?:s| you)(?: \w+){0,3} for(?! (?:reading|your time|considering|taking))|(?:i|we)(?: \w+)? (?:was|were|had|have been|used to|once)|(?:i|we)['’]ve (?:been|\w+ed)|\w+ (?:that|who) (?:hates?|refuses?|ignores?)|"
    r"seit|seitdem|nachdem|nach (?:dem|der|den|ihre\w*|ihrem|diese\w*|all)|jetzt,? (?:da|wo)|nun,? da|angesichts|wegen|aufgrund|infolge|trotz|dank (?:der|des|ihre\w*)|im zuge|vor lauter|immer noch|nicht mehr|noch da|noch so|schon wieder|danke?(?: \w+){0,3} für(?! (?:ihre zeit|ihre geduld|das lesen))|(?:die meisten|alle|viele|keiner|einige) (?:ihrer|der)|ich (?:war|hatte|habe früher)|(?:continue|fortsetzen))(?!\w)",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"^(?:and |but |so |und |aber )?(?:why(?! not)|how come|warum(?! nicht)|weshalb|wieso|(?:(?:how|why|when|what|who|where|which|whose)\b[^?]{0,30}?\b)?(?:did|didn['’]t|was|wasn['’]t|were|weren['’]t|had|hadn['’]t|has|hasn['’]t|have (?!you|to|a|an|any|some)\w+))(?!\w)|"
    r"(?<!\w)(?:is|are|has|have|was|were|being|got|gets?|went|came|made|became)\b[^?]{0,30}\b(?:gone|over|done with|dead|finished|broken|through|lost|left|back)\b|"
    r"(?<!\w)(?:war|warst|waren|wurde|wurden|worden|hatte|hatten|(?:ist|sind|hat|haben)\b[^?.]*\b(?:ge\w+(?:t|en)|\w+iert|(?:be|ver|er|ent|über|unter)\w+(?:t|en)))(?!\w)",
    re.IGNORECASE,
)
"""Questions after what was."""


def is_open(sentence: Sentence, *, asks: bool) -> bool:
    """Whether a sentence asks, guesses, offers or begs, and presumes nothing by the way it is put."""
    visible = _GREETED.sub("", sentence.visible)
    if _TIED.search(visible):
        return False
    if asks:
        return not _WAS.search(visible)
    if _GUESSED.search(visible):
        return True
    return bool(_MINE.search(visible)) and not _TOLD.search(visible)
