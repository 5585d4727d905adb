"""JSON shapes of the command line: a contract, whose keys may be added to and never changed."""

from __future__ import annotations

from typing import Any

from workbench.core.entities import CodeEntry, Coding, HistoryEntry, Proposal, Source
from workbench.services.retrieval import Excerpt
from workbench.services.sources import SourceText


def source(each: Source) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "kind": each.kind,
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
        "codings": entry.codings,
        "codings_total": entry.codings_total,
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
        "because": [{"start": start, "end": end, "text": text[start:end]} for start, end in each.because],
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
    }
    if context:
        shape |= {"question": each.question, "before": each.before, "after": each.after}
    return shape


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
