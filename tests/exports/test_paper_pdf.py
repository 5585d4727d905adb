"""PDF through LibreOffice: what it makes, and how it is refused, stopped and timed out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from codebooks.starters import read_starter
from exports.errors import ExportError
from exports.paper.codebook import render_codebook
from exports.paper.models import CodebookPrint, Sheet, Tally
from exports.paper.pdf import to_pdf

DAY = date(2026, 11, 22)
Require = Callable[[str], str]

needs_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a shell script on the path as `soffice`; gives the folder that prints go to."""

    def make(script: str) -> Path:
        programs, folder = tmp_path / "programmer", tmp_path / "ut"
        programs.mkdir()
        folder.mkdir()
        program = programs / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        return folder

    return make


def test_without_libreoffice_the_refusal_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("exports.paper.pdf._PLACES", ())
    with pytest.raises(ExportError, match=r"Installer LibreOffice.*\.docx"):
        to_pdf(b"", tmp_path, DAY)


@needs_posix
def test_a_program_that_makes_nothing_is_told_of(stand_in: Callable[[str], Path]) -> None:
    folder = stand_in("exit 3")
    with pytest.raises(ExportError, match="kode 3"):
        to_pdf(b"", folder, DAY)
    assert list(folder.iterdir()) == []


@needs_posix
def test_one_that_ends_well_without_a_file_is_told_of_too(stand_in: Callable[[str], Path]) -> None:
    with pytest.raises(ExportError, match="ingen PDF"):
        to_pdf(b"", stand_in("exit 0"), DAY)


@needs_posix
@pytest.mark.parametrize("why", ["stopped", "slow"])
def test_stopping_ends_the_program_with_its_children(stand_in: Callable[[str], Path], tmp_path: Path, why: str) -> None:
    alive = tmp_path / "lever"
    # As the real one does: a script that starts the program and waits for it.
    folder = stand_in(f"sh -c 'echo $$ > \"{alive}\"; exec sleep 60'")
    began = alive.exists
    limit = 0.5 if why == "slow" else 60
    with pytest.raises(ExportError, match="stoppet"):
        to_pdf(b"", folder, DAY, cancelled=lambda: why == "stopped" and began(), limit=limit)
    if alive.exists():
        assert _ended(int(alive.read_text()))
    assert list(folder.iterdir()) == []


def _ended(process: int) -> bool:
    for _attempt in range(100):
        told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
        state = told.stdout.strip()
        if not state or state.startswith("Z"):
            return True
        time.sleep(0.05)
    return False


@needs_posix
def test_the_clock_and_the_ids_follow_from_the_day_and_the_contents(
    stand_in: Callable[[str], Path], tmp_path: Path
) -> None:
    made = tmp_path / "laget.pdf"
    trailer = "/Info<</CreationDate(D:%sZ')>>\n/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n"
    folder = stand_in(f'for last; do :; done; cp "{made}" "${{last%.docx}}.pdf"')
    found = []
    for moment, digest in (("20261122101112", "A" * 32), ("20261122101113", "B" * 32)):
        made.write_text(trailer % (moment, digest, digest, digest))
        found.append(to_pdf(b"", folder, DAY))
    assert found[0] == found[1]
    assert len(found[0]) == made.stat().st_size
    assert b"D:20261122000000Z" in found[0]
    assert len(set(re.findall(rb"[0-9A-F]{32}", found[0]))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="counts pages with pdfinfo")
def test_the_starter_codebook_takes_at_most_four_pages(tmp_path: Path, require_program: Require) -> None:
    require_program("soffice")
    require_program("pdfinfo")
    book = read_starter("rusfeltet")
    tallies = {code.slug: Tally(own=12, total=144, cases=4) for code in book}
    sheet = Sheet(project="Studie", date=DAY)
    pdf = tmp_path / "kodebok.pdf"
    pdf.write_bytes(to_pdf(render_codebook(sheet, CodebookPrint(codebook=book, tallies=tallies)), tmp_path, DAY))
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    pages = re.search(r"Pages: +(\d+)", told)
    assert pages is not None and int(pages[1]) <= 4
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("kodebenk-pdf-")] == []
