"""The method paragraph, computed from what the project holds, so that its counts cannot contradict the material."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from gettext import gettext as _
from gettext import ngettext

from exports import labels
from exports.models import CodeCounts, Method, Report
from exports.norwegian import enumeration, number, percent
from exports.quotations import PUBLISHED, is_quotation

Show = Callable[[int], str]


def material(method: Method, language: str) -> str:
    """What the material is, and that it is a part when it is: sources by kind, words, informants, cases; empty of none."""
    return " ".join(_material(method, language, lambda n: number(n, language)))


def coding(method: Method, language: str) -> str:
    """How it was coded: by how many, with what, how much, and how much of it began as a suggestion."""
    return " ".join(_coding(method, language, lambda n: number(n, language)))


def approach(method: Method) -> str:
    """How the material is analysed, in one sentence; empty when nobody has said."""
    name = labels.approach(method.approach)
    return _("Analysen følger {approach}.").format(approach=name) if name else ""


def reproduction(report: Report) -> str:
    """How quotations are printed, as far as the report has any that are not word for word, or sources that are not."""
    excerpts = [excerpt for chapter in report.chapters for excerpt in chapter.excerpts]
    said = []
    if any(excerpt.shown for excerpt in excerpts):
        said.append(
            _(
                "Noen sitater er forkortet, merket [...], eller klargjort, merket [ ]. Id-en etter sitatet leder til "
                "det ordrette."
            )
        )
    others = {excerpt.source_kind for excerpt in excerpts if not is_quotation(excerpt)}
    if not others.isdisjoint(("minutes", "notes")):
        said.append(_("Utdrag fra referater og notater er ikke ordrette og står uten anførselstegn."))
    if not others.isdisjoint(PUBLISHED):
        said.append(_("Utdrag fra rapporter og artikler er ordrette, men står uten anførselstegn."))
    if others.difference(("minutes", "notes"), PUBLISHED):
        said.append(_("Andre utdrag som er merket som ikke ordrette, er gjengitt med skriverens ord."))
    if any(excerpt.voice == "interviewer" for excerpt in excerpts):
        said.append(_("Det intervjueren sier, er merket med det."))
    return " ".join(said)


def counting() -> str:
    """What the report's counts count."""
    return _(
        "Tallene i rapporten teller segmenter (tekststykker med en kode), kilder, informanter og caser. En kilde som "
        "hører til flere caser, telles én gang i hver av dem, men bare én gang i samlede tall."
    )


def theme_counts(total: CodeCounts, language: str) -> str:
    """How much a theme rests on, in one sentence."""
    segments, sources, informants, cases = (
        number(n, language) for n in (total.segments, total.sources, total.informants, total.cases)
    )
    spoken = [
        ngettext("{n} kilde", "{n} kilder", total.sources).format(n=sources),
        ngettext("{n} informant", "{n} informanter", total.informants).format(n=informants),
        ngettext("{n} case", "{n} caser", total.cases).format(n=cases),
    ]
    return ngettext(
        "Temaet har {n} segment, fordelt på {where}.",
        "Temaet har {n} segmenter, fordelt på {where}.",
        total.segments,
    ).format(n=segments, where=enumeration(spoken, language))


def _material(method: Method, language: str, show: Show) -> Iterator[str]:
    kinds = [(kind, count) for kind, count in method.sources if count]
    sources = sum(count for _kind, count in kinds)
    if not sources:
        return
    if method.sources_in_all > sources:
        yield _("Rapporten bygger på en del av materialet i prosjektet: {n} av {all} kilder.").format(
            n=show(sources), all=show(method.sources_in_all)
        )
    listed = [labels.sources_of_kind(kind, count, show(count)) for kind, count in kinds]
    if len(kinds) == 1:
        yield _("Materialet består av {kinds}.").format(kinds=listed[0])
    else:
        yield ngettext(
            "Materialet består av {n} kilde: {kinds}.", "Materialet består av {n} kilder: {kinds}.", sources
        ).format(n=show(sources), kinds=enumeration(listed, language))
    if method.words:
        yield ngettext("Til sammen er det {n} ord.", "Til sammen er det {n} ord.", method.words).format(
            n=show(method.words)
        )
    people = ngettext("{n} informant", "{n} informanter", method.informants).format(n=show(method.informants))
    cases = ngettext("{n} case", "{n} caser", method.cases).format(n=show(method.cases))
    if method.informants and method.cases:
        yield _("Det omfatter {informants} i {cases}.").format(informants=people, cases=cases)
    elif method.informants or method.cases:
        yield _("Det omfatter {what}.").format(what=people if method.informants else cases)


def _coding(method: Method, language: str, show: Show) -> Iterator[str]:
    software = _("Kodebenk {version}").format(version=method.software_version).strip()
    if not method.codings:
        yield _("Ingenting i materialet er kodet ennå.")
        return
    coders = ngettext("{n} person", "{n} personer", method.coders).format(n=show(method.coders))
    codes = ngettext("{n} kode", "{n} koder", method.codes).format(n=show(method.codes))
    if method.coders and method.codes:
        yield _("Materialet er kodet av {coders} i {software}, med en kodebok på {codes}.").format(
            coders=coders, software=software, codes=codes
        )
    elif method.coders:
        yield _("Materialet er kodet av {coders} i {software}.").format(coders=coders, software=software)
    else:
        yield _("Materialet er kodet i {software}.").format(software=software)
    yield ngettext("Det er gjort {n} koding.", "Det er gjort {n} kodinger.", method.codings).format(
        n=show(method.codings)
    )
    yield _suggested(method, language, show)
    sources = sum(count for _kind, count in method.sources)
    if sources and method.finished_sources == sources:
        yield _("Alle kildene er ferdig kodet.")
    elif sources:
        yield ngettext("Ferdig kodet er {done} av {n} kilde.", "Ferdig kodet er {done} av {n} kilder.", sources).format(
            done=show(method.finished_sources), n=show(sources)
        )
    if method.agreement is not None:
        yield _agreement(method, language)


def _suggested(method: Method, language: str, show: Show) -> str:
    if not method.codings_from_suggestions:
        return _("Ingen av kodingene bygger på maskinelle forslag.")
    return _(
        "Av kodingene kom {n} ({share} prosent) fra maskinelle forslag som en koder har vurdert og godtatt."
    ).format(
        n=show(method.codings_from_suggestions),
        share=percent(method.codings_from_suggestions / method.codings, language),
    )


def _agreement(method: Method, language: str) -> str:
    alpha = number(method.agreement or 0.0, language, decimals=3)
    if method.agreement_unit:
        return _("Samsvaret mellom koderne er {alpha} (Krippendorffs alfa, enhet: {unit}).").format(
            alpha=alpha, unit=method.agreement_unit
        )
    return _("Samsvaret mellom koderne er {alpha} (Krippendorffs alfa).").format(alpha=alpha)
