"""What suggestions learn from: everything people have coded, accepted, rejected, and left uncoded in finished texts.

Nothing of it is kept as a model: it follows from the journal, and is fitted again when it is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from codebooks.model import Codebook
from corpus.model import SOURCE_KINDS
from corpus.text import digest
from nlp.document import Document
from nlp.errors import PipelineMissingError
from nlp.evidence import Evidence, read_evidence
from nlp.learning.crossval import FLOOR, Trust, judged, trust
from nlp.learning.decisions import Decision
from nlp.learning.teach import CodeModel, Seen, teach
from nlp.parsed import Parsed
from nlp.pipeline import Pipeline, load
from nlp.rules import rules_for
from nlp.suggest import Suggester
from nlp.vocabulary import Vocabulary
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services.closed import Closed, closed_in
from workbench.services.codebook import as_codebook
from workbench.services.languages import NORWEGIAN, seen
from workbench.services.parsing import parse_all
from workbench.services.turns import plain_turn
from workbench.store.project import Project
from workbench.store.queries import codings as queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import decisions as stored

LEARNT_FROM = 100
"""Most sources that are learnt from: more would teach little that is new, and would have to be read."""
ENOUGH_DECIDED = 10
"""Decisions on a code's suggestions before they can silence it."""

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


def decisions(project: Project) -> list[Decision]:
    """Every coding and every verdict on a suggestion, each once, in a fixed order.

    Codings that came from an accepted suggestion stand as codings, so that moving their bounds or undoing them counts.
    """
    return [
        Decision(document=source, start=start, end=end, code=slug, applies=applies)
        for source, start, end, slug, applies in stored.decided(project.connection)
    ]


def finished(project: Project) -> frozenset[str]:
    """Ids of sources that somebody has marked as finished: what stands uncoded there was left out on purpose."""
    statuses = queries.reading_statuses(project.connection)
    return frozenset(source for (source, _coder), status in statuses.items() if status == "finished")


def fingerprint(project: Project, book: Codebook) -> str:
    """Digest of all that decides what is proposed, the texts apart."""
    done, closed = sorted(finished(project)), closed_in(project).spans
    return digest(repr((book, stored.census(project.connection), done, [closed.get(each, ()) for each in done])))


def standings(project: Project, sources: Iterable[Source]) -> dict[str, str]:
    """Source id -> digest of all about the source that decides what is proposed there: its text, kind and cases, who
    speaks, and what is closed to coding."""
    roles = {each.id: each.role for each in corpus_queries.informants(project.connection)}
    found: dict[str, str] = {}
    for source in sources:
        speakers = corpus_queries.speakers(project.connection, source.id)
        voices = [(each.label, each.role, roles.get(each.informant, "")) for each in speakers]
        spans = closed_in(project, source.id).spans.get(source.id, ())
        found[source.id] = digest(repr((source.version, source.kind, source.cases, voices, spans)))
    return found


@dataclass(slots=True)
class Learner:
    """The texts as evidence, and what has been learnt so far; kept while a project is open, so that a decision costs little.

    Used by one thread at a time; the project is handed in, since a connection belongs to its thread.
    """

    pipeline: Pipeline = field(default_factory=load)
    book: Codebook | None = None
    seen: Seen | None = None
    models: dict[str, CodeModel] = field(default_factory=dict)
    trusts: dict[str, Trust] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    """Codes whose suggestions have been rejected too often."""
    taught: str = ""
    """Fingerprint of what was learnt last."""
    _standings: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _known: frozenset[Decision] = frozenset()
    _finished: frozenset[str] = frozenset()

    def read(
        self,
        project: Project,
        sources: Iterable[Source],
        *,
        workers: int = 1,
        progress: Progress | None = None,
        cancelled: Cancelled = lambda: False,
    ) -> None:
        """Take in these sources, and those that most has been decided in.

        What has been read before in the same version, with the same codebook, is not read again.
        """
        book = as_codebook(project)
        if self.seen is None or book != self.book:
            self.book, self.models, self.trusts = book, {}, {}
            self.seen = Seen.of(book, Vocabulary(), ())
            self._standings, self._known, self._finished = {}, frozenset(), frozenset()
        told = _most_told(decisions(project), finished(project))
        asked = {source.id for source in sources}
        chosen = [each for each in corpus_queries.sources(project.connection) if each.id in told | asked]
        now, closed = standings(project, chosen), closed_in(project)
        wanted = [source for source in chosen if self._standings.get(source.id) != now[source.id]]
        rules = rules_for(book, self.pipeline)
        for source, parsed in parse_all(
            project, wanted, pipeline=self.pipeline, workers=workers, progress=progress, cancelled=cancelled
        ):
            document = document_of(project, source, parsed, closed)
            self.seen.take(read_evidence(document, rules, book, self.seen.vocabulary))
            self._standings[source.id] = now[source.id]
            self._names[source.id] = source.name
            self.models = {}

    def learn(self, project: Project, *, cancelled: Cancelled = lambda: False) -> set[str]:
        """Fit again what decisions since the last time are about; the slugs of the codes concerned."""
        assert self.seen is not None and self.book is not None
        known, done = frozenset(decisions(project)), finished(project)
        self.taught = fingerprint(project, self.book)
        active = [code.slug for code in self.book if code.status == "active" and not code.folder]
        if not self.models or done != self._finished:
            concerned = set(active)
        else:
            concerned = set().union(*(_concerned(self.book, each.code) for each in known ^ self._known))
        before = dict(self.models)
        self.models |= teach(
            self.seen,
            _ordered(known),
            done,
            codes=[slug for slug in active if slug in concerned],
            before=before,
            cancelled=cancelled,
        )
        if cancelled():
            self.models = {}
        self._known, self._finished = known, done
        return concerned

    def judge(self, project: Project, *, cancelled: Cancelled = lambda: False) -> None:
        """Choose a threshold for each code, and silence for those whose suggestions would seldom hold.

        Thresholds come from finished texts alone, since decisions on suggestions are no fair sample of a text. Without
        them a code is silent once too few of its suggestions have been accepted.
        """
        assert self.seen is not None
        self.trusts, self.silent = {}, set()
        verdicts = stored.verdicts(project.connection)
        known = _ordered(self._known)
        for code, model in self.models.items():
            if cancelled():
                return
            if self._finished and model.yes and model.no:
                found = judged(self.seen, known, self._finished, code, within=self._finished, before=model)
                if found.is_enough:
                    self.trusts[code] = trust(found)
                    continue
            accepted, rejected = verdicts.get((code, "accepted"), 0), verdicts.get((code, "rejected"), 0)
            if accepted + rejected >= ENOUGH_DECIDED and accepted < FLOOR * (accepted + rejected):
                self.silent.add(code)

    def suggester(self) -> Suggester:
        """What is believed now."""
        assert self.seen is not None and self.book is not None
        return Suggester(
            self.book,
            self.models,
            self.seen.vocabulary,
            self.seen.rarity,
            {code: each.threshold for code, each in self.trusts.items()},
            self.all_silent(),
        )

    def all_silent(self) -> frozenset[str]:
        """Codes that are not proposed, since their suggestions hold too seldom."""
        return frozenset(self.silent).union(code for code, each in self.trusts.items() if each.silent)

    def not_norwegian(self) -> list[tuple[str, str]]:
        """(name, language or empty) of the sources read that seem to be in another language or in none."""
        if self.seen is None:
            return []
        told = [
            (self._names[uid], seen(each.document.text, each.document.turns))
            for uid, each in self.seen.evidence.items()
        ]
        return [(name, language) for name, language in told if language not in NORWEGIAN]

    def evidence(self, source: str) -> Evidence | None:
        """A source as evidence, if it has been read."""
        return None if self.seen is None else self.seen.evidence.get(source)


def learner_with(pipeline: str = "") -> Learner:
    """A learner that has read nothing yet.

    Args:
        pipeline: name of an installed spaCy pipeline; empty for the shipped one.

    Raises:
        Refusal: if no pipeline of that name is installed.
    """
    try:
        return Learner(load(pipeline))
    except PipelineMissingError as error:
        raise Refusal(str(error)) from None


def document_of(project: Project, source: Source, parsed: Parsed, closed: Closed) -> Document:
    """A source as suggestions see it."""
    # An article is parsed as running prose.
    stored = [] if source.kind == "article" else corpus_queries.turns(project.connection, source)
    roles = {each.number: each.role for each in corpus_queries.informants(project.connection)}
    return Document(
        id=source.id,
        text=corpus_queries.text_of(project.connection, source.version),
        turns=tuple(map(plain_turn, stored)),
        kind=next(kind for kind in SOURCE_KINDS if kind == source.kind),
        parsed=parsed,
        cases=source.cases,
        closed=_closed_units(source, parsed, closed),
        roles=tuple(roles.get(turn.informant, "") for turn in stored),
    )


def _closed_units(source: Source, parsed: Parsed, closed: Closed) -> frozenset[int]:
    """The units that lie mostly in what is closed to coding."""
    if not closed.touches(source.id):
        return frozenset()
    places = zip(parsed.unit_starts, parsed.unit_ends, strict=True)
    return frozenset(unit for unit, place in enumerate(places) if closed.bars(source.id, *place))


def _most_told(known: Iterable[Decision], done: frozenset[str]) -> set[str]:
    """Ids of the sources to learn from: finished ones first, then by how much has been decided."""
    counted = Counter(each.document for each in known)
    ranked = sorted(done | counted.keys(), key=lambda source: (source not in done, -counted[source], source))
    return set(ranked[:LEARNT_FROM])


def _ordered(known: Iterable[Decision]) -> list[Decision]:
    return sorted(known, key=lambda each: (each.document, each.start, each.end, each.code, each.applies))


def _concerned(book: Codebook, code: str) -> set[str]:
    """Codes that a decision on one code says something of: itself, those above it, and those below it."""
    return {code, *book.ancestors(code), *(each.slug for each in book.descendants(code))}
