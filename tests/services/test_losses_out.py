"""A project with one of every kind of thing goes out in every format: each thing is in the file, or is told of with a reason."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from workbench.core.changes import KIND_VERSIONS
from workbench.core.entities import Source
from workbench.services import (
    cases,
    codebook,
    coding,
    exporting,
    framework,
    importing,
    memos,
    notes,
    projects,
    quoting,
    reading,
    regions,
    signals,
    sources,
    study,
    texts,
    themes,
    versions,
)
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.interchange.codebook_out import ENDINGS, SHAPES, hand_out_codebook
from workbench.services.interchange.handing_out import hand_out
from workbench.services.survey import receiving as survey
from workbench.services.survey import tables, uses
from workbench.store.project import Project
from workbench.store.schema import STATE

TALK = "Ansatt: zqtekst Vi mangler boliger. Det er zqstedet.\n\nAnsatt: zqrest Navnet er Zqborte. Og så mer.\n"
NEWER = TALK.replace("zqrest", "zqrestny").replace("Og så mer", "Noe helt annet")
ANSWERS = "Nr;Kommune;zqsporsmal er vanskelig?\nzqrespondent;zqcase;zqsvar Vi mangler boliger 7.\n"


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Every text in it has a word of its own that begins with `zq`."""
    folder = tmp_path_factory.mktemp("alt")
    project = projects.create(folder / "alt.kodebenk", coder="zqkoder", title="zqprosjekt")
    project.connection.execute("PRAGMA synchronous = OFF")
    _codes(project)
    _material(project, folder)
    _coded(project)
    _written(project)
    _worked(project)
    yield project
    project.close()


def _codes(project: Project) -> None:
    above = codebook.add_code(project, "zqmappe", slug="zqmappe-slug")
    codebook.set_code(project, above.id, folder=1)
    full = codebook.add_code(project, "zqkode", parent=above.id, slug="zqkode-slug")
    codebook.set_code(
        project, full.id, name_en="zqengelsk", brief="zqkort", definition="zqdefinisjon", when_used="zqnar",
        when_not="zqikke", examples=["zqeksempel"], colour="#0072b2",
    )  # fmt: skip
    signals.add_signal(project, full.id, "zqsignal", "word")
    codebook.retire_code(project, codebook.add_code(project, "zqute", slug="zqute-slug").id)
    merged = codebook.add_code(project, "zqslatt", slug="zqslatt-slug")
    codebook.set_code(project, merged.id, definition="zqforrige")
    codebook.merge_codes(project, merged.id, into=full.id)
    codebook.move_code(project, codebook.add_code(project, "zqflyttet", slug="zqflyttet-slug").id, parent=above.id)


def _material(project: Project, folder: Path) -> None:
    inside = cases.add_case(project, "zqfylke", type="zqcasetype")
    cases.add_case(project, "zqcase", parent=inside.id, attributes={"zqvariabel": "zqverdi", "zqtom": None})
    cases.set_case(project, inside.id, withdrawn=1, attributes={"zqvariabel": 7})
    (folder / "zqfil.txt").write_text(TALK, encoding="utf-8")
    facts = SourceFacts(
        cases=("zqcase",), wave="zqbolge", date="2026-03-14", mode="zqform", folder="zqsourcefolder", title="zqtittel",
        publisher="zqutgiver",
        speakers=(SpeakerChoice(label="Ansatt", role="participant", informant="I77", informant_role="zqrolle",
                                level="zqniva", side="zqside"),),
    )  # fmt: skip
    importing.save(project, importing.read_file(folder / "zqfil.txt"), facts)
    (folder / "zqskjema.csv").write_text(ANSWERS, encoding="utf-8")
    sheet = tables.look(folder / "zqskjema.csv")[0]
    mapping = sheet.proposed("zqundersokelse")
    wanted: tuple[uses.Use, ...] = ("respondent", "case", "question")
    for column, use in zip(sheet.guesses, wanted, strict=True):
        mapping = uses.with_use(mapping, sheet, column, use)
    survey.import_survey(project, sheet, mapping)


def talk(project: Project) -> Source:
    return next(each for each in sources.list_sources(project) if each.name == "zqfil")


def at(project: Project, words: str) -> tuple[Source, int, int]:
    source = talk(project)
    start = sources.show_source(project, source).text.index(words)
    return source, start, start + len(words)


def _coded(project: Project) -> None:
    entry = codebook.find_code(project, "zqkode-slug")
    first = coding.apply_code(project, *at(project, "zqtekst Vi mangler boliger."), entry)
    coding.star_coding(project, first.id, star=True)
    quoting.show_quote(project, first.id, "zqtekst Vi mangler […]")
    with project.write() as act:
        act.record("coding.confirm", {"id": first.id})
        act.record("link.add", {"id": "zqlenkelenke", "card": act.card({
            "origin_kind": "coding", "origin": first.id, "target_kind": "code", "target": entry.id,
            "name": "zqlenke", "direction": "OneWay"})})  # fmt: skip
    other = coding.apply_code(project, *at(project, "Det er zqstedet."), entry)
    coding.rebound_coding(project, other.id, *at(project, "er zqstedet.")[1:])
    coding.recode(project, other.id, codebook.find_code(project, "zqflyttet-slug"))
    gone = coding.apply_code(project, *at(project, "Og så mer."), entry)
    notes.add_note(project, *at(project, "mangler"), "zqmerknad")
    regions.mark(project, *at(project, "zqrest"), "table", note="zqfelt")
    regions.set_seen(project, regions.list_regions(project, talk(project)))
    theme = codebook.list_themes(project)[0]
    themes.describe_theme(project, theme, essence="zqkjerne", title="zqtema")
    themes.put_excerpts(project, theme, [first.id])
    texts.mask_name(project, talk(project), "Zqborte", "[navn]")
    (project.path.parent / "ny.txt").write_text(NEWER.replace("Zqborte", "[navn]"), encoding="utf-8")
    versions.replace_text(
        project, talk(project), versions.read_version(project, talk(project), project.path.parent / "ny.txt")
    )
    assert any(each.id == gone.id and each.start == each.end for each in coding.list_codings(project))


def _written(project: Project) -> None:
    source, start, end = at(project, "zqtekst")
    for kind, target, more in (
        ("project", project.uid, {}),
        ("source", source.id, {}),
        ("span", source.id, {"span": (start, end)}),
        ("code", codebook.find_code(project, "zqkode-slug").id, {"kind": "condensate"}),
        ("case", cases.find_case(project, "zqcase").id, {}),
        ("informant", cases.list_informants(project)[0].id, {}),
        ("theme", codebook.list_themes(project)[0].id, {}),
        ("coding", coding.list_codings(project)[0].id, {}),
    ):
        memos.write_memo(project, kind, target, f"zqmemo{kind}", **more)  # type: ignore[arg-type]
    memos.write_diary(project, "zqdagbok", day="2026-03-14")
    memos.write_memo(project, "project", project.uid, "zqprivat", private=True)
    case, entry = cases.find_case(project, "zqcase"), codebook.find_code(project, "zqkode-slug")
    framework.write_cell(project, case, entry, "zqcelle", wave="zqbolge")
    study.set_facts(project, {"institution": "zqinstitusjon", "approval": "zqgodkjent", "data_class": "zqklasse",
                              "end_date": "2027-12-31"})  # fmt: skip


def _worked(project: Project) -> None:
    """What needs a reader, a suggestion or a sorting, recorded as their verbs record it."""
    source, start, end = at(project, "boliger")
    entry = codebook.find_code(project, "zqkode-slug")
    known = coding.list_codings(project)[0]
    reading.set_status(project, source, "finished")
    place = {"source": source.id, "version": source.version, "start": start, "end": end, "code": entry.id}
    with project.write() as act:
        act.record("project.set", {"id": "a", "card": act.card({"approach": "zqtilnarming"})})
        act.record("suggestion.reject", {"id": "avvist", **place, "card": act.card({"words": "zqbelegg"})})
        act.record("sorting.add", {"id": "sortering", "card": act.card(
            {"kind": "split", "code": entry.id, "targets": [], "codings": [known.id]})})  # fmt: skip
        act.record("sorting.choose", {"sorting": "sortering", "coding": known.id, "choice": "keep",
                                      "note": act.text("zqvalg")})  # fmt: skip
        act.record("comment.add", {"id": "kommentar", "card": act.card({
            "target_kind": "coding", "target": known.id, "source": source.id, "start": start, "end": end,
            "quote": "", "text": "zqkommentar", "reader": "zqleser", "created": "2026-03-14T10:00:00Z",
            "updated": "2026-03-14T10:00:00Z"})})  # fmt: skip
        act.record("comment.set", {"id": "kommentar", "reply": act.text("zqsvartil")})
        act.record("report.write", {"id": "rapport", "card": act.card({"title": "zqrapport"})})
        act.record("foreign.set", {"origin": "zqverktoy", "items": act.text(json.dumps(
            [["0f8fad5b-d9cb-469f-a165-70867728950e", "code", entry.id, {"said": {"name": "zqkode"}}]]))})  # fmt: skip


# What each table's words are told as where they are in no file. A word is `zq` and letters.

_WORD = re.compile(r"zq[a-z]{3,}")
_OWN = {"foreign_item": "", "verdict": "Avviste forslag", "sorting_choice": "Sorteringer", "comment": "Kommentarer fra lesere",
        "summary_cell": "Rammematrise", "project_fact": "Om studien", "report": "Skrevet rapport"}  # fmt: skip
_NAMED: Mapping[str, str] = {
    "project.approach": "Om studien", "project.data_class": "Om studien", "project.approval": "Om studien",
    "case_unit.attributes": "Opplysning uten verdi", "code.signals": "Signaler for forslag",
    "code.definition": "Sammenslåtte koder", "code.name": "Sammenslåtte koder", "code.slug": "Sammenslåtte koder",
    "memo.text": "Private memoer",
}  # fmt: skip
"""Column -> what a whole project's file tells of where it has not its words."""
_MISSED_BY_NONE = (
    "project", "project_fact", "region", "verdict", "sorting_choice", "comment", "report", "foreign_item", "reading",
    "waiting", "coder",
)  # fmt: skip
_REST: dict[str, str] = {
    "case_unit": "opplysninger om caser", "source": "opplysninger om kilder", "survey": "undersøkelser",
    "question": "undersøkelser", "answer": "undersøkelser", "entity_link": "koblinger", "code": "koder",
    "theme": "temaer uten utdrag her", "coding": "gjengivelser av sitater", "margin_note": "merknader", "memo": "memoer",
    "summary_cell": "celler i rammematrisen", "informant": "kilder uten utdrag her", **dict.fromkeys(_MISSED_BY_NONE, ""),
}  # fmt: skip
"""Table -> what a file of excerpts tells of where it has not its words; nothing where no reader of excerpts misses them."""
_BESIDE_CODES: Mapping[str, str] = {
    "project": "Om studien", "project_fact": "Om studien", "case_unit": "caser og informanter", "source": "kilder",
    "informant": "caser og informanter", "region": "kilder", "survey": "undersøkelser", "question": "undersøkelser",
    "entity_link": "koblinger", "coding": "kodinger", "margin_note": "memoer og merknader", "memo": "memoer og merknader",
    "verdict": "Avviste forslag", "sorting_choice": "Sorteringer", "comment": "Kommentarer fra lesere",
    "summary_cell": "Rammematrise", "report": "Skrevet rapport", "coder": "kodinger", "foreign_item": "Revisjonsspor",
}  # fmt: skip
_IDS = {"id", "code", "origin_id"}
_NOTHING_NEW = {
    "anchor.place", "case.remove", "code.remove", "code.restore", "coder.rename", "coding.remove", "comment.remove",
    "informant.remove", "informant.set", "link.remove", "memo.remove", "memo.set", "note.remove", "note.set", "redo",
    "region.remove", "sorting.finish", "sorting.remove", "sorting.set", "source.remove", "source.set", "speaker.set",
    "suggestion.accept", "suggestion.reopen", "text.purge", "theme.remove", "undo",
}  # fmt: skip
"""Kinds of change that leave nothing of a kind that is not there already."""


def test_there_is_one_of_each(one_of_each: Project) -> None:
    rows = one_of_each.connection
    assert [table for table in STATE if rows.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)] == []
    made = {kind for (kind,) in rows.execute("SELECT DISTINCT kind FROM change")}
    assert made | _NOTHING_NEW == set(KIND_VERSIONS)


def words_of(project: Project) -> Iterator[tuple[str, str, set[str]]]:
    """(table, column, the words in it) of all that has any."""
    for table, columns in STATE.items():
        for column in set(columns) - {"id"}:
            cells = project.connection.execute(f'SELECT "{column}" FROM {table}').fetchall()
            found = {word for (cell,) in cells for word in _WORD.findall(str(cell))}
            if found:
                yield table, column, found


def words_in(path: Path) -> set[str]:
    """The words in a file, whatever it is."""
    data = path.read_bytes()
    if data.startswith(b"SQLite"):
        with closing(sqlite3.connect(path)) as tables:
            return set(_WORD.findall("\n".join(tables.iterdump())))
    if not data.startswith(b"PK"):
        return set(_WORD.findall(data.decode()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    return {word for text in inner for word in _WORD.findall(text)}


def untold(
    project: Project, path: Path, told: set[str], named: Mapping[str, str], tables: Mapping[str, str]
) -> list[str]:
    """Columns with words that are neither in the file nor told of."""
    there = words_in(path)
    return [
        f"{table}.{column}: {sorted(words - there)}"
        for table, column, words in words_of(project)
        if words - there and named.get(f"{table}.{column}", tables.get(table, "?")) not in told
    ]


@pytest.mark.parametrize("name", ["qdpx", "sqlite"])
def test_all_of_it_is_in_the_file_or_told_of(one_of_each: Project, tmp_path: Path, name: str) -> None:
    written = hand_out(one_of_each, name, tmp_path / f"ut.{name}")
    told = {each.what for each in written.losses} | {""}
    assert untold(one_of_each, written.path, told, _NAMED, _OWN) == []
    assert written.account is not None
    account = written.account.read_text(encoding="utf-8")
    assert [
        each for each in written.losses if each.what not in account or each.name not in account or not each.why
    ] == []
    assert {each.name for each in written.losses if each.what == "Opplysning av ulike slag" and each.mended} == {
        "zqvariabel"
    }
    for what in ("Lesestatus", "Eldre tekst", "Originalfil", "Trukket case", "Sitatnumre", "Gjengivelse av sitat",
                 "Kodinger uten tekst", "Merkede felt", "Revisjonsspor"):  # fmt: skip
        assert what in told


def test_what_a_codebook_alone_leaves_of_a_project_is_told_of(one_of_each: Project, tmp_path: Path) -> None:
    written = hand_out(one_of_each, "qdc", tmp_path / "ut.qdc")
    told = {each.what for each in written.losses} | {each.name for each in written.losses}
    named = _NAMED | {"theme.title": "Tema", "project.title": "Revisjonsspor"}
    assert untold(one_of_each, written.path, told, named, _BESIDE_CODES) == []


@pytest.mark.parametrize("name", exporting.FORMATS)
def test_what_is_no_excerpt_is_told_of_by_kind(one_of_each: Project, tmp_path: Path, name: str) -> None:
    written = exporting.export(one_of_each, name, tmp_path / f"ut.{name}")
    told = {each.name for each in written.left_out}
    named = {"code.signals": "", "theme.essence": "beskrivelser av temaer"}
    assert untold(one_of_each, written.path, told | {""}, named, _REST) == []
    assert told & {"endringer i revisjonssporet", "signaler for forslag", "lesestatuser", "originalfiler"} == set()
    assert all(each.why and each.count for each in written.left_out)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_shape_of_codebook_cannot_hold_is_told_of(one_of_each: Project, tmp_path: Path, shape: str) -> None:
    written = hand_out_codebook(one_of_each, shape, tmp_path / f"bok{ENDINGS[shape]}")
    told = {each.what for each in written.losses}
    groups = "Grupper av koder" if "Grupper av koder" in told else "Tema"
    named = {
        "code.definition": "Sammenslåtte koder", "code.signals": "Signaler for forslag", "memo.text": "Memo på kode",
        "theme.title": groups, "theme.essence": "Beskrivelse av grupper" if shape == "atlasti" else groups,
        "code.name": "Sammenslåtte koder", "code.slug": "Sammenslåtte koder",
    }  # fmt: skip
    missing = untold(one_of_each, written.path, told, named, {})
    assert [each for each in missing if each.startswith(("code.", "theme.", "memo."))] == []
    titles = {
        word
        for table, column, words in words_of(one_of_each)
        for word in words
        if (table, column) == ("theme", "title")
    }
    assert titles <= words_in(written.path) | set(_WORD.findall(repr(written.losses)))
    if shape in ("yaml", "docx"):
        assert "zqute" in {each.name for each in written.losses if each.what == "Kode ute av bruk"}
