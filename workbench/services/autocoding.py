"""Coding by rule: places are gathered by words, speaker, heading or question, looked over, and coded in one gesture.

What is coded so has the origin `autocode`. It does not say that anybody has begun to read the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from typing import Literal

from workbench.core.entities import CodeEntry, Informant, Source
from workbench.core.headings import Heading, headings
from workbench.errors import Refusal
from workbench.services.closed import closed_in
from workbench.services.codebook import record_new_code
from workbench.services.coding import own_coding, record_coding, require_active, require_current
from workbench.services.finding import (
    Hit,
    Progress,
    Sought,
    Span,
    Speech,
    has_role,
    hits_at,
    in_sources,
    known_informants,
    sources_within,
    speech,
)
from workbench.services.naming import not_found
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries

Unit = Literal["hit", "sentence", "turn"]
UNITS: tuple[Unit, ...] = ("hit", "sentence", "turn")
SHORTEST_QUESTION = 5
"""Words: an interviewer who says fewer, without a question mark, nods («Ja, nettopp»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a rule has found, which may be coded."""

    hit: Hit
    """The whole of what would be coded."""
    words: tuple[Span, ...] = ()
    """What was found in it; empty when it was not found by words."""
    why: str = ""
    """The heading it stands under, or the question it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to code by, and how much there is of it."""

    name: str
    kind: str
    """`speaker`, `informant`, `role`, `heading` or `question`."""
    places: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What came of coding candidates: ids of the codings made, and of those that were there."""

    made: tuple[str, ...]
    already: tuple[str, ...]


# -- by words


def by_words(
    project: Project,
    sought: Sought,
    *,
    unit: Unit = "sentence",
    source: str = "",
    case: str = "",
    role: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    left_out: Callable[[int], None] = lambda number: None,
) -> list[Candidate]:
    """The hits of a search, or the sentences or turns they stand in, each once, in reading order.

    Args:
        project: where to look.
        sought: what for.
        unit: how much around a hit is to be coded.
        source: id of the only source to look in.
        case: only sources of this case and of those that lie in it.
        role: only what is said by this role of informant, or by `interviewer` / `participant`.
        progress: called before each source.
        cancelled: asked now and then; what has been found until then is the answer.
        left_out: called with how many hits of a source lie in stretches closed to coding, which are passed over.

    Raises:
        NotFound: if the case is not known.
        Refusal: if nothing is searched for.
    """
    if not sought.query.strip():
        raise Refusal(_("Skriv hva du leter etter."))
    informants = known_informants(project)
    chosen = sources_within(project, source=source, case=case)
    closed = closed_in(project)
    found: list[Candidate] = []
    for each, text, matches in in_sources(project, chosen, sought, progress=progress, cancelled=cancelled):
        if matches:
            spans = [(match.start, match.end) for match in matches if not closed.bars(each.id, match.start, match.end)]
            if len(spans) < len(matches):
                left_out(len(matches) - len(spans))
            said = speech(project, each)
            candidates = _widened(said, text, hits_at(said, text, spans, informants), unit)
            found += (one for one in candidates if has_role(one.hit.role, one.hit.informant, role))
    return open_ones(project, found)


def asked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that are the interviewer's words: what is asked about says nothing of what informants mean."""
    return [one for one in candidates if one.hit.role == "interviewer"]


def open_ones(project: Project, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that do not lie, wholly or for the most part, in stretches closed to coding."""
    closed = closed_in(project)
    return [one for one in candidates if not closed.bars(*_place(one))]


def widened(project: Project, hits: Iterable[Hit], unit: Unit) -> list[Candidate]:
    """Hits that have been found already, or the sentences or turns they stand in, each once."""
    by_source: dict[str, list[Hit]] = {}
    for hit in hits:
        by_source.setdefault(hit.source.id, []).append(hit)
    found: list[Candidate] = []
    for same in by_source.values():
        said = speech(project, same[0].source)
        found += _widened(said, corpus_queries.text_of(project.connection, said.source.version), same, unit)
    return open_ones(project, found)


def _widened(said: Speech, text: str, hits: Iterable[Hit], unit: Unit) -> Iterator[Candidate]:
    if unit == "hit":
        yield from (Candidate(hit=hit, words=((hit.start, hit.end),)) for hit in hits)
        return
    spans: dict[Span, list[Hit]] = {}
    for hit in hits:
        spans.setdefault(_unit_around(said, text, (hit.start, hit.end), unit), []).append(hit)
    for (start, end), inside in spans.items():
        (whole,) = hits_at(said, text, [(start, end)], {})
        # Whoever says the words is who the reader was shown; the unit may begin with somebody else.
        first = inside[0]
        whole = replace(whole, speaker=first.speaker, role=first.role, informant=first.informant)
        yield Candidate(hit=whole, words=tuple((hit.start, hit.end) for hit in inside))


def _unit_around(said: Speech, text: str, span: Span, unit: Unit) -> Span:
    """From the beginning of the unit where a span begins to the end of the one where it ends."""
    first, last = _passage_at(said, text, span[0]), _passage_at(said, text, span[1] - 1)
    if unit == "turn":
        return first[0], last[1]
    return _sentence_at(text, first, span[0])[0], _sentence_at(text, last, span[1] - 1)[1]


def _passage_at(said: Speech, text: str, offset: int) -> Span:
    """What is said in the turn that holds an offset; outside turns (and in a speaker's label) the line."""
    touched = said.voices.touched(offset, offset + 1)
    if touched:
        return _trimmed(text, said.voices.starts[touched[0]], said.voices.ends[touched[0]])
    end = text.find("\n", offset)
    return _trimmed(text, text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _sentence_at(text: str, passage: Span, offset: int) -> Span:
    from nlp.sentences import sentence_spans

    return next((span for span in sentence_spans(text, *passage) if offset < span[1]), passage)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return begin, max(begin, start + len(words.rstrip()))


# -- by who speaks


def speakers(project: Project, *, source: str = "", case: str = "") -> list[Option]:
    """Who can be asked for: informants by number, labels, and roles, each with how many turns."""
    counted: dict[tuple[str, str], tuple[int, set[str]]] = {}
    informants = known_informants(project)
    for each in sources_within(project, source=source, case=case):
        for row in corpus_queries.turn_rows(project.connection, each):
            number = row[6]
            role = informants[number].role if number in informants else ""
            for kind, name in (("informant", number), ("role", role), ("role", row[5]), ("speaker", row[4])):
                if name:
                    places, seen = counted.get((kind, name), (0, set[str]()))
                    counted[kind, name] = (places + 1, seen | {each.id})
    order = ("informant", "role", "speaker")
    options = [Option(name=name, kind=kind, places=n, sources=len(seen)) for (kind, name), (n, seen) in counted.items()]
    return sorted(options, key=lambda option: (order.index(option.kind), option.name.casefold()))


def by_speaker(project: Project, named: str, *, source: str = "", case: str = "") -> list[Candidate]:
    """Every turn of a speaker, told by the label in the text, the informant's number, or a role.

    Raises:
        NotFound: if nobody is called that, with the nearest names.
    """
    wanted = named.strip().casefold()
    informants = known_informants(project)
    found: list[Candidate] = []
    for each in sources_within(project, source=source, case=case):
        said = speech(project, each)
        text = corpus_queries.text_of(project.connection, each.version)
        spans = []
        for row in said.rows:
            informant = informants.get(row[6])
            names = (row[4], row[5], row[6], informant.role if informant else "")
            if wanted and wanted in (name.casefold() for name in names):
                spans.append(_trimmed(text, row[2], row[3]))
        found += _standing(said, text, spans, informants)
    if not found:
        known = {option.name for option in speakers(project, source=source, case=case)}
        raise not_found(
            _("Ingen taler, informant eller rolle heter «{named}».").format(named=named), named, sorted(known)
        )
    return open_ones(project, found)


# -- by heading


def headings_in(project: Project, *, source: str = "", case: str = "") -> list[Option]:
    """What was taken for headings in minutes, notes, reports and articles, with text under them, in reading order."""
    places: dict[str, int] = {}
    seen: dict[str, set[str]] = {}
    for each, _text, found in _headed(project, source=source, case=case):
        for heading in found:
            places[heading.title] = places.get(heading.title, 0) + 1
            seen.setdefault(heading.title, set()).add(each.id)
    return [Option(name=title, kind="heading", places=n, sources=len(seen[title])) for title, n in places.items()]


def by_heading(project: Project, title: str, *, source: str = "", case: str = "") -> list[Candidate]:
    """The text under every heading of this title, or with all these words in it where none has it as its title.

    It goes on to the next heading of the same level or a higher one.

    Raises:
        NotFound: if there is no such heading, with the nearest.
    """
    headed = _headed(project, source=source, case=case)
    known = [heading.title for _source, _text, found in headed for heading in found]
    chosen = {each for each in known if each.casefold() == title.strip().casefold()}
    chosen = chosen or {each for each in known if _has_words(each, title)}
    if not chosen:
        raise not_found(_("Ingen overskrift har ordene «{title}».").format(title=title), title, sorted(set(known)))
    informants = known_informants(project)
    candidates: list[Candidate] = []
    for each, text, found in headed:
        said = speech(project, each)
        for heading in found:
            if heading.title in chosen:
                hits = hits_at(said, text, [heading.body], informants)
                candidates += (Candidate(hit=hit, why=heading.title) for hit in hits)
    return open_ones(project, candidates)


def _headed(project: Project, *, source: str, case: str) -> list[tuple[Source, str, list[Heading]]]:
    """Sources with headings that have something under them; interviews have none to code by."""
    found = []
    for each in sources_within(project, source=source, case=case):
        if each.kind == "transcript":
            continue
        text = corpus_queries.text_of(project.connection, each.version)
        spoken = [(row[1], row[3]) for row in corpus_queries.turn_rows(project.connection, each)]
        found.append((each, text, [one for one in headings(text, spoken) if one.body[0] < one.body[1]]))
    return found


# -- by question


def questions(project: Project, words: str = "", *, source: str = "", case: str = "") -> list[Option]:
    """What interviewers have asked, word for word, those asked in most sources first; only questions with all the words."""
    places: dict[str, int] = {}
    seen: dict[str, set[str]] = {}
    for each in sources_within(project, source=source, case=case):
        text = corpus_queries.text_of(project.connection, each.version)
        for row in corpus_queries.turn_rows(project.connection, each):
            asked = " ".join(text[row[2] : row[3]].split())
            if row[5] == "interviewer" and _asks(asked) and _has_words(asked, words):
                places[asked] = places.get(asked, 0) + 1
                seen.setdefault(asked, set()).add(each.id)
    options = [Option(name=asked, kind="question", places=n, sources=len(seen[asked])) for asked, n in places.items()]
    return sorted(options, key=lambda option: -option.sources)


def by_question(project: Project, words: str, *, source: str = "", case: str = "") -> list[Candidate]:
    """The turns that answer a question with all these words, until the interviewer asks something else.

    What the interviewer says meanwhile without asking is passed over.

    Raises:
        Refusal: if no words are given.
        NotFound: if no interviewer asks it, with the nearest questions.
    """
    if not words.strip():
        raise Refusal(_("Skriv ord fra spørsmålet."))
    informants = known_informants(project)
    found: list[Candidate] = []
    for each in sources_within(project, source=source, case=case):
        said = speech(project, each)
        text = corpus_queries.text_of(project.connection, each.version)
        answering = ""
        for row in said.rows:
            spoken = " ".join(text[row[2] : row[3]].split())
            if row[5] == "interviewer":
                if _asks(spoken):
                    answering = spoken if _has_words(spoken, words) else ""
            elif answering:
                for one in _standing(said, text, [_trimmed(text, row[2], row[3])], informants):
                    found.append(replace(one, why=answering))
    if not found:
        known = [option.name for option in questions(project, source=source, case=case)]
        message = _("Ingen har svart på et spørsmål med ordene «{words}».").format(words=words)
        if not known:
            message += " " + _("Ingen taler har rollen intervjuer. Sett den med «kodebenk source speaker».")
        raise not_found(message, words, known)
    return open_ones(project, found)


def _asks(spoken: str) -> bool:
    return "?" in spoken or len(spoken.split()) >= SHORTEST_QUESTION


def _has_words(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


def _standing(
    said: Speech, text: str, spans: Iterable[Span], informants: Mapping[str, Informant]
) -> Iterator[Candidate]:
    """Candidates of the spans in which anything is said."""
    for hit in hits_at(said, text, (span for span in spans if span[0] < span[1]), informants):
        yield Candidate(hit=hit)


# -- coding them


def code_candidates(project: Project, candidates: Sequence[Candidate], code: CodeEntry) -> Coded:
    """Code the places in one gesture; a place this coder has coded so already is not coded again.

    Raises:
        Refusal: if nothing is chosen, the code is retired, or a text was corrected since the places were found.
    """
    require_active(code)
    _some(candidates)
    with project.write() as act:
        return _record(act, project, candidates, code.id)


def code_candidates_anew(project: Project, candidates: Sequence[Candidate], name: str, *, parent: str = "") -> Coded:
    """Make a code and code the places with it; undone together."""
    _some(candidates)
    with project.write() as act:
        return _record(act, project, candidates, record_new_code(act, project, name, parent=parent))


def coded_words(coded: Coded, code: str) -> str:
    """«Kodet 12 steder med «Bolig», 3 var kodet slik fra før»."""
    parts = [
        ngettext("Kodet {n} sted med «{code}»", "Kodet {n} steder med «{code}»", len(coded.made)).format(
            n=len(coded.made), code=code
        )
    ]
    if coded.already:
        parts.append(
            ngettext("{n} var kodet slik fra før", "{n} var kodet slik fra før", len(coded.already)).format(
                n=len(coded.already)
            )
        )
    return ", ".join(parts)


def coded_already(project: Project, candidates: Iterable[Candidate], code: CodeEntry) -> set[tuple[str, int, int]]:
    """(source, start, end) of the places that this coder has coded with exactly this code."""
    mine = coding_queries.codings(project.connection, codes=[code.id], coder=project.coder_id())
    there = {(each.source, each.start, each.end) for each in mine}
    return there & {_place(one) for one in candidates}


def _record(act: Gesture, project: Project, candidates: Sequence[Candidate], code: str) -> Coded:
    made: list[str] = []
    already: list[str] = []
    current: set[str] = set()
    for one in candidates:
        source, start, end = one.hit.source, one.hit.start, one.hit.end
        if source.id not in current:
            require_current(act, source)
            current.add(source.id)
        there = own_coding(act, source.id, start, end, code)
        if there is not None:
            already.append(str(there["id"]))
        else:
            made.append(record_coding(act, project, source, start, end, code, origin="autocode"))
    return Coded(made=tuple(made), already=tuple(already))


def _place(one: Candidate) -> tuple[str, int, int]:
    return one.hit.source.id, one.hit.start, one.hit.end


def _some(candidates: Sequence[Candidate]) -> None:
    if not candidates:
        raise Refusal(_("Ingen steder er valgt. Kryss av noen først."))
