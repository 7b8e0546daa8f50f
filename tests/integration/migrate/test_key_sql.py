"""The keys that SQL makes of plain addresses and names are those of `tools/keys.py`, letter for letter."""

import random

import psycopg
from psycopg.rows import tuple_row

from migrations.supabase.sources.key_sql import is_plain, key_columns
from tools.keys import FREE_MAIL, LEGAL_FORMS
from tools.leads.identity import keys_of

PIECES = {
    "linkedin": [
        "https://",
        "http://",
        "HTTPS://",
        "www.",
        "de.",
        "linkedin.com",
        "LinkedIn.com",
        "/in/",
        "/IN/",
        "/pub/",
        "Zoe-1_x",
        "%C3%A9",
        "é",
        "/",
        "?a=b",
        " ",
        "",
        "x.com",
    ],
    "email": [
        "a",
        "A.b+c",
        "@",
        "@www.",
        "x.example",
        "GMAIL.com",
        "gmail.com",
        "müller.de",
        "-",
        " ",
        ".",
        "a..b",
        "",
    ],
    "company": ["Acme", "Ünal", "GmbH", "Inc.", "inc", "co", " ", "-", "_", "&", "\t", "AG", "Ⅳ", "", "ſ"],
}


def words(kind: str, dice: random.Random) -> str | None:
    if dice.random() < 0.1:
        return None
    return "".join(dice.choice(PIECES[kind]) for _ in range(dice.randint(0, 7)))


def likely(dice: random.Random) -> tuple[str | None, str | None, str | None]:
    """What most rows are like, and what they nearly are."""
    host = dice.choice(["https://www.", "https://", "www.", "", "http://", "https://uk."])
    mail = dice.choice([*sorted(FREE_MAIL)[:6], "acme.co.uk", "Acme.example", "www.acme.example"])
    forms = " ".join(dice.choices(sorted(LEGAL_FORMS), k=dice.randint(0, 3)))
    linkedin = f"{host}linkedin.com/in/Person-{dice.randint(1, 99)}{dice.choice(['', '/', '//', '?x'])}"
    return linkedin, f"P.{dice.randint(1, 99)}@{mail}", f"{dice.choice(['Acme', 'inc', 'A & B'])} {forms}"


def test_sql_makes_the_same_keys_or_leaves_them_to_python(postgres_url: str) -> None:
    dice = random.Random(7)
    rows = [likely(dice) for _ in range(1_500)]
    rows += [(words("linkedin", dice), words("email", dice), words("company", dice)) for _ in range(1_500)]
    texts = ("linkedin", "email", "company")
    with psycopg.connect(postgres_url, row_factory=tuple_row) as connection:
        connection.execute("CREATE TEMP TABLE said (place int, linkedin text, email text, company text)")
        with connection.cursor().copy("COPY said FROM STDIN") as copy:
            for place, row in enumerate(rows):
                copy.write_row((place, *row))
        found = connection.execute(
            f"SELECT place, {key_columns(*texts)} FROM (SELECT *, {is_plain(*texts)} AS keyed FROM said OFFSET 0) s".encode()
        ).fetchall()
    made = [row for row in found if row[4]]
    assert len(made) > 500
    for place, linkedin, email, company, _ in made:
        profile, address, name = rows[place]
        keys = keys_of(linkedin_url=profile, email=address, company=name, company_domain=None)
        assert (linkedin, email, company) == (keys.linkedin, keys.email, keys.company), rows[place]
