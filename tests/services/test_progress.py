"""How far each coder has come, and which sources bring new codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.core.entities import CodeEntry, Source
from workbench.errors import Refusal
from workbench.services import codebook, coding, progress, projects, reading, sources
from workbench.services.approaches import set_approach
from workbench.services.reading import Place
from workbench.store.project import Project

Find = Callable[..., tuple[Source, int, int]]
Named = Callable[[str], CodeEntry]


def by_name(project: Project) -> dict[str, progress.SourceProgress]:
    return {each.source.name: each for each in progress.measure(project).sources}


def test_nobody_has_begun(project: Project) -> None:
    found = progress.measure(project)
    assert [each.source.name for each in found.sources] == ["Første", "Andre", "Møte"]
    assert all(each.unread for each in found.sources)
    assert found.accumulation == () and found.saturation is None


def test_passed_is_the_furthest_place_or_the_last_coding(project: Project, place: Find, code: Named) -> None:
    source, start, end = place("Kari: Vi har for få boliger.")
    reading.remember_place(project, source, Place(start, 0))
    here = by_name(project)["Første"].coders["Kari Koder"]
    assert here.passed == pytest.approx(start / source.characters, abs=1e-4)
    coding.apply_code(project, source, start, end, code("bolig"))
    assert by_name(project)["Første"].coders["Kari Koder"].passed == pytest.approx(end / source.characters, abs=1e-4)
    reading.remember_place(project, source, Place(source.characters, 0))
    reading.remember_place(project, source, Place(0, 0))
    assert by_name(project)["Første"].coders["Kari Koder"].passed == 1.0


def test_each_coder_counts_alone_and_totals_count_codes_once(project: Project, place: Find, code: Named) -> None:
    source, start, end = place("Det er ikke noe sted å bli frisk.")
    coding.apply_code(project, source, start, end, code("bolig"))
    coding.apply_code(project, source, start, end, code("økonomi"))
    other = projects.open_existing(project.path, coder="Ola Annen")
    coding.apply_code(other, source, start, end, codebook.find_code(other, "bolig"))
    reading.set_status(other, source, "finished")
    found = by_name(other)["Andre"]
    mine, theirs = found.coders["Kari Koder"], found.coders["Ola Annen"]
    assert (mine.status, mine.codings, mine.codes) == ("coding", 2, 2)
    assert (theirs.status, theirs.codings, theirs.codes) == ("finished", 1, 1)
    assert (found.codings, found.codes, found.unread) == (3, 2, False)
    other.close()


def test_who_has_only_read_is_there_too(project: Project, place: Find) -> None:
    reader = projects.open_existing(project.path, coder="Nils Leser")
    source = sources.list_sources(reader)[0]
    reading.remember_place(reader, source, Place(source.characters // 2, 0))
    assert progress.measure(reader).coders[-1] == "Nils Leser"
    assert by_name(reader)["Første"].coders["Nils Leser"].passed == pytest.approx(0.5, abs=0.01)
    reader.close()


def test_new_codes_come_in_the_order_asked_for(project: Project, place: Find, code: Named) -> None:
    first, second = place("Kari: Vi har for få boliger."), place("Det er ikke noe sted å bli frisk.")
    coding.apply_code(project, *first, code("bolig"))
    for name in ("bolig", "økonomi"):
        coding.apply_code(project, *second, code(name))
    sources.describe_source(project, first[0], date="2024-05-02")
    sources.describe_source(project, second[0], date="2024-05-01")

    def counted(order: str) -> list[tuple[str, int, int]]:
        return [
            (step.source.name, step.new, step.total) for step in progress.measure(project, order=order).accumulation
        ]

    assert counted("import") == [("Første", 1, 1), ("Andre", 1, 2)]
    assert counted("date") == [("Andre", 2, 2), ("Første", 0, 2)]
    with pytest.raises(Refusal, match="date"):
        progress.measure(project, order="navn")


def test_a_finished_source_without_codes_counts_and_an_uncoded_one_does_not(project: Project, place: Find) -> None:
    source = sources.list_sources(project)[2]
    assert progress.measure(project).accumulation == ()
    reading.set_status(project, source, "finished")
    assert [step.source.name for step in progress.measure(project).accumulation] == ["Møte"]


def test_merged_codes_are_one_code(project: Project, place: Find, code: Named) -> None:
    source, start, end = place("Det er ikke noe sted å bli frisk.")
    for name in ("bolig", "økonomi"):
        coding.apply_code(project, source, start, end, code(name))
    codebook.merge_codes(project, code("økonomi").id, into=code("bolig").id)
    assert by_name(project)["Andre"].codes == 1


def test_a_reflexive_project_is_not_shown_saturation_unasked(project: Project) -> None:
    assert progress.wants_saturation(project)
    set_approach(project, "reflexive")
    assert not progress.wants_saturation(project)


def test_saturation_in_words() -> None:
    from workbench.core.accumulation import saturation

    lines = progress.saturation_lines(saturation([20, 9, 5, 3, 4, 3, 1, 0, 1, 0]))
    assert any("6+2" in line and "2,7 %" in line for line in lines)
    assert any("7+3" in line for line in lines)
    assert "Guest, Namey og Chen 2020" in lines[-1]
    assert "4 i grunnlaget" in progress.saturation_lines(None)[0]


@pytest.mark.parametrize(("share", "shown"), [(0.05, "5 %"), (0.054, "5,4 %"), (0.0, "0 %"), (1.0, "100 %")])
def test_percent_shows_what_lies_above_a_limit(share: float, shown: str) -> None:
    assert progress.percent(share) == shown


def test_bars_show_what_is_new_without_colour(project: Project, place: Find, code: Named) -> None:
    coding.apply_code(project, *place("Kari: Vi har for få boliger."), code("bolig"))
    coding.apply_code(project, *place("Det er ikke noe sted å bli frisk."), code("økonomi"))
    assert progress.bars(progress.measure(project).accumulation, 10) == ["░░░░░", "█████░░░░░"]
