"""Footnotes and the markers glued to words and numbers."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.pdf_text.profile import repair

FILL = "Teamet møter brukerne der de er, og prøver å få til gode \nsamtaler om hverdagen, om bolig og om økonomi i byen. \n"


def two_pages(above: str, note: str, below: str) -> Transcript:
    """A page that ends with footnotes under a rule, and the next one."""
    return repair(f"{FILL}{FILL}{above}\n\n \n{note}\n {below}\n{FILL}")


@pytest.mark.parametrize(
    ("above", "number", "cut"),
    [
        ("De viser til BrukerPlan1 som sin beste kilde, og de har \n", 1, "BrukerPlan som"),
        ("Det er få tjenester.3 De fleste av dem ligger langt unna \n", 3, "tjenester. De"),
        ("De kaller det «den nye regelen4» når de snakker om det \n", 4, "regelen» når"),
        ("Andelen er 50 prosent2. Den er høyere enn for ti år siden \n", 2, "prosent. Den"),
        ("Planen (2017-2030)5 gjelder ennå, og den skal fornyes av \n", 5, "(2017-2030) gjelder"),
        ("Planen er «passe ny»,6 sier de, og mener at den er til \n", 6, "«passe ny», sier"),
    ],
)
def test_a_marker_glued_to_a_word_is_cut_and_its_note_lifted(above: str, number: int, cut: str) -> None:
    transcript = two_pages(above, f"{number} Se egen omtale av dette. ", "god hjelp for dem det gjelder.")
    assert cut in transcript.text
    assert transcript.lifted == (("fotnote", f"{number} Se egen omtale av dette."),)
    assert not any(note.doubtful for note in transcript.notes)


def test_a_heading_on_the_next_page_with_the_next_number_is_no_part_of_the_notes() -> None:
    transcript = two_pages(
        "Det er få av dem. De fleste ligger langt unna byen og de \n", "1 Se A. ", f"2 Funn \n{FILL}\nMer."
    )
    assert transcript.lifted == (("fotnote", "1 Se A."),)


def test_a_marker_on_a_known_year_is_cut_and_noted() -> None:
    above = "Tallene for 2018 er klare. Det var 12 team i 20181, noe som \n"
    transcript = two_pages(above, "1 Uten bydelene. ", "er flere enn i 2017.")
    assert "team i 2018, noe som er flere" in transcript.text
    (doubt,) = [note for note in transcript.notes if note.doubtful]
    assert doubt.start is not None
    assert transcript.text[: doubt.start].endswith("i 2018")


def test_a_date_that_may_hold_a_marker_is_left_and_noted() -> None:
    above = "Vi fikk svar fra departementet (svar 7.10.1914), og der sto \n"
    transcript = two_pages(above, "14 Se svaret. ", "det at alt var i orden.")
    assert "7.10.1914), og der sto det at" in transcript.text
    assert transcript.lifted == (("fotnote", "14 Se svaret."),)
    (doubt,) = [note for note in transcript.notes if note.doubtful]
    assert doubt.start == transcript.text.index("7.10.1914")


def test_a_note_without_a_marker_is_lifted_only_under_the_rule_at_the_foot_of_a_page() -> None:
    above = "Vi fikk svar fra departementet 7.10.191, og svaret var at de \n"
    transcript = two_pages(above, "1 Se svaret. ", "ville se på det.")
    assert "7.10.191, og svaret var at de ville se" in transcript.text
    assert transcript.lifted == (("fotnote", "1 Se svaret."),)
    assert sum(note.doubtful for note in transcript.notes) == 1


def test_a_marker_belongs_to_one_footnote_only() -> None:
    above = "De har et team1 med seg, og det er de som har ansvar for at \n"
    transcript = two_pages(above, "1 Siden i fjor. \n\n1 Noe annet. ", "alle får hjelp.")
    assert transcript.lifted == (("fotnote", "1 Siden i fjor."), ("fotnote", "1 Noe annet."))
    assert "et team med seg" in transcript.text
    assert sum(note.doubtful for note in transcript.notes) == 1


def test_a_marker_is_never_looked_for_in_a_footnote_or_an_address() -> None:
    above = "De er på https://www.eksempel.no/x2 og har et team1 med seg \n"
    transcript = two_pages(above, "1 Se omtalen av team2. \n2 Se planen. ", "når de drar ut.")
    assert transcript.lifted == (("fotnote", "1 Se omtalen av team2."), ("fotnote", "2 Se planen."))
    assert "eksempel.no/x2 og har et team med seg når de drar ut." in transcript.text


def test_an_abbreviation_keeps_its_number() -> None:
    above = "Det følger av Prop.1 S (2030-2031) at kommunen1 skal ha plan \n"
    transcript = two_pages(above, "1 Med bydeler. ", "for dette arbeidet.")
    assert "Prop.1 S" in transcript.text
    assert "kommunen skal" in transcript.text


def test_two_possible_markers_are_both_left_and_noted() -> None:
    above = "De har et B1 i huset, og de har et team1 som er ute hos dem \n"
    transcript = two_pages(above, "1 Siden i fjor. ", "som vil ha det.")
    assert "B1 i huset" in transcript.text
    assert "team1 som" in transcript.text
    assert sum(note.doubtful for note in transcript.notes) == 1


def test_a_word_broken_around_a_footnote_is_whole_again() -> None:
    above = "Alle de som er med i kommunen1, sier at det er viktig for kom- \n"
    transcript = two_pages(above.replace("- \n", "-\n"), "1 Se planen. ", "munen å være med.")
    assert "viktig for kommunen å være med." in transcript.text


def test_a_note_may_be_glued_to_its_number_and_carry_a_broken_word() -> None:
    above = "Det er kontroll med dem som er dømt.1 De møter dem hver uke \n"
    transcript = two_pages(above, "1Teksten er fra kom-\nmunen selv. ", "på kontoret i kommunen.")
    assert transcript.lifted == (("fotnote", "1Teksten er fra kommunen selv."),)


def test_a_numbered_list_is_no_footnote() -> None:
    text = f"{FILL}De har tre mål for CO2: \n\n1 Alle skal ha et hjem. \n\n2 Alle skal ha mat. \n\n{FILL}"
    transcript = repair(text)
    assert transcript.lifted == ()
    assert "CO2:\n\n1 Alle skal ha et hjem.\n\n2 Alle skal ha mat.\n\n" in transcript.text


def test_raised_markers_need_no_signs_of_a_page() -> None:
    text = "Loven gjelder for alle.¹ Den er ny, og den er omstridt hos mange.\n\n¹ Lov om tjenester.\n\nDe fleste er enige.\n"
    transcript = repair(text)
    assert (
        transcript.text == "Loven gjelder for alle. Den er ny, og den er omstridt hos mange.\n\nDe fleste er enige.\n"
    )
    assert transcript.lifted == (("fotnote", "¹ Lov om tjenester."),)


def test_link_targets_at_the_foot_of_a_page_are_lifted() -> None:
    text = f"{FILL}Vi viser andelen av brukere \n\nhttp://tall.eksempel.no/x/\n som har det bra.\n"
    transcript = repair(text)
    assert "andelen av brukere som har det bra." in transcript.text
    assert transcript.lifted == (("lenke", "http://tall.eksempel.no/x/"),)
