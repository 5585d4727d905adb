"""Finding what a person named: sources, codings and coders by id, unique prefix or name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from workbench.core.entities import Coding, Source
from workbench.errors import NotFound
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries


def find_source(project: Project, named: str) -> Source:
    """The source with this id, name, or unique beginning of either; exact beats prefix.

    Raises:
        NotFound: if there is none, or more than one; the message lists the nearest.
    """
    sources = corpus_queries.sources(project.connection)
    folded = named.casefold()
    for candidates in (
        [source for source in sources if source.id == named],
        [source for source in sources if source.name.casefold() == folded],
        [source for source in sources if source.file_name.casefold() == folded],
        [source for source in sources if source.id.startswith(named) or source.name.casefold().startswith(folded)],
    ):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = tuple(f"{source.name} ({source.id})" for source in candidates)
            raise NotFound(
                _("«{named}» kan være flere kilder: {names}. Skriv mer av navnet, eller bruk id-en.").format(
                    named=named, names=", ".join(names[:5])
                ),
                names,
            )
    raise not_found(_("Finner ingen kilde som heter «{named}».").format(named=named), named, [s.name for s in sources])


def find_coding(project: Project, named: str) -> Coding:
    """The coding with this id, unique id prefix, or quote id (`I03-042`).

    Raises:
        NotFound: if there is none or more than one.
    """
    connection = project.connection
    # A whole id, which is what screens and scripts have, is looked up without reading what all the others are.
    exact = coding_queries.codings(connection, ids=[named])
    if exact:
        return exact[0]
    ids = coding_queries.by_quote(connection, named)[:1] or prefixed(
        named, coding_queries.coding_ids(connection), _("koding")
    )
    return coding_queries.codings(connection, ids=ids)[0]


def find_sole_coding(project: Project, named: str) -> Coding:
    """The coding that is to be changed: as `find_coding`, but a quote id must not name several.

    Raises:
        NotFound: if there is none, or several; of several it tells the ids.
    """
    found = coding_queries.codings(project.connection, ids=find_codings(project, [named]))
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{each.id} ({each.code_name}, {each.coder})" for each in found)
    raise NotFound(
        _("{quote} er {n} kodinger på samme sted. Skriv id-en til den du mener: {ids}.").format(
            quote=named, n=len(found), ids=listed
        ),
        tuple(each.id for each in found),
    )


def find_codings(project: Project, named: Iterable[str]) -> list[str]:
    """Ids of the codings a person means, each once: by id, unique id prefix, or quote id, which names all on its span.

    Raises:
        NotFound: if a name is nobody's, or could be several.
    """
    known = coding_queries.coding_ids(project.connection)
    whole = set(known)
    found: list[str] = []
    for name in named:
        if name in whole:
            found.append(name)
        else:
            found += coding_queries.by_quote(project.connection, name) or prefixed(name, known, _("koding"))
    return list(dict.fromkeys(found))


def prefixed(named: str, ids: Iterable[str], what: str) -> list[str]:
    """The one id that is or begins with `named`, as a list of one.

    Raises:
        NotFound: if none or several do.
    """
    known = list(ids)
    if named in known:
        return [named]
    found = [uid for uid in known if named and uid.startswith(named)]
    if len(found) != 1:
        reason = (
            _("Finner ingen {what} med id «{named}».")
            if not found
            else _("Flere av typen {what} begynner på «{named}».")
        )
        raise NotFound(reason.format(what=what, named=named), tuple(found[:5]))
    return found


def not_found(message: str, named: str, candidates: Sequence[str]) -> NotFound:
    """A refusal that names what was probably meant."""
    from rapidfuzz import process

    nearest = tuple(match[0] for match in process.extract(named, candidates, limit=3, score_cutoff=50))
    if nearest:
        message = f"{message} " + _("Nærmest er: {names}.").format(names=", ".join(nearest))
    return NotFound(message, nearest)
