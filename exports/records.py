"""Excerpts, codes and matrices as plain values for JSON, texts exactly as stored.

Keys may be added, never changed. The schema's number counts up when that promise has to be broken.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TypeAlias

from codebooks.model import Code
from exports.models import CodeCounts, Excerpt, Matrix, QuoteBank

SCHEMA = "kodebenk.quotebank/1"
Record: TypeAlias = dict[str, Any]


def render_json(bank: QuoteBank) -> bytes:
    """The quote bank as JSON in UTF-8, letters unescaped; absent parts are null."""
    record = {
        "schema": SCHEMA,
        "title": bank.title,
        "date": bank.date.isoformat(),
        "data_class": bank.data_class,
        "software": f"Kodebenk {bank.software_version}".strip(),
        "excerpts": [excerpt_record(excerpt) for excerpt in bank.excerpts],
        "codebook": None if bank.codebook is None else [code_record(code) for code in bank.codebook],
        "counts": [counts_record(counts) for counts in bank.counts],
        "matrix": None if bank.matrix is None else matrix_record(bank.matrix),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def excerpt_record(excerpt: Excerpt) -> Record:
    """An excerpt with the keys of `kodebenk codings --json` and more; `case` names all its cases in one text."""
    return {
        "id": excerpt.id,
        "quote_id": excerpt.quote_id,
        "source": excerpt.source,
        "source_name": excerpt.source_name,
        "source_kind": excerpt.source_kind,
        "verbatim": excerpt.verbatim,
        "start": excerpt.start,
        "end": excerpt.end,
        "text": excerpt.text,
        "code": excerpt.code,
        "code_name": excerpt.code_name,
        "code_path": list(excerpt.code_path),
        "themes": list(excerpt.themes),
        "coder": excerpt.coder,
        "origin": excerpt.origin,
        "created": timestamp(excerpt.created),
        "case": "; ".join(excerpt.cases),
        "cases": list(excerpt.cases),
        "informant": excerpt.informant,
        "voice": excerpt.voice,
        "role": excerpt.role,
        "side": excerpt.side,
        "level": excerpt.level,
        "wave": excerpt.wave,
        "language": excerpt.language,
        "star": excerpt.star,
        "assessment": excerpt.assessment,
        "question": excerpt.question,
        "before": excerpt.before,
        "after": excerpt.after,
        "time_ms": excerpt.time_ms,
        "memo": excerpt.memo,
    }


def code_record(code: Code) -> Record:
    """A code with all that describes it; its `id` is the slug."""
    return {
        "id": code.slug,
        "uid": code.uid,
        "name": code.name,
        "name_en": code.name_en,
        "parent": code.parent,
        "colour": code.colour,
        "brief": code.brief,
        "definition": code.definition,
        "when": code.when,
        "when_not": code.when_not,
        "examples": list(code.examples),
        "status": code.status,
    }


def counts_record(counts: CodeCounts) -> Record:
    """The counts of a code."""
    return {
        "code": counts.code,
        "name": counts.name,
        "segments": counts.segments,
        "sources": counts.sources,
        "informants": counts.informants,
        "cases": counts.cases,
    }


def matrix_record(matrix: Matrix) -> Record:
    """A crosstab with the keys of `kodebenk matrix --json`: `cells[row][column]`."""
    return {
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "cells": [list(row) for row in matrix.cells],
        "measure": matrix.measure,
        "row_kind": matrix.row_kind,
        "column_kind": matrix.column_kind,
    }


def timestamp(moment: datetime) -> str:
    """The moment in UTC, ISO 8601 with Z, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
