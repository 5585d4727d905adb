"""What is written about those who stay, without what names or quotes those who have withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from gettext import gettext as _
from typing import Any

from exports.interchange.model import Bundle, Loss, SourceItem
from workbench.services.interchange.mentions import Mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A part of a bundle and what researchers have written in it."""

    part: str
    """The field of `Bundle`."""
    what: str
    """Norwegian, as a line of what is lost begins."""
    emptied: tuple[str, ...]
    """Fields that can be without what names somebody."""
    shown: tuple[str, ...] = ("name",)
    """Fields that others know the thing by: they stay, and are told of."""


def _parts() -> tuple[_Written, ...]:
    told = ("brief", "definition", "when", "when_not", "examples", "signals")
    return (
        _Written(part="codes", what=_("Kode"), emptied=told, shown=("name", "name_en")),
        _Written(part="sets", what=_("Tema"), emptied=("description",)),
        _Written(part="sources", what=_("Kilde"), emptied=("title", "publisher", "description", "file_name"), shown=()),
        _Written(part="cases", what=_("Case"), emptied=("description", "type", "role", "level", "side", "values")),
        _Written(part="variables", what=_("Opplysning"), emptied=("description",)),
        _Written(part="links", what=_("Kobling"), emptied=("name",), shown=()),
        _Written(
            part="surveys", what=_("Undersøkelse"), emptied=("file_name", "mapping"), shown=("title", "questions")
        ),
    )


def written(bundle: Bundle) -> Iterator[str]:
    """Everything in a bundle that researchers have written: all strings but the texts of the sources and what lies in them."""
    yield from (bundle.title, bundle.description)
    yield from _strings(bundle.notes)
    for each in _parts():
        for thing in getattr(bundle, each.part):
            for field in (*each.emptied, *each.shown):
                yield from _strings(getattr(thing, field))
    yield from (text for source in bundle.sources for text in (source.name, source.folder))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        yield from _strings(tuple(getattr(value, field.name) for field in fields(value)))


def without_mentions(bundle: Bundle, mentions: Mentions) -> tuple[Bundle, tuple[Loss, ...]]:
    """(the bundle with nothing that can be left empty where it mentions them, what was emptied and what they can be known by).

    Notes are held outside as wholes by those who ask. A source under such a name gets a number for it.
    """
    losses: list[Loss] = []
    if mentions.found_in(bundle.description):
        bundle = replace(bundle, description="")
        losses.append(_emptied(_("Prosjekt"), bundle.title, 1))
    if mentions.found_in(bundle.title):
        losses.append(_shown(_("Prosjekt"), bundle.title))
    bundle = replace(bundle, sources=_numbered(bundle.sources, mentions, losses))
    changes: dict[str, Any] = {}
    for each in _parts():
        things = []
        for thing in getattr(bundle, each.part):
            less, count = _without(thing, each.emptied, mentions)
            things.append(less)
            name = getattr(less, "name", "") or getattr(less, "title", "")
            losses += [_emptied(each.what, name, count)] if count else []
            said = _strings(tuple(getattr(less, field) for field in each.shown))
            losses += [_shown(each.what, name)] if any(map(mentions.found_in, said)) else []
        changes[each.part] = tuple(things)
    folders = dict.fromkeys(source.folder for source in bundle.sources if mentions.found_in(source.folder))
    return replace(bundle, **changes), (*losses, *(_shown(_("Mappe"), folder) for folder in folders))


def _emptied(what: str, name: str, count: int) -> Loss:
    why = _("Det som nevner eller siterer noen som har trukket seg, er tatt ut.")
    return Loss(what=what, name=name, why=why, count=count)


def _shown(what: str, name: str) -> Loss:
    why = _("Navnet eller ordlyden nevner noen som har trukket seg, og står i filen. Gi det et annet navn.")
    return Loss(what=what, name=name, why=why, mended=True)


def _numbered(sources: tuple[SourceItem, ...], mentions: Mentions, losses: list[Loss]) -> tuple[SourceItem, ...]:
    """The sources, those whose names mention somebody under their number in the order of the file."""
    names = {source.name for source in sources}
    found: list[SourceItem] = []
    for number, source in enumerate(sources, 1):
        if mentions.found_in(source.name):
            name = _("Kilde {n}").format(n=number)
            while name in names:
                name += "*"
            names.add(name)
            source = replace(source, name=name)
            why = _("Navnet nevnte noen som har trukket seg; kilden har et nummer i stedet.")
            losses.append(Loss(what=_("Kilde"), name=name, why=why, mended=True))
        found.append(source)
    return tuple(found)


def _without(thing: Any, names: tuple[str, ...], mentions: Mentions) -> tuple[Any, int]:
    """(the thing without what mentions them in the fields, how many there were)."""
    changes: dict[str, Any] = {}
    count = 0
    for name in names:
        value = getattr(thing, name)
        theirs = [text for text in _strings(value) if mentions.found_in(text)]
        if not theirs:
            continue
        count += len(theirs)
        if isinstance(value, Mapping):
            changes[name] = {key: each for key, each in value.items() if each not in theirs}
        else:
            changes[name] = "" if isinstance(value, str) else tuple(each for each in value if each not in theirs)
    return (replace(thing, **changes) if changes else thing), count
