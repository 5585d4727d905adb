"""Labels that need the whole text to be told from headings: `Spørsmål:` and `Svar:`, names in bold, names that recur."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus.model import ReadOptions
from corpus.reading import read_source
from corpus.turns import parse_turns

ANSWER = "Vi har for få boliger, og det tar lang tid å få bygd nye."


def mail(asks: str, answers: str, pairs: int = 4, gap: str = " ") -> str:
    blocks = (
        f"{asks.format(i=i)}{gap}Hva er vanskelig med sak {i}?\n{answers.format(i=i)}{gap}{ANSWER}"
        for i in range(1, pairs + 1)
    )
    return "Fra: Kari\nEmne: Intervju\n\nHei, her er svarene.\n\n" + "\n\n".join(blocks) + "\n\nHilsen Ola\n"


@pytest.mark.parametrize(
    ("asks", "answers", "gap", "named"),
    [
        ("Spørsmål:", "Svar:", " ", ("Spørsmål", "Svar")),
        ("Spørsmål {i}:", "Svar {i}:", " ", ("Spørsmål", "Svar")),
        ("Spørsmål nr. {i}", "Svar", "\n", ("Spørsmål", "Svar")),
        ("**Spm. {i}:**", "**Svar:**", " ", ("Spm", "Svar")),
        ("> Spm:", "S:", " ", ("Spm", "S")),
        ("S:", "Svar:", " ", ("S", "Svar")),
        ("Sp.:", "Sv.:", " ", ("Sp", "Sv")),
        ("Spørsmål {i}:", "Kari:", " ", ("Spørsmål", "Kari")),
        ("I:", "Svar:", " ", ("I", "Svar")),
    ],
)
def test_questions_and_answers_speak_when_they_alternate(
    asks: str, answers: str, gap: str, named: tuple[str, str]
) -> None:
    text = mail(asks, answers, gap=gap)
    turns, notes = parse_turns(text)
    assert [(turn.speaker, turn.role) for turn in turns] == [(named[0], "interviewer"), (named[1], "participant")] * 4
    assert text[turns[0].start : turns[0].end] == "Hva er vanskelig med sak 1?"
    assert text[turns[1].start : turns[1].end] == ANSWER
    assert [note.doubtful for note in notes] == [True]


@pytest.mark.parametrize(
    "text",
    [
        mail("Spørsmål:", "Svar:", pairs=2),
        "".join(f"Spørsmål {i}: Hva er vanskelig?\nSvar: ______\n" for i in range(6)),
        "".join(f"Spørsmål {i}: Hva er vanskelig?\n" for i in range(6)),
        "Rapporten handler om boliger.\n" * 40 + mail("Spørsmål:", "Svar:") + "Kommunen bygger flere boliger.\n" * 200,
        "Møtereferat 3. mars\n" + mail("Spørsmål:", "Svar:"),
    ],
    ids=["too few", "a form", "a guide", "inside a report", "minutes"],
)
def test_questions_and_answers_that_are_no_interview(text: str) -> None:
    assert parse_turns(text)[0] == ()


def test_questions_and_answers_of_a_report_are_no_turns() -> None:
    assert parse_turns(mail("Spørsmål:", "Svar:"), ReadOptions(kind="report"))[0] == ()


def test_rejected_questions_do_not_speak() -> None:
    turns, _notes = parse_turns(mail("Spørsmål:", "Svar:"), ReadOptions(rejected_labels=("Spørsmål", "Svar")))
    assert turns == ()


LED = [("Kari", "Hva gjør du?"), ("Informant 1", "Jeg er lærer.")] * 3


def test_names_in_bold_without_colon() -> None:
    text = "\n\n".join(f"**{name}** {said}\nOg mer." for name, said in LED)
    turns, notes = parse_turns(text)
    assert [turn.speaker for turn in turns] == [name for name, _said in LED]
    assert text[turns[1].start : turns[1].end] == "Jeg er lærer.\nOg mer."
    assert any(note.doubtful and "«Kari»" in note.message for note in notes)
    assert parse_turns(text.replace("?", "."))[0] == ()


def test_names_in_bold_in_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    for name, said in LED:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(" " + said)
    path = tmp_path / "a.docx"
    document.save(str(path))
    read = read_source(path)
    found = [(turn.speaker, read.text[turn.start : turn.end]) for turn in read.turns]
    assert found == LED
    assert read_source(path, ReadOptions(kind="report")).turns == ()


@pytest.mark.parametrize("names", [("Storvik", "Nordby"), ("Kari", "Nordby"), ("Storvik", "Per Nordby")])
def test_names_that_recur_speak_when_somebody_asks_or_they_are_known(names: tuple[str, str]) -> None:
    known = names != ("Storvik", "Nordby")
    text = "".join(f"{name}: Vi har {n} boliger.\n" for n in range(4) for name in names)
    assert bool(parse_turns(text)[0]) is known
    assert len(parse_turns(text.replace("boliger.", "boliger?"))[0]) == 8
    assert len(parse_turns(text, ReadOptions(kind="transcript"))[0]) == 8


@pytest.mark.parametrize("headings", [("Diagnose", "Oppstart"), ("Files", "Copyright", "License"), ("URL", "Les også")])
def test_headings_that_recur_are_no_speakers_and_can_be_confirmed(headings: tuple[str, ...]) -> None:
    text = "".join(f"{heading}: post {n} i listen, se side?id={n}\n" for n in range(4) for heading in headings)
    turns, notes = parse_turns(text)
    assert turns == ()
    assert any(note.doubtful and f"«{headings[0]}:»" in note.message for note in notes)
    assert len(parse_turns(text, ReadOptions(confirmed_labels=headings[:1]))[0]) >= 4
