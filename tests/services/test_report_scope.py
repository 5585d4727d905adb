"""A report of a part of the material speaks of that part, and its ids and numbers are told for what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from exports.models import Report
from workbench import language
from workbench.services import cases, codebook, coding, importing, reading, reporting, sources, study
from workbench.services.identifying import Risk
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.reporting import ReportOptions
from workbench.store.project import Project, create_project
from workbench.store.queries import corpus

DAY = date(2026, 11, 22)
PLAIN = ReportOptions(title="Å vente", attribution="case", names=False, figures=False)
SAID = {
    ("I01", "Dal", "1"): "[00:00:02] Ola Spørsmann: Hva nå?\n[00:00:10] Leder: Vi venter på bolig i Dal.\n",
    ("I02", "Strand", "1"): "[00:00:02] Ola Spørsmann: Hva nå?\n[00:00:10] Leder: Vi venter på svar.\n",
    ("I03", "Strand", "2"): "[00:00:02] Ola Spørsmann: Og nå?\n[00:00:10] Leder: Vi venter ennå, sier mange.\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("LANGUAGE", "nb")
    language.use("nb")
    made = create_project(tmp_path / "del.kodebenk", coder="Forsker Fjell", title="To steder")
    codebook.add_code(made, "Venting")
    for number, (key, text) in enumerate(SAID.items()):
        informant, case, wave = key
        file = tmp_path / f"samtale-{number}.txt"
        file.write_text(text, encoding="utf-8")
        asks = SpeakerChoice(label="Ola Spørsmann", role="interviewer")
        leader = SpeakerChoice(label="Leder", role="participant", informant=informant, side=case)
        facts = SourceFacts(cases=(case,), wave=wave, date=f"2026-0{number + 1}-01", speakers=(asks, leader))
        importing.save(made, importing.read_file(file), facts)
    for source in sources.list_sources(made):
        said = corpus.turns(made.connection, source)[-1]
        coding.apply_code(made, source, said.start, said.end, codebook.find_code(made, "venting"))
    reading.set_status(made, sources.list_sources(made)[0], "finished")
    yield made
    made.close()


def built(project: Project, **chosen: tuple[str, ...]) -> Report:
    return reporting.build_report(project, replace(PLAIN, **chosen), day=DAY)  # type: ignore[arg-type]


def answers(report: Report) -> dict[str, str]:
    return {
        f"{each.name} {item.number}": item.reported.replace("\xa0", " ")
        for each in report.checklists
        for item in each.items
    }


def risks(project: Project, attribution: str = "case") -> list[Risk]:
    prepared = reporting.prepare(project, replace(PLAIN, attribution=attribution), day=DAY)
    return reporting.identifying(project, prepared)


@pytest.mark.parametrize(
    ("chosen", "counted"),
    [
        ({"cases": ("Dal",)}, (1, 1, 1, 1, 1)),
        ({"cases": ("Strand",)}, (2, 2, 1, 2, 0)),
        ({"waves": ("2",)}, (1, 1, 1, 1, 0)),
        ({}, (3, 3, 2, 3, 1)),
    ],
)
def test_counts_are_of_the_sources_within_the_choice(
    project: Project, chosen: dict[str, tuple[str, ...]], counted: tuple[int, ...]
) -> None:
    facts = built(project, **chosen).method
    sources_within = sum(n for _kind, n in facts.sources)
    assert (sources_within, facts.informants, facts.cases, facts.codings, facts.finished_sources) == counted
    kept = [
        text
        for (_informant, case, wave), text in SAID.items()
        if case in chosen.get("cases", (case,)) and wave in chosen.get("waves", (wave,))
    ]
    assert facts.words == sum(len(text.split()) for text in kept)
    assert facts.sources_in_all == (3 if chosen else 0)


def test_a_choice_that_leaves_nothing_out_is_the_whole(project: Project) -> None:
    assert built(project, cases=("Dal", "Strand")).method.sources_in_all == 0


def test_the_checklists_speak_of_the_choice_too(project: Project) -> None:
    told = answers(built(project, cases=("Strand",)))
    assert told["COREQ 12"] == "2 informanter."
    assert told["COREQ 16"] == "Informantene fordeler seg slik: Strand: 2."
    assert told["COREQ 26"] == "Kodingene kom til slik: manuell: 2."
    assert "fra 1. februar 2026 til 1. mars 2026" in told["SRQR 10"]
    assert told["SRQR 12"].startswith("Rapporten bygger på en del av materialet i prosjektet: 2 av 3 kilder.")


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("nb-NO", "Rapporten bygger på en del av materialet i prosjektet: 1 av 3 kilder."),
        ("nn-NO", "Rapporten byggjer på ein del av materialet i prosjektet: 1 av 3 kjelder."),
    ],
)
def test_a_report_of_a_part_says_so_in_one_sentence(project: Project, tmp_path: Path, tongue: str, said: str) -> None:
    def printed(options: ReportOptions) -> list[str]:
        path = reporting.write_report(project, tmp_path / "r.docx", options, day=DAY, force=True).path
        return [paragraph.text.replace("\xa0", " ") for paragraph in docx.Document(str(path)).paragraphs]

    part = replace(PLAIN, waves=("2",), language=tongue, checklists=())
    assert sum(said in text for text in printed(part)) == 1
    assert not any(said[:30] in text for text in printed(replace(part, waves=())))


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("nb-NO", "Id-en etter hvert utdrag begynner med informantens nummer (eller kildens: K og et tall)"),
        ("nn-NO", "Id-en etter kvart utdrag byrjar med nummeret til informanten (eller til kjelda: K og eit tal)"),
    ],
)
def test_the_checklists_say_what_an_id_begins_with(project: Project, tongue: str, said: str) -> None:
    for attribution in ("case", "masked", "case+informant"):
        told = answers(
            reporting.build_report(project, replace(PLAIN, attribution=attribution, language=tongue), day=DAY)
        )
        for point in ("COREQ 29", "SRQR 17"):
            assert said in told[point]
            assert "utelat" not in told[point]


def test_ids_with_a_number_are_told_of_once_where_the_attribution_leaves_it_out(project: Project) -> None:
    for attribution in ("case", "masked"):
        (found,) = (each for each in risks(project, attribution) if each.text.startswith("Sitat-id-ene begynner"))
        assert (found.severity, found.quotes) == ("low", ("I01-001", "I02-001", "I03-001"))
    for attribution in ("case+informant", "informant"):
        assert not [each for each in risks(project, attribution) if each.text.startswith("Sitat-id-ene")]


@pytest.mark.parametrize(
    "said",
    [
        "Personnummeret hennes er 010107 50161.",
        "fnr 01010750161",
        "Fødselsnummer: 01 01 07 50 161",
        "fødselsnr. er vel 010107-50161",
        "Personnr: 99999999999",
    ],
)
def test_eleven_digits_that_are_called_a_national_number_are_told_though_they_do_not_add_up(
    project: Project, said: str
) -> None:
    study.set_facts(project, {"caveat": said})
    found = [each for each in risks(project) if each.where == "study" and each.kind == "birth"]
    assert [(each.severity, sum(map(str.isdigit, each.words))) for each in found] == [("medium", 11)]


@pytest.mark.parametrize("said", ["Saksnr. 01010750161", "Fødselsnummer 010107", "personnummer og 123456789012"])
def test_other_long_numbers_are_no_national_numbers(project: Project, said: str) -> None:
    study.set_facts(project, {"caveat": said})
    assert not [each for each in risks(project) if each.where == "study" and each.kind == "birth"]


def test_a_national_number_that_adds_up_stays_high(project: Project) -> None:
    study.set_facts(project, {"caveat": "Fødselsnummer 010107 50160"})
    found = [each for each in risks(project) if each.where == "study" and each.kind == "birth"]
    assert [each.severity for each in found] == ["high"]


def test_people_are_listed_in_the_language_of_the_interface(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    (group,) = (each for each in risks(project) if each.kind == "group")
    assert group.text.endswith("I02 and I03.")


def test_what_the_withdrawn_have_said_is_not_printed_and_that_is_told(project: Project) -> None:
    cases.set_case(project, cases.find_case(project, "Strand").id, withdrawn=1)
    prepared = reporting.prepare(project, PLAIN, day=DAY)
    printed = {each.cases for chapter in prepared.report.chapters for each in chapter.excerpts}
    assert printed == {("Dal",)}
    assert [each.case for each in prepared.report.material] == ["Dal"]
    assert "2 utdrag fra caser som har trukket seg, er ikke med i rapporten." in prepared.warnings
