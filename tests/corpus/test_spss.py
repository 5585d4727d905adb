"""SPSS files: values by their labels, and a process of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from corpus import spss
from corpus.errors import UnreadableSource
from corpus.grids import read_grids
from corpus.spss import value_text


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_grids(path, b"$FL2 and so on")
    return caught.value.reason


def test_a_file_has_labels_for_values_and_wordings_for_variables(tmp_path: Path) -> None:
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    path = tmp_path / "svar.sav"
    frame = pandas.DataFrame({"resp": [1.0, 2.0], "region": [1.0, 9.0], "q1": ["Går bra på Sørøya", ""]})
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"q1": "Hvordan er tilbudet?"},
        variable_value_labels={"region": {1.0: "Nord", 9.0: "Ikke svart"}},
        missing_ranges={"region": [9]},
    )
    (grid,) = read_grids(path, path.read_bytes())
    assert grid.rows == (("resp", "region", "q1"), ("1", "Nord", "Går bra på Sørøya"), ("2", "Ikke svart", ""))
    assert grid.wordings == ("", "", "Hvordan er tilbudet?")


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "F8.2", ""), (2.0, "F8.2", "to"), (1.5, "F8.2", "1.5"), (3.0, "F8.2", "3"), ("a", "A8", "a"),
        (13619318400.0, "DATE11", "2014-05-13"), (13619352600.0, "DATETIME20", "2014-05-13 09:30:00"),
        (34200.0, "TIME8", "09:30:00"), (1e300, "DATE11", "1e+300"), (float("nan"), "F8.2", ""),
    ],
)  # fmt: skip
def test_a_value_is_its_label_or_itself(value: float | str | None, kind: str, text: str) -> None:
    assert value_text(value, kind, {2.0: "to"}) == text


def test_without_the_extra_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spss, "find_spec", lambda _name: None)
    assert 'pip install "kodebenk[spss]"' in refusal(Path("a.sav"))


@pytest.mark.parametrize("status", [1, -11])
def test_a_process_that_fails_or_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setattr(spss, "find_spec", lambda _name: object())
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_more: subprocess.CompletedProcess(command, status, b"", b"")
    )
    assert "skadet" in refusal(Path("a.sav"))
