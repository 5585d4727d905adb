"""Suggestions with the real pipeline: a person decides, and what was decided is not asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nlp.pipeline import Pipeline, load
from workbench.core.entities import Proposal, Source
from workbench.errors import Refusal
from workbench.services import (
    checking,
    codebook,
    coding,
    history,
    importing,
    projects,
    regions,
    sources,
    suggesting,
    texts,
)
from workbench.store import journal
from workbench.store.project import Project
from workbench.store.queries import suggestions as store

TEXT = """Intervjuer: Hvordan er boligsituasjonen?

Kari: Vi har akuttovernatting for ni personer, og botilbudet er fullt. Folk blir boende i flere måneder.

Intervjuer: Og økonomien?

Kari: Tilskuddet er øremerket i to år. Så vet ingen noe.
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


@pytest.fixture
def studied(tmp_path: Path) -> Iterator[Project]:
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari Koder", codebook="rusfeltet")
    project.connection.execute("PRAGMA synchronous = OFF")
    file = tmp_path / "intervju.txt"
    file.write_text(TEXT, encoding="utf-8")
    importing.save(project, importing.read_file(file), importing.SourceFacts())
    yield project
    assert checking.check(project).problems == ()
    project.close()


@pytest.fixture
def run(studied: Project, pipeline: Pipeline) -> Callable[[], list[Proposal]]:
    def suggest() -> list[Proposal]:
        suggesting.run(studied, pipeline=pipeline)
        return suggesting.list_proposals(studied, status="pending")

    return suggest


def _source(project: Project) -> Source:
    return sources.list_sources(project)[0]


def test_a_suggestion_says_where_why_and_by_what(studied: Project, run: Any, pipeline: Pipeline) -> None:
    text = sources.show_source(studied, _source(studied)).text
    found = run()
    assert len(found) >= 2
    for each in found:
        assert each.text == text[each.start : each.end]
        assert all(each.start <= start < end <= each.end for start, end in each.because)
        assert each.pipeline == pipeline.identity
        assert 0 < each.score <= 1
        assert each.status == "pending"
    assert coding.list_codings(studied) == []


def test_running_again_changes_nothing(studied: Project, run: Any) -> None:
    heads = journal.heads(studied.connection)
    assert run() == run()
    assert journal.heads(studied.connection) == heads
    assert suggesting.is_current(studied, _source(studied))


def test_a_rejected_one_does_not_come_back(studied: Project, run: Any) -> None:
    first, *rest = run()
    suggesting.reject(studied, first)
    elsewhere = [each for each in rest if each.code != first.code or each.start >= first.end]
    assert suggesting.list_proposals(studied, status="pending") == elsewhere
    assert not any(each.code == first.code and each.start < first.end and first.start < each.end for each in run())
    assert [each.id for each in suggesting.list_proposals(studied, status="rejected")] == [first.id]
    assert coding.list_codings(studied) == []
    history.undo(studied)
    assert run() == [first, *rest]


def test_an_undone_rejection_is_pending_again_at_once(studied: Project, run: Any) -> None:
    found = run()
    suggesting.reject(studied, found[0])
    history.undo(studied)
    assert suggesting.list_proposals(studied) == found
    assert suggesting.is_current(studied, _source(studied))


def test_what_is_decided_makes_suggestions_out_of_date(studied: Project, run: Any) -> None:
    first, second, *_ = run()
    for act in (lambda: suggesting.reject(studied, first), lambda: suggesting.accept(studied, second)):
        assert suggesting.is_current(studied, _source(studied))
        act()
        assert not suggesting.is_current(studied, _source(studied))
        history.undo(studied)
    assert suggesting.is_current(studied, _source(studied))


def test_an_accepted_one_is_the_coders_own_and_says_where_it_came_from(studied: Project, run: Any) -> None:
    first = run()[0]
    made = suggesting.accept(studied, first)
    assert (made.start, made.end, made.code, made.coder) == (first.start, first.end, first.code, "Kari Koder")
    assert (made.origin, made.suggestion) == ("suggestion", first.id)
    assert first.id not in {each.id for each in run()}


def test_accepting_with_other_bounds(studied: Project, run: Any) -> None:
    first = run()[0]
    with pytest.raises(Refusal, match="utenfor"):
        suggesting.accept(studied, first, start=0, end=10_000)
    made = suggesting.accept(studied, first, start=first.start + 1, end=first.end - 1)
    assert (made.start, made.end) == (first.start + 1, first.end - 1)
    assert first.id not in {each.id for each in run()}


def test_a_decided_one_is_not_decided_again(studied: Project, run: Any) -> None:
    """The value a screen holds may be older than the decision."""
    first = run()[0]
    suggesting.reject(studied, first)
    (rejected,) = suggesting.list_proposals(studied, status="rejected")
    heads = journal.heads(studied.connection)
    for held in (first, rejected):
        with pytest.raises(Refusal, match="alt"):
            suggesting.accept(studied, held)
    assert journal.heads(studied.connection) == heads


def test_a_corrected_text_drops_suggestions_and_carries_verdicts(studied: Project, run: Any) -> None:
    first, second, *_ = run()
    suggesting.reject(studied, first)
    texts.correct_typo(studied, _source(studied), 0, 0, "Her begynner det.\n\n")
    assert suggesting.list_proposals(studied, status="pending") == []
    assert not suggesting.is_current(studied, _source(studied))
    (moved,) = suggesting.list_proposals(studied, status="rejected")
    assert (moved.text, moved.start) == (first.text, first.start + len("Her begynner det.\n\n"))
    with pytest.raises(Refusal, match="gjelder ikke lenger"):
        suggesting.accept(studied, second)
    again = run()
    assert again
    assert not any(each.code == moved.code and each.start < moved.end and each.end > moved.start for each in again)


def test_what_was_proposed_for_a_text_since_left_is_not_shown(studied: Project, run: Any) -> None:
    """A run may end after somebody has corrected the text it read."""
    run()
    rows = studied.connection.execute("SELECT * FROM suggestion").fetchall()
    source = _source(studied)
    texts.correct_typo(studied, source, 0, 0, "Først. ")
    with studied.derive() as connection:
        store.replace(connection, source.id, rows)
    assert suggesting.list_proposals(studied, status="pending") == []


def test_no_suggestions_are_left_for_a_deleted_source(studied: Project, run: Any) -> None:
    found = run()
    sources.delete_source(studied, _source(studied))
    assert suggesting.list_proposals(studied) == []
    with pytest.raises(Refusal):
        suggesting.find_proposal(studied, found[0].id)
    history.undo(studied)
    assert suggesting.list_proposals(studied) == found


@pytest.mark.parametrize("verb", [codebook.retire_code, codebook.remove_code])
def test_no_suggestions_are_left_for_a_code_out_of_use(studied: Project, run: Any, verb: Any) -> None:
    first = run()[0]
    verb(studied, first.code)
    assert first.code not in {each.code for each in suggesting.list_proposals(studied)}
    with pytest.raises(Refusal):
        suggesting.accept(studied, first)


def test_no_suggestions_are_left_or_come_for_a_folder(studied: Project, run: Any) -> None:
    first = run()[0]
    codebook.set_code(studied, first.code, folder=True)
    assert first.code not in {each.code for each in suggesting.list_proposals(studied)}
    with pytest.raises(Refusal):
        suggesting.accept(studied, first)
    assert run() and first.code not in {row[0] for row in studied.connection.execute("SELECT code FROM suggestion")}


def test_suggestions_of_a_merged_code_are_the_others(studied: Project, run: Any) -> None:
    first = run()[0]
    target = codebook.add_code(studied, "Mål")
    codebook.merge_codes(studied, first.code, into=target.id)
    (now,) = [each for each in suggesting.list_proposals(studied) if each.id == first.id]
    assert now.slug == "maal" or now.code == target.id
    assert suggesting.accept(studied, now).code == target.id


def test_a_cancelled_run_stops_before_the_next_source(studied: Project, pipeline: Pipeline) -> None:
    assert suggesting.run(studied, pipeline=pipeline, cancelled=lambda: True) == 0
    assert suggesting.list_proposals(studied) == []


def test_a_codebook_without_signals_is_refused(project: Project, pipeline: Pipeline) -> None:
    with pytest.raises(Refusal, match="signaler"):
        suggesting.run(project, pipeline=pipeline)


def test_suggestions_are_off_until_switched_on(studied: Project, run: Any) -> None:
    source = _source(studied)
    run()
    assert not suggesting.is_shown(studied, source)
    suggesting.set_shown(studied, source, shown=True)
    run()
    assert suggesting.is_shown(studied, source)


def test_nothing_is_proposed_in_what_is_closed(studied: Project, run: Any) -> None:
    found = run()
    source = _source(studied)
    closing = regions.mark(studied, source, found[0].start, found[0].end, "other")
    left = suggesting.list_proposals(studied, status="pending")
    assert [each.id for each in left] == [each.id for each in found if each.start >= found[0].end]
    with pytest.raises(Refusal, match="stengt"):
        suggesting.accept(studied, found[0])
    assert not suggesting.is_current(studied, source)
    run()
    regions.set_codable(studied, [closing], codable=True)
    # What was closed when the machine read it, has not been stored.
    assert found[0].id not in {each.id for each in suggesting.list_proposals(studied, status="pending")}
    assert not suggesting.is_current(studied, source)
