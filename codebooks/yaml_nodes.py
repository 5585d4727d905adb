"""YAML text as nodes that remember their line.

Only the plain part of YAML is let through: no anchors, references, tags or second documents, no key twice,
bounded size and depth. So nothing in a file can make Python objects or grow in memory, and whoever reads
the nodes can say on which line a value stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, TypeAlias

import yaml

from codebooks.errors import CodebookError

MAX_BYTES = 1_000_000
"""Larger files are refused. The largest starter is below a fifth of this."""
MAX_DEPTH = 100
"""Levels of lists and mappings inside each other; a sub-code takes two."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]{1,3})?")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value; `line` counts from 1, `block` says that it was written with `|` or `>`."""

    value: str | int | float | bool | None
    text: str
    block: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Values in order; `line` counts from 1."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A key with its value; `line` is the key's, counted from 1."""

    key: str
    node: Node
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with values, each key once; `line` counts from 1."""

    entries: tuple[Entry, ...]
    line: int


Node: TypeAlias = Scalar | Listing | Mapping


def refuse(file: str, line: int, reason: str) -> CodebookError:
    """The error that says file, line and reason; to be raised by the caller."""
    return CodebookError(_("{file}, linje {line}: {reason}").format(file=file, line=line, reason=reason))


def load_nodes(text: str, *, file: str) -> Node | None:
    """The nodes of a YAML text, or None when it holds nothing.

    Args:
        text: The whole file.
        file: Its name, for messages.

    Raises:
        CodebookError: The text is too large, not YAML, or uses parts of YAML that a codebook does not need.
    """
    if len(text) > MAX_BYTES:
        raise CodebookError(
            _("{file}: filen er for stor for en kodebok. Ventet høyst {most} tegn, fikk {got}.").format(
                file=file, most=MAX_BYTES, got=len(text)
            )
        )
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        reason = _("tegnet U+{code:04X} kan ikke stå i YAML. Slett det.").format(code=ord(bad.group()))
        raise refuse(file, line, reason)
    builder = _Builder(events=iter(yaml.parse(text, Loader=_LOADER)), file=file)
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(text, file, error) from error


def _syntax_error(text: str, file: str, error: yaml.MarkedYAMLError) -> CodebookError:
    index: int = getattr(error.problem_mark or error.context_mark, "line", 0)
    lines = text.split("\n")
    written = lines[min(index, len(lines) - 1)]
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    if "\t" in written[: len(written) - len(written.lstrip())] or "'\\t'" in problem:
        reason = _("linjen er rykket inn med tabulator. YAML godtar bare mellomrom; bytt dem ut.")
    elif "mapping values are not allowed" in problem:
        reason = _("kolon der det ikke ventes. Sett verdien i anførselstegn, eller rett innrykket.")
    elif "block" in problem:
        reason = _("innrykket stemmer ikke med linjene over. Rett det så søsken står like langt inne.")
    elif "quoted scalar" in problem:
        reason = _("et anførselstegn mangler sin make. Lukk teksten, og doble ' inne i '…'.")
    elif "flow" in problem:
        reason = _("en liste i [ ] eller { } er ikke lukket, eller et komma mangler.")
    else:
        reason = _("dette er ikke gyldig YAML: {problem}").format(problem=problem)
    return refuse(file, index + 1, reason)


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Turns the parser's events into nodes, one document only."""

    events: Iterator[Any]
    file: str
    depth: int = 0

    def document(self) -> Node | None:
        found: Node | None = None
        documents = 0
        for event in self.events:
            line: int = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    reason = _("filen har flere YAML-dokumenter (---). En kodebok er ett; del filen.")
                    raise refuse(self.file, line, reason)
                found = self.node(next(self.events))
        return found

    def node(self, event: Any) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            reason = _(
                "ankre og referanser (& og *) kan ikke brukes her. Skriv verdien ut; en tekst som "
                "begynner med & eller * må stå i anførselstegn."
            )
            raise refuse(self.file, line, reason)
        if event.tag is not None:
            reason = _("YAML-merket «{tag}» kan ikke brukes her. Ta det bort.").format(tag=event.tag)
            raise refuse(self.file, line, reason)
        if isinstance(event, yaml.ScalarEvent):
            block = event.style in ("|", ">")
            value = _resolve(event.value) if event.implicit[0] else event.value
            return Scalar(value=value, text=event.value, block=block, line=line)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            reason = _("lister og nøkler ligger mer enn {most} nivåer inne i hverandre. Gjør treet flatere.")
            raise refuse(self.file, line, reason.format(most=MAX_DEPTH))
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = self.listing(line) if sequence else self.mapping(line)
        self.depth -= 1
        return node

    def listing(self, line: int) -> Listing:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event))
        return Listing(items=tuple(items), line=line)

    def mapping(self, line: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event)
            if not isinstance(key, Scalar):
                raise refuse(self.file, key.line, _("en nøkkel må være ett ord, ikke en liste eller blokk."))
            if earlier := entries.get(key.text):
                reason = _("nøkkelen «{key}» står to ganger, først på linje {line}. Behold den ene.")
                raise refuse(self.file, key.line, reason.format(key=key.text, line=earlier.line))
            entries[key.text] = Entry(key=key.text, node=self.node(next(self.events)), line=key.line)
        return Mapping(entries=tuple(entries.values()), line=line)


def _resolve(text: str) -> str | int | float | bool | None:
    """What an unquoted value means. `no`, `on` and dates stay text, as their writer meant them."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
