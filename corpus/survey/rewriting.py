"""A respondent's text with some answers changed, added or taken out, and the exact map that everything else moves by.

Only the answers that are named are touched: an answer that is changed is aligned with the one it takes the place of, one
that is added stands where its question does, and one that is taken out takes its question along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.alignment import align
from corpus.edits import Edit, EditMap, apply_edits
from corpus.model import Turn
from corpus.spans import Span
from corpus.survey.mapping import Question
from corpus.survey.writing import QUESTION_LABEL, block


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """The text as it becomes."""

    text: str
    edit_map: EditMap
    turns: tuple[Turn, ...]
    answers: Mapping[str, Span]
    """Key of the question -> where its answer stands, in the order of the text."""
    touched: tuple[Span, ...]
    """Answers of the old text that were changed, and answers with their questions that were taken out."""


def rewritten(
    text: str,
    turns: Sequence[Turn],
    standing: Mapping[str, Span],
    newer: Mapping[str, str],
    questions: Sequence[Question],
    label: str,
) -> Rewriting:
    """The text with the answers of `newer` in the place of those it has.

    Args:
        text: as it stands.
        turns: of the text; an answer that is changed is the whole of its turn.
        standing: key of the question -> its answer's span; every question is among `questions`.
        newer: key of the question -> the answer now, empty for one that is taken out; at least one of all stays.
        questions: in the order they were asked.
        label: what the respondent's turns are called.
    """
    order = {question.key: place for place, question in enumerate(questions)}
    blocks = _blocks(text, turns, standing)
    gone = [bool(block.key in newer and not newer[block.key]) for block in blocks]
    changed = {block.key: newer[block.key] for block in blocks if newer.get(block.key)}
    removed = [Edit(start, end, "") for start, end in _removed(blocks, gone, len(text))]
    added = [key for key in sorted(newer, key=lambda key: order[key]) if key not in standing and newer[key]]
    insertions = _insertions(blocks, gone, added, order, len(text))
    edits = list(removed)
    for key, words in changed.items():
        edits += _changes(standing[key][0], text[slice(*standing[key])], words)
    new_turns: list[Turn] = []
    answers: dict[str, Span] = {}
    pieces = _written(insertions, {question.key: question for question in questions}, newer, label)
    edits += [Edit(place, place, words) for place, words, _parts in pieces]
    new, edit_map = apply_edits(text, edits)
    for place, _words, parts in pieces:
        at = edit_map.forward(place)
        for key, own in parts:
            new_turns += [_shifted(turn, at) for turn in own]
            answers[key] = (at + own[-1].start, at + own[-1].end)
    for each, out in zip(blocks, gone, strict=True):
        if not out:
            answers[each.key] = _carried(edit_map, *each.answer, words=changed.get(each.key))
    spans = {standing[key]: answers[key] for key in changed}
    new_turns += _turns(turns, edit_map, spans)
    return Rewriting(
        text=new,
        edit_map=edit_map,
        turns=tuple(sorted(new_turns, key=lambda turn: turn.start)),
        answers=dict(sorted(answers.items(), key=lambda item: item[1])),
        touched=tuple(sorted([*spans, *((edit.start, edit.end) for edit in removed)])),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """A question and its answer in the text."""

    key: str
    answer: Span
    start: int
    """Where the question's turn begins."""
    border: int
    """What stands before it, the empty line between two answers included, ends here."""


def _blocks(text: str, turns: Sequence[Turn], standing: Mapping[str, Span]) -> list[_Block]:
    """The answers in the order of the text, each with the question above it."""
    heads: dict[int, int] = {}
    before: Turn | None = None
    for turn in turns:
        asked = before is not None and before.speaker == QUESTION_LABEL and turn.speaker != QUESTION_LABEL
        heads[turn.start] = before.label_start if asked and before is not None else turn.label_start
        before = turn
    blocks: list[_Block] = []
    for key, answer in sorted(standing.items(), key=lambda item: item[1]):
        start = heads.get(answer[0], answer[0])
        border = start - 1 if start and text[start - 1] == "\n" else start
        if not blocks:
            start = border = 0 if not text[:start].strip() else start
        blocks.append(_Block(key, answer, start, border))
    return blocks


def _removed(blocks: Sequence[_Block], gone: Sequence[bool], length: int) -> Iterable[Span]:
    """What is taken out of the text: each run of answers with their questions, and one of the empty lines around it."""
    at = 0
    while at < len(blocks):
        first = at
        while at < len(blocks) and gone[at]:
            at += 1
        if at > first:
            start = blocks[first].border if first else blocks[first].start
            following = blocks[at] if at < len(blocks) else None
            end = length if following is None else following.border if first else following.start
            yield start, end
        at += 1


def _insertions(
    blocks: Sequence[_Block], gone: Sequence[bool], added: Iterable[str], order: Mapping[str, int], length: int
) -> Mapping[int, list[str]]:
    """Place in the text -> questions whose answers are put in there: before the next that stays, by the order asked."""
    kept = [block for block, out in zip(blocks, gone, strict=True) if not out]
    places: dict[int, list[str]] = {}
    for key in added:
        following = next((n for n, block in enumerate(kept) if order[block.key] > order[key]), len(kept))
        if not following:
            place = blocks[0].start if blocks else 0
        else:
            place = kept[following].border if following < len(kept) else length
        places.setdefault(place, []).append(key)
    return places


def _written(
    insertions: Mapping[int, list[str]], questions: Mapping[str, Question], newer: Mapping[str, str], label: str
) -> list[tuple[int, str, list[tuple[str, tuple[Turn, Turn]]]]]:
    """(place, words, (key, turns with places in the words)) of what is put in, an empty line between it and what stands."""
    found = []
    for place, keys in sorted(insertions.items()):
        words = ""
        parts = []
        for key in keys:
            words += "\n" if words or place else ""
            lines, turns = block(questions[key].wording, label, newer[key], at=len(words))
            parts.append((key, turns))
            words += lines
        found.append((place, words if place else f"{words}\n", parts))
    return found


def _changes(at: int, old: str, new: str) -> list[Edit]:
    """The edits that make one answer of the other; `at` is where it begins in the text."""
    edits = []
    shift = 0
    for start, end, length in align(old, new).edit_map.pieces:
        edits.append(Edit(at + start, at + end, new[start + shift : start + shift + length]))
        shift += length - (end - start)
    return edits


def _carried(edit_map: EditMap, start: int, end: int, words: str | None) -> Span:
    """Where an answer stands; `words` are those it has now, when it is changed."""
    if words is not None:
        at = edit_map.forward(start)
        return at, at + len(words)
    return edit_map.forward(start, sticky="right"), edit_map.forward(end)


def _turns(turns: Iterable[Turn], edit_map: EditMap, changed: Mapping[Span, Span]) -> list[Turn]:
    """The turns that stay, none of them grown by what was put in at its borders."""
    carried = []
    for turn in turns:
        start, end = changed.get((turn.start, turn.end)) or _carried(edit_map, turn.start, turn.end, None)
        if start < end or turn.start == turn.end:
            head = min(edit_map.forward(turn.label_start, sticky="right"), start)
            carried.append(replace(turn, label_start=head, start=start, end=max(start, end)))
    return carried


def _shifted(turn: Turn, by: int) -> Turn:
    return replace(turn, label_start=turn.label_start + by, start=turn.start + by, end=turn.end + by)
