"""why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, opened
from workbench.services import provenance, telling
from workbench.services.naming import find_codings
from workbench.services.provenance import Why


@click.command(
    "why",
    help=_(
        "Hvorfor står denne koden her? Hvem som kodet og når, hva koden betydde da og hva den betyr nå, memo, og om det kom "
        "fra et forslag. CODING er en id eller en sitat-id; flere kodinger på samme sted har samme sitat-id."
    ),
)
@file_argument
@click.argument("coding", metavar="CODING")
@coder_option
@json_option
def why_command(file: Path, coding: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder) as project:
        found = [provenance.why(project, each) for each in find_codings(project, [coding])]
    if as_json:
        output.write_json([shape(each) for each in found])
        return
    for n, each in enumerate(found):
        output.write_lines([*([""] if n else []), *_lines(each)])


def shape(each: Why) -> dict[str, Any]:
    """The JSON of one coding's history; a contract, as the shapes of the other commands are."""
    proposal = each.proposal
    return shapes.coding(each.coding) | {
        "decided": each.coding.decided,
        "recoded": each.coding.recoded,
        "assessment": each.coding.assessment,
        "shown": each.coding.shown,
        "verbatim": each.verbatim,
        "steps": [asdict(step) for step in each.steps],
        "definition_then": asdict(each.then),
        "definition_now": asdict(each.now),
        "changed": list(each.changed),
        "code_steps": [asdict(step) for step in each.code_steps],
        "suggestion": None
        if proposal is None
        else {
            "id": proposal.id,
            "score": proposal.score,
            "method": proposal.method,
            "rule": proposal.rule,
            "pipeline": proposal.pipeline,
            "because": [
                {"kind": reason.kind, "name": reason.name, "weight": reason.weight, "text": words}
                for reason, words in zip(proposal.reasons, each.evidence, strict=True)
            ],
        },
        "memos": [
            {"id": memo.id, "coder": memo.coder, "text": memo.text, "created": memo.created, "updated": memo.updated,
             "private": memo.private}
            for memo in each.memos
        ],
        "themes": list(each.themes),
    }  # fmt: skip


def _lines(each: Why) -> Iterator[str]:
    coding = each.coding
    words = " ".join(coding.text.split())
    yield f"«{coding.code_name}» · {coding.quote} · {coding.source_name} {coding.start}–{coding.end}"
    yield f"  «{words}»" if each.verbatim else f"  {words}"
    for section in telling.sections(each):
        yield section.title
        yield from ("  " + line for line in section.lines)


COMMANDS = {"why": why_command}
