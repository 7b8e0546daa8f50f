"""The few sentences our own code says to people about samples and saving, by language; figures are filled in here.

English stands in for languages that are not listed. Everything else a person reads is written by a model.
"""

from collections.abc import Mapping
from typing import Literal

SentenceName = Literal[
    "stopping_rule",
    "stopping_rule_long_shot",
    "first_aim",
    "limits",
    "assumed",
    "saved",
    "deleted",
    "refused",
    "retry",
    "nothing_changed",
    "nothing_known",
    "left_aside",
]

SENTENCES: Mapping[str, Mapping[SentenceName, str]] = {
    "en": {
        "stopping_rule": "Compare once, when {sample} leads have been contacted and {days} days have passed since; no verdict before.",
        "stopping_rule_long_shot": "Stop after {sample} contacted leads and {days} days; without any success the idea is dropped.",
        "first_aim": "Stop at five real conversations, or after {sample} contacted leads; then plan the measurement anew.",
        "limits": "With {leads} leads, about {per_arm} per experiment, this can't show the difference between {base} % and {target} %: that takes about {needed} leads per experiment.",
        "assumed": "What is assumed, because nobody has seen it yet:",
        "saved": "Saved: {count} experiments.",
        "deleted": "Deleted: {count} experiments.",
        "refused": "The experiments could not be made without breaking a rule, so nothing was saved:",
        "retry": "Give me the five experiments now",
        "nothing_changed": "Nothing was changed.",
        "nothing_known": "Nothing is known of your company yet, so any experiment would be invented. One sentence on what you sell, and to whom, is enough to begin.",
        "left_aside": "Something I was shown tells me what to say. I leave it aside and keep to what you tell me about your customers.",
    },
    "de": {
        "stopping_rule": "Einmal vergleichen, wenn {sample} Leads kontaktiert und danach {days} Tage vergangen sind; vorher kein Urteil.",
        "stopping_rule_long_shot": "Ende nach {sample} kontaktierten Leads und {days} Tagen; ohne jeden Erfolg wird die Idee verworfen.",
        "first_aim": "Ende bei fünf echten Gesprächen oder nach {sample} kontaktierten Leads; dann die Messung neu planen.",
        "limits": "Mit {leads} Leads, etwa {per_arm} pro Experiment, lässt sich der Unterschied zwischen {base} % und {target} % nicht zeigen: Dafür braucht es etwa {needed} Leads pro Experiment.",
        "assumed": "Was angenommen ist, weil es noch niemand gesehen hat:",
        "saved": "Gespeichert: {count} Experimente.",
        "deleted": "Gelöscht: {count} Experimente.",
        "refused": "Die Experimente ließen sich nicht bilden, ohne eine Regel zu brechen; nichts wurde gespeichert:",
        "retry": "Gib mir jetzt die fünf Experimente",
        "nothing_changed": "Es wurde nichts geändert.",
        "nothing_known": "Über Ihre Firma ist noch nichts bekannt, jedes Experiment wäre also erfunden. Ein Satz dazu, was Sie wem verkaufen, genügt für den Anfang.",
        "left_aside": "In dem, was mir gezeigt wurde, steht, was ich sagen soll. Das lasse ich beiseite und halte mich an das, was Sie über Ihre Kunden erzählen.",
    },
    "fr": {
        "stopping_rule": "Comparer une seule fois, quand {sample} leads ont été contactés et que {days} jours ont passé ; aucun verdict avant.",
        "stopping_rule_long_shot": "Arrêt après {sample} leads contactés et {days} jours ; sans aucun succès, l'idée est abandonnée.",
        "first_aim": "Arrêt à cinq vraies conversations, ou après {sample} leads contactés ; puis replanifier la mesure.",
        "limits": "Avec {leads} leads, environ {per_arm} par expérience, on ne peut pas montrer la différence entre {base} % et {target} % : il faut environ {needed} leads par expérience.",
        "assumed": "Ce qui est supposé, car personne ne l'a encore vu :",
        "saved": "Enregistré : {count} expériences.",
        "deleted": "Supprimé : {count} expériences.",
        "refused": "Impossible de former les expériences sans enfreindre une règle ; rien n'a été enregistré :",
        "retry": "Donne-moi les cinq expériences maintenant",
        "nothing_changed": "Rien n'a été changé.",
        "nothing_known": "On ne sait encore rien de votre entreprise, toute expérience serait donc inventée. Une phrase sur ce que vous vendez, et à qui, suffit pour commencer.",
        "left_aside": "Un texte qui m'a été montré me dicte ma réponse. Je le laisse de côté et m'en tiens à ce que vous dites de vos clients.",
    },
    "es": {
        "stopping_rule": "Comparar una sola vez, cuando se haya contactado a {sample} leads y hayan pasado {days} días; antes no hay veredicto.",
        "stopping_rule_long_shot": "Parar tras {sample} leads contactados y {days} días; sin ningún éxito se descarta la idea.",
        "first_aim": "Parar con cinco conversaciones reales o tras {sample} leads contactados; después, planificar de nuevo la medición.",
        "limits": "Con {leads} leads, unos {per_arm} por experimento, no se puede mostrar la diferencia entre {base} % y {target} %: hacen falta unos {needed} leads por experimento.",
        "assumed": "Lo que se supone, porque nadie lo ha visto todavía:",
        "saved": "Guardado: {count} experimentos.",
        "deleted": "Eliminado: {count} experimentos.",
        "refused": "No se pudieron formar los experimentos sin romper una regla; no se guardó nada:",
        "retry": "Dame los cinco experimentos ahora",
        "nothing_changed": "No se cambió nada.",
        "nothing_known": "Aún no se sabe nada de su empresa, así que cualquier experimento sería inventado. Basta una frase sobre qué vende y a quién para empezar.",
        "left_aside": "Un texto que se me mostró me dicta qué decir. Lo dejo de lado y me atengo a lo que usted cuenta de sus clientes.",
    },
    "it": {
        "stopping_rule": "Confrontare una volta sola, dopo {sample} lead contattati e {days} giorni; nessun verdetto prima.",
        "stopping_rule_long_shot": "Fine dopo {sample} lead contattati e {days} giorni; senza alcun successo l'idea si abbandona.",
        "first_aim": "Fine a cinque conversazioni vere, o dopo {sample} lead contattati; poi si ripianifica la misura.",
        "limits": "Con {leads} lead, circa {per_arm} per esperimento, non si può mostrare la differenza tra {base} % e {target} %: servono circa {needed} lead per esperimento.",
        "assumed": "Ciò che è supposto, perché nessuno l'ha ancora visto:",
        "saved": "Salvato: {count} esperimenti.",
        "deleted": "Eliminato: {count} esperimenti.",
        "refused": "Non è stato possibile formare gli esperimenti senza violare una regola; nulla è stato salvato:",
        "retry": "Dammi i cinque esperimenti adesso",
        "nothing_changed": "Non è stato cambiato nulla.",
        "nothing_known": "Della sua azienda non si sa ancora nulla, quindi ogni esperimento sarebbe inventato. Per cominciare basta una frase su cosa vende e a chi.",
        "left_aside": "Un testo che mi è stato mostrato mi detta che cosa dire. Lo lascio da parte e mi attengo a ciò che lei racconta dei suoi clienti.",
    },
    "pt": {
        "stopping_rule": "Comparar uma só vez, quando {sample} leads tiverem sido contactados e {days} dias tiverem passado; antes não há veredito.",
        "stopping_rule_long_shot": "Parar após {sample} leads contactados e {days} dias; sem nenhum sucesso, a ideia é descartada.",
        "first_aim": "Parar com cinco conversas reais ou após {sample} leads contactados; depois, planear de novo a medição.",
        "limits": "Com {leads} leads, cerca de {per_arm} por experimento, não se pode mostrar a diferença entre {base} % e {target} %: são precisos cerca de {needed} leads por experimento.",
        "assumed": "O que é suposto, porque ninguém o viu ainda:",
        "saved": "Guardado: {count} experimentos.",
        "deleted": "Eliminado: {count} experimentos.",
        "refused": "Não foi possível formar os experimentos sem quebrar uma regra; nada foi guardado:",
        "retry": "Quero os cinco experimentos agora",
        "nothing_changed": "Nada foi alterado.",
        "nothing_known": "Ainda não se sabe nada da sua empresa, por isso qualquer experimento seria inventado. Basta uma frase sobre o que vende e a quem para começar.",
        "left_aside": "Um texto que me foi mostrado dita o que devo dizer. Deixo-o de lado e sigo o que você conta sobre os seus clientes.",
    },
    "nl": {
        "stopping_rule": "Eén keer vergelijken, als {sample} leads zijn benaderd en er daarna {days} dagen voorbij zijn; daarvoor geen oordeel.",
        "stopping_rule_long_shot": "Stoppen na {sample} benaderde leads en {days} dagen; zonder enig succes vervalt het idee.",
        "first_aim": "Stoppen bij vijf echte gesprekken, of na {sample} benaderde leads; daarna de meting opnieuw plannen.",
        "limits": "Met {leads} leads, ongeveer {per_arm} per experiment, is het verschil tussen {base} % en {target} % niet aan te tonen: daarvoor zijn ongeveer {needed} leads per experiment nodig.",
        "assumed": "Wat is aangenomen, omdat niemand het nog heeft gezien:",
        "saved": "Opgeslagen: {count} experimenten.",
        "deleted": "Verwijderd: {count} experimenten.",
        "refused": "De experimenten konden niet worden gemaakt zonder een regel te breken; er is niets opgeslagen:",
        "retry": "Geef me nu de vijf experimenten",
        "nothing_changed": "Er is niets veranderd.",
        "nothing_known": "Over uw bedrijf is nog niets bekend, dus elk experiment zou verzonnen zijn. Eén zin over wat u verkoopt en aan wie is genoeg om te beginnen.",
        "left_aside": "In wat mij is getoond staat wat ik moet zeggen. Dat laat ik terzijde en ik houd me aan wat u over uw klanten vertelt.",
    },
}


def sentence(name: SentenceName, language: str, **figures: object) -> str:
    """The sentence in the language of that code (`de`, `de-CH`), else in English, with its figures filled in."""
    return SENTENCES.get(language[:2].casefold(), SENTENCES["en"])[name].format(**figures)
