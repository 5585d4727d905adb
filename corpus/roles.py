"""Who asks and who answers.

`I:` stands for interviewer in one transcript and for informant in the next, so it is decided by the other
labels, and where they do not tell, by who asks the questions. A guess is always said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _

import regex

from corpus.labels import (
    ANSWER_WORDS,
    INTERVIEWER_WORDS,
    OTHER_WORDS,
    PARTICIPANT_WORDS,
    QUESTION_WORDS,
    first_word,
    key,
)
from corpus.model import ImportNote, Role

_LETTER_LABEL = regex.compile(r"([IRMDFPBirmfpb])\.?\s?\d{0,3}(?:\s?\([^()]*\))?")

_ENOUGH_QUESTIONS = 0.3
"""Share of turns that ask, from which a speaker may be the interviewer; set by hand, not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one label says in the whole text."""

    label: str
    turns: int
    questions: int
    """Turns that end in a question mark or have one."""
    characters: int

    @property
    def asks(self) -> float:
        return self.questions / self.turns

    @property
    def length(self) -> float:
        return self.characters / self.turns


def roles_of(
    voices: Iterable[Voice], decided: Iterable[tuple[str, Role]] = ()
) -> tuple[dict[str, Role], tuple[ImportNote, ...]]:
    """Every speaker's role by folded label, and notes on what is only a guess.

    Args:
        voices: one for each label (folded labels differ).
        decided: (label, role) as the researcher has said; these are never guessed.
    """
    fixed: dict[str, Role] = {key(label): role for label, role in decided}
    by_label = {key(voice.label): voice for voice in voices}
    roles = {name: fixed.get(name) or _plain_role(voice.label) for name, voice in by_label.items()}
    if roles.get("s", "") is None and any(first_word(name) in ANSWER_WORDS for name in roles):
        roles["s"] = "interviewer"
    notes: list[ImportNote] = []
    note = _decide_letter_i(roles, by_label)
    if note:
        notes.append(note)
    unknown = [name for name, role in roles.items() if role is None]
    if unknown and "interviewer" not in roles.values():
        notes.append(_guess_interviewer(roles, unknown, by_label))
    return {name: role or "participant" for name, role in roles.items()}, tuple(notes)


def _plain_role(label: str) -> Role | None:
    """The role a label says by itself, or None for names and for I."""
    if not label:
        return "other"
    letter = _letter(label)
    if letter:
        return None if letter == "I" else "interviewer" if letter in "MF" else "participant"
    word = first_word(label)
    if word in INTERVIEWER_WORDS | QUESTION_WORDS:
        return "interviewer"
    if word in PARTICIPANT_WORDS | ANSWER_WORDS:
        return "participant"
    return "other" if word in OTHER_WORDS else None


def _letter(label: str) -> str:
    match = _LETTER_LABEL.fullmatch(label)
    return match.group(1).upper() if match else ""


def _decide_letter_i(roles: dict[str, Role | None], voices: Mapping[str, Voice]) -> ImportNote | None:
    """Gives I, I1, I2 ... their roles in `roles`, by the labels beside them."""
    own = [name for name, role in roles.items() if role is None and _letter(voices[name].label) == "I"]
    if not own:
        return None
    others = [name for name in roles if name not in own]
    letters = {_letter(voices[name].label) for name in others} - {""}
    worded = {roles[name] for name in others if not _letter(voices[name].label)}
    if "interviewer" in worded or (letters and letters <= set("MF")):
        roles.update(dict.fromkeys(own, "participant"))
        return None
    if letters or "participant" in worded:
        roles.update(dict.fromkeys(own, "interviewer"))
        return _reading_of_i(_("intervjuer")) if letters & set("MF") else None
    asker = _asker([voices[name] for name in roles if roles[name] is None])
    if asker is None and len(roles) == 1:
        roles.update(dict.fromkeys(own, "participant"))
        reading = _("informant, siden ingen annen taler er funnet")
    elif asker is not None and key(asker.label) not in own:
        roles.update(dict.fromkeys(own, "participant"))
        roles[key(asker.label)] = "interviewer"
        reading = _("informant, siden «{label}» stiller spørsmålene").format(label=asker.label)
    else:
        asking = [key(asker.label)] if asker else [name for name in own if name == "i"] or own
        roles.update({name: "interviewer" if name in asking else "participant" for name in own})
        reading = _("intervjuer")
    return _reading_of_i(reading)


def _reading_of_i(reading: str) -> ImportNote:
    message = _("Etiketten «I:» kan bety både intervjuer og informant; her er den lest som {reading}.")
    return ImportNote(message=message.format(reading=reading), doubtful=True)


def _guess_interviewer(
    roles: dict[str, Role | None], unknown: Iterable[str], voices: Mapping[str, Voice]
) -> ImportNote:
    """Makes the one of the unknown who asks the interviewer in `roles`, or nobody."""
    asker = _asker([voice for voice in voices.values() if voice.label])
    if asker is None or key(asker.label) not in unknown:
        return ImportNote(
            message=_("Det går ikke fram hvem som er intervjuer; alle talerne er lest som deltakere."),
            doubtful=True,
        )
    roles[key(asker.label)] = "interviewer"
    return ImportNote(
        message=_("«{label}» er lest som intervjuer fordi det er den taleren som stiller spørsmålene.").format(
            label=asker.label
        ),
        doubtful=True,
    )


def _asker(voices: list[Voice]) -> Voice | None:
    """The one voice that clearly asks more and speaks shorter than the rest, or None."""
    if len(voices) < 2:
        return None
    ordered = sorted(voices, key=lambda voice: (-voice.asks, voice.label))
    best, rest = ordered[0], ordered[1:]
    if best.asks < _ENOUGH_QUESTIONS or best.asks < 2 * rest[0].asks:
        return None
    return best if best.length < sum(v.characters for v in rest) / sum(v.turns for v in rest) else None
