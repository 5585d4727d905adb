"""Sorting a code's codings one by one: into sub-codes, or again under the code's present definition.

Choices change no coding. They are kept in the project, so that a sorting can be left and taken up again, also by somebody
else; what they say is carried out when the sorting is finished (`sorting_account`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext

from codebooks.slugs import fold
from workbench.core import clock
from workbench.core.entities import Choice, CodeEntry, Coding, Sorting, SortingChoice
from workbench.core.ids import derived_id, new_id
from workbench.core.sorting import Progress, progress
from workbench.errors import NotFound, Refusal
from workbench.services.codebook import find_code, list_codes, record_new_code
from workbench.services.coding import require_in_use
from workbench.services.naming import prefixed
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import local, provenance
from workbench.store.queries import sortings as queries
from workbench.store.queries.codes import aliases
from workbench.store.queries.names import Names
from workbench.store.state import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A sorting with all it takes to go through it."""

    sorting: Sorting
    code: CodeEntry
    targets: tuple[CodeEntry, ...]
    """In the order of their number keys; those that have been removed are left out."""
    codings: Mapping[str, Coding]
    """Those of the queue that are still there, also when they have another code now."""
    choices: Mapping[str, SortingChoice]
    fresh: tuple[str, ...]
    """Ids of codings that belong in the queue and have come since it was made."""

    @property
    def progress(self) -> Progress:
        return progress(self.sorting, self.choices)

    def waits(self, coding: str) -> bool:
        """Whether the coding still has the code that is sorted."""
        found = self.codings.get(coding)
        return found is not None and found.code == self.code.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A code with codings that were last decided before it got its present definition."""

    code: CodeEntry
    changed: str
    """When the definition was last changed, UTC ISO 8601."""
    by: str
    codings: tuple[str, ...]
    """Ids, in reading order."""


# -- beginning


def begin_split(project: Project, code: CodeEntry, targets: Sequence[str]) -> Sorting:
    """A queue of the code's own codings, to be sorted into `targets`.

    A target is an existing code by id, slug or name; any other name becomes a new sub-code in the same gesture.

    Raises:
        Refusal: if the code has no codings, no target is named, or a sorting of the code is open.
    """
    codings = [each.id for each in coding_queries.codings(project.connection, codes=[code.id])]
    if not codings:
        raise Refusal(_("«{code}» har ingen kodinger å dele opp.").format(code=code.name))
    if not any(target.strip() for target in targets):
        raise Refusal(_("Nevn minst én underkode som «{code}» skal deles i.").format(code=code.name))
    return _begin(project, code, "split", codings, targets)


def begin_review_of_definition(project: Project, code: CodeEntry, targets: Sequence[str] = ()) -> Sorting:
    """A queue of the code's codings that were last decided before it got its present definition.

    Raises:
        Refusal: if there are none, or such a sorting of the code is open.
    """
    codings = queries.older_than_definition(project.connection).get(code.id, [])
    if not codings:
        raise Refusal(_("Ingen kodinger med «{code}» er eldre enn definisjonen.").format(code=code.name))
    return _begin(project, code, "definition", codings, targets)


def _begin(project: Project, code: CodeEntry, kind: str, codings: list[str], targets: Sequence[str]) -> Sorting:
    uid = new_id()
    with project.write() as act:
        merged = aliases(act.connection)
        for each in queries.sortings(act.connection):
            if not each.finished and each.kind == kind and merged.get(each.code, each.code) == code.id:
                raise Refusal(
                    _("En sortering av «{code}» er allerede i gang ({id}). Fortsett den, eller legg den bort.").format(
                        code=code.name, id=each.id
                    )
                )
        listed = _targets(act, project, code, targets)
        card = {"kind": kind, "code": code.id, "targets": listed, "codings": codings}
        act.record("sorting.add", {"id": uid, "card": act.card(card)})
    return find_sorting(project, uid)


def _targets(act: Gesture, project: Project, code: CodeEntry, named: Sequence[str]) -> list[str]:
    """Ids of the codes named, those that do not exist made under the code."""
    found: list[str] = []
    for name in (each.strip() for each in named):
        if not name:
            continue
        known = _known(act, name)
        if known == code.id:
            raise Refusal(
                _("«{code}» kan ikke deles i seg selv. Det som ikke flyttes, blir stående.").format(code=code.name)
            )
        target = known or record_new_code(act, project, name, parent=code.id)
        if target not in found:
            found.append(target)
    return found


def _known(act: Gesture, name: str) -> str:
    """Id of the code that is named exactly; empty when none is.

    A beginning is not enough here: «Leie» is a new code even where there is a «Leieboerforening».

    Raises:
        Refusal: if the code is retired.
    """
    rows = [row for row in act.state.rows("code") if row["status"] != "merged"]
    exact = [row for row in rows if name in (row["id"], row["slug"]) or row["name"].casefold() == name.casefold()]
    found = exact or [row for row in rows if fold(row["name"]) == fold(name)]
    if not found:
        return ""
    _require_in_use(found[0])
    return str(found[0]["id"])


def _require_in_use(row: Row) -> None:
    require_in_use(row["name"], row["status"], folder=bool(row["folder"]))


# -- finding


def list_sortings(project: Project, *, finished: bool = True) -> list[Sorting]:
    """Sortings, the newest first."""
    return [each for each in queries.sortings(project.connection) if finished or not each.finished]


def find_sorting(project: Project, named: str = "") -> Sorting:
    """The sorting with this id, a unique beginning of it, or the only open one of a code; the only open one if unnamed.

    Raises:
        NotFound: if there is none, or more than one.
    """
    known = list_sortings(project)
    opened = [each for each in known if not each.finished]
    if not named:
        if len(opened) != 1:
            raise NotFound(
                _("Ingen sortering er i gang.") if not opened else _("Flere sorteringer er i gang. Si hvilken, med id.")
            )
        return opened[0]
    if not any(each.id.startswith(named) for each in known):
        try:
            code = find_code(project, named).id
        except NotFound:
            code = ""
        of_code = [each for each in opened if current_code(project, each) == code]
        if len(of_code) == 1:
            return of_code[0]
    (uid,) = prefixed(named, [each.id for each in known], _("sortering"))
    return next(each for each in known if each.id == uid)


def open_sorting(project: Project, code: str, kind: str = "split") -> Sorting | None:
    """The sorting of a code (an id) that is open, if one is."""
    return next(
        (
            each
            for each in list_sortings(project, finished=False)
            if each.kind == kind and current_code(project, each) == code
        ),
        None,
    )


def current_code(project: Project, sorting: Sorting) -> str:
    """Id of the code that is sorted, which may have been merged into another since."""
    return aliases(project.connection).get(sorting.code, sorting.code)


def progress_of(project: Project, sorting: Sorting) -> Progress:
    return progress(sorting, queries.choices(project.connection, sorting.id))


def load_queue(project: Project, sorting: str) -> Queue:
    """The sorting with its codings and choices as they are now.

    Raises:
        NotFound: if the sorting or its code has been removed.
    """
    found = find_sorting(project, sorting)
    connection = project.connection
    merged = aliases(connection)
    entries = {each.id: each for each in list_codes(project)}
    code = entries.get(merged.get(found.code, found.code))
    if code is None:
        raise NotFound(_("Koden som sorteres, finnes ikke lenger."))
    targets = dict.fromkeys(merged.get(each, each) for each in found.targets)
    codings = {each.id: each for each in coding_queries.codings(connection, codes=[code.id])}
    queued = set(found.codings)
    elsewhere = [each for each in found.codings if each not in codings]
    if elsewhere:
        codings |= {each.id: each for each in coding_queries.codings(connection, ids=elsewhere)}
    belonging = list(codings) if found.kind == "split" else queries.older_than_definition(connection).get(code.id, [])
    return Queue(
        sorting=found,
        code=code,
        targets=tuple(entries[each] for each in targets if each in entries and each != code.id),
        codings={uid: codings[uid] for uid in found.codings if uid in codings},
        choices=queries.choices(connection, found.id),
        fresh=tuple(uid for uid in belonging if uid not in queued),
    )


def reload_choices(project: Project, queue: Queue) -> Queue:
    """The queue after one gesture of this coder: where that was a choice, no codings are read again."""
    found = find_sorting(project, queue.sorting.id)
    choices = queries.choices(project.connection, found.id)
    if found == queue.sorting and choices != queue.choices:
        return replace(queue, choices=choices)
    return load_queue(project, found.id)


def outdated(project: Project) -> list[Outdated]:
    """Codes with codings from before their present definition, in the codebook's order."""
    connection = project.connection
    stale, changed, names = queries.older_than_definition(connection), queries.defined(connection), Names(connection)
    found = []
    for entry in list_codes(project):
        if entry.id not in stale:
            continue
        when = changed[entry.id]
        by = [each for each in provenance.changes_of(connection, "code", entry.id) if each.clock == when]
        found.append(
            Outdated(
                code=entry,
                changed=clock.iso(when),
                by=names.coder(by[0].coder) if by else "",
                codings=tuple(stale[entry.id]),
            )
        )
    return found


# -- choosing


def choose(
    project: Project,
    sorting: str,
    coding: str,
    choice: Choice,
    codes: Iterable[str] = (),
    *,
    note: str | None = None,
) -> None:
    """Say what is to become of a coding; nothing happens to it before the sorting is finished.

    A code that is not among the targets becomes one, in the same gesture.

    Args:
        project: where the sorting is.
        sorting: its id.
        coding: id of a coding in the queue.
        choice: `sort` (with codes), `keep`, `skip`, or `remove` (only where a definition has changed).
        codes: ids of the codes it is to have; with the sorted code among them it keeps that one and gets the others too.
        note: becomes a memo on the coding; None leaves the note that is there.

    Raises:
        Refusal: if the sorting is finished or gone, the coding is not in it, or a code is missing or retired.
    """
    chosen = tuple(dict.fromkeys(codes))
    if (choice == "sort") != bool(chosen):
        raise Refusal(_("Valget «sorter» trenger minst én kode, og er det eneste som tar koder."))
    with project.write() as act:
        found = _require_open(act, sorting)
        if coding not in found.codings:
            raise Refusal(_("Kodingen er ikke med i denne sorteringen."))
        if choice == "remove" and found.kind != "definition":
            raise Refusal(_("Når en kode deles opp, fjernes ingen kodinger. La den bli stående, eller hopp over."))
        added = _require_codes(act, found, chosen)
        if added:
            act.record("sorting.set", {"id": sorting, "card": act.card({"targets": [*found.targets, *added]})})
        before = act.state.get("sorting_choice", derived_id(sorting, coding))
        words = (before["note"] if before else "") if note is None else note.strip()
        now = {"choice": choice, "codes": json.dumps(list(chosen)), "note": words}
        if before and all(before[key] == value for key, value in now.items()):
            return
        payload = {"sorting": sorting, "coding": coding, "choice": choice, "codes": list(chosen)}
        act.record("sorting.choose", payload | ({"note": act.text(words)} if words else {}))


def take_back(project: Project, sorting: str, coding: str) -> None:
    """Let a coding be without a choice again; its note goes with the choice, and undo brings both back."""
    with project.write() as act:
        _require_open(act, sorting)
        if act.state.get("sorting_choice", derived_id(sorting, coding)) is not None:
            act.record("sorting.choose", {"sorting": sorting, "coding": coding, "choice": "", "codes": []})


def add_targets(project: Project, sorting: str, targets: Sequence[str]) -> list[str]:
    """More codes to sort into, as in `begin_split`; ids of those that were not among the targets.

    Raises:
        Refusal: if the sorting is finished or gone, or a code is retired.
    """
    with project.write() as act:
        found = _require_open(act, sorting)
        code = next(each for each in list_codes(project) if each.id == current_code(project, found))
        added = [each for each in _targets(act, project, code, targets) if each not in found.targets]
        if added:
            act.record("sorting.set", {"id": sorting, "card": act.card({"targets": [*found.targets, *added]})})
    return added


def refill(project: Project, sorting: str) -> int:
    """Let codings that have come since the queue was made join its end; how many did."""
    fresh = load_queue(project, sorting).fresh
    if not fresh:
        return 0
    with project.write() as act:
        found = _require_open(act, sorting)
        joining = [each for each in fresh if each not in found.codings]
        act.record("sorting.set", {"id": sorting, "card": act.card({"codings": [*found.codings, *joining]})})
    return len(joining)


def discard(project: Project, sorting: str) -> None:
    """Lay a sorting aside with its choices; no coding is touched, and undo brings it back.

    Raises:
        Refusal: if it is finished.
    """
    with project.write() as act:
        _require_open(act, sorting)
        act.record("sorting.remove", {"id": sorting})


def find_queued(project: Project, sorting: Sorting, named: str) -> str:
    """Id of the coding of the queue that a person means, by id, its beginning, or quote id.

    Raises:
        NotFound: if none is meant or several could be; two coders' codings of one span share a quote id.
    """
    queued = set(sorting.codings)
    quoted = [each for each in coding_queries.by_quote(project.connection, named) if each in queued]
    if len(quoted) > 1:
        codings = coding_queries.codings(project.connection, ids=quoted)
        among = ", ".join(f"{each.id} ({each.coder})" for each in codings)
        raise NotFound(
            _("Sitatet {quote} er kodet av flere. Si hvilken, med id: {among}.").format(quote=named, among=among),
            tuple(quoted),
        )
    return (quoted or prefixed(named, sorting.codings, _("koding i sorteringen")))[0]


# -- where one was


def remember_queue_place(project: Project, sorting: str, coding: str) -> None:
    """Keep which coding this coder looks at; local to this copy, not a decision, so not journaled."""
    if not project.readonly:
        with project.derive() as connection:
            local.put(connection, f"sorting:{sorting}:{project.coder_id()}", coding)
            local.put(connection, f"sorting:{project.coder_id()}", sorting)


def last_sorting(project: Project) -> Sorting | None:
    """The open sorting this coder was last in, if any."""
    uid = local.get(project.connection, f"sorting:{project.coder_id()}")
    return next((each for each in list_sortings(project, finished=False) if each.id == uid), None)


def resume_at(project: Project, queue: Queue) -> int:
    """Index in the queue to begin at: where this coder left it, or the first coding after that without a choice."""
    listed = queue.sorting.codings
    left = local.get(project.connection, f"sorting:{queue.sorting.id}:{project.coder_id()}")
    start = listed.index(left) if left in listed else 0
    return next_waiting(queue, start, here=True, otherwise=start)


def next_waiting(queue: Queue, index: int, *, here: bool = False, otherwise: int) -> int:
    """Index of the next coding without a choice, from the beginning again after the end; `otherwise` when all have one."""
    listed = queue.sorting.codings
    order = [*range(index if here else index + 1, len(listed)), *range(index + 1)]
    return next((n for n in order if queue.waits(listed[n]) and listed[n] not in queue.choices), otherwise)


def _require_open(act: Gesture, sorting: str) -> Sorting:
    found = next((each for each in queries.sortings(act.connection) if each.id == sorting), None)
    if found is None:
        raise Refusal(_("Sorteringen finnes ikke lenger."))
    if found.finished:
        raise Refusal(_("Sorteringen er fullført. Angre fullføringen for å velge om igjen."))
    return found


def _require_codes(act: Gesture, sorting: Sorting, codes: Iterable[str]) -> list[str]:
    """Codes that are not among the targets yet.

    Raises:
        Refusal: for a code that is gone or retired.
    """
    merged = aliases(act.connection)
    for code in codes:
        row = act.state.get("code", merged.get(code, code))
        if row is None:
            raise Refusal(_("Koden finnes ikke lenger."))
        if row["id"] != merged.get(sorting.code, sorting.code):
            _require_in_use(row)
    return [code for code in codes if code not in sorting.targets and code != sorting.code]


def named_kind(sorting: Sorting) -> str:
    """What is done in the sorting, in words."""
    return _("deler opp") if sorting.kind == "split" else _("ser over etter ny definisjon")


def progress_in_words(found: Progress) -> list[str]:
    """«84 av 200», «61 sortert», «12 blir stående», «11 hoppet over»."""
    parts = [_("{n} av {total}").format(n=found.chosen, total=found.total)]
    parts.append(ngettext("{n} sortert", "{n} sortert", found.sorted).format(n=found.sorted))
    parts.append(ngettext("{n} blir stående", "{n} blir stående", found.kept).format(n=found.kept))
    parts.append(ngettext("{n} hoppet over", "{n} hoppet over", found.skipped).format(n=found.skipped))
    if found.removed:
        parts.append(ngettext("{n} fjernes", "{n} fjernes", found.removed).format(n=found.removed))
    return parts
