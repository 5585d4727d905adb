"""What a web page says of itself in its head: title, publisher and date of publication.

Read as data only: nothing in a page is run, and no address in it is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.articles import Facts
from corpus.dates import iso_date
from corpus.text import normalise

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "publishdate", "pubdate", "publish-date", "date",
)  # fmt: skip
_LONGEST = 1_000_000
"""Characters of a page's JSON-LD above which it is left alone."""
_LONGEST_FACT = 300
_MOST_NODES = 5_000


def page_facts(root: etree._Element) -> Facts:
    """The page's facts: from its meta elements, else from its JSON-LD, else from its first heading and time."""
    metas = _metas(root)
    head = Facts(
        title=_first(metas, _TITLES),
        publisher=_first(metas, _PUBLISHERS),
        date=next((found for name in _DATES if (found := iso_date(metas.get(name, "")))), ""),
    )
    return head.or_else(_linked(root)).or_else(_visible(root))


def _metas(root: etree._Element) -> dict[str, str]:
    """The first content for each name, names in lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = _clean(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().casefold(), content)
    return found


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _linked(root: etree._Element) -> Facts:
    """What JSON-LD says of an article; a page about something else, and JSON that is none, say nothing."""
    facts = Facts()
    for script in root.iter("script"):
        words = "".join(str(part) for part in script.itertext())
        if (script.get("type") or "").strip().casefold() != "application/ld+json" or len(words) > _LONGEST:
            continue
        try:
            data: object = json.loads(words)
        except (ValueError, RecursionError):
            # What a page's author got wrong there says nothing of its text.
            continue
        for node in _nodes(data):
            if "datePublished" in node or "headline" in node:
                found = Facts(
                    title=_words(node.get("headline")),
                    publisher=_publisher(node.get("publisher")),
                    date=iso_date(_words(node.get("datePublished"))),
                )
                facts = facts.or_else(found)
    return facts


def _nodes(data: object) -> Iterator[dict[object, object]]:
    """Every object in the data, outermost first, up to a number that no article has."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node[:_MOST_NODES]


def _publisher(value: object) -> str:
    if isinstance(value, list):
        return next((found for each in value[:5] if not isinstance(each, list) and (found := _publisher(each))), "")
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _visible(root: etree._Element) -> Facts:
    time = next((found for each in root.iter("time") if (found := _time(each))), "")
    heading = next((found for each in root.iter("h1") if (found := _clean(_inner(each)))), "")
    title = next((found for each in root.iter("title") if (found := _clean(_inner(each)))), "")
    return Facts(title=heading or title, date=time)


def _time(element: etree._Element) -> str:
    return iso_date(element.get("datetime") or "") or iso_date(_clean(_inner(element)))


def _inner(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _words(value: object) -> str:
    return _clean(value) if isinstance(value, str) else ""


def _clean(words: str) -> str:
    """One line of a length that can be shown, or empty."""
    line = " ".join(normalise(words).split())
    return line if len(line) <= _LONGEST_FACT else ""
