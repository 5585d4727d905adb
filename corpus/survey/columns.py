"""What each column of a survey's table probably is: proposals that the researcher looks over before anything is taken in.

What could tell who somebody is, and is not needed for coding (names, e-mail, addresses of machines, times of sending),
is proposed left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Literal

import regex

from corpus.grids import Grid
from corpus.survey.headings import column_names, column_wordings, guess_header_rows
from corpus.survey.numbers import normalise_number
from corpus.survey.within_cases import varies_within

ColumnRole = Literal["respondent", "case", "attribute", "position", "question", "closed", "ignore"]
"""`position` is what the one who answered is; `attribute` and `closed` are about the case."""

_IGNORED: ColumnRole = "ignore"
_SAMPLED = 2_000
"""Filled cells of a column that are looked into; all are counted."""
_MOST = 0.5
_NEARLY_ALL = 0.9
_FREE_LENGTH = 25
"""Mean length, in code points, from which answers are free text."""
_FREE_WORDS = 3
_FEW = 12
"""Different values up to which a column is a set of choices, when they come again."""
_CHOICES = 6
"""Choices of several words that a question usually has; more of them must come again more often."""
_EXAMPLE = 80

_EMAIL = regex.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MACHINE = regex.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=(?:[^:]*:){3})[0-9a-f:]{6,39}", regex.IGNORECASE)
_LINK = regex.compile(r"https?://\S+", regex.IGNORECASE)
_BIRTH_NUMBER = regex.compile(r"[0-7]\d[01489]\d\d\d ?\d{5}")
_TELEPHONE = regex.compile(r"(?:\+47|0047)? ?(?:\d{8}|\d\d(?: \d\d){3}|\d{3} \d\d \d{3})")
_MOMENT = regex.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})[T ,]+\d{1,2}[:.]\d\d.*", regex.DOTALL)
_TERSE = regex.compile(r"\S{1,40}")
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_NAME_IN_FIGURES = regex.compile(r"0\d+")
_PLAIN_NUMBER = regex.compile(r"-?\d+(?:[.,]\d+)?%?")

_MAIL_WORDS = frozenset("epost epostadresse email emailaddress mail mailadresse recipientemail".split())
_NAME_WORDS = frozenset(
    "navn namn fornavn fornamn etternavn etternamn kontaktperson name fullname firstname lastname recipientfirstname"
    " recipientlastname respondentnavn initialer".split()
)
_TELEPHONE_WORDS = frozenset("telefon telefonnummer tlf mobil mobilnummer mobiltelefon phone".split())
_PLACE_WORDS = frozenset(
    "latitude longitude locationlatitude locationlongitude breddegrad lengdegrad ipaddress ip".split()
)
_TIME_WORDS = frozenset(
    "tidsstempel datecreated datemodified closetime difftime interviewtime totaltid totaltime answertimems"
    " modified created timestamp starttid sluttid startdate enddate starttime endtime completiontime recordeddate"
    " lastmodifiedtime submitted opprettet innsendt levert fullført fullførttidspunkt starttidspunkt sluttidspunkt"
    " tidspunkt svartidspunkt sisteendring tidspunktforsisteendring datestamp datoforsistehandling utsendelsesdato"
    " innsendingsdato sistendret varighet duration durationinseconds svardato dato date".split()
)
_TECHNICAL_WORDS = frozenset(
    "status progress finished distributionchannel userlanguage useragent nettleser browser externalreference"
    " externaldatareference seed frø lastpage sisteside submitdate startlanguage startspråk refurl collectorid kanal"
    " customdata1 survey responsecollectsessions numberofreturnedmail importgroup distributionschedule"
    " digitaldistributionstatus digitaldistributionerrormessage".split()
)
_TECHNICAL = regex.compile(
    r"(?i)stat(?:internal|completion|creation|distribution|source|collect|overall)_\d{1,2}"
    r"|(?:group|question|gruppe|spørsmåls)_?(?:time|tid) ?:?.*"
)
"""Columns that SurveyXact and LimeSurvey keep of how the answers were collected."""
_ID_WORDS = frozenset(
    "id respondent respondentid respondentnr respondentnummer svarid svarnr responseid løpenummer løpenr nr nummer ref"
    " referanse referansenummer informant informantnr deltaker deltakernr resp respid sysrespnum submissionid responsid".split()
)
_PROGRAMS_ID = frozenset("respondentid svarid responseid responsid submissionid".split())
"""What programs call the numbers that they give; those may look like telephone or birth numbers."""
_CODED = regex.compile(r"(?:\d{1,3}|id|[a-z]{4,20}\d{0,6}|[A-Z]\d{1,3}[QS]\d{1,3}(?:\[\w+\])?)\. (?=\S)")
"""The code that LimeSurvey puts before the words of a heading, or the question's number."""
_CASE_WORDS = (
    frozenset("case kommune kommunenavn navnpåkommune navnpåkommunen hvilkenkommune".split()),
    frozenset("bydel bydelsnavn virksomhet virksomhetsnavn tjenestested enhet organisasjon arbeidssted sted".split()),
)
_ASKING_CASE = regex.compile(
    r"(?i)(?:i |for |fra |ved )?(?:hvilke[nt]|kva for ein?|navn på|namn på|hva heter) (?:din |ditt )?"
    r"(?:kommune|bydel|virksomhet|tjenestested|arbeidssted)\w*(?: (?!har\b)\w+){0,6}\??"
)
"""A question that asks for the case, such as «Hvilken kommune arbeider du i?»."""
_OWN_NAME = regex.compile(r"(?i)\b(?:ditt|fullt|full|your|respondentens)\s+(?:navn|namn|name)\b")
_ASKING = regex.compile(
    r"(?i)\?|\b(?:hvordan|hvilke[nt]?|hvem|hva|hvorfor|hvor|korleis|kven|kva|kvifor|beskriv|utdyp|kommenter|forklar|"
    r"spesifiser|begrunn)\b"
)
_ASKING_POSITION = regex.compile(
    r"(?i)(?:hva er |kva er |hvilken |kva )?(?:din |di |ditt )?(?:nåværende )?"
    r"(?:stilling|stillingstittel|arbeidstittel|yrke|yrkestittel|profesjon|rolle|funksjon)(?:en|a|et|n|ane)?"
    r"(?: (?:din|di|ditt|har du|i (?:kommunen|virksomheten|tjenesten)))*\??"
)
"""A question that asks what the one who answers is, such as «Hva er stillingen din?»."""
_SENTENCE = regex.compile(r"[.!?…][»\"')]?(?:\s+\p{Lu}|\s*\Z)|\n")
_OPEN = regex.compile(
    r"(?i)\b(?:beskriv|utdyp\w*|kommentar\w*|kommenter\w*|forklar|spesifiser|begrunn\w*|fritekst|annet)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """A column and what it probably is."""

    index: int
    """Counted from 0."""
    header: str
    """The name by which a mapping knows the column; no two of a table are alike."""
    wording: str
    """The question as it was put, where the file says; else the heading as it stands."""
    role: ColumnRole
    reason: str
    """Why, Norwegian, a whole sentence."""
    filled: int
    """Cells that are not empty."""
    distinct: int
    mean_length: float
    """Of the cells that are not empty, in code points."""
    example: str
    """The beginning of the first cell that is not empty; empty where the column may tell who somebody is."""
    numeric: bool = False
    """Whether the cells are to be read as numbers: most answers to a question, nearly all of an attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """What a guess rests on."""

    name: str
    wording: str
    sample: Sequence[str]
    filled: int
    distinct: int
    mean: float


def guess_columns(grid: Grid, header_rows: int | None = None) -> tuple[ColumnGuess, ...]:
    """A guess for every column, in order: at most one respondent and at most one case.

    Args:
        header_rows: rows of headings above the answers; guessed when not said.
    """
    rows = guess_header_rows(grid) if header_rows is None else header_rows
    names, wordings = column_names(grid, rows), column_wordings(grid, rows)
    guesses = []
    for index, (name, wording) in enumerate(zip(names, wordings, strict=True)):
        cells = [cell for row in grid.rows[rows:] if (cell := row[index].strip())]
        guesses.append(_guess(index, name, wording, cells))
    chosen = _one_case(_one_respondent(guesses, len(grid.rows) - rows))
    return _facts_of_cases(_one_position(chosen), grid.rows[rows:])


def _guess(index: int, name: str, wording: str, cells: Sequence[str]) -> ColumnGuess:
    column = _Column(
        name=name,
        wording=wording,
        sample=cells[:_SAMPLED],
        filled=len(cells),
        distinct=len(set(cells)),
        mean=sum(map(len, cells)) / len(cells) if cells else 0.0,
    )
    private = _private(name, column.sample)
    role, reason = _role(column) if not private else (_IGNORED, private)
    return ColumnGuess(
        index=index,
        header=name,
        wording=wording,
        role=role,
        reason=reason,
        filled=column.filled,
        distinct=column.distinct,
        mean_length=column.mean,
        example="" if private or not cells else _shortened(cells[0]),
        numeric=_numeric(role, column.sample),
    )


def _private(name: str, sample: Sequence[str]) -> str:
    """Why a column may tell who somebody is, or when and on which machine they answered; empty when it does not."""
    key = _key(name)
    numbered = key in _PROGRAMS_ID
    if key in _MAIL_WORDS or _share(sample, _EMAIL.fullmatch) > _MOST:
        return _("E-postadresser peker ut den som svarte.")
    if not numbered and _share(sample, _BIRTH_NUMBER.fullmatch) > _MOST:
        return _("Fødselsnumre peker ut den som svarte.")
    if key in _PLACE_WORDS or _share(sample, _MACHINE.fullmatch) > _MOST:
        return _("Adressen til maskinen eller stedet kan peke ut den som svarte.")
    if key in _TELEPHONE_WORDS or (not numbered and _share(sample, _TELEPHONE.fullmatch) > _NEARLY_ALL):
        return _("Telefonnumre peker ut den som svarte.")
    if key in _NAME_WORDS or _OWN_NAME.search(name):
        return _("Navn peker ut den som svarte.")
    if _share(sample, _LINK.fullmatch) > _MOST:
        return _("Lenker kan føre til svaret hos den som samlet det inn.")
    if key in _TIME_WORDS or _share(sample, _MOMENT.fullmatch) > _MOST:
        return _("Tidspunktet for svaret trengs ikke til koding og kan peke ut den som svarte.")
    return ""


def _role(column: _Column) -> tuple[ColumnRole, str]:
    key, sample = _key(column.name), column.sample
    if not sample:
        return "ignore", _("Kolonnen er tom.")
    if key in _TECHNICAL_WORDS or _TECHNICAL.fullmatch(column.name):
        return "ignore", _("Kolonnen sier noe om innsamlingen, ikke om saken.")
    if key in _ID_WORDS and column.distinct > _MOST * column.filled:
        return "respondent", _("Overskriften er en respondents nummer.")
    if any(key in words for words in _CASE_WORDS) and column.mean < 2 * _FREE_LENGTH:
        return "case", _("Overskriften er det casene heter.")
    if _ASKING_CASE.fullmatch(_CODED.sub("", column.wording)) and column.mean < 2 * _FREE_LENGTH:
        return "case", _("Spørsmålet er hvilken case det gjelder.")
    words = sum(len(_WORDS.findall(cell)) for cell in sample) / len(sample)
    rare = column.distinct < column.filled and words < _FREE_WORDS
    chosen = column.distinct <= _FEW and (2 * column.distinct <= column.filled or rare) and not _is_prose(column, words)
    if chosen and _ASKING_POSITION.fullmatch(_CODED.sub("", column.wording)) and not _numeric("attribute", sample):
        return "position", _("Spørsmålet er hvilken rolle den som svarte, har.")
    if column.mean >= _FREE_LENGTH and words >= _FREE_WORDS and not chosen:
        return "question", _("Svarene er fritekst.")
    if _share(sample, _plain_number) >= _NEARLY_ALL:
        return "attribute", _("Kolonnen har tall.")
    if not chosen and _share(sample, _amounts) > _MOST:
        return "question", _("Svarene er tall skrevet med ord og intervaller.")
    if chosen and (_ASKING.search(column.wording) or len(column.wording) > 2 * _FREE_LENGTH):
        return "closed", _("Spørsmålet har få ulike svar.")
    if chosen:
        return "attribute", _("Kolonnen har få ulike verdier.")
    if _OPEN.search(column.wording) or _ASKING.search(column.wording) or words >= _FREE_WORDS:
        return "question", _("Svarene er mange og ulike.")
    return "attribute", _("Kolonnen har korte verdier.")


def _is_prose(column: _Column, words: float) -> bool:
    """Whether answers that come again are text all the same: sentences, or too many and too long to be choices."""
    if words < _FREE_WORDS:
        return False
    if _share(column.sample, _SENTENCE.search) > _MOST:
        return True
    return column.mean >= _FREE_LENGTH and column.distinct > _CHOICES and 4 * column.distinct > column.filled


def _one_respondent(guesses: list[ColumnGuess], rows: int) -> list[ColumnGuess]:
    """Keeps the first column of respondents' numbers; takes the first column of unlike short marks when none says so."""
    named = [guess.index for guess in guesses if guess.role == "respondent"]
    if not named:
        unlike = (guess for guess in guesses if guess.role in ("attribute", "question") and _marks(guess, rows))
        first = next(unlike, None)
        if first is None or first.index > 0:
            return guesses
        reason = _("Hver rad har sitt eget korte merke.")
        return [replace(guess, role="respondent", reason=reason) if guess is first else guess for guess in guesses]
    best = max(named, key=lambda index: (guesses[index].distinct, -index))
    reason = _("Tabellen har et annet nummer på respondentene.")
    return [
        replace(guess, role="ignore", reason=reason) if guess.index in named and guess.index != best else guess
        for guess in guesses
    ]


def _marks(guess: ColumnGuess, rows: int) -> bool:
    """True for a column that is filled in every row, each time with something else, in one short word."""
    return rows > 1 and guess.filled == guess.distinct == rows and guess.mean_length <= 40 and _terse(guess.example)


def _terse(example: str) -> bool:
    return _TERSE.fullmatch(example) is not None


def _one_case(guesses: list[ColumnGuess]) -> tuple[ColumnGuess, ...]:
    """Keeps the likeliest column of cases; the others are what is known about the cases."""
    named = [guess for guess in guesses if guess.role == "case"]
    if not named:
        return tuple(guesses)
    best = min(named, key=lambda guess: (_case_rank(guess.header), guess.index))
    reason = _("Tabellen har en annen kolonne med case.")
    return tuple(
        replace(guess, role="attribute", reason=reason) if guess.role == "case" and guess is not best else guess
        for guess in guesses
    )


def _one_position(guesses: Sequence[ColumnGuess]) -> tuple[ColumnGuess, ...]:
    """Keeps the first column that says what the one who answered is."""
    first = next((guess.index for guess in guesses if guess.role == "position"), 0)
    reason = _("Tabellen har en annen kolonne med rollen.")
    return tuple(
        replace(guess, role="ignore", reason=reason) if guess.role == "position" and guess.index != first else guess
        for guess in guesses
    )


def _facts_of_cases(guesses: Sequence[ColumnGuess], rows: Sequence[Sequence[str]]) -> tuple[ColumnGuess, ...]:
    """Nothing that respondents of one case say differently is about the case: what has words enough is a question, and the
    rest is left out."""
    case = next((guess.index for guess in guesses if guess.role == "case"), None)
    if case is None:
        return tuple(guesses)
    cases = [row[case].strip() for row in rows]
    found = []
    for guess in guesses:
        values = [row[guess.index].strip() for row in rows]
        if guess.role in ("attribute", "closed") and varies_within(cases, values):
            sample = list(filter(None, values))[:_SAMPLED]
            words = sum(len(_WORDS.findall(cell)) for cell in sample) / len(sample)
            if words >= _FREE_WORDS or (words >= _FREE_WORDS - 1 and guess.distinct > _CHOICES):
                guess = replace(guess, role="question", reason=_("Svarene er tekst, og ulike i samme case."))
            else:
                guess = replace(guess, role="ignore", reason=_("Ulike svar i samme case: ingen opplysning om casen."))
        found.append(guess)
    return tuple(found)


def _case_rank(header: str) -> int:
    return next((rank for rank, words in enumerate(_CASE_WORDS) if _key(header) in words), len(_CASE_WORDS))


def _key(name: str) -> str:
    """A heading's letters and figures, folded: `E-post adresse` and `epostadresse` are one; a code before it is left out."""
    return "".join(_WORDS.findall(_CODED.sub("", name).casefold()))


def _numeric(role: ColumnRole, sample: Sequence[str]) -> bool:
    """A leading zero says that figures are a name (`0301`), which a number would lose."""
    if any(_NAME_IN_FIGURES.fullmatch(cell) for cell in sample):
        return False
    share = _share(sample, _amounts)
    return share > _MOST if role == "question" else share >= _NEARLY_ALL


def _amounts(cell: str) -> bool:
    return normalise_number(cell) is not None


def _plain_number(cell: str) -> bool:
    return _PLAIN_NUMBER.fullmatch("".join(cell.split())) is not None


def _share(sample: Sequence[str], holds: Callable[[str], object]) -> float:
    """The share of the cells for which the test holds; 0 for none."""
    return sum(1 for cell in sample if holds(cell)) / len(sample) if sample else 0.0


def _shortened(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1].rstrip() + "…"
