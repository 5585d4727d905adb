"""Notes on what a document held beside its running text."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from corpus.model import ImportNote

FOOTNOTE = "fotnote"
ENDNOTE = "sluttnote"
BOX = "tekstboks"
"""What lifted text is called where it is stored, whatever the language of the interface."""


def changes_note(insertions: int, deletions: int) -> tuple[ImportNote, ...]:
    """A note on tracked changes, when there are any."""
    if not insertions and not deletions:
        return ()
    message = _("Dokumentet har sporede endringer: innsatt tekst er tatt med ({n}), slettet tekst er utelatt ({m}).")
    text = message.format(n=insertions, m=deletions)
    return (ImportNote(message=text, count=insertions + deletions, doubtful=True),)


def lifted_notes(lifted: tuple[tuple[str, str], ...]) -> tuple[ImportNote, ...]:
    """Notes on footnotes and on text boxes that were taken out of the running text."""
    boxes = sum(what == BOX for what, _text in lifted)
    n = len(lifted) - boxes
    notes = _counted(
        n,
        ngettext(
            "{n} fotnote eller sluttnote er tatt ut av den løpende teksten og ligger for seg.",
            "{n} fotnoter eller sluttnoter er tatt ut av den løpende teksten og ligger for seg.",
            n,
        ),
    )
    return notes + _counted(
        boxes,
        ngettext(
            "{n} tekstboks er tatt ut av den løpende teksten og ligger for seg.",
            "{n} tekstbokser er tatt ut av den løpende teksten og ligger for seg.",
            boxes,
        ),
        doubtful=True,
    )


def comments_note(n: int) -> tuple[ImportNote, ...]:
    """A note on comments in the margin, which are not taken in."""
    return _counted(
        n, ngettext("{n} kommentar i margen er ikke tatt med.", "{n} kommentarer i margen er ikke tatt med.", n)
    )


def hidden_note(n: int) -> tuple[ImportNote, ...]:
    """A note on hidden text, which is taken in though the program does not show it."""
    return _counted(
        n,
        ngettext(
            "{n} stykke skjult tekst er tatt med, selv om Word ikke viser det.",
            "{n} stykker skjult tekst er tatt med, selv om Word ikke viser dem.",
            n,
        ),
        doubtful=True,
    )


def embedded_note(n: int) -> tuple[ImportNote, ...]:
    """A note on whole documents inside the document, which cannot be read."""
    return _counted(
        n,
        ngettext(
            "{n} innfelt dokument kan ikke leses og mangler i teksten.",
            "{n} innfelte dokumenter kan ikke leses og mangler i teksten.",
            n,
        ),
        doubtful=True,
    )


def _counted(n: int, message: str, *, doubtful: bool = False) -> tuple[ImportNote, ...]:
    return (ImportNote(message=message.format(n=n), count=n, doubtful=doubtful),) if n else ()
