"""Writing a file: whole or not at all, never over another unasked, and errors that say what to do."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from exports.errors import ExportError
from exports.files import write_atomic

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def failing(number: int) -> object:
    def fail(*_arguments: object, **_keywords: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_full_path_comes_back_and_nothing_else_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_atomic(Path("rapport.docx"), b"ny") == tmp_path.resolve() / "rapport.docx"
    assert (tmp_path / "rapport.docx").read_bytes() == b"ny"
    assert names(tmp_path) == ["rapport.docx"]


def test_an_existing_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "rapport.docx"
    target.write_bytes(b"gammel")
    with pytest.raises(ExportError, match=r"rapport\.docx finnes fra før.*--force"):
        write_atomic(target, b"ny")
    assert target.read_bytes() == b"gammel"
    assert names(tmp_path) == ["rapport.docx"]


def test_an_existing_file_is_overwritten_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "rapport.docx"
    target.write_bytes(b"gammel")
    write_atomic(target, b"ny", overwrite=True)
    assert target.read_bytes() == b"ny"
    assert names(tmp_path) == ["rapport.docx"]


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_failure_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    target = tmp_path / "rapport.docx"
    target.write_bytes(b"gammel")
    monkeypatch.setattr(os, step, failing(errno.EIO))
    with pytest.raises(ExportError, match="ble ikke skrevet"):
        write_atomic(target, b"ny", overwrite=True)
    assert target.read_bytes() == b"gammel"
    assert names(tmp_path) == ["rapport.docx"]


def test_a_file_that_turns_up_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rapport.docx"
    synced = os.fsync

    def somebody_else_is_faster(descriptor: int) -> None:
        synced(descriptor)
        target.write_bytes(b"annens")

    monkeypatch.setattr(os, "fsync", somebody_else_is_faster)
    with pytest.raises(ExportError, match="finnes fra før"):
        write_atomic(target, b"ny")
    assert target.read_bytes() == b"annens"
    assert names(tmp_path) == ["rapport.docx"]


def test_a_disk_without_links_works_and_is_as_careful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    target = tmp_path / "rapport.docx"
    write_atomic(target, b"ny")
    assert target.read_bytes() == b"ny"
    with pytest.raises(ExportError, match="finnes fra før"):
        write_atomic(target, b"nyere")
    monkeypatch.setattr(os, "replace", failing(errno.EIO))
    with pytest.raises(ExportError, match="ble ikke skrevet"):
        write_atomic(tmp_path / "annen.docx", b"ny")
    assert names(tmp_path) == ["rapport.docx"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disken eller kvoten er full"),
        (errno.EACCES, "ikke lov til å skrive"),
        (errno.EROFS, "ikke lov til å skrive"),
        (errno.ENAMETOOLONG, "for langt"),
        (errno.EIO, "Prøv igjen"),
    ],
)
def test_the_cause_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(ExportError, match=words) as caught:
        write_atomic(tmp_path / "rapport.docx", b"ny")
    assert str(tmp_path / "rapport.docx") in str(caught.value)
    assert names(tmp_path) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"mappen .*borte finnes ikke\. Lag den"):
        write_atomic(tmp_path / "borte" / "rapport.docx", b"ny")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="er en mappe"):
        write_atomic(tmp_path, b"ny", overwrite=True)


@posix
def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="for langt"):
        write_atomic(tmp_path / ("x" * 300), b"ny")


@posix
def test_a_private_file_stays_private_and_a_new_one_follows_the_user(tmp_path: Path) -> None:
    private = tmp_path / "privat.docx"
    private.write_bytes(b"gammel")
    private.chmod(0o600)
    write_atomic(private, b"ny", overwrite=True)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    before = os.umask(0o027)
    try:
        new = write_atomic(tmp_path / "ny.docx", b"ny")
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@posix
def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    real = tmp_path / "ekte.docx"
    real.write_bytes(b"gammel")
    link = tmp_path / "lenke.docx"
    link.symlink_to(real)
    assert write_atomic(link, b"ny", overwrite=True) == real.resolve()
    assert link.is_symlink()
    assert real.read_bytes() == b"ny"
