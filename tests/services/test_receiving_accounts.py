"""What a project has no place for is told when it is taken in, and what comes under new GUIDs is known again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
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
    SetItem,
    SourceItem,
    VariableItem,
)
from workbench.services import memos, projects, sources
from workbench.services.interchange import known_again, ledger, receiving_codes
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.marks import marked
from workbench.services.interchange.receiving import Received, receive
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project

TEXT = "Intervjuer: Hvordan går det?\n\nKari: Vi har for få boliger.\n"


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name)).upper()


def bundle(**fields: Any) -> Bundle:
    return Bundle(tool="Verktøy 1.0", title="Fremmed", **fields)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    yield made
    made.close()


def told(received: Received, what: str) -> list[tuple[str, int]]:
    return [(loss.name, loss.count) for loss in received.losses if loss.what == what]


def whole(seed: str = "", *, text: str = TEXT, definition: str = "Om bolig", value: str = "ja") -> Bundle:
    """A small project in which every GUID hangs on the seed."""
    source, code, case = guid(f"{seed}s"), guid(f"{seed}b"), guid(f"{seed}c")
    return bundle(
        people=(Person(guid=guid(f"{seed}p"), name="Ola"),),
        codes=(CodeItem(guid=code, name="Bolig", definition=definition),),
        sources=(SourceItem(guid=source, name="Samtale", text=text, description="Om kilden"),),
        codings=(CodingItem(guid=guid(f"{seed}k"), source=source, start=36, end=57, code=code, coder=guid(f"{seed}p")),),
        notes=(
            NoteItem(guid=guid(f"{seed}n"), text="Husk", target_kind="code", target=code, creator=guid(f"{seed}p")),
            NoteItem(
                guid=guid(f"{seed}m"), text="I margen", kind="margin", target_kind="passage", target=source,
                start=36, end=57,
            ),
        ),
        variables=(VariableItem(guid=guid(f"{seed}v"), name="Leier"),),
        cases=(CaseItem(guid=case, name="Sak", sources=(source,), values={guid(f"{seed}v"): value}),),
        links=(LinkItem(guid=guid(f"{seed}l"), origin=code, target=case, name="om"),),
    )  # fmt: skip


def test_new_guids_for_everything_double_nothing_and_nothing_is_said_to_be_gone(study: Project) -> None:
    receive(study, whole())
    received = receive(study, whole("ny "))
    assert (received.added, received.updated, received.gone, received.kept) == ({}, {}, (), ())
    here = bundle_of(study, Wanted())
    kinds = (here.codes, here.sources, here.codings, here.notes, here.cases, here.links)
    assert [len(kind) for kind in kinds] == [1, 1, 1, 3, 1, 1]


def test_under_new_guids_what_is_new_in_a_text_a_code_and_a_case_still_comes(study: Project) -> None:
    receive(study, whole())
    received = receive(study, whole("ny ", text=f"{TEXT}Slutt.\n", definition="Nytt om bolig", value="nei"))
    assert (received.added, received.kept) == ({}, ())
    assert received.updated == {"source": 1, "code": 1, "case": 1}
    here = bundle_of(study, Wanted())
    assert [source.text for source in here.sources] == [f"{TEXT}Slutt.\n"]
    assert [code.definition for code in here.codes] == ["Nytt om bolig"]
    assert [list(case.values.values()) for case in here.cases] == [["nei"]]


def test_a_code_of_the_same_name_with_other_words_is_told_and_an_empty_one_is_filled(study: Project) -> None:
    receive(study, bundle(codes=(CodeItem(guid=guid("a"), name="Bolig", definition="Vårt"),)))
    other = CodeItem(guid=guid("b"), name="bolig", definition="Deres", brief="Kort")
    received = receive(study, Bundle(tool="Annet", title="Et annet", codes=(other,)))
    (code,) = bundle_of(study, Wanted()).codes
    assert (code.definition, code.brief) == ("Vårt", "Kort")
    assert [(each.what, each.name) for each in received.kept] == [("Kode", "Bolig")]


def test_two_identical_memos_in_one_file_stay_two(study: Project) -> None:
    notes = tuple(NoteItem(guid=guid(name), text="Det samme") for name in ("x", "y"))
    assert receive(study, bundle(notes=notes)).added == {"note": 2}
    again = tuple(NoteItem(guid=guid(name), text="Det samme") for name in ("z", "w"))
    assert (receive(study, bundle(notes=again)).added, len(bundle_of(study, Wanted()).notes)) == ({}, 2)


def test_codings_by_nobody_and_doubled_ones_are_told(study: Project) -> None:
    source = SourceItem(guid=guid("s"), name="Samtale", text=TEXT)
    codings = tuple(
        CodingItem(guid=guid(name), source=guid("s"), start=36, end=57, code=guid("b")) for name in ("k1", "k2")
    )
    received = receive(
        study, bundle(codes=(CodeItem(guid=guid("b"), name="Bolig"),), sources=(source,), codings=codings)
    )
    assert received.added["coding"] == 1
    assert (told(received, "Kodere"), told(received, "Koding")) == ([("Fremmed", 1)], [("Samtale", 1)])


def test_unused_variables_values_of_informants_and_makers_of_sources_are_told(study: Project) -> None:
    received = receive(
        study,
        bundle(
            people=(Person(guid=guid("p"), name="Ola"),),
            variables=(VariableItem(guid=guid("v"), name="Leier"), VariableItem(guid=guid("w"), name="Alder")),
            cases=(CaseItem(guid=guid("i"), name="I01", kind="informant", values={guid("w"): 30}),),
            sources=(SourceItem(guid=guid("s"), name="Samtale", text=TEXT, creator=guid("p")),),
        ),
    )
    assert told(received, "Variabel") == [("Leier", 1), ("Alder", 1)]
    assert told(received, "Variabelverdier") == [("I01", 1)]
    assert told(received, "Opphav") == [("kilder", 1)]


def test_the_description_of_a_group_of_sources_is_a_memo(study: Project) -> None:
    source = SourceItem(guid=guid("s"), name="Samtale", text=TEXT)
    group = SetItem(guid=guid("g"), name="Våren", description="Første runde", sources=(guid("s"),))
    receive(study, bundle(sources=(source,), sets=(group,)))
    here = bundle_of(study, Wanted())
    assert [each.folder for each in here.sources] == ["Våren"]
    assert [note.text for note in here.notes] == ["Våren\n\nFørste runde"]


def test_codes_of_one_name_in_one_file_are_not_made_one(study: Project) -> None:
    codes = (CodeItem(guid=guid("a"), name="nabo"), CodeItem(guid=guid("b"), name="Nabo"))
    received = receive(study, bundle(codes=codes))
    assert (received.added["code"], told(received, "Kode")) == (2, [("Nabo", 1)])
    newer = (CodeItem(guid=guid("c"), name="nabo"), CodeItem(guid=guid("d"), name="Nabo"))
    assert receive(study, bundle(codes=newer)).added == {}


def test_a_code_that_gets_a_new_name_is_not_the_new_code_that_gets_its_old_one(study: Project) -> None:
    receive(study, bundle(codes=(CodeItem(guid=guid("a"), name="Bolig"),)))
    codes = (CodeItem(guid=guid("b"), name="Bolig"), CodeItem(guid=guid("a"), name="Hjem"))
    assert receive(study, bundle(codes=codes)).added == {"code": 1}
    assert {code.name for code in bundle_of(study, Wanted()).codes} == {"Hjem", "Bolig 2"}


def test_what_is_one_here_by_its_name_is_told(study: Project) -> None:
    received = receive(
        study,
        bundle(
            people=(Person(guid=guid("p"), name="Ola"), Person(guid=guid("q"), name="ola")),
            cases=(CaseItem(guid=guid("c"), name="Sak"), CaseItem(guid=guid("d"), name="sak")),
        ),
    )
    assert (told(received, "Koder"), told(received, "Case")) == ([("ola", 1)], [("sak", 1)])


def test_a_thing_is_called_by_its_first_guid_also_when_it_comes_again_under_another(study: Project) -> None:
    for seed in ("første", "annen", "tredje"):
        receive(study, whole(seed), file="f.qdpx")
        given = bundle_of(study, Wanted())
        called = (given.codes[0].guid, given.sources[0].guid, given.cases[0].guid, given.codings[0].guid)
        assert called == tuple(guid(f"første{each}") for each in "bsck")


def test_memos_that_come_home_as_one_description_are_not_doubled(study: Project) -> None:
    """So they do from QualCoder, and whoever takes the file in need not have written them."""
    receive(study, whole(), file="f.qdpx")
    source = sources.list_sources(study)[0].id
    memos.write_memo(study, "source", source, "Min om kilden")
    before = len(memos.list_memos(study))
    study.coder_name = "Per"
    home = replace(whole("hjem").sources[0], description="Min om kilden\n\nOm kilden")
    receive(study, bundle(sources=(home,)), file="hjem.qdpx")
    assert len(memos.list_memos(study)) == before
    receive(study, bundle(sources=(replace(home, description="Noe annet"),)), file="hjem.qdpx")
    assert len(memos.list_memos(study)) == before + 1


def test_another_text_under_an_old_name_is_another_source_and_is_told(study: Project) -> None:
    receive(study, whole())
    other = "Rapport om økonomien i en annen etat, skrevet et annet år av andre folk.\n"
    received = receive(study, replace(whole("ny ", text=other), codings=(), notes=(), links=()))
    assert (received.added["source"], received.updated) == (1, {})
    assert ("Samtale", 1) in told(received, "Kilde")
    here = bundle_of(study, Wanted())
    assert [(each.name, each.text) for each in here.sources] == [("Samtale", TEXT), ("Samtale (2)", other)]
    assert [(each.start, each.end) for each in here.codings] == [(36, 57)]


def test_a_new_note_with_the_words_of_a_known_one_is_one_more(study: Project) -> None:
    first = NoteItem(guid=guid("n1"), text="Husk")
    receive(study, bundle(notes=(first,)))
    received = receive(study, bundle(notes=(first, replace(first, guid=guid("n2")))))
    assert (received.added, received.unchanged) == ({"note": 1}, {"note": 1})


def test_things_under_new_guids_are_found_by_name_without_looking_at_each(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are marked a few times a thing, not once for each pair of them."""
    counted: list[int] = []

    def counting(fields: Any) -> dict[str, Any]:
        counted.append(1)
        return marked(fields)

    for module in (known_again, receiving_codes, ledger):
        monkeypatch.setattr(module, "marked", counting)

    def many(seed: str) -> Bundle:
        sources = tuple(
            SourceItem(guid=guid(f"{seed}s{n}"), name=f"Kilde {n}", text=f"Tekst {n}.\n") for n in range(40)
        )
        codes = tuple(CodeItem(guid=guid(f"{seed}k{n}"), name=f"Kode {n}") for n in range(40))
        return bundle(sources=sources, codes=codes)

    receive(study, many(""))
    counted.clear()
    received = receive(study, many("ny "))
    assert (received.added, received.unchanged) == ({}, {"source": 40, "code": 40})
    assert len(counted) < 20 * 80
