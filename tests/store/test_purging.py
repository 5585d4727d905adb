"""Purging: the words of an older text are gone from the file's bytes, not only from its tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from workbench.services import checking, codebook, coding, importing, projects, sources, texts
from workbench.store.project import Project, open_project

NAME = "Ragnhildur"
TEXT = (
    f"Intervjuer: Hva heter du?\n\nInformant: Jeg heter {NAME}, og moren min heter {NAME}s mor.\n\n"
    "Intervjuer: Takk.\n\nInformant: Ja.\n\n" * 40
)


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(path.name + "*"))


def _purged(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "intervju.txt"
    file.write_text(text, encoding="utf-8")
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari")
    source = importing.save(project, importing.read_file(file), importing.SourceFacts())
    place = text.index(NAME)
    coding.apply_code(project, source, place - 10, place + 20, codebook.add_code(project, "Kode"))
    assert NAME.encode() in _bytes(project.path)
    (revision,) = texts.mask_name(project, source, NAME, "[navn]")
    assert NAME.encode() in _bytes(project.path)
    assert texts.purge_versions(project, revision.source) == 1
    assert checking.check(project).problems == ()
    project.close()
    return project.path


def test_a_masked_name_is_gone_from_the_bytes(tmp_path: Path) -> None:
    path = _purged(tmp_path, TEXT)
    assert NAME.encode() not in _bytes(path)
    project = open_project(path, coder="Kari")
    source = sources.list_sources(project)[0]
    assert NAME not in sources.show_source(project, source).text
    (made,) = coding.list_codings(project)
    assert "[navn]" in made.text
    assert checking.check(project).ok
    project.close()


def test_secure_deletion_does_not_hang_on_how_sqlite_was_built(project: Project) -> None:
    assert project.connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_masked_speakers_label_is_gone_from_the_older_turns(tmp_path: Path) -> None:
    path = _purged(tmp_path, TEXT.replace("Informant:", f"{NAME}:"))
    project = open_project(path, coder="Kari")
    rows = project.connection.execute("SELECT body FROM text_blob").fetchall()
    turn_lists = [json.loads(body) for (body,) in rows if body.startswith("[[")]
    project.close()
    assert not any(turn[3] == NAME for turns in turn_lists for turn in turns)


def test_a_masked_speakers_label_is_gone_from_the_bytes(tmp_path: Path) -> None:
    assert NAME.encode() not in _bytes(_purged(tmp_path, TEXT.replace("Informant:", f"{NAME}:")))


def test_the_newest_text_and_its_codings_stand(tmp_path: Path) -> None:
    path = _purged(tmp_path, TEXT)
    project = open_project(path, coder="Kari")
    source = sources.list_sources(project)[0]
    assert texts.purge_versions(project, source) == 0
    assert source.version_number == 2
    assert sources.show_source(project, source).text == TEXT.replace(NAME, "[navn]")
    project.close()


def test_a_text_that_another_source_still_has_is_kept(copied: Callable[..., Project]) -> None:
    """Two versions with the same words share one stored text: destroying the older must not empty the newer."""
    project = copied()
    source = sources.list_sources(project)[0]
    before = sources.show_source(project, source).text
    there = texts.correct_typo(project, source, 0, 0, "x").source
    back = texts.correct_typo(project, there, 0, 1, "").source
    assert texts.purge_versions(project, back) == 2
    assert sources.show_source(project, back).text == before
    assert checking.check(project).ok
