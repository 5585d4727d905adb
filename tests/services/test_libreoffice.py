"""The Word report opens in another program. Needs LibreOffice and pdftotext."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from workbench.services import demo, naming, reporting
from workbench.store.project import open_project

Require = Callable[[str], None]


def test_the_demo_report_opens_and_every_printed_quote_id_leads_back(tmp_path: Path, require_program: Require) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    require_program("soffice" if office is None else Path(office).name)
    require_program("pdftotext")
    path, _made = demo.write_demo(tmp_path)
    project = open_project(path, coder="Kari")
    written = reporting.write_report(project, tmp_path / "rapport.docx", day=date(2026, 11, 22))
    subprocess.run(
        [str(office), f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(written.path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    pdf = tmp_path / "rapport.pdf"
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert "Materiale og metode" in text
    assert "22. november 2026" in text
    printed = set(re.findall(r"I\d\d-\d{3}", re.sub(r"-\s+", "-", text)))
    assert len(printed) > 100
    for quote in printed:
        assert naming.find_coding(project, quote).quote == quote
    project.close()
