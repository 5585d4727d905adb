"""`kodebenk survey`: what it does and prints, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import run
from workbench.services import codebook, projects

Survey = Callable[..., Any]

TABLE = """Nr;E-post;Kommune;Har plan;Hva er vanskelig her?;Hvor mange brukere?
1;en@eksempel.no;Elvestrand;Ja;Vi mangler boliger og folk.;70-80
2;to@eksempel.no;Storhamn;Nei;Ventetiden er for lang her.;ca. 5
3;tre@eksempel.no;Storhamn;Ja;;fem
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari", title="Studie")
    codebook.add_code(made, "Bolig")
    made.close()
    return tmp_path / "studie.kodebenk"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "svar.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "svar.csv"


@pytest.fixture
def survey(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[object, str, str]]:
    """One command in this process: exit code, what it printed, what it said."""
    monkeypatch.setenv("KODEBENK_CODER", "Kari")
    monkeypatch.setenv("KODEBENK_CONFIG", str(tmp_path / "kodebenk.toml"))

    def call(*words: object) -> tuple[object, str, str]:
        code = run(["survey", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_a_table_is_looked_at_taken_in_listed_and_coded(survey: Survey, file: Path, table: Path) -> None:
    def listed(*words: object) -> Any:
        return json.loads(survey(*words, "--json")[1])

    looked = {each["column"]: each["use"] for each in listed("look", table)}
    assert (looked["E-post"], looked["Kommune"], looked["Nr"]) == ("ignore", "case", "respondent")
    mapping = table.with_suffix(".yaml")
    tried = listed(
        "import", file, table, "--question", "Hvor mange brukere?", "--question", "Hva er vanskelig her?",
        "--filter", "q1=Har plan:Ja", "--base", "q2=alle kommuner", "--save-mapping", mapping, "--dry-run",
    )  # fmt: skip
    assert tried["added"] == ["1 Elvestrand", "2 Storhamn", "3 Storhamn"]
    assert listed("list", file) == []
    code, out, _err = survey("import", file, table, "--mapping", mapping)
    assert code == 0 and "3 respondenter er tatt inn, 5 svar" in out and "Utelatt: E-post" in out
    assert listed("import", file, table)["known"] == 3
    asked = {each["key"]: each for each in listed("questions", file)}
    assert (asked["q1"]["condition"], asked["q1"]["asked"], asked["q2"]["base"]) == (
        "Har plan = Ja",
        2,
        "alle kommuner",
    )
    assert len(listed("code", file, "--question", "q1", "1", "bolig")["done"]) == 1
    code, _out, err = survey("code", file, "--question", "q1", "3", "bolig")
    assert code == 1 and "har ikke svart på «q1»" in err
    given = listed("answers", file, "--case", "Storhamn")
    assert [(each["respondent"], each["value"]) for each in given if each["question"] == "q2"] == [("2", 5), ("3", 5)]
    coded = listed("answers", file, "--question", "q1")
    assert [each["codes"] for each in coded] == [["bolig"], []]
    assert set(coded[0]) >= {"source", "start", "end", "text", "question", "respondent", "case", "value", "codes"}


def test_a_column_left_out_says_who_left_it_out(survey: Survey, file: Path, table: Path) -> None:
    _code, out, _err = survey(
        "import", file, table, "--leave-out", "E-post", "--leave-out", "Hvor mange brukere?", "--dry-run"
    )
    assert "Utelatt: E-post. Du har valgt den bort." in out
    assert "Utelatt: Hvor mange brukere?. Du har valgt den bort." in out


def test_a_changed_answer_is_shown_and_taken_when_asked_for(survey: Survey, file: Path, table: Path) -> None:
    survey("import", file, table)
    table.write_text(TABLE.replace("boliger og folk", "alt"), encoding="utf-8")
    _code, out, _err = survey("import", file, table)
    assert "  - Vi mangler boliger og folk.\n  + Vi mangler alt." in out and "--take-changed" in out
    told = json.loads(survey("import", file, table, "--take-changed", "--json")[1])
    assert [(each["respondent"], each["new"]) for each in told["taken"]] == [("1", "Vi mangler alt.")]
    assert "--take-changed" not in survey("import", file, table, "--take-changed")[1]


def test_a_table_of_known_respondents_under_another_name_says_what_to_write(
    survey: Survey, file: Path, table: Path
) -> None:
    survey("import", file, table)
    newer = table.with_name("svar uke 2.csv")
    newer.write_text(TABLE + "4;fire@eksempel.no;Fjellby;Ja;Alt er dyrt.;7\n", encoding="utf-8")
    for more in ("--dry-run", "--json"):
        code, out, err = survey("import", file, newer, more)
        assert (code, out) == (1, "") and '--title "svar"' in err and "--separate" in err
    assert json.loads(survey("import", file, newer, "--title", "svar", "--json")[1])["added"] == ["4 Fjellby"]
    assert len(json.loads(survey("import", file, newer, "--separate", "--json")[1])["added"]) == 4


def test_a_table_without_a_question_says_how_one_is_chosen(survey: Survey, file: Path, table: Path) -> None:
    table.write_text("Nr;Kommune;Ja?\n1;Elvestrand;ja\n2;Storhamn;nei\n3;Fjellby;ja\n4;Moen;ja\n", encoding="utf-8")
    code, _out, err = survey("import", file, table)
    assert code == 1 and "--question KOLONNE" in err and "«Ja?»" in err


def test_what_is_not_there_is_refused_with_a_reason(survey: Survey, file: Path, table: Path) -> None:
    code, out, err = survey("import", file, table, "--case", "Fylke")
    assert (code, out) == (1, "") and "«Fylke»" in err and "«Kommune»" in err
    table.with_suffix(".sav").write_bytes(b"noe annet")
    assert survey("look", table.with_suffix(".sav"))[0] == 1
