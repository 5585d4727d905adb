"""Turns by example: labels, stamps, roles and the shapes that machines write."""

from __future__ import annotations

import pytest

from corpus.model import ReadOptions, Role, Turn
from corpus.turns import guess_kind, parse_turns


def turns_of(text: str, options: ReadOptions | None = None) -> tuple[Turn, ...]:
    return parse_turns(text, options or ReadOptions())[0]


def said(text: str, options: ReadOptions | None = None) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns_of(text, options)]


def roles(text: str) -> dict[str, Role]:
    return {turn.speaker: turn.role for turn in turns_of(text)}


def warnings(text: str, options: ReadOptions | None = None) -> list[str]:
    return [note.message for note in parse_turns(text, options or ReadOptions())[1] if note.doubtful]


@pytest.mark.parametrize("stamp", [" [00:00:02]:", ": [00:00:02]"])
def test_noscribe_has_short_names_and_a_stamp_on_either_side_of_the_colon(stamp: str) -> None:
    text = f"intervju\n\nTranscribed with noScribe vers. 0.6\n\nS00{stamp} Hei.\nS01: Takk for det.\nS00: Bra.\n"
    assert said(text) == [("S00", "Hei."), ("S01", "Takk for det."), ("S00", "Bra.")]
    assert [turn.start_ms for turn in turns_of(text)] == [2000, None, None]


def test_trint_has_a_name_and_a_stamp_before_the_speech_on_one_line() -> None:
    text = "Speaker 1 [00:00:02] Hei og velkommen.\n\nKari [00:00:12] Takk.\n\nSpeaker 1 [00:01:20] Da begynner vi.\n"
    assert said(text) == [("Speaker 1", "Hei og velkommen."), ("Kari", "Takk."), ("Speaker 1", "Da begynner vi.")]
    assert [turn.start_ms for turn in turns_of(text)] == [2000, 12000, 80000]


def test_a_reference_with_a_time_in_brackets_names_nobody() -> None:
    assert not turns_of("Opptak A [00:00:02] er brukt.\nDet er bra.\nVi så også Opptak B [00:10:02] her.\nMer.\n")


def test_lines_without_a_label_continue_the_turn_and_the_heading_belongs_to_nobody() -> None:
    heading = "Intervju 02 – Bydel Lunden\n\n"
    text = heading + "Intervjuer: Hva gjør du?\n\nInformant 1: Jo, altså [pause]\n  jeg er lærer.\n\nMer.\n"
    assert said(text) == [
        ("Intervjuer", "Hva gjør du?"),
        ("Informant 1", "Jo, altså [pause]\n  jeg er lærer.\n\nMer."),
    ]
    first, second = turns_of(text)
    assert text[first.label_start :].startswith("Intervjuer:")
    assert first.end <= second.label_start


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("I:", "I"),
        ("R1 :", "R1"),
        ("I2:", "I2"),
        ("D3:", "D3"),
        ("Intervjuar:", "Intervjuar"),
        ("INFORMANT 1:", "INFORMANT 1"),
        ("Informant A:", "Informant A"),
        ("Informant (kvinne, 45):", "Informant (kvinne, 45)"),
        ("[00:01:02] Informant 1:", "Informant 1"),
        ("0:10 Informant:", "Informant"),
        ("(12:30) Informant:", "Informant"),
        ("Informant [00:01]:", "Informant"),
        ("**Informant 1:**", "Informant 1"),
        ("**Informant 1**:", "Informant 1"),
        ("[Informant 1]:", "Informant 1"),
        ("\u00a0Informant\u00a01:\u00a0", "Informant\u00a01"),
    ],
)
def test_labels_of_role_words_and_letters(label: str, speaker: str) -> None:
    text = f"Intervjuer: Hei.\n{label} Ja, det er det.\nIntervjuer: Takk.\n"
    assert said(text)[1] == (speaker, "Ja, det er det.")


@pytest.mark.parametrize(
    "line",
    [
        "Merk: dette er viktig",
        "Obs: pass på",
        "10:30 møttes vi",
        "10:30: vi møttes",
        "kl. 10:30: oppstart",
        "http://eksempel.no",
        "https: //eksempel.no",
        "Det er slik: vi venter",
        "Vedtak: utsatt",
        "Figur 3: boliger",
        "Fagleder sier: nei",
        "Svar: nei",
        "For eksempel: dette",
        "I dag: fint vær",
        "i: liten bokstav",
        "Sak 12 om bolig: utsatt",
        "Sted og dato: her i dag",
        "10:30 Kaffe",
    ],
)
def test_the_stop_list_makes_no_speaker_even_when_it_recurs(line: str) -> None:
    text = f"Intervjuer: Hei.\nInformant 1: Ja.\n{line}\n{line}\nIntervjuer: Takk.\n"
    assert said(text) == [("Intervjuer", "Hei."), ("Informant 1", f"Ja.\n{line}\n{line}"), ("Intervjuer", "Takk.")]


@pytest.mark.parametrize("shape", ["#{}:", "@{}:", "[{}]", "{{{}}}", "[{}]:"])
def test_labels_as_qualcoder_knows_them(shape: str) -> None:
    names = ("Kari Nordmann", "Informant 1", "Kari Nordmann", "Informant 1", "I")
    text = "".join(f"{shape.format(name)} Ja, [latter] det er det.\n[Pause]\n" for name in names)
    assert said(text) == [(name, "Ja, [latter] det er det.\n[Pause]") for name in names]
    below = "".join(f"{shape.format(name)}\nJa.\n" for name in names)
    assert said(below) == [(name, "Ja.") for name in names]


def test_words_in_brackets_are_no_speakers_by_themselves() -> None:
    text = (
        "Intervjuer: Hei.\n[Alle reiser seg] og så\n[Alle reiser seg] igjen\nInformant: Ja.\n[Musikken] spiller\n" * 2
    )
    assert {speaker for speaker, _text in said(text)} == {"Intervjuer", "Informant"}
    assert turns_of("[Latter] ja\n[Pause] nei\n" * 4) == ()
    assert turns_of("[Vedlegg] ja\n[Vedlegg] nei\n") == ()


def test_nynorsk_labels() -> None:
    text = "Intervjuar: Kva gjer du?\nDeltakar 1: Eg er lærar.\nForskar: Kvifor?\nFleire: Ja.\nFleire: Nei.\n"
    assert roles(text) == {
        "Intervjuar": "interviewer",
        "Deltakar 1": "participant",
        "Forskar": "interviewer",
        "Fleire": "other",
    }


@pytest.mark.parametrize("number", [4, 8])
def test_focus_groups(number: int) -> None:
    labels = ["M", *(f"D{n}" for n in range(1, number + 1)), "Alle"]
    text = "".join(f"{label}: Jeg mener det.\n" for label in labels * 2)
    assert [speaker for speaker, _text in said(text)] == labels * 2
    assert roles(text)["M"] == "interviewer" and roles(text)["D4"] == "participant"
    names = ["Moderator", "Kari", "Åse-Marie", "Øyvind", "Per Ole", "Ida (vara)"]
    text = "".join(f"{name}: Jeg mener det.\n" for name in names * 2)
    assert [speaker for speaker, _text in said(text)] == names * 2


def test_numbered_voices_of_machines_count_once() -> None:
    assert said("Taler 1: Hei.\nTaler 2: Ja.\nTaler 1: Bra.\n")[1] == ("Taler 2", "Ja.")


def test_a_stop_word_stays_one_when_confirmed() -> None:
    options = ReadOptions(confirmed_labels=frozenset({"Merk"}))
    assert said("Intervjuer: Hei.\nMerk: se her.\n", options) == [("Intervjuer", "Hei.\nMerk: se her.")]


def test_free_names_count_when_they_recur() -> None:
    text = "Øyvind: Hei.\nÅse-Marie O’Neil: Ja?\nØyvind: Nei.\nÅse-Marie O’Neil: Jo.\nBjørn: Og jeg.\n"
    assert [speaker for speaker, _text in said(text)] == ["Øyvind", "Åse-Marie O’Neil", "Øyvind", "Åse-Marie O’Neil"]
    note = next(note for note in parse_turns(text)[1] if "Bjørn" in note.message)
    assert note.doubtful and text[note.start :].startswith("Bjørn:")


def test_a_confirmed_name_counts_once_and_a_rejected_one_never() -> None:
    text = "Øyvind: Hei.\nÅse: Ja?\nØyvind: Nei.\nÅse: Jo.\nbjørn fra nav: Og jeg.\n"
    confirmed = ReadOptions(confirmed_labels=frozenset({"bjørn fra nav"}))
    assert said(text, confirmed)[-1] == ("bjørn fra nav", "Og jeg.")
    rejected = ReadOptions(rejected_labels=frozenset({"Åse"}), confirmed_labels=frozenset({"Øyvind"}))
    assert [speaker for speaker, _text in said(text, rejected)] == ["Øyvind", "Øyvind"]


def test_recurring_headings_in_notes_are_no_speakers() -> None:
    assert turns_of("Bolig: mangler.\nØkonomi: stramt.\nBolig: mer.\nØkonomi: mindre.\n") == ()
    assert turns_of("Huset: slitent.\nHagen vokser.\nHuset: malt.\n") == ()
    long_report = "Kommunen har en plan.\n" * 300 + "Elvestrand: ja.\nFuruvik: nei.\nElvestrand: nei.\nFuruvik: ja.\n"
    assert turns_of(long_report) == ()
    assert any("Elvestrand" in message for message in warnings(long_report))


def test_a_report_that_quotes_an_interview_is_no_transcript() -> None:
    quoted = "Intervjuer: Hvorfor det?\nInformant 1: Fordi det er dyrt.\n"
    report = "Kommunen har en plan for boliger og følger den opp.\n" * 500
    assert turns_of(report + quoted + report) == ()
    assert any("Informant 1" in message for message in warnings(report + quoted + report))
    assert len(turns_of("Innledning.\n" * 500 + quoted * 10)) == 20


def test_letters_in_a_list_are_no_speakers() -> None:
    assert turns_of("Alternativene:\nA: ja\nB: nei\nC: vet ikke\n") == ()


def test_heading_lines_that_name_people_do_not_speak() -> None:
    heading = "Intervjuer: Kari Hansen\nInformant: Fagleder\nDato: 3. mars\n\n"
    text = heading + "I: Hvordan går det?\nR: Bra.\nI: Fint?\nR: Ja.\n"
    assert [speaker for speaker, _text in said(text)] == ["I", "R", "I", "R"]
    assert roles(text) == {"I": "interviewer", "R": "participant"}


def test_i_is_the_interviewer_beside_r_and_the_informant_beside_intervjuer() -> None:
    assert roles("I: Hei?\nR: Ja.\n") == {"I": "interviewer", "R": "participant"}
    assert roles("I: Hei?\nB: Ja.\nI: Å?\n") == {"I": "interviewer", "B": "participant"}
    assert roles("Intervjuer: Hei?\nI: Ja.\n") == {"Intervjuer": "interviewer", "I": "participant"}
    assert roles("F: Hei?\nI1: Ja.\nI2: Nei.\n") == {"F": "interviewer", "I1": "participant", "I2": "participant"}
    assert roles("M: Hei?\nD1: Ja.\nD2: Nei.\n") == {"M": "interviewer", "D1": "participant", "D2": "participant"}


def test_an_ambiguous_i_is_told_by_who_asks_and_is_said_to_be_a_guess() -> None:
    text = "I: Ja, her er jeg og forteller.\nKari: Hva da?\nI: Det var ikke så lett den gangen.\nKari: Hvorfor?\n"
    assert roles(text) == {"I": "participant", "Kari": "interviewer"}
    assert any("«I:»" in message for message in warnings(text))
    assert not warnings("I: Hei?\nR: Ja.\n")


def test_the_one_who_asks_is_guessed_to_be_the_interviewer() -> None:
    text = "Kari: Hva gjør du?\nOla: Jeg er fagleder og har vært her lenge.\n" * 3
    assert roles(text) == {"Kari": "interviewer", "Ola": "participant"}
    assert any("«Kari»" in message for message in warnings(text))
    options = ReadOptions(roles=(("Kari", "participant"), ("Ola", "interviewer")))
    turns, notes = parse_turns(text, options)
    assert {turn.speaker: turn.role for turn in turns} == {"Kari": "participant", "Ola": "interviewer"}
    assert not [note for note in notes if note.doubtful]


def test_nobody_is_guessed_when_both_ask() -> None:
    text = "Kari: Hva gjør du?\nOla: Jeg er fagleder, og du, er det du som forsker?\n" * 3
    assert roles(text) == {"Kari": "participant", "Ola": "participant"}
    assert any("hvem som er intervjuer" in message for message in warnings(text))


def test_everybody_is_neither() -> None:
    assert roles("Intervjuer: Hei?\nInformant: Ja.\nAlle: [latter]\nAlle: [latter]\n")["Alle"] == "other"


def test_f4_stamps_close_their_turn() -> None:
    text = "I: Hva gjør du til daglig? #00:00:05-2#\nB: Jeg er lærer. #00:00:09-8#\nI: Fint. #00:00:12-0#\n"
    assert said(text) == [("I", "Hva gjør du til daglig?"), ("B", "Jeg er lærer."), ("I", "Fint.")]
    assert [(turn.start_ms, turn.end_ms) for turn in turns_of(text)] == [(None, 5200), (5200, 9800), (9800, 12000)]


def test_f4_stamps_without_labels_open_turns_by_nobody() -> None:
    text = "Hva gjør du? #00:00:05-2#\nJeg er lærer. #00:00:09-8#\n"
    assert said(text) == [("", "Hva gjør du?"), ("", "Jeg er lærer.")]


def test_opening_stamps_give_the_start() -> None:
    text = "[00:01:02] Intervjuer: Hei.\n1:05 Informant: Ja.\nIntervjuer: [01:02:03.5] Takk.\n"
    assert [turn.start_ms for turn in turns_of(text)] == [62_000, 65_000, 3_723_500]
    assert said(text)[2] == ("Intervjuer", "Takk.")


def test_times_are_read_strictly() -> None:
    text = "[00:75:10] Intervjuer: Hei.\n[00:01:00] Informant: Ja.\n[00:00:30] Intervjuer: Takk.\n"
    turns, notes = parse_turns(text)
    assert [turn.start_ms for turn in turns] == [None, 60_000, 30_000]
    doubtful = [note for note in notes if note.doubtful]
    assert [text[note.start :][:10] for note in doubtful] == ["[00:75:10]", "[00:00:30]"]


def test_a_label_without_words_gives_no_turn() -> None:
    text = "Intervjuer:\nInformant: Ja.\nIntervjuer:\nHva mener du?\n"
    assert said(text) == [("Informant", "Ja."), ("Intervjuer", "Hva mener du?")]


def test_table_rows_with_the_role_in_a_cell() -> None:
    text = "Intervjuer\tHva gjør du?\nInformant 1\tJeg er lærer.\nog mer\nIntervjuer\tFint.\n"
    assert said(text) == [
        ("Intervjuer", "Hva gjør du?"),
        ("Informant 1", "Jeg er lærer.\nog mer"),
        ("Intervjuer", "Fint."),
    ]


def test_role_words_alone_on_lines() -> None:
    text = "Intervjuer\nHva gjør du?\n\nInformant 1\nJeg er lærer.\n\nIntervjuer\nFint.\nInformant 1\nJa.\n"
    assert said(text)[:2] == [("Intervjuer", "Hva gjør du?"), ("Informant 1", "Jeg er lærer.")]


TEAMS = (
    "Intervju med Ola-20260815_200732-Opptak\n15. august 2026, 18.07\nKari Nordmann startet transkripsjon\n"
    "Kari Nordmann   0:04\nDa starter vi.\nKan du si litt om rollen din?\n"
    "Ola Nordmann   0:31\nJa, jeg er lærer.\nTotal tid 1:45\nKari Nordmann   1:02:03\nTakk.\n"
    "Kari Nordmann stoppet transkripsjon\n"
)


def test_teams_headers_since_2023() -> None:
    assert said(TEAMS) == [
        ("Kari Nordmann", "Da starter vi.\nKan du si litt om rollen din?"),
        ("Ola Nordmann", "Ja, jeg er lærer.\nTotal tid 1:45"),
        ("Kari Nordmann", "Takk."),
    ]
    assert [turn.start_ms for turn in turns_of(TEAMS)] == [4_000, 31_000, 3_723_000]


def test_teams_headers_with_one_blank_need_company() -> None:
    assert turns_of("Møtet var langt.\nTotal tid 1:45\nTakk for i dag.\n") == ()
    assert turns_of("Første dag 1:45\nVi gikk langt.\nFørste dag 2:15\nVi gikk kort.\n") == ()
    text = "Kari Nordmann 0:04\nHei.\nOla Nordmann 0:31\nJa.\nKari Nordmann 0:40\nBra.\n"
    assert said(text) == [("Kari Nordmann", "Hei."), ("Ola Nordmann", "Ja."), ("Kari Nordmann", "Bra.")]


def test_older_teams_cues() -> None:
    text = "0:0:5.100 --> 0:0:8.250\nKari Nordmann\nHei du.\n0:0:9.0 --> 0:1:0.5\nOla Nordmann\nHei.\n"
    assert said(text) == [("Kari Nordmann", "Hei du."), ("Ola Nordmann", "Hei.")]
    assert [(turn.start_ms, turn.end_ms) for turn in turns_of(text)] == [(5_100, 8_250), (9_000, 60_500)]


def test_older_teams_cues_without_names() -> None:
    assert said("0:0:5.100 --> 0:0:8.250\nHei du.\n0:0:9.0 --> 0:1:0.5\nHei.\n") == [("", "Hei du."), ("", "Hei.")]


def test_google_meet_pairs_and_not_the_summary_above_them() -> None:
    summary = "Sammendrag\nKari: snakket om bolig.\n"
    text = summary + "00:03:12\nKari Nordmann: Hei.\nOla Nordmann: Ja.\n00:04:00\nKari Nordmann: Bra.\n"
    assert said(text) == [("Kari Nordmann", "Hei."), ("Ola Nordmann", "Ja."), ("Kari Nordmann", "Bra.")]
    first = turns_of(text)[0]
    assert first.start_ms == 192_000 and text[first.label_start :].startswith("00:03:12")


def test_word_on_the_web() -> None:
    text = "Lydfil\nopptak.m4a\nTranskripsjon\n00:00:04 Taler 1\nHvordan går det?\n00:00:09 Taler 2\nBare bra.\n"
    assert said(text) == [("Taler 1", "Hvordan går det?"), ("Taler 2", "Bare bra.")]


def test_an_agenda_is_no_transcript() -> None:
    assert turns_of("10:00 Åpning\n10:15 Innledning\n11:00 Pause\n11:15 Gruppearbeid\n") == ()


def test_short_bare_stamps_that_rise_from_the_start_are_turns() -> None:
    assert said("0:10 ja det er sånn\n0:25 og så videre\n12:09 ikke sant\n")[2] == ("", "ikke sant")
    assert turns_of("8:30 Kaffe\n9:00 Åpning\n9:30 Pause\n") == ()


def test_lines_that_all_have_stamps_are_turns_by_nobody() -> None:
    text = "[00:00:01] ja det er sånn\n[00:00:05] og så videre\n[00:00:09] ikke sant\n"
    assert said(text) == [("", "ja det er sånn"), ("", "og så videre"), ("", "ikke sant")]
    assert {turn.role for turn in turns_of(text)} == {"other"}


def test_the_kind_is_guessed() -> None:
    assert guess_kind("Referat fra samarbeidsmøte\n3. mars\n\nVi snakket om bolig.", ()) == "minutes"
    assert guess_kind("Møtereferat\nVedtak: ja", ()) == "minutes"
    assert guess_kind("Vi var på besøk.", ()) == "notes"
    assert guess_kind("Kommunen har en plan for boliger. " * 1000, ()) == "report"
    assert guess_kind("I: Hei?\nR: Ja.", turns_of("I: Hei?\nR: Ja.")) == "transcript"


def test_minutes_have_speakers_only_when_labels_are_dense() -> None:
    minutes = (
        "Referat fra møte\n" + "Vi drøftet saken lenge.\n" * 8 + "Fagleder: orienterte.\nKommunelege: spurte.\n" * 2
    )
    assert turns_of(minutes) == ()


def test_nothing_is_found_in_nothing() -> None:
    assert parse_turns("") == ((), ())
    assert parse_turns("\n\n  \n") == ((), ())
