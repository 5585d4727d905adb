"""Codebooks on the command line: looked at before they are loaded, and never taken for texts."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from workbench.cli.main import run

FIRST = "Kode;Definisjon\n1 Bolig;Et sted å bo\n1.1 Venteliste;Kø\n2 Helse;\n"
SECOND = "Kode;Definisjon\n1 Bolig;Tak over hodet\n1.1 Venteliste;Kø\n1.2 Naboer;\n2 Helse;\n"

Kodebenk = Callable[..., tuple[int, str]]


@pytest.fixture
def kodebenk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kodebenk:
    """A function that runs one command here, in the folder of the test; its code and all it says."""
    monkeypatch.setenv("KODEBENK_CODER", "Kari")
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str]:
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = run(list(words))
        assert isinstance(code, int)
        return code, said.getvalue()

    command("new", "s.kodebenk", "--codebook", "none")
    return command


def test_a_list_is_looked_at_before_it_changes_what_is_there(kodebenk: Kodebenk, tmp_path: Path) -> None:
    (tmp_path / "en.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "to.csv").write_text(SECOND, encoding="utf-8")
    kodebenk("codebook", "add", "s.kodebenk", "Bolig")
    assert "2 nye koder." in kodebenk("codebook", "load", "s.kodebenk", "en.csv")[1]
    before = kodebenk("codes", "s.kodebenk", "--json")
    code, said = kodebenk("codebook", "load", "s.kodebenk", "to.csv", "--dry-run")
    assert code == 0 and kodebenk("codes", "s.kodebenk", "--json") == before
    assert "  Bolig\n    Venteliste\n    Naboer\n  Helse\n" in said
    assert "koder: Naboer" in said and "Bolig (definisjon)" in said
    _code, loaded = kodebenk("codebook", "load", "s.kodebenk", "to.csv")
    assert "1 ny kode." in loaded and "1 kode er oppdatert." in loaded
    tree = kodebenk("codes", "s.kodebenk")[1]
    assert tree.count("Bolig") == 1 and "\n  Naboer" in tree


def test_a_starter_is_looked_at_before_it_is_loaded(kodebenk: Kodebenk) -> None:
    looked = kodebenk("codebook", "load", "s.kodebenk", "rusfeltet", "--dry-run")[1]
    assert "nye koder." in looked and kodebenk("codes", "s.kodebenk", "--json")[1].strip() == "[]"
    assert kodebenk("codebook", "load", "s.kodebenk", "rusfeltet")[1].strip() in looked


def test_a_codebook_is_no_text_unless_it_is_said_to_be(kodebenk: Kodebenk, tmp_path: Path) -> None:
    (tmp_path / "Kodebok.txt").write_text("Bolig\n  Venteliste\nHelse\n", encoding="utf-8")
    for more in ((), ("--dry-run",)):
        code, said = kodebenk("import", "s.kodebenk", "Kodebok.txt", *more)
        assert code == 1 and "«kodebenk codebook load PROSJEKT FIL»" in said
    assert kodebenk("sources", "s.kodebenk", "--json")[1].strip() == "[]"
    assert kodebenk("import", "s.kodebenk", "Kodebok.txt", "--kind", "notes")[0] == 0
