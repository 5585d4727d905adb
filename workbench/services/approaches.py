"""The project's approach: which words and defaults it has chosen."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core.approaches import APPROACHES, DEFAULT, Approach
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.store.project import Project
from workbench.store.queries import corpus as queries


def approach_of(project: Project) -> Approach:
    """The approach the project follows; plain codebook analysis until one is chosen, or when a newer version's is unknown."""
    return APPROACHES.get(queries.project_facts(project.connection).approach, DEFAULT)


def set_approach(project: Project, key: str) -> Approach:
    """Choose an approach. Nothing that is there changes.

    Raises:
        Refusal: for one there is not.
    """
    if key not in APPROACHES:
        raise Refusal(
            _("«{key}» er ingen tilnærming. Velg en av: {known}.").format(key=key, known=", ".join(APPROACHES))
        )
    with project.write() as act:
        act.record("project.set", {"id": new_id(), "card": act.card({"approach": key})})
    return APPROACHES[key]
