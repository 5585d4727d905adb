"""The treebanks as training and development documents, both written standards in one pile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nlp.training import mapping
from nlp.training.corpus import documents, spaced, write
from nlp.training.treebank import VARIETIES, Sentence, Variety, read_ndt, read_ud

TRAIN_FILE, DEV_FILE = "train.spacy", "dev.spacy"


@dataclass(frozen=True, slots=True)
class Material:
    """What the pipeline is trained and measured on, all in UD tags."""

    train: dict[Variety, list[Sentence]]
    """Mapped from NDT, with plausible spacing."""
    dev: dict[Variety, list[Sentence]]
    """As in the UD files, except that Nynorsk has Bokmål's features."""
    test: dict[Variety, list[Sentence]]
    """The same for the files that nothing is chosen on."""


def read_material(folder: Path) -> Material:
    """Every split of both written standards.

    Raises:
        TreebankError: if a file is missing or broken.
    """
    ndt = {variety: read_ndt(folder, variety) for variety in VARIETIES}
    dev = {variety: read_ud(folder, variety, "dev") for variety in VARIETIES}
    test = {variety: read_ud(folder, variety, "test") for variety in VARIETIES}
    maps = {variety: mapping.learn(mapping.paired(ndt[variety]["dev"], dev[variety])) for variety in VARIETIES}
    maps["nno"].preferred = maps["nob"].features
    train = {
        variety: [spaced(maps[variety].mapped(sentence)) for sentence in ndt[variety]["train"]] for variety in VARIETIES
    }
    for ud, split in ((dev, "dev"), (test, "test")):
        ud["nno"] = mapping.with_features(maps["nno"], ndt["nno"][split], ud["nno"])  # type: ignore[index]
    return Material(train, dev, test)


def write_documents(material: Material, folder: Path) -> tuple[Path, Path]:
    """Saves the material for `spacy train`; returns (train file, dev file)."""
    from spacy.vocab import Vocab

    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / TRAIN_FILE, folder / DEV_FILE
    for path, by_variety in zip(paths, (material.train, material.dev), strict=True):
        vocab = Vocab()
        write(path, (doc for variety in VARIETIES for doc in documents(by_variety[variety], vocab)))
    return paths
