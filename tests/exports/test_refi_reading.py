"""REFI-QDA files of other tools, as odd as they come: everything that can be read is, and the rest is listed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle, Loss, SourceItem
from exports.interchange.refi.codebook import read_qdc
from exports.interchange.refi.reading import read_qdpx
from exports.interchange.refi.twin import word_twin

FILE = Path("fremmed.qdpx")
NAMESPACE = "urn:QDA-XML:project:1.0"
TEXT = "Kari: Vi bor trangt.\nOla: Ja 😀, vi gjør det.\n"
CODE = "aaaaaaaa-0000-4000-8000-000000000001"
SOURCE = "bbbbbbbb-0000-4000-8000-000000000001"
ANNE = "cccccccc-0000-4000-8000-000000000001"
NOTE = "dddddddd-0000-4000-8000-000000000001"
CASE = "eeeeeeee-0000-4000-8000-000000000001"
CODES = f'<CodeBook><Codes><Code guid="{CODE}" name="Bolig" isCodable="true"/></Codes></CodeBook>'
USERS = f'<Users><User guid="{ANNE}" name="Anne"/></Users>'


def _coding(number: int = 1, code: str = CODE, inside: str = "") -> str:
    guid = f"11111111-0000-4000-8000-{number:012}"
    return f'<Coding guid="{guid}" creatingUser="{ANNE}"><CodeRef targetGUID="{code}"/>{inside}</Coding>'


def _selection(start: object, end: object, inside: str | None = None, name: str = "", number: int = 1) -> str:
    guid = f"22222222-0000-4000-8000-{number:012}"
    content = _coding(number) if inside is None else inside
    return (
        f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">{content}'
        "</PlainTextSelection>"
    )


def _source(inside: str = "", attributes: str = 'plainTextPath="internal://t.txt"', guid: str = SOURCE) -> str:
    return f'<TextSource guid="{guid}" name="Intervju" {attributes}>{inside}</TextSource>'


def _project(body: str, namespace: str = NAMESPACE, origin: str = "Prøve 1") -> bytes:
    return f'<Project xmlns="{namespace}" name="P" origin="{origin}">{body}</Project>'.encode()


def _zip(xml: bytes, files: dict[str, bytes] | None = None, inner: str = "project.qde") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(inner, xml)
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _read(body: str, text: str = TEXT, origin: str = "Prøve 1", **files: bytes) -> Bundle:
    named = {"sources/t.txt": text.encode(), **{f"sources/{name.replace('_', '.')}": d for name, d in files.items()}}
    return read_qdpx(FILE, _zip(_project(body, origin=origin), named))


def _with_source(inside: str, **kwargs: str) -> Bundle:
    return _read(f"{USERS}{CODES}<Sources>{_source(inside)}</Sources>", **kwargs)  # type: ignore[arg-type]


def _quotes(bundle: Bundle) -> list[str]:
    texts = {source.guid: source.text for source in bundle.sources}
    return [texts[coding.source][coding.start : coding.end] for coding in bundle.codings]


def _losses(bundle: Bundle, what: str, *, mended: bool = False) -> list[Loss]:
    return [loss for loss in bundle.losses if loss.what == what and loss.mended is mended]


def _only(bundle: Bundle) -> SourceItem:
    assert len(bundle.sources) == 1
    return bundle.sources[0]


@pytest.mark.parametrize("inner", ["project.qde", "Project.qde", "Mitt prosjekt.QDE", "mappe/project.qde"])
@pytest.mark.parametrize("folder", ["sources/", "Sources/", "mappe/SOURCES/", ""])
def test_the_project_file_and_the_sources_are_found_whatever_they_are_called(inner: str, folder: str) -> None:
    xml = _project(f"{CODES}<Sources>{_source(_selection(6, 19))}</Sources>")
    bundle = read_qdpx(FILE, _zip(xml, {f"{folder}T.TXT": TEXT.encode(), f"{folder}.root": b""}, inner))

    assert _quotes(bundle) == ["Vi bor trangt"]
    assert bool(_losses(bundle, "Prosjektfil", mended=True)) == (inner != "project.qde")
    assert _losses(bundle, "Fil i arkivet", mended=True)


def test_of_several_project_files_the_outermost_is_read_and_the_others_are_listed() -> None:
    files = {"a/a.qde": b"<a/>", "a.qde": b"<a/>"}
    bundle = read_qdpx(FILE, _zip(_project(CODES), files, inner="project.qde"))

    assert [code.name for code in bundle.codes] == ["Bolig"]
    assert {loss.name for loss in _losses(bundle, "Prosjektfil")} == {"a/a.qde", "a.qde"}


def test_one_guid_written_in_different_ways_is_one() -> None:
    ref = f'<Coding guid="{{{CODE}}}"><CodeRef targetGUID="{{{CODE.upper()}}}"/></Coding>'
    bundle = _with_source(_selection(6, 19, ref))

    assert (bundle.codings[0].code, bundle.codings[0].guid, bundle.codes[0].guid) == (CODE, CODE, CODE)


def test_guids_that_are_missing_doubled_or_none_at_all_are_made_and_stay_the_same() -> None:
    codes = '<Codes><Code name="A"/><Code guid="x1" name="B"/><Code guid="x1" name="C"/></Codes>'
    body = f"<CodeBook>{codes}</CodeBook><Sources>{_source(_selection(0, 4, _coding(code='x1')))}</Sources>"
    first, again = _read(body), _read(body)

    assert len({code.guid for code in first.codes}) == 3
    assert first.codings[0].code == first.codes[1].guid
    assert first.codes == again.codes
    assert {loss.name for loss in _losses(first, "GUID", mended=True)} == {"Code"}


def test_wrong_order_empty_containers_and_foreign_elements_are_listed() -> None:
    body = f"<Sources>{_source(_selection(6, 19))}</Sources>{CODES}<Sets/><Users/><Fest/>"
    bundle = _read(body)

    assert _quotes(bundle) == ["Vi bor trangt"]
    assert {loss.name for loss in _losses(bundle, "XML-element", mended=True)} == {"Project", "Sets", "Users"}
    assert [loss.name for loss in _losses(bundle, "XML-element")] == ["Project/Fest"]


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:0:10", ""])
def test_another_namespace_is_read_and_listed(namespace: str) -> None:
    bundle = read_qdpx(FILE, _project(CODES, namespace))

    assert [code.name for code in bundle.codes] == ["Bolig"]
    assert _losses(bundle, "XML-navnerom", mended=True)


@pytest.mark.parametrize(
    ("written", "read"),
    [("#F08", "#ff0088"), ("#F00082", "#f00082"), ("rgb(1, 2, 255)", "#0102ff"), ("#AABBCC80", "#aabbcc"), ("rød", "")],
)
def test_colours_however_they_are_written(written: str, read: str) -> None:
    xml = CODES.replace("isCodable", f'color="{written}" isCodable')
    bundle = read_qdpx(FILE, _project(xml))

    assert bundle.codes[0].colour == read
    assert bool(bundle.losses) == (written not in ("#F08", "#F00082"))


def test_folders_of_codes_are_not_codable_and_a_deep_tree_is_read() -> None:
    opening = "".join(f'<Code guid="{n:08x}-0000-4000-8000-000000000000" name="{n}" isCodable="0">' for n in range(200))
    bundle = read_qdpx(FILE, _project(f"<CodeBook><Codes>{opening}{'</Code>' * 200}</Codes></CodeBook>"))

    assert len(bundle.codes) == 200
    assert not any(code.codable for code in bundle.codes)
    assert bundle.codes[199].parent == bundle.codes[198].guid


def test_a_text_in_the_project_file_itself() -> None:
    bundle = _read(
        f"{CODES}<Sources>{_source(f'<PlainTextContent>{TEXT}</PlainTextContent>' + _selection(29, 30), '')}</Sources>"
    )

    assert _quotes(bundle) == ["😀"]


@pytest.mark.parametrize(
    "path", ["relative:///hemmelig/t.txt", "absolute:///t.txt", "file:///sources/t.txt", "internal://x.txt"]
)
def test_a_text_that_lies_elsewhere_is_never_fetched_and_its_codings_are_listed(path: str) -> None:
    inside = _selection(0, 4, _coding(1) + _coding(2)) + _selection(5, 6, _coding(3))
    source = _source(inside, f'plainTextPath="{path}"')
    bundle = _read(f"{CODES}<Sources>{source}</Sources>")

    assert not bundle.sources and not bundle.codings
    assert path.rsplit("/", 1)[1] in _losses(bundle, "Kilde")[0].why
    assert _losses(bundle, "Kodinger") == [
        Loss(what="Kodinger", name="Intervju", why="Kilden de står på kom ikke med.", count=3)
    ]


def test_only_a_word_file() -> None:
    rich = _source(_selection(6, 19), 'richTextPath="internal://t.docx"')
    bundle = _read(f"{CODES}<Sources>{rich}</Sources>", t_docx=word_twin(TEXT, ()))

    assert _quotes(bundle) == ["Vi bor trangt"]
    assert _losses(bundle, "Kilde", mended=True)


def test_a_word_file_beside_the_text_is_the_original() -> None:
    both = _source("", 'plainTextPath="internal://t.txt" richTextPath="internal://t.docx"')
    bundle = _read(f"<Sources>{both}</Sources>", t_docx=b"PK")

    assert (_only(bundle).text, _only(bundle).content) == (TEXT, b"PK")


@pytest.mark.parametrize(
    "data", ["Blåbær".encode("cp1252"), "Blåbær".encode("utf-16"), b"\xef\xbb\xbf" + "Blåbær".encode()]
)
def test_texts_in_other_encodings(data: bytes) -> None:
    bundle = read_qdpx(FILE, _zip(_project(f"<Sources>{_source()}</Sources>"), {"sources/t.txt": data}))

    assert _only(bundle).text == "Blåbær"


@pytest.mark.parametrize(
    ("start", "end", "what"),
    [(0, 9999, "Kodinger"), (7, 7, "Kodinger"), (-3, 2, "Kodinger"), ("x", 3, "Kodinger"), (9, 4, "Kodinger")],
)
def test_selections_that_are_nowhere_are_listed_with_their_codings(start: object, end: object, what: str) -> None:
    bundle = _with_source(_selection(start, end, _coding(1) + _coding(2)) + _selection(0, 4, number=3))

    assert _quotes(bundle) == ["Kari"]
    assert [(loss.name, loss.count) for loss in _losses(bundle, what)] == [("Intervju", 2)]


def test_a_selection_to_the_final_line_end_that_a_tool_dropped_reaches_to_the_end() -> None:
    bundle = _with_source(_selection(5, 14), text="Kari bor her.")

    assert [(coding.start, coding.end) for coding in bundle.codings] == [(5, 13)]


def test_selections_without_codes_and_names_of_selections_are_counted() -> None:
    inside = (
        _selection(0, 4, "", number=1) + _selection(5, 9, "", number=2) + _selection(6, 19, name="Godt sitat", number=3)
    )
    bundle = _with_source(inside)

    assert [loss.count for loss in _losses(bundle, "Markeringer")] == [2]
    assert [loss.count for loss in _losses(bundle, "Navn på markeringer")] == [1]


def test_a_code_on_the_whole_source_is_on_all_of_its_text() -> None:
    bundle = _with_source(_selection(0, 4) + _coding(7))

    assert _quotes(bundle) == ["Kari", TEXT]


def test_two_coders_on_one_selection_and_a_coding_without_a_coder_takes_that_of_the_selection() -> None:
    ola = "cccccccc-0000-4000-8000-000000000002"
    selection = _selection(
        0, 4, _coding(1) + _coding(2).replace(ANNE, ola) + _coding(3).replace(f'creatingUser="{ANNE}"', "")
    )
    bundle = _with_source(selection.replace("startPosition", f'creatingUser="{ANNE}" startPosition'))

    assert [coding.coder for coding in bundle.codings] == [ANNE, ola, ANNE]
    assert [(person.guid, person.name) for person in bundle.people] == [(ANNE, "Anne"), (ola, "")]
    assert _losses(bundle, "Bruker", mended=True)


def test_moments_are_in_utc() -> None:
    body = _source(
        "",
        'plainTextPath="internal://t.txt" creationDateTime="2026-01-01T12:00:00+02:00" modifiedDateTime="2026-01-01T12:00:00"',
    )
    source = _only(_read(f"<Sources>{body}</Sources>"))

    assert (source.created, source.modified) == ("2026-01-01T10:00:00Z", "2026-01-01T12:00:00Z")


CRLF = "Første linje\r\nAndre linje\r\nTredje linje\r\n"


@pytest.mark.parametrize(
    ("origin", "names", "start", "end", "said"),
    [
        ("ATLAS.ti 9", "", 13, 24, "Andre linje"),
        ("NVivo", "", 14, 25, "Andre linje"),
        ("NVivo", "Andre linje", 13, 24, "Andre linje"),
        ("ATLAS.ti 9", "Andre linje", 14, 25, "Andre linje"),
        ("NVivo", "Andre linje", 14, 24, "Andre linje"),
    ],
)  # fmt: skip
def test_line_ends_are_counted_as_the_selections_say(origin: str, names: str, start: int, end: int, said: str) -> None:
    bundle = _with_source(_selection(start, end, name=names), text=CRLF, origin=origin)

    assert _only(bundle).text == CRLF
    assert _quotes(bundle) == [said]
    assert _losses(bundle, "Tegntelling", mended=True)


def test_offsets_in_utf_16_are_taken_for_that_only_where_names_say_so() -> None:
    after = TEXT.index("vi gjør")
    named = _with_source(_selection(after + 1, after + 8, name="vi gjør"))
    silent = _with_source(_selection(after, after + 7, name="et sitat"))

    assert _quotes(named) == _quotes(silent) == ["vi gjør"]
    assert _losses(named, "Tegntelling", mended=True)


@pytest.mark.parametrize("origin", ["NVivo for Windows 12.6", "Prøve 1"])
def test_selections_without_names_are_counted_so_that_they_hold_whole_words(origin: str) -> None:
    text = "Bra 😀😀😀\r\n" + "Vi bor trangt her\r\nog har det fint sammen\r\n" * 3
    quotes = ["bor trangt her", "har det fint", "og har"]
    spans = [(place + 3, place + 3 + len(quote)) for quote in quotes if (place := text.index(quote))]
    coded = "".join(_selection(start, end, number=n) for n, (start, end) in enumerate(spans, 1))

    assert _quotes(_with_source(coded, text=text, origin=origin)) == quotes


def test_code_units_and_line_ends_may_both_be_counted_otherwise() -> None:
    text = "😀 Bra\r\nVi bor 😀 trangt\r\nher i byen\r\n"
    quotes = ["Vi bor 😀 trangt", "her i byen"]

    def counted(place: int) -> int:
        return len(text[:place].replace("\r\n", "\n").encode("utf-16-le")) // 2

    places = [(text.index(quote), quote) for quote in quotes]
    coded = "".join(
        _selection(counted(start), counted(start + len(quote)), name=quote, number=number)
        for number, (start, quote) in enumerate(places, 1)
    )
    assert _quotes(_with_source(coded, text=text, origin="ATLAS.ti 23")) == quotes


def test_nvivo_on_windows_counts_code_units_where_the_words_do_not_tell() -> None:
    text = "😀 det. Ja"
    coded = _selection(3, 7)

    assert _quotes(_with_source(coded, text=text, origin="NVivo for Windows 12.6")) == ["det."]
    assert _quotes(_with_source(_selection(2, 5), text=text, origin="NVivo for Mac 15")) == ["det"]


def test_a_note_that_tells_its_own_place_in_the_source_stands_there() -> None:
    lost = NOTE.replace("1", "2")
    place = f'<PlainTextSelection guid="{CASE}" startPosition="6" endPosition="19"/>'
    notes = "".join(
        f'<Note guid="{guid}"><PlainTextContent>Hm.</PlainTextContent>{place}</Note>' for guid in (NOTE, lost)
    )
    sources = f"<Sources>{_source(f'<NoteRef targetGUID={chr(34)}{NOTE}{chr(34)}/>')}</Sources>"
    bundle = _read(f"{USERS}{CODES}{sources}<Notes>{notes}</Notes>", origin="QualCoder 3.8.2")

    where = [(note.target_kind, note.target, note.start, note.end) for note in bundle.notes]
    assert where == [("passage", SOURCE, 6, 19), ("project", "", 0, 0)]
    assert [loss.name for loss in _losses(bundle, "Sted for memo")] == ["Hm."]


def test_a_case_without_a_name_that_has_one_source_is_called_what_the_source_is() -> None:
    cases = f'<Cases><Case guid="{CASE}"><SourceRef targetGUID="{SOURCE}"/></Case><Case guid="{ANNE}"/></Cases>'
    bundle = _read(f"{USERS}{CODES}{cases}<Sources>{_source()}</Sources>")

    assert [(case.name, case.sources) for case in bundle.cases] == [("Intervju", (SOURCE,)), ("", ())]
    assert [loss.name for loss in _losses(bundle, "Case", mended=True)] == ["Intervju"]


def test_a_description_that_repeats_the_notes_on_a_selection_is_no_note_more() -> None:
    note = f'<Note guid="{NOTE}"><PlainTextContent>Hm.</PlainTextContent></Note>'
    said = [
        _read(
            f"{USERS}{CODES}<Sources>{_source(_selection(6, 19, inside))}</Sources><Notes>{note}</Notes>",
        ).notes
        for inside in (
            f'<Description>{text}</Description><NoteRef targetGUID="{NOTE}"/>' for text in ("Hm.", "Noe annet.")
        )
    ]

    assert [[each.text for each in notes] for notes in said] == [["Hm."], ["Hm.", "Noe annet."]]


def test_a_pdf_comes_in_as_its_text_and_areas_of_pages_are_counted() -> None:
    twin = '<PDFSelection guid="22222222-0000-4000-8000-000000000001" page="1" firstX="0" firstY="0" secondX="1" secondY="1"/>'
    alone = twin.replace("000000000001", "000000000009").replace("/>", f">{_coding(5)}</PDFSelection>")
    twin = twin.replace("/>", f">{_coding(6)}</PDFSelection>")
    text = f'<Representation guid="{NOTE}" plainTextPath="internal://t.txt">{_selection(6, 19)}</Representation>'
    pdf = f'<PDFSource guid="{SOURCE}" name="Plan.pdf" path="internal://p.pdf">{twin}{alone}{text}</PDFSource>'
    bundle = _read(f"{CODES}<Sources>{pdf}</Sources>", p_pdf=b"%PDF-")

    assert (_only(bundle).name, _only(bundle).content, _quotes(bundle)) == ("Plan.pdf", b"%PDF-", ["Vi bor trangt"])
    assert [loss.count for loss in _losses(bundle, "Kodinger på PDF-sider")] == [1]


def test_pictures_and_recordings_are_listed_and_transcripts_come_in_with_times() -> None:
    points = "".join(
        f'<SyncPoint guid="{n:08}-0000-4000-8000-000000000000" position="{place}" timeStamp="{time}"/>'
        for n, (place, time) in enumerate([(0, 1000), (21, 4000), (len(TEXT), 9000)], 1)
    )
    stretch = (
        '<TranscriptSelection guid="22222222-0000-4000-8000-000000000004" fromSyncPoint="00000001-0000-4000-8000-000000000000"'
        f' toSyncPoint="00000002-0000-4000-8000-000000000000">{_coding(4)}</TranscriptSelection>'
    )
    recording = (
        f'<AudioSource guid="{CASE}" name="lyd.m4a" path="relative:///lyd.m4a"><Transcript guid="{SOURCE}" name="Avskrift" '
        f'plainTextPath="internal://t.txt">{points}{stretch}</Transcript>'
        f'<AudioSelection guid="{NOTE}" begin="0" end="9">{_coding(5)}</AudioSelection></AudioSource>'
        f'<PictureSource guid="{ANNE}" name="kart.jpg"><PictureSelection guid="{NOTE}" firstX="0" firstY="0" secondX="1" '
        f'secondY="1">{_coding(6)}{_coding(7)}</PictureSelection></PictureSource>'
    )
    sets = f'<Sets><Set guid="{NOTE}" name="Lyd"><MemberSource targetGUID="{CASE}"/></Set></Sets>'
    bundle = _read(f"{CODES}<Sources>{recording}</Sources>{sets}")

    assert [(turn.speaker, turn.start_ms) for turn in _only(bundle).turns or ()] == [("", 1000), ("", 4000)]
    assert _quotes(bundle) == [TEXT[:21]]
    assert bundle.sets[0].sources == (SOURCE,)
    listed = {(loss.what, loss.name): loss.count for loss in bundle.losses if not loss.mended}
    assert listed[("Kodinger på opptak", "lyd.m4a")] == 1
    assert listed[("Kodinger på bilde", "kart.jpg")] == 2
    assert ("Lydopptak", "lyd.m4a") in listed and ("Bilde", "kart.jpg") in listed


@pytest.mark.parametrize("counted", [10, 11])
def test_times_find_their_lines_in_a_transcript_with_crlf(counted: int) -> None:
    points = "".join(
        f'<SyncPoint guid="{n:08}-0000-4000-8000-000000000000" position="{n * counted}" timeStamp="{n}"/>'
        for n in range(5)
    )
    transcript = f'<Transcript guid="{SOURCE}" name="A" plainTextPath="internal://t.txt">{points}</Transcript>'
    recording = f'<VideoSource guid="{ANNE}" name="V">{transcript}</VideoSource>'
    source = _only(_read(f"<Sources>{recording}</Sources>", "En linje.\r\n" * 5))

    assert [(source.text[t.start : t.end], t.start_ms) for t in source.turns or ()] == [
        ("En linje.", n) for n in range(5)
    ]


def test_values_have_their_types() -> None:
    kinds = {
        "Boolean": "true",
        "Integer": "12",
        "Float": "1.50",
        "Date": "2026-03-14",
        "Text": "ja",
        "DateTime": "i går",
    }
    variables = "".join(
        f'<Variable guid="{n:08}-0000-4000-8000-00000000000f" name="{kind}" typeOfVariable="{kind}"/>'
        for n, kind in enumerate(kinds)
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{n:08}-0000-4000-8000-00000000000f"/><{kind}Value>{said}</{kind}Value>'
        "</VariableValue>"
        for n, (kind, said) in enumerate(kinds.items())
    )
    wrong = values.replace(">12<", ">tolv<").replace("<BooleanValue>true</BooleanValue>", "")
    cases = f'<Case guid="{CASE}" name="Lunden">{values}<SourceRef targetGUID="{SOURCE}"/></Case>'
    body = f"<Variables>{variables}</Variables><Cases>{cases}</Cases><Sources>{_source(wrong)}</Sources>"
    bundle = _read(body)

    assert list(bundle.cases[0].values.values()) == [True, 12, 1.5, "2026-03-14", "ja", "i går"]
    assert bundle.cases[0].sources == (SOURCE,)
    on_source = bundle.cases[1]
    assert (on_source.name, on_source.sources) == ("Intervju", (SOURCE,))
    assert list(on_source.values.values()) == ["tolv", 1.5, "2026-03-14", "ja", "i går"]


def test_notes_stand_on_what_refers_to_them() -> None:
    guids = [f"dddddddd-0000-4000-8000-{n:012}" for n in range(6)]
    refs = [f'<NoteRef targetGUID="{guid}"/>' for guid in guids]
    notes = "".join(
        f'<Note guid="{guid}" name="{n}" creatingUser="{ANNE}" creationDateTime="2026-01-01T00:00:00Z">'
        f"<PlainTextContent>Tekst {n}</PlainTextContent></Note>"
        for n, guid in enumerate(guids)
    )
    codes = CODES.replace("/></Codes>", f">{refs[0]}</Code></Codes>")
    selection = _selection(6, 19, "<Description>Hm.</Description>" + _coding(1, inside=refs[1]) + refs[2] + refs[0])
    body = f"{USERS}{codes}<Sources>{_source(selection + refs[3])}</Sources><Notes>{notes}</Notes>{refs[4]}"
    bundle = _read(body)

    where = {note.title: (note.target_kind, note.target, note.start, note.end) for note in bundle.notes}
    assert where["0"] == ("code", CODE, 0, 0)
    assert where["1"] == ("coding", bundle.codings[0].guid, 0, 0)
    assert where["2"] == ("passage", SOURCE, 6, 19)
    assert where["3"] == ("source", SOURCE, 0, 0)
    assert where["4"] == where["5"] == ("project", "", 0, 0)
    margin = next(note for note in bundle.notes if note.kind == "margin")
    assert (margin.text, margin.start, margin.end) == ("Hm.", 6, 19)
    assert [(link.origin, link.target) for link in bundle.links] == [(guids[0], SOURCE)]
    assert all(note.creator == ANNE for note in bundle.notes if note.title)


def test_links_to_selections_lead_to_their_codings_and_graphs_are_listed() -> None:
    ends = f'originGUID="22222222-0000-4000-8000-000000000001" targetGUID="{CODE}"'
    lost = "".join(
        f'<Link guid="{guid}" name="Løs" originGUID="{origin}" targetGUID="{target}"/>'
        for guid, origin, target in ((ANNE, ANNE, CODE), (CASE, CODE, ANNE))
    )
    links = f'<Links><Link guid="{NOTE}" name="støtter" direction="OneWay" {ends}/>{lost}</Links>'
    graphs = f'<Graphs><Graph guid="{NOTE}" name="Nett"><Vertex/><Edge/></Graph></Graphs>'
    bundle = _read(f"{CODES}<Sources>{_source(_selection(0, 4))}</Sources>{links}{graphs}")

    assert [(link.name, link.origin, link.direction) for link in bundle.links] == [
        ("støtter", bundle.codings[0].guid, "OneWay")
    ]
    assert [(loss.name, loss.count) for loss in _losses(bundle, "Lenke")] == [("Løs", 2)]
    assert [(loss.name, loss.count) for loss in _losses(bundle, "Graf")] == [("Nett", 2)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "skadet"),
        (b"hei", "skadet"),
        (b"PK\x03\x04hei", "skadet"),
        (_zip(b"<a/>", inner="a.txt"), "prosjektfil"),
        (_zip(b"<a/>"), "REFI-QDA"),
        (_zip(b""), "skadet"),
        (_project(CODES)[:-12], "skadet"),
        (b'<!DOCTYPE Project [<!ENTITY x "y">]>' + _project("<Description>&x;</Description>"), "DOCTYPE"),
        (_project("<Code>" * 300 + "</Code>" * 300), "nøstet"),
    ],
)
def test_what_is_no_project_is_refused_with_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableProject, match=said):
        read_qdpx(FILE, data)


WHOLE = _project(
    f"{USERS}{CODES}<Variables><Variable guid='{NOTE}' name='V' typeOfVariable='Integer'/></Variables><Cases><Case guid='{CASE}'>"
    f"<VariableValue><VariableRef targetGUID='{NOTE}'/><IntegerValue>1</IntegerValue></VariableValue></Case></Cases>"
    f"<Sources>{_source(_selection(6, 19) + _selection(0, 4, number=2))}</Sources>"
)


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=3)), min_size=1, max_size=4),
    st.integers(0, len(WHOLE)),
    st.booleans(),
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_damaged_files_are_read_or_refused_and_nothing_else(
    changes: list[tuple[int, bytes]], end: int, truncated: bool
) -> None:
    damaged = bytearray(WHOLE)
    for place, piece in changes:
        damaged[place : place + len(piece)] = piece
    xml = bytes(damaged[:end] if truncated else damaged)
    try:
        read_qdpx(FILE, _zip(xml, {"sources/t.txt": TEXT.encode()}))
        read_qdc(Path("x.qdc"), xml)
    except UnreadableProject as refusal:
        assert refusal.reason
