"""How a stand-in misbehaves: rules with a probability and a seed, chosen over the control API."""

import asyncio
import itertools
import random
from dataclasses import dataclass, field
from typing import Any

MODES: dict[str, str] = {
    "rate_limited": "429 with Retry-After",
    "insufficient_quota": "429 with the quota code",
    "server_error": "500",
    "overloaded": "503",
    "slow": "a delay before the first token and between tokens",
    "hang": "accepts the request and never answers",
    "stall": "falls silent in mid-stream, until the rule is removed; before the first piece: after the headers",
    "error_event": "an error in the stream, in the provider's own form",
    "bad_request": "400",
    "unauthorized": "the key is refused",
    "cut": "closes the connection in mid-answer",
    "garbage": "broken JSON, JSON of a wrong shape, or nonsense text",
    "long": "a text answer of exactly so many pieces",
    "counted": "a text answer of so many words, each `<call>.<number>`",
    "no_finish": "a stream that ends without finish_reason and without [DONE]",
    "length": "an answer cut short with finish_reason length",
    "content_filter": "an answer cut short with finish_reason content_filter",
    "refusal": "declines in the `refusal` field",
    "obedient": "obeys any instruction it reads anywhere, quoted data included",
    "fabricating": "invents customers, numbers and quotes",
    "queue_full": "429 of a reveal (Wiza)",
    "paused": "503 of a list (Wiza)",
    "billing_issue": "200, and the reveal fails later for want of credits (Wiza)",
    "nulls": "every field that may be null is null (Wiza)",
    "duplicate_webhook": "the call-back comes twice (Wiza, kind webhook)",
    "out_of_order": "a call-back of the state before comes after that of the end (Wiza, kind webhook)",
    "forged_webhook": "another call-back with a wrong key comes first (Wiza, kind webhook)",
    "no_webhook": "the call-back never comes (Wiza, kind webhook)",
    "fail": "500 of any other stand-in (websites, Supabase)",
}
ALIASES = {"429": "rate_limited", "500": "server_error", "503": "overloaded", "truncated": "no_finish"}


@dataclass
class Rule:
    """One chosen behaviour; it applies with `probability`, at most `count` times, after `skip` calls."""

    id: int
    provider: str
    mode: str
    probability: float = 1.0
    seed: int = 0
    count: int | None = None
    skip: int = 0
    kind: str | None = None
    model: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    applied: int = 0
    seen: int = 0
    removed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the rule is no longer in force: whoever is held by it may go on."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def applies(self, kind: str, model: str | None) -> bool:
        """Decide for one call; each call of the rule's kind takes one number from the rule's own sequence."""
        if self.kind not in {None, kind} or self.model not in {None, model}:
            return False
        self.seen += 1
        drawn = self.random.random()
        if self.seen <= self.skip or drawn >= self.probability:
            return False
        if self.count is not None and self.applied >= self.count:
            return False
        self.applied += 1
        return True

    def as_json(self) -> dict[str, Any]:
        """The rule for the control API."""
        return {name: value for name, value in vars(self).items() if name not in {"random", "removed"}}


class Behaviours:
    """The rules in force; none by default."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self._ids = itertools.count(1)

    def add(self, wanted: dict[str, Any]) -> Rule:
        """Put a rule in force. Raises ValueError for an unknown mode or field value."""
        wanted = dict(wanted)
        mode = str(wanted.pop("mode", ""))
        mode = ALIASES.get(mode, mode)
        if mode not in MODES:
            raise ValueError(f"Unknown mode {mode!r}; known: {', '.join(MODES)}.")
        known = {
            name: wanted.pop(name)
            for name in ("probability", "seed", "count", "skip", "kind", "model")
            if name in wanted
        }
        rule = Rule(next(self._ids), str(wanted.pop("provider", "openai")), mode, **known, options=wanted)
        self.rules.append(rule)
        return rule

    def remove(self, rule_id: int | None = None, provider: str | None = None) -> None:
        """Take one rule out of force, or all of a provider, or all."""
        kept = [
            rule
            for rule in self.rules
            if (rule_id is not None and rule.id != rule_id)
            or (provider is not None and rule.provider != provider)
        ]
        for rule in self.rules:
            if rule not in kept:
                rule.removed.set()
        self.rules = kept

    def choose(self, provider: str, kind: str, model: str | None = None) -> dict[str, Rule]:
        """The behaviours of this one call, by mode."""
        return {
            rule.mode: rule for rule in self.rules if rule.provider == provider and rule.applies(kind, model)
        }
