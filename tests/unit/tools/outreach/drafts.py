"""Whole drafts that say only what is stored, in their writers' own order: they have to pass."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HonestDraft:
    """A draft, and what is stored."""

    language: str
    subject: str
    body: str
    stored: tuple[str, ...]


_EN = (
    "Careers\n\nWe are hiring two crew planners for our night desk.",
    "Brennholt Towage opens its second depot in Elsfleth on 1 December.",
    "Jonna Reiff spoke about night shifts at the Hafenforum.",
)
_DE = (
    "Am 1. Dezember eröffnen wir unser zweites Tiefkühllager in Elsfleth mit 18.000 Palettenplätzen.",
    "Wir suchen zwei Schichtplaner (m/w/d) für die Nachtschicht.",
)
_FR = (
    "Nous recrutons deux planificateurs pour notre équipe de nuit.",
    "Brennholt ouvre un deuxième dépôt à Elsfleth le 1er décembre.",
)
_ES = (
    "Buscamos dos planificadores para nuestro turno de noche.",
    "Brennholt abre un segundo almacén en Elsfleth el 1 de diciembre.",
)

DRAFTS = [
    HonestDraft("en", "planners for the night desk", "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. I'd guess that after one late ship somebody there redoes the plan by hand.\n\nTidewerk plans crews for harbour tugs. Is redoing the plan what those two people would mostly do?\n\nMaik", _EN),
    HonestDraft("en", "night shifts in Elsfleth", "Dear Jonna,\n\nI saw that you are hiring two crew planners for your night desk, and that a second depot opens in Elsfleth on 1 December. Does each delay mean that somebody redoes the shift plan by hand?\n\nWe plan crews for harbour tugs. Would it help to see how?\n\nBest regards,\nMaik", _EN),
    HonestDraft("en", "a question on your night desk", "Hello Jonna,\n\nYour careers page says you need two crew planners for the night desk. When a ship is late, who replans the shift?\n\nMaik", _EN),
    HonestDraft("en", "your talk at the Hafenforum", "Hi Jonna,\n\nYou spoke about night shifts at the Hafenforum. How do your planners handle a delay at night?\n\nNordstahl closes in two days since May. Would you like to hear how?\n\nMaik", _EN),
    HonestDraft("en", "shift plans at Brennholt", "Hi Jonna,\n\nAs Head of Operations at Brennholt you probably see shift plans redone by hand after each delay. Is that so?\n\nIf not, who could I ask instead?\n\nMaik", _EN),
    HonestDraft("en", "Congratulations on Elsfleth", "Hi Jonna,\n\nCongratulations on the second depot in Elsfleth! With another depot, does replanning get harder?\n\nMaik", _EN),
    HonestDraft("de", "Inventur in Elsfleth", "Guten Tag Frau Reiff,\n\nSie eröffnen am 1. Dezember Ihr zweites Tiefkühllager in Elsfleth. Vermutlich wird der Schichtplan nach jeder Verspätung von Hand neu gemacht.\n\nIst das bei Ihnen auch so?\n\nViele Grüße\nMaik", _DE),
    HonestDraft("de", "Schichtplaner für die Nacht", "Sehr geehrte Frau Reiff,\n\nBrennholt sucht zwei Schichtplaner für die Nachtschicht. Wie gehen Sie heute mit Verspätungen um?\n\nFalls das nicht Ihr Thema ist: Wer wäre der richtige Ansprechpartner?\n\nMit freundlichen Grüßen\nMaik", _DE),
    HonestDraft("de", "18.000 Palettenplätze", "Guten Tag Frau Reiff,\n\nich habe gelesen, dass Sie in Elsfleth ein zweites Tiefkühllager mit 18.000 Palettenplätzen eröffnen. Wie zählen Sie dort den Bestand?\n\nMaik", _DE),
    HonestDraft("fr", "vos planificateurs", "Bonjour Madame Reiff,\n\nVous recrutez deux planificateurs pour votre équipe de nuit. J'imagine que le planning est refait à la main après chaque retard.\n\nEst-ce le cas chez vous ?\n\nBien cordialement,\nMaik", _FR),
    HonestDraft("fr", "Elsfleth", "Bonjour Jonna,\n\nJ'ai lu que Brennholt ouvre un deuxième dépôt à Elsfleth le 1er décembre. Comment gérez-vous les retards ?\n\nMaik", _FR),
    HonestDraft("es", "su turno de noche", "Hola Jonna:\n\nBrennholt busca dos planificadores para el turno de noche. Imagino que el plan se rehace a mano después de cada retraso.\n\n¿Es así en su caso?\n\nSaludos,\nMaik", _ES),
    HonestDraft("es", "Elsfleth", "Estimada Jonna:\n\nHe visto que abren un segundo almacén en Elsfleth el 1 de diciembre. ¿Cómo manejan los retrasos?\n\nMaik", _ES),
]  # fmt: skip
