"""Why a passage has its code: every step, the definition of that time, and what only its writer may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.core.entities import CodeEntry, Coding
from workbench.core.ids import new_id
from workbench.errors import NotFound, Refusal
from workbench.services import codebook, coding, history, memos, projects, telling, texts
from workbench.services.naming import find_codings
from workbench.services.provenance import why
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], CodeEntry]


@pytest.fixture
def made(project: Project, place: Place, code: Code) -> Coding:
    return coding.apply_code(project, *place("for få boliger"), code("midlertidig-bolig"))


def whats(project: Project, made: Coding) -> list[str]:
    return [step.what for step in why(project, made.id).steps]


def test_the_first_step_says_who_coded_where_with_what(project: Project, made: Coding) -> None:
    found = why(project, made.id)
    (step,) = found.steps
    assert step.what == f"kodet {made.start}–{made.end} med «Midlertidig bolig»"
    assert (step.coder, step.kind, step.undone) == ("Kari Koder", "coding.add", False)
    assert found.themes == ("Bolig",)
    assert found.changed == () and found.code_steps == ()


def test_each_recoding_names_the_code_it_was_and_the_code_it_became(project: Project, made: Coding, code: Code) -> None:
    coding.recode(project, made.id, code("okonomi"))
    coding.recode(project, made.id, code("bolig"))
    assert whats(project, made)[1:] == [
        "kodet om fra «Midlertidig bolig» til «Økonomi»",
        "kodet om fra «Økonomi» til «Bolig»",
    ]


def test_somebody_else_who_recodes_is_told_beside_the_first_coder(project: Project, made: Coding, code: Code) -> None:
    other = projects.open_existing(project.path, coder="Ola")
    coding.recode(other, made.id, code_named(other, "okonomi"))
    found = why(other, made.id)
    assert [step.coder for step in found.steps] == ["Kari Koder", "Ola"]
    (line, *_rest) = telling.sections(found)[0].lines
    assert "først av Kari Koder" in line and "kodet om av Ola" in line
    other.close()


def code_named(project: Project, slug: str) -> CodeEntry:
    return codebook.find_code(project, slug)


def test_bounds_star_and_what_is_undone_are_steps(project: Project, made: Coding) -> None:
    coding.rebound_coding(project, made.id, made.start, made.end - 2)
    coding.star_coding(project, made.id, star=True)
    history.undo(project)
    steps = why(project, made.id).steps
    assert [step.what for step in steps[1:]] == [
        f"flyttet grensene fra {made.start}–{made.end} til {made.start}–{made.end - 2}",
        "merket som utvalgt sitat",
        "angret: tok bort merket som utvalgt sitat",
    ]
    assert [step.undone for step in steps[1:]] == [False, True, False]


def test_the_definition_is_that_of_the_day_it_was_coded(project: Project, place: Place, code: Code) -> None:
    entry = codebook.set_code(project, code("bolig").id, definition="Tak over hodet.", when_not="Penger.")
    first = coding.apply_code(project, *place("for få boliger"), entry)
    codebook.set_code(project, entry.id, definition="Sted å bo, leid eller eid.")
    later = coding.apply_code(project, *place("På mottaket"), code("bolig"))
    found = why(project, first.id)
    assert (found.then.definition, found.now.definition) == ("Tak over hodet.", "Sted å bo, leid eller eid.")
    assert found.changed == ("definition",)
    assert [step.what for step in found.code_steps] == ["endret definisjonen"]
    told = {section.title: section.lines for section in telling.sections(found)}
    assert told["Koden da: «Bolig»"][0] == "Definisjon: Tak over hodet."
    assert told["Koden nå: «Bolig»"] == ("Definisjon: Sted å bo, leid eller eid.",)
    assert why(project, later.id).changed == ()


def test_a_confirmed_coding_rests_on_the_new_definition(project: Project, made: Coding) -> None:
    codebook.set_code(project, made.code, definition="Noe nytt.")
    assert why(project, made.id).changed == ("definition",)
    with project.write() as act:
        act.record("coding.confirm", {"id": made.id})
    found = why(project, made.id)
    assert found.changed == ()
    assert found.steps[-1].what == "lot kodingen stå, slik «Midlertidig bolig» da var definert"


def test_rename_move_merge_and_retire_are_told_of_the_code(project: Project, made: Coding, code: Code) -> None:
    codebook.set_code(project, made.code, name="Hospits")
    codebook.move_code(project, made.code, parent="")
    codebook.merge_codes(project, made.code, into=code("okonomi").id)
    found = why(project, made.id)
    assert [step.what for step in found.code_steps] == [
        "ga koden nytt navn, fra «Midlertidig bolig» til «Hospits»",
        "flyttet koden til øverste nivå",
        "slo koden «Hospits» sammen med «Økonomi»",
    ]
    assert (found.then.name, found.now.name) == ("Midlertidig bolig", "Økonomi")
    assert found.steps[0].what.endswith("med «Midlertidig bolig (nå Hospits)»")


def test_a_split_of_the_code_is_told_though_it_leaves_the_code_alone(project: Project, made: Coding) -> None:
    with project.write() as act:
        uid, below = new_id(), codebook.record_new_code(act, project, "Brakke", parent=made.code)
        card = {"kind": "split", "code": made.code, "targets": [below], "codings": [made.id]}
        act.record("sorting.add", {"id": uid, "card": act.card(card)})
        act.record("sorting.finish", {"id": uid})
    assert [step.what for step in why(project, made.id).code_steps] == ["delte opp koden i «Brakke»"]


def test_a_correction_elsewhere_and_one_that_moves_the_span_are_told_apart(
    project: Project, made: Coding, place: Place
) -> None:
    source, start, end = place("boligsituasjonen")
    texts.correct_typo(project, source, start, end, "situasjonen med bolig")
    source, start, end = place("Selv takk")
    texts.correct_typo(project, source, start, end, "Takk")
    steps = whats(project, made)
    assert steps[1].startswith("teksten ble rettet, og stedet flyttet seg fra")
    assert steps[2] == "teksten ble rettet et annet sted; kodingen står på de samme ordene"


def test_only_memos_this_reader_may_see(project: Project, made: Coding) -> None:
    memos.write_memo(project, "coding", made.id, "Delt tanke")
    with project.write() as act:
        act.record("memo.add", {"id": new_id(), "target_kind": "coding", "target": made.id, "private": 1,
                                "text": act.text("Min egen tvil")})  # fmt: skip
    assert [memo.text for memo in why(project, made.id).memos] == ["Delt tanke", "Min egen tvil"]
    other = projects.open_existing(project.path, coder="Ola", readonly=True)
    assert [memo.text for memo in why(other, made.id).memos] == ["Delt tanke"]
    other.close()


def test_minutes_are_not_called_quotations(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("Kommunen mente"), code("okonomi"))
    lines = telling.sections(why(project, made.id))[-1].lines
    assert not any("ordrett." in line and "Gjengis" in line for line in lines)


def test_codings_that_share_a_quote_id_are_all_meant(project: Project, made: Coding, place: Place, code: Code) -> None:
    twin = coding.apply_code(project, *place("for få boliger"), code("okonomi"))
    assert twin.quote == made.quote
    assert set(find_codings(project, [made.quote.lower()])) == {made.id, twin.id}
    assert find_codings(project, [made.id[:8]]) == [made.id]
    with pytest.raises(NotFound):
        find_codings(project, ["I99-999"])


def test_a_removed_coding_is_refused(project: Project, made: Coding) -> None:
    coding.remove_coding(project, made.id)
    with pytest.raises(Refusal):
        why(project, made.id)


def test_an_accepted_suggestion_keeps_its_words_when_the_text_is_corrected(project: Project, place: Place) -> None:
    from codebooks.starters import read_starter
    from workbench.services import suggesting
    from workbench.services.codebook import load_codebook

    load_codebook(project, read_starter("rusfeltet"))
    source, _start, _end = place("for få boliger")
    suggesting.run(project, [source])
    proposal = next(each for each in suggesting.list_proposals(project, source=source) if each.because)
    made = suggesting.accept(project, proposal)
    before = why(project, made.id)
    assert before.proposal is not None and any(before.evidence)
    source, start, end = place("Intervjuer")
    texts.correct_typo(project, source, start, end, "Den som spør")
    after = why(project, made.id)
    assert after.evidence == before.evidence
    told = "\n".join(telling.sections(after)[1].lines)
    assert "Godtatt fra et forslag" in told and f"«{next(filter(None, before.evidence))}»" in told
