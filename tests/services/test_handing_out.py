"""What goes out of a project, what stays behind and is named, and whom it does not give away."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exports.interchange.model import Loss
from workbench.core.entities import CodeEntry, Source
from workbench.errors import CannotOpen, Refusal
from workbench.services import (
    cases,
    checking,
    codebook,
    coding,
    framework,
    memos,
    notes,
    quoting,
    reading,
    regions,
    sources,
    study,
    texts,
)
from workbench.services.interchange import formats
from workbench.services.interchange.codebook_out import ENDINGS, SHAPES, hand_out_codebook
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.handing_out import FORMATS, hand_out
from workbench.services.interchange.losses import grouped
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project
from workbench.store.schema import STATE

Place = Callable[..., tuple[Source, int, int]]
Code = Callable[[str], CodeEntry]

_PLACE = {"source", "version", "start", "end"}
_GIVEN = {
    "project": {"title", "created"},
    "coder": {"name"},
    "case_unit": {"name", "type", "parent", "attributes"},
    "informant": {"number", "role", "level", "side"},
    "informant_case": {"informant", "case_unit"},
    "source": set(STATE["source"]) - {"ordinal", "original"} | {"ordinal"},
    "region": _PLACE | {"kind", "note"},
    "survey": {"title", "file_name", "mapping"},
    "question": {"survey", "key", "wording", "base", "condition", "asked", "position"},
    "answer": _PLACE | {"question", "value"},
    "entity_link": {"origin_kind", "origin", "target_kind", "target", "name", "direction"},
    "foreign_item": {"guid", "kind", "target"},
    "source_case": {"source", "case_unit"},
    "source_informant": {"source", "informant"},
    "speaker": {"source", "label", "role", "informant"},
    "code": set(STATE["code"]) - {"signals"},
    "theme": {"title", "essence", "status", "position"},
    "theme_code": {"theme", "code"},
    "theme_coding": {"theme", "coding"},
    "coding": _PLACE | {"code", "coder", "star", "assessment", "created"},
    "margin_note": _PLACE | {"text", "coder", "created"},
    "memo": _PLACE | {"target_kind", "target", "text", "coder", "created", "updated", "kind", "day"},
}
"""Columns that go out in a bundle."""
_NAMED = {
    "project": {"approach", "data_class", "end_date", "approval"},
    "case_unit": {"withdrawn"},
    "source": {"original"},
    "region": {"codable", "seen"},
    "waiting": set(STATE["waiting"]),
    "code": {"signals"},
    "coding": {"origin", "first_coder", "quote", "shown"},
    "memo": {"private"},
    "reading": set(STATE["reading"]),
    "verdict": set(STATE["verdict"]),
    "sorting": set(STATE["sorting"]),
    "sorting_choice": set(STATE["sorting_choice"]),
    "comment": set(STATE["comment"]),
    "summary_cell": set(STATE["summary_cell"]),
    "project_fact": set(STATE["project_fact"]),
    "report": set(STATE["report"]),
}
"""Columns that stay behind, and are named among what did."""
_TRAIL = {
    "informant": {"attributes"},  # nothing writes them
    "region": {"coder"},
    "survey": {"created"},
    "entity_link": {"coder", "created"},
    "foreign_item": {"origin", "seen", "updated"},
    "coding": {"suggestion", "decided"},
    "gesture": set(STATE["gesture"]),
}
"""Columns that are the trail of what was done, which is named as a whole."""


def test_everything_a_project_can_hold_goes_out_or_is_named_as_left_behind() -> None:
    for table, columns in STATE.items():
        told = {"id"} | _GIVEN.get(table, set()) | _NAMED.get(table, set()) | _TRAIL.get(table, set())
        assert set(columns) <= told, f"{table}: {set(columns) - told}"


def names_of(losses: tuple[Loss, ...], what: str) -> list[tuple[str, int]]:
    return [(each.name, each.count) for each in losses if each.what == what]


def test_what_no_other_tool_holds_is_named(project: Project, place: Place, code: Code) -> None:
    told = coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    quoting.show_quote(project, told.id, "Vi har […] få boliger.")
    first, second, third = sources.list_sources(project)
    reading.set_status(project, first, "finished")
    framework.write_cell(project, cases.find_case(project, "Storhamn"), code("okonomi"), "Trangt.", wave="2")
    cases.set_case(project, cases.find_case(project, "Elvestrand").id, withdrawn=1)
    cases.set_case(project, cases.find_case(project, "Storhamn").id, attributes={"uten": None})
    study.set_facts(project, {"institution": "Høgskolen"})
    memos.write_memo(project, "project", project.uid, "Bare for meg", private=True)
    regions.mark(project, third, 0, 10, "table")
    regions.set_codable(project, regions.list_regions(project, third), codable=True)
    notes.add_note(project, *place("Karianne"), "hun der")
    texts.mask_name(project, second, "mottaket", "[sted]")
    texts.correct_typo(project, *place("Karianne"), "")

    losses = bundle_of(project).losses

    assert names_of(losses, "Gjengivelse av sitat") == [("I01-001", 1)]
    assert names_of(losses, "Lesestatus")[0] == ("Første", 1)
    assert names_of(losses, "Rammematrise") == [("Storhamn · Økonomi · 2", 1)]
    assert names_of(losses, "Trukket case") == [("Elvestrand", 1)]
    assert names_of(losses, "Opplysning uten verdi") == [("uten", 1)]
    assert names_of(losses, "Om studien") == [("Institusjon", 1)]
    assert names_of(losses, "Private memoer") == [("", 1)]
    assert names_of(losses, "Merkede felt") == [("Møte", 1)]
    assert names_of(losses, "Merknader uten tekst") == [("Første", 1)]
    assert sorted(names_of(losses, "Eldre tekst")) == [("Andre", 1), ("Første", 1)]
    assert names_of(losses, "Sitatnumre") == [("", 1)]
    assert len(names_of(losses, "Originalfil")) == 3
    assert losses[-1].what == "Revisjonsspor"


def test_losses_of_one_reason_are_told_together() -> None:
    one = Loss(what="Lesestatus", name="Første", why="Går ikke ut.")
    assert list(grouped([one, replace(one, name="Andre", count=2), replace(one, what="Annet", name="")])) == [
        "Lesestatus (3): Går ikke ut.", "  Første; Andre (×2)", "Annet (1): Går ikke ut.",
    ]  # fmt: skip


def test_only_those_who_have_worked_go_out_and_without_names_nothing_gives_them_away(
    project: Project, place: Place, code: Code, tmp_path: Path
) -> None:
    assert bundle_of(project).people == ()
    coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    memos.write_memo(project, "project", project.uid, "Delt tanke")
    (named,) = bundle_of(project).people
    (hidden,) = bundle_of(project, Wanted(coders=False)).people
    assert (named.name, hidden.name) == ("Kari Koder", "Koder 1")
    assert named.guid != hidden.guid

    for name in ("qdpx", "sqlite"):
        path = tmp_path / f"skjult.{name}"
        hand_out(project, name, path, wanted=Wanted(coders=False))
        assert b"Kari Koder" not in _everything(path)
        hand_out(project, name, path, force=True)
        assert b"Kari Koder" in _everything(path)


def _everything(path: Path) -> bytes:
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_private_memos_go_out_only_when_their_writer_says_so(project: Project) -> None:
    memos.write_memo(project, "project", project.uid, "Bare for meg", private=True)
    assert [each.text for each in bundle_of(project).notes] == []
    own = bundle_of(project, Wanted(private=True))
    assert [each.text for each in own.notes] == ["Bare for meg"]
    assert names_of(own.losses, "Dine private memoer") == [("", 1)]


def test_the_list_beside_the_file_names_what_was_lost_and_where_it_is(project: Project, tmp_path: Path) -> None:
    written = hand_out(project, "qdpx", tmp_path / "ut.qdpx")
    assert written.account == tmp_path / "ut.qdpx.ikke-med.txt"
    told = written.account.read_text(encoding="utf-8")
    assert "studie.kodebenk" in told
    assert "Originalfil (3)" in told and "  - Første\n" in told
    assert written.warnings == (
        "Filen har hele teksten til 3 kilder. Del den bare med dem som har lov til å lese dem.",
    )


def test_an_old_list_does_not_stay_beside_a_new_file(project: Project, tmp_path: Path) -> None:
    old = tmp_path / "kodebok.yaml.ikke-med.txt"
    old.write_text("gammel", encoding="utf-8")
    for theme in codebook.list_themes(project):
        with project.write() as act:
            act.record("theme.remove", {"id": theme.id})
    written = hand_out_codebook(project, "yaml", tmp_path / "kodebok.yaml")
    assert written.losses == () and "Alt kom med." in old.read_text(encoding="utf-8")


def test_a_file_is_not_written_over_unasked_and_never_over_the_project(project: Project, tmp_path: Path) -> None:
    hand_out(project, "qdc", tmp_path / "ut.qdc")
    with pytest.raises(Refusal, match="finnes"):
        hand_out(project, "qdc", tmp_path / "ut.qdc")
    with pytest.raises(Refusal, match="prosjektet selv"):
        hand_out(project, "qdpx", project.path, force=True)
    with pytest.raises(Refusal, match=", ".join(FORMATS)):
        hand_out(project, "docx", tmp_path / "ut.docx")


def test_the_tables_have_the_excerpts_and_who_coded_them(
    project: Project, place: Place, code: Code, tmp_path: Path
) -> None:
    coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    regions.mark(project, place("Møtet handlet")[0], 0, 10, "table")
    written = hand_out(project, "sqlite", tmp_path / "ut.sqlite")
    with sqlite3.connect(written.path) as tables:
        found = tables.execute("SELECT text, code, source, cases, coder, informant FROM coded_excerpts").fetchall()
        marked = tables.execute("SELECT kind, start_offset, end_offset FROM regions").fetchall()
    tables.close()
    assert marked == [("table", 0, 10)]
    assert found == [("Vi har for få boliger.", "Bolig", "Første", "Elvestrand", "Kari Koder", "I01")]
    assert names_of(written.losses, "Merkede felt") == []


@pytest.mark.parametrize("shape", [each for each in SHAPES if each != "yaml"])
def test_a_codebook_comes_back_from_every_shape(project: Project, code: Code, tmp_path: Path, shape: str) -> None:
    codebook.set_code(project, code("midlertidig-bolig").id, definition="Hospits og campinghytte.")
    memos.write_memo(project, "code", code("bolig").id, "Uenige om denne")
    written = hand_out_codebook(project, shape, tmp_path / f"bok{ENDINGS[shape]}")
    assert any(each.what == "Memo på kode" for each in written.losses)

    back = formats.read_codebook_file(written.path)

    assert [each.name for each in back.codes] == ["Bolig", "Midlertidig bolig", "Økonomi"]
    by_guid = {each.guid: each.name for each in back.codes}
    assert by_guid.get(back.codes[1].parent) == "Bolig"
    assert "Hospits og campinghytte." in back.codes[1].definition


def test_a_codebook_document_is_read_back_whatever_codes_are_called_and_described_as(
    project: Project, code: Code, tmp_path: Path
) -> None:
    """Headings that look like numbers or like the title, parts over several paragraphs, one name in two places."""
    said = {"brief": "Definisjon: ikke en etikett", "definition": "Første.\n\nBrukes når: heller ikke\nTredje\tmed tab.",
            "when_used": "= 1 + 1", "when_not": "– ikke her 😀", "examples": ["@navn\nto linjer", "+47"]}  # fmt: skip
    codebook.set_code(project, code("okonomi").id, **said)
    above = code("bolig").id
    for name in ("3. linje", "Kodebokens bruk", "Annet", "2026"):
        above = codebook.add_code(project, name, parent=above, slug="annen" if name == "Annet" else "").id
    written = hand_out_codebook(project, "docx", tmp_path / "bok.docx")

    back = formats.read_codebook_file(written.path).codes

    names = ["Bolig", "Midlertidig bolig", "3. linje", "Kodebokens bruk", "Annet", "2026", "Økonomi"]
    assert [each.name for each in back] == names
    assert [next((names[n] for n, other in enumerate(back) if other.guid == each.parent), "") for each in back] == [
        "", "Bolig", "Bolig", "3. linje", "Kodebokens bruk", "Annet", ""]  # fmt: skip
    found = {"brief": back[-1].brief, "definition": back[-1].definition, "when_used": back[-1].when,
             "when_not": back[-1].when_not, "examples": list(back[-1].examples)}  # fmt: skip
    assert found == said and back[4].slug == "annen"


@pytest.mark.parametrize("shape", ["yaml", "docx", "nvivo", "taguette"])
def test_a_codebook_named_without_a_suffix_gets_that_of_its_shape(project: Project, tmp_path: Path, shape: str) -> None:
    assert hand_out_codebook(project, shape, tmp_path / "bok").path == tmp_path / f"bok{ENDINGS[shape]}"


def test_codes_that_are_not_in_use_are_named_where_they_are_left_out(
    project: Project, code: Code, tmp_path: Path
) -> None:
    codebook.retire_code(project, code("okonomi").id)
    for shape in ("yaml", "docx"):
        written = hand_out_codebook(project, shape, tmp_path / f"bok.{shape}")
        assert names_of(written.losses, "Kode ute av bruk") == [("Økonomi", 1)]
    with pytest.raises(Refusal, match="nvivo"):
        hand_out_codebook(project, "word", tmp_path / "bok.docx")


def test_another_project_of_ours_is_read_without_a_byte_of_it_being_touched(
    project: Project, place: Place, code: Code, tmp_path: Path
) -> None:
    coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    (tmp_path / "ut").mkdir()
    other = checking.save_copy(project, tmp_path / "ut" / "annen.kodebenk")
    whole = other.read_bytes()
    (bundle,) = formats.read_project(other)
    assert (len(bundle.codings), bundle.sources[0].content[:10]) == (1, b"Intervjuer")
    assert {path.name: path.read_bytes() for path in other.parent.iterdir()} == {"annen.kodebenk": whole}

    for damaged in (b"", whole[:100], whole[: len(whole) // 2], whole[:4096] + b"\0" * (len(whole) - 4096)):
        (tmp_path / "skadet.kodebenk").write_bytes(damaged)
        with pytest.raises(CannotOpen):
            formats.read_project(tmp_path / "skadet.kodebenk")
