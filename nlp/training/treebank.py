"""The Norwegian treebanks as they lie in their archives: NDT with NorNE's entities for training, UD for testing.

NDT files are one archive a written standard (`norne-ndt-{nob,nno}.tar.gz`); the UD split is a matter of their names.
"""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

Variety = Literal["nob", "nno"]
Split = Literal["train", "dev", "test"]
VARIETIES: tuple[Variety, ...] = ("nob", "nno")

_HEADING = "|"
_UD_NAMES: Mapping[Variety, str] = {"nob": "no_bokmaal", "nno": "no_nynorsk"}
_UD_RELEASE = "ud-2.16"
_NAME = re.compile(r"(?:^|\|)name=([^|]+)")
_SPELT_DIFFERENTLY = 5

# (first file, last file) of each stretch, in the order of the file names; the rest is training material.
_STRETCHES: Mapping[Variety, Mapping[Split, tuple[tuple[str, str], ...]]] = {
    "nob": {
        "dev": (
            ("ap012_0003", "ap014_0002"),
            ("bt005_0002", "bt005_0005"),
            ("db013_0005", "db014_0002"),
            ("kk006_0001", "kk007_0000"),
            ("sp-bm002_0000", "sp-bm002_9999"),
            ("vg002_0004", "vg002_0004"),
            ("blogg-bm003_0001", "blogg-bm003_0002"),
            ("nou004_0001", "nou004_0001"),
            ("st005_0001", "st005_0002"),
        ),
        "test": (
            ("ap014_0003", "ap015_0002"),
            ("bt005_0006", "bt006_0001"),
            ("db014_0003", "db014_0007"),
            ("kk007_0001", "kk008_0000"),
            ("sp-bm003_0000", "sp-bm003_9999"),
            ("vg002_0005", "vg002_0005"),
            ("blogg-bm003_0003", "blogg-bm003_0004"),
            ("nou004_0002", "nou004_0002"),
            ("st005_0003", "st005_0004"),
        ),
    },
    "nno": {
        "dev": (
            ("blogg-nn003_0002", "blogg-nn003_0002"),
            ("dot014_0008", "dot015_0002"),
            ("firda-nn004_0006", "firda-nn005_0002"),
            ("kk-nn006_0003", "kk-nn007_0002"),
            ("mom003_0005", "mom003_0005"),
            ("st-nn002_0001", "st-nn002_0001"),
            ("vtb-nn006_0005", "vtb-nn007_0001"),
        ),
        "test": (
            ("blogg-nn003_0003", "blogg-nn003_0003"),
            ("dot015_0003", "dot016_0004"),
            ("firda-nn005_0003", "firda-nn005_0006"),
            ("kk-nn007_0003", "kk-nn007_0006"),
            ("mom003_0006", "mom003_0006"),
            ("st-nn002_0002", "st-nn002_0002"),
            ("vtb-nn007_0002", "vtb-nn007_0004"),
        ),
    },
}


class TreebankError(Exception):
    """A treebank file is missing or unlike what it should be: says which, and why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a treebank sentence, in whichever tag set the file has."""

    form: str
    lemma: str
    tag: str
    """NDT word class or UD part of speech."""
    features: str
    """As written, with bars; empty for none."""
    head: int
    """1-based place of the head in the sentence, 0 for the root."""
    relation: str
    entity: str
    """B-TYPE, I-TYPE or O."""
    space: bool = True
    """Whether white space follows; only UD files say so."""


Sentence = tuple[Word, ...]


def split_of(name: str, variety: Variety) -> Split:
    """Which part of the UD split an NDT file (`ap012_0003`, without ending) belongs to."""
    for split, stretches in _STRETCHES[variety].items():
        for first, last in stretches:
            if first <= name <= last:
                return split
    return "train"


def read_ndt(folder: Path, variety: Variety) -> dict[Split, list[Sentence]]:
    """The sentences of a written standard by split, in the order of the file names.

    Raises:
        TreebankError: if the archive is missing or holds a line that is no treebank line.
    """
    path = _existing(folder / f"norne-ndt-{variety}.tar.gz")
    sentences: dict[Split, list[Sentence]] = {"train": [], "dev": [], "test": []}
    with tarfile.open(path) as archive:
        for member in sorted((found for found in archive if found.isfile()), key=lambda found: found.name):
            file = archive.extractfile(member)
            if file is None or not member.name.endswith(".conll"):
                continue
            lines = file.read().decode("utf-8").splitlines()
            split = split_of(Path(member.name).stem, variety)
            sentences[split].extend(_without_heading_marks(read) for read in parse(lines, member.name))
    return {split: [sentence for sentence in found if sentence] for split, found in sentences.items()}


def read_ud(folder: Path, variety: Variety, split: Split) -> list[Sentence]:
    """UD sentences of dev or test with spacing, and with NorNE's entities laid beside them.

    The few sentences that the two editions spell differently are left out.

    Raises:
        TreebankError: if a file is missing, or more than a few sentences have no counterpart with entities.
    """
    name = f"{_UD_NAMES[variety]}-ud-{split}.conllu.gz"
    plain = list(_gzipped(folder / f"{_UD_RELEASE}-{name}"))
    named: dict[str, list[Sentence]] = {}
    for sentence in _gzipped(folder / f"norne-ud-{name}"):
        named.setdefault(_letters(sentence), []).append(sentence)
    paired = [_with_entities(sentence, twins[0]) for sentence in plain if (twins := named.get(_letters(sentence)))]
    if len(plain) - len(paired) > _SPELT_DIFFERENTLY:
        raise TreebankError(f"{name}: {len(plain) - len(paired)} sentences have no counterpart with entities")
    return paired


def parse(lines: Iterable[str], name: str) -> Iterator[Sentence]:
    """Sentences of a CoNLL file; comments, multiword ranges and empty nodes are passed over.

    Raises:
        TreebankError: if a line has other than ten columns; names file and line.
    """
    words: list[Word] = []
    for number, line in enumerate((*lines, ""), 1):
        if not line.strip():
            if words:
                yield tuple(_repaired(words))
            words = []
            continue
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 10:
            raise TreebankError(f"{name}:{number}: {len(columns)} columns instead of 10")
        if not columns[0].isdigit():
            continue
        named = _NAME.search(columns[9])
        words.append(
            Word(
                form=columns[1],
                lemma=columns[2],
                tag=columns[3],
                features="" if columns[5] == "_" else columns[5],
                head=int(columns[6]) if columns[6].isdigit() else 0,
                relation=columns[7],
                entity=named.group(1) if named else "O",
                space="SpaceAfter=No" not in columns[9],
            )
        )


def _gzipped(path: Path) -> Iterator[Sentence]:
    with gzip.open(_existing(path), "rt", encoding="utf-8") as file:
        yield from parse((line.rstrip("\n") for line in file), path.name)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise TreebankError(f"{path}: no such file; --treebanks must name the folder that holds the archives")
    return path


def _without_heading_marks(sentence: Sentence) -> Sentence:
    """The sentence without the bars that end headings; heads keep pointing at the right words."""
    kept = [place for place, word in enumerate(sentence, 1) if word.form != _HEADING]
    if len(kept) == len(sentence):
        return sentence
    moved = {place: new for new, place in enumerate(kept, 1)}
    words = (sentence[place - 1] for place in kept)
    return tuple(replace(word, head=moved.get(word.head, 0)) for word in words)


def _repaired(words: list[Word]) -> Iterator[Word]:
    """An inside mark without a beginning of the same type before it becomes a beginning."""
    before = "O"
    for word in words:
        entity = word.entity
        if entity.startswith("I-") and before[2:] != entity[2:]:
            entity = "B-" + entity[2:]
        before = entity
        yield (
            Word(word.form, word.lemma, word.tag, word.features, word.head, word.relation, entity, word.space)
            if entity != word.entity
            else word
        )


def _letters(sentence: Sentence) -> str:
    return "".join(word.form for word in sentence)


def _with_entities(sentence: Sentence, twin: Sentence) -> Sentence:
    """Entities carried over by letter, since the two editions cut a few words differently."""
    marks = [
        word.entity if place == 0 else word.entity.replace("B-", "I-")
        for word in twin
        for place in range(len(word.form))
    ]
    words, position = [], 0
    for word in sentence:
        words.append(replace(word, entity=marks[position]))
        position += len(word.form)
    return tuple(_repaired(words))
