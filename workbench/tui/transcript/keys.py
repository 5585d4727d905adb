"""Which keys move the caret and choose text. Letters for coding itself belong to the screen around the view."""

from __future__ import annotations

from gettext import gettext as _

from textual.binding import Binding

_MARK = _("Marker mens du flytter")


def _movement(name: str, keys: str, step: str, direction: int, tooltip: str, extending: str = "") -> list[Binding]:
    """The binding of one movement, and of the same movement that takes the selection along."""
    move = Binding(keys, f"go('{step}', {direction})", tooltip, show=False, tooltip=tooltip, id=f"transcript.{name}")
    if not extending:
        return [move]
    return [
        move,
        Binding(
            extending,
            f"go('{step}', {direction}, True)",
            tooltip,
            show=False,
            tooltip=f"{_MARK}: {tooltip}",
            id=f"transcript.{name}.extend",
        ),
    ]


# Some terminals keep Ctrl and Shift with the arrows to themselves, so every movement has a plain key too, and `v` does
# what Shift does.
MOVEMENTS = [
    *_movement("left", "left", "character", -1, _("Ett tegn tilbake"), "shift+left"),
    *_movement("right", "right", "character", 1, _("Ett tegn fram"), "shift+right"),
    *_movement("up", "up", "line", -1, _("Én linje opp"), "shift+up"),
    *_movement("down", "down", "line", 1, _("Én linje ned"), "shift+down"),
    *_movement("word_left", "less_than_sign,ctrl+left", "word", -1, _("Ett ord tilbake"), "ctrl+shift+left"),
    *_movement("word_right", "greater_than_sign,ctrl+right", "word", 1, _("Ett ord fram"), "ctrl+shift+right"),
    *_movement("page_up", "pageup", "page", -1, _("Én side opp"), "shift+pageup"),
    *_movement("page_down", "pagedown", "page", 1, _("Én side ned"), "shift+pagedown"),
    *_movement("line_start", "home", "edge", -1, _("Til linjens begynnelse"), "shift+home"),
    *_movement("line_end", "end", "edge", 1, _("Til linjens slutt"), "shift+end"),
    *_movement("text_start", "g,ctrl+home", "text", -1, _("Til tekstens begynnelse"), "ctrl+shift+home"),
    *_movement("text_end", "j,ctrl+end", "text", 1, _("Til tekstens slutt"), "ctrl+shift+end"),
    *_movement("next_turn", "plus", "turn", 1, _("Til neste replikk")),
    *_movement("previous_turn", "minus", "turn", -1, _("Til forrige replikk")),
]

CHOICES = [
    Binding(
        "w",
        "grow('word')",
        _("Ord"),
        show=False,
        tooltip=_("Marker ordet, eller utvid markeringen med ett ord"),
        id="transcript.word",
    ),
    Binding(
        "s",
        "grow('sentence')",
        _("Setning"),
        tooltip=_("Marker setningen, eller utvid markeringen til neste setning"),
        id="transcript.sentence",
    ),
    Binding(
        "t",
        "grow('turn')",
        _("Replikk"),
        tooltip=_("Marker replikken, eller utvid markeringen til neste replikk"),
        id="transcript.turn",
    ),
    Binding(
        "v",
        "toggle_marking",
        _("Marker fritt"),
        tooltip=_("Begynn å markere ved markøren; trykk igjen for å slutte"),
        id="transcript.marking",
    ),
    Binding(
        "escape",
        "let_go",
        _("Slipp markeringen"),
        show=False,
        tooltip=_("Slipp markeringen"),
        id="transcript.let_go",
    ),
]
