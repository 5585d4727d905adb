"""JSON shapes of the command line: a contract, whose keys may be added to and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from workbench.core.entities import CodeEntry, Coding, HistoryEntry, Proposal, Source, ThemeEntry
from workbench.services.finding import Hit
from workbench.services.retrieval import Excerpt
from workbench.services.sources import SourceText

if TYPE_CHECKING:
    from nlp.learning.assess import Figures
    from workbench.services.assessing import Assessment


def source(each: Source) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "kind": each.kind,
        "title": each.title,
        "publisher": each.publisher,
        "case": ", ".join(each.cases),
        "cases": list(each.cases),
        "characters": each.characters,
        "turns": each.turns,
        "codings": each.codings,
        "informants": list(each.informants),
        "wave": each.wave,
        "date": each.date,
        "mode": each.mode,
        "language": each.language,
        "verbatim": each.verbatim,
        "folder": each.folder,
        "version": each.version_number,
    }


def source_text(shown: SourceText) -> dict[str, Any]:
    return {
        "id": shown.source.id,
        "name": shown.source.name,
        "text": shown.text,
        "turns": [
            {
                "n": turn.n,
                "speaker": turn.speaker,
                "role": turn.role,
                "informant": turn.informant or None,
                "start": turn.start,
                "end": turn.end,
                "label_start": turn.label_start,
                "time_ms": turn.start_ms,
                "end_ms": turn.end_ms,
            }
            for turn in shown.turns
        ],
    }


def code(entry: CodeEntry, parents: dict[str, str]) -> dict[str, Any]:
    return {
        "id": entry.slug,
        "name": entry.name,
        "name_en": entry.name_en,
        "parent": parents.get(entry.parent),
        "definition": entry.definition or entry.brief,
        "brief": entry.brief,
        "when": entry.when,
        "when_not": entry.when_not,
        "examples": list(entry.examples),
        "colour": entry.colour,
        "status": entry.status,
        "folder": entry.folder,
        "codings": entry.codings,
        "codings_total": entry.codings_total,
        "waiting": entry.waiting,
        "cases": entry.cases,
        "uid": entry.id,
    }


def codes(entries: list[CodeEntry]) -> list[dict[str, Any]]:
    slugs = {entry.id: entry.slug for entry in entries}
    return [code(entry, slugs) for entry in entries]


def coding(each: Coding) -> dict[str, Any]:
    return {
        "id": each.id,
        "source": each.source,
        "source_name": each.source_name,
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "code": each.slug,
        "code_name": each.code_name,
        "coder": each.coder,
        "first_coder": each.first_coder,
        "origin": each.origin,
        "star": each.star,
        "quote": each.quote,
        "created": each.created,
    }


def waiting_words(row: Mapping[str, Any]) -> str:
    """The text of a coding or an excerpt for a person: while it waits for a place, the words it stood on."""
    if not row["waiting"]:
        return str(row["text"])
    return _("(venter på plass) {words}").format(words=row["waiting"])


def proposal(each: Proposal, text: str) -> dict[str, Any]:
    return {
        "id": each.id,
        "source": each.source,
        "source_name": each.source_name,
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "code": each.slug,
        "code_name": each.code_name,
        "score": each.score,
        "method": each.method,
        "rule": each.rule,
        "pipeline": each.pipeline,
        "because": [
            {
                "start": why.start,
                "end": why.end,
                "text": text[why.start : why.end],
                "kind": why.kind,
                "name": why.name,
                "weight": why.weight,
            }
            for why in each.reasons
            if why.start is not None and why.end is not None
        ],
        "around": [
            {"kind": why.kind, "name": why.name, "weight": why.weight} for why in each.reasons if why.start is None
        ],
        "status": each.status,
    }


def excerpt(each: Excerpt, *, context: bool) -> dict[str, Any]:
    informant = each.informant
    shape = coding(each.coding) | {
        "case": ", ".join(each.source.cases),
        "cases": list(each.source.cases),
        "kind": each.source.kind,
        "verbatim": each.source.verbatim,
        "wave": each.source.wave,
        "speaker": each.speaker,
        "speaker_role": each.role,
        "informant": informant.number if informant else None,
        "role": informant.role if informant else None,
        "level": informant.level if informant else None,
        "side": informant.side if informant else None,
        "time_ms": each.time_ms,
        "waiting": each.waiting,
    }
    if context:
        shape |= {"question": each.question, "before": each.before, "after": each.after}
    return shape


def hit(each: Hit) -> dict[str, Any]:
    informant = each.informant
    return {
        "id": f"{each.source.id}:{each.start}-{each.end}",
        "source": each.source.id,
        "source_name": each.source.name,
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "before": each.before,
        "after": each.after,
        "case": ", ".join(each.source.cases),
        "cases": list(each.source.cases),
        "kind": each.source.kind,
        "wave": each.source.wave,
        "speaker": each.speaker,
        "speaker_role": each.role,
        "informant": informant.number if informant else None,
        "role": informant.role if informant else None,
    }


def history(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "when": entry.when,
        "coder": entry.coder,
        "kind": entry.kind,
        "summary": entry.summary,
        "gesture": entry.gesture,
        "undone": entry.undone,
    }


def figures(each: Figures) -> dict[str, Any]:
    return {
        "code": each.code,
        "units": each.units,
        "with_code": each.with_code,
        "sources": each.sources,
        "precision": _rounded(each.precision),
        "recall": _rounded(each.recall),
        "f1": _rounded(each.f1),
        "calibration": _rounded(each.calibration),
        "reading": _rounded(each.reading),
        "threshold": each.threshold,
        "silent": each.silent,
        "enough": each.is_enough,
    }


def assessment(found: Assessment) -> dict[str, Any]:
    drawn = found.drawn
    return {
        "unit": "sentence",
        "codes": [figures(each) for each in found.codes],
        "finished": found.finished,
        "decided_in": found.decided_in,
        "drawn": {
            "judged": drawn.judged,
            "with_code": drawn.with_code,
            "low": _rounded(drawn.low),
            "high": _rounded(drawn.high),
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def theme(each: ThemeEntry, entries: Sequence[CodeEntry]) -> dict[str, Any]:
    """A theme with the slugs of its codes and the ids of the codings that belong to it by themselves."""
    slugs = {entry.id: entry.slug for entry in entries}
    return {
        "id": each.id,
        "title": each.title,
        "essence": each.essence,
        "status": each.status,
        "codes": [slugs[code] for code in each.codes if code in slugs],
        "excerpts": list(each.codings),
    }
