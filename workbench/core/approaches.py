"""Approaches to analysis: what a project that follows one calls things, and what is laid ready for it.

An approach sets words and defaults. It locks nothing: everything can be done under every approach. What each approach
needs is after Braun & Clarke (2006, 2019), Gale et al. (2013), Hsieh & Shannon (2005), Malterud (2012) and Tjora (2018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """Words and defaults. The words are functions, since the language is chosen after this is imported."""

    key: str
    name: Callable[[], str]
    about: Callable[[], str]
    theme: Callable[[], str] = lambda: _("tema")
    themes: Callable[[], str] = lambda: _("Temaer")
    in_vivo: bool = False
    """Coding begins with a new code in the words of the selection."""
    condensates: bool = False
    """First-person condensates are written on codes."""
    coefficients: bool = True
    """Agreement and saturation are shown without being asked for."""
    framework: bool = False
    """Cases are summarised code by code."""


_ALL = (
    Approach(
        key="codebook",
        name=lambda: _("kodebok"),
        about=lambda: _("Tematisk analyse med en kodebok som er laget på forhånd eller underveis."),
    ),
    Approach(
        key="reflexive",
        name=lambda: _("refleksiv tematisk analyse"),
        about=lambda: _("Temaer utvikles gjennom lesning og refleksjon. Samsvar og metning vises bare når du spør."),
        coefficients=False,
    ),
    Approach(
        key="reliability",
        name=lambda: _("kodereliabilitet"),
        about=lambda: _("Flere kodere bruker samme kodebok, og samsvaret mellom dem regnes ut."),
    ),
    Approach(
        key="framework",
        name=lambda: _("rammeanalyse"),
        about=lambda: _("Hver case oppsummeres kode for kode i en rammematrise."),
        theme=lambda: _("kategori"),
        themes=lambda: _("Kategorier"),
        framework=True,
    ),
    Approach(
        key="directed",
        name=lambda: _("styrt innholdsanalyse"),
        about=lambda: _("Koder hentes fra teori eller tidligere funn; det som ikke passer, får nye koder."),
        theme=lambda: _("kategori"),
        themes=lambda: _("Kategorier"),
    ),
    Approach(
        key="stc",
        name=lambda: _("systematisk tekstkondensering"),
        about=lambda: _("Meningsbærende enheter samles i kodegrupper; hver subgruppe får et kondensat i jeg-form."),
        theme=lambda: _("kodegruppe"),
        themes=lambda: _("Kodegrupper"),
        condensates=True,
        coefficients=False,
    ),
    Approach(
        key="sdi",
        name=lambda: _("stegvis-deduktiv induktiv metode"),
        about=lambda: _("Mange tekstnære koder i informantens egne ord, som siden grupperes."),
        theme=lambda: _("kodegruppe"),
        themes=lambda: _("Kodegrupper"),
        in_vivo=True,
        coefficients=False,
    ),
    Approach(
        key="case",
        name=lambda: _("casestudie"),
        about=lambda: _("Caser analyseres hver for seg og så på tvers."),
        framework=True,
    ),
)
APPROACHES: Mapping[str, Approach] = {approach.key: approach for approach in _ALL}
DEFAULT = APPROACHES["codebook"]
