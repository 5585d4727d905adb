"""The grammar of attribution in Norwegian articles: `, sier ordfører Kari Nordmann`, `Kari Nordmann sier:`.

Bokmål and nynorsk. What the verb's neighbour is (a pronoun, a name, a title alone) is told here; which person it is,
in `corpus.people`.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from corpus.bodies import body_after, is_body

_BLANK = r"[ \u00a0]+"
_NAME_WORD = r"\p{Lu}[\p{L}\p{M}'’]*(?:-\p{Lu}[\p{L}\p{M}]*)*"
_PARTICLE = r"(?:av|de|der|den|van|von|el|al|bin|la|le)"
NAME = rf"{_NAME_WORD}(?:{_BLANK}(?:\p{{Lu}}\.(?={_BLANK}\p{{Lu}})|(?:{_PARTICLE}{_BLANK})?{_NAME_WORD})){{0,4}}"
"""A name of one to five words; whether it is a person's is another matter."""
_VERBS = (
    "sier sa seier forteller fortalte fortel fortalde mener mente meiner meinte svarer svarar svarte svara forklarer forklarte "
    "forklarar forklara understreker understreket understrekar understreka poengterer poengterte poengterar skriver skreiv skrev "
    "skriv påpeker påpekte påpeikar påpeika spør spurte spurde fortsetter fortsatte fortset utdyper utdypet utdjupar oppsummerer "
    "oppsummerte oppsummerar konkluderer konkluderte konkluderar advarer advarte åtvarar frykter fryktar fryktet håper håpar "
    "hevder hevdar hevdet innrømmer innrømmet innrømmar medgir medgav vedgår bekrefter bekreftet stadfester stadfestar opplyser "
    "opplyste uttaler uttalte uttalar roper ropte ropar tror trur trodde synes synest kommenterer kommenterte kommenterar "
    "fastslår slår minnes minnest beskriver beskrev oppfordrer oppfordrar ler smiler sukker sukkar humrer undrer gjentar "
    "gjentek presiserer presiserar presiserte argumenterer argumenterar vurderer foreslår føreslår meddeler melder melde meldte"
).split()
_VERB = "|".join(sorted(set(_VERBS), key=lambda verb: (-len(verb), verb)))
_TITLE_WORD = r"(?:(?:[\p{L}\d]+-)+\p{Ll}\p{L}*|\p{Ll}[\p{L}\p{M}]*)-?"
_TITLE = rf"{_TITLE_WORD}(?:{_BLANK}{_TITLE_WORD}){{0,5}}"
_RANK = r"(?!(?:etter|under|mens|siden|sidan|over|mellom|gjennom|uten|utan|mener|sier)(?!\p{L}))\p{Ll}[\p{L}-]{3,}"
"""A word of a title after the name of those whose it is: `Høyres gruppeleder Lise Moe`."""
_PREPOSITION = r"(?:i|for|ved|på|av|hos|til|fra|frå|om|og)"
_SPEAKER = regex.compile(
    rf"(?:(?:ass|dr|prof|fung|adm|tidl|spes)\.{_BLANK})?"
    rf"(?:(?P<pronoun>han|hun|ho|hen)(?![\p{{L}}-])"
    rf"|(?P<office>{_TITLE_WORD}(?:{_BLANK}{_TITLE_WORD}){{0,3}}){_BLANK}{_PREPOSITION}{_BLANK}[^.,;:!?«»\n]{{1,80}},{_BLANK}"
    rf"(?P<holder>{_NAME_WORD}(?:{_BLANK}(?:{_PARTICLE}{_BLANK})?{_NAME_WORD}){{1,4}})(?=\s*[.,\n(]|\s*$)"
    rf"|(?:{NAME}(?<=s)|[\p{{Lu}}\d]{{2,}}s?)(?:-|{_BLANK})(?P<rank>{_RANK}(?:{_BLANK}{_RANK}){{0,2}}){_BLANK}(?P<ranked>{_NAME_WORD}(?:{_BLANK}(?:{_PARTICLE}{_BLANK})?{_NAME_WORD}){{0,3}})(?![\p{{L}}\d-])"
    rf"|(?:(?P<title>{_TITLE}){_BLANK})?(?P<name>{NAME})(?![\p{{L}}\d-])"
    rf"|(?P<many>de|dei|flere|fleire|mange|alle|noen|nokon)(?=\s*[.,;:!?\n(]|\s*$)"
    rf"|(?P<alone>{_TITLE_WORD}(?:{_BLANK}{_TITLE_WORD}){{0,2}}?)(?=\s*[.,:;!?\n(]|\s*$|{_BLANK}(?:{_PREPOSITION}|da|når|etter|mens|videre|vidare|som)"
    rf"(?!\p{{L}})))"
)
_TAIL = regex.compile(
    rf"(?:(?P<mark>[!?…»”\"]|\.\.\.),?|,)\s+(?:(?:ifølge|ifølgje){_BLANK}|(?P<unnamed>(?:står|heter|heiter|lyder){_BLANK}det(?!\p{{L}}))|(?P<adds>(?:legger|legg|la){_BLANK}(?:til{_BLANK})?)"
    rf"|(?:{_VERB}){_BLANK}(?:(?:videre|vidare|også|òg|nå|no){_BLANK})?)"
)
_ANY_VERB = regex.compile(rf"(?:(?P<mark>[!?…»”\"]),?|,)\s+(?P<verb>\p{{Ll}}{{2,}}(?:er|ar)){_BLANK}")
_NO_VERB = frozenset("eller etter under over heller derfor søster bror mellom minister leder rådgiver forsker".split())
_CLOSES = regex.compile(r"[ \u00a0]*(?:\.|$)")
_AFTER_QUOTE = regex.compile(
    rf"[,.]?\s+(?:(?P<adds>(?:legger|legg|la){_BLANK}(?:til{_BLANK})?)|(?:{_VERB}){_BLANK}(?:(?:videre|vidare|også|òg){_BLANK})?)"
)
TOLD_BELOW = regex.compile(rf"(?:Det|Dette|Slik|Så){_BLANK}(?:{_VERB}){_BLANK}")
"""How the line after a quote begins that tells whose it was."""
_TO = regex.compile(rf"{_BLANK}til(?!\p{{L}})")
_NEVER_AFTER = regex.compile(rf"{_BLANK}(?:at|det|dette|ikke|ikkje|de|dei|vi|jeg|eg|seg)(?!\p{{L}})")
"""What shows that the verb has an object: it is then no tail of a quote."""
_NO_TITLE = frozenset(
    """
    at det dette de dei vi jeg eg æ man du dere dykk som når hvis viss fordi ikke ikkje meg deg oss dem seg så da då
    her der nå no og eller men om for til fra frå i på ved av hos alt alle noe noko bare berre mye mykje hva kva
    """.split()
)
_ANONYMOUS = frozenset("en ei ein et eit flere fleire mange noen nokon andre folk kilder kjelder begge".split())
_LEAD = frozenset("den tidligere tidlegare nåværende noverande".split())
_DEFINITE = regex.compile(r"\p{L}{2,}(?:en|et|a|n)")
_NO_DEFINITE = frozenset("men uten utan siden sidan igjen foran noen ingen annen altså ganske gjerne enn sann".split())
_OF_PARTY = regex.compile(
    r"^(?:[\p{Lu}\d]{2,}|Aps?|Sp|Frp|KrF|Høyre|Venstre|Rødt|Raudt)s[ \u00a0](?=\p{Lu}\p{L}+[ \u00a0]\p{Lu})"
)
_BEFORE = regex.compile(
    rf"(?:(?P<pronoun>[Hh](?:an|un|o|en))|(?:(?P<title>{_TITLE}){_BLANK})?(?P<name>{NAME})|(?P<alone>\p{{Lu}}?\p{{L}}+(?:en|a)))"
    rf"(?:{_BLANK}\([^()\n]{{1,30}}\))?(?:{_BLANK}i{_BLANK}{NAME})?{_BLANK}(?:{_VERB}|legger|legg|la)(?!\p{{L}})[^.!?\n]{{0,80}}:\s*$"
)
_INVERTED = regex.compile(rf"(?<!\p{{L}})(?:{_VERB}){_BLANK}(?=[^.!?\n]{{1,120}}:\s*$)")
_REACH = 300
"""How far before a colon its subject is looked for."""


class Attribution(NamedTuple):
    """Who is said to speak, in the words that stand there; all empty for somebody who is not named."""

    end: int
    """One past the last code point of the speaker's words."""
    pronoun: str = ""
    name: str = ""
    title: str = ""


class Tail(NamedTuple):
    """The end of a quote that names its speaker. Offsets are code points of the text."""

    words_end: int
    """Where the words that were said end; a question mark belongs to them, a comma does not."""
    speaker: Attribution


def tail_in(text: str, start: int, end: int) -> Tail | None:
    """The first attribution within `text[start:end]`, or None."""
    for match in _TAIL.finditer(text, start, end):
        if match["unnamed"]:
            speaker: Attribution | None = Attribution(match.end())
        else:
            speaker = _added(text, match, end) if match["adds"] else speaker_at(text, match.end(), end)
        if speaker is not None:
            return Tail(match.end("mark") if match["mark"] else match.start(), speaker)
    return _closing_tail(text, start, end)


def after_quote(text: str, start: int, end: int) -> Attribution | None:
    """The attribution that follows right after a closing quotation mark, or None."""
    match = _AFTER_QUOTE.match(text, start, end)
    if match is None:
        return None
    return _added(text, match, end) if match["adds"] else speaker_at(text, match.end(), end)


def before_colon(text: str, start: int, end: int) -> Attribution | None:
    """Who speaks according to `text[start:end]`, which ends in a colon, as `Kari Nordmann sier til NRK:`, or None."""
    start = max(start, end - _REACH)
    found = [match.end() for match in regex.finditer(r"[.!?][»”\"]?\s+", text, pos=start, endpos=end)]
    sentence = found[-1] if found else start
    for match in _INVERTED.finditer(text, sentence, end):
        speaker = speaker_at(text, match.end(), end)
        if speaker is not None:
            return speaker
    match = _BEFORE.search(text, sentence, end)
    if match is None:
        return None
    if match["alone"]:
        word = match["alone"]
        return None if word.casefold() in _NO_DEFINITE else Attribution(match.end("alone"), title=word.lower())
    return Attribution(
        match.end("name") if match["name"] else match.end("pronoun"),
        pronoun=(match["pronoun"] or "").lower(),
        name=match["name"] or "",
        title=_title(match["title"] or "") or "",
    )


def speaker_at(text: str, start: int, end: int) -> Attribution | None:
    """The speaker whose words begin at `start`, or None where no speaker stands there."""
    match = _SPEAKER.match(text, start, end)
    if match is None or _NEVER_AFTER.match(text, match.end(), end):
        return None
    if match["pronoun"]:
        return Attribution(match.end(), pronoun=match["pronoun"])
    if match["holder"]:
        title = _title(match["office"])
        return None if title is None else Attribution(match.end(), name=match["holder"], title=title)
    if match["many"]:
        return Attribution(match.end())
    if match["ranked"]:
        title = _title(match["rank"])
        return None if title is None else _named(text, match.end(), match["ranked"], title)
    if match["name"]:
        title = _title(match["title"] or "")
        return None if title is None else _named(text, match.end(), match["name"], title)
    words = match["alone"].split()
    if words[0] in _ANONYMOUS:
        return Attribution(match.end())
    if any(word in _NO_TITLE for word in words) or words[-1] in _NO_DEFINITE or not _DEFINITE.search(words[-1]):
        return None
    last = words[-1]
    known = len(last) > 4 and _DEFINITE.fullmatch(last.rpartition("-")[2]) is not None
    return Attribution(match.end(), title=" ".join(words)) if known else None


def _named(text: str, end: int, name: str, title: str) -> Attribution:
    """A person by name; nobody where the words name a body: `Storvik kommunestyre`, `Høyre`, `Helsedirektoratet`."""
    name = name[m.end() :] if (m := _OF_PARTY.match(name)) else name
    body = body_after(text, end) or (not title and is_body(name))
    return Attribution(end) if body else Attribution(end, name=name, title=title)


def _closing_tail(text: str, start: int, end: int) -> Tail | None:
    """An attribution by a verb that no list has (`raser Per Ås.`), where it closes the line."""
    for match in _ANY_VERB.finditer(text, start, end):
        speaker = None if match["verb"] in _NO_VERB else speaker_at(text, match.end(), end)
        if speaker is not None and (speaker.pronoun or speaker.name) and _CLOSES.fullmatch(text, speaker.end, end):
            return Tail(match.end("mark") if match["mark"] else match.start(), speaker)
    return None


def _added(text: str, match: regex.Match[str], end: int) -> Attribution | None:
    """The speaker of `legger hun til` and `legger til ordføreren`."""
    if match["adds"].split()[-1] == "til":
        return speaker_at(text, match.end(), end)
    speaker = _SPEAKER.match(text, match.end(), end)
    if speaker is None:
        return None
    if speaker["pronoun"] and _TO.match(text, speaker.end(), end):
        return Attribution(speaker.end(), pronoun=speaker["pronoun"])
    if speaker["name"] and _TO.match(text, speaker.end(), end):
        title = _title(speaker["title"] or "")
        return None if title is None else Attribution(speaker.end(), name=speaker["name"], title=title)
    if speaker["alone"]:
        words = speaker["alone"].removesuffix(" til")
        return Attribution(match.end() + len(words), title=words) if _DEFINITE.fullmatch(words) else None
    return None


def _title(words: str) -> str | None:
    """The title before a name without what only leads to it; None where the words are no title."""
    parts = words.split()
    # `rus- og psykisk helsesjef`: a conjunction after a suspended hyphen, or between two titles, belongs to it.
    loose = [
        part
        for index, part in enumerate(parts)
        if part in _NO_TITLE and not (part == "og" and 0 < index < len(parts) - 1)
    ]
    if loose or (parts and parts[0] in _ANONYMOUS):
        return None
    while parts and parts[0] in _LEAD:
        parts = parts[1:]
    return " ".join(parts)
