"""Memos: text on anything in a project, the dated research diary, and condensates on codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from corpus.text import normalise
from exports.links import LINK
from workbench.core.entities import Memo, MemoKind
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.cases import find_case, list_cases, list_informants
from workbench.services.codebook import find_code, find_theme, list_codes, list_themes
from workbench.services.naming import find_coding, find_source, not_found, prefixed
from workbench.services.projects import facts
from workbench.services.sources import source_names
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import memos as queries
from workbench.store.queries.memos import Quoted

TARGETS: Mapping[str, str] = {
    "project": "project", "case": "case_unit", "informant": "informant", "source": "source", "span": "source",
    "code": "code", "theme": "theme", "coding": "coding",
}  # fmt: skip
"""What a memo can be on -> the state table that holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a memo is on."""

    kind: str
    """One of `TARGETS`."""
    target: str
    """Id; of the source when it is on a span."""
    words: str
    """What it is called: «koden «Bolig»». Says so when it is gone."""
    source: str = ""
    """Id of the source it lies in, or empty."""
    start: int = 0
    end: int = 0
    """Its place in the source's text; both 0 for what has no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A quote id in a memo's text, and where it leads."""

    quote: str
    leads_to: Quoted | None
    """None when no coding carries the id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMemo:
    memo: Memo
    subject: Subject
    links: tuple[Link, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Quote ids in the text that nothing carries."""
        return tuple(link.quote for link in self.links if link.leads_to is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoFilter:
    """Which memos to show; empty means all that one may see."""

    kind: str = ""
    """`memo`, `diary` or `condensate`."""
    on: str = ""
    """One of `TARGETS`."""
    target: str = ""
    """Id."""
    coder: str = ""
    text: str = ""
    """Words that stand in the text or in what it is on; upper and lower case are the same."""
    private: bool = False
    """Only one's own private ones."""
    shared: bool = False
    """Only those that are shared."""


def list_memos(project: Project, target: str | None = None) -> list[Memo]:
    """Memos this coder may see, oldest first; only those on `target` (an id) when given."""
    return queries.memos(project.connection, reader=project.coder_id(), target=target)


def shared_memos(project: Project) -> list[Memo]:
    """Memos that are for everybody, oldest first: those that may stand in what leaves the house."""
    return queries.memos(project.connection, reader="")


def find_memos(project: Project, wanted: MemoFilter | None = None) -> list[FoundMemo]:
    """Memos this coder may see with what they are on and where their links lead; the oldest first.

    A diary entry stands at its day, whatever day it was written.
    """
    wanted = wanted or MemoFilter()
    chosen = [memo for memo in list_memos(project) if _passes(memo, wanted)]
    subjects = subjects_of(project, chosen)
    quotes = {memo.id: quotes_in(memo.text) for memo in chosen}
    places = queries.quoted(project.connection, {quote for each in quotes.values() for quote in each})
    found = [
        FoundMemo(
            memo=memo,
            subject=subjects[memo.id],
            links=tuple(Link(quote=quote, leads_to=places.get(quote)) for quote in quotes[memo.id]),
        )
        for memo in chosen
    ]
    said = [each for each in found if holds(each, wanted.text)]
    return sorted(said, key=lambda each: each.memo.day or each.memo.created[:10])


def holds(found: FoundMemo, words: str) -> bool:
    """Whether the words stand in a memo, its day or what it is on; upper and lower case are the same."""
    return words.casefold() in f"{found.memo.text}\n{found.memo.day}\n{found.subject.words}".casefold()


def find_memo(project: Project, named: str) -> FoundMemo:
    """The memo with this id or unique beginning of one.

    Raises:
        NotFound: if there is none that this coder may see, or more than one.
    """
    found = find_memos(project)
    (uid,) = prefixed(named, [each.memo.id for each in found], _("memo"))
    return next(each for each in found if each.memo.id == uid)


def quotes_in(text: str) -> tuple[str, ...]:
    """The quote ids a text links to, as `[[I03-042]]`, each once and in order."""
    return tuple(dict.fromkeys(LINK.findall(text)))


def _passes(memo: Memo, wanted: MemoFilter) -> bool:
    return (
        wanted.kind in ("", memo.kind)
        and wanted.on in ("", memo.target_kind)
        and wanted.target in ("", memo.target)
        and (not wanted.coder or memo.coder.casefold() == wanted.coder.casefold())
        and not (wanted.private and not memo.private)
        and not (wanted.shared and memo.private)
    )


# -- what memos are on


def subjects_of(project: Project, memos: Iterable[Memo]) -> dict[str, Subject]:
    """Memo id -> what it is on."""
    listed = list(memos)
    kinds = {memo.target_kind for memo in listed}
    names: dict[str, dict[str, str]] = {"project": {project.uid: ""}}
    if kinds & {"source", "span"}:
        names["source"] = names["span"] = source_names(project)
    if "case" in kinds:
        names["case"] = {each.id: each.name for each in list_cases(project)}
    if "informant" in kinds:
        names["informant"] = {each.id: each.number for each in list_informants(project)}
    if "code" in kinds:
        names["code"] = {each.id: each.name for each in list_codes(project)}
    if "theme" in kinds:
        names["theme"] = {each.id: each.title for each in list_themes(project)}
    wanted = [memo.target for memo in listed if memo.target_kind == "coding"]
    codings = {each.id: each for each in coding_queries.codings(project.connection, ids=wanted)} if wanted else {}
    names["coding"] = {each.id: f"{each.code_name} {each.quote}" for each in codings.values()}
    found: dict[str, Subject] = {}
    for memo in listed:
        kind, target = memo.target_kind, memo.target
        source, start, end = "", memo.start, memo.end
        if kind in ("source", "span"):
            source = target
        elif target in codings:
            source, start, end = codings[target].source, codings[target].start, codings[target].end
        words = words_for(kind, names[kind].get(target), start=start)
        found[memo.id] = Subject(kind=kind, target=target, words=words, source=source, start=start, end=end)
    return found


def words_for(kind: str, name: str | None, *, start: int = 0) -> str:
    """What a thing is called in a sentence; `name` is None when it is gone."""
    # A look-up in the message catalogue asks the file system: one word is looked up, not all.
    match kind if name is not None or kind == "project" else "":
        case "project":
            return _("hele prosjektet")
        case "case":
            return _("casen «{name}»").format(name=name)
        case "informant":
            return _("informanten {name}").format(name=name)
        case "source":
            return _("kilden «{name}»").format(name=name)
        case "span":
            return _("et sted i «{name}» (tegn {start})").format(name=name, start=start)
        case "code":
            return _("koden «{name}»").format(name=name)
        case "theme":
            return _("temaet «{name}»").format(name=name)
        case "coding":
            return _("kodingen {name}").format(name=name)
        case _unknown:
            return _("noe som er slettet")


def find_subject(project: Project, kind: str, named: str = "", span: tuple[int, int] | None = None) -> Subject:
    """What a person means: a kind of thing and its id or name; a span is a source and its offsets.

    Raises:
        NotFound: if there is no such thing, or several could be meant; the message lists the nearest.
        Refusal: for a kind that nothing is of, or a span without offsets.
    """
    if kind == "project":
        return Subject(kind=kind, target=facts(project).id, words=words_for(kind, ""))
    if kind == "span":
        if span is None:
            raise Refusal(_("Si hvor i kilden memoet skal stå: --start og --end."))
        source = find_source(project, named)
        start, end = span
        if not 0 <= start < end <= source.characters:
            raise Refusal(_("Stedet {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
        words = words_for(kind, source.name, start=start)
        return Subject(kind=kind, target=source.id, words=words, source=source.id, start=start, end=end)
    if kind == "coding":
        made = find_coding(project, named)
        words = words_for(kind, f"{made.code_name} {made.quote}")
        return Subject(kind=kind, target=made.id, words=words, source=made.source, start=made.start, end=made.end)
    if kind == "source":
        source = find_source(project, named)
        return Subject(kind=kind, target=source.id, words=words_for(kind, source.name), source=source.id)
    target, name = _named(project, kind, named)
    return Subject(kind=kind, target=target, words=words_for(kind, name))


def _named(project: Project, kind: str, named: str) -> tuple[str, str]:
    if kind == "code":
        code = find_code(project, named)
        return code.id, code.name
    if kind == "theme":
        theme = find_theme(project, named)
        return theme.id, theme.title
    if kind == "case":
        case = find_case(project, named)
        return case.id, case.name
    if kind == "informant":
        known = list_informants(project)
        for informant in known:
            if named in (informant.id, informant.number) or named.casefold() == informant.number.casefold():
                return informant.id, informant.number
        raise not_found(
            _("Finner ingen informant som heter «{named}».").format(named=named), named, [each.number for each in known]
        )
    raise Refusal(
        _("Det går ikke an å skrive memo på «{kind}». Velg en av: {known}.").format(kind=kind, known=", ".join(TARGETS))
    )


def condensate_words() -> str:
    """What stands above a condensate wherever it is shown: nobody said it word for word."""
    return _("Kondensat (kunstig sitat, ikke ordrett)")


# -- writing


def write_memo(
    project: Project,
    target_kind: str,
    target: str,
    text: str,
    *,
    memo: str = "",
    kind: MemoKind = "memo",
    day: str = "",
    private: bool = False,
    span: tuple[int, int] | None = None,
) -> Memo:
    """A new memo on something (its id), or new words for one's own existing one (`memo` is its id).

    Args:
        project: where it is written.
        target_kind: one of `TARGETS`.
        target: id of what it is on; of the source for a span.
        text: the words; links are written `[[I03-042]]`.
        memo: id of the memo that gets new words; the rest of what is said about it then stays as it is.
        kind: `diary` needs a day, and `condensate` is on a code.
        day: what a diary entry is about, as 2026-03-14.
        private: for its writer only.
        span: half-open code-point offsets, for a memo on a span.

    Raises:
        Refusal: if the memo is empty, another's, or what it is on does not exist.
    """
    if target_kind not in TARGETS:
        raise Refusal(_("Det går ikke an å skrive memo på «{kind}».").format(kind=target_kind))
    if not text.strip():
        raise Refusal(_("Memoet er tomt."))
    if memo:
        return change_memo(project, memo, text=text)
    uid = new_id()
    with project.write() as act:
        place = place_of(act, target_kind, target, span)
        record_memo(act, uid, place, text, kind=kind, day=day, private=private)
    return _get(project, uid)


def record_memo(
    act: Gesture,
    uid: str,
    place: Mapping[str, object],
    text: str,
    *,
    kind: MemoKind = "memo",
    day: str = "",
    private: bool = False,
) -> None:
    """A new memo as part of a gesture; `place` as `place_of` gives it."""
    if kind == "condensate" and place["target_kind"] != "code":
        raise Refusal(_("Et kondensat skrives på en kode: kodegruppen eller subgruppen det sammenfatter."))
    fields = {"kind": kind, "day": _checked_day(day) if kind == "diary" else "", "private": int(private)}
    act.record("memo.add", {"id": uid, "text": act.text(normalise(text).strip()), **place, **fields})


def place_of(act: Gesture, target_kind: str, target: str, span: tuple[int, int] | None) -> dict[str, object]:
    """What a memo's payload says about where it is.

    Raises:
        Refusal: if what it is on is gone, or the span lies outside the text.
    """
    row = act.state.get(TARGETS[target_kind], target)
    if row is None:
        raise Refusal(_("Det memoet skal stå på, finnes ikke lenger."))
    place: dict[str, object] = {"target_kind": target_kind, "target": target}
    if target_kind == "span":
        start, end = span or (0, 0)
        if not 0 <= start < end <= corpus_queries.sources(act.connection, [target])[0].characters:
            raise Refusal(_("Stedet {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
        place |= {"source": target, "version": row["version"], "start": start, "end": end}
    return place


def change_memo(project: Project, memo: str, *, text: str | None = None, private: bool | None = None) -> Memo:
    """New words for one's own memo, or keep it to oneself, or share it. The words stay in the project file either way.

    Raises:
        Refusal: if the words are gone, or it is another's, or there is no such memo.
    """
    if text is not None and not text.strip():
        raise Refusal(_("Memoet er tomt. Slett det heller."))
    with project.write() as act:
        row = require_own(act, memo)
        fields = {} if private is None else {"private": int(private)}
        words = row["text"] if text is None else normalise(text).strip()
        act.record("memo.set", {"id": memo, "text": act.text(words), **fields})
    return _get(project, memo)


def remove_memo(project: Project, memo: str) -> None:
    """Take a memo away; undo brings it back. Another coder's private memo does not exist for anybody else."""
    with project.write() as act:
        row = act.state.get("memo", memo)
        if row is None or (row["private"] and row["coder"] != act.coder):
            raise Refusal(_("Memoet finnes ikke lenger."))
        act.record("memo.remove", {"id": memo})


def require_own(act: Gesture, memo: str) -> dict[str, Any]:
    """The memo's row, if it is there and the one who acts wrote it.

    Raises:
        Refusal: otherwise.
    """
    row = act.state.get("memo", memo)
    if row is None or (row["private"] and row["coder"] != act.coder):
        raise Refusal(_("Memoet finnes ikke lenger."))
    if row["coder"] != act.coder:
        raise Refusal(_("Memoet er skrevet av en annen. Skriv ditt eget på det samme."))
    return row


# -- the diary


def diary_entry(project: Project, day: str) -> Memo | None:
    """One's own entry for a day, the newest if there are several."""
    mine = [memo for memo in own_memos(project, project.uid) if memo.kind == "diary" and memo.day == _checked_day(day)]
    return mine[-1] if mine else None


def write_diary(project: Project, text: str, *, day: str, private: bool | None = None) -> Memo:
    """Write in the diary: today's entry goes on where it ended, a new day begins a new one.

    An entry that is private goes on being so; to write otherwise than it is begins another entry for the day.

    Raises:
        Refusal: if there are no words, or the day is no date.
    """
    entry = diary_entry(project, day)
    if entry is None or (private is not None and private != entry.private):
        return write_memo(
            project, "project", project.uid, text, kind="diary", day=_checked_day(day), private=bool(private)
        )
    if not text.strip():
        raise Refusal(_("Memoet er tomt."))
    return change_memo(project, entry.id, text=f"{entry.text}\n\n{text.strip()}")


def own_memos(project: Project, target: str) -> list[Memo]:
    """What this coder has written on something, oldest first."""
    me = project.coder_name.casefold()
    return [memo for memo in list_memos(project, target) if memo.coder.casefold() == me]


def _checked_day(day: str) -> str:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise Refusal(_("«{day}» er ingen dato. Skriv den som 2026-03-14.").format(day=day)) from None


def _get(project: Project, memo: str) -> Memo:
    return next(each for each in list_memos(project) if each.id == memo)
