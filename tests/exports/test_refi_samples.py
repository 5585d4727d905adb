"""Real files of other tools: each comes in, the invalid ones too, with everything in them counted or listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.interchange.model import Bundle
from exports.interchange.refi.reading import read_qdpx

SAMPLES = Path(__file__).parents[2].parent / "shared" / "qda-samples"

COUNTED = {
    "atlasti-23_blank.qdpx": {"people": 2},
    "atlasti-23_three-codes.qdpx": {"people": 2, "codes": 3},
    "atlasti-8.4_standard-project_no-sources.qdpx": {"people": 3, "codes": 14, "notes": 4, "sets": 16},
    "nvivo15-mac_qc-project.qdpx": {"people": 2, "codes": 262, "sources": 2},
    "qdapy-0.1.0_sample_xsd-invalid-order.qdpx": {
        "people": 2, "codes": 4, "sources": 2, "codings": 6, "notes": 2, "cases": 1,
    },
    "atlasti_old-namespace-0.4.qdc": {"codes": 5, "sets": 2},
    "spec-example_empty-Sets_xsd-invalid.qdc": {"codes": 6},
    "taguette-1.5.2_synthetic_codebook.qdc": {"codes": 2},
}  # fmt: skip
WRONG = {
    "atlasti-8.4_standard-project_no-sources.qdpx": {
        ("Prosjektfil", "Project.qde"),
        ("Kommentarer på markeringer", "Simon.docx"),
        ("Kommentarer på markeringer", "Mabe\u0302l 2ie\u0300me.txt"),
    },
    "nvivo15-mac_qc-project.qdpx": {("Fil i arkivet", "sources/.root")},
    "qdapy-0.1.0_sample_xsd-invalid-order.qdpx": {("XML-element", "Project")},
    "atlasti_old-namespace-0.4.qdc": {("XML-navnerom", "urn:QDA-XML:codebook:0:4")},
    "spec-example_empty-Sets_xsd-invalid.qdc": {("XML-element", "Sets")},
    "taguette-1.5.2_synthetic_codebook.qdc": {("XML-element", "Sets")},
}


def _read(name: str) -> Bundle:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the sample files of other tools are not here")
    return read_qdpx(path, path.read_bytes())


@pytest.mark.parametrize("name", COUNTED)
def test_every_sample_comes_in_and_what_was_wrong_is_listed(name: str) -> None:
    bundle = _read(name)
    parts = ("people", "codes", "sources", "codings", "notes", "variables", "cases", "sets", "links")

    assert {part: n for part in parts if (n := len(getattr(bundle, part)))} == COUNTED[name]
    assert {(loss.what, loss.name) for loss in bundle.losses if loss.mended} == WRONG.get(name, set())


def test_every_coding_of_a_project_without_its_sources_is_listed() -> None:
    bundle = _read("atlasti-8.4_standard-project_no-sources.qdpx")
    codings = sum(loss.count for loss in bundle.losses if loss.what.startswith("Kodinger"))
    points = sum(loss.count for loss in bundle.losses if loss.what == "Tidspunkter")

    assert (codings, points) == (16, 13)
    assert {loss.what for loss in bundle.losses} >= {
        "Kilde",
        "Bilde",
        "PDF",
        "Lydopptak",
        "Videoopptak",
        "Lenke",
        "Graf",
    }
