"""The data set that is shipped: as much, as varied and as honest as it claims to be; scored whole in seconds."""

import resource
import time
from pathlib import Path
from statistics import median

import pytest

from evals.dataset.conversation import Conversation
from evals.dataset.lint import lint
from evals.dataset.overlap import talk_grams, too_alike
from evals.dataset.reading import conversations
from evals.dataset.schema import SCHEMA_FILE, json_schema
from evals.runs.file import RunWriter, read_results
from evals.runs.scoring import new_head, score_recorded
from evals.runs.summary import summarise
from evals.scorers.sets import arms_of
from tools.experiments.rules import broken_rules
from tools.outreach.evidence import EvidencePacket
from tools.providers.wiza.filters import ProspectFilters

HARD_TO_TALK_TO = {
    "contradiction", "refusal", "digression", "second-language", "hostile", "hostile-then-helpful", "no-customers", "one-word",
}  # fmt: skip


@pytest.fixture(scope="module")
def data() -> list[Conversation]:
    return list(conversations())


def talks(data: list[Conversation]) -> list[Conversation]:
    return [case for case in data if case.suite in {"discovery", "safety"}]


def test_the_data_set_is_in_order() -> None:
    assert lint() == []


def test_there_are_sixty_talks_of_twelve_companies_and_most_are_long(data: list[Conversation]) -> None:
    found = talks(data)

    assert len(found) >= 60
    assert len({case.cluster for case in found}) >= 12
    assert median(len(case.turns) for case in found) >= 8


def test_no_two_talks_share_a_fifth_of_their_words(data: list[Conversation]) -> None:
    assert list(too_alike({case.id: talk_grams(case) for case in talks(data)}, 0.2)) == []


def test_fifteen_talks_are_hard_by_contradiction_refusal_digression_or_a_second_language(
    data: list[Conversation],
) -> None:
    plain = {"contradiction", "refusal", "digression", "second-language"}

    assert sum(bool(plain & set(case.tags)) for case in talks(data)) >= 15
    assert sum(bool(HARD_TO_TALK_TO & set(case.tags)) for case in talks(data)) >= 20


def test_every_line_says_where_it_comes_from_and_none_claims_production(data: list[Conversation]) -> None:
    assert {case.source.origin for case in data} == {"scripted", "sandbox"}
    for case in data:
        assert case.source.note
        if case.source.origin == "sandbox":
            assert "sandbox" in case.source.note
            assert "says nothing of a real model" in case.source.note.casefold()


def test_labels_that_are_shipped_were_made_by_no_person(data: list[Conversation]) -> None:
    assert all(label.made_by == "synthetic" for case in data for label in case.labels)


def test_there_is_a_hold_out_of_other_companies(data: list[Conversation]) -> None:
    parts = {split: [case for case in talks(data) if case.split == split] for split in ("dev", "holdout")}

    assert len(parts["holdout"]) >= 8
    assert not {case.cluster for case in parts["holdout"]} & {case.cluster for case in parts["dev"]}


def test_there_are_sixty_sentences_with_filters_the_search_knows(data: list[Conversation]) -> None:
    found = [case for case in data if case.suite == "filters"]

    assert sum(case.expect.filters is not None for case in found) >= 60
    for case in found:
        filters = case.setup.filters if case.expect.filters is None else case.expect.filters
        assert ProspectFilters.model_validate(filters).wire() == filters


def test_talks_go_on_after_their_set_and_some_begin_with_what_is_there(data: list[Conversation]) -> None:
    """What founders do after the five: keep, change, discuss, decline, delete; with results, pages, onboarding."""
    after = {tag for case in talks(data) for tag in case.tags}
    answers = [turn.approval.approved for case in talks(data) for turn in case.turns if turn.approval]

    assert {"accepts-set", "revises-set", "replaces-set", "discusses-results", "deletes"} <= after
    assert {True, False} <= set(answers)
    assert any(case.setup.pages for case in talks(data))
    assert any(saved.results for case in talks(data) for saved in case.setup.experiments)


def test_sets_that_are_written_by_hand_break_no_rule(data: list[Conversation]) -> None:
    for case in talks(data):
        sets = [turn.state["experiments"] for turn in case.turns if "experiments" in (turn.state or {})]
        for experiments in sets:
            assert broken_rules(arms_of(experiments)) == [], case.id


def test_there_are_forty_leads_with_packets_of_evidence(data: list[Conversation]) -> None:
    found = [case for case in data if case.suite == "outreach"]

    assert len(found) >= 40
    assert 5 <= sum(case.expect.decline is True for case in found) <= 20
    for case in found:
        assert EvidencePacket.model_validate(case.setup.packet).lead.name


def test_the_schema_file_is_the_one_of_the_models() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json_schema()


def test_all_of_it_is_scored_in_ten_seconds_of_one_core_and_bounded_memory(tmp_path: Path) -> None:
    path, began = tmp_path / "all.jsonl", time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writer = RunWriter(path, new_head("all", "all", cases=0, prompts={}))
    done = sum(1 for _ in score_recorded(conversations(), writer))
    writer.close()
    summary = summarise(read_results(path))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert time.process_time() - began < 10
    assert done == summary.samples >= 160
    assert grown < 80 * 1024, f"{grown} KiB"
    assert all(not metric.errors for metric in summary.metrics.values())
