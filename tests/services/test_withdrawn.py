"""Nothing that those who have withdrawn have given follows a project into another, nor what was written about them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from exports.interchange.model import (
    Bundle,
    CaseItem,
    CodeItem,
    LinkItem,
    NoteItem,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
    VariableItem,
)
from workbench.core.entities import Source
from workbench.services import cases, codebook, coding, framework, importing, memos, notes, projects, sources, themes
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.interchange.formats import read_own
from workbench.services.interchange.mentions import mentions_of
from workbench.services.interchange.withdrawn import without_withdrawn
from workbench.services.survey import receiving as survey
from workbench.services.survey import tables, uses
from workbench.store.project import Project

SAID = "hemsitatet er langt nok til at noen kjenner det igjen"
TEXTS = {
    "hemfil": (("Hemvik",), "H91", f"Ansatt: Hemtekst og {SAID}.\n"),
    "hemunder": (("Hembydel",), "H92", "Ansatt: Hemundertekst her.\n"),
    "hemuten": (("Hemvik",), "", "Ansatt: Hemutentekst her.\n"),
    "felles": (("Hemvik", "Storhamn"), "I01", "Ansatt: Felles tekst her.\n"),
    "grei": (("Storhamn",), "I01", "Ansatt: Jeg vet ikke hva jeg skal si om det.\n"),
}
ANSWERS = "Nr;Kommune;Hva er vanskelig?\nX1;Hemvik;hemsvar i undersøkelsen\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project where a case has withdrawn whose words all begin with `hem`."""
    project = projects.create(tmp_path / "studie.kodebenk", coder="Kari", title="Studie")
    project.connection.execute("PRAGMA synchronous = OFF")
    cases.add_case(project, "Storhamn", attributes={"folk": 7})
    above = cases.add_case(project, "Hemvik", attributes={"folk": 5, "hemvariabel": "hemverdi"})
    cases.add_case(project, "Hembydel", parent=above.id)
    for name, (of, number, text) in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        who = SpeakerChoice(label="Ansatt", role="participant", informant=number) if number else None
        facts = SourceFacts(cases=of, wave="hembølge" if name == "hemfil" else "1", speakers=(who,) if who else ())
        importing.save(project, importing.read_file(tmp_path / f"{name}.txt"), facts)
    (tmp_path / "gruppe.txt").write_text("Hun: Vi er enige.\n\nHan: Ja.\n", encoding="utf-8")
    pair = tuple(SpeakerChoice(label=label, role="participant", informant=number)
                 for label, number in (("Hun", "H92"), ("Han", "I01")))  # fmt: skip
    importing.save(project, importing.read_file(tmp_path / "gruppe.txt"), SourceFacts(speakers=pair))
    (tmp_path / "svar.csv").write_text(ANSWERS, encoding="utf-8")
    sheet = tables.look(tmp_path / "svar.csv")[0]
    mapping = sheet.proposed("Hemundersøkelse")
    wanted: tuple[uses.Use, ...] = ("respondent", "case", "question")
    for column, use in zip(sheet.guesses, wanted, strict=True):
        mapping = uses.with_use(mapping, sheet, column, use)
    survey.import_survey(project, sheet, mapping)
    _written(project)
    cases.set_case(project, above.id, withdrawn=1)
    project.close()
    return project.path


def _source(project: Project, name: str) -> Source:
    return next(each for each in sources.list_sources(project) if each.name == name)


def _written(project: Project) -> None:
    bolig = codebook.add_code(project, "Bolig")
    codebook.set_code(project, bolig.id, examples=[f"«{SAID}»", "Greit eksempel"], definition="Som i Hemviks plan",
                      when_used="Når noen mangler bolig")  # fmt: skip
    made = coding.apply_code(project, _source(project, "hemfil"), 8, 16, bolig)
    coding.apply_code(project, _source(project, "grei"), 8, 20, bolig)
    theme = codebook.list_themes(project)[0]
    themes.describe_theme(project, theme, essence="Hemvik har det verst")
    themes.put_excerpts(project, theme, [made.id])
    for text in (
        f"Hun sier {SAID.upper()}",
        f"Se [[{made.quote}]]",
        "I hemvik gikk det galt",
        "Jeg vet ikke hva jeg skal si",
    ):
        memos.write_memo(project, "code", bolig.id, text)
    memos.write_memo(project, "case", cases.find_case(project, "Hembydel").id, "hemmemo")
    notes.add_note(project, _source(project, "felles"), 8, 14, "Jf. H92")
    framework.write_cell(project, cases.find_case(project, "Hemvik"), bolig, "hemcelle")


def test_nothing_of_theirs_or_about_them_follows_into_another_project(path: Path) -> None:
    given = read_own(path)
    shared = [(each.name, each.mended) for each in given.losses if each.what == "Kilde som flere deler"]
    assert shared == [("felles", True), ("gruppe", True)]
    assert re.findall(r"(?i)\bhem\w+|H9\d|X1", repr(given)) == []
    assert [each.name for each in given.sources] == ["felles", "grei", "gruppe"]
    assert [each.text for each in given.notes] == ["Jeg vet ikke hva jeg skal si"]
    assert (given.codes[0].examples, given.codes[0].when) == (("Greit eksempel",), "Når noen mangler bolig")
    told = {(each.what, each.name): each.count for each in given.losses}
    assert (told["Trukket", ""], told["Memoer om noen som har trukket seg", ""], told["Kode", "Bolig"]) == (9, 4, 2)


def test_where_nobody_has_withdrawn_all_follows(path: Path) -> None:
    project = projects.open_existing(path, coder="Kari")
    cases.set_case(project, cases.find_case(project, "Hemvik").id, withdrawn=0)
    project.close()
    given = read_own(path)
    assert (len(given.sources), len(given.notes), len(given.surveys)) == (7, 6, 1)


def test_nothing_else_that_is_written_names_them_but_names_that_are_told_of() -> None:
    """Every string of what stays has the name in it."""
    name = "Hemvik"
    codes = (CodeItem(guid="k", name=f"{name}modellen", brief=name, signals=f'["{name}"]'),)
    gone = SourceItem(guid="s1", name="En", text="Ja.")
    told = SourceItem(guid="s2", name=f"Lik {name}", text="Nei.", title=name, publisher=name, description=name,
                      file_name=f"{name}.docx", folder=name)  # fmt: skip
    stays = CaseItem(
        guid="c2", name=f"Nær {name}", sources=("s2",), description=name, type=name, values={"v": name, "w": 3}
    )
    asked = (QuestionItem(key="q", wording=name),)
    bundle = Bundle(
        tool="X", title=f"Om {name}", description=name, codes=codes, sources=(gone, told),
        cases=(CaseItem(guid="c1", name=name, sources=("s1",)), stays),
        notes=(NoteItem(guid="n", text="Ring tilbake.", title=f"Samtale med {name}"),),
        variables=tuple(VariableItem(guid=each, name=f"{each} {name}", description=name) for each in "vw"),
        sets=(SetItem(guid="t", name=f"Tema {name}", description=name),),
        links=(LinkItem(guid="l", origin="k", target="s2", name=name),),
        surveys=(SurveyItem(guid="u", title=name, file_name=name, mapping=name, questions=asked),),
    )  # fmt: skip
    given = without_withdrawn(bundle, {"c1"})
    left = re.findall(rf"\w+='[^']*{name}[^']*'", repr(replace(given, losses=())))
    assert sorted(each.partition("=")[0] for each in left) == [
        "folder", "name", "name", "name", "name", "name", "title", "title", "wording",
    ]  # fmt: skip
    shown = [each.what for each in given.losses if each.mended]
    assert shown == ["Prosjekt", "Kilde", "Kode", "Tema", "Case", "Opplysning", "Opplysning", "Undersøkelse", "Mappe"]
    emptied = {each.what: each.count for each in given.losses if not each.mended}
    assert emptied == {"Trukket": 2, "Memoer om noen som har trukket seg": 1, "Prosjekt": 1, "Kode": 2, "Tema": 1,
                       "Kilde": 4, "Case": 3, "Opplysning": 1, "Kobling": 1, "Undersøkelse": 2}  # fmt: skip
    assert (given.sources[0].name, given.cases[0].values) == ("Kilde 1", {"w": 3})


def test_a_name_is_known_with_its_ending_and_a_quotation_by_words_nobody_else_has_said() -> None:
    theirs = ["Vi venter og venter på at noen skal ringe tilbake."]
    others = ["Jeg tror at vi venter og venter på at noen ser oss."]
    written = ["«vi venter og venter på at noen»", "Hun sa: venter på at noen skal ringe!"]
    known = mentions_of(["Sund"], ["I01", "I01-002"], written, theirs=theirs, others=others)
    found = ["I Sunds plan", "sund", "Se [[I01-002]]", "i01 sier", written[1]]
    not_found = ["Et misunnelig blikk", "I011", "I02-002", "", written[0]]
    assert [text for text in (*found, *not_found) if known.found_in(text)] == found
    assert known.found_in(found[0]) and not known.found_in(written[0])
