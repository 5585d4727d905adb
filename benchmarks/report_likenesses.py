"""What is marked in likenesses of Norwegian reports, as Word keeps them and as PDF gives them back: by kind, and what was hidden.

    python benchmarks/report_likenesses.py [--keep FOLDER] [--only NAME] [--seeds 1] [--shown 0]

Needs LibreOffice (`soffice`) and `pdftotext`. Every report is made with known blocks, laid out by LibreOffice, written as
.docx and .pdf, and read as .docx, as .pdf and as pdftotext's .txt, the latter two with and without the profile `pdf-text`.
Precision: the share of the characters marked as a kind that are no running text. Recall: the share of a kind's characters that
are closed or lifted. Hidden: running text that is closed, which is the worst.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from likeness_reports import SERIES, Block, Series, report

from corpus.alignment import align
from corpus.model import ReadOptions, Transcript
from corpus.reading import read_source

KINDS = ("contents", "table", "caption", "footnote", "summary", "references")
WAYS = ("docx", "pdf", "pdf profile", "pdftotext", "pdftotext profile", "pdftotext -layout")


def fodt(series: Series, blocks: Sequence[Block]) -> str:
    """The report as a flat OpenDocument text."""
    body = "".join(_xml(series, block) for block in _gathered(blocks))
    column = '<style:columns fo:column-count="2" fo:column-gap="0.6cm"/>' if series.columns == 2 else ""
    leader = 'style:leader-style="dotted" style:leader-text="."' if series.leaders else ""
    position = 7.6 if series.columns == 2 else 16
    head = (
        f"<style:header><text:p>{escape(series.head)}<text:tab/><text:page-number/></text:p></style:header>"
        if series.head
        else ""
    )
    foot = f"{escape(series.foot)} <text:page-number/>" if series.foot or not series.head else ""
    template = Template((Path(__file__).parent / "likeness_report.fodt").read_text(encoding="utf-8"))
    return template.substitute(
        size=series.size, larger=series.size + 3, smaller=series.size - 1, smallest=series.size - 2,
        position=position, leader=leader, column=column, head=head, foot=foot, body=body,
    )  # fmt: skip


def _gathered(blocks: Sequence[Block]) -> Iterator[Block | list[Block]]:
    """The blocks, those of a list of contents together."""
    run: list[Block] = []
    for block in blocks:
        if block.kind == "contents":
            run.append(block)
            continue
        if run:
            yield run
            run = []
        yield block


def _xml(series: Series, block: Block | list[Block]) -> str:
    if isinstance(block, list):
        return "".join(_xml(series, each) for each in block)
    words = escape(block.words).replace("\t", "<text:tab/>")
    note = ""
    if block.note:
        note = (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Footnote">{escape(block.note)}</text:p></text:note-body></text:note>'
        )
    match block.layout:
        case "heading":
            return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{words}</text:h>'
        case "entry":
            style = "PageFirst" if series.contents_style == "page first" else "Contents_20_1"
            return f'<text:p text:style-name="{style}">{words}</text:p>'
        case "cells":
            return _table(block.words)
        case "item":
            return f"<text:list><text:list-item><text:p>• {words}</text:p></text:list-item></text:list>"
        case "quote":
            return f'<text:p text:style-name="Quote">{words}</text:p>'
        case "line" | "spread":
            return f'<text:p text:style-name="Line">{words}{note}</text:p>'
        case _:
            return f'<text:p text:style-name="Standard">{words}{note}</text:p>'


def _table(words: str) -> str:
    rows = [row.split("\t") for row in words.split("\n")]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell><text:p text:style-name="Cell">{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{cells}</table:table>'


def laid_out(folder: Path, series: Sequence[Series], seeds: int) -> dict[str, list[Block]]:
    """The reports written as .docx, .pdf and .txt in the folder; their blocks by name."""
    made = {}
    for each in series:
        for seed in range(seeds):
            name = f"{each.name}-{seed}"
            made[name] = report(each, seed)
            (folder / f"{name}.fodt").write_text(fodt(each, made[name]), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/office"
    for target in ("pdf", "docx"):
        files = [str(folder / f"{name}.fodt") for name in made]
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True)
    for name in made:
        for suffix, options in (("txt", []), ("layout.txt", ["-layout"])):
            subprocess.run(["pdftotext", *options, f"{name}.pdf", f"{name}.{suffix}"], cwd=folder, check=True)
    return made


def readings(folder: Path, name: str) -> Iterator[tuple[str, Transcript]]:
    plain, profiled = ReadOptions(kind="report"), ReadOptions(kind="report", profile="pdf-text")
    yield "docx", read_source(folder / f"{name}.docx", plain)
    yield "pdf", read_source(folder / f"{name}.pdf", plain)
    yield "pdf profile", read_source(folder / f"{name}.pdf", profiled)
    yield "pdftotext", read_source(folder / f"{name}.txt", plain)
    yield "pdftotext profile", read_source(folder / f"{name}.txt", profiled)
    yield "pdftotext -layout", read_source(folder / f"{name}.layout.txt", plain)


def labels(blocks: Sequence[Block], text: str) -> list[str]:
    """What each character of a reading is, empty for blanks and for what no block said."""
    places = [n for n, char in enumerate(text) if char.isalnum()]
    squashed = "".join(text[n] for n in places)
    told = [""] * len(squashed)
    spans = []
    for block in blocks:
        if block.note:
            found = squashed.find(_squash(block.note))
            if found >= 0:
                spans.append((found, found + len(_squash(block.note))))
    for start, end in spans:
        told[start:end] = ["footnote"] * (end - start)
    index = {place: n for n, place in enumerate(places)}
    cells = {_squash(cell) for block in blocks if block.layout == "cells" for cell in re.split("[\t\n]", block.words)}
    for line in re.finditer(r"[^\n]+", text):
        # Extraction may give a table column by column: a line that is a whole cell is none of the running text.
        if _squash(line.group()) in cells:
            for place in range(*line.span()):
                if place in index:
                    told[index[place]] = "table"
    rest = [n for n in range(len(squashed)) if not told[n]]
    ours = " ".join(_words(block.words) for block in blocks)
    kinds: list[str] = []
    for block in blocks:
        kinds += [block.kind] * (len(_words(block.words)) + 1)
    theirs, at = _spaced(text, [places[n] for n in rest])
    edit_map = align(ours, theirs).edit_map
    back = {places[n]: n for n in rest}
    for n, kind in enumerate(kinds[: len(ours)]):
        if ours[n] == " ":
            continue
        start, end = edit_map.span(n, n + 1)
        if end - start == 1 and theirs[start] == ours[n] and at[start] >= 0:
            told[back[at[start]]] = kind
    result = [""] * len(text)
    for n, place in enumerate(places):
        result[place] = told[n]
    return result


def _squash(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def _words(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words))


def _spaced(text: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """The characters at these places with a blank where something stood between them, and where each comes from."""
    letters: list[str] = []
    at: list[int] = []
    last = -2
    for place in places:
        between = text[last + 1 : place] if last >= 0 else ""
        if between and between not in ("-\n", "-", "­\n"):
            letters.append(" ")
            at.append(-1)
        letters.append(text[place])
        at.append(place)
        last = place
    return "".join(letters), at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="where the files are left")
    parser.add_argument("--read", type=Path, help="files from an earlier run with --keep")
    parser.add_argument("--only", default="")
    parser.add_argument("--way", default="")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument(
        "--shown", type=int, default=0, help="how many hidden and missed stretches are printed for each file"
    )
    arguments = parser.parse_args()
    chosen = [each for each in SERIES if arguments.only in ("", each.name)]
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            parser.error(f"{program} is not installed")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.read or arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.read:
            made = {f"{each.name}-{seed}": report(each, seed) for each in chosen for seed in range(arguments.seeds)}
        else:
            made = laid_out(folder.resolve(), chosen, arguments.seeds)
        totals: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for name, blocks in made.items():
            for way, transcript in readings(folder, name):
                if arguments.way not in ("", way):
                    continue
                counted(totals, way, blocks, transcript, f"{name} {way}", arguments.shown)
    printed(totals)


def counted(
    totals: dict[tuple[str, str], Counter[str]],
    way: str,
    blocks: Sequence[Block],
    transcript: Transcript,
    name: str,
    shown: int,
) -> None:
    text = transcript.text
    told = labels(blocks, text)
    lifted = {_squash(words).lstrip("0123456789") for what, words in transcript.lifted if what == "fotnote"}
    for block in blocks:
        length = len(_squash(block.note))
        if block.note and _squash(block.note) in lifted:
            totals[way, "footnote"].update(there=length, closed=length)
    closed = [""] * len(text)
    for region in transcript.regions:
        for n in range(region.start, region.end):
            closed[n] = closed[n] or region.kind
    for n, kind in enumerate(told):
        if not kind:
            totals[way, "all"]["unknown"] += text[n].isalnum()
            continue
        totals[way, "all"]["known"] += 1
        if closed[n] and kind != "free":
            totals[way, closed[n]]["marked"] += 1
            totals[way, closed[n]]["rightly"] += kind != "prose"
        if kind in KINDS:
            totals[way, kind]["there"] += 1
            totals[way, kind]["closed"] += bool(closed[n])
        elif kind == "prose":
            totals[way, "prose"]["there"] += 1
            totals[way, "prose"]["closed"] += bool(closed[n])
    wrong = [n for n, kind in enumerate(told) if kind == "prose" and closed[n]]
    missed = [n for n, kind in enumerate(told) if kind in KINDS and not closed[n]]
    for what, places in (("HIDDEN", wrong), ("missed", missed)):
        for start, end in _runs(places)[:shown]:
            kind = closed[start] if what == "HIDDEN" else told[start]
            print(f"{name:28}{what:8}{kind:12}{text[start : end + 1][:150]!r}")


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place - runs[-1][1] <= 12:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def printed(totals: dict[tuple[str, str], Counter[str]]) -> None:
    print(f"{'read from':20}" + "".join(f"{kind:>20}" for kind in KINDS) + f"{'hidden prose':>20}")
    for way in WAYS:
        if (way, "all") not in totals:
            continue
        cells = []
        for kind in KINDS:
            found = totals[way, kind]
            precision = f"{found['rightly'] / found['marked']:.3f}" if found["marked"] else "-"
            recall = f"{found['closed'] / found['there']:.3f}" if found["there"] else "-"
            cells.append(f"{precision} / {recall}")
        running = totals[way, "prose"]
        hidden = f"{running['closed']} of {running['there']}"
        print(f"{way:20}" + "".join(f"{cell:>20}" for cell in cells) + f"{hidden:>20}")
    known, unknown = (
        sum(counts[each] for (_way, what), counts in totals.items() if what == "all") for each in ("known", "unknown")
    )
    print(f"{known} characters known, {unknown} not (page numbers, running heads, broken words)")


if __name__ == "__main__":
    main()
