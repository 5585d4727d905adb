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
    """What the pipeline is trained on."""

    train: dict[Variety, list[Sentence]]
    """With UD tags and plausible spacing."""
    dev: dict[Variety, list[Sentence]]
    """With UD tags (Bokmål's features for both) and the spacing of the UD files."""


def read_material(folder: Path) -> Material:
    """Train and dev of both written standards in UD tags.

    Raises:
        TreebankError: if a file is missing or broken.
    """
    ndt = {variety: read_ndt(folder, variety) for variety in VARIETIES}
    ud = {variety: read_ud(folder, variety, "dev") for variety in VARIETIES}
    pairs = {variety: mapping.paired(ndt[variety]["dev"], ud[variety]) for variety in VARIETIES}
    maps = {variety: mapping.learn(pairs[variety]) for variety in VARIETIES}
    maps["nno"].preferred = maps["nob"].features
    train = {
        variety: [spaced(maps[variety].mapped(sentence)) for sentence in ndt[variety]["train"]] for variety in VARIETIES
    }
    dev = {"nob": ud["nob"], "nno": [mapping.with_features(maps["nno"], ndt, ud) for ndt, ud in pairs["nno"]]}
    return Material(train, dev)


def write_documents(material: Material, folder: Path) -> tuple[Path, Path]:
    """Saves the material for `spacy train`; returns (train file, dev file)."""
    from spacy.vocab import Vocab

    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / TRAIN_FILE, folder / DEV_FILE
    for path, by_variety in zip(paths, (material.train, material.dev), strict=True):
        vocab = Vocab()
        write(path, (doc for variety in VARIETIES for doc in documents(by_variety[variety], vocab)))
    return paths
