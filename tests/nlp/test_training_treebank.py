"""Treebank files read, split by name and put beside each other."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from nlp.training.treebank import Sentence, TreebankError, Variety, parse, read_ndt, read_ud, split_of

TREEBANKS = Path(__file__).parents[2].parent / "shared" / "treebanks"
needs_treebanks = pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebank archives are not beside the project")


def line(place: int, form: str, head: int = 0, last: str = "name=O", tag: str = "subst") -> str:
    return "\t".join((str(place), form, form.lower(), tag, tag, "_", str(head), "ATR", "_", last))


def archive(folder: Path, variety: Variety, files: dict[str, Iterable[str]]) -> None:
    with tarfile.open(folder / f"norne-ndt-{variety}.tar.gz", "w:gz") as tar:
        for name, lines in files.items():
            data = "\n".join((*lines, "")).encode()
            entry = tarfile.TarInfo(f"{variety}/{name}.conll")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))


def ud(folder: Path, name: str, lines: Iterable[str]) -> None:
    with gzip.open(folder / f"{name}-no_bokmaal-ud-test.conllu.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join((*lines, "")))


def forms(sentence: Sentence) -> list[str]:
    return [word.form for word in sentence]


@pytest.mark.parametrize(
    ("name", "variety", "split"),
    [
        ("ap012_0002", "nob", "train"),
        ("ap012_0003", "nob", "dev"),
        ("ap013_0000", "nob", "dev"),
        ("ap014_0003", "nob", "test"),
        ("sp-bm003_0001", "nob", "test"),
        ("sp-bm001_0008", "nob", "train"),
        ("vtb-nn007_0002", "nno", "test"),
        ("mom003_0005", "nno", "dev"),
    ],
)
def test_the_split_is_a_matter_of_the_file_name(name: str, variety: Variety, split: str) -> None:
    assert split_of(name, variety) == split


def test_heading_marks_go_and_heads_keep_their_words(tmp_path: Path) -> None:
    lines = (line(1, "Fisk", 3), line(2, "|"), line(3, "svømmer"), line(4, "fort", 3))
    archive(tmp_path, "nob", {"ap001_0000": lines, "ap012_0003": (line(1, "|"),)})
    found = read_ndt(tmp_path, "nob")
    assert forms(found["train"][0]) == ["Fisk", "svømmer", "fort"]
    assert [word.head for word in found["train"][0]] == [2, 0, 2]
    assert found["dev"] == []


def test_an_inside_mark_of_another_type_begins_a_name() -> None:
    marks = ("name=I-PER", "name=I-PER", "name=I-ORG", "SpaceAfter=No|name=O")
    (sentence,) = parse((line(place, "Ord", last=mark) for place, mark in enumerate(marks, 1)), "x.conll")
    assert [word.entity for word in sentence] == ["B-PER", "I-PER", "B-ORG", "O"]
    assert [word.space for word in sentence] == [True, True, True, False]


def test_ranges_and_comments_are_passed_over_and_broken_lines_named() -> None:
    (sentence,) = parse(("# text = Nei", line(1, "Nei").replace("1", "1-2", 1), line(1, "Nei")), "x.conll")
    assert forms(sentence) == ["Nei"]
    with pytest.raises(TreebankError, match=r"x\.conll:2: 2 columns"):
        list(parse((line(1, "Nei"), "a\tb"), "x.conll"))


def test_names_are_carried_over_where_the_editions_cut_words_differently(tmp_path: Path) -> None:
    ud(tmp_path, "ud-2.16", (line(1, "Lille"), line(2, "vik"), line(3, "lo")))
    ud(tmp_path, "norne-ud", (line(1, "Lillevik", last="name=B-LOC"), line(2, "lo")))
    (sentence,) = read_ud(tmp_path, "nob", "test")
    assert [word.entity for word in sentence] == ["B-LOC", "I-LOC", "O"]


def test_many_sentences_without_names_beside_them_are_refused(tmp_path: Path) -> None:
    ud(tmp_path, "ud-2.16", [part for _ in range(6) for part in (line(1, "Hei"), "")])
    ud(tmp_path, "norne-ud", (line(1, "Hopp"),))
    with pytest.raises(TreebankError, match="6 sentences have no counterpart"):
        read_ud(tmp_path, "nob", "test")


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(TreebankError, match=r"norne-ndt-nno\.tar\.gz: no such file"):
        read_ndt(tmp_path, "nno")


@needs_treebanks
def test_the_splits_have_as_many_sentences_as_in_universal_dependencies() -> None:
    counts = {split: len(found) for split, found in read_ndt(TREEBANKS, "nno").items()}
    assert counts == {"train": 14174, "dev": 1890, "test": 1511}
