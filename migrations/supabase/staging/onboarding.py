"""Onboarding answers: from one JSON document, or a column for each field, to the same document in camelCase.

A known field goes into its section wherever it stood; a known section keeps what else it holds; all other fields stay at
the top, under their name in camelCase. Nothing is dropped: of two values for one place the later keeps its own name.
"""

import re
from collections.abc import Mapping
from typing import Any

FIELDS: dict[str, tuple[str, ...]] = {
    "foundingStory": ("triggerMoment", "founderRole", "teamSize", "stage", "fundingType", "runway"),
    "company": (
        *(
            "companyName",
            "website",
            "linkedin",
            "companyType",
            "oneSentencePitch",
            "beforeState",
            "afterState",
        ),
        *("price", "salesCycle", "decisionProcess"),
    ),
    "customerEvidence": ("hasPayingCustomers", "bestCustomers", "lostCustomers"),
    "worldview": ("customerMetaphors", "customerPride", "customerFrustration", "onePhraseWorld"),
    "voice": ("contentExamples", "startMessages", "endMessages", "wordsUsed", "wordsNeverUsed", "emojiUsage"),
    "goToMarket": (
        "coldEmailStats",
        "linkedinStats",
        "inboundStats",
        "listSize",
        "listSource",
        "listQuality",
    ),
    "success": (
        *("revenueGoal", "customerGoal", "keyMetric", "timelinePressure", "goodMeetingDefinition"),
        "quitConditions",
    ),
    "services": (),
}
SECTION_OF = {field: section for section, fields in FIELDS.items() for field in fields}
OLD_SECTIONS = {
    "founding": "foundingStory",
    "story": "foundingStory",
    "companyInfo": "company",
    "customers": "customerEvidence",
    "gtm": "goToMarket",
    "successMetrics": "success",
    "servicesExtras": "services",
}
GENERATED = {
    "websiteScrape": "website_scrape",
    "faviconUrl": "favicon_url",
    "worldviewFull": "worldview_full",
}
"""What the product made itself keeps the names under which the former front end reads it."""
SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def document(data: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of one workspace, of its JSON (None: there is none) and of its further columns."""
    sections: dict[str, Any] = {}
    given = data if isinstance(data, dict) else {} if data is None else {"imported": data}
    for name, value in [*given.items(), *columns.items()]:
        if value is not None:
            _place(sections, camel(name), value)
    return sections


def camel(name: str) -> str:
    """`snake_case` as camelCase; names of another kind (addresses, sentences) stay as they are."""
    if not SNAKE.fullmatch(name):
        return name
    first, *others = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def camelled(value: Any) -> Any:
    """A value with all its keys in camelCase."""
    if isinstance(value, list):
        return [camelled(item) for item in value]
    if not isinstance(value, dict):
        return value
    renamed: dict[str, Any] = {}
    for key, item in value.items():
        name = camel(key)
        renamed[key if name in renamed else name] = camelled(item)
    return renamed


def _place(sections: dict[str, Any], name: str, value: Any) -> None:
    """Put one field or section where it belongs."""
    if name in GENERATED:
        sections.setdefault(GENERATED[name], value)
        return
    section = OLD_SECTIONS.get(name, name)
    if section in FIELDS and isinstance(value, dict):
        for field, item in camelled(value).items():
            _keep(_section(sections, section), field, item)
    elif name in SECTION_OF:
        _keep(_section(sections, SECTION_OF[name]), name, camelled(value))
    else:
        _keep(sections, name, camelled(value))


def _section(sections: dict[str, Any], name: str) -> dict[str, Any]:
    """A section to put fields into; what stood there alone becomes its field `imported`."""
    found = sections.get(name)
    if not isinstance(found, dict):
        found = sections[name] = {} if found is None else {"imported": found}
    return found


def _keep(into: dict[str, Any], name: str, value: Any) -> None:
    """Set a field; a second, different value for it gets a name of its own."""
    free = name
    while free in into and into[free] != value:
        free += "_"
    into[free] = value
