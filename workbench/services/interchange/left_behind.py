"""What a project has that no other tool's file has a place for: by name, why, and where it can be had instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.model import Loss
from workbench.core.entities import Coding, Source
from workbench.services import study
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project
from workbench.store.queries import codes as code_queries
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries import decisions, interchange, memos, sortings, writing
from workbench.store.state import State


def left_behind(project: Project, wanted: Wanted) -> tuple[Loss, ...]:
    """Everything that stays behind, in the order it matters to who takes over."""
    sources = queries.sources(project.connection)
    codings = coding_queries.codings(project.connection)
    return (
        *_of_codings(codings),
        *_of_notes(project, sources, wanted),
        *_of_writing(project),
        *_of_sources(project, sources, wanted),
        *_of_cases(project),
        *codes_left_behind(project),
        *(() if wanted.signals else signals_left_behind(project)),
        *_of_study(project, codings),
    )


def _each(what: str, why: str, names: Iterable[str]) -> Iterator[Loss]:
    """One loss a name, with how often it comes."""
    for name, count in Counter(names).items():
        yield Loss(what=what, name=name, why=why, count=count)


def _of_codings(codings: Sequence[Coding]) -> Iterator[Loss]:
    yield from _each(
        _("Kodinger uten tekst"),
        _("Teksten er redigert bort, eller de venter på plass i en ny tekst. Gi dem plass før du skriver filen."),
        (each.source_name for each in codings if each.start == each.end),
    )
    yield from _each(
        _("Kodinger uten kode"),
        _("Koden er slettet i en annen kopi av prosjektet."),
        (each.source_name for each in codings if not each.slug),
    )
    yield from _each(
        _("Gjengivelse av sitat"),
        _("Hvordan sitatet er forkortet og utdypet for trykk, har ingen plass der. Det står i rapporten."),
        (each.quote or each.source_name for each in codings if each.shown),
    )
    yield from _each(
        _("Omkodinger"),
        _("Hvem som kodet først, går ikke ut; bare den som kodingen står på nå."),
        (each.source_name for each in codings if each.recoded),
    )
    yield from _each(
        _("Opphav"),
        _("At kodinger kom av forslag eller automatisk koding, går ikke ut; de ser ut som kodet for hånd."),
        (each.source_name for each in codings if each.origin in ("suggestion", "autocode")),
    )


def _of_notes(project: Project, sources: Sequence[Source], wanted: Wanted) -> Iterator[Loss]:
    connection = project.connection
    names = {source.id: source.name for source in sources}
    yield from _each(
        _("Merknader uten tekst"),
        _("Teksten de stod ved, er redigert bort, eller de venter på plass."),
        (
            names.get(each.source, "")
            for each in coding_queries.notes(connection)
            if each.end <= each.start or each.source not in names
        ),
    )
    placeless = (
        names.get(memo.target, "")
        for memo in memos.memos(connection, reader=project.coder_id() if wanted.private else "")
        if memo.target_kind == "span" and memo.end <= memo.start
    )
    why = _("Teksten de stod ved, er redigert bort, eller de venter på plass. Memoet er på kilden i filen.")
    yield from (replace(each, mended=True) for each in _each(_("Memoer uten sted"), why, placeless))
    private = interchange.private_memos(connection, but=project.coder_id() if wanted.private else "")
    if private:
        why = _("De er bare for dem som skrev dem, og går ikke ut; dine egne kan tas med.")
        yield Loss(what=_("Private memoer"), name="", why=why, count=private)
    if wanted.private:
        own = sum(memo.private for memo in memos.memos(connection, reader=project.coder_id()))
        if own:
            why = _("De er tatt med, men filen skiller ikke mellom private og delte.")
            yield Loss(what=_("Dine private memoer"), name="", why=why, count=own, mended=True)


def _of_writing(project: Project) -> Iterator[Loss]:
    connection = project.connection
    cases = {case.id: case.name for case in queries.cases(connection)}
    codes = {entry.id: entry.name for entry in code_queries.codes(connection)}
    yield from _each(
        _("Rammematrise"),
        _("Sammenfatningene har ingen plass der. Skriv rammematrisen ut for seg."),
        (
            " · ".join(filter(None, (cases.get(cell.case, ""), codes.get(cell.code, ""), cell.wave)))
            for cell in writing.cells(connection)
        ),
    )
    yield from _each(
        _("Sorteringer"),
        _("Sorteringene og valgene i dem går ikke ut; det de har ført til av koding, gjør."),
        (codes.get(each.code, "") for each in sortings.sortings(connection)),
    )
    there = {*interchange.identities(connection), *(("code", code) for code in code_queries.aliases(connection))}
    yield from _each(
        _("Koblinger"),
        _("Det ene de binder sammen, er slettet."),
        (
            each.name
            for each in interchange.links(connection)
            if not {(each.origin_kind, each.origin), (each.target_kind, each.target)} <= there
        ),
    )
    yield from _each(
        _("Kommentarer fra lesere"),
        _("Lesernes kommentarer og svarene på dem går ikke ut."),
        (each.reader for each in writing.comments(connection)),
    )
    named = {entry.slug: entry.name for entry in code_queries.codes(connection)}
    for (slug, verdict), count in decisions.verdicts(connection).items():
        if verdict == "rejected":
            why = _("Hvilke forslag som er avvist, går ikke ut.")
            yield Loss(what=_("Avviste forslag"), name=named.get(slug, ""), why=why, count=count)


def _of_sources(project: Project, sources: Sequence[Source], wanted: Wanted) -> Iterator[Loss]:
    connection = project.connection
    names = {source.id: source.name for source in sources}
    kept = interchange.kept_originals(connection)
    yield from _each(
        _("Lesestatus"),
        _("Hvem som har lest hva og er ferdig, går ikke ut."),
        (
            names.get(source, "")
            for (source, _coder), status in coding_queries.reading_statuses(connection).items()
            if status != "not-read"
        ),
    )
    yield from (
        Loss(what=_("Eldre tekst"), name=source.name, why=_("Bare den gjeldende teksten går ut."), count=older)
        for source in sources
        if (older := source.version_number - 1) > 0
    )
    yield from _each(
        _("Originalfil"),
        _("Filen som teksten er lest fra, går ikke ut; teksten gjør det."),
        (source.name for source in sources if source.original in kept and not gives_original(source, wanted)),
    )
    yield from _each(
        _("Merkede felt"),
        _("At feltet er åpnet eller stengt for koding, eller sett på, går ikke ut; merket gjør det."),
        (
            names.get(each.source, "")
            for each in interchange.regions(connection)
            if each.seen or each.codable != _usually_codable(each.kind)
        ),
    )


def gives_original(source: Source, wanted: Wanted) -> bool:
    """Whether the file a source was read from goes along: an older text's file may hold what has been masked since."""
    return wanted.originals and source.version_number == 1


def _usually_codable(kind: str) -> bool:
    return kind == "doubtful"


def _of_cases(project: Project) -> Iterator[Loss]:
    cases = queries.cases(project.connection)
    yield from _each(
        _("Trukket case"),
        _("At casen har trukket seg, går ikke ut, men kildene dens gjør. Hold dem utenfor med --no-withdrawn."),
        (case.name for case in cases if case.withdrawn),
    )
    kinds: dict[str, set[type]] = {}
    for case in cases:
        for name, value in case.attributes.items():
            if value is not None:
                kinds.setdefault(name, set()).add(type(value))
    mixed = (name for name, found in kinds.items() if len(found) > 1 and not found <= {int, float})
    why = _("Verdiene er av ulike slag hos ulike caser, og er alle skrevet som tekst.")
    yield from (replace(each, mended=True) for each in _each(_("Opplysning av ulike slag"), why, mixed))
    yield from _each(
        _("Opplysning uten verdi"),
        _("Ingen case har noen verdi for den."),
        (name for name in dict.fromkeys(name for case in cases for name in case.attributes) if name not in kinds),
    )


def codes_left_behind(project: Project) -> Iterator[Loss]:
    """What codes were called that are now a part of others."""
    yield from _each(
        _("Sammenslåtte koder"),
        _("Navn og definisjon fra før koden ble slått sammen med en annen, går ikke ut; kodingene gjør."),
        (row["name"] for row in State(project.connection, "", "", "").rows("code", status="merged")),
    )


def signals_left_behind(project: Project) -> Iterator[Loss]:
    """The codes whose signals stay here."""
    told = code_queries.signals_of(project.connection)
    yield from _each(
        _("Signaler for forslag"),
        _("Reglene som gir forslag, går ikke ut. Skriv kodeboken som YAML for å få dem med."),
        (
            entry.name
            for entry in code_queries.codes(project.connection)
            if told.get(entry.slug) not in (None, "", "[]")
        ),
    )


def _of_study(project: Project, codings: Sequence[Coding]) -> Iterator[Loss]:
    connection = project.connection
    numbered = sum(bool(each.quote) for each in codings)
    if numbered:
        why = _("Numre som I03-042 går ikke ut; skriv en liste over utdrag for å ha dem.")
        yield Loss(what=_("Sitatnumre"), name="", why=why, count=numbered)
    yield from _each(
        _("Skrevet rapport"),
        _("Hva rapporten bygde på, går ikke ut; rapporten selv er en egen fil."),
        (report.title for report in writing.reports(connection)),
    )
    yield from _each(
        _("Om studien"),
        _("Opplysningene om studien går ikke ut."),
        (entry.words for entry in study.entries(project) if entry.value and entry.key != "title"),
    )
    if queries.project_facts(connection).approach:
        why = _("Opplysningene om studien går ikke ut.")
        yield Loss(what=_("Om studien"), name=_("Tilnærming"), why=why)
    changes = interchange.number_of_changes(connection)
    why = _("Journalen over hvem som gjorde hva når, går ikke ut. Ta vare på prosjektfilen.")
    yield Loss(what=_("Revisjonsspor"), name="", why=why, count=changes)
