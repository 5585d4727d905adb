"""Undo: the coder's own newest gesture, never another's, and never out from under what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services import codebook, coding, history, sources, suggesting, texts
from workbench.store.project import Project

Copied = Callable[..., Project]
Clean = Callable[[Project], None]


def _code(project: Project, span: tuple[int, int] = (12, 30), code: str = "bolig") -> Any:
    source = sources.list_sources(project)[0]
    return coding.apply_code(project, source, *span, codebook.find_code(project, code))


@pytest.fixture
def pair(copied: Copied) -> tuple[Project, Project]:
    """Kari and Ole with the same copy open."""
    return copied(), copied(coder="Ole", again=True)


def test_undo_says_what_and_where(project: Project) -> None:
    made = _code(project)
    done = history.undo(project)
    assert "«Bolig»" in done.summary
    assert (done.source, done.offset) == (made.source, 12)


def test_nothing_to_undo_in_a_fresh_copy(project: Project) -> None:
    with pytest.raises(Refusal, match="ingenting å angre"):
        history.undo(project)


def test_undo_passes_by_another_coders_newer_work(pair: tuple[Project, Project]) -> None:
    kari, ole = pair
    _code(kari)
    theirs = _code(ole, (40, 50))
    history.undo(kari)
    assert [each.id for each in coding.list_codings(kari)] == [theirs.id]
    with pytest.raises(Refusal, match="ingenting"):
        history.undo(kari)


def test_making_oneself_known_is_not_undone(copied: Copied) -> None:
    ole = copied(coder="Ole")
    _code(ole)
    history.undo(ole)
    with pytest.raises(Refusal, match="ingenting"):
        history.undo(ole)
    assert ole.connection.execute("SELECT COUNT(*) FROM coder WHERE name = 'Ole'").fetchone() == (1,)


@pytest.mark.parametrize("reason", ["kodinger", "underkoder"])
def test_a_new_code_that_others_use_is_not_undone(pair: tuple[Project, Project], reason: str) -> None:
    kari, ole = pair
    made = codebook.add_code(kari, "Nytt")
    if reason == "kodinger":
        _code(ole, code="nytt")
    else:
        codebook.add_code(ole, "Under", parent=made.id)
    with pytest.raises(Refusal, match=reason):
        history.undo(kari)


def test_a_code_that_others_merged_into_is_not_undone(pair: tuple[Project, Project], clean: Clean) -> None:
    kari, ole = pair
    made = codebook.add_code(kari, "Nytt")
    _code(ole, code="samarbeid")
    codebook.merge_codes(ole, codebook.find_code(ole, "samarbeid").id, into=made.id)
    with pytest.raises(Refusal, match=r"underkoder|bygger"):
        history.undo(kari)
    assert coding.list_codings(kari)[0].slug == "nytt"
    clean(kari)


def test_what_was_changed_later_is_not_undone(pair: tuple[Project, Project]) -> None:
    kari, ole = pair
    made = _code(kari)
    coding.star_coding(ole, made.id, star=True)
    with pytest.raises(Refusal, match="endret senere"):
        history.undo(kari)


def test_a_revision_that_others_coded_on_is_not_undone(pair: tuple[Project, Project]) -> None:
    kari, ole = pair
    texts.correct_typo(kari, sources.list_sources(kari)[0], 12, 15, "Hvorfor")
    _code(ole, (60, 70))
    with pytest.raises(Refusal, match="kodinger"):
        history.undo(kari)


@pytest.mark.parametrize("between", ["revise", "delete", "remove code"])
def test_a_removed_coding_does_not_come_back_onto_what_is_gone(
    pair: tuple[Project, Project], clean: Clean, between: str
) -> None:
    kari, ole = pair
    coding.remove_coding(kari, _code(kari, code="samarbeid").id)
    source = sources.list_sources(ole)[0]
    if between == "revise":
        texts.correct_typo(ole, source, 0, 0, "Først: ")
    elif between == "delete":
        sources.delete_source(ole, source)
    else:
        codebook.remove_code(ole, codebook.find_code(ole, "samarbeid").id)
    with pytest.raises(Refusal, match="Kan ikke angre"):
        history.undo(kari)
    clean(kari)


def test_a_text_whose_words_are_destroyed_is_not_gone_back_to(project: Project, clean: Clean) -> None:
    texts.mask_name(project, sources.list_sources(project)[0], "Ola", "[bror]")
    for source in sources.list_sources(project):
        texts.purge_versions(project, source)
    with pytest.raises(Refusal, match="destruert"):
        history.undo(project)
    assert all(sources.show_source(project, each).text for each in sources.list_sources(project))
    clean(project)


def test_redo_is_dropped_by_a_new_gesture(project: Project) -> None:
    _code(project)
    history.undo(project)
    _code(project, (40, 50))
    with pytest.raises(Refusal, match="ingenting å gjøre om"):
        history.redo(project)


def test_redo_goes_forth_in_order(project: Project) -> None:
    first, second = _code(project), _code(project, (40, 50))
    history.undo(project)
    history.undo(project)
    history.redo(project)
    assert [each.id for each in coding.list_codings(project)] == [first.id]
    history.redo(project)
    assert [each.id for each in coding.list_codings(project)] == [first.id, second.id]


def test_undo_and_redo_of_one_gesture_any_number_of_times(project: Project, clean: Clean) -> None:
    made = _code(project)
    for _ in range(3):
        history.undo(project)
        assert coding.list_codings(project) == []
        history.redo(project)
        assert coding.list_codings(project) == [made]
    clean(project)


def test_a_refused_first_act_does_not_cost_the_undo_of_what_follows(copied: Copied) -> None:
    """The copy's new name must be in the file when the first gesture that succeeds is."""
    project = copied()
    with pytest.raises(Refusal):
        history.undo(project)
    _code(project)
    project.close()
    history.undo(copied(again=True))


def test_accepting_and_undoing_leaves_the_suggestion_pending(project: Project, act: Callable[..., bool]) -> None:
    assert act(project, "suggest", 0, 63)
    (proposal,) = suggesting.list_proposals(project)
    suggesting.accept(project, proposal)
    assert [each.status for each in suggesting.list_proposals(project)] == ["accepted"]
    history.undo(project)
    assert suggesting.list_proposals(project) == [proposal]
    assert coding.list_codings(project) == []
    history.redo(project)
    assert [each.status for each in suggesting.list_proposals(project)] == ["accepted"]


def test_a_code_made_while_coding_goes_with_its_coding(project: Project) -> None:
    source = sources.list_sources(project)[0]
    codes, themes = codebook.list_codes(project), codebook.list_themes(project)
    coding.apply_new_code(project, source, 12, 20, "Helt ny")
    history.undo(project)
    assert codebook.list_codes(project) == codes
    assert codebook.list_themes(project) == themes


def test_a_removed_code_does_not_come_back_beside_one_that_took_its_slug(pair: tuple[Project, Project]) -> None:
    kari, ole = pair
    codebook.remove_code(kari, codebook.find_code(kari, "samarbeid").id)
    codebook.add_code(ole, "Samarbeid")
    with pytest.raises(Refusal, match="kortnavnet"):
        history.undo(kari)


def test_removing_an_accepted_coding_is_redone_though_its_verdict_stands(
    project: Project, act: Callable[..., bool]
) -> None:
    assert act(project, "accept", 0, 63)
    (made,) = coding.list_codings(project)
    coding.remove_coding(project, made.id)
    history.undo(project)
    history.redo(project)
    assert coding.list_codings(project) == []


def test_that_a_report_was_written_is_no_step_of_undo(project: Project) -> None:
    source, code = sources.list_sources(project)[0], codebook.list_codes(project)[0]
    made = coding.apply_code(project, source, 0, 5, code)
    with project.write() as act:
        act.record("report.write", {"id": new_id(), "card": act.card({"title": "R"})})
    history.undo(project)
    assert coding.list_codings(project) == []
    with project.write() as act:
        act.record("report.write", {"id": new_id(), "card": act.card({"title": "R"})})
    history.redo(project)
    assert [each.id for each in coding.list_codings(project)] == [made.id]
