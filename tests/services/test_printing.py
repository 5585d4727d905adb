"""Printing from a project: what is chosen, what stands beside it, and when nothing is written."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from codebooks.model import Code, Codebook
from workbench.core.entities import CodeEntry, Source
from workbench.errors import NotFound, Refusal
from workbench.services import cases, codebook, coding, naming, notes, printing
from workbench.services.printing import CodebookWanted, CodeWanted, TranscriptWanted, Wanted
from workbench.store.project import Project

DAY = date(2026, 11, 22)
Place = Callable[..., tuple[Source, int, int]]
Find = Callable[[str], CodeEntry]


@pytest.fixture
def made(project: Project, place: Place, code: Find) -> Project:
    """The project with codings by two coders, a star and a note."""
    starred = coding.apply_code(project, *place("Vi har for få boliger"), code("bolig"))
    coding.star_coding(project, starred.id, star=True)
    coding.apply_code(project, *place("Ola venter"), code("midlertidig-bolig"))
    coding.apply_code(project, *place("På mottaket"), code("midlertidig-bolig"))
    coding.apply_code(project, *place("staten må betale"), code("okonomi"))
    notes.add_note(project, *place("Selv takk"), "Spør igjen")
    mine, project.coder_name = project.coder_name, "Ola"
    coding.apply_code(project, *place("Tilskuddet går ut"), code("okonomi"))
    project.coder_name = mine
    return project


def printed(project: Project, wanted: Wanted, folder: Path) -> tuple[Document, tuple[str, ...]]:
    done = printing.print_out(project, wanted, folder / "ut.docx", day=DAY, force=True)
    return docx.Document(io.BytesIO(done.path.read_bytes())), done.warnings


def cells(document: Document) -> str:
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_a_transcript_shows_what_both_coders_did_and_who(made: Project, tmp_path: Path) -> None:
    document, warnings = printed(made, TranscriptWanted(sources=("Første",)), tmp_path)
    text = cells(document)
    assert warnings == ()
    assert "[aVi har for få boliger" in text
    for said in ("Bolig", "Midlertidig bolig", "Økonomi", "Kari Koder", "Ola", "✎ Spør igjen"):
        assert said in text
    assert document.sections[0].footer.paragraphs[0].text.startswith("Inneholder personopplysninger")


def test_one_coders_print_leaves_the_others_codings_and_notes_out(made: Project, tmp_path: Path) -> None:
    document, _warnings = printed(made, TranscriptWanted(sources=("Første",), coder="ola"), tmp_path)
    text = cells(document)
    assert "Økonomi" in text
    assert "Midlertidig bolig" not in text and "Spør igjen" not in text
    assert "Ola" not in text.replace("Ola venter", ""), "with one coder there is no need to say who"


def test_without_codes_the_notes_stand_and_blind_nothing_does(made: Project, tmp_path: Path) -> None:
    noted = cells(printed(made, TranscriptWanted(sources=("Første",), codes=False), tmp_path)[0])
    blind = cells(printed(made, TranscriptWanted(sources=("Første",), blind=True), tmp_path)[0])
    assert "Spør igjen" in noted and "[a" not in noted
    assert "Spør igjen" not in blind and "[a" not in blind


def test_no_source_named_means_all_of_them(made: Project, tmp_path: Path) -> None:
    document, warnings = printed(made, TranscriptWanted(), tmp_path)
    assert len(document.tables) == 3
    assert warnings == ()


def test_a_coder_who_has_coded_nothing_in_a_source_is_told_of(made: Project, tmp_path: Path) -> None:
    _document, warnings = printed(made, TranscriptWanted(sources=("Andre",), coder="Ola"), tmp_path)
    assert warnings == ("Andre har ingen kodinger av Ola.",)


def test_codes_of_the_same_name_are_printed_with_what_they_lie_under(
    made: Project, place: Place, code: Find, tmp_path: Path
) -> None:
    twin = Code(slug="okonomi-midlertidig", name="Midlertidig bolig", parent="okonomi")
    book = Codebook(name="mer", codes=(Code(slug="okonomi", name="Økonomi"), twin))
    codebook.load_codebook(made, book)
    coding.apply_code(made, *place("Karianne vet mer"), code("okonomi-midlertidig"))
    text = cells(printed(made, TranscriptWanted(sources=("Første",)), tmp_path)[0])
    assert "Økonomi › Midlertidig bolig" in " ".join(text.replace("\u00a0", " ").split())


def test_excerpts_of_a_code_have_the_lines_of_the_printed_transcript(made: Project, tmp_path: Path) -> None:
    excerpts = cells(printed(made, CodeWanted(code="okonomi"), tmp_path)[0])
    line = next(line for line in excerpts.split("\n") if "Første · linje" in line)
    number = int(line.split("linje ")[1].split()[0])
    document, _warnings = printed(made, TranscriptWanted(sources=("Første",), every=1), tmp_path)
    row = next(row for row in document.tables[0].rows if row.cells[1].text == str(number))
    assert "Tilskuddet går ut" in row.cells[2].text


def test_every_printed_quote_id_leads_back(made: Project, tmp_path: Path) -> None:
    for quote in {each.quote for each in coding.list_codings(made)}:
        assert quote in cells(printed(made, TranscriptWanted(), tmp_path)[0])
        assert naming.find_coding(made, quote).quote == quote


def test_a_code_takes_in_what_is_below_it_unless_it_is_to_be_exact(made: Project, tmp_path: Path) -> None:
    within = cells(printed(made, CodeWanted(code="bolig"), tmp_path)[0])
    exact = cells(printed(made, CodeWanted(code="bolig", exact=True), tmp_path)[0])
    assert "På mottaket" in within and "(Midlertidig bolig, manuell)" in within
    assert "På mottaket" not in exact and "Vi har for få boliger" in exact


@pytest.mark.parametrize(
    ("choice", "kept"),
    [({"case": "Storhamn"}, "På mottaket"), ({"starred": True}, "Vi har for få boliger"), ({"coder": "Ola"}, "")],
)
def test_excerpts_are_chosen_by_case_star_and_coder(
    made: Project, tmp_path: Path, choice: dict[str, object], kept: str
) -> None:
    document, warnings = printed(made, CodeWanted(code="bolig", **choice), tmp_path)  # type: ignore[arg-type]
    text = cells(document)
    said = [words for words in ("Vi har for få boliger", "Ola venter", "På mottaket") if words in text]
    assert said == ([kept] if kept else [])
    assert bool(warnings) is (not kept)


def test_the_codebook_is_printed_with_counts_and_without_a_stamp(made: Project, tmp_path: Path) -> None:
    document, _warnings = printed(made, CodebookWanted(), tmp_path)
    (bolig,) = [row for row in document.tables[0].rows if row.cells[0].text.endswith("Bolig\nbolig")]
    assert bolig.cells[5].text == "1 koding\n3 med underkoder\n2 caser"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Side")


def test_the_stamp_can_be_another(made: Project, tmp_path: Path) -> None:
    done = printing.print_out(made, CodebookWanted(), tmp_path / "ut.docx", day=DAY, stamp="Rød (fortrolig)")
    document = docx.Document(io.BytesIO(done.path.read_bytes()))
    assert document.sections[0].footer.paragraphs[0].text.startswith("Rød (fortrolig) – Side")


def test_the_same_day_gives_the_same_bytes(made: Project, tmp_path: Path) -> None:
    for wanted in (TranscriptWanted(), CodeWanted(code="bolig"), CodebookWanted()):
        pair = [printing.print_out(made, wanted, tmp_path / f"{n}.docx", day=DAY, force=True).path for n in (1, 2)]
        assert pair[0].read_bytes() == pair[1].read_bytes()


def test_printing_changes_nothing_in_the_project(made: Project, tmp_path: Path) -> None:
    before = list(made.connection.iterdump())
    printing.print_out(made, TranscriptWanted(), tmp_path / "ut.docx")
    assert list(made.connection.iterdump()) == before


@pytest.mark.parametrize("name", ["ut.odt", "ut", "ut.docx.txt"])
def test_another_ending_is_refused(made: Project, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match=r"\.docx eller \.pdf"):
        printing.print_out(made, CodebookWanted(), tmp_path / name)


def test_a_file_that_is_there_is_not_touched_unasked(made: Project, tmp_path: Path) -> None:
    told: list[str] = []
    for name in ("ut.docx", "ut.pdf"):
        there = tmp_path / name
        there.write_text("mitt")
        with pytest.raises(Refusal, match="finnes fra før"):
            printing.print_out(made, TranscriptWanted(), there, progress=lambda done, total, what: told.append(what))
        assert there.read_text() == "mitt"
    assert told == [], "nobody waits for a PDF that has nowhere to go"


def test_unknown_names_are_refused(made: Project, tmp_path: Path) -> None:
    for wanted in (
        TranscriptWanted(sources=("Tredje",)),
        CodeWanted(code="vær"),
        CodeWanted(code="bolig", case="Oslo"),
    ):
        with pytest.raises(NotFound):
            printing.print_out(made, wanted, tmp_path / "ut.docx")
        assert not (tmp_path / "ut.docx").exists()


def test_pdf_without_libreoffice_is_refused_before_anything_is_done(
    made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("exports.paper.pdf._PLACES", ())
    told: list[str] = []
    with pytest.raises(Refusal, match="Installer LibreOffice"):
        printing.print_out(
            made, TranscriptWanted(), tmp_path / "ut.pdf", progress=lambda done, total, what: told.append(what)
        )
    assert told == []


def test_prints_are_proposed_beside_the_project_unless_nothing_can_be_written_there(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printing.folder_for_prints(project) == project.path.parent
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert printing.folder_for_prints(project) == Path.home()


def test_stopping_writes_nothing(made: Project, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="stoppet"):
        printing.print_out(made, TranscriptWanted(), tmp_path / "ut.docx", cancelled=lambda: True)
    assert not (tmp_path / "ut.docx").exists()


def test_a_transcript_becomes_a_pdf(made: Project, tmp_path: Path, require_program: Callable[[str], str]) -> None:
    require_program("soffice")
    require_program("pdftotext")
    done = printing.print_out(made, TranscriptWanted(sources=("Første",), every=1), tmp_path / "ut.pdf", day=DAY)
    text = subprocess.run(
        ["pdftotext", "-layout", str(done.path), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "Vi har for få boliger" in text
    assert "skrevet ut 22. november 2026" in text
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("kodebenk-pdf-")] == []


def test_prints_of_what_the_withdrawn_have_said_are_warned_of(made: Project, tmp_path: Path) -> None:
    cases.set_case(made, cases.find_case(made, "Innlandet").id, withdrawn=1)
    _document, warnings = printed(made, TranscriptWanted(), tmp_path)
    assert any("caser som har trukket seg: Første. " in each for each in warnings), warnings
    _document, warnings = printed(made, CodeWanted(code="bolig"), tmp_path)
    assert any("som har trukket seg. Velg andre caser" in each for each in warnings)
