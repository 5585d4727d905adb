"""A project out as REFI-QDA and into an empty one is the same project, and home again it changes nothing."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.interchange.equality import comparable
from exports.interchange.model import Bundle
from exports.interchange.refi.reading import read_qdpx
from exports.interchange.refi.writing import write_qdpx
from workbench.core.entities import Source
from workbench.services import cases, codebook, coding, importing, memos, notes, projects, regions, sources, themes
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.interchange.given_out import remember_given
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.identity import canonical, own_guids
from workbench.services.interchange.receiving import receive
from workbench.services.survey import receiving as survey
from workbench.services.survey import tables, uses
from workbench.store.project import Project

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parents[1] / "data" / "refi" / "Project-v1.0-2019-03-18.xsd")))
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = Path("studie.qdpx")
ANSWERS = """Nr;Kommune;Hva er vanskelig?
A1;Elvestrand;Vi mangler boliger og folk 😀 her.
A2;Storhamn;Ventetiden er 1 200 dager for lang.
"""
WORDS = [
    "bolig",
    "kø",
    "😀",
    "å" + "̊",
    "Å",
    "👩‍👩‍👧",
    "ROP",
    "«venter»",
    "økonomi",
    "<b>&",
    "i fjor",
    "e\u0301n",
    "—",
    "\t",
]
TEXTS = [
    "Kort.",
    "To linjer\nog 😀 mer",
    "[[I01-001]] og «sitat»",
    "Kodebenk: ikke en tekst & <slik>",
    "x\u0301n 👩‍👩‍👧",
]


@dataclass(frozen=True, kw_only=True)
class Made:
    """Two projects to begin from: one with a survey in it, one that is empty."""

    full: Path
    empty: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("utgangspunkt")
    (folder / "undersøkelse.csv").write_text(ANSWERS, encoding="utf-8")
    full = projects.create(folder / "full.kodebenk", coder="Kari", title="Studie & <mer>")
    sheet = tables.look(folder / "undersøkelse.csv")[0]
    mapping = sheet.proposed("Kommuner")
    wanted: tuple[uses.Use, ...] = ("respondent", "case", "question")
    for column, use in zip(sheet.guesses, wanted, strict=True):
        mapping = uses.with_use(mapping, sheet, column, use)
    survey.import_survey(full, sheet, mapping)
    full.close()
    projects.create(folder / "tom.kodebenk", coder="Ola", title="Tom").close()
    return Made(full=folder / "full.kodebenk", empty=folder / "tom.kodebenk")


@contextmanager
def opened(path: Path, coder: str) -> Iterator[Project]:
    project = projects.open_existing(path, coder=coder)
    project.connection.execute("PRAGMA synchronous = OFF")
    try:
        yield project
    finally:
        project.close()


def interview(rnd: Random, folder: Path, number: int) -> Path:
    """A transcript with Windows line ends, two voices and whatever people write."""
    turns = [
        f"{speaker}: {' '.join(rnd.choice(WORDS) for _ in range(rnd.randint(2, 9)))}"
        for _ in range(rnd.randint(1, 4))
        for speaker in ("Intervjuer", "Kari" if number % 2 else "Per Å")
    ]
    path = folder / f"Intervju {number} 😀.txt"
    path.write_bytes("\r\n\r\n".join(turns).encode())
    return path


def span(rnd: Random, project: Project, source: Source) -> tuple[int, int]:
    """Somewhere in the source that is not blank."""
    text = sources.show_source(project, source).text
    while True:
        start = rnd.randrange(len(text))
        end = rnd.randint(start + 1, min(len(text), start + 40))
        if text[start:end].strip():
            return start, end


def fill(path: Path, folder: Path, rnd: Random) -> None:
    """Three coders' work: everything that can be said in a project, by chance more or less of it."""
    with opened(path, "Kari") as project:
        _ground(project, folder, rnd)
    for coder in ("Ola 😀", "Kari", "Ånund"):
        with opened(path, coder) as project:
            for _each in range(rnd.randint(0, 5)):
                source = rnd.choice(sources.list_sources(project))
                entry = rnd.choice([each for each in codebook.list_codes(project, retired=False) if not each.folder])
                done = coding.apply_code(project, source, *span(rnd, project, source), entry)
                if rnd.random() < 0.4:
                    coding.star_coding(project, done.id, star=True)
            _write(project, rnd)
    with opened(path, "Kari") as project:
        _late(project, rnd)


def _ground(project: Project, folder: Path, rnd: Random) -> None:
    folder_code = codebook.add_code(project, "Mappe 😀", slug="mappe")
    codebook.set_code(project, folder_code.id, folder=1)
    above = ["", folder_code.id]
    for number in range(rnd.randint(1, 4)):
        entry = codebook.add_code(project, f"Kode {number} & å", parent=rnd.choice(above), slug=f"egen-{number}")
        codebook.set_code(project, entry.id, brief=rnd.choice(TEXTS), when_used=rnd.choice(["", *TEXTS]),
                          examples=rnd.sample(TEXTS, 2), name_en=rnd.choice(["", "Code"]))  # fmt: skip
        above.append(entry.id)
    inner = cases.add_case(project, "Bydel 😀", type="bydel", parent=cases.list_cases(project)[0].id,
                           attributes={"tall": rnd.randint(-5, 9), "andel": 0.5, "med": True, "navn": "å"})  # fmt: skip
    cases.set_case(project, cases.list_cases(project)[0].id, attributes={"tall": 7, "navn": "12"})
    for number in range(rnd.randint(1, 2)):
        label = "Kari" if number % 2 else "Per Å"
        choice = SpeakerChoice(label=label, role="participant", informant=f"I0{number}", informant_role="leder")
        facts = SourceFacts(
            cases=(inner.name,),
            wave=rnd.choice(["", "1", "Bølge 😀"]),
            date=rnd.choice(["", "2026-03-14"]),
            speakers=(choice, SpeakerChoice(label="Intervjuer", role="interviewer")),
        )
        importing.save(project, importing.read_file(interview(rnd, folder, number)), facts)


def _write(project: Project, rnd: Random) -> None:
    source = rnd.choice(sources.list_sources(project))
    on = [
        ("project", project.uid, {}),
        ("source", source.id, {}),
        ("span", source.id, {"span": span(rnd, project, source)}),
        ("code", rnd.choice(codebook.list_codes(project)).id, {"kind": rnd.choice(["memo", "condensate"])}),
        ("case", rnd.choice(cases.list_cases(project)).id, {}),
        ("project", project.uid, {"kind": "diary", "day": "2026-03-14"}),
        *(("informant", each.id, {}) for each in cases.list_informants(project)),
        *(("coding", each.id, {}) for each in coding.list_codings(project)),
        *(("theme", each.id, {}) for each in codebook.list_themes(project)),
    ]
    for kind, target, more in rnd.sample(on, rnd.randint(0, min(4, len(on)))):
        memos.write_memo(project, kind, target, rnd.choice(TEXTS), **more)  # type: ignore[arg-type]
    if rnd.random() < 0.5:
        notes.add_note(project, source, *span(rnd, project, source), rnd.choice(TEXTS))


def _late(project: Project, rnd: Random) -> None:
    """What is done to codes and texts after they have been coded."""
    entries = [each for each in codebook.list_codes(project, retired=False) if not each.folder]
    if len(entries) > 2:
        codebook.merge_codes(project, entries[-1].id, into=entries[0].id)
    if len(entries) > 1:
        codebook.retire_code(project, entries[1].id)
    known = coding.list_codings(project)
    theme = codebook.list_themes(project)[0]
    themes.put_excerpts(project, theme, [each.id for each in known[:2]])
    themes.describe_theme(project, theme, essence="Det som sies 😀")
    source = rnd.choice(sources.list_sources(project))
    regions.mark(project, source, *span(rnd, project, source), rnd.choice(["table", "doubtful"]), note="se etter")
    if known:
        card = {"origin_kind": "coding", "origin": known[0].id, "target_kind": "code", "target": entries[0].id,
                "name": "forklarer", "direction": "OneWay"}  # fmt: skip
        with project.write() as act:
            act.record("link.add", {"id": "koblingkobli", "card": act.card(card)})


def without_itself(bundle: Bundle) -> Bundle:
    """As it is compared, but for what a project that is taken in does not make of the one it comes into: its own name."""
    return replace(comparable(bundle), guid="", title="", created="")


def written(bundle: Bundle) -> bytes:
    return write_qdpx(bundle, stamp=STAMP).content


def is_valid(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return bool(SCHEMA.validate(etree.fromstring(archive.read("project.qde"))))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(rnd=st.randoms(use_true_random=False))
def test_out_and_in_is_the_same_project_and_home_again_nothing_changes(made: Made, rnd: Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here, there = folder / "her.kodebenk", folder / "der.kodebenk"
        shutil.copy(made.full, here)
        shutil.copy(made.empty, there)
        fill(here, folder, rnd)
        with opened(here, "Kari") as project, opened(there, "Per") as other:
            bundle = bundle_of(project)
            content = written(bundle)
            assert is_valid(content)
            taken = receive(other, read_qdpx(FILE, content), file=FILE.name)
            assert [each for each in taken.losses if not each.mended] == []
            assert without_itself(bundle_of(other)) == without_itself(bundle)

            again = replace(bundle_of(other), guid=bundle.guid, title=bundle.title, created=bundle.created)
            assert written(again) == content

            remember_given(project, bundle, STAMP)
            before = bundle_of(project)
            for _time in range(2):
                home = receive(project, read_qdpx(FILE, content), file=FILE.name)
                assert (dict(home.added), dict(home.updated), home.kept, home.gone) == ({}, {}, (), ())
            assert without_itself(bundle_of(project)) == without_itself(before)


@pytest.fixture
def full(made: Made, tmp_path: Path) -> Iterator[Project]:
    shutil.copy(made.full, tmp_path / "full.kodebenk")
    fill(tmp_path / "full.kodebenk", tmp_path, Random(7))
    with opened(tmp_path / "full.kodebenk", "Kari") as project:
        yield project


def test_what_was_changed_in_another_tool_comes_home_as_a_change(full: Project) -> None:
    out = read_qdpx(FILE, written(bundle_of(full)))
    first, *others = out.codes
    changed = replace(out, tool="NVivo 15", codes=(replace(first, name="Nytt navn der"), *others))
    kind, ours = own_guids(full.connection, full.uid)[canonical(first.guid)]
    assert (kind, codebook.find_code(full, first.name).id) == ("code", ours)

    # The first time nobody can say on which side it was changed.
    differing = receive(full, changed, file=FILE.name)
    assert [(each.what, each.name) for each in differing.kept] == [("Kode", first.name)]
    assert (dict(differing.added), dict(differing.updated)) == ({}, {})

    receive(full, out, file=FILE.name)
    home = receive(full, changed, file=FILE.name)
    assert (dict(home.added), dict(home.updated), home.kept) == ({}, {"code": 1}, ())
    assert codebook.find_code(full, "Nytt navn der").id == ours


def test_a_copy_of_the_project_has_the_same_guids(full: Project, tmp_path: Path) -> None:
    before = bundle_of(full)
    full.close()
    shutil.copy(full.path, tmp_path / "kopi.kodebenk")
    with opened(tmp_path / "kopi.kodebenk", "Per") as copy:
        assert written(bundle_of(copy)) == written(before)
