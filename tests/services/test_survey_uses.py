"""What a person says about columns gives another mapping, in the order of the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import Refusal
from workbench.services.survey import tables, uses
from workbench.services.survey.tables import Sheet

TABLE = """Nr;Kommune;Har plan;Plan;Plan: status;Hva er vanskelig?;Stilling;Er noe annet viktig for dere?
1;Elvestrand;Ja;Ja;klar;Vi mangler boliger og folk.;leder;Ja, det er mange ting her.
2;Storhamn;Nei;Ja;klar;Ventetiden er for lang her.;rådgiver;Nei, ikke noe mer enn dette.
3;Storhamn;Ja;Nei;ny;Økonomien strammes til i år.;leder;Vi har det bra, takk som spør.
4;Storhamn;Ja;Nei;ny;Økonomien er dårlig i år.;leder;Vi har det bra, takk som spør oss.
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    path = tmp_path / "svar.csv"
    path.write_text(TABLE, encoding="utf-8")
    return tables.look(path)[0]


def test_a_column_is_one_thing_at_a_time(sheet: Sheet) -> None:
    mapping = sheet.proposed()
    column = sheet.guess("hva er vanskelig?")
    for use in uses.USES:
        mapping = uses.with_use(mapping, sheet, column, use)
        assert uses.use_of(mapping, column.header) == use
        assert list(mapping.columns()).count(column.header) == (use != "ignore")


def test_questions_stand_in_the_tables_order_with_keys_of_their_own(sheet: Sheet) -> None:
    mapping = sheet.proposed()
    before = [question.key for question in mapping.questions]
    first = sheet.guess("Hva er vanskelig?")
    mapping = uses.with_use(uses.with_use(mapping, sheet, first, "ignore"), sheet, first, "question")
    assert [question.key for question in mapping.questions] == before
    mapping = uses.with_use(mapping, sheet, sheet.guess("Stilling"), "question")
    assert [question.column for question in mapping.questions][1] == "Stilling"
    assert len({question.key for question in mapping.questions}) == 3


def test_facts_of_the_case_stand_in_the_tables_order(sheet: Sheet) -> None:
    mapping = sheet.proposed()
    for name in ("Har plan", "Plan: status"):
        mapping = uses.with_use(mapping, sheet, sheet.guess(name), "attribute")
    again = uses.with_use(mapping, sheet, sheet.guess("Har plan"), "ignore")
    assert uses.with_use(again, sheet, sheet.guess("Har plan"), "attribute") == mapping != again


def test_an_informants_field_has_one_column(sheet: Sheet) -> None:
    mapping = uses.with_use(sheet.proposed(), sheet, sheet.guess("Stilling"), "role")
    mapping = uses.with_use(mapping, sheet, sheet.guess("Har plan"), "role")
    assert [each.column for each in mapping.informant] == ["Har plan"]


@pytest.mark.parametrize(
    ("written", "column", "values"),
    [
        ("Har plan = Ja | Delvis", "Har plan", ("Ja", "Delvis")),
        ("har plan:Ja", "Har plan", ("Ja",)),
        ("Plan: status: ny", "Plan: status", ("ny",)),
        ("q1=noe: annet", "Hva er vanskelig?", ("noe: annet",)),
    ],
)
def test_a_filter_is_read_as_people_write_it(sheet: Sheet, written: str, column: str, values: tuple[str, ...]) -> None:
    found = uses.filter_of(sheet.proposed(), sheet, written)
    assert found is not None and (found.column, found.values) == (column, values)


@pytest.mark.parametrize("written", ["Har plan", "Har plan =", "Ukjent = Ja", "= Ja"])
def test_what_is_no_filter_is_refused(sheet: Sheet, written: str) -> None:
    with pytest.raises(Refusal, match="er ikke et filter"):
        uses.filter_of(sheet.proposed(), sheet, written)


def test_a_mapping_is_saved_and_read_again(sheet: Sheet, tmp_path: Path) -> None:
    mapping = uses.with_use(sheet.proposed("Svar"), sheet, sheet.guess("Stilling"), "role")
    tables.save_mapping(tmp_path / "m.yaml", sheet, mapping)
    assert tables.load_mapping(tmp_path / "m.yaml") == mapping
    (tmp_path / "m.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal, match="UTF-8"):
        tables.load_mapping(tmp_path / "m.yaml")


def test_a_file_that_is_no_table_is_refused_with_its_name(tmp_path: Path) -> None:
    for name, content in (("tom.csv", b""), ("rar.xlsx", b"PK\x03\x04rot"), ("borte.csv", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(Refusal, match=name):
            tables.look(tmp_path / name)
