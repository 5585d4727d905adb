"""A coded corpus as flat tables for analysis elsewhere: codes, cases, sources, turns, codings, memos, and what ties them.

Table names and column keys are English and never change; titles say what each column is. Empty texts of ids and times are
unknown, so NULL. All offsets are half-open code points in the `text` of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from gettext import gettext as _

from exports.interchange.model import Bundle, CodingItem, SourceItem
from exports.models import Cell, Column, Table

VIEWS: Mapping[str, str] = {
    "coded_excerpts": """
SELECT codings.id AS coding_id, codes.name AS code, codes.path AS code_path, codings.text AS text, sources.name AS source,
    sources.kind AS source_kind, sources.wave AS wave, coders.name AS coder, informants.name AS informant,
    informants.role AS role, informants.level AS level, informants.side AS side,
    (SELECT group_concat(name, '; ') FROM (SELECT cases.name AS name FROM source_cases JOIN cases
        ON cases.id = source_cases.case_id WHERE source_cases.source_id = sources.id ORDER BY cases.name)) AS cases,
    turns.speaker AS speaker, turns.time_ms AS time_ms, codings.star AS star, codings.assessment AS assessment,
    codings.created AS created, codings.source_id AS source_id, codings.code_id AS code_id, codings.coder_id AS coder_id,
    codings.start_offset AS start_offset, codings.end_offset AS end_offset
FROM codings
LEFT JOIN codes ON codes.id = codings.code_id
LEFT JOIN sources ON sources.id = codings.source_id
LEFT JOIN coders ON coders.id = codings.coder_id
LEFT JOIN turns ON turns.id = codings.turn_id
LEFT JOIN informants ON informants.id = turns.informant_id""",
    "code_counts": """
SELECT codes.id AS code_id, codes.name AS code, codes.path AS code_path, count(codings.id) AS codings,
    count(DISTINCT codings.source_id) AS sources, count(DISTINCT codings.coder_id) AS coders
FROM codes LEFT JOIN codings ON codings.code_id = codes.id
GROUP BY codes.id ORDER BY codes.position""",
}
"""What most want to see, for `exports.flat_database.render_sqlite`."""


def flat_tables(bundle: Bundle) -> tuple[Table, ...]:
    """The tables of a project, always all of them, empty or not."""
    return (
        _project(bundle),
        _coders(bundle),
        _codes(bundle),
        _cases(bundle),
        _informants(bundle),
        _pairs("informant_cases", "informant_id", "case_id", _informant_cases(bundle)),
        _values(bundle),
        _sources(bundle),
        _pairs("source_cases", "source_id", "case_id", _members(bundle, "case")),
        _pairs("source_informants", "source_id", "informant_id", _members(bundle, "informant")),
        _turns(bundle),
        _codings(bundle),
        _memos(bundle),
        _themes(bundle),
        _pairs("theme_codes", "theme_id", "code_id", _theme_codes(bundle)),
        _pairs("theme_codings", "theme_id", "coding_id", _theme_codings(bundle)),
        _regions(bundle),
        _links(bundle),
        _surveys(bundle),
        _questions(bundle),
        _answers(bundle),
    )


def _table(name: str, columns: Mapping[str, str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    made = tuple(Column(key=key, title=title) for key, title in columns.items())
    return Table(name=name, columns=made, rows=tuple(rows))


def _project(bundle: Bundle) -> Table:
    columns = {
        "id": _("Prosjektets id"),
        "title": _("Prosjektets tittel"),
        "description": _("Beskrivelse"),
        "created": _("Opprettet (UTC)"),
        "written_by": _("Programmet som skrev filen"),
    }
    return _table(
        "project", columns, [(bundle.guid, bundle.title, bundle.description, bundle.created or None, bundle.tool)]
    )


def _coders(bundle: Bundle) -> Table:
    columns = {"id": _("Koderens id"), "name": _("Koderens navn")}
    return _table("coders", columns, ((each.guid, each.name) for each in bundle.people))


def _codes(bundle: Bundle) -> Table:
    columns = {
        "id": _("Kodens id"),
        "slug": _("Kortnavn"),
        "name": _("Navn"),
        "name_en": _("Navn på engelsk"),
        "parent_id": _("Overkode"),
        "path": _("Navnene fra øverste kode ned til koden selv"),
        "depth": _("Nivå, 0 øverst"),
        "position": _("Plass i kodeboken, fra 1"),
        "colour": _("Farge, #rrggbb"),
        "codable": _("1 for koder, 0 for mapper"),
        "retired": _("1 når koden er ute av bruk"),
        "brief": _("Kort definisjon"),
        "definition": _("Definisjon"),
        "when_to_use": _("Når koden brukes"),
        "when_not_to_use": _("Når koden ikke brukes"),
        "examples": _("Eksempler, ett på hver linje"),
    }
    rows: list[tuple[Cell, ...]] = []
    places: dict[str, tuple[str, int]] = {}
    for position, code in enumerate(bundle.codes, 1):
        above, depth = places.get(code.parent, ("", -1))
        path = f"{above} > {code.name}" if above else code.name
        places[code.guid] = path, depth + 1
        named = (code.guid, code.slug, code.name, code.name_en, code.parent or None, path, depth + 1, position)
        said = (code.brief, code.definition, code.when, code.when_not, "\n".join(code.examples))
        rows.append((*named, code.colour, code.codable, code.retired, *said))
    return _table("codes", columns, rows)


def _cases(bundle: Bundle) -> Table:
    columns = {
        "id": _("Casens id"),
        "name": _("Casens navn"),
        "type": _("Hva slags case"),
        "parent_id": _("Casen den ligger i"),
        "description": _("Beskrivelse"),
    }
    cases = (each for each in bundle.cases if each.kind == "case")
    return _table("cases", columns, ((c.guid, c.name, c.type, c.parent or None, c.description) for c in cases))


def _informants(bundle: Bundle) -> Table:
    columns = {
        "id": _("Informantens id"),
        "name": _("Pseudonym"),
        "role": _("Rolle"),
        "level": _("Nivå i organisasjonen"),
        "side": _("Side"),
        "description": _("Beskrivelse"),
    }
    people = (each for each in bundle.cases if each.kind == "informant")
    return _table("informants", columns, ((p.guid, p.name, p.role, p.level, p.side, p.description) for p in people))


def _values(bundle: Bundle) -> Table:
    columns = {
        "owner_id": _("Id til casen eller informanten"),
        "variable": _("Hva det er en opplysning om"),
        "type": _("Type"),
        "value": _("Verdi som tekst"),
        "number": _("Verdi som tall, når den er det"),
    }
    known = {each.guid: each for each in bundle.variables}
    rows: list[tuple[Cell, ...]] = []
    for case in bundle.cases:
        for guid, value in case.values.items():
            variable = known.get(guid)
            name, kind = (variable.name, variable.type) if variable is not None else (guid, "text")
            number = float(value) if isinstance(value, (bool, int, float)) else None
            rows.append((case.guid, name, kind, str(value), number))
    return _table("attribute_values", columns, rows)


def _sources(bundle: Bundle) -> Table:
    columns = {
        "id": _("Kildens id"),
        "name": _("Kildens navn"),
        "kind": _("Kildetype"),
        "title": _("Tittel"),
        "publisher": _("Utgiver"),
        "date": _("Dato"),
        "wave": _("Bølge"),
        "mode": _("Hvordan intervjuet ble holdt"),
        "language": _("Språk"),
        "folder": _("Mappe"),
        "file_name": _("Filen teksten er lest fra"),
        "verbatim": _("1 når teksten er ordrett"),
        "description": _("Beskrivelse"),
        "created": _("Opprettet (UTC)"),
        "characters": _("Antall tegn"),
        "text": _("Hele teksten"),
    }
    rows: list[tuple[Cell, ...]] = []
    for each in bundle.sources:
        named = (each.guid, each.name, each.kind, each.title, each.publisher, each.date or None)
        placed = (each.wave, each.mode, each.language, each.folder, each.file_name)
        rows.append((*named, *placed, each.verbatim, each.description, each.created or None, len(each.text), each.text))
    return _table("sources", columns, rows)


def _turns(bundle: Bundle) -> Table:
    columns = {
        "id": _("Replikkens id"),
        "source_id": _("Kilde"),
        "number": _("Nummer i kilden, fra 1"),
        "speaker": _("Taleren som det står i teksten"),
        "informant_id": _("Informanten som taler"),
        "role": _("Talerens rolle i intervjuet"),
        "start_offset": _("Første tegn i kildens tekst"),
        "end_offset": _("Ett forbi siste tegn"),
        "label_offset": _("Der replikkens linje begynner, med taler og tid"),
        "time_ms": _("Tid i opptaket, millisekunder"),
        "text": _("Det som er sagt"),
    }
    rows: list[tuple[Cell, ...]] = []
    for source in bundle.sources:
        for number, turn in enumerate(source.turns or (), 1):
            place = (turn.start, turn.end, turn.label_start, turn.start_ms, source.text[turn.start : turn.end])
            who = (turn.speaker, source.speakers.get(turn.speaker), turn.role)
            rows.append((_turn_id(source, number), source.guid, number, *who, *place))
    return _table("turns", columns, rows)


def _codings(bundle: Bundle) -> Table:
    columns = {
        "id": _("Kodingens id"),
        "source_id": _("Kilde"),
        "code_id": _("Kode"),
        "coder_id": _("Koder"),
        "turn_id": _("Replikken den begynner i"),
        "start_offset": _("Første tegn i kildens tekst"),
        "end_offset": _("Ett forbi siste tegn"),
        "text": _("Utdraget"),
        "created": _("Kodet (UTC)"),
        "star": _("1 for utvalgte sitater"),
        "assessment": _("Vurdering"),
    }
    sources = {each.guid: each for each in bundle.sources}
    labels = {each.guid: [turn.label_start for turn in each.turns or ()] for each in bundle.sources}
    rows: list[tuple[Cell, ...]] = []
    for coding in bundle.codings:
        source = sources.get(coding.source)
        text = "" if source is None else source.text[coding.start : coding.end]
        turn = None if source is None else _turn_of(source, labels[source.guid], coding)
        who = (coding.guid, coding.source, coding.code, coding.coder or None, turn)
        rows.append((*who, coding.start, coding.end, text, coding.created or None, coding.star, coding.assessment))
    return _table("codings", columns, rows)


def _memos(bundle: Bundle) -> Table:
    columns = {
        "id": _("Memoets id"),
        "kind": _("Memo, merknad, dagbok eller fortettet tekst"),
        "title": _("Tittel"),
        "text": _("Memoets tekst"),
        "target_kind": _("Hva det er om"),
        "target_id": _("Id til det det er om"),
        "start_offset": _("Første tegn, når det er om et sted i teksten"),
        "end_offset": _("Ett forbi siste tegn"),
        "author_id": _("Hvem som skrev det"),
        "created": _("Skrevet (UTC)"),
        "modified": _("Endret (UTC)"),
        "day": _("Dagen en dagboknotis er om"),
    }
    rows: list[tuple[Cell, ...]] = []
    for each in bundle.notes:
        place = (each.start, each.end) if each.target_kind == "passage" else (None, None)
        said = (each.guid, each.kind, each.title, each.text, each.target_kind, each.target or None)
        when = (each.created or None, each.modified or None, each.day or None)
        rows.append((*said, *place, each.creator or None, *when))
    return _table("memos", columns, rows)


def _themes(bundle: Bundle) -> Table:
    columns = {
        "id": _("Temaets id"),
        "name": _("Navn"),
        "kind": _("Tema, eller tomt for andre grupper av koder"),
        "status": _("Kandidat eller endelig"),
        "description": _("Hva temaet sier"),
    }
    sets = (each for each in bundle.sets if each.kind == "theme" or each.codes or each.codings)
    return _table("themes", columns, ((s.guid, s.name, s.kind, s.status, s.description) for s in sets))


def _regions(bundle: Bundle) -> Table:
    columns = {
        "source_id": _("Kilde"),
        "kind": _("Hva slags felt"),
        "start_offset": _("Første tegn i kildens tekst"),
        "end_offset": _("Ett forbi siste tegn"),
        "note": _("Hvorfor det er merket"),
    }
    rows = ((each.guid, r.kind, r.start, r.end, r.note) for each in bundle.sources for r in each.regions)
    return _table("regions", columns, rows)


def _links(bundle: Bundle) -> Table:
    columns = {
        "id": _("Koblingens id"),
        "name": _("Navn"),
        "origin_id": _("Id til det den går fra"),
        "target_id": _("Id til det den går til"),
        "direction": _("Retning"),
    }
    return _table(
        "links", columns, ((each.guid, each.name, each.origin, each.target, each.direction) for each in bundle.links)
    )


def _surveys(bundle: Bundle) -> Table:
    columns = {
        "id": _("Undersøkelsens id"),
        "title": _("Tittel"),
        "file_name": _("Filen svarene er lest fra"),
        "mapping": _("Hva hver kolonne er, som YAML"),
    }
    return _table(
        "surveys", columns, ((each.guid, each.title, each.file_name, each.mapping) for each in bundle.surveys)
    )


def _questions(bundle: Bundle) -> Table:
    columns = {
        "survey_id": _("Undersøkelse"),
        "question": _("Spørsmålets nøkkel"),
        "wording": _("Spørsmålet"),
        "base": _("Hvem som ble spurt"),
        "condition": _("Vilkår for å bli spurt"),
        "asked": _("Hvor mange som ble spurt"),
    }
    rows = ((s.guid, q.key, q.wording, q.base, q.condition, q.asked) for s in bundle.surveys for q in s.questions)
    return _table("survey_questions", columns, rows)


def _answers(bundle: Bundle) -> Table:
    columns = {
        "source_id": _("Kilde"),
        "survey_id": _("Undersøkelse"),
        "question": _("Spørsmålets nøkkel"),
        "start_offset": _("Første tegn i kildens tekst"),
        "end_offset": _("Ett forbi siste tegn"),
        "text": _("Svaret"),
        "number": _("Svaret som tall, når det er det"),
    }
    rows: list[tuple[Cell, ...]] = []
    for source in bundle.sources:
        for each in source.answers:
            text = source.text[each.start : each.end]
            rows.append((source.guid, each.survey or None, each.question, each.start, each.end, text, each.value))
    return _table("answers", columns, rows)


def _pairs(name: str, first: str, second: str, pairs: Iterable[tuple[str, str]]) -> Table:
    titles = {
        "informant_id": _("Informant"),
        "case_id": _("Case"),
        "source_id": _("Kilde"),
        "theme_id": _("Tema"),
        "code_id": _("Kode"),
        "coding_id": _("Koding"),
    }
    return _table(name, {first: titles[first], second: titles[second]}, dict.fromkeys(pairs))


def _informant_cases(bundle: Bundle) -> Iterable[tuple[str, str]]:
    return ((each.guid, case) for each in bundle.cases if each.kind == "informant" for case in each.cases)


def _members(bundle: Bundle, kind: str) -> Iterable[tuple[str, str]]:
    return ((source, case.guid) for case in bundle.cases if case.kind == kind for source in case.sources)


def _theme_codes(bundle: Bundle) -> Iterable[tuple[str, str]]:
    return ((each.guid, code) for each in bundle.sets for code in each.codes)


def _theme_codings(bundle: Bundle) -> Iterable[tuple[str, str]]:
    return ((each.guid, coding) for each in bundle.sets for coding in each.codings)


def _turn_id(source: SourceItem, number: int) -> str:
    return f"{source.guid}:{number}"


def _turn_of(source: SourceItem, labels: list[int], coding: CodingItem) -> str | None:
    """The turn that the coding begins in, label and time stamp included."""
    number = bisect_right(labels, coding.start)
    if not number or source.turns is None or coding.start >= source.turns[number - 1].end:
        return None
    return _turn_id(source, number)
