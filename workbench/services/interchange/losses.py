"""What did not come along between Kodebenk and another tool, in words: on the screen, as JSON and in a file beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from gettext import gettext as _
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from exports.errors import ExportError
from exports.files import free_path, write_atomic
from exports.interchange.model import Loss
from workbench.errors import Refusal

if TYPE_CHECKING:
    from workbench.services.interchange.receiving import Received


def shapes(losses: Iterable[Loss]) -> list[dict[str, object]]:
    """As JSON: what, name, why, count."""
    return [{"what": each.what, "name": each.name, "why": each.why, "count": each.count} for each in losses]


def line(loss: Loss) -> str:
    """«Bilde: forside.jpg: Kodebenk har bare tekst. (2)»."""
    count = f" (×{loss.count})" if loss.count > 1 else ""
    name = f"{loss.name}: " if loss.name else ""
    return f"{loss.what}: {name}{loss.why}{count}"


def grouped(losses: Iterable[Loss]) -> Iterator[str]:
    """A line for everything that is lost for one reason, and one with the names below it.

    «Lesestatus (2): Hvem som har lest hva og er ferdig, går ikke ut.»
    """
    for (what, why), found in _groups(losses).items():
        yield f"{what} ({sum(each.count for each in found)}): {why}"
        names = _names(found)
        if names:
            yield "  " + "; ".join(names)


def _groups(losses: Iterable[Loss]) -> dict[tuple[str, str], list[Loss]]:
    groups: dict[tuple[str, str], list[Loss]] = {}
    for each in losses:
        groups.setdefault((each.what, each.why), []).append(each)
    return groups


def _names(losses: Iterable[Loss]) -> list[str]:
    return [f"{each.name} (×{each.count})" if each.count > 1 else each.name for each in losses if each.name]


def lines(received: Received) -> Iterator[str]:
    """Everything there is to tell of a project that came in, worst first."""
    for heading, found in sections(received):
        if found:
            yield heading
            yield from ("  " + line(each) for each in found)


def sections(received: Received) -> Sequence[tuple[str, list[Loss]]]:
    """What there is to tell, by what it means for the researcher."""
    return (
        (_("Kom ikke med:"), [each for each in received.losses if not each.mended]),
        (_("Endret på begge sider, eller slettet her; vårt står:"), list(received.kept)),
        (_("Borte i filen, men blir stående her:"), list(received.gone)),
        (_("Lest på en annen måte enn det stod:"), [each for each in received.losses if each.mended]),
    )


def write_account(told: Sequence[tuple[str, Received]], path: Path | None, *, beside: Path) -> Path | None:
    """Write everything there is to tell to a text file; None when there is nothing and nobody asked for a file.

    Args:
        told: (file name, what became of it).
        path: where; beside the project under a name with the date when nothing is said.
        beside: the project file.

    Raises:
        Refusal: if it cannot be written.
    """
    body: list[str] = []
    for file, received in told:
        found = list(lines(received))
        if found:
            body += [file, "=" * len(file), *found, ""]
    if not body and path is None:
        return None
    head = [_("Det som ikke kom med, eller ble lest på en annen måte"), ""]
    usual = beside.with_name(f"{beside.stem}-import-{date.today().isoformat()}.txt")
    return _write("\n".join([*head, *(body or [_("Alt kom med.")])]) + "\n", path or free_path(usual))


def sidecar_of(target: Path) -> Path:
    """Where the list lies of what an exported file could not hold: `studie.qdpx.ikke-med.txt`."""
    return target.with_name(f"{target.name}.ikke-med.txt")


def write_sidecar(target: Path, project: Path, losses: Sequence[Loss]) -> Path:
    """Write beside an exported file what it could not hold: what, why, and each by name; an older list is written over.

    Raises:
        Refusal: if it cannot be written.
    """
    heading = _("Det som ikke kom med i {file}").format(file=target.name)
    why = _(
        "Filformatet har ikke plass til alt et Kodebenk-prosjekt har. Det som står her, finnes bare i {project}. Ta vare "
        "på den filen, eller send en kopi av den til dem som skal ha alt."
    )
    parts = [
        (_("Gikk ikke ut"), [each for each in losses if not each.mended]),
        (_("Gikk ut, men på en annen måte enn det står i prosjektet"), [each for each in losses if each.mended]),
    ]
    body = [heading, "=" * len(heading), "", *wrap(why.format(project=project.name), _WIDTH)]
    for title, found in parts:
        if found:
            body += ["", "", title, "-" * len(title)]
        for (what, reason), group in _groups(found).items():
            body += ["", *wrap(f"{what} ({sum(each.count for each in group)}): {reason}", _WIDTH)]
            body += [f"  - {name}" for name in _names(group)]
    if not losses:
        body = [heading, "=" * len(heading), "", _("Alt kom med.")]
    return _write("\n".join(body) + "\n", sidecar_of(target), overwrite=True)


_WIDTH = 100


def _write(text: str, path: Path, *, overwrite: bool = False) -> Path:
    try:
        return write_atomic(path, text.encode("utf-8"), overwrite=overwrite)
    except ExportError as error:
        raise Refusal(str(error)) from None
