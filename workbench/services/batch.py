"""Acting on many codings at once: one gesture, undone together, that accounts for every coding it was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext

from workbench.core.entities import CodeEntry
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.coding import own_coding, record_coding, record_recoding, record_star, require_active
from workbench.services.memos import place_of, record_memo
from workbench.services.naming import find_codings
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.codes import aliases
from workbench.store.state import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of each coding, by id; every one that was asked about stands in exactly one of the four."""

    done: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    """It was as asked before."""
    united: tuple[str, ...] = ()
    """This coder would have had the code twice on one span: it became one with another coding."""
    gone: tuple[str, ...] = ()
    """It has been removed, or its words have been edited away."""

    @property
    def all(self) -> int:
        """How many were asked about."""
        return len(self.done) + len(self.already) + len(self.united) + len(self.gone)


@dataclass(slots=True)
class _Account:
    done: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    united: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def standing(self, act: Gesture, codings: Iterable[str]) -> Iterator[Row]:
        """Rows of the codings that are there, each once; the others are noted as gone."""
        for coding in dict.fromkeys(codings):
            row = act.state.get("coding", coding)
            if row is None:
                self.gone.append(coding)
            else:
                yield row

    def closed(self) -> Outcome:
        return Outcome(
            done=tuple(self.done), already=tuple(self.already), united=tuple(self.united), gone=tuple(self.gone)
        )


def recode_all(project: Project, codings: Iterable[str], code: CodeEntry) -> Outcome:
    """Give codings another code; who coded each first is kept.

    A coding that would be this coder's second with the code on its span becomes one with the other, see
    `coding.record_recoding`.

    Raises:
        Refusal: if the code is retired, or no coding is named.
    """
    require_active(code)
    account = _Account()
    with project.write() as act:
        merged = aliases(act.connection)
        for row in account.standing(act, _some(codings)):
            if merged.get(row["code"], row["code"]) == code.id:
                account.already.append(row["id"])
            elif record_recoding(act, row, code.id) == row["id"]:
                account.done.append(row["id"])
            else:
                account.united.append(row["id"])
    return account.closed()


def add_code_to_all(project: Project, codings: Iterable[str], code: CodeEntry) -> Outcome:
    """Put one more code on the spans of codings; the quote id stays the same.

    A span that stands in two of the codings gets the code once: the second is `united` with the first.

    Raises:
        Refusal: if the code is retired, or no coding is named.
    """
    require_active(code)
    account, made = _Account(), set[str]()
    with project.write() as act:
        known = {source.id: source for source in corpus_queries.sources(act.connection)}
        for row in account.standing(act, _some(codings)):
            there = own_coding(act, row["source"], row["start"], row["end"], code.id)
            if row["end"] <= row["start"]:
                account.gone.append(row["id"])
            elif there is not None:
                (account.united if there["id"] in made else account.already).append(row["id"])
            else:
                made.add(record_coding(act, project, known[row["source"]], row["start"], row["end"], code.id))
                account.done.append(row["id"])
    return account.closed()


def remove_all(project: Project, codings: Iterable[str]) -> Outcome:
    """Take codings away; one undo brings all of them back."""
    account = _Account()
    with project.write() as act:
        for row in account.standing(act, _some(codings)):
            act.record("coding.remove", {"id": row["id"]})
            account.done.append(row["id"])
    return account.closed()


def star_all(project: Project, codings: Iterable[str], *, star: bool) -> Outcome:
    """Mark codings as selected quotes, or take the marks away."""
    account = _Account()
    with project.write() as act:
        for row in account.standing(act, _some(codings)):
            if bool(row["star"]) == star:
                account.already.append(row["id"])
            else:
                record_star(act, row, star=star)
                account.done.append(row["id"])
    return account.closed()


def memo_all(project: Project, codings: Iterable[str], text: str, *, each: bool = False) -> Outcome:
    """Write a memo about codings: one that links to all of them, or (`each`) the same words on every one.

    The one memo lies on the code the codings share, else on the project, and ends in a line of links, `[[I03-042]]`.

    Raises:
        Refusal: if the memo is empty, or no coding is named.
    """
    if not text.strip():
        raise Refusal(_("Memoet er tomt."))
    account = _Account()
    with project.write() as act:
        rows = list(account.standing(act, _some(codings)))
        if each:
            for row in rows:
                _write_memo(act, "coding", row["id"], text.strip())
        elif rows:
            merged = aliases(act.connection)
            shared = {merged.get(row["code"], row["code"]) for row in rows}
            links = " ".join(dict.fromkeys(f"[[{row['quote']}]]" for row in rows))
            kind, target = ("code", str(shared.pop())) if len(shared) == 1 else ("project", project.uid)
            _write_memo(act, kind, target, f"{text.strip()}\n\n{links}")
        account.done += [row["id"] for row in rows]
    return account.closed()


def choose(project: Project, wanted: Filter, named: Iterable[str] = ()) -> list[str]:
    """Ids of the codings that a filter lets through and, where some are named, are among those.

    A quote id names every coding on its span; anything else is an id or the beginning of one.

    Raises:
        NotFound: if a name is no coding's, or a code or case of the filter is not known.
        Refusal: if nothing is left.
    """
    found = [each.coding.id for each in find_excerpts(project, wanted)]
    names = list(dict.fromkeys(named))
    if names:
        among = set(find_codings(project, names))
        found = [each for each in found if each in among]
    return _some(found)


def outcome_words(outcome: Outcome) -> str:
    """What became of them: «12 gjort, 3 var slik fra før, 1 falt sammen med en annen koding, 2 finnes ikke lenger»."""
    counted = (
        (outcome.done, ngettext("{n} gjort", "{n} gjort", len(outcome.done))),
        (outcome.already, ngettext("{n} var slik fra før", "{n} var slik fra før", len(outcome.already))),
        (
            outcome.united,
            ngettext(
                "{n} falt sammen med en annen koding på samme sted",
                "{n} falt sammen med andre kodinger på samme sted",
                len(outcome.united),
            ),
        ),
        (outcome.gone, ngettext("{n} finnes ikke lenger", "{n} finnes ikke lenger", len(outcome.gone))),
    )
    return ", ".join(words.format(n=len(ids)) for ids, words in counted if ids)


def _write_memo(act: Gesture, kind: str, target: str, text: str) -> None:
    record_memo(act, new_id(), place_of(act, kind, target, None), text)


def _some(codings: Iterable[str]) -> list[str]:
    chosen = list(codings)
    if not chosen:
        raise Refusal(_("Ingen kodinger er valgt. Velg noen først."))
    return chosen
