"""Invented Norwegian reports, laid out as the series that case studies cite lay theirs out, each block with what it is.

A block's kind is that of `corpus.model`, or `prose` for running text, or `free` for what may be either (running heads, boxes).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Layout = Literal["heading", "line", "paragraph", "entry", "cells", "item", "quote", "spread"]
NYNORSK = {
    "jeg": "eg", "ikke": "ikkje", "fra": "frå", "hva": "kva", "noe": "noko", "mer": "meir", "kommunene": "kommunane",
    "blir": "blir", "vi ser": "vi ser", "en ": "ein ", "Informantene": "Informantane", "forteller": "fortel", "sier": "seier",
    "boligene": "bustadene", "bolig": "bustad", "boliger": "bustader", "tjenestene": "tenestene", "brukerne": "brukarane",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a report: what it is, how it is laid out, its words (cells parted by tabs, rows by line feeds)."""

    kind: str
    words: str
    layout: Layout = "paragraph"
    note: str = ""
    """A footnote that its last word has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How one series of reports looks."""

    name: str
    head: str = ""
    foot: str = ""
    columns: int = 1
    leaders: bool = True
    contents: str = "Innhold"
    contents_style: Literal["numbered", "bare", "capitals", "page first", "none"] = "numbered"
    number: str = "{c}.{n}"
    """How tables and figures are numbered."""
    after: str = " "
    """What stands between a caption's number and its words."""
    caption_below: bool = False
    summary: str = "Summary"
    references: str = "Referanser"
    notes: bool = True
    endnotes: bool = False
    source: str = "Kilde"
    nynorsk: bool = False
    boxes: bool = False
    size: int = 11
    extras: tuple[str, ...] = field(default=())


SERIES = (
    Series(name="nou", head="NOU 2026: 3", foot="Et felles løft", columns=2, size=9, boxes=True),
    Series(name="melding", head="Meld. St. 15 (2025–2026)", columns=2, size=9, nynorsk=True, contents="Innhald", boxes=True),
    Series(name="revisjon", foot="Dokument 3:7 (2025–2026)", number="{k}", references="Referanseliste", boxes=True),
    Series(
        name="direktorat", leaders=False, number="{k}", after=": ",
        contents="Innholdsfortegnelse", references="Litteraturliste",
    ),
    Series(name="nibr", foot="NIBR-rapport 2026:4", after=": ", extras=("lists",)),
    Series(name="nova", head="– NOVA Rapport 5/26 –", summary="English summary", references="Litteratur"),
    Series(
        name="nordland", contents="INNHOLD", contents_style="capitals", extras=("lists",), after=". ", summary="SUMMARY",
    ),
    Series(
        name="proba", foot="Proba samfunnsanalyse | Oppfølging i bolig |", number="{c}-{n}", endnotes=True, notes=False,
    ),
    Series(
        name="kaupang", leaders=False, number="{k}", after=" – ", contents_style="bare", notes=False, extras=("bullets",),
    ),
    Series(name="ramboll", contents_style="capitals", number="{c}-{n}", after=": ", caption_below=True),
    Series(name="sintef", foot="SINTEF A31099", after="  ", extras=("tick",)),
    Series(
        name="korus", contents_style="page first", leaders=False, notes=False, number="{k}", after=". ", size=12,
        extras=("pull",),
    ),
    Series(name="vestland", nynorsk=True, contents="Innhald", source="Kjelde", after=". ", references="Litteratur"),
    Series(
        name="studie", contents_style="none", notes=False, number="{k}", after=": ", extras=("interviews",),
        references="Kilder",
    ),
)  # fmt: skip

_PLACES = "Storvik Lunden Elvestad Furnes Skarvøy Heimdal Brekke Nesset Solvik Dalen".split()
_WHO = [
    "Informantene i kommunen", "Flere av lederne", "Ansatte i tjenestene", "En av brukerrepresentantene", "Saksbehandlerne",
    "Representanter for spesialisthelsetjenesten", "De vi intervjuet i bydelen", "Kommunedirektøren",
]  # fmt: skip
_VERBS = [
    "forteller at",
    "mener at",
    "opplever at",
    "peker på at",
    "er bekymret for at",
    "sier at",
    "beskriver hvordan",
]
_WHAT = [
    "ventetiden på bolig er blitt lengre", "samarbeidet med poliklinikken er blitt bedre", "folk faller mellom to stoler",
    "det mangler ansatte på kveldstid", "tilskuddet er brukt til nye stillinger", "oppfølgingen stopper når prosjektet er over",
    "de som trenger mest hjelp, får minst", "kommunen må si nei til mange", "naboene klager mer enn før",
    "ingen har tatt ansvar for helheten", "teamet rekker bare de dårligste", "arbeidet med recovery er kommet godt i gang",
]  # fmt: skip
_AND = [
    "og at dette har vært slik i flere år", "men at det er store forskjeller mellom kommunene", "selv om budsjettet har økt",
    "særlig for unge menn uten nettverk", "noe som også går igjen i dokumentene vi har sett på",
    "slik det også ble beskrevet i den forrige rapporten", "og de ønsker seg tydeligere føringer",
]  # fmt: skip
_HEADS = [
    "Organisering av tjenestene", "Boliger til vanskeligstilte", "Samarbeid med spesialisthelsetjenesten", "Økonomi og bemanning",
    "Brukermedvirkning", "Arbeid og aktivitet", "Erfaringer fra kommunene", "Oppsummering", "Om utvalget", "Statusbilde",
]  # fmt: skip
_ENGLISH = [
    "This report is about the housing services in the municipalities and how they have been organised over the last years.",
    "The study was carried out in six municipalities, and the data were collected through interviews with the users.",
    "We find that there has been an increase in the number of employees, but that many of them are on short contracts.",
    "The results show that cooperation between the services is not what it should be, and that the users are left waiting.",
    "It would be useful to know more about what happens to people who have been moved from one home to another.",
]
_NAMES = [
    "Aas, K.",
    "Berg, T. og Lie, M.",
    "Dahl, S.",
    "Eide, R., Foss, A. & Gran, P.",
    "Hagen, B.",
    "Juul, L.",
    "Krogh, N.",
]
HAZARDS = (
    ("line", "Tabell 2 og 3 viser at andelen er lavere i Storvik enn i de andre kommunene."),
    ("line", "Figur 3 viser utviklingen. Informantene kjenner seg igjen i den."),
    ("paragraph", "I 2021 var det 12 boliger, i 2022 var det 15, og i 2023 sto 30 på venteliste. 5 av dem hadde ventet i 2 år."),
    ("quote", "Jeg har ventet i 3 år. Jeg står som nummer 14 på lista."),
    ("quote", "«Vi har 12 boliger og 30 på venteliste. Det sier seg selv.»"),
    ("quote", "– Kilde til uro, det er det det er."),
    ("line", "Informant 3: 2 ganger i uka, 1 time."),
    ("line", "Informant 4: 5 ganger. 6 hvis det er krise."),
    ("heading", "Unge 18–25 år"),
    ("paragraph", "Kilder: Vi har brukt tre typer kilder i arbeidet, og alle er gjengitt slik de ble beskrevet for oss."),
    ("item", "Vi trenger 10 boliger til, helst innen 2027"),
    ("item", "Ansatte som blir lenger enn 6 måneder"),
    ("item", "Noen å ringe til etter klokka 16"),
    ("paragraph", "Note: en av informantene ba om at dette ble strøket, så vi har bare tatt med det som ble sagt etterpå."),
)  # fmt: skip
"""Running text that has something of a table, a caption or a list about it."""


def prose(draw: random.Random, sentences: int) -> str:
    return " ".join(_sentence(draw) for _ in range(sentences))


def _sentence(draw: random.Random) -> str:
    where = draw.choice(["I {p} ", "I tillegg ", "", "", "Både i {p} og {q} "]).format(
        p=draw.choice(_PLACES), q=draw.choice(_PLACES)
    )
    verb = draw.choice(_VERBS)
    who = draw.choice(_WHO)
    if where:
        head, rest = verb.split(" ", 1)
        start = f"{where}{head} {who[0].lower()}{who[1:]} {rest} "
    else:
        start = f"{who} {verb} "
    ends = draw.choice(["", f", {draw.choice(_AND)}", f" {draw.choice(_AND)}"])
    return f"{start}{draw.choice(_WHAT)}{ends}."


def report(series: Series, seed: int) -> list[Block]:
    """The whole report as blocks in reading order; `spread` blocks go over both columns."""
    draw = random.Random(f"{series.name} {seed}")
    chapters = [(n, head) for n, head in enumerate(draw.sample(_HEADS, 6), 2)]
    blocks = [
        Block(kind="free", words="Et felles løft for folk med rusproblemer", layout="spread"),
        Block(kind="prose", words="Forord", layout="heading"),
        Block(kind="prose", words=prose(draw, 4)),
        Block(kind="prose", words=prose(draw, 3)),
    ]
    contents = [*_contents(series, chapters, draw)]
    blocks += contents
    blocks += [Block(kind="prose", words="Samandrag" if series.nynorsk else "Sammendrag", layout="heading")]
    blocks += [Block(kind="prose", words=prose(draw, 5)) for _ in range(3)]
    if series.columns == 1 and series.name not in ("kaupang", "studie"):
        blocks.append(Block(kind="summary", words=series.summary, layout="heading"))
        blocks += [Block(kind="summary", words=" ".join(draw.sample(_ENGLISH, 4))) for _ in range(3)]
    notes: list[str] = []
    serial = {"Tabell": 0, "Figur": 0, "Boks": 0}
    for chapter, head in chapters:
        title = f"{chapter} {head}" if series.contents_style != "none" else head
        blocks.append(Block(kind="prose", words=title, layout="heading"))
        blocks += _chapter(series, chapter, draw, serial, notes)
    blocks += _end(series, draw, notes)
    return [_turned(block) for block in blocks] if series.nynorsk else blocks


def _turned(block: Block) -> Block:
    words = block.words
    if block.kind != "summary":
        for old, new in NYNORSK.items():
            words = words.replace(f" {old} ", f" {new} ")
    return Block(kind=block.kind, words=words, layout=block.layout, note=block.note)


def _contents(series: Series, chapters: Sequence[tuple[int, str]], draw: random.Random) -> Iterator[Block]:
    if series.contents_style == "none":
        return
    yield Block(kind="contents", words=series.contents, layout="heading")
    page = 3
    entries = ["Forord", "Sammendrag"]
    for number, head in chapters:
        entries.append(f"{number} {head}")
        entries += [f"{number}.{n} {sub}" for n, sub in enumerate(draw.sample(_HEADS, 3), 1)]
    entries += [series.references, "Vedlegg 1 Intervjuguide"]
    for entry in entries:
        page += draw.randint(0, 4)
        words = entry
        if series.contents_style == "capitals" and "." not in entry.split(" ")[0]:
            words = entry.upper()
        if series.contents_style == "bare":
            words = entry.lstrip("0123456789. ")
        first = series.contents_style == "page first"
        words = f"{page}\t{entry.lstrip('0123456789. ')}" if first else f"{words}\t{page}"
        yield Block(kind="contents", words=words, layout="entry")
    if "lists" in series.extras:
        for title, kind in (("Tabelloversikt", "Tabell"), ("Figuroversikt", "Figur")):
            yield Block(kind="contents", words=title, layout="heading")
            for n in range(1, 6):
                words = f"{kind} {n}.1{series.after}{draw.choice(_HEADS)} i kommunene, prosent"
                yield Block(kind="contents", words=f"{words}\t{20 + 9 * n}", layout="entry")


def _chapter(
    series: Series, chapter: int, draw: random.Random, serial: dict[str, int], notes: list[str]
) -> Iterator[Block]:
    counts = {"Tabell": 0, "Figur": 0, "Boks": 0}

    def number(what: str) -> str:
        counts[what] += 1
        serial[what] += 1
        return f"{what} " + series.number.format(c=chapter, n=counts[what], k=serial[what])

    def note() -> str:
        said = f"Se {draw.choice(['rundskriv', 'veileder', 'rapport'])} fra {draw.randint(2005, 2025)} om {draw.choice(_WHAT)}."
        if series.endnotes:
            notes.append(said)
            return ""
        return said if series.notes else ""

    hazards = draw.sample(HAZARDS, 5)
    yield Block(kind="prose", words=prose(draw, 4), note=note())
    for part in range(1, 4):
        if series.contents_style != "none":
            yield Block(kind="prose", words=f"{chapter}.{part} {draw.choice(_HEADS)}", layout="heading")
        yield Block(kind="prose", words=prose(draw, 5))
        if part == 1:
            yield from _figures_table(series, number("Tabell"), draw)
        elif part == 2:
            caption = f"{number('Figur')}{series.after}{draw.choice(_HEADS)} i {draw.choice(_PLACES)}. Prosent (N=123)"
            yield Block(kind="caption", words=caption, layout="line")
            yield Block(kind="caption", words=f"{series.source}: Intervjuundersøkelsen", layout="line")
        else:
            yield from _words_table(series, number("Tabell"), draw)
            if series.boxes:
                yield Block(kind="free", words=f"{number('Boks')} {draw.choice(_HEADS)}", layout="line")
                yield Block(kind="free", words=prose(draw, 3))
        yield Block(kind="prose", words=prose(draw, 3), note=note())
        yield Block(kind="prose", words="Dette kom også fram i intervjuene:", layout="line")
        for layout, words in hazards[2 * part - 2 : 2 * part]:
            yield Block(kind="prose", words=words, layout=layout)  # type: ignore[arg-type]
        yield Block(kind="prose", words=prose(draw, 5), note=note())
    yield from _extras(series, draw)


def _extras(series: Series, draw: random.Random) -> Iterator[Block]:
    if "pull" in series.extras:
        yield Block(kind="prose", words="Hjem er der man får være i fred", layout="spread")
    if "bullets" in series.extras:
        for what in draw.sample(_WHAT, 6):
            yield Block(
                kind="prose", words=f"{what[0].upper()}{what[1:]} ({draw.randint(2, 9)} av 12 kommuner)", layout="item"
            )
    if "interviews" in series.extras:
        for n in range(1, 5):
            yield Block(kind="prose", words="Intervjuer: Hvor mange bor her nå?", layout="line")
            yield Block(
                kind="prose",
                words=f"Informant {n}: {draw.randint(3, 20)}. Det var {draw.randint(3, 20)} i fjor.",
                layout="line",
            )
    if "tick" in series.extras:
        for n, what in enumerate(draw.sample(_WHAT, 5), 1):
            yield Block(kind="prose", words=f"{n}. Hva tenker du om at {what}?", layout="line")


def _figures_table(series: Series, number: str, draw: random.Random) -> Iterator[Block]:
    caption = Block(
        kind="caption",
        words=f"{number}{series.after}{draw.choice(_HEADS)} etter kommune. {draw.choice(['Antall', 'Prosent'])}",
        layout="line",
    )
    columns = draw.randint(2, 4)
    years = [str(2021 + n) for n in range(columns)]
    rows = [["Kommune", *years]]
    for place in draw.sample(_PLACES, draw.randint(4, 8)):
        rows.append(
            [
                place,
                *(draw.choice([str(draw.randint(3, 900)), f"{draw.randint(1, 99)} %", "1 204", "3,5"]) for _ in years),
            ]
        )
    rows.append(["Totalt", *(str(draw.randint(900, 3000)) for _ in years)])
    table = Block(kind="table", words="\n".join("\t".join(row) for row in rows), layout="cells")
    yield from (table, caption) if series.caption_below else (caption, table)
    if draw.random() < 0.7:
        yield Block(kind="caption", words=f"{series.source}: KOSTRA", layout="line")


def _words_table(series: Series, number: str, draw: random.Random) -> Iterator[Block]:
    caption = Block(kind="caption", words=f"{number}{series.after}Tiltak i kommunene", layout="line")
    rows = [["Tiltak", "Målgruppe", "Ansvarlig"]]
    for what in draw.sample(_HEADS, 4):
        rows.append(
            [
                what,
                draw.choice(["Unge under 25", "Alle", "Kvinner"]),
                draw.choice(["Kommunen", "Helseforetaket", "Nav"]),
            ]
        )
    table = Block(kind="table", words="\n".join("\t".join(row) for row in rows), layout="cells")
    yield from (table, caption) if series.caption_below else (caption, table)


def _end(series: Series, draw: random.Random, notes: Sequence[str]) -> Iterator[Block]:
    if notes:
        yield Block(kind="footnote", words="Sluttnoter", layout="heading")
        for n, words in enumerate(notes, 1):
            yield Block(kind="footnote", words=f"{n} {words}", layout="line")
    yield Block(kind="references", words=series.references, layout="heading")
    for name in sorted(_NAMES):
        title = f"{draw.choice(_HEADS)} i {draw.choice(_PLACES)}"
        where = draw.choice(
            ["Oslo: Universitetsforlaget.", "NIBR-rapport 2019:4.", "Tidsskrift for velferdsforskning, 22(3), 186–201."]
        )
        yield Block(kind="references", words=f"{name} ({draw.randint(1999, 2025)}). {title}. {where}")
    yield Block(kind="prose", words="Vedlegg 1 Intervjuguide", layout="heading")
    yield Block(kind="prose", words=prose(draw, 2))
    for n, what in enumerate(draw.sample(_WHAT, 6), 1):
        yield Block(kind="prose", words=f"{n}. Hva tenker du om at {what}?", layout="line")
    yield Block(kind="prose", words=prose(draw, 4))
