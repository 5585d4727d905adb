"""Answers to reporting checklists: what can be computed from the project, and what the researcher has written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from gettext import ngettext

from exports import labels, method
from exports.checklists.wording import CHECKLISTS, POINTS
from exports.models import Checklist, ChecklistItem, Method
from exports.norwegian import enumeration, long_date, number, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What the answers are computed from; zeros and empty texts give no answer."""

    method: Method
    title: str = ""
    approval: str = ""
    data_class: str = ""
    first: date | None = None
    """Date of the earliest source."""
    last: date | None = None
    modes: tuple[str, ...] = ()
    """How the interviews were held, in the researcher's words: `personlig`, `video`."""
    roles: tuple[tuple[str, int], ...] = ()
    """Sides or levels of the informants, with how many."""
    repeated: int = 0
    """Informants who take part in more than one source."""
    minutes: tuple[int, ...] = ()
    """Length of each recording whose times are known, in minutes."""
    new_codes: tuple[int, ...] = ()
    """Codes met for the first time in each source, in order of date."""
    origins: tuple[tuple[str, int], ...] = ()
    """Codings by how they came about."""
    themes: int = 0
    theme_codes: int = 0
    """Codes under the themes."""
    quotations: int = 0
    participants_shown: bool = False
    """Whether each informant's number stands after the quotation."""
    definitions: int = 0
    """Codes with a definition."""


def filled(name: str, study: Study, written: Mapping[str, str], language: str) -> Checklist:
    """A checklist with what is known. `written` has the researcher's own answers under keys such as `coreq.10`."""
    computed = _coreq(study, language) if name == "coreq" else _srqr(study, language)
    items = []
    for point in POINTS[name]:
        answer, where = computed.get(point.number, ("", ""))
        own = written.get(f"{name}.{point.number}", "").strip()
        items.append(
            ChecklistItem(
                number=str(point.number),
                item=point.words(language),
                reported=" ".join(part for part in (answer, own) if part),
                where=where if answer else _("her") if own else "",
            )
        )
    return Checklist(name=CHECKLISTS[name], items=tuple(items))


def _coreq(study: Study, language: str) -> dict[int, tuple[str, str]]:
    chapter, codebook, here = _("Materiale og metode"), _("Vedlegg: Kodebok"), _("her")
    facts, themes = study.method, _("temakapitlene")
    people = ngettext("{n} informant.", "{n} informanter.", facts.informants)
    return {
        9: (method.approach(facts), chapter),
        12: (people.format(n=number(facts.informants, language)) if facts.informants else "", chapter),
        16: (_sample(study, language), chapter),
        18: (_repeated(study, language), here),
        20: (_field_notes(facts, language), chapter),
        21: (_duration(study, language), here),
        22: (_saturation(study, language), here),
        24: (_coders(facts, language), chapter),
        25: (_tree(study, language), codebook),
        26: (_derivation(study, language), here),
        27: (_software(facts), chapter),
        29: (_quotations(study, language), themes),
        31: (_themes(study, language), themes),
        32: (_minor(study, language), themes),
    }


def _srqr(study: Study, language: str) -> dict[int, tuple[str, str]]:
    chapter, codebook, here = _("Materiale og metode"), _("Vedlegg: Kodebok"), _("her")
    facts = study.method
    ethics = [
        _("Godkjenning: {number}.").format(number=study.approval) if study.approval else "",
        _("Dataklasse: {name}.").format(name=study.data_class) if study.data_class else "",
    ]
    processing = " ".join(filter(None, (_software(facts), _coders(facts, language))))
    return {
        1: (study.title, _("forsiden")),
        5: (method.approach(facts), chapter),
        9: (" ".join(filter(None, ethics)), here),
        10: (_collected(study, language), here),
        12: (method.material(facts, language), chapter),
        13: (processing, chapter),
        14: (" ".join(filter(None, (method.approach(facts), _tree(study, language)))), codebook),
        15: (_("Hver koding og endring står i et revisjonsspor."), here),
        17: (_quotations(study, language), _("temakapitlene")),
    }


def _sample(study: Study, language: str) -> str:
    listed = [f"{role}: {number(n, language)}" for role, n in study.roles]
    return _("Informantene fordeler seg slik: {groups}.").format(groups=enumeration(listed, language)) if listed else ""


def _repeated(study: Study, language: str) -> str:
    if not study.method.informants:
        return ""
    return ngettext(
        "{n} informant er med i mer enn én kilde.", "{n} informanter er med i mer enn én kilde.", study.repeated
    ).format(n=number(study.repeated, language))


def _field_notes(facts: Method, language: str) -> str:
    kept = [labels.sources_of_kind(kind, n, number(n, language)) for kind, n in facts.sources if kind == "notes" and n]
    return _("Materialet har {kinds}.").format(kinds=enumeration(kept, language)) if kept else ""


def _duration(study: Study, language: str) -> str:
    if not study.minutes:
        return ""
    mean = sum(study.minutes) / len(study.minutes)
    return _("{low}–{high} minutter, i snitt {mean} (ut fra tidskodene i {n} av kildene).").format(
        low=number(min(study.minutes), language),
        high=number(max(study.minutes), language),
        mean=number(mean, language),
        n=number(len(study.minutes), language),
    )


_BASE, _RUN = 4, 2


def _saturation(study: Study, language: str) -> str:
    """New codes in the last sources against those of the first, as Guest, Namey and Chen reckon it."""
    if len(study.new_codes) < _BASE + _RUN or not sum(study.new_codes[:_BASE]):
        return ""
    base, last = sum(study.new_codes[:_BASE]), sum(study.new_codes[-_RUN:])
    return ngettext(
        "De {run} siste kildene etter dato ga {new} ny kode mot {base} i de {first} første ({share} prosent).",
        "De {run} siste kildene etter dato ga {new} nye koder mot {base} i de {first} første ({share} prosent).",
        last,
    ).format(
        run=number(_RUN, language),
        new=number(last, language),
        base=number(base, language),
        first=number(_BASE, language),
        share=percent(last / base, language),
    )


def _coders(facts: Method, language: str) -> str:
    if not facts.coders:
        return ""
    return ngettext("{n} person har kodet.", "{n} personer har kodet.", facts.coders).format(
        n=number(facts.coders, language)
    )


def _tree(study: Study, language: str) -> str:
    if not study.method.codes:
        return ""
    return _("Kodeboken har {n} koder, {defined} av dem med definisjon.").format(
        n=number(study.method.codes, language), defined=number(study.definitions, language)
    )


def _derivation(study: Study, language: str) -> str:
    if not study.origins:
        return ""
    listed = [f"{name}: {number(n, language)}" for name, n in study.origins]
    return _("Kodingene kom til slik: {origins}.").format(origins=enumeration(listed, language))


def _software(facts: Method) -> str:
    return _("Kodebenk {version}").format(version=facts.software_version).strip() + "."


def _quotations(study: Study, language: str) -> str:
    if not study.quotations:
        return ""
    shown = ngettext("{n} utdrag, hvert med en id.", "{n} utdrag, hvert med en id.", study.quotations).format(
        n=number(study.quotations, language)
    )
    told = _(
        "Id-en etter hvert utdrag begynner med informantens nummer (eller kildens: K og et tall) og skiller utdrag fra "
        "samme person fra hverandre, hva som enn står i parentesen foran."
    )
    named = _("Informantens nummer står etter sitatet.") if study.participants_shown else ""
    return " ".join(filter(None, (shown, named, told)))


def _themes(study: Study, language: str) -> str:
    if not study.themes:
        return ""
    return ngettext("{n} tema, i hvert sitt kapittel.", "{n} temaer, i hvert sitt kapittel.", study.themes).format(
        n=number(study.themes, language)
    )


def _minor(study: Study, language: str) -> str:
    if not study.theme_codes:
        return ""
    return _("Temaene er bygd av {n} koder, som er talt opp i hvert kapittel.").format(
        n=number(study.theme_codes, language)
    )


def _collected(study: Study, language: str) -> str:
    parts = []
    if study.first is not None and study.last is not None:
        parts.append(
            _("Kildene er datert fra {first} til {last}.").format(
                first=long_date(study.first, language), last=long_date(study.last, language)
            )
        )
    if study.modes:
        parts.append(_("Form: {modes}.").format(modes=enumeration(study.modes, language)))
    return " ".join(parts)
