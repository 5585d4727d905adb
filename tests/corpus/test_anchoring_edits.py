"""Ten thousand spans in texts with stray edits: where each one lies is known, and none may be put anywhere else.

What is true: every edit is known, so for each border it is known which kept character of the old text is the last before it and
which the first after it. A place is true when both stand on their own side of it in the new text. Within that, only characters
that were themselves put in or replaced at the border can be on either side. (`EditMap.span` of the edits themselves is one of the
true places, and nearly always the one given.)
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

import pytest

from corpus.anchoring import Anchor, Placement, place
from corpus.edits import Edit, apply_edits
from corpus.text import normalise

_FILES = (
    "02-lunden-brukerrepresentant.txt",
    "06-furnesund-gruppe.txt",
    "08-skarvoy-dps.srt",
    "09-tverrfjord-oppsokende.txt",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåeeennnttrrdd .,\n"
_SAID = ("Mm.", "Ja.", "Ja.", "Nei.", "Ok.", "Ja, det er det.", "Hva tenker du om det?", "Det vet jeg ikke.")


@cache
def sample(name: str) -> str:
    return normalise((files("corpus") / "sample" / "interviews" / name).read_text("utf-8"))


@cache
def repetitive() -> str:
    """Turns that are mostly the same few words."""
    random_ = random.Random(7)
    words = "vi har ikke plass nok og det er vanskelig for alle som bor her nå".split()
    said = [*_SAID, *(" ".join(random_.choices(words, k=random_.randint(5, 30))) + "." for _ in range(150))]
    return "".join(f"{'IR'[n % 2]}: {random_.choice(said)}\n" for n in range(600))


def stray_edits(random_: random.Random, text: str, share: float) -> list[Edit]:
    """Each character is replaced, deleted, or has one put before it, in so many cases."""
    edits = []
    for at in range(len(text)):
        if random_.random() < share:
            kind = random_.randrange(3)
            letter = "" if kind == 1 else random_.choice(_LETTERS)
            edits.append(Edit(at, at if kind == 0 else at + 1, letter))
    return edits


def spans(random_: random.Random, text: str, number: int) -> list[tuple[int, int]]:
    """Single words, runs of words, whole lines, several lines, and any characters at all."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    found = []
    for n in range(number):
        units, most = ((words, 1), (words, 60), (lines, 1), (lines, 5), ([], 0))[n % 5]
        if units:
            first = random_.randrange(len(units))
            last = min(len(units), first + random_.randint(1, most)) - 1
            found.append((units[first][0], units[last][1]))
        else:
            start = random_.randrange(len(text) - 1)
            found.append((start, min(len(text), start + random_.randint(1, 200))))
    return found


def true_ranges(old: str, edits: Sequence[Edit], borders: Sequence[int]) -> list[tuple[int, int]]:
    """For each border the first and last true place."""
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = [at for at in range(len(old)) if at not in gone]
    starts = [edit.start for edit in edits]
    shifts = [0, *accumulate(len(edit.replacement) - (edit.end - edit.start) for edit in edits)]

    def placed(at: int) -> int:
        return at + shifts[bisect_left(starts, at + 1)]

    end = len(old) + shifts[-1]
    found = []
    for border in borders:
        after = bisect_left(kept, border)
        found.append((placed(kept[after - 1]) + 1 if after else 0, placed(kept[after]) if after < len(kept) else end))
    return found


def tried(old: str, share: float, seed: int, number: int) -> tuple[list[Placement], list[Placement], int]:
    """(placed, wrong, how many of the placed lie exactly where the edits' own map puts them)."""
    random_ = random.Random(seed)
    edits = stray_edits(random_, old, share)
    new, exact = apply_edits(old, edits)
    asked = spans(random_, old, number)
    starts = true_ranges(old, edits, [start for start, _ in asked])
    ends = true_ranges(old, edits, [end for _, end in asked])
    found = place(old, new, [Anchor(key=str(n), start=start, end=end) for n, (start, end) in enumerate(asked)])
    placed = [each for each in found if each.how != "queued"]
    wrong = [
        each
        for each in placed
        if not starts[int(each.key)][0] <= each.start <= starts[int(each.key)][1]
        or not ends[int(each.key)][0] <= each.end <= ends[int(each.key)][1]
    ]
    as_map = sum((each.start, each.end) == exact.span(*asked[int(each.key)]) for each in placed[::20])
    assert as_map >= len(placed[::20]) - 1
    return placed, wrong, len(found)


def test_what_is_true_at_a_border() -> None:
    edits = [Edit(2, 3, "x"), Edit(5, 5, "y"), Edit(7, 8, "")]  # abXde|yfgi
    assert true_ranges("abcdefghi", edits, [0, 2, 3, 5, 6, 7, 8, 9]) == [
        (0, 0), (2, 3), (2, 3), (5, 6), (7, 7), (8, 8), (8, 8), (9, 9),
    ]  # fmt: skip


def test_with_one_edit_in_a_hundred_nearly_all_are_placed_and_none_wrongly() -> None:
    runs = [tried(sample(name), 0.01, seed, 2_000) for seed, name in enumerate(_FILES)]
    runs.append(tried(repetitive(), 0.01, 99, 2_000))
    assert [wrong for _, wrong, _ in runs] == [[]] * 5
    assert sum(number for *_, number in runs) == 10_000
    assert sum(len(placed) for placed, *_ in runs) >= 9_900


@pytest.mark.parametrize(("share", "least"), [(0.002, 0.995), (0.02, 0.98), (0.05, 0.9)])
def test_fewer_or_more_edits_change_how_many_are_placed_and_not_whether_they_are_right(
    share: float, least: float
) -> None:
    for text in (sample(_FILES[0]), repetitive()):
        placed, wrong, number = tried(text, share, 5, 800)
        assert wrong == []
        assert len(placed) >= least * number


def _lines_changed(random_: random.Random, text: str, kind: str) -> list[tuple[str, int]]:
    """Lines with the places they had, -1 for those that are copies: some taken out, copied in after others, or swapped."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = [(text[start:end], start) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if kind == "deleted":
        return [line for line in lines if random_.random() > 0.05]
    found: list[tuple[str, int]] = []
    for line in lines:
        found.append(line)
        if random_.random() < 0.05 and kind == "copied":
            found.append((random_.choice(lines)[0], -1))
        elif random_.random() < 0.05 and kind == "swapped" and len(found) > 1:
            found[-2:] = found[:-3:-1]
    return found


@pytest.mark.parametrize("kind", ["deleted", "copied", "swapped"])
def test_spans_in_texts_whose_lines_were_taken_out_copied_or_swapped_lie_at_their_own_lines(kind: str) -> None:
    for seed, text in ((1, sample(_FILES[0])), (2, sample(_FILES[2])), (3, repetitive()), (4, repetitive())):
        random_ = random.Random(seed)
        lines = _lines_changed(random_, text, kind)
        origins = [start + n if start >= 0 else -1 for line, start in lines for n in range(len(line))]
        kept = set(origins)
        asked = spans(random_, text, 800)
        anchors = [Anchor(key="", start=start, end=end) for start, end in asked]
        found = place(text, "".join(line for line, _ in lines), anchors)
        for (start, end), each in zip(asked, found, strict=True):
            own = [at for at in range(start, end) if at in kept and not text[at].isspace()]
            there = [at for at in origins[each.start : each.end] if at >= 0 and not text[at].isspace()]
            assert each.how == "queued" or not own or (own[0], own[-1]) == (there[0], there[-1])
        assert sum(each.how != "queued" for each in found) > 400
