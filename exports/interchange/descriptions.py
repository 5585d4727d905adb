"""All that is said of a code as one text, for formats that have one description a code; and apart again.

A code with nothing but a definition is described by the definition as it stands. Otherwise each part is a paragraph that
begins with its label, in a fixed order, with a blank line between:

    Kort: Der folk bor.

    Brukes ikke når: Pris.
    Se økonomi.

The labels are part of the format and do not follow the language of the interface. A line within a part that begins like
a label has a backslash before it, so that any text comes back exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from codebooks.slugs import slugify
from exports.interchange.model import CodeItem

BRIEF = "Kort"
DEFINITION = "Definisjon"
WHEN = "Brukes når"
WHEN_NOT = "Brukes ikke når"
EXAMPLE = "Eksempel"
NAME_EN = "Engelsk navn"
SLUG = "Kortnavn"
STATUS = "Status"
PARTS = ("brief", "definition", "when", "when_not", "examples", "name_en")
"""The fields of `CodeItem` that only a description tells of in most formats."""
LABELS = (BRIEF, DEFINITION, WHEN, WHEN_NOT, EXAMPLE, NAME_EN, SLUG, STATUS)
"""In the order that they stand in."""
RETIRED = "ute av bruk"

_LABEL = f"({'|'.join(LABELS)}): "
_STARTS = re.compile(_LABEL)
_BETWEEN = re.compile(f"\n\n(?={_LABEL})")
_TO_ESCAPE = re.compile(rf"^(?=\\*{_LABEL})", re.MULTILINE)
_ESCAPED = re.compile(rf"^\\(?=\\*{_LABEL})", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a description holds; the fields are those of `CodeItem` with the same names."""

    brief: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    name_en: str = ""
    slug: str = ""
    retired: bool = False


def compose(code: CodeItem) -> str:
    """The code's description as one text; empty when nothing is said of it.

    A slug that is what the name gives by itself is left out.
    """
    said = parts_of(code)
    if [label for label, _text in said] in ([], [DEFINITION]) and _STARTS.match(code.definition) is None:
        return code.definition
    return "\n\n".join(f"{label}: {text}" for label, text in said)


def parts_of(code: CodeItem) -> list[tuple[str, str]]:
    """What is said of the code, each part with its label; a line in it that begins like one has a backslash before it."""
    slug = "" if code.slug == slugify(code.name) else code.slug
    parts = (
        (BRIEF, code.brief),
        (DEFINITION, code.definition),
        (WHEN, code.when),
        (WHEN_NOT, code.when_not),
        *((EXAMPLE, example) for example in code.examples),
        (NAME_EN, code.name_en),
        (SLUG, slug),
        (STATUS, RETIRED if code.retired else ""),
    )
    return [(label, _escape(text)) for label, text in parts if text or label == EXAMPLE]


def begins_part(text: str) -> bool:
    """Whether a paragraph begins with the label of a part."""
    return _STARTS.match(text) is not None


def take_apart(text: str) -> Description:
    """What `compose` put together; any other text is a definition and stays as it is."""
    if _STARTS.match(text) is None:
        return Description(definition=text)
    found: dict[str, list[str]] = {label: [] for label in LABELS}
    order = []
    # A tool that writes CRLF for LF does so everywhere; what is composed of several parts has bare line feeds of its own.
    for part in _BETWEEN.split(_unix(text))[::2]:
        label, _colon, said = part.partition(": ")
        found[label].append(_unescape(said))
        order.append(LABELS.index(label))
    single = all(len(said) < 2 for label, said in found.items() if label != EXAMPLE)
    if order != sorted(order) or not single or found[STATUS] not in ([], [RETIRED]):
        return Description(definition=text)
    return Description(
        brief="".join(found[BRIEF]),
        definition="".join(found[DEFINITION]),
        when="".join(found[WHEN]),
        when_not="".join(found[WHEN_NOT]),
        examples=tuple(found[EXAMPLE]),
        name_en="".join(found[NAME_EN]),
        slug="".join(found[SLUG]),
        retired=bool(found[STATUS]),
    )


def described(code: CodeItem, text: str) -> CodeItem:
    """The code with what a description says of it; what the description does not say is as empty as it says."""
    found = take_apart(text)
    return replace(
        code,
        brief=found.brief,
        definition=found.definition,
        when=found.when,
        when_not=found.when_not,
        examples=found.examples,
        name_en=found.name_en,
        slug=found.slug,
        retired=found.retired,
    )


def _escape(text: str) -> str:
    # The first line follows the label and cannot be taken for one.
    first, line_end, rest = text.partition("\n")
    return first + line_end + _TO_ESCAPE.sub(r"\\", rest)


def _unescape(text: str) -> str:
    first, line_end, rest = text.partition("\n")
    return first + line_end + _ESCAPED.sub("", rest)


def _unix(text: str) -> str:
    between = re.search(f"\r\n\r\n(?={_LABEL})", text)
    return text.replace("\r\n", "\n") if between and re.search("(?<!\r)\n", text) is None else text
