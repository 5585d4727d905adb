"""Where a recogniser of the Whisper family was unsure of what it heard, by the figures it gives itself.

The bounds for whole segments are those by which whisper itself calls a decoding failed, and the one for words is that
by which it calls a word an anomaly; WhisperX gives words a score of alignment, whose bound is set by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from gettext import ngettext
from typing import NamedTuple

from corpus.readers.cues import Doubt, words
from corpus.readers.json_values import number, plain

_LEAST_LOGPROB = -1.0
_MOST_NO_SPEECH = 0.6
_MOST_COMPRESSION = 2.4
_LEAST_PROBABILITY = 0.15
_LEAST_SCORE = 0.3


class _Word(NamedTuple):
    start: int
    end: int
    sureness: float
    low: bool


def doubts(segment: Mapping[str, object], line: str) -> tuple[Doubt, ...]:
    """The doubtful stretches of a segment whose words are `line`: all of it, or single words."""
    reasons = _reasons(segment)
    if reasons:
        return (Doubt(line=0, start=0, end=len(line), note="; ".join(reasons)),)
    spoken = segment.get("words")
    return _low_words(spoken, line) if isinstance(spoken, list) else ()


def _reasons(segment: Mapping[str, object]) -> list[str]:
    reasons = []
    logprob, silence, compression = (
        number(segment.get(name)) for name in ("avg_logprob", "no_speech_prob", "compression_ratio")
    )
    if logprob is not None and logprob < _LEAST_LOGPROB:
        reasons.append(_("usikker gjenkjenning (avg_logprob {figure})").format(figure=_figure(logprob)))
    if silence is not None and silence > _MOST_NO_SPEECH:
        reasons.append(_("kanskje ikke tale (no_speech_prob {figure})").format(figure=_figure(silence)))
    if compression is not None and compression > _MOST_COMPRESSION:
        reasons.append(_("mange gjentakelser (compression_ratio {figure})").format(figure=_figure(compression)))
    return reasons


def _low_words(spoken: list[object], line: str) -> tuple[Doubt, ...]:
    """Runs of words with a low figure, each as one stretch."""
    runs: list[list[_Word]] = []
    open_run = False
    for word in _placed(spoken, line):
        if word.low and open_run:
            runs[-1].append(word)
        elif word.low:
            runs.append([word])
        open_run = word.low
    return tuple(Doubt(line=0, start=run[0].start, end=run[-1].end, note=_words_note(run)) for run in runs)


def _placed(spoken: list[object], line: str) -> Iterable[_Word]:
    """The words at their places in the line, in order; what does not stand in it is passed over."""
    position = 0
    for item in spoken:
        text = plain(item.get("word", item.get("text"))) if isinstance(item, dict) else None
        if not isinstance(item, dict) or text is None or not (said := words([text])):
            continue
        place = line.find(said, position)
        if place < 0:
            continue
        position = place + len(said)
        probability, score = number(item.get("probability")), number(item.get("score"))
        low = (probability is not None and probability < _LEAST_PROBABILITY) or (
            score is not None and score < _LEAST_SCORE
        )
        yield _Word(place, position, min(value for value in (probability, score, 1.0) if value is not None), low)


def _words_note(run: list[_Word]) -> str:
    note = ngettext("usikkert ord (sikkerhet {figure})", "usikre ord (sikkerhet ned til {figure})", len(run))
    return note.format(figure=_figure(min(word.sureness for word in run)))


def _figure(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
