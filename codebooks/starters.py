"""The codebooks that come with the programme."""

from __future__ import annotations

from gettext import gettext as _
from importlib.resources import files

from codebooks.errors import CodebookError
from codebooks.model import Codebook
from codebooks.yaml_io import parse_codebook

_ENDING = ".yaml"


def starters() -> tuple[str, ...]:
    """The names of the packaged codebooks, in alphabetical order."""
    folder = files("codebooks") / "starter"
    return tuple(sorted(f.name.removesuffix(_ENDING) for f in folder.iterdir() if f.name.endswith(_ENDING)))


def starter_text(name: str) -> str:
    """The YAML text of a packaged codebook, for a researcher who wants a file to begin from.

    Raises:
        CodebookError: There is none of this name; the message says which there are.
    """
    known = starters()
    if name not in known:
        raise CodebookError(
            _("Det følger ingen kodebok «{name}» med. Velg blant {known}, eller oppgi en YAML-fil.").format(
                name=name, known=", ".join(known)
            )
        )
    return (files("codebooks") / "starter" / f"{name}{_ENDING}").read_text(encoding="utf-8")


def read_starter(name: str) -> Codebook:
    """A packaged codebook.

    Raises:
        CodebookError: There is none of this name; the message says which there are.
    """
    return parse_codebook(starter_text(name), file=f"{name}{_ENDING}")
