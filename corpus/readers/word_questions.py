"""Interviews that name nobody, but set the questions in bold or italics: a paragraph so set asks, what stands below answers.

Reports and leaflets have bold lines too, so most of them must end in a question mark, and each must have an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from corpus.model import ImportNote, ReadOptions
from corpus.shapes import Layout, Opening
from corpus.turns import Parsed, parsed_at

Span = tuple[int, int]

_LEAST = 3
_MOST_ASK = 0.7
_MOST_SHARE = 0.6
"""Share of lines that are set off above which they are no questions among answers."""


def parse_questions(text: str, emphasised: Sequence[tuple[str, Span]], options: ReadOptions) -> Parsed | None:
    """The turns of a text whose questions are set off, or None where they are not.

    Args:
        emphasised: (how, stretch) of the paragraphs that are set off as a whole, in order.
    """
    if options.kind not in (None, "transcript"):
        return None
    for how in dict.fromkeys(how for how, _span in emphasised):
        layout = _layout(text, [span for each, span in emphasised if each == how])
        if layout is not None:
            parsed = parsed_at(text, layout, options)
            return parsed._replace(notes=(_note(layout), *parsed.notes))
    return None


def _layout(text: str, questions: Sequence[Span]) -> Layout | None:
    asking = {span for span in questions if text[slice(*span)].rstrip().endswith("?")}
    lines = sum(1 for line in text.split("\n") if line.strip())
    if len(asking) < max(_LEAST, _MOST_ASK * len(questions)) or len(questions) > _MOST_SHARE * lines:
        return None
    ends = [start for start, _end in questions[1:]] + [len(text)]
    openings: list[Opening] = []
    for (start, end), limit in zip(questions, ends, strict=True):
        answer = end + len(text[end:limit]) - len(text[end:limit].lstrip())
        if (start, end) in asking:
            openings.append(Opening(start, _("Intervjuer"), start))
            openings += [Opening(answer, _("Informant"), answer)] if answer < limit else []
    answered = len(openings) - len(asking)
    # A heading among the questions ends the answer above it, and asks nothing.
    closers = tuple(span[0] for span in questions if span not in asking)
    return Layout(tuple(openings), closers) if answered >= _MOST_ASK * len(asking) else None


def _note(layout: Layout) -> ImportNote:
    message = _(
        "Ingen er navngitt; avsnittene i fet skrift eller kursiv er lest som intervjuerens spørsmål, og det som står "
        "under dem, som informantens svar."
    )
    return ImportNote(message=message, start=layout.openings[0].label_start, doubtful=True)
