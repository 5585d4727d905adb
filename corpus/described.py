"""What a text is besides its words and turns: an article with its facts and quoted speech, a report with its regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import ngettext
from pathlib import Path

from corpus.article_bundle import archive_facts, articles_in, bundle_reason
from corpus.articles import said_date, says_it_is_one, text_facts
from corpus.errors import UnreadableSource
from corpus.model import ImportNote, Region, SourceKind, Transcript
from corpus.quoted_speech import is_article, quoted_turns
from corpus.regions.find import regions_of
from corpus.regions.heads import heads, path_note
from corpus.regions.loose import loose_markers
from corpus.reports import reads_as_report, report_facts


def described(transcript: Transcript, decided: SourceKind | None = None, path: Path | None = None) -> Transcript:
    """The same text with its regions, and for an article title, publisher, date and quoted speech as turns.

    What the file itself said stays; the text's own first lines and shapes only fill what it left empty.

    Args:
        transcript: a text whose kind is decided or guessed and whose labels have been read as turns.
        decided: the kind as the researcher said, which is never guessed anew.
        path: the file, where one that holds many articles is to be refused; else a note tells of it.

    Raises:
        UnreadableSource: if the file holds many articles and nobody has said that it is something else.
    """
    text = transcript.text
    several = bundle_reason(len(articles_in(text))) if decided in (None, "article") and not transcript.turns else ""
    if several and path is not None:
        raise UnreadableSource(path, several, remedy="split")
    if several:
        notes = (*transcript.notes, ImportNote(message=several, doubtful=True))
        return replace(transcript, kind="article", notes=notes)
    kind = decided or _kind(transcript)
    title, publisher, date, turns = transcript.title, transcript.publisher, transcript.date, transcript.turns
    if kind == "article":
        facts = archive_facts(text).or_else(text_facts(text))
        title, publisher, date = title or facts.title, publisher or facts.publisher, date or facts.date
        turns = turns or quoted_turns(text)
    elif kind == "report":
        facts = report_facts(text)
        title, publisher, date = title or facts.title, publisher or facts.publisher, date or facts.date
    elif kind != "survey":
        date = date or said_date(text, turns)
    head = heads(text, kind, turns)
    regions = regions_of(text, kind, (*transcript.regions, *head), repaired=transcript.raw_text is not None)
    notes = transcript.notes + path_note(text, head) + _loose_markers(kind, text, regions)
    return replace(
        transcript, kind=kind, regions=regions, turns=turns, notes=notes, title=title, publisher=publisher, date=date
    )


def _kind(transcript: Transcript) -> SourceKind:
    """`article` where nobody is labelled and people are quoted; one quote is enough on a page that says who published it."""
    if transcript.turns or transcript.kind not in ("notes", "report"):
        return transcript.kind
    if says_it_is_one(transcript.text) or archive_facts(transcript.text).publisher:
        return "article"
    published = bool(transcript.publisher and transcript.date)
    if is_article(transcript.text, 1 if published else 2):
        return "article"
    return "report" if reads_as_report(transcript.text) else transcript.kind


def _loose_markers(kind: SourceKind, text: str, regions: Sequence[Region]) -> tuple[ImportNote, ...]:
    """A note where raised figures are left in a report whose footnotes were not found: they stand as running text."""
    places = loose_markers(text, regions) if kind == "report" else ()
    if not places:
        return ()
    message = ngettext(
        "{n} henvisning til en fotnote som ikke er funnet: noten kan stå som løpende tekst.",
        "{n} henvisninger til fotnoter som ikke er funnet: notene kan stå som løpende tekst.",
        len(places),
    )
    return (ImportNote(message=message.format(n=len(places)), start=places[0], count=len(places), doubtful=True),)
