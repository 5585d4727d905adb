"""How excerpts are set, ordered and attributed, and who could be recognised."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exports.models import Column as TableColumn
from exports.models import Excerpt, Matrix, Table
from exports.quotations import (
    LONGEST_INLINE,
    attribution,
    by_case,
    by_code,
    lines,
    setting,
    unite,
)

Make = Callable[..., Excerpt]


def test_length_lines_and_guillemets_decide_how_a_quotation_is_set(excerpt: Make) -> None:
    assert setting(excerpt(text="ord " * LONGEST_INLINE)) == "inline"
    assert setting(excerpt(text="ord " * (LONGEST_INLINE + 1))) == "block"
    assert setting(excerpt(text="A: ja\nB: nei")) == "block"
    assert setting(excerpt(text="et ord i »gåseøyne«")) == "block"
    assert setting(excerpt(text="ja\n")) == "inline"
    assert setting(excerpt(text="ja", verbatim=False)) == "report"


def test_lines_are_never_empty_and_keep_their_letters() -> None:
    assert lines(" a\tb \n\n \t\nc\u2028d\r\n") == ("a b", "c", "d")
    assert lines("\n \n") == ()


def test_the_attribution_leaves_out_what_is_unknown(excerpt: Make) -> None:
    assert attribution(excerpt(role=""), ("case", "role", "informant")) == "(Fjellvik, I03)"
    assert attribution(excerpt(cases=("Ås", "Fjellvik")), ("case",)) == "(Fjellvik/Ås)"
    assert attribution(excerpt(cases=()), ("case",)) == ""


def test_groups_come_in_norwegian_order_with_none_last(excerpt: Make) -> None:
    cases: list[tuple[str, ...]] = [(), ("Ås",), ("Øya",), ("Ærfugl",), ("Berg",), ("Ås", "Berg"), ("Berg", "Ås")]
    groups = by_case(excerpt(id=str(n), quote_id=f"I-{n}", source=str(n), cases=c) for n, c in enumerate(cases))
    assert [group.title for group in groups] == ["Berg", "Berg og Ås", "Ærfugl", "Øya", "Ås", "Uten case"]
    assert len(groups[1].passages) == 2


def test_selected_quotations_come_first_then_by_informant_and_place_and_minutes_last(excerpt: Make) -> None:
    given = [
        excerpt(id="1", quote_id="R-1", source="m", verbatim=False, star=True),
        excerpt(id="2", quote_id="I10-1", source="b", informant="I10"),
        excerpt(id="3", quote_id="I2-2", source="a", informant="I2", start=200),
        excerpt(id="4", quote_id="I2-1", source="a", informant="I2", start=3),
        excerpt(id="5", quote_id="I11-1", source="c", informant="I11", star=True),
    ]
    order = [passage.quote_ids[0] for passage in unite(given)]
    assert order == ["I11-1", "I2-1", "I2-2", "I10-1", "R-1"]
    assert [passage.quote_ids[0] for passage in unite(reversed(given))] == order


@pytest.mark.parametrize("kind", ["minutes", "notes"])
def test_minutes_and_notes_are_no_quotation_even_when_they_are_marked_verbatim(excerpt: Make, kind: str) -> None:
    assert setting(excerpt(source_kind=kind, verbatim=True)) == "report"


def test_what_is_printed_decides_how_a_shortened_quotation_is_set(excerpt: Make) -> None:
    long = "ord " * (LONGEST_INLINE + 1)
    assert setting(excerpt(text=long, shown="ord [...] ord")) == "inline"


def test_groups_by_code_keep_the_order_of_the_codes(excerpt: Make) -> None:
    given = [excerpt(id="1", code_path=("Bolig", "Marked")), excerpt(id="2", code_path=("Bolig",)), excerpt(id="3")]
    assert [group.title for group in by_code(given)] == ["Marked", "Bolig", "Tilgang"]


def test_a_masked_publication_is_called_what_it_is(excerpt: Make) -> None:
    published = {"informant": "", "cases": ("Case A",), "source_kind": "report"}
    assert attribution(excerpt(source_name="", **published), ("case",)) == "(Case A, rapport)"


def test_models_refuse_what_cannot_be(excerpt: Make) -> None:
    with pytest.raises(ValueError, match="out of order"):
        excerpt(start=5, end=5)
    with pytest.raises(ValueError, match="time zone"):
        excerpt(created=excerpt().created.replace(tzinfo=None))
    with pytest.raises(ValueError, match="rows and columns"):
        Matrix(rows=("A",), columns=("X",), cells=((1, 2),))
    with pytest.raises(ValueError, match="columns"):
        Table(name="T", columns=(TableColumn(key="a", title="A"),), rows=(("x", "y"),))
