"""Batches are read at once, as each lead would be read by itself; one broken lead does not refuse the others."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tools.leads.batch import ALL_AT_ONCE, MAX_BATCH, BrokenLead, LeadBatch, said_of
from tools.leads.inserting import KINDS
from tools.leads.schemas import LeadCreate

TEXT = st.text(alphabet="aé ß@.\t", max_size=12)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "fullName": st.one_of(TEXT, st.none(), st.just("a" * 256)),
    "jobTitle": st.one_of(TEXT, st.none(), st.just("a" * 256), st.integers()),
    "email": st.one_of(st.just(" ada@engines.example "), TEXT, st.none()),
    "relevanceScore": st.one_of(st.integers(-2, 102), st.booleans(), st.just("5"), st.just(5.0), st.none()),
    "relevanceReasons": st.one_of(
        st.lists(TEXT, max_size=3), st.lists(st.integers(), min_size=1, max_size=2)
    ),
    "enrichmentData": st.one_of(st.dictionaries(TEXT, st.integers(), max_size=2), TEXT, st.none()),
    "full_name": TEXT,
    "phone": st.one_of(TEXT, st.just("1" * 51)),
    "unknown": st.just(1),
}
LEADS = st.fixed_dictionaries({}, optional=VALUES)


def alone(lead: Any) -> dict[str, Any] | None:
    """What a lead says, read by itself; None when it is none."""
    try:
        return dict(vars(LeadCreate.model_validate(lead)))
    except ValidationError:
        return None


@given(st.lists(LEADS, min_size=1, max_size=3))
def test_a_batch_says_what_its_leads_say_one_by_one(leads: list[dict[str, Any]]) -> None:
    everything = dict.fromkeys(LeadCreate.model_fields)
    read = [said_of(item) for item in LeadBatch.model_validate({"leads": leads}).items]
    assert [said if said is None else {**everything, **said} for said in read] == [
        alone(lead) for lead in leads
    ]


def test_good_leads_are_read_as_mappings_without_a_model_each() -> None:
    leads = [{"fullName": " Ada ", "enrichmentData": {"n": 1}}] * 3
    assert ALL_AT_ONCE.validate_python(leads) == [{"full_name": "Ada", "enrichment_data": {"n": 1}}] * 3
    assert not any(isinstance(item, LeadCreate) for item in LeadBatch.model_validate({"leads": leads}).items)


def test_of_a_batch_with_a_broken_lead_the_others_are_read_and_it_is_named() -> None:
    first, second, third, fourth = LeadBatch.model_validate(
        {"leads": [{"fullName": "Ada"}, {"fullName": 5}, 7, {"fullName": "a\x00"}]}
    ).items
    assert isinstance(first, LeadCreate)
    assert isinstance(second, BrokenLead)
    assert second.errors[0]["pointer"] == "/fullName"
    assert isinstance(third, BrokenLead)
    assert third.errors[0]["pointer"] == ""
    assert said_of(fourth) is None


@pytest.mark.parametrize("leads", [[], None, "leads", [{"fullName": "Ada"}] * (MAX_BATCH + 1)])
def test_what_is_no_batch_is_refused(leads: Any) -> None:
    with pytest.raises(ValidationError):
        LeadBatch.model_validate({"leads": leads})


def test_all_that_a_lead_may_say_goes_in() -> None:
    assert set(LeadCreate.model_fields) | {"linkedin_key", "email_key", "company_key"} == set(KINDS)
