"""What is no running text is closed to coding until somebody opens it, and passed over by all that gathers places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import joined
from workbench.core.entities import CodeEntry, Source, StoredRegion
from workbench.errors import NotFound, Refusal
from workbench.services import autocoding, closed, coding, finding, history, importing, regions, words
from workbench.services.finding import Sought
from workbench.services.importing import SourceFacts
from workbench.store.project import Project

TABLE = "Tabell 1 Boliger\nSted\tBoliger\nElv\t12\nFjell\t14\n"
REPORT = (
    "1 Innledning\n\nKommunen har for få boliger til dem som trenger det mest, og flere venter i lang tid.\n\n"
    f"{TABLE}\nTallene viser at boliger mangler i begge kommunene, og at køen er blitt lengre siden i fjor.\n"
)


@pytest.fixture
def report(project: Project, write: Callable[[str, str], Path]) -> Source:
    path = write("Plan.txt", REPORT)
    return importing.import_files(project, [path], SourceFacts(kind="report", date="2024")).imported[0][0]


@pytest.fixture
def table(project: Project, report: Source) -> StoredRegion:
    (found,) = regions.of_kind(project, report, "table")
    return found


def inside(words: str) -> tuple[int, int]:
    start = REPORT.index(words)
    return start, start + len(words)


class TestHandCoding:
    def test_what_lies_in_a_table_is_refused_with_what_opens_it(
        self, project: Project, report: Source, table: StoredRegion, code: Callable[[str], CodeEntry]
    ) -> None:
        number = regions.list_regions(project, report).index(table) + 1
        with pytest.raises(Refusal, match=rf'tabell.* regions open FIL "Plan" {number}'):
            coding.apply_code(project, report, *inside("Elv\t12"), code("Bolig"))
        with pytest.raises(Refusal, match="tabell"):
            coding.apply_new_code(project, report, *inside("Elv\t12"), "Ny kode")
        made = coding.apply_code(project, report, *inside("Kommunen har for få boliger"), code("Bolig"))
        with pytest.raises(Refusal, match="tabell"):
            coding.rebound_coding(project, made.id, *inside("Elv\t12"))

    def test_what_only_touches_it_may_be_coded(
        self, project: Project, report: Source, table: StoredRegion, code: Callable[[str], CodeEntry]
    ) -> None:
        made = coding.apply_code(project, report, table.end - 5, table.end + 40, code("Bolig"))
        assert made.end == table.end + 40

    def test_it_is_opened_and_closed_and_both_are_undone(
        self, project: Project, report: Source, table: StoredRegion, code: Callable[[str], CodeEntry]
    ) -> None:
        assert regions.set_codable(project, [table], codable=True) == 1
        coding.remove_coding(project, coding.apply_code(project, report, *inside("Elv\t12"), code("Bolig")).id)
        assert regions.set_codable(project, regions.of_kind(project, report, "table"), codable=False) == 1
        assert regions.set_codable(project, regions.of_kind(project, report, "table"), codable=False) == 0
        assert "stengte et felt" in history.undo(project).summary
        assert regions.of_kind(project, report, "table")[0].codable


class TestGathering:
    def test_searching_and_coding_by_rule_pass_over_it_and_say_how_much(self, project: Project, report: Source) -> None:
        everywhere = REPORT.lower().count("boliger")
        left: list[int] = []
        hits = finding.find(project, Sought(query="boliger"), source=report.id, left_out=left.append)
        assert (len(hits), sum(left)) == (everywhere - 2, 2)
        assert len(finding.find(project, Sought(query="boliger"), source=report.id, most=1)) == 1
        left.clear()
        rows = autocoding.by_words(project, Sought(query="boliger"), source=report.id, left_out=left.append)
        assert (len(rows), sum(left)) == (everywhere - 2, 2)

    def test_the_words_of_a_table_are_not_counted(self, project: Project, report: Source, table: StoredRegion) -> None:
        before = words.gather(project, words.Wanted(source=report.id))
        regions.set_codable(project, regions.list_regions(project, report), codable=True)
        after = words.gather(project, words.Wanted(source=report.id))
        assert before is not None and after is not None
        assert before.closed > 0 and after.closed == 0 and before.total < after.total
        assert not {"fjell", "tabell"} & {row.word for row in words.word_list(before)}

    def test_a_place_is_barred_when_more_than_half_of_it_is_closed(self) -> None:
        known = closed.Closed({"s": [(10, 20), (30, 40)]})
        assert known.bars("s", 12, 18) and known.bars("s", 15, 35) is False and known.bars("s", 9, 21)
        assert not known.bars("s", 20, 30) and not known.bars("annen", 12, 18)

    @given(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=8), st.integers(0, 60), st.integers(1, 30)
    )
    def test_as_counted_one_by_one(self, given: list[tuple[int, int]], start: int, length: int) -> None:
        spans = joined(sorted((begin, begin + size) for begin, size in given))
        covered = sum(any(first <= n < last for first, last in spans) for n in range(start, start + length))
        assert closed.Closed({"s": spans}).bars("s", start, start + length) == (2 * covered > length)


class TestMarking:
    def test_a_person_marks_and_takes_away(self, project: Project, report: Source) -> None:
        span = inside("1 Innledning")
        made = regions.mark(project, report, *span, "other", note="overskrift")
        assert (made.start, made.end, made.codable) == (*span, False)
        assert regions.mark(project, report, *span, "other").id == made.id
        assert regions.find_region(project, report, "1").id == made.id
        assert regions.find_region(project, report, made.id[:6]).id == made.id
        regions.remove(project, [made])
        with pytest.raises(NotFound):
            regions.of_kind(project, report, "other")
        history.undo(project)
        assert regions.of_kind(project, report, "other")[0].note == "overskrift"

    def test_what_is_doubtful_may_be_coded_and_is_looked_at(
        self, project: Project, report: Source, code: Callable[[str], CodeEntry]
    ) -> None:
        span = inside("for få boliger")
        made = regions.mark(project, report, *span, "doubtful")
        coding.apply_code(project, report, *span, code("Bolig"))
        assert regions.doubtful(project)[report.id] == 1
        assert regions.set_seen(project, [made]) == 1
        assert regions.doubtful(project)[report.id] == 0
        history.undo(project)
        assert regions.doubtful(project)[report.id] == 1

    def test_nonsense_is_refused(self, project: Project, report: Source, table: StoredRegion) -> None:
        for start, end in ((5, 5), (0, 10**6), (12, 14)):
            with pytest.raises(Refusal):
                regions.mark(project, report, start, end, "table")
        with pytest.raises(Refusal):
            regions.mark(project, report, 0, 5, "bilde")
        with pytest.raises(NotFound):
            regions.find_region(project, report, "99")
        regions.remove(project, [table])
        with pytest.raises(Refusal):
            regions.set_codable(project, [table], codable=True)
