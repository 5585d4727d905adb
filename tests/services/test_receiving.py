"""What a foreign project says of codes, people, cases, groups, notes and links becomes ours, once, whatever comes again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
from workbench.core.entities import CodeEntry
from workbench.services import cases, codebook, history, memos, projects, sources
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.links import list_links
from workbench.services.interchange.receiving import Parts, Received, receive, receive_all
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries.memos import memos as all_memos

TEXT = "Intervjuer: Hvordan går det?\n\nKari: Vi har for få boliger, og Ola venter ennå.\n"


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name)).upper()


def code(name: str, *, parent: str = "", **fields: Any) -> CodeItem:
    return CodeItem(guid=guid(name), name=name, parent=guid(parent) if parent else "", **fields)


def bundle(*codes: CodeItem, title: str = "Fremmed", **fields: Any) -> Bundle:
    return Bundle(tool="Verktøy 1.0", guid=guid(title), title=title, codes=codes, **fields)


TEXTS: dict[str, Any] = {
    "sources": (SourceItem(guid=guid("s"), name="Samtale", text=TEXT),),
    "people": (Person(guid=guid("p"), name="Ola Nordmann"),),
    "codings": (CodingItem(guid=guid("k"), source=guid("s"), start=36, end=58, code=guid("Bolig"), coder=guid("p")),),
}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    made.connection.execute("PRAGMA synchronous = OFF")
    yield made
    made.close()


@pytest.fixture
def named(study: Project) -> Callable[[str], CodeEntry]:
    return lambda name: next(each for each in codebook.list_codes(study) if each.name == name)


def whys(received: Received) -> list[tuple[str, str]]:
    return [(each.name, each.why) for each in received.kept]


# Codes


def test_codes_come_in_as_a_tree_with_what_is_said_of_them(study: Project, named: Callable[[str], CodeEntry]) -> None:
    child = code("Kø", parent="Bolig", definition="Venting.", colour="#0072B2", examples=("Vi venter.",))
    received = receive(study, bundle(child, code("Bolig"), code("Mappe", codable=False), code("Gammel", retired=True)))
    assert received.added == {"code": 4}
    assert named("Kø").parent == named("Bolig").id
    assert (named("Kø").definition, named("Kø").colour, named("Kø").examples) == (
        "Venting.",
        "#0072B2",
        ("Vi venter.",),
    )
    assert named("Mappe").folder and not named("Bolig").folder
    assert named("Gammel").status == "retired"


def test_the_same_again_changes_nothing_and_records_nothing(study: Project) -> None:
    given = bundle(code("Bolig", colour="nei"), **TEXTS)
    receive(study, given)
    before = list(study.connection.iterdump())
    again = receive(study, given)
    assert again.unchanged == {"code": 1, "source": 1, "coding": 1} and not again.added and not again.updated
    assert list(study.connection.iterdump()) == before


def test_braces_and_case_of_a_guid_are_not_its_identity(study: Project) -> None:
    receive(study, bundle(code("Bolig"), **TEXTS))
    other = {key: "{" + guid(key).lower() + "}" for key in ("Bolig", "s", "k", "p")}
    again = receive(
        study,
        replace(
            bundle(replace(code("Bolig"), guid=other["Bolig"], name="Bosted"), **TEXTS),
            guid="{" + guid("Fremmed").lower() + "}",
            sources=(replace(TEXTS["sources"][0], guid=other["s"]),),
            codings=(replace(TEXTS["codings"][0], guid=other["k"], source=other["s"], code=other["Bolig"]),),
        ),
    )
    assert again.updated == {"code": 1} and again.unchanged == {"source": 1, "coding": 1} and not again.added


def test_a_code_changed_there_alone_is_updated_field_by_field(
    study: Project, named: Callable[[str], CodeEntry]
) -> None:
    receive(study, bundle(code("Bolig"), code("Kø"), code("Pris", definition="Gammelt.")))
    codebook.set_code(study, named("Pris").id, brief="Kort, vårt.")
    newer = bundle(
        code("Bolig"),
        replace(code("Kø", parent="Bolig"), name="Venting"),
        code("Pris", definition="Nytt.", colour="#0072b2"),
    )
    again = receive(study, newer)
    assert again.updated == {"code": 2} and again.unchanged == {"code": 1} and not again.kept
    assert named("Venting").parent == named("Bolig").id
    pris = named("Pris")
    assert (pris.definition, pris.colour, pris.brief) == ("Nytt.", "#0072b2", "Kort, vårt.")


def test_a_code_changed_here_alone_stays_as_it_is(study: Project, named: Callable[[str], CodeEntry]) -> None:
    given = bundle(code("Bolig", definition="Deres."))
    receive(study, given)
    codebook.set_code(study, named("Bolig").id, definition="Vår.")
    again = receive(study, given)
    assert again.unchanged == {"code": 1} and not again.kept
    assert named("Bolig").definition == "Vår."


def test_what_changed_on_both_sides_stays_ours_and_is_named_until_they_agree(
    study: Project, named: Callable[[str], CodeEntry]
) -> None:
    receive(study, bundle(code("Bolig", definition="Først.")))
    codebook.set_code(study, named("Bolig").id, definition="Vår.")
    newer = bundle(code("Bolig", definition="Deres.", brief="Kort."))
    again = receive(study, newer)
    assert whys(again) == [("Bolig", "Endret både her og der (definisjon); vårt står.")]
    assert (named("Bolig").definition, named("Bolig").brief) == ("Vår.", "Kort.")
    assert not receive(study, newer).kept, "told once"
    assert whys(receive(study, bundle(code("Bolig", definition="Enda nyere.", brief="Kort.")))), "and when it changes"
    codebook.set_code(study, named("Bolig").id, definition="Siste.")
    assert not receive(study, bundle(code("Bolig", definition="Siste.", brief="Kort."))).kept


def test_a_code_removed_here_does_not_come_back(study: Project, named: Callable[[str], CodeEntry]) -> None:
    given = bundle(code("Bolig"))
    receive(study, given)
    codebook.remove_code(study, named("Bolig").id)
    again = receive(study, given)
    assert whys(again) == [("Bolig", "Koden er slettet her siden sist, og tas ikke inn igjen.")]
    assert codebook.list_codes(study) == []


def test_what_is_gone_there_stays_here_and_is_named(study: Project) -> None:
    notes = (NoteItem(guid=guid("n"), text="Husk dette.", target_kind="code", target=guid("Bolig")),)
    receive(study, bundle(code("Bolig"), code("Kø"), notes=notes, **TEXTS))
    again = receive(study, bundle(code("Bolig"), sources=TEXTS["sources"]))
    assert {(each.what, each.name, each.count) for each in again.gone} == {
        ("Kode", "Kø", 1), ("Koding", "Samtale", 1), ("Notat", "Husk dette.", 1),
    }  # fmt: skip
    assert len(codebook.list_codes(study)) == 2
    fewer = bundle(code("Bolig"), code("Kø"), sources=TEXTS["sources"])
    assert not receive(study, fewer, parts=Parts(codings=False, notes=False)).gone


def test_a_code_merged_here_takes_what_comes_later_on_it(study: Project, named: Callable[[str], CodeEntry]) -> None:
    given = bundle(code("Bolig"), code("Bosted"), **TEXTS)
    receive(study, given)
    codebook.merge_codes(study, named("Bolig").id, into=named("Bosted").id)
    more = CodingItem(guid=guid("k2"), source=guid("s"), start=12, end=28, code=guid("Bolig"), coder=guid("p"))
    again = receive(study, replace(given, codings=(*given.codings, more)))
    assert again.added == {"coding": 1} and not again.kept
    assert named("Bosted").codings == 2
    twin = replace(more, guid=guid("tvilling"))
    assert "coding" not in receive(study, replace(given, codings=(*given.codings, more, twin))).added
    recoded = replace(given, codings=(replace(given.codings[0], code=guid("Bosted")), more, twin))
    assert "coding" not in receive(study, recoded).updated, "it is that code already"
    renamed = receive(study, replace(given, codes=(replace(code("Bolig"), name="Hus"), code("Bosted"))))
    assert [name for name, _why in whys(renamed)] == ["Bolig"]


def test_codes_of_one_name_are_told_apart_by_the_code_above(study: Project, named: Callable[[str], CodeEntry]) -> None:
    first = CodeItem(guid=guid("a1"), name="Annet", parent=guid("Bolig"))
    second = CodeItem(guid=guid("a2"), name="Annet", parent=guid("Helse"))
    received = receive(study, bundle(code("Bolig"), code("Helse"), first, second))
    assert {each.name for each in codebook.list_codes(study)} == {"Bolig", "Helse", "Annet", "Annet (Helse)"}
    assert [each.name for each in received.losses if each.mended] == ["Annet"]
    assert named("Annet (Helse)").parent == named("Helse").id


def test_a_code_of_ours_with_that_name_and_place_is_the_same(study: Project, named: Callable[[str], CodeEntry]) -> None:
    codebook.add_code(study, "bolig")
    codebook.set_code(study, named("bolig").id, definition="Vår.")
    received = receive(study, bundle(code("Bolig", definition="Deres.")))
    assert not received.added and named("bolig").definition == "Vår."


def test_a_name_that_is_taken_here_is_not_given_to_another(study: Project, named: Callable[[str], CodeEntry]) -> None:
    receive(study, bundle(code("Bolig"), code("Kø")))
    again = receive(study, bundle(replace(code("Bolig"), name="Kø"), code("Kø")))
    assert [name for name, _why in whys(again)] == ["Bolig"] and named("Bolig")


def test_a_folder_that_is_coded_with_is_a_code(study: Project, named: Callable[[str], CodeEntry]) -> None:
    received = receive(study, bundle(code("Bolig", codable=False), **TEXTS))
    assert received.added["coding"] == 1 and not named("Bolig").folder
    assert ("Mappe", "Bolig") in [(each.what, each.name) for each in received.losses]


def test_codes_in_a_circle_or_under_nothing_come_in(study: Project) -> None:
    receive(study, bundle(code("A", parent="B"), code("B", parent="A"), code("C", parent="Finnes ikke")))
    assert len(codebook.list_codes(study)) == 3


def test_a_codebook_without_identity_meets_the_project_it_is_from_by_guid(
    study: Project, named: Callable[[str], CodeEntry]
) -> None:
    receive(study, bundle(code("Helse"), code("Tillit", parent="Helse"), **TEXTS | {"codings": ()}))
    alone = Bundle(tool="Verktøy 1.0", codes=(replace(code("Tillit"), name="Helse/Tillit", colour="#0072b2"),))
    received = receive(study, alone, file="koder.qdc")
    assert not received.added and not received.updated and not received.gone
    assert [(name, "annerledes" in why) for name, why in whys(received)] == [("Tillit", True)]
    assert named("Tillit").parent == named("Helse").id


def test_a_list_under_another_file_name_updates(study: Project, named: Callable[[str], CodeEntry]) -> None:
    one = Bundle(tool="Liste", codes=(code("Bolig", definition="Gammelt."),))
    receive(study, one, file="koder.csv")
    again = receive(study, replace(one, codes=(code("Bolig", definition="Nytt."),)), file="koder 2.csv")
    assert again.updated == {"code": 1} and named("Bolig").definition == "Nytt."


# People, cases, informants


def test_coders_are_known_by_name_and_by_guid_when_they_change_name(study: Project) -> None:
    given = bundle(code("Bolig"), **TEXTS)
    receive(study, given)
    (coding,) = coding_queries.codings(study.connection)
    assert (coding.coder, coding.origin) == ("Ola Nordmann", "import")
    more = replace(given.codings[0], guid=guid("k2"), start=12, end=28)
    receive(study, replace(given, people=(Person(guid=guid("p"), name="Ola N."),), codings=(*given.codings, more)))
    assert {each.coder for each in coding_queries.codings(study.connection)} == {"Ola Nordmann"}
    own = replace(given, people=(Person(guid=guid("p2"), name="kari koder"),), title="Annet", guid=guid("Annet"))
    received = receive(study, replace(own, codings=(replace(more, guid=guid("k3"), coder=guid("p2")),)))
    assert received.added == {"coding": 1}
    assert {each.coder for each in coding_queries.codings(study.connection)} == {"Ola Nordmann", "Kari Koder"}


def test_cases_have_typed_values_and_lie_in_each_other(study: Project) -> None:
    variables = (VariableItem(guid=guid("v"), name="innbyggere", type="integer"),)
    inner = CaseItem(
        guid=guid("c"),
        name="Elvestrand",
        type="kommune",
        parent=guid("r"),
        sources=(guid("s"),),
        values={guid("v"): 4200},
    )
    outer = CaseItem(guid=guid("r"), name="Innlandet", type="region")
    given = bundle(cases=(inner, outer), variables=variables, sources=TEXTS["sources"])
    assert receive(study, given).added == {"case": 2, "source": 1}
    region, case = cases.list_cases(study)
    assert (case.name, case.parent, case.attributes) == ("Elvestrand", region.id, {"innbyggere": 4200})
    assert sources.list_sources(study)[0].cases == ("Elvestrand",)
    cases.set_case(study, case.id, attributes={"innbyggere": 4300})
    more = (*variables, VariableItem(guid=guid("w"), name="by"))
    newer = replace(inner, values={guid("v"): 5000, guid("w"): "nei"})
    again = receive(study, replace(given, cases=(newer, outer), variables=more))
    assert whys(again) == [("Elvestrand", "Endret både her og der (innbyggere); vårt står.")]
    assert cases.find_case(study, "Elvestrand").attributes == {"innbyggere": 4300, "by": "nei"}


def test_a_case_here_by_its_name_is_completed_not_overwritten(study: Project) -> None:
    cases.add_case(study, "Elvestrand", attributes={"by": "ja"})
    variables = (VariableItem(guid=guid("v"), name="by"), VariableItem(guid=guid("w"), name="fylke"))
    item = CaseItem(guid=guid("c"), name="elvestrand", values={guid("v"): "nei", guid("w"): "Innlandet"})
    received = receive(study, bundle(cases=(item,), variables=variables))
    assert cases.find_case(study, "Elvestrand").attributes == {"by": "ja", "fylke": "Innlandet"}
    assert received.unchanged == {"case": 1} and [name for name, _why in whys(received)] == ["Elvestrand"]


def test_informants_speak_in_their_sources_and_keep_a_role_given_here(study: Project) -> None:
    informant = CaseItem(guid=guid("i"), name="I01", kind="informant", role="leder")
    source = replace(TEXTS["sources"][0], speakers={"Kari": guid("i")})
    given = bundle(cases=(informant,), sources=(source,))
    assert receive(study, given).added == {"informant": 1, "source": 1}
    assert sources.list_sources(study)[0].informants == ("I01",)
    cases.set_informant(study, "I01", role="direktør")
    again = receive(study, replace(given, cases=(replace(informant, role="rådgiver", level="strategisk"),)))
    (known,) = cases.list_informants(study)
    assert (known.role, known.level) == ("direktør", "strategisk")
    assert whys(again) == [("I01", "Endret både her og der (rolle); vårt står.")]
    assert again.updated["informant"] == 1 and "case" not in again.unchanged


# Groups, notes, links


def test_groups_are_waves_folders_and_themes(study: Project) -> None:
    sets = (
        SetItem(guid=guid("w"), name="Runde 2", kind="wave", sources=(guid("s"),)),
        SetItem(guid=guid("f"), name="Kommuner", sources=(guid("s"),)),
        SetItem(guid=guid("g"), name="Direktorat", sources=(guid("s"),)),
        SetItem(
            guid=guid("t"), name="Press", kind="theme", codes=(guid("Bolig"),), codings=(guid("k"),), status="final"
        ),
        SetItem(guid=guid("e"), name="Tom"),
    )
    received = receive(study, bundle(code("Bolig"), sets=sets, **TEXTS))
    source = sources.list_sources(study)[0]
    assert (source.wave, source.folder) == ("Runde 2", "Kommuner")
    (theme,) = codebook.list_themes(study)
    assert (theme.title, theme.status, len(theme.codes), len(theme.codings)) == ("Press", "final", 1, 1)
    assert {each.name for each in received.losses} == {"Direktorat", "Tom"}
    renamed = tuple(replace(each, name="Trykk") if each.kind == "theme" else each for each in sets)
    assert receive(study, bundle(code("Bolig"), sets=renamed, **TEXTS)).updated == {"set": 1}
    assert [each.title for each in codebook.list_themes(study)] == ["Trykk"]


def test_waves_and_variables_keep_the_guid_they_came_with(study: Project) -> None:
    given = bundle(
        code("Bolig"),
        sets=(SetItem(guid=guid("w"), name="Runde 2", kind="wave", sources=(guid("s"),)),),
        variables=(VariableItem(guid=guid("v"), name="by"),),
        cases=(CaseItem(guid=guid("c"), name="Elvestrand", values={guid("v"): "ja"}),),
        **TEXTS,
    )
    receive(study, given)
    out = bundle_of(study)
    assert [each.guid for each in out.sets if each.kind == "wave"] == [guid("w")]
    assert [each.guid for each in out.variables] == [guid("v")]
    assert {out.codes[0].guid, out.sources[0].guid, out.codings[0].guid} == {guid("Bolig"), guid("s"), guid("k")}


def test_no_two_things_go_out_under_one_guid(study: Project, named: Callable[[str], CodeEntry]) -> None:
    receive(study, bundle(code("Bolig")))
    other = codebook.add_code(study, "Helse")
    with study.write() as act:
        item = [guid("Bolig"), "code", other.id, {}]
        act.record("foreign.set", {"origin": "EN KOPI", "title": "", "items": act.text(json.dumps([item]))})
    assert len({each.guid for each in bundle_of(study).codes}) == 2


def test_notes_stand_on_what_they_stood_on(study: Project) -> None:
    notes = (
        NoteItem(guid=guid("1"), text="Om prosjektet."),
        NoteItem(guid=guid("2"), text="Om koden.", title="Tittel", target_kind="code", target=guid("Bolig")),
        NoteItem(guid=guid("3"), text="Om stedet.", target_kind="passage", target=guid("s"), start=36, end=42),
        NoteItem(
            guid=guid("4"), text="I margen.", kind="margin", target_kind="passage", target=guid("s"), start=0, end=5
        ),
        NoteItem(guid=guid("5"), text="Om kodingen.", target_kind="coding", target=guid("k"), creator=guid("p")),
        NoteItem(guid=guid("6"), text="Dagen.", kind="diary", day="2026-03-14", created="2026-03-14T10:00:00Z"),
    )
    receive(study, bundle(code("Bolig"), notes=notes, **TEXTS))
    found = {each.text: each for each in all_memos(study.connection, reader="")}
    assert {text: each.target_kind for text, each in found.items()} == {
        "Om prosjektet.": "project", "Tittel\n\nOm koden.": "code", "Om stedet.": "span", "Om kodingen.": "coding",
        "Dagen.": "project",
    }  # fmt: skip
    assert found["Om kodingen."].coder == "Ola Nordmann" and found["Dagen."].day == "2026-03-14"
    assert (found["Om stedet."].start, found["Om stedet."].end) == (36, 42)
    (margin,) = coding_queries.notes(study.connection)
    assert (margin.text, margin.start, margin.end) == ("I margen.", 0, 5)


def test_a_note_on_what_did_not_come_is_kept_on_the_project_with_its_place(study: Project) -> None:
    empty = SourceItem(guid=guid("tom"), name="Bildet", text=" ")
    notes = (
        NoteItem(guid=guid("1"), text="Om bildet.", target_kind="source", target=guid("tom")),
        NoteItem(guid=guid("2"), text="Utenfor.", target_kind="passage", target=guid("s"), start=900, end=950),
        NoteItem(guid=guid("3"), text=" "),
    )
    received = receive(study, bundle(sources=(*TEXTS["sources"], empty), notes=notes))
    assert {each.text: each.target_kind for each in all_memos(study.connection, reader="")} == {
        "[Stod på: Bildet]\n\nOm bildet.": "project", "Utenfor.": "source",
    }  # fmt: skip
    assert sum(each.what == "Notat" for each in received.losses) == 3


def test_notes_are_updated_kept_and_not_brought_back(study: Project) -> None:
    notes = tuple(NoteItem(guid=guid(text), text=text) for text in ("En", "To", "Tre"))
    receive(study, bundle(code("Bolig"), notes=notes))
    by_text = {each.text: each for each in all_memos(study.connection, reader="")}
    memos.change_memo(study, by_text["To"].id, text="To, vår")
    memos.remove_memo(study, by_text["Tre"].id)
    again = receive(study, bundle(code("Bolig"), notes=tuple(replace(each, text=f"{each.text}, ny") for each in notes)))
    assert {each.text for each in all_memos(study.connection, reader="")} == {"En, ny", "To, vår"}
    assert again.updated == {"note": 1} and len(again.kept) == 2


def test_what_a_project_says_of_itself_and_its_parts_is_notes(study: Project) -> None:
    source = replace(TEXTS["sources"][0], description="Om samtalen.")
    receive(study, bundle(sources=(source,), description="Om prosjektet."))
    assert {each.text: each.target_kind for each in all_memos(study.connection, reader="")} == {
        "Om samtalen.": "source", "Om prosjektet.": "project",
    }  # fmt: skip


def test_links_tie_what_came_along_and_are_listed_by_name(study: Project) -> None:
    links = (
        LinkItem(guid=guid("l"), origin=guid("Bolig"), target=guid("s"), name="se", direction="OneWay"),
        LinkItem(guid=guid("m"), origin=guid("Bolig"), target=guid("borte"), name="løs"),
    )
    received = receive(study, bundle(code("Bolig"), links=links, **TEXTS))
    (link,) = list_links(study)
    assert (link.origin_name, link.target_name, link.link.name) == ("Bolig", "Samtale", "se")
    assert received.added["link"] == 1 and [each.name for each in received.losses] == ["løs"]
    with study.write() as act:
        act.record("link.remove", {"id": link.link.id})
    assert whys(receive(study, bundle(code("Bolig"), links=links[:1], **TEXTS)))[0][0] == "se"
    assert list_links(study) == []


# Wholes and parts


def test_parts_that_are_not_wanted_stay_away_with_what_rests_on_them(study: Project) -> None:
    notes = (
        NoteItem(guid=guid("1"), text="På koden.", target_kind="code", target=guid("Bolig")),
        NoteItem(guid=guid("2"), text="På kilden.", target_kind="source", target=guid("s")),
    )
    links = (LinkItem(guid=guid("l"), origin=guid("Bolig"), target=guid("s")),)
    given = bundle(code("Bolig"), notes=notes, links=links, **TEXTS)
    assert receive(study, given, parts=Parts(sources=False)).added == {"code": 1, "note": 1}
    received = receive(study, given, parts=Parts(codings=False, notes=False))
    assert received.added == {"source": 1, "link": 1} and not received.gone
    assert receive(study, given).added == {"coding": 1, "note": 1}


def test_several_projects_of_a_file_are_one_step_of_undo(study: Project) -> None:
    received = receive_all(study, [bundle(code("A"), title="En"), bundle(code("B"), title="To")], file="fil.sqlite3")
    assert [each.title for each in received] == ["En", "To"]
    history.undo(study)
    assert codebook.list_codes(study) == []


def test_an_empty_project_comes_in_as_nothing_and_says_so(study: Project) -> None:
    received = receive(study, bundle())
    assert not received.added and [each.what for each in received.losses] == ["Prosjekt"]


def test_a_project_that_went_out_comes_home_unchanged_and_ours_stands_where_it_differs(
    study: Project, named: Callable[[str], CodeEntry]
) -> None:
    receive(study, bundle(code("Bolig"), **TEXTS))
    out = bundle_of(study, Wanted(signals=True))
    home = receive(study, out)
    assert not home.added and not home.updated and not home.kept
    codebook.set_code(study, named("Bolig").id, name="Bosted")
    changed = replace(out, codes=(replace(out.codes[0], definition="Skrevet der."),))
    home = receive(study, changed)
    assert named("Bosted").definition == "Skrevet der."
    assert home.updated == {"code": 1} and not home.kept


def test_signals_come_along_from_another_project_of_ours(tmp_path: Path, study: Project) -> None:
    other = projects.create(tmp_path / "annen.kodebenk", coder="Ola", codebook="rusfeltet")
    receive(study, bundle_of(other, Wanted(signals=True)), parts=Parts(codings=False, notes=False))
    assert codebook.as_codebook(study).codes[0].signals == codebook.as_codebook(other).codes[0].signals != ()
    other.close()
