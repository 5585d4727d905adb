"""What tools write that the standard does not foresee is read kindly, and nothing of it disappears without a word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from exports.interchange.refi.reading import read_qdpx

TEXT = "Kari: Vi bor trangt.\r\nOla: Ja, det gjør vi.\r\nKari: Det haster.\r\n"


def guid(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012}"


def code(number: int = 1, name: str = "Bolig", inside: str = "") -> str:
    return f'<Code guid="{guid(number)}" name="{name}" isCodable="true">{inside}</Code>'


def coding(number: int, codes: int = 1) -> str:
    refs = "".join(f'<CodeRef targetGUID="{guid(each)}"/>' for each in range(1, codes + 1))
    return f'<Coding guid="{guid(number)}">{refs}</Coding>'


def selection(number: int, start: int, end: int, inside: str, name: str = "") -> str:
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="{guid(number)}" name="{name}" {place}>{inside}</PlainTextSelection>'


def source(inside: str = "", more: str = 'plainTextPath="internal://t.txt"') -> str:
    return f'<Sources><TextSource guid="{guid(50)}" name="Intervju" {more}>{inside}</TextSource></Sources>'


def read(body: str, text: bytes = TEXT.encode(), origin: str = "Prøve 1") -> Bundle:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        xml = f'<Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="{origin}">{body}</Project>'
        archive.writestr("project.qde", xml)
        archive.writestr("sources/t.txt", text)
    return read_qdpx(Path("odd.qdpx"), buffer.getvalue())


def listed(bundle: Bundle, what: str, *, mended: bool = False) -> list[tuple[str, int]]:
    return [(loss.name, loss.count) for loss in bundle.losses if loss.what == what and loss.mended is mended]


BOOK = f"<CodeBook><Codes>{code()}</Codes></CodeBook>"


def test_a_note_with_a_place_counts_as_the_codings_of_its_source_do() -> None:
    as_one = TEXT.replace("\r\n", "\n")
    start = as_one.index("Det haster")
    marked = selection(60, start, start + 10, coding(61), "Det haster")
    note = (
        f'<Notes><Note guid="{guid(70)}"><PlainTextContent>Viktig</PlainTextContent>'
        f"{selection(71, start, start + 10, '')}</Note></Notes>"
    )
    bundle = read(BOOK + source(f'{marked}<NoteRef targetGUID="{guid(70)}"/>') + note)
    (item,), (found,) = bundle.sources, bundle.notes
    assert (found.target_kind, item.text[found.start : found.end]) == ("passage", "Det haster")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_a_byte_order_mark_that_is_counted_is_seen_in_every_encoding(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    marked = selection(60, 7, 20, coding(61), "Vi bor trangt")
    bundle = read(f"{BOOK}{source(marked)}", mark + TEXT.encode(encoding))
    (item,), (found,) = bundle.sources, bundle.codings
    assert item.text[found.start : found.end] == "Vi bor trangt"


def test_codes_without_their_container_and_selections_beside_the_text_of_a_pdf_are_read() -> None:
    pdf = (
        f'<Sources><PDFSource guid="{guid(50)}" name="Rapport"><Representation guid="{guid(51)}">'
        f"<PlainTextContent>Lite om leie.</PlainTextContent></Representation>"
        f"{selection(60, 0, 4, coding(61), 'Lite')}</PDFSource></Sources>"
    )
    bundle = read(f"<CodeBook>{code(1, inside=code(2, 'Leie'))}</CodeBook>{pdf}")
    assert [each.name for each in bundle.codes] == ["Bolig", "Leie"]
    assert [(each.start, each.end) for each in bundle.codings] == [(0, 4)]
    assert listed(bundle, "XML-element", mended=True) == [("CodeBook/Code", 1)]
    assert listed(bundle, "Markeringer", mended=True) == [("Rapport", 1)]


def test_codings_and_codes_at_places_where_nobody_reads_are_counted() -> None:
    strange = f"<Ting>{code(2, 'Leie')}{selection(60, 0, 4, coding(61) + coding(62))}</Ting>"
    bundle = read(f"{BOOK}{source(strange)}")
    assert listed(bundle, "Kodinger") == [("", 2)]
    assert ("Code", 1) in listed(bundle, "XML-element")


def test_what_should_stand_once_and_what_nobody_knows_is_listed() -> None:
    twice = source("<Description>én</Description><Description>to</Description>", 'plainTextPath="t.txt" farge="rød"')
    bundle = read(f"{BOOK}{twice}<Users/>{source()}")
    assert {("TextSource/Description", 1), ("Project/Sources", 1)} <= set(listed(bundle, "XML-element"))
    assert listed(bundle, "XML-attributt") == [("TextSource/farge", 1)]


def test_more_codes_on_a_coding_and_more_values_of_a_variable_are_listed() -> None:
    value = f'<VariableValue><VariableRef targetGUID="{guid(40)}"/><TextValue>a</TextValue></VariableValue>'
    variables = f'<Variables><Variable guid="{guid(40)}" name="Sted" typeOfVariable="Text"/></Variables>'
    cases = f'<Cases><Case guid="{guid(41)}" name="Sak">{value}{value}</Case></Cases>'
    bundle = read(f"{BOOK}{variables}{cases}{source(selection(60, 0, 4, coding(61, codes=2)))}")
    assert (listed(bundle, "Koder på koding"), listed(bundle, "Variabelverdi")) == ([("Intervju", 1)], [("Sak", 1)])


def test_what_was_said_of_a_source_that_is_missing_is_a_memo_on_the_project() -> None:
    inside = "<Description>Om kilden</Description>" + selection(60, 0, 4, "<Description>Om stedet</Description>")
    bundle = read(BOOK + source(inside, 'plainTextPath="internal://borte.txt"'))
    assert [(note.target_kind, note.title, note.text) for note in bundle.notes] == [
        ("project", "Intervju", "Om kilden"),
        ("project", "Intervju", "Om stedet"),
    ]


def test_signs_that_were_not_escaped_are_read_as_themselves_and_told() -> None:
    """So QualCoder writes its annotations."""
    note = f'<Notes><Note guid="{guid(70)}"><PlainTextContent>Leie & strøm &lt; 5 &#38; < 7</PlainTextContent></Note></Notes>'
    bundle = read(BOOK + source() + note, origin="QualCoder 3.6")
    assert [each.text for each in bundle.notes] == ["Leie & strøm < 5 & < 7"]
    assert listed(bundle, "XML", mended=True) == [("project.qde", 2)]


@pytest.mark.parametrize("broken", ["a <b c", "a &nbsp; b", "<![CDATA[ & ]]> &"])
def test_what_could_be_something_else_is_refused_with_what_can_be_done(broken: str) -> None:
    note = f'<Notes><Note guid="{guid(70)}"><PlainTextContent>{broken}</PlainTextContent></Note></Notes>'
    with pytest.raises(UnreadableProject, match=r"skadet.*annotasjoner.*\.qda"):
        read(note, origin="QualCoder 3.6")


def test_a_project_without_a_memo_in_qualcoder_has_none() -> None:
    assert read("<Description>None</Description>", origin="QualCoder 3.6").description == ""
    assert read("<Description>None</Description>").description == "None"


def test_a_coding_in_a_wrong_place_is_listed_once() -> None:
    bundle = read(f"{BOOK}{source(selection(60, 7, 20, coding(61)))}{coding(62)}")
    assert (len(bundle.codings), listed(bundle, "XML-element"), listed(bundle, "Kodinger")) == (
        1, [("Project/Coding", 1)], [],
    )  # fmt: skip


def test_the_same_comment_on_two_lost_selections_without_guids_is_two_memos() -> None:
    place = 'firstX="1" firstY="1" secondX="2" secondY="2"'
    said = f"<PictureSelection {place}><Description>Se her</Description></PictureSelection>"
    picture = f'<PictureSource guid="{guid(50)}" name="Bilde" path="internal://x.jpg">{said * 2}</PictureSource>'
    bundle = read(f"{BOOK}<Sources>{picture}</Sources>")
    assert [each.text for each in bundle.notes] == ["Se her", "Se her"]
    assert listed(bundle, "Kommentarer på markeringer", mended=True) == [("Bilde", 2)]
