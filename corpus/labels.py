"""Which beginnings of lines name a speaker.

A label is a role word (`Intervjuer`, `Informant 1`), one of the letters I R M D F P B with or without a
number, a name that the researcher has confirmed, or a free name. Free names and letters count only by the
company they keep (see `corpus.turns`), and words of the stop list never count: `Merk:`, `kl. 10:30`, `Det er
slik:`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from corpus.stamps import STAMP, Stamp, stamp_of

LabelKind = Literal["confirmed", "role", "letter", "free", "none"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTERVIEWER_WORDS = _words(
    """
    intervjuer intervjuar intervjueren intervjuaren intervjuleder forsker forskar forskeren forskaren moderator
    moderatoren interviewer int mod forsk
    """
)
PARTICIPANT_WORDS = _words(
    """
    informant informanten deltaker deltakar deltager deltakeren deltakaren respondent respondenten participant
    interviewee lærer lærar elev inf resp delt
    """
)
QUESTION_WORDS = _words("spørsmål spørsmålet spurnad spm sp")
ANSWER_WORDS = _words("svar svaret sv")
"""Interviews by e-mail name what is said and not who says it; they count only in pairs (see `corpus.asked`)."""
OTHER_WORDS = _words(
    """
    alle fleire flere felles ukjent ukjend observatør tolk begge noen nokon stemme stemmer
    """
)

_STOPPED = _words(
    """
    merk obs nb ps spørsmål svar eksempel altså ja nei jo vel ok okei konklusjon konklusjoner kommentar
    kommentarer notat notater tema temaer kilde kilder kjelde kjelder sitat http https kl klokka klokken
    www mailto dato sted stad tid tidspunkt tidsbruk varighet varigheit lengde lengd opptak lydfil
    lydopptak fil filnavn transkribert transkripsjon transkribering utskrift prosjekt prosjektnummer
    intervju intervjuguide intervjunummer intervjudato fokusgruppe gruppe case kommune bydel fylke
    region enhet eining avdeling virksomhet organisasjon rolle stilling yrke alder kjønn navn namn
    kontakt telefon tlf epost e-post adresse versjon side sider tittel forfatter forfattere deltakere
    deltakarar deltagere tilstede møtende forfall fravær referent møteleder møteleiar ordstyrer møtested
    saksliste dagsorden agenda sak saker vedtak ansvarlig ansvarleg frist oppfølging forslag bakgrunn
    formål føremål innledning innleiing oppsummering sammendrag samandrag metode resultat resultater
    funn drøfting diskusjon avslutning vedlegg figur tabell note fotnote noter kapittel kap avsnitt del
    punkt steg trinn ramme boks kode koder kategori definisjon problemstilling hypotese mål målgruppe
    tiltak utfordring utfordringer styrke styrker svakhet svakheter mulighet muligheter behov bekymring
    hovedfunn nøkkelord stikkord hensikt forklaring begrunnelse vurdering anbefaling anbefalinger viktig
    husk tips advarsel instruks oppgave utdrag poeng fordel fordeler ulempe ulemper først dernest videre
    ellers dessuten derfor likevel samtidig imidlertid nemlig følgende slik totalt sum bolig boliger
    bustad bustader økonomi rop rus psykisk helse samarbeid samhandling arbeid aktivitet fritid
    foto bilde illustrasjon publisert oppdatert
    utdanning skole familie nettverk hverdag tjenester tenester sysselsetting ettervern
    """
)
_STOPPED_PHRASES = frozenset(
    {
        "til stede", "for eksempel", "til dømes", "med andre ord", "total tid", "ja nei",
        "les også", "les òg", "les mer", "les meir",
    }
)  # fmt: skip
METADATA_WORDS = _words(
    """
    dato sted stad tid tidspunkt varighet varigheit lengde lengd opptak lydfil lydopptak fil filnavn
    transkribert prosjekt prosjektnummer intervju intervjunummer intervjudato case kommune bydel rolle
    stilling yrke alder kjønn deltakere deltakarar deltagere tilstede navn namn
    """
)

_OPENERS = _words(
    """
    det dette den de dei i der da då du dere dykk vi me jeg eg ej æ han hun ho hen man en ei et eit som
    så men og eller for fordi når hvis viss dersom hva kva hvem kven hvordan korleis hvorfor kvifor hvor
    kor hvilke hvilken her nå no også ikke ikkje bare berre etter før under over om på til fra frå med
    uten utan mot mellom ved av at mange noen nokon noe noko alle alt andre
    """
)
_SAYING = _words(
    """
    sier seier sa svarer svarar svarte forteller fortel fortalte mener meiner mente skriver skriv skrev
    spør spurte er var har hadde blir ble kan vil at som om følgende dette det slik
    """
)

_NUMBERED = _words(
    """
    kl klokka klokken figur tabell sak kapittel kap side del punkt boks vedlegg spørsmål merk rus
    psykisk
    """
)

_ANNOTATIONS = _words(
    """
    latter ler humrer fniser smiler pause tenkepause stillhet taushet stille uhørbart uhøyrbart utydelig utydeleg
    uklart uforståelig uforståeleg hoster kremter sukk sukker gråter nikker peker støy musikk avbrudd avbrot
    overlapping overlappende samtidig telefonen inaudible laughter laughs crosstalk silence music anonymisert
    avidentifisert sensurert fjernet sladdet navn stedsnavn
    """
)

BLANK = r"[ \t\u00a0\u202f]"
MARKUP = r"(?:\*{1,3}|_{1,3})?"
_NUMBER = rf"(?:(?:{BLANK}?|_|{BLANK}nr\.?{BLANK}?)\d{{1,3}}|{BLANK}\p{{Lu}}(?!\p{{L}}))?"
ASIDE = rf"(?:{BLANK}?\([^()\n:]{{1,40}}\))?"
_COUNT = rf"(?P<count>\d{{1,4}}(?:[.)]{BLANK}{{1,4}}|[ ]*\t{BLANK}*))?"
"""The number of a line or a turn, as transcripts have that are discussed line by line."""
_DATED = (
    r"(?:\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},?[ \u00a0\u202f]\d{1,2}:\d{2}(?::\d{2})?(?:[ \u00a0\u202f][AP]M)?"
    r"(?:\]|[ \u00a0]-)[ \u00a0])?"
)
"""Day and hour before a name, as chats are exported from telephones; they are no times in a recording."""
LEAD = rf"\u200e?{BLANK}*(?:{_COUNT}|{_DATED})(?:(?:{STAMP}){BLANK}*)?{MARKUP}"
_ROLE_WORDS = "|".join(sorted(INTERVIEWER_WORDS | PARTICIPANT_WORDS, key=lambda word: (-len(word), word)))
_ROLE = rf"(?P<role>(?i:{_ROLE_WORDS})\.?{_NUMBER}{ASIDE})"
_LETTER = rf"(?P<letter>[IRMDFPBirmfpb]\.?{BLANK}?\d{{0,3}}{ASIDE})"
_FREE = r"(?P<free>\p{Lu}[\p{L}\p{M}\p{N}.'’_\-–,()/|&@ \u00a0]{0,49}?)"
_NUMBERED_VOICE = regex.compile(r"(?i)(?:taler|talar|høyttaler|speaker|person|stemme)[ _]?\d{1,3}|S\d{2}")
_NAME_BREAKS = regex.compile(r"[\s,/|&()]+")
_DIGIT_TAIL = regex.compile(r"[\s\d/.,()\-–]+\Z")

_KINDS: tuple[LabelKind, ...] = ("confirmed", "role", "letter", "free")
_MARKS = (":", "：", "[", "{", "(", " - ", " – ", " — ")
"""One of these stands in every line's beginning that names a speaker; those without colon last."""
_MOST_WORDS = 6
_LONGEST_LABEL = 120
"""Code points from a line's beginning within which a label must have ended."""


class Label(NamedTuple):
    """A line's beginning that may name a speaker. Offsets are code points of the text."""

    line_start: int
    text: str
    """The label as it stands, without colon, stamp, brackets or Markdown marks."""
    kind: LabelKind
    body_start: int
    stamp: Stamp | None
    colon: bool = True
    """False for `[Name]`, `{Name}`, `Informant - ` and the like with no colon, which may as well be something else."""
    dashed: bool = False
    counted: bool = False
    """True when the line begins with a number, as turns do in some transcripts and points in every list."""


def _known(confirmed: frozenset[str]) -> str:
    """The pattern of labels that need no company, or little."""
    names = "|".join(
        r"[ \t\u00a0]+".join(map(regex.escape, label.split()))
        for label in sorted(confirmed, key=lambda label: (-len(label), label))
        if label.strip()
    )
    return (rf"(?P<confirmed>{names})|" if names else "") + rf"{_ROLE}|{_LETTER}"


@lru_cache(maxsize=16)
def _patterns(confirmed: frozenset[str]) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The pattern of a label with colon, and that of a label in a table cell of its own."""
    known = _known(confirmed)
    after = rf"(?:{BLANK}*(?:{STAMP}))?"
    colon = rf"{BLANK}*{MARKUP}{BLANK}*[:：]{MARKUP}"
    tight = rf"[@#]?(?:{known}){after}{colon}(?!//)(?!\d)"
    bracketed = rf"[\[{{]\s*(?:{known}|{_FREE})\s*[\]}}]{BLANK}*[:：]"
    loose = rf"[@#]?(?:{_FREE}){after}{colon}(?=\s|$)"
    cell = rf"{BLANK}*(?:(?:{STAMP})\s*)?(?:{known})[:：]?[ ]*\t"
    return regex.compile(rf"{LEAD}(?:{tight}|{bracketed}|{loose})"), regex.compile(cell)


@lru_cache(maxsize=16)
def _alone(confirmed: frozenset[str]) -> regex.Pattern[str]:
    """The pattern of a label without colon: in brackets, or before a dash (`Intervjuer - Hva ...`)."""
    known = _known(confirmed)
    bracketed = rf"[\[{{]\s*(?:{known}|{_FREE})\s*[\]}}]"
    counted = rf"\(\s*(?P<free>(?i:speaker|taler){BLANK}?\d{{1,3}})\s*\)"
    dashed = rf"(?:{known}){BLANK}{{1,4}}(?P<dash>[-–—]){BLANK}+(?=\S)"
    return regex.compile(rf"{LEAD}(?:(?:{bracketed}|{counted})(?:{BLANK}+(?=\S)|\s*$)|{dashed})")


def confirmed_names(labels: Iterable[str]) -> frozenset[str]:
    """Labels without surrounding or doubled blanks, ready for `label_at`."""
    return frozenset(" ".join(label.split()) for label in labels if label.strip())


def label_at(
    text: str, start: int, end: int, confirmed: frozenset[str] = frozenset(), *, cell: bool = False
) -> Label | None:
    """The label with which the line `text[start:end]` begins, or None. Stop words are None.

    Args:
        confirmed: names as `confirmed_names` gives them.
        cell: look for a label in a table cell of its own (`Intervjuer<TAB>...`) instead of one with a colon.
    """
    reach = min(end, start + _LONGEST_LABEL)
    if cell:
        if text.find("\t", start, reach) < 0:
            return None
    elif not any(text.find(mark, start, reach) >= 0 for mark in _MARKS):
        return None
    match = _patterns(confirmed)[cell].match(text, start, reach)
    label = _label(start, match, colon=True) if match else None
    if label is None and not cell and any(text.find(mark, start, reach) >= 0 for mark in _MARKS[2:]):
        match = _alone(confirmed).match(text, start, reach)
        label = _label(start, match, colon=False) if match else None
    return label


def _label(start: int, match: regex.Match[str], *, colon: bool) -> Label | None:
    """The label that a pattern has found, or None where it never is one."""
    found = match.groupdict()
    kind, name = next((kind, name.strip()) for kind in _KINDS if (name := found.get(kind)) is not None)
    if kind == "free" and (never_a_label(name) or len(name.split()) > _MOST_WORDS):
        return None
    if kind == "confirmed" and key(name) in _STOPPED | _STOPPED_PHRASES:
        return None
    if not colon and first_word(name) in _ANNOTATIONS:
        return None
    dashed, counted = bool(found.get("dash")), bool(found.get("count"))
    return Label(start, name, kind, match.end(), stamp_of(match), colon, dashed, counted)


@lru_cache(maxsize=4096)
def never_a_label(label: str) -> bool:
    """True for words of the stop list and for openings of sentences, whatever stands after the colon.

    The list knows Norwegian as reports and minutes use it: `Merk`, `Vedtak`, `Figur 3`, `Det er slik`,
    `Fagleder sier`.
    """
    folded = " ".join(label.casefold().split())
    bare = _DIGIT_TAIL.sub("", folded)
    if not bare or bare in _STOPPED or bare in _STOPPED_PHRASES:
        return True
    words = [word.strip(".,()'’") for word in bare.split()]
    if words[0] in _STOPPED and words[0] in METADATA_WORDS | _NUMBERED:
        return True
    if words[0] in _OPENERS and (len(words) > 1 or words[0] not in OTHER_WORDS):
        return True
    return len(words) > 1 and words[-1] in _SAYING


def metadata_line(line: str) -> bool:
    """True for a line such as `Dato: 3. mars` at the head of a transcript."""
    head, colon, _ = line[:_LONGEST_LABEL].partition(":")
    words = head.casefold().split()
    return bool(colon) and 0 < len(words) <= 4 and (words[0] in METADATA_WORDS or "til stede" in head.casefold())


@lru_cache(maxsize=4096)
def key(label: str) -> str:
    """The label folded for counting and comparing: case and blanks do not tell speakers apart."""
    return " ".join(label.casefold().split())


def first_word(label: str) -> str:
    """The label's first word, folded and without number or punctuation."""
    words = regex.findall(r"\p{L}+", label.casefold())
    return words[0] if words else ""


@lru_cache(maxsize=4096)
def name_like(label: str) -> bool:
    """True for at most five words that all begin with a capital letter: `Kari Nordmann`, `Ola N.`."""
    words = [word for word in _NAME_BREAKS.split(label) if word]
    capital = all(word[0].isupper() or word in ("av", "de", "van", "von") for word in words)
    return 0 < len(words) <= 5 and capital and not any(character.isdigit() for character in label)


def numbered_voice(label: str) -> bool:
    """True for what machines call speakers they do not know: `Speaker 1`, `Taler 2`, `SPEAKER_00`, `S00` (noScribe)."""
    return _NUMBERED_VOICE.fullmatch(label.strip()) is not None
