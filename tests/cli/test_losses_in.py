"""Nothing in another tool's project disappears without a word: what came in and what is listed is what was in the file.

What is in a file is counted by itself, as XML elements and rows of SQL, and never by the readers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import foreign_projects
import foreign_refi
import pytest
from lxml import etree

from exports.interchange.model import Bundle
from workbench.cli.main import run
from workbench.services import projects
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.wanted import Wanted

CODINGS = (
    "Koding",
    "Kodinger",
    "Kodinger på bilde",
    "Kodinger på PDF-sider",
    "Kodinger på opptak",
    "Kodinger på transkripsjon",
    "Kodinger på memo",
)


@dataclass(frozen=True)
class Taken:
    """A file that has been taken in: what the command says of it, and what stands in the project."""

    said: Mapping[str, Any]
    here: Bundle

    def listed(self, *whats: str, why: str = "", name: str = "", mended: bool = False) -> int:
        """How many things of a kind are listed as lost, or as mended."""
        return sum(
            each["count"]
            for each in self.said["mended" if mended else "lost"]
            if each["what"] in whats and why in each["why"] and (not name or each["name"] == name)
        )

    def holds(self, words: str) -> bool:
        """Whether the words stand anywhere in the project."""
        return words in repr(self.here)


@pytest.fixture
def take(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Taken]:
    """A function that takes a file into one and the same project by the command."""
    monkeypatch.setenv("KODEBENK_CODER", "Meg")
    monkeypatch.chdir(tmp_path)
    run(["new", "s.kodebenk", "--codebook", "none"])

    def taken(path: Path, *words: str) -> Taken:
        capsys.readouterr()
        assert run(["import", "s.kodebenk", str(path), "--json", *words]) == 0
        (said,) = json.loads(capsys.readouterr().out)["projects"]
        project = projects.open_existing(tmp_path / "s.kodebenk", coder="Meg", readonly=True)
        here = bundle_of(project, Wanted())
        project.close()
        return Taken(said=said, here=here)

    return taken


def check(*accounts: tuple[str, int, int, int]) -> None:
    """Every account (kind, in the file, here, listed) is square, and none is about nothing."""
    assert [each for each in accounts if each[1] != each[2] + each[3] or not each[1]] == []


def ask(data: bytes, *questions: str) -> list[int]:
    """The answers to questions of SQL, each a number."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return [connection.execute(question).fetchone()[0] for question in questions]


def words_of(data: bytes, *columns: str) -> list[str]:
    """Every text that is not blank in columns of a database: `table.column`, with `WHERE` behind it where need be."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    found = []
    for each in columns:
        table, _dot, rest = each.partition(".")
        column, _space, condition = rest.partition(" ")
        found += [str(row[0]) for row in connection.execute(f"SELECT {column} FROM {table} {condition}") if row[0]]
    return found


def coded(taken: Taken) -> int:
    return len(taken.here.codings)


def others(taken: Taken) -> int:
    """Coders besides the one who takes the file in."""
    return sum(person.name != "Meg" for person in taken.here.people)


def here_of(taken: Taken, words: Iterable[str]) -> int:
    return sum(taken.holds(each) for each in words)


def test_every_element_of_a_refi_project_is_here_or_listed(take: Callable[..., Taken], tmp_path: Path) -> None:
    made = foreign_refi.Files()
    (tmp_path / "alt.qdpx").write_bytes(made.qdpx())
    root = etree.fromstring(made.xml())

    def texts(path: str) -> list[str]:
        found = root.xpath(path, namespaces={"r": "urn:QDA-XML:project:1.0"})
        return ["".join(map(str, each.itertext())) for each in cast("list[etree._Element]", found)]

    def count(path: str) -> int:
        return len(texts(path))

    taken = take(tmp_path / "alt.qdpx")
    here, listed = taken.here, taken.listed
    said = texts("//r:Description")
    values = [each for each in texts("//r:VariableValue") if each.startswith("verdi")]
    notes = [*texts("//r:Note/r:PlainTextContent"), "memo3 teksten ligger for seg selv", "tomt notat"]
    members = "//r:MemberCode|//r:MemberSource|//r:MemberNote|//r:SourceRef"
    groups = [each for each in here.sets if each.name.startswith("Gruppe")]
    folders = [each.folder for each in here.sources if each.folder.startswith("Gruppe")]
    of_groups = sum(len(each.codes) for each in groups) + len(folders)
    noted = sum(note.target in {each.guid for each in groups} for note in here.notes)
    of_cases = sum(len(case.sources) for case in here.cases if case.name.endswith("sak"))
    check(
        ("users", count("//r:User"), others(taken), 0),
        ("codes", count("//r:Code"), len(here.codes), 0),
        ("sources", count("//r:Sources/*"), len(here.sources), listed("Kilde", "Bilde", "Videoopptak")),
        ("recordings", count("//r:AudioSource|//r:VideoSource"), 0, listed("Lydopptak", "Videoopptak")),
        ("codings", count("//r:Coding"), coded(taken), listed(*CODINGS) + listed("Koding", mended=True)),
        ("descriptions", len(said), here_of(taken, said), listed("Variabel", why="Beskrivelsen")),
        ("notes", count("//r:Note"), here_of(taken, filter(None, notes)), listed("Notat")),
        ("variables", count("//r:Variable"), len(here.variables), listed("Variabel", why="Ingen case")),
        (
            "text values",
            len(values),
            here_of(taken, values),
            listed("Variabelverdier", "Variabelverdi", "Variabler på memo"),
        ),
        ("cases", count("//r:Case") + listed("Variabler", mended=True), len(here.cases), 0),
        ("members", count(members), of_groups + noted + of_cases, listed("Medlemmer")),
        ("links", count("//r:Link") + count("//r:Case/r:CodeRef"), len(here.links), listed("Lenke")),
        ("sets", count("//r:Set"), len(groups) + len(set(folders)), listed("Gruppe")),
        ("graphs", count("//r:Vertex|//r:Edge"), 0, listed("Graf")),
        ("points", count("//r:SyncPoint"), 2, listed("Tidspunkter")),
        ("parts of cases", count("//r:SelectionRef"), 0, listed("Markeringer på case")),
        ("colours", 3, 1, listed("Farge")),
        ("bare selections", 2 + 2, 0, listed("Markeringer", "Markeringer i memo")),
        ("files that nothing points at", 1, 0, listed("Fil i arkivet")),
    )


def test_every_row_of_a_taguette_project_is_here_or_listed(take: Callable[..., Taken], tmp_path: Path) -> None:
    data = foreign_projects.taguette()
    (tmp_path / "t.sqlite3").write_bytes(data)
    taken = take(tmp_path / "t.sqlite3", "--project", "1")
    listed = taken.listed
    documents, tags, pairs, bare, members = ask(
        data,
        "SELECT count(*) FROM documents WHERE project_id = 1",
        "SELECT count(*) FROM tags WHERE project_id = 1",
        "SELECT count(*) FROM highlight_tags",
        "SELECT count(*) FROM highlights WHERE id NOT IN (SELECT highlight_id FROM highlight_tags)",
        "SELECT count(*) FROM users",
    )
    said = words_of(
        data, "documents.description", "projects.description WHERE id = 1", "tags.description WHERE project_id = 1"
    )
    check(
        ("documents", documents, len(taken.here.sources), listed("Kilde")),
        ("tags", tags, sum(code.codable for code in taken.here.codes), 0),
        ("highlights with a tag", pairs, coded(taken), listed(*CODINGS)),
        ("highlights without", bare, 0, listed("Markeringer")),
        ("users", members, others(taken), listed("Bruker")),
        ("descriptions", len(said), here_of(taken, said), 0),
    )


def test_every_row_of_a_qualcoder_project_is_here_or_listed(take: Callable[..., Taken], tmp_path: Path) -> None:
    data = foreign_projects.qualcoder()
    (tmp_path / "q.qda").mkdir()
    (tmp_path / "q.qda" / "data.qda").write_bytes(data)
    taken = take(tmp_path / "q.qda")
    here, listed = taken.here, taken.listed
    tables = ("source", "code_name", "code_cat", "cases", "attribute_type", "case_text", "graph", "stored_sql")
    count = dict(zip(tables, ask(data, *(f"SELECT count(*) FROM {name}" for name in tables)), strict=True))
    codings = sum(ask(data, *(f"SELECT count(*) FROM {name}" for name in ("code_text", "code_image", "code_av"))))
    stars, works = ask(
        data, "SELECT count(*) FROM code_text WHERE important = 1", "SELECT count(DISTINCT risid) FROM ris"
    )
    memos = words_of(
        data, "project.memo", "source.memo", "code_cat.memo", "code_name.memo", "code_text.memo", "code_image.memo",
        "code_av.memo", "annotation.memo", "cases.memo", "case_text.memo", "attribute_type.memo", "journal.jentry",
    )  # fmt: skip
    values = words_of(data, "attribute.value")
    check(
        ("sources", count["source"], len(here.sources), listed("Kilde", "Bilde", "Lydopptak", "Video")),
        ("codes", count["code_name"] + count["code_cat"], len(here.codes), 0),
        ("codings", codings, coded(taken), listed(*CODINGS)),
        ("stars", stars, sum(coding.star for coding in here.codings), 0),
        ("memos", len(memos), here_of(taken, memos), listed("Variabel", why="Beskrivelsen")),
        ("cases", count["cases"], len(here.cases), 0),
        ("of cases", count["case_text"], sum(len(case.sources) for case in here.cases), listed("Tilknytning")),
        ("values", len(values), here_of(taken, values), listed("Egenskaper")),
        ("attributes", count["attribute_type"], len(here.variables), listed("Variabel", why="Ingen case")),
        ("graphs", count["graph"], 0, listed("Diagram")),
        ("questions", count["stored_sql"], 0, listed("Spørring")),
        ("works", works, 0, listed("Litteratur")),
        ("coders", 2, others(taken), 0),
    )


def test_every_row_of_an_rqda_project_is_here_or_listed(take: Callable[..., Taken], tmp_path: Path) -> None:
    data = foreign_projects.rqda()
    (tmp_path / "r.rqda").write_bytes(data)
    taken = take(tmp_path / "r.rqda")
    here, listed = taken.here, taken.listed
    tables = [statement.partition(" ")[0] for statement in foreign_projects.RQDA if "status" in statement]
    gone = "status IS NOT NULL AND status <> 1"
    deleted = sum(ask(data, *(f"SELECT count(*) FROM {name} WHERE {gone}" for name in tables)))
    alive = dict(
        zip(tables, ask(data, *(f"SELECT count(*) FROM {name} WHERE NOT ({gone})" for name in tables)), strict=True)
    )
    live = f"WHERE NOT ({gone})"
    memos = words_of(
        data, "project.memo", *(f"{name}.memo {live}" for name in ("source", "freecode", "codecat", "filecat", "coding")),
        *(f"{name}.memo {live}" for name in ("coding2", "cases", "caselinkage", "attributes", "imageCoding")),
        f"journal.journal {live}", f"annotation.annotation {live}",
    )  # fmt: skip
    values = words_of(data, f"caseAttr.value {live}", f"fileAttr.value {live}")
    check(
        ("sources", alive["source"], len(here.sources), listed("Kilde")),
        ("codes", alive["freecode"] + alive["codecat"], len(here.codes), 0),
        ("codings", sum(alive[name] for name in ("coding", "coding2", "imageCoding")), coded(taken), listed(*CODINGS)),
        ("memos", len(memos), here_of(taken, memos), listed("Variabel", why="Beskrivelsen")),
        ("cases", alive["cases"], len(here.cases), 0),
        ("of cases", alive["caselinkage"], sum(len(case.sources) for case in here.cases), listed("Tilknytning")),
        ("values", len(values), here_of(taken, values), listed("Egenskaper")),
        ("attributes", alive["attributes"], len(here.variables), listed("Variabel", why="Ingen case")),
        ("pictures", alive["image"], 0, listed("Bilde")),
        ("folders", alive["filecat"], len({source.folder for source in here.sources} - {""}), 0),
        ("deleted", deleted, 0, listed("Slettet", mended=True)),
    )
