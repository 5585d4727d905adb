"""Which language is spoken where: told at import and when a text is edited, kept turn by turn.

A source's language is a fact like its date, which the researcher may correct. A turn's is told from its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _

from corpus.model import Turn
from workbench.services.sources import SourceText
from workbench.store.project import Gesture, Project
from workbench.store.queries import languages as queries

USUAL = "nb"
"""What a source is taken for when it says too little and nobody has said what it is."""
NORWEGIAN = ("nb", "nn")


def language_words() -> Mapping[str, str]:
    """The languages that can be told from each other, by name."""
    return {
        "nb": _("bokmål"),
        "nn": _("nynorsk"),
        "en": _("engelsk"),
        "sv": _("svensk"),
        "da": _("dansk"),
        "de": _("tysk"),
    }


def seen(text: str, turns: Sequence[Turn]) -> str:
    """The language of a text as a whole: of what is said, where there are turns; empty where it says too little."""
    from nlp.languages import language_of, words_of

    spoken = [text[turn.start : turn.end] for turn in turns] or [text]
    return language_of(word for stretch in spoken for word in words_of(stretch))


def warning(language: str) -> str:
    """What to tell about a text in this language; empty when there is nothing to tell."""
    if not language or language in NORWEGIAN:
        return ""
    return _(
        "Teksten ser ut til å være på {language}. Forslag og ordlister er laget for bokmål og nynorsk, "
        "og vil finne lite her."
    ).format(language=language_words()[language])


def record_turns(act: Gesture, version: str, text: str, turns: Sequence[Turn]) -> None:
    """Keep the language of every turn of a text version, as part of a gesture."""
    from nlp.languages import languages_of_turns

    queries.keep(act.connection, version, languages_of_turns(text, turns))


def list_turn_languages(project: Project, shown: SourceText) -> list[str]:
    """The language of every turn: its own or its speaker's, else the source's.

    Where they are not kept (the project is older than this, or the text came from a colleague's copy) they are told now,
    and kept unless the project is open for reading only.
    """
    kept = queries.of_turns(project.connection, shown.source.version)
    if len(kept) != len(shown.turns):
        from nlp.languages import languages_of_turns

        kept = list(languages_of_turns(shown.text, shown.turns))
        if not project.readonly:
            with project.derive() as connection:
                queries.keep(connection, shown.source.version, kept)
    return [language or shown.source.language for language in kept]
