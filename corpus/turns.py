"""Turns: who said which stretch of a text, and when.

A turn opens at a line that names a speaker and lasts to the next such line; lines without a label continue
it. What stands before the first label belongs to nobody. Which labels count is decided over the whole text: a
role word always, a letter or a free name when it recurs, so that `Merk:` or one `Bolig:` in a set of notes
makes no speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from itertools import pairwise
from typing import NamedTuple

import regex

from corpus.asked import asked_and_answered, asked_note
from corpus.cutting import cut
from corpus.dialogue_rows import dialogue_columns, led_by_names, led_note, table_note
from corpus.doubtful_labels import are_listed, dash_note, without_colon, without_lists
from corpus.labels import Label, confirmed_names, key, label_at, metadata_line, name_like, numbered_voice
from corpus.model import ImportNote, ReadOptions, SourceKind, Turn
from corpus.namesakes import are_people
from corpus.roles import Voice, roles_of
from corpus.shapes import Layout, Line, Opening, lines_of, machine_layout, stamped_lines
from corpus.stacked import (
    clocks_alone,
    names_alone,
    names_and_clocks,
    numbered_alone,
    pasted_from_teams,
    role_headings,
)
from corpus.stamps import CLOCK, clock_ms, stamp_at

_LEAST_SHARE = 0.04
"""Share of lines with a label from which free names are speakers; hand-wrapped speech has about 0.05."""
_LEAST_SHARE_IN_MINUTES = 0.4
_LEAST_TABBED = 0.8
_HEAD_LINES = 15
"""Lines from the beginning among which `Intervjuer: Kari Hansen` may be a heading and not speech."""
_MINUTES = regex.compile(r"(?i)\b(?:\p{L}*møte|samtale)?referat(?:et)?\b")
_ENDED = regex.compile(r"\s*\p{L}+(?:[ \u00a0]\p{L}+){1,7}[ \u00a0](?P<at>\d{1,2}:\d{2}:\d{2})[^\p{L}\d\n]{0,5}")
_STAMP_BEHIND = regex.compile(rf"[ \t\u00a0]*(?P<stamp>\[{CLOCK}\])")
_BOLD_LEAD = regex.compile(r"[ \t]*(?P<lead>(?P<mark>\*\*|__)(?=\S)[^*_\n]{1,40}(?P=mark))[ \t]+(?=\S)")
_LONGEST_STAMP = 40
_REPORT_LENGTH = 20_000
_LONGEST_SPEECH = 8_000
"""Code points a turn above which a long text quotes an interview and is none (an hour of speech has about 50,000)."""
_SHOWN = 5
_NOTHING_SAID = ReadOptions()


class Parsed(NamedTuple):
    """The turns of a text, what is doubtful about them, and how its times could be read."""

    turns: tuple[Turn, ...]
    notes: tuple[ImportNote, ...]
    stamps: int = 0
    """Turns that claim a time."""
    unread: tuple[int, ...] = ()
    """Where turns begin whose claimed time is none."""
    machine: bool = False
    """True when a machine laid the text out, so that a wrong time is no slip of somebody's pen."""


def parse_turns(text: str, options: ReadOptions = _NOTHING_SAID) -> tuple[tuple[Turn, ...], tuple[ImportNote, ...]]:
    """The turns of a stored text, in order and without overlap, and what is doubtful about them.

    Every offset is a code point of `text`; `text[turn.start:turn.end]` is what was said, without label, time
    stamp and surrounding blanks. A text in which nobody is named gives no turns.
    """
    parsed = parse(text, options)
    return parsed.turns, parsed.notes


def parse(text: str, options: ReadOptions = _NOTHING_SAID) -> Parsed:
    """The turns as `parse_turns` gives them, with what is known of the times."""
    lines = lines_of(text)
    layout = pasted_from_teams(text, lines) or machine_layout(text, lines)
    machine = layout is not None
    notes: tuple[ImportNote, ...] = ()
    if layout is None:
        layout, notes = _labelled(text, lines, options)
    return parsed_at(text, layout, options, notes)._replace(machine=machine)


def parsed_at(text: str, layout: Layout, options: ReadOptions, notes: tuple[ImportNote, ...] = ()) -> Parsed:
    """The turns of a text whose openings are known, but for those of labels that the researcher has rejected."""
    rejected = {key(label) for label in options.rejected_labels}
    kept = tuple(o for o in layout.openings if not o.speaker or key(o.speaker) not in rejected)
    done = cut(text, layout._replace(openings=kept))
    turns, role_notes = with_roles(text, done.turns, options)
    return Parsed(turns, notes + done.notes + role_notes, done.stamps, done.unread)


def with_roles(
    text: str, turns: Sequence[Turn], options: ReadOptions
) -> tuple[tuple[Turn, ...], tuple[ImportNote, ...]]:
    """The same turns with the role of every speaker decided over the whole text."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for turn in turns:
        name = key(turn.speaker)
        labels.setdefault(name, turn.speaker)
        counts[name] += 1
        questions[name] += text.find("?", turn.start, turn.end) >= 0
        characters[name] += turn.end - turn.start
    voices = [
        Voice(label=label, turns=counts[name], questions=questions[name], characters=characters[name])
        for name, label in labels.items()
    ]
    roles, notes = roles_of(voices, options.roles)
    return tuple(replace(turn, role=roles[key(turn.speaker)]) for turn in turns), notes


def guess_kind(text: str, turns: Sequence[Turn]) -> SourceKind:
    """What a text seems to be: a transcript if somebody speaks, minutes by its own word, a report if long."""
    if turns:
        return "transcript"
    if reads_as_minutes(text):
        return "minutes"
    return "report" if len(text) > _REPORT_LENGTH else "notes"


def reads_as_minutes(text: str) -> bool:
    """True when one of the first lines calls the text a *referat*."""
    head = [line for line in text[:2000].split("\n") if line.strip()][:5]
    return any(len(line) <= 120 and _MINUTES.search(line) for line in head)


def _labelled(text: str, lines: Sequence[Line], options: ReadOptions) -> tuple[Layout, tuple[ImportNote, ...]]:
    """Openings of a text that people have labelled."""
    confirmed = confirmed_names(options.confirmed_labels)
    rejected = {key(label) for label in options.rejected_labels}
    found = _labels(text, lines, confirmed, rejected, cell=False)
    heads = _header_lines(text, lines, found)
    stamps = _stamps_above(text, lines, found)
    speaking = [label for label in found if label.line_start not in heads]
    accepted = _accepted(text, lines, speaking, stamps, options)
    if not accepted:
        rows = _labels(text, lines, confirmed, rejected, cell=True)
        if len(rows) >= 2 and len({key(row.text) for row in rows}) >= 2:
            found = accepted = rows
    if pairs := _pairs(text, lines, found, accepted, options):
        openings = tuple(_opening(text, label, stamps.get(label.line_start)) for label in pairs)
        return Layout(openings), (asked_note(pairs),)
    if not accepted and (alone := _alone(text, lines, options)):
        return alone
    opened = {label.line_start: _opening(text, label, stamps.get(label.line_start)) for label in accepted}
    for opening in stamped_lines(text, lines) or ([] if accepted else clocks_alone(text, lines)):
        opened.setdefault(opening.label_start, opening)
    ordered = sorted(opened.values(), key=lambda opening: opening.label_start)
    notes = dash_note(accepted) + _overlooked(found, accepted, heads)
    return Layout(tuple(ordered), _meet_end(text, lines, accepted, stamps)), notes


def _pairs(
    text: str, lines: Sequence[Line], found: Sequence[Label], accepted: Sequence[Label], options: ReadOptions
) -> list[Label]:
    """The labels of `Spørsmål:` and `Svar:`, where the text is made of them and has no speakers of its own."""
    named = {key(label.text) for label in accepted if label.kind != "free"}
    return [] if len(named) > 1 or _is_plain(text, options) else asked_and_answered(text, lines, found)


def _is_plain(text: str, options: ReadOptions) -> bool:
    """True for what is said to be no transcript, or calls itself minutes."""
    return options.kind not in (None, "transcript") or reads_as_minutes(text)


def _alone(text: str, lines: Sequence[Line], options: ReadOptions) -> tuple[Layout, tuple[ImportNote, ...]] | None:
    """Openings of a text whose speakers stand on lines, or in cells, of their own."""
    certain = names_and_clocks(text, lines) or numbered_alone(text, lines) or role_headings(text, lines)
    if certain:
        return certain, ()
    if _is_plain(text, options):
        return None
    if tabbed := _tabbed(text, lines):
        return tabbed, table_note(tabbed.openings)
    if led := led_by_names(text, _bold(text, lines)):
        return led, (led_note(led),)
    likely = names_alone(text, lines)
    return (likely, (_alone_note(likely),)) if likely else None


def _alone_note(layout: Layout) -> ImportNote:
    names = [f"«{name}»" for name in dict.fromkeys(opening.speaker for opening in layout.openings)]
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    message = _("{names} står alene på linjer som går igjen og er lest som talere; avvis dem hvis de er noe annet.")
    place = layout.openings[0].label_start
    return ImportNote(message=message.format(names=shown), start=place, count=len(names), doubtful=True)


def _bold(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches in Markdown's bold with which lines begin, marks included."""
    return [match.span("lead") for start, end in lines if (match := _BOLD_LEAD.match(text, start, end))]


def _tabbed(text: str, lines: Sequence[Line]) -> Layout | None:
    """Openings where nearly every line is a name, a tab, and what is said."""
    rows = [(start, text.find("\t", start, end)) for start, end in lines]
    tabbed = [(start, tab) for start, tab in rows if tab >= 0]
    if len(tabbed) < _LEAST_TABBED * len(lines):
        return None
    ends = dict(lines)
    columns = dialogue_columns([(text[start:tab], text[tab + 1 : ends[start]]) for start, tab in tabbed])
    spoken = tabbed[columns.first_row :] if columns else []
    return Layout(tuple(Opening(start, text[start:tab].strip(), tab + 1) for start, tab in spoken)) if spoken else None


def _labels(
    text: str, lines: Sequence[Line], confirmed: frozenset[str], rejected: set[str], *, cell: bool
) -> list[Label]:
    seen = (label_at(text, start, end, confirmed, cell=cell) for start, end in lines)
    found = [label for label in seen if label and key(label.text) not in rejected]
    # A column of small letters is a code (`m`, `f` for gender) and names nobody.
    found = [label for label in found if not (cell and label.kind == "letter" and label.text[0].islower())]
    return without_colon(text, lines, found)


def _opening(text: str, label: Label, above: Opening | None) -> Opening:
    if above is not None and label.stamp is None:
        return above._replace(speaker=label.text, body_start=label.body_start)
    stamp, body_start = label.stamp, label.body_start
    if stamp is None and (after := _STAMP_BEHIND.match(text, body_start, body_start + _LONGEST_STAMP)):
        # noScribe: S00: [00:01:12] words
        found = stamp_at(text, after.start("stamp"), after.end())
        stamp, body_start = (found[0], found[1]) if found else (None, body_start)
    return Opening(
        label.line_start,
        label.text,
        body_start,
        stamp.at_ms if stamp else None,
        stamp.to_ms if stamp else None,
        stamp is not None,
    )


def _stamps_above(text: str, lines: Sequence[Line], found: Sequence[Label]) -> dict[int, Opening]:
    """For each label's line, the stamp alone on the line above it (Google Meet).

    f4's stamps close the turn above them, but where one stands above the first label.
    """
    wanted = {label.line_start for label in found}
    above: dict[int, Opening] = {}
    hashed = False
    for (start, end), (following, _end) in pairwise(lines):
        if following in wanted and end - start <= 40:
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            stamp = stamp_at(text, first, end)
            hashed = hashed or (bool(stamp) and following == found[0].line_start)
            if stamp and (hashed or not stamp[0].hashed) and not text[stamp[1] : end].strip():
                above[following] = Opening(start, "", end, stamp[0].at_ms, stamp[0].to_ms, True)
    return above


def _meet_end(
    text: str, lines: Sequence[Line], accepted: Sequence[Label], stamps: dict[int, Opening]
) -> tuple[int, ...]:
    """Where Google Meet says that the transcript ended after `00:12:33`: by its shape, since the words are localised."""
    if not any(label.line_start in stamps for label in accepted):
        return ()
    last = accepted[-1].line_start
    latest = max(opening.start_ms or 0 for opening in stamps.values())
    for start, end in lines:
        match = _ENDED.fullmatch(text, start, end) if start > last else None
        if match and (clock_ms(match.group("at")) or 0) >= latest:
            return (start,)
    return ()


def _header_lines(text: str, lines: Sequence[Line], found: Sequence[Label]) -> set[int]:
    """Lines at the head of the text that name people without letting them speak: `Intervjuer: Kari Hansen`.

    Such a line is short, does not end like a sentence, and stands beside `Dato:` and its like, or the speech
    below uses letters.
    """
    letters = max(Counter(label.text for label in found if label.kind == "letter").values(), default=0)
    labels = {label.line_start: label for label in found if label.kind == "role"}
    head = list(lines[:_HEAD_LINES])
    metadata = [metadata_line(text[start:end]) for start, end in head]
    heads: set[int] = set()
    for _round in range(2):
        for index, (start, end) in enumerate(head):
            label = labels.get(start)
            said = text[label.body_start : end].strip() if label else ""
            if not said or len(said.split()) > 6 or said[-1] in '.?!…:»"':
                continue
            beside = any(metadata[place] for place in (index - 1, index + 1) if 0 <= place < len(head))
            if beside or letters >= 3:
                metadata[index] = True
                heads.add(start)
    return heads


def _accepted(
    text: str, lines: Sequence[Line], found: Sequence[Label], stamps: dict[int, Opening], options: ReadOptions
) -> list[Label]:
    """The labels that count, by the company they keep in the whole text."""
    found = without_lists(text, found)
    counts = Counter(key(label.text) for label in found)
    bracketed = sum(1 for label in found if label.stamp and label.stamp.bracketed)
    letters = {label.text[0].upper() for label in found if label.kind == "letter"}
    roles = any(label.kind in ("role", "confirmed") for label in found)
    pair = bool(letters & set("IMF")) and len(letters) > 1
    meet = [label.line_start for label in found if label.line_start in stamps]
    # A short meeting has one time code, at its very beginning.
    first_pair = meet[0] if len(meet) >= 2 or (meet and stamps[meet[0]].start_ms == 0) else None

    def recurs(label: Label) -> bool:
        return label.kind in ("role", "confirmed") or counts[key(label.text)] >= 2 or numbered_voice(label.text)

    recurring = sum(recurs(label) or (pair and label.kind == "letter") for label in found)
    plausible = recurring >= _threshold(text, options) * len(lines)

    def counted(label: Label) -> bool:
        if first_pair is not None and label.line_start < first_pair:
            return False
        if label.kind in ("role", "confirmed"):
            return True
        if label.kind == "letter":
            return roles or (plausible and (pair or counts[key(label.text)] >= 2))
        if label.stamp and label.stamp.bracketed and bracketed >= 2:
            return True
        if first_pair is not None and name_like(label.text):
            return True
        return plausible and recurs(label)

    accepted = [label for label in found if counted(label)]
    lone_name = len({key(label.text) for label in accepted}) == 1 and accepted[0].kind == "free"
    lone_name = lone_name and not numbered_voice(accepted[0].text)
    sparse = len(text) > max(_REPORT_LENGTH, _LONGEST_SPEECH * len(accepted))
    confirmed = any(label.kind == "confirmed" for label in accepted)
    said = options.kind == "transcript" or bool(stamps)
    people = said or are_people(text, accepted)
    listed = not said and not confirmed and are_listed(text, accepted)
    return [] if lone_name or (sparse and not confirmed) or not people or listed else accepted


def _threshold(text: str, options: ReadOptions) -> float:
    if options.kind not in (None, "transcript"):
        return 2.0
    return _LEAST_SHARE_IN_MINUTES if options.kind is None and reads_as_minutes(text) else _LEAST_SHARE


def _overlooked(found: Sequence[Label], accepted: Sequence[Label], heads: set[int]) -> tuple[ImportNote, ...]:
    """A note on names that look like speakers and were not counted; the researcher can confirm them."""
    taken = {label.line_start for label in accepted}
    first = accepted[0].line_start if accepted else -1
    counts = Counter(key(label.text) for label in found)
    missed: dict[str, Label] = {}
    for label in found:
        if (
            label.line_start in taken
            or label.line_start in heads
            or not label.colon
            or not (label.kind == "role" or name_like(label.text))
        ):
            continue
        recurs = label.kind == "role" or counts[key(label.text)] >= 2
        if recurs or (accepted and label.line_start > first and len(label.text.split()) <= 3):
            missed.setdefault(key(label.text), label)
    if not missed:
        return ()
    names = [f"«{label.text}:»" for label in missed.values()]
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    message = ngettext(
        "{names} står først på en linje, men er ikke regnet som taler; bekreft navnet hvis det er det.",
        "{names} står først på linjer, men er ikke regnet som talere; bekreft navnene hvis de er det.",
        len(names),
    )
    place = next(iter(missed.values())).line_start
    return (ImportNote(message=message.format(names=shown), start=place, count=len(names), doubtful=True),)
