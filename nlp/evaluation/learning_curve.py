"""What a project gains from decisions, with readers' labels in the place of a person who decides.

Each round asks about `PROPOSED` places that would be proposed, drawn by lot, and `BY_LOT` place where nothing is, about the
theme that is likeliest there; then everything is learnt again. Nothing that was asked about is measured on.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.evaluation.labels import Label
from nlp.evidence import Evidence
from nlp.learning.columns import usual_threshold
from nlp.learning.crossval import FLOOR
from nlp.learning.decisions import Decision, units_of
from nlp.learning.teach import CodeModel, Seen, chances, teach
from nlp.suggest import Suggester

PROPOSED, BY_LOT = 3, 1
ENOUGH = 10
"""Answers about a theme before they can silence it, as in the services."""
SHORTEST = 30
"""Code points of a place that says enough to be drawn by lot."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A turn or a sentence that may be asked about."""

    number: int
    """Its own in whatever it was taken from."""
    label: Label
    evidence: Evidence
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One answer."""

    place: Place
    theme: str
    by_lot: bool = False
    """Whether the place was drawn by lot, not proposed."""

    @property
    def applies(self) -> bool:
        return self.theme in self.place.label.codes

    @property
    def decision(self) -> Decision:
        label = self.place.label
        document = self.place.evidence.document.id
        return Decision(document=document, start=label.start, end=label.end, code=self.theme, applies=self.applies)


def places_of(evidence: Evidence, labels: Sequence[Label]) -> list[Place]:
    """The labelled stretches of a text that a person can be asked about: nothing an interviewer says."""
    units = [tuple(units_of(evidence, label.start, label.end)) for label in labels]
    return [
        Place(number, label, evidence, found)
        for number, (label, found) in enumerate(zip(labels, units, strict=True))
        if found
    ]


def simulate(seen: Seen, places: Sequence[Place], themes: Sequence[str], *, number: int, seed: int) -> list[Asked]:
    """Answers in the order they are given; fewer than `number` where there is no more to ask about."""
    lot = random.Random(seed)
    models = teach(seen, [], codes=themes)
    answered: dict[tuple[int, str], Asked] = {}
    while len(answered) < number:
        asked = _round(places, themes, _likely(seen, places, models, themes), answered, lot)
        if not asked:
            break
        for place, theme, by_lot in asked[: number - len(answered)]:
            answered[place, theme] = Asked(places[place], theme, by_lot)
        decisions = [each.decision for each in answered.values()]
        models = teach(seen, decisions, codes=themes, before=models)
    return list(answered.values())


def taught(seen: Seen, asked: Sequence[Asked]) -> Suggester:
    """What is believed after these answers, where nobody has coded a text from end to end."""
    return Suggester(
        seen.codebook,
        teach(seen, [each.decision for each in asked]),
        seen.vocabulary,
        seen.rarity,
        silent=silenced(asked),
    )


def silenced(asked: Iterable[Asked]) -> frozenset[str]:
    """Themes that are proposed no more, since too few of the answers about what was proposed were yes."""
    yes, said = Counter[str](), Counter[str]()
    for each in asked:
        if each.by_lot:
            continue
        said[each.theme] += 1
        yes[each.theme] += each.applies
    return frozenset(theme for theme, times in said.items() if times >= ENOUGH and yes[theme] < FLOOR * times)


def answered_in(asked: Sequence[Asked], document: str, units: int, themes: Sequence[str]) -> NDArray[np.bool_]:
    """Shape (units, themes): what has been asked about in one document; units are its labels."""
    answered = np.zeros((units, len(themes)), dtype=np.bool_)
    for each in asked:
        if each.place.evidence.document.id == document:
            answered[each.place.number, themes.index(each.theme)] = True
    return answered


def _round(
    places: Sequence[Place],
    themes: Sequence[str],
    likely: NDArray[np.float64],
    answered: Mapping[tuple[int, str], Asked],
    lot: random.Random,
) -> list[tuple[int, str, bool]]:
    """(index of a place, theme, whether drawn by lot) of what one round asks."""
    usual = np.array([usual_threshold(place.evidence.document) for place in places])
    over = likely >= usual[:, None]
    over[:, [themes.index(theme) for theme in silenced(answered.values())]] = False
    open_pairs = [
        (place, themes[column])
        for place, column in np.argwhere(over).tolist()
        if (place, themes[column]) not in answered
    ]
    asked = [(*pair, False) for pair in lot.sample(open_pairs, min(PROPOSED, len(open_pairs)))]
    silent = [
        place
        for place in np.flatnonzero(~over.any(axis=1)).tolist()
        if places[place].label.end - places[place].label.start >= SHORTEST
        and not any((place, theme) in answered for theme in themes)
    ]
    for place in lot.sample(silent, min(PROPOSED + BY_LOT - len(asked), len(silent))):
        asked.append((place, themes[int(likely[place].argmax())], True))
    return asked


def _likely(
    seen: Seen, places: Sequence[Place], models: Mapping[str, CodeModel], themes: Sequence[str]
) -> NDArray[np.float64]:
    """Shape (places, themes): the likeliest unit of each place."""
    likely = np.zeros((len(places), len(themes)))
    for document in dict.fromkeys(place.evidence.document.id for place in places):
        evidence, words = seen.evidence[document], seen.words_of(document)
        believed = np.column_stack([chances(evidence, models[theme], words) for theme in themes])
        for number, place in enumerate(places):
            if place.evidence is evidence:
                likely[number] = believed[list(place.units)].max(axis=0)
    return likely
