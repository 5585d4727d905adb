"""What the screens show, without any screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.entities import CodeEntry
from workbench.services import importing
from workbench.tui.presenting import readings, search
from workbench.tui.presenting.codes import CodeList, initials, tree_label
from workbench.tui.presenting.marks import lies_here
from workbench.tui.presenting.paths import typed_paths
from workbench.tui.presenting.places import Spot, Trail
from workbench.tui.transcript.document import Mark


def entry(uid: str, name: str, parent: str = "", status: str = "active", codings: int = 0) -> CodeEntry:
    return CodeEntry(
        id=uid, slug=uid, name=name, name_en="", parent=parent, colour="#0072b2", brief="", definition="", when="",
        when_not="", examples=(), status=status, position=0.0, codings=codings, codings_total=codings, cases=0,
    )  # fmt: skip


CODES = CodeList(
    [
        entry("bolig", "Bolig"),
        entry("kort", "Midlertidig bolig", parent="bolig"),
        entry("okonomi", "Økonomi"),
        entry("gammel", "Gammel kode", status="retired"),
    ]
)


def names(typed: str, **kwargs: object) -> list[str]:
    return [f"+{each.name}" if not each.code else each.name for each in CODES.choices(typed, {}, **kwargs)]  # type: ignore[arg-type]


def test_a_beginning_means_the_code_and_a_new_one_stands_last() -> None:
    assert names("bol") == ["Bolig", "Midlertidig bolig", "+bol"]


def test_a_whole_name_offers_no_second_code_of_that_name() -> None:
    assert names("økonomi") == ["Økonomi"]
    assert names("oekonomi")[0] == "Økonomi"


def test_a_mere_lookalike_does_not_come_before_the_new_code() -> None:
    assert names("boliger nord") == ["+boliger nord"]
    assert names("bolog")[0] == "+bolog"
    assert "Bolig" in names("bolog")


def test_codes_used_lately_stand_first_when_nothing_is_typed() -> None:
    assert names("", recent=["okonomi", "gammel"]) == ["Økonomi", "Bolig", "Midlertidig bolig"]


def test_a_retired_code_is_not_offered() -> None:
    assert names("gammel") == ["+gammel"]


def test_a_coding_counts_on_the_code_and_what_it_lies_under() -> None:
    codes = CodeList(CODES.entries.values())
    changed = codes.count("kort", 1)
    assert [(each.id, each.codings, each.codings_total) for each in changed] == [("kort", 1, 1), ("bolig", 0, 1)]
    assert codes.entries["okonomi"].codings_total == 0


def test_initials_come_from_telling_words() -> None:
    assert [initials(name) for name in ("Bolig", "rop", "Mangel på egnede boliger", "", "[!]")] == [
        "Bo",
        "Ro",
        "ME",
        "?",
        "?",
    ]


def test_a_code_line_has_nothing_that_acts_in_a_terminal() -> None:
    label = tree_label(entry("x", "\x1b]0;x\x07[red]\u202e"))
    assert "\x1b" not in label.plain and "\u202e" not in label.plain
    assert "[red]" in label.plain


def test_what_lies_at_a_place_names_other_coders_only() -> None:
    marks = [
        Mark(id="1", start=0, end=4, label="Bolig", coder="Kari"),
        Mark(id="2", start=0, end=2, label="ROP", coder="Ola"),
        Mark(id="3", start=0, end=2, label="husk", kind="note", coder="Kari"),
    ]
    assert lies_here(marks, "kari") == "koder her: ROP (Ola), Bolig · merknad: husk"
    assert lies_here([], "kari") == ""


# -- places


def test_the_way_back_and_forward_again() -> None:
    trail = Trail()
    trail.leave(Spot("a", 0))
    trail.leave(Spot("b", 5000))
    assert trail.back(Spot("c", 9000)) == Spot("b", 5000)
    assert trail.back(Spot("b", 5000)) == Spot("a", 0)
    assert trail.back(Spot("a", 0)) is None
    assert trail.forward(Spot("a", 0)) == Spot("b", 5000)
    assert trail.forward(Spot("b", 5000)) == Spot("c", 9000)
    assert trail.forward(Spot("c", 9000)) is None


def test_where_one_has_strayed_to_is_what_the_way_back_leads_to() -> None:
    trail = Trail()
    trail.leave(Spot("a", 0))
    trail.leave(Spot("b", 0))
    assert trail.back(Spot("c", 0)) == Spot("b", 0)
    assert trail.back(Spot("b", 3000)) == Spot("a", 0)
    assert trail.forward(Spot("a", 700)) == Spot("b", 3000)
    assert trail.back(Spot("b", 3000)) == Spot("a", 700)


def test_a_new_jump_forgets_what_lay_ahead() -> None:
    trail = Trail()
    trail.leave(Spot("a", 0))
    trail.back(Spot("b", 0))
    trail.leave(Spot("a", 9000))
    assert trail.back(Spot("d", 0)) == Spot("a", 9000)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12))
def test_as_many_steps_forward_as_back_lead_home(jumps: list[tuple[str, int]]) -> None:
    trail = Trail()
    for source, thousands in jumps:
        trail.leave(Spot(source, thousands * 1000))
    home = Spot("home", 0)
    here, steps = home, 0
    while (spot := trail.back(here)) is not None:
        here, steps = spot, steps + 1
    for _ in range(steps):
        step = trail.forward(here)
        assert step is not None
        here = step
    assert here == home


# -- search


def test_the_neighbour_goes_round() -> None:
    spans = [(5, 8), (20, 22)]
    assert [search.neighbour(spans, at, 1) for at in (0, 5, 20, 30)] == [0, 1, 0, 0]
    assert [search.neighbour(spans, at, -1) for at in (0, 5, 6, 30)] == [1, 1, 0, 1]
    assert search.neighbour([], 3, 1) is None


# -- paths


def test_paths_as_they_are_typed_pasted_and_dragged(tmp_path: Path) -> None:
    one, two = tmp_path / "med blank.txt", tmp_path / "b.txt"
    one.touch()
    two.touch()
    assert typed_paths(str(one)) == [one]
    assert typed_paths(f"'{one}'") == [one]
    assert typed_paths(f"{one};{two}") == [one, two]
    assert typed_paths(f"{one}\n{two}\n") == [one, two]
    assert typed_paths(f"'{one}' '{two}'") == [one, two]
    assert typed_paths(str(one).replace(" ", "\\ ") + f" {two}") == [one, two]
    assert typed_paths("  ") == []
    assert typed_paths("finnes ikke.txt") == [Path("finnes ikke.txt")]


def test_a_file_read_again_keeps_what_was_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_text("Kari: Hva da?\n\nOla: Ingenting.\n\nKari: Nei.\n", encoding="utf-8")
    draft = readings.draft_of(importing.read_file(path))
    assert draft.reading is not None
    draft.facts = replace(draft.facts, kind="minutes", wave="2")
    readings.reread(draft, draft.reading)
    assert (draft.facts.kind, draft.facts.wave, draft.undated) == ("minutes", "2", False)
    readings.reread(draft, importing.read_again(draft.reading, kind="report"))
    assert (draft.facts.kind, draft.pending, draft.undated, draft.ready) == ("report", True, True, False)
    draft.facts = replace(draft.facts, date="ukjent")
    assert draft.ready
