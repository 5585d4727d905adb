"""Excerpts as text to be pasted elsewhere: the words as they stand in the source, whose they are, and the id that leads back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _

from exports import labels
from exports.models import Attribute
from exports.models import Excerpt as Printed
from exports.quotations import Passage, lines, reference, setting
from workbench.core.entities import Coding, Source
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.finding import speech
from workbench.services.retrieval import Excerpt, Filter, find_excerpts
from workbench.store.project import Project
from workbench.store.queries import corpus as corpus_queries

ATTRIBUTION: tuple[Attribute, ...] = ("case", "informant")


def clip(project: Project, found: Iterable[Excerpt]) -> str:
    """Excerpts in the order given, each place once: «Det er fullt.» (Lunden, I03) [I03-042].

    Between «» stands what was said, unchanged. What runs over several lines, is long or holds «» of its own stands without
    marks, and what is not verbatim is said to be so, as in a report.

    Raises:
        Refusal: if nothing is chosen, or nothing is left of the words.
    """
    places: dict[tuple[str, int, int], list[Printed]] = {}
    # Codes and themes are not printed here, so nobody asks for them.
    for each in exportable.excerpts(project, found, (), ()):
        places.setdefault((each.source, each.start, each.end), []).append(replace(each, shown=""))
    if not places:
        raise Refusal(_("Det er ingen tekst å kopiere."))
    passages = [
        Passage(excerpt=same[0], quote_ids=tuple(dict.fromkeys(one.quote_id for one in same)), star=False)
        for same in places.values()
    ]
    return "\n\n".join(_set(each.excerpt, reference(each, ATTRIBUTION)) for each in passages)


def clip_codings(project: Project, codings: Sequence[Coding]) -> str:
    """Codings as `clip` sets them."""
    wanted = {each.id for each in codings}
    found: dict[str, Excerpt] = {}
    for source in dict.fromkeys(each.source for each in codings):
        inside = find_excerpts(project, Filter(source=source))
        found |= {each.coding.id: each for each in inside if each.coding.id in wanted}
    return clip(project, [found[each.id] for each in codings if each.id in found])


def clip_span(project: Project, source: Source, start: int, end: int) -> str:
    """Words that nobody has coded, with where they stand: «Det er fullt.» (Samtale, replikk 12).

    Raises:
        Refusal: if there is nothing there.
    """
    text = corpus_queries.text_of(project.connection, source.version)
    if not text[start:end].strip():
        raise Refusal(_("Det er ingen tekst å kopiere."))
    said = speech(project, source)
    _speaker, _role, informant = said.at(start, end)
    touched = said.voices.touched(start, end)
    if touched:
        place = _numbered(_("replikk"), said.rows[touched[0]][0] + 1, said.rows[touched[-1]][0] + 1)
    else:
        place = _numbered(_("linje"), text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
    after = ", ".join(part for part in (source.name, place, informant) if part)
    return _set(_uncoded(source, start, end, text[start:end]), f"({after})")


def _numbered(what: str, first: int, last: int) -> str:
    return f"{what} {first}" if first == last else f"{what} {first}–{last}"


def _uncoded(source: Source, start: int, end: int, text: str) -> Printed:
    return Printed(
        id="",
        quote_id="",
        source=source.id,
        source_name=source.name,
        source_kind=exportable.source_kind(source.kind),
        verbatim=source.verbatim,
        start=start,
        end=end,
        text=text,
        code="",
        code_name="",
        code_path=(),
        coder="",
        origin="manual",
        created=datetime.now(UTC),
    )


def _set(excerpt: Printed, after: str) -> str:
    spoken = lines(excerpt.text)
    match setting(excerpt):
        case "report":
            return f"{labels.not_verbatim(excerpt.source_kind)} {' '.join(spoken)} {after}"
        case "inline":
            return f"«{' '.join(spoken)}» {after}"
        case "block":
            return "\n".join((*spoken[:-1], f"{spoken[-1]} {after}"))
