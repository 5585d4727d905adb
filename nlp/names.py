"""Names in many short texts, without the rest of what the pipeline can say: that would take twice as long."""

from __future__ import annotations

from collections.abc import Sequence

from nlp import reading
from nlp.reading import Name

_FINDER = "ner"


def names_in(texts: Sequence[str]) -> list[tuple[Name, ...]]:
    """What may be names in each text; offsets count from the text's beginning.

    Raises:
        PipelineMissingError: if the shipped pipeline is not here.
    """
    pipeline = reading.language()
    others = [name for name in pipeline.pipe_names if name != _FINDER]
    lines: list[tuple[int, int, str]] = []
    for number, text in enumerate(texts):
        place = 0
        for line in reading.without_endless_runs(text).split("\n"):
            if line.strip():
                lines.append((number, place, line))
            place += len(line) + 1
    found: list[list[Name]] = [[] for _text in texts]
    read = pipeline.pipe((line for _number, _place, line in lines), disable=others)
    for (number, place, _line), doc in zip(lines, read, strict=True):
        found[number].extend(Name(place + each.start_char, place + each.end_char, each.label_) for each in doc.ents)
    return [tuple(each) for each in found]
