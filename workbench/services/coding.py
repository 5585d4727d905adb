"""Coding: put a code on a span, move its bounds, recode, star, remove."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core.entities import CodeEntry, Coding, Origin, Source
from workbench.core.ids import new_id
from workbench.core.voices import Voices
from workbench.errors import Refusal
from workbench.services.closed import require_open
from workbench.services.codebook import codes_within, list_codes, record_new_code
from workbench.services.reading import mark_coding
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.codes import aliases
from workbench.store.queries.corpus import text_of
from workbench.store.state import Row


def apply_code(
    project: Project, source: Source, start: int, end: int, code: CodeEntry, *, origin: Origin = "manual"
) -> Coding:
    """Code a span; the same span, code and coder again returns the coding that is there.

    Raises:
        Refusal: if the span is empty, outside the text or closed to coding, or the code is retired.
    """
    _check_span(project, source, start, end)
    require_open(project, source, start, end)
    require_active(code)
    with project.write() as act:
        uid = record_coding(act, project, source, start, end, code.id, origin=origin)
    return get_coding(project, uid)


def apply_new_code(project: Project, source: Source, start: int, end: int, name: str, *, parent: str = "") -> Coding:
    """Make a code while coding: the code and its first coding are one gesture, undone together."""
    _check_span(project, source, start, end)
    require_open(project, source, start, end)
    with project.write() as act:
        code = record_new_code(act, project, name, parent=parent)
        uid = record_coding(act, project, source, start, end, code)
    return get_coding(project, uid)


def code_in_vivo(project: Project, source: Source, start: int, end: int) -> Coding:
    """Code a span with a code named after the span's own words (in vivo), made if it is not there.

    Raises:
        Refusal: if the words are too many for a name.
    """
    _check_span(project, source, start, end)
    words = " ".join(text_of(project.connection, source.version)[start:end].split())
    if len(words) > IN_VIVO_LIMIT:
        raise Refusal(
            _("Markeringen er for lang til å bli et kodenavn (over {n} tegn). Marker ordene koden skal hete.").format(
                n=IN_VIVO_LIMIT
            )
        )
    for entry in list_codes(project):
        if entry.name.casefold() == words.casefold():
            return apply_code(project, source, start, end, entry)
    return apply_new_code(project, source, start, end, words)


IN_VIVO_LIMIT = 80


def record_coding(
    act: Gesture,
    project: Project,
    source: Source,
    start: int,
    end: int,
    code: str,
    *,
    origin: Origin = "manual",
    suggestion: str = "",
) -> str:
    """One coding as part of a gesture; its id. Existing ones are returned, not doubled."""
    require_current(act, source)
    target = act.state.get("code", code)
    if target is None or target["status"] not in ("active", "merged"):
        raise Refusal(_("Koden er tatt ut av bruk eller fjernet."))
    if target["folder"]:
        raise Refusal(_folder_words(target["name"]))
    there = own_coding(act, source.id, start, end, code)
    if there is not None:
        return str(there["id"])
    uid = new_id()
    act.record(
        "coding.add",
        {
            "id": uid,
            "source": source.id,
            "version": source.version,
            "start": start,
            "end": end,
            "code": code,
            "origin": origin,
            "suggestion": suggestion,
            "quote": next_quote_id(act, project, source, start, end),
        },
    )
    if origin != "autocode":  # what is coded by a rule, the coder has not begun to read
        mark_coding(act, source.id)
    return uid


def own_coding(act: Gesture, source: str, start: int, end: int, code: str) -> Row | None:
    """The coding this coder has with a code (an id, merged codes resolved) on exactly this span, or None."""
    merged = aliases(act.connection)
    wanted = merged.get(code, code)
    mine = act.state.rows("coding", source=source, start=start, end=end, coder=act.coder)
    return next((row for row in mine if merged.get(row["code"], row["code"]) == wanted), None)


def require_current(act: Gesture, source: Source) -> None:
    """Refuse offsets into a text that somebody has since corrected: they would land on other words."""
    row = act.state.get("source", source.id)
    if row is None:
        raise Refusal(_("Kilden «{name}» er slettet.").format(name=source.name))
    if row["version"] != source.version:
        raise Refusal(
            _("Teksten i «{name}» er rettet etter at du åpnet den. Åpne kilden på nytt.").format(name=source.name)
        )


def remove_coding(project: Project, coding: str) -> None:
    """Take a coding away; undo brings it back."""
    with project.write() as act:
        if act.state.get("coding", coding) is None:
            raise Refusal(_("Kodingen er alt fjernet."))
        act.record("coding.remove", {"id": coding})


def rebound_coding(project: Project, coding: str, start: int, end: int) -> Coding:
    """Give a coding new bounds in the same source.

    Raises:
        Refusal: if the new span is empty, outside the text or closed to coding.
    """
    current = get_coding(project, coding)
    if current.start == start and current.end == end:
        return current
    for source in corpus_queries.sources(project.connection, [current.source]):
        require_open(project, source, start, end)
    with project.write() as act:
        row = act.state.get("coding", coding)
        length = len(text_of(act.connection, row["version"])) if row else 0
        if not 0 <= start < end <= length:
            raise Refusal(_("Grensene {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
        payload: dict[str, object] = {"id": coding, "start": start, "end": end}
        if row:
            source = corpus_queries.sources(act.connection, [row["source"]])[0]
            payload |= quote_after_move(act, project, row, source, start, end)
        act.record("coding.bound", payload)
    return get_coding(project, coding)


def quote_after_move(act: Gesture, project: Project, row: Row, source: Source, start: int, end: int) -> dict[str, str]:
    """A coding's new quote id as its payload has it, when it leaves others that keep theirs; empty when it takes it along.

    Codings on one span share a quote id, and a quote id leads to one place.
    """
    left = [
        other
        for other in act.state.rows("coding", quote=row["quote"])
        if other["id"] != row["id"]
        and other["start"] < other["end"]
        and (other["source"], other["start"], other["end"]) != (row["source"], start, end)
    ]
    return {"quote": next_quote_id(act, project, source, start, end)} if left else {}


def recode(project: Project, coding: str, code: CodeEntry) -> Coding:
    """Give a coding another code; who coded first is kept.

    Where this coder has the code on the same span already, the two become one, and that one is returned.

    Raises:
        Refusal: if the code is retired, or the coding has been removed.
    """
    require_active(code)
    with project.write() as act:
        stays = record_recoding(act, _require_coding(act, coding), code.id)
    return get_coding(project, stays)


def record_recoding(act: Gesture, row: Row, code: str) -> str:
    """A coding given another code, as part of a gesture; the id of the coding that now has it.

    Nobody has one code twice on one span. Where this coder has it there already, that coding stays with its own first coder
    and its own quote id, takes over what the other was given (star, printed form, memos, themes), and the other goes.

    Args:
        act: the gesture.
        row: the coding, a row of the state.
        code: id of the code it is to have.
    """
    twin = own_coding(act, row["source"], row["start"], row["end"], code)
    if twin is None or twin["id"] == row["id"]:
        act.record("coding.recode", {"id": row["id"], "code": code})
        return str(row["id"])
    record_union(act, row, twin)
    return str(twin["id"])


def record_union(act: Gesture, row: Row, stands: Row) -> None:
    """A coding falls together with another, as part of a gesture: what it was given goes over to the one that stands."""
    if row["star"] and not stands["star"]:
        act.record("coding.star", {"id": stands["id"], "star": 1})
    if row["shown"] and not stands["shown"]:
        act.record("coding.shown", {"id": stands["id"], "text": act.text(row["shown"])})
    for memo in act.state.rows("memo", target_kind="coding", target=row["id"]):
        act.record("memo.set", {"id": memo["id"], "target": stands["id"], "text": act.text(memo["text"])})
    for link in act.state.rows("theme_coding", coding=row["id"]):
        act.record("theme.excerpts", {"id": link["theme"], "add": [stands["id"]], "remove": [row["id"]]})
    act.record("coding.remove", {"id": row["id"]})


def star_coding(project: Project, coding: str, *, star: bool) -> Coding:
    """Mark a coding as a selected quote, or take the mark away."""
    with project.write() as act:
        record_star(act, _require_coding(act, coding), star=star)
    return get_coding(project, coding)


def record_star(act: Gesture, row: Row, *, star: bool) -> None:
    """A coding marked as a selected quote, or no longer, as part of a gesture."""
    act.record("coding.star", {"id": row["id"], "star": int(star)})


def require_active(code: CodeEntry) -> None:
    """Refuse a code that nothing is to be coded with: any more, or at all."""
    require_in_use(code.name, code.status, folder=code.folder)


def require_in_use(name: str, status: str, *, folder: bool) -> None:
    """The same, of a code that is known by its row."""
    if folder:
        raise Refusal(_folder_words(name))
    if status != "active":
        raise Refusal(_("Koden «{name}» er tatt ut av bruk.").format(name=name))


def _folder_words(name: str) -> str:
    return _("«{name}» er en mappe og kan ikke kodes med. Velg en av kodene i den.").format(name=name)


def _require_coding(act: Gesture, coding: str) -> Row:
    row = act.state.get("coding", coding)
    if row is None:
        raise Refusal(_("Kodingen finnes ikke lenger."))
    return row


def get_coding(project: Project, coding: str) -> Coding:
    """A coding by its full id.

    Raises:
        Refusal: if it has been removed.
    """
    found = queries.codings(project.connection, ids=[coding])
    if not found:
        raise Refusal(_("Kodingen finnes ikke lenger."))
    return found[0]


def coding_ids(project: Project) -> list[str]:
    """Ids of all codings there are."""
    return queries.coding_ids(project.connection)


def list_codings(
    project: Project, *, code: str = "", source: str | None = None, coder: str = "", exact: bool = False
) -> list[Coding]:
    """Codings in reading order; a code includes its descendants unless `exact`.

    Raises:
        NotFound: if the code is not known.
    """
    codes = None
    if code:
        codes = codes_within(project, code, exact=exact)
    return queries.codings(
        project.connection, source=source, codes=codes, coder=project.coder_id(coder) if coder else None
    )


def _check_span(project: Project, source: Source, start: int, end: int) -> None:
    if not 0 <= start < end <= source.characters:
        raise Refusal(
            _(
                "Stedet {start}–{end} ligger utenfor «{name}», som har {n} tegn. Slutten må være større enn starten."
            ).format(start=start, end=end, name=source.name, n=source.characters)
        )
    if not text_of(project.connection, source.version)[start:end].strip():
        raise Refusal(_("Markeringen har bare mellomrom. Marker noe som er sagt."))


def next_quote_id(
    act: Gesture, project: Project, source: Source, start: int, end: int, *, voices: Voices | None = None
) -> str:
    """A span's quote id: the informant's number (or K and the source's number), then a running number.

    The same span keeps its id whatever codes it gets. Who speaks is asked for unless `voices` tells it of the whole source.
    """
    for row in act.state.rows("coding", source=source.id, start=start, end=end):
        return str(row["quote"])
    if voices is None:
        voices = corpus_queries.voices_within(project.connection, source, start, end)
    prefix = _informant_of(voices, source, start, end) or f"K{source.ordinal:02d}"
    number = queries.highest_quote(act.connection, prefix) + 1
    queries.remember_quote(act.connection, prefix, number)
    return f"{prefix}-{number:03d}"


def _informant_of(voices: Voices, source: Source, start: int, end: int) -> str:
    """The number of the informant whose words a span is; the source's only one where the voice is nobody in particular."""
    voice = voices.main(start, end)
    if voice is not None and voices.informants[voice]:
        return voices.informants[voice]
    return source.informants[0] if len(source.informants) == 1 else ""
