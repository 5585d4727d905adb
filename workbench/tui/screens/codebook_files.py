"""The codebook to a file and from one: Kodebenk's own form, and those of other tools."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.services.interchange import formats
from workbench.services.interchange.codebook_out import ENDINGS, SHAPES, hand_out_codebook
from workbench.services.recognising import YAML, Recognised, kind_words
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting.paths import typed_path
from workbench.tui.screens.base import BenchScreen


class CodebookFiles(BenchScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "export_codebook", _("Eksporter"), show=False,
                tooltip=_("Eksporter kodeboken: YAML, Word, Excel, eller til et annet verktøy"), id="codebook.export"),
        Binding("i", "import_codebook", _("Ta inn"), show=False,
                tooltip=_("Ta inn en kodebok: YAML, .qdc, eller en liste fra et annet verktøy"), id="codebook.import"),
    ]  # fmt: skip

    def show_codes(self, told: str = "", choose: str = "") -> None:
        """Show the codebook as it is now."""
        raise NotImplementedError

    def action_export_codebook(self) -> None:
        words = shape_words()

        def name_it(shape: str) -> None:
            path = self.project.path
            proposed = path.with_name(_("{project}-kodebok").format(project=path.stem) + ENDINGS[shape])
            self.ask(LineDialog(_("Skrives til"), str(proposed)), lambda typed: self._export(shape, typed_path(typed)))

        self.ask(ChooseDialog(_("Eksporter kodeboken som"), [(each, words[each]) for each in SHAPES]), name_it)

    def _export(self, shape: str, path: Path) -> None:
        from workbench.tui.handing_out import write_out

        bench = self.bench
        bench.confirm_overwriting(
            path, lambda: write_out(bench, path.name, lambda own: hand_out_codebook(own, shape, path, force=True))
        )

    def action_import_codebook(self) -> None:
        self.require_writable()
        endings = (*YAML, *formats.CODEBOOK_SUFFIXES)
        dialog = PathsDialog(_("Ta inn en kodebok"), folder=Path.cwd(), endings=endings, button=_("Se på den"))
        self.ask(dialog, lambda paths: self._take_in(paths[0]))

    def _take_in(self, path: Path) -> None:
        from workbench.tui.receiving import take_in_codebook
        from workbench.tui.walk import Step, Walk

        seen = Recognised(path=path, kinds=("codebook",))
        step = Step(
            name=path.name,
            kind=kind_words()["codebook"],
            begin=lambda walk: take_in_codebook(walk, seen, walk.skip),
        )
        Walk(self.bench, [step], home=self.show_codes).begin()


def shape_words() -> dict[str, str]:
    """What each shape is for."""
    return {
        "yaml": _("YAML: alt om kodene, til et annet Kodebenk-prosjekt"),
        "docx": _("Word: til å lese og dele"),
        "qdc": _("REFI-QDA kodebok (.qdc)"),
        "csv": _("Kommadelt tabell (.csv)"),
        "xlsx": _("Excel (.xlsx)"),
        "nvivo": _("NVivo (.xlsx)"),
        "atlasti": _("ATLAS.ti (.xlsx)"),
        "maxqda": _("MAXQDA (.xlsx)"),
        "qualcoder": _("QualCoder (.csv)"),
        "taguette": _("Taguette (.csv)"),
    }
