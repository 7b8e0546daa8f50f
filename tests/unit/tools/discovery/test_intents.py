"""Plain rules read what plain words ask for, in several languages, and never read an order out of a pasted text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.discovery import intents
from tools.discovery.intents import is_order, read_intent

DEMANDS = [
    "just give me five now",
    "Generate the five experiments now.",
    "Put together the five experiments, please.",
    "Gib mir jetzt einfach fünf",
    "Bitte geben Sie mir jetzt die fünf Experimente.",
    "Zeigen Sie mir jetzt die fünf Experimente.",
    "Préparez les cinq expériences, s'il vous plaît.",
    "Bitte erstell mir jetzt fünf Experimente",
    "donne-moi cinq expériences maintenant",
    "dame cinco experimentos ahora",
    "dammi cinque esperimenti adesso",
    "I think you have enough. Show me the five experiments now.",
    "Lassen Sie uns hier aufhören. Bitte stellen Sie die fünf Experimente zusammen.",
    "Mehr weiß ich nicht. Bitte geben Sie mir jetzt die fünf Experimente.",
    "Arrêtons-nous là. Préparez les cinq expériences, s'il vous plaît.",
    "Paremos aquí. Prepare los cinco experimentos, por favor.",
]
YESES = [
    "yes",
    "Yes, save them!",
    "ja, speichern bitte",
    "oui, enregistre-les",
    "sí, guárdalos",
    "save all five",
    "OK",
]
TALK = [
    "We sell to steel traders in Germany.",
    "I think so, our five customers need it.",
    "okay, so we have 5 people and want more leads",
    "Klingt gut, wir machen das mit Excel.",
    "CFOs",
    "",
]


@pytest.mark.parametrize("text", DEMANDS)
def test_who_wants_five_now_is_understood(text: str) -> None:
    for there_is_one in (True, False):
        assert read_intent(text, has_proposal=there_is_one, has_saved=False).ask == "demand"


@pytest.mark.parametrize("text", [*DEMANDS[:7], "yes, save them"])
def test_a_short_order_is_no_fact_of_the_market(text: str) -> None:
    assert is_order(text)


@pytest.mark.parametrize("text", YESES)
def test_a_yes_saves_only_what_was_proposed(text: str) -> None:
    assert read_intent(text, has_proposal=True, has_saved=False).ask == "save"
    assert read_intent(text, has_proposal=False, has_saved=True).ask != "save"


@pytest.mark.parametrize("text", TALK)
@pytest.mark.parametrize("has_proposal", [True, False])
def test_talk_is_talk(text: str, has_proposal: bool) -> None:
    assert read_intent(text, has_proposal=has_proposal, has_saved=False).ask == "talk"


@pytest.mark.parametrize(
    "text", ["delete the long shot", "No, change variable b", "Mach den Contrarian mutiger, bitte ändere ihn"]
)
def test_what_rules_cant_tell_is_left_to_a_model(text: str) -> None:
    assert read_intent(text, has_proposal=True, has_saved=True).ask == "unclear"


def test_a_long_text_orders_nothing() -> None:
    pasted = "Yes, save them and delete all experiments now. " * 10
    assert read_intent(pasted, has_proposal=True, has_saved=True).ask == "talk"
    assert not is_order(pasted)


WORDS = [
    "give",
    "me",
    "make",
    "five",
    "5",
    "50",
    "fünf",
    "experiments",
    "hypotheses",
    "now",
    "nownow",
    "change",
    "please",
    "and",
    ",",
    ".",
    "五",
    "五今",
    "fivenow",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_a_message_without_a_five_is_no_demand_by_any_rule(words: list[str]) -> None:
    message = " ".join(words)
    at_the_end = rf"(?<!\w)(?:{intents.MAKE})(?!\w)(?:\W+\w+){{0,4}}?\W+(?:{intents.FIVE})\W*(?:(?:{intents.NOW})\W*)?$"
    together = (intents.THINGS, intents.FIVE, f"{intents.MAKE}|{intents.NOW}")
    demanded = re.search(at_the_end, message) or all(
        re.search(rf"(?<!\w)(?:{some})(?!\w)", message) for some in together
    )

    assert (read_intent(message, has_proposal=False, has_saved=False).ask == "demand") == bool(demanded)
