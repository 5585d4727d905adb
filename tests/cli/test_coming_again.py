"""A newer copy of another tool's project brings what is new in it, and doubles nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import foreign_projects
import foreign_refi
import pytest

from exports.interchange.model import Bundle
from workbench.cli.main import run
from workbench.services import projects
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.wanted import Wanted

Take = Callable[..., tuple[Any, Bundle]]


@pytest.fixture
def take(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Take:
    """A function that takes a file into one and the same project: what the command said, and the project afterwards."""
    monkeypatch.setenv("KODEBENK_CODER", "Meg")
    monkeypatch.chdir(tmp_path)
    run(["new", "s.kodebenk", "--codebook", "none"])

    def taken(path: Path, *words: str) -> tuple[Any, Bundle]:
        capsys.readouterr()
        assert run(["import", "s.kodebenk", str(path), "--json", *words]) == 0
        (said,) = json.loads(capsys.readouterr().out)["projects"]
        project = projects.open_existing(tmp_path / "s.kodebenk", coder="Meg", readonly=True)
        here = bundle_of(project, Wanted())
        project.close()
        return said, here

    return taken


def changed(data: bytes, *statements: str) -> bytes:
    """A database after statements of SQL."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    for each in statements:
        connection.execute(each)
    connection.commit()
    return connection.serialize()


def names(things: Sequence[Any]) -> list[str]:
    return sorted(each.name for each in things)


def sizes(here: Bundle) -> dict[str, int]:
    kinds = ("people", "codes", "sources", "codings", "notes", "cases", "links", "sets")
    return {kind: len(getattr(here, kind)) for kind in kinds}


def words(here: Bundle) -> list[str]:
    texts = {source.guid: source.text for source in here.sources}
    return sorted(texts[each.source][each.start : each.end] for each in here.codings)


def test_nothing_is_doubled_when_everything_has_a_new_guid(take: Take, tmp_path: Path) -> None:
    file = tmp_path / "alt.qdpx"
    file.write_bytes(foreign_refi.Files().qdpx())
    _said, before = take(file)
    file.write_bytes(foreign_refi.Files(seed="ny ").qdpx())
    said, after = take(file)
    assert sizes(after) == sizes(before)
    assert (said["added"], said["updated"], said["gone"]) == ({}, {}, [])
    assert words(after) == words(before)


@pytest.mark.parametrize("seed", ["", "ny "])
def test_a_newer_refi_project_updates_its_texts_whether_or_not_the_guids_are_new(
    take: Take, tmp_path: Path, seed: str
) -> None:
    file = tmp_path / "alt.qdpx"
    whole = ("c8", "c9")
    file.write_bytes(foreign_refi.Files(without=("c3", *whole)).qdpx())
    _said, before = take(file)
    news = {"haster.\r\n": "haster.\r\nOla: Veldig enig.\r\n", "omkode1": "en annen omkode"}
    file.write_bytes(foreign_refi.Files(seed=seed, words=news, without=("c2", *whole)).qdpx())
    said, after = take(file)
    assert sizes(after) == sizes(before) | {"codings": len(before.codings) + 1}
    assert (said["added"], sum(each["count"] for each in said["gone"])) == ({"coding": 1}, 1)
    assert any("Veldig enig" in source.text for source in after.sources)
    assert "en annen omkode" in [code.definition for code in after.codes]


def test_a_newer_refi_project_with_its_guids_renames_codes(take: Take, tmp_path: Path) -> None:
    file = tmp_path / "alt.qdpx"
    file.write_bytes(foreign_refi.Files().qdpx())
    _said, before = take(file)
    file.write_bytes(foreign_refi.Files(words={'"Gjeld"': '"Lån"'}).qdpx())
    said, after = take(file)
    assert sizes(after) == sizes(before)
    assert set(names(after.codes)) ^ set(names(before.codes)) == {"Gjeld", "Lån"}
    assert (said["added"], said["updated"]) == ({}, {"code": 1})


def test_a_newer_taguette_project_is_the_same_one(take: Take, tmp_path: Path) -> None:
    log = "INSERT INTO commands VALUES ({}, '2026-03-20', 'kari', 1, 1, '{}')"
    start, end = foreign_projects.taguette_offsets("her")
    first = changed(
        foreign_projects.taguette(),
        log.format(-1, json.dumps({"type": "tag_add", "tag_id": 1, "tag_path": "bolig/gata"})),
    )
    (tmp_path / "t.sqlite3").write_bytes(first)
    _said, before = take(tmp_path / "t.sqlite3", "--project", "1")
    newer = changed(
        first,
        "UPDATE tags SET path = 'bolig/ute' WHERE id = 1",
        log.format(50, json.dumps({"type": "tag_add", "tag_id": 1, "tag_path": "bolig/ute"})),
        "UPDATE documents SET name = 'Første møte' WHERE id = 1",
        f"INSERT INTO highlights VALUES (9, 1, {start}, {end}, 'her')",
        "INSERT INTO highlight_tags VALUES (9, 1)",
        log.format(51, json.dumps({"type": "highlight_add", "highlight_id": 9, "tags": [1]})),
        "DELETE FROM highlight_tags WHERE highlight_id = 2",
    )
    (tmp_path / "t.sqlite3").write_bytes(newer)
    said, after = take(tmp_path / "t.sqlite3", "--project", "1")
    assert sizes(after) == sizes(before) | {"codings": len(before.codings) + 1}
    assert set(names(after.codes)) ^ set(names(before.codes)) == {"gata", "ute"}
    assert names(after.sources) == ["Første møte"]
    assert (said["added"], said["updated"]) == ({"coding": 1}, {"code": 1, "source": 1})
    assert [(each["what"], each["count"]) for each in said["gone"]] == [("Koding", 1)]


def test_a_newer_qualcoder_project_is_the_same_one(take: Take, tmp_path: Path) -> None:
    folder = tmp_path / "q.qda"
    folder.mkdir()
    (folder / "data.qda").write_bytes(foreign_projects.qualcoder())
    _said, before = take(folder)
    text = foreign_projects.QUALCODER_PLAIN
    newer = changed(
        foreign_projects.qualcoder(),
        "UPDATE code_name SET name = 'midlertidig bolig' WHERE cid = 1",
        "UPDATE source SET fulltext = 'Ny første linje.' || char(10) || fulltext WHERE id = 1",
        "UPDATE code_text SET pos0 = pos0 + 17, pos1 = pos1 + 17 WHERE fid = 1",
        f"INSERT INTO code_text VALUES (20, 2, 1, 'bor på', {text.index('bor på') + 17}, {text.index('bor på') + 23},"
        " 'ola', '2026-04-01 10:00:00', '', NULL, 0)",
        "DELETE FROM code_text WHERE ctid = 2",
    )
    (folder / "data.qda").write_bytes(newer)
    said, after = take(folder)
    assert sizes(after) == sizes(before) | {"codings": len(before.codings) + 1}
    assert set(names(after.codes)) ^ set(names(before.codes)) == {"hospits", "midlertidig bolig"}
    assert words(after) == sorted([*words(before), "bor på"])
    assert said["added"] == {"coding": 1}
    assert [(each["what"], each["count"]) for each in said["gone"]] == [("Koding", 1)]


def test_a_newer_rqda_project_is_the_same_one(take: Take, tmp_path: Path) -> None:
    (tmp_path / "r.rqda").write_bytes(foreign_projects.rqda())
    _said, before = take(tmp_path / "r.rqda")
    newer = changed(
        foreign_projects.rqda(),
        "UPDATE freecode SET name = 'pengebruk', dateM = 'Sun Mar 15 10:00:00 2026' WHERE id = 2",
        "UPDATE source SET file = file || 'Helt til slutt.' WHERE id = 1",
        "INSERT INTO coding VALUES (1, 1, 'Jeg bor', 0, 7, 1, 'ola', 'Sun Mar 15 10:00:00 2026', NULL)",
        "UPDATE coding SET status = 0 WHERE cid = 2 AND owner = 'ola'",
    )
    (tmp_path / "r.rqda").write_bytes(newer)
    said, after = take(tmp_path / "r.rqda")
    assert sizes(after) == sizes(before) | {"codings": len(before.codings) + 1}
    assert set(names(after.codes)) ^ set(names(before.codes)) == {"økonomi", "pengebruk"}
    assert any(source.text.endswith("Helt til slutt.") for source in after.sources)
    assert said["added"] == {"coding": 1}
    assert [(each["what"], each["count"]) for each in said["gone"]] == [("Koding", 1)]
