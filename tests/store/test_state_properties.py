"""Whatever a researcher does: the file is sound, undo leads back, redo leads forth, and the journal makes the state again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import Refusal
from workbench.services import history
from workbench.store.project import Project, open_project
from workbench.store.replaying import rebuild

Picture = Callable[[Project], dict[str, list[tuple[Any, ...]]]]

_NOT_UNDO = (
    "code", "code", "code", "new code", "add code", "rename", "move", "merge", "retire", "restore", "remove code",
    "theme", "remove", "rebound", "recode", "star", "note", "edit note", "remove note", "memo", "remove memo", "typo",
    "insert", "mask", "split", "unite", "relabel", "status", "describe", "delete source", "accept", "reject",
)  # fmt: skip
_numbers = st.integers(0, 2000)
_acts = st.lists(st.tuples(st.sampled_from(_NOT_UNDO), _numbers, _numbers), min_size=1, max_size=18)
_acts_of_two = st.lists(
    st.tuples(st.booleans(), st.sampled_from((*_NOT_UNDO, "undo", "undo", "undo", "redo")), _numbers, _numbers),
    min_size=1,
    max_size=22,
)
_few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def test_every_act_of_the_harness_can_be_done(
    copied: Callable[..., Project], act: Callable[..., bool], act_names: list[str]
) -> None:
    """Else the properties below would hold by doing nothing."""
    done = set()
    for name in act_names:
        project = copied()
        for warm_up in ("code", "note", "memo", "retire", "code"):
            act(project, warm_up, 2, 37)
        if name == "redo":
            act(project, "undo", 0, 0)
        if any(act(project, name, first, second) for first in range(4) for second in (40, 63, 120)):
            done.add(name)
    assert done == set(act_names)


@_few
@given(acts=_acts)
def test_undo_leads_exactly_back_and_redo_exactly_forth(
    acts: list[tuple[str, int, int]], copied: Callable[..., Project], act: Callable[..., bool],
    picture: Picture, clean: Callable[[Project], None],
) -> None:  # fmt: skip
    project = copied()
    start = picture(project)
    for name, first, second in acts:
        act(project, name, first, second)
        clean(project)
    end = picture(project)
    undone = _until_refused(project, history.undo)
    assert picture(project) == start
    clean(project)
    assert _until_refused(project, history.redo) == undone
    assert picture(project) == end
    clean(project)


@_few
@given(acts=_acts_of_two)
def test_two_coders_undoing_and_redoing_leave_a_sound_file_that_replays(
    acts: list[tuple[bool, str, int, int]], copied: Callable[..., Project], act: Callable[..., bool],
    picture: Picture, clean: Callable[[Project], None],
) -> None:  # fmt: skip
    mine = copied()
    theirs = copied(coder="Ole", again=True)
    for my_turn, name, first, second in acts:
        act(mine if my_turn else theirs, name, first, second)
        clean(mine)
    assert picture(mine) == picture(theirs)
    before, gestures = picture(mine), _gestures(mine)
    with mine.derive() as connection:
        rebuild(connection)
    assert picture(mine) == before
    assert _gestures(mine) == gestures
    clean(mine)


@_few
@given(acts=_acts)
def test_undo_reaches_across_restarts(
    acts: list[tuple[str, int, int]], copied: Callable[..., Project], act: Callable[..., bool], picture: Picture
) -> None:
    project = copied()
    start = picture(project)
    for name, first, second in acts:
        act(project, name, first, second)
    path = project.path
    while True:
        project.close()
        project = open_project(path, coder="Kari")
        try:
            history.undo(project)
        except Refusal:
            break
    assert picture(project) == start
    project.close()


def test_replaying_keeps_texts_tombstones_and_suggestions(project: Project, act: Callable[..., bool]) -> None:
    for name in ("typo", "suggest", "code"):
        assert act(project, name, 0, 41)
    kept = {
        table: project.connection.execute(f"SELECT * FROM {table}").fetchall()
        for table in ("text_blob", "original", "destroyed", "suggestion", "text_version", "turn", "change", "payload")
    }
    with project.derive() as connection:
        rebuild(connection)
    for table, rows in kept.items():
        assert project.connection.execute(f"SELECT * FROM {table}").fetchall() == rows, table


def test_replaying_is_all_or_nothing(project: Project, picture: Picture, act: Callable[..., bool]) -> None:
    act(project, "code", 0, 41)
    before = picture(project)
    project.connection.execute("UPDATE change SET version = 99 WHERE kind = 'coding.add'")
    with pytest.raises(Refusal, match="nyere Kodebenk"), project.derive() as connection:
        rebuild(connection)
    assert picture(project) == before


def _until_refused(project: Project, verb: Callable[[Project], Any]) -> int:
    done = 0
    while True:
        try:
            verb(project)
        except Refusal as refusal:
            assert "ingenting" in str(refusal), refusal
            return done
        done += 1


def _gestures(project: Project) -> list[tuple[Any, ...]]:
    return project.connection.execute("SELECT * FROM gesture ORDER BY id").fetchall()
