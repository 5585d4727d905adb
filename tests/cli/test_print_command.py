"""`print`: transcript, code and codebook on the command line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

Run = Callable[..., Any]


def text_of(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("transcript", "Intervju åtte"), "[a"),
        (("transcript", "Intervju åtte", "--no-codes", "--lines", "1"), "akuttovernatting"),
        (("transcript", "--all", "--empty"), "Poliklinikken"),
        (("code", "bolig"), "I01-001"),
        (("codebook",), "brukerokonomi-gjeld"),
    ],
)
def test_each_kind_of_print_is_written_and_its_path_told(
    study: Path, tmp_path: Path, kodebenk: Run, words: tuple[str, ...], said: str
) -> None:
    target = tmp_path / "ut.docx"
    done = kodebenk("print", study, *words, "-o", target, "--json", "--date", "2026-11-22")
    assert done.code == 0, done.err
    assert done.json == {"path": str(target), "warnings": []}
    assert said in text_of(target)


def test_without_json_the_path_is_all_that_is_said(study: Path, tmp_path: Path, kodebenk: Run) -> None:
    done = kodebenk("print", study, "codebook", "-o", tmp_path / "kodebok.docx")
    assert (done.code, done.out, done.err) == (0, f"{tmp_path / 'kodebok.docx'}\n", "")


def test_a_warning_goes_to_stderr_and_into_the_json(study: Path, tmp_path: Path, kodebenk: Run) -> None:
    done = kodebenk("print", study, "transcript", "Samtale", "--coder", "Ola", "-o", tmp_path / "ut.docx", "--json")
    assert done.code == 0
    assert done.json["warnings"] == ["Samtale har ingen kodinger av Ola."]
    assert "Advarsel: Samtale har ingen kodinger av Ola." in done.err


def test_a_file_that_is_there_is_written_over_only_by_force(study: Path, tmp_path: Path, kodebenk: Run) -> None:
    target = tmp_path / "ut.docx"
    target.write_text("mitt")
    refused = kodebenk("print", study, "codebook", "-o", target, "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "--force" in refused.err
    assert target.read_text() == "mitt"
    assert kodebenk("print", study, "codebook", "-o", target, "--force").code == 0
    assert "brukerokonomi" in text_of(target)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("transcript",), "--all"),
        (("transcript", "Samtale", "--all"), "--all"),
        (("code",), "én kode"),
        (("code", "bolig", "rop"), "én kode"),
        (("codebook", "rusfeltet"), "tar ingen navn"),
        (("codebook", "--empty"), "--empty gjelder ikke «codebook»"),
        (("transcript", "Samtale", "--starred"), "--starred gjelder ikke «transcript»"),
        (("code", "bolig", "--lines", "1"), "--lines gjelder ikke «code»"),
        (("memo", "x"), "memo"),
    ],
)
def test_what_would_have_no_effect_is_wrong_use(
    study: Path, tmp_path: Path, kodebenk: Run, words: tuple[str, ...], said: str
) -> None:
    done = kodebenk("print", study, *words, "-o", tmp_path / "ut.docx")
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "ut.docx").exists()


def test_an_unknown_source_or_ending_is_refused(study: Path, tmp_path: Path, kodebenk: Run) -> None:
    unknown = kodebenk("print", study, "transcript", "Samtalen", "-o", tmp_path / "ut.docx")
    assert unknown.code == 1 and "Samtale" in unknown.err
    ending = kodebenk("print", study, "codebook", "-o", tmp_path / "ut.odt")
    assert ending.code == 1 and ".docx eller .pdf" in ending.err


def test_pdf_without_libreoffice_says_what_to_install(study: Path, tmp_path: Path, kodebenk: Run) -> None:
    done = kodebenk("print", study, "codebook", "-o", tmp_path / "ut.pdf", PATH=str(tmp_path))
    assert done.code == 1
    assert "Installer LibreOffice" in done.err
    assert not (tmp_path / "ut.pdf").exists()
