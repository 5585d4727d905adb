"""A codebook that goes out is told to lack only what somebody has made."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.services import codebook, projects, themes
from workbench.services.interchange import formats
from workbench.services.interchange.codebook_out import hand_out_codebook


@pytest.mark.parametrize("shape", ["docx", "xlsx"])
def test_themes_that_nobody_has_made_are_not_missed(tmp_path: Path, shape: str) -> None:
    project = projects.create(tmp_path / "s.kodebenk", coder="Kari")
    bolig = codebook.add_code(project, "Bolig")
    codebook.add_code(project, "Helse")
    told = [each.what for each in hand_out_codebook(project, shape, tmp_path / f"a.{shape}").losses]
    assert not {"Tema", "Grupper av koder"} & set(told)
    themes.add_theme(project, "Hjemmet", codes=[bolig.id])
    codebook.set_theme(project, codebook.find_theme(project, "Helse").id, essence="Det som holder folk friske.")
    losses = hand_out_codebook(project, shape, tmp_path / f"b.{shape}").losses
    project.close()
    names = ", ".join(each.name for each in losses if each.what in ("Tema", "Grupper av koder"))
    assert sorted(names.split(", ")) == ["Helse", "Hjemmet"]


def test_names_that_begin_with_numbers_come_back_from_a_printed_codebook(tmp_path: Path) -> None:
    names = ["1 Bolig", "1.1 Venteliste", "2 Helse"]
    project = projects.create(tmp_path / "s.kodebenk", coder="Kari")
    for name in names:
        codebook.add_code(project, name)
    written = hand_out_codebook(project, "docx", tmp_path / "bok.docx")
    project.close()
    back = formats.read_codebook_file(written.path)
    assert [(each.name, each.parent) for each in back.codes] == [(name, "") for name in names] and not back.losses
