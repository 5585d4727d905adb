"""A comment on a selection is the same note in every export of it, wherever the text or the project's name has gone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from exports.interchange.model import NoteItem
from exports.interchange.refi.reading import read_qdpx

TEXT = "Intervjuer: Hva?\nKari: Vi har for få boliger her.\n"
SOURCE, FIRST, SECOND = (f"{number}0000000-0000-4000-8000-000000000000" for number in (1, 2, 3))


def notes(*selections: tuple[str, int, int], text: str = TEXT, name: str = "Studie") -> tuple[NoteItem, ...]:
    written = "".join(
        f'<PlainTextSelection guid="{guid}" startPosition="{start}" endPosition="{end}">'
        f"<Description>Merknad {number}</Description></PlainTextSelection>"
        for number, (guid, start, end) in enumerate(selections)
    )
    project = (
        f'<?xml version="1.0" encoding="utf-8"?><Project name="{name}" xmlns="urn:QDA-XML:project:1.0"><Sources>'
        f'<TextSource guid="{SOURCE}" name="S"><PlainTextContent>{text}</PlainTextContent>{written}</TextSource>'
        "</Sources></Project>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("project.qde", project)
    return read_qdpx(Path("studie.qdpx"), data.getvalue()).notes


def test_a_comment_is_itself_in_a_newer_text_and_under_another_name() -> None:
    (first,) = notes((FIRST, 23, 33))
    (moved,) = notes((FIRST, 35, 45), text=f"Dato i dag.\n{TEXT}", name="Nytt navn")
    assert moved.guid == first.guid
    assert (moved.start, moved.end) == (35, 45)


def test_comments_on_selections_of_one_guid_or_none_are_told_apart() -> None:
    for guids in ((FIRST, FIRST), ("", ""), (FIRST, SECOND)):
        found = notes((guids[0], 23, 33), (guids[1], 34, 40))
        assert [each.text for each in found] == ["Merknad 0", "Merknad 1"]
        assert len({each.guid for each in found}) == 2
