"""The options that choose excerpts, the same for every command that takes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from gettext import gettext as _
from typing import Any, TypeVar

import click

from workbench.services.naming import find_source
from workbench.services.retrieval import Filter
from workbench.store.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])
Chosen = dict[str, Any]
"""What was typed, by the names of the filter's fields."""


def filter_options(command: Command) -> Command:
    """Options for every field of the filter; the command gets them together as `chosen`."""
    options = _options()
    names = [option[0].removeprefix("--").replace("-", "_") for option, _settings in options]

    @wraps(command)
    def gathering(*arguments: Any, **typed: Any) -> Any:
        return command(*arguments, chosen={name: typed.pop(name) for name in names}, **typed)

    decorated: Any = gathering
    for option, settings in reversed(options):
        decorated = click.option(*option, **settings)(decorated)
    return decorated  # type: ignore[no-any-return]


def read_filter(project: Project, chosen: Chosen) -> Filter:
    """The filter that was asked for.

    Raises:
        NotFound: for a source that is not known.
    """
    source = chosen["source"]
    return Filter(**chosen | {"source": find_source(project, source).id if source else ""})


def _options() -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """Names and settings, in the order the help lists them."""

    def text(name: str, help: str) -> tuple[tuple[str, ...], dict[str, Any]]:
        return (name,), {"default": "", "help": help}

    def flag(name: str, help: str) -> tuple[tuple[str, ...], dict[str, Any]]:
        return (name,), {"is_flag": True, "help": help}

    return [
        text("--code", _("Kode, med underkoder.")),
        flag("--exact", _("Ikke ta med underkoder.")),
        text("--with-code", _("Bare utdrag som deler tekst med denne koden eller dens underkoder.")),
        text("--theme", _("Tema: det som er kodet med temaets koder, og det som er lagt i det for seg.")),
        text("--case", _("Case, med caser som ligger i den.")),
        flag("--own-case", _("Ikke ta med caser som ligger i casen.")),
        flag("--no-case", _("Bare kilder uten case.")),
        text("--role", _("Informantens rolle, eller interviewer/participant.")),
        text("--informant", _("Informantens nummer.")),
        flag("--no-informant", _("Bare der ingen kjent informant snakker.")),
        text("--wave", _("Bølge.")),
        flag("--no-wave", _("Bare kilder uten bølge.")),
        text("--coder", _("Koder.")),
        text("--source", _("Kilde.")),
        text("--text", _("Ord i utdraget; æ, ø og å skilles fra ae, o og a.")),
        flag("--lemma", _("Let i --text etter alle former av ordene, også i sammensetninger og på nynorsk.")),
        flag("--fold", _("La o finne ø, a finne å og ae finne æ i --text.")),
        flag("--starred", _("Bare utvalgte sitater.")),
        flag("--standing", _("Ikke ta med kodinger som en endring i teksten har tømt.")),
    ]
