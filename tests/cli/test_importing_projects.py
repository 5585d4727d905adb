"""Projects and codebooks of other tools on the command line: what came in, and every loss by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import foreign_projects
import pytest

from workbench.cli.main import run
from workbench.services import codebook, coding, importing, projects, sources

TEXT = "Intervjuer: Hvordan går det?\n\nKari: Vi har for få boliger.\n"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def kodebenk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Done]]:
    """A function that runs one command here, in the folder of the test."""
    monkeypatch.setenv("KODEBENK_CODER", "Kari")
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> Done:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        assert isinstance(code, int)
        return Done(code, shown.out, shown.err)

    yield command


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project with a text and a coding."""
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari")
    text = tmp_path / "Samtale.txt"
    text.write_text(TEXT, encoding="utf-8")
    importing.save(made, importing.read_file(text), importing.SourceFacts())
    code = codebook.add_code(made, "Bolig")
    coding.apply_code(made, sources.list_sources(made)[0], 40, 50, code)
    made.close()
    return tmp_path / "studie.kodebenk"


def sample(tool: str) -> bytes:
    made = getattr(foreign_projects, tool)()
    assert isinstance(made, bytes)
    return made


def test_good_files_come_in_and_the_others_are_refused(kodebenk: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "prosjekt.sqlite3").write_bytes(sample("taguette"))
    (tmp_path / "skadet.qdpx").write_bytes(b"PK\x03\x04")
    (tmp_path / "samtale.txt").write_text(TEXT, encoding="utf-8")
    kodebenk("new", "s.kodebenk", "--codebook", "none")

    looked = kodebenk("import", "s.kodebenk", "prosjekt.sqlite3", "--dry-run", "--json")
    assert [each["title"] for each in looked.json["projects"]] == ["Prosjekt", "Et annet"]
    assert kodebenk("sources", "s.kodebenk", "--json").json == []

    files = ("samtale.txt", "skadet.qdpx", "prosjekt.sqlite3")
    done = kodebenk("import", "s.kodebenk", *files, "--json", "--project", "1", "--case", "Elvestrand")
    (project,) = done.json["projects"]
    assert done.code == 1 and [each["file"] for each in done.json["refused"]] == ["skadet.qdpx"]
    assert set(project) == {
        "file", "tool", "title", "added", "updated", "unchanged", "kept", "gone", "lost", "mended",
    }  # fmt: skip
    assert (project["file"], project["tool"], project["title"]) == ("prosjekt.sqlite3", "Taguette", "Prosjekt")
    assert len(done.json["imported"]) == 1 + project["added"]["source"]
    assert {each["cases"][0] for each in kodebenk("sources", "s.kodebenk", "--json").json} == {"Elvestrand"}
    (account,) = tmp_path.glob("s-import-*.txt")
    for loss in project["lost"] + project["mended"]:
        assert loss["name"] in done.err and loss["name"] in account.read_text(encoding="utf-8")

    again = kodebenk("import", "s.kodebenk", "prosjekt.sqlite3", "--project", "Prosjekt", "--report", account.name)
    assert again.code == 1 and account.name in again.err, "a report is not written over"
    unknown = kodebenk("import", "s.kodebenk", "prosjekt.sqlite3", "--project", "Tredje")
    assert unknown.code == 1 and "Et annet" in unknown.err


def test_another_project_of_ours_gives_sources_and_codes_and_codings_when_asked(
    kodebenk: Callable[..., Done], study: Path, tmp_path: Path
) -> None:
    kodebenk("new", "ny.kodebenk", "--codebook", "none")
    first = kodebenk("import", "ny.kodebenk", study, "--json")
    assert first.code == 0, first.err
    (project,) = first.json["projects"]
    assert project["added"]["source"] == 1 and "coding" not in project["added"]
    second = kodebenk("import", "ny.kodebenk", study, "--codings")
    assert "1 koding" in second.out and second.code == 0
    with_news = projects.open_existing(study, coder="Ola")
    codebook.add_code(with_news, "Ettervern")
    with_news.close()
    looked = kodebenk("import", "ny.kodebenk", study, "--dry-run", "--json")
    new = {"code": ["Ettervern"], "set": ["Ettervern"]}
    assert looked.json["projects"][0]["plan"] == {"new": new, "changed": {}, "kept": [], "gone": []}
    assert "Nytt:\n    koder: Ettervern" in kodebenk("import", "ny.kodebenk", study, "--dry-run").out
    assert "Ettervern" not in kodebenk("codebook", "export", "ny.kodebenk").out
    itself = kodebenk("import", "ny.kodebenk", "ny.kodebenk")
    assert itself.code == 1 and "prosjektet selv" in itself.err


def test_a_list_of_codes_is_loaded_and_folders_are_not_coded_with(
    kodebenk: Callable[..., Done], study: Path, tmp_path: Path
) -> None:
    (tmp_path / "koder.csv").write_text("name,description\nUtstyr,Ting og tang\nMerking,Skilt\n", encoding="utf-8")
    loaded = kodebenk("codebook", "load", study, tmp_path / "koder.csv")
    assert loaded.code == 0 and "2 nye koder" in loaded.err
    described = kodebenk("codebook", "describe", study, "merking", "--folder", "--json")
    assert described.json["folder"] is True
    coded = kodebenk("code", study, "Samtale", 0, 10, "merking")
    assert coded.code == 1 and "mappe" in coded.err
    refused = kodebenk("codebook", "describe", study, "bolig", "--folder")
    assert refused.code == 1 and "1 koding" in refused.err
    merged = kodebenk("codebook", "merge", study, "bolig", "merking")
    assert merged.code == 1 and "mappe" in merged.err
    assert kodebenk("links", study, "--json").json == []


LOG = "Logg\n\n" + "".join(f"Hendelse {n} på mottaket [09:{n:02d}].\n" for n in range(1, 9))


def test_looking_into_a_file_says_what_taking_it_in_would_say(kodebenk: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "prosjekt.sqlite3").write_bytes(sample("taguette"))
    kodebenk("new", "s.kodebenk", "--codebook", "none")
    for words in (("prosjekt.sqlite3", "--project", "finnesikke"), ("s.kodebenk",)):
        looked, done = (kodebenk("import", "s.kodebenk", *words, "--json", *more) for more in (("--dry-run",), ()))
        assert (looked.code, looked.json["refused"]) == (done.code, done.json["refused"]) and looked.code == 1
        assert looked.json["refused"] and not looked.json.get("projects")
    looked = kodebenk("import", "s.kodebenk", "prosjekt.sqlite3", "--project", "2", "--dry-run", "--json")
    assert [each["title"] for each in looked.json["projects"]] == ["Et annet"]


def test_a_log_with_times_comes_in_once_it_is_said_to_be_no_transcript(
    kodebenk: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "logg.txt").write_text(LOG, encoding="utf-8")
    kodebenk("new", "s.kodebenk", "--codebook", "none")
    for more in ((), ("--dry-run",)):
        refused = kodebenk("import", "s.kodebenk", "logg.txt", *more)
        assert refused.code == 1 and "så oppgi hva den er, som «--kind notes»." in refused.err
        done = kodebenk("import", "s.kodebenk", "logg.txt", "--kind", "notes", "--dry-run", "--json")
        assert done.code == 0 and [each["kind"] for each in done.json["found"]] == ["notes"]
    kodebenk("import", "s.kodebenk", "logg.txt", "--kind", "notes")
    assert [each["kind"] for each in kodebenk("sources", "s.kodebenk", "--json").json] == ["notes"]


def test_projects_that_lie_in_a_folder_come_along(kodebenk: Callable[..., Done], tmp_path: Path) -> None:
    folder = tmp_path / "materiale"
    (folder / "verktøy").mkdir(parents=True)
    (folder / "verktøy" / "prosjekt.sqlite3").write_bytes(sample("taguette"))
    (folder / "annet.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(84))
    (folder / "samtale.txt").write_text(TEXT, encoding="utf-8")
    kodebenk("new", "s.kodebenk", "--codebook", "none")
    looked = kodebenk("import", "s.kodebenk", folder, "--dry-run", "--json")
    assert [each["title"] for each in looked.json["projects"]] == ["Prosjekt", "Et annet"]
    assert [Path(each["file"]).name for each in looked.json["refused"]] == ["annet.sqlite3"]
    done = kodebenk("import", "s.kodebenk", folder)
    assert done.code == 1 and "annet.sqlite3: " in done.err and "prosjekt.sqlite3: " not in done.err
    assert "samtale" in [each["name"] for each in kodebenk("sources", "s.kodebenk", "--json").json]
    assert len(kodebenk("sources", "s.kodebenk", "--json").json) > 1
