"""One way of writing names and GUIDs: tools differ in braces and case, and a thing must be itself whatever its tool wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from gettext import gettext as _

from corpus.text import normalise
from exports.interchange.model import Bundle
from workbench.services.interchange.identity import canonical


def one_line(name: str) -> str:
    """A name on one line (NFC), never empty."""
    return " ".join(normalise(name).split()) or _("(uten navn)")


def lies_in(thing: str, above: str, parent_of: Callable[[str], str]) -> bool:
    """Whether a thing is, or lies somewhere under, another; one that lies in itself lies under nothing else."""
    seen = set[str]()
    while thing and thing not in seen:
        if thing == above:
            return True
        seen.add(thing)
        thing = parent_of(thing)
    return False


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
