"""From every number of a matrix to its excerpts: as many distinct segments, sources or informants as it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.matrix import Matrix
from workbench.services import cases, codebook, coding, importing, matrices, projects, sources, texts
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.retrieval import Excerpt, Filter, find_excerpts
from workbench.store.project import Project, open_project

Place = Callable[..., Any]
AXES = [
    ("case", "code"),
    ("code", "code"),
    ("wave", "case"),
    ("informant", "code"),
    ("source", "coder"),
    ("coder", "code"),
]
TALK = "Intervjuer: Hva nå?\n\nA: Vi venter på svar. Det er kø.\n\nB: Køen er lang, og ingen ringer.\n"
PLAIN = "Et notat uten talere om kø og svar.\n"


def _number(found: list[Excerpt], measure: str) -> int:
    if measure == "sources":
        return len({each.source.id for each in found})
    if measure == "informants":
        return len({each.informant.number for each in found if each.informant})
    return len({(each.source.id, each.coding.start, each.coding.end, each.coding.code) for each in found})


def _check(project: Project, table: Matrix, rows: str, columns: str) -> None:
    def listed(*axes: tuple[str, str]) -> int:
        return _number(find_excerpts(project, matrices.behind(project, axes)), table.measure)

    for row, cells in zip(table.rows, table.cells, strict=True):
        for column, value in zip(table.columns, cells, strict=True):
            assert listed((rows, row), (columns, column)) == value, (row, column)
    for row, value in zip(table.rows, table.row_totals, strict=True):
        assert listed((rows, row)) == value, row
    assert listed() == table.total


def _totals(project: Project, table: Matrix, columns: str, *, met: bool) -> None:
    for column, value in zip(table.columns, table.totals, strict=True):
        wanted = Filter(standing=True, with_code=column) if met else matrices.behind(project, [(columns, column)])
        assert _number(find_excerpts(project, wanted), table.measure) == value, column


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews and a note: two cases in one, none in another, a wave or none, one name twice."""
    folder = tmp_path_factory.mktemp("korpus")
    project = projects.create(folder / "k.kodebenk", coder="Ada", title="K")
    top = codebook.add_code(project, "Kø")
    codebook.add_code(project, "Ventetid", parent=top.id)
    codebook.add_code(project, "Svar")
    region = cases.add_case(project, "Innlandet", type="region")
    cases.add_case(project, "Elv", parent=region.id)
    people = (
        SpeakerChoice(label="A", role="participant", informant="I1"),
        SpeakerChoice(label="B", role="participant"),
    )
    for name, text, facts in (
        ("en.txt", TALK, SourceFacts(name="En", cases=("Elv", "Fjell"), wave="1", speakers=people)),
        ("to.txt", TALK + "\nIntervjuer: Takk.\n", SourceFacts(name="En", cases=("Innlandet",), speakers=people)),
        ("tre.txt", PLAIN, SourceFacts(name="Tre", kind="notes", wave="1")),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        importing.save(project, importing.read_file(folder / name), facts)
    project.close()
    return folder / "k.kodebenk"


_codings = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 60), st.integers(4, 25), st.integers(0, 2), st.sampled_from(["Ada", "Bo"])
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_codings, st.sampled_from(AXES), st.sampled_from(["segments", "sources", "informants"]))
def test_every_number_leads_to_as_many(
    corpus: Path, drawn: list[tuple[int, int, int, int, str]], axes: tuple[str, str], measure: str
) -> None:
    for coder in ("Ada", "Bo"):
        project = open_project(corpus, coder=coder)
        project.connection.execute("PRAGMA synchronous = OFF")
        for each in coding.list_codings(project):
            if each.coder == coder:
                coding.remove_coding(project, each.id)
        known, codes = sources.list_sources(project), codebook.list_codes(project)
        for source, start, length, code, who in drawn:
            place = known[source]
            start = min(start, place.characters - 4)
            if who == coder:
                coding.apply_code(project, place, start, min(start + length, place.characters), codes[code])
        project.close()
    project = open_project(corpus, coder="Ada")
    table = matrices.crosstab(project, rows=axes[0], columns=axes[1], cells=measure)
    _check(project, table, *axes)
    _totals(project, table, axes[1], met=axes[0] == axes[1])
    project.close()


def test_what_an_edit_left_empty_is_not_listed_behind_a_number(project: Project, place: Place) -> None:
    source, start, end = place("ennå")
    made = coding.apply_code(project, source, start, end, codebook.find_code(project, "okonomi"))
    texts.correct_typo(project, source, start, end, "")
    assert [each.coding.id for each in find_excerpts(project)] == [made.id]
    assert find_excerpts(project, Filter(standing=True)) == []
    assert matrices.crosstab(project).total == matrices.crosstab(project, rows="code").total == 0


class TestFilter:
    @pytest.fixture(autouse=True)
    def _coded(self, project: Project, place: Place) -> None:
        for words, code in (
            ("Vi har for få boliger", "bolig"),
            ("for få", "okonomi"),
            ("boliger. Ola", "midlertidig-bolig"),
            ("Tilskuddet går ut", "okonomi"),
            ("På mottaket", "bolig"),
            ("Kommunen mente", "okonomi"),
        ):
            coding.apply_code(project, *place(words), codebook.find_code(project, code))

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({"with_code": "okonomi", "code": "bolig"}, ["Vi har for få boliger"]),
            ({"with_code": "bolig", "code": "okonomi"}, ["for få"]),
            ({"with_code": "midlertidig-bolig"}, ["Vi har for få boliger", "boliger. Ola"]),
            ({"informant": "i01"}, ["Vi har for få boliger", "for få", "boliger. Ola", "Tilskuddet går ut"]),
            ({"no_informant": True}, ["Kommunen mente"]),
            ({"no_wave": True}, ["Kommunen mente"]),
            ({"case": "Innlandet", "own_case": True}, []),
            ({"case": "Storhamn", "own_case": True}, ["På mottaket", "Kommunen mente"]),
            ({"no_case": True}, []),
        ],
    )
    def test_who_where_and_with_what(self, project: Project, wanted: dict[str, Any], found: list[str]) -> None:
        assert [each.coding.text for each in find_excerpts(project, Filter(**wanted))] == found

    def test_no_case_is_found(self, project: Project, place: Place) -> None:
        sources.describe_source(project, place("På mottaket")[0], cases=())
        assert [each.coding.text for each in find_excerpts(project, Filter(no_case=True))] == ["På mottaket"]

    def test_a_table_of_some_segments_counts_only_those(self, project: Project) -> None:
        chosen = find_excerpts(project, Filter(case="Storhamn"))
        within = {(each.source.id, each.coding.start, each.coding.end, each.coding.code) for each in chosen}
        table = matrices.crosstab(project, within=within)
        assert table.totals == (1, 0, 1)
        assert matrices.crosstab(project, rows="code", within=within).total == 2
