"""Signals proposed from what the team has coded, and taken into the codebook when a person agrees."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from codebooks.model import Signal, Terms
from corpus.text import normalise
from nlp.evidence import tops
from nlp.learning.case_exceptions import ExceptionProposal, propose_exceptions
from nlp.learning.decisions import answers, by_document
from nlp.learning.proposals import Kind, TermProposal, best_in_line, is_trigger, propose_terms
from nlp.learning.word_index import index_words
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services.cases import find_case
from workbench.services.codebook import as_codebook, codes_within, find_code
from workbench.services.learning import Learner, decisions, finished
from workbench.services.naming import not_found
from workbench.store.project import Project
from workbench.store.queries import local

Progress = Callable[[int, int, str], None]
Record = dict[str, Any]
"""A signal as the project file has it."""

FROM_CODING = "fra kodingen"
"""Name of the signal that agreed terms go into. It is stored, so it is the same in every language of the interface."""
SCORE = 0.5
"""What an agreed term is worth to begin with; what is decided where it stands moves it either way."""
_HIDDEN = "signals.hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the coding so far says the codebook lacks."""

    terms: tuple[TermProposal, ...]
    """By code in the codebook's order, the surest of a code first."""
    exceptions: tuple[ExceptionProposal, ...]
    decided_in: int
    """Sources that something has been decided in, or that are finished."""


def proposed_signals(
    project: Project,
    learner: Learner | None = None,
    code: str = "",
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Proposed | None:
    """Terms that set the codes apart, and cases that a signal should not be asked in; None if it was called off.

    Only sources that something has been decided in are compared: a text that nobody has coded says nothing of where a
    code does not apply.

    Args:
        project: the project.
        learner: what has been read earlier; a new one if None.
        code: only this code and those below it, as typed.
        progress: called with how many are done, how many there are, and the source or code at hand.
        cancelled: asked now and then.

    Raises:
        NotFound: if there is no such code.
    """
    wanted = codes_within(project, code) if code else None
    learner = learner or Learner()
    learner.read(project, (), progress=progress, cancelled=cancelled)
    if cancelled() or learner.seen is None or learner.book is None:
        return None
    told, done, book = by_document(decisions(project)), finished(project), learner.book
    evidence = {uid: each for uid, each in learner.seen.evidence.items() if uid in told or uid in done}
    codes = [each for each in book if each.status == "active" and (wanted is None or each.uid in wanted)]
    top = tops(book)
    known = {
        slug: {
            uid: answers(each, told.get(uid, ()), slug, book, finished=uid in done) for uid, each in evidence.items()
        }
        for slug in dict.fromkeys([*(each.slug for each in codes), *(top[each.slug] for each in codes)])
    }
    index = index_words(evidence.values())
    terms: list[TermProposal] = []
    for number, each in enumerate(codes):
        if cancelled():
            return None
        if progress is not None:
            progress(number, len(codes), each.name)
        terms += propose_terms(evidence, known[each.slug], each.slug, book, index=index)
    exceptions = propose_exceptions(evidence, known, book, codes=[each.slug for each in codes])
    return Proposed(
        terms=tuple(best_in_line(terms, book)),
        exceptions=tuple(exceptions),
        decided_in=len({*told, *done} & {*evidence}),
    )


def undecided(project: Project, found: Proposed) -> Proposed:
    """What is left of the proposals with the codebook as it now is."""
    book = as_codebook(project)
    asked = {(code.slug, signal.name): signal for code in book for signal in code.signals}
    known = {code.slug for code in book}

    def is_asked(each: ExceptionProposal) -> bool:
        signal = asked.get((each.code, each.signal))
        return signal is not None and each.case not in signal.not_in

    return Proposed(
        terms=tuple(
            each for each in found.terms if each.code in known and not is_trigger(book, each.code, each.term, each.kind)
        ),
        exceptions=tuple(filter(is_asked, found.exceptions)),
        decided_in=found.decided_in,
    )


def add_signal(project: Project, code: str, term: str, kind: Kind, score: float = SCORE) -> Signal:
    """Put a term into the code's signal `FROM_CODING`, which is made if it is missing; the signal as it now is.

    Args:
        project: the project.
        code: as typed.
        term: a dictionary form.
        kind: `lemma` for the word in any inflection, `part` for compounds with it inside too.
        score: of the signal if it is made; one that is there keeps its own.

    Raises:
        Refusal: if there is no such code or it is out of use, the term is no word, the score is not above 0 and at most 1,
            or a signal of the code has the term already.
    """
    entry = _in_use(find_code(project, code))
    word = " ".join(normalise(term).split()).lower()
    if not any(map(str.isalpha, word)) or "*" in word:
        raise Refusal(_("«{term}» er ikke noe ord. Skriv et ord i grunnform, som «bolig».").format(term=term))
    if not 0 < score <= 1:
        raise Refusal(_("Styrken {score} må være over 0 og høyst 1.").format(score=score))
    column = "lemmas" if kind == "lemma" else "parts"

    def add(signals: list[Record]) -> Record:
        for each in signals:
            if word in map(str.lower, each["any"][column]):
                raise Refusal(
                    _("Koden «{code}» har alt «{term}» i signalet «{signal}».").format(
                        code=entry.name, term=word, signal=each["name"]
                    )
                )
        signal = next((each for each in signals if each["name"] == FROM_CODING), None)
        if signal is None:
            signal = dataclasses.asdict(Signal(name=FROM_CODING, any=Terms(), score=score))
            signals.append(signal)
        signal["any"][column] = [*signal["any"][column], word]
        return signal

    return _change(project, entry, add)


def add_exception(project: Project, code: str, signal: str, case: str) -> Signal:
    """Ask a signal no more in the sources of a case; the signal as it now is.

    Args:
        project: the project.
        code: as typed.
        signal: its name within the code.
        case: as typed.

    Raises:
        Refusal: if the code, its signal or the case does not exist, the code is out of use, or the exception is there.
    """
    entry = _in_use(find_code(project, code))
    name = find_case(project, case).name

    def add(signals: list[Record]) -> Record:
        found = _named(signals, signal, entry)
        if name in found.get("not_in", ()):
            raise Refusal(
                _("Signalet «{signal}» i «{code}» brukes alt ikke i casen «{case}».").format(
                    signal=found["name"], code=entry.name, case=name
                )
            )
        found["not_in"] = [*found.get("not_in", ()), name]
        return found

    return _change(project, entry, add)


def key_of(proposal: TermProposal | ExceptionProposal) -> str:
    """What a proposal is known by from one time to the next."""
    about = (
        (proposal.kind, proposal.term) if isinstance(proposal, TermProposal) else (proposal.signal, "-", proposal.case)
    )
    return json.dumps((proposal.code, *about), ensure_ascii=False)


def hidden(project: Project) -> frozenset[str]:
    """Keys of the proposals that somebody has put aside in this copy."""
    return frozenset(json.loads(local.get(project.connection, _HIDDEN) or "[]"))


def keep_hidden(project: Project, keys: Iterable[str]) -> None:
    """Keep which proposals are put aside: in this copy only and not journaled, since nothing is decided by it.

    A project that is open for reading only keeps nothing.
    """
    if not project.readonly:
        with project.derive() as connection:
            local.put(connection, _HIDDEN, json.dumps(sorted(keys), ensure_ascii=False))


def _in_use(entry: CodeEntry) -> CodeEntry:
    if entry.status != "active":
        raise Refusal(_("Koden «{name}» er tatt ut av bruk.").format(name=entry.name))
    return entry


def _change(project: Project, entry: CodeEntry, change: Callable[[list[Record]], Record]) -> Signal:
    """Change one signal of a code, as a gesture of its own; the signal after it."""
    with project.write() as act:
        row = act.state.get("code", entry.id)
        if row is None:
            raise Refusal(_("Koden finnes ikke lenger."))
        signals: list[Record] = json.loads(row["signals"])
        name = change(signals)["name"]
        act.record("code.set", {"id": entry.id, "card": act.card({"signals": signals})})
    code = as_codebook(project).get(entry.slug)
    assert code is not None
    return next(each for each in code.signals if each.name == name)


def _named(signals: Sequence[Record], named: str, entry: CodeEntry) -> Record:
    """The signal with this name; upper and lower case are told apart only where names differ in nothing else."""
    for candidates in (
        [each for each in signals if each["name"] == named],
        [each for each in signals if each["name"].casefold() == named.casefold()],
    ):
        if len(candidates) == 1:
            return candidates[0]
    names = [each["name"] for each in signals]
    message = _("Koden «{code}» har ikke noe signal som heter «{named}».").format(code=entry.name, named=named)
    raise not_found(message, named, names)
