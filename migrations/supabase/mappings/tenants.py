"""People, their organisations, their workspaces, who is where in what role, and what a founder told."""

from migrations.supabase.mappings.mapping import (
    NO_ID,
    Mapping,
    Note,
    Rule,
    Shape,
    cut,
    text,
    too_long,
    unknown_word,
    whole,
    word,
)
from migrations.supabase.target.ledger import SCHEMA, accepted, staged

UPDATED = '(extract(epoch FROM t."UpdatedAt") * 1000000)::bigint'
SLUG = (
    "coalesce(nullif(btrim(left(btrim(regexp_replace(lower(s.name), '[^a-z0-9]+', '-', 'g'), '-'), 40), '-'), ''), 'user')"
    " || '-' || left(md5(s.id::text), 10)"
)
STANDING = "CASE WHEN s.closed = 'true' THEN 'inactive' ELSE 'active' END::\"EntityStatus\""
ANSWERS = (
    f" LEFT JOIN (SELECT DISTINCT ON ({SCHEMA}.try_uuid(workspace_id)) {SCHEMA}.try_uuid(workspace_id) AS id,"
    f" website_scrape, favicon_url, worldview FROM {staged('answers')} ORDER BY 1, rowno) o ON o.id = "
)


def clients(shape: Shape) -> Mapping:
    """An organisation for each person, as at a first sign-in."""
    return Mapping(
        entity="clients",
        table="Clients",
        key="ClientID",
        source="people",
        source_id="s.id",
        joins=' LEFT JOIN "Users" ours ON ours."SupabaseUserID" = s.id',
        adopts='ours."ClientID"',
        columns={
            "Name": "left(s.name || '''s organization', 255)",
            "Slug": SLUG,
            "Status": "'active'::\"EntityStatus\"",
            **_person_times(shape),
        },
        mark=UPDATED,
        first_mark=None,
        unique=True,
    )


def users(shape: Shape) -> Mapping:
    """A person, known by Supabase's id. An owner or author whose account is gone can't sign in."""
    return Mapping(
        entity="users",
        table="Users",
        key="UserID",
        source="people",
        source_id="s.id",
        joins=f' LEFT JOIN "Users" ours ON ours."SupabaseUserID" = s.id JOIN {accepted("clients")} c ON c.source_id = s.id',
        adopts='ours."UserID"',
        refers={"client_id": "c.target_id"},
        columns={
            "SupabaseUserID": "s.id",
            "Email": "CASE WHEN char_length(s.email) <= 320 THEN s.email END",
            "Name": "s.name",
            "ClientID": "a.client_id",
            "Role": "'admin'::\"UserRole\"",
            "Status": STANDING,
            **_person_times(shape),
        },
        notes=(
            too_long("email", 320, "left out"),
            Note("s.known = 'false'", "id", "no account: kept because they own or wrote something"),
        ),
        mark=UPDATED,
        first_mark=None,
        unique=True,
    )


def workspaces(shape: Shape) -> Mapping:
    """A workspace is a Project of its owner's Client."""
    website = "CASE WHEN char_length(coalesce(s.favicon_url, o.favicon_url)) <= 512 THEN coalesce(s.favicon_url, o.favicon_url) END"
    id_ = shape.uuid("workspaces", "id")
    return Mapping(
        entity="workspaces",
        table="Projects",
        key="ProjectID",
        source="workspaces",
        source_id=id_,
        joins=f" LEFT JOIN {accepted('users')} u ON u.source_id = {shape.uuid('workspaces', 'user_id')}"
        + word("w", "OnboardingStatus", "onboarding_status")
        + f"{ANSWERS}{id_} LEFT JOIN {staged('talks')} talk ON {SCHEMA}.try_uuid(talk.id) = {id_}",
        scan_joins=f"{ANSWERS}a.source_id LEFT JOIN {staged('talks')} talk ON {SCHEMA}.try_uuid(talk.id) = a.source_id",
        refers={"client_id": "u.client_id", "user_id": "u.target_id", "onboarded": "nullif(w.means, '')"},
        rules=(
            Rule(f"({id_}) IS NULL", "id", NO_ID),
            Rule(
                "u.source_id IS NULL", "user_id", "no owner", "'Give the workspace an owner at the source.'"
            ),
            unknown_word("w", "onboarding_status"),
        ),
        columns={
            "ClientID": "a.client_id",
            "Name": f"coalesce({cut('name', 255)}, 'Unnamed')",
            "Status": "'active'::\"ProjectStatus\"",
            "Website": whole("website", 512),
            "FaviconUrl": website,
            "OnboardingStatus": "coalesce(a.onboarded, 'incomplete')::\"OnboardingStatus\"",
            "DiscoveryChatHistory": "talk.messages::jsonb",
            "Settings": f"CASE WHEN {text('role')} IS NOT NULL THEN jsonb_build_object('role', s.role) END",
            "OwnerUserID": "a.user_id",
            "Worldview": "o.worldview",
            "WebsiteScrape": "o.website_scrape::jsonb",
            **shape.times("workspaces"),
        },
        notes=(
            too_long("name", 255),
            too_long("website", 512, "left out"),
            Note(f"{text('name')} IS NULL", "name", "without a name: called Unnamed"),
            *shape.time_notes("workspaces", "created_at", "updated_at"),
        ),
        hashed=("o.website_scrape", "o.favicon_url", "o.worldview"),
        unique=shape.unique("workspaces"),
        keeps_extras=True,
        count_of="workspaces",
    )


def members(shape: Shape) -> Mapping:
    """The owner of each workspace, and its members."""
    return Mapping(
        entity="members",
        table="ProjectUsers",
        key="ProjectUserID",
        source="places",
        source_id="md5(s.workspace_id::text || ' ' || s.user_id::text)::uuid",
        joins=f" JOIN {accepted('workspaces')} w ON w.source_id = s.workspace_id"
        f" JOIN {accepted('users')} u ON u.source_id = s.user_id",
        refers={"workspace_id": "w.target_id", "user_id": "u.target_id"},
        columns={
            "ProjectID": "a.workspace_id",
            "UserID": "a.user_id",
            "Role": 's.role::"ProjectRole"',
            "CreatedAt": f"coalesce({SCHEMA}.try_time(s.created_at), {shape.moment})",
        },
        mark="hashtextextended(t::text, 0)",
        first_mark=None,
        unique=True,
    )


def onboarding(shape: Shape) -> Mapping:
    """Onboarding answers, one document a workspace."""
    id_ = f"{SCHEMA}.try_uuid(s.workspace_id)"
    return Mapping(
        entity="onboarding",
        table="OnboardingData",
        key="OnboardingDataID",
        source="answers",
        source_id=id_,
        joins=f" LEFT JOIN {accepted('workspaces')} w ON w.source_id = {id_}",
        refers={"workspace_id": "w.target_id"},
        rules=(
            Rule(f"{id_} IS NULL", "workspace_id", NO_ID),
            Rule("w.source_id IS NULL", "workspace_id", "orphan: no such workspace", ORPHAN),
        ),
        columns={
            "ProjectID": "a.workspace_id",
            "Data": "s.data::jsonb",
            **_text_times(shape),
        },
        count_of="onboarding_data",
    )


def sessions(shape: Shape) -> Mapping:
    """The discovery talk of a workspace, as an imported session that can be continued."""
    id_ = f"{SCHEMA}.try_uuid(s.id)"
    return Mapping(
        entity="sessions",
        table="DiscoverySessions",
        key="DiscoverySessionID",
        source="talks",
        source_id=id_,
        joins=f" JOIN {accepted('workspaces')} w ON w.source_id = {id_}",
        refers={"workspace_id": "w.target_id", "user_id": "w.user_id"},
        columns={
            "ProjectID": "a.workspace_id",
            "UserID": "a.user_id",
            "Messages": "s.messages::jsonb",
            "Status": "'active'::\"DiscoverySessionStatus\"",
            "ThreadID": "md5('discovery talk of ' || a.source_id::text)::uuid",
            "Imported": "true",
            "TurnCount": "s.turns::int",
            **_text_times(shape),
        },
        mark=UPDATED,
        first_mark=None,
        unique=False,
    )


def feedback(shape: Shape) -> Mapping:
    """What people thought of a talk."""
    rating = f"{SCHEMA}.try_int(s.rating)"
    return Mapping(
        entity="feedback",
        table="DiscoveryFeedback",
        key="DiscoveryFeedbackID",
        source="discovery_feedback",
        source_id=shape.uuid("discovery_feedback", "id"),
        joins=f" LEFT JOIN {accepted('workspaces')} w ON w.source_id = {shape.uuid('discovery_feedback', 'workspace_id')}"
        f" LEFT JOIN {accepted('users')} u ON u.source_id = {shape.uuid('discovery_feedback', 'user_id')}",
        refers={"workspace_id": "w.target_id", "user_id": "u.target_id"},
        rules=(
            Rule(f"({shape.uuid('discovery_feedback', 'id')}) IS NULL", "id", NO_ID),
            Rule("w.source_id IS NULL", "workspace_id", "orphan: no such workspace", ORPHAN),
            Rule("u.source_id IS NULL", "user_id", "no author", "'Name a user at the source.'"),
            Rule(f"{rating} IS NULL OR {rating} NOT BETWEEN 1 AND 5", "rating", "no rating from 1 to 5"),
        ),
        columns={
            "ProjectID": "a.workspace_id",
            "UserID": "a.user_id",
            "Rating": rating,
            "Feedback": text("feedback"),
            "CreatedAt": f"coalesce({shape.time('discovery_feedback', 'created_at')}, {shape.moment})",
        },
        notes=shape.time_notes("discovery_feedback", "created_at"),
        mark="hashtextextended(t::text, 0)",
        first_mark=None,
        unique=shape.unique("discovery_feedback"),
        keeps_extras=True,
        count_of="discovery_feedback",
    )


ORPHAN = "'It is missing at the source or was set aside: bring that first.'"


def _person_times(shape: Shape) -> dict[str, str]:
    """When the account was made, else when its owner first did something."""
    began = f"coalesce({SCHEMA}.try_time(s.created_at), {SCHEMA}.try_time(s.first_seen), {shape.moment})"
    return {"CreatedAt": began, "UpdatedAt": f"coalesce({SCHEMA}.try_time(s.updated_at), {began})"}


def _text_times(shape: Shape) -> dict[str, str]:
    began = f"coalesce({SCHEMA}.try_time(s.created_at), {shape.moment})"
    return {"CreatedAt": began, "UpdatedAt": f"coalesce({SCHEMA}.try_time(s.updated_at), {began})"}
