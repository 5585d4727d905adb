"""The project that the lead's report is tried on, and an institute's Word template; all of it invented."""

from __future__ import annotations

import io
from importlib.resources import as_file, files
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from codebooks.starters import read_starter
from corpus.model import ReadOptions
from corpus.samples import samples
from workbench.services import cases, codebook, coding, importing, sources, study
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.store.project import Project, create_project

HERE = Path(__file__).parent
CASES = ("Furnesund kommune", "Skarvøy kommune", "Storhamn kommune", "Bydel Lunden")
WORDS = {
    "bolig": ("bolig", "leilighet", "hospits", "hybel", "husvære", "bustad", "seng"),
    "rop": ("psyko", "psykisk", "rusfri", "avvis", "angst", "syk"),
    "spesialisthelse": ("DPS", "poliklinikk", "FACT", "utskriv", "avtale", "henvis"),
    "okonomi": ("tilskudd", "tilskot", "stilling", "kutt", "midler", "sparer", "budsjett"),
    "brukerokonomi": ("gjeld", "NAV", "inkasso", "stønad", "straum", "penger"),
}
ESSENCE = (
    "Mangelen på {what} går igjen i alle de fire stedene, men den ser ulik ut. Der det er lite å få, blir det midlertidige "
    "varig, og de ansatte bruker tiden på å finne det neste stedet i stedet for å følge opp det forrige. Lederne beskriver "
    "dette som et spørsmål om kapasitet, mens de som møter folk til daglig, beskriver det som et spørsmål om tid og tillit.\n"
    "Samtidig finnes det steder der noe virker. Felles for dem er at én person har ansvaret og blir værende, og at det er "
    "lov å komme tilbake. Flere av informantene mener at nettopp dette er det første som forsvinner når det skal spares, "
    "fordi det ikke er lovpålagt og ikke lar seg telle. Det er uenighet om hvem som burde betale for det."
)


def make(path: Path) -> Project:
    """The study: twelve sources, four cases, five themes with essences, four selected quotations in each."""
    project = create_project(path, coder="Forsker Fjell", title="Etter opptrappingen")
    project.connection.execute("PRAGMA synchronous = OFF")
    with project.write() as act:
        codebook.add_codebook(act, project.uid, read_starter("rusfeltet"))
    for name in CASES:
        cases.add_case(project, name)
    _take_in_samples(project)
    _take_in_own(project)
    _code(project)
    study.set_facts(
        project,
        {
            "institution": "Institutt for oppdiktet forskning",
            "authors": "Fjell, F. og Dal, D.",
            "data_class": "Rød (fortrolig)",
            "approval": "123456",
            "coreq.10": "Strategisk utvalg av ledere og ansatte i fire kommuner.",
            "coreq.14": "På arbeidsplassene, to på video.",
        },
    )
    for theme in codebook.list_themes(project):
        codebook.set_theme(project, theme.id, essence=ESSENCE.format(what=theme.title.lower()), status="final")
    return project


def _take_in_samples(project: Project) -> None:
    for sample in samples():
        if sample.cases[0] not in CASES or sample.kind != "transcript":
            continue
        labels = frozenset({*sample.interviewers, *(each.speaker for each in sample.informants)} - {""})
        with as_file(files("corpus") / "sample" / "interviews" / sample.file) as file:
            reading = importing.read_file(file, ReadOptions(kind=None, confirmed_labels=labels))
        speakers = [SpeakerChoice(label=label, role="interviewer") for label in sample.interviewers]
        speakers += [
            SpeakerChoice(label=each.speaker, role="participant", informant=each.number, informant_role=each.role,
                          level=each.level, side=each.side)
            for each in sample.informants
        ]  # fmt: skip
        facts = SourceFacts(
            name=sample.name, kind="transcript", cases=sample.cases, wave="1", date=sample.date, mode=sample.mode,
            language=sample.language, speakers=tuple(speakers),
        )  # fmt: skip
        importing.save(project, reading, facts)


def _take_in_own(project: Project) -> None:
    own = (
        ("21-furnesund-referat", "minutes", "Furnesund kommune", ()),
        ("22-storhamn-referat", "minutes", "Storhamn kommune", ()),
        ("23-skarvoy-kommunalsjef", "transcript", "Skarvøy kommune", ("Kommunalsjef", "I21", "kommunalsjef", "strategisk")),
        ("24-lunden-sosialkonsulent", "transcript", "Bydel Lunden", ("Konsulent", "I22", "sosialkonsulent", "operativt")),
    )  # fmt: skip
    for stem, kind, case, person in own:
        speakers = ()
        if person:
            label, number, role, level = person
            asking = "Intervjuar" if "skarvoy" in stem else "Forsker"
            speakers = (
                SpeakerChoice(label=asking, role="interviewer"),
                SpeakerChoice(label=label, role="participant", informant=number, informant_role=role, level=level,
                              side="kommune"),
            )  # fmt: skip
        facts = SourceFacts(
            name=stem, kind=kind, verbatim=kind != "minutes", cases=(case,), wave="1", date="2024-11-20",
            language="nn" if "skarvoy" in stem else "nb", speakers=speakers,
        )  # fmt: skip
        importing.save(project, importing.read_file(HERE / f"{stem}.txt"), facts)


def _code(project: Project) -> None:
    """Codes what is said with a theme's words, and selects a quotation of it from each case, and from both minutes."""
    by_slug = {entry.slug: entry for entry in codebook.list_codes(project)}
    every = sources.list_sources(project)
    for source in every:
        shown = sources.show_source(project, source)
        spans = [(t.start, t.end) for t in shown.turns if t.role == "participant"] or _paragraphs(shown.text)
        beside = [each.id for each in every if each.cases == source.cases and each.kind == "transcript"]
        for turn, (slug, words) in enumerate(WORDS.items()):
            found = [
                (start, end)
                for start, end in spans
                if 60 < end - start < 900 and any(word in shown.text[start:end] for word in words)
            ][:6]
            made = [coding.apply_code(project, source, start, end, by_slug[slug]) for start, end in found]
            # Each case's quotation of a theme is taken from one of its sources after the other.
            chosen = beside[turn % len(beside)] == source.id or (source.kind == "minutes" and slug == "bolig")
            if chosen and made:
                coding.star_coding(project, made[0].id, star=True)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, place = [], 0
    for line in text.split("\n"):
        found.append((place, place + len(line)))
        place += len(line) + 1
    return found


def template() -> bytes:
    """An institute's template: a cover with fields, numbered headings of its own, header, footer and a table style."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name in ("left_margin", "right_margin"):
        setattr(section, name, Cm(2.5))
    _numbered_headings(document)
    quote = document.styles["Quote"]
    quote.font.italic = False
    quote.font.size = Pt(10)
    quote.paragraph_format.left_indent = Cm(1)
    _table_style(document)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{tittel}} · Institutt for oppdiktet forskning"
    section.footer.paragraphs[0].text = "{{dataklasse}}"
    cover = document.add_paragraph("Rapport 2026:7")
    cover.style = document.styles["Subtitle"]
    document.add_paragraph("{{tittel}}", style="Title")
    line = document.add_paragraph(style="Subtitle")
    for piece in ("{{for", "fat", "tere}}"):  # as Word splits what has been typed and mended
        line.add_run(piece)
    document.add_paragraph("{{dato}}", style="Subtitle")
    document.add_paragraph("{{rapport}}")
    document.add_paragraph("Institutt for oppdiktet forskning, Postboks 0, 0000 Ingensteds")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _numbered_headings(document: docx.document.Document) -> None:
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:lvlText w:val="{"".join(f"%{k + 1}." for k in range(n + 1))}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n in range(2)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="97"><w:multiLevelType '
                                  f'w:val="multilevel"/>{levels}</w:abstractNum>'))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="97"><w:abstractNumId w:val="97"/></w:num>'))
    for n in range(2):
        style = document.styles[f"Heading {n + 1}"]
        style.font.name = "DejaVu Serif"
        style.font.color.rgb = RGBColor(0x7A, 0x1F, 0x2B)
        properties = style.element.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        level, key = OxmlElement("w:ilvl"), OxmlElement("w:numId")
        level.set(qn("w:val"), str(n))
        key.set(qn("w:val"), "97")
        number.extend((level, key))
        properties.insert_element_before(number, "w:spacing", "w:outlineLvl")


def _table_style(document: docx.document.Document) -> None:
    style = document.styles.add_style("Institutt tabell", WD_STYLE_TYPE.TABLE)
    style.element.set(qn("w:customStyle"), "1")
    borders = parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblBorders><w:top w:val="single" w:sz="12" w:color="7A1F2B"/>'
        '<w:bottom w:val="single" w:sz="12" w:color="7A1F2B"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="BBBBBB"/></w:tblBorders></w:tblPr>'
    )
    style.element.append(borders)
