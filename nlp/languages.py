"""Which language somebody speaks or writes, told by the small words alone; nothing is loaded for it.

Each language has a hand-written list of its most frequent function words. A word speaks with one voice, shared equally
between the languages whose lists it is on, so *ikke* is half a voice for Bokmål and half for Danish, and *hva* a whole one
for Bokmål. The language with most voices is the answer if it leads clearly, and if enough of the words are on any list at
all; otherwise too little has been said. Where a written standard of Norwegian and another language are equally near, as
Bokmål and Danish often are in a short sentence, the text is taken for Norwegian.

Dialect is Norwegian, but no written standard. *Æ*, *ka* and *itj* are therefore half a voice each for Bokmål and Nynorsk,
and where they are met the words that dialects share with Nynorsk (*ikkje*, *kor*, *eg*, *ho*, *berre*) stop speaking for
Nynorsk alone. What then decides is what only a written standard has: *jeg*, *noe*, *fra* and *være*, or *eit*, *dei*,
*frå* and *vere*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

Language = Literal["nb", "nn", "en", "sv", "da", "de", ""]
"""ISO 639-1; empty where too little is said."""

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2
"""Words on a list that must be met."""
_SHARE = 0.15
"""Least share of the words that must be on a list: running text has more than twice as many in its own language."""
_LEAD = 0.3
"""Voices by which the first language must be ahead of the next."""
_AGAINST = 1.5
"""Voices by which it must be ahead of the one that is known already: *no, no* does not make a Bokmål speaker English."""

_NORWEGIAN = """
    og i å er det som på en av for til med at den har de om et var han så men vi kan der sig seg vil nei ja jo eller du
    man må ut over skal etter bli ved når da også meg deg min din sin mitt ditt sitt mine dine sine alle andre før her
    opp ned inn hadde ville kunne skulle bare mot under blir får få ha gå se si godt ikke sånn liksom altså vel nok
    kanskje litt veldig sammen selv noe noen hva hvor hvem hvordan hvorfor hver hvilke hvilken hvis jeg hun henne ham dem
    dere deres oss vår vårt våre egen egne eget fra nå være vært blitt ble mer mest flere fleste mye hele helt samme
    disse dette denne siden uten mens gjør gjøre gjorde gjort sier sa vet kommer kom går gikk fikk tar tror gir skjer
    ligger mellom gjennom igjen hjem hjemme frem annet annen enda ennå allerede egentlig fortsatt innen ifølge særlig
    ganske både enn fordi dersom ingen ingenting alltid aldri ofte snart derfor dermed heller videre utenfor tidligere
    senere først ene ett to tre mange slik slike inne ute synes mener trenger hverandre hennes hans mulig vanskelig tid
    ei meget stadig bør ligge sagt bra lite hver hvert tiden da hvilket ganger gang bedre annerledes uansett
"""
_NYNORSK = """
    og i å er det som på ein av for til med at den har dei om eit var han så men vi kan der seg vil nei ja jo eller du
    ein må ut over skal etter bli ved når då også òg meg deg min din sin mitt ditt sitt mine dine sine alle andre før her
    opp ned inn hadde ville kunne skulle berre mot under blir får få ha gå sjå seie godt ikkje liksom altså vel nok
    kanskje litt veldig saman sjølv noko nokon nokre nokor kva kor kven korleis kvifor kvar kvart kva viss eg ho henne
    honom dykk dykkar deira oss vår vårt våre eigen eigne eige eiga frå no vere vera vore vorte blitt blei vart vert meir
    mest fleire fleste mykje heile heilt same desse dette denne sidan utan medan gjer gjere gjera gjorde gjort seier sa
    sagt veit kjem kom går gjekk fekk tek trur gjev gir skjer ligg mellom gjennom igjen att heim heime fram anna annan
    enda endå enno eigentleg framleis innan særleg ganske både enn fordi dersom ingen ingenting alltid aldri ofte snart
    difor dermed heller vidare utanfor tidlegare seinare først fyrst ei eitt to tre mange slik slike inne ute synest
    meiner treng kvarandre hennar hans mogleg vanskeleg tid me de sånn dåke so korkje anten einkvan einast gong gonger
    lengre betre elles hjå gje gjeve vore staden finst skriv held bør leggje ligge kome
    stadig bra lite anten annleis uansett meg døme såg slo stod særs nemleg høve jamvel korso kvarandre kvifor
"""
_DANISH = """
    og i at er det som på en af for til med den har de om et var han så men vi kan der sig vil nej ja jo eller du man må
    ud over skal efter blive ved når da også mig dig min din sin mit dit sit mine dine sine alle andre før her op ned ind
    havde ville kunne skulle bare mod under bliver får få have gå se sige godt ikke altså vel nok måske lidt meget sammen
    selv noget nogen nogle hvad hvor hvem hvordan hvorfor hver hvilke hvilken hvis jeg hun hende ham dem jer jeres os vores
    deres egen egne eget fra nu være været blevet blev mere mest flere fleste hele helt samme disse dette denne siden uden
    mens gør gøre gjorde gjort siger sagde ved kommer kom går gik fik tager tog tror giver sker ligger mellem gennem igen
    hjem hjemme frem andet anden endnu allerede egentlig stadig inden ifølge særlig ganske både end fordi ingen intet
    altid aldrig ofte snart derfor dermed heller videre tidligere senere først ene to tre mange sådan sådanne inde ude
    synes mener hinanden hendes hans muligt lige jo bør ikk jamen eftersom blandt især
"""
_SWEDISH = """
    och i att är det som på en av för till med den har de om ett var han så men vi kan där sig vill nej ja jo eller du man
    måste ut över ska skall efter bli vid när då också mig dig min din sin mitt ditt sitt mina dina sina alla andra före
    här upp ner in hade ville kunde skulle bara mot under blir får få ha gå se säga bra inte alltså väl nog kanske lite
    mycket tillsammans själv något någon några vad var vem hur varför varje vilka vilken vilket jag hon henne honom dem
    dom ni er era deras oss vår vårt våra egen egna eget från nu vara varit blivit blev mer mest flera flesta hela helt
    samma dessa detta denna sedan utan medan gör göra gjorde gjort säger sade sa vet kommer kom går gick fick tar tror ger
    händer ligger mellan genom igen hem hemma fram annat annan ännu redan egentligen fortfarande inom enligt särskilt
    ganska både än därför ingen inget inga alltid aldrig ofta snart heller vidare tidigare senare först två tre många sådan
    sådana inne ute tycker menar behöver varandra hennes hans liksom just eftersom bland även sån nåt nån
"""
_ENGLISH = """
    the and of to a in is that it i you he she we they was for on are as with his her their my your our at be this have has
    had from or one by but not what all were when there can an which do did does if will would about who could should them
    then than these those some so no yes me him us its just because into out up down been being very really know think like
    more most other only also how where why get got go going went say said well now over after before own same too any
    such here through between both each few off again once am isn don doesn didn wasn won it's people things way want need
"""
_GERMAN = """
    und die der das in ist nicht ich sie er wir ihr es zu den dem des ein eine einen einem einer mit auf für von im an als
    auch wie aber oder war waren hat haben habe hatte hatten sind bin wird werden wurde worden noch nur schon so wenn dass
    daß bei nach aus über um am vor durch mich mir dir dich sich uns euch kann können konnte muss müssen soll sollte will
    was wer wo warum man da dann denn doch ja nein sehr mehr viel viele alle alles etwas nichts kein keine mein meine sein
    seine ihre ihren unser diese dieser dieses hier dort immer wieder weil ob bis gegen ohne unter zwischen jetzt heute gibt
    geht gut ganz halt eben mal zum zur ins vom
"""
_DIALECT = frozenset(
    """æ æg mæ dæ sæ ka kem korsen kossen koss kordan itj itte ittj ikkj dokker dokkers dåkker hu hannj hainn hænne nåkka
    nokka nåkke nåkken nokken nån nånn nåen mytji mykkje mye bære berr kjæm gjær trudd hadd sku kunn vesst fer mæn sjøl
    vess kæm åsså åssen hårr hårrdan ællj fræ hærre dær hær nævvel døm dem jæ ække ikkje'""".split()
) - frozenset(("mye", "dem", "ikkje'"))
"""Spellings of dialect that neither written standard has."""
_ALSO_DIALECT = frozenset(
    """ikkje kor kvar eg e ho no berre mykje noko nokon ein ei då me heim heime vart blei veit kjem trur fekk gjekk såg so
    sjå vere same heile kven kvifor sjøl att treng gong nokre dykk seie""".split()
)
"""On the list of Nynorsk, and in dialect written down by one who otherwise spells Bokmål."""


class Voiced(Protocol):
    """What of a turn its language is told from; offsets are code points of the spoken text."""

    @property
    def speaker(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def _speaking() -> Mapping[str, tuple[Language, ...]]:
    lists: tuple[tuple[Language, str], ...] = (
        ("nb", _NORWEGIAN),
        ("nn", _NYNORSK),
        ("da", _DANISH),
        ("sv", _SWEDISH),
        ("en", _ENGLISH),
        ("de", _GERMAN),
    )
    speaking: dict[str, tuple[Language, ...]] = dict.fromkeys(_DIALECT, ("nb", "nn"))
    for language, listed in lists:
        for word in dict.fromkeys(listed.split()):
            speaking[word] = (*speaking.get(word, ()), language)
    return speaking


_SPEAKING = _speaking()


def words_of(text: str) -> list[str]:
    """The words of a text as they stand, numbers and signs left out."""
    return _WORD.findall(text)


def language_of(words: Iterable[str], otherwise: Language = "") -> Language:
    """The language that the small words speak.

    Args:
        words: of a text, a speaker or a turn, any case.
        otherwise: what is known already, of the speaker or the text. The answer where the words say too little: too few
            of them, too many that no list knows, or no clear lead.
    """
    counted = Counter(word.lower() for word in words)
    spoken = counted.keys() & _SPEAKING.keys()
    known = sum(counted[word] for word in spoken)
    if known < _ENOUGH or known < _SHARE * counted.total():
        return otherwise
    voices: Counter[Language] = Counter()
    dialect = not _DIALECT.isdisjoint(spoken)
    for word in spoken:
        languages = _SPEAKING[word]
        if dialect and word in _ALSO_DIALECT and "nb" not in languages:
            languages = ("nb", *languages)
        for language in languages:
            voices[language] += counted[word] / len(languages)  # type: ignore[assignment]
    most = max(voices.values())
    if otherwise and most - voices[otherwise] < _AGAINST:
        return otherwise
    near = {language for language, heard in voices.items() if most - heard < _LEAD}
    candidates = near if len(near) == 1 else near & {"nb", "nn"}
    return candidates.pop() if len(candidates) == 1 else otherwise


def languages_of_turns(text: str, turns: Sequence[Voiced]) -> list[Language]:
    """The language of each turn: its own, else its speaker's over the whole text, else empty.

    Args:
        text: the stored text.
        turns: all of it that is said; one without a label has no speaker to go by.
    """
    spoken = [words_of(text[turn.start : turn.end]) for turn in turns]
    by_speaker: dict[str, list[str]] = defaultdict(list)
    for turn, words in zip(turns, spoken, strict=True):
        if turn.speaker:
            by_speaker[turn.speaker] += words
    known = {speaker: language_of(words) for speaker, words in by_speaker.items()}
    return [language_of(words, known.get(turn.speaker, "")) for turn, words in zip(turns, spoken, strict=True)]
