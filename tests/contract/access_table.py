"""Who may do what: one row for every operation of the API. A route without a row fails the access test.

To add a row: `"METHOD /path": Row(MEMBER, ...)` with a body that succeeds. Every id in a body or query is named in `ids`
with the thing it means (`tests/contract/access_world.py`), or in `no_ids` with the reason why nothing can leak by it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from persistence.models.workspace import ProjectRole
from tests.contract.access_world import Things

OWNER, ADMIN, MEMBER, VIEWER = ProjectRole.OWNER, ProjectRole.ADMIN, ProjectRole.MEMBER, ProjectRole.VIEWER

Body = Mapping[str, Any] | Callable[[Things], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One operation. `minimum`: the lowest role in the workspace it concerns; None when it concerns none."""

    minimum: ProjectRole | None
    success: int = 200
    body: Body | None = None
    file: str | None = None
    """What is sent as the file of a form, in place of a JSON body."""
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    no_ids: Mapping[str, str] = field(default_factory=dict)
    public: bool = False


LEAD_FILTERS = dict.fromkeys(("campaignId", "experimentId"), "It filters within leads the caller may read.")
EXPERIMENT = {"name": "Finance leads", "type": "bullseye"}
SCRAPE = Row(
    MEMBER,
    202,
    {"url": "https://acme.example"},
    headers={"Prefer": "respond-async"},
    ids={"workspaceId": "workspace_id"},
)
FILTERS = {"filters": {"job_role": ["finance"]}}
FILTER_IDS = {"workspaceId": "workspace_id", "experimentId": "experiment_id"}
NO_MODEL = 503
"""What a call that needs a model ends with here: nobody answers at the address of this API's model."""
NO_FILTERS = 422
"""What scaling ends with here: the campaign has no experiment that says whom to look for."""
SIGNAL = {
    "headline": "Hires a controller",
    "signalType": "hiring",
    "citations": [{"quote": "They told me so.", "source": "user"}],
}
CHAT = Row(
    MEMBER,
    body={"message": "We sell to finance teams."},
    ids={"sessionId": "session_id"},
    no_ids={"messageId": "The client's own name of a message, never looked up."},
)

ROWS: dict[str, Row] = {
    "GET /health": Row(None, public=True),
    "GET /ready": Row(None, public=True),
    "POST /webhooks/wiza": Row(
        None,
        body={"data": {"id": 1001}},
        headers={"x-auth-key": sha256(b"key").hexdigest()},
        public=True,
    ),
    "GET /auth/me": Row(None),
    "POST /auth/stream-tickets": Row(None, 201, {"path": "/jobs/1/events"}),
    "GET /workspaces": Row(None),
    "POST /workspaces": Row(None, 201, {"name": "Acme"}),
    "GET /workspaces/{workspace_id}": Row(VIEWER),
    "PUT /workspaces/{workspace_id}": Row(MEMBER, body={"name": "Acme"}),
    "DELETE /workspaces/{workspace_id}": Row(OWNER),
    "GET /workspaces/{workspace_id}/members": Row(VIEWER),
    "POST /workspaces/{workspace_id}/members": Row(
        ADMIN, 201, {"email": "kim@example.com", "role": "member"}
    ),
    "PUT /workspaces/{workspace_id}/members/{user_id}": Row(ADMIN, body={"role": "member"}),
    "DELETE /workspaces/{workspace_id}/members/{user_id}": Row(ADMIN),
    "DELETE /workspaces/{workspace_id}/invitations/{invitation_id}": Row(ADMIN),
    "POST /invitations/accept": Row(None, body=lambda things: {"token": things["invite_token"]}),
    "GET /workspaces/{workspace_id}/onboarding": Row(VIEWER),
    "PUT /workspaces/{workspace_id}/onboarding": Row(MEMBER, body={"data": {"company": {}}}),
    "GET /workspaces/{workspace_id}/experiments": Row(VIEWER),
    "POST /workspaces/{workspace_id}/experiments": Row(MEMBER, 201, EXPERIMENT),
    "POST /workspaces/{workspace_id}/experiments/batch": Row(MEMBER, 201, {"experiments": [EXPERIMENT]}),
    "GET /workspaces/{workspace_id}/experiments/comparison": Row(VIEWER),
    "GET /experiments/{experiment_id}": Row(VIEWER),
    "PUT /experiments/{experiment_id}": Row(MEMBER, body={"pain": "Nine days"}),
    "DELETE /experiments/{experiment_id}": Row(MEMBER),
    "GET /workspaces/{workspace_id}/campaigns": Row(
        VIEWER, no_ids={"experimentId": "It filters within the workspace's own campaigns."}
    ),
    "POST /workspaces/{workspace_id}/campaigns": Row(
        MEMBER, 201, {"name": "November"}, ids={"experimentId": "experiment_id"}
    ),
    "POST /campaigns": Row(
        MEMBER,
        201,
        {"name": "November"},
        ids={"experimentId": "experiment_id", "workspaceId": "workspace_id"},
    ),
    "GET /campaigns/{campaign_id}": Row(VIEWER),
    "PUT /campaigns/{campaign_id}": Row(
        MEMBER, body={"name": "December"}, ids={"experimentId": "experiment_id"}
    ),
    "DELETE /campaigns/{campaign_id}": Row(MEMBER),
    "GET /campaigns/{campaign_id}/activities": Row(VIEWER),
    "GET /workspaces/{workspace_id}/leads": Row(VIEWER, no_ids=LEAD_FILTERS),
    "GET /campaigns/{campaign_id}/leads": Row(VIEWER, no_ids=LEAD_FILTERS),
    "POST /campaigns/{campaign_id}/leads": Row(MEMBER, 201, {"fullName": "Ada Lovelace"}),
    "POST /campaigns/{campaign_id}/leads/batch": Row(MEMBER, 201, {"leads": [{"fullName": "Ada Lovelace"}]}),
    # The campaign has no experiment with a design: whoever may ask is told so.
    "POST /campaigns/{campaign_id}/leads/score": Row(MEMBER, 409, {}, ids={"leadIds": "lead_ids"}),
    "POST /leads/bulk": Row(
        MEMBER,
        body={"action": "delete"},
        ids={"leadIds": "lead_ids", "workspaceId": "workspace_id"},
        no_ids=LEAD_FILTERS,
    ),
    "GET /leads/{lead_id}": Row(VIEWER),
    "PUT /leads/{lead_id}": Row(MEMBER, body={"jobTitle": "CFO"}),
    "DELETE /leads/{lead_id}": Row(MEMBER),
    "POST /leads/{lead_id}/outcome": Row(MEMBER, body={"outcome": "interested"}),
    "GET /workspaces/{workspace_id}/sender": Row(VIEWER),
    "PUT /workspaces/{workspace_id}/sender": Row(ADMIN, body={"name": "Ada"}),
    "GET /workspaces/{workspace_id}/suppressions": Row(VIEWER),
    "POST /workspaces/{workspace_id}/suppressions": Row(
        MEMBER, 201, {"kind": "email", "value": "kim@example.com"}
    ),
    "DELETE /workspaces/{workspace_id}/suppressions/{suppression_id}": Row(ADMIN),
    "POST /workspaces/{workspace_id}/suppressions/import": Row(MEMBER, 202, file="email\nkim@example.com\n"),
    "POST /campaigns/{campaign_id}/leads/import": Row(MEMBER, 202, file="Name\nAda Lovelace\n"),
    "POST /workspaces/{workspace_id}/exports": Row(MEMBER, 202, {"what": "leads"}, no_ids=LEAD_FILTERS),
    "GET /exports/{export_id}/download": Row(MEMBER),
    "GET /leads/{lead_id}/signals": Row(VIEWER),
    "POST /leads/{lead_id}/signals": Row(MEMBER, 201, SIGNAL),
    "GET /leads/{lead_id}/messages": Row(VIEWER),
    "POST /leads/{lead_id}/messages": Row(MEMBER, 201, {"channel": "email", "body": "Hello"}),
    "GET /leads/{lead_id}/outreach": Row(VIEWER),
    "GET /messages/{message_id}": Row(VIEWER),
    "PUT /messages/{message_id}": Row(MEMBER, body={"subject": "Closing the books"}),
    "DELETE /messages/{message_id}": Row(MEMBER),
    "GET /persons/{person_id}/export": Row(ADMIN),
    "DELETE /persons/{person_id}": Row(ADMIN),
    "GET /workspaces/{workspace_id}/budget": Row(VIEWER),
    "PUT /workspaces/{workspace_id}/budget": Row(ADMIN, body={"creditsPerMonth": 500}),
    "GET /workspaces/{workspace_id}/usage": Row(
        VIEWER, no_ids={"campaignId": "It filters within what the workspace itself spent."}
    ),
    "GET /workspaces/{workspace_id}/audit": Row(
        ADMIN, no_ids={"entityId": "It filters within the workspace's own log."}
    ),
    "GET /workspaces/{workspace_id}/discovery/history": Row(VIEWER, ids={"sessionId": "session_id"}),
    "GET /workspaces/{workspace_id}/discovery/sessions": Row(VIEWER),
    "GET /workspaces/{workspace_id}/discovery/sessions/{sid}": Row(VIEWER),
    "POST /workspaces/{workspace_id}/discovery/sessions/{sid}/complete": Row(MEMBER),
    "POST /workspaces/{workspace_id}/discovery/feedback": Row(
        VIEWER, 201, {"rating": 5}, ids={"sessionId": "session_id", "turnId": "turn_id"}
    ),
    "POST /workspaces/{workspace_id}/discovery/chat": CHAT,
    "POST /workspaces/{workspace_id}/discovery/chat/stream": CHAT,
    "GET /workspaces/{workspace_id}/discovery/chat/{sid}/stream": Row(VIEWER, 204),
    "POST /workspaces/{workspace_id}/discovery/chat/{sid}/stop": Row(
        MEMBER,
        body={},
        no_ids={
            "turnId": "It is only compared with the turn that runs in this session.",
            "messageId": "The client's own name of a message; only this caller's messages of this workspace have it.",
        },
    ),
    # The approval does not exist: whoever may answer is told that it is stale.
    "POST /workspaces/{workspace_id}/discovery/chat/{sid}/approvals/{approval_id}": Row(
        MEMBER, 409, {"approved": True}
    ),
    # Nothing was said in the conversation yet: whoever may ask is told so.
    "POST /workspaces/{workspace_id}/experiments/generate": Row(
        MEMBER, 409, {}, ids={"sessionId": "session_id"}
    ),
    "POST /workspaces/{workspace_id}/worldview/generate": Row(
        MEMBER, NO_MODEL, {"onboardingData": {"company": {"pitch": "We plan crews for harbour tugs."}}}
    ),
    "POST /ai/activity/analyze": Row(
        MEMBER, NO_MODEL, {"rawActivity": ["We plan crews by hand."]}, ids={"workspaceId": "workspace_id"}
    ),
    # Nobody answers at the address of this API's Wiza either.
    "POST /filters/optimize": Row(MEMBER, NO_MODEL, FILTERS, ids=FILTER_IDS),
    "POST /filters/regenerate": Row(MEMBER, NO_MODEL, {"text": "Heads of finance"}, ids=FILTER_IDS),
    "POST /experiments/{experiment_id}/filters/regenerate": Row(MEMBER, NO_MODEL, {}),
    "POST /leads/{lead_id}/generate-outreach": Row(
        MEMBER, 202, {"format": "email_cold"}, headers={"Prefer": "respond-async"}
    ),
    "POST /campaigns/{campaign_id}/outreach/generate": Row(
        MEMBER, 202, {}, ids={"leadIds": "lead_ids"}, no_ids=LEAD_FILTERS
    ),
    "POST /ai/outreach/generate": Row(MEMBER, NO_MODEL, {}, ids={"leadId": "lead_id"}),
    "POST /ai/outreach/generate/batch": Row(
        None,
        body=lambda things: {"leadIds": [things["lead_id"]]},
        no_ids={"leadIds": "Each lead is asked for as by itself; a foreign one is told as not there."},
    ),
    "POST /campaigns/{campaign_id}/leads/search": Row(
        MEMBER,
        202,
        {"filters": {"job_role": ["legal"]}, "limit": 5, "budget": 10},
        ids={"experimentId": "experiment_id"},
    ),
    "POST /leads/{lead_id}/enrich": Row(MEMBER, 202),
    "POST /campaigns/{campaign_id}/scale": Row(MEMBER, NO_FILTERS, {}),
    "POST /campaigns/{campaign_id}/leads/enrich": Row(
        MEMBER, 202, {}, ids={"leadIds": "lead_ids"}, no_ids=LEAD_FILTERS
    ),
    "POST /scrape/website": SCRAPE,
    "POST /scraper/website": SCRAPE,
    "POST /jobs/{job_id}/items/{item_id}/resolve": Row(MEMBER, body={"action": "drop"}),
    "GET /jobs/{job_id}": Row(VIEWER),
    "GET /jobs/{job_id}/events": Row(VIEWER, query={"seconds": "1"}),
    "GET /jobs/workspace/{workspace_id}": Row(VIEWER),
    "POST /jobs/{job_id}/cancel": Row(MEMBER),
}
