"""Correcting a text: codings follow exactly, turns and speakers stay who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import checking, coding, sources, texts
from workbench.services.importing import SpeakerChoice
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], Any]


def _turns(project: Project, source: Source) -> list[tuple[str, str, str, str]]:
    """(label, role, informant, what is said) of every turn, with the places of labels checked."""
    shown = sources.show_source(project, source)
    for turn in shown.turns:
        assert shown.text[turn.label_start : turn.start].startswith(turn.speaker)
    return [(t.speaker, t.role, t.informant, shown.text[t.start : t.end]) for t in shown.turns]


def _now(project: Project, source: Source) -> Source:
    return next(each for each in sources.list_sources(project) if each.id == source.id)


@pytest.fixture(autouse=True)
def _sound(project: Project) -> Any:
    yield
    assert checking.check(project).problems == ()


def test_a_typo_is_corrected_and_codings_follow(project: Project, place: Place, code: Code) -> None:
    before = coding.apply_code(project, *place("Vi har for få boliger"), code("bolig"))
    after = coding.apply_code(project, *place("Tilskuddet går ut"), code("okonomi"))
    source, start, end = place("få")
    revision = texts.correct_typo(project, source, start, end, "altfor få")
    assert (revision.source.version_number, revision.edits) == (2, 1)
    assert coding.get_coding(project, before.id).text == "Vi har for altfor få boliger"
    assert coding.get_coding(project, after.id).text == "Tilskuddet går ut"
    assert _turns(project, revision.source)[1][3] == "Vi har for altfor få boliger. Ola venter ennå."


def test_an_unchanged_text_or_a_place_outside_is_refused(project: Project, place: Place) -> None:
    source, start, end = place("få")
    with pytest.raises(Refusal, match="uendret"):
        texts.correct_typo(project, source, start, end, "få")
    with pytest.raises(Refusal, match="utenfor"):
        texts.correct_typo(project, source, 0, 10_000, "")
    assert _now(project, source).version_number == 1


class TestMasking:
    def test_everywhere_with_genitive_but_never_inside_another_name(self, project: Project, place: Place) -> None:
        source = place("Karianne")[0]
        texts.correct_typo(project, place("På mottaket")[0], *place("mottaket")[1:], "mottaket til Kari")
        revisions = texts.mask_name(project, source, "Kari", "I1")
        assert [revision.source.name for revision in revisions] == ["Første", "Andre"]
        text = sources.show_source(project, _now(project, source)).text
        assert "I1s budsjett" in text
        assert "Karianne vet mer" in text
        assert "Kari:" not in text

    def test_only_here(self, project: Project, place: Place) -> None:
        texts.correct_typo(project, place("På mottaket")[0], *place("mottaket")[1:], "mottaket til Kari")
        other = place("til Kari")[0]
        (revision,) = texts.mask_name(project, place("Karianne")[0], "kari", "I1", everywhere=False)
        assert revision.source.name == "Første"
        assert "til Kari" in sources.show_source(project, _now(project, other)).text
        assert "I1" not in [speaker.label for speaker in sources.list_speakers(project, other)]

    @pytest.mark.parametrize("label", ["Kari", "Kari Nordmann"])
    def test_a_masked_speaker_stays_who_they_are(self, project: Project, place: Place, label: str) -> None:
        source = place("Karianne")[0]
        if label != "Kari":
            source = texts.rename_speaker(project, source, "Kari", label).source
        masked = texts.mask_name(project, source, "Kari", "Leder")[0].source
        assert _turns(project, masked)[1][:3] == (label.replace("Kari", "Leder"), "participant", "I01")

    def test_a_name_that_is_not_there_or_is_empty_is_refused(self, project: Project, place: Place) -> None:
        for name, new, why in (("Petter", "X", "Finner ikke"), (" ", "X", "Skriv både"), ("Ola", "", "Skriv både")):
            with pytest.raises(Refusal, match=why):
                texts.mask_name(project, place("Karianne")[0], name, new)


class TestSpeakers:
    def test_a_renamed_speaker_stays_who_they_are(self, project: Project, place: Place) -> None:
        source = texts.rename_speaker(project, place("Karianne")[0], "Kari", "Enhetsleder").source
        source = texts.rename_speaker(project, source, "Intervjuer", "Forsker").source
        assert {turn[:3] for turn in _turns(project, source)} == {
            ("Forsker", "interviewer", ""), ("Enhetsleder", "participant", "I01"),
        }  # fmt: skip

    def test_a_speaker_renamed_to_another_becomes_that_one(self, project: Project, place: Place) -> None:
        source = texts.rename_speaker(project, place("Karianne")[0], "Intervjuer", "Kari").source
        assert {turn[:3] for turn in _turns(project, source)} == {("Kari", "participant", "I01")}

    def test_a_turn_is_given_to_another(self, project: Project, place: Place) -> None:
        source, start, _ = place("Selv takk")
        revised = texts.correct_speaker(project, source, start, "Intervjuer").source
        assert _turns(project, revised)[-1] == ("Intervjuer", "interviewer", "", "Selv takk.")
        assert _turns(project, revised)[1][:3] == ("Kari", "participant", "I01")

    def test_roles_and_informants_are_set_without_touching_the_text(self, project: Project, place: Place) -> None:
        source = place("På mottaket")[0]
        texts.set_speaker(project, source, SpeakerChoice(label="Bruker", role="other", informant="I77"))
        assert _now(project, source).version_number == 1
        assert _turns(project, source)[1][:3] == ("Bruker", "other", "I77")
        assert "I77" in _now(project, source).informants
        for label, role, why in (("Ukjent", "other", "Ingen taler"), ("Bruker", "gjest", "ingen rolle")):
            with pytest.raises(Refusal, match=why):
                texts.set_speaker(project, source, SpeakerChoice(label=label, role=role))
        with pytest.raises(Refusal, match="Ingen taler"):
            texts.rename_speaker(project, source, "Ukjent", "Ny")
        with pytest.raises(Refusal, match="fra før"):
            texts.rename_speaker(project, source, "Bruker", "Bruker")
        with pytest.raises(Refusal, match="må ha et navn"):
            texts.rename_speaker(project, source, "Bruker", " : ")


class TestTurns:
    def test_a_turn_is_split_and_united_again(self, project: Project, place: Place, code: Code) -> None:
        made = coding.apply_code(project, *place("Ola venter ennå"), code("bolig"))
        source, start, _ = place("Ola venter")
        before = sources.show_source(project, source).text
        split = texts.split_turn(project, source, start, "Ola").source
        assert [turn[0] for turn in _turns(project, split)][1:3] == ["Kari", "Ola"]
        assert [turn[3] for turn in _turns(project, split)][1:3] == ["Vi har for få boliger.", "Ola venter ennå."]
        assert coding.get_coding(project, made.id).text == "Ola venter ennå"
        united = texts.unite_turns(project, split, place("få boliger")[1]).source
        assert sources.show_source(project, united).text == before
        assert coding.get_coding(project, made.id).text == "Ola venter ennå"
        assert len(_turns(project, united)) == 6

    def test_the_ends_and_what_is_no_turn_are_refused(self, project: Project, place: Place) -> None:
        source, start, end = place("Selv takk.")
        for offset in (start, end):
            with pytest.raises(Refusal, match="Stå inne i"):
                texts.split_turn(project, source, offset, "X")
        with pytest.raises(Refusal, match="siste replikken"):
            texts.unite_turns(project, source, start)
        with pytest.raises(Refusal, match="Ingen taler har ordet"):
            texts.split_turn(project, place("Møtet handlet")[0], 5, "X")


def test_describe_counts_places_and_sources(project: Project, place: Place) -> None:
    assert texts.describe(texts.mask_name(project, place("Karianne")[0], "Ola", "X")) == "1 sted endret i 1 kilde."
