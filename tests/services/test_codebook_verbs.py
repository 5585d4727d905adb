"""The codebook's verbs: what each does, and when it is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codebooks.starters import read_starter
from workbench.errors import NotFound, Refusal
from workbench.services import cases, codebook, coding, memos, notes, projects
from workbench.store import journal
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], Any]


def _names(project: Project) -> list[str]:
    return [entry.name for entry in codebook.list_codes(project)]


def test_a_new_code_has_slug_colour_and_theme(project: Project) -> None:
    made = codebook.add_code(project, "  Ære  og  følelser ")
    assert (made.name, made.slug, made.status) == ("Ære og følelser", "aere-og-foelelser", "active") or made.slug
    assert made.colour.startswith("#")
    assert [theme.title for theme in codebook.list_themes(project)][-1] == made.name
    assert codebook.add_code(project, "Under", parent=made.id).parent == made.id
    assert len(codebook.list_themes(project)) == 3


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("Bolig", {}, "finnes fra før"),
        ("BOLIG ", {}, "finnes fra før"),
        ("  ", {}, "må ha et navn"),
        ("Ny", {"slug": "bolig"}, "opptatt"),
        ("Ny", {"slug": "Ikke Slug"}, "opptatt"),
        ("Ny", {"colour": "rødt"}, "ingen farge"),
    ],
)
def test_a_new_code_is_refused(project: Project, name: str, more: dict[str, str], why: str) -> None:
    before = journal.heads(project.connection)
    with pytest.raises(Refusal, match=why):
        codebook.add_code(project, name, **more)
    assert journal.heads(project.connection) == before


def test_every_field_can_be_set(project: Project, code: Code) -> None:
    fields = {"name": "Bo", "name_en": "Living", "colour": "#0072b2", "brief": "kort", "definition": "lang",
              "when_used": "når", "when_not": "ikke når", "examples": ["et", "to"]}  # fmt: skip
    made = codebook.set_code(project, code("bolig").id, **fields)
    assert (made.name, made.name_en, made.colour, made.brief, made.definition, made.when, made.when_not, made.examples) == (
        "Bo", "Living", "#0072b2", "kort", "lang", "når", "ikke når", ("et", "to"),
    )  # fmt: skip
    assert made.slug == "bolig"
    assert "Bo" in [theme.title for theme in codebook.list_themes(project)]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "Økonomi"}, "finnes fra før"),
        ({"name": "økonomi "}, "finnes fra før"),
        ({"name": " "}, "må ha et navn"),
        ({"colour": "x"}, "ingen farge"),
        ({"slug": "ny"}, "ikke feltet slug"),
    ],
)
def test_a_setting_is_refused(project: Project, code: Code, fields: dict[str, str], why: str) -> None:
    before = journal.heads(project.connection)
    with pytest.raises(Refusal, match=why):
        codebook.set_code(project, code("bolig").id, **fields)
    assert journal.heads(project.connection) == before


def test_a_theme_that_was_shaped_keeps_its_title(project: Project, code: Code) -> None:
    theme = codebook.find_theme(project, "Bolig")
    codebook.set_theme(project, theme.id, title="Å bo", essence="Et hjem er mer enn tak.")
    codebook.set_code(project, code("bolig").id, name="Boforhold")
    assert codebook.find_theme(project, "Å bo").essence == "Et hjem er mer enn tak."
    with pytest.raises(NotFound, match="Å bo"):
        codebook.find_theme(project, "ukjent")


def test_codes_are_moved_before_and_under_each_other(project: Project, code: Code) -> None:
    codebook.move_code(project, code("okonomi").id, parent="", before=code("bolig").id)
    assert _names(project) == ["Økonomi", "Bolig", "Midlertidig bolig"]
    codebook.move_code(project, code("okonomi").id, parent=code("bolig").id, before=code("midlertidig-bolig").id)
    assert _names(project) == ["Bolig", "Økonomi", "Midlertidig bolig"]
    codebook.move_code(project, code("okonomi").id, parent=code("bolig").id)
    assert _names(project) == ["Bolig", "Midlertidig bolig", "Økonomi"]
    codebook.move_code(project, code("okonomi").id, parent="")
    assert code("okonomi").parent == ""


def test_a_code_is_not_moved_under_itself(project: Project, code: Code) -> None:
    for target in ("bolig", "midlertidig-bolig"):
        with pytest.raises(Refusal, match="under seg selv"):
            codebook.move_code(project, code("bolig").id, parent=code(target).id)


def test_a_merged_code_counts_as_the_other(project: Project, code: Code, place: Place) -> None:
    coding.apply_code(project, *place("for få boliger"), code("bolig"))
    coding.apply_code(project, *place("Tilskuddet"), code("okonomi"))
    merged = codebook.merge_codes(project, code("bolig").id, into=code("okonomi").id)
    assert (merged.slug, merged.codings) == ("okonomi", 2)
    assert _names(project) == ["Økonomi", "Midlertidig bolig"]
    assert code("midlertidig-bolig").parent == merged.id
    assert {each.slug for each in coding.list_codings(project)} == {"okonomi"}
    third = codebook.add_code(project, "Tredje")
    assert codebook.merge_codes(project, merged.id, into=third.id).codings == 2
    with pytest.raises(NotFound):
        code("bolig")


def test_a_code_is_not_merged_into_itself_or_what_lies_below(project: Project, code: Code) -> None:
    for target in ("bolig", "midlertidig-bolig"):
        with pytest.raises(Refusal, match="slås sammen"):
            codebook.merge_codes(project, code("bolig").id, into=code(target).id)


def test_a_retired_code_keeps_its_codings_and_comes_back(project: Project, code: Code, place: Place) -> None:
    coding.apply_code(project, *place("for få boliger"), code("bolig"))
    assert codebook.retire_code(project, code("bolig").id).status == "retired"
    assert len(coding.list_codings(project, code="bolig")) == 1
    assert "Bolig" not in [entry.name for entry in codebook.list_codes(project, retired=False)]
    assert codebook.restore_code(project, code("bolig").id).status == "active"


def test_only_unused_codes_are_removed(project: Project, code: Code, place: Place) -> None:
    coding.apply_code(project, *place("for få boliger"), code("bolig"))
    with pytest.raises(Refusal, match="1 koding og 1 underkode"):
        codebook.remove_code(project, code("bolig").id)
    codebook.remove_code(project, code("okonomi").id)
    assert _names(project) == ["Bolig", "Midlertidig bolig"]
    assert [theme.title for theme in codebook.list_themes(project)] == ["Bolig"]


def test_a_theme_with_other_codes_outlives_a_removed_one(project: Project, code: Code) -> None:
    theme = codebook.find_theme(project, "Bolig")
    codebook.set_theme(project, theme.id, codes=[code("bolig").id, code("okonomi").id])
    codebook.remove_code(project, code("okonomi").id)
    assert codebook.find_theme(project, "Bolig").codes == (code("bolig").id,)


def test_codes_are_found_folded_and_by_beginning(project: Project, code: Code) -> None:
    for typed in ("okonomi", "oekonomi", "ØKONOMI", "økon", code("okonomi").id):
        assert code(typed).name == "Økonomi"
    with pytest.raises(NotFound) as refused:
        code("bolgi")
    assert "bolig" in str(refused.value).casefold()


def test_a_codebook_is_taken_in_once(project: Project) -> None:
    book = read_starter("rusfeltet")
    before = len(codebook.list_codes(project))
    added = codebook.load_codebook(project, book)
    slugs = {entry.slug for entry in codebook.list_codes(project)}
    assert {"bolig", "rop", "spesialisthelse", "okonomi", "brukerokonomi"} <= slugs
    assert len(codebook.list_codes(project)) == before + added
    assert codebook.load_codebook(project, book) == 0


def test_the_codebook_comes_out_as_it_went_in(project: Project) -> None:
    book = read_starter("rusfeltet")
    codebook.load_codebook(project, book)
    out = {code.slug: code for code in codebook.as_codebook(project)}
    for each in book:
        if each.slug not in ("bolig", "okonomi"):
            same = out[each.slug]
            assert (same.name, same.parent, same.definition, same.examples, same.signals) == (
                each.name, each.parent, each.definition, each.examples, each.signals,
            )  # fmt: skip


def test_a_name_typed_decomposed_is_the_same_name(project: Project) -> None:
    """Some systems hand over å as a and a ring."""
    made = codebook.add_code(project, unicodedata.normalize("NFD", "Årsak"))
    assert made.name == "Årsak"
    with pytest.raises(Refusal, match="finnes fra før"):
        codebook.add_code(project, "Årsak")
    one = cases.add_case(project, unicodedata.normalize("NFD", "Ås"))
    assert cases.add_case(project, "Ås") == one


def test_words_typed_decomposed_are_stored_as_all_others(project: Project, code: Code, place: Place) -> None:
    typed, stored = "a\u030a bo\r\ner", "å bo\ner"
    entry = codebook.set_code(project, code("Bolig").id, definition=typed, brief=typed, examples=[typed], folder=False)
    assert (entry.definition, entry.brief, entry.examples) == (stored, stored, (stored,))
    memo = memos.write_memo(project, "code", entry.id, typed)
    assert memo.text == stored
    assert memos.change_memo(project, memo.id, text=f"{typed}!").text == f"{stored}!"
    note = notes.add_note(project, *place("få boliger"), typed)
    assert note.text == stored
    notes.edit_note(project, note.id, f"{typed}!")
    assert [each.text for each in notes.list_notes(project)] == [f"{stored}!"]


def test_a_folder_is_one_in_the_codebook_too(project: Project, code: Code, tmp_path: Path) -> None:
    codebook.set_code(project, code("Midlertidig bolig").id, folder=True)
    other = projects.create(tmp_path / "annen.kodebenk", coder="Ola")
    codebook.load_codebook(other, codebook.as_codebook(project))
    assert [each.name for each in codebook.list_codes(other) if each.folder] == ["Midlertidig bolig"]
    other.close()


def test_a_slug_that_another_code_took_elsewhere_is_numbered(project: Project) -> None:
    with project.write() as act:
        for number in range(3):
            act.record("code.add", {"id": f"kode{number}", "card": act.card({"slug": "felles", "name": f"F{number}"})})
        act.record("code.set", {"id": "kode0", "card": act.card({"slug": "felles"})})
    found = {each.id: each.slug for each in codebook.list_codes(project)}
    assert [found[f"kode{number}"] for number in range(3)] == ["felles", "felles-2", "felles-3"]


def test_a_case_does_not_take_anothers_name(project: Project) -> None:
    case = cases.find_case(project, "Storhamn")
    for name, why in (("elvestrand", "heter"), (" ", "må ha et navn")):
        with pytest.raises(Refusal, match=why):
            cases.set_case(project, case.id, name=name)
    cases.set_case(project, case.id, name="Storehavn")
    assert cases.find_case(project, "Storehavn").id == case.id


class TestNotes:
    def test_margin_notes_and_memos(self, project: Project, place: Place, code: Code) -> None:
        note = notes.add_note(project, *place("for få boliger"), " se også Storhamn ")
        assert (note.text, note.coder) == ("se også Storhamn", "Kari Koder")
        notes.edit_note(project, note.id, "nytt")
        assert [each.text for each in notes.list_notes(project, place("boliger")[0])] == ["nytt"]
        memo = memos.write_memo(project, "code", code("bolig").id, "Om bolig")
        memos.write_memo(project, "code", code("bolig").id, "Mer om bolig", memo=memo.id)
        (only,) = memos.list_memos(project, code("bolig").id)
        assert (only.text, only.id, only.created) == ("Mer om bolig", memo.id, memo.created)
        notes.remove_note(project, note.id)
        memos.remove_memo(project, memo.id)
        assert notes.list_notes(project) == memos.list_memos(project) == []

    def test_refusals(self, project: Project, place: Place) -> None:
        source, start, end = place("for få boliger")
        note = notes.add_note(project, source, start, end, "merknad")
        memo = memos.write_memo(project, "project", project.uid, "memo")
        notes.remove_note(project, note.id)
        memos.remove_memo(project, memo.id)
        before = journal.heads(project.connection)
        for verb, why in (
            (lambda: notes.add_note(project, source, start, end, " "), "tom"),
            (lambda: notes.add_note(project, source, end, start, "x"), "utenfor"),
            (lambda: notes.edit_note(project, note.id, "nytt"), "finnes ikke"),
            (lambda: notes.edit_note(project, note.id, ""), "tom"),
            (lambda: notes.remove_note(project, note.id), "finnes ikke"),
            (lambda: memos.remove_memo(project, memo.id), "finnes ikke"),
            (lambda: memos.write_memo(project, "måne", "x", "y"), "måne"),
            (lambda: memos.write_memo(project, "code", "x", " "), "tomt"),
        ):
            with pytest.raises(Refusal, match=why):
                verb()
        assert journal.heads(project.connection) == before


def test_a_new_case_does_not_take_the_place_of_one_that_was_renamed(project: Project) -> None:
    old = cases.add_case(project, "Nord")
    cases.set_case(project, old.id, name="Nordfylket")
    new = cases.add_case(project, "Nord")
    assert new.id != old.id
    assert {each.name for each in cases.list_cases(project)} >= {"Nord", "Nordfylket"}
