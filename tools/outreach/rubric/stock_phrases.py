"""Phrases that every sales message holds, as data. A workspace's own come on top, from its style guide."""

STOCK_PHRASES: tuple[str, ...] = (
    "hope this finds you well", "hope you are well", "hope you're well", "hope you are doing well", "quick question", "synergy", "synergies", "revolutionary", "revolutionize", "game-changing", "game changer",
    "circle back", "pick your brain", "just following up", "just checking in", "touch base", "i came across your profile", "came across your company", "reaching out because", "low-hanging fruit",
    "cutting-edge", "best-in-class", "world-class", "state-of-the-art", "next level", "unlock", "supercharge", "leverage", "seamless", "in today's fast-paced", "i know you're busy", "bump this", "congrats on",
    "ich hoffe, es geht ihnen gut", "ich hoffe, diese nachricht erreicht sie", "kurze frage", "synergien", "revolutionär", "bahnbrechend", "auf ihr profil gestoßen", "bin auf ihr profil", "wollte nur nachhaken", "auf augenhöhe", "ganzheitlich",
    "j'espère que vous allez bien", "petite question", "synergies", "révolutionnaire", "je suis tombé sur votre profil", "je me permets de", "je reviens vers vous", "clé en main",
    "espero que se encuentre bien", "espero que estés bien", "pregunta rápida", "sinergias", "revolucionario", "encontré su perfil", "me encontré con su perfil", "solo quería hacer seguimiento",
)  # fmt: skip
