"""Changed answers of a newer table taken in: a new version of the respondent's text, in which all else keeps its exact place.

What stands on the other answers moves by the exact map. What stood on an answer that was changed is sought anew, and waits
for a person where its place is not beyond doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from gettext import gettext as _
from typing import Any

from corpus.alignment import Alignment, align
from corpus.anchoring import Anchor, Placement, place
from corpus.spans import Span
from corpus.survey.mapping import Question
from corpus.survey.rewriting import Rewriting, rewritten
from workbench.core.entities import StoredAnswer, StoredTurn
from workbench.services import languages
from workbench.services.coding import require_current
from workbench.services.importing import version_payload
from workbench.services.survey.differences import ChangedRespondent, question_id
from workbench.services.turns import plain_turn
from workbench.services.versions import Counts
from workbench.store.project import Gesture
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange

_Placed = list[Any]
"""Table, id, start, end."""
_Waits = list[Any]
"""Table, id, candidates, digest of the reason."""


def record_changed(
    act: Gesture, survey: str, each: ChangedRespondent, questions: tuple[Question, ...], file_name: str
) -> Counts:
    """The answers that may be taken as part of a gesture, and what became of what stood in the text.

    Args:
        survey: id of the survey.
        each: has something that may be taken.
        questions: the survey's, in the order they were asked.
        file_name: of the newer table.
    """
    source, connection = each.source, act.connection
    require_current(act, source)
    old = queries.text_of(connection, source.version)
    turns = queries.turns(connection, source)
    stored = {answer.question: answer for answer in each.standing}
    keys = {question.key: question_id(survey, question.key) for question in questions}
    standing = {key: stored[uid] for key, uid in keys.items() if uid in stored}
    made = rewritten(
        old,
        [plain_turn(turn) for turn in turns],
        {key: (answer.start, answer.end) for key, answer in standing.items()},
        {change.question: change.new for change in each.takeable},
        questions,
        _label(turns, standing.values()) or str(each.seen["number"]),
    )
    placed, waiting, counts = _settled(act, each, old, made)
    number = 1 + max(version[1] for version in queries.versions(connection, source.id))
    version = version_payload(act, made.text, made.turns, number=number, of=source.version) | {"parent": source.version}
    version["map"] = [list(piece) for piece in made.edit_map.pieces]
    version["answers"] = act.text(json.dumps(_answers(made, keys, each, standing)))
    payload = {"source": source.id, "version": version, "placed": placed, "waiting": waiting}
    act.record("text.replace", payload | {"card": act.card({"file_name": file_name})})
    languages.record_turns(act, version["id"], made.text, made.turns)
    return counts


def remembered_anew(each: ChangedRespondent, table: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a respondent for the next time the table comes: anew where an answer was taken, else as it was.

    Args:
        table: what would be kept of the table's row.
    """
    taken = {change.question for change in each.takeable}

    def merged(name: str) -> dict[str, Any]:
        kept = {key: value for key, value in each.seen[name].items() if key not in taken}
        return kept | {key: value for key, value in table[name].items() if key in taken}

    outside = [key for key in each.seen["outside"] if key not in taken]
    return {
        "number": each.seen["number"],
        "answers": merged("answers"),
        "outside": outside + [key for key in table["outside"] if key in taken],
        "skipped": merged("skipped"),
    }


def number_text(value: float | None) -> str:
    """What an answer amounts to, as it is stored; empty for no number."""
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _label(turns: Iterable[StoredTurn], standing: Iterable[StoredAnswer]) -> str:
    """What the respondent's turns are called now; it may have been written anew."""
    starts = {answer.start for answer in standing}
    return next((turn.speaker for turn in turns if turn.start in starts), "")


def _answers(
    made: Rewriting, keys: Mapping[str, str], each: ChangedRespondent, standing: Mapping[str, StoredAnswer]
) -> list[list[Any]]:
    taken = {change.question for change in each.takeable}
    values = {answer.question: answer.value for answer in each.respondent.answers if answer.question in taken}
    values |= {key: answer.value for key, answer in standing.items() if key not in taken}
    return [[start, end, keys[key], number_text(values[key])] for key, (start, end) in made.answers.items()]


def _settled(
    act: Gesture, each: ChangedRespondent, old: str, made: Rewriting
) -> tuple[list[_Placed], list[_Waits], Counts]:
    """Where everything goes that stands in the text."""
    waiting = {(one.target_kind, one.target) for one in interchange.waiting(act.connection, each.source.id)}
    placed: list[_Placed] = []
    doubtful: dict[str, tuple[str, str, Span]] = {}
    same = 0
    for table, key, start, end in interchange.anchors(act.connection, each.source.id, each.source.version):
        if (table, key) in waiting:
            continue
        if start < end and any(start < last and first < end for first, last in made.touched):
            doubtful[f"{table} {key}"] = table, key, (start, end)
        else:
            span = made.edit_map.span(start, end)
            placed.append([table, key, *span])
            same += start < end and span == (start, end)
    moved = sum(row[2] < row[3] for row in placed) - same
    waits = _sought_again(act, each, made.text)
    old_waiting, changed = len(waits), 0
    for found in _sought(old, made, doubtful):
        table, key, _span = doubtful[found.key]
        if found.how == "queued":
            waits.append([table, key, _candidates(found, made.text), act.text(found.reason)])
        else:
            placed.append([table, key, found.start, found.end])
            moved += found.how == "moved"
            same += found.how == "same"
            changed += found.how == "changed"
    counts = Counts(same=same, moved=moved, changed=changed, waiting=len(waits) - old_waiting)
    return placed, waits, counts


def _sought(old: str, made: Rewriting, doubtful: Mapping[str, tuple[str, str, Span]]) -> list[Placement]:
    """What stood on a changed answer. A place that is sure but lies elsewhere than the map says is another answer's: it waits."""
    if not doubtful:
        return []
    alignment = Alignment(links=align(old, made.text).links, edit_map=made.edit_map)
    anchors = [Anchor(key=key, start=start, end=end) for key, (_table, _id, (start, end)) in doubtful.items()]
    found = []
    for placement in place(old, made.text, anchors, alignment):
        span = (placement.start, placement.end)
        expected = made.edit_map.span(*doubtful[placement.key][2])
        if placement.how != "queued" and span != expected:
            placement = Placement(
                key=placement.key, how="queued", candidates=(span,), reason=_("Ordene står nå i et annet svar.")
            )
        found.append(placement)
    return found


def _sought_again(act: Gesture, each: ChangedRespondent, new: str) -> list[_Waits]:
    """What waited from before goes on waiting, with the places it could be in the new text."""
    waits = []
    for one in interchange.waiting(act.connection, each.source.id):
        candidates: list[list[int]] = []
        old = queries.text_of(act.connection, one.old_version)
        if old:
            (found,) = place(old, new, [Anchor(key="", start=one.old_start, end=one.old_end)])
            sure = Placement(key="", how="queued", candidates=((found.start, found.end),))
            candidates = _candidates(found if found.how == "queued" else sure, new)
        waits.append([one.target_kind, one.target, candidates, act.text(one.reason)])
    return waits


def _candidates(placement: Placement, text: str) -> list[list[int]]:
    """The places a person may choose from, but for those that hold no words."""
    return [[start, end] for start, end in placement.candidates if any(map(str.isalnum, text[start:end]))]
