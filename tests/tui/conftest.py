"""A small project with two invented transcripts, and the application over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.services import codebook, importing, projects
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen

FIRST = """Intervjuer: Hvordan er det med bolig her?

Informant 1: Det er lange køer. Folk bor på hospits i månedsvis, og ingen vet hvor lenge.

Intervjuer: Og økonomien?

Informant 1: Vi har ikke penger til flere boliger. Kari Nordli sa det samme i fjor.

Intervjuer: Takk for praten.
"""
SECOND = """Intervjuer: Hva gjør dere i teamet?

Informant 2: Vi kjører rundt og treffer folk der de er.

Informant 2: Av og til er vi på hospitset.
"""


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings" / "kodebenk.toml"
    monkeypatch.setenv("KODEBENK_CONFIG", str(path))
    monkeypatch.delenv("KODEBENK_CODER", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return path


@pytest.fixture
def project_path(tmp_path: Path, settings_file: Path) -> Path:
    path = tmp_path / "prøve.kodebenk"
    project = projects.create(path, coder="Kari", title="Prøve")
    bolig = codebook.add_code(project, "Bolig")
    codebook.add_code(project, "Midlertidig bolig", parent=bolig.id)
    codebook.add_code(project, "Økonomi")
    for name, text in (("01-elv", FIRST), ("02-fjell", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = importing.import_files(project, [tmp_path / "01-elv.txt", tmp_path / "02-fjell.txt"])
    assert not done.refused
    project.close()
    return path


@pytest.fixture
def make_app(project_path: Path) -> Callable[..., KodebenkApp]:
    def make(*, coder: str = "Kari", readonly: bool = False) -> KodebenkApp:
        return KodebenkApp(project_path, coder=coder, readonly=readonly)

    return make


def coding_screen(app: KodebenkApp) -> CodingScreen:
    """The coding screen, which shall be on top."""
    assert isinstance(app.screen, CodingScreen)
    return app.screen
