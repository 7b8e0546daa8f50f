"""All mappings in the order in which they are brought: what others refer to comes first."""

from collections.abc import Mapping as Pairs

from migrations.supabase.mappings.experiments import campaigns, experiments
from migrations.supabase.mappings.leads import leads, persons
from migrations.supabase.mappings.mapping import Mapping, Shape
from migrations.supabase.mappings.messages import messages
from migrations.supabase.mappings.tenants import (
    clients,
    feedback,
    members,
    onboarding,
    sessions,
    users,
    workspaces,
)

ENTITIES = (
    *(
        "clients",
        "users",
        "workspaces",
        "members",
        "onboarding",
        "sessions",
        "feedback",
        "experiments",
        "campaigns",
    ),
    *("persons", "leads", "company_assignments", "messages"),
)
"""Every entity that has a map, in the order of bringing."""
TABLES = {
    "clients": ("Clients", "ClientID"),
    "users": ("Users", "UserID"),
    "workspaces": ("Projects", "ProjectID"),
    "members": ("ProjectUsers", "ProjectUserID"),
    "onboarding": ("OnboardingData", "OnboardingDataID"),
    "sessions": ("DiscoverySessions", "DiscoverySessionID"),
    "feedback": ("DiscoveryFeedback", "DiscoveryFeedbackID"),
    "experiments": ("Experiments", "ExperimentID"),
    "campaigns": ("Campaigns", "CampaignID"),
    "persons": ("Persons", "PersonID"),
    "leads": ("Leads", "LeadID"),
    "company_assignments": ("CompanyAssignments", "CompanyAssignmentID"),
    "messages": ("OutreachMessages", "OutreachMessageID"),
}

SOURCES = {
    "clients": "people",
    "users": "people",
    "workspaces": "workspaces",
    "members": "places",
    "onboarding": "answers",
    "sessions": "talks",
    "feedback": "discovery_feedback",
    "experiments": "experiments",
    "campaigns": "campaigns",
    "persons": "leads",
    "leads": "leads",
    "messages": "generated_messages",
}
"""The staged table of each entity that has a mapping."""


def mappings(shape: Shape, *, persons_base: int, first: bool) -> Pairs[str, Mapping]:
    """The mapping of each entity; company assignments are made of leads as they stand and have none."""
    made = [
        *(build(shape) for build in (clients, users, workspaces, members, onboarding, sessions, feedback)),
        *(build(shape) for build in (experiments, campaigns, persons)),
        leads(shape, persons_base=persons_base, first=first),
        messages(shape),
    ]
    return {mapping.entity: mapping for mapping in made}
