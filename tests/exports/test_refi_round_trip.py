"""REFI-QDA out and in: whatever a project holds, the file is valid and comes back as the same project."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.model import REGION_KINDS, SOURCE_KINDS, Region, Turn
from exports.interchange.equality import comparable
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    LinkItem,
    NoteItem,
    Person,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
    VariableItem,
)
from exports.interchange.refi.codebook import read_qdc, write_qdc
from exports.interchange.refi.reading import read_qdpx
from exports.interchange.refi.writing import write_qdpx

SCHEMAS = Path(__file__).parents[1] / "data" / "refi"
PROJECT = etree.XMLSchema(etree.parse(str(SCHEMAS / "Project-v1.0-2019-03-18.xsd")))
CODEBOOK = etree.XMLSchema(etree.parse(str(SCHEMAS / "Codebook-v1.0.xsd")))
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = Path("prosjekt.qdpx")

odd = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\x1b",
    "\ufffe",
    "\ufeff",
    "\ud800",
    "😀",
    "æ",
    "&",
    "<",
    "]]>",
    "\\",
    " ",
    ": ",
]
words = ["bolig", "Kari", "Kodebenk: memo om", "Kodebenk tema: ", "Kort: ", "Slag: ", "…", "\n\n"]
texts = st.lists(st.one_of(st.sampled_from(odd + words), st.characters()), max_size=5).map("".join)
moments = st.sampled_from(["", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+02:00", "2026-01-02T03:04:05", "i går"])
colours = st.sampled_from(["", "#a1b2c3", "#ABC", "rgb(1,2,3)", "rødt", "#12345678"])
days = st.sampled_from(["", "2026-03-14", "ukjent \x01"])
values = st.one_of(
    texts, st.booleans(), st.integers(), st.floats(), st.none(), st.sampled_from(["2026-03-14", "2026-03-14T10:00:00Z"])
)


def _ids(kind: str, number: int) -> list[str]:
    """Ids of a kind, unlike one another: some are GUIDs, one in capitals and braces, others not."""
    return [f"{{{ord(kind[0]):08X}-0000-4000-8000-{n:012X}}}" if n % 2 else f"{kind}{n}" for n in range(number)]


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Projects with everything in them, references that lead nowhere included."""
    count = st.integers(0, 3)
    people, codes, sources, codings, notes, cases, sets, variables, surveys = (
        _ids(kind, draw(count))
        for kind in ("person", "kode", "tekst", "merke", "notat", "xcase", "gruppe", "variabel", "undersøkelse")
    )
    everything = [*codes, *sources, *codings, *notes, *cases, *sets, "ingensteds"]

    def some(pool: list[str]) -> Any:
        return st.sampled_from([*pool, "ingensteds", ""])

    def many(pool: list[str]) -> Any:
        return st.lists(some(pool), max_size=3).map(tuple)

    bodies = {guid: draw(texts) for guid in sources}
    span = st.tuples(st.integers(-1, 8), st.integers(0, 9))
    code_items = [
        CodeItem(
            guid=guid, name=draw(texts), parent=draw(some(codes)), colour=draw(colours), codable=draw(st.booleans()),
            retired=draw(st.booleans()), slug=draw(texts), name_en=draw(texts), brief=draw(texts),
            definition=draw(texts), when=draw(texts), examples=tuple(draw(st.lists(texts, max_size=2))),
        )
        for guid in codes
    ]  # fmt: skip
    source_items = [
        SourceItem(
            guid=guid, name=draw(texts), text=body, description=draw(texts), created=draw(moments),
            kind=draw(st.sampled_from(["", *SOURCE_KINDS])), creator=draw(some(people)), file_name=draw(texts),
            turns=draw(st.one_of(st.none(), _turns(len(body)))), regions=draw(_regions(len(body))),
            answers=draw(_answers(len(body), some(surveys))), speakers=draw(st.dictionaries(_labels, some(cases), max_size=2)),
            title=draw(texts), wave=draw(texts), verbatim=draw(st.sampled_from([None, True, False])),
        )
        for guid, body in bodies.items()
    ]  # fmt: skip
    coding_items, note_items = [], []
    for guid in codings:
        start, end = draw(span)
        coding_items.append(
            CodingItem(
                guid=guid, source=draw(some(sources)), start=start, end=end, code=draw(some(codes)),
                coder=draw(some(people)), created=draw(moments), star=draw(st.booleans()), assessment=draw(texts),
                passage=draw(st.sampled_from(["", "abcdef00-0000-4000-8000-000000000000"])),
            )
        )  # fmt: skip
    targets = {"project": [], "source": sources, "passage": sources, "code": codes, "coding": codings, "case": cases}
    for guid in notes:
        start, end = draw(span)
        kind = draw(st.sampled_from([*targets, "set"]))
        note_items.append(
            NoteItem(
                guid=guid, text=draw(texts), title=draw(texts), day=draw(days), creator=draw(some(people)),
                kind=draw(st.sampled_from(["memo", "margin", "diary", "condensate"])), target_kind=kind,  # type: ignore[arg-type]
                target=draw(some(targets.get(kind, sets))), start=start, end=end, created=draw(moments),
            )
        )  # fmt: skip
    return Bundle(
        tool="Prøve", guid=draw(texts), title=draw(texts), description=draw(texts), created=draw(moments),
        people=tuple(Person(guid=guid, name=draw(texts.filter(bool))) for guid in people),
        codes=tuple(code_items), sources=tuple(source_items), codings=tuple(coding_items), notes=tuple(note_items),
        variables=tuple(
            VariableItem(guid=guid, name=draw(texts), description=draw(texts),
                         type=draw(st.sampled_from(["text", "boolean", "integer", "float", "date", "datetime"])))
            for guid in variables
        ),
        cases=tuple(
            CaseItem(guid=guid, name=draw(texts), kind=draw(st.sampled_from(["case", "informant"])), role=draw(texts),
                     type=draw(texts), parent=draw(some(cases)), cases=draw(many(cases)), sources=draw(many(sources)),
                     description=draw(texts), values=draw(st.dictionaries(some(variables), values, max_size=2)))
            for guid in cases
        ),
        sets=tuple(
            SetItem(guid=guid, name=draw(texts), kind=draw(st.sampled_from(["", "theme", "wave"])),
                    status=draw(st.sampled_from(["", "candidate", "final"])), description=draw(texts),
                    codes=draw(many(codes)), sources=draw(many(sources)), codings=draw(many(codings)),
                    notes=draw(many(notes)))
            for guid in sets
        ),
        surveys=tuple(SurveyItem(guid=guid, title=draw(texts), mapping=draw(texts), questions=draw(_questions))
                      for guid in surveys),
        links=tuple(
            LinkItem(guid=f"lenke{n}", origin=draw(some(everything)), target=draw(some(everything)), name=draw(texts),
                     direction=draw(st.sampled_from(["Associative", "OneWay", "Bidirectional"])))
            for n in range(draw(count))
        ),
    )  # fmt: skip


_questions = st.lists(
    st.builds(QuestionItem, key=texts, wording=texts, base=texts, asked=st.integers(0, 99)), max_size=2
).map(tuple)
_labels = st.sampled_from(["Kari", "I", "Kari\x02", ": ", ""])


def _cuts(length: int, size: int) -> Any:
    return st.lists(st.integers(0, length), min_size=size, max_size=size).map(sorted)


def _turns(length: int) -> Any:
    roles = st.sampled_from(["interviewer", "participant", "other"])
    times = st.one_of(st.none(), st.integers(0, 10**7))
    made = st.builds(
        lambda cuts, role, label, start, end: Turn(
            speaker=label, role=role, label_start=cuts[0], start=cuts[1], end=cuts[2], start_ms=start, end_ms=end
        ),
        _cuts(length, 3), roles, texts, times, times,
    )  # fmt: skip
    return st.lists(made, max_size=2).map(tuple)


def _regions(length: int) -> Any:
    made = st.builds(
        lambda cuts, kind, note: Region(start=cuts[0], end=cuts[1] + 1, kind=kind, note=note),
        _cuts(max(0, length - 1), 2), st.sampled_from(REGION_KINDS), texts,
    )  # fmt: skip
    return st.lists(made, max_size=2).map(tuple) if length else st.just(())


def _answers(length: int, survey: Any) -> Any:
    made = st.builds(
        lambda cuts, question, raw, value, survey: Answer(
            start=cuts[0], end=cuts[1], question=question, raw=raw, value=value, survey=survey
        ),
        _cuts(length, 2), texts, texts, st.one_of(st.none(), st.floats()), survey,
    )  # fmt: skip
    return st.lists(made, max_size=2).map(tuple)


def _inner(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("project.qde"))


@given(bundles())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_project_is_written_valid_and_comes_back_equal(bundle: Bundle) -> None:
    written = write_qdpx(bundle, stamp=STAMP)
    PROJECT.assertValid(_inner(written.content))
    back = read_qdpx(FILE, written.content)

    assert comparable(back) == comparable(bundle)
    assert not [loss for loss in back.losses if not loss.mended]
    assert comparable(comparable(bundle)) == comparable(bundle)
    # What was read is written just so again.
    again = write_qdpx(back, stamp=STAMP)
    assert comparable(read_qdpx(FILE, again.content)) == comparable(back)


@given(bundles())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_codebook_is_written_valid_and_comes_back_equal(bundle: Bundle) -> None:
    written = write_qdc(bundle)
    CODEBOOK.assertValid(etree.fromstring(written.content))
    back = read_qdc(Path("kodebok.qdc"), written.content)

    assert not bundle.codes or comparable(back).codes == comparable(bundle).codes
    coded = [each for each in comparable(bundle).sets if each.codes]
    assert [(each.name, each.kind, each.codes) for each in comparable(back).sets] == [
        (each.name, each.kind, each.codes) for each in coded
    ]


def test_names_like_those_of_kodebenk_and_numbers_of_any_size_come_back() -> None:
    names = ["Kodebenk: opplysninger", "\\Kodebenk tema: x", "Kodebenk memo: ja", "Kodebenk bølge: 1"]
    numbers = [1e300, 1e-7, 0.1, -0.0, 10**17, 10**30, float("nan")]
    bundle = Bundle(
        tool="",
        notes=tuple(NoteItem(guid=name, text=name, title=name) for name in names),
        sets=tuple(SetItem(guid=name, name=name) for name in names),
        variables=tuple(VariableItem(guid=str(n), name="Kodebenk: rolle", type="float") for n in range(len(numbers))),
        cases=(CaseItem(guid="c", name="C", values={str(n): number for n, number in enumerate(numbers)}),),
    )
    written = write_qdpx(bundle, stamp=STAMP)
    PROJECT.assertValid(_inner(written.content))

    assert comparable(read_qdpx(FILE, written.content)) == comparable(bundle)
