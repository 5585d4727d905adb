"""Headings of code lists, in Norwegian, English and German: what each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = re.compile(r"[^\W_]+")

_ROLES = {
    "name": "name|navn|kodenavn|code name|codename|kode navn|namn|bezeichnung|title|tittel|label|tag|node|node name|"
    "code label|subcode|sub code|underkode|subkode",
    "code": "code|kode|codes|koder|codesystem|code system|kodesystem|codebezeichnung|code bezeichnung",
    "path": "path|sti|kodesti|code path|pfad|codepfad|hierarchical name|hierarkisk navn|full name|fullt navn|full path",
    "parent": "parent|parent code|parentcode|overkode|obercode|overordnet|overordnet kode|hovedkode|forelder|category|"
    "kategori|kategorie|hovedkategori|parent name|oberkategorie|main code|main category",
    "guid": "guid|uuid",
    "id": "id|kortnavn|slug|code id|kode id|codeid|kodeid|short name|nummer|number|nr|no",
    "level": "level|nivå|niva|ebene|depth|codeebene",
    "colour": "colour|color|farge|farbe|code color|code colour|codefarbe",
    "brief": "brief|kort definisjon|kort|short definition|brief definition|kurzdefinition|kortdefinisjon",
    "definition": "definition|definisjon|description|beskrivelse|beschreibung|memo|code memo|codememo|kodememo|comment|"
    "comments|kommentar|kommentarer|full definition|note|notes|notat|forklaring|explanation|erklärung|merknad|"
    "bemerkung|meaning|betydning|innhold",
    "when": "when|når|nar|when to use|inclusion|inclusion criteria|inklusjon|inklusjonskriterier|brukes når|brukast når|"
    "include|includes|inkluderer|einschluss|einschlusskriterien|anwendung|use when",
    "when_not": "when not|når ikke|når ikkje|nar ikke|when not to use|exclusion|exclusion criteria|eksklusjon|"
    "eksklusjonskriterier|brukes ikke når|exclude|excludes|ekskluderer|ausschluss|ausschlusskriterien|abgrenzung",
    "examples": "example|examples|eksempel|eksempler|døme|beispiel|beispiele|ankerbeispiel|ankerbeispiele|quote|sitat|"
    "example quote|eksempelsitat|typical example|exemplar",
    "name_en": "name en|navn på engelsk|namn på engelsk|english name|engelsk navn|engelsk|english",
    "status": "status",
    "codable": "codable|is codable|kodbar",
    "count": "files|references|sources|grounded|density|count|antall|frequency|häufigkeit|number of highlights|highlights|"
    "segmenter|segments|kilder|informanter|informants|caser|cases|documents|dokumente|dokumenter|dateien|referenzen|"
    "filer|referanser|anzahl|codings|kodinger|codierungen|quotations|sitater|items|frequenz|size|gewicht",
    "segment": "segment|coded segment|coded segments|codiertes segment|codierte segment|utdrag|excerpt|quotation|"
    "quotation content|quotation text|coded text|kodet tekst|kodet segment|highlight",
}
_ROLE_OF = {words: role for role, all_words in _ROLES.items() for words in all_words.split("|")}
_GROUPS = re.compile(r"(?:code |kode)?(?:groups?|gruppe[nr]?)(?: (?:s|n|r|en))?(?: \d+)?|code gruppen?(?: n)?(?: \d+)?")
_COUNTS = re.compile(r"(?:cod|coded|codierte|kodede) seg\w*\b.*|.*\b(?:count|anzahl|antall)\b.*")
_CONTINUED = re.compile(r"(.+?) (?:fortsettelse|framhald|continued|continuation|fortsetting) \d+")


def folded(heading: str) -> str:
    """The heading as it is looked up: small words with one space between."""
    return " ".join(_WORDS.findall(heading.casefold()))


def role_of(heading: str) -> str:
    """What a column with this folded heading is, or empty when nobody knows."""
    known = _ROLE_OF.get(heading, "")
    if known:
        return known
    if _GROUPS.fullmatch(heading):
        return "groups"
    return "count" if _COUNTS.fullmatch(heading) else ""


def continues(heading: str) -> str:
    """The folded heading that this one carries on, where a text was too long for one cell; else empty."""
    found = _CONTINUED.fullmatch(heading)
    return found[1] if found else ""


def roles_of(headings: Iterable[str]) -> tuple[str, ...]:
    """The role of each folded heading, with one column for the names: beside a name, a code is an id."""
    roles = [role_of(heading) for heading in headings]
    if "name" in roles:
        roles = ["id" if role == "code" and "id" not in roles else "" if role == "code" else role for role in roles]
    else:
        roles = ["name" if role == "code" else role for role in roles]
    seen: set[str] = set()
    single = []
    for role in roles:
        single.append("" if role in seen and role not in ("definition", "count", "groups", "examples") else role)
        seen.add(role)
    return tuple(single)
