"""Codings in a newer version of a text: what is placed, what is left to a person, and that nothing is guessed."""

from __future__ import annotations

import re

import pytest

from corpus.alignment import align
from corpus.anchoring import Anchor, Placement, place

_QUESTIONS = (
    "Hvordan kom du i kontakt med tjenesten i kommunen?",
    "Hva skjedde da du fikk brev om leiligheten?",
    "Hvem ringer du til når det butter imot om kvelden?",
    "Er det noe du savner i oppfølgingen du får i dag?",
)
_ANSWERS = (
    "Det var søsteren min som tok meg med på kontoret. Hun hadde hørt om dem på jobben, og så gikk vi dit en tirsdag.",
    "Jeg turte ikke åpne det. Det lå på kjøkkenbordet i tre dager før naboen leste det høyt for meg. Da gråt jeg litt.",
    "Da ringer jeg Solveig. Hun tar alltid telefonen, enda hun egentlig har fri. Det betyr mer enn alle planene de lager.",
    "En fast person. De skifter hele tiden, og da må jeg begynne forfra. Jeg er så lei av å fortelle historien min.",
)
INTERVIEW = "".join(f"Intervjuer: {q}\nKari: {a}\n" for q, a in zip(_QUESTIONS, _ANSWERS, strict=True))
SHORT = "Intervjuer: Mm.\nKari: Ja.\n"
FIRST = "naboen leste det høyt for meg"


def one(old: str, new: str, quote: str, occurrence: int = 1) -> Placement:
    """Where a quote of the old text is placed; its start must be a place of its own in that text."""
    start = -1
    for _ in range(occurrence):
        start = old.index(quote, start + 1)
    (found,) = place(old, new, [Anchor(key="k", start=start, end=start + len(quote))])
    assert found.key == "k"
    if found.how == "queued":
        assert (found.start, found.end) == (0, 0)
        assert found.reason.endswith(".")
        assert len(found.candidates) <= 5
        assert all(0 <= low < high <= len(new) for low, high in found.candidates)
    else:
        assert found.candidates == ()
        assert found.reason == ""
        assert (new[found.start : found.end] == quote) == (found.how in ("same", "moved"))
        assert found.how != "same" or found.start == start
    return found


def words(new: str, found: Placement) -> str:
    return new[found.start : found.end]


def test_an_untouched_text_leaves_all_where_it_was() -> None:
    found = place(INTERVIEW, INTERVIEW, [Anchor(key=str(n), start=n, end=n + 9) for n in range(0, 300, 7)])
    assert [(each.key, each.how, each.start, each.end) for each in found] == [
        (str(n), "same", n, n + 9) for n in range(0, 300, 7)
    ]


def test_the_map_may_be_given_and_the_order_is_kept() -> None:
    new = "Transkripsjon 2\n" + INTERVIEW
    anchors = [Anchor(key="b", start=200, end=230), Anchor(key="a", start=20, end=40)]
    found = place(INTERVIEW, new, anchors, align(INTERVIEW, new))
    assert found == place(INTERVIEW, new, anchors)
    assert [(each.key, each.how, each.start) for each in found] == [("b", "moved", 216), ("a", "moved", 36)]


@pytest.mark.parametrize(
    ("was", "now", "quote", "how", "expected"),
    [
        ("Intervjuer:", "Forsker:", FIRST, "moved", FIRST),  # speaker labels renamed throughout
        ("Kari:", "Informant 1:", _ANSWERS[3], "moved", _ANSWERS[3]),
        ("Kari: ", "[00:12:31] Kari: ", _ANSWERS[2], "moved", _ANSWERS[2]),  # time stamps put in
        ("\n", "\n\n", _ANSWERS[1], "moved", _ANSWERS[1]),  # line breaks changed
        (". ", ".\n", _ANSWERS[0], "changed", _ANSWERS[0].replace(". ", ".\n")),
        ("naboen", "Gerd i naboleiligheten", "dager før naboen leste det høyt", "changed",
         "dager før Gerd i naboleiligheten leste det høyt"),
        ("leste", "lesste", "leste", "changed", "lesste"),
        ("Da gråt jeg litt.", "Da gråt jeg litt. Og så lo jeg av det.", "Da gråt jeg litt.", "moved", "Da gråt jeg litt."),
        ("Da gråt jeg litt.", "Skjønner du? Da gråt jeg litt.", "Da gråt jeg litt.", "moved", "Da gråt jeg litt."),
        (" Da gråt jeg litt.", "", FIRST, "moved", FIRST),  # deleted just after
        (_ANSWERS[1].partition("naboen")[0], "", FIRST, "moved", FIRST),  # deleted just before
    ],
)  # fmt: skip
def test_a_span_follows_its_words(was: str, now: str, quote: str, how: str, expected: str) -> None:
    new = "0\n" + INTERVIEW.replace(was, now)
    found = one(INTERVIEW, new, quote)
    assert found.how == how, (found.reason, [new[low:high] for low, high in found.candidates])
    assert words(new, found) == expected


def test_a_span_of_several_turns_takes_in_what_was_added_between_them() -> None:
    old = INTERVIEW + SHORT
    quote = old[old.index("En fast person") :].rstrip()
    new = old.replace("\nIntervjuer: Mm.", "\nIntervjuer: Ja vel.\nKari: Virkelig lei.\nIntervjuer: Mm.")
    found = one(old, new, quote)
    assert found.how == "changed"
    assert words(new, found) == new[new.index("En fast person") :].rstrip()


def test_a_paragraph_that_was_moved_is_found_by_long_quotes_only() -> None:
    turns = INTERVIEW.splitlines(keepends=True)
    new = "".join(turns[2:6] + turns[:2] + turns[6:])
    found = one(INTERVIEW, new, _ANSWERS[0])
    assert (found.how, words(new, found)) == ("moved", _ANSWERS[0])
    short = one(INTERVIEW, new, "søsteren min")
    assert short.how == "queued"
    assert new[slice(*short.candidates[0])] == "søsteren min"


def test_a_moved_quote_that_stands_twice_in_either_text_is_queued() -> None:
    twice = INTERVIEW + f"Kari: {_ANSWERS[0]}\n"
    turns = INTERVIEW.splitlines(keepends=True)
    moved = "".join(turns[2:6] + turns[:2] + turns[6:])
    assert one(INTERVIEW, moved + f"Kari: {_ANSWERS[0]}\n", _ANSWERS[0]).how == "queued"
    assert one(twice, "".join(turns[2:6] + turns[1:2] + turns[6:]), _ANSWERS[0]).how == "queued"


def test_the_same_words_in_a_place_that_other_text_holds_are_not_taken_for_moved() -> None:
    question = "Kan du fortelle litt mer om hvordan de følger deg opp?"
    slip = question.replace("hvordan", "vordan")
    old = f"Intervjuer: {question}\n{INTERVIEW}Intervjuer: {slip}\nKari: Nei, ikke i dag.\n"
    new = f"{INTERVIEW}Intervjuer: {question}\nKari: Nei, ikke i dag.\n"
    assert one(old, new, question).how == "queued"


def test_a_moved_quote_that_begins_with_another_sentences_full_stop_is_queued() -> None:
    tale = " Hun hadde hørt om dem på jobben, og så gikk vi dit en tirsdag."
    new = INTERVIEW.replace(tale, "").replace("ringer jeg Solveig.", f"ringer jeg Solveig.{tale}")
    assert one(INTERVIEW, new, tale).how == "moved"
    assert one(INTERVIEW, new, f".{tale}").how == "queued"


@pytest.mark.parametrize("occurrence", [1, 2])
def test_of_two_equal_turns_of_which_one_was_deleted_both_are_queued(occurrence: int) -> None:
    exchange = "Kari: Ja.\nIntervjuer: Mm.\n"
    old = INTERVIEW + exchange * 2 + "Kari: Og så var det tannlegen som skulle betales, da.\n"
    new = old.replace(exchange * 2, exchange)
    assert one(old, new, "Ja.", occurrence).how == "queued"
    assert one(old, new, "Mm.", occurrence).how == "queued"


@pytest.mark.parametrize("occurrence", [1, 2])
def test_of_two_equal_turns_apart_the_one_that_is_left_keeps_its_coding(occurrence: int) -> None:
    turns = INTERVIEW.splitlines(keepends=True)
    said = "Kari: Ja, ja.\n"
    old = "".join([*turns[:2], said, *turns[2:6], said, *turns[6:]])
    new = "".join([*turns[:6], said, *turns[6:]])
    found = one(old, new, "Ja, ja.", occurrence)
    assert found.how == ("queued" if occurrence == 1 else "moved")


def test_a_question_asked_twice_keeps_each_answer_apart() -> None:
    again = f"Intervjuer: {_QUESTIONS[0]}\nKari: Det har jeg sagt.\n"
    old, new = INTERVIEW + again, "Nytt hode\n" + INTERVIEW.replace("tirsdag", "onsdag") + again
    assert one(old, new, _QUESTIONS[0], 1).start == new.index(_QUESTIONS[0])
    assert one(old, new, _QUESTIONS[0], 2).start == new.rindex(_QUESTIONS[0])


def test_what_was_deleted_or_written_anew_is_queued_with_a_reason() -> None:
    gone = one(INTERVIEW, INTERVIEW.replace(f"Kari: {_ANSWERS[1]}\n", ""), FIRST)
    assert (gone.how, gone.candidates) == ("queued", ())
    assert "tatt ut" in gone.reason
    anew = one(INTERVIEW, INTERVIEW.replace(_ANSWERS[1], "Æ lot den ligge ei uke, helt te ho Gerd kom ned."), FIRST)
    assert anew.how == "queued"
    assert "skrevet om" in anew.reason


def test_a_passage_of_which_only_the_ends_were_kept_is_queued() -> None:
    said = "Jeg ringte dem hver eneste uke. " * 6
    before = "Det lå på kjøkkenbordet i tre dager før naboen leste det høyt for meg. "
    after = "Da gråt jeg litt, og så måtte jeg le av hele greia sammen med henne."
    old = INTERVIEW.replace(_ANSWERS[1], before + said + after)
    new = old.replace(said, "Så tok søsteren min tak i saken og dro ned dit med advokat og rullestol. " * 5)
    found = one(old, new, before + said + after)
    assert found.how == "queued"
    assert "skrevet om" in found.reason
    assert before + said not in new


def test_two_equal_turns_whose_speakers_changed_places_are_queued() -> None:
    old = INTERVIEW + "R: Mm.\nI: Mm.\nR: Ta det igjen, du, for jeg hørte ikke hva du spurte om.\n"
    new = old.replace("R: Mm.\nI: Mm.", "I: Mm.\nR: Mm.")
    assert one(old, new, "Mm.").how == "queued"


def test_short_turns_are_placed_although_every_label_around_them_is_new() -> None:
    exchanges = zip(_QUESTIONS, _ANSWERS, strict=True)
    old = "".join(f"Intervjuer: {q}\nKari: Ja, ja.\nIntervjuer: Mm.\nKari: {a}\n" for q, a in exchanges)
    new = old.replace("Intervjuer:", "Forsker:").replace("Kari:", "Informant 1:")
    for quote in ("Ja, ja.", "Mm."):
        found = [one(old, new, quote, occurrence) for occurrence in (1, 2, 3, 4)]
        assert [each.start for each in found] == [match.start() for match in re.finditer(re.escape(quote), new)]


def test_a_span_whose_first_words_were_cut_away_is_queued() -> None:
    cut = INTERVIEW.replace("Det lå på kjøkkenbordet i tre dager før ", "")
    found = one(INTERVIEW, cut, f"på kjøkkenbordet i tre dager før {FIRST}")
    assert found.how == "queued"
    assert any(FIRST in cut[low:high] for low, high in found.candidates)


def test_two_short_turns_that_changed_places_are_queued() -> None:
    old = INTERVIEW + "Kari: Ok.\nIntervjuer: Nei.\nKari: Ta det igjen, du, for jeg hørte ikke hva du spurte om.\n"
    new = old.replace("Kari: Ok.\nIntervjuer: Nei.\n", "Intervjuer: Nei.\nKari: Ok.\n")
    assert one(old, new, "Ok.").how == "queued"


def test_a_letter_doubled_at_a_border_is_left_to_a_person() -> None:
    found = one(INTERVIEW, INTERVIEW.replace(" naboen", " nnaboen"), FIRST)
    assert found.how == "queued"
    assert len(found.candidates) >= 1


def test_another_text_altogether_takes_nothing() -> None:
    other = "".join(f"Svar {n}: det er ikke plass i boligen, og {n} venter.\n" for n in range(20))
    found = place(INTERVIEW, other, [Anchor(key=str(n), start=n, end=n + 25) for n in range(0, 640, 20)])
    assert {each.how for each in found} == {"queued"}


def test_a_coding_emptied_before_is_queued_and_one_outside_the_text_is_an_error() -> None:
    (found,) = place(INTERVIEW, INTERVIEW, [Anchor(key="tom", start=5, end=5)])
    assert found.how == "queued"
    with pytest.raises(ValueError, match="outside the text"):
        place("kort", "kort", [Anchor(key="k", start=0, end=5)])
