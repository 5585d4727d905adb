"""What stands in a project file at places where nobody reads it: the sum of what came in and what is listed is everything."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _

from exports.interchange.refi.context import Reading
from exports.interchange.refi.structure import local

_MET = (
    "User", "Code", "Variable", "Case", "TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource", "Note",
    "Link", "Set",
)  # fmt: skip
"""Elements whose GUID is asked for whenever they are read."""


def list_unmet(reading: Reading) -> None:
    """Lists elements that nothing has been made of and nothing has been said of, by kind."""
    there = Counter(local(element) for element in reading.package.root.iter())
    why = _("Elementet står på et sted i filen der det ikke hører hjemme, og er ikke lest.")
    for name in _MET:
        reading.ledger.lost(_("XML-element"), name, why, there[name] - reading.met[name])
    codings = {
        _("Kodinger"), _("Kodinger på bilde"), _("Kodinger på PDF-sider"), _("Kodinger på opptak"),
        _("Kodinger på transkripsjon"), _("Kodinger på memo"),
    }  # fmt: skip
    listed = sum(
        loss.count
        for loss in reading.ledger.entries()
        if not loss.mended
        and (loss.what in codings or (loss.what == _("XML-element") and loss.name.rpartition("/")[2] == "Coding"))
    )
    why = _("Kodingene står på et sted i filen der de ikke hører hjemme, og er ikke lest.")
    reading.ledger.lost(_("Kodinger"), "", why, there["Coding"] - len(reading.codings) - listed)
