"""The readers of foreign files, each with whole files to start from and the refusals it may answer damaged ones with.

An input is told by its target's name and a number: the same two give the same bytes, on every machine.
"""

from __future__ import annotations

import random
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fuzz_databases as databases
import fuzz_layouts as layouts
import fuzz_refi
import fuzz_seeds as seeds
from fuzz_mutations import Form, mutated

from codebooks.errors import CodebookError
from codebooks.yaml_io import parse_codebook, write_codebook
from corpus.article_bundle import articles_in
from corpus.articles import text_facts
from corpus.errors import UnreadableSource
from corpus.grids import read_grids
from corpus.model import ReadOptions, Transcript
from corpus.quoted_speech import quoted_turns
from corpus.reading import read_source
from corpus.regions.find import find_regions
from corpus.survey.answers import read_survey
from corpus.survey.codebook_sheets import with_wordings
from corpus.survey.columns import guess_columns
from corpus.survey.mapping import chosen_sheet, mapping_to_yaml, proposed_mapping
from corpus.survey.mapping_file import mapping_from_yaml
from corpus.survey.value_labels import with_labels
from corpus.survey.writing import written
from exports.interchange import rqda, taguette
from exports.interchange.codelists.shapes import read_codelist
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from exports.interchange.qualcoder import read_folder
from exports.interchange.refi.codebook import read_qdc
from exports.interchange.refi.reading import read_qdpx

REFUSALS = (UnreadableSource, UnreadableProject, CodebookError)
"""What a reader may answer; anything else is a fault in it."""

_AS_IT_IS = ReadOptions()
_FROM_PDF = ReadOptions(profile="pdf-text")
_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz")
_XML = b"<a> </a> <!-- --> <![CDATA[ ]]> <!DOCTYPE a [<!ENTITY x 'y'>]> &x; &amp; xmlns='x' <?x ?> / = ''".split()
_WORD = b"<w:p> </w:p> <w:r> <w:t> </w:t> <w:tbl> <w:tr> <w:tc> <w:ins> <w:del> <w:sdt><w:sdtContent> <w:br/> <w:tab/>".split()
_TIMES = (
    b"--> 00:00:01.000 #00:00:05-2# [00:01:02] 0:10 -1:99 <v_Kari> </v> 12345678:00 NOTE\n WEBVTT\n\n I: Kari:".split(
        b" "
    )
)
_HTML = b"<p> </p> <table> <td> <pre> <br> <div> &nbsp; &#1; <svg> <script> </script> <title> <li> <b>".split()
_RTF = rb"{ } \par \u-10179? \'ff \bin99 {\footnote {\*\x \deleted \fonttbl \cell \row \ansicpg65001 \u99999 \uc9 \f9".split()
_JSON = b'[ ] { } null true 1e309 NaN "\\ud800" "segments":[ "start":-1 "end":null "text":[] ,'.split()
_TABLE = b'; \t , | "" \n;\n sep=; =1+1 +x -x @x "\n '.split(b" ")
_YAML = b"- : &a *a !!python/object:os.system [ { | > \n\t ? --- ... <<: *a slug: codes:\n".split(b" ")
_REFI = b"<Code><Code> guid='x' <Coding> <PlainTextSelection startPosition='-1' internal:// ../../x absolute:///etc/passwd".split(
    b" "
)
_SAV = (b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xfe\xff\xff\xff", b"$FL3", b" " * 8)
_PDF = b"obj endobj stream << >> [ ] /Kids /Length 99999999 (x)Tj 1 0 R".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader with what it is tried on."""

    read: Callable[[bytes], object]
    """Reads a file and looks at what came of it; raises only `REFUSALS` when the reader is right."""
    seeds: Callable[[], tuple[bytes, ...]]
    tokens: Sequence[bytes]
    form: Form = "plain"
    inputs: int = 60
    """How many the tests try."""
    needs: str = ""
    """A library that is an extra, without which nothing can be tried."""


def input_of(name: str, number: int) -> bytes:
    """The input with this number of a target; those below the number of seeds are the seeds as they are."""
    target, whole = TARGETS[name], _seeds(name)
    if number < len(whole):
        return whole[number]
    chance = random.Random(f"{name}:{number}")
    return mutated(chance, target.form, chance.choice(whole), whole, target.tokens)


@cache
def _seeds(name: str) -> tuple[bytes, ...]:
    return TARGETS[name].seeds()


def _text_of(suffix: str, options: ReadOptions = _AS_IT_IS) -> Callable[[bytes], object]:
    """Reads a source by the one door, and everything that is looked for in its text."""

    def read(data: bytes) -> Transcript:
        path = Path(_FOLDER.name, f"kilde{suffix}")
        path.write_bytes(data)
        transcript = read_source(path, options)
        text = transcript.text
        assert unicodedata.is_normalized("NFC", text) and "\r" not in text, "stored text is NFC with LF"
        _check_turns(transcript)
        for region in (*transcript.regions, *find_regions(text, transcript.regions)):
            assert 0 <= region.start < region.end <= len(text), region
        text_facts(text)
        articles_in(text)
        quoted_turns(text)
        return transcript

    return read


def _check_turns(transcript: Transcript) -> None:
    reached = 0
    for turn in transcript.turns:
        assert reached <= turn.label_start <= turn.start <= turn.end <= len(transcript.text), turn
        assert turn.start_ms is None or turn.start_ms >= 0, turn
        reached = turn.end


def _grids_of(suffix: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        grids = read_grids(Path(f"tabell{suffix}"), data)
        for grid in grids:
            assert len({len(row) for row in grid.rows}) <= 1, "rows of one width"
        return grids

    return read


def _coded_survey(data: bytes) -> object:
    """A workbook with the words for the answers' codes on another sheet."""
    path = Path("svar.xlsx")
    grids = with_labels(with_wordings(read_grids(path, data)))
    for grid in grids:
        assert len(grid.labels) in (0, len(grid.rows[0])), "labels for each column"
        mapping = proposed_mapping(grid, guess_columns(grid), title="Prøve")
        if mapping.questions:
            read_survey(path, grid, mapping)
    return grids


def _survey(data: bytes) -> object:
    """A table read as answers, with the mapping that is proposed for it, to the text of every respondent."""
    path = Path("svar.csv")
    grid = read_grids(path, data)[0]
    mapping = proposed_mapping(grid, guess_columns(grid), title="Prøve")
    assert mapping_from_yaml("m.yaml", mapping_to_yaml(mapping)) == mapping
    survey = read_survey(path, grid, mapping)
    for respondent in survey.respondents:
        text = written(respondent, survey)
        for answer in text.answers:
            assert 0 <= answer.start < answer.end <= len(text.transcript.text), answer
        _check_turns(text.transcript)
    return survey


def _mapping(data: bytes) -> object:
    grid = read_grids(Path("svar.csv"), seeds.delimited(seeds.SURVEY, ";"))[0]
    mapping = mapping_from_yaml("m.yaml", data.decode("utf-8", "replace"))
    return read_survey(Path("svar.csv"), chosen_sheet(Path("svar.csv"), (grid,), mapping), mapping)


def _mapping_seeds() -> tuple[bytes, ...]:
    grid = read_grids(Path("svar.csv"), seeds.delimited(seeds.SURVEY, ";"))[0]
    return (mapping_to_yaml(proposed_mapping(grid, guess_columns(grid), title="Prøve")).encode(),)


def _codebook(data: bytes) -> object:
    book = parse_codebook(data.decode("utf-8", "replace"))
    assert parse_codebook(write_codebook(book)) == book
    return book


def _codebook_seeds() -> tuple[bytes, ...]:
    text = (
        "name: Prøve\ncodes:\n  - slug: bolig\n    name: Bolig\n    definition: |\n      Om å bo.\n    colour: '#ff0000'\n"
        "    when: \"a\"\n    when_not: 'b'\n    codes:\n      - slug: leie\n        name: Leie\n"
        "        examples:\n          - Jeg leier.\n"
    )
    return (text.encode(),)


def _qualcoder(data: bytes) -> object:
    folder = Path(_FOLDER.name, "prosjekt.qda")
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / "a.docx").write_bytes(b"x")
    (folder / "data.qda").write_bytes(data)
    return _checked(read_folder(folder))


def _checked(*bundles: Bundle) -> object:
    """The bundles, when what they refer to is there and lies inside its text."""
    for bundle in bundles:
        texts = {source.guid: source.text for source in bundle.sources}
        codes: set[str] = set()
        assert len(texts) == len(bundle.sources), "sources with one GUID"
        for code in bundle.codes:
            assert not code.parent or code.parent in codes, "parents stand before their children"
            assert code.guid not in codes, "codes with one GUID"
            codes.add(code.guid)
        for coding in bundle.codings:
            assert coding.code in codes, coding
            assert 0 <= coding.start < coding.end <= len(texts[coding.source]), coding
        for note in bundle.notes:
            if note.target_kind == "passage":
                assert 0 <= note.start <= note.end <= len(texts[note.target]), note
        for source in bundle.sources:
            for turn in source.turns or ():
                assert 0 <= turn.label_start <= turn.start <= turn.end <= len(source.text), turn
    return bundles


def _plain_text() -> tuple[bytes, ...]:
    texts = (
        seeds.INTERVIEW,
        seeds.STAMPED,
        seeds.SPEAKING,
        seeds.ARTICLE,
        "#Kari: hei\n@Ola: ja\n{Per} nei\n0:10 I: hva\n",
    )
    return tuple(text.encode() for text in texts)


def _layouts() -> tuple[bytes, ...]:
    return _plain_text() + tuple(text.encode() for text in layouts.LINES)


def _word_documents() -> tuple[bytes, ...]:
    return seeds.word_documents() + layouts.word_documents()


def _pdf_documents() -> tuple[bytes, ...]:
    return seeds.pdf_documents() + layouts.pdf_pages()


def _json_documents() -> tuple[bytes, ...]:
    return seeds.whisper_json() + layouts.spoken_words()


def _text(*texts: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(text.encode() for text in texts)


def _sheets(*tables: Sequence[Sequence[str]]) -> Callable[[], tuple[bytes, ...]]:
    return lambda: seeds.workbooks(*tables)


def _delimited(*tables: Sequence[Sequence[str]]) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(seeds.delimited(table, sign) for table in tables for sign in ";,\t")


TARGETS: Mapping[str, Target] = {
    "txt": Target(read=_text_of(".txt"), seeds=_layouts, tokens=_TIMES),
    "txt as text from a PDF": Target(read=_text_of(".txt", _FROM_PDF), seeds=_plain_text, tokens=_TIMES),
    "txt as notes": Target(
        read=_text_of(".txt", ReadOptions(kind="notes")),
        seeds=_text(layouts.BUNDLE, layouts.UNTIMED, *layouts.LINES),
        tokens=_TIMES,
    ),
    "md": Target(read=_text_of(".md"), seeds=_layouts, tokens=_TIMES),
    "docx": Target(read=_text_of(".docx"), seeds=_word_documents, tokens=_WORD + _XML, form="archive"),
    "odt": Target(read=_text_of(".odt"), seeds=seeds.open_documents, tokens=_XML, form="archive"),
    "rtf": Target(read=_text_of(".rtf"), seeds=_text(seeds.RICH, layouts.RICH), tokens=_RTF),
    "pdf": Target(read=_text_of(".pdf", _FROM_PDF), seeds=_pdf_documents, tokens=_PDF),
    "html": Target(read=_text_of(".html"), seeds=_text(seeds.PAGE, layouts.NOSCRIBE), tokens=_HTML),
    "vtt": Target(read=_text_of(".vtt"), seeds=_text(seeds.TEAMS, seeds.ZOOM, seeds.WHISPER_VTT), tokens=_TIMES),
    "srt": Target(read=_text_of(".srt"), seeds=_text(seeds.SRT), tokens=_TIMES),
    "json": Target(read=_text_of(".json"), seeds=_json_documents, tokens=_JSON),
    "otr": Target(read=_text_of(".otr"), seeds=seeds.otranscribe, tokens=_JSON + _HTML),
    "tsv": Target(
        read=_text_of(".tsv"),
        seeds=_text("start\tend\ttext\n0\t4280\tJa, jeg\n4280\t5000\tog\n"),
        tokens=_TABLE + _TIMES,
    ),
    "csv of turns": Target(read=_text_of(".csv"), seeds=_delimited(seeds.SPANS), tokens=_TABLE + _TIMES),
    "xlsx of turns": Target(read=_text_of(".xlsx"), seeds=_sheets(seeds.SPANS), tokens=_XML, form="archive"),
    "csv as grid": Target(read=_grids_of(".csv"), seeds=_delimited(seeds.SURVEY, seeds.CODES), tokens=_TABLE),
    "xlsx as grid": Target(
        read=_grids_of(".xlsx"), seeds=_sheets(seeds.SURVEY, seeds.CODES), tokens=_XML, form="archive"
    ),
    "sav as grid": Target(read=_grids_of(".sav"), seeds=seeds.spss, tokens=_SAV, inputs=2, needs="pyreadstat"),
    "survey": Target(read=_survey, seeds=_delimited(seeds.SURVEY), tokens=_TABLE),
    "survey with a codebook": Target(read=_coded_survey, seeds=layouts.coded_survey, tokens=_XML, form="archive"),
    "survey mapping": Target(read=_mapping, seeds=_mapping_seeds, tokens=_YAML),
    "codebook yaml": Target(read=_codebook, seeds=_codebook_seeds, tokens=_YAML),
    "qdpx": Target(
        read=lambda data: _checked(read_qdpx(Path("a.qdpx"), data)),
        seeds=fuzz_refi.projects,
        tokens=_REFI + _XML,
        form="archive",
    ),
    "qdc": Target(
        read=lambda data: _checked(read_qdc(Path("a.qdc"), data)), seeds=fuzz_refi.codebooks, tokens=_REFI + _XML
    ),
    "taguette": Target(
        read=lambda data: _checked(*taguette.read(Path("a.sqlite3"), data)),
        seeds=databases.taguette,
        tokens=_HTML,
        form="database",
    ),
    "qualcoder": Target(read=_qualcoder, seeds=databases.qualcoder, tokens=(), form="database"),
    "rqda": Target(
        read=lambda data: _checked(rqda.read(Path("a.rqda"), data)), seeds=databases.rqda, tokens=(), form="database"
    ),
    "code list csv": Target(
        read=lambda data: _checked(read_codelist(Path("k.csv"), data)), seeds=_delimited(seeds.CODES), tokens=_TABLE
    ),
    "code list txt": Target(
        read=lambda data: _checked(read_codelist(Path("k.txt"), data)),
        seeds=_text("Bolig\tOm å bo\n\tLeie\n  Eie\nTema>>Under>>Kode\tmemo\n"),
        tokens=_TABLE,
    ),
    "code list xlsx": Target(
        read=lambda data: _checked(read_codelist(Path("k.xlsx"), data)),
        seeds=_sheets(seeds.CODES),
        tokens=_XML,
        form="archive",
    ),
    "code list docx": Target(
        read=lambda data: _checked(read_codelist(Path("k.docx"), data)),
        seeds=seeds.word_codebooks,
        tokens=_WORD + _XML,
        form="archive",
    ),
}
