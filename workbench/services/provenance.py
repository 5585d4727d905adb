"""Why a passage has its code: who gave it when, what the code meant then, and what has happened to both since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from workbench.core import clock
from workbench.core.changes import Change
from workbench.core.entities import Coding, Memo, Proposal
from workbench.services import memos, summaries
from workbench.services.codebook import descendants, list_codes, list_themes
from workbench.services.coding import get_coding
from workbench.store.project import Project
from workbench.store.queries import codings as queries
from workbench.store.queries import gestures, provenance
from workbench.store.queries.corpus import sources as source_rows
from workbench.store.queries.corpus import text_of
from workbench.store.queries.names import Names
from workbench.store.queries.sortings import sortings

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done to a coding or a code."""

    when: str
    """UTC, ISO 8601 with Z."""
    coder: str
    kind: str
    """The kind of change, as the journal calls it."""
    what: str
    """In words, in the interface's language."""
    undone: bool
    """It has been undone since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a code said of itself at one time."""

    name: str
    brief: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()


MEANING = ("name", "brief", "definition", "when", "when_not", "examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that is known of how one coding came to be."""

    coding: Coding
    verbatim: bool
    """The source's words are a participant's own; False in minutes and reports."""
    steps: tuple[Step, ...]
    """What was done to the coding, the oldest first."""
    then: Meaning
    """What its code said when the coding was last given it, or confirmed under it."""
    now: Meaning
    """What the code says at present; after a merge, the code that it was merged into."""
    code_steps: tuple[Step, ...]
    """What has been done to the code since `then`, the oldest first."""
    proposal: Proposal | None
    """The suggestion it was accepted from."""
    evidence: tuple[str, ...]
    """The words each of the suggestion's reasons pointed at, in the same order; empty for what stands nowhere, and where
    the text of that time has been destroyed."""
    memos: tuple[Memo, ...]
    """On the coding, those this reader may see; the oldest first."""
    themes: tuple[str, ...]
    """Titles of the themes it belongs to, through its code or by itself."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Which parts of the code's meaning are others now."""
        return tuple(part for part in MEANING if getattr(self.then, part) != getattr(self.now, part))


def why(project: Project, coding: str) -> Why:
    """How a coding came to be, by its id.

    Raises:
        Refusal: if it has been removed.
    """
    connection = project.connection
    found = get_coding(project, coding)
    changes = provenance.changes_of(connection, "coding", coding)
    names, undone = Names(connection), gestures.undone(connection)
    decided = provenance.decided_at(connection, [coding]).get(coding, "") or changes[-1].clock
    coded_with = str(provenance.row_after(connection, "coding", coding, decided).get("code", found.code))
    proposal = _proposal(project, found)
    return Why(
        coding=found,
        verbatim=all(source.verbatim for source in source_rows(connection, [found.source])),
        steps=tuple(_coding_steps(project, changes, coding, names, undone)),
        then=_meaning(provenance.row_after(connection, "code", coded_with, decided), found.code_name),
        now=_meaning(provenance.row_after(connection, "code", found.code, _LAST), found.code_name),
        code_steps=tuple(_code_steps(project, (coded_with, found.code), decided, names, undone)),
        proposal=proposal,
        evidence=_evidence(project, proposal) if proposal else (),
        memos=tuple(memos.list_memos(project, coding)),
        themes=_themes(project, found),
    )


_LAST = "~"
"""After every reading of the clock."""


# -- the coding's own life


def _coding_steps(
    project: Project, changes: list[Change], coding: str, names: Names, undone: set[str]
) -> Iterator[Step]:
    before: Row = {}
    for change in changes:
        after = provenance.row_after(project.connection, "coding", coding, change.clock)
        told = _told(project, change, before, after) or summaries.summarise(change, names)
        yield _step(change, names, told, undone)
        before = after


def _step(change: Change, names: Names, what: str, undone: set[str]) -> Step:
    return Step(
        when=clock.iso(change.clock),
        coder=names.coder(change.coder),
        kind=change.kind,
        what=what,
        undone=change.gesture in undone and change.kind not in ("undo", "redo"),
    )


def _told(project: Project, change: Change, before: Row, after: Row) -> str:
    """What became different, in words; empty when nothing did that a reader would ask about."""
    told = "; ".join(_differences(project, change, before, after))
    if told and change.kind == "undo":
        return _("angret: {what}").format(what=told)
    if told and change.kind == "redo":
        return _("gjorde om: {what}").format(what=told)
    return told


def _differences(project: Project, change: Change, before: Row, after: Row) -> Iterator[str]:
    if not after:
        yield _("fjernet kodingen") if before else ""
        return
    code = _code_name(project, after["code"], change.clock)
    if not before:
        yield _("kodet {start}–{end} med «{code}»").format(start=after["start"], end=after["end"], code=code)
        return
    if before["code"] != after["code"]:
        old = _code_name(project, before["code"], change.clock)
        yield _("kodet om fra «{old}» til «{new}»").format(old=old, new=code)
    elif change.kind == "coding.confirm":
        yield _("lot kodingen stå, slik «{code}» da var definert").format(code=code)
    place = {key: (before[key], after[key]) for key in ("start", "end")}
    moved = any(old != new for old, new in place.values())
    spans = {"old": _span(before), "new": _span(after)}
    if before["version"] != after["version"]:
        yield (
            _("teksten ble rettet, og stedet flyttet seg fra {old} til {new}").format(**spans)
            if moved
            else _("teksten ble rettet et annet sted; kodingen står på de samme ordene")
        )
    elif moved:
        yield _("flyttet grensene fra {old} til {new}").format(**spans)
    if before["star"] != after["star"]:
        yield _("merket som utvalgt sitat") if after["star"] else _("tok bort merket som utvalgt sitat")
    if before.get("assessment", "") != after.get("assessment", ""):
        yield _("vurderte det som {what}").format(what=after["assessment"] or _("ingenting særskilt"))
    if before.get("shown", "") != after.get("shown", ""):
        yield _("endret hvordan sitatet gjengis") if after["shown"] else _("lot sitatet gjengis ordrett")


def _span(row: Row) -> str:
    return f"{row['start']}–{row['end']}"


def _code_name(project: Project, code: str, reading: str) -> str:
    """What a code was called at the time, and what it is called now where that differs."""
    then = str(provenance.row_after(project.connection, "code", code, reading).get("name", ""))
    now = str(provenance.row_after(project.connection, "code", code, _LAST).get("name", ""))
    if then and now and then != now:
        return _("{then} (nå {now})").format(then=then, now=now)
    return now or then or _("(fjernet kode)")


# -- the code's life


def _meaning(row: Row, name: str) -> Meaning:
    return Meaning(
        name=row.get("name") or name,
        brief=row.get("brief", ""),
        definition=row.get("definition", ""),
        when=row.get("when_used", ""),
        when_not=row.get("when_not", ""),
        examples=tuple(json.loads(row.get("examples") or "[]")),
    )


def _code_steps(project: Project, codes: tuple[str, ...], since: str, names: Names, undone: set[str]) -> Iterator[Step]:
    """What was done after `since` to the code of that time and to the code it has become part of."""
    found: dict[str, tuple[str, Step]] = {}
    for code in dict.fromkeys(codes):
        before = provenance.row_after(project.connection, "code", code, since)
        for change in provenance.changes_of(project.connection, "code", code):
            if change.clock <= since:
                continue
            after = provenance.row_after(project.connection, "code", code, change.clock)
            told = _code_told(project, before, after, change.clock)
            if told:
                found.setdefault(change.id, (change.clock, _step(change, names, told, undone)))
            before = after
    for sorting in sortings(project.connection):
        if sorting.kind == "split" and sorting.finished and sorting.code in codes:
            for change in provenance.changes_of(project.connection, "sorting", sorting.id):
                if change.kind == "sorting.finish" and change.clock > since:
                    into = ", ".join(f"«{names.code(target)}»" for target in sorting.targets)
                    told = _("delte opp koden i {codes}").format(codes=into)
                    found[change.id] = change.clock, _step(change, names, told, undone)
    yield from (step for _reading, step in sorted(found.values(), key=lambda each: each[0]))


def _code_told(project: Project, before: Row, after: Row, reading: str) -> str:
    if not after:
        return _("slettet koden")
    if not before:
        return _("laget koden «{name}»").format(name=after["name"])
    parts = []
    if before["name"] != after["name"]:
        parts.append(_("ga koden nytt navn, fra «{old}» til «{new}»").format(old=before["name"], new=after["name"]))
    fields = [words for key, words in _field_words().items() if before[key] != after[key]]
    if fields:
        parts.append(_("endret {fields}").format(fields=", ".join(fields)))
    if after["status"] == "merged" != before["status"]:
        into = _code_name(project, after["merged_into"], reading)
        parts.append(_("slo koden «{name}» sammen med «{into}»").format(name=before["name"], into=into))
    elif before["status"] != after["status"]:
        parts.append(_("tok koden ut av bruk") if after["status"] == "retired" else _("tok koden i bruk igjen"))
    elif before["parent"] != after["parent"]:
        above = _code_name(project, after["parent"], reading) if after["parent"] else ""
        parts.append(
            _("flyttet koden inn under «{parent}»").format(parent=above)
            if above
            else _("flyttet koden til øverste nivå")
        )
    return "; ".join(parts)


def _field_words() -> Mapping[str, str]:
    return {
        "brief": _("kort definisjon"),
        "definition": _("definisjonen"),
        "when_used": _("når den brukes"),
        "when_not": _("når den ikke brukes"),
        "examples": _("eksemplene"),
    }


# -- what it rests on, and what it is part of


def _proposal(project: Project, coding: Coding) -> Proposal | None:
    if not coding.suggestion:
        return None
    accepted = queries.proposals(project.connection, source=coding.source, status="accepted")
    return next((each for each in accepted if each.id == coding.suggestion), None)


def _evidence(project: Project, proposal: Proposal) -> tuple[str, ...]:
    """The words the reasons pointed at when the suggestion was accepted: the text may have been corrected since."""
    changes = provenance.changes_of(project.connection, "verdict", proposal.id)
    versions = [
        change.payload["version"] for change in changes if change.kind == "suggestion.accept" and change.payload
    ]
    text = text_of(project.connection, versions[-1]) if versions else ""
    return tuple("" if why.start is None else text[why.start : why.end] for why in proposal.reasons)


def _themes(project: Project, coding: Coding) -> tuple[str, ...]:
    entries = list_codes(project)
    return tuple(
        theme.title
        for theme in list_themes(project)
        if coding.id in theme.codings or any(coding.code in descendants(entries, code) for code in theme.codes)
    )
