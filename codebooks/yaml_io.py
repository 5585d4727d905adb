"""Codebooks as YAML files: read strictly, written the same way every time.

The file is a mapping with `name`, `title`, `description` and `codes`. A code holds its own sub-codes under
`codes`; a flat list with `parent` is read too. Reading refuses what it does not know, with the line and the
nearest known key, so that a misspelt key never loses a definition. Writing puts keys in one order, leaves
out what is empty or usual, and breaks long text after sentences, so that a change of one sentence shows as
one line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path
from typing import cast, get_args

from rapidfuzz import fuzz, process

from codebooks.colours import is_colour
from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook, CodeStatus, Register, Signal, Terms
from codebooks.slugs import is_slug, slugify
from codebooks.tree import in_tree_order
from codebooks.yaml_fields import Fields, kind_of
from codebooks.yaml_nodes import MAX_BYTES, Entry, Mapping, Node, Scalar, load_nodes, refuse
from codebooks.yaml_text import key_lines, list_lines, number

BOOK_KEYS = ("name", "title", "description", "codes")
CODE_KEYS = (
    "slug", "uid", "name", "name_en", "parent", "colour", "status", "folder", "brief", "definition", "when", "when_not",
    "examples", "signals", "codes",
)  # fmt: skip
TERM_KEYS = ("words", "lemmas", "parts")
SIGNAL_KEYS = ("name", *TERM_KEYS, "weights", "all", "near", "not", "except", "not_in", "register", "score")

USUAL = Signal(name="", any=Terms())
"""Holds the score and distance that a signal has unless it says otherwise."""


def read_codebook(path: Path | str) -> Codebook:
    """The codebook in a YAML file, in tree order.

    Raises:
        CodebookError: The file cannot be read, or is not a codebook; the message names file, line, key,
            what was expected and what was found.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CodebookError(
            _("{file}: kan ikke lese filen ({cause}). Se etter at den finnes og at du har tilgang.").format(
                file=path.name, cause=error.strerror or type(error).__name__
            )
        ) from error
    if len(data) > MAX_BYTES:
        raise CodebookError(
            _("{file}: filen er for stor for en kodebok. Ventet høyst {most} byte.").format(
                file=path.name, most=MAX_BYTES
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(path.name, line, _("teksten er ikke UTF-8. Lagre filen på nytt som UTF-8.")) from error
    return parse_codebook(text, file=path.name)


def parse_codebook(text: str, *, file: str = "kodebok.yaml") -> Codebook:
    """The codebook in a YAML text, in tree order.

    Args:
        text: The whole file, decoded.
        file: Its name, for messages.

    Raises:
        CodebookError: The text is not a codebook; the message names file, line, key, what was expected and
            what was found.
    """
    root = load_nodes(text.removeprefix("\ufeff"), file=file)
    if root is None:
        raise CodebookError(_("{file}: filen er tom. En kodebok begynner med «name:».").format(file=file))
    return in_tree_order(_Reader(file=file).codebook(root))


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads one file; keeps the codes in the order found, with the keys that messages point to."""

    file: str
    codes: dict[str, Code] = field(default_factory=dict)
    fields_of: dict[str, Fields] = field(default_factory=dict)

    def fields(self, node: Node, known: Sequence[str], where: str) -> Fields:
        if not isinstance(node, Mapping):
            reason = _("{where}: ventet en blokk med nøkler, fikk {got}. Kjente nøkler: {known}.")
            raise refuse(self.file, node.line, reason.format(where=where, got=kind_of(node), known=", ".join(known)))
        for entry in node.entries:
            if entry.key not in known:
                raise self.unknown(entry, known, where)
        entries = {entry.key: entry for entry in node.entries}
        return Fields(file=self.file, where=where, line=node.line, entries=entries)

    def unknown(self, entry: Entry, known: Sequence[str], where: str) -> CodebookError:
        reason = _("ukjent nøkkel «{key}» i {where}.").format(key=entry.key, where=where)
        listed = _("Kjente nøkler: {known}.").format(known=", ".join(known))
        return refuse(self.file, entry.line, " ".join(filter(None, (reason, _suggestion(entry.key, known), listed))))

    def codebook(self, root: Node) -> Codebook:
        fields = self.fields(root, BOOK_KEYS, _("kodeboken"))
        name = fields.line_of_text("name", required=True)
        for node in fields.listing("codes"):
            self.code(node, above=None)
        self.check_parents()
        return Codebook(
            name=name,
            title=fields.line_of_text("title"),
            description=fields.text("description"),
            codes=tuple(self.codes.values()),
        )

    def code(self, node: Node, above: str | None) -> None:
        shown = _value_of(node, "slug")
        where = _("koden «{slug}»").format(slug=shown) if shown else _("en kode")
        fields = self.fields(node, CODE_KEYS, where)
        slug = self.slug(fields)
        if slug in self.codes:
            reason = _("koden «{slug}» står to ganger, først på linje {line}. Gi den ene en annen slug.")
            raise refuse(
                self.file,
                fields.entries["slug"].line,
                reason.format(slug=slug, line=self.fields_of[slug].line),
            )
        self.fields_of[slug] = fields
        self.codes[slug] = Code(
            slug=slug,
            uid=fields.line_of_text("uid"),
            name=fields.line_of_text("name", required=True),
            name_en=fields.line_of_text("name_en"),
            parent=self.parent(fields, above),
            colour=self.colour(fields),
            status=self.status(fields),
            folder=self.folder(fields),
            brief=fields.text("brief"),
            definition=fields.text("definition"),
            when=fields.text("when"),
            when_not=fields.text("when_not"),
            examples=self.examples(fields),
            signals=self.signals(fields, slug),
        )
        for child in fields.listing("codes"):
            self.code(child, above=slug)

    def slug(self, fields: Fields) -> str:
        slug = fields.line_of_text("slug", required=True)
        if not is_slug(slug):
            expected = _("små bokstaver a–z, tall og enkle bindestreker")
            hint = _("Skriv for eksempel «{better}».").format(better=slugify(slug))
            raise fields.wrong("slug", fields.entries["slug"].node, expected, hint)
        return slug

    def parent(self, fields: Fields, above: str | None) -> str | None:
        named = fields.line_of_text("parent") or None
        if named is not None and above is not None and named != above:
            expected = _("«{above}», som koden står inne i").format(above=above)
            raise fields.wrong("parent", fields.entries["parent"].node, expected, _("Ta bort «parent»."))
        return above if named is None else named

    def colour(self, fields: Fields) -> str:
        entry = fields.entries.get("colour")
        if entry is None:
            return ""
        node = entry.node
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not is_colour(node.value):
            hint = _("Uten anførselstegn leses # som begynnelsen på en kommentar.")
            raise fields.wrong("colour", node, _("en farge i anførselstegn, som '#0072b2'"), hint)
        return node.value

    def status(self, fields: Fields) -> CodeStatus:
        text = fields.line_of_text("status") or "active"
        statuses: tuple[CodeStatus, ...] = ("active", "retired")
        for status in statuses:
            if text == status:
                return status
        raise fields.wrong("status", fields.entries["status"].node, _("active eller retired"))

    def folder(self, fields: Fields) -> bool:
        node = fields.given("folder")
        if node is None:
            return False
        if not isinstance(node, Scalar) or not isinstance(node.value, bool):
            raise fields.wrong("folder", node, _("true eller false"))
        return node.value

    def examples(self, fields: Fields) -> tuple[str, ...]:
        found = []
        for node in fields.listing("examples"):
            text = fields.as_text("examples", node)
            if not text.strip():
                raise fields.wrong("examples", node, _("et eksempel med tekst"))
            found.append(text)
        return tuple(found)

    def signals(self, fields: Fields, slug: str) -> tuple[Signal, ...]:
        found: dict[str, Signal] = {}
        for node in fields.listing("signals"):
            shown = _value_of(node, "name")
            where = _("signalet «{name}» i koden «{slug}»") if shown else _("et signal i koden «{slug}»")
            own = self.fields(node, SIGNAL_KEYS, where.format(name=shown, slug=slug))
            name = own.line_of_text("name", required=True)
            if name in found:
                raise own.wrong("name", own.entries["name"].node, _("et navn som koden ikke alt har"))
            found[name] = self.signal(own, name)
        return tuple(found.values())

    def signal(self, fields: Fields, name: str) -> Signal:
        near = self.group(fields, "near", (*TERM_KEYS, "within"))
        groups = [
            self.terms(self.fields(node, TERM_KEYS, _("«all» i {where}").format(where=fields.where)))
            for node in fields.listing("all")
        ]
        weights = self.weights(fields)
        if weights:
            self.refuse_beside_weights(fields)
        signal = Signal(
            name=name,
            any=Terms() if weights else self.terms(fields),
            weights=weights,
            all=tuple(groups),
            near=Terms() if near is None else self.terms(near),
            unless=self.terms_under(fields, "not"),
            outside=self.terms_under(fields, "except"),
            not_in=fields.lines("not_in"),
            register=self.register(fields),
            score=self.score(fields),
        )
        return signal if near is None else replace(signal, within=self.within(near))

    def group(self, fields: Fields, key: str, known: Sequence[str]) -> Fields | None:
        node = fields.given(key)
        if node is None:
            return None
        return self.fields(node, known, _("«{key}» i {where}").format(key=key, where=fields.where))

    def terms_under(self, fields: Fields, key: str) -> Terms:
        group = self.group(fields, key, TERM_KEYS)
        return Terms() if group is None else self.terms(group)

    def terms(self, fields: Fields) -> Terms:
        terms = Terms(words=self.words(fields), lemmas=fields.lines("lemmas"), parts=self.parts(fields))
        if not terms:
            reason = _("{where} har ingen ord å se etter. Skriv words, lemmas eller parts.")
            raise refuse(self.file, fields.line, reason.format(where=fields.where))
        return terms

    def words(self, fields: Fields) -> tuple[str, ...]:
        words = fields.lines("words")
        for node, word in zip(fields.listing("words"), words, strict=True):
            if any("*" in part[:-1] or part == "*" for part in word.split()):
                expected = _("et ord der * bare står sist")
                raise fields.wrong("words", node, expected, _("Begynnelsen av et ord kan ikke være åpen."))
        return words

    def parts(self, fields: Fields) -> tuple[str, ...]:
        parts = fields.lines("parts")
        for node, part in zip(fields.listing("parts"), parts, strict=True):
            if len(part.split()) > 1:
                raise fields.wrong("parts", node, _("ett ord"), _("Flere ord sammen hører hjemme i words."))
        return parts

    def score(self, fields: Fields) -> float:
        node = fields.given("score")
        if node is None:
            return USUAL.score
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            raise fields.wrong("score", node, _("et tall over 0 og høyst 1"), _("Skriv 0.8, med punktum."))
        return float(value)

    def refuse_beside_weights(self, fields: Fields) -> None:
        """A signal of weighted words has no trigger, so nothing can be asked beside it."""
        for key in (*TERM_KEYS, "all", "near", "not", "except"):
            if key in fields.entries:
                raise fields.wrong(
                    key, fields.entries[key].node, _("ingen «{key}» ved siden av «weights»").format(key=key)
                )

    def register(self, fields: Fields) -> Register:
        wanted = fields.line_of_text("register")
        if wanted not in get_args(Register):
            raise fields.wrong("register", fields.entries["register"].node, _("speech eller prose"))
        return cast(Register, wanted)

    def weights(self, fields: Fields) -> tuple[tuple[str, float], ...]:
        """Lines of a weight and the words that have it: `1.5 sofa madrass`."""
        found: dict[str, float] = {}
        for node in fields.listing("weights"):
            weight, *words = fields.as_line("weights", node).split() or [""]
            try:
                value = float(weight)
            except ValueError:
                value = math.nan
            if not words or not math.isfinite(value) or len({*found, *words}) < len(found) + len(words):
                raise fields.wrong("weights", node, _("et tall og ordene som har den vekten, hvert ord én gang i alt"))
            found |= dict.fromkeys(words, value)
        return tuple(sorted(found.items()))

    def within(self, fields: Fields) -> int:
        node = fields.given("within")
        if node is None:
            return USUAL.within
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise fields.wrong("within", node, _("et helt antall ord, minst 1"))
        return value

    def check_parents(self) -> None:
        for slug, code in self.codes.items():
            if code.parent is not None and code.parent not in self.codes:
                hint = _suggestion(code.parent, list(self.codes))
                raise self.wrong_parent(slug, _("slug til en annen kode i filen"), hint)
        for slug, code in self.codes.items():
            above, seen = code.parent, set[str]()
            while above is not None and above not in seen:
                if above == slug:
                    hint = _("Kodene ligger i ring; la én av dem stå øverst.")
                    raise self.wrong_parent(slug, _("en kode som ikke ligger under denne"), hint)
                seen.add(above)
                above = self.codes[above].parent

    def wrong_parent(self, slug: str, expected: str, hint: str) -> CodebookError:
        fields = self.fields_of[slug]
        return fields.wrong("parent", fields.entries["parent"].node, expected, hint)


def _value_of(node: Node, key: str) -> str:
    """The text under a key, for messages about the mapping it stands in; empty when there is none."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((e.node.text for e in entries if e.key == key and isinstance(e.node, Scalar)), "")


def _suggestion(got: str, known: Sequence[str]) -> str:
    nearest = process.extractOne(got, known, scorer=fuzz.ratio, score_cutoff=55)
    return _("Mente du «{nearest}»?").format(nearest=nearest[0]) if nearest else ""


def write_codebook(codebook: Codebook) -> str:
    """The codebook as the text of a YAML file; the same codes always give the same text.

    Sub-codes stand inside their parents. Reading the text back gives an equal codebook, if the codes were
    in tree order and their texts in NFC. Comments of a file that was read are not kept.

    Raises:
        CodebookError: A parent is missing, or codes lie in a circle.
    """
    under: dict[str | None, list[Code]] = {}
    for code in in_tree_order(codebook):
        under.setdefault(code.parent, []).append(code)
    lines = [
        *key_lines(0, "name", codebook.name),
        *key_lines(0, "title", codebook.title),
        *key_lines(0, "description", codebook.description),
    ]
    lines += _codes_lines(0, under, None) or ["codes: []"]
    return "\n".join(lines) + "\n"


def _codes_lines(depth: int, under: dict[str | None, list[Code]], parent: str | None) -> list[str]:
    lines: list[str] = []
    for code in under.get(parent, []):
        lines += _item(depth + 1, [*_code_lines(depth + 2, code), *_codes_lines(depth + 2, under, code.slug)])
    return ["  " * depth + "codes:", *lines] if lines else []


def _code_lines(depth: int, code: Code) -> list[str]:
    lines: list[str] = []
    for key in ("slug", "uid", "name", "name_en", "colour"):
        lines += key_lines(depth, key, getattr(code, key))
    if code.status != "active":
        lines += key_lines(depth, "status", code.status)
    if code.folder:
        lines.append("  " * depth + "folder: true")
    for key in ("brief", "definition", "when", "when_not"):
        lines += key_lines(depth, key, getattr(code, key))
    lines += list_lines(depth, "examples", code.examples)
    if code.signals:
        lines.append("  " * depth + "signals:")
        for signal in code.signals:
            lines += _item(depth + 1, _signal_lines(depth + 2, signal))
    return lines


def _signal_lines(depth: int, signal: Signal) -> list[str]:
    lines = [*key_lines(depth, "name", signal.name), *_terms_lines(depth, signal.any)]
    lines += list_lines(depth, "weights", _weight_lines(signal))
    if signal.all:
        lines.append("  " * depth + "all:")
        for group in signal.all:
            lines += _item(depth + 1, _terms_lines(depth + 2, group))
    for key, terms in (("near", signal.near), ("not", signal.unless), ("except", signal.outside)):
        if terms:
            lines += ["  " * depth + f"{key}:", *_terms_lines(depth + 1, terms)]
            if key == "near" and signal.within != USUAL.within:
                lines.append("  " * (depth + 1) + f"within: {signal.within}")
    lines += list_lines(depth, "not_in", signal.not_in, flow=True)
    lines += key_lines(depth, "register", signal.register)
    if signal.score != USUAL.score:
        lines.append("  " * depth + f"score: {number(signal.score)}")
    return lines


def _weight_lines(signal: Signal) -> list[str]:
    """The words by weight, the heaviest first."""
    words: dict[float, list[str]] = {}
    for word, weight in sorted(signal.weights):
        words.setdefault(weight, []).append(word)
    return [f"{number(weight)} {' '.join(words[weight])}" for weight in sorted(words, reverse=True)]


def _terms_lines(depth: int, terms: Terms) -> list[str]:
    lines: list[str] = []
    for key in TERM_KEYS:
        lines += list_lines(depth, key, getattr(terms, key), flow=True)
    return lines


def _item(depth: int, lines: list[str]) -> list[str]:
    """The lines of a mapping, indented two further than its dash, as one item of a list."""
    indent = "  " * depth
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]
