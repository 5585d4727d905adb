"""A saved mapping read back: every key and value is checked, and what is wrong is said with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import yaml

from corpus.errors import UnreadableSource
from corpus.survey.mapping import (
    ATTRIBUTE_TYPES,
    INFORMANT_FIELDS,
    MOST_COLUMNS,
    AttributeColumn,
    Filter,
    InformantColumn,
    Question,
    SurveyMapping,
)

_LONGEST = 1_000_000
_TRUE = ("ja", "true", "yes")
_FALSE = ("", "nei", "false", "no")
_MOST_HEADER_ROWS = 20
_Word = TypeVar("_Word", bound=str)


class _Wrong(Exception):
    """A node is not as it should be; `str()` says where and why."""


def mapping_from_yaml(path: Path | str, text: str) -> SurveyMapping:
    """The mapping that a file holds.

    Args:
        path: named in the refusal.
        text: YAML as `mapping_to_yaml` writes it; figures and words may stand without quotation marks.

    Raises:
        UnreadableSource: if the file is no such YAML; the reason names the key.
    """
    if len(text) > _LONGEST:
        raise UnreadableSource(path, _("Filen er for stor til å være en kobling av kolonner."))
    try:
        document = yaml.load(text, Loader=yaml.BaseLoader)
        return _mapping(document)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableSource(path, _("Linje {line} er ikke gyldig YAML. Rett den.").format(line=line)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableSource(path, _("Filen er ikke gyldig YAML. Lag koblingen på nytt.")) from error
    except _Wrong as error:
        reason = _("Koblingen kan ikke brukes: {cause} Rett filen eller lag koblingen på nytt.")
        raise UnreadableSource(path, reason.format(cause=str(error))) from error


def _mapping(document: object) -> SurveyMapping:
    keys = "title sheet header_rows respondent case wave attributes informant questions".split()
    node = _node(document, keys, "")
    named = sum(len(_list(node, key)) for key in ("attributes", "informant", "questions"))
    if named > MOST_COLUMNS:
        raise _Wrong(_("den nevner {n} kolonner; grensen er {most}.").format(n=named, most=MOST_COLUMNS))
    questions = tuple(_question(each, f"questions[{n}]") for n, each in enumerate(_list(node, "questions"), 1))
    _refuse_doubles((question.key for question in questions), "questions: key")
    mapping = SurveyMapping(
        title=_text(node, "title", ""),
        sheet=_text(node, "sheet", ""),
        header_rows=_header_rows(_text(node, "header_rows", "", default="1")),
        respondent=_text(node, "respondent", ""),
        case=_text(node, "case", ""),
        wave=_text(node, "wave", ""),
        attributes=tuple(_attribute(each, f"attributes[{n}]") for n, each in enumerate(_list(node, "attributes"), 1)),
        informant=tuple(_informant(each, f"informant[{n}]") for n, each in enumerate(_list(node, "informant"), 1)),
        questions=questions,
    )
    if not questions:
        raise _Wrong(_("«questions» har ingen spørsmål."))
    _refuse_doubles((attribute.name for attribute in mapping.attributes), "attributes: name")
    _refuse_doubles((each.field for each in mapping.informant), "informant: field")
    return mapping


def _question(document: object, place: str) -> Question:
    node = _node(document, "key column wording base filter numeric".split(), place)
    chosen = None
    if node.get("filter", "") != "":
        inner = _node(node["filter"], ["column", "values"], f"{place}.filter")
        values = _list(inner, "values")
        if not values or not all(isinstance(value, str) for value in values):
            raise _Wrong(_("«{place}» må være en liste av verdier.").format(place=f"{place}.filter.values"))
        chosen = Filter(column=_needed(inner, "column", f"{place}.filter"), values=tuple(map(str, values)))
    numeric = _text(node, "numeric", place).casefold()
    if numeric not in (*_TRUE, *_FALSE):
        raise _Wrong(_("«{place}» må være ja eller nei.").format(place=f"{place}.numeric"))
    column = _needed(node, "column", place)
    return Question(
        key=_needed(node, "key", place),
        column=column,
        wording=_text(node, "wording", place) or column,
        base=_text(node, "base", place),
        filter=chosen,
        numeric=numeric in _TRUE,
    )


def _attribute(document: object, place: str) -> AttributeColumn:
    node = _node(document, ["column", "name", "type"], place)
    column = _needed(node, "column", place)
    kind = _one_of(_text(node, "type", place, default="text"), ATTRIBUTE_TYPES, f"{place}.type")
    return AttributeColumn(column=column, name=_text(node, "name", place) or column, type=kind)


def _informant(document: object, place: str) -> InformantColumn:
    node = _node(document, ["column", "field"], place)
    field = _one_of(_needed(node, "field", place), INFORMANT_FIELDS, f"{place}.field")
    return InformantColumn(column=_needed(node, "column", place), field=field)


def _node(document: object, keys: Sequence[str], place: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise _Wrong(_("«{place}» skal ha nøkler og verdier.").format(place=place or _("filen")))
    node: dict[str, Any] = document
    unknown = [str(key) for key in node if key not in keys]
    if unknown:
        reason = _("nøkkelen «{key}» er ukjent{place}; kjente nøkler er {known}.")
        where = f" ({place})" if place else ""
        raise _Wrong(reason.format(key=unknown[0], place=where, known=", ".join(keys)))
    return node


def _list(node: dict[str, Any], key: str) -> list[object]:
    value = node.get(key, [])
    if value == "":
        return []
    if not isinstance(value, list):
        raise _Wrong(_("«{place}» skal være en liste.").format(place=key))
    return value


def _text(node: dict[str, Any], key: str, place: str, *, default: str = "") -> str:
    value = node.get(key, default)
    if not isinstance(value, str):
        raise _Wrong(_("«{place}» skal være tekst.").format(place=f"{place}.{key}" if place else key))
    return value


def _needed(node: dict[str, Any], key: str, place: str) -> str:
    value = _text(node, key, place)
    if not value.strip():
        raise _Wrong(_("«{place}» mangler.").format(place=f"{place}.{key}"))
    return value


def _one_of(word: str, words: tuple[_Word, ...], place: str) -> _Word:
    for known in words:
        if known == word:
            return known
    reason = _("«{word}» er ukjent i {place}; det kan være {known}.")
    raise _Wrong(reason.format(word=word, place=place, known=", ".join(words)))


def _header_rows(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) < 4 and int(written) <= _MOST_HEADER_ROWS):
        raise _Wrong(_("«header_rows» skal være et tall fra 0 til {most}.").format(most=_MOST_HEADER_ROWS))
    return int(written)


def _refuse_doubles(words: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise _Wrong(_("«{word}» står to ganger i {place}.").format(word=word, place=place))
        seen.add(word)
