"""The end of a sorting: the account of what becomes of every coding, shown first and then carried out in one gesture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Any

from workbench.core.entities import Sorting, SortingChoice
from workbench.core.ids import new_id
from workbench.core.sorting import FATES, CodeCount, Fate, Held, Outcome, Tally, settle, tally
from workbench.errors import Refusal
from workbench.services.coding import record_union
from workbench.services.sorting import find_sorting
from workbench.store.project import Gesture, Project
from workbench.store.queries import provenance
from workbench.store.queries import sortings as queries
from workbench.store.queries.codes import aliases
from workbench.store.queries.names import Names
from workbench.store.state import Row, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What finishing would do, or did."""

    tally: Tally
    outcomes: tuple[Outcome, ...]
    """Of each coding of the queue, in its order."""
    others: Mapping[str, int]
    """Coder's name -> choices made by somebody else than who finishes, who will stand as coder of them."""


def account(project: Project, sorting: Sorting) -> Account:
    """What finishing the sorting now would do to every coding of its queue; for a finished one, what it did."""
    if sorting.finished:
        return _remembered(project, sorting)
    coder = project.coder_id()
    return _account(State(project.connection, "", "", coder), sorting, coder)


def finish(project: Project, sorting: str) -> Tally:
    """Carry the choices out in one gesture, which one undo takes back; codings without a choice are left as they are.

    Whoever finishes becomes the coder of what gets another code; who coded first is kept. Notes become memos on the codings.

    Raises:
        Refusal: if the sorting is finished or gone, nothing is chosen, or a chosen code has been removed or retired.
    """
    with project.write() as act:
        found = next((each for each in queries.sortings(act.connection) if each.id == sorting), None)
        if found is None or found.finished:
            raise Refusal(_("Sorteringen er allerede fullført, eller finnes ikke lenger."))
        choices = queries.choices(act.connection, sorting)
        made_up = _account(act.state, found, act.coder, choices)
        if not made_up.tally.chosen and not any(choice.note for choice in choices.values()):
            raise Refusal(_("Ingen av kodingene er sortert ennå. Legg sorteringen bort i stedet."))
        _require_usable(act, made_up)
        for outcome in made_up.outcomes:
            _carry_out(act, outcome, choices.get(outcome.coding))
        _require_balance(act.state, found, made_up.tally)
        act.record("sorting.finish", {"id": sorting, "card": act.card(_card(made_up))})
    return made_up.tally


def _account(state: State, sorting: Sorting, coder: str, choices: Mapping[str, SortingChoice] | None = None) -> Account:
    if choices is None:
        choices = queries.choices(state.connection, sorting.id)
    merged = aliases(state.connection)

    def current(code: str) -> str:
        return merged.get(code, code)

    wanted = {current(code) for choice in choices.values() for code in choice.codes} | {current(sorting.code)}
    held = _held(state, wanted, sorting)
    outcomes = settle(sorting, choices, held, coder=coder, current=current)
    counted = tally(sorting, outcomes, held, code=current(sorting.code))
    me = Names(state.connection).coder(coder)
    others: dict[str, int] = {}
    for outcome in outcomes:
        choice = choices.get(outcome.coding)
        if choice and outcome.fate in ("moved", "united") and choice.coder.casefold() != me.casefold():
            others[choice.coder] = others.get(choice.coder, 0) + 1
    return Account(tally=counted, outcomes=tuple(outcomes), others=others)


def _held(state: State, codes: set[str], sorting: Sorting) -> list[Held]:
    """Codings on these codes, and those of the queue wherever they are now."""
    merged = aliases(state.connection)
    asked = codes | {old for old, new in merged.items() if new in codes}
    rows = {row["id"]: row for code in asked for row in state.rows("coding", code=code)}
    for uid in sorting.codings:
        row = None if uid in rows else state.get("coding", uid)
        if row is not None:
            rows[uid] = row
    return [
        Held(
            id=row["id"],
            place=(row["source"], row["start"], row["end"]),
            code=str(merged.get(row["code"], row["code"])),
            coder=row["coder"],
        )
        for row in rows.values()
    ]


def _require_usable(act: Gesture, made_up: Account) -> None:
    """Refuse before anything is written when a chosen code cannot take codings."""
    needed: dict[str, int] = {}
    for outcome in made_up.outcomes:
        moved = [outcome.code] if outcome.fate == "moved" else []
        for code in (*moved, *(code for _uid, code in outcome.made)):
            needed[code] = needed.get(code, 0) + 1
    for code, number in needed.items():
        row = act.state.get("code", code)
        if row is None or row["status"] != "active":
            name = row["name"] if row else _("(slettet kode)")
            what = ngettext("{n} koding skal", "{n} kodinger skal", number).format(n=number)
            raise Refusal(
                _(
                    "{what} få koden «{name}», som er slettet eller tatt ut av bruk. Ta den i bruk igjen, eller velg på nytt."
                ).format(what=what, name=name)
            )


def _carry_out(act: Gesture, outcome: Outcome, choice: SortingChoice | None) -> None:
    row = act.state.get("coding", outcome.coding)
    if row is None:
        return  # taken away since; its note stays with the choice
    if outcome.fate == "moved":
        act.record("coding.recode", {"id": row["id"], "code": outcome.code})
    elif outcome.fate == "kept":
        act.record("coding.confirm", {"id": row["id"]})
    elif outcome.fate == "united":
        stands = act.state.get("coding", outcome.into)
        assert stands is not None, "a coding can only fall together with one that stands"
        record_union(act, row, stands)
    elif outcome.fate == "removed":
        act.record("coding.remove", {"id": row["id"]})
    for uid, code in outcome.made:
        _make(act, row, uid, code)
    if choice and choice.note:
        _memo(act, choice, _subject(outcome, row))


def _make(act: Gesture, row: Row, uid: str, code: str) -> None:
    """A further coding on the same span: same quote, same first coder, same star."""
    copied = ("source", "version", "start", "end", "quote", "first_coder", "star", "assessment")
    act.record("coding.add", {key: row[key] for key in copied} | {"id": uid, "code": code, "origin": "manual"})
    if row["shown"]:
        act.record("coding.shown", {"id": uid, "text": act.text(row["shown"])})


def _subject(outcome: Outcome, row: Row) -> dict[str, object]:
    """What the note is on: the coding, the one it fell together with, or the bare span where the coding is taken away."""
    if outcome.fate == "removed":
        place = {key: row[key] for key in ("source", "version", "start", "end")}
        return {"target_kind": "span", "target": row["source"]} | place
    return {"target_kind": "coding", "target": outcome.into or row["id"]}


def _memo(act: Gesture, choice: SortingChoice, subject: Mapping[str, object]) -> None:
    """The note as a memo by who wrote it, who need not be the one that finishes."""
    writer = next((each["id"] for each in act.state.rows("coder", name=choice.coder)), act.coder)
    act.record("memo.add", {"id": new_id(), "private": 0, "coder": writer, "text": act.text(choice.note), **subject})


def _require_balance(state: State, sorting: Sorting, expected: Tally) -> None:
    """Count what is in the project against the account.

    Raises:
        Refusal: when they differ; the gesture is then rolled back.
    """
    codes = {each.code for each in expected.codes}
    standing = [each.code for each in _held(state, codes, sorting)]
    for each in expected.codes:
        if standing.count(each.code) != each.after or not expected.adds_up:
            raise Refusal(
                _(
                    "Regnskapet stemmer ikke: «{code}» skulle fått {expected} kodinger, men har {found}. Ingenting er endret."
                ).format(code=each.code, expected=each.after, found=standing.count(each.code))
            )


# -- the account as it is kept with the change that carried it out


def _card(made_up: Account) -> dict[str, Any]:
    counted = made_up.tally
    return {
        "before": counted.before,
        "fates": dict(counted.fates),
        "several": counted.several,
        "made": counted.made,
        "met": counted.met,
        "doubles": [list(each) for each in counted.doubles],
        "outside": counted.outside,
        "codes": [[each.code, each.before, each.moved, each.made, each.left] for each in counted.codes],
        "outcomes": [
            [
                each.coding,
                FATES.index(each.fate),
                each.code,
                [list(new) for new in each.made],
                list(each.met),
                each.into,
            ]
            for each in made_up.outcomes
        ],
        "others": dict(made_up.others),
    }


def _remembered(project: Project, sorting: Sorting) -> Account:
    finishing = [
        change
        for change in provenance.changes_of(project.connection, "sorting", sorting.id)
        if change.kind == "sorting.finish" and change.payload is not None
    ]
    card = Names(project.connection).card(str((finishing[-1].payload or {}).get("card", ""))) if finishing else {}
    if not card:
        raise Refusal(_("Regnskapet for sorteringen er ikke lenger i prosjektet."))
    fates: dict[Fate, int] = {fate: int(card["fates"][fate]) for fate in FATES}
    counts = tuple(
        CodeCount(code=code, before=before, moved=moved, made=made, left=left)
        for code, before, moved, made, left in card["codes"]
    )
    outcomes = tuple(
        Outcome(
            coding=coding,
            fate=FATES[fate],
            code=code,
            made=tuple((uid, new) for uid, new in made),
            met=tuple(met),
            into=into,
        )
        for coding, fate, code, made, met, into in card["outcomes"]
    )
    counted = Tally(
        before=card["before"],
        fates=fates,
        several=card["several"],
        made=card["made"],
        met=card["met"],
        doubles=tuple((coding, code) for coding, code in card["doubles"]),
        outside=card["outside"],
        codes=counts,
    )
    return Account(tally=counted, outcomes=outcomes, others=card["others"])


# -- in words


def in_words(project: Project, made_up: Account) -> list[tuple[str, str]]:
    """The account as (number, words), a line each; lines under a heading are indented by two spaces."""
    names, counted = Names(project.connection), made_up.tally
    lines = [(str(counted.before), _("kodinger i køen"))]
    for each in counted.codes[1:]:
        if each.moved:
            lines.append((str(each.moved), _("  får «{code}»").format(code=names.code(each.code))))
    words: Mapping[Fate, str] = {
        "kept": _("  blir stående på «{code}»"),
        "skipped": _("  er hoppet over og blir liggende urørt"),
        "unreached": _("  er uten valg og blir liggende urørt"),
        "removed": _("  fjernes"),
        "united": _("  faller sammen med en koding som sier det samme"),
        "gone": _("  er fjernet eller kodet om av andre siden køen ble laget, og røres ikke"),
    }
    parent = names.code(counted.codes[0].code)
    lines += [
        (str(counted.fates[fate]), text.format(code=parent)) for fate, text in words.items() if counted.fates[fate]
    ]
    if counted.made:
        several = ngettext("{n} koding", "{n} kodinger", counted.several).format(n=counted.several)
        lines.append((f"+{counted.made}", _("nye kodinger, fordi {several} får flere koder").format(several=several)))
    lines.append((str(counted.standing), _("kodinger er det blitt av dem")))
    if counted.met:
        lines.append((str(counted.met), _("valg var gjort fra før: du har alt den koden på stedet")))
    if counted.doubles:
        lines.append((str(len(counted.doubles)), _("steder har da samme kode fra to kodere (dobbelt)")))
    if counted.outside:
        lines.append((str(counted.outside), _("kodinger på «{code}» er ikke med i køen").format(code=parent)))
    for name, number in made_up.others.items():
        lines.append((str(number), _("av valgene er gjort av {name}; den som fullfører, blir koder").format(name=name)))
    lines += [
        ("", _("{code}: {before} før, {after} etter").format(code=names.code(each.code), before=each.before,
                                                             after=each.after))
        for each in counted.codes
    ]  # fmt: skip
    return lines


def finished_in_words(project: Project, sorting: str, counted: Tally) -> str:
    """One line: how many were moved and stay, and that one undo takes it back."""
    name = Names(project.connection).code(find_sorting(project, sorting).code)
    moved = counted.fates["moved"]
    told = ngettext("{n} koding på «{code}» er kodet om", "{n} kodinger på «{code}» er kodet om", moved)
    return told.format(n=moved, code=name) + ". " + _("u angrer alt sammen.")
