"""Printed lines: they cover the text, are the same with codes and without, and say where codings begin and end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.paper.layout import (
    Line,
    Piece,
    lines_of,
    lines_spanned,
    marks_of,
    pieces_of,
    rows_of,
)
from exports.paper.models import PrintedCoding, PrintedNote, PrintedSource, PrintedTurn
from exports.paper.widths import broken, width_of

ROOM = 26_000
TEXT = (
    "Intervjuer: Hvordan går det?\n\n"
    "Kari: Det går så som så. Vi har for få boliger, og de som er, ligger langt unna alt som heter buss og butikk og folk.\n"
    "Og så er det økonomien.\n\n"
    "Intervjuer: Fortell.\n"
)
TURNS = (
    PrintedTurn(number=1, label_start=0, start=12, end=28, asking=True),
    PrintedTurn(number=2, label_start=30, start=36, end=170),
    PrintedTurn(number=3, label_start=TEXT.rindex("Intervjuer"), start=TEXT.rindex("Fortell"), end=len(TEXT) - 1, asking=True),
)  # fmt: skip


def coding(words: str, name: str = "Bolig", *, colour: str = "", coder: str = "") -> PrintedCoding:
    start = TEXT.index(words)
    return PrintedCoding(start=start, end=start + len(words), name=name, quote_id="I01-001", colour=colour, coder=coder)


def source(*codings: PrintedCoding, notes: tuple[PrintedNote, ...] = ()) -> PrintedSource:
    return PrintedSource(
        name="Kari", kind="transcript", verbatim=True, version=1, text=TEXT, turns=TURNS, codings=codings, notes=notes
    )


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"⟨{piece.text}⟩" if piece.mark else piece.text for piece in pieces)


def printed(made: PrintedSource) -> list[str]:
    lines = lines_of(made.text, made.turns)
    marks = marks_of(made, lines)
    return [shown(pieces_of(line, made.text, marks)) for line in lines]


def test_each_turn_begins_a_line_and_its_number_stands_there_once() -> None:
    lines = lines_of(TEXT, TURNS)
    numbered = [(line.turn, TEXT[line.start : line.end].split(":")[0]) for line in lines if line.turn]
    assert numbered == [(1, "Intervjuer"), (2, "Kari"), (3, "Intervjuer")]
    assert [line.asking for line in lines] == [True, *[False] * (len(lines) - 2), True]
    assert TEXT[lines[1].start : lines[1].label_end] == "Kari: "


def test_a_turn_that_was_split_off_in_the_middle_of_a_line_gets_a_line_of_its_own() -> None:
    text = "Kari: Ja. Nei."
    turns = (
        PrintedTurn(number=1, label_start=0, start=6, end=10),
        PrintedTurn(number=2, label_start=10, start=10, end=14),
    )
    assert [(line.turn, text[line.start : line.end]) for line in lines_of(text, turns)] == [
        (1, "Kari: Ja."),
        (2, "Nei."),
    ]


def test_text_outside_the_turns_is_nobodys() -> None:
    text = "Intervjuer: Hva?\n\nDel to\n"
    turns = (PrintedTurn(number=1, label_start=0, start=12, end=16, asking=True),)
    assert [(line.turn, line.asking) for line in lines_of(text, turns)] == [(1, True), (0, False)]


@settings(max_examples=60)
@given(st.text(alphabet="abc ÆØÅ-/mW\n\t.😀\u0301", max_size=400))
def test_lines_hold_every_letter_once_and_none_is_too_wide(text: str) -> None:
    lines = lines_of(text, ())
    assert "".join("".join(text[line.start : line.end].split()) for line in lines) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(lines))
    for line in lines:
        assert line.start < line.end
        words = text[line.start : line.end]
        assert "\n" not in words
        assert width_of(words) <= ROOM


@settings(max_examples=60)
@given(st.text(alphabet="ab m-\u0301", max_size=120), st.integers(1000, 6000))
def test_broken_stretches_follow_on_each_other_without_gaps(text: str, room: int) -> None:
    spans = list(broken(text, 0, len(text), room))
    assert [span for span in spans if span[0] >= span[1]] == []
    assert "".join(text[start:end] for start, end in spans) == text
    for start, end in spans:
        assert width_of(text[start:end].rstrip()) <= room


def test_a_word_is_broken_after_its_hyphen_but_a_date_is_not() -> None:
    text = "mmmm rus-tiltak 2026-11-22"
    room = width_of("mmmm rus-") + 10
    assert [text[start:end] for start, end in broken(text, 0, len(text), room)] == [
        "mmmm rus-",
        "tiltak ",
        "2026-11-22",
    ]


def test_line_numbers_do_not_move_when_something_is_coded() -> None:
    plain = [TEXT[line.start : line.end] for line in lines_of(TEXT, TURNS)]
    coded = printed(source(coding("for få boliger"), coding("boliger, og de som er")))
    assert [
        line.replace("⟨[a⟩", "").replace("⟨a]⟩", "").replace("⟨[b⟩", "").replace("⟨b]⟩", "") for line in coded
    ] == plain


def test_marks_show_where_codings_begin_and_end_also_where_they_overlap() -> None:
    text = "\n".join(printed(source(coding("for få boliger", "Bolig"), coding("få boliger, og de", "Kø"))))
    assert "⟨[a⟩for ⟨[b⟩få boliger⟨a]⟩, og de⟨b]⟩" in text


def test_codings_of_the_same_words_lie_inside_each_other() -> None:
    text = "\n".join(printed(source(coding("få boliger", "Bolig"), coding("få boliger", "Økonomi"))))
    assert "⟨[a⟩⟨[b⟩få boliger⟨b]⟩⟨a]⟩" in text


def test_no_line_has_a_letter_twice_though_letters_come_round_again() -> None:
    start = TEXT.index("Vi har")
    many = [
        PrintedCoding(start=start + place, end=start + place + 1, name="Bolig", quote_id=f"I01-{place:03}")
        for place in range(40)
        if not TEXT[start + place].isspace()
    ]
    lines = lines_of(TEXT, TURNS)
    marks = marks_of(source(*many), lines)
    assert len({(mark.first, mark.letter) for mark in marks}) == len(many) > 23


def test_blanks_at_the_ends_of_a_coding_do_not_take_its_mark_to_another_line() -> None:
    start = TEXT.index("\nKari") - 1
    made = PrintedCoding(start=start, end=TEXT.index("Det går") + 7, name="Bolig", quote_id="I01-001")
    assert printed(source(made))[1].startswith("⟨[a⟩Kari: Det går⟨a]⟩")


def test_the_margin_says_code_lines_id_and_coder_where_the_coding_begins() -> None:
    made = source(coding("Det går så som så. Vi har for få boliger", "Bolig", coder="Ola", colour="#e69f00"))
    lines = lines_of(TEXT, TURNS)
    rows = rows_of(lines, marks_of(made, lines), ())
    label = rows[1].margin
    assert [(piece.text, piece.style) for piece in label] == [
        ("a", "letter"), ("Bolig", "code"), ("2\u00a0·", "plain"), ("I01-001\u00a0·", "plain"), ("Ola", "plain"),
    ]  # fmt: skip
    assert label[1].colour == "#e69f00"
    assert [row.number for row in rows] == list(range(1, len(lines) + 1))


def test_the_margin_runs_on_below_a_turn_that_is_too_short_for_it() -> None:
    many = [coding("Hvordan", f"Kode {number} med et ganske langt navn og mer til") for number in range(4)]
    lines = lines_of(TEXT, TURNS)
    rows = rows_of(lines, marks_of(source(*many), lines), ())
    assert rows[0].number == 1 and rows[1].number == 0
    after = next(index for index, row in enumerate(rows) if row.number == 2)
    assert sum(bool(row.margin) for row in rows[:after]) == sum(bool(row.margin) for row in rows)
    assert [row.number for row in rows if row.number] == list(range(1, len(lines) + 1))


def test_notes_stand_in_the_margin_without_a_mark_in_the_text() -> None:
    start = TEXT.index("økonomien")
    made = source(notes=(PrintedNote(start=start, end=start + 9, text="Spør mer om dette."),))
    lines = lines_of(TEXT, TURNS)
    (row,) = [row for row in rows_of(lines, (), made.notes) if row.margin]
    assert "økonomien" in TEXT[lines[row.number - 1].start : lines[row.number - 1].end]
    assert [piece.text for piece in row.margin] == ["✎", "Spør", "mer", "om", "dette."]


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(
    lambda pair: (pair[0], min(len(TEXT), pair[0] + pair[1]))
)


@settings(max_examples=60)
@given(st.lists(spans, max_size=60))
def test_open_codings_never_share_a_letter_and_every_label_is_printed(placed: list[tuple[int, int]]) -> None:
    codings = [
        PrintedCoding(start=start, end=end, name=f"Kode {number}", quote_id=f"I01-{number:03}")
        for number, (start, end) in enumerate(placed)
    ]
    lines = lines_of(TEXT, TURNS)
    marks = marks_of(source(*codings), lines)
    assert len(marks) == len(codings)
    for index, mark in enumerate(marks):
        beside = [other for other in marks[:index] if other.first <= mark.last and other.last >= mark.first]
        assert mark.letter not in {other.letter for other in beside}
    rows = rows_of(lines, marks, ())
    names = [piece.text for row in rows for piece in row.margin if piece.style == "code"]
    assert sorted(names) == sorted(each.name for each in codings)


@settings(max_examples=60)
@given(spans)
def test_a_span_has_the_lines_its_words_are_printed_on(span: tuple[int, int]) -> None:
    lines = lines_of(TEXT, TURNS)
    first, last = lines_spanned(lines, TEXT, *span)
    assert 1 <= first <= last <= len(lines)
    if TEXT[slice(*span)].strip():
        assert holds(lines[first - 1], span) and holds(lines[last - 1], span)


def holds(line: Line, span: tuple[int, int]) -> bool:
    return line.start < span[1] and line.end > span[0]
