"""Gathers the interface's strings and compiles the translations.

    python -m workbench.locale.build

The source language is bokmål, so the strings in the code are what a Norwegian reader sees. `en` translates all of them;
`nb` has only the few that come from the command-line library in English; `nn` has what is printed in a report, which can
be in Nynorsk whatever the screens speak.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
ROOMS = ("workbench", "codebooks", "corpus", "nlp", "exports")
PRINTED = (
    "exports/report/", "exports/checklists/", "exports/figures.py", "exports/labels.py", "exports/method.py",
    "exports/quotations.py", "exports/word.py",
)  # fmt: skip
"""Where the words stand that a report prints."""
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def strings(within: tuple[str, ...] = ()) -> Catalog:
    """Every translatable string in the five rooms, with where it stands; only those of some modules when they are given."""
    catalog = Catalog(project="kodebenk", charset="utf-8")
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
        for file, line, message, _comments, _context in sorted(found, key=lambda each: (each[0], each[1])):
            place = f"{room}/{Path(file).as_posix()}"
            if not within or place.startswith(within):
                catalog.add(message, locations=[(place, line)])
    return catalog


def updated(language: str) -> Catalog:
    """The language's catalogue with new strings added and those no longer used dropped."""
    path = po_file(language)
    current = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            current = read_po(file, locale=language)
    if language == "nb":
        return current
    current.update(strings(PRINTED if language == "nn" else ()), no_fuzzy_matching=True, update_creation_date=False)
    current.obsolete.clear()
    return current


def untranslated(catalog: Catalog) -> Iterator[str]:
    """Strings that lack a translation."""
    for message in catalog:
        texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and not all(texts):
            yield message.id if isinstance(message.id, str) else message.id[0]


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the standard library reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def po_file(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "kodebenk.po"


def main() -> int:
    missing = 0
    for language in ("nb", "nn", "en"):
        catalog = updated(language)
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, no_location=True, sort_output=True, omit_header=False)
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        lacking = list(untranslated(catalog))
        missing += len(lacking)
        sys.stderr.write(f"{language}: {len(catalog)} strings, {len(lacking)} without translation\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
