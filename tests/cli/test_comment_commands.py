"""`kodebenk review`, `comment` and `comments`: reading along without touching, and handing comments back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def reader(kodebenk: Run, tmp_path: Path) -> Run:
    """Runs a command as a student with a data folder of her own."""
    return lambda *words: kodebenk(*words, coder="Student", KODEBENK_DATA=str(tmp_path / "egne"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_comments_are_written_without_touching_the_project(reader: Run, file: Path) -> None:
    before, beside = _digest(file), sorted(file.parent.iterdir())
    made = reader("comment", "add", file, "coding", "I01-001", "Hvorfor bolig?", "--json").json
    assert (made["on"], made["name"], made["text"]) == ("coding", "I01-001", "Hvorfor bolig?")
    reader("comment", "add", file, "code", "bolig", "For vid.")
    reader("comment", "edit", file, made["id"], "Hvorfor ikke midlertidig bolig?")
    listed = reader("comment", "list", file, "--json").json
    assert [each["text"] for each in listed] == ["Hvorfor ikke midlertidig bolig?", "For vid."]
    assert reader("comment", "remove", file, listed[1]["id"]).code == 0
    assert _digest(file) == before
    assert [path for path in sorted(file.parent.iterdir()) if path.name != "egne"] == beside


def test_the_lead_takes_comments_in_answers_and_handles(reader: Run, kodebenk: Run, file: Path, tmp_path: Path) -> None:
    reader("comment", "add", file, "theme", "Bolig", "Mangler essens.")
    handed = tmp_path / "fra-student.kommentarer"
    assert reader("comment", "hand-over", file, "-o", handed).out.strip() == str(handed)
    taken = kodebenk("comments", "take-in", file, handed, "--json").json
    assert taken == [{"reader": "Student", "new": 1, "changed": 0, "already": 0}]
    (comment,) = kodebenk("comments", "list", file, "--status", "open", "--json").json
    assert (comment["reader"], comment["name"], comment["on"]) == ("Student", "Bolig", "theme")
    assert kodebenk("comments", "reply", file, comment["id"], "Den kommer.", "--json").json["reply"] == "Den kommer."
    assert kodebenk("comments", "handle", file, comment["id"], "--json").json["status"] == "handled"
    assert kodebenk("comments", "list", file, "--status", "open", "--json").json == []


def test_what_is_no_file_of_comments_is_refused(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "x.kommentarer").write_text("{}", encoding="utf-8")
    refused = kodebenk("comments", "take-in", file, tmp_path / "x.kommentarer")
    assert (refused.code, refused.out) == (1, "")
    assert "x.kommentarer" in refused.err


def test_nothing_to_hand_over_is_refused(reader: Run, file: Path, tmp_path: Path) -> None:
    refused = reader("comment", "hand-over", file, "-o", tmp_path / "tom.kommentarer")
    assert refused.code == 1
    assert not (tmp_path / "tom.kommentarer").exists()


def test_review_needs_a_terminal_and_a_project(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    before = _digest(file)
    assert kodebenk("review", file).code == 1
    assert kodebenk("review", tmp_path / "ingen.kodebenk").code == 3
    assert _digest(file) == before


def test_a_quote_id_of_two_codings_is_not_enough_to_change_one(kodebenk: Run, file: Path) -> None:
    kodebenk("code", file, "Intervju åtte", 55, 90, "bolig", coder="Ola")
    refused = kodebenk("coding", "remove", file, "I01-001")
    assert refused.code == 1
    ids = [each["id"] for each in kodebenk("codings", file, "--json").json if each["start"] == 55]
    assert len(ids) == 2
    assert all(uid in refused.err for uid in ids)
    assert kodebenk("coding", "remove", file, ids[0]).code == 0


def test_handing_over_again_renews_the_reader_s_own_file_only(reader: Run, file: Path, tmp_path: Path) -> None:
    reader("comment", "add", file, "code", "bolig", "For vid.")
    handed = tmp_path / "til-leder.kommentarer"
    assert reader("comment", "hand-over", file, "-o", handed).code == 0
    reader("comment", "add", file, "code", "rop", "For trang.")
    assert reader("comment", "hand-over", file, "-o", handed).code == 0
    assert "For trang." in handed.read_text(encoding="utf-8")
    handed.write_text("noe annet", encoding="utf-8")
    assert reader("comment", "hand-over", file, "-o", handed).code == 1
    assert handed.read_text(encoding="utf-8") == "noe annet"
