"""Puts the two trained halves together into the folder that ships: small, without treebank words, with its notices."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

    Weights = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

NAME = "kodebenk"
VERSION = "1.1.0"
NOTICE = "NOTICE.md"
_DROPPED_BITS = 16
_DESCRIPTION = "Norwegian (Bokmål and Nynorsk): word classes, features, sentence borders, lemmas and names."
_WORKSHOP_SECTIONS = ("paths", "system", "corpora", "training", "pretraining", "initialize")


def assemble(words: Path, names: Path) -> Language:
    """One pipeline from the best checkpoints of both runs; names keep a tok2vec of their own.

    Names come first: they were learned without sentence borders, and would not cross the ones found.
    """
    from nlp import network

    language, namer = network.opened(words), network.opened(names)
    namer.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    for name in network.COMPONENTS:
        language.add_pipe(name, last=True)
    language.add_pipe("ner", source=namer, first=True)
    for _, pipe in language.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, rounded(node.get_param(name)))
    return language


def rounded(weights: Weights) -> Weights:
    """The same weights with eight significant bits each, which a wheel packs into half the room."""
    import numpy as np

    bits = np.ascontiguousarray(weights, dtype=np.float32).view(np.uint32)
    to_even = (bits >> np.uint32(_DROPPED_BITS)) & np.uint32(1)
    half = np.uint32((1 << (_DROPPED_BITS - 1)) - 1)
    return (((bits + half + to_even) >> np.uint32(_DROPPED_BITS)) << np.uint32(_DROPPED_BITS)).view(np.float32)


def write(language: Language, out: Path, performance: Mapping[str, Any]) -> str:
    """Saves the pipeline in `out`, in place of what was there; returns its digest.

    Args:
        performance: figures that stand in the folder's meta.json.
    """
    strings = sorted(set(_needed_strings(language)))
    language.meta.update(
        name=NAME,
        version=VERSION,
        description=_DESCRIPTION,
        author="The Kodebenk developers",
        license="MIT",
        sources=[{"name": "NDT and NorNE (ltgoslo/norne bd311de5)", "license": "CC0 1.0"}],
        performance=dict(performance),
    )
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    language.to_disk(fresh)
    (fresh / "vocab" / "strings.json").write_text(json.dumps(strings, ensure_ascii=False, indent=0), encoding="utf-8")
    _without_workshop(fresh / "config.cfg")
    notice = resources.files("nlp.training").joinpath(NOTICE).read_text(encoding="utf-8")
    (fresh / NOTICE).write_text(notice, encoding="utf-8")
    value = digest(fresh)
    meta = json.loads((fresh / "meta.json").read_text(encoding="utf-8"))
    meta["digest"] = value
    (fresh / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    return value


def digest(folder: Path) -> str:
    """Digest of all that decides what the pipeline in this folder finds, as 12 hexadecimal digits."""
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("meta.json", NOTICE):
            hashed.update(path.relative_to(folder).as_posix().encode("utf-8"))
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]


def _needed_strings(language: Language) -> Iterator[str]:
    """What labels, features and edit trees spell; the words of the treebank themselves are not among them."""
    import srsly  # type: ignore[import-untyped]

    strings = language.vocab.strings
    yield from (pipe for pipe in language.pipe_names)
    for _, pipe in language.pipeline:
        yield from (label for label in getattr(pipe, "labels", ()) if isinstance(label, str))
    morphologizer = language.get_pipe("morphologizer")
    yield from (value for value in morphologizer.cfg["labels_morph"].values() if value)  # type: ignore[attr-defined]
    for label in morphologizer.cfg["labels_morph"]:  # type: ignore[attr-defined]
        for pair in label.split("|"):
            yield from (pair, *pair.split("="))
    trees = srsly.msgpack_loads(language.get_pipe("trainable_lemmatizer").trees.to_bytes())  # type: ignore[attr-defined]
    for tree in trees["trees"]:
        yield from (strings[tree[side]] for side in ("orig", "subst") if side in tree)


def _without_workshop(path: Path) -> None:
    """Drops from the configuration what only training needs, and with it the folders of this machine."""
    from thinc.api import Config

    config = Config().from_disk(path, interpolate=False)
    for section in _WORKSHOP_SECTIONS:
        config.pop(section, None)
    config.to_disk(path)
