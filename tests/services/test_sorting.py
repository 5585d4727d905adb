"""Sorting in the project: a queue that can be left, one gesture that carries it out, and one undo that takes it back."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.entities import Choice, Coding, Sorting
from workbench.core.sorting import Tally
from workbench.errors import NotFound, Refusal
from workbench.services import checking, codebook, coding, history, importing, memos, projects, sorting, sources, texts
from workbench.services.sorting_account import account, finish, finished_in_words, in_words
from workbench.store.project import Project, open_project
from workbench.store.schema import STATE

SPANS = 8


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """«Bolig» on eight sentences by Kari and on the first four by Ola, in two sources."""
    folder = tmp_path_factory.mktemp("sortering")
    file = folder / "mal.kodebenk"
    project = projects.create(file, coder="Kari", title="Mal")
    project.connection.execute("PRAGMA synchronous = OFF")
    bolig = codebook.add_code(project, "Bolig")
    codebook.add_code(project, "Leie", parent=bolig.id)
    codebook.add_code(project, "Eie", parent=bolig.id)
    codebook.add_code(project, "Økonomi")
    ola = open_project(file, coder="Ola")
    for name in ("en", "to"):
        text = "Intervjuer: Hva nå?\n\nKari: " + " ".join(f"Dette er setning {n} i {name}." for n in range(4)) + "\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        source = importing.save(project, importing.read_file(folder / f"{name}.txt"), importing.SourceFacts())
        for n in range(4):
            words = f"Dette er setning {n} i {name}."
            start = sources.show_source(project, source).text.index(words)
            coding.apply_code(project, source, start, start + len(words), bolig)
            if name == "en":
                coding.apply_code(ola, source, start, start + len(words), bolig)
    ola.close()
    project.close()
    return file


@pytest.fixture
def opened(template: Path, tmp_path: Path) -> Iterator[Callable[..., Project]]:
    """A function that opens the one copy as somebody."""
    file = Path(shutil.copy(template, tmp_path / "studie.kodebenk"))
    handles: list[Project] = []

    def open_as(coder: str) -> Project:
        handles.append(open_project(file, coder=coder))
        handles[-1].connection.execute("PRAGMA synchronous = OFF")
        return handles[-1]

    yield open_as
    for each in handles:
        each.close()


@pytest.fixture
def project(opened: Callable[..., Project]) -> Project:
    return opened("Ola")


def code(project: Project, name: str) -> Any:
    return codebook.find_code(project, name)


def split(project: Project, *targets: str) -> Sorting:
    return sorting.begin_split(project, code(project, "bolig"), targets or ("leie", "eie"))


def counts(project: Project) -> dict[str, int]:
    return {entry.slug: entry.codings for entry in codebook.list_codes(project) if entry.codings}


def picture(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: project.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in STATE
        if table not in ("gesture", "reading")
    }


def sort(project: Project, found: Sorting, n: int, *slugs: str, note: str | None = None) -> str:
    ids = [code(project, slug).id for slug in slugs]
    sorting.choose(project, found.id, found.codings[n], "sort", ids, note=note)
    return found.codings[n]


# -- beginning


class TestBeginning:
    def test_the_queue_is_the_codes_own_codings_in_reading_order(self, project: Project) -> None:
        found = split(project)
        listed = [coding.get_coding(project, uid) for uid in found.codings]
        assert len(listed) == 12
        assert [(each.source_name, each.start) for each in listed] == sorted(
            (each.source_name, each.start) for each in listed
        )
        assert (found.kind, found.coder) == ("split", "Ola")

    def test_targets_that_are_not_there_are_made_in_the_same_gesture(self, project: Project) -> None:
        before = picture(project)
        found = split(project, "Leie", "Hospits", " ")
        made = code(project, "hospits")
        assert found.targets == (code(project, "leie").id, made.id)
        assert made.parent == code(project, "bolig").id
        history.undo(project)
        assert picture(project) == before

    def test_a_beginning_of_a_name_is_a_new_code(self, project: Project) -> None:
        assert codebook.find_code(project, "lei").slug == "leie"
        assert split(project, "Lei").targets == (code(project, "lei").id,)
        assert code(project, "lei").name == "Lei"

    def test_letters_may_be_typed_without_dots_and_rings(self, project: Project) -> None:
        assert split(project, "Oekonomi").targets == (code(project, "Økonomi").id,)

    @pytest.mark.parametrize("targets", [(), (" ",), ("Bolig",)])
    def test_it_needs_somewhere_to_sort_to(self, project: Project, targets: tuple[str, ...]) -> None:
        with pytest.raises(Refusal):
            sorting.begin_split(project, code(project, "bolig"), targets)
        assert sorting.list_sortings(project) == []

    def test_a_retired_target_is_refused(self, project: Project) -> None:
        codebook.retire_code(project, code(project, "eie").id)
        with pytest.raises(Refusal, match="ut av bruk"):
            split(project, "leie", "eie")

    def test_a_folder_is_no_target(self, project: Project) -> None:
        codebook.set_code(project, codebook.add_code(project, "Skuff").id, folder=True)
        with pytest.raises(Refusal, match="er en mappe og kan ikke kodes med"):
            split(project, "leie", "Skuff")

    def test_a_code_without_codings_is_refused(self, project: Project) -> None:
        with pytest.raises(Refusal, match="ingen kodinger"):
            sorting.begin_split(project, code(project, "leie"), ("Hybel",))

    def test_one_code_has_one_open_sorting(self, project: Project, opened: Callable[..., Project]) -> None:
        found = split(project)
        with pytest.raises(Refusal, match=found.id):
            split(opened("Kari"))
        sorting.discard(project, found.id)
        assert split(project).id != found.id


# -- choosing


class TestChoosing:
    def test_a_choice_changes_no_coding(self, project: Project) -> None:
        found = split(project)
        before = coding.list_codings(project)
        sort(project, found, 0, "leie")
        sorting.choose(project, found.id, found.codings[1], "keep")
        assert coding.list_codings(project) == before
        assert counts(project) == {"bolig": 12}

    def test_it_is_there_next_week_and_undone_one_by_one(
        self, project: Project, opened: Callable[..., Project]
    ) -> None:
        found = split(project)
        sort(project, found, 0, "leie", note="se også side 3")
        sorting.choose(project, found.id, found.codings[1], "skip")
        again = sorting.load_queue(opened("Ola"), found.id)
        assert [(each.choice, each.note) for each in again.choices.values()] == [
            ("sort", "se også side 3"),
            ("skip", ""),
        ]
        history.undo(project)
        assert list(sorting.load_queue(project, found.id).choices) == [found.codings[0]]

    def test_the_same_choice_again_is_no_new_change(self, project: Project) -> None:
        found = split(project)
        sort(project, found, 0, "leie")
        before = len(history.history(project))
        sort(project, found, 0, "leie")
        assert len(history.history(project)) == before

    def test_a_note_outlives_another_choice_and_goes_when_emptied(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 0, "leie", note="usikker")
        sort(project, found, 0, "eie")
        assert sorting.load_queue(project, found.id).choices[uid].note == "usikker"
        sort(project, found, 0, "eie", note="")
        assert sorting.load_queue(project, found.id).choices[uid].note == ""

    def test_a_code_from_elsewhere_becomes_a_target_with_the_choice(self, project: Project) -> None:
        found = split(project)
        sort(project, found, 0, "okonomi")
        assert sorting.find_sorting(project, found.id).targets[-1] == code(project, "okonomi").id
        history.undo(project)
        assert sorting.find_sorting(project, found.id) == found

    def test_taking_back(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 0, "leie")
        sorting.take_back(project, found.id, uid)
        assert sorting.load_queue(project, found.id).choices == {}
        history.undo(project)
        assert uid in sorting.load_queue(project, found.id).choices

    @pytest.mark.parametrize(
        ("choice", "slugs", "why"),
        [("sort", (), "minst én kode"), ("keep", ("leie",), "minst én kode"), ("remove", (), "fjernes ingen")],
    )
    def test_refusals(self, project: Project, choice: Choice, slugs: tuple[str, ...], why: str) -> None:
        found = split(project)
        with pytest.raises(Refusal, match=why):
            sorting.choose(project, found.id, found.codings[0], choice, [code(project, slug).id for slug in slugs])

    def test_what_is_not_in_the_queue_is_refused(self, project: Project) -> None:
        found = split(project)
        source = sources.list_sources(project)[0]
        other = coding.apply_code(project, source, 30, 40, code(project, "bolig"))
        with pytest.raises(Refusal, match="ikke med"):
            sorting.choose(project, found.id, other.id, "keep")
        assert sorting.load_queue(project, found.id).fresh == (other.id,)
        assert sorting.refill(project, found.id) == 1
        assert sorting.refill(project, found.id) == 0
        assert sorting.find_sorting(project, found.id).codings == (*found.codings, other.id)

    def test_a_retired_code_is_refused_but_the_sorted_one_may_be_retired(self, project: Project) -> None:
        found = split(project)
        codebook.retire_code(project, code(project, "eie").id)
        with pytest.raises(Refusal, match="ut av bruk"):
            sort(project, found, 0, "eie")
        codebook.retire_code(project, code(project, "bolig").id)
        sort(project, found, 0, "leie", "bolig")
        assert finish(project, found.id).fates["kept"] == 1

    def test_more_targets_while_sorting(self, project: Project) -> None:
        found = split(project)
        (added,) = sorting.add_targets(project, found.id, ["Hybel", "leie"])
        assert code(project, "hybel").id == added
        assert code(project, "hybel").parent == code(project, "bolig").id
        history.undo(project)
        assert sorting.find_sorting(project, found.id) == found
        with pytest.raises(NotFound):
            code(project, "hybel")


# -- going on


class TestGoingOn:
    def test_it_begins_where_it_was_left_or_at_the_next_without_a_choice(self, project: Project) -> None:
        found = split(project)
        for n in range(3):
            sorting.choose(project, found.id, found.codings[n], "keep")
        assert sorting.resume_at(project, sorting.load_queue(project, found.id)) == 3
        sorting.remember_queue_place(project, found.id, found.codings[7])
        assert sorting.resume_at(project, sorting.load_queue(project, found.id)) == 7
        sorting.choose(project, found.id, found.codings[7], "keep")
        assert sorting.resume_at(project, sorting.load_queue(project, found.id)) == 8
        assert (last := sorting.last_sorting(project)) is not None and last.id == found.id

    def test_from_the_end_it_goes_on_at_the_beginning(self, project: Project) -> None:
        found = split(project)
        queue = sorting.load_queue(project, found.id)
        last = len(found.codings) - 1
        assert sorting.next_waiting(queue, last, otherwise=-1) == 0
        for uid in found.codings:
            sorting.choose(project, found.id, uid, "keep")
        assert sorting.next_waiting(sorting.load_queue(project, found.id), last, otherwise=-1) == -1

    def test_it_is_found_by_id_by_code_and_alone(self, project: Project) -> None:
        found = split(project)
        assert sorting.find_sorting(project).id == found.id
        assert sorting.find_sorting(project, found.id[:5]).id == found.id
        assert sorting.find_sorting(project, "bolig").id == found.id
        assert (seen := sorting.open_sorting(project, code(project, "bolig").id)) is not None and seen.id == found.id
        with pytest.raises(NotFound):
            sorting.find_sorting(project, "økonomi")
        sorting.discard(project, found.id)
        with pytest.raises(NotFound):
            sorting.find_sorting(project)

    def test_a_quote_that_two_have_coded_is_asked_about(self, project: Project) -> None:
        found = split(project)
        first = coding.get_coding(project, found.codings[0])
        with pytest.raises(NotFound, match="Kari"):
            sorting.find_queued(project, found, first.quote)
        last = coding.get_coding(project, found.codings[-1])
        assert sorting.find_queued(project, found, last.quote.lower()) == last.id
        assert sorting.find_queued(project, found, first.id[:8]) == first.id


# -- finishing


class TestFinishing:
    def test_the_first_coder_is_kept_and_whoever_sorted_stands_as_coder(self, project: Project) -> None:
        found = split(project)
        by_kari = next(n for n, uid in enumerate(found.codings) if coding.get_coding(project, uid).coder == "Kari")
        uid = sort(project, found, by_kari, "leie")
        finish(project, found.id)
        changed = coding.get_coding(project, uid)
        assert (changed.slug, changed.coder, changed.first_coder, changed.recoded) == ("leie", "Ola", "Kari", True)

    def test_several_codes_share_quote_first_coder_and_star(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 11, "leie", "eie")
        coding.star_coding(project, uid, star=True)
        before = coding.get_coding(project, uid)
        counted = finish(project, found.id)
        (other,) = coding.list_codings(project, code="eie")
        assert coding.get_coding(project, uid).slug == "leie"
        assert (other.start, other.end, other.quote, other.star) == (before.start, before.end, before.quote, True)
        assert (other.coder, other.first_coder, other.origin) == ("Ola", before.first_coder, "manual")
        assert (counted.several, counted.made, counted.standing) == (1, 1, 13)

    def test_a_note_becomes_a_memo_also_where_nothing_else_happens(self, project: Project) -> None:
        found = split(project)
        moved = sort(project, found, 0, "leie", note="tydelig leie")
        sorting.choose(project, found.id, found.codings[1], "skip", note="spør Kari")
        finish(project, found.id)
        assert [memo.text for memo in memos.list_memos(project, moved)] == ["tydelig leie"]
        assert [memo.text for memo in memos.list_memos(project, found.codings[1])] == ["spør Kari"]

    def test_keeping_confirms_and_skipping_leaves_untouched(self, project: Project) -> None:
        found = split(project)
        sorting.choose(project, found.id, found.codings[0], "keep")
        sorting.choose(project, found.id, found.codings[1], "skip")
        finish(project, found.id)
        kinds = Counter(each.kind for each in history.history(project))
        assert (kinds["coding.confirm"], kinds["coding.recode"]) == (1, 0)

    def test_what_falls_together_gives_its_memos_themes_and_star_to_the_one_that_stands(self, project: Project) -> None:
        found = split(project)
        first, second = sort(project, found, 0, "leie"), sort(project, found, 1, "leie", note="min merknad")
        assert coding.get_coding(project, first).start == coding.get_coding(project, second).start
        memos.write_memo(project, "coding", second, "Karis ord")
        coding.star_coding(project, second, star=True)
        theme = codebook.list_themes(project)[0]
        codebook.set_theme(project, theme.id, codings=[second])
        before = picture(project)
        counted = finish(project, found.id)
        assert (counted.fates["united"], counted.standing) == (1, 11)
        assert coding.get_coding(project, first).star
        assert {memo.text for memo in memos.list_memos(project, first)} == {"Karis ord", "min merknad"}
        assert codebook.list_themes(project)[0].codings == (first,)
        with pytest.raises(Refusal):
            coding.get_coding(project, second)
        history.undo(project)
        assert picture(project) == before

    def test_what_others_have_done_meanwhile_is_left_alone(
        self, project: Project, opened: Callable[..., Project]
    ) -> None:
        found = split(project)
        for n in (0, 2, 4):
            sort(project, found, n, "leie", note="notert")
        kari = opened("Kari")
        coding.remove_coding(kari, found.codings[0])
        coding.recode(kari, found.codings[2], code(kari, "okonomi"))
        counted = finish(project, found.id)
        assert (counted.fates["gone"], counted.fates["moved"], counted.adds_up) == (2, 1, True)
        assert coding.get_coding(project, found.codings[2]).slug == "okonomi"
        assert counts(project) == {"bolig": 9, "leie": 1, "okonomi": 1}

    def test_a_correction_of_the_text_moves_the_place_and_not_the_choice(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 0, "leie")
        before = coding.get_coding(project, uid)
        source = next(each for each in sources.list_sources(project) if each.id == before.source)
        texts.correct_typo(project, source, 0, 0, "Merk: ")
        finish(project, found.id)
        after = coding.get_coding(project, uid)
        assert (after.start, after.text, after.slug) == (before.start + 6, before.text, "leie")

    def test_a_chosen_code_that_is_gone_stops_everything(self, project: Project) -> None:
        found = split(project, "leie", "Hybel")
        sort(project, found, 0, "leie")
        sort(project, found, 2, "hybel")
        codebook.remove_code(project, code(project, "hybel").id)
        before = picture(project)
        with pytest.raises(Refusal, match="1 koding skal"):
            finish(project, found.id)
        assert picture(project) == before
        history.undo(project)
        assert finish(project, found.id).fates["moved"] == 2

    def test_merged_codes_are_followed(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 0, "eie")
        codebook.merge_codes(project, code(project, "eie").id, into=code(project, "leie").id)
        other = codebook.add_code(project, "Bo")
        codebook.merge_codes(project, code(project, "bolig").id, into=other.id)
        queue = sorting.load_queue(project, found.id)
        assert (queue.code.id, [each.slug for each in queue.targets]) == (other.id, ["leie"])
        assert finish(project, found.id).fates["moved"] == 1
        assert coding.get_coding(project, uid).slug == "leie"

    def test_nothing_to_carry_out_is_refused(self, project: Project) -> None:
        found = split(project)
        with pytest.raises(Refusal, match="Ingen av kodingene"):
            finish(project, found.id)
        sorting.choose(project, found.id, found.codings[0], "skip")
        with pytest.raises(Refusal, match="Ingen av kodingene"):
            finish(project, found.id)

    def test_finished_is_finished_until_it_is_undone(self, project: Project) -> None:
        found = split(project)
        uid = sort(project, found, 0, "leie")
        finish(project, found.id)
        for act in (
            lambda: finish(project, found.id),
            lambda: sorting.choose(project, found.id, uid, "keep"),
            lambda: sorting.discard(project, found.id),
        ):
            with pytest.raises(Refusal, match="fullført"):
                act()
        history.undo(project)
        assert sorting.load_queue(project, found.id).progress.sorted == 1
        sorting.choose(project, found.id, uid, "keep")
        assert finish(project, found.id).fates["kept"] == 1

    def test_the_account_is_remembered_as_it_was(self, project: Project) -> None:
        found = split(project)
        sort(project, found, 0, "leie")
        sort(project, found, 1, "leie")
        sort(project, found, 10, "eie", "leie")
        shown = account(project, found)
        finish(project, found.id)
        coding.remove_coding(project, found.codings[10])
        again = sorting.find_sorting(project, found.id)
        assert again.finished
        assert account(project, again) == shown
        lines = in_words(project, shown)
        assert ("12", "kodinger i køen") in lines
        assert ("", "Leie: 0 før, 2 etter") in lines
        assert "2 kodinger på «Bolig» er kodet om" in finished_in_words(project, found.id, shown.tally)

    def test_choices_of_somebody_else_are_named(self, project: Project, opened: Callable[..., Project]) -> None:
        found = split(project)
        kari = opened("Kari")
        sort(kari, found, 10, "leie", note="Karis ord")
        sort(project, found, 11, "leie")
        assert account(project, found).others == {"Kari": 1}
        finish(project, found.id)
        assert [memo.coder for memo in memos.list_memos(project, found.codings[10])] == ["Kari"]
        assert coding.get_coding(project, found.codings[10]).coder == "Ola"


# -- definitions that changed


class TestDefinitions:
    @pytest.fixture
    def changed(self, project: Project) -> Project:
        codebook.set_code(project, code(project, "bolig").id, definition="Der folk bor, eid eller leid.")
        return project

    def test_nothing_is_outdated_where_no_definition_has_changed(self, project: Project) -> None:
        codebook.set_code(project, code(project, "bolig").id, colour="#aa3377")
        assert sorting.outdated(project) == []
        with pytest.raises(Refusal, match="eldre enn"):
            sorting.begin_review_of_definition(project, code(project, "bolig"))

    def test_codings_from_before_are_listed_with_who_changed_it(self, changed: Project) -> None:
        source = sources.list_sources(changed)[0]
        coding.apply_code(changed, source, 30, 40, code(changed, "bolig"))
        (found,) = sorting.outdated(changed)
        assert (found.code.slug, found.by, len(found.codings)) == ("bolig", "Ola", 12)

    def test_the_walk_confirms_removes_and_recodes(self, changed: Project) -> None:
        before = picture(changed)
        found = sorting.begin_review_of_definition(changed, code(changed, "bolig"), ["leie"])
        sorting.choose(changed, found.id, found.codings[0], "keep")
        sorting.choose(changed, found.id, found.codings[1], "remove", note="handler om noe annet")
        sort(changed, found, 2, "leie")
        sorting.choose(changed, found.id, found.codings[3], "skip")
        removed = coding.get_coding(changed, found.codings[1])
        counted = finish(changed, found.id)
        assert (counted.fates["kept"], counted.fates["removed"], counted.fates["moved"]) == (1, 1, 1)
        (left,) = sorting.outdated(changed)
        assert len(left.codings) == 9
        (memo,) = [each for each in memos.list_memos(changed, removed.source) if each.target_kind == "span"]
        assert (memo.text, memo.start, memo.end) == ("handler om noe annet", removed.start, removed.end)
        assert counts(changed) == {"bolig": 10, "leie": 1}
        for _step in range(6):
            history.undo(changed)
        assert picture(changed) == before

    def test_a_newer_definition_lets_more_join_the_queue(self, changed: Project) -> None:
        found = sorting.begin_review_of_definition(changed, code(changed, "bolig"))
        assert found.targets == ()
        source = sources.list_sources(changed)[0]
        late = coding.apply_code(changed, source, 30, 40, code(changed, "bolig"))
        assert sorting.load_queue(changed, found.id).fresh == ()
        codebook.set_code(changed, code(changed, "bolig").id, when_not="Hotell.")
        assert sorting.load_queue(changed, found.id).fresh == (late.id,)


# -- whatever is chosen

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("Kari", "Ola")),
        st.sampled_from(("sort", "sort", "several", "keep", "skip", "back", "remove", "recode", "add", "typo")),
        st.integers(0, 11),
        st.integers(0, 2),
    ),
    max_size=16,
)
SLUGS = ("leie", "eie", "okonomi")


def _step(project: Project, found: Sorting, kind: str, n: int, m: int) -> None:
    uid = found.codings[n]
    entries = [code(project, slug) for slug in SLUGS]
    if kind in ("sort", "several"):
        chosen = entries[m : m + 1] if kind == "sort" else [entries[m], entries[(m + 1) % 3]]
        sorting.choose(project, found.id, uid, "sort", [each.id for each in chosen])
    elif kind in ("keep", "skip"):
        sorting.choose(project, found.id, uid, "keep" if kind == "keep" else "skip")
    elif kind == "back":
        sorting.take_back(project, found.id, uid)
    elif kind == "remove":
        coding.remove_coding(project, uid)
    elif kind == "recode":
        coding.recode(project, uid, entries[m])
    elif kind == "typo":
        texts.correct_typo(project, sources.list_sources(project)[n % 2], 0, 0, "A")
    else:
        there: list[Coding] = coding.list_codings(project)
        place = there[n % len(there)]
        source = next(each for each in sources.list_sources(project) if each.id == place.source)
        wanted = (code(project, "bolig"), *entries)[(n + m) % 4]
        coding.apply_code(project, source, place.start, place.end - (n % 2), wanted)


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_account_is_what_the_project_counts_and_one_undo_restores_everything(
    template: Path, tmp_path: Path, steps: list[tuple[str, str, int, int]]
) -> None:
    file = Path(shutil.copy(template, tmp_path / "tilfeldig.kodebenk"))
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    handles = {name: open_project(file, coder=name) for name in ("Kari", "Ola")}
    for each in handles.values():
        each.connection.execute("PRAGMA synchronous = OFF")
    ola = handles["Ola"]
    found = sorting.begin_split(ola, code(ola, "bolig"), ["leie", "eie"])
    for who, kind, n, m in steps:
        try:
            _step(handles[who], found, kind, n, m)
        except Refusal:
            continue  # it is gone already
    before, codings = picture(ola), coding.list_codings(ola)
    expected = account(ola, sorting.find_sorting(ola, found.id)).tally
    try:
        done = finish(ola, found.id)
    except Refusal:
        assert not expected.chosen
        assert picture(ola) == before
    else:
        assert done == expected
        _holds(ola, done, before_codings=len(codings))
        history.undo(ola)
        assert picture(ola) == before
        assert coding.list_codings(ola) == codings
    for each in handles.values():
        each.close()


def _holds(project: Project, done: Tally, *, before_codings: int) -> None:
    now = coding.list_codings(project)
    by_code = Counter(each.code for each in now)
    assert done.adds_up
    assert all(by_code[each.code] == each.after for each in done.codes)
    assert len(now) == before_codings + done.made - done.fates["united"]
    same = Counter((each.source, each.start, each.end, each.code, each.coder) for each in now)
    assert not [key for key, number in same.items() if number > 1]
    assert checking.check(project).ok
