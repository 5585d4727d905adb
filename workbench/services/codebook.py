"""The codebook's verbs: add, rename, describe, move, merge, recolour, retire, restore and remove codes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from typing import Any

from codebooks import slugs
from codebooks.colours import child_colour, is_colour, next_colour
from codebooks.model import Code, Codebook, Signal, Terms
from codebooks.tree import in_tree_order
from corpus.text import normalise
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.core.ids import derived_id, new_id
from workbench.errors import NotFound, Refusal
from workbench.store.project import Gesture, Project, rehearsed
from workbench.store.queries import codes as queries

FIELDS = ("name", "name_en", "colour", "brief", "definition", "when_used", "when_not", "examples", "signals", "folder")


_WORDS = ("name", "name_en", "brief", "definition", "when_used", "when_not", "examples")
"""Fields that hold text."""


def list_codes(project: Project, *, retired: bool = True) -> list[CodeEntry]:
    """The codebook in tree order, with counts."""
    return queries.codes(project.connection, retired=retired)


def list_themes(project: Project) -> list[ThemeEntry]:
    return queries.themes(project.connection)


def find_theme(project: Project, named: str) -> ThemeEntry:
    """The theme with this id or title, or the only one that begins so.

    Raises:
        NotFound: if none or several do.
    """
    themes = list_themes(project)
    folded = named.casefold()
    exact = [theme for theme in themes if theme.id == named or theme.title.casefold() == folded]
    found = exact or [theme for theme in themes if theme.title.casefold().startswith(folded)]
    if len(found) == 1:
        return found[0]
    titles = tuple(theme.title for theme in found or themes)
    raise NotFound(
        _("Finner ikke ett tema som heter «{named}». Velg mellom: {titles}.").format(
            named=named, titles=", ".join(titles)
        ),
        titles,
    )


def find_code(project: Project, typed: str) -> CodeEntry:
    """The code a person means by id, slug, name or a unique beginning; *okonomi* finds *økonomi*.

    Raises:
        NotFound: if none is meant or several could be; the message gives the nearest.
    """
    return _meant(list_codes(project), typed)


def codes_within(project: Project, typed: str, *, exact: bool = False) -> set[str]:
    """Ids of the code a person means and of everything below it; of the code alone if `exact`.

    Raises:
        NotFound: as `find_code` does.
    """
    entries = list_codes(project)
    entry = _meant(entries, typed)
    return {entry.id} if exact else descendants(entries, entry.id)


def _meant(entries: list[CodeEntry], typed: str) -> CodeEntry:
    for entry in entries:
        if entry.id == typed:
            return entry
    found = slugs.match(typed, [(entry.slug, entry.name) for entry in entries])
    for entry in entries:
        if entry.slug == found.slug:
            return entry
    raise NotFound(slugs.explain(found, typed), found.among or found.nearest)


def descendants(entries: list[CodeEntry], code: str) -> set[str]:
    """Ids of the code and everything below it."""
    wanted = {code}
    for entry in entries:
        if entry.parent in wanted:
            wanted.add(entry.id)
    return wanted


def load_codebook(project: Project, codebook: Codebook) -> int:
    """Take a codebook in: new codes are added, slugs already there are left as they are; the number added.

    Each top-level code also gets a theme of its own, to be shaped later.
    """
    with project.write() as act:
        return add_codebook(act, project.uid, codebook)


def new_codes(project: Project, codebook: Codebook) -> list[CodeEntry]:
    """The codes that `load_codebook` would add, in tree order; it is done on a copy in memory, and nothing is kept."""
    there = {entry.id for entry in list_codes(project)}
    with rehearsed(project) as copy:
        load_codebook(copy, codebook)
        return [entry for entry in list_codes(copy) if entry.id not in there]


def add_codebook(act: Gesture, project_uid: str, codebook: Codebook) -> int:
    """The same, as part of a gesture that does more. Ids follow from the slug, so that copies of a project agree."""
    ids = {row["slug"]: row["id"] for row in act.state.rows("code")}
    added = 0
    for position, code in enumerate(in_tree_order(codebook)):
        if code.slug in ids:
            continue
        uid = derived_id(project_uid, "code", code.slug)
        ids[code.slug] = uid
        card = _card(code) | {"position": float(position), "parent": ids.get(code.parent or "", "")}
        act.record("code.add", {"id": uid, "card": act.card(card)})
        if code.parent is None:
            record_theme_of_code(act, uid, code.name, float(position))
        added += 1
    return added


def add_code(project: Project, name: str, *, parent: str = "", colour: str = "", slug: str = "") -> CodeEntry:
    """A new code with this name; under `parent` (an id) if given.

    Raises:
        Refusal: if a code with this name or slug is there, or the colour is no colour.
    """
    with project.write() as act:
        uid = record_new_code(act, project, name, parent=parent, colour=colour, slug=slug)
    return _entry(project, uid)


def record_new_code(
    act: Gesture, project: Project, name: str, *, parent: str = "", colour: str = "", slug: str = ""
) -> str:
    """A new code as part of a gesture (typing a new name while coding makes the code and the coding in one); its id."""
    name = " ".join(normalise(name).split())
    if not name:
        raise Refusal(_("En kode må ha et navn."))
    rows = act.state.rows("code")
    if any(row["name"].casefold() == name.casefold() and row["status"] != "merged" for row in rows):
        raise Refusal(_("Koden «{name}» finnes fra før.").format(name=name))
    taken = {row["slug"] for row in rows}
    if slug and (not slugs.is_slug(slug) or slug in taken):
        raise Refusal(_("Kortnavnet «{slug}» er opptatt eller kan ikke brukes.").format(slug=slug))
    _check_colour(colour)
    uid = new_id()
    siblings = [row for row in rows if row["parent"] == parent]
    if not colour:
        above = next((row["colour"] for row in rows if row["id"] == parent), "")
        colour = child_colour(above, len(siblings)) if above else next_colour(row["colour"] for row in rows)
    position = 1.0 + max((row["position"] for row in rows), default=0.0)
    card = {
        "name": name,
        "slug": slug or slugs.unique_slug(name, taken),
        "parent": parent,
        "colour": colour,
        "position": position,
    }
    act.record("code.add", {"id": uid, "card": act.card(card)})
    if not parent:
        record_theme_of_code(act, uid, name, position)
    return uid


def set_code(project: Project, code: str, **fields: Any) -> CodeEntry:
    """Change a code's name, definition, examples, colour and so on (see FIELDS).

    Raises:
        Refusal: for an unknown field, an empty name, a name that another code has, or a folder of what is coded with.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Refusal(_("En kode har ikke feltet {fields}.").format(fields=", ".join(sorted(unknown))))
    _check_colour(fields.get("colour", ""))
    fields = {key: _as_stored(value) if key in _WORDS else value for key, value in fields.items()}
    name = fields.get("name")
    if name is not None:
        name = fields["name"] = " ".join(normalise(name).split())
        if not name:
            raise Refusal(_("En kode må ha et navn."))
    with project.write() as act:
        if name is not None and any(
            row["name"].casefold() == name.casefold() and row["id"] != code and row["status"] != "merged"
            for row in act.state.rows("code")
        ):
            raise Refusal(_("Koden «{name}» finnes fra før.").format(name=name))
        if fields.get("folder") and (number := len(act.state.rows("coding", code=code))):
            raise Refusal(
                ngettext(
                    "Koden har {n} koding og kan ikke bli en mappe. Flytt den til en annen kode først.",
                    "Koden har {n} kodinger og kan ikke bli en mappe. Flytt dem til en annen kode først.",
                    number,
                ).format(n=number)
            )
        act.record("code.set", {"id": code, "card": act.card(fields)})
        if name is not None:
            rename_theme_of_code(act, code, name)
    return _entry(project, code)


def move_code(project: Project, code: str, *, parent: str, before: str | None = None) -> CodeEntry:
    """Put a code under another (empty: at the top), before a sibling or last.

    Raises:
        Refusal: if the code would end up below itself.
    """
    entries = list_codes(project)
    if parent in descendants(entries, code):
        raise Refusal(_("En kode kan ikke flyttes inn under seg selv."))
    siblings = [entry for entry in entries if entry.parent == parent and entry.id != code]
    if before is None:
        position = siblings[-1].position + 1.0 if siblings else 0.0
    else:
        index = next((n for n, entry in enumerate(siblings) if entry.id == before), len(siblings))
        low = siblings[index - 1].position if index else siblings[0].position - 2.0
        position = (low + siblings[index].position) / 2 if index < len(siblings) else siblings[-1].position + 1.0
    with project.write() as act:
        act.record("code.move", {"id": code, "parent": parent, "position": position})
    return _entry(project, code)


def merge_codes(project: Project, code: str, *, into: str) -> CodeEntry:
    """Merge a code into another: its codings count as the other's, its children move, its name is kept in the history.

    Raises:
        Refusal: if it is the same code, the target lies below it, or it is coded with and the target is a folder.
    """
    if into in descendants(list_codes(project), code):
        raise Refusal(_("En kode kan ikke slås sammen med seg selv eller en av sine egne underkoder."))
    target = _entry(project, into)
    if target.folder and _entry(project, code).codings:
        raise Refusal(
            _("«{name}» er en mappe og kan ikke kodes med. Velg en av kodene i den.").format(name=target.name)
        )
    with project.write() as act:
        act.record("code.merge", {"id": code, "into": into})
    return _entry(project, into)


def retire_code(project: Project, code: str) -> CodeEntry:
    """Take a code out of use: its codings stay and are shown, new ones are refused."""
    with project.write() as act:
        act.record("code.retire", {"id": code})
    return _entry(project, code)


def restore_code(project: Project, code: str) -> CodeEntry:
    """Put a retired code back in use."""
    with project.write() as act:
        act.record("code.restore", {"id": code})
    return _entry(project, code)


def remove_code(project: Project, code: str) -> None:
    """Remove a code nobody has used.

    Raises:
        Refusal: if it has codings or sub-codes; says how many, and what to do instead.
    """
    entry = _entry(project, code)
    children = [each for each in list_codes(project) if each.parent == code]
    held = entry.codings + entry.waiting
    if held or children:
        used = ngettext("{n} koding", "{n} kodinger", held).format(n=held)
        below = ngettext("{n} underkode", "{n} underkoder", len(children)).format(n=len(children))
        raise Refusal(
            _(
                "«{name}» har {used} og {below} og kan ikke slettes. Ta den ut av bruk, eller slå den sammen med en annen."
            ).format(name=entry.name, used=used, below=below)
        )
    with project.write() as act:
        for memo in act.state.rows("memo", target_kind="code", target=code):
            act.record("memo.remove", {"id": memo["id"]})
        for verdict in act.state.rows("verdict", code=code):
            act.record("suggestion.reopen", {"id": verdict["id"]})
        for theme in [row["theme"] for row in act.state.rows("theme_code", code=code)]:
            members = [row["code"] for row in act.state.rows("theme_code", theme=theme) if row["code"] != code]
            if members:
                act.record("theme.set", {"id": theme, "card": act.card({"codes": members})})
            else:
                act.record("theme.remove", {"id": theme})
        act.record("code.remove", {"id": code})


def set_theme(project: Project, theme: str, **fields: Any) -> None:
    """Change a theme's title, essence, status or member codes."""
    with project.write() as act:
        act.record("theme.set", {"id": theme, "card": act.card(fields)})


def as_codebook(project: Project) -> Codebook:
    """The project's active codes as a codebook value, signals and all."""
    entries = list_codes(project, retired=False)
    by_id = {entry.id: entry.slug for entry in entries}
    signals = queries.signals_of(project.connection)
    codes = tuple(
        Code(
            slug=entry.slug,
            name=entry.name,
            uid=entry.id,
            name_en=entry.name_en,
            parent=by_id.get(entry.parent),
            colour=entry.colour,
            brief=entry.brief,
            definition=entry.definition,
            when=entry.when,
            when_not=entry.when_not,
            examples=entry.examples,
            folder=entry.folder,
            signals=tuple(_signal(each) for each in json.loads(signals.get(entry.slug) or "[]")),
        )
        for entry in entries
    )
    return Codebook(name="prosjekt", codes=codes)


def _entry(project: Project, code: str) -> CodeEntry:
    merged = queries.aliases(project.connection)
    wanted = merged.get(code, code)
    for entry in list_codes(project):
        if entry.id == wanted:
            return entry
    raise NotFound(_("Koden finnes ikke lenger."))


def record_theme_of_code(act: Gesture, code: str, name: str, position: float) -> None:
    """The theme that each top-level code of a new project has, as part of a gesture."""
    card = {"title": name, "essence": "", "position": position, "codes": [code]}
    act.record("theme.add", {"id": derived_id(code, "theme"), "card": act.card(card)})


def rename_theme_of_code(act: Gesture, code: str, name: str) -> None:
    """A theme that still is no more than its code follows the code's name."""
    theme = act.state.get("theme", derived_id(code, "theme"))
    if theme is not None and not theme["essence"]:
        act.record("theme.set", {"id": theme["id"], "card": act.card({"title": name})})


def _as_stored(words: Any) -> Any:
    """Text, or a list of texts, as it is stored: typed on some machines, æøå come as two characters each."""
    return normalise(words) if isinstance(words, str) else [normalise(each) for each in words]


def _check_colour(colour: str) -> None:
    if colour and not is_colour(colour):
        raise Refusal(
            _("«{colour}» er ingen farge. Skriv den som #rrggbb, for eksempel #0072b2.").format(colour=colour)
        )


def _card(code: Code) -> dict[str, Any]:
    return {
        "slug": code.slug,
        "name": code.name,
        "name_en": code.name_en,
        "colour": code.colour,
        "brief": code.brief,
        "definition": code.definition,
        "when_used": code.when,
        "when_not": code.when_not,
        "examples": list(code.examples),
        "signals": [dataclasses.asdict(signal) for signal in code.signals],
        "status": code.status,
        "folder": int(code.folder),
    }


def _signal(fields: Mapping[str, Any]) -> Signal:
    return Signal(
        name=fields["name"],
        any=_terms(fields["any"]),
        weights=tuple((word, weight) for word, weight in fields.get("weights", ())),
        all=tuple(_terms(group) for group in fields["all"]),
        near=_terms(fields["near"]),
        within=fields["within"],
        unless=_terms(fields["unless"]),
        outside=_terms(fields["outside"]),
        not_in=tuple(fields.get("not_in", ())),
        register=fields.get("register", ""),
        score=fields["score"],
    )


def _terms(fields: Mapping[str, Any]) -> Terms:
    return Terms(words=tuple(fields["words"]), lemmas=tuple(fields["lemmas"]), parts=tuple(fields["parts"]))
