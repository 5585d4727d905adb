"""Suggestions: let the machine propose, and decide as a person. Nothing becomes a coding without a decision."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from gettext import gettext as _

from corpus.model import SOURCE_KINDS, Turn, as_role
from corpus.text import digest
from nlp.pipeline import Pipeline, load
from nlp.suggest import suggest
from workbench.core.entities import Coding, Proposal, Source
from workbench.core.ids import derived_id
from workbench.errors import Refusal
from workbench.services.codebook import as_codebook, codes_within
from workbench.services.coding import get_coding, record_coding
from workbench.services.naming import prefixed
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import suggestions as store

Progress = Callable[[int, int, str], None]


def run(
    project: Project,
    sources: Iterable[Source] | None = None,
    *,
    pipeline: Pipeline | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Read sources with the codebook's signals and store what is proposed; how many proposals there are.

    A cancelled run keeps the sources it has finished. Rejected suggestions do not come back.
    """
    chosen = list(sources) if sources is not None else corpus_queries.sources(project.connection)
    book = as_codebook(project)
    if not any(code.signals for code in book):
        raise Refusal(_("Ingen kode i kodeboken har signaler, så det er ingenting å foreslå ut fra."))
    pipeline = pipeline or load()
    ids = {code.slug: code.uid for code in book}
    fingerprint = digest(repr(book))
    made = 0
    for done, source in enumerate(chosen):
        if cancelled():
            break
        if progress is not None:
            progress(done, len(chosen), source.name)
        rows = []
        text = corpus_queries.text_of(project.connection, source.version)
        kind = next(kind for kind in SOURCE_KINDS if kind == source.kind)
        for each in suggest(text, _turns(project, source), kind, book, pipeline, cancelled=cancelled):
            code = ids[each.code]
            rows.append(
                (
                    derived_id(source.id, source.version, str(each.start), str(each.end), code),
                    source.id,
                    source.version,
                    each.start,
                    each.end,
                    code,
                    each.score,
                    each.method,
                    each.rule,
                    each.pipeline,
                    json.dumps(each.because),
                )
            )
        if cancelled():
            break
        with project.derive() as connection:
            store.replace(connection, source.id, rows)
            store.put_run(connection, source.id, source.version, pipeline.identity, fingerprint)
        made += len(rows)
    return made


def is_current(project: Project, source: Source) -> bool:
    """Whether the source has been read in its present version with the present codebook."""
    last = store.run_of(project.connection, source.id)
    return last is not None and last[0] == source.version and last[2] == digest(repr(as_codebook(project)))


def is_shown(project: Project, source: Source) -> bool:
    """Whether suggestions are switched on in a source; off until somebody asks for them."""
    return store.shown(project.connection, source.id)


def set_shown(project: Project, source: Source, *, shown: bool) -> None:
    with project.derive() as connection:
        store.set_shown(connection, source.id, value=shown)


def list_proposals(
    project: Project, *, source: Source | None = None, code: str = "", status: str = "", by_score: bool = False
) -> list[Proposal]:
    """Suggestions in reading order, or the surest first; `status` is pending, accepted or rejected."""
    codes = codes_within(project, code) if code else None
    found = [
        each
        for each in queries.proposals(project.connection, source=source.id if source else None, status=status or None)
        if codes is None or each.code in codes
    ]
    return sorted(found, key=lambda each: -each.score) if by_score else found


def find_proposal(project: Project, named: str) -> Proposal:
    """The suggestion with this id or unique id prefix.

    Raises:
        NotFound: if there is none or more than one.
    """
    (uid,) = prefixed(named, store.ids(project.connection), _("forslag"))
    found = [each for each in queries.proposals(project.connection) if each.id == uid]
    if not found:
        raise Refusal(_("Forslaget gjelder ikke lenger; noe på samme sted er alt vurdert."))
    return found[0]


def accept(project: Project, proposal: Proposal, *, start: int | None = None, end: int | None = None) -> Coding:
    """Accept a suggestion, with other bounds if given: the coding is the coder's own, and says where it came from.

    Raises:
        Refusal: if it is decided already or no longer stands, or the bounds lie outside the text.
    """
    _require_pending(proposal)
    with project.write() as act:
        coding = _record_accept(act, project, proposal, start=start, end=end)
    return get_coding(project, coding)


def accept_all(project: Project, proposals: Iterable[Proposal]) -> list[Coding]:
    """Accept several suggestions as one gesture, undone together.

    Raises:
        Refusal: if one of them cannot be accepted; none then is.
    """
    chosen = list(proposals)
    for proposal in chosen:
        _require_pending(proposal)
    with project.write() as act:
        made = [_record_accept(act, project, proposal) for proposal in chosen]
    return [get_coding(project, coding) for coding in made]


def reject(project: Project, proposal: Proposal) -> None:
    """Reject a suggestion; it is remembered and not asked again.

    Raises:
        Refusal: if it is decided already or no longer stands.
    """
    reject_all(project, [proposal])


def reject_all(project: Project, proposals: Iterable[Proposal]) -> None:
    """Reject several suggestions as one gesture, undone together; none if one of them cannot be rejected."""
    chosen = list(proposals)
    for proposal in chosen:
        _require_pending(proposal)
    with project.write() as act:
        for proposal in chosen:
            source = _standing(act, project, proposal)
            payload = _verdict(proposal, source) | {"card": act.text(_evidence(proposal))}
            act.record("suggestion.reject", payload)


def _record_accept(
    act: Gesture, project: Project, proposal: Proposal, *, start: int | None = None, end: int | None = None
) -> str:
    source = _standing(act, project, proposal)
    start, end = proposal.start if start is None else start, proposal.end if end is None else end
    if not 0 <= start < end <= source.characters:
        raise Refusal(_("Grensene {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
    coding = record_coding(act, project, source, start, end, proposal.code, origin="suggestion", suggestion=proposal.id)
    act.record(
        "suggestion.accept", _verdict(proposal, source) | {"coding": coding, "card": act.text(_evidence(proposal))}
    )
    return coding


def _standing(act: Gesture, project: Project, proposal: Proposal) -> Source:
    """The source of a suggestion that still is one: the text may have been corrected since it was shown."""
    pending = queries.proposals(act.connection, source=proposal.source, status="pending")
    if all(each.id != proposal.id for each in pending):
        raise Refusal(_("Forslaget gjelder ikke lenger; noe på samme sted er alt vurdert."))
    return corpus_queries.sources(act.connection, [proposal.source])[0]


def _require_pending(proposal: Proposal) -> None:
    if proposal.status != "pending":
        words = {"accepted": _("godtatt"), "rejected": _("avvist")}
        raise Refusal(_("Forslaget er alt {what}.").format(what=words[proposal.status]))


def _verdict(proposal: Proposal, source: Source) -> dict[str, object]:
    return {
        "id": proposal.id,
        "source": proposal.source,
        "version": source.version,
        "start": proposal.start,
        "end": proposal.end,
        "code": proposal.code,
        "coding": "",
    }


def _evidence(proposal: Proposal) -> str:
    """Why it was proposed, kept for good: pipelines and signals change."""
    return json.dumps(
        {
            "score": proposal.score,
            "method": proposal.method,
            "rule": proposal.rule,
            "pipeline": proposal.pipeline,
            "because": proposal.because,
        },
        sort_keys=True,
    )


def _turns(project: Project, source: Source) -> list[Turn]:
    return [
        Turn(
            speaker=turn.speaker,
            role=as_role(turn.role),
            label_start=turn.label_start,
            start=turn.start,
            end=turn.end,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
        )
        for turn in corpus_queries.turns(project.connection, source)
    ]
