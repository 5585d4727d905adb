"""Memos, diary and condensates on paper and in tables."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest

from exports.frames import render_csv
from exports.memos import Condensate, MemoBook, MemoEntry, Unit, memo_table, render_markdown, unit_text
from exports.memos_word import render_memos
from exports.workbook import render_workbook

LABEL = "Kondensat (kunstig sitat, ikke ordrett)"


def _entry(**changes: Any) -> MemoEntry:
    values: dict[str, Any] = {
        "id": "m1", "kind": "memo", "on": "code", "subject": "koden «Bolig»", "text": "Se [[I03-042]].\n\n# Ikke overskrift",
        "coder": "Åse", "created": datetime(2026, 3, 14, 9, tzinfo=UTC), "updated": datetime(2026, 3, 14, 9, tzinfo=UTC),
        "links": ("I03-042",),
    }  # fmt: skip
    return MemoEntry(**(values | changes))


UNITS = (
    Unit(quote_id="I03-042", text="Det er kø.", verbatim=True),
    Unit(quote_id="K02-001", text="Leder mener\nat det er kø.", verbatim=False),
    Unit(quote_id="I04-001", text="De sier «lavterskel».", verbatim=True),
)
CONDENSATES = (
    Condensate(group="Bolig", subgroup="Kø", units=UNITS, text="Jeg venter. [[I03-042]]\nOg venter.", analysis="Venting.",
               coder="Åse"),
    Condensate(group="Bolig", subgroup="Dør", units=(), text="Jeg har ingen dør.", analysis="Venting.", coder="Åse",
               private=True),
)  # fmt: skip


@pytest.fixture
def book() -> MemoBook:
    return MemoBook(
        title="Studie",
        date=date(2026, 4, 1),
        entries=(
            _entry(),
            _entry(id="m2", kind="diary", on="project", subject="hele prosjektet", day="2026-03-15", text="I dag",
                   private=True),
            _entry(id="m3", kind="condensate", text="Jeg venter.", updated=datetime(2026, 3, 20, 9, tzinfo=UTC)),
        ),
    )  # fmt: skip


@pytest.fixture
def table_book() -> MemoBook:
    return MemoBook(title="Studie", date=date(2026, 4, 1), condensates=CONDENSATES)


def test_markdown_has_the_diary_first_and_marks_what_is_private_and_not_verbatim(book: MemoBook) -> None:
    text = render_markdown(book).decode("utf-8").replace("\\", "")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Studie", "## Forskerdagbok", "### 15. mars 2026", "## Memoer", "### Koden «Bolig»",
        "# Ikke overskrift", f"## {LABEL}", "### Koden «Bolig»",
    ]  # fmt: skip
    assert r"\# Ikke overskrift" in render_markdown(book).decode("utf-8"), "a memo's own marks are not markup"
    assert "Se [I03-042]." in text
    assert text.count("PRIVAT") == 1
    assert "endret 20. mars 2026" in text


def test_a_unit_stands_between_marks_only_when_it_was_said_so() -> None:
    assert [unit_text(unit) for unit in UNITS] == [
        "«Det er kø.» [I03-042]",
        "(ikke ordrett) Leder mener at det er kø. [K02-001]",
        "De sier «lavterskel». [I04-001]",
    ]


def test_condensates_are_never_set_as_quotations(table_book: MemoBook) -> None:
    table = memo_table(table_book)
    assert [column.title for column in table.columns] == [
        "Kodegruppe", "Subgruppe", "Meningsbærende enheter", LABEL, "Analytisk tekst",
    ]  # fmt: skip
    assert [row[3] for row in table.rows] == ["Jeg venter.\nOg venter.", "Jeg har ingen dør.\nPRIVAT"]
    assert [row[4] for row in table.rows] == ["Venting.", ""]
    text = render_markdown(table_book).decode("utf-8").replace("\\", "")
    assert text.count(f"**{LABEL}**") == 2
    assert "«Jeg" not in text and "Ingen." in text


def test_word_lays_the_condensate_table_down(table_book: MemoBook) -> None:
    document = docx.Document(io.BytesIO(render_memos(table_book)))
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][3] == LABEL
    assert cells[1][3] == "Jeg venter.\nOg venter."
    assert cells[2] == ["", "Dør", "", "Jeg har ingen dør.\nPRIVAT", ""]


def test_word_has_a_heading_for_each_memo_and_the_same_bytes_each_time(book: MemoBook) -> None:
    first = render_memos(book)
    assert first == render_memos(book)
    document = docx.Document(io.BytesIO(first))
    section = document.sections[0]
    assert (section.page_width or 0) < (section.page_height or 0)
    titles = [
        each.text for each in document.paragraphs if ((each.style and each.style.name) or "").startswith("Heading")
    ]
    assert titles == ["Forskerdagbok", "15. mars 2026", "Memoer", "Koden «Bolig»", LABEL, "Koden «Bolig»"]


def test_tables_for_programs_keep_the_words_as_they_are(book: MemoBook, table_book: MemoBook) -> None:
    text = render_csv(memo_table(book)).decode("utf-8-sig")
    assert text.splitlines()[0] == "day,kind,on,subject,text,coder,private,links,unknown,created,updated,id"
    assert "Se [[I03-042]]." in text
    sheet = render_workbook([memo_table(table_book)], table_book.date, table_book.title)
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        assert "Jeg har ingen dør." in package.read("xl/sharedStrings.xml").decode("utf-8")


def test_nothing_to_print_is_said() -> None:
    for condensates in (None, ()):
        empty = MemoBook(title="Tomt", date=date(2026, 4, 1), condensates=condensates)
        assert "Ingen memoer." in render_markdown(empty).decode("utf-8")
        assert "Ingen memoer." in [each.text for each in docx.Document(io.BytesIO(render_memos(empty))).paragraphs]
