"""Memos, notes in the margin, themes, waves and links of another tool's project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from corpus.text import normalise
from exports.interchange.model import Bundle, LinkItem, NoteItem, SetItem
from workbench.core.ids import derived_id
from workbench.services.interchange.identity import named_id
from workbench.services.interchange.known_again import NotesHere
from workbench.services.interchange.ledger import MEMBERS, Ledger
from workbench.services.interchange.receiving_codings import Spans, Standing, place_again, place_note
from workbench.store.project import Gesture
from workbench.store.queries import corpus as queries
from workbench.store.state import Row

_THEME = ("title", "essence")
_DESCRIPTION = "#description"
"""How the GUID of a note ends that is what something says of itself, and has nobody who wrote it."""
_TARGETS = {"source": "source", "code": "code", "coding": "coding"}


def waves_and_folders(bundle: Bundle, ledger: Ledger) -> Bundle:
    """The bundle with each source told which wave it belongs to, and which folder: a group of sources is a folder here.

    A source lies in one folder; where it is in several groups, the first counts and the others are listed as lost.
    """
    waves: dict[str, str] = {}
    folders: dict[str, str] = {}
    for group in bundle.sets:
        for guid in group.sources:
            if group.kind == "wave":
                waves.setdefault(guid, group.name)
            elif folders.setdefault(guid, group.name) != group.name:
                name = next((each.name for each in bundle.sources if each.guid == guid), guid)
                ledger.lose(_("Gruppe"), group.name, _("«{name}» ligger alt i en annen mappe.").format(name=name))
    sources = tuple(
        replace(each, wave=each.wave or waves.get(each.guid, ""), folder=each.folder or folders.get(each.guid, ""))
        for each in bundle.sources
    )
    return replace(bundle, sources=sources)


def described_as_notes(bundle: Bundle) -> list[NoteItem]:
    """The bundle's notes, and what its project, sources, cases and groups of sources say of themselves as notes."""
    found = list(bundle.notes)

    def add(guid: str, text: str, kind: Any) -> None:
        if text.strip():
            found.append(NoteItem(guid=f"{guid}{_DESCRIPTION}", text=text, target_kind=kind, target=guid))

    add(bundle.guid, bundle.description, "project")
    for source in bundle.sources:
        add(source.guid, source.description, "source")
    for case in bundle.cases:
        add(case.guid, case.description, "case")
    for group in bundle.sets:
        if group.description.strip() and group.kind != "theme" and not (group.codes or group.codings):
            found.append(NoteItem(guid=f"{group.guid}{_DESCRIPTION}", title=group.name, text=group.description))
    return found


def receive_sets(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Groups with codes are themes; those of our own kind `wave` and groups of sources have been seen to already."""
    rows = act.state.rows("theme")
    position = max((row["position"] for row in rows), default=0.0)
    titles = {row["title"].casefold(): row["id"] for row in reversed(rows)}
    for group in bundle.sets:
        if group.kind == "wave":
            said = {"name": group.name}
            ledger.met("wave", group.guid, named_id(project_uid, "wave", group.name), said, said)
            continue
        codes = _members(group, "codes", group.codes, ledger)
        codings = _members(group, "codings", group.codings, ledger)
        if ("set", group.guid) in ledger.known:
            _theme_again(act, group, codes, codings, ledger)
            continue
        if group.kind != "theme" and not codes and not codings:
            if not group.sources:
                ledger.lose(_("Gruppe"), group.name, _("Gruppen har ingenting som kom med."))
            continue
        position += 1.0
        uid = titles.get(said_of_set(group)["title"].casefold(), "")
        uid = _theme(act, project_uid, group, codes, codings, position, ledger, same=uid)
        titles.setdefault(said_of_set(group)["title"].casefold(), uid)


def _members(group: SetItem, field: str, guids: Iterable[str], ledger: Ledger) -> list[str]:
    """Our ids of what the file says anew that belongs to a set."""
    newly = ledger.newly_in("set", group.guid, field, guids)
    return [found for guid in newly if (found := ledger.id_of(MEMBERS[field], guid))]


def _theme_again(act: Gesture, group: SetItem, codes: list[str], codings: list[str], ledger: Ledger) -> None:
    said = said_of_set(group)
    row = act.state.get("theme", ledger.known["set", group.guid].target)
    if row is None:
        ledger.keep(_("Tema"), said["title"], _("Temaet er slettet her siden sist, og tas ikke inn igjen."))
        return
    outcome = ledger.compare("set", group.guid, said, said, {key: row[key] for key in _THEME})
    if outcome.stood:
        ledger.keep(_("Tema"), row["title"], outcome.why())
    _extend(act, row, outcome.changes, codes, codings)


def _theme(
    act: Gesture,
    project_uid: str,
    group: SetItem,
    codes: list[str],
    codings: list[str],
    position: float,
    ledger: Ledger,
    *,
    same: str,
) -> str:
    """A theme that has not come before, as the one of the `same` title when there is one; its id."""
    said = said_of_set(group)
    row = act.state.get("theme", same)
    if row is not None:
        essence = said["essence"] if not row["essence"] else ""
        if said["essence"] and row["essence"] not in ("", said["essence"]):
            ledger.keep(_("Tema"), row["title"], _("Har en annen beskrivelse i filen; vårt står."))
        changed = _extend(act, row, {"essence": essence} if essence else {}, codes, codings)
        ledger.met("set", group.guid, row["id"], said, said | {"essence": row["essence"] or essence})
        (ledger.updated if changed else ledger.unchanged)["set"] += 1
        return same
    uid = derived_id(project_uid, "theme", ledger.origin, group.guid)
    status = group.status if group.status in ("candidate", "final") else "candidate"
    card = {key: said[key] for key in _THEME} | {
        "status": status,
        "position": position,
        "codes": codes,
        "codings": codings,
    }
    act.record("theme.add", {"id": uid, "card": act.card(card)})
    ledger.add("set", group.guid, uid, said, said)
    return uid


def said_of_set(group: SetItem) -> dict[str, Any]:
    """What the file says of a theme, in our fields."""
    title = " ".join(normalise(group.name).split()) or _("(uten navn)")
    members = {"codes": sorted(group.codes), "codings": sorted(group.codings)}
    return {"title": title, "essence": normalise(group.description).strip(), **members}


def _extend(act: Gesture, row: Row, changes: dict[str, Any], codes: list[str], codings: list[str]) -> bool:
    """Give a theme new words and the members it lacks; whether there was anything to give."""
    own = [link["code"] for link in act.state.rows("theme_code", theme=row["id"])]
    lacking = [code for code in codes if code not in own]
    card = changes | ({"codes": [*own, *lacking]} if lacking else {})
    if card:
        act.record("theme.set", {"id": row["id"], "card": act.card(card)})
    excerpts = {link["coding"] for link in act.state.rows("theme_coding", theme=row["id"])}
    more = sorted(set(codings) - excerpts)
    if more:
        act.record("theme.excerpts", {"id": row["id"], "add": more})
    return bool(card or more)


def notes_of_sets(notes: Iterable[NoteItem], bundle: Bundle, ledger: Ledger) -> list[NoteItem]:
    """The notes, those that belong to a set put on the theme it has become; what has no place for that is listed by name."""
    group_of: dict[str, SetItem] = {}
    found: list[NoteItem] = []
    for group in bundle.sets:
        for guid in group.notes:
            group_of.setdefault(guid, group)
    for note in notes:
        own = group_of.get(note.guid)
        if own is not None and (note.target_kind, note.target) != ("set", own.guid):
            if note.target_kind == "project" and ledger.id_of("set", own.guid):
                note = replace(note, target_kind="set", target=own.guid)
            else:
                why = _("At notatet hører til gruppen «{group}», har ingen plass her; notatet er med.")
                ledger.lose(_("Notat"), note.title or note.text.strip()[:40], why.format(group=own.name))
        found.append(note)
    return found


def receive_notes(
    act: Gesture,
    project_uid: str,
    notes: Sequence[NoteItem],
    spans: Spans,
    ledger: Ledger,
    *,
    called: Mapping[str, str],
    before: Standing,
) -> None:
    """Every note with words in it. One whose target did not come along becomes a memo on the project that says so.

    Args:
        act: the gesture.
        project_uid: the project.
        notes: what is taken in.
        spans: where those on passages lie in our texts.
        ledger: the book of it.
        called: GUID -> name of what they may be on.
        before: where our notes stood before the texts were taken in.
    """
    (project_row,) = act.state.rows("project")
    versions = {source.id: source.version for source in queries.sources(act.connection)}
    known = {ledger.known["note", note.guid].target for note in notes if ("note", note.guid) in ledger.known}
    here = NotesHere(act, known)
    for note in notes:
        text = _text(note)
        if not text:
            ledger.lose(_("Notat"), note.title or note.guid, _("Notatet er tomt."))
            continue
        place = _place(note, spans, versions, ledger)
        if place is None and called.get(note.target):
            text = _("[Stod på: {name}]").format(name=called[note.target]) + f"\n\n{text}"
        if ("note", note.guid) in ledger.known:
            _again(act, note, text, spans, ledger, before)
            continue
        shown = note.title or note.text.strip()[:40]
        if place is None:
            ledger.lose(_("Notat"), shown, _("Det notatet stod på, kom ikke med; det står på prosjektet."), mended=True)
            place = {"target_kind": "project"}
        elif note.target_kind == "passage" and "version" not in place:
            ledger.lose(_("Notat"), shown, _("Stedet finnes ikke igjen; notatet står på kilden."), mended=True)
        if place["target_kind"] == "project":
            place["target"] = project_row["id"]
        coder = ledger.id_of("person", note.creator) or act.coder
        taken = {"text": text, "span": list(spans.get(note.guid, (0, 0)))}
        same = here.same(place, text, coder, margin=note.kind == "margin" and "version" in place)
        if not same and note.guid.endswith(_DESCRIPTION) and (said := here.together(place, text)):
            same = said[0] if len(said) == 1 else ""
            if not same:
                ledger.unchanged["note"] += 1
                continue
        if same:
            ledger.met("note", note.guid, same, said_of_note(note), taken)
            ledger.unchanged["note"] += 1
            continue
        uid = derived_id(project_uid, "note", ledger.origin, note.guid)
        _record(act, note, uid, text, place, coder)
        ledger.add("note", note.guid, uid, said_of_note(note), taken)


def said_of_note(note: NoteItem) -> dict[str, Any]:
    """What the file says in a note: its words, with the title first, and where in the file's text it stands."""
    said: dict[str, Any] = {"text": _text(note)}
    return said | ({"span": [note.start, note.end]} if note.target_kind == "passage" else {})


def _text(note: NoteItem) -> str:
    text = normalise(note.text).strip()
    title = normalise(note.title).strip()
    if title and not text.startswith(title) and note.kind != "margin":
        text = f"{title}\n\n{text}".strip()
    return text


def _record(act: Gesture, note: NoteItem, uid: str, text: str, place: dict[str, Any], coder: str) -> None:
    """A note in the margin where it is one and has a place there, a memo otherwise."""
    payload: dict[str, Any] = {"id": uid, "text": act.text(text), **place, "coder": coder}
    if note.created:
        payload["created"] = note.created
    if note.kind == "margin" and "version" in place:
        del payload["target_kind"], payload["target"]
        act.record("note.add", payload)
        return
    kind = "memo" if note.kind == "margin" else note.kind
    payload |= {"kind": kind, "day": note.day if kind == "diary" else "", "private": 0}
    if note.modified:
        payload["updated"] = note.modified
    act.record("memo.add", payload)


def _place(note: NoteItem, spans: Spans, versions: Mapping[str, str], ledger: Ledger) -> dict[str, Any] | None:
    """What the note's payload says of where it is; None when that did not come along."""
    if note.target_kind == "project":
        return {"target_kind": "project"}
    if note.target_kind == "passage":
        source = ledger.id_of("source", note.target)
        if not source or note.guid not in spans:
            return {"target_kind": "source", "target": source} if source else None
        start, end = spans[note.guid]
        place = {"target_kind": "span", "target": source, "source": source}
        return place | {"version": versions[source], "start": start, "end": end}
    if note.target_kind == "case":
        found = ledger.id_of("case", note.target)
        return {"target_kind": ledger.case_kinds.get(note.target, "case"), "target": found} if found else None
    if note.target_kind == "set":
        found = ledger.id_of("set", note.target)
        return {"target_kind": "theme", "target": found} if found else None
    found = ledger.id_of(_TARGETS[note.target_kind], note.target)
    return {"target_kind": _TARGETS[note.target_kind], "target": found} if found else None


def _again(act: Gesture, note: NoteItem, text: str, spans: Spans, ledger: Ledger, before: Standing) -> None:
    """A note that is here: its words and its place, where they have been changed there and not here."""
    target = ledger.known["note", note.guid].target
    table = "margin_note" if act.state.get("margin_note", target) else "memo"
    row = act.state.get(table, target)
    said = said_of_note(note)
    shown = note.title or note.text.strip()[:40]
    if row is None:
        ledger.met("note", note.guid, target, said, {"text": text, "span": list(spans.get(note.guid, (0, 0)))})
        ledger.keep(_("Notat"), shown, _("Notatet er slettet her siden sist, og tas ikke inn igjen."))
        return
    ours = {"text": row["text"], "span": [row["start"], row["end"]]}
    taken = {"text": text, "span": list(spans.get(note.guid, ours["span"]))}
    moved_here = before.get(target) != tuple(ledger.remembered("note", note.guid).get("span", ()))
    if row["source"] in ledger.replaced and note.guid in spans and not moved_here:
        place_again(act, table, row, *spans[note.guid])
        ours["span"] = taken["span"]
    if not row["source"]:
        ours["span"] = taken["span"]  # its place was lost once, and it stands on something larger
    outcome = ledger.compare("note", note.guid, said, taken, ours, moving=True)
    if outcome.stood:
        ledger.keep(_("Notat"), shown, outcome.why())
    if "span" in outcome.changes:
        place_note(act, table, row, *outcome.changes["span"])
    if "text" in outcome.changes:
        act.record("memo.set" if table == "memo" else "note.set", {"id": target, "text": act.text(text)})


def said_of_link(link: LinkItem) -> dict[str, Any]:
    """What the file says of a tie, besides what it ties together."""
    return {"name": normalise(link.name), "direction": link.direction}


def receive_links(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Ties between things that came along."""
    ends = {guid: (kind, target) for (kind, guid), target in ledger.ids.items()}
    for link in bundle.links:
        said = said_of_link(link)
        if ("link", link.guid) in ledger.known:
            _link_again(act, link, said, ledger)
            continue
        if link.origin not in ends or link.target not in ends:
            ledger.lose(_("Kobling"), link.name or link.guid, _("Noe av det den knytter sammen, kom ikke med."))
            continue
        (origin_kind, origin), (target_kind, target) = ends[link.origin], ends[link.target]
        uid = derived_id(project_uid, "link", ledger.origin, link.guid)
        card = {"origin_kind": origin_kind, "origin": origin, "target_kind": target_kind, "target": target, **said}
        if same := next((row["id"] for row in act.state.rows("entity_link", **card)), ""):
            ledger.met("link", link.guid, same, said, said)
            ledger.unchanged["link"] += 1
            continue
        act.record("link.add", {"id": uid, "card": act.card(card)})
        ledger.add("link", link.guid, uid, said, said)


def _link_again(act: Gesture, link: LinkItem, said: dict[str, Any], ledger: Ledger) -> None:
    target = ledger.known["link", link.guid].target
    row = act.state.get("entity_link", target)
    if row is None:
        ledger.met("link", link.guid, target, said, said)
        ledger.keep(_("Kobling"), link.name, _("Koblingen er slettet her siden sist, og tas ikke inn igjen."))
        return
    outcome = ledger.compare("link", link.guid, said, said, {key: row[key] for key in said})
    if outcome.stood:
        ledger.keep(_("Kobling"), row["name"], outcome.why())
    if outcome.changes:
        card = {key: value for key, value in row.items() if key != "id"} | outcome.changes
        act.record("link.add", {"id": target, "card": act.card(card)})
