"""Edits of a codebook: each takes one and gives a new one, in tree order.

Tree order is depth first: a parent, then each of its children with all that lies below, siblings in the
researcher's order. Every edit refuses with a CodebookError rather than leave a code without its parent or a
circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _

from codebooks.colours import is_colour
from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook, Signal
from codebooks.slugs import explain, is_slug, match, slugify


def walk(codebook: Codebook) -> Iterator[tuple[int, Code]]:
    """Every code with its depth (0 at the top), in tree order.

    Raises:
        CodebookError: A parent is missing, or codes lie in a circle.
    """
    under: dict[str | None, list[Code]] = {}
    slugs = {code.slug for code in codebook}
    for code in codebook:
        if code.parent is not None and code.parent not in slugs:
            raise CodebookError(
                _("Koden «{slug}» ligger under «{parent}», som ikke finnes.").format(slug=code.slug, parent=code.parent)
            )
        under.setdefault(code.parent, []).append(code)
    reached = 0
    stack = [(0, code) for code in reversed(under.get(None, []))]
    while stack:
        depth, code = stack.pop()
        reached += 1
        yield depth, code
        stack.extend((depth + 1, child) for child in reversed(under.get(code.slug, [])))
    if reached < len(codebook.codes):
        lost = slugs - {code.slug for code in _reachable(under)}
        raise CodebookError(
            _("Kodene {slugs} ligger i ring under hverandre. Flytt én av dem til toppen.").format(
                slugs=", ".join(sorted(lost))
            )
        )


def _reachable(under: dict[str | None, list[Code]]) -> list[Code]:
    found = list(under.get(None, []))
    for code in found:
        found.extend(under.get(code.slug, []))
    return found


def in_tree_order(codebook: Codebook) -> Codebook:
    """The same codes, depth first.

    Raises:
        CodebookError: A parent is missing, or codes lie in a circle.
    """
    return replace(codebook, codes=tuple(code for _depth, code in walk(codebook)))


def path(codebook: Codebook, slug: str) -> tuple[Code, ...]:
    """The code's ancestors from the top down, and the code itself last."""
    found: list[Code] = []
    step: str | None = slug
    while step is not None:
        code = _existing(codebook, step)
        found.append(code)
        step = code.parent
    return tuple(reversed(found))


def colour_of(codebook: Codebook, slug: str) -> str:
    """The code's colour, or else that of the nearest ancestor that has one; empty when none has."""
    return next((code.colour for code in reversed(path(codebook, slug)) if code.colour), "")


def add(codebook: Codebook, code: Code, *, before: str | None = None) -> Codebook:
    """The codebook with a new code, last among its siblings or just before one of them.

    Raises:
        CodebookError: The slug is taken or not a slug, the name is empty, or parent or sibling does not
            exist.
    """
    if not code.name.strip():
        raise CodebookError(_("En kode må ha et navn."))
    if code.colour:
        _check_colour(code.colour)
    _check_free(codebook, code.slug)
    return _place(codebook, code, before)


def rename(
    codebook: Codebook,
    slug: str,
    *,
    name: str | None = None,
    name_en: str | None = None,
    new_slug: str | None = None,
) -> Codebook:
    """The codebook with a code's names or slug changed; what is None stays. Sub-codes follow a new slug.

    Raises:
        CodebookError: The code does not exist, the name is empty, or the new slug is taken or not a slug.
    """
    code = _existing(codebook, slug)
    if name is not None and not name.strip():
        raise CodebookError(_("Koden «{slug}» må ha et navn.").format(slug=slug))
    if new_slug is not None and new_slug != slug:
        _check_free(codebook, new_slug)
    target = slug if new_slug is None else new_slug
    renamed = replace(
        code,
        slug=target,
        name=code.name if name is None else name,
        name_en=code.name_en if name_en is None else name_en,
    )
    codes = (renamed if other.slug == slug else other for other in codebook)
    return replace(
        codebook,
        codes=tuple(replace(other, parent=target) if other.parent == slug else other for other in codes),
    )


def move(codebook: Codebook, slug: str, *, parent: str | None, before: str | None = None) -> Codebook:
    """The codebook with a code, and all below it, under another parent (None: at the top).

    Args:
        codebook: The codebook.
        slug: The code to move.
        parent: Its new parent.
        before: The sibling it is to stand before; without one it stands last.

    Raises:
        CodebookError: A code does not exist, or the move would put the code under itself.
    """
    code = _existing(codebook, slug)
    if parent is not None:
        _existing(codebook, parent)
        if parent == slug or any(below.slug == parent for below in codebook.descendants(slug)):
            raise CodebookError(
                _("«{slug}» kan ikke flyttes under «{parent}», som ligger under den selv.").format(
                    slug=slug, parent=parent
                )
            )
    if before == slug:
        raise CodebookError(_("«{slug}» kan ikke stå foran seg selv.").format(slug=slug))
    others = replace(codebook, codes=tuple(other for other in codebook if other.slug != slug))
    return _place(others, replace(code, parent=parent), before)


def merge(codebook: Codebook, slug: str, *, into: str) -> Codebook:
    """The codebook without one code, whose sub-codes, examples and signals go to another.

    The receiving code keeps its own names, colour and texts; an empty text of it is filled from the other.

    Raises:
        CodebookError: A code does not exist, or the receiver is the code itself or lies below it.
    """
    code, receiver = _existing(codebook, slug), _existing(codebook, into)
    if slug == into:
        raise CodebookError(_("«{slug}» kan ikke slås sammen med seg selv.").format(slug=slug))
    if any(below.slug == into for below in codebook.descendants(slug)):
        raise CodebookError(
            _("«{into}» ligger under «{slug}». Flytt den ut først, og slå så sammen.").format(slug=slug, into=into)
        )
    united = replace(
        receiver,
        name_en=receiver.name_en or code.name_en,
        brief=receiver.brief or code.brief,
        definition=receiver.definition or code.definition,
        when=receiver.when or code.when,
        when_not=receiver.when_not or code.when_not,
        examples=tuple(dict.fromkeys((*receiver.examples, *code.examples))),
        signals=_united_signals(receiver, code),
    )
    codes = (united if other.slug == into else other for other in codebook if other.slug != slug)
    adopted = tuple(replace(other, parent=into) if other.parent == slug else other for other in codes)
    return in_tree_order(replace(codebook, codes=adopted))


def recolour(codebook: Codebook, slug: str, colour: str) -> Codebook:
    """The codebook with a code in another colour; an empty one takes the parent's.

    Raises:
        CodebookError: The code does not exist, or the colour is not `#rrggbb`.
    """
    if colour:
        _check_colour(colour)
    return _put(codebook, replace(_existing(codebook, slug), colour=colour))


def retire(codebook: Codebook, slug: str) -> Codebook:
    """The codebook with a code taken out of use; its codings and its sub-codes stay as they are.

    Raises:
        CodebookError: The code does not exist.
    """
    return _put(codebook, replace(_existing(codebook, slug), status="retired"))


def restore(codebook: Codebook, slug: str) -> Codebook:
    """The codebook with a retired code in use again.

    Raises:
        CodebookError: The code does not exist.
    """
    return _put(codebook, replace(_existing(codebook, slug), status="active"))


def _existing(codebook: Codebook, slug: str) -> Code:
    """The code with exactly this slug: an edit never guesses, but its refusal names the nearest."""
    code = codebook.get(slug)
    if code is None:
        raise CodebookError(explain(match(slug, [(other.slug, other.name) for other in codebook]), slug))
    return code


def _check_free(codebook: Codebook, slug: str) -> None:
    if not is_slug(slug):
        raise CodebookError(
            _("«{slug}» kan ikke være kodens id. Bruk små bokstaver a–z, tall og bindestrek: {better}").format(
                slug=slug, better=slugify(slug)
            )
        )
    if codebook.get(slug) is not None:
        raise CodebookError(_("Koden «{slug}» finnes fra før. Velg en annen id.").format(slug=slug))


def _check_colour(colour: str) -> None:
    if not is_colour(colour):
        raise CodebookError(
            _("«{colour}» er ikke en farge. Skriv den som #rrggbb, for eksempel #0072b2.").format(colour=colour)
        )


def _put(codebook: Codebook, code: Code) -> Codebook:
    return replace(codebook, codes=tuple(code if other.slug == code.slug else other for other in codebook))


def _place(codebook: Codebook, code: Code, before: str | None) -> Codebook:
    if code.parent is not None:
        _existing(codebook, code.parent)
    codes = list(codebook)
    if before is None:
        codes.append(code)
    else:
        sibling = _existing(codebook, before)
        if sibling.parent != code.parent:
            raise CodebookError(
                _("«{before}» ligger ikke samme sted som «{slug}» skal.").format(before=before, slug=code.slug)
            )
        codes.insert(codes.index(sibling), code)
    return in_tree_order(replace(codebook, codes=tuple(codes)))


def _united_signals(receiver: Code, code: Code) -> tuple[Signal, ...]:
    signals = list(receiver.signals)
    for signal in code.signals:
        if signal in signals:
            continue
        name, number, taken = signal.name, 1, {other.name for other in signals}
        while name in taken:
            number += 1
            name = f"{signal.name} ({number})"
        signals.append(replace(signal, name=name))
    return tuple(signals)
