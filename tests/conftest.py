"""Surroundings for every test: settings and state in a folder of the test's own, bokmål, and nobody named as coder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def _surround(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("KODEBENK_CONFIG", str(folder / "settings" / "kodebenk.toml"))
    patch.setenv("KODEBENK_STATE", str(folder / "state"))
    patch.setenv("KODEBENK_DATA", str(folder / "data"))
    patch.setenv("KODEBENK_LANG", "nb")
    patch.setenv("LANGUAGE", "nb")
    for unset in ("KODEBENK_CODER", "KODEBENK_NETWORK"):
        patch.delenv(unset, raising=False)


@pytest.fixture(autouse=True, scope="session")
def _session_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What session fixtures write must not reach the user's own settings either."""
    with pytest.MonkeyPatch.context() as patch:
        _surround(patch, tmp_path_factory.mktemp("surroundings"))
        yield


@pytest.fixture(autouse=True)
def _surroundings(_session_surroundings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _surround(monkeypatch, tmp_path)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes never name a test: an archive made while tests are collected bears the time of its making, and workers
    that collect a second apart would disagree about which tests there are."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def require_program() -> Callable[[str], str]:
    """A function that gives a program's path, or skips the test (fails under KODEBENK_REQUIRE_PROGRAMS=1)."""
    return _program


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("program"):
        _program(*marker.args)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        reason = f"the program {name} is not installed"
        if os.environ.get("KODEBENK_REQUIRE_PROGRAMS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
