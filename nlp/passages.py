"""Where a suggestion begins and ends: the passage in interviews, the sentence in reports, a short survey answer whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.document import Document

LONGEST = 900
"""Code points; a passage of speech is not joined over a question into something longer."""
SHORT_QUESTION = 90
"""Code points of an interviewer's turn that does not part what is said before and after it."""
SHORT_ANSWER = 400
"""Code points of a survey answer that is suggested whole."""

Units = tuple[int, int]
"""First unit and last unit of a passage."""


def passages(
    document: Document, likely: Sequence[int], possible: frozenset[int], asking: frozenset[int] = frozenset()
) -> list[Units]:
    """Passages of a document for one matter, in order, without overlap.

    Args:
        document: kind and turns decide what a passage is.
        likely: units that are about the matter, in order.
        possible: units that may be; a single one between two likely ones of the same turn belongs with them.
        asking: units of an interviewer's that are about the matter; a question belongs with its answer.
    """
    if document.kind == "survey":
        return _answers(document, likely)
    if not document.is_speech:
        return [(unit, unit) for unit in likely]
    found: list[Units] = []
    for unit in likely:
        if found and _goes_on(document, found[-1], unit, possible):
            found[-1] = (found[-1][0], unit)
        else:
            found.append((_question(document, unit, asking), unit))
    return found


def _question(document: Document, unit: int, asking: frozenset[int]) -> int:
    """The first unit of the question that a unit at the beginning of an answer answers; the unit itself if none is."""
    turns = document.parsed.unit_turns
    first = unit
    while first > 0 and turns[first - 1] == turns[unit]:
        first -= 1
    asked = first - 1
    if first != unit or asked not in asking or turns[asked] != turns[unit] - 1:
        return unit
    while asked - 1 in asking and turns[asked - 1] == turns[asked]:
        asked -= 1
    return asked


def _goes_on(document: Document, passage: Units, unit: int, possible: frozenset[int]) -> bool:
    parsed = document.parsed
    last, here = parsed.unit_turns[passage[1]], parsed.unit_turns[unit]
    between = range(passage[1] + 1, unit)
    if last == here:
        return len(between) == 0 or (len(between) == 1 and between[0] in possible)
    if any(parsed.unit_turns[each] in (last, here) and each not in possible for each in between):
        return False
    turns = document.turns[last + 1 : here]
    if any(turn.role != "interviewer" for turn in turns):
        return False
    if sum(turn.end - turn.start for turn in turns) > SHORT_QUESTION:
        return False
    return parsed.unit_ends[unit] - parsed.unit_starts[passage[0]] <= LONGEST


def _answers(document: Document, likely: Sequence[int]) -> list[Units]:
    """The line of each likely unit where the line is short, else the unit; one line once."""
    found: dict[Units, None] = {}
    for unit in likely:
        line = _line(document, unit)
        starts, ends = document.parsed.unit_starts, document.parsed.unit_ends
        found[line if ends[line[1]] - starts[line[0]] <= SHORT_ANSWER else (unit, unit)] = None
    return list(found)


def _line(document: Document, unit: int) -> Units:
    """The units on the same line of the text and in the same turn."""
    parsed, text = document.parsed, document.text

    def together(one: int, other: int) -> bool:
        return (
            parsed.unit_turns[one] == parsed.unit_turns[other]
            and "\n" not in text[parsed.unit_ends[one] : parsed.unit_starts[other]]
        )

    first = last = unit
    while first > 0 and together(first - 1, first):
        first -= 1
    while last + 1 < len(parsed) and together(last, last + 1):
        last += 1
    return first, last


def shared_out(passage: Units, claims: dict[str, frozenset[int]], otherwise: str) -> Iterator[tuple[str, Units]]:
    """(code, units) for the codes that claim units of a passage.

    A code gets from its first to its last claim, and what nobody claims goes to the code whose claim is nearest, so that
    the passage is covered. Where nothing is claimed it goes whole to `otherwise`.
    """
    claims = {code: claim for code, claim in claims.items() if claim}
    if not claims:
        yield otherwise, passage
        return
    bounds = {code: [min(claim), max(claim)] for code, claim in claims.items()}
    claimed = sorted({unit for first, last in bounds.values() for unit in range(first, last + 1)})
    for unit in range(passage[0], passage[1] + 1):
        if unit in claimed:
            continue
        nearest = min(claimed, key=lambda each: (abs(each - unit), each > unit))
        for first_and_last in bounds.values():
            if first_and_last[0] <= nearest <= first_and_last[1]:
                first_and_last[0] = min(first_and_last[0], unit)
                first_and_last[1] = max(first_and_last[1], unit)
    yield from ((code, (first, last)) for code, (first, last) in bounds.items())
