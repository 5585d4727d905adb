"""One way of writing GUIDs: tools differ in braces and case, and a thing must be itself whatever its tool wrote this time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from exports.interchange.model import Bundle
from workbench.services.interchange.identity import canonical


def with_one_spelling(bundle: Bundle) -> Bundle:
    """The same bundle with every GUID in upper case and without braces."""
    return replace(
        _groups(bundle),
        guid=canonical(bundle.guid),
        people=tuple(replace(each, guid=canonical(each.guid)) for each in bundle.people),
        codes=tuple(replace(each, guid=canonical(each.guid), parent=canonical(each.parent)) for each in bundle.codes),
        sources=tuple(
            replace(
                each,
                guid=canonical(each.guid),
                creator=canonical(each.creator),
                speakers={label: canonical(guid) for label, guid in each.speakers.items()},
                answers=tuple(replace(answer, survey=canonical(answer.survey)) for answer in each.answers),
            )
            for each in bundle.sources
        ),
        codings=tuple(
            replace(
                each,
                guid=canonical(each.guid),
                source=canonical(each.source),
                code=canonical(each.code),
                coder=canonical(each.coder),
                passage=canonical(each.passage),
            )
            for each in bundle.codings
        ),
        notes=tuple(
            replace(each, guid=canonical(each.guid), target=canonical(each.target), creator=canonical(each.creator))
            for each in bundle.notes
        ),
    )


def _groups(bundle: Bundle) -> Bundle:
    return replace(
        bundle,
        variables=tuple(replace(each, guid=canonical(each.guid)) for each in bundle.variables),
        cases=tuple(
            replace(
                each,
                guid=canonical(each.guid),
                parent=canonical(each.parent),
                cases=_all(each.cases),
                sources=_all(each.sources),
                values={canonical(guid): value for guid, value in each.values.items()},
            )
            for each in bundle.cases
        ),
        sets=tuple(
            replace(
                each,
                guid=canonical(each.guid),
                codes=_all(each.codes),
                sources=_all(each.sources),
                codings=_all(each.codings),
                notes=_all(each.notes),
            )
            for each in bundle.sets
        ),
        links=tuple(
            replace(each, guid=canonical(each.guid), origin=canonical(each.origin), target=canonical(each.target))
            for each in bundle.links
        ),
        surveys=tuple(replace(each, guid=canonical(each.guid)) for each in bundle.surveys),
    )


def _all(guids: Iterable[str]) -> tuple[str, ...]:
    return tuple(canonical(guid) for guid in guids)
