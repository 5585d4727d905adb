"""What in a report could identify somebody: a list to go through before the report is written."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workbench.core.identifying import SEVERITIES
from workbench.errors import Refusal
from workbench.services import quoting
from workbench.services.identifying import Risk, counts, kind_words, severity_words
from workbench.services.reporting import Prepared
from workbench.tui import reporting
from workbench.tui.dialogs.outputs import ReportWanted
from workbench.tui.dialogs.quoting import edit_quote
from workbench.tui.screens.listing import ListScreen
from workbench.tui.transcript.display import safe, safe_line
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

_MARKS = {"high": "!!!", "medium": " !!", "low": "  !"}


class RisksScreen(ListScreen):
    """The risks of a report that is about to be written. R leads back here from the place one has gone to."""

    CSS_PATH = "risks.tcss"
    ROW_LINES = 4
    KEYS = ("risks.open", "risks.quote", "risks.unstar", "risks.write", "risks.options", "risks.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet; R fører tilbake hit"), id="risks.open"),
        Binding("s", "quote", _("Endre sitatet"), tooltip=_("Forkort eller klargjør sitatet"), id="risks.quote"),
        Binding("asterisk", "unstar", _("Ta ut"), key_display="*", tooltip=_("Ta stjernen av sitatet, så det ikke er utvalgt"),
                id="risks.unstar"),
        Binding("w", "write", _("Skriv likevel"), tooltip=_("Skriv rapporten; det føres i revisjonssporet"),
                id="risks.write"),
        Binding("o", "options", _("Andre valg"), tooltip=_("Velg en annen måte å vise til informantene på"),
                id="risks.options"),
        Binding("escape", "leave", _("Avbryt"), tooltip=_("Legg rapporten bort uten å skrive den"), id="risks.back"),
    ]  # fmt: skip

    def __init__(self, wanted: ReportWanted, prepared: Prepared, risks: Sequence[Risk], *, at: int = 0) -> None:
        super().__init__()
        self.wanted = wanted
        self.prepared = prepared
        self.risks = list(risks)
        self._at = at
        self._printed = {
            excerpt.id: excerpt.printed for chapter in prepared.report.chapters for excerpt in chapter.excerpts
        }

    def heading(self) -> str:
        return _("Hva i rapporten kan kjenne igjen noen?")

    def above(self) -> ComposeResult:
        warnings = Static(safe("\n".join(self.prepared.warnings)), id="about", markup=False)
        warnings.display = bool(self.prepared.warnings)
        yield warnings

    def begin(self) -> None:
        self.rows.set_rows(len(self.risks), self._draw, cursor=self._at)
        found = counts(self.risks)
        self.query_one(StatusLine).show(
            ngettext("{n} ting å se på", "{n} ting å se på", len(self.risks)).format(n=len(self.risks)),
            *(f"{severity_words(each)}: {found[each]}" for each in SEVERITIES if found[each]),
        )

    def _current(self) -> Risk:
        if self.rows.cursor is None:
            raise Refusal(_("Listen er tom. w skriver rapporten."))
        return self.risks[self.rows.cursor]

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            risk = self._current()
            bench = self.bench
            if risk.where == "quote":
                bench.lead_to(risk.source, risk.start, risk.end)
            elif risk.where == "study":
                from workbench.tui.dialogs.study import ask_about_study

                ask_about_study(self)
                return
            else:
                bench.action_go("themes" if risk.where == "theme" else "codebook")
            bench.notify(_("R fører tilbake til det som må ses over."), markup=False, timeout=4)

    def action_quote(self) -> None:
        risk = self._current()
        if not risk.coding:
            raise Refusal(_("Dette er ikke et sitat. g fører til stedet."))
        edit_quote(self, risk.coding, then=self._again)

    def action_unstar(self) -> None:
        """Take the star off the quotation, so that a report of the selected ones is without it."""
        risk = self._current()
        if not risk.coding:
            raise Refusal(_("Dette er ikke et sitat. g fører til stedet."))
        if not quoting.deselect_quote(self.project, risk.coding):
            raise Refusal(_("Sitatet er ikke utvalgt (★). Rapporten har alle utdrag; o gir andre valg."))
        self._again()

    def action_write(self) -> None:
        reporting.write(self.bench, self.wanted, self.prepared, self.risks)

    def action_options(self) -> None:
        reporting.ask(self.bench, self.wanted)

    def action_leave(self) -> None:
        self.bench.report_wanted = None
        self.bench.back_to_coding()

    def _again(self) -> None:
        """Look the report over anew, since something in it is other now."""
        reporting.look_over(self.bench, self.wanted, at=self.rows.cursor or 0)

    def _draw(self, index: int, width: int) -> list[Text]:
        risk = self.risks[index]
        head = Text()
        head.append(f"{_MARKS[risk.severity]} ", style="bold")
        head.append(f"{severity_words(risk.severity)} · {kind_words(risk.kind)}", style="bold")
        if risk.quotes:
            head.append("  " + safe_line(", ".join(risk.quotes)), style="dim")
        said = self._printed.get(risk.coding, "")
        told = wrap(safe_line(risk.text), max(width - 6, 20), max_lines=2, placeholder=" …")
        lines = [head, *(Text("    " + line) for line in told)]
        if said:
            lines.append(_around(said, risk.words, max(width - 8, 20)))
        return lines


def _around(said: str, words: str, room: int) -> Text:
    """The printed words on one line, with those that could identify somebody in sight and underlined."""
    line = safe_line(" ".join(said.split()))
    place = max(line.find(safe_line(words)), 0)
    first = max(0, place - room // 3)
    shown = ("…" if first else "") + line[first : first + room]
    text = Text("    «" + shown + ("»" if first + room >= len(line) else "…»"), style="dim")
    text.highlight_words([safe_line(words)], "underline not dim")
    return text
