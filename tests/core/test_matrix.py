"""Cross-tables: a source in two cases counts once in each, and once in the total."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.matrix import STEPS, Measure, Unit, crosstab, heat, heat_ranges

_units = st.lists(
    st.builds(
        Unit,
        rows=st.lists(st.sampled_from(["r1", "r2"]), min_size=1, max_size=2, unique=True).map(tuple),
        columns=st.lists(st.sampled_from(["c1", "c2"]), max_size=2, unique=True).map(tuple),
        thing=st.sampled_from(["", "s1", "s2"]),
        number=st.just(1),
    ),
    max_size=12,
)
_measures: tuple[Measure, ...] = ("segments", "sources", "informants")


def _unit(rows: str, columns: str, thing: str = "s") -> Unit:
    return Unit(rows=tuple(rows.split()), columns=tuple(columns.split()), thing=thing)


def test_zeros_are_kept_and_the_order_is_as_asked() -> None:
    table = crosstab([_unit("r2", "c1")], ["r1", "r2"], ["c2", "c1"], "segments")
    assert (table.rows, table.columns) == (("r1", "r2"), ("c2", "c1"))
    assert table.cells == ((0, 0), (0, 1))


def test_a_segment_of_two_cases_stands_in_both_and_once_in_the_total() -> None:
    for measure in _measures:
        table = crosstab([_unit("r1 r2", "c1")], ["r1", "r2"], ["c1"], measure)
        assert (table.cells, table.totals) == (((1,), (1,)), (1,))


def test_a_unit_may_stand_for_many_segments() -> None:
    units = [Unit(rows=("r",), columns=("c",), thing="", number=3), Unit(rows=("r",), columns=(), thing="", number=1)]
    assert crosstab(units, ["r"], ["c"], "segments").cells == ((3,),)
    assert crosstab(units, ["r"], ["c"], "share").cells == ((0.75,),)


def test_things_are_counted_once_and_unknown_ones_not_at_all() -> None:
    units = [_unit("r", "c", "i1"), _unit("r", "c", "i1"), _unit("r", "c", "i2"), _unit("r", "c", "")]
    assert crosstab(units, ["r"], ["c"], "informants").cells == ((2,),)
    assert crosstab(units, ["r"], ["c"], "segments").cells == ((4,),)


def test_share_is_of_all_the_rows_segments() -> None:
    units = [_unit("r", "c1"), _unit("r", "c1"), _unit("r", "c2")]
    assert crosstab(units, ["r", "tom"], ["c1", "c2"], "share").cells == ((0.6667, 0.3333), (0.0, 0.0))


@given(_units)
def test_no_cell_is_more_than_its_total_and_shares_are_shares(units: list[Unit]) -> None:
    rows, columns = ["r1", "r2"], ["c1", "c2"]
    for measure in _measures:
        table = crosstab(units, rows, columns, measure)
        for n, total in enumerate(table.totals):
            cells = [row[n] for row in table.cells]
            assert max(cells) <= total <= sum(cells)
    assert all(0 <= cell <= 1 for row in crosstab(units, rows, columns, "share").cells for cell in row)


@given(_units)
def test_segments_are_counted_one_by_one(units: list[Unit]) -> None:
    table = crosstab(units, ["r1"], ["c1"], "segments")
    assert table.cells[0][0] == sum("r1" in unit.rows and "c1" in unit.columns for unit in units)


def test_row_totals_count_what_is_in_no_column_too() -> None:
    units = [_unit("r1 r2", "c1", "s1"), _unit("r1", "", "s2"), _unit("r2", "c1 c2", "s1")]
    table = crosstab(units, ["r1", "r2"], ["c1", "c2"], "segments")
    assert (table.row_totals, table.totals, table.total) == ((2, 2), (2, 1), 3)
    things = crosstab(units, ["r1", "r2"], ["c1", "c2"], "sources")
    assert (things.row_totals, things.totals, things.total) == ((2, 1), (1, 1), 2)
    shares = crosstab(units, ["r1", "r2", "tom"], ["c1", "c2"], "share")
    assert (shares.row_totals, shares.totals, shares.total) == ((1, 1, 0), (0.6667, 0.3333), 1)


@given(st.integers(1, 400), st.integers(1, 400))
def test_heat_grows_with_the_number_and_the_highest_is_darkest(value: int, most: int) -> None:
    most = max(value, most)
    assert 1 <= heat(value, most) <= heat(most, most) == STEPS
    assert heat(value, most) <= heat(min(value + 1, most), most)
    assert heat(0, most) == 0


@given(st.integers(0, 300))
def test_every_number_lies_in_the_range_of_its_step_and_in_no_other(most: int) -> None:
    ranges = heat_ranges(most)
    for value in range(1, most + 1):
        assert [step for step, low, high in ranges if low <= value <= high] == [heat(value, most)]
