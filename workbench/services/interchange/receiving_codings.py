"""Codings of another tool's project, on the same words in our stored texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from corpus.anchoring import Anchor, place
from corpus.edits import EditMap
from exports.interchange.model import Bundle, CodingItem
from workbench.core.entities import Source
from workbench.core.ids import derived_id
from workbench.core.voices import Voices
from workbench.services.coding import next_quote_id, quote_after_move
from workbench.services.interchange.ledger import Ledger
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.state import Row

Spans = Mapping[str, tuple[int, int]]
"""GUID of a coding or a note -> its span in our present text; what has no sure place there is missing."""
Standing = Mapping[str, tuple[int, int]]
"""Our id -> span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What stands on a span of a foreign text."""

    guid: str
    source: str
    start: int
    end: int


def spans_in_our_texts(
    act: Gesture, places: Iterable[Place], texts: Mapping[str, tuple[str, EditMap]], ledger: Ledger
) -> Spans:
    """Where each foreign span lies in our present texts.

    Where our text is the one that came in, offsets are carried exactly. Where it has been edited here since, the words are
    found as they are when a newer version of a text comes: never by a guess.
    """
    found: dict[str, tuple[int, int]] = {}
    by_source: dict[str, list[Place]] = {}
    for one in places:
        by_source.setdefault(one.source, []).append(one)
    for guid, own in by_source.items():
        if guid not in texts:
            continue
        text, offsets = texts[guid]
        carried = {
            one.guid: offsets.span(max(0, one.start), max(one.start, one.end)) for one in own if one.start < one.end
        }
        past = sum(start < len(text) < end for start, end in carried.values())
        carried = {key: (start, min(end, len(text))) for key, (start, end) in carried.items() if start < len(text)}
        source = queries.sources(act.connection, [ledger.id_of("source", guid)])[0]
        if past:
            why = _("Sluttet etter teksten i filen; slutter der teksten slutter.")
            ledger.lose(_("Sted i teksten"), source.name, why, count=past, mended=True)
        ours = queries.text_of(act.connection, source.version)
        if ours != text:
            anchors = [Anchor(key=key, start=start, end=end) for key, (start, end) in carried.items() if end > start]
            placed = place(text, ours, anchors)
            carried = {each.key: (each.start, each.end) for each in placed if each.how != "queued"}
        found |= {key: (start, end) for key, (start, end) in carried.items() if ours[start:end].strip()}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What lies at hand while codings are taken in."""

    act: Gesture
    project: Project
    sources: Mapping[str, Source]
    standing: dict[tuple[str, int, int, str, str], str]
    """Source, span, code and coder -> our id of the coding there; kept up to date."""
    before: Standing
    ledger: Ledger


@dataclass(slots=True)
class _Tally:
    """What there is to tell of codings afterwards."""

    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)
    made: set[str] = field(default_factory=set)
    """Our ids of those that are new."""
    nobody: int = 0


def receive_codings(
    act: Gesture,
    project: Project,
    bundle: Bundle,
    spans: Spans,
    ledger: Ledger,
    *,
    before: Standing,
    step: Callable[[str], None],
) -> None:
    """Every coding whose words and code are here; one that its coder has on the same span already is not doubled.

    Args:
        act: the gesture.
        project: where they go.
        bundle: what is taken in.
        spans: where each lies in our texts.
        ledger: the book of it.
        before: where our codings stood before the texts were taken in.
        step: called now and then; it may raise to stop.
    """
    sources = {source.id: source for source in queries.sources(act.connection)}
    standing = {_place(row, ledger): row["id"] for row in act.state.rows("coding")}
    desk = _Desk(act=act, project=project, sources=sources, standing=standing, before=before, ledger=ledger)
    tally = _Tally()
    speaking: dict[str, Voices] = {}
    for number, item in enumerate(bundle.codings):
        if not number % 200:
            step("")
        source = ledger.id_of("source", item.source)
        code = ledger.id_of("code", item.code)
        known = ledger.known.get(("coding", item.guid))
        row = None if known is None else act.state.get("coding", known.target)
        span = spans.get(item.guid) or _where_it_was(item, row, ledger)
        if span is None or not source or not code:
            tally.lost[_reason(item, source, code)] += 1
            continue
        start, end = span
        coder = ledger.id_of("person", item.coder) or act.coder
        said = said_of_coding(item)
        taken = said | {"span": [start, end], "code": code, "coder": coder}
        if row is not None:
            _again(desk, item, row, said, taken)
            continue
        if known is not None:
            ledger.met("coding", item.guid, known.target, said, taken)
            tally.deleted[sources[source].name] += 1
            continue
        key = (source, start, end, code, coder)
        if key in standing:
            ledger.met("coding", item.guid, standing[key], said, taken)
            tally.doubled[sources[source].name] += standing[key] in tally.made
            ledger.unchanged["coding"] += standing[key] not in tally.made
            continue
        standing[key] = _new(desk, item, key, _quote(desk, sources[source], start, end, speaking))
        tally.made.add(standing[key])
        tally.nobody += not ledger.id_of("person", item.coder)
        ledger.add("coding", item.guid, standing[key], said, taken)
    _tell_of_coders(bundle, ledger, tally)
    _tell(bundle, ledger, tally)


def _new(desk: _Desk, item: CodingItem, key: tuple[str, int, int, str, str], quote: str) -> str:
    """Record a coding that is not here (source, start, end, code and coder, ours); our id of it."""
    source, start, end, code, coder = key
    uid = derived_id(desk.project.uid, "coding", desk.ledger.origin, item.guid)
    desk.act.record("coding.add", _payload(item, uid, desk.sources[source], (start, end), code, coder, quote))
    return uid


def _quote(desk: _Desk, source: Source, start: int, end: int, speaking: dict[str, Voices]) -> str:
    """A new coding's quote id; who speaks in a source is read once."""
    if source.id not in speaking:
        speaking[source.id] = queries.voices_within(desk.act.connection, source, 0, source.characters)
    return next_quote_id(desk.act, desk.project, source, start, end, voices=speaking[source.id])


def said_of_coding(item: CodingItem) -> dict[str, Any]:
    """What the file says of a coding: its span in the file's text, and the GUIDs of its code and its coder.

    Many tools drop stars and assessments: a file without them says nothing of them.
    """
    said: dict[str, Any] = {"span": [item.start, item.end], "code": item.code}
    others = {"coder": item.coder, "star": int(item.star), "assessment": item.assessment}
    return said | {key: value for key, value in others.items() if value}


def _where_it_was(item: CodingItem, row: Row | None, ledger: Ledger) -> tuple[int, int] | None:
    """Where a coding stands that the file says nothing new of, though its words are not found: they were changed here."""
    if row is None or row["source"] in ledger.replaced:
        return None
    same = ledger.says_the_same("coding", item.guid, {"span": [item.start, item.end], "code": item.code})
    return (row["start"], row["end"]) if same else None


def _tell(bundle: Bundle, ledger: Ledger, tally: _Tally) -> None:
    """Codings that did not come along, or had been removed here, counted by source or code."""
    called = {each.guid: each.name for each in bundle.sources} | {each.guid: each.name for each in bundle.codes}
    for (guid, why), count in tally.lost.items():
        ledger.lose(_("Koding"), called.get(guid, guid), why, count=count)
    for name, count in tally.deleted.items():
        ledger.keep(_("Koding"), name, _("Fjernet her siden sist, og tas ikke inn igjen."), count=count)


def _tell_of_coders(bundle: Bundle, ledger: Ledger, tally: _Tally) -> None:
    """Codings that nobody has made in the file, and those that one coder has made twice."""
    if tally.nobody:
        why = _("Filen sier ikke hvem som har kodet; kodingene står på den som tok dem inn.")
        ledger.lose(_("Kodere"), bundle.title, why, count=tally.nobody, mended=True)
    for name, count in ((name, count) for name, count in tally.doubled.items() if count):
        why = _("Samme koder har brukt koden to ganger på de samme ordene; det er én koding her.")
        ledger.lose(_("Koding"), name, why, count=count, mended=True)


def _place(row: Mapping[str, Any], ledger: Ledger) -> tuple[str, int, int, str, str]:
    return row["source"], row["start"], row["end"], ledger.merged.get(row["code"], row["code"]), row["coder"]


def _payload(
    item: CodingItem, uid: str, source: Source, span: tuple[int, int], code: str, coder: str, quote: str
) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "id": uid,
        "source": source.id,
        "version": source.version,
        "start": span[0],
        "end": span[1],
        "code": code,
        "origin": "import",
        "suggestion": "",
        "coder": coder,
        "first_coder": coder,
        "quote": quote,
    }
    if item.created:
        payload["created"] = item.created
    if item.star:
        payload["star"] = 1
    if item.assessment:
        payload["assessment"] = item.assessment
    return payload


def _again(desk: _Desk, item: CodingItem, row: Row, said: dict[str, Any], taken: dict[str, Any]) -> None:
    """A coding that is here: what has been changed there since, where it has not been changed here too.

    In a text that has been replaced by the file's, a coding that nobody has moved here stands where the file says.
    """
    act, ledger, source = desk.act, desk.ledger, desk.sources[row["source"]]
    ours = {
        "span": [row["start"], row["end"]],
        "code": row["code"],
        "coder": row["coder"],
        "star": row["star"] or None,
        "assessment": row["assessment"],
    }
    moved_here = desk.before.get(row["id"]) != tuple(ledger.remembered("coding", item.guid).get("span", ()))
    if row["source"] in ledger.replaced and not moved_here:
        quote = quote_after_move(act, desk.project, row, source, *taken["span"])
        place_again(act, "coding", row, *taken["span"], quote=quote)
        ours["span"] = taken["span"]
        _source, _start, _end, *coded = _place(row, ledger)
        desk.standing.setdefault((row["source"], *taken["span"], *coded), row["id"])
    if not ledger.known["coding", item.guid].seen:
        taken = taken | {"coder": row["coder"]}  # names are hidden in some exports: the first time, that is no change
    outcome = ledger.compare("coding", item.guid, said, taken, ours, moving=True)
    name = f"{row['quote']} · {source.name}"
    if outcome.stood:
        ledger.keep(_("Koding"), name, outcome.why())
    changes = outcome.changes
    if "assessment" in changes:
        why = _("Vurdert som «{what}» der; vurderingen her står.").format(what=changes.pop("assessment"))
        ledger.keep(_("Koding"), name, why)
        if not changes:
            ledger.refrain("coding")
    if "code" in changes:
        changes["coder"] = taken["coder"]
    now = ours | changes
    place = (row["source"], *now["span"], ledger.merged.get(now["code"], now["code"]), now["coder"])
    if {"span", "code", "coder"} & changes.keys():
        if desk.standing.setdefault(place, row["id"]) != row["id"]:
            ledger.keep(_("Koding"), name, _("Er flyttet dit en lik koding står her; denne blir stående der den er."))
            ledger.refrain("coding")
            return
        desk.standing.pop(_place(row, ledger), None)
        desk.standing[place] = row["id"]
    _change(desk, row, source, changes, now)


def _change(desk: _Desk, row: Row, source: Source, changes: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    act = desk.act
    if {"code", "coder"} & changes.keys():
        act.record("coding.recode", {"id": row["id"], "code": now["code"], "coder": now["coder"]})
    if "span" in changes:
        start, end = changes["span"]
        quote = quote_after_move(act, desk.project, row, source, start, end)
        act.record("coding.bound", {"id": row["id"], "start": start, "end": end, **quote})
    if "star" in changes:
        act.record("coding.star", {"id": row["id"], "star": 1})


def place_again(
    act: Gesture, table: str, row: Row, start: int, end: int, *, quote: Mapping[str, str] | None = None
) -> None:
    """Put what a new text has moved, or left waiting, where the file says it is; with a new quote id where one is given."""
    waiting = act.state.rows("waiting", target=row["id"])
    place = {"start": start, "end": end, **(quote or {})}
    if waiting:
        version = (act.state.get("source", row["source"]) or {}).get("version", "")
        act.record("anchor.place", {"id": waiting[0]["id"], "version": version, **place})
    elif (row["start"], row["end"]) != (start, end):
        if table == "coding":
            act.record("coding.bound", {"id": row["id"], **place})
        else:
            place_note(act, table, row, start, end)


def place_note(act: Gesture, table: str, row: Row, start: int, end: int) -> None:
    """Move a note to another place in its text."""
    kind = "memo.set" if table == "memo" else "note.set"
    act.record(kind, {"id": row["id"], "text": act.text(row["text"]), "start": start, "end": end})


def _reason(item: CodingItem, source: str, code: str) -> tuple[str, str]:
    """What the coding is listed under, and why it did not come along."""
    if not source:
        return item.source, _("Kilden kodingen står i, kom ikke med.")
    if not code:
        return item.code, _("Koden kom ikke med eller finnes ikke i filen.")
    return item.source, _("Stedet finnes ikke i teksten, er tomt, eller kan ikke finnes igjen med sikkerhet.")
