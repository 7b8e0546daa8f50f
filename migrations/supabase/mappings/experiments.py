"""Experiments and campaigns. Their counters are counted from the leads that came, never copied."""

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
    word,
)
from migrations.supabase.mappings.tenants import ORPHAN
from migrations.supabase.target.ledger import SCHEMA, accepted

INDUSTRIES = f"""CASE WHEN s.industries IS NULL THEN NULL ELSE {SCHEMA}.texts(s.industries) END"""


def experiments(shape: Shape) -> Mapping:
    """An experiment without a design: that the product makes with the founder."""
    id_ = shape.uuid("experiments", "id")
    return Mapping(
        entity="experiments",
        table="Experiments",
        key="ExperimentID",
        source="experiments",
        source_id=id_,
        joins=f" LEFT JOIN {accepted('workspaces')} p ON p.source_id = {shape.uuid('experiments', 'workspace_id')}"
        + word("k", "ExperimentType", "type")
        + word("w", "ExperimentStatus", "status"),
        refers={"workspace_id": "p.target_id", "kind": "k.means", "status": "nullif(w.means, '')"},
        rules=(
            Rule(f"({id_}) IS NULL", "id", NO_ID),
            Rule("p.source_id IS NULL", "workspace_id", "orphan: no such workspace", ORPHAN),
            Rule(
                "nullif(k.means, '') IS NULL",
                "type",
                "unknown word",
                "coalesce(k.suggestion, 'Name a type.')",
            ),
            unknown_word("w", "status"),
        ),
        columns={
            "ProjectID": "a.workspace_id",
            "Name": f"coalesce({cut('name', 255)}, 'Unnamed')",
            "Type": 'a.kind::"ExperimentType"',
            "Pattern": text("pattern"),
            "Industries": INDUSTRIES,
            "Pain": text("pain"),
            "Trigger": text("trigger"),
            "WizaFilters": shape.object("experiments", "wiza_filters"),
            "OutreachAngle": text("outreach_angle"),
            "Status": "coalesce(a.status, 'pending')::\"ExperimentStatus\"",
            **shape.times("experiments"),
        },
        notes=(
            too_long("name", 255),
            Note(f"{text('name')} IS NULL", "name", "without a name: called Unnamed"),
            *shape.time_notes("experiments", "created_at", "updated_at"),
        ),
        uncompared=frozenset({"LeadsFound", "LeadsWarming", "MeetingsBooked"}),
        unique=shape.unique("experiments"),
        keeps_extras=True,
        count_of="experiments",
    )


def campaigns(shape: Shape) -> Mapping:
    """A campaign; one whose experiment is missing or another workspace's comes without it."""
    id_ = shape.uuid("campaigns", "id")
    elsewhere = "s.experiment_id IS NOT NULL AND (e.source_id IS NULL OR e.workspace_id <> p.target_id)"
    return Mapping(
        entity="campaigns",
        table="Campaigns",
        key="CampaignID",
        source="campaigns",
        source_id=id_,
        joins=f" LEFT JOIN {accepted('workspaces')} p ON p.source_id = {shape.uuid('campaigns', 'workspace_id')}"
        f" LEFT JOIN {accepted('experiments')} e ON e.source_id = {shape.uuid('campaigns', 'experiment_id')}"
        + word("w", "CampaignStatus", "status"),
        refers={
            "workspace_id": "p.target_id",
            "client_id": "p.client_id",
            "place": "p.source_id",
            "experiment_id": "CASE WHEN e.workspace_id = p.target_id THEN e.target_id END",
            "lone": f"({elsewhere})",
            "status": "nullif(w.means, '')",
        },
        rules=(
            Rule(f"({id_}) IS NULL", "id", NO_ID),
            Rule("p.source_id IS NULL", "workspace_id", "orphan: no such workspace", ORPHAN),
            unknown_word("w", "status"),
        ),
        columns={
            "ProjectID": "a.workspace_id",
            "ExperimentID": "a.experiment_id",
            "Name": f"coalesce({cut('name', 255)}, 'Unnamed')",
            "Status": "coalesce(a.status, 'active')::\"CampaignStatus\"",
            **shape.times("campaigns"),
        },
        notes=(
            too_long("name", 255),
            Note(f"{text('name')} IS NULL", "name", "without a name: called Unnamed"),
            Note("a.lone", "experiment_id", "its experiment is missing, set aside or another workspace's"),
            *shape.time_notes("campaigns", "created_at", "updated_at"),
        ),
        hashed=("(CASE WHEN e.workspace_id = p.target_id THEN e.target_id END)::text",),
        uncompared=frozenset({"TotalLeads", "ContactedCount", "RepliedCount", "MeetingsBooked"}),
        unique=shape.unique("campaigns"),
        keeps_extras=True,
        count_of="campaigns",
    )
