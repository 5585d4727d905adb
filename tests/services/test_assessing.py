"""How good suggestions are is told from what the team itself has decided."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nlp.learning.crossval import ENOUGH
from nlp.pipeline import Pipeline, load
from workbench.services import assessing, coding, history, importing, projects, reading, sources, suggesting
from workbench.services.codebook import find_code, retire_code
from workbench.services.importing import SourceFacts
from workbench.services.learning import Learner
from workbench.store import journal
from workbench.store.project import Project

BOOK = """\
name: prøve
codes:
  - slug: bolig
    name: Bolig
    signals:
      - name: bolig
        parts: [bolig]
    codes:
      - slug: natt
        name: Natt
  - slug: penger
    name: Penger
"""
WITH = "Her er det altfor få boliger til alle som trenger det."
WITHOUT = "Nå regner det på taket og over hele byen igjen."

Mark = Callable[..., None]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load("blank")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Three reports with as many sentences with the code as without, coded to the end."""
    book = tmp_path / "bok.yaml"
    book.write_text(BOOK, encoding="utf-8")
    made = projects.create(tmp_path / "p.kodebenk", coder="Kari Koder", codebook=str(book))
    made.connection.execute("PRAGMA synchronous = OFF")
    for name in ("a", "b", "c"):
        file = tmp_path / f"{name}.txt"
        file.write_text(f"Rapport {name}.\n" + f"{WITH} {WITHOUT}\n" * ENOUGH, encoding="utf-8")
        importing.save(made, importing.read_file(file), SourceFacts(kind="report", date="ukjent"))
    yield made
    made.close()


@pytest.fixture
def mark(study: Project) -> Mark:
    """A function that codes every sentence that reads so in the first sources, and says that they are finished."""

    def code(words: str, slug: str, *, number: int = 3, done: bool = True) -> None:
        for source in sources.list_sources(study)[:number]:
            text, start = sources.show_source(study, source).text, 0
            while (start := text.find(words, start)) >= 0:
                coding.apply_code(study, source, start, start + len(words), find_code(study, slug))
                start += len(words)
            if done:
                reading.set_status(study, source, "finished")

    return code


def assess(project: Project, pipeline: Pipeline) -> assessing.Assessment:
    return assessing.assess(project, Learner(pipeline))


def test_where_nothing_is_decided_there_is_nothing_to_tell(study: Project, pipeline: Pipeline) -> None:
    found = assess(study, pipeline)
    assert (found.codes, found.finished, found.decided_in) == ([], 0, 0)
    assert found.drawn == assessing.Drawn(judged=0, with_code=0, low=0.0, high=1.0)


def test_suggestions_that_always_hold_have_full_marks(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "bolig")
    found = assess(study, pipeline)
    (told,) = found.codes
    assert (found.finished, found.decided_in) == (3, 3)
    assert (told.code, told.sources, told.with_code, told.units) == ("bolig", 3, 3 * ENOUGH, 3 * (2 * ENOUGH + 1))
    assert (told.precision, told.recall, told.f1, told.silent, told.is_enough) == (1.0, 1.0, 1.0, False, True)
    assert told.reading is not None
    assert told.reading < 0.6
    assert told.calibration is not None
    assert 0 <= told.calibration < 0.5


def test_too_few_places_give_no_figures(study: Project, pipeline: Pipeline) -> None:
    source = sources.list_sources(study)[0]
    text = sources.show_source(study, source).text
    places = [place for place in range(len(text)) if text.startswith(WITHOUT, place)]
    for start in places[: ENOUGH - 1]:
        coding.apply_code(study, source, start, start + len(WITHOUT), find_code(study, "penger"))
    reading.set_status(study, source, "finished")
    (told,) = assess(study, pipeline).codes
    assert (told.with_code, told.is_enough, told.silent) == (ENOUGH - 1, False, False)
    assert (told.precision, told.recall, told.f1, told.calibration, told.reading) == (None,) * 5


def test_codes_above_those_decided_about_are_told_of_too(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "natt")
    assert [each.code for each in assess(study, pipeline).codes] == ["bolig", "natt"]
    retire_code(study, find_code(study, "natt").id)
    assert "natt" not in [each.code for each in assess(study, pipeline).codes]


def test_without_finished_texts_only_what_was_rejected_says_no(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "bolig", done=False)
    found = assess(study, pipeline)
    (told,) = found.codes
    assert (found.finished, found.decided_in) == (0, 3)
    assert (told.units, told.with_code, told.is_enough, told.f1) == (3 * ENOUGH, 3 * ENOUGH, False, None)


def test_sources_that_nothing_is_said_in_are_not_counted(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "bolig", number=2)
    found = assess(study, pipeline)
    assert (found.finished, found.decided_in, found.codes[0].sources) == (2, 2, 2)


def test_assessing_changes_nothing(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "bolig")
    heads = journal.heads(study.connection)
    first = assess(study, pipeline)
    assert assess(study, pipeline) == first
    assert journal.heads(study.connection) == heads
    assert suggesting.list_proposals(study) == []


def test_a_learner_that_has_learnt_already_judges_the_same(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    learner = Learner(pipeline)
    suggesting.run(study, learner=learner)
    mark(WITH, "bolig")
    held, new = assessing.assess(study, learner), assess(study, pipeline)
    assert held == new


def test_it_tells_how_far_it_has_come_and_stops(study: Project, pipeline: Pipeline, mark: Mark) -> None:
    mark(WITH, "natt")
    steps: list[tuple[int, int, str]] = []
    assessing.assess(study, Learner(pipeline), progress=lambda *step: steps.append(step))
    assert [step for step in steps if step[2] in ("bolig", "natt")] == [(0, 2, "bolig"), (1, 2, "natt")]
    learner = Learner(pipeline)
    learner.read(study, ())
    calls = itertools.count()
    assert len(assessing.assess(study, learner, cancelled=lambda: next(calls) > 2).codes) < 2


class TestDrawnByLot:
    @pytest.fixture(autouse=True)
    def _decided(self, study: Project, pipeline: Pipeline, mark: Mark) -> None:
        mark(WITH, "bolig", number=1)
        suggesting.run(study, pipeline=pipeline)

    def test_each_round_draws_a_place_in_some_sources(self, study: Project) -> None:
        drawn = [each for each in suggesting.list_proposals(study) if each.method == "random"]
        assert 0 < len(drawn) <= suggesting.DRAWN
        assert len({each.source for each in drawn}) == len(drawn)
        assert all(each.reasons == () and each.rule == "" for each in drawn)
        others = [each for each in suggesting.list_proposals(study) if each.method != "random"]
        assert not any(
            one.source == other.source and one.start < other.end and other.start < one.end
            for one in drawn
            for other in others
        )

    def test_the_same_places_until_something_more_is_decided(self, study: Project, pipeline: Pipeline) -> None:
        before = suggesting.list_proposals(study)
        suggesting.run(study, pipeline=pipeline)
        assert suggesting.list_proposals(study) == before

    def test_what_people_say_of_them_is_counted(self, study: Project, pipeline: Pipeline) -> None:
        first, *rest = (each for each in suggesting.list_proposals(study) if each.method == "random")
        suggesting.accept(study, first)
        told = assess(study, pipeline).drawn
        assert (told.judged, told.with_code) == (1, 1)
        assert 0 < told.low < told.high == 1.0
        for each in rest:
            suggesting.reject(study, each)
        told = assess(study, pipeline).drawn
        assert (told.judged, told.with_code) == (1 + len(rest), 1)
        assert told.low <= 1 / (1 + len(rest)) <= told.high
        for _each in range(1 + len(rest)):
            history.undo(study)
        assert assess(study, pipeline).drawn.judged == 0

    def test_other_verdicts_are_not(self, study: Project, pipeline: Pipeline) -> None:
        other = next(each for each in suggesting.list_proposals(study, status="pending") if each.method != "random")
        suggesting.accept(study, other)
        assert assess(study, pipeline).drawn.judged == 0
