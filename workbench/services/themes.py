"""Themes: what the study finds, over codes and excerpts. A theme is no code; a code may carry several themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.core.ids import new_id
from workbench.errors import NotFound, Refusal
from workbench.services.codebook import descendants, find_theme, list_codes, list_themes, record_new_code
from workbench.store.project import Gesture, Project

STATUSES = ("candidate", "final")


def add_theme(project: Project, title: str, *, essence: str = "", codes: Sequence[str] = ()) -> ThemeEntry:
    """A new candidate theme, last on the board, with these codes in it; codes stay in the themes they have.

    Raises:
        Refusal: if the title is empty or taken.
    """
    title = _free_title(project, title)
    uid = new_id()
    position = 1.0 + max((theme.position for theme in list_themes(project)), default=0.0)
    card = {"title": title, "essence": essence.strip(), "position": position, "codes": list(codes)}
    with project.write() as act:
        act.record("theme.add", {"id": uid, "card": act.card(card)})
    return find_theme(project, uid)


def describe_theme(project: Project, theme: ThemeEntry, **fields: str) -> ThemeEntry:
    """Change a theme's `title`, `essence` or `status`.

    Raises:
        Refusal: for an empty or taken title, or a status there is not.
    """
    if "title" in fields and fields["title"].strip() != theme.title:
        fields["title"] = _free_title(project, fields["title"], but=theme.id)
    if fields.get("status", STATUSES[0]) not in STATUSES:
        raise Refusal(
            _("«{status}» er ingen temastatus. Velg en av: {known}.").format(
                status=fields["status"], known=", ".join(STATUSES)
            )
        )
    changed = {key: value.strip() for key, value in fields.items() if value.strip() != getattr(theme, key)}
    if changed:
        with project.write() as act:
            act.record("theme.set", {"id": theme.id, "card": act.card(changed)})
    return find_theme(project, theme.id)


def set_codes(project: Project, theme: ThemeEntry, codes: Sequence[str]) -> ThemeEntry:
    """Let a theme have exactly these codes (ids)."""
    with project.write() as act:
        act.record("theme.set", {"id": theme.id, "card": act.card({"codes": list(codes)})})
    return find_theme(project, theme.id)


def place_codes(project: Project, codes: Sequence[str], *, into: str = "", out_of: str = "") -> int:
    """Put codes (ids) in a theme, taking them out of another if one is named; how many it changed anything for.

    One gesture. With `into` empty they are only taken out.
    """
    with project.write() as act:
        moved = set[str]()
        for theme, keep in ((out_of, False), (into, True)):
            if not theme:
                continue
            if act.state.get("theme", theme) is None:
                raise NotFound(_("Temaet finnes ikke lenger."))
            members = [row["code"] for row in act.state.rows("theme_code", theme=theme)]
            wanted = [code for code in members if keep or code not in codes]
            wanted += [code for code in codes if keep and code not in members]
            if wanted != members:
                moved |= set(wanted) ^ set(members)
                act.record("theme.set", {"id": theme, "card": act.card({"codes": wanted})})
    return len(moved)


def put_excerpts(project: Project, theme: ThemeEntry, codings: Iterable[str]) -> ThemeEntry:
    """Let excerpts belong to a theme by themselves, whatever their codes."""
    held = set(theme.codings)
    added = [coding for coding in dict.fromkeys(codings) if coding not in held]
    if added:
        with project.write() as act:
            act.record("theme.excerpts", {"id": theme.id, "add": added})
    return find_theme(project, theme.id)


def take_excerpts_out(project: Project, theme: ThemeEntry, codings: Iterable[str]) -> ThemeEntry:
    """Take excerpts out again; those that are in the theme through their codes stay in it."""
    removed = [coding for coding in codings if coding in theme.codings]
    if removed:
        with project.write() as act:
            act.record("theme.excerpts", {"id": theme.id, "remove": removed})
    return find_theme(project, theme.id)


def move_theme(project: Project, theme: ThemeEntry, step: int) -> None:
    """Move a theme so many places to the right on the board (negative: to the left)."""
    ordered = list_themes(project)
    index = next(n for n, each in enumerate(ordered) if each.id == theme.id)
    others = [each for each in ordered if each.id != theme.id]
    place = min(max(index + step, 0), len(others))
    if place == index or not others:
        return
    before = others[place - 1].position if place else others[0].position - 2.0
    after = others[place].position if place < len(others) else before + 2.0
    with project.write() as act:
        if before == after:
            # Themes that came with equal positions get places of their own first.
            for n, each in enumerate(others):
                act.record("theme.set", {"id": each.id, "card": act.card({"position": float(2 * n)})})
            before, after = 2.0 * (place - 1), 2.0 * place
        act.record("theme.set", {"id": theme.id, "card": act.card({"position": (before + after) / 2})})


def remove_theme(project: Project, theme: ThemeEntry) -> None:
    """Take a theme away; its codes and excerpts stay as they are."""
    with project.write() as act:
        for memo in act.state.rows("memo", target_kind="theme", target=theme.id):
            act.record("memo.remove", {"id": memo["id"]})
        act.record("theme.remove", {"id": theme.id})


def group_codes(project: Project, name: str, codes: Sequence[str]) -> CodeEntry:
    """Make a code group: a new code with these codes under it, in one gesture (SDI, STC).

    Raises:
        Refusal: if no code is named, or the name is taken.
    """
    if not codes:
        raise Refusal(_("Merk kodene som skal grupperes."))
    with project.write() as act:
        group = record_new_code(act, project, name)
        record_under(act, group, codes)
    return next(entry for entry in list_codes(project) if entry.id == group)


def record_under(act: Gesture, parent: str, codes: Sequence[str]) -> None:
    """Move codes under another, last and in this order, as part of a gesture."""
    position = max((row["position"] for row in act.state.rows("code", parent=parent)), default=0.0)
    for n, code in enumerate(codes, start=1):
        act.record("code.move", {"id": code, "parent": parent, "position": position + n})


def members(theme: ThemeEntry, entries: list[CodeEntry]) -> set[str]:
    """Ids of the theme's codes and of everything below them."""
    return set[str]().union(*(descendants(entries, code) for code in theme.codes))


def ungrouped(entries: list[CodeEntry], themes: Iterable[ThemeEntry]) -> list[CodeEntry]:
    """Codes in use that no theme has, neither by themselves nor through a code above them."""
    grouped = set[str]().union(*(members(theme, entries) for theme in themes))
    return [entry for entry in entries if entry.id not in grouped and entry.status == "active"]


def _free_title(project: Project, title: str, *, but: str = "") -> str:
    title = " ".join(title.split())
    if not title:
        raise Refusal(_("Et tema må ha en tittel."))
    if any(theme.title.casefold() == title.casefold() and theme.id != but for theme in list_themes(project)):
        raise Refusal(_("Temaet «{title}» finnes fra før.").format(title=title))
    return title
