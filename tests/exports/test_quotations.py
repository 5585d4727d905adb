"""How excerpts are set, ordered and attributed, and who could be recognised."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exports.models import Column as TableColumn
from exports.models import Excerpt, Informant, Matrix, Table
from exports.quotations import (
    LONGEST_INLINE,
    attribution,
    by_case,
    informants_of,
    lines,
    setting,
    single_holder_roles,
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


def test_a_role_that_one_informant_has_in_a_case_is_warned_of() -> None:
    informants = [
        Informant(number="I01", role="leder", cases=("Ås", "Berg")),
        Informant(number="I02", role="leder", cases=("Ås",)),
        Informant(number="I03", role="erfaringskonsulent", cases=("Ås",)),
        Informant(number="I04", role="", cases=("Ås",)),
    ]
    assert single_holder_roles(informants) == [
        "Rollen «leder» har bare 1 informant i Berg (I01). Leseren kan kjenne igjen personen når rollen nevnes.",
        "Rollen «erfaringskonsulent» har bare 1 informant i Ås (I03). "
        "Leseren kan kjenne igjen personen når rollen nevnes.",
    ]
    assert len(single_holder_roles(informants, at_most=2)) == 3
    assert single_holder_roles([]) == []


def test_the_same_informant_in_two_sources_is_one_holder(excerpt: Make) -> None:
    same = [excerpt(id="1", source="a"), excerpt(id="2", source="b"), excerpt(id="3", informant="")]
    assert len(informants_of(same)) == 1
    assert len(single_holder_roles(informants_of(same))) == 1
    assert single_holder_roles(informants_of([*same, excerpt(id="4", informant="I09")])) == []


def test_models_refuse_what_cannot_be(excerpt: Make) -> None:
    with pytest.raises(ValueError, match="out of order"):
        excerpt(start=5, end=5)
    with pytest.raises(ValueError, match="time zone"):
        excerpt(created=excerpt().created.replace(tzinfo=None))
    with pytest.raises(ValueError, match="rows and columns"):
        Matrix(rows=("A",), columns=("X",), cells=((1, 2),))
    with pytest.raises(ValueError, match="columns"):
        Table(name="T", columns=(TableColumn(key="a", title="A"),), rows=(("x", "y"),))
