"""The GUIDs that things have in a written file: the same ones at every export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exports.interchange.model import Bundle
from exports.interchange.refi.values import as_guid, made_guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What a bundle's ids are written as: GUIDs as they are, in small letters; others by the project and their kind."""

    seed: str
    kinds: Mapping[str, frozenset[str]]
    """Kind of thing to the ids in the bundle."""

    def of(self, kind: str, identity: str) -> str:
        """The GUID of a thing of a kind."""
        return as_guid(identity) or made_guid(self.seed, kind, identity)

    def known(self, kind: str, identity: str) -> bool:
        """Whether the bundle has the thing."""
        return identity in self.kinds.get(kind, ())

    def any(self, identity: str) -> str:
        """The GUID of a thing whose kind is not said; empty when the bundle has no such thing."""
        kind = next(
            (kind for kind, found in self.kinds.items() if identity in found and kind not in ("person", "survey")), None
        )
        return "" if kind is None else self.of(kind, identity)


def numbering_of(bundle: Bundle) -> Numbering:
    """How the things in a bundle are numbered."""
    kinds = {
        "code": frozenset(code.guid for code in bundle.codes),
        "source": frozenset(source.guid for source in bundle.sources),
        "coding": frozenset(coding.guid for coding in bundle.codings),
        "note": frozenset(note.guid for note in bundle.notes),
        "case": frozenset(case.guid for case in bundle.cases),
        "set": frozenset(each.guid for each in bundle.sets),
        "variable": frozenset(variable.guid for variable in bundle.variables),
        "survey": frozenset(survey.guid for survey in bundle.surveys),
        "person": frozenset(person.guid for person in bundle.people),
    }
    return Numbering(seed=bundle.guid or bundle.title, kinds=kinds)
