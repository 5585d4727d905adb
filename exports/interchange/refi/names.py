"""The words of REFI-QDA 1.0, and Kodebenk's own conventions for what it has no field for.

Everything that Kodebenk adds carries a name that begins with `Kodebenk`, is plain text, and is shown by other tools as an
ordinary note, variable, set or link. A name of the user's own that begins the same way gets a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
INNER_FILE = "project.qde"
SOURCES_FOLDER = "sources/"
ORIGIN = "Kodebenk"

FACTS = "Kodebenk: opplysninger"
"""Title of the notes that hold what a source, a coding or the project has no field for."""
PARENT_LINK = "Kodebenk: ligger i"
"""From a case to the case it lies in."""
BELONGS_LINK = "Kodebenk: hører til"
"""From an informant to a case."""
ABOUT_LINK = "Kodebenk: memo om"
"""From a note to the case or set it is about: neither can refer to a note."""
MEMBER_LINK = "Kodebenk: medlem"
"""From a set to a coding, which cannot be a member of a set."""
SPEAKER_LINK = "Kodebenk taler: "
"""From a source to the informant who speaks there under the label that follows."""

CASE_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "kind": "Kodebenk: slag",
        "type": "Kodebenk: casetype",
        "role": "Kodebenk: rolle",
        "level": "Kodebenk: nivå",
        "side": "Kodebenk: side",
    }
)
"""Field of a case to the text variable that holds it."""

SET_PREFIXES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("theme", ""): "Kodebenk tema: ",
        ("theme", "candidate"): "Kodebenk temakandidat: ",
        ("theme", "final"): "Kodebenk endelig tema: ",
        ("wave", ""): "Kodebenk bølge: ",
    }
)
"""(kind, status) of a set to what its name begins with."""

NOTE_KINDS: Mapping[str, str] = MappingProxyType(
    {"memo": "memo", "margin": "merknad", "diary": "dagbok", "condensate": "kondensat"}
)
"""Kind of a note to the word for it in the note's description."""

_UNTITLED = re.compile(rf"{ORIGIN} (?:{'|'.join(NOTE_KINDS.values())}): ")
_OURS = r"Kodebenk(?: [\w ]+)?: "
_RESERVED = re.compile(rf"\\*{_OURS}")
_PROTECTED = re.compile(rf"\\+{_OURS}")


def untitled(kind: str, said: str) -> str:
    """What a note without a title is called in a file, since other tools list notes by name."""
    return f"{ORIGIN} {NOTE_KINDS[kind]}: {said}"


def title_of(name: str) -> str:
    """The title of a note by its name in a file."""
    return "" if _UNTITLED.match(name) else unprotect(name)


def protect(name: str) -> str:
    """A name of the user's own, so that it is never taken for one of Kodebenk's."""
    return f"\\{name}" if _RESERVED.match(name) else name


def unprotect(name: str) -> str:
    """The name as the user gave it."""
    return name[1:] if _PROTECTED.match(name) else name
