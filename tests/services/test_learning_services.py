"""What people decide in a project becomes what is believed of its codes, and is forgotten when it is undone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.learning.decisions import Decision
from nlp.learning.teach import chances
from nlp.pipeline import Pipeline, load
from workbench.core.entities import Proposal, Source
from workbench.core.ids import derived_id
from workbench.errors import Refusal
from workbench.services import cases, coding, history, importing, projects, reading, regions, sources, suggesting, texts
from workbench.services.codebook import as_codebook, find_code, list_codes, load_codebook, retire_code
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.learning import Learner, decisions, fingerprint, finished, learner_with
from workbench.store.project import Project
from workbench.store.queries.decisions import verdicts
from workbench.store.queries.suggestions import replace

BOOK = """\
name: prøve
codes:
  - slug: bolig
    name: Bolig
    signals:
      - name: bolig
        parts: [bolig]
      - name: tak
        lemmas: [tak]
        not_in: [Taksameiet]
    codes:
      - slug: natt
        name: Natt
  - slug: penger
    name: Penger
    signals:
      - name: penger
        words: [penger]
"""
KINDS = ("gult", "rødt", "blått", "grønt", "svart", "hvitt", "grått", "brunt")
TALK = "Forsker: Hva så?\n\nKari: {said}\n\nForsker: Ja?\n\nKari: Det regnet i går. Nå er det sol igjen.\n"
WEATHER = "Månen lyser over fjorden. Katten sover på benken. Hunden løper i skogen. "

Add = Callable[..., Source]
Learnt = Callable[[], Learner]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load("blank")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    book = tmp_path / "bok.yaml"
    book.write_text(BOOK, encoding="utf-8")
    made = projects.create(tmp_path / "p.kodebenk", coder="Kari Koder", codebook=str(book))
    made.connection.execute("PRAGMA synchronous = OFF")
    yield made
    made.close()


@pytest.fixture
def add(study: Project, tmp_path: Path) -> Add:
    """A function from words to a report of them, or to an interview where somebody says them."""

    def source(name: str, said: str, *, cases: tuple[str, ...] = (), kind: str = "report") -> Source:
        file = tmp_path / f"{name}.txt"
        file.write_text(TALK.format(said=said) if kind == "transcript" else said, encoding="utf-8")
        speakers = (SpeakerChoice(label="Forsker", role="interviewer"), SpeakerChoice(label="Kari", role="participant"))
        facts = SourceFacts(kind=kind, date="ukjent", cases=cases, speakers=speakers if kind == "transcript" else ())
        return importing.save(study, importing.read_file(file), facts)

    return source


@pytest.fixture
def learnt(study: Project, pipeline: Pipeline) -> Learnt:
    """A function to a new learner that has read everything and learnt what there is."""

    def learner() -> Learner:
        made = Learner(pipeline)
        made.read(study, sources.list_sources(study))
        made.learn(study)
        return made

    return learner


def spans(project: Project, source: Source, words: str) -> list[tuple[int, int]]:
    """The sentences with these words."""
    text = sources.show_source(project, source).text
    found, position = [], 0
    for line in text.splitlines(keepends=True):
        start = position + (line.index(": ") + 2 if ": " in line else 0)
        position += len(line)
        for piece in text[start:position].rstrip().split(". "):
            end = start + len(piece)
            end += text[end : end + 1] == "."
            if words in piece:
                found.append((start, end))
            start = end + 1
    return found


def code_all(project: Project, source: Source, words: str, slug: str) -> int:
    places = spans(project, source, words)
    for start, end in places:
        coding.apply_code(project, source, start, end, find_code(project, slug))
    return len(places)


def likely(learner: Learner, source: Source, slug: str) -> dict[str, float]:
    """Sentence -> how likely the code is in it."""
    evidence = learner.evidence(source.id)
    assert evidence is not None
    suggester = learner.suggester()
    parsed, text = evidence.document.parsed, evidence.document.text
    values = chances(evidence, suggester.models[slug], suggester.word_rows(evidence)).tolist()
    return {text[a:b]: value for a, b, value in zip(parsed.unit_starts, parsed.unit_ends, values, strict=True)}


def believed(learner: Learner) -> dict[str, Any]:
    """All that is believed, for comparison."""
    return {
        code: (
            dict(zip(model.columns.names, model.weights.tolist(), strict=True)),
            {word: model.words[number] for word, number in _numbers(learner).items() if number in model.words},
            (model.yes, model.no),
        )
        for code, model in learner.models.items()
    }


def _numbers(learner: Learner) -> dict[str, int]:
    assert learner.seen is not None
    return learner.seen.vocabulary.numbers


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two learners believe the same of every code, what neither has any reason to believe left out."""
    if one.keys() != other.keys():
        return False
    for code in one:
        for mine, theirs in zip(one[code][:2], other[code][:2], strict=True):
            for key in mine.keys() | theirs.keys():
                if mine.get(key, 0.0) != pytest.approx(theirs.get(key, 0.0), abs=2e-3):
                    return False
        if one[code][2] != other[code][2]:
            return False
    return True


def proposals(project: Project, pipeline: Pipeline, source: Source, words: str, slug: str) -> list[Proposal]:
    """The pending suggestions of a code that hold some of these words, after a new run."""
    suggesting.run(project, pipeline=pipeline)
    pending = suggesting.list_proposals(project, source=source, code=slug, status="pending")
    return [each for each in pending if words in each.text and each.method != "random"]


def test_signals_are_the_same_in_a_project_as_in_their_codebook(study: Project) -> None:
    signals = (
        Signal(name="ord", any=Terms(), weights=(("dør", -1.5), ("sofa", 2.0)), register="speech"),
        Signal(name="seng", any=Terms(lemmas=("seng",)), not_in=("Elvestrand", "Storhamn"), register="prose"),
    )
    load_codebook(study, Codebook(name="mer", codes=(Code(slug="seng", name="Seng", signals=signals),)))
    loaded = as_codebook(study).get("seng")
    assert loaded is not None
    assert loaded.signals == signals


class TestDecisions:
    def test_codings_accepted_and_rejected_ones_are_all_that_is_decided(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        source = add("a", "Vi har bolig. Og så kom det penger. Vær.")
        assert decisions(study) == []
        suggesting.run(study, pipeline=pipeline)
        house = next(each for each in suggesting.list_proposals(study) if each.slug == "bolig")
        money = next(each for each in suggesting.list_proposals(study) if each.slug == "penger")
        assert decisions(study) == [], "a suggestion is no decision"
        suggesting.accept(study, house)
        suggesting.reject(study, money)
        ((start, end),) = spans(study, source, "Vær")
        coding.apply_code(study, source, start, end, find_code(study, "natt"))
        assert set(decisions(study)) == {
            Decision(document=source.id, start=house.start, end=house.end, code="bolig", applies=True),
            Decision(document=source.id, start=money.start, end=money.end, code="penger", applies=False),
            Decision(document=source.id, start=start, end=end, code="natt", applies=True),
        }
        assert decisions(study) == sorted(decisions(study), key=lambda each: (each.start, each.end))

    def test_two_coders_who_agree_have_decided_once(self, study: Project, add: Add) -> None:
        source = add("a", "Vi har bolig.")
        code_all(study, source, "bolig", "bolig")
        once = decisions(study)
        other = projects.open_existing(study.path, coder="Ole")
        code_all(other, source, "bolig", "bolig")
        other.close()
        assert decisions(study) == once

    def test_moved_bounds_count_and_a_removed_coding_is_forgotten(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        add("a", "Vi har bolig.")
        suggesting.run(study, pipeline=pipeline)
        made = suggesting.accept(study, suggesting.list_proposals(study)[0])
        coding.rebound_coding(study, made.id, made.start + 1, made.end)
        assert [each.start for each in decisions(study)] == [made.start + 1]
        coding.remove_coding(study, made.id)
        assert decisions(study) == []

    def test_an_undone_rejection_is_forgotten(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        add("a", "Vi har bolig.")
        suggesting.run(study, pipeline=pipeline)
        before = fingerprint(study, as_codebook(study))
        suggesting.reject(study, suggesting.list_proposals(study)[0])
        assert [each.applies for each in decisions(study)] == [False]
        assert fingerprint(study, as_codebook(study)) != before
        history.undo(study)
        assert decisions(study) == []
        assert fingerprint(study, as_codebook(study)) == before

    def test_decisions_in_a_deleted_source_are_forgotten(self, study: Project, add: Add) -> None:
        source = add("a", "Vi har bolig.")
        code_all(study, source, "bolig", "bolig")
        sources.delete_source(study, source)
        assert decisions(study) == []

    def test_a_text_is_finished_when_somebody_says_so(self, study: Project, add: Add) -> None:
        source, other = add("a", "Vi har bolig."), add("b", "Ikke vi.")
        code_all(study, source, "bolig", "bolig")
        assert finished(study) == frozenset()
        before = fingerprint(study, as_codebook(study))
        reading.set_status(study, source, "finished")
        assert finished(study) == {source.id}
        assert fingerprint(study, as_codebook(study)) != before
        reading.set_status(study, other, "read")
        assert finished(study) == {source.id}
        reading.set_status(study, source, "coding")
        assert finished(study) == frozenset()


class TestLearner:
    def test_without_decisions_it_believes_the_codebook(self, study: Project, add: Add, learnt: Learnt) -> None:
        add("a", "Vi har bolig.")
        learner = learnt()
        assert list(learner.models) == ["bolig", "natt", "penger"]
        for model in learner.models.values():
            assert model.weights.tolist() == model.columns.means.tolist()
        learner.judge(study)
        assert learner.trusts == {}

    def test_only_codes_that_a_decision_is_about_are_learnt_again(
        self, study: Project, add: Add, learnt: Learnt
    ) -> None:
        source = add("a", "Vi har bolig. Og penger.")
        learner = learnt()
        assert learner.learn(study) == set()
        before = dict(learner.models)
        code_all(study, source, "penger", "penger")
        learner.read(study, [])
        assert learner.learn(study) == {"penger"}
        assert learner.models["penger"].yes == 1
        assert all(learner.models[code] is before[code] for code in ("bolig", "natt"))
        code_all(study, source, "bolig", "natt")
        assert learner.learn(study) == {"bolig", "natt"}
        history.undo(study)
        assert learner.learn(study) == {"bolig", "natt"}
        reading.set_status(study, source, "finished")
        assert learner.learn(study) == {"bolig", "natt", "penger"}

    def test_what_is_learnt_bit_by_bit_is_what_is_learnt_at_once(
        self, study: Project, add: Add, learnt: Learnt
    ) -> None:
        first = add("a", "Vi har bolig. Et tak. Noen penger. Hengekøye.", cases=("Elvestrand",), kind="transcript")
        second = add("b", "Ingen bolig. Men tak. Ingen penger. Hengekøye.", cases=("Storhamn",), kind="transcript")
        learner = learnt()
        acts: list[Callable[[], object]] = [
            lambda: code_all(study, first, "Hengekøye", "natt"),
            lambda: code_all(study, second, "bolig", "bolig"),
            lambda: reading.set_status(study, first, "finished"),
            lambda: regions.mark(study, first, 14, 40, "other"),
            lambda: history.undo(study),
            lambda: code_all(study, second, "tak", "penger"),
            lambda: history.undo(study),
            lambda: reading.set_status(study, first, "coding"),
        ]
        for act in acts:
            act()
            learner.read(study, [])
            learner.learn(study)
            assert same(believed(learner), believed(learnt()))
        assert learner.models["natt"].yes == 1

    def test_what_is_closed_in_a_finished_text_says_neither_yes_nor_no(
        self, study: Project, add: Add, learnt: Learnt
    ) -> None:
        source = add("a", "Vi har bolig. Her er en tabell. Noen penger.")
        code_all(study, source, "bolig", "bolig")
        reading.set_status(study, source, "finished")
        learner = learnt()
        assert (learner.models["bolig"].yes, learner.models["bolig"].no) == (1, 2)
        regions.mark(study, source, 14, 31, "table")
        learner.read(study, [])
        learner.learn(study)
        assert (learner.models["bolig"].yes, learner.models["bolig"].no) == (1, 1)

    def test_what_everything_is_undone_of_is_unlearnt(self, study: Project, add: Add, learnt: Learnt) -> None:
        source = add("a", "Vi har bolig. Hengekøye.")
        learner = learnt()
        before = believed(learner)
        code_all(study, source, "Hengekøye", "bolig")
        learner.learn(study)
        assert believed(learner) != before
        history.undo(study)
        learner.learn(study)
        assert same(believed(learner), before)
        assert learner.models["bolig"].weights.tolist() == learner.models["bolig"].columns.means.tolist()

    def test_a_text_is_read_again_only_when_it_has_changed(self, study: Project, add: Add, learnt: Learnt) -> None:
        source, other = add("a", "Vi har bolig."), add("b", "Penger.")
        learner = learnt()
        before = {each.id: learner.evidence(each.id) for each in (source, other)}
        learner.read(study, sources.list_sources(study))
        assert all(learner.evidence(uid) is evidence for uid, evidence in before.items())
        texts.correct_typo(study, source, 0, 0, "Her. ")
        learner.read(study, sources.list_sources(study))
        assert learner.evidence(source.id) is not before[source.id]
        assert learner.evidence(other.id) is before[other.id]

    def test_a_new_signal_is_asked_of_texts_that_have_been_read(self, study: Project, add: Add, learnt: Learnt) -> None:
        source, other = add("a", "Vi har hengekøye."), add("b", "Vi har vær.")
        learner = learnt()
        signal = Signal(name="køye", any=Terms(parts=("køye",)))
        load_codebook(study, Codebook(name="mer", codes=(Code(slug="seng", name="Seng", signals=(signal,)),)))
        learner.read(study, [source, other])
        learner.learn(study)
        assert likely(learner, source, "seng")["Vi har hengekøye."] > likely(learner, other, "seng")["Vi har vær."]

    def test_a_code_out_of_use_is_not_learnt(self, study: Project, add: Add, learnt: Learnt) -> None:
        source = add("a", "Vi har bolig. Penger.")
        code_all(study, source, "Penger", "penger")
        learner = learnt()
        retire_code(study, find_code(study, "penger").id)
        learner.read(study, sources.list_sources(study))
        learner.learn(study)
        assert list(learner.models) == ["bolig", "natt"]
        suggesting.run(study, learner=learner)
        assert "penger" not in {each.slug for each in suggesting.list_proposals(study)}

    def test_texts_that_nothing_is_decided_in_are_read_when_asked_for(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        told, asked, neither = add("a", "Vi har bolig."), add("b", "Penger."), add("c", "Ingenting.")
        code_all(study, told, "bolig", "bolig")
        learner = Learner(pipeline)
        learner.read(study, [asked])
        assert [learner.evidence(each.id) is not None for each in (told, asked, neither)] == [True, True, False]
        learner.read(study, [neither])
        assert learner.evidence(neither.id) is not None

    def test_reading_that_is_cut_short_reads_the_rest_next_time(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        made = [add(name, f"Vi har bolig {name}.") for name in "ab"]
        learner = Learner(pipeline)
        learner.read(study, made, cancelled=lambda: True)
        assert [learner.evidence(each.id) for each in made] == [None, None]
        learner.read(study, made)
        assert all(learner.evidence(each.id) for each in made)

    def test_learning_that_is_cut_short_is_taken_up_next_time(
        self, study: Project, add: Add, pipeline: Pipeline, learnt: Learnt
    ) -> None:
        source = add("a", "Vi har bolig. Hengekøye.")
        learner = Learner(pipeline)
        learner.read(study, [source])
        calls = itertools.count()
        learner.learn(study, cancelled=lambda: next(calls) >= 1)
        learner.learn(study)
        assert same(believed(learner), believed(learnt()))
        code_all(study, source, "Hengekøye", "natt")
        learner.learn(study, cancelled=lambda: True)
        learner.learn(study)
        assert same(believed(learner), believed(learnt()))

    def test_who_speaks_and_what_kind_of_text_it_is_are_asked_again(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        source = add("a", "Vi har bolig.", kind="transcript")
        learner = Learner(pipeline)

        def codable() -> set[str]:
            (now,) = sources.list_sources(study)
            learner.read(study, [now])
            evidence = learner.evidence(now.id)
            assert evidence is not None
            return {evidence.document.kind, *(str(each) for each in evidence.codable)}

        assert codable() == {"transcript", "False", "True"}
        texts.set_speaker(study, source, SpeakerChoice(label="Kari", role="interviewer"))
        assert codable() == {"transcript", "False"}
        sources.describe_source(study, source, kind="minutes")
        assert "minutes" in codable()

    def test_a_signal_is_not_asked_in_the_cases_it_is_switched_off_in(
        self, study: Project, add: Add, learnt: Learnt
    ) -> None:
        here, there = add("a", "Her er tak.", cases=("Taksameiet",)), add("b", "Der er tak.", cases=("Storhamn",))
        learner = learnt()
        assert likely(learner, here, "bolig")["Her er tak."] < likely(learner, there, "bolig")["Der er tak."]

    def test_an_unknown_pipeline_is_refused(self) -> None:
        with pytest.raises(Refusal, match="finnes_ikke"):
            learner_with("finnes_ikke")

    def test_texts_that_seem_not_to_be_norwegian_are_named(self, add: Add, learnt: Learnt) -> None:
        english = "The council could not find housing for the people who needed it the most during the long winter. "
        add("engelsk", english * 8)
        add("norsk", "Kommunen fant ikke bolig til dem som trengte det mest gjennom den lange vinteren. " * 8)
        assert learnt().not_norwegian() == [("engelsk", "en")]


def several(word: str, number: int = 8) -> str:
    return " ".join(f"Jeg så {kind} {word}." for kind in KINDS[:number])


class TestWhatIsProposed:
    def test_a_word_that_is_rejected_time_and_again_is_let_go_elsewhere(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        for name in "abcdefg":
            add(name, f"{name.upper()} er her. {several('tak')} {WEATHER}")
        last = add("h", "De malte taket.")
        assert proposals(study, pipeline, last, "taket", "bolig")
        scores = []
        for source in sources.list_sources(study)[:-1]:
            mine = suggesting.list_proposals(study, source=source, code="bolig", status="pending")
            suggesting.reject_all(study, mine)
            left = proposals(study, pipeline, last, "taket", "bolig")
            scores.append(max((each.score for each in left), default=0.0))
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] == 0.0

    def test_what_is_coded_is_proposed_where_its_words_come_again(
        self, study: Project, add: Add, pipeline: Pipeline, learnt: Learnt
    ) -> None:
        for name in "abcdefg":
            add(name, f"{name.upper()} er her. {several('hengekøye')} {WEATHER * 2}")
        last, other = add("x", "Jeg så gult og hengekøye."), add("y", "Jeg så gult og ventet.")
        assert proposals(study, pipeline, last, "hengekøye", "natt") == []
        before = likely(learnt(), last, "natt")
        for source in sources.list_sources(study)[:-2]:
            code_all(study, source, "hengekøye", "natt")
            reading.set_status(study, source, "finished")
        now = likely(learnt(), last, "natt")["Jeg så gult og hengekøye."]
        assert now > before["Jeg så gult og hengekøye."]
        assert now > likely(learnt(), other, "natt")["Jeg så gult og ventet."]
        (one, *_more) = proposals(study, pipeline, last, "hengekøye", "natt")
        assert one.method == "learned"
        text = sources.show_source(study, last).text
        words = {text[each.start : each.end]: each.weight for each in one.reasons if each.kind == "word"}
        assert words["hengekøye"] > 0

    def test_an_accepted_suggestion_lifts_what_is_like_it(
        self, study: Project, add: Add, pipeline: Pipeline, learnt: Learnt
    ) -> None:
        add("a", several("tak"))
        last = add("b", "De malte taket.")
        before = likely(learnt(), last, "bolig")["De malte taket."]
        suggesting.run(study, pipeline=pipeline)
        first = sources.list_sources(study)[0]
        suggesting.accept_all(study, suggesting.list_proposals(study, source=first, status="pending"))
        assert likely(learnt(), last, "bolig")["De malte taket."] > before

    def test_proposals_rest_on_all_that_is_decided(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        source, other = add("a", "Vi har bolig. Og penger."), add("b", "Vær.")

        def current() -> list[bool]:
            return [suggesting.is_current(study, each) for each in (source, other)]

        assert current() == [False, False]
        suggesting.run(study, [source], pipeline=pipeline)
        assert current() == [True, False]
        suggesting.run(study, pipeline=pipeline)
        assert current() == [True, True]
        suggesting.reject(study, suggesting.list_proposals(study, status="pending")[0])
        assert current() == [False, False], "what is decided in one text bears on all"
        history.undo(study)
        assert current() == [True, True]
        code_all(study, other, "Vær", "natt")
        assert current() == [False, False]
        suggesting.run(study, pipeline=pipeline)
        assert current() == [True, True]
        reading.set_status(study, source, "finished")
        assert current() == [False, False]

    def test_proposals_rest_on_who_speaks_and_on_cases_and_kind(
        self, study: Project, add: Add, pipeline: Pipeline
    ) -> None:
        source = add("a", "Her er tak.", kind="transcript")
        cases.add_case(study, "Taksameiet")
        acts: list[Callable[[], object]] = [
            lambda: texts.set_speaker(study, source, SpeakerChoice(label="Kari", role="interviewer")),
            lambda: sources.describe_source(study, source, cases=("Taksameiet",)),
            lambda: sources.describe_source(study, source, kind="minutes"),
        ]
        for act in acts:
            suggesting.run(study, pipeline=pipeline)
            assert suggesting.is_current(study, sources.list_sources(study)[0])
            act()
            assert not suggesting.is_current(study, sources.list_sources(study)[0])

    def test_decisions_alone_are_something_to_go_by(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        for slug in ("bolig", "penger"):
            retire_code(study, find_code(study, slug).id)
        source = add("a", several("hengekøye"))
        with pytest.raises(Refusal, match="signaler"):
            suggesting.run(study, pipeline=pipeline)
        code_all(study, source, "gult", "natt")
        assert suggesting.run(study, pipeline=pipeline) >= 0

    def test_a_held_learner_gives_what_a_new_one_gives(
        self, study: Project, add: Add, pipeline: Pipeline, learnt: Learnt
    ) -> None:
        source = add("a", several("tak") + " " + WEATHER, kind="transcript")
        add("b", "De malte taket. Vi har bolig og penger.", kind="transcript")
        held = learnt()
        for words, slug in (("gult", "natt"), ("Katten", "penger"), ("rødt", "bolig")):
            code_all(study, source, words, slug)
            suggesting.run(study, learner=held)
            mine = suggesting.list_proposals(study)
            suggesting.run(study, pipeline=pipeline)
            theirs = suggesting.list_proposals(study)
            assert [(each.id, each.method) for each in mine] == [(each.id, each.method) for each in theirs]
            assert [each.score for each in mine] == pytest.approx([each.score for each in theirs], abs=2e-3)


class TestRounds:
    def test_a_round_with_nothing_new_does_nothing(
        self, study: Project, add: Add, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = add("a", "Her er bolig. Der er bolig.")
        made = suggesting.run(study, pipeline=pipeline)
        assert made > 0
        monkeypatch.setattr(Learner, "read", lambda *_given, **_named: pytest.fail("read again"))
        assert suggesting.run(study, pipeline=pipeline) == made
        monkeypatch.undo()
        (first, *_rest) = suggesting.list_proposals(study, source=source, status="pending")
        suggesting.reject(study, first)
        monkeypatch.setattr(Learner, "read", lambda *_given, **_named: (_ for _ in ()).throw(InterruptedError))
        with pytest.raises(InterruptedError):
            suggesting.run(study, pipeline=pipeline)

    def test_lots_that_come_to_nothing_silence_no_code(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        source = add("a", " ".join(f"Dag {number} var det noe." for number in range(12)))
        for number, (start, end) in enumerate(spans(study, source, "Dag")):
            drawn = make_proposal(study, source, start, end, method="random" if number else "rule")
            suggesting.reject(study, drawn)
        counted = verdicts(study.connection)
        assert counted == {("bolig", "rejected"): 1}


def make_proposal(project: Project, source: Source, start: int, end: int, *, method: str) -> Proposal:
    """A suggestion put there by hand."""
    code = next(each for each in list_codes(project) if each.slug == "bolig")
    uid = derived_id(source.id, str(start), method)
    row = (uid, source.id, source.version, start, end, code.id, 0.4, method, "", "prøve", "[]")
    with project.derive() as connection:
        kept = connection.execute("SELECT * FROM suggestion WHERE source = ?", (source.id,)).fetchall()
        replace(connection, source.id, [*(tuple(each) for each in kept), row])
    return suggesting.find_proposal(project, uid)
