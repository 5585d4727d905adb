"""Names that are nobody's: bodies, firms, parties, places and papers, by the words they are made of.

A body that a list does not have is taken for a name: what these patterns leave out is asked about when a file is taken in.
"""

from __future__ import annotations

import regex

_BLANK = r"[ \u00a0]+"
_NEWSPAPERS = (
    r"NRK(?:\s\p{Lu}\p{L}*(?:\sog\s\p{Lu}\p{L}*)*)?|VG|Aftenposten|Dagbladet|Dagens Næringsliv|DN|TV\s?2"
    r"|Nettavisen"
    r"|Klassekampen|Vårt Land|Dagsavisen|Morgenbladet|Nationen|Bergens Tidende|Bergensavisen|Adresseavisen|Adressa"
    r"|Stavanger Aftenblad|Fædrelandsvennen|Nordlys|iTromsø|Avisa Nordland|Kommunal Rapport|Sykepleien|Fontene|Rus & Samfunn"
    r"|Dagens Medisin|Tidsskrift for Den norske legeforening|Khrono|Forskning\.no|forskning\.no|NTB|Altinget"
    r"|Gjengangeren|Karmøynytt"
    r"|Haugesunds Avis|Budstikka|Drammens Tidende|Romerikes Blad|Hamar Arbeiderblad|Sunnmørsposten|Firda|Nidaros|Dag og Tid"
)
NEWSPAPER = regex.compile(_NEWSPAPERS)
"""The papers known by name."""
_LOCAL = regex.compile(
    r"(?:\p{Lu}[\p{L}-]+(?:\s(?:og\s)?\p{Lu}[\p{L}-]+){0,2}\s(?:Blad|Avis|Avisa|Tidende|Tidend|Dagblad|Folkeblad|Arbeiderblad"
    r"|Aftenblad|Dagsavis|Budstikke|Nyheter|Nytt|Allehanda)"
    r"|(?:Avisa|Lokalavisa|Lokalavisen|Tidningen|Bladet)\s\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?"
    r"|\p{Lu}\p{Ll}{3,}(?:posten|avisa|avisen|bladet|tidende))"
)
"""What local papers are called, whatever the place."""
_RESEARCH = regex.compile(
    r"(?:NIBR|NOVA|AFI|SIFO|Fafo|SINTEF(?:\s.{2,40})?|NORCE|NIFU|NTNU(?:\s.{2,40})?|OsloMet(?:\s.{2,60})?|FHI|Folkehelseinstituttet"
    r"|KORUS(?:\s.{1,40})?|NAPHA|Proba samfunnsanalyse|Rambøll(?:\s.{2,40})?|Agenda Kaupang|Nordlandsforskning|Vestlandsforsking"
    r"|Trøndelag Forskning.{0,30}|Telemarksforsking|Møreforsking|Østlandsforskning|Oxford Research|Deloitte|KPMG|PwC|EY|BDO"
    r"|Vista Analyse|Menon(?: Economics)?|Samfunnsøkonomisk analyse|Ideas2evidence|ideas2evidence"
    r"|Riksrevisjonen|Statistisk sentralbyrå|SSB"
    r"|(?:Universitetet|Høgskolen|Høgskulen)\s(?:i|på)\s\p{Lu}.{2,40}|\p{Lu}[\p{L}\s&.-]{1,50}\s(?:AS|ASA|SA|IKS|Consulting|Analyse|forskning|forsking)"
    r"|\p{Lu}\p{L}{2,}(?:-\sog\s\p{L}+)?(?:direktoratet|departementet|tilsynet|instituttet|ombudet|forvalteren|stiftelsen|senteret)"
    r"|\p{Lu}[\p{L}-]+(?:\sog\s\p{Lu}[\p{L}-]+)?\s(?:kommune|fylkeskommune|universitet|høgskole|forskningsinstitutt))"
)
"""Who has reports written, and who writes them."""
_AFTER = regex.compile(
    rf"{_BLANK}(?:kommune\p{{L}}*|bystyre\p{{L}}*|formannskap\p{{L}}*|fylke\p{{L}}*|bydel\p{{L}}*|universitet\p{{L}}*|sykehus\p{{L}}*"
    r"|sjukehus\p{L}*|politidistrikt\p{L}*|menighet\p{L}*|tingrett\p{L}*|høgskole\p{L}*|høgskule\p{L}*|boligkontor\p{L}*"
    r"|helse og velferd|legevakt\p{L}*|barnevern\p{L}*|frivilligsentral\p{L}*|boligbyggelag\p{L}*)(?!\p{L})"
)
_PARTIES = (
    r"Høgre|Høyre|Arbeiderpartiet|Arbeidarpartiet|Venstre|Rødt|Raudt|Senterpartiet|Frp|Sp|Ap|SV|KrF|MDG|Regjeringen|Regjeringa"
    r"|Stortinget|Staten|Kommunen|Legeforeningen|Sykepleierforbundet|Fagforbundet|Blå Kors|Kirkens Bymisjon"
    r"|Frelsesarmeen|Røde Kors|Redd Barna|Mental Helse|Innovasjon Norge|Fylkesmannen|Kripos|Bufdir|Helfo|Statped|Spekter"
    r"|Virke|Unio|Akademikerne|Actis|Caritas|Amnesty|Norges Bank"
    r"|Helse (?:Vest|Nord|Sør-Øst|Midt-Norge|Bergen|Fonna|Førde|Stavanger|Finnmark|Møre og Romsdal"
    r"|Nord-Trøndelag)"
    r"|Oslo|Bergen|Trondheim|Stavanger|Tromsø|Kristiansand|Drammen|Fredrikstad|Sandnes|Bodø|Ålesund|Haugesund|Norge|Noreg"
)
_TAILS = (
    r"direktoratet|departementet|tilsynet|tinget|rådet|styret|utvalget|forbundet|foreningen|foreininga|foreninga|organisasjonen"
    r"|laget|partiet|kommunen|etaten|verket|vesenet|universitetet|instituttet|senteret|stiftelsen|forvalteren|ombudet|politiet|selskapet"
    r"|foretaket|nettverket|alliansen|bevegelsen|kirken|misjonen|samfunnet|tjenesten|tenesta|huset"
    r"|banken|kassen|kassa|vernet|omsorgen|omsorga|fondet|museet|skolen|skulen|klinikken|avdelingen|avdelinga|revisjonen|komiteen|komitéen"
    r"|nemnda|nemnden|kommisjonen|ledelsen|leiinga|administrasjonen|redaksjonen|regjeringen|embetet|monopolet|byrået|sentralen|teamet"
    r"|fakultetet|hjemmet|heimen|mottaket|vakten|vakta|kontoret|unionen|sambandet|retten|bedriften|konsernet|akademiet"
)
_BODY = regex.compile(rf"(?:{_PARTIES}|[\p{{Lu}}\d]{{2,}}(?:\s.*)?|.*\s(?:RHF|HF|AS|ASA|SA|BA|IKS|KF)|.*(?:{_TAILS}))")
_LONGEST = 80


def is_body(name: str) -> bool:
    """Whether a name is that of a body or a place, and of no person, whatever stands around it."""
    return len(name) <= _LONGEST and (_BODY.fullmatch(name) is not None or is_newspaper(name))


def body_after(text: str, end: int) -> bool:
    """Whether the name that ends at `end` is only the place of a body: `Storvik kommunestyre`."""
    return _AFTER.match(text, end) is not None


def is_newspaper(words: str) -> bool:
    """Whether the words are what a paper is called, known by name or by how local papers are named."""
    return NEWSPAPER.fullmatch(words) is not None or _LOCAL.fullmatch(words) is not None


def publishes_reports(words: str) -> bool:
    """Whether the words are what somebody is called who publishes reports."""
    return len(words) <= _LONGEST and _RESEARCH.fullmatch(words) is not None
