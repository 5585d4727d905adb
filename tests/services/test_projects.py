"""Projects, the demo, reading places, history's wording, reports and copies."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.samples import place_of, reference_codings, samples
from workbench.errors import CannotOpen, Refusal
from workbench.services import (
    checking,
    codebook,
    coding,
    demo,
    exporting,
    history,
    memos,
    notes,
    projects,
    reading,
    reporting,
    sources,
    texts,
)  # fmt: skip
from workbench.store.project import Project, open_project

Place = Callable[..., Any]


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, made = demo.write_demo(tmp_path_factory.mktemp("demo"))
    assert made
    return path


class TestDemo:
    def test_it_is_sound_and_large_enough(self, demo_path: Path) -> None:
        project = open_project(demo_path, coder="Leser")
        assert checking.check(project).problems == ()
        listed = sources.list_sources(project)
        assert sum(source.kind == "transcript" for source in listed) >= 8
        assert all(source.cases and source.informants for source in listed)
        assert {"bolig", "rop", "spesialisthelse", "okonomi"} <= {entry.slug for entry in codebook.list_codes(project)}
        project.close()

    def test_every_reference_coding_is_in_it(self, demo_path: Path) -> None:
        project = open_project(demo_path, coder="Leser")
        for sample in samples():
            (source,) = [each for each in sources.list_sources(project) if each.name == sample.name]
            text = sources.show_source(project, source).text
            wanted = {(*place_of(each, text), each.code) for each in reference_codings(sample)}
            made = coding.list_codings(project, source=source.id)
            assert {(each.start, each.end, each.slug) for each in made} == wanted
            assert {each.coder for each in made} <= {demo.REFERENCE_CODER}
        project.close()

    def test_a_second_time_leaves_it_alone(self, demo_path: Path) -> None:
        before = demo_path.read_bytes()
        assert demo.write_demo(demo_path.parent) == (demo_path, False)
        assert demo_path.read_bytes() == before
        assert [each.name for each in demo_path.parent.iterdir()] == [demo.FILE_NAME]

    def test_the_demo_can_be_coded_and_reported(self, demo_path: Path, tmp_path: Path) -> None:
        project = open_project(demo_path, coder="Leser")
        report = reporting.build_report(project, reporting.ReportOptions(), day=date(2025, 1, 2))
        assert report == reporting.build_report(project, reporting.ReportOptions(), day=date(2025, 1, 2))
        assert all(chapter.excerpts for chapter in report.chapters)
        written = exporting.export(project, "json", tmp_path / "ut.json", day=date(2025, 1, 2))
        assert json.loads(written.path.read_text(encoding="utf-8"))
        with pytest.raises(Refusal, match="finnes"):
            exporting.export(project, "json", tmp_path / "ut.json")
        with pytest.raises(Refusal, match="ikke et eksportformat"):
            exporting.export(project, "docm", tmp_path / "ut.docm")
        project.close()


def test_a_project_without_codings_has_nothing_to_report(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="ingenting å skrive"):
        reporting.write_report(project, tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()


def test_a_report_counts_what_it_prints(project: Project, place: Place, tmp_path: Path) -> None:
    for words, code in (("for få boliger", "midlertidig-bolig"), ("På mottaket", "bolig"), ("Tilskuddet", "okonomi")):
        coding.apply_code(project, *place(words), codebook.find_code(project, code))
    report = reporting.build_report(project, reporting.ReportOptions(themes=("Bolig",)), day=date(2025, 1, 2))
    (chapter,) = report.chapters
    assert [excerpt.text for excerpt in chapter.excerpts] == ["På mottaket", "for få boliger"]
    assert (chapter.total.segments, chapter.total.sources, chapter.total.informants) == (2, 2, 2)
    (case,) = reporting.build_report(
        project, reporting.ReportOptions(cases=("Storhamn",)), day=date(2025, 1, 2)
    ).chapters
    assert [excerpt.text for excerpt in case.excerpts] == ["På mottaket"]
    written = reporting.write_report(project, tmp_path / "r.docx", day=date(2025, 1, 2))
    assert written.path == tmp_path / "r.docx"
    assert reporting.write_report(project, tmp_path / "r.docx").path == tmp_path / "r-2.docx"


class TestMaking:
    def test_facts_and_title(self, project: Project) -> None:
        assert projects.facts(project).title == "Studie"
        projects.set_title(project, " Ny tittel ")
        assert projects.facts(project).title == "Ny tittel"
        with pytest.raises(Refusal, match="tittel"):
            projects.set_title(project, " ")

    def test_a_name_without_suffix_gets_one_and_an_existing_file_is_left(self, tmp_path: Path) -> None:
        made = projects.create(tmp_path / "uten", coder="Kari")
        assert made.path.name == "uten.kodebenk"
        made.close()
        with pytest.raises(CannotOpen, match="finnes fra før"):
            projects.create(tmp_path / "uten", coder="Kari")

    def test_recent_projects_are_those_that_are_still_there(self, project: Project, tmp_path: Path) -> None:
        projects.remember(project.path)
        gone = tmp_path / "borte.kodebenk"
        gone.touch()
        projects.remember(gone)
        assert projects.recent() == [gone, project.path]
        gone.unlink()
        assert projects.recent() == [project.path]

    def test_a_copy_is_whole_while_somebody_codes(self, project: Project, place: Place, tmp_path: Path) -> None:
        coding.apply_code(project, *place("for få"), codebook.find_code(project, "bolig"))
        copy = open_project(checking.save_copy(project, tmp_path / "kopi.kodebenk"), coder="Ole")
        assert checking.check(copy).ok
        assert coding.list_codings(copy) == coding.list_codings(project)
        copy.close()
        for target, why in ((copy.path, "finnes fra før"), (tmp_path / "ingen" / "k", "finnes ikke")):
            with pytest.raises(Refusal, match=why):
                checking.save_copy(project, target)


class TestReading:
    def test_the_caret_is_remembered_for_each_coder(self, project: Project, place: Place) -> None:
        source = place("for få")[0]
        assert reading.last_place(project, source) == reading.Place(0, 0)
        heads = history.history(project)
        reading.remember_place(project, source, reading.Place(42, 7))
        assert reading.last_place(project, source) == reading.Place(42, 7)
        other = open_project(project.path, coder="Ole")
        assert reading.last_place(other, source) == reading.Place(0, 0)
        other.close()
        assert history.history(project) == heads

    def test_a_place_past_the_end_of_a_shortened_text_is_its_end(self, project: Project, place: Place) -> None:
        source = place("for få")[0]
        reading.remember_place(project, source, reading.Place(source.characters, 0))
        shorter = texts.correct_typo(project, source, 0, 30, "").source
        assert reading.last_place(project, shorter).caret == shorter.characters

    def test_pins_are_one_a_key_and_one_a_code(self, project: Project) -> None:
        reading.pin_code(project, 1, "a")
        reading.pin_code(project, 2, "a")
        reading.pin_code(project, 3, "b")
        reading.pin_code(project, 3, "")
        assert reading.pinned_codes(project) == {2: "a"}
        with pytest.raises(Refusal, match="1–9"):
            reading.pin_code(project, 0, "a")

    def test_an_unknown_status_is_refused(self, project: Project, place: Place) -> None:
        with pytest.raises(Refusal, match="lesestatus"):
            reading.set_status(project, place("for få")[0], "halvlest")


def test_the_history_never_quotes_what_was_said(project: Project, place: Place, demo_path: Path) -> None:
    """Only names and places: a history is shown to people who may not read the interviews."""
    made = coding.apply_code(project, *place("Vi har for få boliger"), codebook.find_code(project, "bolig"))
    coding.rebound_coding(project, made.id, *place("for få boliger")[1:])
    coding.star_coding(project, made.id, star=True)
    coding.recode(project, made.id, codebook.find_code(project, "okonomi"))
    notes.add_note(project, *place("Tilskuddet går ut"), "Vi har for få boliger, sier hun")
    memos.write_memo(project, "coding", made.id, "Tilskuddet går ut")
    texts.correct_typo(project, *place("Ola venter ennå"), "Ola venter fortsatt")
    texts.mask_name(project, place("fortsatt")[0], "Ola", "[bror]")
    texts.split_turn(project, place("fortsatt")[0], place("[bror] venter")[1], "Ny stemme")
    coding.remove_coding(project, made.id)
    history.undo(project)
    history.redo(project)
    sources.delete_source(project, place("På mottaket")[0])
    entries = history.history(project)
    said = {"Vi har", "få boliger", "går ut", "venter", "mottaket", "Ola", "[bror]", "sier hun"}
    for entry in entries:
        assert not [words for words in said if words in entry.summary], entry.summary
        assert entry.summary
    assert {entry.coder for entry in entries} == {"Kari Koder"}
    assert [entry.when for entry in entries] == sorted((entry.when for entry in entries), reverse=True)
