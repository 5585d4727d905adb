"""What the command line says of a file that went to another program: where it is, and by name what it could not hold."""

from __future__ import annotations

from gettext import gettext as _

from workbench.cli import output
from workbench.services.interchange.losses import grouped, shapes
from workbench.services.interchange.written_out import HandedOut


def tell_handed_out(written: HandedOut, *, as_json: bool) -> None:
    """The path as data; warnings, and everything that was lost, as talk."""
    for warning in written.warnings:
        output.say(_("Advarsel: {warning}").format(warning=warning))
    lost = [each for each in written.losses if not each.mended]
    changed = [each for each in written.losses if each.mended]
    for heading, losses in ((_("Kom ikke med:"), lost), (_("Med på en annen måte:"), changed)):
        if losses:
            output.say(heading)
        for line in grouped(losses):
            output.say("  " + line)
    if written.account is not None:
        output.say(_("Oversikten står også i {path}.").format(path=written.account))
    output.write_path(
        written.path,
        as_json=as_json,
        warnings=list(written.warnings),
        lost=shapes(lost),
        changed=shapes(changed),
        account=str(written.account or ""),
    )
