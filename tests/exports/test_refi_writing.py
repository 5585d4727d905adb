"""What a written REFI-QDA file looks like to other tools: names, positions, a selection for each coder, stable GUIDs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree

from corpus.model import ReadOptions, Turn
from corpus.readers import docx as word_reader
from exports.interchange.equality import comparable, equal
from exports.interchange.model import Bundle, CodeItem, CodingItem, NoteItem, Person, SourceItem
from exports.interchange.refi.reading import read_qdpx
from exports.interchange.refi.writing import write_qdpx

NAMESPACE = {"q": "urn:QDA-XML:project:1.0"}
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "Kari: Vi bor 😀 trangt.\r\nOla:\tJa.\r\n"
PLAIN = TEXT.replace("\r\n", "\n")
TURNS = (
    Turn(speaker="Kari", role="participant", label_start=0, start=6, end=22),
    Turn(speaker="Ola", role="other", label_start=24, start=29, end=32),
)


def _bundle() -> Bundle:
    coding = CodingItem(guid="m1", source="s", start=29, end=32, code="k", coder="a", created="2026-01-01T00:00:00Z")
    return Bundle(
        tool="Kodebenk 0.1.0",
        guid="prosjekt",
        title="Prøve",
        people=(Person(guid="a", name="Anne"), Person(guid="o", name="Ola")),
        codes=(CodeItem(guid="k", name="Bolig"),),
        sources=(SourceItem(guid="s", name="Intervju", text=TEXT, turns=TURNS, content=b"original"),),
        codings=(coding, replace(coding, guid="m2", coder="o")),
        notes=(NoteItem(guid="n", text="Hm, ja.", kind="margin", target_kind="passage", target="s", start=0, end=4),),
    )


def _opened(content: bytes) -> tuple[etree._Element, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return etree.fromstring(files.pop("project.qde")), files


def test_each_coder_of_a_place_has_a_selection_of_their_own_at_code_points_of_the_plain_text() -> None:
    """QualCoder takes the coder from the selection, and of two codings alike by one person it keeps one."""
    root, files = _opened(write_qdpx(_bundle(), stamp=STAMP).content)
    margin, coded, again = root.findall(".//q:PlainTextSelection", NAMESPACE)
    text = next(data.decode() for name, data in files.items() if name.endswith(".txt"))

    assert text == PLAIN
    assert text[int(coded.get("startPosition", "")) : int(coded.get("endPosition", ""))] == "Ja."
    assert (coded.get("name"), margin.get("name")) == ("Ja.", "Kari")
    assert (again.get("startPosition"), again.get("endPosition")) == (
        coded.get("startPosition"),
        coded.get("endPosition"),
    )
    assert coded.get("guid") != again.get("guid")
    users = [user.get("guid") for user in root.findall(".//q:User", NAMESPACE)]
    assert [each.get("creatingUser") for each in (coded, again)] == users
    assert [each.findall("q:Coding", NAMESPACE)[0].get("creatingUser") for each in (coded, again)] == users


def test_the_word_file_has_the_same_text_with_labels_in_bold() -> None:
    _root, files = _opened(write_qdpx(_bundle(), stamp=STAMP).content)
    word = next(data for name, data in files.items() if name.endswith(".docx"))
    first = docx.Document(io.BytesIO(word)).paragraphs[0]

    assert [(run.text, bool(run.bold)) for run in first.runs] == [("Kari: ", True), ("Vi bor 😀 trangt.", False)]
    assert word_reader.read(Path("t.docx"), word, ReadOptions()).text.rstrip("\n") == PLAIN.rstrip("\n")


def test_a_note_without_a_title_has_a_name_in_the_file_and_none_when_it_is_back() -> None:
    written = write_qdpx(_bundle(), stamp=STAMP)
    names = [note.get("name") for note in _opened(written.content)[0].findall(".//q:Note", NAMESPACE)]

    assert "Kodebenk merknad: Hm, ja." in names
    assert [(note.title, note.kind) for note in read_qdpx(Path("p"), written.content).notes] == [("", "margin")]


def test_every_note_of_facts_has_a_date_since_qualcoder_stops_at_one_without() -> None:
    root, _files = _opened(write_qdpx(_bundle(), stamp=STAMP).content)
    facts = [note for note in root.findall(".//q:Note", NAMESPACE) if note.get("name") == "Kodebenk: opplysninger"]

    assert facts
    assert {note.get("modifiedDateTime") for note in facts} == {"2026-11-22T12:00:00Z"}


def test_a_margin_note_is_also_the_description_of_its_selection() -> None:
    (note,) = _bundle().notes
    root, _files = _opened(write_qdpx(replace(_bundle(), notes=(replace(note, creator="o"),)), stamp=STAMP).content)
    margin, coded, _again = root.findall(".//q:PlainTextSelection", NAMESPACE)

    assert margin.findtext("q:Description", None, NAMESPACE) == "Hm, ja."
    assert coded.find("q:Description", NAMESPACE) is None
    assert margin.get("creatingUser") == root.findall(".//q:User", NAMESPACE)[1].get("guid")


def test_memos_have_files_of_their_own_and_no_two_files_belong_to_one_name() -> None:
    memos = tuple(NoteItem(guid=guid, text=f"Tekst {guid}", title="Idé") for guid in ("x", "y"))
    written = write_qdpx(replace(_bundle(), notes=memos), stamp=STAMP)
    root, files = _opened(written.content)
    first, second = [note for note in root.findall(".//q:Note", NAMESPACE) if note.get("name") == "Idé"]

    path = first.get("plainTextPath", "").replace("internal://", "sources/")
    assert files[path] == b"Tekst x"
    assert (second.get("plainTextPath"), second.findtext("q:PlainTextContent", None, NAMESPACE)) == (None, "Tekst y")
    assert [note.text for note in read_qdpx(Path("p"), written.content).notes] == ["Tekst x", "Tekst y"]


def test_the_same_project_gives_the_same_bytes_and_the_same_guids_later() -> None:
    bundle = _bundle()
    later = replace(bundle, codings=bundle.codings[:1], title="Nytt navn", notes=())
    one, same = write_qdpx(bundle, stamp=STAMP), write_qdpx(_bundle(), stamp=STAMP)
    guids = [
        {each.get("guid") for each in _opened(write_qdpx(each, stamp=STAMP).content)[0].iter() if each.get("guid")}
        for each in (bundle, later)
    ]

    assert one == same
    assert guids[1] < guids[0]


def test_what_is_left_out_is_named() -> None:
    bundle = _bundle()
    coding = replace(bundle.codings[0], guid="m3", end=9999)
    losses = write_qdpx(replace(bundle, codings=(coding,), title="a\x01b"), stamp=STAMP).losses

    assert {(loss.what, loss.name) for loss in losses} == {
        ("Koding", "m3"),
        ("Originalfil", "Intervju"),
        ("Kontrolltegn", "a\ufffdb"),
    }


def test_codes_nested_deeper_than_other_tools_read_are_moved_up_and_named() -> None:
    codes = tuple(CodeItem(guid=f"k{n}", name=f"K{n}", parent=f"k{n - 1}" if n else "") for n in range(150))
    written = write_qdpx(Bundle(tool="", codes=codes), stamp=STAMP)

    assert [code.name for code in read_qdpx(Path("p"), written.content).codes] == [code.name for code in codes]
    assert {loss.name for loss in written.losses} == {f"K{n}" for n in range(100, 150)}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Annet"},
        {"codes": (CodeItem(guid="k", name="Bolig", colour="#000000"),)},
        {"codings": ()},
        {"people": ()},
        {"sources": (SourceItem(guid="s", name="Intervju", text=TEXT),)},
        {"notes": ()},
    ],
)
def test_projects_that_differ_are_not_equal(change: dict[str, object]) -> None:
    assert equal(_bundle(), comparable(_bundle()))
    assert not equal(_bundle(), replace(_bundle(), **change))  # type: ignore[arg-type]


def test_places_in_a_text_that_was_changed_elsewhere_are_not_used() -> None:
    root, files = _opened(write_qdpx(_bundle(), stamp=STAMP).content)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("project.qde", etree.tostring(root))
        for name, data in files.items():
            archive.writestr(name, data.replace(b"trangt", b"rotete"))
    back = read_qdpx(Path("p"), buffer.getvalue())

    assert back.sources[0].turns is None
    assert [loss.what for loss in back.losses if not loss.mended] == ["Opplysninger om teksten"]


def test_a_memo_on_a_source_is_its_description_too_and_comes_back_once() -> None:
    """QualCoder knows only the description, and drops a note that has no place in the text."""
    on_source = [NoteItem(guid=f"k{n}", text=f"Om kilden {n}.\x0b", target_kind="source", target="s") for n in (1, 2)]
    bundle = replace(_bundle(), notes=tuple(on_source))
    content = write_qdpx(bundle, stamp=STAMP).content
    said = _opened(content)[0].findtext("q:Sources/q:TextSource/q:Description", namespaces=NAMESPACE)
    assert said == "Om kilden 1.\ufffd\n\nOm kilden 2.\ufffd"
    read = read_qdpx(Path("p.qdpx"), content)
    assert (read.sources[0].description, len(read.notes)) == ("", 2)
    assert equal(read, bundle)


def _selected(*codings: CodingItem) -> dict[tuple[str | None, ...], str | None]:
    """(start, end, coder) -> what the selection is called; no two are called the same."""
    root, _files = _opened(write_qdpx(replace(_bundle(), codings=codings, notes=()), stamp=STAMP).content)
    found = root.findall(".//q:PlainTextSelection", NAMESPACE)
    named = {
        tuple(each.get(key) for key in ("startPosition", "endPosition", "creatingUser")): each.get("guid")
        for each in found
    }
    assert len(set(named.values())) == len(found) == len(named)
    return named


def test_a_selection_is_called_by_its_place_and_coder_whatever_else_is_coded_there() -> None:
    annes, olas = _bundle().codings
    both = _selected(annes, olas)
    assert len(both) == 2 and _selected(olas, annes) == both
    assert _selected(olas).items() <= both.items() and _selected(annes).items() <= both.items()


def test_a_passage_from_another_tool_names_the_one_place_of_the_one_coder_it_is() -> None:
    foreign = "11111111-1111-4111-8111-111111111111"
    annes, olas = (replace(each, passage=foreign) for each in _bundle().codings)
    assert list(_selected(annes, replace(annes, guid="m3")).values()) == [foreign]
    for other in (olas, replace(annes, guid="m3", start=0, end=4)):
        assert foreign not in _selected(annes, other).values()
