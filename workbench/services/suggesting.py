"""Suggestions: let the machine propose, and decide as a person. Nothing becomes a coding without a decision."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext as _

from nlp.drawing import drawn
from nlp.pipeline import Pipeline, load
from nlp.suggest import suggest
from workbench.core.entities import Coding, Proposal, Source
from workbench.core.ids import derived_id
from workbench.errors import Refusal
from workbench.services.closed import closed_in, require_open
from workbench.services.codebook import as_codebook, codes_within
from workbench.services.coding import get_coding, record_coding
from workbench.services.learning import Learner, decisions, fingerprint, standings
from workbench.services.naming import prefixed
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import suggestions as store

Progress = Callable[[int, int, str], None]

DRAWN = 3
"""How many sources of a round get one place drawn by lot."""


def run(
    project: Project,
    sources: Iterable[Source] | None = None,
    *,
    pipeline: Pipeline | None = None,
    learner: Learner | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Read sources, learn from what has been decided, and store what is proposed; how many proposals there are.

    A cancelled run keeps the sources it has finished. Rejected suggestions do not come back. Where nothing has changed
    since the last run, nothing is done.

    Args:
        sources: which; all of them if None.
        pipeline: reads the words; the shipped one unless given.
        learner: what has been read and learnt earlier, with its pipeline; a new one if None.
        workers: processes that read words.
        progress: called with sources done, sources in all, and the name of the one at hand.
    """
    chosen = list(sources) if sources is not None else corpus_queries.sources(project.connection)
    learner = learner or Learner(pipeline or load())
    require_something_to_go_by(project)
    if chosen and _are_current(project, chosen, learner.pipeline.identity):
        return sum(store.how_many(project.connection, source.id) for source in chosen)
    learner.read(project, chosen, workers=workers, progress=progress, cancelled=cancelled)
    learner.learn(project, cancelled=cancelled)
    learner.judge(project, cancelled=cancelled)
    lot = random.Random(learner.taught)
    drawn_from = {source.id for source in lot.sample(chosen, min(DRAWN, len(chosen)))}
    made = 0
    for source in chosen:
        if cancelled():
            break
        made += store_suggestions(project, source, learner, draw=source.id in drawn_from)
    return made


def require_something_to_go_by(project: Project) -> None:
    """See that there are signals or decisions.

    Raises:
        Refusal: if there are neither; it says how to come by them.
    """
    if not any(code.signals for code in as_codebook(project)) and not decisions(project):
        raise Refusal(
            _(
                "Ingen kode i kodeboken har signaler, og ingenting er kodet, så det er ingenting å foreslå ut fra. Kod noen "
                "steder, eller skriv signaler i kodeboken («signals:» i YAML-filen) og last den inn."
            )
        )


def store_suggestions(project: Project, source: Source, learner: Learner, *, draw: bool = False) -> int:
    """Put what is now believed of a source in place of its earlier suggestions; how many there are.

    Args:
        source: one that the learner has read.
        learner: what is believed.
        draw: whether one place more is drawn by lot, where nothing would be proposed.
    """
    evidence = learner.evidence(source.id)
    if evidence is None or learner.book is None:
        return 0
    ids = {code.slug: code.uid for code in learner.book}
    suggester = learner.suggester()
    found = list(suggest(evidence, suggester))
    if draw:
        found += drawn(evidence, suggester, found, seed=f"{source.version}{learner.taught}")
    closed = closed_in(project, source.id)
    rows = [
        (
            derived_id(source.id, source.version, str(each.start), str(each.end), ids[each.code]),
            source.id,
            source.version,
            each.start,
            each.end,
            ids[each.code],
            each.score,
            each.method,
            each.rule,
            each.pipeline,
            json.dumps([[why.kind, why.name, why.weight, why.start, why.end] for why in each.reasons]),
        )
        for each in found
        if not closed.bars(source.id, each.start, each.end)
    ]
    with project.derive() as connection:
        store.replace(connection, source.id, rows)
        resting_on = f"{learner.taught} {standings(project, [source])[source.id]}"
        store.put_run(connection, source.id, source.version, learner.pipeline.identity, resting_on)
    return len(rows)


def is_current(project: Project, source: Source) -> bool:
    """Whether the source's suggestions rest on its present text, the present codebook and all that is decided."""
    return _are_current(project, [source])


def _are_current(project: Project, sources: Sequence[Source], pipeline: str = "") -> bool:
    """Whether all of these are, and have been read by this pipeline; by any if it is empty."""
    taught, now = fingerprint(project, as_codebook(project)), standings(project, sources)
    for source in sources:
        last = store.run_of(project.connection, source.id)
        if last is None or last[0] != source.version or pipeline not in ("", last[1]):
            return False
        if last[2] != f"{taught} {now[source.id]}":
            return False
    return True


def is_shown(project: Project, source: Source) -> bool:
    """Whether suggestions are switched on in a source; off until somebody asks for them."""
    return store.shown(project.connection, source.id)


def set_shown(project: Project, source: Source, *, shown: bool) -> None:
    with project.derive() as connection:
        store.set_shown(connection, source.id, value=shown)


def list_proposals(
    project: Project, *, source: Source | None = None, code: str = "", status: str = "", by_score: bool = False
) -> list[Proposal]:
    """Suggestions in reading order, or the surest first; `status` is pending, accepted or rejected.

    What is pending in a stretch that has been closed since stands back until it is opened.
    """
    codes = codes_within(project, code) if code else None
    closed = closed_in(project)
    found = [
        each
        for each in queries.proposals(project.connection, source=source.id if source else None, status=status or None)
        if (codes is None or each.code in codes)
        and not (each.status == "pending" and closed.bars(each.source, each.start, each.end))
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
    require_open(project, source, start, end)
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
            "because": [[why.kind, why.name, why.weight, why.start, why.end] for why in proposal.reasons],
        },
        sort_keys=True,
    )
