"""`articles`: a newspaper archive's file becomes a file for each article, and they sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli.commands import articles
from workbench.cli.main import run
from workbench.errors import Refusal
from workbench.services import importing, projects

ARCHIVE = (
    "Søk: boligpolitikk\n----------\n"
    "Nytt hus: 1/2\n----------\nVG, 14.02.2024\nPublisert på trykk.\n\n– Det går, sier Per Ås.\n© VG\n==========\n\n"
    "Nytt hus: 1/2\n----------\nVG, 14.02.2024\nPublisert på nett.\n\n– Det går bra, sier Bo Ek.\n"
)


def test_an_archive_becomes_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "uttak.txt", tmp_path / "ut"
    file.write_text(ARCHIVE, encoding="utf-8")
    call = [str(file), "-o", str(folder), "--json"]
    articles.articles_command.main(call, standalone_mode=False)
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert "i ingen av filene:\n  Søk: boligpolitikk" in shown.err
    assert [Path(each["file"]).name for each in told] == [
        "2024-02-14 VG Nytt hus 1 2.txt", "2024-02-14 VG Nytt hus 1 2 (2).txt",
    ]  # fmt: skip
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari", title="Prøve")
    made = importing.import_files(project, [folder]).imported
    project.close()
    assert [(each.kind, each.title, each.publisher, each.date) for each, _warnings in made] == [
        ("article", "Nytt hus: 1/2", "VG", "2024-02-14")
    ] * 2
    with pytest.raises(Refusal, match="finnes allerede"):
        articles.articles_command.main(call, standalone_mode=False)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("En tekst.\n", encoding="utf-8")
    for name, why in (("a.txt", "ingen artikler"), ("b.txt", "finnes ikke")):
        with pytest.raises(Refusal, match=why):
            articles.articles_command.main([str(tmp_path / name), "-o", str(tmp_path)], standalone_mode=False)


def test_an_archive_is_refused_with_the_command_that_splits_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KODEBENK_CODER", "Kari")
    (tmp_path / "uttak.txt").write_text(ARCHIVE, encoding="utf-8")
    run(["new", "p.kodebenk", "--codebook", "none"])
    assert run(["import", "p.kodebenk", "uttak.txt"]) == 1
    assert "2 artikler fra et avisarkiv. Del den, så blir hver artikkel en kilde. Skriv «kodebenk articles FIL" in (
        capsys.readouterr().err
    )
    assert run(["import", "p.kodebenk", "uttak.txt", "--kind", "notes"]) == 0
