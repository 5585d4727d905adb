"""Looking a report over before it is written: what in it could tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Literal

from exports import models
from exports.norwegian import enumeration, sort_key
from exports.quotations import unite
from workbench import language
from workbench.core.identifying import (
    RISK_KINDS,
    SEVERITIES,
    Crowd,
    Person,
    Printed,
    RiskKind,
    Severity,
    Trace,
    crowds,
    merged,
    traces,
)
from workbench.services import study
from workbench.services.retrieval import Excerpt
from workbench.store.project import Project
from workbench.store.queries import corpus as queries

Where = Literal["quote", "theme", "code", "study"]
"""What a risk stands in: a quotation, or what is written of a theme, a code or the study."""
_WORD = re.compile(r"[^\W\d_][\w-]*")
_CALLED_NATIONAL = re.compile(
    r"(?i)\b(?:(?:fødsels|person|identitets|d-)(?:nummer|nr)|fnr)[^\W\d]*\D{0,40}(\d(?:[ .-]?\d){10})(?!\d)"
)
"""Eleven digits soon after a word for a national number."""
_SHORTEST = 5
"""Letters of a case's name from which a longer word that begins with it is likely to be made of it."""
Found = Sequence[tuple[int, int, str]]
"""(start, end, label) of what may be names in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One thing in a report that could identify somebody, and where to look at it."""

    kind: RiskKind
    severity: Severity
    text: str
    """What it is, in the interface's language."""
    words: str
    """The words that are printed, or the attribution."""
    quote: str
    """Quote id of the (first) place; empty for what stands elsewhere than in a quotation."""
    coding: str
    """Id of its coding, or empty."""
    source: str
    """Id of the source to go to, or empty."""
    start: int
    end: int
    quotes: tuple[str, ...]
    """Every quotation it holds for."""
    where: Where = "quote"


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that will be printed, with where they come from."""

    text: str
    about: str
    """What it is, for what is no quotation: the title, an essence."""
    printed: Printed | None
    verbatim: str
    """The stored text of the place, which may be more than what is printed."""
    given: tuple[str, ...]
    """Names of cases that are printed beside it anyway."""
    where: Where = "quote"
    read: bool = True
    """Whether to look for names in it that no rule knows."""


def risks_in(
    project: Project, report: models.Report, found: Sequence[Excerpt], *, masked: bool, names: bool = True
) -> list[Risk]:
    """What in a report could identify somebody, the worst first.

    Args:
        project: whose informants there are, quoted or not.
        report: as it will be printed.
        found: the printed excerpts, as the project knows them.
        masked: whether the report promises to name no case.
        names: whether to read the printed words for names; loading what reads them takes some seconds.
    """
    own = {each.coding.id: each for each in found}
    printed = _printed(report, own, masked=masked)
    everybody = _everybody(project)
    smallest = study.smallest_group(study.facts_of(project))
    risks = [_of_crowd(crowd) for crowd in crowds(list(printed.values()), everybody, smallest)]
    cases = [case.name for case in queries.cases(project.connection)]
    risks += _ids_with_numbers(report, printed)
    risks += _roles_named(report, printed, everybody)
    texts = list(_texts(report, printed, own, masked=masked))
    # The codebook and the checklists are long and written by the lead: their names are looked for by rule alone.
    named = _names([each.text if each.read else "" for each in texts]) if names else [()] * len(texts)
    for said, met in zip(texts, named, strict=True):
        risks += _of_words(said, met, cases, masked=masked)
    return sorted(
        risks, key=lambda each: (SEVERITIES.index(each.severity), RISK_KINDS.index(each.kind), sort_key(each.quote))
    )


def kind_words(kind: RiskKind) -> str:
    """What a kind of risk is called in a list."""
    words: Mapping[RiskKind, str] = {
        "role": _("rolle"),
        "combination": _("kjennetegn"),
        "group": _("liten gruppe"),
        "name": _("navn"),
        "place": _("sted"),
        "organisation": _("virksomhet"),
        "case": _("case"),
        "contact": _("kontakt"),
        "birth": _("fødsel"),
    }
    return words[kind]


def severity_words(severity: Severity) -> str:
    """How bad a risk is, in a word."""
    words: Mapping[Severity, str] = {"high": _("høy"), "medium": _("middels"), "low": _("lav")}
    return words[severity]


def _everybody(project: Project) -> list[Person]:
    """Every informant, with the cases they are in and those of the sources they speak in."""
    cases: dict[str, set[str]] = {}
    for source in queries.sources(project.connection):
        for number in source.informants:
            cases.setdefault(number, set()).update(source.cases)
    return [
        Person(
            number=each.number,
            role=each.role,
            level=each.level,
            side=each.side,
            cases=frozenset(cases.get(each.number, set()) | set(each.cases)),
        )
        for each in queries.informants(project.connection)
    ]


def _printed(report: models.Report, own: Mapping[str, Excerpt], *, masked: bool) -> dict[str, Printed]:
    """Each printed place by its coding's id, with what stands after it; who speaks is told by the stored excerpt."""
    shown = [
        each for each in report.attribution if each not in ("informant", "wave") and not (masked and each == "case")
    ]
    found = {}
    for chapter in report.chapters:
        for passage in unite(chapter.excerpts):
            excerpt = passage.excerpt
            known = own[excerpt.id]
            informant = known.informant
            values = {
                "case": "/".join(known.source.cases),
                "role": informant.role if informant else "",
                "level": informant.level if informant else "",
                "side": informant.side if informant else "",
            }
            found[excerpt.id] = Printed(
                coding=excerpt.id,
                quote=excerpt.quote_id,
                source=excerpt.source,
                start=excerpt.start,
                end=excerpt.end,
                informant=informant.number if informant else "",
                cases=known.source.cases,
                attributes=tuple((name, values[name]) for name in shown if values[name]),
            )
    return found


def _ids_with_numbers(report: models.Report, printed: Mapping[str, Printed]) -> Iterator[Risk]:
    """The ids after the quotations, once, where they give the number that the attribution leaves out."""
    if "informant" in report.attribution:
        return
    met = {
        place.quote: place
        for place in printed.values()
        if place.informant and place.quote.startswith(f"{place.informant}-")
    }
    if not met:
        return
    quotes = tuple(sorted(met, key=sort_key))
    first = met[quotes[0]]
    yield Risk(
        kind="combination",
        severity="low",
        text=_(
            "Sitat-id-ene begynner med informantens nummer, som {quote}. De trengs for å finne tilbake til stedet, men "
            "leseren ser hvilke sitater som er fra samme person."
        ).format(quote=first.quote),
        words=first.quote,
        quote=first.quote,
        coding=first.coding,
        source=first.source,
        start=first.start,
        end=first.end,
        quotes=quotes,
    )


def _of_crowd(crowd: Crowd) -> Risk:
    first = crowd.places[0]
    label = ", ".join(value for _name, value in crowd.attributes) or first.informant
    people = _listed(_person(each) for each in crowd.people)
    if crowd.kind == "group":
        text = ngettext(
            "«{label}» passer bare på {n} informant: {people}.",
            "«{label}» passer bare på {n} informanter: {people}.",
            len(crowd.people),
        ).format(label=label, n=len(crowd.people), people=people)
        if crowd.alone:
            alone = _listed(each.role for each in crowd.alone)
            text += " " + _("Alene om rollen sin i casen: {roles}.").format(roles=alone)
    elif crowd.severity == "low":
        text = _(
            "{people} er alene om rollen sin i {cases}. Leseren kan kjenne igjen personen om rollen nevnes."
        ).format(people=people, cases=_listed(first.cases) or _("materialet"))
    else:
        text = _("«{label}» peker ut én informant: {people}.").format(label=label, people=people)
    return Risk(
        kind=crowd.kind,
        severity=crowd.severity,
        text=text,
        words=label,
        quote=first.quote,
        coding=first.coding,
        source=first.source,
        start=first.start,
        end=first.end,
        quotes=tuple(sorted({each.quote for each in crowd.places}, key=sort_key)),
    )


def _roles_named(report: models.Report, printed: Mapping[str, Printed], everybody: Sequence[Person]) -> Iterator[Risk]:
    """Quotations with the title of somebody who is alone with it in the case, where the report does not print titles."""
    if "role" in report.attribution:
        return
    shown = [each for chapter in report.chapters for each in chapter.excerpts if each.id in printed]
    # A place that two themes share is printed twice and told of once.
    for excerpt in {(each.source, each.start, each.end): each for each in shown}.values():
        place = printed[excerpt.id]
        for person in everybody:
            where = [case for case in place.cases if _alone(person, case, everybody)]
            said = _titled(person.role).search(excerpt.printed) if where else None
            if said is None:
                continue
            told = _(
                "{people} er alene om rollen sin i {cases}. Leseren kan kjenne igjen personen om rollen nevnes."
            ).format(people=_person(person), cases=_listed(where))
            inside = excerpt.text.find(said.group())
            start = place.start + inside if inside >= 0 else place.start
            yield Risk(
                kind="role",
                severity="medium",
                text=f"«{said.group()}»: {told}",
                words=said.group(),
                quote=place.quote,
                coding=place.coding,
                source=place.source,
                start=start,
                end=start + len(said.group()) if inside >= 0 else place.end,
                quotes=(place.quote,),
            )


def _alone(person: Person, case: str, everybody: Sequence[Person]) -> bool:
    """Whether nobody else in the case has the person's role."""
    holders = [each for each in everybody if case in each.cases and each.role.casefold() == person.role.casefold()]
    return bool(person.role) and holders == [person]


def _titled(role: str) -> re.Pattern[str]:
    """A role as it may stand in a sentence, in the definite form and the genitive too."""
    return re.compile(rf"(?i)\b{re.escape(role)}(?:en|n|a|et)?s?\b")


def _listed(items: Iterable[str]) -> str:
    """The items as a sentence in the interface's language lists them."""
    return enumeration(list(items), language.current())


def _person(person: Person) -> str:
    return f"{person.number} ({person.role})" if person.role else person.number


def _texts(
    report: models.Report, printed: Mapping[str, Printed], own: Mapping[str, Excerpt], *, masked: bool
) -> Iterator[_Said]:
    """Everything in the report that somebody has said or written, with what it is."""
    shows_case = "case" in report.attribution and not masked
    told = set[tuple[str, int, int]]()
    for chapter in report.chapters:
        for excerpt in chapter.excerpts:
            place = printed.get(excerpt.id)
            if place is None or (place.source, place.start, place.end) in told:
                continue
            told.add((place.source, place.start, place.end))
            given = own[excerpt.id].source.cases if shows_case else ()
            yield _Said(excerpt.printed, "", place, excerpt.text, given)
            if report.show_questions and excerpt.question:
                yield _Said(excerpt.question, _("spørsmålet foran {quote}").format(quote=place.quote), place, "", given)
        yield _Said(chapter.essence, _("essensen i «{theme}»").format(theme=chapter.title), None, "", (), "theme")
        yield _Said(chapter.title, _("temaet «{theme}»").format(theme=chapter.title), None, "", (), "theme")
    yield _Said(report.title, _("tittelen"), None, "", (), "study")
    if report.project != report.title:
        yield _Said(report.project, _("prosjektets tittel"), None, "", (), "study")
    yield _Said(report.caveat, _("forbeholdet"), None, "", (), "study")
    for code in report.codebook or ():
        words = "\n".join((code.name, code.brief, code.definition, code.when, code.when_not, *code.examples))
        yield _Said(words, _("koden «{code}» i vedlegget").format(code=code.name), None, "", (), "code", read=False)
    for checklist in report.checklists:
        words = "\n".join(item.reported for item in checklist.items)
        yield _Said(words, _("sjekklisten {name}").format(name=checklist.name), None, "", (), "study", read=False)


def _names(texts: Sequence[str]) -> Sequence[Found]:
    """What may be names in each text, all read at once; a text that has been read before is not read again."""
    known = {text: _read[text] for text in texts if text in _read}
    missing = list(dict.fromkeys(text for text in texts if text.strip() and text not in known))
    if missing:
        from nlp.names import names_in

        for text, found in zip(missing, names_in(missing), strict=True):
            known[text] = tuple((name.start, name.end, name.label) for name in found)
        if len(_read) > _KEPT:
            _read.clear()
        _read.update(known)
    return [known.get(text, ()) for text in texts]


_KEPT = 5_000
_read: dict[str, Found] = {}
"""Texts that have been read for names since the program started: a list that is looked at again is there at once."""
_KINDS: Mapping[str, tuple[RiskKind, Severity]] = {
    "PER": ("name", "high"),
    "GPE_LOC": ("place", "medium"),
    "GPE_ORG": ("place", "medium"),
    "LOC": ("place", "medium"),
    "ORG": ("organisation", "low"),
}


def _of_words(said: _Said, names: Found, cases: Sequence[str], *, masked: bool) -> Iterator[Risk]:
    """What the words of a text could give away; the names of cases that are printed beside it are no news."""
    hidden = [case for case in cases if case not in said.given]
    own = [(each.start, each.end) for each in traces(said.text, cases=said.given) if each.kind == "case"]
    found = traces(said.text, cases=hidden, masked=masked)
    # What is written of the study itself names its places on purpose, unless the report promises not to.
    if said.printed is None:
        found = [each for each in found if each.kind not in ("place", "case") or masked]
    more = [
        Trace(*_KINDS[label], start, end)
        for start, end, label in names
        if label in _KINDS and said.text[start].isupper()
    ]
    if said.printed is None:
        more = [each for each in more if each.kind == "name"]
    found += _made_of(said.text, hidden) if masked else ()
    found += _called_national(said.text)
    # The project knows its cases; what reads for names may take one for a person.
    known = [each for each in found if each.kind == "case"]
    more = [each for each in more if not any(each.start < case.end and case.start < each.end for case in known)]
    met: dict[tuple[RiskKind, str], Trace] = {}
    for trace in merged(found, more):
        if not any(trace.start < end and start < trace.end for start, end in own):
            met.setdefault((trace.kind, said.text[trace.start : trace.end].casefold()), trace)
    for trace in met.values():
        yield _of_trace(said, trace)


def _made_of(text: str, cases: Iterable[str]) -> Iterator[Trace]:
    """Words that begin with a case's own name: those who live there, and what is called after it."""
    own = {word.casefold() for case in cases for word in _WORD.findall(case) if len(word) >= _SHORTEST}
    own -= {"kommune", "kommunen", "bydel", "bydelen", "fylke", "fylkeskommune", "region"}
    for each in _WORD.finditer(text):
        word = each.group().casefold()
        if any(word.startswith(name) and word.removesuffix("s") != name for name in own):
            yield Trace("case", "high", each.start(), each.end())


def _called_national(text: str) -> Iterator[Trace]:
    """Eleven digits that the words before call a national number, though they may not add up: misheard, or mistyped."""
    for called in _CALLED_NATIONAL.finditer(text):
        yield Trace("birth", "medium", *called.span(1))


def _of_trace(said: _Said, trace: Trace) -> Risk:
    words = said.text[trace.start : trace.end]
    place = said.printed
    where = said.about or (place.quote if place else "")
    texts: Mapping[RiskKind, str] = {
        "name": _("«{words}» i {where} kan være navnet på en person."),
        "place": _("«{words}» i {where} kan være et sted."),
        "organisation": _("«{words}» i {where} kan være en virksomhet."),
        "case": _("«{words}» i {where} er navnet på en case."),
        "contact": _("«{words}» i {where} ser ut som telefon eller e-post."),
        "birth": _("«{words}» i {where} ser ut som fødselsdato eller fødselsnummer."),
    }
    start, end = (place.start, place.end) if place else (0, 0)
    inside = said.verbatim.find(words) if place else -1
    if inside >= 0:
        start, end = start + inside, start + inside + len(words)
    return Risk(
        kind=trace.kind,
        severity=trace.severity,
        text=texts[trace.kind].format(words=words, where=where),
        words=words,
        quote=place.quote if place else "",
        coding=place.coding if place else "",
        source=place.source if place else "",
        start=start,
        end=end,
        quotes=(place.quote,) if place else (),
        where=said.where,
    )


def counts(risks: Iterable[Risk]) -> dict[Severity, int]:
    """How many risks there are of each severity."""
    found = [risk.severity for risk in risks]
    return {severity: found.count(severity) for severity in SEVERITIES}
