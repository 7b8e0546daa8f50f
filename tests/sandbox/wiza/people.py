"""50,000 fictional people in 3,000 fictional companies, the same ones from the same seed, made when first asked for."""

import itertools
import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COMPANIES, PEOPLE, SEED = 3_000, 50_000, 20_260_101

VOCABULARY: dict[str, list[str]] = json.loads((Path(__file__).parent / "vocabulary.json").read_text())

FIRST = (
    "Ada",
    "Bela",
    "Cleo",
    "Dario",
    "Edda",
    "Finn",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Leo",
    "Mina",
    "Nils",
    "Olga",
    "Pavel",
    "Quinn",
    "Rosa",
    "Sami",
    "Tilda",
    "Uma",
    "Viktor",
    "Wanda",
    "Xenia",
    "Yann",
    "Zoe",
)
LAST = tuple(
    f"{a}{b}"
    for a, b in itertools.product(
        [
            "Ald",
            "Bren",
            "Corv",
            "Dahl",
            "Eber",
            "Falk",
            "Grum",
            "Hild",
            "Ister",
            "Jern",
            "Kolb",
            "Lund",
            "Mork",
            "Nest",
            "Orm",
            "Pell",
        ],
        [
            "ane",
            "berg",
            "dorf",
            "er",
            "gaard",
            "holm",
            "ing",
            "lund",
            "mann",
            "ova",
            "quist",
            "sen",
            "stad",
            "ström",
            "well",
            "wick",
        ],
    )
)
NAME_PARTS = (
    [
        "Ar",
        "Bel",
        "Cor",
        "Dex",
        "El",
        "Fir",
        "Gal",
        "Hex",
        "Ion",
        "Jun",
        "Kel",
        "Lor",
        "Mer",
        "Nor",
        "Ov",
        "Pra",
        "Quin",
        "Ros",
        "Sol",
        "Tor",
    ],
    ["a", "be", "co", "di", "e", "fa", "go", "hi", "i", "jo", "ka", "lu", "mi", "no", "u"],
    ["bix", "cent", "dyne", "fold", "grid", "hub", "kord", "lane", "metry", "nova"],
)
PLACES = (
    ("Toronto", "Ontario", "Canada", "North America"),
    ("Austin", "Texas", "United States", "North America"),
    ("New York", "New York", "United States", "North America"),
    ("San Francisco", "California", "United States", "North America"),
    ("Los Angeles", "California", "United States", "North America"),
    ("London", "England", "United Kingdom", "Europe"),
    ("Manchester", "England", "United Kingdom", "Europe"),
    ("Berlin", "Berlin", "Germany", "Europe"),
    ("Munich", "Bavaria", "Germany", "Europe"),
    ("Paris", "Île-de-France", "France", "Europe"),
    ("Madrid", "Madrid", "Spain", "Europe"),
    ("Sydney", "New South Wales", "Australia", "Oceania"),
    ("Bangalore", "Karnataka", "India", "Asia"),
    ("Singapore", "Singapore", "Singapore", "Asia"),
)
PLACE_WEIGHTS = (4, 7, 10, 9, 6, 10, 3, 6, 4, 6, 3, 3, 5, 2)
ROLES = {
    "customer_service": ("customer_success", "support"),
    "design": ("graphic_design", "product_design", "web_design"),
    "education": ("instructor", "professor", "teacher"),
    "engineering": ("data", "devops", "quality_assurance", "software", "systems"),
    "finance": ("accounting", "investment", "tax"),
    "health": ("doctor", "nursing", "therapy"),
    "human_resources": ("compensation", "employee_development", "recruiting"),
    "legal": ("lawyer", "paralegal"),
    "marketing": ("brand_marketing", "content_marketing", "product_marketing"),
    "media": ("editorial", "video", "writing"),
    "operations": ("logistics", "office_management", "product", "project_management"),
    "public_relations": ("events", "media_relations"),
    "real_estate": ("property_management", "realtor"),
    "sales": ("accounts", "business_development", "pipeline"),
    "trades": ("electrical", "mechanical"),
}
ROLE_WEIGHTS = (6, 4, 3, 18, 7, 4, 5, 3, 10, 3, 10, 2, 2, 18, 5)
LEVEL_WEIGHTS = {
    "CXO": 5, "Director": 9, "Entry": 14, "Manager": 20, "Owner": 3, "Partner": 2, "Senior": 30, "Training": 4,
    "Unpaid": 1, "VP": 6,
}  # fmt: skip
TITLES = {"CXO": "Chief {} Officer", "Director": "Director of {}", "Entry": "Junior {} Associate", "Manager": "{} Manager",
          "Owner": "Owner, {}", "Partner": "Partner, {}", "Senior": "Senior {} Specialist", "Training": "{} Trainee",
          "Unpaid": "{} Volunteer", "VP": "VP {}"}  # fmt: skip
TECHNOLOGIES = ("hubspot", "salesforce", "segment", "shopify", "snowflake", "stripe", "zendesk")
SKILLS = ("budgeting", "forecasting", "negotiation", "python", "recruiting", "seo", "sql")
SCHOOLS = ("Northmoor University", "Halden Institute", "Castle Hill College")
MAJORS = ("Economics", "Engineering", "History", "Psychology")
AMOUNTS = (250_000, 800_000, 2_000_000, 7_000_000, 15_000_000, 40_000_000, 80_000_000, 180_000_000)
Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Round:
    """A funding round. `days` ago, `amount` in USD."""

    stage: str
    kind: str
    days: int
    amount: int


@dataclass(frozen=True, slots=True)
class Firm:
    """A company."""

    name: str
    domain: str
    industry: str
    size: str
    staff: int
    revenue: str
    growth: str
    kind: str
    founded: int
    place: Place
    rounds: tuple[Round, ...]
    technologies: frozenset[str]
    summary: str


@dataclass(frozen=True, slots=True)
class Human:
    """A person. Months are how long ago the last change was."""

    index: int
    first: str
    last: str
    title: str
    level: str
    role: str
    sub_role: str
    place: Place
    firm: Firm
    past_firm: str
    skill: str
    school: str
    major: str

    @property
    def slug(self) -> str:
        """The LinkedIn slug."""
        return f"{self.first}-{self.last}-{self.index}".lower().replace("ö", "o")

    @property
    def email(self) -> str:
        """The work e-mail address."""
        return f"{self.first}.{self.last}.{self.index}@{self.firm.domain}".lower().replace("ö", "o")


@cache
def firms() -> tuple[Firm, ...]:
    """All companies; the number of employees of a company follows its size."""
    dice = random.Random(SEED)
    names = ["".join(parts).capitalize() for parts in itertools.product(*NAME_PARTS)]
    dice.shuffle(names)
    return tuple(_firm(dice, name) for name in names[:COMPANIES])


@cache
def people() -> tuple[Human, ...]:
    """All people, those of one company beside one another."""
    dice = random.Random(SEED + 1)
    all_firms = firms()
    weights = [min(firm.staff, 2_000) ** 0.4 for firm in all_firms]
    where = sorted(dice.choices(range(COMPANIES), weights, k=PEOPLE))
    roles = dice.choices(list(ROLES), ROLE_WEIGHTS, k=PEOPLE)
    levels = dice.choices(list(LEVEL_WEIGHTS), list(LEVEL_WEIGHTS.values()), k=PEOPLE)
    places = dice.choices(PLACES, PLACE_WEIGHTS, k=PEOPLE)
    return tuple(
        _human(dice, index, all_firms[firm], role, level, place)
        for index, (firm, role, level, place) in enumerate(zip(where, roles, levels, places, strict=True))
    )


def _firm(dice: random.Random, name: str) -> Firm:
    size = dice.choices(VOCABULARY["company_size"], (18, 26, 22, 12, 8, 8, 3, 3))[0]
    low, _, high = size.rstrip("+").partition("-")
    industry = VOCABULARY["company_industry"][int(len(VOCABULARY["company_industry"]) * dice.random() ** 2)]
    return Firm(
        name=name,
        domain=f"{name.lower()}.example",
        industry=industry,
        size=size,
        staff=dice.randint(int(low), int(high or 40_000)),
        revenue=dice.choice(VOCABULARY["revenue"]),
        growth=dice.choice(VOCABULARY["company_annual_growth"]),
        kind=dice.choices(VOCABULARY["company_type"], (70, 10, 4, 4, 8, 4))[0],
        founded=dice.randint(1950, 2025),
        place=dice.choices(PLACES, PLACE_WEIGHTS)[0],
        rounds=_rounds(dice),
        technologies=frozenset(dice.sample(TECHNOLOGIES, dice.randint(0, 3))),
        summary=f"{name} serves {industry} teams with {dice.choice(SKILLS)} and {dice.choice(TECHNOLOGIES)}.",
    )


def _rounds(dice: random.Random) -> tuple[Round, ...]:
    """Oldest first; half of the companies have none."""
    count = dice.choices((0, 1, 2, 3), (50, 25, 15, 10))[0]
    days = sorted((dice.randint(10, 2_500) for _ in range(count)), reverse=True)
    stages = VOCABULARY["funding_stage"]
    first = dice.randrange(3)
    return tuple(
        Round(
            stages[first + number],
            dice.choice(VOCABULARY["funding_type"]),
            when,
            AMOUNTS[min(first + number + dice.randrange(3), 7)],
        )
        for number, when in enumerate(days)
    )


def _human(dice: random.Random, index: int, firm: Firm, role: str, level: str, place: Place) -> Human:
    draw = dice.random
    subs = ROLES[role]
    sub = subs[int(draw() * len(subs))]
    return Human(
        index=index,
        first=FIRST[int(draw() * len(FIRST))],
        last=LAST[int(draw() * len(LAST))],
        title=TITLES[level].format(sub.replace("_", " ").title()),
        level=level,
        role=role,
        sub_role=sub,
        place=place,
        firm=firm,
        past_firm=firms()[int(draw() * COMPANIES)].name,
        skill=SKILLS[int(draw() * len(SKILLS))],
        school=SCHOOLS[int(draw() * len(SCHOOLS))],
        major=MAJORS[int(draw() * len(MAJORS))],
    )
