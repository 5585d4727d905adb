"""Which tool a file is from is told by what lies in it, and every sample comes in without doubling when it comes again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import foreign_projects
import pytest

from exports.flat_database import render_sqlite
from exports.flat_tables import VIEWS, flat_tables
from exports.interchange.equality import comparable
from exports.interchange.model import Bundle
from exports.interchange.refi.codebook import write_qdc
from exports.interchange.refi.writing import write_qdpx
from workbench.errors import Refusal
from workbench.services import projects
from workbench.services.interchange import formats
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.receiving import receive, receive_all
from workbench.services.interchange.telling import contents
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project
from workbench.store.verify import problems

SHARED = Path(__file__).parents[2].parent / "shared" / "qda-samples"
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def new(path: Path) -> Project:
    made = projects.create(path, coder="Kari Koder")
    made.connection.execute("PRAGMA synchronous = OFF")
    return made


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", [".sqlite3", ".db", ".rqda", ".qda"])
def test_a_database_is_told_by_its_tables_whatever_it_is_called(tmp_path: Path, suffix: str) -> None:
    taguette = formats.read_project(write(tmp_path / f"a{suffix}", foreign_projects.taguette()))
    assert [each.title for each in taguette] == ["Prosjekt", "Et annet"]
    (rqda,) = formats.read_project(write(tmp_path / f"b{suffix}", foreign_projects.rqda()))
    assert rqda.tool.startswith("RQDA")


def test_the_exchange_formats_are_told_by_what_they_are(tmp_path: Path) -> None:
    project = formats.read_project(write(tmp_path / "p.sqlite3", foreign_projects.taguette()))[0]
    archive = write(tmp_path / "egentlig.qdc", write_qdpx(project, stamp=STAMP).content)
    alone = replace(project, sources=(), codings=(), notes=())
    codebook = write(tmp_path / "egentlig.qdpx", write_qdc(alone).content)
    assert len(formats.read_project(archive)[0].sources) == len(project.sources) > 0
    (read,) = formats.read_project(codebook)
    assert len(read.codes) == len(project.codes) and not read.sources


def test_a_project_of_ours_is_opened_by_its_name_alone(tmp_path: Path) -> None:
    new(tmp_path / "annen.kodebenk").close()
    before = (tmp_path / "annen.kodebenk").read_bytes()
    (read,) = formats.read_project(tmp_path / "annen.kodebenk")
    assert read.tool.startswith("Kodebenk") and (tmp_path / "annen.kodebenk").read_bytes() == before
    (tmp_path / "annen.kodebenk").rename(tmp_path / "annen.db")
    with pytest.raises(Refusal, match=r"annen\.db.*\.kodebenk"):
        formats.read_project(tmp_path / "annen.db")


@pytest.mark.parametrize("suffix", formats.PROJECT_SUFFIXES)
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<a", b"SQLite format 3\0" + b"\0" * 200, b"noe annet", None])
def test_what_cannot_be_read_is_refused_with_its_name(tmp_path: Path, suffix: str, content: bytes | None) -> None:
    path = tmp_path / f"fil{suffix}"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal, match=rf"fil\{suffix}"):
        formats.read_project(path)


def test_what_is_no_project_is_refused_with_the_endings_that_are(tmp_path: Path) -> None:
    assert not formats.is_project(tmp_path) and not formats.is_project(tmp_path / "a.docx")
    with pytest.raises(Refusal, match=r"\.qdpx .*\.rqda"):
        formats.read_project(tmp_path / "a.docx")


def test_our_own_tables_for_others_are_refused_as_what_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "tabeller.sqlite3", render_sqlite(flat_tables(Bundle(tool="Kodebenk")), VIEWS))
    with pytest.raises(Refusal, match="Kodebenks egen SQLite-eksport"):
        formats.read_project(path)


def test_a_project_that_does_not_say_its_tool_is_from_an_unknown_one() -> None:
    assert contents(Bundle(tool="", title="Fjellvik"))[0] == "Fjellvik (fra ukjent program)"


def test_a_folder_of_qualcoder_is_a_project(tmp_path: Path) -> None:
    folder = tmp_path / "studie.qda"
    folder.mkdir()
    sqlite3.connect(folder / "data.qda").close()
    assert formats.is_project(folder)
    with pytest.raises(Refusal):
        formats.read_project(folder)


def test_a_list_of_codes_is_read_as_a_codebook(tmp_path: Path) -> None:
    listed = write(tmp_path / "koder.csv", "name,description\nBolig,Der folk bor\nØkonomi,Penger\n".encode())
    assert [each.name for each in formats.read_codebook_file(listed).codes] == ["Bolig", "Økonomi"]
    with pytest.raises(Refusal, match=r"tom\.xlsx"):
        formats.read_codebook_file(write(tmp_path / "tom.xlsx", b"ikke et ark"))
    with pytest.raises(Refusal, match=r"borte\.csv"):
        formats.read_codebook_file(tmp_path / "borte.csv")


def test_a_project_that_goes_out_as_qdpx_and_in_again_is_equal(tmp_path: Path) -> None:
    study = new(tmp_path / "a.kodebenk")
    receive_all(study, formats.read_project(write(tmp_path / "p.sqlite3", foreign_projects.taguette())))
    receive(study, formats.read_project(write(tmp_path / "q.rqda", foreign_projects.rqda()))[0])
    before = bundle_of(study, Wanted(originals=False))
    path = write(tmp_path / "ut.qdpx", write_qdpx(before, stamp=STAMP).content)
    other = new(tmp_path / "b.kodebenk")
    received = receive(other, formats.read_project(path)[0])
    assert [each for each in received.losses if not each.mended] == []
    after = bundle_of(other, Wanted(originals=False))
    own: dict[str, Any] = {"title": "", "guid": "", "created": "", "people": ()}
    for field in Bundle.__dataclass_fields__:
        one, two = (getattr(comparable(replace(each, **own)), field) for each in (before, after))
        assert one == two, field
    home = receive(study, formats.read_project(path)[0])
    assert not home.added and not home.updated and not home.kept
    study.close()
    other.close()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples of other tools' files are not at hand")
def test_every_sample_comes_in_and_is_not_doubled(tmp_path: Path) -> None:
    study = new(tmp_path / "alt.kodebenk")
    files = sorted(path for path in SHARED.iterdir() if formats.is_project(path))
    assert len(files) == 10
    for path in files:
        receive_all(study, formats.read_project(path), file=path.name)
        for again in receive_all(study, formats.read_project(path), file=path.name):
            assert not again.added and not again.updated and not again.gone and not again.kept, path.name
    assert not list(problems(study.connection))
    study.close()
