"""Attributes of cases and files in QualCoder and RQDA, as variables of cases.

Kodebenk has variables on cases alone. What is known of a file goes to its case when the two belong to nobody else;
otherwise it stands in a note on the source, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from exports.interchange.foreign import Tally, stable_guid
from exports.interchange.model import CaseItem, NoteItem, VariableItem, VariableType

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
_WHOLE = re.compile(r"[+-]?\d{1,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An attribute as the tool defines it."""

    name: str
    memo: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value of a case, or of a source."""

    name: str
    target: str
    """GUID of the case or source."""
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Attributes with their values where they came to lie."""

    variables: tuple[VariableItem, ...]
    values: Mapping[str, Mapping[str, object]]
    """By case: variable GUID to value."""
    notes: tuple[NoteItem, ...]


def place(
    project: str,
    kinds: Sequence[Kind],
    of_cases: Sequence[Given],
    of_sources: Sequence[Given],
    cases: Sequence[CaseItem],
    tally: Tally,
) -> Placed:
    """Variables, the values of cases, and notes with what could not be a case's.

    Args:
        project: GUID.
        kinds: as defined; what is used without a definition is text.
        of_cases: values of cases.
        of_sources: values of sources.
        cases: with their sources.
        tally: gets what was read otherwise than it stood.
    """
    of_cases = [given for given in of_cases if given.value.strip() and given.name]
    of_sources = [given for given in of_sources if given.value.strip() and given.name]
    named = {kind.name: kind for kind in reversed(kinds) if kind.name}
    used: dict[str, list[str]] = defaultdict(list)
    for given in (*of_cases, *of_sources):
        named.setdefault(given.name, Kind(name=given.name))
        used[given.name].append(given.value)
    types = {name: _type(kind, used[name], tally) for name, kind in named.items()}
    variables = {
        name: VariableItem(
            guid=stable_guid(project, "attribute", name), name=name, type=types[name], description=named[name].memo
        )
        for name in sorted(named)
    }
    values: dict[str, dict[str, object]] = defaultdict(dict)
    for given in of_cases:
        values[given.target][variables[given.name].guid] = _typed(given.value, types[given.name])
    alone = _alone(cases)
    rest: dict[str, list[str]] = defaultdict(list)
    for given in of_sources:
        variable, case = variables[given.name].guid, alone.get(given.target)
        if case is not None and variable not in values[case]:
            values[case][variable] = _typed(given.value, types[given.name])
        else:
            rest[given.target].append(f"{given.name}: {given.value}")
    return Placed(variables=tuple(variables.values()), values=values, notes=_notes(project, rest, tally))


def _type(kind: Kind, values: Sequence[str], tally: Tally) -> VariableType:
    if not kind.numeric:
        return "text"
    if all(_WHOLE.fullmatch(value.strip()) for value in values):
        return "integer"
    if all(_NUMBER.fullmatch(value.strip()) for value in values):
        return "float"
    why = _("Ikke alle verdiene er tall; de er tatt inn som tekst.")
    tally.add(_("Variabel"), kind.name, why, mended=True)
    return "text"


def _typed(value: str, type: VariableType) -> object:
    if type == "integer":
        return int(value)
    return float(value.strip().replace(",", ".")) if type == "float" else value


def _alone(cases: Sequence[CaseItem]) -> dict[str, str]:
    """Sources to their case, where a case has one source and the source one case."""
    owners: dict[str, list[CaseItem]] = defaultdict(list)
    for case in cases:
        for source in case.sources:
            owners[source].append(case)
    return {source: of[0].guid for source, of in owners.items() if len(of) == 1 and len(of[0].sources) == 1}


def _notes(project: str, rest: Mapping[str, Sequence[str]], tally: Tally) -> tuple[NoteItem, ...]:
    for lines in rest.values():
        why = _("Kilden har ingen case for seg selv; opplysningene står i et memo på kilden.")
        tally.add(_("Filegenskaper"), ", ".join(sorted(line.partition(":")[0] for line in lines)), why, mended=True)
    return tuple(
        NoteItem(
            guid=stable_guid(project, "attributes", source),
            title=_("Opplysninger om filen"),
            text="\n".join(lines),
            target_kind="source",
            target=source,
        )
        for source, lines in rest.items()
    )
