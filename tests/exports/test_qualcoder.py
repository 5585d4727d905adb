"""QualCoder's projects come in from their folder, with offsets settled by the words that were selected."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import foreign_projects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange import qualcoder_folder
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from exports.interchange.qualcoder import read_folder

WHOLE = foreign_projects.qualcoder()


def project(folder: Path, data: bytes) -> Path:
    home = folder / "Prosjekt.qda"
    (home / "documents").mkdir(parents=True, exist_ok=True)
    (home / "data.qda").write_bytes(data)
    (home / "documents" / "anna.txt").write_bytes(b"originalen")
    return home


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read_folder(project(tmp_path_factory.mktemp("qualcoder"), foreign_projects.qualcoder()))


def said(bundle: Bundle, *, mended: bool) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for loss in bundle.losses:
        if loss.mended == mended:
            found[(loss.what, loss.name)] = found.get((loss.what, loss.name), 0) + loss.count
    return found


def quotes(bundle: Bundle) -> list[str]:
    texts = {source.guid: source.text for source in bundle.sources}
    return [texts[coding.source][coding.start : coding.end] for coding in bundle.codings]


def test_the_project_is_whole(bundle: Bundle) -> None:
    assert foreign_projects.faults(bundle) == []
    assert (bundle.tool, bundle.title, bundle.created) == ("QualCoder 4.0", "Prosjekt", "2026-03-14T09:00:00Z")
    assert [person.name for person in bundle.people] == ["kari", "ola"]


def test_categories_are_folders_and_codes_lie_in_codes(bundle: Bundle) -> None:
    names = {code.guid: code.name for code in bundle.codes}
    assert [
        (code.name, names.get(code.parent, ""), code.codable, code.colour, code.definition) for code in bundle.codes
    ] == [
        ("Bolig", "", False, "", "Alt om bolig"),
        ("Ute", "Bolig", False, "", ""),
        ("hospits", "Ute", True, "#ff0000", "Midlertidig"),
        ("bråk", "hospits", True, "#00ff00", ""),
        ("egen bolig", "Bolig", True, "", ""),
    ]


def test_texts_come_in_with_their_originals_and_nothing_else(bundle: Bundle) -> None:
    assert [(source.name, source.kind, source.content, source.file_name) for source in bundle.sources] == [
        ("anna.txt", "", b"originalen", "anna.txt"),
        ("per.txt", "transcript", b"", ""),
        ("lenket.docx", "", b"", "lenket.docx"),
    ]


def test_codings_lie_on_the_selected_words_also_behind_emojis(bundle: Bundle) -> None:
    assert quotes(bundle) == ["hospits", "bråk", "bolig", "kommunen"]
    assert [coding.star for coding in bundle.codings] == [True, False, False, False]
    names = {person.guid: person.name for person in bundle.people}
    assert [names[coding.coder] for coding in bundle.codings] == ["kari", "ola", "ola", "kari"]


def test_margin_notes_are_read_as_the_codings_of_their_source(bundle: Bundle) -> None:
    texts = {source.guid: source.text for source in bundle.sources}
    margin = [note for note in bundle.notes if note.kind == "margin"]
    assert [(note.text, texts[note.target][note.start : note.end]) for note in margin] == [
        ("Spør mer om dette", "Intervjuer:"),
        ("Fra 2025", "bolig"),
    ]


def test_memos_come_in_from_everywhere(bundle: Bundle) -> None:
    memos = sorted((note.target_kind, note.title, note.text) for note in bundle.notes if note.kind == "memo")
    assert memos == [
        ("case", "", "Snakker mye"),
        ("coding", "", "Viktig sted"),
        ("project", "", "Prosjektets memo"),
        ("project", "kart.png", "Et kart"),
        ("project", "kart.png", "Hus på kartet"),
        ("source", "", "Rolig intervju"),
        ("source", "", "Utenfor"),
        ("source", "Anna", "Hele"),
        ("source", "Opplysninger om filen", "sted: Kafé"),
        ("source", "egen bolig", "Husk denne"),
    ]
    (diary,) = [note for note in bundle.notes if note.kind == "diary"]
    assert (diary.title, diary.text, diary.day) == ("Dag 1", "Begynte å kode.", "2026-03-14")


def test_cases_have_their_sources_and_values(bundle: Bundle) -> None:
    names = {source.guid: source.name for source in bundle.sources}
    variables = {variable.guid: variable.name for variable in bundle.variables}
    found = [
        (
            case.name,
            [names[guid] for guid in case.sources],
            {variables[guid]: value for guid, value in case.values.items()},
        )
        for case in bundle.cases
    ]
    assert found == [
        ("Anna", ["anna.txt"], {"alder": 34, "by": "Byen", "sted": "Kontoret"}),
        ("Per", ["per.txt", "lenket.docx"], {}),
    ]
    assert next((item.name, item.type, item.description) for item in bundle.variables) == ("alder", "integer", "I år")


def test_all_that_is_lost_is_said_by_name(bundle: Bundle) -> None:
    assert said(bundle, mended=False) == {
        ("Bilde", "kart.png"): 1,
        ("Lydopptak", "opptak.mp3"): 1,
        ("Original", "lenket.docx"): 1,
        ("Kodinger", "per.txt"): 1,
        ("Kodinger", "anna.txt"): 1,
        ("Kodinger", "kart.png"): 1,
        ("Kodinger", "opptak.mp3"): 1,
        ("Deler av kilder", "Per"): 1,
        ("Tilknytning", "Per"): 1,
        ("Diagram", "Kart over koder"): 1,
        ("Spørring", "Alle koder"): 1,
        ("Litteratur", "RIS"): 1,
        ("Opphav", "QualCoder"): 10,
    }
    assert said(bundle, mended=True) == {
        ("Kodinger", "per.txt"): 2,
        ("Merknader", "anna.txt"): 1,
        ("Filegenskaper", "sted"): 1,
        ("Tidspunkter", "QualCoder"): 1,
    }


def test_an_older_version_comes_in_with_what_it_has(tmp_path: Path) -> None:
    gone = ("coder_names", "ris", "graph", "gr_cdct_text_item", "stored_sql", "files_filter", "journal")
    columns = ("code_name.supercid", "code_text.avid", "code_text.important", "source.av_text_id", "source.risid")
    data = foreign_projects.qualcoder(drop=gone + columns)
    found = read_folder(project(tmp_path, data))
    assert foreign_projects.faults(found) == []
    assert quotes(found) == ["hospits", "bråk", "bolig", "kommunen"]
    assert not any(coding.star for coding in found.codings)
    (fields,) = [loss for loss in found.losses if loss.what == "Felter"]
    assert fields.name == "source.av_text_id, code_name.supercid, code_text.important, code_text.avid, journal"


def test_a_newer_copy_gives_the_same_guids(bundle: Bundle, tmp_path: Path) -> None:
    names = [list(row) for row in (("hospits", 1), ("bråk", 2), ("egen bolig", 3))]
    when = "2026-03-14 10:00:00"
    renamed = [(number, f"{name} ny", "", None, "kari", when, "", None) for name, number in names]
    found = read_folder(project(tmp_path, foreign_projects.qualcoder(code_name=renamed)))
    assert found.guid == bundle.guid
    mine = {code.guid for code in bundle.codes if code.codable}
    assert {code.guid for code in found.codes if code.codable} == mine
    assert [coding.guid for coding in found.codings] == [coding.guid for coding in bundle.codings]


def test_a_number_used_again_is_another_code(bundle: Bundle, tmp_path: Path) -> None:
    again = [(1, "noe annet", "", None, "kari", "2026-06-01 08:00:00", "", None)]
    found = read_folder(project(tmp_path, foreign_projects.qualcoder(code_name=again)))
    assert {code.guid for code in found.codes if code.codable}.isdisjoint({code.guid for code in bundle.codes})


def test_categories_in_a_ring_or_below_nothing_come_in(tmp_path: Path) -> None:
    ring = [(1, "A", "", "", "", 2), (2, "B", "", "", "", 1), (3, "C", "", "", "", 99)]
    found = read_folder(project(tmp_path, foreign_projects.qualcoder(code_cat=ring)))
    assert foreign_projects.faults(found) == []
    assert said(found, mended=True)[("Kode", "C")] == 1


def test_the_database_itself_may_be_named(bundle: Bundle, tmp_path: Path) -> None:
    assert read_folder(project(tmp_path, foreign_projects.qualcoder()) / "data.qda") == bundle


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableProject) as refused:
        read_folder(path)
    return refused.value.reason


def test_folders_that_are_no_projects_are_refused(tmp_path: Path) -> None:
    assert "data.qda" in refusal(tmp_path)
    assert "data.qda" in refusal(tmp_path / "finnes-ikke")
    assert "SQLite" in refusal(project(tmp_path, b"tekst"))
    assert "QualCoder" in refusal(project(tmp_path, foreign_projects.rqda()))


@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_project_that_is_open_is_refused(tmp_path: Path, end: str) -> None:
    home = project(tmp_path, foreign_projects.qualcoder())
    (home / f"data.qda{end}").write_bytes(b"x")
    assert "åpent" in refusal(home)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "hemmelig.txt").write_bytes(b"hemmelig")
    home = project(tmp_path, foreign_projects.qualcoder())
    (home / "documents" / "anna.txt").unlink()
    (home / "documents" / "anna.txt").symlink_to(tmp_path / "hemmelig.txt")
    (home / "documents" / "per.txt").symlink_to("per.txt")
    assert {source.content for source in read_folder(home).sources} == {b""}
    (home / "data.qda").rename(tmp_path / "data.qda")
    (home / "data.qda").symlink_to(tmp_path / "data.qda")
    assert "data.qda" in refusal(home)


@pytest.mark.parametrize(
    "path",
    ["/docs/../../hemmelig.txt", "/docs//etc/passwd", "/docs/..", "/docs/", "/docs/a\\b", "/docs/c:x", "/docs/a\0b"],
)
def test_paths_in_the_project_lead_nowhere(tmp_path: Path, path: str) -> None:
    (tmp_path / "hemmelig.txt").write_bytes(b"hemmelig")
    sources = [(1, "..", "Tekst.", path, "", "kari", "2026-03-14", None, None)]
    (source,) = read_folder(project(tmp_path, foreign_projects.qualcoder(source=sources))).sources
    assert source.content == b""


def test_an_original_that_is_too_large_stays_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qualcoder_folder, "_MOST_DOCUMENT", 3)
    found = read_folder(project(tmp_path, foreign_projects.qualcoder()))
    assert found.sources[0].content == b""
    assert said(found, mended=False)[("Original", "anna.txt")] == 1


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_give_anything_but_a_project_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(WHOLE)
    for _number in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_folder(project(tmp_path_factory.getbasetemp(), bytes(whole)))
    except UnreadableProject as refused:
        assert refused.reason
    else:
        assert foreign_projects.faults(found) == []


def test_what_is_fastened_to_nothing_or_is_empty_is_said(tmp_path: Path) -> None:
    when = "2026-03-14 10:00:00"
    data = foreign_projects.qualcoder(
        attribute=[
            (1, "alder", "case", "34", 99, when, "kari"),
            (2, "sted", "file", "Torget", 3, when, "kari"),
            (3, "stemning", "journal", "god", 1, when, "kari"),
            (4, "sted", "file", "", 3, when, "kari"),
        ],
        case_text=[(1, 99, 1, 0, 5, "kari", when, "")],
        journal=[(1, "Tom dag", "", when, "kari")],
        annotation=[(1, 1, 0, 5, "", "kari", when)],
        code_text=[(1, 1, 1, "Int", 0, 3, "kari", when, "", 7, 0)],
    )
    folder = project(tmp_path, data)
    (folder / "pseudonyms.json").write_text("[]")
    said = {(loss.what, loss.name): loss.count for loss in read_folder(folder).losses if not loss.mended}
    assert {
        ("Egenskaper", "alder"): 1,
        ("Egenskaper", "sted"): 1,
        ("Egenskaper", "stemning"): 1,
        ("Tilknytning", "case_text"): 1,
        ("Dagbok", "Tom dag"): 1,
        ("Merknader", "anna.txt"): 1,
        ("Kodinger", "avid"): 1,
        ("Fil", "pseudonyms.json"): 1,
    }.items() <= said.items()


def test_a_field_of_a_newer_version_is_said_with_how_many_rows_have_it(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(foreign_projects.qualcoder())
    connection.execute("ALTER TABLE code_text ADD weight integer")
    connection.execute("ALTER TABLE code_name ADD position integer NOT NULL DEFAULT 0")
    connection.execute("UPDATE code_text SET weight = 3 WHERE ctid < 3")
    connection.commit()
    found = read_folder(project(tmp_path, connection.serialize()))
    assert [(loss.name, loss.count) for loss in found.losses if loss.what == "Felt"] == [("code_text.weight", 2)]
