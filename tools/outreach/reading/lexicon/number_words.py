"""Number words as data: values by language, scales, what stands for a quantity without a value, and what means other things elsewhere."""

ONES: dict[str, str] = {
    "en": "zero:0 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 "
    "fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fourty:40 fifty:50 sixty:60 "
    "seventy:70 eighty:80 ninety:90 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 "
    "twentieth:20 thirtieth:30 fiftieth:50 hundredth:100",
    "de": "zwei:2 zwo:2 drei:3 vier:4 fünf:5 fuenf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 elf:11 zwölf:12 zwoelf:12 dreizehn:13 vierzehn:14 "
    "fünfzehn:15 sechzehn:16 siebzehn:17 achtzehn:18 neunzehn:19 zwanzig:20 dreißig:30 dreissig:30 vierzig:40 fünfzig:50 sechzig:60 "
    "siebzig:70 achtzig:80 neunzig:90 zweite:2 zweiten:2 zweiter:2 zweites:2 dritte:3 dritten:3 dritter:3 drittes:3 vierte:4 vierten:4 viertes:4 "
    "fünfte:5 fünften:5 fünftes:5 beide:2 beiden:2",
    "fr": "zéro:0 deux:2 trois:3 quatre:4 cinq:5 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16 "
    "vingt:20 vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 octante:80 huitante:80 nonante:90 deuxième:2 seconde:2 "
    "troisième:3 quatrième:4 cinquième:5 dixième:10",
    "es": "cero:0 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 trece:13 catorce:14 quince:15 dieciséis:16 "
    "dieciseis:16 diecisiete:17 dieciocho:18 diecinueve:19 veinte:20 veintiuno:21 veintiún:21 veintidós:22 veintitrés:23 veinticuatro:24 "
    "veinticinco:25 veintiséis:26 veintisiete:27 veintiocho:28 veintinueve:29 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 "
    "ochenta:80 noventa:90 doscientos:200 doscientas:200 trescientos:300 cuatrocientos:400 quinientos:500 seiscientos:600 setecientos:700 "
    "ochocientos:800 novecientos:900 segundo:2 segunda:2 tercer:3 tercero:3 tercera:3 cuarta:4 quinto:5 quinta:5",
    "it": "due:2 tre:3 quattro:4 cinque:5 sei:6 sette:7 otto:8 dieci:10 undici:11 dodici:12 tredici:13 quattordici:14 quindici:15 sedici:16 "
    "diciassette:17 diciotto:18 diciannove:19 venti:20 trenta:30 quaranta:40 cinquanta:50 sessanta:60 settanta:70 ottanta:80 novanta:90 "
    "secondo:2 seconda:2 terzo:3 terza:3",
    "pt": "dois:2 duas:2 três:3 cinco:5 sete:7 oito:8 nove:9 dez:10 doze:12 treze:13 quinze:15 dezesseis:16 vinte:20 trinta:30 quarenta:40 "
    "cinquenta:50 sessenta:60 setenta:70 oitenta:80 noventa:90 duzentos:200 trezentos:300 quinhentos:500 terceiro:3 terceira:3",
    "nl": "twee:2 drie:3 vijf:5 zes:6 zeven:7 negen:9 tien:10 twaalf:12 dertien:13 veertien:14 vijftien:15 twintig:20 dertig:30 veertig:40 "
    "vijftig:50 zestig:60 zeventig:70 tachtig:80 negentig:90 tweede:2 derde:3",
    "pl": "dwa:2 dwie:2 trzy:3 cztery:4 pięć:5 sześć:6 siedem:7 osiem:8 dziewięć:9 dziesięć:10 dwadzieścia:20 trzydzieści:30 pięćdziesiąt:50",
}  # fmt: skip
SCALES_BY_NAME = (
    "hundred:100 hundert:100 cent:100 cents:100 cien:100 ciento:100 cientos:100 cento:100 honderd:100 sto:100 "
    "thousand:1000 tausend:1000 mille:1000 mil:1000 mila:1000 duizend:1000 tysiąc:1000 tysięcy:1000 k:1000 tsd:1000 "
    "million:1000000 millions:1000000 mio:1000000 mn:1000000 mm:1000000 m:1000000 millionen:1000000 millón:1000000 millones:1000000 "
    "milione:1000000 milioni:1000000 milhão:1000000 milhões:1000000 miljoen:1000000 milion:1000000 mln:1000000 "
    "billion:1000000000 billions:1000000000 bn:1000000000 b:1000000000 mrd:1000000000 milliarde:1000000000 milliarden:1000000000 "
    "milliard:1000000000 milliards:1000000000 miljard:1000000000 miliardi:1000000000 dozen:12 dutzend:12 douzaine:12 centaine:100 millier:1000 docena:12 dozzina:12 dúzia:12 dozijn:12 "
    "vingtaine:20 trentaine:30 quarantaine:40 cinquantaine:50 dizaine:10 decena:10 veintena:20 score:20"
)
VAGUE: dict[str, str] = {
    "half": r"(?:one )?half|halves|halv(?:ed|es|ing)|hälfte|halbier\w*|halb(?:e|en|es|er|so)?|moitié|mitad|metà|metade|helft",
    "third": r"(?:one |two )?thirds|drittel|tercios?|terços?",
    "quarter": r"(?:three )?quarters of|viertel",
    "double": r"doubl(?:e|ed|es|ing)|twofold|verdoppel\w*|doppelt\w*|zweifach\w*|doublé\w*|doubler|doublant|duplic\w*|doble|dobl[óoa]\w*|raddoppi\w*|dobrou|verdubbel\w*|twice|zweimal|deux fois|dos veces",
    "triple": r"tripl(?:e|ed|es|ing)|threefold|verdreifach\w*|dreifach\w*|triplé\w*|triplic\w*|thrice|dreimal",
    "manifold": r"quadrupl\w*|vervierfach\w*|vierfach\w*|quintupl\w*|verfünffach\w*|sextupl\w*|multipl(?:ied|iée?s?)|vervielfach\w*|(?:four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|many|several|multi)-?fold|(?:zehn|hundert|mehr)fach\w*",
    "dozens": r"dozens|dutzende\w*|douzaines|docenas|decenas|dizaines|dozzine|dúzias",
    "hundreds": r"hundreds|hunderte\w*|centaines|centenares|centinaia|centenas|honderden|cientos de",
    "thousands": r"thousands|tausende\w*|milliers|miles de|migliaia|milhares|duizenden",
    "majority": r"majority|mehrheit|majorité|mayoría|maggioranza|maioria|meerderheid",
    "handful": r"(?:couple|handful|pair) of|une poignée|un puñado|eine handvoll",
    "digits": r"(?:five|six|seven|eight|nine)[- ]figures?|(?:fünf|sechs|sieben|acht)stellig\w*|(?:single|double|triple|four|five|six)[- ]digits?|zweistellig\w*|dreistellig\w*|à deux chiffres|dos dígitos",
}  # fmt: skip
"""What is said of quantities without a value, by one name in all languages."""
AMBIGUOUS = {"due": "it", "sei": "it", "once": "es", "dos": "es", "neuf": "fr", "cent": "fr", "dix": "fr", "mil": "es", "elf": "de", "acht": "de", "second": "en", "score": "en", "beide": "de", "beiden": "de", "seconde": "fr", "segunda": "es", "segundo": "es", "sept": "fr", "nove": "pt", "venti": "it", "tien": "nl", "quince": "es", "cents": "fr", "sto": "pl", "mille": "fr", "diez": "es", "cuarta": "es", "quinta": "es", "secondo": "it", "seconda": "it", "tre": "it", "drie": "nl", "zes": "nl", "sette": "it", "otto": "it"}  # fmt: skip
"""Number words that mean something else in another language: they count in their own only."""

ORDINALS = frozenset(
    [
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "zweite",
        "zweiten",
        "zweiter",
        "zweites",
        "dritte",
        "dritten",
        "dritter",
        "drittes",
        "vierte",
        "vierten",
        "viertes",
        "fünfte",
        "fünften",
        "fünftes",
        "deuxième",
        "seconde",
        "troisième",
        "quatrième",
        "cinquième",
        "dixième",
        "segundo",
        "segunda",
        "tercer",
        "tercero",
        "tercera",
        "cuarta",
        "quinto",
        "quinta",
        "secondo",
        "seconda",
        "terzo",
        "terza",
        "terceiro",
        "terceira",
        "tweede",
        "derde",
        "twentieth",
        "thirtieth",
        "fiftieth",
        "hundredth",
    ]
)
"""Of the words above, those that name a place in a row: the second depot is not two depots."""
