"""Dates and words of time, by one name in all languages: `month:3`, `year:2026`, `quarter:3`, and whether something is said to be recent."""

import re
from collections.abc import Iterator

_MONTHS = {
    1: "january januar jänner janvier enero gennaio janeiro januari stycznia",
    2: "february februar feber février febrero febbraio fevereiro februari lutego",
    3: "märz mars marzo março maart marca",
    4: "april avril abril aprile kwietnia",
    5: "mai mayo maggio maio mei maja",
    6: "june juni juin junio giugno junho czerwca",
    7: "july juli juillet julio luglio julho lipca",
    8: "august août agosto augustus sierpnia",
    9: "september septembre septiembre settembre setembro września",
    10: "october oktober octobre octubre ottobre outubro października",
    11: "november novembre noviembre novembro listopada",
    12: "december dezember décembre diciembre dicembre dezembro grudnia",
}
_SHORT_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12}  # fmt: skip
_DAYS = {
    1: "monday montags? lundi lunes lunedì segunda-feira maandag",
    2: "tuesday dienstags? mardi martes martedì terça-feira dinsdag",
    3: "wednesday mittwochs? mercredi miércoles mercoledì quarta-feira woensdag",
    4: "thursday donnerstags? jeudi jueves giovedì quinta-feira donderdag",
    5: "friday freitags? vendredi viernes venerdì sexta-feira vrijdag",
    6: "saturday samstags? sonnabend samedi sábado sabato zaterdag",
    7: "sunday sonntags? dimanche domingo domenica zondag",
}
_SPANS = (
    r"week(?:end)?s?|months?|years?|quarters?|decades?|spring|summer|autumn|fall|winter|night|days?|"
    r"wochen?(?:ende)?|monate?n?s?|jahr(?:e|en|es)?|quartals?|jahrzehnt\w*|frühjahr|frühling|sommer|herbst|nacht|tage?n?|"
    r"semaines?|mois|ann[ée]es?|ans?|trimestres?|printemps|été|automne|hiver|nuit|jours?|"
    r"semanas?|mes(?:es)?|años?|primavera|verano|otoño|invierno|días?|settiman\w+|mesi|anni?|trimestri?|"
    r"mês|anos?|semana|week|maanden?|jaren?|kwartaal"
)
_RELATIVE = (
    rf"(?:last|past|previous|next|coming|this|early|late|mid|since|earlier this|later this|end of|start of|beginning of)[\s-]+(?:\w+\s+){{0,2}}?(?:{_SPANS}|q[1-4])",
    rf"(?:{_SPANS})\s+ago|(?:a|the) (?:while|few {_SPANS}) ago|(?:for|over|in) the (?:last|past)\b|long ago|years? back",
    r"yesterday|tomorrow|tonight|overnight|this (?:morning|afternoon|evening|time last)|the other day|earlier today|anniversary|birthday",
    r"gestern|vorgestern|morgen früh|übermorgen|heute (?:morgen|früh|abend)|neulich|vor (?:kurzem|wenigen|einigen|ein paar)|jubiläum|geburtstag",
    rf"(?:letzt|vergangen|vorig|nächst|kommend|dies|anfang|ende|mitte|seit)\w*\s+(?:\w+\s+)?(?:{_SPANS})|vor (?:\w+\s+){{1,2}}(?:{_SPANS})",
    r"d['’]hier|hier(?=,? (?:soir|matin|vous|nous|j['’]|on|le|la|il|elle)\b)|(?<=depuis )hier|avant-hier|demain|anniversaire|l['’]autre jour",
    rf"il y a (?:[\w'’]+\s+){{1,3}}(?:{_SPANS})|(?:{_SPANS})\s+(?:derni[eè]re?s?|pass[ée]e?s?|prochaine?s?|précédente?s?)|depuis (?:\w+\s+){{0,3}}(?:{_SPANS})|cette (?:semaine|année)|ce (?:mois|trimestre|printemps)|cet (?:été|automne|hiver)|(?:début|fin|courant) (?:d['’]|de l['’]|du )?\w*",
    r"ayer|anteayer|anoche|mañana por la|aniversario|cumpleaños|el otro día",
    rf"hace (?:\w+\s+){{1,3}}(?:{_SPANS})|(?:{_SPANS})\s+(?:pasad[oa]s?|próxim[oa]s?|anterior(?:es)?|que viene)|(?:pasad[oa]|próxim[oa]|últim[oa]s?) (?:\w+\s+)?(?:{_SPANS})|desde (?:hace|el|la) (?:\w+\s+)?(?:{_SPANS})|est[ea] (?:semana|mes|año|trimestre|verano|otoño|invierno|primavera)|(?:principios|finales|mediados) de",
    rf"ieri|domani|(?:scors|prossim|ultim|quest)[oaie]\s+(?:{_SPANS})|(?:{_SPANS})\s+(?:scors|fa\b|prossim)\w*|ontem|amanhã|(?:{_SPANS})\s+(?:passad|atrás|próxim)\w*|gisteren|vorige?\s+\w+|afgelopen\s+\w+|geleden",
)
_RECENT = (
    r"recent(?:ly)?|lately|newly|freshly|of late|hot off|brand[- ]new|latest|freshly|just (?:now|recently)",
    r"congrat\w*|kudos|well done|bravo|hats off|cheers to|way to go|props (?:to|on)",
    r"kürzlich\w*|neulich|jüngst\w*|soeben|gerade erst|eben erst|unlängst|seit kurzem|frisch(?:e|en|er|es)? (?:geback|finanz|ernann)\w*|neueste[nrsm]?|aktuell(?:e|en|er|es)? (?:finanz|runde|meldung|nachricht)\w*|glückw[uü]nsch\w*|gratul\w*|herzlichen dank für ihren beitrag|chapeau",
    r"récemment|récente?s?|dernièrement|fraîchement|tout juste|félicit\w*|nouvellement|à l['’]instant",
    r"recient\w*|últimamente|hace poco|felicit\w*|felicidades|enhorabuena",
    r"di recente|recent[ei]\w*|appena|complimenti|congratulazioni|parabéns|recém|gefeliciteerd|onlangs|pasgeleden|felicitaties|gratulacje|niedawno",
)
_JUST = re.compile(
    r"(?:(?:you|he|she|they|company|team|have|has|had|['’]ve|['’]s|was|were|it)\s+just\s+\w+|\bjust\s+(?:\w+ly\s+)?\w{2,}ed\b|\bjust\s+(?:hired|won|grew|got|took|went|sold|bought|built|left|began|spoke|wrote|read|saw|made|found|came|brought|led|met|put out|closed|heard)\b)"
)
_GERADE = re.compile(
    r"(?:haben|hat|sind|ist|habt|seid|wurde|wurden|sie|ihr)\s+(?:\w+\s+){0,3}gerade\b|\b(?:viens|vient|viennent|venez|venons)\s+(?:\w+\s+)?d(?:e|['’])|\bven[ií]s?\s+de\b|\bacab\w+\s+de\b"
)
_OWN_NEW = re.compile(
    r"\b(?:your|the|its|their|\w+['’]s)\s+(?:\w+\s+)?new(?:est)?\b|\b(?:ihr|dein|euer|eur)(?:e|en|em|er|es)?\s+(?:\w+\s+)?neue?[nrsm]?\b|\b(?:votre|vos|ta|ton|tes|le|la|les)\s+nouve(?:au|l|lle|aux|lles)\b|\b(?:su|sus|tu|tus|vuestr[oa]s?|el|la)\s+(?:\w+\s+)?nuev[oa]s?\b|\b(?:votre|vos|su|sus|tu)\s+\w+\s+(?:nouvelle?|nuev[oa])s?\b"
)
_QUARTER = re.compile(
    r"\bq([1-4])\b|\bt([1-4])\s+(?=20\d\d)|\b([1-4])\.?\s?(?:quartal|trimestre|kwartaal)|\b(?:(first|erste[ns]?|premier|primer)|(second|zweite[ns]?|deuxième|segundo)|(third|dritte[ns]?|troisième|tercer)|(fourth|vierte[ns]?|quatrième|cuarto))\s+(?:quarter|quartal|trimestre)"
)
_HALF_YEAR = re.compile(
    r"\bh([12])\s?(?:20\d\d)?\b|\b(?:fiscal|fy)\s?'?(\d{2,4})\b|\bhalbjahr\w*|\bsemestre\b"
)
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d|\d|\s?(?:€|%|euro|dollar|usd|eur))(?:er|s)?(?!\w)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)\b")
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|uhr|h\d{0,2})\b|\bnoon\b|\bmidnight\b")
_ENGLISH_MARCH = re.compile(r"\b(?:March|MARCH)\b|\bmarch\s+\d|\d\s+(?:of\s+)?march\b|\bin march\b|\b(?<!^)(?:May|MAY)\b(?!\s+(?:I|we|you)\b)|\bin may\b|\bmay\s+\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?may\b|\b(?:since|by|until|last|this|next|every) may\b")  # fmt: skip
_NAMES = [(re.compile(rf"\b(?:{'|'.join(words.split())})\b"), f"month:{month}") for month, words in _MONTHS.items()] + [(re.compile(rf"\b(?:{'|'.join(words.split())})s?\b"), f"day:{day}") for day, words in _DAYS.items()]  # fmt: skip
_MONTH_OF = (
    {word: month for month, words in _MONTHS.items() for word in words.split()}
    | _SHORT_MONTHS
    | {"march": 3, "may": 5}
)
_ANY_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s*(?:of\s+|de\s+)?({_ANY_MONTH})\b|\b({_ANY_MONTH})\.?\s+(\d{{1,2}})(?!\d)(?:st|nd|rd|th)?\b"
)
_RELATIVE_TIME = re.compile("|".join(rf"(?<!\w)(?:{form})(?!\w)" for form in _RELATIVE))
_RECENT_WORD = re.compile("|".join(rf"(?<!\w)(?:{form})(?!\w)" for form in _RECENT))


def dates_in(visible: str) -> set[str]:
    """Months, days, quarters, years and clock times that a text names; `relative:…` for those that count from today."""
    text = visible.casefold()
    found = {name for pattern, name in _NAMES if pattern.search(text)}
    found |= {f"year:{match[1]}" for match in _YEAR.finditer(text)}
    found |= {f"quarter:{_which(match)}" for match in _QUARTER.finditer(text)}
    found |= {f"half:{' '.join(match.group().split())}" for match in _HALF_YEAR.finditer(text)}
    found |= {f"clock:{match.group().replace(' ', '')}" for match in _CLOCK.finditer(text)}
    found |= {f"relative:{' '.join(match.group().split())}" for match in _RELATIVE_TIME.finditer(text)}
    found |= set(_written_out(text))
    for match in _ENGLISH_MARCH.finditer(visible):
        found.add("month:3" if "mar" in match.group().casefold() else "month:5")
    found |= set(_days_of_months(text))
    for word, month in _SHORT_MONTHS.items():
        if re.search(rf"\b{word}\b\.?\s*(?:\d|')|\d\.?\s+{word}\b", text):
            found.add(f"month:{month}")
    return found


def says_recent(visible: str) -> bool:
    """Whether a text says of something that it is new: `recently`, `just raised`, `congratulations`, `your new office`."""
    text = visible.casefold()
    return any(pattern.search(text) for pattern in (_RECENT_WORD, _JUST, _GERADE, _OWN_NEW))


def years_in(visible: str) -> list[int]:
    """The years that a text names."""
    return [int(match[1]) for match in _YEAR.finditer(visible.casefold())]


def _days_of_months(text: str) -> Iterator[str]:
    """A day beside its month, as one date."""
    for match in _DAY_OF_MONTH.finditer(text):
        day, word = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield f"day:{int(day)} month:{_MONTH_OF[word]}"


def _which(match: re.Match[str]) -> str:
    groups = match.groups()
    digit = next((group for group in groups[:3] if group), None)
    return digit or str(next(number for number, group in enumerate(groups[3:], 1) if group))


def _written_out(text: str) -> Iterator[str]:
    for match in _ISO.finditer(text):
        year, month, day, first, second, short = match.groups()
        if year:
            yield from (f"year:{year}", f"month:{int(month)}", f"dayofmonth:{int(day)}")
        else:
            yield f"date:{int(first)}/{int(second)}/{short}"
