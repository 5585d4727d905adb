"""Words: lists, concordances, what is typical of a case or a code, and which words keep company."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from corpus.text import normalise
from exports.norwegian import sort_key
from nlp.parsed import Parsed
from nlp.words import collocations, concordance, frequency, keyness
from nlp.words.collocations import Pair
from nlp.words.concordance import Line, Order
from nlp.words.document import Document
from nlp.words.frequency import WordCount
from nlp.words.keyness import KeyWord
from nlp.words.shown import meant
from workbench.core.entities import CodeEntry, Source, StoredTurn
from workbench.errors import Refusal
from workbench.services.cases import below, find_case, list_cases
from workbench.services.closed import closed_in
from workbench.services.codebook import codes_within, find_code
from workbench.services.naming import find_source
from workbench.services.parsing import Progress, parse_all
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries

EVERYBODY = "all"
NEAR = 5
"""How many words a pair may stretch over when the company of one word is asked for."""
_MARKS = ".,:;!?…«»()[]\"'–-"
AT_LEAST = 3
"""How often a typical word or a pair must occur to be listed, unless something else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose words are looked at; empty means no restriction, except for `role`."""

    case: str = ""
    source: str = ""
    role: str = ""
    """An informant's role, `interviewer`, `participant`, `other` or `all`. Empty: everybody but the interviewer."""
    code: str = ""
    """Only sentences that this code or one below it touches."""
    exact: bool = False
    """The code alone, without those below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that were asked for, read once so that many questions can be put to them."""

    wanted: Wanted
    documents: tuple[Document, ...]
    """One for each source that has any, in order of import."""
    sources: dict[str, Source]
    """Every source of the documents, by id."""
    total: int
    """Words in all, stop words among them."""
    closed: int = 0
    """Sentences that were left out since they lie in stretches closed to coding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a concordance with whose words it is."""

    line: Line
    source: Source
    speaker: str
    role: str
    """`interviewer`, `participant`, `other`, or empty where the text has no turns."""
    informant: str
    """Number, or empty."""


def gather(
    project: Project,
    wanted: Wanted | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Words | None:
    """Read the words of the chosen sources and speakers; None if it was called off.

    Raises:
        NotFound: if the case, source or code is not known.
    """
    wanted = wanted or Wanted()
    chosen = _sources(project, wanted)
    coded = _coded(project, wanted) if wanted.code else None
    if coded is not None:
        chosen = [source for source in chosen if source.id in coded]
    roles = {each.number: each.role for each in queries.informants(project.connection)}
    documents, left_out, closed = [], 0, closed_in(project)
    for source, parsed in parse_all(project, chosen, progress=progress, cancelled=cancelled):
        turns = queries.turns(project.connection, source)
        heard = _heard(source, turns, wanted.role, roles)
        voices = _voices(source, turns, parsed)
        units: Sequence[int] = [n for n, turn in enumerate(voices) if turn in heard]
        if closed.touches(source.id):
            spoken = len(units)
            units = [n for n in units if not closed.bars(source.id, parsed.unit_starts[n], parsed.unit_ends[n])]
            left_out += spoken - len(units)
        text = queries.text_of(project.connection, source.version)
        document = Document(source=source.id, text=text, parsed=parsed, units=units)
        if coded is not None:
            document = replace(document, units=_touched(document, coded[source.id]))
        if document.units:
            documents.append(document)
    if cancelled():
        return None
    return Words(
        wanted=wanted,
        documents=tuple(documents),
        sources={source.id: source for source in chosen},
        total=sum(document.counted().total() for document in documents),
        closed=left_out,
    )


def word_list(words: Words, *, everything: bool = False) -> list[WordCount]:
    """The commonest words first; stop words too if `everything`."""
    return frequency.word_list(words.documents, everything=everything)


def cases_of(words: Words, sources: Sequence[str]) -> tuple[str, ...]:
    """Names of the cases that these sources (ids) belong to."""
    return tuple(sorted({case for source in sources for case in words.sources[source].cases}, key=sort_key))


def places(
    project: Project,
    words: Words,
    phrase: str,
    *,
    exact: bool = False,
    order: Order = "text",
    width: int = concordance.WIDTH,
) -> list[Place]:
    """Where a word, or several words in a row, stand.

    Args:
        project: the project the words come from.
        words: where to look.
        phrase: words in any inflection; each finds its other inflections and the compounds it is part of.
        exact: only as it is written.
        order: by place, by what follows, or by what stands before.
        width: characters of context on each side.

    Raises:
        Refusal: if there is no word to look for.
    """
    forms = looked_for(phrase)
    lines = concordance.concordance(words.documents, forms, exact=exact, width=width)
    return _with_speakers(project, words, concordance.in_order(lines, order, sort_key))


def places_of(
    project: Project,
    words: Words,
    phrase: Sequence[str],
    *,
    order: Order = "text",
    window: int = 0,
    width: int = concordance.WIDTH,
) -> list[Place]:
    """Where these dictionary forms, as a word list or a pair shows them, stand in this order.

    Args:
        project: the project the words come from.
        words: where to look.
        phrase: one form for each word.
        order: by place, by what follows, or by what stands before.
        window: how many words they may stretch over, in one sentence; 0 is side by side.
        width: characters of context on each side.
    """
    lines = concordance.concordance(words.documents, [(word,) for word in phrase], window=window, width=width)
    return _with_speakers(project, words, concordance.in_order(lines, order, sort_key))


def looked_for(phrase: str) -> list[tuple[str, ...]]:
    """The dictionary forms that a search finds, for each word that was typed.

    Raises:
        Refusal: if nothing was typed.
    """
    typed = [each.strip(_MARKS) for each in normalise(phrase).split() if any(map(str.isalnum, each))]
    if not typed:
        raise Refusal(_("Skriv et ord å lete etter."))
    return [meant(word) for word in typed]


def typical_of_case(
    project: Project, words: Words, case: str, *, at_least: int = AT_LEAST, everything: bool = False
) -> list[KeyWord]:
    """Words that sources of the case (and of cases in it) use more than the other sources, the most typical first.

    A source that also belongs to another case counts as the case's.

    Raises:
        Refusal: if there is nothing on one side, with what to do about it.
    """
    known = list_cases(project)
    found = find_case(project, case)
    ids = below(known, found.id)
    names = {each.name for each in known if each.id in ids}
    target = [each for each in words.documents if names.intersection(words.sources[each.source].cases)]
    rest = [each for each in words.documents if not names.intersection(words.sources[each.source].cases)]
    if not target:
        raise Refusal(_("Ingen kilder i utvalget hører til casen «{case}».").format(case=found.name))
    if not rest:
        raise Refusal(
            _("Alle kildene i utvalget hører til casen «{case}», så det er ingenting å sammenligne med.").format(
                case=found.name
            )
        )
    return keyness.key_words(target, rest, at_least=at_least, everything=everything)


def typical_of_code(
    project: Project,
    words: Words,
    code: str,
    *,
    exact: bool = False,
    at_least: int = AT_LEAST,
    everything: bool = False,
) -> list[KeyWord]:
    """Words that sentences with the code use more than all others, the most typical first.

    Raises:
        Refusal: if no sentence has it, or all have.
    """
    entry = find_code(project, code)
    coded = _coded(project, Wanted(code=entry.id, exact=exact))
    target, rest = [], []
    for document in words.documents:
        touched = _touched(document, coded.get(document.source, []))
        inside = set(touched)
        others = [unit for unit in document.units if unit not in inside]
        target += [replace(document, units=touched)] if touched else []
        rest += [replace(document, units=others)] if others else []
    if not target or not rest:
        raise Refusal(_no_contrast(entry, target))
    return keyness.key_words(target, rest, at_least=at_least, everything=everything)


def company(
    words: Words,
    around: Sequence[str] = (),
    *,
    exact: bool = False,
    window: int | None = None,
    at_least: int = AT_LEAST,
    everything: bool = False,
) -> list[Pair]:
    """Pairs of words that stand together more often than chance, the strongest first.

    Args:
        words: where to look.
        around: readings of a word that must be in the pair (see `one_word`), with its compounds unless `exact`; empty
            for all pairs.
        exact: leave compounds out.
        window: how far apart they may be; side by side unless said, `NEAR` where one is given.
        at_least: how often.
        everything: stop words too.
    """
    return collocations.pairs(
        words.documents,
        around=around,
        compounds=not exact,
        window=window or (NEAR if around else collocations.WINDOW),
        at_least=at_least,
        everything=everything,
    )


def one_word(typed: str) -> tuple[str, ...]:
    """The dictionary forms that a person means who types one word; none if nothing was typed.

    Raises:
        Refusal: if it is more than one word.
    """
    looked = looked_for(typed) if typed.strip() else [()]
    if len(looked) > 1:
        raise Refusal(_("Skriv ett ord, ikke flere."))
    return looked[0]


def _no_contrast(entry: CodeEntry, target: Sequence[Document]) -> str:
    if target:
        return _("Hele utvalget er kodet med «{code}», så det er ingenting å sammenligne med.").format(code=entry.name)
    return _("Ingenting i utvalget er kodet med «{code}».").format(code=entry.name)


def _sources(project: Project, wanted: Wanted) -> list[Source]:
    sources = queries.sources(project.connection)
    if wanted.source:
        named = find_source(project, wanted.source).id
        sources = [source for source in sources if source.id == named]
    if wanted.case:
        known = list_cases(project)
        ids = below(known, find_case(project, wanted.case).id)
        names = {case.name for case in known if case.id in ids}
        sources = [source for source in sources if names.intersection(source.cases)]
    return sources


def _coded(project: Project, wanted: Wanted) -> dict[str, list[tuple[int, int]]]:
    """Source id -> spans with the code, in order."""
    codes = codes_within(project, wanted.code, exact=wanted.exact)
    spans: dict[str, list[tuple[int, int]]] = {}
    for segment in sorted(coding_queries.segments(project.connection)):
        if segment.code in codes:
            spans.setdefault(segment.source, []).append((segment.start, segment.end))
    return spans


def _heard(source: Source, turns: Sequence[StoredTurn], role: str, roles: dict[str, str]) -> set[int]:
    """Indexes of the turns that count; -1 stands for the whole of a text without turns, and for what nobody is quoted as
    saying in an article."""
    folded = role.casefold()
    unsaid = {-1} if source.kind == "article" and folded in ("", EVERYBODY) else set[int]()
    if not turns:
        sole = roles.get(source.informants[0], "") if len(source.informants) == 1 else ""
        return {-1} if folded in ("", EVERYBODY) or (folded and folded == sole.casefold()) else set()
    if folded == EVERYBODY:
        return unsaid.union(range(len(turns)))
    if not folded:
        return unsaid.union(n for n, turn in enumerate(turns) if turn.role != "interviewer")
    return {n for n, turn in enumerate(turns) if folded in (turn.role, roles.get(turn.informant, "").casefold())}


def _voices(source: Source, turns: Sequence[StoredTurn], parsed: Parsed) -> Sequence[int]:
    """Index of the turn each unit is said in; -1 where nobody is. An article's units are cut without its turns."""
    if source.kind != "article" or not turns:
        return parsed.unit_turns
    return [_turn_over(turns, *unit) for unit in zip(parsed.unit_starts, parsed.unit_ends, strict=True)]


def _turn_over(turns: Sequence[StoredTurn], start: int, end: int) -> int:
    """Index of the turn that has more than half of a span, or -1."""
    first = bisect_left(turns, start, key=lambda turn: turn.end)
    for n in range(first, len(turns)):
        if turns[n].start >= end:
            break
        if 2 * (min(turns[n].end, end) - max(turns[n].start, start)) > end - start:
            return n
    return -1


def _touched(document: Document, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The document's units that one of the spans (sorted) touches."""
    begins, ends = list[int](), list[int]()
    for begin, end in spans:
        if ends and begin <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(begin)
            ends.append(end)
    parsed = document.parsed

    def is_touched(unit: int) -> bool:
        last = bisect_left(begins, parsed.unit_ends[unit]) - 1
        return last >= 0 and ends[last] > parsed.unit_starts[unit]

    return list(filter(is_touched, document.units))


def _with_speakers(project: Project, words: Words, lines: Sequence[Line]) -> list[Place]:
    turns: dict[str, list[StoredTurn]] = {}
    found = []
    for line in lines:
        source = words.sources[line.source]
        if line.source not in turns:
            turns[line.source] = queries.turns(project.connection, source)
        number = line.turn
        if source.kind == "article":
            number = _turn_over(turns[line.source], line.start, line.end)
        turn = turns[line.source][number] if number >= 0 else None
        found.append(
            Place(
                line=line,
                source=source,
                speaker=turn.speaker if turn else "",
                role=turn.role if turn else "",
                informant=turn.informant if turn else "",
            )
        )
    return found
