"""A company as its founder knows it: facts, onboarding, what the founder says, all of one mind and in one language."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Customer:
    """A paying customer and what a person there said, verbatim."""

    name: str
    person: str
    role: str
    size: str
    problem: str
    quote: str
    outcome: str


@dataclass(frozen=True)
class Company:
    """A generated company. `facts` holds every fact by name, each exactly as answers, onboarding and pages say it."""

    seed: int
    language: str
    name: str
    host: str
    facts: dict[str, str]
    customers: tuple[Customer, ...]
    words_used: tuple[str, ...]
    words_never_used: tuple[str, ...]
    voice_samples: tuple[str, ...]
    signals: tuple[str, ...]
    answers: tuple[str, ...]
    """What the founder says in a talk, turn by turn."""
    ask_for_experiments: str
    distinctive: tuple[str, ...]
    """Names and phrases that nobody writes without having read of this company."""

    @property
    def url(self) -> str:
        """The address of the home page."""
        return f"http://{self.host}/"

    def onboarding(self) -> Json:
        """The onboarding form as the founder would have filled it in."""
        facts = self.facts
        return {
            "foundingStory": {"triggerMoment": facts["moment"], "founderRole": "CEO"},
            "company": {
                "companyName": self.name,
                "website": self.url,
                "companyType": "software",
                "oneSentencePitch": facts["pitch"],
                "beforeState": facts["pain"],
                "afterState": self.customers[0].outcome,
                "price": facts["price"],
            },
            "customerEvidence": {
                "hasPayingCustomers": True,
                "bestCustomers": [self._customer(customer) for customer in self.customers],
                "lostCustomers": facts["alternative"],
            },
            "worldview": {
                "customerMetaphors": facts["metaphor"],
                "customerFrustration": facts["situation"],
                "onePhraseWorld": facts["conviction"],
            },
            "voice": {
                "contentExamples": list(self.voice_samples),
                "wordsUsed": list(self.words_used),
                "wordsNeverUsed": list(self.words_never_used),
                "emojiUsage": "none",
            },
            "goToMarket": {facts["channelKind"]: facts["channel"]},
            "success": {"customerGoal": facts["goal"], "timelinePressure": facts["limit"]},
        }

    def as_json(self) -> Json:
        """Everything, for the control API."""
        return {
            "seed": self.seed,
            "language": self.language,
            "name": self.name,
            "host": self.host,
            "url": self.url,
            "facts": self.facts,
            "customers": [vars(customer) for customer in self.customers],
            "onboarding": self.onboarding(),
            "answers": list(self.answers),
            "talk": list(self.answers),
            "askForExperiments": self.ask_for_experiments,
            "distinctive": list(self.distinctive),
        }

    def _customer(self, customer: Customer) -> Json:
        return {
            "name": customer.name,
            "role": customer.role,
            "companySize": customer.size,
            "industry": self.facts["industry"],
            "statedProblem": customer.problem,
            "signals": list(self.signals),
            "quote": customer.quote,
            "outcomes": [customer.outcome],
        }
