"""What one Wiza account has: credits, reveals and lists that take a moment, and a count of charges per call key."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.wiza.people import Human, people
from tests.sandbox.wiza.records import Json, contact, credits_of, reveal

QUEUE = 1000
"""Five reveals at once, and a queue of 200 times that."""


@dataclass
class Work:
    """A reveal or a list that was started. `ready_at` is when it is done."""

    id: int | str
    key: str
    call_key: str
    level: str
    humans: list[Human]
    ready_at: float
    callback: str | None
    name: str = ""
    fail_error: str | None = None
    filters: Json | None = None
    offset: int = 0
    credits: Json = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Its time has passed."""
        return time.time() >= self.ready_at


class Account:
    """Everything since the last reset."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """A full account, no work, nothing charged."""
        self.credits = 1_000_000.0
        self.delay = 0.05
        self.reveals: dict[int, Work] = {}
        self.lists: dict[int, Work] = {}
        self.charges: Counter[str] = Counter()
        self.starts: Counter[str] = Counter()
        self.charged: dict[str, float] = {}
        self.webhooks: list[Json] = []

    def charge(self, call_key: str, amount: float) -> None:
        """Take credits; calls without a key count together under the empty one."""
        if amount:
            self.credits -= amount
            self.charges[call_key] += 1
            self.charged[call_key] = self.charged.get(call_key, 0.0) + amount

    def start(self, shelf: dict[int, Work], work: Work) -> Work:
        """Keep a reveal or list; what it costs is taken now and told when it is done."""
        self.starts[work.call_key] += 1
        shelf[int(work.id)] = work
        totals: Counter[str] = Counter()
        for human in work.humans:
            totals.update(credits_of(human, work.level)["api_credits"])
        if totals["total"] > self.credits:
            work.fail_error = "billing_issue"
            totals.clear()
        names = ("email_credits", "phone_credits", "scrape_credits", "total")
        work.credits = {"api_credits": {name: totals[name] for name in names}}
        self.charge(work.call_key, float(totals["total"]))
        return work

    def as_json(self) -> Json:
        """For the control API."""
        return {
            "credits": self.credits,
            "delay": self.delay,
            "charges": dict(self.charges),
            "charged": self.charged,
            "starts": dict(self.starts),
            "webhooks": self.webhooks,
        }


def find(identity: Json) -> list[Human]:
    """The person of a reveal: by profile, e-mail, or name with company or domain. Nobody: an empty list."""
    url, email = str(identity.get("profile_url") or ""), str(identity.get("email") or "").lower()
    slug = url.rstrip("/").rpartition("/")[2].lower()
    if slug or email:
        tail = (slug or email.partition("@")[0]).replace("-", ".").rpartition(".")[2]
        human = people()[int(tail)] if tail.isdigit() and int(tail) < len(people()) else None
        return [human] if human and (human.slug == slug or human.email == email) else []
    name, where = (
        str(identity.get("full_name") or "").lower(),
        identity.get("company") or identity.get("domain"),
    )
    return [
        human
        for human in people()
        if f"{human.first} {human.last}".lower() == name and where in {human.firm.name, human.firm.domain}
    ][:1]


def reveal_answer(work: Work, *, nulls: bool = False) -> Json:
    """The envelope of a reveal as GET and the call-back tell it."""
    data: dict[str, Any] = {"id": work.id, "enrichment_level": work.level, "is_complete": work.ready}
    failed = work.fail_error or (None if work.humans else "not_found")
    if not work.ready:
        data["status"] = "queued" if time.time() < work.ready_at - 0.02 else "resolving"
    elif failed:
        data |= {"status": "failed", "fail_error": failed, "credits": work.credits}
    else:
        said = reveal(work.humans[0], work.level)
        if nulls:
            said = {name: [] if isinstance(value, list) else None for name, value in said.items()}
        data |= {"status": "finished", **said, "credits": work.credits}
    return {"status": {"code": 200, "message": ""}, "type": "individual_reveal", "data": data}


def list_answer(work: Work) -> Json:
    """The envelope of a list."""
    done = work.ready
    status = ("failed" if work.fail_error else "finished") if done else "processing"
    data = {
        "id": work.id,
        "name": work.name,
        "status": status,
        "stats": {"people": len(work.humans), "credits": work.credits if done else None},
        "created_at": _moment(work.ready_at - 1),
        "finished_at": _moment(work.ready_at) if done else None,
        "enrichment_level": work.level,
        "report_type": "people",
    }
    if work.fail_error and done:
        data["fail_error"] = work.fail_error
    return {"status": {"code": 200, "message": ""}, "type": "list", "data": data}


def contacts(work: Work, segment: str) -> list[Json]:
    """The contacts of a finished list in one segment."""
    rows = [contact(human, work.level, work.name) for human in work.humans]
    return rows if segment == "people" else [row for row in rows if row["email_status"] == segment]


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
