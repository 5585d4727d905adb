"""The keys of a YAML mapping, read as what they should be.

Every refusal names the file, the line, the key and whose it is, what was expected and what was found.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from gettext import gettext as _

from codebooks.errors import CodebookError
from codebooks.yaml_nodes import Entry, Listing, Mapping, Node, Scalar, refuse


def kind_of(node: Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, Mapping):
        return _("en blokk med nøkler")
    if isinstance(node, Listing):
        return _("en liste")
    if node.value is None:
        return _("ingenting")
    shown = node.text if len(node.text) <= 40 else node.text[:39] + "…"
    return f"«{shown}»"


@dataclass(slots=True, kw_only=True)
class Fields:
    """The keys of one mapping, taken one by one; `where` says in messages whose they are."""

    file: str
    where: str
    line: int
    entries: dict[str, Entry]

    def wrong(self, key: str, node: Node, expected: str, hint: str = "") -> CodebookError:
        reason = _("«{key}» i {where}: ventet {expected}, fikk {got}.").format(
            key=key, where=self.where, expected=expected, got=kind_of(node)
        )
        return refuse(self.file, node.line, f"{reason} {hint}".rstrip())

    def given(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return None if entry is None else entry.node

    def text(self, key: str) -> str:
        """Text of any length; empty when the key is absent or left blank."""
        node = self.given(key)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return ""
        return self.as_text(key, node)

    def line_of_text(self, key: str, *, required: bool = False) -> str:
        """Text on a single line without spaces round it."""
        node = self.given(key)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            if required:
                reason = _("«{key}» mangler i {where}. Skriv «{key}: …».").format(key=key, where=self.where)
                raise refuse(self.file, self.line if node is None else node.line, reason)
            return ""
        return self.as_line(key, node)

    def as_text(self, key: str, node: Node) -> str:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            plain = isinstance(node, Scalar) and node.value is not None
            hint = _("Sett verdien i anførselstegn hvis den er ment som tekst.") if plain else ""
            raise self.wrong(key, node, _("tekst"), hint)
        text = unicodedata.normalize("NFC", node.value.strip() if node.block else node.value)
        control = next((c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"), None)
        if control is not None:
            raise self.wrong(key, node, _("tekst uten styretegn (U+{code:04X})").format(code=ord(control)))
        return text

    def as_line(self, key: str, node: Node) -> str:
        text = self.as_text(key, node)
        if not text or text != text.strip() or len(text.splitlines()) > 1 or "\t" in text:
            raise self.wrong(key, node, _("tekst på én linje, uten mellomrom foran eller bak"))
        return text

    def listing(self, key: str) -> tuple[Node, ...]:
        """The values of a list; none when the key is absent or left blank."""
        node = self.given(key)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return ()
        if not isinstance(node, Listing):
            raise self.wrong(key, node, _("en liste"), _("Skriv [a, b], eller én «- …» på hver linje."))
        return node.items

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of single-line texts, none of them twice."""
        found: dict[str, None] = {}
        for node in self.listing(key):
            text = self.as_line(key, node)
            if text in found:
                raise self.wrong(key, node, _("hvert ord én gang"), _("Slett det ene."))
            found[text] = None
        return tuple(found)
