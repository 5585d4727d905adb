"""Headings of code lists, in Norwegian, English and German: what each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
_NUMBERED = re.compile(r"(?:kode|code)?(?:nivå|niva|level|ebene) ?[1-9]|[1-9] (?:nivå|niva|level|ebene)")
_MAIN = frozenset(
    "hovedkode|hovedkoder|hovudkode|hovedkategori|hovedkategorier|hovudkategori|hovedtema|hovedtemaer|hovudtema|overkode|"
    "overkoder|overkategori|overtema|overordnet kode|kode|koder|kategori|kategorier|tema|temaer|main code|main codes|"
    "main category|main categories|main theme|main themes|parent code|code|codes|category|categories|theme|themes|hauptcode|"
    "hauptkategorie|oberkategorie|kategorie".split("|")
)
_SUB = frozenset(
    "underkode|underkoder|underkategori|underkategorier|undertema|undertemaer|subkode|subkoder|subkategori|subkategorier|"
    "subtema|under underkode|underunderkode|subcode|subcodes|sub code|sub codes|subcategory|subcategories|sub category|"
    "sub categories|subtheme|subthemes|sub theme|sub themes|unterkategorie".split("|")
)
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
    """The role of each folded heading, with one column for the names: beside a name, a code is an id.

    Where each level has a column of its own, those are all of the role `step`, from the top down.
    """
    titles = list(headings)
    roles = [role_of(heading) for heading in titles]
    steps = _steps(titles, roles)
    if steps:
        roles = [
            "step" if index in steps else "id" if role in ("code", "name") else role for index, role in enumerate(roles)
        ]
    elif "name" in roles:
        roles = ["id" if role == "code" and "id" not in roles else "" if role == "code" else role for role in roles]
    else:
        roles = ["name" if role == "code" else role for role in roles]
    seen: set[str] = set()
    single = []
    for role in roles:
        single.append(
            "" if role in seen and role not in ("definition", "count", "groups", "examples", "step") else role
        )
        seen.add(role)
    return tuple(single)


def is_main(heading: str) -> bool:
    """Whether a column with this folded heading has what other codes lie under, when one for those is to the right of it."""
    return heading in _MAIN


def _steps(headings: Sequence[str], roles: Sequence[str]) -> frozenset[int]:
    """The columns that are one level each: numbered ones, or a main code and sub-codes; with the code to the right of them."""
    steps = [index for index, heading in enumerate(headings) if _is_numbered(heading)]
    if len(steps) < 2:
        below = [index for index, heading in enumerate(headings) if heading in _SUB]
        above = [index for index, heading in enumerate(headings) if is_main(heading) and below and index < below[0]]
        steps = [above[-1], *below] if above else []
    if steps:
        last = (index for index, role in enumerate(roles) if index > steps[-1] and role in ("code", "name"))
        steps += list(last)[:1]
    return frozenset(steps)


def _is_numbered(heading: str) -> bool:
    """Whether it is «nivå 1», said to be of codes or not."""
    found = _NUMBERED.search(heading)
    if found is None:
        return False
    rest = f"{heading[: found.start()]} {heading[found.end() :]}"
    return not rest.strip() or " ".join(rest.split()) in _MAIN | _SUB
