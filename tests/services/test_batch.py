"""Many codings at once: one gesture, every coding accounted for, nobody with one code twice on one span."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.entities import CodeEntry, Coding, Source
from workbench.errors import NotFound, Refusal
from workbench.services import batch, codebook, coding, history, memos, naming, projects, reading, texts
from workbench.services.batch import Outcome
from workbench.services.retrieval import Filter
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], CodeEntry]
WORDS = ("Vi har for få boliger", "Ola venter ennå", "Tilskuddet går ut", "På mottaket", "Et sted med dør")


@pytest.fixture
def made(project: Project, place: Place, code: Code) -> list[Coding]:
    return [coding.apply_code(project, *place(words), code("bolig")) for words in WORDS]


def ids(codings: list[Coding]) -> list[str]:
    return [each.id for each in codings]


def state(project: Project) -> list[Coding]:
    return coding.list_codings(project)


def test_recoding_many_is_one_step_of_undo(project: Project, made: list[Coding], code: Code) -> None:
    before = state(project)
    outcome = batch.recode_all(project, ids(made), code("okonomi"))
    assert outcome == Outcome(done=tuple(ids(made)))
    assert {each.slug for each in state(project)} == {"okonomi"}
    done = history.undo(project)
    assert done.summary.endswith("og 4 til")
    assert state(project) == before


def test_what_has_the_code_and_what_is_gone_are_told_apart(project: Project, made: list[Coding], code: Code) -> None:
    coding.recode(project, made[0].id, code("okonomi"))
    coding.remove_coding(project, made[1].id)
    outcome = batch.recode_all(project, [*ids(made), made[2].id], code("okonomi"))
    assert (outcome.done, outcome.already, outcome.gone) == (tuple(ids(made[2:])), (made[0].id,), (made[1].id,))
    assert batch.outcome_words(outcome) == "3 gjort, 1 var slik fra før, 1 finnes ikke lenger"


def test_a_second_coding_with_the_code_on_a_span_becomes_one_with_the_first(
    project: Project, made: list[Coding], place: Place, code: Code
) -> None:
    there = coding.apply_code(project, *place(WORDS[0]), code("okonomi"))
    coding.star_coding(project, made[0].id, star=True)
    memos.write_memo(project, "coding", made[0].id, "Viktig", private=True)
    before = state(project)
    outcome = batch.recode_all(project, ids(made), code("okonomi"))
    assert (len(outcome.done), outcome.united) == (4, (made[0].id,))
    (one,) = [each for each in state(project) if each.start == there.start and each.source == there.source]
    assert (one.id, one.star, one.quote) == (there.id, True, made[0].quote)
    (memo,) = memos.list_memos(project, target=there.id)
    assert (memo.text, memo.private) == ("Viktig", True)
    history.undo(project)
    assert state(project) == before
    assert [memo.text for memo in memos.list_memos(project, target=made[0].id)] == ["Viktig"]


def test_the_single_verb_follows_the_same_rule(project: Project, made: list[Coding], place: Place, code: Code) -> None:
    there = coding.apply_code(project, *place(WORDS[0]), code("okonomi"))
    assert coding.recode(project, made[0].id, code("okonomi")).id == there.id
    assert len(state(project)) == len(made)


def test_a_theme_keeps_the_excerpt_that_falls_together(
    project: Project, made: list[Coding], place: Place, code: Code
) -> None:
    there = coding.apply_code(project, *place(WORDS[0]), code("okonomi"))
    with project.write() as act:
        act.record("theme.add", {"id": "tema00000001", "card": act.card({"title": "T", "codings": [made[0].id]})})
    batch.recode_all(project, [made[0].id], code("okonomi"))
    assert [theme.codings for theme in codebook.list_themes(project) if theme.title == "T"] == [(there.id,)]


def test_two_coders_on_one_span_become_one_when_one_person_recodes_both(
    project: Project, made: list[Coding], place: Place, code: Code
) -> None:
    project.connection.commit()
    other = projects.open_existing(project.path, coder="Ola Koder")
    theirs = coding.apply_code(other, *place(WORDS[0]), codebook.find_code(other, "bolig"))
    other.close()
    outcome = batch.recode_all(project, [made[0].id, theirs.id], code("okonomi"))
    assert (outcome.done, outcome.united) == ((made[0].id,), (theirs.id,))
    (left,) = [each for each in state(project) if each.slug == "okonomi"]
    assert left.first_coder == "Kari Koder"


def test_one_more_code_keeps_the_quote_id(project: Project, made: list[Coding], code: Code) -> None:
    outcome = batch.add_code_to_all(project, ids(made), code("okonomi"))
    assert len(outcome.done) == len(made)
    by_place: dict[tuple[str, int], set[str]] = {}
    for each in state(project):
        by_place.setdefault((each.source, each.start), set()).add(each.quote)
    assert all(len(quotes) == 1 for quotes in by_place.values())
    again = batch.add_code_to_all(project, ids(made), code("okonomi"))
    assert again == Outcome(already=tuple(ids(made)))


def test_a_span_that_is_chosen_twice_gets_the_code_once(
    project: Project, made: list[Coding], place: Place, code: Code
) -> None:
    also = coding.apply_code(project, *place(WORDS[0]), code("midlertidig-bolig"))
    outcome = batch.add_code_to_all(project, [made[0].id, also.id], code("okonomi"))
    assert (outcome.done, outcome.united) == ((made[0].id,), (also.id,))
    assert sum(each.slug == "okonomi" for each in state(project)) == 1


def test_stars_and_removal_are_undone_together(project: Project, made: list[Coding]) -> None:
    batch.star_all(project, ids(made[:2]), star=True)
    outcome = batch.star_all(project, ids(made), star=True)
    assert (len(outcome.done), len(outcome.already)) == (3, 2)
    before = state(project)
    assert len(batch.remove_all(project, ids(made)).done) == 5
    assert state(project) == []
    history.undo(project)
    assert state(project) == before


def test_one_memo_links_to_the_excerpts(project: Project, made: list[Coding], place: Place, code: Code) -> None:
    batch.memo_all(project, ids(made[:2]), "Et mønster")
    (memo,) = memos.list_memos(project)
    assert (memo.target_kind, memo.target) == ("code", made[0].code)
    assert memo.text == f"Et mønster\n\n[[{made[0].quote}]] [[{made[1].quote}]]"
    history.undo(project)
    other = coding.apply_code(project, *place("Karis budsjett er tomt"), code("okonomi"))
    batch.memo_all(project, [made[0].id, other.id], "På tvers")
    assert [(memo.target_kind, memo.target) for memo in memos.list_memos(project)] == [("project", project.uid)]


def test_the_same_memo_on_each(project: Project, made: list[Coding]) -> None:
    batch.memo_all(project, ids(made), "Se her", each=True)
    assert sorted(memo.target for memo in memos.list_memos(project)) == sorted(ids(made))
    assert {memo.text for memo in memos.list_memos(project)} == {"Se her"}


@pytest.mark.parametrize("verb", ["recode", "add", "remove", "star", "memo"])
def test_no_codings_is_refused(project: Project, code: Code, verb: str) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "recode": lambda: batch.recode_all(project, [], code("bolig")),
        "add": lambda: batch.add_code_to_all(project, [], code("bolig")),
        "remove": lambda: batch.remove_all(project, []),
        "star": lambda: batch.star_all(project, [], star=True),
        "memo": lambda: batch.memo_all(project, [], "x"),
    }
    with pytest.raises(Refusal, match="Ingen kodinger er valgt"):
        verbs[verb]()
    assert history.history(project)[0].kind != verb


def test_choosing_by_filter_and_by_name(project: Project, made: list[Coding], place: Place, code: Code) -> None:
    also = coding.apply_code(project, *place(WORDS[0]), code("okonomi"))
    assert batch.choose(project, Filter(case="Storhamn")) == ids(made[3:])
    assert set(batch.choose(project, Filter(), [made[0].quote])) == {made[0].id, also.id}
    assert batch.choose(project, Filter(code="bolig"), [made[0].quote.lower()]) == [made[0].id]
    assert batch.choose(project, Filter(), [made[1].id[:8]]) == [made[1].id]
    with pytest.raises(NotFound):
        batch.choose(project, Filter(), ["I99-001"])
    with pytest.raises(Refusal, match="Ingen kodinger"):
        batch.choose(project, Filter(code="okonomi", case="Storhamn"))


def test_what_is_coded_by_rule_is_not_begun(project: Project, place: Place, code: Code) -> None:
    source, start, end = place(WORDS[0])
    with project.write() as act:
        coding.record_coding(act, project, source, start, end, code("bolig").id, origin="autocode")
    assert reading.statuses(project).get(source.id, "not-read") == "not-read"


# -- every coding is accounted for, whatever stood there before


CODES = ("bolig", "midlertidig-bolig", "okonomi")
CODERS = ("Kari Koder", "Ola Koder")


@given(
    there=st.sets(st.tuples(st.integers(0, 2), st.sampled_from(CODES), st.sampled_from(CODERS)), min_size=1),
    starred=st.sets(st.integers(0, 17)),
    chosen=st.sets(st.integers(0, 17), min_size=1),
    target=st.sampled_from(CODES),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_add_up_and_undo_restores_all(
    project: Project,
    place: Place,
    code: Code,
    there: set[tuple[int, str, str]],
    starred: set[int],
    chosen: set[int],
    target: str,
) -> None:
    with project.write() as act:
        for row in act.state.rows("coding"):
            act.record("coding.remove", {"id": row["id"]})
    others = {name: projects.open_existing(project.path, coder=name) for name in CODERS}
    try:
        made = [
            coding.apply_code(others[coder], *place(WORDS[n]), codebook.find_code(others[coder], slug)).id
            for n, slug, coder in sorted(there)
        ]
    finally:
        for each in others.values():
            each.close()
    for n in starred & set(range(len(made))):
        coding.star_coding(project, made[n], star=True)
    wanted = [made[n] for n in sorted(chosen) if n < len(made)] or made
    before = state(project)
    outcome = batch.recode_all(project, wanted, code(target))
    after = state(project)
    assert outcome.all == len(wanted)
    assert len(after) == len(before) - len(outcome.united)
    assert {each.slug for each in after if each.id in outcome.done + outcome.already} <= {target}
    spans = [(each.source, each.start, each.end, each.code, each.coder) for each in after]
    assert len(spans) == len(set(spans))
    stars = {(each.source, each.start) for each in before if each.star}
    assert {(each.source, each.start) for each in after if each.star} == stars
    if outcome.done or outcome.united:
        history.undo(project)
        assert state(project) == before


def test_a_quote_id_leads_to_the_one_that_stays(project: Project, made: list[Coding], place: Place, code: Code) -> None:
    there = coding.apply_code(project, *place(WORDS[0]), code("okonomi"))
    batch.recode_all(project, [made[0].id], code("okonomi"))
    assert naming.find_coding(project, made[0].quote).id == there.id


def test_empty_spans_get_no_code(project: Project, made: list[Coding], code: Code) -> None:
    source: Source = naming.find_source(project, made[0].source)
    texts.correct_typo(project, source, made[0].start, made[0].end, "")
    outcome = batch.add_code_to_all(project, ids(made), code("okonomi"))
    assert outcome.gone == (made[0].id,)
