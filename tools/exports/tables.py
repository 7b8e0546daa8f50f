"""What can be exported: where its rows are, and what a file says of each.

Columns are named as on the wire, so that an exported file of leads can be imported again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tools.leads.reading import LISTED
from tools.sheets.writing import FileFormat

Expressions = Mapping[str, str]
"""SQL of our own, by the name a file gives its value."""


class Exported(StrEnum):
    """What is exported."""

    LEADS = "leads"
    MESSAGES = "messages"
    CAMPAIGNS = "campaigns"
    EXPERIMENTS = "experiments"
    ACTIVITIES = "activities"


@dataclass(frozen=True)
class Table:
    """Rows of a workspace. `key` orders them and is never null; `only_json` is too deep for a cell.

    `workspace` is the column that says whose they are; `of_leads`: they can be chosen by conditions on leads, `l`.
    """

    source: str
    key: str
    workspace: str
    columns: Expressions
    only_json: Expressions = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    of_leads: bool = False

    def expressions(self, form: FileFormat) -> Expressions:
        """What a file of this form says of a row."""
        return self.columns if form is FileFormat.CSV else {**self.columns, **self.only_json}


def _of(alias: str, names: Mapping[str, str]) -> dict[str, str]:
    return {name: f'{alias}."{column}"' for name, column in names.items()}


PLACE = {
    "campaign": 'c."Name"',
    "experimentId": 'c."ExperimentID"',
    "experiment": '(SELECT e."Name" FROM "Experiments" e WHERE e."ExperimentID" = c."ExperimentID")',
}
"""Where a row stands, for people."""
NOT_DELETED = 'c."DeletedAt" IS NULL'

LEADS = Table(
    source='"Leads" l JOIN "Campaigns" c ON c."CampaignID" = l."CampaignID"',
    key='l."LeadID"',
    workspace='l."ProjectID"',
    columns={**_of("l", LISTED), **PLACE},
    only_json={"enrichmentData": 'l."EnrichmentData"'},
    conditions=(NOT_DELETED,),
    of_leads=True,
)
MESSAGES = Table(
    source=(
        '"OutreachMessages" m JOIN "Leads" l ON l."LeadID" = m."LeadID" '
        'JOIN "Campaigns" c ON c."CampaignID" = l."CampaignID"'
    ),
    key='m."OutreachMessageID"',
    workspace='l."ProjectID"',
    columns={
        "id": 'm."OutreachMessageID"',
        **_of("m", {"leadId": "LeadID", "campaignId": "CampaignID"}),
        **_of("l", {"fullName": "FullName", "company": "Company", "email": "Email"}),
        **PLACE,
        **_of(
            "m",
            {
                "format": "Format",
                "messageType": "MessageType",
                "isFollowup": "IsFollowup",
                "sequenceNumber": "SequenceNumber",
                "subject": "Subject",
                "content": "Content",
                "status": "Status",
                "scheduledAt": "ScheduledAt",
                "sentAt": "SentAt",
                "openedAt": "OpenedAt",
                "repliedAt": "RepliedAt",
                "createdAt": "CreatedAt",
                "updatedAt": "UpdatedAt",
            },
        ),
    },
    only_json=_of("m", {"claims": "Claims", "evidence": "Evidence", "checks": "Checks"}),
    conditions=(NOT_DELETED,),
    of_leads=True,
)
CAMPAIGNS = Table(
    source='"Campaigns" c',
    key='c."CampaignID"',
    workspace='c."ProjectID"',
    columns={
        **_of("c", {"id": "CampaignID", "name": "Name", "status": "Status"}),
        "experimentId": PLACE["experimentId"],
        "experiment": PLACE["experiment"],
        **_of(
            "c",
            {
                "dailyLeadLimit": "DailyLeadLimit",
                "autopilotEnabled": "AutopilotEnabled",
                "totalLeads": "TotalLeads",
                "contactedCount": "ContactedCount",
                "repliedCount": "RepliedCount",
                "meetingsBooked": "MeetingsBooked",
                "createdAt": "CreatedAt",
                "updatedAt": "UpdatedAt",
            },
        ),
    },
    only_json=_of("c", {"settings": "Settings"}),
    conditions=(NOT_DELETED,),
)
EXPERIMENTS = Table(
    source='"Experiments" x',
    key='x."ExperimentID"',
    workspace='x."ProjectID"',
    columns=_of(
        "x",
        {
            "id": "ExperimentID",
            "name": "Name",
            "type": "Type",
            "pattern": "Pattern",
            "industries": "Industries",
            "pain": "Pain",
            "trigger": "Trigger",
            "outreachAngle": "OutreachAngle",
            "status": "Status",
            "leadsFound": "LeadsFound",
            "leadsWarming": "LeadsWarming",
            "meetingsBooked": "MeetingsBooked",
            "createdAt": "CreatedAt",
            "updatedAt": "UpdatedAt",
        },
    ),
    only_json=_of("x", {"wizaFilters": "WizaFilters", "design": "Design"}),
)
ACTIVITIES = Table(
    source='"CampaignActivities" a JOIN "Campaigns" c ON c."CampaignID" = a."CampaignID"',
    key='a."CampaignActivityID"',
    workspace='c."ProjectID"',
    columns={
        "id": 'a."CampaignActivityID"',
        "campaignId": 'a."CampaignID"',
        **PLACE,
        **_of(
            "a",
            {
                "leadId": "LeadID",
                "activityType": "ActivityType",
                "title": "Title",
                "description": "Description",
                "status": "Status",
                "actorUserId": "ActorUserID",
                "createdAt": "CreatedAt",
            },
        ),
    },
    only_json=_of("a", {"metadata": "Metadata"}),
    conditions=(NOT_DELETED,),
)

TABLES: Mapping[Exported, Table] = {
    Exported.LEADS: LEADS,
    Exported.MESSAGES: MESSAGES,
    Exported.CAMPAIGNS: CAMPAIGNS,
    Exported.EXPERIMENTS: EXPERIMENTS,
    Exported.ACTIVITIES: ACTIVITIES,
}
