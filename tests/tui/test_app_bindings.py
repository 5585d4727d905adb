"""Every action can be reached by a key that no terminal, multiplexer or keyboard keeps to itself."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from types import ModuleType

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

import workbench.tui

SWALLOWED = {
    "ctrl+s", "ctrl+q",  # stop and start of the flow in old terminals
    "ctrl+a", "ctrl+b",  # GNU screen and tmux
    "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket",  # the same bytes as other keys
    "insert", "ctrl+home", "ctrl+end", "ctrl+pageup", "ctrl+pagedown", "ctrl+delete", "ctrl+backspace",
}  # fmt: skip
ALTGR = {
    "at", "pound_sign", "dollar_sign", "left_curly_bracket", "right_curly_bracket", "left_square_bracket",
    "right_square_bracket", "backslash", "tilde", "circumflex_accent", "grave_accent", "acute_accent",
}  # fmt: skip
"""Behind AltGr, or dead, on a Norwegian keyboard."""
ELSEWHERE = {"app.quit": "app.quit_twice"}
"""An action -> the one with another key that does the same."""
MODIFIED_ARROW = re.compile(r"(ctrl|shift|alt|ctrl\+shift)\+(left|right|up|down|home|end|pageup|pagedown)")


def reliable(key: str) -> bool:
    """Whether a key arrives as itself through PuTTY, tmux, screen and an old terminal, on any keyboard."""
    if key in SWALLOWED | ALTGR or MODIFIED_ARROW.fullmatch(key):
        return False
    return not re.fullmatch(r"f\d+|(alt|super|ctrl\+shift|meta|hyper)\+.*", key)


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(workbench.tui.__path__, "workbench.tui."):
        if found.name != "workbench.tui.driver":
            yield importlib.import_module(found.name)


def classes() -> list[type[DOMNode]]:
    """Every screen, dialog and widget of ours that has keys of its own."""
    found = {
        each
        for module in modules()
        for _name, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, DOMNode) and each.__module__.startswith("workbench.tui") and "BINDINGS" in vars(each)
    }
    return sorted(found, key=lambda each: each.__qualname__)


def keys_of(owner: type[DOMNode]) -> dict[str, set[str]]:
    """Action -> its keys, with what the classes above have for the same action."""
    actions: dict[str, set[str]] = defaultdict(set)
    for each in owner.__mro__:
        for binding in Binding.make_bindings(vars(each).get("BINDINGS", [])):
            actions[binding.action].add(binding.key)
    own = {binding.action for binding in Binding.make_bindings(owner.BINDINGS)}
    return {action: keys for action, keys in actions.items() if action in own}


def unreachable(owner: type[DOMNode]) -> list[str]:
    """Actions of a class whose only keys are ones that may never arrive."""
    keys, found = keys_of(owner), []
    ids = {binding.id: binding for binding in Binding.make_bindings(owner.BINDINGS)}
    for action, its in keys.items():
        # Taking the selection along is what mark mode does, for every movement.
        plainly = action.removesuffix(", True)") + ")" if action.endswith(", True)") else action
        reached = its | keys.get(plainly, set()) if "toggle_marking" in keys else its
        same = next((ids[ELSEWHERE[name]].key for name in ids if name in ELSEWHERE and ids[name].action == action), "")
        if not any(reliable(key) for key in (*reached, same) if key):
            found.append(f"{owner.__name__}.{action}: {', '.join(sorted(its))}")
    return found


def test_there_are_keys_to_walk() -> None:
    names = {each.__name__ for each in classes()}
    assert {"KodebenkApp", "BenchScreen", "CodingScreen", "TranscriptView", "CodeFormDialog", "WritingDialog"} <= names


@pytest.mark.parametrize("owner", classes(), ids=lambda each: each.__name__)
def test_every_action_has_a_key_that_arrives(owner: type[DOMNode]) -> None:
    assert unreachable(owner) == []


def test_the_walk_would_find_a_key_that_does_not_arrive() -> None:
    class Lost(DOMNode):
        BINDINGS = [("f9,ctrl+s,alt+up", "lost", ""), ("f2,x", "found", ""), ("at", "behind_altgr", "")]  # noqa: RUF012

    assert [line.split(":")[0] for line in unreachable(Lost)] == ["Lost.lost", "Lost.behind_altgr"]


@pytest.mark.parametrize("field", [Input, TextArea])
def test_the_letter_key_and_the_save_key_are_free_in_text_fields(field: type[DOMNode]) -> None:
    taken = {binding.key for binding in Binding.make_bindings(field.BINDINGS)}
    assert not taken & {"ctrl+n", "ctrl+l", "ctrl+o", "ctrl+t", "ctrl+p", "ctrl+g"}
