"""Events, by one name in all languages: what a sentence says has happened, or happens, to somebody.

A form is a regular expression over whole words in lower case. Words of everyday offers ("open to", "worth a talk", "closing
the books") are none, or a harmless question would name an event.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PRIOR_CONTACT = "prior_contact"
ANSWERED = "answered"
CONTACT = frozenset({PRIOR_CONTACT, ANSWERED})
"""Events that only the record of messages can show."""
OF_PERSON = frozenset({"move", "speak", "award"})
"""Events that happen to a person, when the sentence says `you`."""
DIRECTED = frozenset({"acquire", "fund", "partner", "migrate", "sue"})
"""Events with a doer and somebody they are done to: the order of the names matters."""
LIMIT_OF: Mapping[str, str] = {"fund": "funding", "hire": "hiring", "move": "leadership_change"}
"""The kind of signal whose age limit counts for an event, wherever it is told."""

_FORMS: Mapping[str, str] = {
    "fund": (
        r"rais(?:ed|es|ing|e)|fund(?:ing|ed|raise\w*|raising)|series [a-f]\b|(?:pre-?)?seed|investors?|invest(?:ed|ing|ment\w*)|backed|backers?|"
        r"financing|round|ipo|went public|valuation|unicorn|venture|capital (?:raise|injection|increase)|secur(?:ed|es|ing)|grants?|"
        r"finanzier\w*|kapital\w*|investor\w*|investier\w*|börsengang|eingesammelt|sammel\w* ein|runde|geldgeber\w*|bewert\w*|fördermittel|"
        r"lev(?:é|ée|ées|és|er|ez|ait)|levées?|financ\w+|investi\w*|tour de table|introduction en bourse|"
        r"ronda\w*|inversi\w*|inversor\w*|recaud\w*|capt(?:ó|ado|aron)|levant\w+|raccolt\w*|investit\w*|rodada|captou|opgehaald|investering\w*"
    ),
    "hire": (
        r"hir(?:e|ed|es|ing|ings)|recruit\w*|headcount|vacanc(?:y|ies)|job (?:opening|ad|post|listing|description|posting)\w*|open(?:ing)? (?:roles?|positions?|reqs?)|"
        r"looking for an?\b|staffing up|onboarded|employ(?:s|ed|ing)|stellenanzeige\w*|stellenausschreibung\w*|offene stelle\w*|einstell\w*|eingestellt|stell(?:t|en) \w[^.?!]{0,60} ein\b|"
        r"sucht|gesucht|(?:wir|sie) suchen|suchen (?:wir|sie)|rekrutier\w*|neueinstellung\w*|bewerber\w*|karriereseite|personalsuche|embauch\w*|recrut\w*|offres? d['’]emploi|poste (?:ouvert|à pourvoir)|"
        r"contrat(?:ó|ado|ados|ando|aron|an|ación|aciones)|reclut\w*|vacantes?|oferta de empleo|asumi\w*|assum(?:ono|endo|iu)|contratou|aangenomen|vacature\w*|zatrudni\w*"
    ),
    "launch": (
        r"launch\w*|releas(?:ed|es|ing)|unveil\w*|roll(?:ed|ing|s)? out|rollout|introduc(?:ed|es|ing)|debut\w*|announc\w*|went live|go(?:es|ing)? live|beta|premier(?:ed|es)|shipped|"
        r"veröffentlich\w*|angekündigt|kündig\w*|ankündig\w*|eingeführt|einführ\w*|gelauncht|vorgestellt|markteinführung\w*|auf den markt|live gegangen|"
        r"lanc(?:é|ée|ées|és|er|ez|ement|ait|e|ent)|annonc\w*|dévoil\w*|mis en ligne|sorti[es]?|"
        r"lanz(?:ó|ado|ada|amiento|aron|ar|an|a)|anunci\w*|present(?:ó|aron|ado)|estren\w*|lanci\w*|annunci\w*|lanç\w*|gelanceerd|aangekondigd"
    ),
    "expand": (
        r"expan(?:d|ded|ds|ding|sion)|open(?:ed|s|ing)\b|enter(?:ed|ing|s)|new (?:site|office|plant|branch|location|warehouse|market|country|depot|factory|hub|store)s?|second (?:site|office|plant|location|warehouse)|relocat\w*|moved? (?:into|offices?)|headquarter\w*|"
        r"expandier\w*|expansion|eröffn\w*|neue[nrsm]? (?:standort|büro|werk|niederlassung|lager|filiale)\w*|umgezogen|umzug|erweiter\w*|ausgebaut|ausbau|"
        r"ouv(?:re|rez|rent|rir|erture|ertures|rait)|ouvert(?:e|s|es)?(?! (?:à|aux?)\b)|s['’]implant\w*|implantation|agrandi\w*|déménag\w*|étend\w*|nouve(?:au|l|lle)s? (?:site|bureau|usine|agence|entrepôt|magasin|marché)s?|"
        r"abr(?:ió|ieron|irá|e|en|iendo|ir)|abierto (?:una|un|su|la|el)\b|apertura\w*|inaugur\w*|amplia\w*|ampli[óo]\w*|expan(?:sión|did\w*|diendo|dió)|mudad\w*|mudanza|nuev[ao]s? (?:sede|oficina|planta|almacén|tienda|mercado)s?|"
        r"aperto|aprono|espans\w*|abriu|expandiu|geopend|uitgebreid|uitbreid\w*|otworz\w*"
    ),
    "acquire": (
        r"acqui(?:re|red|res|ring|sition|sitions)|bought|buy(?:s|ing) (?:out|up)|buyout|merg(?:e|ed|er|ers|ing)|take-?over|taken over|took over|sold (?:to|off|its|your)|spin-?off|spun off|divest\w*|carve-?out|"
        r"übernahm\w*|übernommen|übern[ia]mm\w*|fusion\w*|aufgekauft|gekauft|zugekauft|verkauft|ausgegliedert|"
        r"rach[aeè]t\w*|acqui(?:s|ert|sition|sitions|érir|se)|fusionn\w*|cédé\w*|"
        r"adqui(?:rió|rir|rido|sición|siciones|ere|eren)|compró|compraron|fusión|fusionad\w*|absorb\w*|acquis\w*|comprou|fuse|fusione|overgenomen|overname|gefuseerd"
    ),
    "partner": (
        r"partner(?:ed|ing|ship|ships)|alliance|teamed up|team(?:s|ing) up|joint venture|signed (?:with|a)\b|deal with|contract with|joined forces|"
        r"partnerschaft\w*|kooperation\w*|kooperier\w*|zusammenarbeit mit|vertrag mit|unterzeichnet|joint-venture|"
        r"partenariat\w*|coopération|signé\w*|alianza\w*|acuerdo\w*|asociad\w*|firm(?:ó|ado|aron)|accordo|parceria\w*|samenwerking\w*|partnerstwo"
    ),
    "grow": (
        r"grew|grow(?:n|th|ing)|scal(?:ed|ing)|record|surg\w*|boom\w*|soar\w*|ris(?:en|ing)|rose|increas\w*|gain\w*|climb\w*|jump\w*|exceed\w*|surpass\w*|milestone\w*|reached(?! (?:you|me|us|out|them|him|her|somebody|someone)\b)|hit|topped|crossed|profitab\w*|revenue|turnover|arr|"
        r"gewachsen|wächst|wachsen\w*|wuchs\w*|wachstum\w*|gestiegen|steigt|steiger\w*|rekord\w*|umsatz\w*|meilenstein\w*|erreicht\w*|übertroffen|zugelegt|"
        r"croissance|cr[ûu]\b|augment\w*|grandi\w*|progress(?:é|ion)\w*|record|chiffre d['’]affaires|dépass\w*|atteint\w*|"
        r"crec(?:ió|ido|iendo|imiento|ieron|e|en)|aument\w*|increment\w*|récord|factura(?:ción|n|ron|do)|alcanz\w*|super(?:ó|aron|ado)|hito|cresc\w*|fatturat\w*|faturamento|gegroeid|groei\w*|omzet|wzrost"
    ),
    "shrink": (
        r"laid off|lay(?:ing)?-?offs?|laying off|downsiz\w*|restructur\w*|los(?:t|es|ing)|closed down|shut(?:ting|s)? down|shutting|closure|bankrupt\w*|insolven\w*|fired|firing|dismiss\w*|redundanc\w*|declin(?:ed|ing)|dropp?ed|fell|fallen|shr[ai]nk\w*|shrunk|quit|resign\w*|attrition|churn\w*|strugg\w*|fail(?:ed|ing|ure)\w*|missed|cut(?:s|ting)? (?:jobs|staff|costs)|job cuts|delay(?:ed)\b|"
        r"entlass\w*|stellenabbau|abgebaut|insolvenz\w*|pleite|geschlossen|schließung\w*|verlor\w*|verlust\w*|verlier\w*|umstrukturier\w*|gekündigt|kündigung\w*|gesunken|rückgang\w*|geschrumpft|gescheitert|"
        r"licenci\w*|ferm(?:é|ée|eture|etures)|faillite|perd(?:u|ue|ent|ez|ait)|pertes?|restructur\w*|démission\w*|recul\w*|baisse|"
        r"desped\w*|despid\w*|cerr(?:ó|ado|aron)|cierre\w*|quiebra|perd(?:ió|ido|ieron|iendo)|pérdida\w*|reestructur\w*|renunci\w*|ca[íi]d[ao]s?|licenzi\w*|chius\w*|perso|demiti\w*|fechou|ontslag\w*|verloren|failliet|zwolni\w*"
    ),
    "move": (
        r"(?:you|and) (?:ran|led|built|managed|founded|started|worked|spent|came|moved|grew up|lived|headed|oversaw|created|sold|studied)|(?:made|did|had|have|do) you (?:\w+ )?(?:leave|quit|move|join|switch|sell|fire|buy|win|lose|merge|miss)\b|join(?:ed|ing)|appoint(?:ed|s|ing)|appointment (?:as|of|to)\b|promot(?:ed|ion|ing)|named (?:as )?\w+|new (?:role|job|position|title|ceo|cfo|cto|coo|head|director)|took (?:over|on)|step(?:ped|ping) (?:down|up|into)|stepp?ing down|became|start(?:ed|ing) (?:as|at|your)|left|leaving|departed|succeed\w*|move to|moved to|tenure|hired as|elected|retir\w*|sabbatical|graduat\w*|studied|alumn\w*|"
        r"ernannt|ernenn\w*|befördert|beförderung|gewechselt|wechsel(?:te|ten)? (?:zu|von|in)|geleitet|gegründet|gearbeitet|aufgebaut|neue[nrsm]? (?:rolle|position|aufgabe|job|stelle|geschäftsführer\w*)|angetreten|berufen|verlassen|ausgeschieden|nachfolg\w*|studier\w*|"
        r"nomm(?:é|ée|er|és|ination)|promu\w*|promotion|rejoint|rejoindre|rejoign\w*|quitté\w*|dirigé\w*|fondé\w*|travaillé|prise de (?:poste|fonction)|nouveau (?:poste|rôle)|nouvelles? fonctions?|succéd\w*|étudi(?:é|ait)|"
        r"nombr(?:ado|ada|aron|ó|amiento)|ascen(?:dido|dida|so|dió|dieron)|incorpor\w*|dirigió|fundó|trabajó|lideró|asumi[óo]\w*|nuevo (?:puesto|cargo|rol)|dej(?:ó|ado)|promovid\w*|estudi(?:ó|aste)|nominat\w*|promoss\w*|nomead\w*|benoemd|gepromoveerd|awansow\w*"
    ),
    "award": (
        r"award\w*|won(?!['’]t)|win(?:s|ning|ner|ners)|prizes?|ranked|ranking|shortlist\w*|finalist\w*|nominat\w*|honou?red|medal|certifi(?:ed|cation|cate)|accredit\w*|named one of|best places? to work|recogni[sz]ed|"
        r"ausgezeichnet|auszeichnung\w*|gewonnen|gewann\w*|preisträger\w*|zertifizier\w*|platziert|nominiert\w*|geehrt|"
        r"récompens\w*|remport\w*|primé\w*|lauréat\w*|gagné\w*|certifi\w*|classé\w*|distingu\w*|"
        r"premi(?:o|os|ado|ada|ados|aron)|galard\w*|gan(?:ó|ado|aron|aste)|finalista\w*|certificad\w*|premiat\w*|vint[oi]|venceu|prêmio|gewonnen|bekroond|nagrod\w*"
    ),
    "speak": (
        r"(?:nice|great|love|loved|enjoyed|good|brilliant|excellent|interesting|insightful|inspiring|amazing|impressive|fantastic) (?:\w+ ){0,2}(?:talk|post|article|piece|episode|comment|thread|work|job|presentation|profile|news|read|take|insights?)\b|podcast\w*|webinar\w*|keynote\w*|panel(?:s|ist|lists?)?|spoke|speech|interview\w*|blog ?posts?|tweet\w*|posted|publish\w*|conferences?|summit|(?:your|the|his|her) (?:\w+ )?(?:talk|post|article|comment|piece|essay|newsletter|presentation|video|session|event|quote|profile|blog|book|report|case study|thread|update)\b|wrote|commented|quoted|featured|presented|testified|"
        r"vortrag\w*|vorgetragen|gesprochen|beitr[aä]g\w*|artikel\w*|gepostet|geschrieben|kommentiert|konferenz\w*|messe\w*|podiums\w*|interview\w*|studie|profil|"
        r"conférence\w*|publi(?:é|ée|ées|és|cation|cations|ez)|article\w*|intervention\w*|entretien avec|tribune\w*|salon\b|écrit\w*|billet|commentaire\w*|"
        r"conferencia\w*|ponencia\w*|charla en|entrevista\w*|public(?:ó|ado|ada|aste|ación|aciones)|artículo\w*|escrib(?:ió|iste)|escrito|feria|comentario\w*|intervist\w*|articol\w*|pubblic\w*|palestra\w*|artigo\w*|gepubliceerd|artikel|lezing|konferencj\w*"
    ),
    "migrate": (
        r"migrat\w*|switch(?:ed|ing) (?:to|from|over)|mov(?:ed|ing) (?:to|from|off|away)|adopt(?:ed|ing|ion)|implement(?:ed|ing|ation)|deployed|deploying|transition(?:ed|ing)|replac(?:ed|ing)|upgrad(?:ed|ing)|overhaul\w*|digitali[sz](?:ed|ing|ation)|outsourc\w*|insourc\w*|moderni[sz]\w*|"
        r"migrier\w*|umgestellt|umstell\w*|umstieg|abgelöst|ersetzt\w*|modernisier\w*|digitalisier\w*|ausgelagert|"
        r"migr(?:é|ation|ez|er)\w*|basculé\w*|adopt(?:é|ez|ion)\w*|remplac(?:é|ez|er)\w*|déploy\w*|modernis\w*|"
        r"migr(?:ado|aron|ó|ación)|adopt(?:ado|ó|aron)|implement(?:ado|ó|ación)\w*|reemplaz\w*|sustitu(?:yó|ido)\w*|digitaliz\w*|gemigreerd|overgestapt"
    ),
    "sue": (
        r"fined|sued|lawsuit\w*|breach\w*|hacked|outage\w*|recall(?:ed|s)|strike|incident\w*|accident\w*|fire at|flood\w*|investigat\w*|audit(?:ed|or|ors)?\b|penalt\w*|complain\w*|scandal\w*|"
        r"verklagt|klage|bußgeld\w*|datenleck\w*|gehackt|ausfall|rückruf\w*|streik\w*|vorfall\w*|unfall\w*|prüfer\w*|beanstand\w*|"
        r"amende\w*|procès|piratage|panne\w*|rappel de|grève\w*|incident\w*|audit\w*|multa\w*|demanda judicial|hackead\w*|huelga\w*|auditor\w*|incidente\w*"
    ),
    PRIOR_CONTACT: (
        r"as (?:discussed|agreed|promised|mentioned)|(?:our|my|this) (?:last |earlier |previous |recent |first |good |brief |short )?(?:call|conversation|chat|meeting|discussion|exchange|emails?|mails?|messages?|notes?|correspondence)(?= (?:on|at|about|last|in|from|two|earlier|yesterday|regarding))|"
        r"following up on (?:our|my)|per our|when we (?:spoke|met|talked|last)|we (?:spoke|met|talked|chatted|discussed|connected)|(?:great|nice|good|lovely|pleasure) (?:meeting|speaking|talking|chatting|seeing|to have met|to meet you (?:at|in|last))|meeting you (?:at|in|last)|"
        r"mutual (?:friend|connection|contact)s?|referred|(?:recommended|suggested|told me) (?:you|i|that i|to)|(?:suggested|recommended|told me|mentioned) (?:i|we|that i|your name|you)\b|introduced (?:us|me)|"
        r"i (?:wrote|emailed|e-mailed|messaged|called|contacted|reached out|sent) (?:to )?you|my (?:last|previous|earlier|first) (?:message|mail|e-?mail|note)|"
        r"wie (?:besprochen|vereinbart|versprochen|erwähnt|abgesprochen)|unser(?:em|en|er|e)? (?:\w+ )?(?:gespräch|telefonat|treffen|austausch|termin|meeting|mail|kennenlernen)(?= (?:am|im|vom|bei|auf|letzte|vor|in))|wir (?:haben|hatten) (?:\w+ ){0,4}(?:gesprochen|telefoniert|getroffen|vereinbart|besprochen|ausgetauscht)|"
        r"meine (?:letzte|erste|vorige|frühere|vorherige)n? (?:nachricht|mail|e-?mail)|habe ihnen (?:\w+ ){0,4}geschrieben|gemeinsame[rn]? (?:bekannte|kontakt|freund)\w*|empfohlen|"
        r"comme (?:convenu|discuté|promis|évoqué)|suite à (?:notre|mon|votre)|nous (?:avons|avions|nous sommes) (?:\w+ ){0,2}(?:parlé|discuté|échangé|rencontré\w*|convenu)|mon (?:dernier|premier|précédent) (?:message|mail|e-?mail)|je vous (?:ai|avais) (?:\w+ )?(?:écrit|contacté|envoyé)|relation commune|recommandé\w*|"
        r"como (?:acordamos|hablamos|comentamos|prometí|quedamos)|nuestra (?:última )?(?:conversación|llamada|reunión|charla) (?:de|del|en|sobre)|(?:hablamos|conversamos|nos conocimos|nos vimos|quedamos)|mi (?:último|primer|anterior) (?:mensaje|correo)|le (?:escribí|envié|contacté)|te (?:escribí|envié)|contacto en común|me recomend\w*|recomendó"
    ),
    ANSWERED: (
        r"you (?:asked|mentioned|said|told|requested|wanted me|signed up|downloaded|registered|visited|agreed|promised|expressed|invited|contacted)|as you (?:know|said|requested|asked)|"
        r"sie (?:haben|hatten) (?:\w+ ){0,3}(?:gefragt|gebeten|erwähnt|gesagt|angefragt)|sie (?:baten|fragten|sagten) (?:mich|mir|uns)|vous m['’](?:avez|aviez)|usted me (?:pidió|dijo|comentó)|"
        r"(?:for|to|of) your (?:reply|replying|answer|response|interest|question|message|request|email|e-mail|mail|note|feedback)\b(?! would)|for (?:replying|responding|getting back|reaching out|your interest|taking the call|the call)|you (?:replied|answered|responded|wrote back|got back|wrote to)|"
        r"thank(?:s| you)(?: \w+){0,2} for (?:\w+ ){0,3}(?:reply|answer|response|message|note|mail|call|talk|meeting|conversation|exchange)|"
        r"danke?(?: \w+){0,2} für (?:\w+ ){0,3}(?:antwort|rückmeldung|nachricht|mail|gespräch|austausch|treffen|termin)|"
        r"merci(?: \w+){0,2} (?:pour|de) (?:\w+ ){0,3}(?:l['’])?(?:réponse|message|échange|appel|conversation)|"
        r"gracias(?: \w+){0,2} por (?:\w+ ){0,3}(?:respuesta|mensaje|charla|llamada|conversación|reunión)|"
        r"(?:für|auf|zu) (?:ihre|ihr|ihrer|ihrem|deine) (?:\w+ )?(?:antwort|rückmeldung|interesse|nachricht|anfrage|frage|mail)\b|sie (?:haben|hatten) (?:\w+ ){0,2}geantwortet|"
        r"(?:pour|à) votre (?:réponse|intérêt|retour|message|question|demande)\b|vous (?:avez|aviez) répondu|"
        r"(?:por|a) su (?:respuesta|interés|mensaje|pregunta|consulta)\b|usted (?:respondió|contestó)|por responder"
    ),
}
_PATTERNS = {name: re.compile(rf"(?<![\w-])(?:{forms})(?![\w])") for name, forms in _FORMS.items()}


@dataclass(frozen=True)
class Event:
    """An event that a text names, with its place there."""

    name: str
    start: int
    end: int


def events_in(visible: str) -> list[Event]:
    """The events that a text names, in its order."""
    text = visible.lower()
    found = [
        Event(name, match.start(), match.end())
        for name, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    contact = [event for event in found if event.name in CONTACT]
    told = [
        event for event in found if event.name in CONTACT or not any(_meet(event, other) for other in contact)
    ]
    return sorted(told, key=lambda event: event.start)


def _meet(event: Event, other: Event) -> bool:
    return event.start < other.end and other.start < event.end
