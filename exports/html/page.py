"""The coded corpus as one HTML file: filters, excerpts, and the texts with what is coded in them, with no network at all.

The page says so itself, in a policy that lets its own style and its own program run and nothing else; what the material
says travels as JSON and is only ever set as text. Without JavaScript, the codebook and the excerpts can still be read.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from codebooks.colours import is_colour
from codebooks.model import Code
from exports import labels
from exports.html.model import Corpus, SourceText
from exports.html.words import words
from exports.models import Excerpt
from exports.norwegian import long_date, sort_key
from exports.packaging import printable
from exports.quotations import attribution, is_quotation
from exports.tables import clock

PATH = " › "
GREY = "#808080"
"""For a code without a colour of its own."""

_HOLE = re.compile(r"\{\{(\w+)\}\}")
# What could end the element the data stands in, or begin another; the rest are line ends to older readers of JavaScript.
_UNSAFE = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})


def render_corpus(corpus: Corpus) -> bytes:
    """The page, the same bytes each time for the same corpus."""
    bank = corpus.bank
    codes = _codes(corpus)
    segments = _segments(corpus, {code["slug"]: n for n, code in enumerate(codes)})
    data = {
        "title": bank.title,
        "words": words(),
        "codes": codes,
        "cases": sorted({case for source in corpus.sources for case in source.cases}, key=sort_key),
        "sources": [_source(source) for source in corpus.sources],
        "segments": segments,
    }
    style, script = (_part(f"corpus.{kind}") for kind in ("css", "js"))
    about = _("{data_class}{date}. Laget med {software}. Åpnes uten nett, og henter ingenting.").format(
        data_class=f"{bank.data_class}. " if bank.data_class else "",
        date=long_date(bank.date, bank.language),
        software=f"Kodebenk {bank.software_version}".strip(),
    )
    filled = {
        "lang": escape(bank.language.split("-")[0]),
        "title": _shown(bank.title),
        "about": _shown(about),
        "style": style,
        "script": script,
        "style_hash": _digest(style),
        "script_hash": _digest(script),
        "plain": _plain(data),
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE),
    }
    page = _HOLE.sub(lambda hole: str(filled[hole[1]]), _part("corpus.html"))
    return page.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")


def _part(name: str) -> str:
    return files("exports").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """How a content security policy names what may run."""
    return f"sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode('ascii')}"


def _shown(text: str) -> str:
    return escape(printable(text))


def _codes(corpus: Corpus) -> list[dict[str, Any]]:
    """The codebook with what its excerpts use; a code that is nowhere in it stands last, by its name alone."""
    book = corpus.bank.codebook
    listed = list(book) if book is not None else []
    known = {code.slug: code for code in listed}
    for excerpt in corpus.bank.excerpts:
        if excerpt.code not in known:
            known[excerpt.code] = Code(slug=excerpt.code, name=excerpt.code_name or excerpt.code)
            listed.append(known[excerpt.code])
    used = {excerpt.code for excerpt in corpus.bank.excerpts}
    above = {slug for code in used for slug in (book.ancestors(code) if book is not None else ())}
    return [
        {
            "slug": code.slug,
            "name": code.name,
            "path": PATH.join(
                [*(known[each].name for each in reversed(book.ancestors(code.slug) if book else ())), code.name]
            ),
            "parent": code.parent,
            "colour": code.colour if is_colour(code.colour or "") else GREY,
            "brief": code.brief,
            "definition": code.definition,
            "when": code.when,
            "when_not": code.when_not,
            "examples": list(code.examples),
        }
        for code in listed
        if code.status == "active" or code.slug in used | above
    ]


def _source(source: SourceText) -> dict[str, Any]:
    return {
        "label": source.label,
        "lang": source.language,
        "cases": list(source.cases),
        "text": source.text,
        "turns": [[turn.label_start, turn.start, turn.end, int(turn.asking)] for turn in source.turns],
    }


def _segments(corpus: Corpus, code_at: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each coded place with its code once, with everybody who coded it so; in reading order."""
    places: dict[tuple[int, int, int, str], list[Excerpt]] = defaultdict(list)
    source_at = {source.id: n for n, source in enumerate(corpus.sources)}
    for excerpt in corpus.bank.excerpts:
        places[source_at[excerpt.source], excerpt.start, excerpt.end, excerpt.code].append(excerpt)
    found = []
    for (source, start, end, code), same in sorted(places.items(), key=lambda item: item[0][:3]):
        first = same[0]
        found.append(
            {
                "source": source,
                "start": start,
                "end": end,
                "code": code_at[code],
                "ids": _each(excerpt.quote_id or excerpt.id for excerpt in same),
                "who": attribution(first, corpus.bank.attribution),
                "note": "" if is_quotation(first) else labels.not_verbatim(first.source_kind),
                "coders": _each(excerpt.coder for excerpt in same),
                "first": _each(excerpt.first_coder for excerpt in same),
                "origin": ", ".join(_each(labels.origin(excerpt.origin) for excerpt in same)),
                "created": ", ".join(_each(excerpt.created.date().isoformat() for excerpt in same)),
                "star": any(excerpt.star for excerpt in same),
                "themes": list(first.themes),
                "time": "" if first.time_ms is None else clock(first.time_ms),
                "question": first.question or "",
                "memo": "\n\n".join(_each(excerpt.memo for excerpt in same)),
            }
        )
    return found


def _each(values: Iterable[str]) -> list[str]:
    """The values that are not empty, each once, in the order they come."""
    return list(dict.fromkeys(value for value in values if value))


def _plain(data: Mapping[str, Any]) -> str:
    """The codebook with its excerpts, for readers without JavaScript."""
    by_code: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for segment in data["segments"]:
        by_code[segment["code"]].append(segment)
    parts = [_plain_code(code, by_code[n], data["sources"]) for n, code in enumerate(data["codes"])]
    return f'<main class="plain">\n{"".join(parts)}</main>'


def _plain_code(
    code: Mapping[str, Any], found: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]]
) -> str:
    terms = [
        (_("Definisjon"), code["definition"] or code["brief"]),
        (_("Når"), code["when"]),
        (_("Når ikke"), code["when_not"]),
    ]
    shown = [f"<dt>{_shown(term)}</dt><dd>{_shown(value)}</dd>" for term, value in terms if value]
    parts = [f"<section>\n<h2>{_shown(code['path'])}</h2>\n"]
    if shown:
        parts.append(f"<dl>{''.join(shown)}</dl>\n")
    for each in found:
        source = sources[each["source"]]
        note = f"<p>{_shown(each['note'])}</p>" if each["note"] else ""
        said = _shown(source["text"][each["start"] : each["end"]])
        reference = _shown(f"{each['who']} [{', '.join(each['ids'])}]".strip())
        parts.append(f'{note}<blockquote lang="{escape(source["lang"])}">{said}</blockquote>\n<p>{reference}</p>\n')
    return "".join([*parts, "</section>\n"])
