"""What a bundle says of each of its things, in our fields: the same for one that goes out and for one that comes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.text import normalise
from exports.interchange.model import Bundle
from workbench.services.interchange.receiving_cases import said_of_case, said_of_informant
from workbench.services.interchange.receiving_codes import said_of_codes
from workbench.services.interchange.receiving_codings import said_of_coding
from workbench.services.interchange.receiving_notes import said_of_link, said_of_note, said_of_set
from workbench.services.interchange.receiving_sources import said_of_source, said_of_survey

Said = dict[str, Any]


def said_of(bundle: Bundle) -> Iterator[tuple[str, str, Said]]:
    """(kind, GUID, what it says), of everything that is compared when it comes again."""
    names = {variable.guid: variable.name for variable in bundle.variables}
    for case in bundle.cases:
        yield "case", case.guid, said_of_informant(case) if case.kind == "informant" else said_of_case(case, names)
    for guid, said in said_of_codes(bundle):
        yield "code", guid, said
    for survey in bundle.surveys:
        yield "survey", survey.guid, said_of_survey(survey)
    for source in bundle.sources:
        yield "source", source.guid, said_of_source(source, normalise(source.text))
    for coding in bundle.codings:
        yield "coding", coding.guid, said_of_coding(coding)
    for group in bundle.sets:
        if group.kind != "wave":
            yield "set", group.guid, said_of_set(group)
    for link in bundle.links:
        yield "link", link.guid, said_of_link(link)
    for note in bundle.notes:
        yield "note", note.guid, said_of_note(note)
