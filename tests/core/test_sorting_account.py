"""What becomes of each coding of a queue, and the account over it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.entities import Choice, Sorting, SortingChoice
from workbench.core.sorting import FATES, Held, Outcome, Tally, progress, settle, tally

PARENT, ME, OTHER = "bolig", "ola", "kari"


def queue(*codings: str, kind: str = "split") -> Sorting:
    return Sorting(
        id="s", kind=kind, code=PARENT, targets=("leie", "eie"), codings=codings, coder="Ola", created="", finished=""
    )


def held(uid: str, code: str = PARENT, coder: str = OTHER, place: int = 0, length: int = 5) -> Held:
    return Held(id=uid, place=("kilde", place * 10, place * 10 + length), code=code, coder=coder)


def to(*codes: str, choice: Choice = "sort", coding: str = "") -> SortingChoice:
    return SortingChoice(coding=coding, choice=choice, codes=codes, note="", coder="Ola")


def done(sorting: Sorting, choices: dict[str, SortingChoice], there: list[Held]) -> tuple[list[Outcome], Tally]:
    outcomes = settle(sorting, choices, there, coder=ME)
    return outcomes, tally(sorting, outcomes, there, code=PARENT)


def test_each_choice_has_its_fate() -> None:
    sorting = queue("a", "b", "c", "d", "e", "f", kind="definition")
    there = [held(uid, place=n) for n, uid in enumerate("abcde")]
    choices = {
        "a": to("leie"), "b": to(choice="keep"), "c": to(choice="skip"), "d": to(choice="remove"), "f": to("eie")
    }  # fmt: skip
    outcomes, counted = done(sorting, choices, there)
    assert [each.fate for each in outcomes] == ["moved", "kept", "skipped", "removed", "unreached", "gone"]
    assert counted.adds_up
    assert (counted.before, counted.standing, counted.chosen, counted.outside) == (6, 4, 3, 0)
    assert [(each.code, each.before, each.after) for each in counted.codes] == [(PARENT, 5, 3), ("leie", 0, 1)]


def test_several_codes_make_further_codings_and_the_account_says_so() -> None:
    outcomes, counted = done(queue("a"), {"a": to("leie", "eie", "leie")}, [held("a")])
    (outcome,) = outcomes
    assert (outcome.fate, outcome.code, [code for _uid, code in outcome.made]) == ("moved", "leie", ["eie"])
    assert (counted.several, counted.made, counted.standing, counted.adds_up) == (1, 1, 2, True)


def test_a_coding_may_stay_and_get_another_code_too() -> None:
    outcomes, counted = done(queue("a"), {"a": to(PARENT, "eie")}, [held("a")])
    assert (outcomes[0].fate, [code for _uid, code in outcomes[0].made]) == ("kept", ["eie"])
    assert [(each.code, each.after) for each in counted.codes] == [(PARENT, 1), ("eie", 1)]


def test_two_coders_codings_of_one_span_fall_together() -> None:
    there = [held("a", coder=OTHER), held("b", coder=ME)]
    outcomes, counted = done(queue("a", "b"), {"a": to("leie"), "b": to("leie")}, there)
    assert [(each.fate, each.into) for each in outcomes] == [("moved", ""), ("united", "a")]
    assert (counted.fates["united"], counted.standing, counted.adds_up) == (1, 1, True)


def test_a_coding_takes_a_free_code_before_it_falls_together() -> None:
    there = [held("a"), held("mine", code="leie", coder=ME)]
    outcomes, counted = done(queue("a"), {"a": to("leie", "eie")}, there)
    assert (outcomes[0].fate, outcomes[0].code, outcomes[0].met) == ("moved", "eie", ("leie",))
    assert (counted.met, counted.made) == (1, 0)
    outcomes, _counted = done(queue("a"), {"a": to("leie")}, there)
    assert (outcomes[0].fate, outcomes[0].into) == ("united", "mine")


def test_a_further_coding_is_not_made_twice_on_a_span() -> None:
    there = [held("a"), held("b", coder="per")]
    outcomes, counted = done(queue("a", "b"), {"a": to("leie", "eie"), "b": to("eie")}, there)
    assert (outcomes[1].fate, outcomes[1].into) == ("united", outcomes[0].made[0][0])
    assert counted.adds_up


def test_another_coders_code_on_the_span_is_a_double_not_a_meeting() -> None:
    there = [held("a", coder=ME), held("theirs", code="leie", coder=OTHER)]
    outcomes, counted = done(queue("a"), {"a": to("leie")}, there)
    assert outcomes[0].fate == "moved"
    assert counted.doubles == (("a", "leie"),)


def test_spans_that_an_edit_has_emptied_never_fall_together() -> None:
    there = [held("a", length=0), held("b", length=0)]
    outcomes, counted = done(queue("a", "b"), {"a": to("leie"), "b": to("leie")}, there)
    assert [each.fate for each in outcomes] == ["moved", "moved"]
    assert counted.doubles == ()


def test_what_was_recoded_elsewhere_is_left_alone() -> None:
    outcomes, counted = done(queue("a", "b"), {"a": to("leie"), "b": to("leie")}, [held("a", code="rop"), held("c")])
    assert [(each.fate, each.code) for each in outcomes] == [("gone", "rop"), ("gone", "")]
    assert (counted.outside, counted.standing, counted.adds_up) == (1, 0, True)


def test_a_target_merged_into_the_code_means_that_it_stays() -> None:
    outcomes = settle(queue("a"), {"a": to("gammel")}, [held("a")], coder=ME,
                      current=lambda code: PARENT if code == "gammel" else code)  # fmt: skip
    assert outcomes[0].fate == "kept"


def test_progress_counts_choices_of_the_queue_only() -> None:
    choices = {"a": to("leie"), "b": to(choice="keep"), "c": to(choice="skip"), "elsewhere": to("leie")}
    found = progress(queue("a", "b", "c", "d"), choices)
    assert (found.total, found.sorted, found.kept, found.skipped, found.chosen, found.left) == (4, 1, 1, 1, 3, 1)


CODES = (PARENT, "leie", "eie", "rop")
CHOICES = st.one_of(
    st.none(),
    st.sampled_from([to(choice="keep"), to(choice="skip"), to(choice="remove")]),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(lambda codes: to(*codes)),
)
CODINGS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from((ME, OTHER, "per")), st.integers(0, 3), CHOICES), max_size=14
)


@given(CODINGS, st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_carried_out_step_by_step_the_counts_are_those_of_the_account(
    drawn: list[tuple[str, str, int, SortingChoice | None]], removed: int
) -> None:
    """A naive list of (code, coder, place) that follows the outcomes ends with the account's numbers, and no coding twice."""
    there = {f"c{n}": held(f"c{n}", code, coder, place) for n, (code, coder, place, _choice) in enumerate(drawn)}
    choices = {f"c{n}": choice for n, (*_rest, choice) in enumerate(drawn) if choice}
    sorting = queue(*there, *(f"gone{n}" for n in range(removed)), kind="definition")
    outcomes, counted = done(sorting, choices, list(there.values()))
    after = dict(there)
    for outcome in outcomes:
        if outcome.fate in ("removed", "united"):
            gone = after.pop(outcome.coding)
            if outcome.into:
                stands = after[outcome.into]
                assert (stands.place, stands.code, stands.coder) == (gone.place, outcome.code, ME)
        if outcome.fate == "moved":
            was = after[outcome.coding]
            after[outcome.coding] = Held(id=was.id, place=was.place, code=outcome.code, coder=ME)
        for uid, code in outcome.made:
            assert uid not in after
            after[uid] = Held(id=uid, place=after[outcome.coding].place, code=code, coder=ME)
    assert counted.adds_up
    assert sum(counted.fates[fate] for fate in FATES) == len(sorting.codings)
    numbers = Counter(each.code for each in after.values())
    assert all(numbers[each.code] == each.after for each in counted.codes)
    twice_before = _twice(there.values())
    assert all(key in twice_before for key in _twice(after.values()))


def _twice(codings: object) -> set[tuple[object, ...]]:
    found = Counter((each.place, each.code, each.coder) for each in codings)  # type: ignore[attr-defined]
    return {key for key, number in found.items() if number > 1}
