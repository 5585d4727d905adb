"""A text that was made elsewhere takes a source's place: anchors are placed or wait, nothing is lost, undo gives all back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.edits import Edit, apply_edits
from workbench.core.ids import derived_id
from workbench.services import history
from workbench.services.importing import version_payload
from workbench.store.project import Project, create_project
from workbench.store.queries import codings, corpus, interchange

OLD = "Kari: Vi mangler boliger her.\nOla: Ja.\nKari: Ja.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = create_project(tmp_path / "p.kodebenk", coder="Test", title="Prøve")
    with made.write() as act:
        version = version_payload(act, OLD, (), number=1) | {
            "regions": act.text(json.dumps([[0, 5, "caption", "", False]])),
        }
        card = {"name": "Intervju", "kind": "transcript", "original": "", "language": "nb"}
        act.record("source.add", {"id": "s1", "ordinal": 1, "card": act.card(card), "version": version})
        act.record("code.add", {"id": "k1", "card": act.card({"slug": "bolig", "name": "Bolig"})})
        for key, start, end in (("c1", 6, 29), ("c2", 35, 38)):
            act.record(
                "coding.add",
                {"id": key, "source": "s1", "version": version["id"], "start": start, "end": end, "code": "k1",
                 "origin": "manual", "suggestion": "", "quote": f"S1-00{key[1]}"},
            )  # fmt: skip
    return made


def _replace(project: Project) -> None:
    source = corpus.sources(project.connection)[0]
    new, edit_map = apply_edits(OLD, [Edit(0, 0, "Opptak 2\n"), Edit(35, 39, "")])
    with project.write() as act:
        version = version_payload(act, new, (), number=2)
        version |= {"parent": source.version, "map": [list(piece) for piece in edit_map.pieces]}
        act.record(
            "text.replace",
            {
                "source": "s1",
                "version": version,
                "placed": [["coding", "c1", 15, 38]],
                "waiting": [["coding", "c2", [[50, 53]], act.text("Ordene finnes to steder.")]],
                "card": act.card({"file_name": "ny.txt"}),
            },
        )


def _version(project: Project) -> str:
    return corpus.sources(project.connection)[0].version


def test_what_is_certain_moves_and_the_rest_waits(project: Project) -> None:
    _replace(project)
    moved, left = codings.codings(project.connection)
    assert (moved.start, moved.end, moved.text) == (15, 38, "Vi mangler boliger her.")
    assert left.start == left.end
    (waits,) = interchange.waiting(project.connection)
    assert (waits.target, waits.text, waits.candidates) == ("c2", "Ja.", ((50, 53),))
    assert waits.reason == "Ordene finnes to steder."


def test_finding_its_place_ends_the_waiting(project: Project) -> None:
    _replace(project)
    (waits,) = interchange.waiting(project.connection)
    with project.write() as act:
        act.record("anchor.place", {"id": waits.id, "version": _version(project), "start": 15, "end": 17})
    assert interchange.waiting(project.connection) == []
    assert [(each.start, each.end) for each in codings.codings(project.connection)] == [(15, 17), (15, 38)]
    history.undo(project)
    assert [each.target for each in interchange.waiting(project.connection)] == ["c2"]


def test_what_is_removed_waits_no_more(project: Project) -> None:
    _replace(project)
    with project.write() as act:
        act.record("coding.remove", {"id": "c2"})
    assert interchange.waiting(project.connection) == []


def test_undo_gives_text_anchors_and_regions_back(project: Project) -> None:
    before = [(each.id, each.start, each.end) for each in codings.codings(project.connection)]
    _replace(project)
    assert interchange.regions(project.connection) == []
    history.undo(project)
    assert [(each.id, each.start, each.end) for each in codings.codings(project.connection)] == before
    assert [(each.start, each.end, each.kind) for each in interchange.regions(project.connection)] == [
        (0, 5, "caption")
    ]
    assert interchange.waiting(project.connection) == []


def test_a_region_is_opened_and_closed_for_coding(project: Project) -> None:
    (region,) = interchange.regions(project.connection)
    assert interchange.closed_spans(project.connection) == {"s1": [(0, 5)]}
    with project.write() as act:
        act.record("region.set", {"id": region.id, "codable": 1})
    assert interchange.closed_spans(project.connection) == {}
    history.undo(project)
    assert interchange.closed_spans(project.connection) == {"s1": [(0, 5)]}


def test_which_foreign_thing_became_ours_is_remembered(project: Project) -> None:
    for name in ("Bolig", "Boliger"):
        with project.write() as act:
            items = act.text(json.dumps([["GUID-1", "code", "k1", {"name": name}]]))
            act.record("foreign.set", {"origin": "P-1", "title": "studie.qdpx", "items": items})
    (item,) = interchange.foreign_items(project.connection, "P-1")
    assert (item.guid, item.target, item.seen) == ("GUID-1", "k1", {"name": "Boliger"})


def test_a_place_found_in_another_text_is_no_place_here(project: Project) -> None:
    _replace(project)
    (waits,) = interchange.waiting(project.connection)
    with project.write() as act:
        act.record("anchor.place", {"id": waits.id, "version": "another", "start": 15, "end": 17})
    assert [each.target for each in interchange.waiting(project.connection)] == ["c2"]


def test_a_tie_goes_with_either_of_its_ends_and_comes_back_with_undo(project: Project) -> None:
    card = {"origin_kind": "coding", "origin": "c1", "target_kind": "coding", "target": "c2", "name": "motsier"}
    with project.write() as act:
        act.record("link.add", {"id": "l1", "card": act.card(card)})
    with project.write() as act:
        act.record("coding.remove", {"id": "c2"})
    assert interchange.links(project.connection) == []
    history.undo(project)
    assert [each.name for each in interchange.links(project.connection)] == ["motsier"]


def test_answers_follow_a_newer_text_that_brings_none(project: Project) -> None:
    source = corpus.sources(project.connection)[0]
    survey = {"title": "Kommunene", "questions": [{"key": "q1", "wording": "Hva mangler?"}]}
    with project.write() as act:
        act.record("survey.add", {"id": "u1", "card": act.card(survey)})
        answers = json.dumps([[6, 29, derived_id("u1", "question", "q1"), ""]])
        version = version_payload(act, OLD + "Mer.\n", (), number=2) | {"parent": source.version, "map": []}
        act.record(
            "text.replace",
            {"source": "s1", "version": version | {"answers": act.text(answers)}, "placed": [], "waiting": [],
             "card": act.card({})},
        )  # fmt: skip
    with project.write() as act:
        newer = version_payload(act, OLD + "Mer og mer.\n", (), number=3) | {"parent": version["id"], "map": []}
        act.record(
            "text.replace", {"source": "s1", "version": newer, "placed": [], "waiting": [], "card": act.card({})}
        )
    assert [(each.start, each.end) for each in interchange.answers(project.connection)] == [(6, 29)]


def test_a_source_that_another_copy_adds_too_stands_as_it_is(project: Project) -> None:
    _replace(project)
    version = _version(project)
    with project.write() as act:
        first = version_payload(act, OLD, (), number=1)
        card = {"name": "Samme intervju", "kind": "transcript", "original": "", "language": "nb"}
        act.record("source.add", {"id": "s1", "ordinal": 1, "card": act.card(card), "version": first})
    (source,) = corpus.sources(project.connection)
    assert (source.version, source.name) == (version, "Intervju")
