"""Suggestions over whole texts: units, turns, neighbours, families of codes, order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from corpus.model import Role, SourceKind, Turn
from nlp.pipeline import Pipeline, load
from nlp.suggest import suggest, units
from nlp.suggestion import Suggestion


def code(slug: str, *signals: tuple[str, float, str], parent: str | None = None) -> Code:
    return Code(
        slug=slug,
        name=slug.capitalize(),
        parent=parent,
        signals=tuple(
            Signal(name=name, any=Terms(parts=(part,), words=(part,)), score=score) for name, score, part in signals
        ),
    )


CODEBOOK = Codebook(
    name="prøve",
    codes=(
        code("bolig", ("bolig", 0.7, "bolig"), ("tak", 0.3, "tak")),
        code("bolig-mangel", ("mangel", 0.8, "mangel"), ("kanskje mangel", 0.5, "få"), parent="bolig"),
        code("okonomi", ("tilskudd", 0.9, "tilskudd"), ("penger", 0.2, "penger")),
    ),
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


def found(
    pipeline: Pipeline, text: str, turns: tuple[Turn, ...] = (), kind: SourceKind = "report"
) -> list[tuple[str, str, str, list[str]]]:
    """(unit, code, method, words that triggered it) of each suggestion."""
    return [
        (
            text[suggestion.start : suggestion.end],
            suggestion.code,
            suggestion.method,
            [text[start:end] for start, end in suggestion.because],
        )
        for suggestion in suggest(text, turns, kind, CODEBOOK, pipeline)
    ]


def dialogue(*said: tuple[Role, str]) -> tuple[str, tuple[Turn, ...]]:
    """A transcript with the label `X: ` before each turn."""
    text, turns = "Opptak i dag. Bolig.\n", []
    for role, words in said:
        begin = len(text)
        text += f"X: {words}\n"
        turns.append(Turn(speaker="X", role=role, label_start=begin, start=begin + 3, end=len(text) - 1))
    return text, tuple(turns)


def test_the_unit_is_a_sentence_and_carries_every_trigger(pipeline: Pipeline) -> None:
    text = "Alt er fint. Boligen er en bolig. Ja."
    assert found(pipeline, text) == [("Boligen er en bolig.", "bolig", "rule", ["Boligen", "bolig"])]


def test_the_strongest_signal_gives_score_and_name(pipeline: Pipeline) -> None:
    (suggestion,) = suggest("Bolig med tak.", (), "report", CODEBOOK, pipeline)
    assert (suggestion.rule, suggestion.score) == ("bolig", 0.7)
    assert suggestion.because == ((0, 5), (10, 13))
    assert suggestion.pipeline == pipeline.identity


def test_a_sub_code_speaks_for_its_parent_unless_the_parent_is_surer(pipeline: Pipeline) -> None:
    assert [row[1] for row in found(pipeline, "Det er boligmangel.")] == ["bolig-mangel"]
    assert [row[1] for row in found(pipeline, "Det er få boliger.")] == ["bolig", "bolig-mangel"]


def test_nothing_is_suggested_where_an_interviewer_speaks_or_nobody(pipeline: Pipeline) -> None:
    text, turns = dialogue(("interviewer", "Hva med bolig?"), ("participant", "Boligen er grei."), ("other", "Bolig!"))
    assert [row[0] for row in found(pipeline, text, turns, "transcript")] == ["Boligen er grei.", "Bolig!"]


def test_units_never_cross_turns_and_leave_labels_out() -> None:
    text, turns = dialogue(("participant", "og så"), ("participant", "boligen. Ja"))
    assert [text[start:end] for start, end, _ in units(text, turns)] == ["og så", "boligen.", "Ja"]


def test_a_weak_signal_counts_only_near_a_sure_one_of_its_theme(pipeline: Pipeline) -> None:
    assert found(pipeline, "Han mangler tak.") == []
    assert found(pipeline, "Tilskudd gis. Han mangler tak.") == [("Tilskudd gis.", "okonomi", "rule", ["Tilskudd"])]
    text = "Boligen er liten. Han mangler tak."
    assert found(pipeline, text)[1] == ("Han mangler tak.", "bolig", "exchange", ["tak"])
    (_, lifted) = suggest(text, (), "report", CODEBOOK, pipeline)
    assert lifted.score == pytest.approx(0.3 + 0.4 * 0.7)


def test_evidence_reaches_farther_in_speech_and_from_the_question(pipeline: Pipeline) -> None:
    said: tuple[tuple[Role, str], ...] = (
        ("interviewer", "Hva med bolig?"),
        ("participant", "Ja. Nei. Tja. Vi har ikke tak."),
        ("participant", "Nei. Nei. Nei. Fint tak."),
    )
    text, turns = dialogue(*said)
    assert [row[0] for row in found(pipeline, text, turns, "transcript")] == ["Vi har ikke tak."]
    assert found(pipeline, text, turns, "minutes") == []


def test_a_neighbour_never_makes_a_suggestion_by_itself(pipeline: Pipeline) -> None:
    text, turns = dialogue(("participant", "Boligen. Og så. Ja visst."))
    assert [row[0] for row in found(pipeline, text, turns, "transcript")] == ["Boligen."]


def test_cancelling_stops_and_progress_ends_at_the_end(pipeline: Pipeline) -> None:
    text = "Boligen. " * 100
    calls = itertools.count()
    assert list(suggest(text, (), "report", CODEBOOK, pipeline, cancelled=lambda: next(calls) > 50)) == []
    steps: list[tuple[int, int]] = []
    total = list(suggest(text, (), "report", CODEBOOK, pipeline, progress=lambda *step: steps.append(step)))
    assert len(total) == 100
    assert steps[-1] == (len(text), len(text))
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["interviewer", "participant", "other"]),
            st.lists(
                st.sampled_from(["Boligmangel.", "tak", "Få penger!", "Rus- og boligtilskudd", "–", "😀"]),
                max_size=4,
            ).map(" ".join),
        ),
        max_size=5,
        min_size=1,
    )
)
@settings(max_examples=60, deadline=None)
def test_suggestions_are_ordered_inside_their_turn_and_the_same_each_time(
    said: list[tuple[Role, str]],
) -> None:
    text, turns = dialogue(*said)
    suggestions = list(suggest(text, turns, "transcript", CODEBOOK, load()))
    assert suggestions == list(suggest(text, turns, "transcript", CODEBOOK, load()))
    order = [entry.slug for entry in CODEBOOK]
    keys = [(entry.start, order.index(entry.code)) for entry in suggestions]
    assert keys == sorted(set(keys))
    for entry in suggestions:
        turn = next(turn for turn in turns if turn.start <= entry.start and entry.end <= turn.end)
        assert turn.role != "interviewer"
        assert all(entry.start <= start < end <= entry.end for start, end in entry.because)


def test_a_suggestion_without_a_reason_inside_its_unit_cannot_be_made() -> None:
    fields = {
        "start": 5,
        "end": 9,
        "code": "bolig",
        "score": 0.7,
        "method": "rule",
        "rule": "x",
        "pipeline": "p",
    }
    for because in ((), ((4, 6),), ((8, 10),), ((6, 6),)):
        with pytest.raises(ValueError, match="reason"):
            Suggestion(because=because, **fields)  # type: ignore[arg-type]
