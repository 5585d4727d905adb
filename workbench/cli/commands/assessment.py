"""How `suggest --evaluate` is printed."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from workbench.cli import output, shapes
from workbench.cli.options import write_list
from workbench.services.assessing import Assessment


def write(found: Assessment, *, as_json: bool, as_csv: bool) -> None:
    """The figures by code, and in words what they rest on."""
    if as_json:
        output.write_json(shapes.assessment(found))
        return
    columns = {
        "code": _("kode"),
        "with_code": _("steder"),
        "sources": _("kilder"),
        "precision": _("presisjon"),
        "recall": _("dekning"),
        "f1": "F",
        "calibration": _("kalibreringsfeil"),
        "reading": _("må leses"),
        "threshold": _("terskel"),
        "status": _("status"),
    }
    rows = [shapes.figures(each) | {"status": _status(each.silent, each.is_enough)} for each in found.codes]
    write_list(rows, as_json=False, as_csv=as_csv, columns=columns, empty=_("Ingenting er kodet eller vurdert ennå."))
    if found.codes and not as_csv:
        _explain(found)


def _status(silent: bool, is_enough: bool) -> str:
    if not is_enough:
        return _("for lite å si noe om")
    return _("stille") if silent else ""


def _explain(found: Assessment) -> None:
    output.say(
        _(
            "Hver kilde er vurdert ut fra det de andre lærer bort. Enheten er setningen; «må leses» er hvor stor del av teksten "
            "en må lese, de likeligste setningene først, før 90 % av stedene er funnet."
        )
    )
    if found.finished < 2:
        output.say(
            ngettext(
                "{n} kilde er merket som ferdig. Først i ferdige kilder vet vi hva som ble latt stå med vilje, så tallene er "
                "usikre før det er minst to. Merk kilder som ferdige med «kodebenk status».",
                "{n} kilder er merket som ferdige. Først i ferdige kilder vet vi hva som ble latt stå med vilje, så tallene er "
                "usikre før det er minst to. Merk kilder som ferdige med «kodebenk status».",
                found.finished,
            ).format(n=found.finished)
        )
    drawn = found.drawn
    if drawn.judged:
        output.say(
            ngettext(
                "Av {n} sted trukket ut ved loddtrekning, der ingenting var foreslått, hadde {hits} koden likevel "
                "({low}–{high} % med 95 % sikkerhet).",
                "Av {n} steder trukket ut ved loddtrekning, der ingenting var foreslått, hadde {hits} koden likevel "
                "({low}–{high} % med 95 % sikkerhet).",
                drawn.judged,
            ).format(n=drawn.judged, hits=drawn.with_code, low=round(100 * drawn.low), high=round(100 * drawn.high))
        )
