"""Layers: whose codings are on show, and two coders' told apart without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.entities import Coding
from workbench.services import codebook, coding, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.layers import LOOKS, Layers, layered_marks, stretches, threads, told_apart
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.transcript.document import DocumentModel, Mark
from workbench.tui.transcript.weave import Weave
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (140, 40)
PAIR = Layers(("Kari", "Ola"))


def coded(uid: str, start: int, end: int, code: str, coder: str) -> Coding:
    return Coding(
        id=uid, source="s", source_name="", start=start, end=end, text="", code=code, slug=code, code_name=code,
        coder=coder, origin="manual", suggestion="", star=False, assessment="", first_coder="", quote="", created="",
    )  # fmt: skip


CODINGS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("xyz"), st.sampled_from(["Kari", "Ola", "Per"])),
    max_size=12,
).map(lambda each: [coded(f"c{n}", s, s + d, code, who) for n, (s, d, code, who) in enumerate(each)])


def covering(codings: list[Coding], place: int, coder: str) -> set[str]:
    return {each.code for each in codings if each.coder == coder and each.start <= place < each.end}


@settings(max_examples=80, deadline=None)
@given(CODINGS)
def test_every_character_is_told_as_the_two_have_coded_it(codings: list[Coding]) -> None:
    found = list(stretches(PAIR, codings))
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    told = {place: how for start, end, how in found for place in range(start, end)}
    for place in range(45):
        first, second = covering(codings, place, "Kari"), covering(codings, place, "Ola")
        expected = (
            None if not first | second
            else "both" if first == second
            else "apart" if first - second and second - first
            else "first" if first - second
            else "second"
        )  # fmt: skip
        assert told.get(place) == expected, place


@settings(max_examples=60, deadline=None)
@given(CODINGS, st.integers(0, 30), st.integers(1, 12))
def test_patching_a_part_gives_the_same_as_weaving_it_all(codings: list[Coding], start: int, length: int) -> None:
    end = start + length
    *earlier, last = [*codings, coded("new", start, end, "x", "Kari")]
    near = [each for each in [*earlier, last] if each.start < end and each.end > start]
    patched = Weave(threads(PAIR, earlier)).patched(start, end, threads(PAIR, near, (start, end)))
    whole = Weave(threads(PAIR, [*earlier, last]))

    def by_place(weave: Weave) -> Counter[tuple[int, str]]:
        return Counter(
            (place, str(thread.style)) for thread in weave.threads for place in range(thread.start, thread.end)
        )

    assert by_place(patched) == by_place(whole)


def test_the_two_stand_on_a_side_each_with_a_sign() -> None:
    codings = [
        coded("a", 0, 10, "bolig", "Kari"),
        coded("b", 0, 10, "bolig", "Ola"),
        coded("c", 5, 15, "økonomi", "Kari"),
        coded("d", 12, 20, "økonomi", "Ola"),
        coded("e", 0, 4, "rop", "Kari"),
        coded("f", 0, 4, "tvang", "Ola"),
        coded("g", 0, 4, "rop", "Per"),
    ]
    marks = {mark.id: mark for mark in layered_marks(PAIR, CodeList(), codings)}
    assert {uid: (mark.initials[0], mark.side) for uid, mark in marks.items()} == {
        "a": ("=", 1), "b": ("=", 2), "c": ("≈", 1), "d": ("≈", 2), "e": ("‹", 1), "f": ("›", 2),
    }  # fmt: skip
    assert (
        told_apart(PAIR, codings[:1] + codings[1:2] + codings[4:6])
        == "bolig (begge), rop (bare Kari), tvang (bare Ola)"
    )
    # Told apart without colours: no two looks are alike, and none of them is a colour.
    assert len({str(look) for look in LOOKS.values()}) == len(LOOKS)
    assert not any(look.color or look.bgcolor for look in LOOKS.values())


def test_sides_never_share_a_column_of_the_margin() -> None:
    marks = [Mark(id=f"{side}{n}", start=0, end=10, side=1 if side == "l" else 2) for side in "lr" for n in range(4)]
    model = DocumentModel("x" * 20, (), marks)
    left = [model.lane(mark.id) for mark in marks if mark.side == 1]
    right = [model.lane(mark.id) for mark in marks if mark.side == 2]
    assert len(set(left + right)) == 8
    assert sorted(left)[:3] == [0, 1, 2] and sorted(left)[3] >= 1000
    assert min(right) == 3
    model.add(Mark(id="new", start=12, end=14, side=1))
    assert model.lane("new") == 0
    model.update(replace(marks[4], side=1, start=15, end=16))
    assert model.lane(marks[4].id) == 0
    model.replace_marks(replace(mark, side=0) for mark in marks)
    assert sorted(model.lane(mark.id) for mark in marks) == list(range(8))


@pytest.fixture
def two_coders(project_path: Path) -> Path:
    for coder, words, slug in (
        ("Kari", "lange køer", "bolig"),
        ("Ola", "lange køer", "bolig"),
        ("Ola", "hospits", "okonomi"),
    ):
        project = projects.open_existing(project_path, coder=coder)
        source = sources.list_sources(project)[0]
        start = sources.show_source(project, source).text.index(words)
        coding.apply_code(project, source, start, start + len(words), codebook.find_code(project, slug))
        project.close()
    return project_path


def screen_of(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def lines(screen: CodingScreen) -> str:
    return "\n".join(screen.view.render_line(y).text for y in range(screen.view.size.height))


@pytest.mark.parametrize("readonly", [False, True])
async def test_one_key_shows_mine_another_theirs(two_coders: Path, make_app: MakeApp, readonly: bool) -> None:
    app = make_app(readonly=readonly)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        assert len(screen.view.document.marks) == 3
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert [mark.coder for mark in screen.view.document.marks] == ["Kari"]
        assert "viser bare mine" in screen.query_one(StatusLine).shown
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        assert {mark.coder for mark in screen.view.document.marks} == {"Ola"}
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert len(screen.view.document.marks) == 3
        assert "viser bare" not in screen.query_one(StatusLine).shown


async def test_two_against_each_other_are_told_in_margin_text_and_status(two_coders: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("4")
        await pilot.pause()
        screen.view.move_to(screen.view.document.text.index("lange køer"))
        screen.caret_moved()
        assert "‹ Kari mot Ola ›" in screen.query_one(StatusLine).shown
        assert "Bolig (begge)" in screen.query_one(StatusLine).shown
        shown = lines(screen)
        assert "=Bo" in shown and "›Øk" in shown
        styles = {
            segment.text: segment.style
            for y in range(screen.view.size.height)
            for segment in screen.view.render_line(y)
            if segment.style
        }
        both, theirs = styles["ange køer"], styles["hospits"]
        assert both.underline2 and not both.underline
        assert theirs.underline and theirs.italic and not theirs.underline2


async def test_what_i_code_meanwhile_is_compared_at_once(two_coders: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("4")
        await pilot.pause()
        start = screen.view.document.text.index("hospits")
        screen.view.select(start, start + len("hospits"))
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"øk", "enter")
        await pilot.pause()
        signs = {(mark.coder, mark.label): (mark.initials[0], mark.side) for mark in screen.view.document.marks}
        assert signs["Kari", "Økonomi"] == ("=", 1) and signs["Ola", "Økonomi"] == ("=", 2)
        whole = layered_marks(screen.on_show, screen.codes, screen.codings.values())
        assert {mark.id: mark for mark in screen.view.document.marks} == {mark.id: mark for mark in whole}
        await pilot.press("u")
        await pilot.pause()
        signs = {(mark.coder, mark.label): mark.initials[0] for mark in screen.view.document.marks}
        assert signs["Ola", "Økonomi"] == "›"


async def test_coding_while_only_anothers_are_shown_says_that_it_is_hidden(two_coders: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await pilot.press("H")
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        start = screen.view.document.text.index("penger")
        screen.view.select(start, start + 6)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"bo", "enter")
        await pilot.pause()
        assert "vises ikke" in screen.message
        assert {mark.coder for mark in screen.view.document.marks} == {"Ola"}
        assert len(screen.codings) == 4
