"""The codebook as a tree with counts that change without laying anything out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from workbench.core.entities import CodeEntry
from workbench.tui.presenting.codes import CodeList, tree_label


class CodeTree(Tree[str]):
    """Codes by their places in the codebook; a node's data is the code's id."""

    ALLOW_SELECT = False
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", _("Opp"), show=False, id="tree.up"),
        Binding("down", "cursor_down", _("Ned"), show=False, id="tree.down"),
        Binding("left", "fold", _("Fold sammen"), show=False, id="tree.fold"),
        Binding("right", "unfold", _("Fold ut"), show=False, id="tree.unfold"),
        Binding("enter", "select_cursor", _("Velg"), show=False, id="tree.choose"),
        Binding("space", "toggle_node", _("Fold ut eller sammen"), show=False, id="tree.toggle"),
        Binding("pageup", "page_up", _("Én side opp"), show=False, id="tree.page_up"),
        Binding("pagedown", "page_down", _("Én side ned"), show=False, id="tree.page_down"),
        Binding("home", "scroll_home", _("Til begynnelsen"), show=False, id="tree.first"),
        Binding("end", "scroll_end", _("Til slutten"), show=False, id="tree.last"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Text(_("Kodebok")), id=id)
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        self._by_code: dict[str, TreeNode[str]] = {}
        self._shape: tuple[tuple[str, str], ...] = ()

    @property
    def chosen_code(self) -> str:
        """Id of the code under the cursor, or empty."""
        node = self.cursor_node
        return node.data if node is not None and node.data else ""

    def show_codes(self, codes: CodeList, pins: Mapping[int, str], *, retired: bool = False) -> None:
        """Show the codes; the tree is only built again when codes have come, gone or moved."""
        entries = [entry for entry in codes.entries.values() if retired or entry.status == "active" or entry.codings]
        shape = tuple((entry.id, entry.parent) for entry in entries)
        if shape != self._shape:
            self._rebuild(entries, shape)
        self.update_labels(entries, pins)

    def update_labels(self, entries: Iterable[CodeEntry], pins: Mapping[int, str]) -> None:
        """Write the entries' lines again; nothing is laid out."""
        keys = {code: key for key, code in pins.items()}
        for entry in entries:
            node = self._by_code.get(entry.id)
            if node is not None:
                label = tree_label(entry, keys.get(entry.id, 0))
                if node.label != label:
                    node.set_label(label)

    def choose(self, code: str) -> None:
        """Put the cursor on a code."""
        node = self._by_code.get(code)
        if node is not None:
            parent = node.parent
            while parent is not None:
                parent.expand()
                parent = parent.parent
            self.move_cursor(node)

    def action_fold(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)

    def action_unfold(self) -> None:
        node = self.cursor_node
        if node is not None and node.allow_expand:
            node.expand()

    def _rebuild(self, entries: list[CodeEntry], shape: tuple[tuple[str, str], ...]) -> None:
        chosen = self.chosen_code
        folded = {code for code, node in self._by_code.items() if node.allow_expand and not node.is_expanded}
        self.clear()
        self._by_code = {}
        parents = {entry.parent for entry in entries}
        for entry in entries:
            above = self._by_code.get(entry.parent, self.root)
            branch = entry.id in parents
            label = tree_label(entry)
            node = (
                above.add(label, data=entry.id, expand=entry.id not in folded)
                if branch
                else above.add_leaf(label, data=entry.id)
            )
            self._by_code[entry.id] = node
        self.root.expand()
        self._shape = shape
        wanted = chosen if chosen in self._by_code else next(iter(self._by_code), "")
        self.call_after_refresh(self.choose, wanted)
