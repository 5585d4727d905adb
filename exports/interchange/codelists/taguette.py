"""Taguette's codebook: `tag` (older: `name`, `path`) and `description`; names with `/` between are a path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from exports.interchange.codelists.cells import guarded
from exports.interchange.codelists.listing import described_line, plain
from exports.interchange.codelists.model import Listing, ReadCodes, Written
from exports.interchange.codelists.outgoing import apostrophes, described_rows, not_held, outgoing
from exports.interchange.codelists.paths import Placed, assembled, nameless
from exports.interchange.model import Bundle
from exports.models import Column, Table

_STEP = "/"
_TAGS = UUID("51b2b2b7-27eb-4ecb-9d56-e75b0a0496c2")
"""The namespace of Taguette's own GUIDs, so that its codebooks agree whatever they are saved as."""
_ALL = {"tag", "name", "path", "parent", "description", "number of highlights"}


def recognises(listing: Listing) -> bool:
    """Whether the headings are Taguette's, and no others."""
    if not listing.headings <= _ALL:
        return False
    return bool(listing.headings & {"tag", "number of highlights"}) or listing.headings == {"path", "description"}


def read(listing: Listing) -> ReadCodes:
    """The codes; a part of a path that is no tag is a folder."""
    rows, without_name = [], []
    for line in listing.lines:
        written = line.code.name if plain(line.code.name) else line.path
        whole = _STEP.join(filter(None, (line.parent.strip(), written.strip())))
        path = tuple(map(plain, whole.split(_STEP)))
        if not all(path):
            path = (plain(whole),)
        if plain(written):
            rows.append(Placed(number=line.number, path=path, code=described_line(line.code)))
        else:
            without_name.append((line.number, line.stands))
    found = assembled(rows, parents_codable=False, guid_of=tag_guid)
    return replace(found, losses=(*nameless(without_name), *found.losses))


def write(bundle: Bundle) -> Written:
    """The codes as csv that Taguette imports, without a byte-order mark, which it would take for a part of the heading."""
    from exports.frames import render_csv  # pandas is slow to load

    rows, losses = outgoing(bundle, _acceptable)
    texts = described_rows(rows)
    table = [(_STEP.join(row.path), text) for row, text in zip(rows, texts, strict=True)]
    losses += apostrophes((row.code.name, cells) for row, cells in zip(rows, table, strict=True))
    guarded_rows = tuple(tuple(map(guarded, cells)) for cells in table)
    columns = (Column(key="tag", title="tag"), Column(key="description", title="description"))
    content = render_csv(Table(name="codebook", columns=columns, rows=guarded_rows), spreadsheet=False)
    return Written(content=content, suffix=".csv", losses=(*losses, *not_held(bundle)))


def tag_guid(path: Sequence[str]) -> str:
    """The GUID that Taguette itself gives a tag."""
    return str(uuid5(_TAGS, _STEP.join(path).encode("utf-8", "replace").decode("utf-8")))


def _acceptable(name: str) -> str:
    return plain(name.replace(_STEP, "-"))
