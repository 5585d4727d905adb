"""A list of codes says nothing of what it has no place for, and another list of the same codes cannot empty it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.interchange.codelists.shapes import read_codelist, write_codelist
from exports.interchange.model import Bundle
from exports.interchange.refi.codebook import read_qdc, write_qdc
from workbench.services import codebook, projects
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.receiving import receive
from workbench.store.project import Project

OWN = (
    "Kode;Overkode;Kort definisjon;Definisjon;Når;Når ikke;Eksempler;Navn på engelsk;Farge;Kodbar\n"
    "Bolig;;Tak;Alt om å bo;Om boliger;Om lån;«Vi venter»;Housing;#112233;nei\n"
    "Hospits;Bolig;Kort opphold;Midlertidig tak;Om hospits;Om leie;«En uke»;Hostel;#445566;ja\n"
)
FIELDS = ("parent", "brief", "definition", "when", "when_not", "examples", "name_en", "colour", "folder")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    load(made, OWN)
    yield made
    made.close()


def load(project: Project, text: str, name: str = "liste.csv") -> None:
    receive(project, read_codelist(Path(name), text.encode()), file=name)


def book(project: Project) -> dict[str, dict[str, object]]:
    return {each.name: {field: getattr(each, field) for field in FIELDS} for each in codebook.list_codes(project)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("egen.csv", "Kode;Overkode\nBolig;\nHospits;Bolig\n"),
        ("bare-navn.csv", "Kode;Ansvarlig\nHospits;Ola\nBolig;Kari\n"),
        ("tom-kolonne.csv", "Kode;Overkode;Definisjon;Farge\nBolig;;;\nHospits;Bolig;;\n"),
        ("uten-rad.csv", "Kode;Overkode;Definisjon\nHospits;Bolig;Midlertidig tak\n"),
        ("maxqda.csv", "Code;Memo;Coded segments\nBolig;;3\nBolig > Hospits;;1\n"),
        ("nvivo.csv", "Name;Description;Files;References\nBolig;;1;2\n  Hospits;;1;1\n"),
        ("atlasti.csv", "Code;Comment;Code Group 1\nBolig;;Om å bo\nBolig: Hospits;;\n"),
        ("taguette.csv", "tag,description,number of highlights\nBolig,,1\nBolig/Hospits,,2\n"),
        ("qualcoder.csv", "Bolig>>Hospits,\n"),
        ("innrykk.txt", "Bolig\n  Hospits\n"),
    ],
)
def test_a_list_without_a_place_for_a_field_leaves_it_as_it_is(study: Project, name: str, text: str) -> None:
    before = book(study)
    load(study, text, name)
    assert book(study) == before


def test_an_empty_cell_among_filled_ones_empties_what_the_list_before_said(study: Project) -> None:
    load(study, OWN.replace(";Midlertidig tak;", ";;"))
    assert (book(study)["Hospits"]["definition"], book(study)["Bolig"]["definition"]) == ("", "Alt om å bo")


def test_a_list_that_speaks_again_is_compared_with_what_was_said_last(study: Project) -> None:
    load(study, "Kode;Overkode\nBolig;\nHospits;Bolig\n", "egen.csv")
    load(study, OWN.replace("Midlertidig tak", "Tak for en tid"))
    assert book(study)["Hospits"]["definition"] == "Tak for en tid"


@pytest.mark.parametrize("shape", ["maxqda", "nvivo", "atlasti", "qualcoder", "taguette"])
def test_what_goes_out_in_a_narrower_shape_changes_nothing_when_it_comes_back(study: Project, shape: str) -> None:
    before = book(study)
    whole = bundle_of(study)
    written = write_codelist(Bundle(tool="Kodebenk", codes=whole.codes), shape)
    receive(study, read_codelist(Path(f"ut{written.suffix}"), written.content), file=f"ut{written.suffix}")
    assert book(study) == before


def test_a_codebook_in_refi_without_any_description_leaves_them_as_they_are(study: Project) -> None:
    content = write_qdc(Bundle(tool="Kodebenk", codes=bundle_of(study).codes)).content
    receive(study, read_qdc(Path("bok.qdc"), content), file="bok.qdc")
    before = book(study)
    bare = re.sub(rb"<Description>.*?</Description>", b"", content, flags=re.DOTALL)
    assert bare != content
    receive(study, read_qdc(Path("bok.qdc"), bare), file="bok.qdc")
    assert book(study) == before
