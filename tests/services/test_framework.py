"""The framework matrix: cells written by a person, resting on quotations, and known to be older than the coding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from workbench.core.entities import Case, CodeEntry
from workbench.errors import Refusal
from workbench.services import codebook, coding, framework, framework_export, history
from workbench.services.cases import find_case
from workbench.store.project import Project

Code = Callable[[str], CodeEntry]
Place = Callable[..., Any]


@pytest.fixture
def elvestrand(project: Project) -> Case:
    return find_case(project, "Elvestrand")


def _cell(project: Project, case: str, code: str, **chosen: str) -> framework.Cell:
    shown = framework.framework(project, **chosen)
    row = [each.name for each in shown.cases].index(case)
    column = [each.name for each in shown.codes].index(code)
    return shown.cells[row][column]


def test_rows_are_cases_and_columns_the_top_level_codes(project: Project) -> None:
    shown = framework.framework(project)
    assert [case.name for case in shown.cases] == ["Innlandet", "Elvestrand", "Storhamn"]
    assert [code.name for code in shown.codes] == ["Bolig", "Økonomi"]
    below = framework.framework(project, under=codebook.find_code(project, "Bolig").id)
    assert [code.name for code in below.codes] == ["Midlertidig bolig"]


def test_a_cell_rests_on_the_quotations_it_names(project: Project, code: Code, place: Place, elvestrand: Case) -> None:
    made = coding.apply_code(project, *place("få boliger"), code("Bolig"))
    text = f"Leder sier at det er for få boliger [[{made.quote}]]."
    cell = framework.write_cell(project, elvestrand, code("Bolig"), text, status="done")
    assert cell is not None
    assert (cell.text, cell.status, cell.codings) == (text, "done", (made.id,))
    assert cell.coder == "Kari Koder"
    with pytest.raises(Refusal, match="I99-001"):
        framework.write_cell(project, elvestrand, code("Bolig"), "Se [[I99-001]].")
    assert framework.cell_of(project, elvestrand, code("Bolig")) == cell


def test_sub_codes_count_in_the_cell_and_waves_are_apart(
    project: Project, code: Code, place: Place, elvestrand: Case
) -> None:
    coding.apply_code(project, *place("få boliger"), code("Midlertidig bolig"))
    assert _cell(project, "Elvestrand", "Bolig").excerpts == 1
    assert _cell(project, "Storhamn", "Bolig").excerpts == 0
    assert _cell(project, "Elvestrand", "Bolig", wave="1").excerpts == 1
    assert _cell(project, "Elvestrand", "Bolig", wave="2").excerpts == 0
    framework.write_cell(project, elvestrand, code("Bolig"), "I første bølge: for få.", wave="1")
    assert _cell(project, "Elvestrand", "Bolig").summary is None
    assert [each.coding.text for each in framework.evidence(project, elvestrand, code("Bolig"), "1")] == ["få boliger"]


def test_coding_after_the_summary_is_counted_as_newer(
    project: Project, code: Code, place: Place, elvestrand: Case
) -> None:
    coding.apply_code(project, *place("få boliger"), code("Bolig"))
    framework.write_cell(project, elvestrand, code("Bolig"), "For få.")
    assert _cell(project, "Elvestrand", "Bolig").newer == 0
    # Times are told to the second; the cell is set back instead of waiting.
    project.connection.execute("UPDATE summary_cell SET updated = '2020-01-01T00:00:00Z'")
    assert _cell(project, "Elvestrand", "Bolig").newer == 1


def test_the_same_words_again_are_no_change_and_empty_words_clear_the_cell(
    project: Project, code: Code, elvestrand: Case
) -> None:
    framework.write_cell(project, elvestrand, code("Bolig"), "For få.")
    before = len(history.history(project))
    framework.write_cell(project, elvestrand, code("Bolig"), "  For få. ")
    assert len(history.history(project)) == before
    assert framework.write_cell(project, elvestrand, code("Bolig"), "") is None
    history.undo(project)
    kept = framework.cell_of(project, elvestrand, code("Bolig"))
    assert kept is not None
    assert kept.text == "For få."


def test_a_case_that_is_removed_takes_its_cells_along_and_brings_them_back(
    project: Project, code: Code, elvestrand: Case
) -> None:
    framework.write_cell(project, elvestrand, code("Bolig"), "For få.")
    with project.write() as act:
        act.record("case.remove", {"id": elvestrand.id})
    assert framework.cell_of(project, elvestrand, code("Bolig")) is None
    history.undo(project)
    assert framework.cell_of(project, elvestrand, code("Bolig")) is not None


def test_the_matrix_is_written_to_excel_and_word(
    project: Project, code: Code, elvestrand: Case, tmp_path: Path
) -> None:
    framework.write_cell(project, elvestrand, code("Bolig"), "For få boliger.\nKøen er lang.")
    day = date(2026, 11, 22)
    first = framework_export.write(project, tmp_path / "r.docx", day=day)
    table = docx.Document(str(first)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Case", "Bolig", "Økonomi"]
    assert table.rows[2].cells[1].text == "For få boliger.\nKøen er lang.\n(utkast)"
    again = framework_export.write(project, tmp_path / "r2.docx", day=day)
    assert first.read_bytes() == again.read_bytes()
    assert framework_export.write(project, tmp_path / "r.xlsx", day=day).stat().st_size > 0
    with pytest.raises(Refusal, match=r"\.pdf"):
        framework_export.write(project, tmp_path / "r.pdf", day=day)


def test_what_was_written_on_a_merged_code_stands_with_the_other(
    project: Project, code: Code, elvestrand: Case
) -> None:
    framework.write_cell(project, elvestrand, code("Økonomi"), "Pengene er slutt.", status="done")
    framework.write_cell(project, elvestrand, code("Bolig"), "For få boliger.", status="done")
    codebook.merge_codes(project, code("Økonomi").id, into=code("Bolig").id)
    kept = framework.cell_of(project, elvestrand, code("Bolig"))
    assert kept is not None
    assert (set(kept.text.split("\n\n")), kept.status) == ({"Pengene er slutt.", "For få boliger."}, "draft")
    framework.write_cell(project, elvestrand, code("Bolig"), "For få boliger, og pengene er slutt.")
    after = framework.cell_of(project, elvestrand, code("Bolig"))
    assert after is not None
    assert after.text == "For få boliger, og pengene er slutt."
    history.undo(project)
    assert framework.cell_of(project, elvestrand, code("Bolig")) == kept


def test_a_cell_can_be_saved_when_a_quotation_it_names_is_gone(
    project: Project, code: Code, place: Place, elvestrand: Case
) -> None:
    made = coding.apply_code(project, *place("få boliger"), code("Bolig"))
    framework.write_cell(project, elvestrand, code("Bolig"), f"For få [[{made.quote}]].")
    coding.remove_coding(project, made.id)
    done = framework.write_cell(project, elvestrand, code("Bolig"), f"For få [[{made.quote}]].", status="done")
    assert done is not None
    assert (done.status, done.codings) == ("done", ())


def test_a_retired_code_keeps_its_column_while_it_is_written_in(project: Project, code: Code, elvestrand: Case) -> None:
    framework.write_cell(project, elvestrand, code("Økonomi"), "Pengene er slutt.")
    codebook.retire_code(project, code("Økonomi").id)
    assert [each.name for each in framework.framework(project).codes] == ["Bolig", "Økonomi"]
    framework.write_cell(project, elvestrand, code("Økonomi"), "")
    assert [each.name for each in framework.framework(project).codes] == ["Bolig"]
