"""Themes: codes and excerpts put together, in order, with one undo each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.core.approaches import APPROACHES
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.errors import Refusal
from workbench.services import approaches, codebook, coding, history, themes
from workbench.services.codebook import find_theme, list_codes, list_themes
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Project

Code = Callable[[str], CodeEntry]


def _titles(project: Project) -> list[str]:
    return [theme.title for theme in list_themes(project)]


def _codes(project: Project, theme: ThemeEntry) -> set[str]:
    return set(find_theme(project, theme.id).codes)


def test_a_new_theme_stands_last_and_leaves_codes_where_they_were(project: Project, code: Code) -> None:
    made = themes.add_theme(project, "  Et  hjem ", codes=[code("Bolig").id])
    assert _titles(project) == ["Bolig", "Økonomi", "Et hjem"]
    assert made.codes == (code("Bolig").id,)
    assert _codes(project, find_theme(project, "Bolig")) == {code("Bolig").id}


@pytest.mark.parametrize("title", ["", "   ", "bolig"])
def test_a_title_that_is_empty_or_taken_is_refused(project: Project, title: str) -> None:
    with pytest.raises(Refusal):
        themes.add_theme(project, title)


def test_codes_are_moved_from_one_theme_to_another_in_one_gesture(project: Project, code: Code) -> None:
    bolig, okonomi = find_theme(project, "Bolig"), find_theme(project, "Økonomi")
    assert themes.place_codes(project, [code("Bolig").id], into=okonomi.id, out_of=bolig.id) == 1
    assert (_codes(project, bolig), _codes(project, okonomi)) == (set(), {code("Bolig").id, code("Økonomi").id})
    history.undo(project)
    assert (_codes(project, bolig), _codes(project, okonomi)) == ({code("Bolig").id}, {code("Økonomi").id})


def test_what_is_in_no_theme_is_known_with_what_lies_below(project: Project, code: Code) -> None:
    bolig = find_theme(project, "Bolig")
    assert themes.ungrouped(list_codes(project), list_themes(project)) == []
    themes.place_codes(project, [code("Bolig").id], out_of=bolig.id)
    names = [entry.name for entry in themes.ungrouped(list_codes(project), list_themes(project))]
    assert names == ["Bolig", "Midlertidig bolig"]


def test_excerpts_belong_to_a_theme_whatever_their_code(
    project: Project, code: Code, place: Callable[..., Any]
) -> None:
    made = coding.apply_code(project, *place("få boliger"), code("Bolig"))
    okonomi = themes.put_excerpts(project, find_theme(project, "Økonomi"), [made.id, made.id])
    assert okonomi.codings == (made.id,)
    assert themes.take_excerpts_out(project, okonomi, [made.id]).codings == ()
    history.undo(project)
    assert find_theme(project, okonomi.id).codings == (made.id,)


def test_a_coding_that_goes_leaves_its_theme_and_comes_back_to_it(
    project: Project, code: Code, place: Callable[..., Any]
) -> None:
    made = coding.apply_code(project, *place("få boliger"), code("Bolig"))
    theme = themes.put_excerpts(project, find_theme(project, "Økonomi"), [made.id])
    coding.remove_coding(project, made.id)
    assert find_theme(project, theme.id).codings == ()
    history.undo(project)
    assert find_theme(project, theme.id).codings == (made.id,)


def test_a_theme_moves_along_the_board_also_among_equals(project: Project) -> None:
    for title in ("C", "D"):
        themes.add_theme(project, title)
    with project.write() as act:
        for theme in list_themes(project):
            act.record("theme.set", {"id": theme.id, "card": act.card({"position": 0.0})})
    assert _titles(project) == ["Bolig", "C", "D", "Økonomi"]
    themes.move_theme(project, find_theme(project, "Økonomi"), -2)
    assert _titles(project) == ["Bolig", "Økonomi", "C", "D"]
    themes.move_theme(project, find_theme(project, "Bolig"), 1)
    assert _titles(project) == ["Økonomi", "Bolig", "C", "D"]
    themes.move_theme(project, find_theme(project, "Økonomi"), -1)
    themes.move_theme(project, find_theme(project, "D"), 9)
    assert _titles(project) == ["Økonomi", "Bolig", "C", "D"]


def test_a_theme_goes_without_its_codes_and_comes_back_whole(project: Project, code: Code) -> None:
    theme = themes.describe_theme(
        project, find_theme(project, "Bolig"), essence="Et hjem er mer enn tak.", status="final"
    )
    themes.remove_theme(project, theme)
    assert _titles(project) == ["Økonomi"]
    assert code("Bolig").status == "active"
    history.undo(project)
    assert find_theme(project, "Bolig") == theme


def test_a_code_group_is_made_with_its_codes_in_one_gesture(project: Project, code: Code) -> None:
    first, second = codebook.add_code(project, "ingen ringer tilbake"), codebook.add_code(project, "køen er lang")
    group = themes.group_codes(project, "Venting", [second.id, first.id])
    below = [entry.name for entry in list_codes(project) if entry.parent == group.id]
    assert below == ["køen er lang", "ingen ringer tilbake"]
    history.undo(project)
    assert all(entry.name != "Venting" for entry in list_codes(project))
    assert code("køen er lang").parent == ""


@pytest.mark.parametrize("key", list(APPROACHES))
def test_every_approach_can_be_chosen_and_has_its_words(project: Project, key: str) -> None:
    assert approaches.approach_of(project).key == "codebook"
    chosen = approaches.set_approach(project, key)
    assert approaches.approach_of(project) is chosen
    assert all(words() for words in (chosen.name, chosen.about, chosen.theme, chosen.themes))


def test_an_unknown_approach_is_refused(project: Project) -> None:
    with pytest.raises(Refusal, match="reflexive"):
        approaches.set_approach(project, "grounded")


def test_a_theme_s_excerpts_are_found_by_code_and_by_themselves(
    project: Project, code: Code, place: Callable[..., Any]
) -> None:
    below = coding.apply_code(project, *place("få boliger"), code("Midlertidig bolig"))
    other = coding.apply_code(project, *place("budsjett er tomt"), code("Økonomi"))
    theme = find_theme(project, "Bolig")
    assert [each.coding.id for each in find_excerpts(project, Filter(theme="Bolig"))] == [below.id]
    themes.put_excerpts(project, theme, [other.id])
    assert [each.coding.id for each in find_excerpts(project, Filter(theme=theme.id))] == [below.id, other.id]
