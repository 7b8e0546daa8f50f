"""A workspace to begin with, made through the API like anybody's."""

import httpx

EMAIL = "founder@northwind-robotics.example"
PASSWORD = "development-only"
WORKSPACE = "Sample workspace"

ONBOARDING = {
    "foundingStory": {
        "triggerMoment": "Watched a warehouse stop for six hours over one failed conveyor bearing."
    },
    "company": {
        "companyName": "Northwind Robotics",
        "companyType": "software",
        "oneSentencePitch": "Northwind Robotics predicts conveyor failures in warehouses two weeks ahead.",
        "beforeState": "Maintenance teams learn of a failing bearing when the line stops.",
        "afterState": "They change the bearing on a quiet Sunday, because a sensor told them two weeks before.",
        "price": "18,000 euros a year for each site",
    },
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [
            {
                "name": "Hallstadt Logistics",
                "role": "Head of maintenance",
                "industry": "contract logistics",
                "companySize": "400 people",
                "statedProblem": "Unplanned stops cost us 9,000 euros an hour.",
                "quote": "I want to sleep on Black Friday.",
            }
        ],
    },
    "voice": {"wordsUsed": ["downtime", "quiet Sunday"], "wordsNeverUsed": ["revolutionary", "synergy"]},
}


def sign_in(supabase_url: str) -> str:
    """An access token of the sample founder, whose account is made at the first start."""
    credentials = {"email": EMAIL, "password": PASSWORD, "data": {"full_name": "Nora Winter"}}
    with httpx.Client(base_url=f"{supabase_url}/auth/v1", timeout=10, trust_env=False) as client:
        client.post("/signup", json=credentials)
        answer = client.post("/token", params={"grant_type": "password"}, json=credentials).raise_for_status()
    return str(answer.json()["access_token"])


def sample_workspace(api_url: str, token: str) -> int:
    """The id of the sample workspace; it is made and its onboarding saved unless an earlier start did."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=api_url, headers=headers, timeout=10, trust_env=False) as client:
        workspaces = client.get("/workspaces").raise_for_status().json()["data"]
        for workspace in workspaces:
            if workspace["name"] == WORKSPACE:
                return int(workspace["id"])
        made = client.post("/workspaces", json={"name": WORKSPACE}).raise_for_status().json()["data"]
        client.put(f"/workspaces/{made['id']}/onboarding", json={"data": ONBOARDING}).raise_for_status()
        return int(made["id"])
