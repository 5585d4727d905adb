"""How the program is coloured: two of Textual's themes where there are colours enough, else two with the sixteen alone.

The sixteen are named, not mixed, so that the terminal's own choice of what is blue holds, and every pair of them is one
that can be read.
"""

from __future__ import annotations

from textual.theme import Theme

from workbench.tui.terminal import Colours

DARK, LIGHT = "textual-dark", "textual-light"
FEW_DARK, FEW_LIGHT = "kodebenk-16-dark", "kodebenk-16-light"


def _few(name: str, *, dark: bool, ground: str, ink: str, bar: str, mark: str, quiet: str) -> Theme:
    """A theme of named colours. `bar` is behind headings, `mark` behind what is chosen, `quiet` of idle borders."""
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=mark,
        secondary=mark,
        warning="ansi_yellow" if dark else "ansi_red",
        error="ansi_red",
        success="ansi_green",
        accent=mark,
        foreground=ink,
        background=ground,
        variables={
            "text": ink,
            "text-muted": ink,
            "text-disabled": ink,
            "foreground-muted": ink,
            "surface": ground,
            "boost": ground,
            "panel": bar,
            "ansi-background": ground,
            "ansi-foreground": ink,
            "border": mark,
            "border-blurred": quiet,
            "block-cursor-foreground": ground,
            "block-cursor-background": mark,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": ground,
            "block-cursor-blurred-text-style": "underline",
            "block-hover-background": ground,
            "scrollbar": mark,
            "scrollbar-hover": mark,
            "scrollbar-active": ink,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "footer-foreground": ink,
            "footer-background": ground,
            "button-foreground": ink,
            "button-color-foreground": ground,
            "button-focus-text-style": "bold reverse",
            "input-cursor-foreground": ground,
            "input-cursor-background": ink,
            "input-cursor-text-style": "none",
            "input-selection-foreground": ground,
            "input-selection-background": mark,
            "screen-selection-foreground": ground,
            "screen-selection-background": mark,
            "link-color": ink,
            "link-background": ground,
            "link-color-hover": ground,
            "link-background-hover": mark,
        },
    )


FEW = (
    _few(FEW_DARK, dark=True, ground="ansi_black", ink="ansi_white", bar="ansi_blue", mark="ansi_cyan",
         quiet="ansi_white"),
    _few(FEW_LIGHT, dark=False, ground="ansi_bright_white", ink="ansi_black", bar="ansi_cyan", mark="ansi_blue",
         quiet="ansi_black"),
)  # fmt: skip


def fitting(theme: Theme, colours: Colours) -> str:
    """The name of the theme to show where `theme` is wished for, in a terminal with so many colours."""
    if colours == "many":
        return theme.name
    return FEW_DARK if theme.dark else FEW_LIGHT
