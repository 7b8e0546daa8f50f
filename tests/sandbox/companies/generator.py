"""Puts a company together: one trade's words, numbers of its own, made-up names, and a founder who tells them."""

import re

from tests.sandbox.companies.company import Company, Customer
from tests.sandbox.companies.vocabulary import LANGUAGES, Draw, made_name, table

NAME_PARTS = (
    ("Bran", "Cal", "Dro", "Fen", "Gla", "Hul", "Jor", "Kes", "Lum", "Mar", "Nol", "Pel", "Quo", "Sab", "Tev", "Wyr"),
    ("a", "be", "di", "lo", "ma", "ni", "o", "ra", "sti", "ta", "ve", "zu"),
    ("dric", "fall", "gant", "kov", "lex", "mond", "narr", "phane", "quill", "rell", "send", "tor", "vance", "vik",
     "worth", "xim", "yard", "zell"),
)  # fmt: skip
NAMES = len(NAME_PARTS[0]) * len(NAME_PARTS[1]) * len(NAME_PARTS[2])
STRIDE = 2741
"""Shares no factor with NAMES: names of seeds in a row lie far apart and none comes twice in a round."""
PLACE_STRIDE = 37

OF_TRADE = ("product", "buyer", "kind", "situation", "pain", "trigger", "alternative", "belief", "quote")
COMMON = ("price", "channel", "limit", "goal", "moment", "second_quote")
CHANNEL_KINDS = (
    "inboundStats",
    "inboundStats",
    "inboundStats",
    "linkedinStats",
    "inboundStats",
    "coldEmailStats",
)
"""The onboarding's field for each of the sentences under `channel`, in their order."""
OF_ONE = re.compile(r" (?:of a|einer|eines|d'une|d'un|de una|de un) .*$")
LONG_WORD = re.compile(r"\w{4,}")
MASCULINE = ("der", "le", "el")
FEMININE = ("die", "la")


def generate(seed: int, language: str) -> Company:
    """The company of this seed (0 or more) in this language. Raises ValueError for another language or seed."""
    table(language)
    if seed < 0:
        raise ValueError("seed is 0 or more.")
    draw = Draw(seed, language)
    name, host = _name(draw)
    facts = _facts(draw, name)
    customers = _customers(draw, facts)
    return Company(
        seed=seed,
        language=language,
        name=name,
        host=host,
        facts=facts,
        customers=customers,
        words_used=tuple(draw.trade["words"]),
        words_never_used=tuple(draw.dice("never").sample(draw.words["never"], 3)),
        voice_samples=tuple(draw.dice("voice").sample(draw.words["voice_samples"], 2)),
        signals=tuple(draw.dice("signals").sample(draw.words["signals"], 2)),
        answers=_answers(draw, facts, customers),
        ask_for_experiments=draw.say("ask"),
        distinctive=_distinctive(draw, facts, customers),
    )


def _name(draw: Draw) -> tuple[str, str]:
    """A made-up name and the host; in later rounds of names with the round's number."""
    number = draw.seed * len(LANGUAGES) + LANGUAGES.index(draw.language)
    cycle, position = divmod(number, NAMES)
    name = made_name(NAME_PARTS, position * STRIDE % NAMES)
    if cycle:
        return f"{name} {cycle + 1}", f"{name.lower()}-{cycle + 1}.example"
    return name, f"{name.lower()}.example"


def _facts(draw: Draw, name: str) -> dict[str, str]:
    words = draw.words
    facts = {"name": name, "industry": str(draw.trade["industry"])}
    facts |= {slot: draw.of_trade(slot) for slot in OF_TRADE}
    facts |= {slot: draw.common(slot) for slot in COMMON}
    facts["role"] = _without_article(facts["buyer"], words["articles"])
    facts["size"] = words["size"].format(range=draw.dice("size").choice(words["sizes"]))
    facts["pitch"] = draw.say("pitch", name=name, product=facts["product"])
    facts["productName"] = draw.dice("product name").choice(words["product_forms"]).format(name=name)
    facts["metaphor"] = draw.dice("metaphor").choice(words["metaphors"])
    facts["company"] = words["page"]["for_whom"].format(**facts)
    facts["conviction"] = draw.say("belief", belief=facts["belief"])
    channel = draw.dice("channel").choice(words["channel"])
    facts["channelKind"] = CHANNEL_KINDS[words["channel"].index(channel)]
    return facts


def _customers(draw: Draw, facts: dict[str, str]) -> tuple[Customer, ...]:
    """Two customers: the first speaks of the trade, the second of the weeks after."""
    dice = draw.dice("customers")
    orgs = dice.sample(draw.trade["orgs"], 2)
    sizes = [facts["size"], draw.words["size"].format(range=dice.choice(draw.words["sizes"]))]
    names = [org.format(place=_place(draw, index)) for index, org in enumerate(orgs)]
    people = _people(draw, facts["buyer"])
    problems, quotes = (facts["pain"], facts["situation"]), (facts["quote"], facts["second_quote"])
    return tuple(
        Customer(
            name=names[index],
            person=people[index],
            role=OF_ONE.sub("", facts["role"]),
            size=sizes[index],
            problem=problems[index],
            quote=quotes[index],
            outcome=draw.fill(draw.words["outcome"][dice.randrange(4)], f"outcome {index}"),
        )
        for index in range(2)
    )


def _place(draw: Draw, index: int) -> str:
    """A made-up place that no customer of the sixty companies around has."""
    parts = draw.words["places"]
    return made_name(parts, (draw.seed * 2 + index) * PLACE_STRIDE % (len(parts[0]) * len(parts[1])))


def _people(draw: Draw, buyer: str) -> list[str]:
    """Two people; in languages whose job titles tell women and men apart, of the kind that the title says."""
    dice = draw.dice("people")
    firsts = draw.words["first_names"]
    article = buyer.split(maxsplit=1)[0]
    if article in FEMININE:
        firsts = firsts[::2]
    elif article in MASCULINE:
        firsts = firsts[1::2]
    lasts = dice.sample(draw.words["last_names"], 2)
    return [f"{first} {last}" for first, last in zip(dice.sample(firsts, 2), lasts, strict=True)]


def _answers(draw: Draw, facts: dict[str, str], customers: tuple[Customer, ...]) -> tuple[str, ...]:
    best, other = customers
    told = facts | {"buyer_start": facts["buyer"][0].upper() + facts["buyer"][1:]}
    return (
        draw.say("buyer", **told),
        draw.say("pain", **told),
        draw.say("trigger", **told),
        draw.say("alternative", **told),
        draw.say("evidence", customer=best.name, person=best.person, role=best.role, quote=best.quote),
        draw.say("channel", **told),
        facts["conviction"],
        draw.say("second", customer=other.name, person=other.person, quote=other.quote),
        draw.say("limit", **told),
    )


def _distinctive(draw: Draw, facts: dict[str, str], customers: tuple[Customer, ...]) -> tuple[str, ...]:
    """Made-up names, and the marked phrases that are long enough to be nobody else's."""
    names = [facts["name"], facts["productName"]]
    names += [name for customer in customers for name in (customer.name, customer.person)]
    phrases = [phrase for phrase in draw.marked if len(phrase) >= 15 and len(LONG_WORD.findall(phrase)) >= 2]
    return tuple(dict.fromkeys(names + phrases))


def _without_article(text: str, articles: list[str]) -> str:
    first, _, rest = text.partition(" ")
    return rest if first in articles else text
