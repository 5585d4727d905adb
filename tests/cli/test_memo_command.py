"""memo and diary: the JSON contract, whose memos are shown, and files written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
KEYS = {
    "id", "on", "target", "text", "coder", "created", "updated", "kind", "day", "private", "subject", "source", "source_name",
    "start", "end", "links",
}  # fmt: skip


def test_memos_are_written_listed_changed_and_removed(kodebenk: Run, file: Path) -> None:
    quote = kodebenk("codings", file, "--json").json[0]["quote"]
    made = kodebenk("memo", "add", file, "code", "bolig", "--text", f"Se [[{quote}]] og [[I99-001]]")
    assert made.code == 0
    uid = made.out.strip()
    (listed,) = kodebenk("memo", "list", file, "--json").json
    assert set(listed) == KEYS
    assert (listed["id"], listed["on"], listed["kind"], listed["private"]) == (uid, "code", "memo", False)
    assert (listed["start"], listed["end"], listed["day"]) == (None, None, "")
    assert [each["quote"] for each in listed["links"]] == [quote, "I99-001"]
    assert listed["links"][0]["coding"] and listed["links"][1]["coding"] is None
    shown = kodebenk("memo", "show", file, uid[:6])
    assert "koden «" in shown.out and "I99-001" in shown.err
    assert kodebenk("memo", "edit", file, uid, "--text", "Nytt", "--private").code == 0
    assert [each["text"] for each in kodebenk("memo", "list", file, "--private", "--json").json] == ["Nytt"]
    assert kodebenk("memo", "list", file, "--json", coder="Ola").json == []
    assert kodebenk("memo", "edit", file, uid, "--text", "Olas", coder="Ola").code == 1
    assert kodebenk("memo", "edit", file, uid).code == 2
    assert kodebenk("memo", "remove", file, uid).code == 0
    assert kodebenk("undo", file).code == 0
    assert len(kodebenk("memo", "list", file, "--json").json) == 1


def test_memos_stand_on_every_kind_of_thing(kodebenk: Run, file: Path) -> None:
    for words in (
        ("project",), ("case", "Elvestrand"), ("informant", "I01"), ("source", "Samtale"),
        ("span", "Samtale", "--start", 40, "--end", 60), ("code", "bolig"), ("theme", "Bolig"), ("coding", "I01-001"),
    ):  # fmt: skip
        done = kodebenk("memo", "add", file, *words, "--text", f"om {words[0]}")
        assert done.code == 0, done.err
    rows = kodebenk("memo", "list", file, "--json").json
    assert [row["on"] for row in rows] == [
        "project", "case", "informant", "source", "span", "code", "theme", "coding",
    ]  # fmt: skip
    place = rows[4]
    assert (place["start"], place["end"], place["source"]) == (40, 60, place["target"])
    assert [row["text"] for row in kodebenk("memo", "list", file, "--on", "source:samtale", "--json").json] == [
        "om source"
    ]
    assert [row["text"] for row in kodebenk("memo", "list", file, "--text", "OM KILDE", "--json").json] == []
    assert [row["text"] for row in kodebenk("memo", "list", file, "--text", "KILDEN", "--json").json] == ["om source"]
    assert kodebenk("memo", "list", file, "--on", "måne").code == 2
    assert kodebenk("memo", "add", file, "span", "Samtale", "--text", "x").code == 1
    assert kodebenk("memo", "add", file, "project", "--text", "x", "--kind", "condensate").code == 1


def test_the_diary_goes_on_and_is_exported(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    for words in (("--text", "Morgen", "--day", "2026-03-14"), ("--text", "Kveld", "--day", "2026-03-14")):
        assert kodebenk("diary", "add", file, *words).code == 0
    (entry,) = kodebenk("diary", "list", file, "--json").json
    assert (entry["day"], entry["text"], entry["kind"]) == ("2026-03-14", "Morgen\n\nKveld", "diary")
    for name in ("d.docx", "d.md", "d.csv", "d.xlsx"):
        done = kodebenk("diary", "export", file, "-o", tmp_path / name, "--json")
        assert done.json == {"path": str(tmp_path / name), "warnings": []}
    assert "14. mars 2026" in (tmp_path / "d.md").read_text("utf-8").replace("\\", "")
    assert kodebenk("diary", "add", file, "--text", "x", "--day", "i går").code == 1


def test_condensates_are_exported_as_a_table(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    assert kodebenk("memo", "add", file, "code", "bolig", "--kind", "condensate", "--text", "Jeg venter.").code == 0
    done = kodebenk("memo", "export", file, "--kind", "condensate", "-o", tmp_path / "k.csv", "--json")
    assert done.code == 0
    head = (tmp_path / "k.csv").read_text("utf-8-sig").splitlines()[0]
    assert head == "group,subgroup,units,condensate,analysis"
    again = kodebenk("memo", "export", file, "--kind", "condensate", "-o", tmp_path / "k.csv")
    assert again.code == 1 and "--force" in again.err
