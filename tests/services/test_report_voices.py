"""What a report lets slip: whose voice a line is, titles and demonyms in the words, and forms that turn a sentence round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exports import models
from workbench.errors import Refusal
from workbench.services import cases, codebook, coding, importing, quoting, reporting, sources
from workbench.services.chapters import overview
from workbench.services.identifying import Risk
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.reporting import ReportOptions
from workbench.store.project import Project, create_project
from workbench.store.queries import corpus

DAY = date(2026, 11, 22)
PLAIN = ReportOptions(title="Å vente", attribution="case+level", names=False)
TALK = (
    "[00:00:02] Ola Spørsmann: Hvem venter dere på?\n"
    "[00:00:10] DPS-leder: Vi venter ikke på noen. Det sa ordføreren i Strandvik.\n"
    "[00:00:20] Ola Spørsmann: Og hva sier strandvikingene?\n"
    "[00:00:30] DPS-leder: De kjenner DPS-lederen sin. Det er ikke slik at vi ikke vil hjelpe.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = create_project(tmp_path / "steder.kodebenk", coder="Forsker Fjell", title="Tre steder")
    cases.add_case(made, "Strandvik kommune")
    file = tmp_path / "samtale.txt"
    file.write_text(TALK, encoding="utf-8")
    speakers = (
        SpeakerChoice(label="Ola Spørsmann", role="interviewer"),
        SpeakerChoice(
            label="DPS-leder", role="participant", informant="I01", informant_role="DPS-leder", level="strategisk"
        ),
    )
    importing.save(made, importing.read_file(file), SourceFacts(cases=("Strandvik kommune",), speakers=speakers))
    codebook.add_code(made, "Venting")
    yield made
    made.close()


def coded(project: Project, first: str, last: str) -> str:
    """Id of a coding from some words to some others."""
    source = sources.list_sources(project)[0]
    text = corpus.text_of(project.connection, source.version)
    start = text.index(first)
    end = text.index(last, start) + len(last)
    return coding.apply_code(project, source, start, end, codebook.find_code(project, "venting")).id


def printed(project: Project, attribution: str = "case+level") -> list[str]:
    report = reporting.build_report(project, replace(PLAIN, attribution=attribution), day=DAY)
    return [excerpt.printed for chapter in report.chapters for excerpt in chapter.excerpts]


def risks(project: Project, attribution: str) -> list[Risk]:
    prepared = reporting.prepare(project, replace(PLAIN, attribution=attribution), day=DAY)
    return reporting.identifying(project, prepared)


def test_a_label_with_a_title_is_not_printed_where_the_title_is_left_out(project: Project) -> None:
    coded(project, "Hvem venter", "på noen.")
    (text,) = printed(project)
    assert [line for line in text.split("\n") if line] == [
        "Intervjuer: Hvem venter dere på?",
        "Informant: Vi venter ikke på noen.",
    ]
    (numbered,) = printed(project, "case+informant")
    assert numbered.endswith("I01: Vi venter ikke på noen.")


def test_one_voice_stands_without_its_label(project: Project) -> None:
    coded(project, "[00:00:10]", "på noen.")
    assert printed(project) == ["Vi venter ikke på noen."]


def test_a_written_form_loses_the_label_too(project: Project) -> None:
    made = coded(project, "Hvem venter", "Strandvik.")
    quoting.show_quote(project, made, "Hvem venter dere på? [00:00:10] DPS-leder: Vi venter ikke på noen. [...]")
    assert printed(project) == ["Intervjuer: Hvem venter dere på? Informant: Vi venter ikke på noen. [...]"]


def test_a_title_that_only_one_holds_is_told_where_it_is_said(project: Project) -> None:
    made = coded(project, "De kjenner", "sin.")
    found = [risk for risk in risks(project, "case") if risk.words == "DPS-lederen"]
    assert [(risk.kind, risk.severity, risk.coding) for risk in found] == [("role", "medium", made)]
    text = corpus.text_of(project.connection, sources.list_sources(project)[0].version)
    assert text[found[0].start : found[0].end] == "DPS-lederen"
    assert not [risk for risk in risks(project, "case+role") if risk.words == "DPS-lederen"]


def test_a_place_in_two_themes_is_told_of_once(project: Project) -> None:
    coded(project, "De kjenner", "sin.")
    codebook.add_code(project, "Kjennskap")
    source = sources.list_sources(project)[0]
    made = coding.list_codings(project)[0]
    coding.apply_code(project, source, made.start, made.end, codebook.find_code(project, "kjennskap"))
    found = [risk.text for risk in risks(project, "masked")]
    assert len(printed(project, "masked")) == 2
    assert len(found) == len(set(found))


def test_what_is_made_of_a_cases_name_is_told_when_cases_are_masked(project: Project) -> None:
    coded(project, "Og hva sier", "sin.")
    found = {(risk.words, risk.kind, risk.severity) for risk in risks(project, "masked") if risk.kind == "case"}
    assert found == {("strandvikingene", "case", "high")}
    assert not [risk for risk in risks(project, "case") if risk.kind == "case"]


def test_a_cases_name_is_a_case_though_it_may_be_read_as_a_person(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(project, "Det sa", "Strandvik.")

    def person(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        found = [text.find("Strandvik") for text in texts]
        return [[(at, at + 9, "PER")] if at >= 0 else [] for at in found]

    monkeypatch.setattr("workbench.services.identifying._names", person)
    prepared = reporting.prepare(project, replace(PLAIN, attribution="masked", names=True), day=DAY)
    found = [risk for risk in reporting.identifying(project, prepared) if risk.words == "Strandvik"]
    assert [(risk.kind, risk.severity) for risk in found] == [("case", "high")]


SAID = "Det er ikke slik at vi ikke vil hjelpe. Vi har aldri nok."


@pytest.mark.parametrize(
    ("shown", "touched"),
    [
        ("Det er [...] slik at vi ikke vil hjelpe. Vi har aldri nok.", ("ikke",)),
        ("Det er [alltid] slik at vi ikke vil hjelpe. Vi har aldri nok.", ("ikke",)),
        ("Det er ikke slik at vi ikke vil hjelpe. Vi har aldri [ikke] nok.", ("ikke",)),
        ("Det er ikke slik at vi ikke vil hjelpe. [...]", ()),
        ("[...] Vi har aldri nok.", ()),
        ("[Det er ikke sånn at] vi ikke vil hjelpe. Vi har aldri nok.", ()),
        ("", ()),
    ],
)
def test_a_negation_left_out_of_a_sentence_or_put_in_is_told(shown: str, touched: tuple[str, ...]) -> None:
    assert quoting.holds(SAID, shown)
    assert quoting.negations_touched(SAID, shown) == touched


def test_the_report_says_which_quotation_may_have_been_turned_round(project: Project) -> None:
    made = coded(project, "Det er ikke", "hjelpe.")
    quoting.show_quote(project, made, "Det er [...] slik at vi ikke vil hjelpe.")
    warnings = reporting.prepare(project, PLAIN, day=DAY).warnings
    assert quoting.turned("I01-001", ["ikke"]) in warnings


def test_a_bar_tells_a_source_of_two_cases_once() -> None:
    shared = models.Excerpt(
        id="k", quote_id="K01-001", source="s", source_name="", source_kind="minutes", verbatim=False, start=0, end=4,
        text="Fullt"[:4], code="venting", code_name="Venting", code_path=("Venting",), coder="", origin="manual",
        created=datetime(2026, 1, 1, tzinfo=UTC), cases=("Dal", "Strandvik"),
    )  # fmt: skip
    _matrix, bars = overview([("Venting", [shared])], ["Dal", "Strandvik"])
    assert bars.cells == ((1, 1),)
    assert bars.totals == (1,)


def test_checklists_say_nothing_of_dates_that_are_not_known(project: Project) -> None:
    coded(project, "Hvem venter", "på noen.")
    source = sources.list_sources(project)[0]

    def answers() -> dict[str, str]:
        report = reporting.build_report(project, PLAIN, day=DAY)
        return {f"{each.name} {item.number}": item.reported for each in report.checklists for item in each.items}

    assert answers()["SRQR 1"] == PLAIN.title
    assert answers()["SRQR 10"] == ""
    sources.describe_source(project, source, date="2026-03-01")
    assert "1. mars 2026" in answers()["SRQR 10"]


def test_a_report_of_nothing_is_refused_though_a_theme_has_an_essence(project: Project) -> None:
    coded(project, "Hvem venter", "på noen.")
    codebook.set_theme(project, codebook.list_themes(project)[0].id, essence="Alle venter.")
    with pytest.raises(Refusal, match="ingen koding passer"):
        reporting.prepare(project, replace(PLAIN, waves=("9",)), day=DAY)


def test_a_report_is_a_word_document_by_its_name_too(project: Project, tmp_path: Path) -> None:
    coded(project, "Hvem venter", "på noen.")
    with pytest.raises(Refusal, match=r"rapport\.pdf"):
        reporting.write_report(project, tmp_path / "rapport.pdf", PLAIN, day=DAY)
    assert not (tmp_path / "rapport.pdf").exists()
