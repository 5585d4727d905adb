"""Figures as lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from nlp.evaluation.judgements import Judgements
from nlp.evaluation.labels import STUDY_THEMES, Label
from nlp.evaluation.scores import agreement, gain, score

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk"}


def agreement_table(pairs: Sequence[tuple[Label, Label]], themes: Sequence[str]) -> Iterator[str]:
    """A line a theme: how often each reader names it, how often both, kappa, and F of one against the other."""
    yield f"{'theme':<18}{'one':>6}{'other':>7}{'both':>6}{'kappa':>8}{'F':>7}"
    for theme in themes:
        found = agreement(pairs, theme)
        yield (f"{theme:<18}{found.first:>6}{found.second:>7}{found.both:>6}{_two(found.kappa):>8}{_two(found.f1):>7}")


def score_table(judgements: Judgements) -> Iterator[str]:
    """A line a theme, then the study's themes together and all together."""
    yield f"{'theme':<18}{'n':>6}{'P':>7}{'R':>6}{'F':>6}{'95 %':>12}{'false/1000':>12}{'read':>7}"
    for theme in judgements.themes:
        yield _score_line(judgements, (theme,), theme)
    yield _score_line(judgements, STUDY_THEMES, "micro")
    yield _score_line(judgements, judgements.themes, "micro of all")


def language_table(judgements: Judgements) -> Iterator[str]:
    """The study's themes together for each language that is met."""
    for language, name in _LANGUAGES.items():
        chosen = judgements.languages == language
        if chosen.any():
            yield _score_line(judgements.where(chosen), STUDY_THEMES, f"micro, {name}")


def gain_table(runs: Sequence[tuple[str, Judgements, Judgements]]) -> Iterator[str]:
    """For each theme, before and after decisions on the same units, and the gain of each run.

    Args:
        runs: (name, before, after); every run is of the same texts.
    """
    themes = runs[0][1].themes
    yield f"{'theme':<18}{'F before':>10}{'F after':>9}{'gain':>7}   (means of {len(runs)} runs)"
    rows: list[tuple[str, Sequence[str]]] = [(theme, (theme,)) for theme in themes]
    for name, chosen in [*rows, ("micro", STUDY_THEMES), ("micro of all", themes)]:
        first = _mean([score(before, chosen).f1 for _run, before, _after in runs])
        second = _mean([score(after, chosen).f1 for _run, _before, after in runs])
        risen = None if first is None or second is None else second - first
        yield f"{name:<18}{_two(first):>10}{_two(second):>9}{_signed(risen):>7}"
    for name, before, after in runs:
        risen, low, high = gain(before, after, STUDY_THEMES)
        first_score, second_score = score(before, STUDY_THEMES), score(after, STUDY_THEMES)
        yield (
            f"  {name:<16}{_two(first_score.f1):>10}{_two(second_score.f1):>9}{_signed(risen):>7}"
            f"   95 % {low:+.2f} to {high:+.2f};"
            f" precision {_two(first_score.precision)} to {_two(second_score.precision)},"
            f" recall {_two(first_score.recall)} to {_two(second_score.recall)}"
        )


def difference_lines(judgements: Judgements, said: Sequence[tuple[str, int, str]]) -> Iterator[str]:
    """The units where readers and suggestions differ.

    Args:
        said: name of the text, start and words of each unit.
    """
    for place, (name, start, words) in enumerate(said):
        differs = judgements.meant[place] != judgements.found[place]
        if differs.any():
            missed = _named(judgements.themes, judgements.meant[place] & differs)
            false = _named(judgements.themes, judgements.found[place] & differs)
            yield f"{name}\t{start}\tmissed {missed}\tfalse {false}\t{' '.join(words.split())}"


def _named(themes: Sequence[str], chosen: Sequence[bool]) -> str:
    return ",".join(theme for theme, is_chosen in zip(themes, chosen, strict=True) if is_chosen) or "-"


def _score_line(judgements: Judgements, themes: Sequence[str], name: str) -> str:
    found = score(judgements, themes)
    span = "-" if math.isnan(found.low) else f"{_two(found.low)}-{_two(found.high)}"
    thousand = "-" if found.false_in_thousand is None else format(found.false_in_thousand, ".1f")
    read = "" if found.reading is None else format(found.reading, ".0%")
    return (
        f"{name:<18}{found.hits + found.missed:>6}{_two(found.precision):>7}{_two(found.recall):>6}{_two(found.f1):>6}"
        f"{span:>12}{thousand:>12}{read:>7}"
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _two(value: float | None) -> str:
    return "-" if value is None else format(value, ".2f")


def _signed(value: float | None) -> str:
    return "-" if value is None else format(value, "+.2f")
