"""Languages on the command line: of sources, of turns, and the warning about a text that is not Norwegian."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
NYNORSK = (
    "Intervjuer: Hva gjorde kommunen da han ikke fikk noe sted å bo?\n\nA: Eg veit ikkje kva dei gjorde.\n\n"
    "Intervjuer: Nei.\n\nA: Ja. Men eg fekk ikkje noko svar frå kommunen, og dei sa ikkje kvifor.\n"
)
ENGLISH = (
    "They told me that I would have to wait for it, and I don't know why. We have been waiting for two years now.\n"
)


def test_sources_and_turns_say_their_language(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "Nynorsk.txt").write_text(NYNORSK, encoding="utf-8")
    assert kodebenk("import", file, tmp_path / "Nynorsk.txt", "--json").json["imported"][0]["warnings"] == []
    assert kodebenk("sources", file, "--json").json[-1]["language"] == "nn"
    shown = kodebenk("show", file, "Nynorsk", "--json").json
    assert shown["language"] == "nn"
    assert [turn["language"] for turn in shown["turns"]] == ["nb", "nn", "nb", "nn"]


def test_an_english_text_is_named_so(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "Notat.txt").write_text(ENGLISH, encoding="utf-8")
    looked = kodebenk("import", file, tmp_path / "Notat.txt", "--json", "--dry-run").json
    assert any("engelsk" in warning for warning in looked["found"][0]["warnings"])
    (imported,) = kodebenk("import", file, tmp_path / "Notat.txt", "--json").json["imported"]
    assert any("engelsk" in warning for warning in imported["warnings"])
    assert kodebenk("sources", file, "--json").json[-1]["language"] == "en"
    assert kodebenk("show", file, "Notat", "--json").json["turns"] == []
