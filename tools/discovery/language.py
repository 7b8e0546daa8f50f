"""Which language a message is written in, by its most frequent small words. For our own sentences and for the brief.

It may not know: then the talk keeps the language it had, and models are told to use the language of the last message.
"""

import re
from collections.abc import Mapping
from functools import cache

_FREQUENT = {
    "en": (
        "the a an and are is was we our they their it to of for with that this have has not but who when from on in at "
        "you your i my do does what how just give me about because"
    ),
    "de": (
        "der die das und ist sind war wir unsere unser sie ihre es zu von für mit dass dieser haben hat nicht aber wer wenn "
        "aus auf im in an ein eine einen dem den du ich mir was wie bei nach weil nur auch uns gib"
    ),
    "fr": (
        "le la les un une et est sont était nous notre nos ils elles leur leurs à de des du pour avec que ce cette ont pas "
        "mais qui quand sur dans en au aux vous votre je mon moi quoi comment chez parce donne"
    ),
    "es": (
        "el la los las un una y es son era nuestro nuestros nuestra ellos su sus a de del para con que este esta tienen no "
        "pero quién cuando sobre en al usted tu yo mi me qué cómo porque solo dame por se lo"
    ),
    "it": (
        "il lo la i gli le un una e è sono era noi nostro nostri nostra loro a di del della per con che questo questa hanno "
        "non ma chi quando su in al voi tu io mio mi cosa come perché solo dammi da si"
    ),
    "pt": (
        "o a os as um uma e é são era nós nosso nossos nossa eles seu seus de do da dos das para com que este esta têm não "
        "mas quem quando sobre em no na você eu meu me como porque só dê por se"
    ),
    "nl": (
        "de het een en is zijn was wij we onze ons zij ze hun aan van voor met dat deze hebben heeft niet maar wie wanneer "
        "uit op in bij jij je u ik mijn wat hoe omdat alleen ook geef naar te"
    ),
    "pl": (
        "i jest są był my nasz nasi nasze oni ich do z dla że ten ta mają nie ale kto kiedy na w o ty ja mój co jak bo tylko "
        "się to po od przez daj mi za"
    ),
}
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split()) for code, words in _FREQUENT.items()
}
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
WORD = re.compile(r"[^\W\d_]+")
NAMES: Mapping[str, str] = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "ja": "Japanese",
    "ko": "Korean",
    "zh": "Chinese",
    "ru": "Russian",
    "ar": "Arabic",
    "el": "Greek",
}
SAMPLE = 2_000
CERTAIN_WORDS = 3


def detect_language(text: str) -> str | None:
    """The language's two-letter code, or None when the text is too short or too mixed to tell."""
    sample = text[:SAMPLE].casefold()
    script = None if sample.isascii() else _script(sample)
    if script is not None:
        return script
    words = WORD.findall(sample)
    counts, languages = dict.fromkeys(SMALL_WORDS, 0), _languages()
    for word in words:
        if word in languages:
            for code in languages[word]:
                counts[code] += 1
    scores = sorted([(count, code) for code, count in counts.items()], reverse=True)
    (best, code), (second, _) = scores[0], scores[1]
    return code if best > second and best >= min(CERTAIN_WORDS, max(2, len(words) // 3)) else None


@cache
def _languages() -> Mapping[str, list[str]]:
    """The languages of each small word."""
    languages: dict[str, list[str]] = {}
    for code, small in SMALL_WORDS.items():
        for word in small:
            languages.setdefault(word, []).append(code)
    return languages


def _script(sample: str) -> str | None:
    """The language whose own letters are more than a quarter of a text."""
    size = len(sample.replace(" ", ""))
    return next((code for code, letters in SCRIPTS if len(letters.findall(sample)) * 4 > size), None)


def next_language(text: str, before: str) -> str:
    """The talk's language after a message: the message's when it can be told, else what it was ("" when unknown)."""
    return detect_language(text) or before


def language_name(code: str) -> str:
    """The language's English name, or words that leave it to the model."""
    return NAMES.get(code[:2], "the language of their last message")
