"""Where the settings are kept when KODEBENK_CONFIG says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import settings


def test_a_folder_or_a_file_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODEBENK_CONFIG", str(tmp_path))
    settings.save(settings.Settings(coder="Kari"))
    assert (tmp_path / "kodebenk.toml").is_file()
    assert settings.load().coder == "Kari"
    monkeypatch.setenv("KODEBENK_CONFIG", str(tmp_path / "mine.toml"))
    assert settings.load().coder == ""
