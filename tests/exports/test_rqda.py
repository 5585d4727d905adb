"""RQDA's projects come in with what is not deleted in them."""

from __future__ import annotations

from pathlib import Path

import foreign_projects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from exports.interchange.rqda import read

SHARED = Path(__file__).parents[2].parent / "shared" / "qda-samples"
FILE = Path("Prosjekt.rqda")


WHOLE = foreign_projects.rqda()


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read(FILE, foreign_projects.rqda())


def quotes(bundle: Bundle) -> list[str]:
    texts = {source.guid: source.text for source in bundle.sources}
    return [texts[coding.source][coding.start : coding.end] for coding in bundle.codings]


def test_the_project_is_whole(bundle: Bundle) -> None:
    assert foreign_projects.faults(bundle) == []
    assert (bundle.tool, bundle.title, bundle.created) == ("RQDA", "Prosjekt", "2026-03-14T09:00:00Z")


def test_the_first_category_is_the_folder_and_the_others_are_sets(bundle: Bundle) -> None:
    names = {code.guid: code.name for code in bundle.codes}
    assert [
        (code.name, names.get(code.parent, ""), code.codable, code.colour, code.definition) for code in bundle.codes
    ] == [
        ("Bolig", "", False, "", "Om bolig"),
        ("hospits", "Bolig", True, "#aa0000", "Midlertidig"),
        ("Penger", "", False, "", ""),
        ("økonomi", "Penger", True, "", ""),
    ]
    sources = {source.guid: source.name for source in bundle.sources}
    assert [
        (
            group.name,
            [names[guid] for guid in group.codes],
            [sources[guid] for guid in group.sources],
            group.description,
        )
        for group in bundle.sets
    ] == [("Penger", ["hospits", "økonomi"], [], ""), ("Bølge 1", [], ["anna"], "Våren")]


def test_what_is_deleted_stays_behind(bundle: Bundle) -> None:
    assert [source.name for source in bundle.sources] == ["anna", "per"]
    assert [source.folder for source in bundle.sources] == ["Bølge 1", ""]
    (deleted,) = [loss for loss in bundle.losses if loss.what == "Slettet"]
    assert (deleted.count, deleted.mended) == (3, True)


def test_both_codings_come_in_apart(bundle: Bundle) -> None:
    names = {person.guid: person.name for person in bundle.people}
    assert [(quote, names[coding.coder]) for quote, coding in zip(quotes(bundle), bundle.codings, strict=True)] == [
        ("hospits", "kari"),
        ("økonomien", "ola"),
        ("hospits", "kari (andre koding)"),
    ]
    assert {coding.created for coding in bundle.codings} == {"2026-03-14T10:00:00Z"}


def test_memos_journal_and_annotations_come_in(bundle: Bundle) -> None:
    texts = {source.guid: source.text for source in bundle.sources}
    found = sorted((note.kind, note.target_kind, note.title, note.text) for note in bundle.notes)
    assert found == [
        ("diary", "project", "Sat Mar 14 10:00:00 2026", "Begynte å kode."),
        ("margin", "passage", "", "Spør mer"),
        ("margin", "passage", "", "Til slutt"),
        ("memo", "case", "", "Bor i byen"),
        ("memo", "coding", "", "Sentralt"),
        ("memo", "project", "", "Prosjektets memo"),
        ("memo", "source", "", "Godt intervju"),
        ("memo", "source", "Anna", "Hele"),
        ("memo", "source", "Opplysninger om filen", "sted: Hjemme"),
    ]
    lines = {texts[note.target][note.start : note.end] for note in bundle.notes if note.kind == "margin"}
    assert lines == {"Det går bra, og økonomien er ålreit."}


def test_cases_have_sources_and_values(bundle: Bundle) -> None:
    (case,) = bundle.cases
    variables = {variable.guid: variable.name for variable in bundle.variables}
    assert {variables[guid]: value for guid, value in case.values.items()} == {"alder": 34, "sted": "Kafé"}
    assert case.sources == (bundle.sources[0].guid,)


def test_all_that_is_lost_is_said_by_name(bundle: Bundle) -> None:
    assert [(loss.what, loss.name, loss.count) for loss in bundle.losses if not loss.mended] == [
        ("Farge", "økonomi", 1),
        ("Kodinger", "anna", 1),
        ("Kodinger", "slettet", 1),
        ("Bilde", "kart.jpg", 1),
        ("Kodinger", "imageCoding", 1),
        ("Opphav", "RQDA", 7),
    ]


@pytest.mark.parametrize(
    ("selfirst", "selend", "quote", "expected"),
    [
        (1.0, 4.0, "bor", ["bor"]),
        ("4", "7", "bor", ["bor"]),
        (4.5, 7.5, "bor", []),
        (float("inf"), None, "bor", []),
        (4, 7, "borte", []),
        (4, 7, "", ["bor"]),
        (-1, 2, "", []),
    ],
)
def test_offsets_are_settled_by_the_words(selfirst: object, selend: object, quote: str, expected: list[str]) -> None:
    coding = [(1, 1, quote, selfirst, selend, 1, "kari", "", None)]
    assert quotes(read(FILE, foreign_projects.rqda(coding=coding, coding2=[]))) == expected


@pytest.mark.parametrize(
    ("position", "expected"), [(None, "To ord"), (0, "To ord"), (3, "ord"), (6, "To ord"), (8, "Til"), (99, "Til")]
)
def test_a_point_becomes_the_words_from_there(position: int | None, expected: str) -> None:
    source = [("a", 1, "To ord\n\nTil\n", None, "kari", "", None, 1)]
    found = read(FILE, foreign_projects.rqda(source=source, annotation=[(1, position, "Merk", "kari", "", None, 1)]))
    (note,) = [note for note in found.notes if note.kind == "margin"]
    assert found.sources[0].text[note.start : note.end] == expected
    assert foreign_projects.faults(found) == []


def test_text_in_an_older_encoding_comes_in() -> None:
    found = read(
        FILE, foreign_projects.rqda(source=[("a", 1, "Bråk på økt.".encode("latin-1"), None, "kari", "", None, 1)])
    )
    assert found.sources[0].text == "Bråk på økt."
    assert [loss.name for loss in found.losses if loss.what == "Tegnkoding"] == ["source.file"]


def test_a_later_copy_gives_the_same_guids(bundle: Bundle) -> None:
    later = [("Ny kode", None, "kari", "Sun Mar 15 10:00:00 2026", None, 9, 1, None)]
    found = read(FILE, foreign_projects.rqda(freecode=later))
    assert found.guid == bundle.guid
    assert [source.guid for source in found.sources] == [source.guid for source in bundle.sources]
    assert [code.guid for code in found.codes if not code.codable] == [c.guid for c in bundle.codes if not c.codable]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_give_anything_but_a_project_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _number in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(FILE, bytes(whole))
    except UnreadableProject as refused:
        assert refused.reason
    else:
        assert foreign_projects.faults(found) == []


def test_a_project_of_rqdas_own_comes_in_whole() -> None:
    path = SHARED / "rqda_OPCW-CSP-DG.rqda"
    if not path.exists():
        pytest.skip("the samples of other tools are not at hand")
    found = read(path, path.read_bytes())
    assert (len(found.sources), len(found.codes), len(found.codings)) == (13, 2, 21)
    assert [(loss.what, loss.count) for loss in found.losses if not loss.mended] == [("Opphav", 2)]
    assert [loss.count for loss in found.losses if loss.what == "Slettet"] == [1]
    assert foreign_projects.faults(found) == []


def test_what_is_fastened_to_nothing_is_said_and_memos_on_pictures_stay() -> None:
    when = "Sat Mar 14 10:00:00 2026"
    found = read(
        FILE,
        foreign_projects.rqda(
            caseAttr=[("alder", "34", 9, when, None, "kari", 1)],
            fileAttr=[("sted", "Kafé", 3, when, None, "kari", 1)],
            caselinkage=[(9, 1, 0, 5, 1, "kari", when, "")],
            imageCoding=[(1, 1, 0, 0, 9, 9, "Huset til høyre", when, None, "kari", 1)],
        ),
    )
    said = {(loss.what, loss.name): loss.count for loss in found.losses if not loss.mended}
    assert {
        ("Egenskaper", "alder"): 1,
        ("Egenskaper", "sted"): 1,
        ("Tilknytning", "caselinkage"): 1,
    }.items() <= said.items()
    assert "Huset til høyre" in [note.text for note in found.notes]
