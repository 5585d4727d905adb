"""The lead's report of twelve sources in four cases: who could be identified, what is printed, and what is new."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import docx
import pytest

from exports.packaging import unpack
from workbench import language
from workbench.errors import Refusal
from workbench.services import cases, codebook, coding, history, importing, naming, quoting, reporting, study
from workbench.services.importing import SourceFacts
from workbench.services.reported import written_reports
from workbench.services.reporting import ReportOptions
from workbench.store.project import Project, open_project

DAY = date(2026, 11, 22)
PLAIN = ReportOptions(title="Fire kommuner", attribution="case+level", names=False)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = Path(__file__).parents[1] / "data" / "deliverable" / "study.py"
    spec = importlib.util.spec_from_file_location("deliverable_study", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("leveranse") / "studie.kodebenk"
    maker.make(path).close()
    return path


@pytest.fixture
def deliverable(made: Path, tmp_path: Path) -> Iterator[Project]:
    shutil.copy(made, tmp_path / "studie.kodebenk")
    project = open_project(tmp_path / "studie.kodebenk", coder="Forsker Fjell")
    yield project
    project.close()


def written_text(path: Path) -> str:
    """Every word in every part of the file, those between tags and those in attributes."""
    parts = unpack(path.read_bytes())
    return "\n".join(
        re.sub(r"</?[\w:]+|/?>", " ", body.decode("utf-8")) for name, body in parts.items() if not name.endswith(".png")
    )


def test_the_only_leader_of_a_dps_is_named_before_anything_is_written(deliverable: Project) -> None:
    prepared = reporting.prepare(deliverable, PLAIN, day=DAY)
    risks = reporting.identifying(deliverable, prepared)
    (found,) = (risk for risk in risks if "DPS-leiar" in risk.text and "Skarvøy kommune, strategisk" in risk.text)
    assert found.kind == "group"
    assert found.severity == "medium"
    assert "kommunalsjef" in found.text
    (alone,) = (risk for risk in risks if risk.severity == "high" and risk.kind == "combination")
    assert alone.words == "Skarvøy kommune, operativt"
    quote = naming.find_coding(deliverable, alone.quote)
    assert (alone.source, alone.start, alone.end) == (quote.source, quote.start, quote.end)


def test_with_the_role_printed_the_leader_of_a_dps_is_pointed_out(deliverable: Project) -> None:
    prepared = reporting.prepare(deliverable, replace(PLAIN, attribution="case+role", excerpts="all"), day=DAY)
    texts = [risk.text for risk in reporting.identifying(deliverable, prepared) if risk.severity == "high"]
    assert "«Skarvøy kommune, DPS-leiar» peker ut én informant: I11 (DPS-leiar)." in texts


def test_how_few_a_group_may_be_is_the_projects_to_say(deliverable: Project) -> None:
    study.set_facts(deliverable, {"attribution.smallest_group": "1"})
    prepared = reporting.prepare(deliverable, PLAIN, day=DAY)
    assert {risk.kind for risk in reporting.identifying(deliverable, prepared)} <= {"combination", "role", "place"}


def test_names_in_the_words_are_found_where_they_stand(deliverable: Project) -> None:
    prepared = reporting.prepare(deliverable, replace(PLAIN, names=True), day=DAY)
    risks = reporting.identifying(deliverable, prepared)
    (found,) = (risk for risk in risks if risk.words == "Svein-Egil")
    assert (found.kind, found.severity) == ("name", "high")
    text = {each.source.id: each for each in prepared.excerpts}
    place = coding.get_coding(deliverable, found.coding)
    assert place.text[found.start - place.start : found.end - place.start] == "Svein-Egil"
    assert found.source in text


def test_a_masked_report_names_no_case_in_any_part_of_the_file(deliverable: Project, tmp_path: Path) -> None:
    themes = codebook.list_themes(deliverable)
    codebook.set_theme(deliverable, themes[0].id, essence="")
    plan = tmp_path / "Boligplan for Skarvøy kommune.txt"
    plan.write_text("Ti nye boliger skal stå klare i løpet av året.\n", encoding="utf-8")
    source = importing.save(
        deliverable, importing.read_file(plan), SourceFacts(kind="report", date="ukjent", cases=("Skarvøy kommune",))
    )
    made = coding.apply_code(deliverable, source, 0, 46, codebook.find_code(deliverable, "bolig"))
    coding.star_coding(deliverable, made.id, star=True)
    options = replace(PLAIN, attribution="masked", by_code=False, codebook=False)
    written = reporting.write_report(deliverable, tmp_path / "r.docx", options, day=DAY)
    text = written_text(written.path)
    assert "Case A" in text
    assert "Case D" in text
    assert re.search(r"\(Case [A-D], rapport\) \[K13-001\]", text)
    said = "\n".join(excerpt.coding.text for excerpt in reporting.prepare(deliverable, options, day=DAY).excerpts)
    for case in cases.list_cases(deliverable):
        for name in (case.name, case.name.split()[0], case.name.split()[-1]):
            if name not in ("kommune", "Bydel"):
                assert text.count(name) == said.count(name), name
    risks = [risk for risk in written.risks if risk.kind == "case"]
    assert all(risk.severity == "high" for risk in risks)


def test_a_case_named_in_an_essence_or_a_title_is_a_risk_when_cases_are_masked(deliverable: Project) -> None:
    theme = codebook.list_themes(deliverable)[1]
    codebook.set_theme(deliverable, theme.id, essence="Det begynte i Skarvøy.")
    options = replace(PLAIN, attribution="masked", title="Skarvøy og de andre")
    risks = reporting.identifying(deliverable, reporting.prepare(deliverable, options, day=DAY))
    assert {(risk.where, risk.severity) for risk in risks if risk.words == "Skarvøy" and not risk.quote} == {
        ("theme", "high"),
        ("study", "high"),
    }
    shown = reporting.identifying(
        deliverable, reporting.prepare(deliverable, replace(options, attribution="case"), day=DAY)
    )
    assert not [risk for risk in shown if risk.words == "Skarvøy" and not risk.quote]


def test_minutes_are_never_quoted_and_say_what_they_are(deliverable: Project, tmp_path: Path) -> None:
    written = reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    document = docx.Document(io.BytesIO(written.path.read_bytes()))
    minutes = [p for p in document.paragraphs if p.text.startswith("Fra referat (ikke ordrett): ")]
    assert len(minutes) == 2
    assert all("«" not in p.text and p.style is not None and p.style.name == "List Paragraph" for p in minutes)
    assert minutes[0].text.endswith("(Furnesund kommune) [K09-001]")


def test_every_printed_id_leads_to_its_words(deliverable: Project, tmp_path: Path) -> None:
    written = reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    document = docx.Document(io.BytesIO(written.path.read_bytes()))
    text = "\n".join(p.text for p in document.paragraphs)
    printed = set(re.findall(r"[IK]\d\d-\d{3}", text))
    assert len(printed) > 15
    flat = " ".join(text.split())
    for quote in printed:
        found = naming.find_coding(deliverable, quote)
        assert " ".join(found.text.split()[-4:]) in flat


def test_selected_quotations_are_printed_and_everything_is_counted(deliverable: Project) -> None:
    few = reporting.build_report(deliverable, PLAIN, day=DAY)
    many = reporting.build_report(deliverable, replace(PLAIN, excerpts="all"), day=DAY)
    for short, long in zip(few.chapters, many.chapters, strict=True):
        assert short.counts == long.counts
        assert short.total == long.total
        assert 0 < len(short.excerpts) < len(long.excerpts)
        assert all(excerpt.star for excerpt in short.excerpts)
    assert few.matrix == many.matrix
    warnings = reporting.prepare(deliverable, PLAIN, day=DAY).warnings
    assert warnings == ("Temaet «Bolig» har 6 utvalgte sitater (★). Tre til fem er passe.",)


def test_the_choice_of_themes_and_cases_holds_in_text_table_and_figure(deliverable: Project) -> None:
    options = replace(PLAIN, themes=("Bolig",), cases=("Skarvøy", "Bydel Lunden"))
    report = reporting.build_report(deliverable, options, day=DAY)
    assert [chapter.title for chapter in report.chapters] == ["Bolig"]
    assert report.matrix is not None
    assert set(report.matrix.rows) == {"Skarvøy kommune", "Bydel Lunden"}
    assert report.bars is not None
    assert set(report.bars.parts) == set(report.matrix.rows)
    assert {case for excerpt in report.chapters[0].excerpts for case in excerpt.cases} == set(report.matrix.rows)
    codebook.set_theme(deliverable, codebook.list_themes(deliverable)[0].id, status="candidate")
    assert "Bolig" not in {
        c.title for c in reporting.build_report(deliverable, replace(PLAIN, final_only=True), day=DAY).chapters
    }


def test_an_excerpt_that_belongs_to_a_theme_by_itself_is_in_its_chapter(deliverable: Project) -> None:
    bolig, rop = codebook.list_themes(deliverable)[:2]
    stray = next(each for each in coding.list_codings(deliverable, code="okonomi") if each.star)
    with deliverable.write() as act:
        act.record("theme.excerpts", {"id": rop.id, "add": [stray.id], "remove": []})
    chapters = {c.title: c for c in reporting.build_report(deliverable, PLAIN, day=DAY).chapters}
    assert stray.id in {excerpt.id for excerpt in chapters[rop.title].excerpts}
    assert stray.id not in {excerpt.id for excerpt in chapters[bolig.title].excerpts}


def test_what_the_project_does_not_allow_is_refused(deliverable: Project) -> None:
    study.set_facts(deliverable, {"attribution.allowed": "case, informant"})
    with pytest.raises(Refusal, match="«level» står etter sitater"):
        reporting.build_report(deliverable, PLAIN, day=DAY)
    assert reporting.build_report(deliverable, replace(PLAIN, attribution="masked"), day=DAY).attribution == ("case",)
    study.set_facts(deliverable, {"attribution.allowed": "informant"})
    assert reporting.build_report(deliverable, replace(PLAIN, attribution=""), day=DAY).attribution == ("informant",)


def test_a_second_run_writes_beside_the_first_and_tells_what_is_new(deliverable: Project, tmp_path: Path) -> None:
    first = reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    assert first.changes == ()
    same = reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    assert same.path.name == "r-2.docx"
    assert same.changes == ()
    assert same.path.read_bytes() == first.path.read_bytes()
    assert "r.docx finnes fra før og er ikke rørt." in same.warnings
    starred = [each for each in coding.list_codings(deliverable, code="rop") if each.star]
    coding.star_coding(deliverable, starred[0].id, star=False)
    quoting.show_quote(deliverable, starred[1].id, " ".join(starred[1].text.split()[:4]) + " [...]")
    theme = next(t for t in codebook.list_themes(deliverable) if t.title.startswith("ROP"))
    codebook.set_theme(deliverable, theme.id, essence="Ny essens.")
    third = reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    assert {(change.kind, change.quote) for change in third.changes} == {
        ("essence", ""),
        ("quote-out", starred[0].quote),
        ("wording", starred[1].quote),
    }


def test_the_journal_remembers_the_report_and_the_risks_that_stood(deliverable: Project, tmp_path: Path) -> None:
    reporting.write_report(deliverable, tmp_path / "r.docx", PLAIN, day=DAY)
    (report,) = written_reports(deliverable)
    assert report.title == "Fire kommuner"
    assert report.card["file"] == "r.docx"
    assert report.card["attribution"] == "case+level"
    risks = report.card["risks"]
    assert isinstance(risks, dict)
    assert risks["combination"] == 2  # a level that fits one, and the ids, which give the number that is left out
    assert history.history(deliverable, limit=1)[0].summary == "skrev rapporten «Fire kommuner»"
    said = [excerpt.coding.text for excerpt in reporting.prepare(deliverable, PLAIN, day=DAY).excerpts]
    assert not any(text in str(report.card) for text in said)


def test_a_report_that_cannot_be_written_is_not_in_the_journal(deliverable: Project, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="finnes ikke"):
        reporting.write_report(deliverable, tmp_path / "ingen" / "r.docx", PLAIN, day=DAY)
    assert written_reports(deliverable) == []


def test_a_project_for_reading_is_reported_without_a_trace_and_says_so(made: Path, tmp_path: Path) -> None:
    before = made.read_bytes()
    project = open_project(made, coder="Leser", readonly=True)
    written = reporting.write_report(project, tmp_path / "r.docx", PLAIN, day=DAY)
    project.close()
    assert "Prosjektet er åpnet for lesing, så rapporten er ikke ført i revisjonssporet." in written.warnings
    assert made.read_bytes() == before


def test_the_language_of_the_report_is_its_own(
    deliverable: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "nb")
    language.use("nb")
    options = replace(PLAIN, language="nn-NO")
    written = reporting.write_report(deliverable, tmp_path / "r.docx", options, day=DAY)
    document = docx.Document(io.BytesIO(written.path.read_bytes()))
    texts = [p.text for p in document.paragraphs]
    assert "Kodane i temaet" in "".join(texts) or "Kodeboka" in "".join(texts)
    assert any(text.startswith("Frå referat (ikkje ordrett):") for text in texts)
    tags = re.findall(r'<w:lang w:val="([\w-]+)"', unpack(written.path.read_bytes())["word/document.xml"].decode())
    assert set(tags) == {"nb-NO"}


def test_the_deliverable_has_about_twenty_pages_in_the_institutes_template(
    deliverable: Project, maker: ModuleType, tmp_path: Path, require_program: Callable[[str], None]
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    require_program("soffice" if office is None else Path(office).name)
    require_program("pdfinfo")
    (tmp_path / "mal.docx").write_bytes(maker.template())
    for name, template in (("institutt", tmp_path / "mal.docx"), ("egen", None)):
        options = replace(PLAIN, template=template)
        written = reporting.write_report(deliverable, tmp_path / f"{name}.docx", options, day=DAY)
        subprocess.run(
            [str(office), f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
             "--outdir", str(tmp_path), str(written.path)],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        told = subprocess.run(["pdfinfo", str(tmp_path / f"{name}.pdf")], check=True, capture_output=True, text=True)
        (pages,) = re.findall(r"Pages:\s+(\d+)", told.stdout)
        assert 15 <= int(pages) <= 25, name
