"""The keys of leads as SQL, for the plain majority: what `tools/keys.py` makes of them, letter for letter.

Addresses and names that are not plain (other scripts, encoded or odd ones) are left to `tools/keys.py` itself: their
`keyed` is false. Each row pays for every regular expression: there are three, without counted repetitions, which cost a
hundred times as much, and each is asked once.
"""

from migrations.supabase.sources.quoting import literal
from tools.keys import FREE_MAIL, LEGAL_FORMS

HOSTS = ("https://www.", "https://", "www.", "", "http://www.", "http://")
PROFILES = "linkedin.com/in/"
SLUG = r"^[A-Za-z0-9_-]+/?$"
ADDRESS = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
LONGEST = 250
KEYS = ("linkedin_key", "email_key", "company_key", "keyed")


def key_columns(linkedin: str, email: str, company: str) -> str:
    """The four keys, of three text expressions over a row that has `keyed`."""
    profile = f"lower(rtrim({_slug(linkedin)}, '/'))"
    host = f"lower(nullif(split_part({email}, '@', 2), ''))"
    free = ", ".join(literal(domain) for domain in sorted(FREE_MAIL))
    business = f"CASE WHEN {host} NOT IN ({free}) THEN {host} END"
    return (
        f"CASE WHEN keyed AND {linkedin} <> '' THEN {profile} END, CASE WHEN keyed THEN nullif(lower({email}), '') END,"
        f" CASE WHEN keyed THEN coalesce({business}, {company_name(company)}) END, keyed"
    )


def is_plain(linkedin: str, email: str, company: str) -> str:
    """Whether SQL makes the keys that `tools/keys.py` makes."""
    hosts = ", ".join(literal(host) for host in HOSTS)
    profile = (
        f"left({linkedin}, greatest(position('{PROFILES}' in {linkedin}) - 1, 0)) IN ({hosts})"
        f" AND position('{PROFILES}' in {linkedin}) > 0 AND {_slug(linkedin)} ~ {literal(SLUG)}"
    )
    return (
        f"(({linkedin} IS NULL OR {linkedin} = '' OR (length({linkedin}) <= {LONGEST} AND {profile}))"
        f" AND ({email} IS NULL OR {email} = '' OR (length({email}) <= {LONGEST} AND {email} ~ {literal(ADDRESS)}"
        f" AND lower({email}) NOT LIKE '%@www.%'))"
        f" AND ({company} IS NULL OR (length({company}) <= {LONGEST} AND octet_length({company}) = length({company}))))"
    )


def _slug(linkedin: str) -> str:
    return f"substr({linkedin}, position('{PROFILES}' in {linkedin}) + {len(PROFILES)})"


def company_name(company: str) -> str:
    """The name of a company without case, signs and legal form."""
    words = f"btrim(regexp_replace(lower({company}), '[^a-z0-9_]+', ' ', 'g'))"
    forms = "|".join(sorted(LEGAL_FORMS))
    return f"nullif(regexp_replace({words}, '( ({forms}))+$', ''), '')"
