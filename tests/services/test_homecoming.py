"""An export that comes home changed updates what was changed there the first time already, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from lxml import etree

from exports.interchange.model import CaseItem
from workbench.core.entities import CodeEntry, Coding, Source
from workbench.services import cases, codebook, coding, memos, notes, sources
from workbench.services.interchange import formats
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.handing_out import hand_out
from workbench.services.interchange.identity import canonical, own_guids
from workbench.services.interchange.receiving import Received, receive
from workbench.store.project import Project, open_project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import local

Place = Callable[..., tuple[Source, int, int]]
Code = Callable[[str], CodeEntry]
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
NS = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture
def coded(project: Project, place: Place, code: Code) -> Coding:
    """A coding on «få boliger», in a codebook with definitions and with a memo on the code."""
    codebook.set_code(project, code("Bolig").id, definition="Hvor folk bor.", brief="Å bo.")
    memos.write_memo(project, "code", code("Bolig").id, "Tenk på køen.")
    return coding.apply_code(project, *place("få boliger"), code("Bolig"))


@pytest.fixture
def out(project: Project, tmp_path: Path) -> Callable[..., Path]:
    """Write the project as `.qdpx`; exports are a minute apart."""
    written: list[Path] = []

    def write(format_name: str = "qdpx") -> Path:
        path = tmp_path / f"ut{len(written)}.{format_name}"
        hand_out(project, format_name, path, stamp=STAMP + timedelta(minutes=len(written)))
        written.append(path)
        return path

    return write


def changed(path: Path, *edits: tuple[str, str], later: bool = False) -> Path:
    """The file as another tool leaves it: each (old, new) is replaced in the project and in every text of the archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    done = dict.fromkeys(edits, 0)
    for name, data in parts.items():
        if name.endswith((".qde", ".txt")):
            text = data.decode()
            for edit in edits:
                done[edit] += text.count(edit[0])
                text = text.replace(*edit)
            parts[name] = text.encode()
    assert all(done.values()), done
    tree = etree.fromstring(parts["project.qde"])
    if later:
        tree.set("modifiedDateTime", "2027-01-01T00:00:00Z")
    parts["project.qde"] = etree.tostring(tree)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    other = path.with_name(f"endret-{path.name}")
    other.write_bytes(file.getvalue())
    return other


def home(project: Project, path: Path) -> Received:
    (bundle,) = formats.read_project(path)
    return receive(project, bundle, file=path.name)


def standing(project: Project, uid: str) -> Coding:
    return next(each for each in coding_queries.codings(project.connection) if each.id == uid)


def kept(received: Received) -> list[tuple[str, str]]:
    return [(each.what, each.why) for each in received.kept]


def guid_of_code(path: Path, name: str) -> str:
    (bundle,) = formats.read_project(path)
    return next(each.guid for each in bundle.codes if each.name == name)


def test_what_was_changed_in_the_file_follows_the_first_time(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path]
) -> None:
    file = out()
    bolig, penger = guid_of_code(file, "Bolig"), guid_of_code(file, "Økonomi")
    came = home(
        project,
        changed(
            file,
            ('name="Bolig"', 'name="Bosted"'),
            ("Hvor folk bor.", "Hvor folk hører til."),
            ("Tenk på køen.", "Tenk på ventetiden."),
            (f'<CodeRef targetGUID="{bolig}"', f'<CodeRef targetGUID="{penger}"'),
            (f'endPosition="{coded.end}"', f'endPosition="{coded.end - 1}"'),
        ),
    )
    assert kept(came) == []
    assert came.updated == {"code": 1, "coding": 1, "note": 1}
    assert (code("Bosted").definition, code("Bosted").brief) == ("Hvor folk hører til.", "Å bo.")
    assert [memo.text for memo in memos.list_memos(project)] == ["Tenk på ventetiden."]
    now = standing(project, coded.id)
    assert (now.code_name, now.start, now.end) == ("Økonomi", coded.start, coded.end - 1)


def test_a_text_changed_in_the_file_takes_the_place_of_ours(
    project: Project, coded: Coding, out: Callable[..., Path]
) -> None:
    (bundle,) = formats.read_project(out())
    extra = "Kari: Først dette.\n\n"
    moved = tuple(
        replace(each, start=each.start + len(extra), end=each.end + len(extra))
        for each in bundle.codings
    )  # fmt: skip
    first = next(each for each in bundle.sources if each.name == "Første.txt" or each.name == "Første")
    text = replace(first, text=extra + first.text, turns=None)
    came = receive(
        project,
        replace(
            bundle,
            sources=tuple(text if each is first else each for each in bundle.sources),
            codings=moved,
        ),
    )
    assert kept(came) == [] and came.updated["source"] == 1
    now = standing(project, coded.id)
    assert (now.start, now.text) == (coded.start + len(extra), "få boliger")


def test_what_was_changed_on_both_sides_stays_ours_and_is_listed(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path]
) -> None:
    file = out()
    codebook.set_code(project, code("Bolig").id, definition="Vår nye.")
    memos.change_memo(project, memos.list_memos(project)[0].id, text="Vårt nye.")
    coding.rebound_coding(project, coded.id, coded.start, coded.end - 2)
    came = home(
        project,
        changed(
            file,
            ('name="Bolig"', 'name="Bosted"'),
            ("Hvor folk bor.", "Deres nye."),
            ("Tenk på køen.", "Deres nye."),
            (f'endPosition="{coded.end}"', f'endPosition="{coded.end - 1}"'),
        ),
    )
    assert kept(came) == [
        ("Kode", "Endret både her og der (definisjon); vårt står."),
        ("Koding", "Endret både her og der (sted); vårt står."),
        ("Notat", "Endret både her og der (tekst); vårt står."),
    ]
    assert code("Bosted").definition == "Vår nye."
    assert [memo.text for memo in memos.list_memos(project)] == ["Vårt nye."]
    assert standing(project, coded.id).end == coded.end - 2


def test_what_was_changed_here_alone_stays_and_is_not_listed(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path]
) -> None:
    file = out()
    codebook.set_code(project, code("Bolig").id, name="Bosted", definition="Vår nye.")
    coding.recode(project, coded.id, code("Økonomi"))
    came = home(project, file)
    assert (came.added, came.updated, kept(came)) == ({}, {}, [])
    assert code("Bosted").definition == "Vår nye." and standing(project, coded.id).code_name == "Økonomi"


@pytest.mark.parametrize("later", [False, True], ids=["klokken sier det", "bare innholdet sier det"])
def test_a_file_is_compared_with_the_export_it_is_from(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path], later: bool
) -> None:
    first = out()
    codebook.set_code(project, code("Bolig").id, name="Bosted", definition="Vår nye.")
    second = out()
    came = home(project, changed(first, ("Hvor folk bor.", "Deres nye."), ("Å bo.", "Å bo godt."), later=later))
    assert kept(came) == [("Kode", "Endret både her og der (definisjon); vårt står.")]
    assert (code("Bosted").definition, code("Bosted").brief) == ("Vår nye.", "Å bo godt.")
    came = home(project, changed(second, ("Vår nye.", "Deres aller nyeste."), later=later))
    assert (code("Bosted").definition, code("Bosted").brief) == ("Deres aller nyeste.", "Å bo godt.")
    assert kept(came) == []


def test_an_export_after_a_homecoming_is_what_the_next_is_compared_with(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path]
) -> None:
    home(project, changed(out(), ("Hvor folk bor.", "Deres.")))
    codebook.set_code(project, code("Bolig").id, definition="Vår.")
    file = out()
    assert kept(home(project, changed(file, ("Vår.", "Deres igjen."), later=True))) == []
    assert code("Bolig").definition == "Deres igjen."
    # And what has come in since the export outdoes it.
    assert kept(home(project, changed(file, ("Vår.", "Deres til slutt."), later=True))) == []
    assert code("Bolig").definition == "Deres til slutt."


def test_cases_themes_and_notes_in_the_margin_follow(project: Project, place: Place, out: Callable[..., Path]) -> None:
    notes.add_note(project, *place("få boliger"), "Se her.")
    theme = codebook.list_themes(project)[0]
    codebook.set_theme(project, theme.id, essence="Det bæres ut.")
    cases.set_case(project, cases.find_case(project, "Elvestrand").id, attributes={"innbyggere": 12000})
    (bundle,) = formats.read_project(out())
    changed_cases: list[CaseItem] = []
    for each in bundle.cases:
        there = dict.fromkeys(each.values, 13000)
        changed_cases.append(replace(each, values=there, type="by" if each.name == "Storhamn" else each.type))
    came = receive(
        project,
        replace(
            bundle,
            cases=tuple(changed_cases),
            sets=tuple(
                replace(each, description="Det står der.") if each.description == "Det bæres ut." else each
                for each in bundle.sets
            ),
            notes=tuple(replace(each, text="Se der.") for each in bundle.notes),
        ),
    )
    assert kept(came) == []
    assert codebook.find_theme(project, theme.id).essence == "Det står der."
    assert [each.text for each in notes.list_notes(project)] == ["Se der."]
    found = {each.name: each for each in cases.list_cases(project)}
    assert found["Elvestrand"].attributes == {"innbyggere": 13000} and found["Storhamn"].type == "by"


def test_a_codebook_alone_comes_home_too(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path], tmp_path: Path
) -> None:
    file = out("qdc")
    text = file.read_text(encoding="utf-8")
    assert "Hvor folk bor." in text
    file.write_text(text.replace("Hvor folk bor.", "Skrevet der."), encoding="utf-8")
    came = receive(project, formats.read_codebook_file(file), file=file.name)
    assert (came.updated, kept(came)) == ({"code": 1}, [])
    assert code("Bolig").definition == "Skrevet der."


def test_a_project_that_is_only_read_remembers_nothing_and_ours_stands_as_before(
    project: Project, coded: Coding, code: Code, tmp_path: Path
) -> None:
    reader = open_project(project.path, coder="Ola", readonly=True)
    assert not any("opptatt" in each for each in hand_out(reader, "qdpx", tmp_path / "ut.qdpx", stamp=STAMP).warnings)
    reader.close()
    came = home(project, changed(tmp_path / "ut.qdpx", ("Hvor folk bor.", "Deres nye.")))
    assert kept(came) == [("Kode", "Står annerledes her enn i filen (definisjon); vårt står.")]
    assert code("Bolig").definition == "Hvor folk bor."


def test_a_file_older_than_every_export_that_is_remembered_is_from_none_of_them(
    project: Project, coded: Coding, code: Code, out: Callable[..., Path], tmp_path: Path
) -> None:
    reader = open_project(project.path, coder="Ola", readonly=True)
    hand_out(reader, "qdpx", tmp_path / "gammel.qdpx", stamp=STAMP - timedelta(days=1))
    reader.close()
    codebook.set_code(project, code("Bolig").id, definition="Vår nye.")
    out()
    came = home(project, tmp_path / "gammel.qdpx")
    assert kept(came) == [("Kode", "Står annerledes her enn i filen (definisjon); vårt står.")]
    assert code("Bolig").definition == "Vår nye."


def test_a_coding_that_leaves_another_on_its_span_gets_a_quote_of_its_own(
    project: Project, coded: Coding, code: Code, place: Place, out: Callable[..., Path]
) -> None:
    other = coding.apply_code(project, *place("få boliger"), code("Økonomi"))
    (bundle,) = formats.read_project(out())
    moved = own_guids(project.connection, project.uid)
    receive(
        project,
        replace(
            bundle,
            codings=tuple(
                replace(each, end=each.end - 4) if moved[canonical(each.guid)][1] == coded.id else each
                for each in bundle.codings
            ),
        ),
    )
    assert standing(project, coded.id).end == coded.end - 4
    assert standing(project, coded.id).quote != standing(project, other.id).quote == other.quote


def test_nothing_is_journaled_and_no_words_are_kept_of_what_went_out(
    project: Project, coded: Coding, out: Callable[..., Path]
) -> None:
    (before,) = project.connection.execute("SELECT COUNT(*) FROM change").fetchone()
    out()
    (after,) = project.connection.execute("SELECT COUNT(*) FROM change").fetchone()
    assert after == before
    remembered = local.get(project.connection, "given-out")
    assert coded.id not in remembered and guid_words(remembered) == []


def guid_words(remembered: str) -> list[str]:
    return [words for words in ("bor", "køen", "Bolig", "Elvestrand", "leder", "Første") if words in remembered]


def test_what_came_in_is_remembered_without_its_words(
    project: Project, coded: Coding, out: Callable[..., Path]
) -> None:
    home(project, out())
    seen = "".join(row[0] for row in project.connection.execute("SELECT seen FROM foreign_item"))
    assert seen and guid_words(seen) == []


@pytest.mark.parametrize("seed", range(3))
def test_any_export_home_again_unchanged_says_nothing(project: Project, seed: int, out: Callable[..., Path]) -> None:
    rnd = Random(seed)
    for entry in codebook.list_codes(project):
        words = rnd.choice(["Å" + "̊ bo", "x\r\ny", "  rand  ", "<b>&amp;"])
        codebook.set_code(project, entry.id, definition=words, examples=[words], brief=rnd.choice(["", words]))
        memos.write_memo(project, "code", entry.id, words)
    for source in sources.list_sources(project):
        coding.apply_code(project, source, 0, rnd.randint(1, 40), codebook.find_code(project, "Økonomi"))
    file = out()
    before = bundle_of(project)
    came = home(project, file)
    assert (came.added, came.updated, kept(came)) == ({}, {}, [])
    assert replace(bundle_of(project), losses=()) == replace(before, losses=())


def test_what_comes_home_under_another_guid_goes_out_under_its_own(
    project: Project, coded: Coding, out: Callable[..., Path]
) -> None:
    """QualCoder gives everything a new one; who took the first file in must know the next one's things again."""
    (given,) = formats.read_project(out())
    bolig = next(each for each in given.codes if each.name == "Bolig")
    other = canonical(str(uuid4()))
    codes = tuple(replace(each, guid=other) if each is bolig else each for each in given.codes)
    receive(project, replace(given, guid="", codes=codes, codings=(), notes=(), sets=()), file="hjem.qdpx")
    assert next(each.guid for each in bundle_of(project).codes if each.name == "Bolig") == canonical(bolig.guid)
    assert own_guids(project.connection, project.uid)[canonical(bolig.guid)][0] == "code"
