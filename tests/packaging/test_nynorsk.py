"""A report in Nynorsk is Nynorsk throughout: every string it prints has a form, and is met under the language asked for."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from string import Formatter

import docx
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from exports.checklists.wording import POINTS
from workbench import language
from workbench.locale import build
from workbench.services import reporting
from workbench.services.demo import write_demo
from workbench.store.project import open_project

BOKMAL = re.compile(r"\b(ikke|fra|hver|kilder?|koder|kodinger|noen|selv|sammen|utvalgte|temaer|jeg|eller fra|mener)\b")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with build.po_file("nn").open("rb") as file:
        return read_po(file, locale="nn")


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_string_a_report_prints_has_a_nynorsk_form(catalogue: Catalog) -> None:
    have = {message.id for message in catalogue if message.id and all(_forms(message.string))}
    wanted = {message.id for message in build.strings(build.PRINTED) if message.id}
    assert wanted - have == set(), "translate these in workbench/locale/nn, then run python -m workbench.locale.build"
    assert have - wanted == set()


def test_the_nynorsk_forms_keep_placeholders_and_are_compiled(catalogue: Catalog) -> None:
    def names(text: str) -> set[str | None]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text)}

    for message in catalogue:
        if message.id:
            for ours, theirs in zip(_forms(message.id), _forms(message.string), strict=True):
                assert names(ours) == names(theirs), ours
    assert build.po_file("nn").with_suffix(".mo").read_bytes() == build.compiled(catalogue)


def test_every_point_of_the_checklists_has_three_wordings() -> None:
    assert [len(POINTS[name]) for name in ("coreq", "srqr")] == [32, 21]
    for points in POINTS.values():
        assert [point.number for point in points] == list(range(1, len(points) + 1))
        assert all(point.nb and point.nn and point.en for point in points)
        assert not [point.nn for point in points if BOKMAL.search(point.nn)]


def test_nothing_the_report_looks_up_lacks_a_nynorsk_form(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, catalogue: Catalog
) -> None:
    monkeypatch.setenv("LANGUAGE", "nb")
    language.use("nb")
    folder = tmp_path_factory.mktemp("nynorsk")
    path, _made = write_demo(folder)
    known = {form for message in catalogue for form in _forms(message.id)}
    asked: set[str] = set()

    def watched(look_up: Callable[..., str]) -> Callable[..., str]:
        def look(domain: str, message: str, *rest: object) -> str:
            if language_asked() == "nn_NO":
                asked.add(message)
            return look_up(domain, message, *rest)

        return look

    def language_asked() -> str:
        import os

        return os.environ.get("LANGUAGE", "")

    monkeypatch.setattr(gettext, "dgettext", watched(gettext.dgettext))
    monkeypatch.setattr(gettext, "dngettext", watched(gettext.dngettext))
    project = open_project(path, coder="Kari")
    options = reporting.ReportOptions(language="nn-NO", names=False, attribution="masked", questions=True)
    written = reporting.write_report(project, folder / "r.docx", options, day=date(2026, 11, 22))
    project.close()
    assert len(asked) > 50
    assert asked - known == set()
    document = docx.Document(io.BytesIO(written.path.read_bytes()))
    fixed = [
        p.text
        for p in document.paragraphs
        if p.style is not None and p.style.name in ("Heading 1", "Caption", "Header")
    ]
    assert "Vedlegg: COREQ" in fixed
    texts = [p.text for p in document.paragraphs]
    assert any(text.startswith("Materialet er koda av 1 person") for text in texts)
    assert not [text for text in fixed if BOKMAL.search(text)]
