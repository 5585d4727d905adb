"""Which codebook is measured."""

from __future__ import annotations

from pathlib import Path

from codebooks.model import Codebook
from codebooks.starters import read_starter
from codebooks.yaml_io import read_codebook
from nlp.evaluation.labels import THEMES


def codebook_of(path: Path | None) -> Codebook:
    """The codebook of a file, or the packaged one for the field when no file is named."""
    return read_codebook(path) if path else read_starter("rusfeltet")


def require_themes(codebook: Codebook) -> None:
    """See that the codebook has what the labels speak of.

    Raises:
        ValueError: if a theme is no top-level code of it.
    """
    tops = {code.slug for code in codebook.children(None)}
    if missing := [theme for theme in THEMES if theme not in tops]:
        raise ValueError(f"{codebook.name}: the labels are of themes it does not have: {', '.join(missing)}")
