"""What the database holds: the plan's tables and words, an index for every list, and what a delete takes along."""

from enum import StrEnum

import pytest
from sqlalchemy import text

from persistence.models import Entity
from persistence.models.campaign import ActivityType, CampaignStatus
from persistence.models.discovery import DiscoverySessionStatus
from persistence.models.experiment import ExperimentStatus, ExperimentType
from persistence.models.job import AsyncJobType, JobStatus
from persistence.models.lead import LeadOutcome, LeadStatus, SignalType
from persistence.models.outreach import OutreachFormat, OutreachStatus
from persistence.models.workspace import OnboardingStatus, ProjectRole
from persistence.session import UnitOfWork

PLAN: dict[type[StrEnum], str] = {
    OnboardingStatus: "incomplete complete",
    ProjectRole: "owner admin member viewer",
    ExperimentType: "bullseye variable_a variable_b contrarian long_shot",
    ExperimentStatus: "pending creating_hypotheses finding_leads prioritizing_leads warmup_initiated complete failed",
    CampaignStatus: "active paused completed archived",
    ActivityType: "campaign_created discovery_started discovery_completed leads_found leads_enriched "
    "outreach_generated lead_contacted lead_responded meeting_booked campaign_paused campaign_resumed error_occurred "
    "campaign_completed campaign_archived lead_moved outcome_logged",
    LeadStatus: "found enriching enriched drafted queued sent responded",
    LeadOutcome: "no_response interested meeting_booked meeting_done closed_won closed_lost rejected unqualified",
    SignalType: "funding hiring expansion product_launch partnership leadership_change news_mention social_activity",
    OutreachFormat: "linkedin_connection linkedin_message linkedin_inmail email_cold email_warm",
    OutreachStatus: "draft scheduled sent delivered opened clicked replied bounced failed",
    DiscoverySessionStatus: "active completed abandoned",
    AsyncJobType: "discovery_chat generate_experiments lead_enrichment bulk_lead_enrichment generate_outreach "
    "bulk_generate_outreach website_scrape campaign_scale data_export wiza_search",
    JobStatus: "pending queued processing completed failed cancelled",
}

PLAN_COLUMNS = {
    "Users": "UserID SupabaseUserID Email Name ClientID Role Status",
    "Clients": "ClientID Name Slug",
    "Projects": "ProjectID ClientID Name Status CreatedAt UpdatedAt Website FaviconUrl OnboardingStatus "
    "DiscoveryChatHistory Settings OwnerUserID",
    "ProjectUsers": "ProjectID UserID Role",
    "OnboardingData": "OnboardingDataID ProjectID Data CreatedAt UpdatedAt",
    "Experiments": "ExperimentID ProjectID Name Type Pattern Industries Pain Trigger WizaFilters OutreachAngle Status "
    "LeadsFound LeadsWarming MeetingsBooked CreatedAt UpdatedAt",
    "Campaigns": "CampaignID ProjectID ExperimentID Name Status Settings DailyLeadLimit AutopilotEnabled "
    "LastDiscoveryRun NextDiscoveryRun CreatedAt UpdatedAt DeletedAt",
    "CampaignActivities": "CampaignActivityID CampaignID ActivityType Title Description Metadata Status CreatedAt",
    "Leads": "LeadID CampaignID ProjectID PersonID FullName JobTitle Company LinkedinUrl Email Phone Location AvatarUrl "
    "AiSummary RelevanceScore Status Outcome OutcomeReason RawData EnrichmentData OutboundMessage ContactedAt "
    "RespondedAt CreatedAt UpdatedAt",
    "LeadSignals": "LeadSignalID LeadID Headline Description SignalType StrengthScore Citations DetectedAt CreatedAt",
    "OutreachMessages": "OutreachMessageID LeadID CampaignID Format IsFollowup SequenceNumber Content Subject Status "
    "ScheduledAt SentAt OpenedAt RepliedAt CreatedAt UpdatedAt",
    "DiscoverySessions": "DiscoverySessionID ProjectID Messages GeneratedIcps Status CreatedAt UpdatedAt",
    "DiscoveryFeedback": "DiscoveryFeedbackID ProjectID UserID Rating Feedback ExperimentContext CreatedAt",
}

LISTS = [
    ("Projects", ["ClientID", "Status"]),
    ("Projects", ["OwnerUserID"]),
    ("ProjectUsers", ["UserID", "ProjectID"]),
    ("ProjectUsers", ["ProjectID", "UserID"]),
    ("Invitations", ["ProjectID", "InvitationID"]),
    ("OnboardingData", ["ProjectID"]),
    ("Experiments", ["ProjectID", "ExperimentID"]),
    ("Experiments", ["ProjectID", "Status"]),
    ("Campaigns", ["ProjectID", "CampaignID"]),
    ("Campaigns", ["ExperimentID"]),
    ("Campaigns", ["ProjectID", "Status"]),
    ("CampaignActivities", ["CampaignID", "CreatedAt"]),
    ("Leads", ["CampaignID", "LeadID"]),
    ("Leads", ["ProjectID", "LeadID"]),
    ("Leads", ["ProjectID", "Status"]),
    ("Leads", ["CampaignID", "Status"]),
    ("Leads", ["LinkedinUrl"]),
    ("LeadSignals", ["LeadID", "LeadSignalID"]),
    ("OutreachMessages", ["LeadID", "OutreachMessageID"]),
    ("OutreachMessages", ["CampaignID", "OutreachMessageID"]),
    ("DiscoverySessions", ["ProjectID", "DiscoverySessionID"]),
    ("DiscoverySessions", ["ThreadID"]),
    ("DiscoveryFeedback", ["ProjectID", "DiscoveryFeedbackID"]),
    ("Jobs", ["ProjectID", "CreatedAt"]),
    ("Jobs", ["ProjectID", "Status"]),
    ("JobItems", ["JobID", "State"]),
    ("AgentRuns", ["ProjectID", "StartedAt"]),
    ("AgentRuns", ["DiscoverySessionID", "StartedAt"]),
    ("Suppressions", ["ProjectID", "SuppressionID"]),
    ("UsageRecords", ["ProjectID", "Day"]),
    ("AuditLog", ["ProjectID", "AuditLogID"]),
    ("PageSnapshots", ["ProjectID", "PageSnapshotID"]),
    ("IdempotencyKeys", ["UserID", "KeyHash"]),
]

INDEXES = """
    SELECT table_class.relname AS table_name,
           array_agg(attribute.attname::text ORDER BY position.ordinality) AS columns
    FROM pg_index
    JOIN pg_class table_class ON table_class.oid = pg_index.indrelid
    JOIN unnest(pg_index.indkey) WITH ORDINALITY AS position (attnum, ordinality) ON true
    JOIN pg_attribute attribute ON attribute.attrelid = table_class.oid AND attribute.attnum = position.attnum
    WHERE table_class.relnamespace = 'public'::regnamespace AND pg_index.indpred IS NULL
    GROUP BY pg_index.indexrelid, table_class.relname
"""

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text AS table_name, attribute.attname AS column_name, confdeltype::text AS on_delete
    FROM pg_constraint
    JOIN pg_attribute attribute ON attribute.attrelid = conrelid AND attribute.attnum = conkey[1]
    WHERE contype = 'f'
"""


async def indexes(uow: UnitOfWork) -> list[tuple[str, list[str]]]:
    """Table and columns of every index that covers all rows."""
    return [(row.table_name, row.columns) for row in await uow.session.execute(text(INDEXES))]


@pytest.mark.parametrize(("enum", "words"), PLAN.items(), ids=[enum.__name__ for enum in PLAN])
async def test_an_enum_holds_the_words_of_the_plan(uow: UnitOfWork, enum: type[StrEnum], words: str) -> None:
    query = text('SELECT unnest(enum_range(NULL::"' + enum.__name__ + '"))::text')
    assert list((await uow.session.execute(query)).scalars()) == words.split()
    assert [word.value for word in enum] == words.split()


@pytest.mark.parametrize(("table", "columns"), PLAN_COLUMNS.items(), ids=PLAN_COLUMNS)
def test_a_table_has_the_columns_of_the_plan(table: str, columns: str) -> None:
    assert set(columns.split()) <= {column.name for column in Entity.metadata.tables[table].columns}


@pytest.mark.parametrize(
    ("table", "columns"), LISTS, ids=[f"{table} by {columns}" for table, columns in LISTS]
)
async def test_a_list_has_an_index(uow: UnitOfWork, table: str, columns: list[str]) -> None:
    assert any(name == table and found[: len(columns)] == columns for name, found in await indexes(uow))


async def test_every_foreign_key_has_an_index_that_begins_with_it(uow: UnitOfWork) -> None:
    first = {(table, columns[0]) for table, columns in await indexes(uow)}
    keys = (await uow.session.execute(text(FOREIGN_KEYS))).all()
    assert keys
    bare = [key for key in keys if (key.table_name.strip('"'), key.column_name) not in first]
    assert bare == []


async def test_every_foreign_key_says_what_a_delete_does(uow: UnitOfWork) -> None:
    keys = (await uow.session.execute(text(FOREIGN_KEYS))).all()
    assert {key.on_delete for key in keys} == {"c", "n"}


async def test_every_time_has_a_zone_and_every_key_is_bigint_or_uuid(uow: UnitOfWork) -> None:
    kinds = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
    columns = {
        (row.table_name, row.column_name): row.data_type for row in await uow.session.execute(text(kinds))
    }
    assert "timestamp without time zone" not in columns.values()
    keys = (await uow.session.execute(text(FOREIGN_KEYS))).all()
    assert {columns[key.table_name.strip('"'), key.column_name] for key in keys} == {"bigint", "uuid"}


async def test_discovery_turns_shows_runs_of_the_discovery_graph_only(uow: UnitOfWork) -> None:
    query = text("SELECT pg_get_viewdef('\"DiscoveryTurns\"'::regclass)")
    definition = (await uow.session.execute(query)).scalar_one()
    assert "'discovery'" in definition
