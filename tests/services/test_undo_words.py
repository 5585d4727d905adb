"""Why something cannot be undone, in words, whatever rests on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Refusal
from workbench.services import codebook, coding, history, projects, sorting
from workbench.services.codebook import find_code
from workbench.store.project import Project
from workbench.store.schema import REFERENCES


def test_everything_that_can_rest_on_something_has_a_name() -> None:
    users = {table for pointing in REFERENCES.values() for table, _column in pointing} | {"memo"}
    assert all(history.in_words([table]) for table in users)
    assert history.in_words(["theme_code", "theme_coding"]) == ["temaer"]


def test_a_sorting_somebody_else_has_chosen_in_is_not_undone(project: Project, place: Callable[..., Any]) -> None:
    made = coding.apply_code(project, *place("få boliger"), find_code(project, "Bolig"))
    begun = sorting.begin_split(project, find_code(project, "Bolig"), ["Leie"])
    other = projects.open_existing(Path(project.path), coder="Ola")
    sorting.choose(other, begun.id, made.id, "keep")
    other.close()
    with pytest.raises(Refusal, match="valg i sorteringer"):
        history.undo(project)
    assert [each.id for each in sorting.list_sortings(project)] == [begun.id]


def test_a_coding_is_spoken_of_with_the_code_it_had_just_then(project: Project, place: Callable[..., Any]) -> None:
    first, second, third = (codebook.add_code(project, name) for name in ("Leie", "Eie", "Låne"))
    made = coding.apply_code(project, *place("få boliger"), first)
    coding.recode(project, made.id, second)
    coding.recode(project, made.id, third)
    assert history.undo(project).summary == "Angret: kodet om fra «Eie» til «Låne»"
    assert history.undo(project).summary == "Angret: kodet om fra «Leie» til «Eie»"
    assert history.redo(project).summary == "Gjort om: kodet om fra «Leie» til «Eie»"
    history.undo(project)
    coding.recode(project, made.id, third)
    coding.remove_coding(project, made.id)
    told = [each.summary for each in history.history(project) if each.kind.startswith("coding.")]
    assert told[:2] == ["fjernet en koding med «Låne»", "kodet om fra «Leie» til «Låne»"]
