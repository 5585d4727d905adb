"""Parsed texts in a project: read once, kept, let go when no source has the text, destroyed with its words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp import pipeline as machine
from nlp.parsed import Parsed, key, pack, parse, unpack
from nlp.pipeline import Pipeline
from workbench.services import history, importing, parsing, sources, texts
from workbench.services.parsing import parse_all, parsed
from workbench.store.connection import create_file
from workbench.store.project import Project, open_project
from workbench.store.queries import parsed as queries

Write = Callable[[str, str], Path]
NAME = "Ragnhildur"
TALK = f"Intervjuer: Hva heter du?\n\nInformant: Jeg heter {NAME}.\n\n" + "Intervjuer: Takk.\n\nInformant: Ja.\n\n" * 9


@pytest.fixture
def pipeline() -> Pipeline:
    return machine.load("blank")


def everything(found: Parsed) -> tuple[object, ...]:
    return tuple(getattr(found, name) for name in Parsed.__slots__)


def rows(project: Project) -> list[tuple[str, str, bytes]]:
    return project.connection.execute("SELECT key, pipeline, body FROM parsed ORDER BY key").fetchall()


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a text anew is an error."""

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(parsing, "parse", refuse)
    monkeypatch.setattr(parsing, "parse_many", refuse)


def test_a_text_is_read_once_and_kept(project: Project, pipeline: Pipeline, request: pytest.FixtureRequest) -> None:
    source = sources.list_sources(project)[0]
    shown = sources.show_source(project, source)
    first = parsed(project, source, pipeline)
    assert everything(first) == everything(parse(shown.text, shown.turns, pipeline))
    assert {first.unit_turns[n] for n in range(len(first))} == {turn.n for turn in shown.turns}
    request.getfixturevalue("unread")
    assert everything(parsed(project, source, pipeline)) == everything(first)


def test_another_pipeline_reads_for_itself(project: Project, pipeline: Pipeline) -> None:
    source = sources.list_sources(project)[0]
    parsed(project, source, pipeline)
    other = Pipeline("other-1+0", pipeline.opened, False)
    assert parsed(project, source, other).pipeline == "other-1+0"
    assert [each[1] for each in rows(project)] == ["other-1+0"]


def test_all_come_in_the_order_asked_for(project: Project, pipeline: Pipeline) -> None:
    listed = sources.list_sources(project)[::-1]
    told: list[tuple[int, int, str]] = []
    found = list(parse_all(project, listed, pipeline=pipeline, progress=lambda *said: told.append(said)))
    assert [source for source, _parsed in found] == listed
    assert told == [(n, 3, source.name) for n, source in enumerate(listed)]
    assert len(rows(project)) == 3


def test_other_processes_read_the_same(project: Project, pipeline: Pipeline) -> None:
    listed = sources.list_sources(project)
    parsed(project, listed[1], pipeline)
    found = list(parse_all(project, listed, pipeline=pipeline, workers=2))
    assert [source for source, _parsed in found] == listed
    for source, each in found:
        shown = sources.show_source(project, source)
        assert everything(each) == everything(parse(shown.text, shown.turns, pipeline))
    assert len(rows(project)) == 3


def test_a_call_to_stop_keeps_what_is_finished(project: Project, pipeline: Pipeline) -> None:
    listed = sources.list_sources(project)
    finished: list[str] = []
    for source, _parsed in parse_all(project, listed, pipeline=pipeline, cancelled=lambda: len(finished) == 2):
        finished.append(source.id)
    assert finished == [source.id for source in listed[:2]]
    assert len(rows(project)) == 2


def test_a_call_to_stop_in_the_middle_of_a_text_ends_quietly(project: Project, pipeline: Pipeline) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3  # asked once before the source, then before each of its sentences

    assert list(parse_all(project, sources.list_sources(project), pipeline=pipeline, cancelled=cancelled)) == []
    assert rows(project) == []


def test_what_no_source_has_any_more_is_let_go(project: Project, pipeline: Pipeline) -> None:
    first, second, third = sources.list_sources(project)
    list(parse_all(project, [first, second, third], pipeline=pipeline))
    texts.correct_typo(project, first, 0, 0, "Nå. ")
    sources.delete_source(project, second)
    assert list(parse_all(project, [], pipeline=pipeline)) == []
    assert [each[0].partition("-")[0] for each in rows(project)] == [
        queries.text_digest(project.connection, third.version)
    ]
    history.undo(project)
    assert len(parsed(project, second, pipeline)) > 0


def test_the_text_as_it_now_stands_is_read(project: Project, pipeline: Pipeline) -> None:
    source = sources.list_sources(project)[0]
    before = parsed(project, source, pipeline)
    revised = texts.correct_typo(project, source, 0, 0, "Nå. ").source
    assert parsed(project, revised, pipeline).starts[-1] == before.starts[-1] + 4
    assert len(rows(project)) == 1


def test_a_turn_that_is_split_is_another_text(project: Project, pipeline: Pipeline, write: Write) -> None:
    source = importing.save(project, importing.read_file(write("t.txt", TALK)), importing.SourceFacts())
    before = parsed(project, source, pipeline)
    revised = texts.split_turn(project, source, TALK.index("heter Ragn"), "Mor").source
    assert max(parsed(project, revised, pipeline).unit_turns) == max(before.unit_turns) + 1


def test_a_damaged_one_is_read_again(project: Project, pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    source = sources.list_sources(project)[0]
    good = parsed(project, source, pipeline)
    with project.derive() as connection:
        connection.execute("UPDATE parsed SET body = ?", (b"nothing packed",))
    assert everything(parsed(project, source, pipeline)) == everything(good)
    assert "damaged" in caplog.text
    assert rows(project)[0][2] == pack(good)


def test_a_purged_text_leaves_no_parsed_one_in_the_bytes(tmp_path: Path, pipeline: Pipeline, write: Write) -> None:
    project = Project(tmp_path / "p.kodebenk", create_file(tmp_path / "p.kodebenk"), coder="Kari")
    with project.write() as act:
        act.record("project.create", {"id": "p", "card": act.card({"title": "P"})})
    source = importing.save(project, importing.read_file(write("t.txt", TALK)), importing.SourceFacts())
    found = parsed(project, source, pipeline)
    assert NAME.lower() in {surface for form in found.forms for surface in form.surfaces}
    ((name, _pipeline, body),) = rows(project)
    assert everything(unpack(body, pipeline.identity)) == everything(found)
    (revision,) = texts.mask_name(project, source, NAME, "[navn]")
    assert [each[0] for each in rows(project)] == [name]  # nobody has asked for words since
    assert body in b"".join(each.read_bytes() for each in tmp_path.glob("p.kodebenk*"))
    texts.purge_versions(project, revision.source)
    assert rows(project) == []
    project.close()
    left = b"".join(each.read_bytes() for each in tmp_path.glob("p.kodebenk*"))
    assert body[:40] not in left
    assert body[-40:] not in left
    assert name.encode() not in left


def test_a_text_that_is_purged_while_it_is_read_is_not_kept(project: Project, pipeline: Pipeline) -> None:
    name = key("0" * 64, ())
    with project.derive() as connection:
        queries.keep(connection, [(name, pipeline.identity, pack(parse("Ja.", (), pipeline)))])
    assert rows(project) == []
    assert queries.kept(project.connection, name, pipeline.identity) is None
    assert not queries.is_kept(project.connection, name, pipeline.identity)


def test_a_project_open_for_reading_is_parsed_and_left_as_it_is(project: Project, pipeline: Pipeline) -> None:
    listed = sources.list_sources(project)
    reader = open_project(project.path, coder="Leser", readonly=True)
    before = rows(project)
    for workers in (1, 2):
        found = list(parse_all(reader, listed, pipeline=pipeline, workers=workers))
        assert [len(each) > 0 for _source, each in found] == [True] * 3
    assert rows(reader) == before == []
    reader.close()


def test_the_second_time_nothing_that_reads_is_imported(project: Project) -> None:
    program = f"""
import sys
from pathlib import Path
from workbench.services import parsing, sources
from workbench.store.project import open_project
project = open_project(Path({str(project.path)!r}), coder="Kari")
found = list(parsing.parse_all(project, sources.list_sources(project)))
print(sum(len(parsed.unit(n).tokens) for _, parsed in found for n in range(len(parsed))), end=" ")
print(*sorted({{"spacy", "nltk"}} & set(sys.modules)))
project.close()
"""
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
        for _time in range(2)
    ]
    assert runs[0][1:] == ["nltk", "spacy"]
    assert runs[1] == runs[0][:1]
