"""Signals proposed from a project's coding, taken into its codebook, and taken out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codebooks.model import Codebook, Signal
from nlp.learning.case_exceptions import ExceptionProposal
from nlp.learning.proposals import TermProposal
from nlp.pipeline import Pipeline, load
from workbench.core.entities import Source
from workbench.errors import Busy, NotFound, Refusal
from workbench.services import cases, coding, history, importing, projects, reading, signals, sources, suggesting
from workbench.services.codebook import as_codebook, find_code, retire_code
from workbench.services.importing import SourceFacts
from workbench.services.learning import Learner
from workbench.services.signals import FROM_CODING, SCORE, Proposed
from workbench.store.project import Project

BOOK = """\
name: prøve
codes:
  - slug: bolig
    name: Bolig
    signals:
      - name: bolig
        lemmas: [bolig]
        score: 0.9
    codes:
      - slug: natt
        name: Natt
  - slug: rop
    name: ROP
    signals:
      - name: ROP
        words: [rop]
"""
COLD = "Anne sover på hospits. Berit betaler hospitset. Dag maler et hospits. Egil hater hospits. "
WEATHER = (
    "Månen lyser over fjorden. Katten løper i skogen. Regnet faller på taket. Toget kommer i morgen. Boka ligger på bordet. "
    "Fisken svømmer i elva. Snøen smelter om våren. Klokka henger på veggen. Bilen står i garasjen. Blomsten vokser."
)
Add = Callable[..., Source]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load("blank")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    book = tmp_path / "bok.yaml"
    book.write_text(BOOK, encoding="utf-8")
    made = projects.create(tmp_path / "p.kodebenk", coder="Kari Koder", codebook=str(book))
    made.connection.execute("PRAGMA synchronous = OFF")
    for name in ("Elvestrand", "Storhamn"):
        cases.add_case(made, name)
    yield made
    made.close()


@pytest.fixture
def add(study: Project, tmp_path: Path) -> Add:
    """A function from a name and words to a report of them."""

    def source(name: str, said: str, *cases: str) -> Source:
        file = tmp_path / f"{name}.txt"
        file.write_text(said, encoding="utf-8")
        return importing.save(study, importing.read_file(file), SourceFacts(kind="report", date="ukjent", cases=cases))

    return source


@pytest.fixture
def propose(study: Project, pipeline: Pipeline) -> Callable[..., Proposed]:
    def found(code: str = "", project: Project | None = None) -> Proposed:
        proposed = signals.proposed_signals(project or study, Learner(pipeline), code)
        assert proposed is not None
        return proposed

    return found


Propose = Callable[..., Proposed]


def code_all(project: Project, source: Source, words: str, slug: str) -> None:
    """Code every sentence that has these words."""
    text, start = sources.show_source(project, source).text, 0
    for sentence in text.rstrip().split(". "):
        end = start + len(sentence)
        if words in sentence:
            coding.apply_code(project, source, start, end, find_code(project, slug))
        start = end + 2


def terms(found: Proposed) -> list[tuple[str, str, str]]:
    return [(each.code, each.term, each.kind) for each in found.terms]


def signal(project: Project, code: str, name: str) -> Signal | None:
    entry = as_codebook(project).get(code)
    assert entry is not None
    return next((each for each in entry.signals if each.name == name), None)


class TestProposed:
    def test_what_sets_a_code_apart_is_proposed(self, study: Project, add: Add, propose: Propose) -> None:
        source = add("a", COLD + WEATHER)
        assert propose().terms == () and propose().decided_in == 0
        code_all(study, source, "hospits", "bolig")
        found = propose()
        assert terms(found) == [("bolig", "hospits", "lemma")]
        assert (found.terms[0].yes, found.terms[0].sources, found.decided_in) == (4, (source.id,), 1)
        text = sources.show_source(study, source).text
        assert [text[each.start : each.end] for each in found.terms[0].examples] == ["hospits", "hospitset", "hospits"]

    def test_a_term_is_proposed_at_the_code_it_was_coded_with(self, study: Project, add: Add, propose: Propose) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "natt")
        assert terms(propose()) == terms(propose("bolig")) == terms(propose("Natt")) == [("natt", "hospits", "lemma")]
        assert propose("rop").terms == ()
        with pytest.raises(NotFound):
            propose("finnesikke")

    def test_texts_that_nobody_has_decided_in_are_not_compared_with(
        self, study: Project, add: Add, propose: Propose, pipeline: Pipeline
    ) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "bolig")
        other = add("b", COLD.replace(" ", " ikke ", 1) * 3)
        assert propose().terms[0].no == 0
        held = Learner(pipeline)
        held.read(study, sources.list_sources(study))
        assert held.evidence(other.id) is not None
        assert signals.proposed_signals(study, held) == propose()
        reading.set_status(study, other, "finished")
        assert propose().decided_in == 2
        assert all(each.no >= 3 for each in propose().terms if each.term == "hospits")

    def test_a_term_already_in_the_codebook_is_not_proposed(self, study: Project, add: Add, propose: Propose) -> None:
        code_all(study, add("a", COLD.replace("hospits", "bolig") + WEATHER), "bolig", "bolig")
        assert propose().terms == ()

    def test_a_code_out_of_use_gets_nothing(self, study: Project, add: Add, propose: Propose) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "rop")
        assert terms(propose()) == [("rop", "hospits", "lemma")]
        retire_code(study, find_code(study, "rop").id)
        assert propose().terms == ()

    def test_a_signal_that_one_case_rejects(
        self, study: Project, add: Add, propose: Propose, pipeline: Pipeline
    ) -> None:
        add("a", "Avdeling ROP flyttet. Hos ROP er det kaffe. Ring ROP i dag.", "Elvestrand")
        other = add("b", "Mange har ROP. Han fikk ROP tidlig. " + WEATHER, "Storhamn")
        suggesting.run(study, pipeline=pipeline)
        for each in suggesting.list_proposals(study, status="pending"):
            (suggesting.accept if each.source == other.id else suggesting.reject)(study, each)
        (found,) = propose().exceptions
        assert (found.code, found.signal, found.case) == ("rop", "ROP", "Elvestrand")
        assert (found.rejected, found.accepted, found.elsewhere_rejected, found.elsewhere_accepted) == (3, 0, 0, 2)
        signals.add_exception(study, "rop", "ROP", "Elvestrand")
        assert propose().exceptions == ()

    def test_calling_it_off_gives_nothing(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "bolig")
        assert signals.proposed_signals(study, Learner(pipeline), cancelled=lambda: True) is None
        left = iter([False] * 8)
        late = signals.proposed_signals(study, Learner(pipeline), cancelled=lambda: next(left, True))
        assert late is None or late.terms

    def test_progress_tells_of_sources_and_codes(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "bolig")
        told: list[tuple[int, int, str]] = []
        signals.proposed_signals(study, Learner(pipeline), progress=lambda *each: told.append(each))
        assert told == [(0, 1, "a"), (0, 3, "Bolig"), (1, 3, "Natt"), (2, 3, "ROP")]

    def test_nothing_is_changed_by_proposing(self, study: Project, add: Add, propose: Propose) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "bolig")
        before, book = len(history.history(study)), as_codebook(study)
        propose()
        assert (len(history.history(study)), as_codebook(study)) == (before, book)

    def test_a_reader_may_look(self, study: Project, add: Add, propose: Propose) -> None:
        code_all(study, add("a", COLD + WEATHER), "hospits", "bolig")
        reader = projects.open_existing(study.path, coder="Ole", readonly=True)
        try:
            assert terms(propose(project=reader)) == terms(propose())
            with pytest.raises(Busy):
                signals.add_signal(reader, "bolig", "hospits", "lemma")
            signals.keep_hidden(reader, ["x"])
            assert signals.hidden(reader) == frozenset()
        finally:
            reader.close()


class TestTakingIn:
    def test_a_term_goes_into_a_signal_of_its_own_and_out_again(self, study: Project) -> None:
        before = as_codebook(study)
        made = signals.add_signal(study, "Bolig", " Hospits ", "lemma")
        assert (made.name, made.any.lemmas, made.any.parts, made.score) == (FROM_CODING, ("hospits",), (), SCORE)
        assert signal(study, "bolig", FROM_CODING) == made
        assert signal(study, "bolig", "bolig") == before.get("bolig").signals[0]  # type: ignore[union-attr]
        history.undo(study)
        assert as_codebook(study) == before
        history.redo(study)
        assert signal(study, "bolig", FROM_CODING) == made

    def test_further_terms_join_it_and_its_score_stays(self, study: Project) -> None:
        signals.add_signal(study, "bolig", "hospits", "lemma", 0.7)
        made = signals.add_signal(study, "bolig", "leie", "part")
        assert (made.any.lemmas, made.any.parts, made.score) == (("hospits",), ("leie",), 0.7)
        history.undo(study)
        left = signal(study, "bolig", FROM_CODING)
        assert left is not None and (left.any.lemmas, left.any.parts) == (("hospits",), ())

    def test_it_suggests_from_then_on(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        source = add("a", "Hun bor i hospitset. " + WEATHER)
        suggesting.run(study, pipeline=pipeline)
        assert suggesting.list_proposals(study) == []
        signals.add_signal(study, "natt", "hospits", "lemma", 0.9)
        assert not suggesting.is_current(study, source)
        suggesting.run(study, pipeline=pipeline)
        (found,) = suggesting.list_proposals(study)
        assert (found.slug, found.rule, found.text) == ("natt", FROM_CODING, "Hun bor i hospitset.")

    def test_what_is_there_is_refused_and_nothing_is_journaled(self, study: Project) -> None:
        signals.add_signal(study, "bolig", "hospits", "part")
        before = len(history.history(study))
        for term, kind, said in (("Bolig", "lemma", "signalet «bolig»"), ("hospits", "part", FROM_CODING)):
            with pytest.raises(Refusal, match=said):
                signals.add_signal(study, "bolig", term, kind)  # type: ignore[arg-type]
        assert len(history.history(study)) == before
        assert signals.add_signal(study, "bolig", "bolig", "part").any.parts == ("hospits", "bolig")

    @pytest.mark.parametrize("term", ["", "  ", "…", "2019", "hosp*"])
    def test_what_is_no_word_is_refused(self, study: Project, term: str) -> None:
        with pytest.raises(Refusal, match="ikke noe ord"):
            signals.add_signal(study, "bolig", term, "lemma")

    @pytest.mark.parametrize("score", [0.0, -0.1, 1.01])
    def test_a_score_out_of_range_is_refused(self, study: Project, score: float) -> None:
        with pytest.raises(Refusal, match="høyst 1"):
            signals.add_signal(study, "bolig", "hospits", "lemma", score)

    def test_a_code_out_of_use_is_refused(self, study: Project) -> None:
        retire_code(study, find_code(study, "rop").id)
        for act in (
            lambda: signals.add_signal(study, "rop", "hospits", "lemma"),
            lambda: signals.add_exception(study, "rop", "ROP", "Elvestrand"),
        ):
            with pytest.raises(Refusal, match="ut av bruk"):
                act()

    def test_an_exception_goes_in_and_out_again(self, study: Project, add: Add, pipeline: Pipeline) -> None:
        add("a", "Avdeling ROP flyttet.", "Elvestrand")
        add("b", "Mange har ROP.", "Storhamn")
        made = signals.add_exception(study, "rop", "rop", "elvestrand")
        assert (made.name, made.not_in) == ("ROP", ("Elvestrand",))
        suggesting.run(study, pipeline=pipeline)
        assert [each.text for each in suggesting.list_proposals(study)] == ["Mange har ROP."]
        with pytest.raises(Refusal, match="brukes alt ikke"):
            signals.add_exception(study, "rop", "ROP", "Elvestrand")
        assert signals.add_exception(study, "rop", "ROP", "Storhamn").not_in == ("Elvestrand", "Storhamn")
        history.undo(study)
        history.undo(study)
        suggesting.run(study, pipeline=pipeline)
        assert len(suggesting.list_proposals(study)) == 2

    def test_unknown_signals_and_cases_are_refused_with_the_nearest(self, study: Project) -> None:
        with pytest.raises(NotFound, match="ROP"):
            signals.add_exception(study, "rop", "rops", "Elvestrand")
        with pytest.raises(NotFound, match="Elvestrand"):
            signals.add_exception(study, "rop", "ROP", "Elvestran X")

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["bolig", "natt", "rop"]),
                st.sampled_from(["leie", "hospits", "bolig"]),
                st.sampled_from(["lemma", "part", "except"]),
            ),
            max_size=6,
        )
    )
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_undoing_everything_gives_the_codebook_back(self, study: Project, acts: list[tuple[str, str, str]]) -> None:
        before, states = as_codebook(study), list[Codebook]()
        for code, term, kind in acts:
            state = as_codebook(study)
            try:
                if kind == "except":
                    signals.add_exception(study, code, "ROP" if code == "rop" else "bolig", "Elvestrand")
                else:
                    signals.add_signal(study, code, term, kind)  # type: ignore[arg-type]
            except Refusal:
                assert as_codebook(study) == state
            else:
                states.append(state)
                assert as_codebook(study) != state
        for state in reversed(states):
            history.undo(study)
            assert as_codebook(study) == state
        assert as_codebook(study) == before


class TestUndecided:
    def found(self) -> Proposed:
        named = {"z": 2.0, "delta": 1.0, "yes": 3, "no": 0, "sources": ("a",), "examples": ()}
        exception = {"rejected": 5, "left_out": 0, "accepted": 0, "elsewhere_rejected": 0, "elsewhere_accepted": 2}
        return Proposed(
            terms=(
                TermProposal(code="natt", term="hospits", kind="lemma", **named),  # type: ignore[arg-type]
                TermProposal(code="bolig", term="leie", kind="part", **named),  # type: ignore[arg-type]
                TermProposal(code="bolig", term="leiekontrakt", kind="lemma", **named),  # type: ignore[arg-type]
            ),
            exceptions=(ExceptionProposal(code="rop", signal="ROP", case="Elvestrand", examples=(), **exception),),
            decided_in=1,
        )

    def test_what_is_taken_in_goes_and_what_is_undone_comes_back(self, study: Project) -> None:
        found = self.found()
        assert signals.undecided(study, found) == found
        signals.add_signal(study, "bolig", "leie", "part")
        assert [each.term for each in signals.undecided(study, found).terms] == ["hospits"], "a part covers compounds"
        signals.add_signal(study, "natt", "hospits", "lemma")
        signals.add_exception(study, "rop", "ROP", "Elvestrand")
        assert signals.undecided(study, found) == Proposed(terms=(), exceptions=(), decided_in=1)
        for _each in range(3):
            history.undo(study)
        assert signals.undecided(study, found) == found

    def test_what_is_about_a_code_out_of_use_goes(self, study: Project) -> None:
        retire_code(study, find_code(study, "rop").id)
        assert signals.undecided(study, self.found()).exceptions == ()

    def test_what_is_put_aside_is_kept_in_this_copy_without_a_change(self, study: Project) -> None:
        found, before = self.found(), len(history.history(study))
        keys = {signals.key_of(each) for each in (*found.terms, *found.exceptions)}
        assert len(keys) == 4 and signals.hidden(study) == frozenset()
        signals.keep_hidden(study, keys)
        assert signals.hidden(study) == keys
        signals.keep_hidden(study, ())
        assert signals.hidden(study) == frozenset()
        assert len(history.history(study)) == before
