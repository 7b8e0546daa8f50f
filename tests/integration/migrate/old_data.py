"""A source full of what old databases are full of: every awkward value, each with what has to become of it."""

from uuid import UUID, uuid5

import psycopg
from psycopg.types.json import Json, Jsonb

from tests.integration.migrate.old_schema import PLAIN, SCHEMA

SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def named(name: str) -> UUID:
    """The id of something, by name."""
    return uuid5(SPACE, name)


def fill_plain(url: str, *, tenants: int, leads: int) -> None:
    """Make the old tables and fill them with plain rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
        connection.execute(PLAIN.format(tenants=tenants, leads=leads).encode())
        connection.execute("ANALYZE")


def fill_awkward(url: str) -> None:
    """Add a tenant of awkward rows to a plain source of at least one tenant."""
    with psycopg.connect(url) as connection:
        _change_columns(connection)
        _people(connection)
        _experiments(connection)
        _leads(connection)
        _messages(connection)


def _change_columns(connection: psycopg.Connection) -> None:
    """Columns that are missing, extra, and of another type."""
    connection.execute("ALTER TABLE leads DROP COLUMN avatar_url")
    connection.execute("ALTER TABLE leads ADD COLUMN notes text, ADD COLUMN tags text[], ADD COLUMN raw json")
    connection.execute("ALTER TABLE experiments ALTER COLUMN industries TYPE text USING industries::text")
    connection.execute("ALTER TABLE experiments ALTER COLUMN wiza_filters TYPE json USING wiza_filters::json")
    connection.execute(
        "ALTER TABLE onboarding_data ADD COLUMN trigger_moment text, ADD COLUMN best_customers jsonb"
    )
    connection.execute("ALTER TABLE workspaces DROP COLUMN role")
    connection.execute("ALTER TABLE workspace_members ADD COLUMN invited_by text DEFAULT 'somebody'")


def _people(connection: psycopg.Connection) -> None:
    insert_user = (
        "INSERT INTO auth.users (id, email, raw_user_meta_data, created_at) VALUES (%s, %s, %s, '2025-01-01')"
    )
    for name, email in (
        ("odd", "same@mail.example"),
        ("twin", "same@mail.example"),
        ("idle", "idle@mail.example"),
        ("lurker", "lurker@mail.example"),
    ):
        connection.execute(insert_user, [named(name), email, Jsonb({"full_name": f"  {name}\n Ω "})])
    talk = {
        "messages": [
            {"sender": "human", "text": "Grüße 👋"},
            {"role": "ai", "content": [{"type": "text", "text": "Hi"}]},
            {"role": "system", "content": "hidden"},
        ]
    }
    workspaces = [
        ("odd", "odd", "x" * 300, "In Progress", talk),
        ("ghost", "gone", "Of a deleted account", None, None),
        ("wordy", "odd", "Unknown word", "sideways", None),
        ("nobody", None, "Of nobody", None, None),
        ("unnamed", "twin", None, "", []),
    ]
    for name, owner, title, status, history in workspaces:
        connection.execute(
            "INSERT INTO workspaces (id, user_id, name, onboarding_status, discovery_chat_history, created_at, updated_at)"
            " VALUES (%s, %s, %s, %s, %s, '2099-01-01', '1999-01-01')",
            [
                named(name),
                named(owner) if owner else None,
                title,
                status,
                Jsonb(history) if history is not None else None,
            ],
        )
    _places(connection)


def _places(connection: psycopg.Connection) -> None:
    """Members, answers and feedback."""
    members = [
        ("odd", "twin", "viewer"),
        ("odd", "twin", "Admin"),
        ("odd", "nobody-known", "member"),
        ("missing", "twin", "member"),
        ("odd", "idle", "emperor"),
    ]
    for workspace, user, role in members:
        connection.execute(
            "INSERT INTO workspace_members (workspace_id, user_id, role) VALUES (%s, %s, %s)",
            [named(workspace), named(user), role],
        )
    connection.execute(
        "INSERT INTO onboarding_data (workspace_id, data, trigger_moment, best_customers) VALUES (%s, NULL, 'We were bored', %s)",
        [named("odd"), Jsonb([{"deal_size": 5, "stated_problem": "∞"}])],
    )
    connection.execute(
        "INSERT INTO onboarding_data (workspace_id, data) VALUES (%s, '{}')", [named("missing")]
    )
    for name, user, rating in (("f1", "odd", 6), ("f2", "gone too", 3), ("f3", None, 3)):
        connection.execute(
            "INSERT INTO discovery_feedback VALUES (%s, %s, %s, %s, 'well', NULL)",
            [named(name), named("odd"), named(user) if user else None, rating],
        )


def _experiments(connection: psycopg.Connection) -> None:
    experiments = [
        ("e-text", "odd", "bullseye", "Bakery, Food", '{"a": "x\\u0000y", "b": "\\ud800"}', "active-ish"),
        ("e-fine", "odd", "BULLSEYE", '["A", 5, null]', '["list"]', "Draft"),
        ("e-nul", "odd", "variableA", '"one"', '{"a": "x\\u0000y"}', None),
        ("e-type", "odd", "sideways", None, None, None),
        ("e-lost", "missing", "control", None, None, None),
    ]
    for name, workspace, kind, industries, filters, status in experiments:
        connection.execute(
            "INSERT INTO experiments (id, workspace_id, name, type, industries, wiza_filters, status) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [named(name), named(workspace), name, kind, industries, filters, status],
        )
    campaigns = [
        ("c-fine", "odd", "e-fine"),
        ("c-lone", "odd", "e-type"),
        ("c-cross", "ghost", "e-fine"),
        ("c-lost", "missing", None),
    ]
    for name, workspace, experiment in campaigns:
        connection.execute(
            "INSERT INTO campaigns (id, workspace_id, experiment_id, name, status) VALUES (%s, %s, %s, %s, 'active')",
            [named(name), named(workspace), named(experiment) if experiment else None, name],
        )


LEADS = [
    # name, campaign, workspace, full name, LinkedIn, e-mail, status, outcome
    (
        "l-1",
        "c-fine",
        "odd",
        "Zoë 🍞 𝔘",
        "https://linkedin.com/in/zoe/?trk=x",
        "Zoe@Bäcker.example",
        "found",
        None,
    ),
    ("l-2", "c-fine", "odd", "Same profile", "www.linkedin.com/in/ZOE/", None, "found", "closed"),
    ("l-3", "c-lone", "odd", "Same address", None, "zoe@bäcker.example", "found", None),
    ("l-4", "c-cross", "ghost", "Elsewhere", "linkedin.com/in/zoe", "other@x.example", "New", "Closed Won"),
    ("l-5", "c-fine", "odd", "x" * 400, "u" * 600, "e" * 300, "", ""),
    ("l-6", "c-fine", "odd", "  ", None, None, "found", None),
    ("l-13", "c-fine", "odd", "\u00a0\n\t", None, None, "found", None),
    ("l-7", "c-fine", "ghost", "Wrong workspace", None, None, "found", None),
    ("l-8", "c-lost", "missing", "Orphan", None, None, "found", None),
    ("l-9", None, "odd", "No campaign", None, None, "found", None),
    ("l-10", "c-fine", "odd", "Odd word", None, None, "teleported", None),
    ("l-11", "c-fine", "odd", "Odd outcome", None, None, "found", "eaten"),
    ("l-12", "c-fine", None, 'O\'Brien \\ "quoted"\t\n{a,b}', None, "a'b@x.example", None, "meeting"),
]


def _leads(connection: psycopg.Connection) -> None:
    for name, campaign, workspace, full_name, linkedin, email, status, outcome in LEADS:
        connection.execute(
            "INSERT INTO leads (id, campaign_id, workspace_id, full_name, linkedin_url, email, status, outcome, created_at, updated_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '2030-01-01', '2001-01-01')",
            [
                named(name),
                *(named(it) if it else None for it in (campaign, workspace)),
                full_name,
                linkedin,
                email,
                status,
                outcome,
            ],
        )
    huge = {"text": "ü" * 300_000, "deep": [[[[{"n": 1.5e300, "m": 10**30}]]]]}
    values = {"l-1": huge, "l-2": [1, 2], "l-3": "word", "l-4": {}, "l-12": None}
    for name, value in values.items():
        connection.execute("UPDATE leads SET enrichment_data = %s WHERE id = %s", [Jsonb(value), named(name)])
    connection.execute(
        "UPDATE leads SET notes = 'kept', tags = '{a,\"b c\"}', raw = %s, created_at = 'infinity', updated_at = '0044-03-15 BC' WHERE id = %s",
        [Json({"nul": "\x00"}), named("l-1")],
    )


def _messages(connection: psycopg.Connection) -> None:
    messages = [
        ("m-1", "l-1", "LinkedIn", "InMail", "Hi ☕"),
        ("m-2", "l-1", "email", "follow-up", "subject: Again\r\nStill there?"),
        ("m-3", "l-1", "email", None, "Subject: only a subject\n"),
        ("m-4", "l-8", "email", "cold", "To an orphan"),
        ("m-5", "l-1", "pigeon", "cold", "Coo"),
        ("m-6", "l-1", "email", "cold", "   "),
    ]
    for name, lead, platform, kind, content in messages:
        connection.execute(
            "INSERT INTO generated_messages (id, lead_id, platform, message_type, content) VALUES (%s, %s, %s, %s, %s)",
            [named(name), named(lead), platform, kind, content],
        )
