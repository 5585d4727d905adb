"""Importing: facts and speakers come with the source; twins are refused; what fails leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import ReadOptions
from workbench.errors import Refusal
from workbench.services import cases, importing, sources
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.store import journal
from workbench.store.project import Project

Write = Callable[[str, str], Path]
TALK = "Intervjuer: Ja?\n\nÅse: Jo, det er {what}.\n\nIntervjuer: Så?\n\nÅse: Nei.\n"


def test_facts_are_kept_and_cases_made(project: Project, write: Write) -> None:
    facts = SourceFacts(name="Samtale", kind="notes", cases=("Ny kommune", "Storhamn"), wave="3", date="2025-02-01",
                        mode="telefon", language="nn", folder="Bølge 3")  # fmt: skip
    made = importing.save(project, importing.read_file(write("s.txt", TALK.format(what="bra"))), facts)
    assert (made.name, made.kind, made.wave, made.date, made.mode, made.language, made.folder) == (
        "Samtale", "notes", "3", "2025-02-01", "telefon", "nn", "Bølge 3",
    )  # fmt: skip
    assert made.cases == ("Ny kommune", "Storhamn")
    assert not made.verbatim
    assert (made.ordinal, made.file_name, made.turns) == (4, "s.txt", 4)
    assert "Ny kommune" in [case.name for case in cases.list_cases(project)]


def test_speakers_become_informants(project: Project, write: Write) -> None:
    choice = SpeakerChoice(label="Åse", role="participant", informant="I09", informant_role="lege", level="operativt",
                           side="spesialisthelsetjeneste")  # fmt: skip
    facts = SourceFacts(cases=("Storhamn",), speakers=(choice,))
    made = importing.save(project, importing.read_file(write("s.txt", TALK.format(what="bra"))), facts)
    assert made.informants == ("I09",)
    (informant,) = [each for each in cases.list_informants(project) if each.number == "I09"]
    assert (informant.role, informant.level, informant.side) == ("lege", "operativt", "spesialisthelsetjeneste")
    assert informant.cases == ("Storhamn",)
    shown = sources.show_source(project, made)
    assert [(turn.speaker, turn.role, turn.informant) for turn in shown.turns][:2] == [
        ("Intervjuer", "interviewer", ""), ("Åse", "participant", "I09"),
    ]  # fmt: skip


def test_an_informant_met_again_elsewhere_is_in_both_cases(project: Project, write: Write) -> None:
    choice = (SpeakerChoice(label="Åse", role="participant", informant="I09"),)
    for name, case in (("en", "Storhamn"), ("to", "Elvestrand")):
        reading = importing.read_file(write(f"{name}.txt", TALK.format(what=name)))
        importing.save(project, reading, SourceFacts(cases=(case,), speakers=choice))
    (informant,) = [each for each in cases.list_informants(project) if each.number == "I09"]
    assert informant.cases == ("Elvestrand", "Storhamn")


def test_the_same_text_is_refused_whatever_it_is_called(project: Project, write: Write) -> None:
    importing.save(project, importing.read_file(write("a.txt", TALK.format(what="likt"))), SourceFacts())
    heads = journal.heads(project.connection)
    twin = write("b.txt", "\ufeff" + TALK.format(what="likt").replace("\n", "\r\n"))
    with pytest.raises(Refusal, match="importert før, som «a»"):
        importing.save(project, importing.read_file(twin), SourceFacts())
    assert journal.heads(project.connection) == heads


def test_a_deleted_source_can_be_imported_again(project: Project, write: Write) -> None:
    path = write("a.txt", TALK.format(what="likt"))
    sources.delete_source(project, importing.save(project, importing.read_file(path), SourceFacts()))
    assert importing.save(project, importing.read_file(path), SourceFacts()).name == "a"


def test_the_same_name_gets_a_number(project: Project, write: Write, tmp_path: Path) -> None:
    names = []
    for n in range(3):
        (tmp_path / str(n)).mkdir()
        path = write(f"{n}/samtale.txt", TALK.format(what=str(n)))
        names.append(importing.save(project, importing.read_file(path), SourceFacts()).name)
    assert names == ["samtale", "samtale (2)", "samtale (3)"]


def test_a_failed_import_leaves_the_journal_as_it_was(project: Project, write: Write, tmp_path: Path) -> None:
    heads, texts = journal.heads(project.connection), project.connection.execute("SELECT * FROM text_blob").fetchall()
    (tmp_path / "binær.txt").write_bytes(b"\x00\x01\x02" * 50)
    result = importing.import_files(project, [tmp_path / "binær.txt", tmp_path / "borte.txt", write("tom.txt", "")])
    assert result.imported == []
    assert {path.name for path, _ in result.refused} == {"binær.txt", "borte.txt", "tom.txt"}
    assert all(reason.endswith(".") for _, reason in result.refused)
    with pytest.raises(Refusal, match="kildetype"):
        importing.save(project, importing.read_file(write("s.txt", TALK.format(what="x"))), SourceFacts(kind="dikt"))
    with pytest.raises(Refusal, match="informantnummer"):
        importing.save(project, importing.read_file(tmp_path / "s.txt"), SourceFacts(
            speakers=(SpeakerChoice(label="Åse", role="participant", informant="altfor langt nummer"),)))  # fmt: skip
    assert journal.heads(project.connection) == heads
    assert project.connection.execute("SELECT * FROM text_blob").fetchall() == texts


def test_a_cancelled_import_keeps_what_is_done(project: Project, write: Write) -> None:
    paths = [write(f"{n}.txt", TALK.format(what=str(n))) for n in range(3)]
    seen: list[str] = []
    result = importing.import_files(
        project, paths, progress=lambda done, total, name: seen.append(name), cancelled=lambda: len(seen) == 2
    )
    assert result.cancelled
    assert [source.name for source, _ in result.imported] == ["0", "1"]


def test_the_original_is_kept_byte_for_byte(project: Project, write: Write) -> None:
    path = write("s.txt", TALK.format(what="bra").replace("\n", "\r\n"))
    made = importing.save(project, importing.read_file(path), SourceFacts())
    (body,) = project.connection.execute("SELECT body FROM original WHERE digest = ?", (made.original,)).fetchone()
    assert body == path.read_bytes()


def test_a_label_that_occurs_once_is_a_speaker_when_confirmed(project: Project, write: Write) -> None:
    path = write("s.txt", "Intervjuer: Ja?\n\nÅse: Jo.\n\nIntervjuer: Takk.\n")
    options = ReadOptions(confirmed_labels=frozenset({"Åse"}))
    made = importing.save(project, importing.read_file(path, options), SourceFacts())
    assert [turn.speaker for turn in sources.show_source(project, made).turns] == ["Intervjuer", "Åse", "Intervjuer"]


def test_a_speaker_that_nobody_is_makes_no_informant_and_is_told(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "samtale.txt"
    file.write_text("Intervjuer: Hvor bor du?\nInformant 1: I Sundet.\n", encoding="utf-8")
    facts = SourceFacts(speakers=(SpeakerChoice(label="Finnesikke", role="participant", informant="I09"),))
    ((_source, warnings),) = importing.import_files(project, [file], facts).imported
    assert any("Finnesikke" in warning for warning in warnings)
    assert "I09" not in {each.number for each in cases.list_informants(project)}
