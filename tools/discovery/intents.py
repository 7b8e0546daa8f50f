"""What a user's own words ask for, where plain rules can tell. Everything else is talk, or a model's decision.

Only whole, short messages count as a yes: words inside a pasted text must never save or delete anything.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Ask = Literal["talk", "demand", "save", "unclear"]

YES = (
    "yes|yep|yeah|ok|okay|sure|please do|go ahead|do it|"
    "ja|klar|gerne|passt|mach das|oui|d'accord|vas-y|allez-y|sí|si|claro|vale|adelante|sì|certo|va bene|"
    "sim|pode ser|zeker|prima|graag|tak|dobrze|はい|好的|好|да"
)
SAVE = (
    "save|keep|store|speicher[en]*|sichern?|behalt[en]*|übernehmen|enregistre[rz]?|sauvegarde[rz]?|garde[rz]?|"
    "guarda[r]?|guárdal[oa]s|salva[re]?|salvali|salvar?|guarde|bewaar|opslaan|zapisz|保存"
)
MAKE = (
    "give|get|make|create|generate|propose|draft|suggest|show|want|need|write|prepare|design|put together|"
    "gib|geben|mach|machen|erstell[en]*|generier[en]*|schlag|schlagen|zeig|zeigen|stell|stellen|bereite|bereiten|"
    "will|wollen|brauch[en]*|möchte|möchten|entwirf|entwerfen|"
    "donne[rz]?|fais|faites|établi[st]?|prépare[rz]?|rédige[rz]?|passons|passez|crée[rz]?|génère[rz]?|propose[rz]?|montre[rz]?|prépare[rz]?|dresse[rz]?|veux|voudrais|"
    "dame|deme|denos|danos|haz|haga|crea[r]?|genera[r]?|propon|proponga|muestra|muestre|prepar[ae]|quiero|necesito|"
    "dammi|dacci|fammi|creare|generare|proponi|mostra|voglio|vorrei|"
    "dê|me dá|faça|crie|criar|gere|gerar|proponha|mostre|quero|preciso|"
    "geef|maak|genereer|toon|wil|daj|stwórz|pokaż|chcę|作って|给我|дай|сделай"
)
THINGS = (
    "experiments?|experimente[n]?|expériences?|expérimentations?|experimentos?|esperimenti?|experimenten|"
    "eksperyment\\w*|hypothes[ei]s|hypothesen?|hypothèses?|hipótesis|hipóteses|ipotesi|hypotheses|実験|实验|эксперимент\\w*"
)
FIVE = "five|5|fünf|cinq|cinco|cinque|vijf|pięć|五|пять"
NOW = "now|already|right away|jetzt|sofort|gleich|maintenant|tout de suite|ahora|ya|adesso|subito|agora|já|nu|teraz|今"
ARMS = "bullseye|variable [ab]|contrarian|long ?shot"
CHANGE = (
    "change|replace|redo|delete|remove|drop|instead|"
    "änder\\w*|ersetz\\w*|lösch\\w*|entfern\\w*|nochmal|stattdessen|"
    "chang\\w*|remplac\\w*|refai\\w*|supprim\\w*|"
    "cambi\\w*|reemplaz\\w*|rehac\\w*|elimin\\w*|borr\\w*|"
    "sostitu\\w*|rifai|cancell\\w*|rimuov\\w*|"
    "mud\\w*|substitu\\w*|refaz\\w*|apag\\w*|wijzig|vervang|verwijder|usuń|zmień"
)
SHORT_MESSAGE = 200
SHORT_YES = 60
FILLER = (
    "please|bitte|s'il (?:te|vous) plaît|por favor|per favore|them|all|it|these|this|set|sie|alle|das|les|los|las|li|"
    "tous|todos|tutti|tudo|ze"
)


@dataclass(frozen=True)
class Asked:
    """What the rules read in a message, and the words that decided."""

    ask: Ask
    because: str


def read_intent(text: str, *, has_proposal: bool, has_saved: bool) -> Asked:
    """What the user asks for. `unclear`: it is about experiments, but the rules can't tell what is to happen."""
    message = _folded(text)
    if has_proposal and _is_yes(message):
        return Asked("save", "a plain yes to the proposed set")
    if len(message) > SHORT_MESSAGE:
        return Asked("talk", "a long message")
    if _is_demand(message) and not ((has_proposal or has_saved) and _has(CHANGE, message)):
        return Asked("demand", "asks for the experiments now")
    if _may_ask(message, has_proposal=has_proposal, has_saved=has_saved):
        return Asked("unclear", "speaks of making, changing or keeping experiments")
    return Asked("talk", "no rule asks for anything else")


def is_order(text: str) -> bool:
    """Whether the message is nothing but a short order or a yes to us: it tells nothing of the market."""
    message = _folded(text)
    return len(message) <= SHORT_YES and (_is_demand(message) or _is_yes(message))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _is_yes(message: str) -> bool:
    """Whether the whole message is a yes or a request to save, and nothing else."""
    if len(message) > SHORT_YES:
        return False
    rest = re.sub(rf"(?<!\w)(?:{YES}|{SAVE}|{THINGS}|{FIVE}|{FILLER})(?!\w)", " ", message)
    return not re.search(r"\w", rest) and _has(f"{YES}|{SAVE}", message)


def _is_demand(message: str) -> bool:
    """Whether a set of five is asked for at once: "just give me five", "make the experiments now"."""
    if not _five().search(message):
        return False
    if re.search(rf"(?<!\w)(?:{MAKE})(?!\w)(?:\W+\w+){{0,4}}?\W+(?:{FIVE})\W*(?:(?:{NOW})\W*)?$", message):
        return True
    return _has(THINGS, message) and _has(FIVE, message) and _has(f"{MAKE}|{NOW}", message)


def _may_ask(message: str, *, has_proposal: bool, has_saved: bool) -> bool:
    """Whether the message could ask for something to be done with experiments, which a model has to decide."""
    if _has(THINGS, message) and _has(f"{MAKE}|{FIVE}|{NOW}", message):
        return True
    if (has_proposal or has_saved) and _has(f"{THINGS}|{ARMS}", message):
        return _has(f"{CHANGE}|{SAVE}|{MAKE}", message)
    return has_proposal and len(message) <= SHORT_YES and _has(f"{CHANGE}|{SAVE}", message)


def _has(words: str, message: str) -> bool:
    return _whole(words).search(message) is not None


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _five() -> re.Pattern[str]:
    """Without one of these in it a message is no demand, and most have none."""
    return re.compile(FIVE)
