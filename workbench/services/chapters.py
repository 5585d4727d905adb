"""A report's chapters and the tables over them, gathered from what was chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

from exports import labels, models
from exports.report.masking import without_case
from workbench.core.entities import CodeEntry, StoredTurn, ThemeEntry
from workbench.services import exportable
from workbench.services.codebook import descendants
from workbench.services.quoting import holds, negations_touched, turned
from workbench.services.retrieval import Excerpt

Place = tuple[str, int, int]


def printed_forms(found: Iterable[Excerpt]) -> tuple[dict[Place, str], list[str]]:
    """How places are printed that are not printed word for word, and what to warn of: forms that no longer hold."""
    forms: dict[Place, str] = {}
    failed: dict[Place, str] = {}
    doubtful: dict[Place, str] = {}
    for each in found:
        coding = each.coding
        place = (coding.source, coding.start, coding.end)
        if coding.shown and holds(coding.text, coding.shown):
            forms[place] = coding.shown
            if words := negations_touched(coding.text, coding.shown):
                doubtful[place] = turned(coding.quote, words)
        elif coding.shown:
            failed[place] = coding.quote
    warnings = [
        _(
            "Sitatet {quote} er endret siden det ble forkortet eller klargjort, og står ordrett. Se over det med "
            "«kodebenk quote»."
        ).format(quote=quote)
        for place, quote in failed.items()
        if place not in forms
    ]
    warnings += doubtful.values()
    return forms, warnings


def with_voices(excerpt: models.Excerpt, turns: Sequence[StoredTurn], *, numbers: bool) -> models.Excerpt:
    """The excerpt with each voice called by its part in the talk, or by the informant's number where that is printed.

    The label in a text tends to be the name or the title that the report's attribution was chosen to leave out, and the
    voice in whose middle an excerpt begins has none there. One voice alone needs none: who it is stands after the words.
    """
    names = _voices(turns, numbers=numbers)
    if not names:
        return excerpt
    pieces, place = [], excerpt.start
    shown, begun = excerpt.shown, 0
    for turn, name in zip(turns, names, strict=True):
        cut = max(turn.label_start, excerpt.start)
        pieces += [excerpt.text[place - excerpt.start : cut - excerpt.start], name]
        place = max(cut, min(turn.start, excerpt.end))
        label = excerpt.text[cut - excerpt.start : place - excerpt.start].strip()
        shown, begun = _exchanged(shown, label, name, begun)
    pieces.append(excerpt.text[place - excerpt.start :])
    if shown and names[0] and turns[0].start <= excerpt.start and not shown.startswith("["):
        shown = names[0] + shown
    spoken = "".join(pieces)
    return replace(excerpt, shown=shown, spoken=spoken if spoken != excerpt.text else "")


def _voices(turns: Sequence[StoredTurn], *, numbers: bool) -> list[str]:
    """What stands before the words of each turn: nothing as long as one voice has them all."""
    keys = [(turn.role, turn.informant or turn.speaker) for turn in turns]
    if len(set(keys)) < 2:
        return [""] * len(turns)
    people = list(dict.fromkeys(key for key in keys if key[0] == "participant"))
    names = []
    for turn, key in zip(turns, keys, strict=True):
        name = labels.voice(turn.role)
        if numbers and turn.informant:
            name = turn.informant
        elif key in people and len(people) > 1:
            name = f"{name} {people.index(key) + 1}"
        names.append(f"{name}: " if turn.speaker else "")
    return names


def _exchanged(shown: str, label: str, name: str, begun: int) -> tuple[str, int]:
    """A written form with the next such label exchanged for a name, and where to look on; unchanged where it was cut."""
    if not shown or not label:
        return shown, begun
    words = r"\s+".join(re.escape(word) for word in label.split())
    found = re.compile(rf"(?<!\S){words}(?!\S)\s*").search(shown, begun)
    if found is None:
        return shown, begun
    return shown[: found.start()] + name + shown[found.end() :], found.start() + len(name)


def masked(excerpt: models.Excerpt, masks: Mapping[str, str]) -> models.Excerpt:
    """The excerpt as a report shows it that promises to name no case: not by its name, nor by its source's."""
    return replace(excerpt, cases=tuple(sorted(masks[case] for case in excerpt.cases)), source_name="", published="")


def chapter(theme: ThemeEntry, entries: Sequence[CodeEntry], excerpts: Sequence[models.Excerpt]) -> models.ThemeChapter:
    """A theme with everything that is coded in it, in the order of its codes."""
    members = set[str]().union(*(descendants(list(entries), code) for code in theme.codes))
    codes = [entry for entry in entries if entry.id in members]
    order = {entry.slug: place for place, entry in enumerate(codes)}
    own = set(theme.codings)
    within = [each for each in excerpts if each.code in order or each.id in own]
    within.sort(key=lambda each: order.get(each.code, len(order)))
    met = {each.code for each in within}
    return models.ThemeChapter(
        title=theme.title,
        essence=theme.essence,
        definitions=tuple(
            models.Definition(name=entry.name, text=entry.definition or entry.brief)
            for entry in codes
            if entry.id in theme.codes and (entry.definition or entry.brief)
        ),
        counts=tuple(
            _counted(entry.slug, entry.name, [each for each in within if each.code == entry.slug])
            for entry in codes
            if entry.slug in met
        ),
        total=_counted("", theme.title, within),
        excerpts=tuple(within),
    )


def overview(
    themes: Sequence[tuple[str, Sequence[models.Excerpt]]], cases: Sequence[str]
) -> tuple[models.Matrix, models.Bars]:
    """Case x theme: coded places as a matrix, and sources as bars.

    Args:
        themes: (title, everything coded in it).
        cases: what the rows are, as they are printed; places without a case get a row of their own.
    """
    rows = list(cases)
    if any(not each.cases for _title, found in themes for each in found):
        rows.append(without_case())

    def of(case: str, found: Sequence[models.Excerpt]) -> list[models.Excerpt]:
        return [each for each in found if case in (each.cases or (without_case(),))]

    titles = tuple(title for title, _found in themes)
    matrix = models.Matrix(
        rows=tuple(rows),
        columns=titles,
        cells=tuple(tuple(len(places(of(case, found))) for _title, found in themes) for case in rows),
        column_kind="theme",
    )
    bars = models.Bars(
        bars=titles,
        parts=tuple(rows),
        cells=tuple(tuple(len({each.source for each in of(case, found)}) for case in rows) for _title, found in themes),
        totals=tuple(
            len({each.source for each in found if set(each.cases or (without_case(),)) & set(rows)})
            for _title, found in themes
        ),
    )
    return matrix, bars


def places(found: Iterable[models.Excerpt]) -> set[Place]:
    """The distinct places; two coders or two codes on one place are one."""
    return {(each.source, each.start, each.end) for each in found}


def _counted(slug: str, name: str, found: Sequence[models.Excerpt]) -> models.CodeCounts:
    return replace(exportable.counts(slug, name, found), segments=len(places(found)))
