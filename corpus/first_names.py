"""Common first names in Norway by what a pronoun shows: whether *han* or *hun* can refer to a person.

Names that both bear (Kim, Robin, Alex) are in neither list; a name that is missing decides nothing.
"""

from __future__ import annotations

from typing import Literal

Gender = Literal["f", "m", ""]

_WOMEN = frozenset(
    """
    aase agnes aina aisha alexandra alice alma amalie amanda amina amira andrea ane anette anine anita anja
    ann-kristin anna anne anne-grete anne-lise anne-marie annette anniken asta astri astrid aud aurora barbro
    beate bente berit birgit birgitte bjørg bodil borghild brit britt brynhild camilla caroline cathrine cecilie
    celine charlotte christina christine dagny dorthe ebba eirin elena eli elin eline elisabet elisabeth elise
    ella ellen elsa else emilie emma erna ester eva eveline fatima frida frøydis gerd gina grete grethe gro gry
    gudrun gunhild gunn gunvor guri hadia hanna hannah hanne hege heidi helen helena helene helga hilde
    hildegunn ida idun ina inga ingebjørg ingeborg ingelin inger ingrid ingvild irene iris iselin jane janne
    jannicke jannike jeanette jenny johanne jorunn josefine julia julie june kaja karen kari karin karina
    karoline katarina katharina kathrine katrine kirsten kirsti kjellaug kjersti klara kristin kristina kristine
    laila lajla laura lea leila lena lene linda line linn linnea lisa lisbeth lise liv live lotte louise lovise
    magnhild maja malene malin maren margaret margareth margrete margrethe mari maria mariam marianne marie
    marit marita marta marte martha martine mathilde maud merete merethe mette mia mina mona monica monika
    märtha nadia nina nora norunn oda oddbjørg oddny oddrun olaug olga pernille petra pia ragna ragnfrid
    ragnhild randi rebecca reidun renate ronja runa rut ruth sandra sara sarah selma sidsel signe sigrid sigrun
    silje sina siri sissel siv sofia sofie solfrid solveig stina stine sunniva susanne synne synnøve sølvi tale
    tanja thea therese tina tiril tone tonje tora torhild toril torild torill torunn trine trude turid tuva unn
    unni vanessa vera veronica vibeke vigdis vilde vilja wenche ylva yngvild zahra ågot åse åshild åslaug åsne
    øydis
    """.split()
)
_MEN = frozenset(
    """
    abdi abdul abdullah adam adrian ahmed aksel albert alexander alf alfred ali amir anders andreas anton arild
    arne arnfinn arnstein arnt arthur arve asbjørn asgeir aslak asle asmund atle audun axel benjamin bent
    bernhard bernt birger birk bjarne bjørn bjørnar brage bård christer christian christoffer christopher dag
    dagfinn daniel david didrik edvard edvin egil eigil eilif einar eirik eivind elias emanuel emil endre erik
    erlend erling espen even fabian felix filip frank fredrik frode gaute geir georg gisle gunnar gustav guttorm
    haakon hallgeir hallvard halvard halvor hans harald hassan helge henning henrik henry herman hugo hussein
    håkon håvard ibrahim idar ingar inge ingebrigt ingmar ingvar isak ivar iver jacob jakob jan jarl jarle jens
    jesper jo joachim joakim johan johannes john johnny jon jonas jonathan jone jostein julian jørgen jørn karl
    karsten kenneth kent ketil kjartan kjell kjetil klaus knut kolbjørn konrad kristen kristian kristoffer kåre
    lars lasse leif leiv leo levi liam loke lucas ludvig lukas mads magnar magne magnus marcus marius markus
    martin mathias matias mats mattias mikael mikkel mohamed mohammad mohammed morten nicolai niels nikolai nils
    noah odd oddbjørn oddvar odin ola olaf olav ole oliver omar oscar oskar osman ottar otto ove owe patrick
    paul peder per peter petter philip pål ragnar rasmus raymond reidar richard rikard roald roar robert roger
    rolf ronny roy runar rune samuel sander sebastian severin sigbjørn sigmund sigurd sigve simen simon sindre
    sivert sjur snorre sondre stefan steffen stein steinar stian stig sturla ståle svein sven svenn sverre syver
    tage tarjei teodor terje terjei theodor thomas thor thorbjørn tobias tom tomas tommy tor torbjørn tore
    torfinn torgeir torgrim torjus torkel torkjell torleif tormod torstein torvald trond truls trygve tyge ulf
    ulrik vebjørn vegar vegard vetle victor vidar viggo viktor vilhelm vinjar william yngvar yngve yusuf ådne
    åge åsmund øistein ørjan øystein øyvind
    """.split()
)


def gender_of(name: str) -> Gender:
    """What the first of a person's names shows: `f`, `m`, or empty where it shows nothing."""
    words = name.casefold().split()
    if not words:
        return ""
    first = words[0]
    for part in (first, first.partition("-")[0]):
        if part in _WOMEN:
            return "f"
        if part in _MEN:
            return "m"
    return ""
