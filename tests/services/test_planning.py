"""A newer file of a project that has come in before is told of by name, and nothing of it is kept until it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest

from exports.interchange.model import (
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    LinkItem,
    NoteItem,
    Person,
    SourceItem,
    VariableItem,
)
from workbench.services import codebook, projects
from workbench.services.interchange import planning
from workbench.services.interchange.receiving import Parts, receive, receive_all
from workbench.store.project import Project

TEXT = "Intervjuer: Hvordan går det?\n\nKari: Vi har for få boliger, og Ola venter ennå.\n"


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name)).upper()


def code(name: str, shown: str = "") -> CodeItem:
    return CodeItem(guid=guid(name), name=shown or name)


def coding(key: str, of: str) -> CodingItem:
    return CodingItem(guid=guid(key), source=guid("s"), start=36, end=58, code=guid(of), coder=guid("p"))


FIRST = Bundle(
    tool="Verktøy 1.0",
    guid=guid("Fremmed"),
    title="Fremmed",
    codes=(replace(code("Bolig"), definition="Å bo."), code("Kø"), code("Penger")),
    sources=(SourceItem(guid=guid("s"), name="Samtale", text=TEXT),),
    people=(Person(guid=guid("p"), name="Ola Nordmann"),),
    codings=(coding("k", "Bolig"),),
    notes=(NoteItem(guid=guid("n"), text="Om utvalget.", title="Utvalg"),),
)
NEWER = replace(
    FIRST,
    codes=(code("Bolig", "Bosted"), code("Kø", "Venting"), code("Rop")),
    sources=(SourceItem(guid=guid("s"), name="Samtale", text=TEXT + "\nKari: Ja.\n"),),
    codings=(coding("k", "Bolig"), coding("k2", "Rop"), coding("k3", "Kø")),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    made.connection.execute("PRAGMA synchronous = OFF")
    yield made
    made.close()


def test_what_would_come_is_told_by_name_and_not_kept(study: Project) -> None:
    receive(study, FIRST)
    ours = codebook.find_code(study, "Kø")
    codebook.set_code(study, ours.id, name="Lange køer")
    before = list(study.connection.iterdump())
    coming = planning.plan(study, partial(receive_all, bundles=[NEWER]))
    assert list(study.connection.iterdump()) == before
    assert {kind: names for kind, names in coming.new.items() if names} == {
        "code": ("Rop",),
        "coding": ("Samtale", "Samtale"),
    }
    assert {kind: [each.told() for each in things] for kind, things in coming.changed.items() if things} == {
        "source": ["Samtale (tekst)"],
        "code": ["Bosted (navn; blir tomt: definisjon)"],
    }
    told = "\n".join(planning.lines(coming))
    assert "Nytt:\n  koder: Rop\n  kodinger: Samtale (×2)" in told
    assert "Blir endret:\n  kilder: Samtale (tekst)\n  koder: Bosted (" in told
    assert "Lange køer: Endret både her og der (navn); vårt står." in told
    assert "Kode: Penger: Står ikke i filen lenger" in told
    done = receive_all(study, [NEWER])
    assert [(each.added, each.updated) for each in coming.received] == [(each.added, each.updated) for each in done]


def test_a_file_without_news_says_so(study: Project) -> None:
    assert not planning.seen_before(study, [FIRST], "fremmed.qdpx")
    receive(study, FIRST, parts=Parts(codings=False))
    assert planning.seen_before(study, [FIRST], "fremmed.qdpx")
    coming = planning.plan(study, partial(receive_all, bundles=[FIRST], parts=Parts(codings=False)))
    assert planning.nothing_new(coming)
    assert "Alt i filen er her fra før." in planning.lines(coming)
    assert not planning.nothing_new(planning.plan(study, partial(receive_all, bundles=[FIRST])))


def test_others_go_on_writing_while_it_is_looked_into(study: Project) -> None:
    other = projects.open_existing(study.path, coder="Ola Nordmann")
    other.connection.execute("PRAGMA busy_timeout = 0")

    def meanwhile(_done: int, _total: int, name: str) -> None:
        codebook.add_code(other, name)

    coming = planning.plan(study, partial(receive_all, bundles=[FIRST], progress=meanwhile))
    assert coming.new["source"] == ("Samtale",)
    assert [each.name for each in codebook.list_codes(study)] == ["Samtale"]
    other.close()


def test_links_and_what_an_attribute_was_and_becomes_are_told(study: Project) -> None:
    def of(population: int, *links: LinkItem) -> Bundle:
        case = CaseItem(guid=guid("Elv"), name="Elv", values={guid("v"): population, guid("w"): "nord"})
        variables = (VariableItem(guid=guid("v"), name="Folketall"), VariableItem(guid=guid("w"), name="Landsdel"))
        return replace(FIRST, cases=(case,), variables=variables, links=links)

    receive(study, of(41_000))
    link = LinkItem(guid=guid("l"), name="fører til", origin=guid("Kø"), target=guid("Bolig"))
    told = "\n".join(planning.lines(planning.plan(study, partial(receive_all, bundles=[of(42_000, link)]))))
    assert "Nytt:\n  koblinger: Kø – Bolig (fører til)" in told
    assert "Blir endret:\n  caser: Elv (Folketall: 41000 → 42000)" in told
