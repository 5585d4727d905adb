"""A newspaper archive's file of many articles, written as one file for each, which are then imported as any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from corpus.article_bundle import BundledArticle, articles_in, outside_articles, standing_alone
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from corpus.reading import read_source
from workbench.errors import Refusal

_FORBIDDEN = re.compile(r"[^\w ,.()–-]+|\s+")
_LONGEST_NAME = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenArticle:
    """An article and the file it was written to."""

    path: Path
    article: BundledArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What became of an archive's file."""

    written: tuple[WrittenArticle, ...]
    outside: tuple[str, ...]
    """Lines above the first article, which are in none of the files."""


def split_file(path: Path, folder: Path) -> Split:
    """Write each article of an archive's file into the folder, as text whose first lines tell what it is.

    Raises:
        Refusal: if the file cannot be read or holds no articles of an archive, or a file of that name is there already.
    """
    try:
        text = read_source(path, ReadOptions(kind="notes")).text
    except UnreadableSource as error:
        raise Refusal(str(error)) from None
    articles = articles_in(text)
    if not articles:
        raise Refusal(
            _(
                "{file}: ingen artikler fra et avisarkiv ble funnet. Hver av dem skal ha en linje som «VG, 14.02.2024» og en som "
                "«Publisert på trykk». Er det én artikkel, importer filen som den er."
            ).format(file=path.name)
        )
    written = [
        WrittenArticle(path=folder / name, article=each) for name, each in zip(_names(articles), articles, strict=True)
    ]
    there = next((each.path for each in written if each.path.exists()), None)
    if there is not None:
        raise Refusal(_("{file} finnes allerede. Velg en annen mappe.").format(file=there))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in written:
            with each.path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(standing_alone(each.article))
    except OSError as error:
        raise Refusal(_("Kan ikke skrive i {folder} ({why}).").format(folder=folder, why=error.strerror)) from error
    return Split(written=tuple(written), outside=outside_articles(text))


def _names(articles: Sequence[BundledArticle]) -> list[str]:
    """File names by date, paper and headline; what would be named alike gets a number."""
    names: list[str] = []
    taken: set[str] = set()
    for each in articles:
        stem = " ".join(part for part in (each.date, each.publisher, each.title) if part)
        stem = " ".join(_FORBIDDEN.sub(" ", stem).split())[:_LONGEST_NAME].strip(" .") or "artikkel"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        names.append(f"{name}.txt")
    return names
