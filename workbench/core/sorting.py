"""Sorting a code's codings: what becomes of each one, and an account in which every one of them is found again.

Nothing here writes. The same account is shown before a sorting is finished and carried out when it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.core.entities import Choice, Sorting, SortingChoice
from workbench.core.ids import derived_id

Fate = Literal["moved", "kept", "skipped", "unreached", "removed", "united", "gone"]
FATES: tuple[Fate, ...] = ("moved", "kept", "skipped", "unreached", "removed", "united", "gone")
"""What can become of a coding in a queue: exactly one of these.

It gets another code; its code is confirmed; it is left as it was by choice, or because nobody came to it; it is taken away;
it falls together with a coding that says the same already; or somebody took it away or gave it another code since the
queue was made, and it is left alone.
"""
Place = tuple[str, int, int]
"""Source, start and end: half-open code-point offsets in the source's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A coding as it stands when the account is made up."""

    id: str
    place: Place
    code: str
    """Id of the code, merged codes resolved."""
    coder: str
    """Id of the coder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one coding of the queue."""

    coding: str
    fate: Fate
    code: str
    """Id of the code it ends on; for one that is gone the code it has now, empty when it has been taken away."""
    made: tuple[tuple[str, str], ...] = ()
    """(id, code) of further codings on the same span: codes chosen besides the first."""
    met: tuple[str, ...] = ()
    """Codes chosen that whoever sorts has put on the very span already, and which are therefore not put there twice."""
    into: str = ""
    """Id of the coding it falls together with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """How many codings a code has before and after, and why."""

    code: str
    before: int
    moved: int
    """Codings of the queue that get this code."""
    made: int
    """Further codings, made because a coding got several codes."""
    left: int
    """Codings of the queue that leave it."""

    @property
    def after(self) -> int:
        return self.before + self.moved + self.made - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The account of a sorting."""

    before: int
    """Codings in the queue."""
    fates: Mapping[Fate, int]
    several: int
    """Codings that end with more than one code."""
    made: int
    """Further codings this makes."""
    met: int
    """Codes chosen beside others that are not put there, since whoever sorts has them on the very span already."""
    doubles: tuple[tuple[str, str], ...]
    """(coding of the queue, code): the span now has that code from two coders, once each."""
    outside: int
    """Codings on the code that are not in the queue; they stay as they are."""
    codes: tuple[CodeCount, ...]
    """The code that is sorted first, then the others by how many they get."""

    @property
    def chosen(self) -> int:
        """Codings that something happens to."""
        return sum(self.fates[fate] for fate in ("moved", "kept", "removed", "united"))

    @property
    def standing(self) -> int:
        """Codings that the queue's have become, those that were gone left out."""
        lost = self.fates["removed"] + self.fates["united"] + self.fates["gone"]
        return self.before - lost + self.made

    @property
    def adds_up(self) -> bool:
        """Whether every coding of the queue has one fate, and the codes' counts follow from the fates."""
        lost = self.fates["removed"] + self.fates["united"]
        total_before, total_after = sum(each.before for each in self.codes), sum(each.after for each in self.codes)
        return self.before == sum(self.fates.values()) and total_after == total_before + self.made - lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a sorting has come."""

    total: int
    sorted: int
    kept: int
    skipped: int
    removed: int

    @property
    def chosen(self) -> int:
        return self.sorted + self.kept + self.skipped + self.removed

    @property
    def left(self) -> int:
        return self.total - self.chosen


def progress(sorting: Sorting, choices: Mapping[str, SortingChoice]) -> Progress:
    """How many codings of the queue have which choice."""
    counted: Counter[Choice] = Counter(choices[coding].choice for coding in sorting.codings if coding in choices)
    return Progress(
        total=len(sorting.codings),
        sorted=counted["sort"],
        kept=counted["keep"],
        skipped=counted["skip"],
        removed=counted["remove"],
    )


def settle(
    sorting: Sorting,
    choices: Mapping[str, SortingChoice],
    held: Iterable[Held],
    *,
    coder: str,
    current: Callable[[str], str] = lambda code: code,
) -> list[Outcome]:
    """What becomes of each coding of the queue, in its order, when `coder` finishes the sorting.

    A coding never becomes the second one of its coder with the same code on the same span: it takes the first chosen code
    that is free there, and where none is, it falls together with the coding that says so already.

    Args:
        sorting: the queue.
        choices: coding id to what was chosen.
        held: the codings there are, on the sorted code, on the chosen ones, and those of the queue wherever they are now.
        coder: id of who finishes; the recoded codings and the further ones are theirs.
        current: the code that a code id stands for now, when codes have been merged.
    """
    by_id = {each.id: each for each in held}
    mine = {_key(each, each.code): each.id for each in by_id.values() if each.coder == coder}
    code = current(sorting.code)
    found: list[Outcome] = []
    for uid in sorting.codings:
        coding = by_id.get(uid)
        if coding is None or coding.code != code:
            found.append(Outcome(coding=uid, fate="gone", code=coding.code if coding else ""))
            continue
        choice = choices.get(uid)
        wanted = tuple(dict.fromkeys(current(each) for each in choice.codes)) if choice else ()
        outcome = _outcome(sorting, coding, choice.choice if choice else None, wanted, mine)
        if outcome.fate == "moved":
            mine[_key(coding, outcome.code)] = uid
        mine |= {_key(coding, made): new for new, made in outcome.made}
        found.append(outcome)
    return found


def _outcome(
    sorting: Sorting,
    coding: Held,
    choice: Choice | None,
    wanted: tuple[str, ...],
    mine: Mapping[tuple[Place | str, str], str],
) -> Outcome:
    if choice is None or choice == "skip":
        return Outcome(coding=coding.id, fate="skipped" if choice else "unreached", code=coding.code)
    if choice == "remove":
        return Outcome(coding=coding.id, fate="removed", code=coding.code)
    others = [] if choice == "keep" else [each for each in wanted if each != coding.code]
    met = tuple(each for each in others if _key(coding, each) in mine)
    free = [each for each in others if each not in met]
    if choice == "keep" or coding.code in wanted:
        # A chosen code may have been merged into the sorted one: then the coding has it already.
        made = _made(sorting, coding, free)
        return Outcome(coding=coding.id, fate="kept", code=coding.code, made=made, met=met)
    if free:
        made = _made(sorting, coding, free[1:])
        return Outcome(coding=coding.id, fate="moved", code=free[0], made=made, met=met)
    return Outcome(coding=coding.id, fate="united", code=met[0], met=met, into=mine[_key(coding, met[0])])


def _made(sorting: Sorting, coding: Held, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    # Ids that follow from what they are for, so that two copies that finish the same sorting make the same codings.
    return tuple((derived_id(sorting.id, coding.id, code), code) for code in codes)


def _key(coding: Held, code: str) -> tuple[Place | str, str]:
    """What a coder has once. A span that an edit has emptied is no place: two of them are not the same words."""
    return (coding.place if coding.place[2] > coding.place[1] else coding.id), code


def tally(sorting: Sorting, outcomes: Iterable[Outcome], held: Iterable[Held], *, code: str) -> Tally:
    """The account of what `settle` found.

    Args:
        sorting: the queue.
        outcomes: of every coding in it.
        held: as given to `settle`.
        code: id of the code that is sorted, merged codes resolved.
    """
    listed, all_held = list(outcomes), list(held)
    fates = Counter(outcome.fate for outcome in listed)
    before = Counter(each.code for each in all_held)
    moved = Counter(outcome.code for outcome in listed if outcome.fate == "moved")
    made = Counter(new for outcome in listed for _uid, new in outcome.made)
    left = fates["moved"] + fates["removed"] + fates["united"]
    reached = {each for outcome in listed for each in (outcome.code, *outcome.met) if outcome.fate != "gone"}
    others = (reached | set(made)) - {code, ""}
    counts = [
        CodeCount(code=each, before=before[each], moved=moved[each], made=made[each], left=left if each == code else 0)
        for each in (code, *sorted(others, key=lambda each: (-moved[each] - made[each], each)))
    ]
    queued = set(sorting.codings)
    return Tally(
        before=len(listed),
        fates={fate: fates[fate] for fate in FATES},
        several=sum(1 for outcome in listed if outcome.made),
        made=sum(made.values()),
        met=sum(len(outcome.met) for outcome in listed if outcome.fate != "united"),
        doubles=_doubles(listed, all_held),
        outside=sum(1 for each in all_held if each.code == code and each.id not in queued),
        codes=tuple(counts),
    )


def _doubles(outcomes: Iterable[Outcome], held: Iterable[Held]) -> tuple[tuple[str, str], ...]:
    """Spans that by this sorting have a code that another coder has put there too."""
    standing: dict[tuple[Place | str, str], set[str]] = defaultdict(set)
    by_id = {each.id: each for each in held}
    for each in by_id.values():
        standing[_key(each, each.code)].add(each.id)
    found: list[tuple[str, str]] = []
    for outcome in outcomes:
        codes = [outcome.code] if outcome.fate == "moved" else []
        codes += [code for _uid, code in outcome.made]
        found += [(outcome.coding, code) for code in codes if standing.get(_key(by_id[outcome.coding], code))]
    return tuple(found)
