"""Words that say nothing of what a text is about: small words, light verbs, and what people say while they think."""

from __future__ import annotations

from functools import lru_cache

from nlp.forms import Form
from nlp.lexicon.lookup import lemmas
from nlp.words.shown import shown, written

_SMALL = frozenset(
    """
    allerede alltid annenhver bak blant deretter dit dog eneste fort forbi foran fortsatt første hen hos hver
    hvori hvorav ifølge igjennom imot innimellom især iblant ihvertfall isteden istedenfor kontra langt lenger
    lengre mange mellom mindre minst mot neste nettopp nokså nylig nær nærmest omtrent ovenfor plutselig samtlige
    sist snart straks stadig så såkalt sånt temmelig tidligere tross uansett undertiden unna utover veldig
    øvrig allereie difor fyrst framfor heilt helst helt hjå hvorved no opp sia sjølv somme både enkelte flest del
    mesteparten visse viss sann eller ikke
    """.split()
)
_LIGHT_VERBS = frozenset(
    """
    være vere vera ha få bli verte verta kunne skulle skal ville vil måtte må burde bør tørre gjøre gjere gjera gå
    komme kome koma ta si seie seia se sjå gi gje la late legge sette synes syns synast tro tru tenke tenkje mene
    meine vite vita kjenne pleie finnes finnast
    """.split()
)
_POINTING = frozenset(
    """
    jeg du han hun vi dere seg den det de dem denne dette disse min mi mitt mine din di ditt dine vår vårt våre én en ein
    eit ei ett et all hel annen ingen noe noen mye hver samme same selv sjølv halv når hete
    """.split()
)
_TRANSCRIBER = frozenset("latter ler pause uklart utydelig uhørbart".split())
"""What stands in brackets in a transcript is nobody's word."""
_SPEECH = frozenset(
    """
    ja nei jo jau nja neida joda jada ok okei okay mhm mm mmm hm hmm eh ehm eee øh øhm æh ehh m-m aha åja åh oi ah
    hæ altså asså ass liksom lissom likssom egentlig eigentleg sant ikkesant jaja neinei sånn slags typ innmari da
    nå vel akkurat bare sikkert kanskje selvfølgelig sjølvsagt faktisk greit greie ting
    """.split()
)
_DIALECT = frozenset(
    """
    æg je jæ mæ dæ sæ mei dei mej dej vess ka kæ kem kåm kor koffer koffår korfor korsen kossen koss kordan ikkj
    itj itte ittje ittj inte ikkje itjnå nokka nåkka nokke nåkke nånn nåen nån noen hu hain hainn ho dæm
    dokker dåkker dokk døkk dokkers vårres våres hannes hennes hinnes henners mykje mye møkky my vart va væra
    vørre hadd hakke ska sku måkke e'kke ekke harke kanke bi sjøl
    """.split()
)
_STOP = _SMALL | _LIGHT_VERBS | _POINTING | _TRANSCRIBER | _SPEECH | _DIALECT


@lru_cache(maxsize=65_536)
def is_stop(form: Form) -> bool:
    """Whether the word is left out of a word list unless everything is asked for.

    A letter alone counts as a stop word; so do words that the lexicon knows as function words only.
    """
    surface, lemma = written(form), shown(form)
    if min(sum(map(str.isalpha, each)) for each in (surface, lemma)) < 2:
        return True
    if not {surface, lemma}.isdisjoint(_STOP):
        return True
    readings = lemmas(surface)
    return bool(readings) and all(word_class == "function" for _, word_class in readings)


@lru_cache(maxsize=65_536)
def is_word(form: Form) -> bool:
    """Whether there is a letter in it: figures and dates are no words."""
    return any(map(str.isalpha, written(form)))
