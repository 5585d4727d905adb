"""Edits of the code tree give a new tree and never one with a circle or an orphan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook, Signal, Terms
from codebooks.tree import (
    add,
    colour_of,
    in_tree_order,
    merge,
    move,
    path,
    recolour,
    rename,
    restore,
    retire,
    walk,
)


def code(slug: str, parent: str | None = None, **more: object) -> Code:
    return replace(Code(slug=slug, name=slug.upper(), parent=parent), **more)  # type: ignore[arg-type]


BOOK = Codebook(
    name="prøve",
    codes=(code("a", colour="#0072b2"), code("a1", "a"), code("a11", "a1"), code("a2", "a"), code("b")),
)


def slugs(codebook: Codebook) -> list[str]:
    return [code.slug for code in codebook]


def test_a_walk_tells_depth_and_goes_depth_first() -> None:
    tangled = replace(BOOK, codes=tuple(reversed(BOOK.codes)))
    walked = [(depth, found.slug) for depth, found in walk(tangled)]
    assert walked == [(0, "b"), (0, "a"), (1, "a2"), (1, "a1"), (2, "a11")]
    assert slugs(in_tree_order(BOOK)) == slugs(BOOK)


def test_a_walk_refuses_orphans_and_circles() -> None:
    with pytest.raises(CodebookError, match="«x» ligger under «borte»"):
        list(walk(Codebook(name="p", codes=(code("x", "borte"),))))
    ring = (code("fri"), code("x", "y"), code("y", "x"))
    with pytest.raises(CodebookError, match="Kodene x, y ligger i ring"):
        list(walk(Codebook(name="p", codes=ring)))


def test_path_and_inherited_colour() -> None:
    assert [found.slug for found in path(BOOK, "a11")] == ["a", "a1", "a11"]
    assert colour_of(BOOK, "a11") == "#0072b2"
    assert colour_of(BOOK, "b") == ""
    assert colour_of(recolour(BOOK, "a1", "#d55e00"), "a11") == "#d55e00"


def test_a_new_code_stands_last_among_its_siblings() -> None:
    assert slugs(add(BOOK, code("a3", "a"))) == ["a", "a1", "a11", "a2", "a3", "b"]
    assert slugs(add(BOOK, code("c"))) == ["a", "a1", "a11", "a2", "b", "c"]
    assert slugs(add(BOOK, code("a3", "a"), before="a1")) == ["a", "a3", "a1", "a11", "a2", "b"]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (code("a"), "finnes fra før"),
        (code("Økonomi"), "Bruk små bokstaver a–z, tall og bindestrek: okonomi"),
        (code("c", name=" "), "må ha et navn"),
        (code("c", colour="blå"), "ikke en farge"),
        (code("c", "a12"), r"«a12» finnes ikke\. Nærmest er: a1"),
    ],
)
def test_a_bad_new_code_is_refused(new: Code, reason: str) -> None:
    with pytest.raises(CodebookError, match=reason):
        add(BOOK, new)


def test_a_new_code_cannot_stand_before_somebody_elses_child() -> None:
    with pytest.raises(CodebookError, match="ligger ikke samme sted"):
        add(BOOK, code("c"), before="a1")


def test_children_follow_a_new_slug() -> None:
    renamed = rename(BOOK, "a", new_slug="alfa", name="Alfa")
    assert slugs(renamed) == ["alfa", "a1", "a11", "a2", "b"]
    assert [found.slug for found in renamed.children("alfa")] == ["a1", "a2"]
    assert renamed.codes[0].name == "Alfa"
    assert rename(BOOK, "b", name_en="Bee").codes[-1] == code("b", name_en="Bee")
    assert rename(BOOK, "b", new_slug="b") == BOOK


@pytest.mark.parametrize(
    ("slug", "change", "reason"),
    [
        ("a", {"new_slug": "b"}, "finnes fra før"),
        ("a", {"new_slug": "A a"}, "a-a"),
        ("a", {"name": ""}, "må ha et navn"),
        ("borte", {"name": "x"}, "finnes ikke"),
    ],
)
def test_a_bad_new_name_is_refused(slug: str, change: dict[str, str], reason: str) -> None:
    with pytest.raises(CodebookError, match=reason):
        rename(BOOK, slug, **change)


def test_a_code_moves_with_all_below_it() -> None:
    assert slugs(move(BOOK, "a1", parent="b")) == ["a", "a2", "b", "a1", "a11"]
    assert slugs(move(BOOK, "a1", parent=None)) == ["a", "a2", "b", "a1", "a11"]
    assert slugs(move(BOOK, "b", parent=None, before="a")) == ["b", "a", "a1", "a11", "a2"]
    assert slugs(move(BOOK, "a2", parent="a", before="a1")) == ["a", "a2", "a1", "a11", "b"]


@pytest.mark.parametrize("parent", ["a", "a1", "a11"])
def test_a_move_that_closes_a_circle_is_refused(parent: str) -> None:
    with pytest.raises(CodebookError, match="ligger under den selv"):
        move(BOOK, "a", parent=parent)


def test_a_code_cannot_stand_before_itself() -> None:
    with pytest.raises(CodebookError, match="foran seg selv"):
        move(BOOK, "a1", parent="a", before="a1")


def test_an_edit_never_guesses_which_code() -> None:
    with pytest.raises(CodebookError, match=r"Nærmest er: a1\."):
        retire(BOOK, "A1")


def test_merging_hands_over_children_examples_and_signals() -> None:
    signal = Signal(name="tak", any=Terms(words=("tak",)))
    other = replace(signal, any=Terms(words=("hus",)))
    book = Codebook(
        name="p",
        codes=(
            code("a", definition="A er", examples=("en",), signals=(signal,)),
            code("b", definition="B er", brief="kort", examples=("to", "en"), signals=(signal, other)),
            code("b1", "b"),
        ),
    )
    merged = merge(book, "b", into="a")
    assert slugs(merged) == ["a", "b1"]
    receiver = merged.codes[0]
    assert (receiver.definition, receiver.brief, receiver.name) == ("A er", "kort", "A")
    assert receiver.examples == ("en", "to")
    assert [(found.name, found.any.words) for found in receiver.signals] == [
        ("tak", ("tak",)),
        ("tak (2)", ("hus",)),
    ]
    assert merged.codes[1].parent == "a"


def test_a_child_may_be_merged_into_its_parent() -> None:
    merged = merge(BOOK, "a1", into="a")
    assert slugs(merged) == ["a", "a11", "a2", "b"]
    assert merged.codes[1].parent == "a"


@pytest.mark.parametrize(("into", "reason"), [("a", "seg selv"), ("a11", "Flytt den ut først"), ("c", "finnes ikke")])
def test_a_merge_into_itself_or_below_is_refused(into: str, reason: str) -> None:
    with pytest.raises(CodebookError, match=reason):
        merge(BOOK, "a", into=into)


def test_colours_are_set_and_taken_off() -> None:
    assert recolour(BOOK, "b", "#d55e00").codes[-1].colour == "#d55e00"
    assert recolour(BOOK, "a", "").codes[0].colour == ""
    with pytest.raises(CodebookError, match="ikke en farge"):
        recolour(BOOK, "b", "rød")


def test_retiring_can_be_taken_back_and_leaves_the_children() -> None:
    retired = retire(BOOK, "a")
    assert [found.status for found in retired] == ["retired", "active", "active", "active", "active"]
    assert restore(retired, "a") == BOOK


@given(st.lists(st.tuples(st.sampled_from("aemM"), st.integers(0, 9), st.integers(0, 9)), max_size=25))
@settings(max_examples=60)
def test_no_run_of_edits_breaks_the_tree(steps: list[tuple[str, int, int]]) -> None:
    book = BOOK
    for number, (act, first, second) in enumerate(steps):
        one, two = book.codes[first % len(book.codes)].slug, book.codes[second % len(book.codes)].slug
        try:
            if act == "a":
                book = add(book, code(f"n{number}", one))
            elif act == "e":
                book = rename(book, one, new_slug=f"r{number}")
            elif act == "m":
                book = move(book, one, parent=None if one == two else two)
            else:
                book = merge(book, one, into=two)
        except CodebookError as error:
            assert "under" in str(error) or "seg selv" in str(error)
        assert in_tree_order(book) == book
        assert len(set(slugs(book))) == len(book.codes)
