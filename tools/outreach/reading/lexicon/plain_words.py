"""Words that may begin with a capital letter and name nobody: first words of sentences, short titles, German nouns.

Any other capital letter is taken for a name: a company nobody heard of looks like any other word.
"""

from tools.discovery.language import SMALL_WORDS
from tools.outreach.reading.lexicon import word_set

_OPENERS = (
    # English
    "i i'm i'd i've i'll we we'd we're we'll we've you you're you'd your yours our my mine he she they their his her its it it's that's there's here's what's how's who's "
    "hi hello hey dear thanks thank best kind kindest warm regards greetings cheers sincerely respectfully yours p.s ps good morning afternoon day evening "
    "would could can may might shall should will do does did is are was were have has had am be being isn't aren't don't doesn't didn't won't wouldn't couldn't can't haven't "
    "how what who whom whose why when where which whether while if because since as so but and or nor yet although though even once until unless after before during between "
    "this that these those the a an some any many most much more less few several all each every either neither both another other others such same one no not never none nothing nobody "
    "in on at by for from to of with without about into over under across through against among within around behind beyond per via like unlike instead besides despite "
    "perhaps maybe probably possibly presumably likely usually often sometimes rarely always typically generally normally mostly mainly partly simply only just also too still already again then "
    "now today here there thus hence therefore otherwise however rather quite very really honestly frankly clearly obviously naturally certainly sure fine okay ok yes right well oh "
    "let let's please feel happy glad curious interested sorry worth open sound sounds sound make makes any chance quick short simple easy hard difficult good bad better worse great nice new old "
    "reply answer tell say ask write send show share give take look see hear read think guess imagine suppose know understand learn help work works use try keep stop start run plan planning want need "
    "call talk point leave drop wondering asking writing reaching looking hoping working handling managing running keeping doing getting finding making moving building counting closing scheduling "
    "checking reading thinking guessing teams team people companies leaders managers founders operators finance operations sales marketing support customers clients users someone somebody anyone anybody everyone everything something anything "
    "time times work day days week month year question questions idea ideas thought thoughts problem problems reason reasons way ways thing things part half first last next second third "
    "months weeks years numbers data spreadsheets excel email mail linkedin message note line word words two three four five six seven eight nine ten "
    # German
    "ich wir sie ihr er es man mich mir uns ihnen ihre ihren ihrem ihrer unser unsere mein meine dein du euch eure der die das den dem des ein eine einen einem einer eines kein keine "
    "hallo guten tag morgen moin servus grüß liebe lieber sehr geehrte geehrter geehrtes herr frau beste viele freundliche herzliche mit freundlichen grüßen grüße gruß danke vielen dank "
    "wie was wer wo wann warum weshalb wieso welche welcher welches wofür womit wodurch ob wenn falls weil da dass damit obwohl während bevor nachdem sobald seit "
    "haben hat hätten hätte ist sind war waren wäre wären wird werden würde würden kann können könnte könnten darf dürfte dürfen soll sollte sollten muss müssen will wollen möchte möchten mag gibt geht passt lohnt lässt "
    "und oder aber denn doch sondern also auch nur noch schon mal nun jetzt dann hier dort dazu dafür dabei damit daher deshalb darum trotzdem vielleicht vermutlich wahrscheinlich meist meistens oft häufig manchmal "
    "gern gerne gerade heute kurz eine bei von aus an auf in im am um zu zum zur für über unter vor nach ohne gegen durch zwischen neben statt bis alle alles viele manche einige jede jeder jedes solche diese dieser dieses jene nichts niemand "
    "melden schreiben antworten sagen geben nehmen machen nutzen planen freue freut interessiert neugierig entschuldigen bitte falls ganz sehr wirklich ehrlich natürlich gut schön kurze genau ja nein teams leute firmen betriebe "
    # French
    "je j'ai j'aimerais j'imagine nous vous tu il elle ils elles on ce c'est cela ça ceci cette ces cet le la les l'idée un une des du de d'habitude mon ma mes notre nos votre vos leur leurs son sa ses "
    "bonjour bonsoir salut cher chère madame monsieur merci cordialement bien bonne belle excellente sincèrement respectueusement amicalement "
    "est est-ce êtes êtes-vous avez avez-vous auriez auriez-vous seriez seriez-vous pourriez pourriez-vous pouvez pouvez-vous souhaitez souhaitez-vous voulez voulez-vous serait serait-il puis-je peut peut-être peut-on dois faut avons sont ont a y "
    "comment que qu'est-ce quoi qui quel quelle quels quelles où quand pourquoi combien si s'il s'ils parce puisque comme lorsque car donc mais et ou ni or alors ainsi aussi encore déjà toujours souvent parfois rarement généralement habituellement "
    "dans en sur sous avec sans pour par chez entre vers à au aux après avant depuis pendant selon tout tous toute toutes chaque certains certaines plusieurs beaucoup peu rien personne aucun aucune autre autres même "
    "dites répondez écrivez n'hésitez faites laissez permettez prenez voici voilà oui non désolé pardon sinon simplement juste surtout enfin curieux ravi heureux heureuse d'après d'autres l'équipe les équipes "
    # Spanish
    "soy yo nosotros nosotras usted ustedes tú él ella ellos ellas eso esto esta este estos estas ese esa el la los las lo un una unos unas mi mis nuestro nuestra nuestros nuestras su sus tu tus al del "
    "hola buenos buenas estimado estimada querido querida señor señora gracias muchas saludos atentamente cordialmente un "
    "es son está están estaría estarían estarías serías tendrían tendrías podrías habría habrían puedo pueda déjeme permítame era sería serían ha han he hemos hay tiene tienen tendría puede pueden podría podrían podemos quiere quieren querría quisiera le les me te se nos cómo como qué que quién quiénes dónde cuándo cuál cuáles cuánto cuántos por porque para si cuando mientras aunque pero y o ni sino entonces también además aún todavía ya siempre nunca "
    "suele suelen muchos muchas pocos pocas todo todos toda todas cada algún alguna algunos algunas nada nadie ningún ninguna otro otra otros mismo en de con sin sobre entre hasta desde hacia según tras ante bajo durante "
    "quizá quizás tal vez supongo imagino creo espero escribo escríbame dígame responda avíseme cuénteme solo sólo sí no perdón disculpe bien claro normalmente generalmente vale merece quedo "
    # Italian, Portuguese, Dutch
    "ciao buongiorno salve gentile egregio caro cara grazie cordiali saluti come cosa chi dove quando perché quale sarebbe potrebbe vorrei forse se ma e per con non una un il lo la gli le i "
    "olá bom boa prezado prezada obrigado obrigada como seria poderia talvez se mas para com não uma um os as o a "
    "beste geachte hallo goedemorgen dag dank bedankt groet groeten hoe wat wie waar wanneer waarom zou zouden kunt kan is zijn heeft hebben als misschien maar en voor met niet een het de wij ik u uw je jouw"
)
OPENERS = frozenset(_OPENERS.split()) | frozenset().union(*SMALL_WORDS.values())
"""Lower-case words that begin sentences in any of the languages."""

_CONTENT = word_set(
    "new open sound quick short simple easy hard difficult good bad better worse great nice old chance tell write send show share give take look see read guess know understand learn help work works use try stop start run plan planning "
    "call talk point leave drop working handling managing running keeping getting finding making moving building counting closing scheduling checking reading teams team companies leaders managers founders operators "
    "finance operations sales marketing support customers clients users time times day days week month year problem problems half months weeks years numbers data spreadsheets excel word words two three four five six seven eight nine ten "
    "gut schön kurze teams firmen betriebe planen nutzen machen schreiben équipe équipes l'équipe belle excellente curieux ravi"
)
"""Openers that say something once they stand inside a sentence."""
EMPTY = OPENERS - _CONTENT
"""Words that say nothing by themselves."""

ACRONYMS = word_set(
    "cfo ceo cto coo cmo cio cro cpo chro vp svp evp md hr it b2b b2c saas erp crm ai ki ia api pdf faq roi kpi kpis eu uk us usa uae dach ok ps p.s re fw fwd aw wg id ids url sms hgb gaap ifrs esg dsgvo gdpr rgpd iot "
    "cad cnc b2g sku skus etc fyi asap tbd q&a r&d f&e rh ti dsi daf pme pmi kmu gmbh ag ltd inc eod csv xlsx sql ux ui qa sla slas okr okrs"
)
"""Short words in capitals that name no company."""

_GERMAN_NOUNS = (
    "abend abgleich ablauf abläufe abrechnung abschluss abschlüsse absprache abstimmung abteilung agenda alltag analyse anfang anfrage angebot anlass ansatz ansprechpartner antwort anwendung arbeit arbeiten "
    "art aufgabe aufgaben auftrag aufträge aufwand augen auskunft ausnahme austausch auswahl auswertung automatisierung basis bedarf bedingung begriff beispiel beitrag bereich bericht berichte bescheid besuch betrieb betriebe "
    "bild bisschen blick branche brief buchhaltung buchung büro chance chef controlling daten detail details dienst dienstplan disposition dokument dokumentation druck durchlauf eindruck einblick einführung einkauf einsatz einstieg einschätzung "
    "elektronik email mail mails ende engpass entscheidung entwicklung ergebnis ergebnisse erfahrung erfolg erklärung ersatz fach fall fälle familie fehler fertigung finanzen firma firmen form frage fragen frist führung fuhrpark gang gedanke gedanken gefühl "
    "geld gelegenheit geräte geschäft gespräch gesprächs gespräche gewicht grund gründe gruppe grüße gruß güte hand handel haus herausforderung herr herrn herren hilfe hinweis hintergrund hürde idee ideen information informationen inhalt interesse inventur jahre kalender kanal "
    "kapazität kasse kenntnis kern kollege kollegen kollegin konto kontakt kontrolle konzept kopf kosten kraft kritik kunde kunden küche lager lage lauf leben leitung leistung leute lieferung lieferant lieferanten liste listen logistik lösung lösungen lust management "
    "manager markt maschine maschinen maß material meinung meldung menge mensch menschen methode minute minuten mitarbeiter mitarbeiterin mittel modell moment monat monatsabschluss morgen mühe muster nachmittag nachricht nachteil nachweis nähe name nerven netz neugier notiz nutzen nutzung objekt option ordnung ort "
    "papier partner pause person personal personen pflege phase plan pläne planer planung platz position post praxis preis prinzip priorität probe problem probleme produkt produktion produkte programm projekt projekte prozess prozesse prozessen punkt punkte qualität quelle rahmen rat raum reaktion rechnung rechnungen recht rede "
    "regel reihe rest richtung risiko rolle route ruhe rückfrage rückmeldung sache sachen satz schicht schichten schichtplan schichtpläne schritt schritte schule schwierigkeit seite seiten sicherheit sicht sinn situation software sorge spiel sprache stand standard start stelle stichwort stimme störung stück stunde stunden "
    "suche system systeme tabelle tabellen tag tage team teams technik teil teile termin termine text thema themen tool tools tonne transport übergabe überblick übersicht umfang umgang umsetzung umstand unternehmen unterlagen unterschied unterstützung ursache verantwortung verbesserung verbindung verfahren verfügung vergleich verkauf verlauf "
    "versand verspätung verständnis versuch vertrag vertrieb verwaltung verzögerung vielfalt vorbereitung vorgang vorgänge vorgehen vorlage vorschlag vorteil wahl wartung wechsel weg wege weile weise werk werkzeug wert wettbewerb wissen woche wochen wort worte wunsch wünsche zahlen zeile zeilen zeit zeiten zeitplan ziel ziele zugang zukunft zusammenarbeit zusammenhang zustand zweck zweifel "
    "nacht nächte woche mittag abschnitt absage absicht anteil anruf anschluss antrag anzahl anzeige arzt atem aufbau ausblick ausdruck ausfall ausfälle ausgabe ausgang ausgleich aussage bahn bank bau baustelle becken bestand bestände bestellung blatt boden bord brücke buch budget container crew crews dach deck diskussion dock einwand eile einigung eingang erde eis essen etage fahrer fahrt fahrzeug fahrzeuge farbe feld fenster ferien fläche flotte fluss frau freigabe freude frühschicht gast gebiet gebäude gefahr gesicht gesellschaft gesetz gewinn glück grenze großteil hafen häfen halle heft herz hilfsmittel hof holz hotel industrie jahr kabel kälte kai kapitän karte klima klinik konflikt kopie kreis kühlhaus küste laden ladung land landung last lehrer leser licht lkw lohn löhne luft mal mappe meer meister messung miete mitte montage motor muss nachbar nachschub netzwerk niederlage note nummer ofen paket palette paletten parkplatz patient pegel pflicht platte plus presse produktivität profi prüfung puffer quartal rampe rechner regal regale reise rettung rohr rückstand ruf saison satz schaden schein schiff schiffe schlepper schluss schreiben schutz see sender server sitz sommer sonne spalte spur stadt stapler stau stock strecke streit strom stufe sturm tank tarif tat temperatur tiefe ton tor tour treffen tür uhr umlauf unfall unruhe urlaub verbrauch verkehr verladung verpackung versicherung verteilung vorrat wand ware waren wasser welt werkstatt wetter winter wirkung zaun zeichen zeug zimmer zoll zug züge zusage zuschlag leiter leiterin planerin disponent disponenten fahrerin betreuer arbeiter kräfte fachkräfte bereitschaft vertretung krankheit krankmeldung inventur schaffung ebene effekt effizienz einsparung einstellung erwartung formular gelände geduld gegenwart haltung kommunikation koordination nachfrage neues neuigkeiten rückruf schnittstelle schulung status stress stundenzettel tempo umstellung verein verlust vorstellung zettel zuständigkeit zuständige zuständigen gutes wichtiges richtigen richtige falsche"
)
GERMAN_NOUNS = tuple(_GERMAN_NOUNS.casefold().split())
"""Nouns that German writes with a capital; a longer word that ends in one is a noun too."""
_NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "keit",
    "schaft",
    "ität",
    "nis",
    "nisse",
    "tum",
    "ismus",
    "enz",
    "anz",
)


def is_german_noun(key: str) -> bool:
    """Whether a word is a common noun of German, or is put together from one."""
    stems = {key, key.removesuffix("s"), key.removesuffix("n"), key.removesuffix("en"), key.removesuffix("e")}
    if any(stem in _NOUNS for stem in stems):
        return True
    if len(key) > 7 and key.endswith(_NOUN_ENDINGS):
        return True
    return len(key) > 6 and any(stem.endswith(_LONG_NOUNS) for stem in stems)


_NOUNS = frozenset(GERMAN_NOUNS)
_LONG_NOUNS = tuple(noun for noun in GERMAN_NOUNS if len(noun) >= 4)
