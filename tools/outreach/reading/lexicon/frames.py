"""Words that make a sentence a guess, a question or a wish instead of a statement, and words for you and us, in all languages.

They only ever spare a sentence that names nobody and nothing: a name, a number, a date or an event is a claim in any frame.
"""

import re

from tools.outreach.reading.lexicon import word_set

_YOU = (
    "you you're you've you'd you'll your yours yourself yourselves ya u "
    "sie ihnen ihr ihre ihrem ihren ihrer ihres du dir dich dein deine deinem deinen deiner euch euer eure eurem euren "
    "vous votre vos vôtre tu te toi ton ta tes "
    "usted ustedes su sus tú tuyo tuya vosotros vosotras vuestro vuestra "
    "lei voi vostro vostra suo sua você vocês seu sua jullie jouw uw pan pani państwo"
)
_US = (
    "we we're we've we'd we'll our ours us wir uns unser unsere unserem unseren unserer unseres "
    "nous notre nos nôtre nosotros nosotras nuestro nuestra nuestros nuestras noi nostro nostra nostri nossa nosso nós wij ons onze nasz nasza"
)
_ME = "i i'm i've i'd i'll my me mine ich mir mich mein meine meinem meinen meiner je j'ai j moi mon ma mes yo mi mis me io mio mia eu meu minha ik mijn ja mój"
YOU = frozenset(_YOU.split())
US = frozenset(_US.split())
ME = frozenset(_ME.split())

SOCIAL_PROOF = re.compile(
    r"\b(?:clients?|customers?|users?|companies|teams|firms|founders|leaders|others|peers|competitors?|rivals?) (?:like|such as|similar to|in your|of your|love|trust|use|say|tell|told|report|save|saw|see|rely|switch)|"
    r"\b(?:trusted|loved|used|chosen|recommended|backed) by\b|\b(?:your|our) (?:competitors?|rivals?|peers|customers?|clients?)\b|\b(?:market|industry|world|category)[- ]lead\w+|\b(?:number one|no\. ?1|#1|award-winning|best-in-class|proven|guarantee\w*)\b|\bcase stud\w+|"
    r"\b(?:kunden|firmen|unternehmen|anwender) (?:wie|aus|in ihrer|vertrauen|nutzen|sagen|berichten|sparen|lieben)|\b(?:ihre|unsere|ihrer|unserer) (?:wettbewerber|mitbewerber|kunden|konkurrenten)\b|\bmarktführ\w+|\bgarantie\w*|\bbewährt\w*|"
    r"\b(?:clients?|entreprises|équipes|utilisateurs) (?:comme|telles? que|font confiance|utilisent|disent)|\b(?:vos|nos) (?:concurrents|clients)\b|\bleader (?:du|mondial)|\bgaranti\w*|"
    r"\b(?:clientes|empresas|equipos|usuarios) (?:como|confían|usan|dicen)|\b(?:sus|nuestros) (?:competidores|clientes)\b|\blíder(?:es)? (?:del|mundial|en)|\bgarantiz\w*",
    re.IGNORECASE,
)
"""Words that say what others do or think: a claim about us, or about companies that are not named."""

PROMISE = re.compile(
    r"\b(?:sav(?:e|es|ing)|gain(?:s|ing)?|free(?:s|ing)?(?: up)?) (?:you |your team |them |teams )?(?:\w+ )?(?:time|hours?|minutes?|days?|weeks?|money|costs?|effort|nights?)\b|\bpays? (?:for itself|off)\b|\b(?:it|this|that|which|and) (?:\w+ )?(?:cuts?|reduces?|halves|eliminates?|increases?|boosts?|improves?|speeds? up|removes?|ends?|solves?)\b|\bwill (?:save|cut|reduce|increase|boost|improve|double)\b|"
    r"\b(?:spar(?:t|en|st)|gewinnen|verkürzt|senkt|halbiert|reduziert|steigert|verbessert|beschleunigt|beseitigt)\b|"
    r"\b(?:gagner|gagnez|économis\w+|rédui(?:t|sez|re)|augmente|améliore|accélère|supprime)\b|"
    r"\b(?:ahorr\w+|reduce|reducen|aumenta|mejora|acelera|elimina)\b",
    re.IGNORECASE,
)
"""Words that promise an effect: of what we do only what was approved may be said."""

NOTICED = re.compile(
    r"\b(?:saw|seen|noticed|notice|read|heard|came across|spotted|learned|learnt|found out|looked at|looking at|stumbled|loved|enjoyed|impressed|admire\w*|inspired|caught my eye|see that|understand that|gather(?:ed)? that|know that|i see|hears? (?:that|from)|tells? me (?:that|how)|say that|word is|rumou?r)\b(?! (?:about|of) (?:us|me)\b)|"
    r"\b(?:gesehen|gelesen|gehört|bemerkt|aufgefallen|entdeckt|erfahren|beeindruck\w*|gestoßen|(?:sehe|höre|sagen|sagt|erzählen|erzählt), dass|weiß, dass|mitbekommen)\b|"
    r"\b(?:ai|avons) (?:\w+ )?(?:vu|lu|entendu|remarqué|appris|noté|découvert|constaté)\b|\b(?:impressionné\w*|vois que|sais que|entends que|(?:dit|disent) que|bravo pour)\b|"
    r"\b(?:he|hemos|he visto|vi|leí|escuché|noté) (?:\w+ )?(?:visto|leído|oído|notado|que)\b|\b(?:me impresion\w*|veo que|sé que|oigo que|(?:dice|dicen) que|me enteré|me encantó)\b",
    re.IGNORECASE,
)
"""Words that say something was seen of the reader: nobody may have seen what is not stored."""

_GUESS = (
    r"i['’]?d (?:guess|imagine|assume|bet|expect|think|suppose)|(?:i|my) (?:guess|imagine|assume|suppose|suspect|hunch|assumption|may be wrong|might be wrong|could be wrong|wonder\w*)|guessing|wondering|perhaps|maybe|probably|presumably|possibly|likely|might|(?<!in )(?<!since )(?<!until )(?<!by )may(?! \d)|could|would|should|can|cannot|can['’]t|if|whether|unless|when|seems?|sounds?|usually|often|tends?|typically|sometimes|sure|\w+['’](?:d|ll)|will|won['’]t|shall|let|please|"
    r"vermut\w*|vielleicht|wahrscheinlich|vermutlich|womöglich|eventuell|wohl|könnte\w*|würde\w*|möchte\w*|dürfte\w*|wäre\w*|hätte\w*|kann|können|können|darf|dürfen|falls|wenn|ob|sofern|meist\w*|oft|häufig|manchmal|üblicherweise|nehme an|schätze|denke|glaube|frage mich|werde|werden|soll\w*|mag|bitte|lassen|gern\w*|"
    r"peut-être|sans doute|probablement|j['’]imagine|je suppose|je me demande|je pense|pourr\w*|serai\w*|aurai\w*|voudr\w*|aimerai\w*|si|s['’]il|quand|lorsque|souvent|parfois|généralement|peut|peuvent|peux|pouvez|puis|semble\w*|veuillez|souhait\w*|"
    r"quizá\w*|tal vez|probablemente|supongo|imagino|me pregunto|creo|podr\w*|sería\w*|gustaría\w*|querría\w*|quisiera|si|cuando|suele\w*|a veces|a menudo|normalmente|puede\w*|puedo|parece\w*|ser[íá]\w*|tendría\w*|"
    r"forse|probabilmente|immagino|potrebb\w*|sarebb\w*|vorrei|se|spesso|può|talvez|provavelmente|poderia\w*|seria|gostaria|misschien|waarschijnlijk|zou|zouden|als|kan|kunt|być może|może"
)
_POLITE = (
    r"thanks?|thank you|sorry|apolog\w*|happy to|glad to|curious|interested|looking forward|look forward|feel free|no worries|no need|no pressure|all the best|best regards|kind regards|regards|sincerely|cheers|hope|promise|writing|reaching out|asking|ask|wanted|want|reply|answer|tell me|point me|happy|glad|hear|hearing|send|interrupt\w*|bother|"
    r"danke\w*|dank|entschuldig\w*|freue|freuen|freundliche\w*|grüße\w*|gruß|neugierig|interessier\w*|melden|schreib\w*|antwort\w*|sagen|geben|sag|gib|meld|zeige\w*|schicke\w*|teile\w*|frage\w*|gedanke\w*|idee\w*|verstehe\w*|lernen|hören|erfahren|störe\w*|weiß|"
    r"merci|désolé\w*|pardon|cordialement|salutations|bien à vous|curieu\w*|heureu\w*|ravi\w*|hâte|écri\w*|répon\w*|dites|demande\w*|question|idée|compren\w*|savoir|entendre|aide\w*|montrer\w*|envoy\w*|partag\w*|plaisir|n['’]hésitez|libre|"
    r"gracias|disculp\w*|perdón|saludos?|atentamente|cordial\w*|curios\w*|encantad\w*|espero|escrib\w*|respond\w*|díga\w*|dime|pregunt\w*|idea|entiendo|entender|saber|oír|escuchar|ayud\w*|mostrar\w*|enviar\w*|compartir|avise|avíse\w*|"
    r"grazie|scusi|saluti|curios\w*|scriv\w*|obrigad\w*|desculp\w*|curios\w*|bedankt|groet\w*|benieuwd|dziękuj\w*|pozdrawiam"
)
FRAMED = re.compile(rf"(?<![\w])(?:{_GUESS}|{_POLITE})(?![\w])", re.IGNORECASE)
"""What makes a sentence something else than a plain statement about you or us."""

NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|none|nobody|nothing|neither|nor|without|n['’]t|\w+n['’]t|denies|denied|false|untrue|rumou?r\w*|(?:was|were|been|be|is|are|has|have|had) (?:\w+ )?cancell?ed|cancel(?:s|led|ed|ling|ing)? (?:the|its|our|their)|postpon\w*|nicht|kein\w*|nie|niemals|ohne|weder|dementier\w*|abgesagt|verschoben|ne|n['’]\w+|pas|jamais|aucun\w*|sans|ni|annul\w*|report[ée]\w*|sin|nunca|ningún\w*|tampoco|jamás|cancelad\w*|non|senza|não|niet|geen|nooit|nie)(?!\w)",
    re.IGNORECASE,
)
UNCERTAIN = re.compile(
    r"(?<!\w)(?:(?<!in )(?<!since )(?<!until )(?<!by )may(?! \d)|might|could|would|should|if|plans? to|planning to|planned|hope\w*|consider\w*|intend\w*|aim\w*|wants?|wanting|goal|possibl\w*|rumou?r\w*|expected|considering|eventually|one day|könnte\w*|würde\w*|möchte\w*|wollen|geplant\w*|vielleicht|ziel|hoffen|falls|erwäg\w*|pourr\w*|prévo\w*|envisag\w*|souhait\w*|peut-être|objectif|espér\w*|podr\w*|quizá\w*|planea\w*|espera\w*|objetivo|si|consider\w*)(?!\w)",
    re.IGNORECASE,
)
OPENERS_OF_QUESTIONS = word_set(
    "what how who where when why which whose is are am was were do does did has have had can could would will should shall may might isn't aren't don't doesn't "
    "didn't haven't hasn't wouldn't couldn't worth open curious interested any sound make makes was wie wer wo wann warum weshalb welche welcher welches welchen "
    "ist sind war waren haben hat hätten hätte können könnte könnten kann würden würde wäre wären wollen darf dürfen dürfte soll sollen gibt interessiert passt lohnt kennen "
    "machen planen nutzen läuft geht klingt wofür womit wodurch inwiefern wieviel hast bist kannst würdest magst que qu'est-ce quoi comment qui où quand pourquoi quel quelle quels quelles combien est "
    "est-ce êtes-vous avez-vous pouvez-vous seriez-vous pourriez-vous auriez-vous souhaitez-vous voulez-vous faut serait serait-il cela ça y qué cómo quién dónde cuándo por cuál cuáles cuánto "
    "es son está están tiene tienen puede podría podríamos sería le les hay quiere querría quizá che come chi dove quando perché quale è sono ha può potrebbe o como quem onde qual é tem pode wat hoe wie waar wanneer waarom welke is zijn heeft kan zou"
)
"""First words by which a sentence with a question mark really asks."""

SOURCES = word_set(
    "habe hast hatte been being gets "
    "page site website web careers career says say said states stated mentions mentioned writes according profile post news read seen saw noticed notice heard learned spotted announced found "
    "seite webseite website karriereseite homepage profil steht heißt laut gelesen gesehen gehört bemerkt aufgefallen lese sehe schreiben schreibt "
    "page site profil lu vu entendu remarqué appris noté constaté indique annonce mentionne "
    "página sitio web perfil visto leído oído notado dice indica anuncia menciona pagina sito profilo letto visto"
)
"""Words by which a writer says where something was read: they add nothing to what was read."""
TITLES = word_set(
    "mr mrs ms miss mx dr prof sir madam herr herrn frau monsieur madame mme mlle señor señora sr sra srta don doña signor signora dott senhor senhora mevrouw meneer pan pani"
)
"""Words in front of a name."""
