"""Lists, outlines, counts, tables of tasks and logs begin their lines as interviews do, and are none."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus.dialogue_rows import dialogue_columns
from corpus.model import ReadOptions, Turn
from corpus.reading import read_source
from corpus.stamps import hours_of_day
from corpus.turns import guess_kind, parse_turns

DOCUMENTS = {
    "participants before dashes": (
        "Møtereferat fra gruppen\n\nForsker - Kari Nordmann, NTNU\nForsker - Per Ås, UiT\nModerator - Ola Hansen\n\n"
        "Vi drøftet bolig, og hvem som skal intervjues. Hva gjør vi nå?\n"
    ),
    "participants before colons": (
        "Fokusgruppe 3\n\nModerator: Ola Hansen\nForsker: Kari Nordmann, NTNU\nDeltaker 1: Per Ås, lærer\n"
        "Deltaker 2: Ida Moe, rektor\n\nGruppen møttes på rådhuset.\n"
    ),
    "informants of a study": (
        "Utvalg\n\nInformant: Kari, 34 år, Bergen\nInformant: Per, 51 år, Oslo\nInformant: Ida, 19 år\n\nAlle er rekruttert.\n"
    ),
    "numbered informants": "Informant 1: Kvinne, 34 år, lærer\nInformant 2: Mann, 51 år, rektor\nInformant 3: Kvinne, 28 år\n",
    "roles in a project": (
        "Roller\n\nForsker: leder arbeidet og skriver rapporten\nModerator: leder gruppene\nInformant: blir intervjuet\n"
    ),
    "outline with numbers": "Notat.\n\n1. I: Innledning\n2. M: Metode\n3. R: Resultater\n4. D: Drøfting\n\nDette er planen.\n",
    "outline": "I: Innledning\nM: Metode\nR: Resultater\nD: Drøfting\n",
    "counts by gender": "Utvalget er slik:\n\nm: 12 stykker\nk: 13 stykker\nf: 4 stykker\n\nDet var et møte om bolig.\n",
    "counts that recur": "Skole A\nm: 12 stykker\nf: 14 stykker\nSkole B\nm: 9 stykker\nf: 21 stykker\nHvorfor er det slik?\n",
    "counts in capitals": "Skole A\nM: 12\nF: 14\nSkole B\nM: 9\nF: 21\n\nHvorfor er det slik? Vi vet ikke.\n",
    "posts before dashes": "Bemanning\n\nLærer - 3 stillinger\nElev - 20 plasser\nLærer - vikar\nElev - 4 nye\n\nHva nå?\n",
    "posts before colons": "Bemanning\n\nLærer: 3 stillinger\nElev: 20 plasser\nLærer: vikar fra mai\nElev: 4 nye\n\nNok folk.\n",
    "tasks in a table": (
        "Hvem\tOppgave\nKari\tHvem ringer kommunen?\nOla\tBestille rom\nKari\tHvor er referatet?\nOla\tSjekke budsjettet\n"
    ),
    "tasks in a table without headings": (
        "Kari\tHvem ringer kommunen? Avklares.\nOla\tBestille rom\nKari\tSkrive referat\nOla\tHva med budsjettet? Sjekke.\n"
    ),
    "tasks before colons": "Oppgaver\n\nKari: ringe kommunen\nOla: bestille rom\nKari: skrive referat\nOla: sjekke budsjettet\n",
    "tasks in brackets": "[Kari] ringe kommunen\n[Ola] bestille rom\n[Kari] skrive referat.\n[Ola] sjekke budsjettet.\n",
    "tasks in bold": (
        "**Kari** Hvem ringer? Avklares.\n**Ola** Bestille rom.\n**Kari** Skrive referat.\n**Ola** Hva nå? Sjekke.\n"
    ),
    "programme": "Saksliste\n\n09:00 Velkommen\n09:15 Moderator: om bolig\n10:45 Lærer: erfaringer\n12:00 Lunsj\n",
    "programme in brackets": "Program\n[09:00] Velkommen\n[10:30] Pause\n[12:00] Lunsj\n[13:00] Hva nå?\n",
    "minutes": (
        "Møtereferat\n\nTil stede: Kari, Ola\n\nSak 1: Bolig\nKari: orienterte.\nOla: spurte om kostnader.\nVedtak: Utsettes.\n\n"
        "Sak 2: Eventuelt\nKari: minnet om fristen.\n"
    ),
    "field log": (
        "Observasjon på skolen\n\n08:30 Lærer: Tar imot elevene.\n08:45 Elev: Kommer for sent.\n09:10 Lærer: Deler ut bøker.\n"
    ),
    "field log in brackets": "[09:00] Ankom.\n[09:15] Snakket med Kari.\n[10:00] Pause.\n[12:00] Hjem.\n",
    "field diary": "12.03.2024 10:15 Kari: ringte\n13.03.2024 11:20 Per: kom\n14.03.2024 09:10 Kari: dro\n15.03.2024 Per: sov\n",
    "key of answers": "Fasit\n1. B\n2. D: fordi det er flest\n3. B: se side 4\n4. D: som over\n5. B: det samme\n",
    "guide": "Intervjuguide\n\nIntervjuer: presenter deg selv\nTema: bakgrunn\n1. Hva er din jobb?\n2. Hvordan går det?\n",
}


def said(text: str, options: ReadOptions | None = None) -> list[tuple[str, str]]:
    turns, _notes = parse_turns(text, options or ReadOptions())
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns]


def times(turns: tuple[Turn, ...]) -> list[tuple[int | None, int | None]]:
    return [(turn.start_ms, turn.end_ms) for turn in turns]


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_interview_has_no_turns(text: str) -> None:
    assert said(text) == []
    assert guess_kind(text, ()) != "transcript"


def test_a_list_that_an_informant_gives_stays_in_the_turn() -> None:
    dashed = "Intervjuer: Hvem er med?\nInformant: Disse:\nLærer - hun som heter Kari\nElev - han\nIntervjuer: Ja?\n"
    assert said(dashed)[1] == ("Informant", "Disse:\nLærer - hun som heter Kari\nElev - han")
    counted = "I: Hva er kjønn og alder?\nR: Dette:\nm: 34\nf: 35\nI: Takk.\nR: Ja.\n"
    assert said(counted)[1] == ("R", "Dette:\nm: 34\nf: 35")


def test_dashes_among_themselves_name_speakers_and_are_told_of() -> None:
    text = "Informant: kvinne, 34\nAlder: 34\n\nI - Hva gjør du?\nR - Jeg er lærer.\nI - Trives du?\nR - Ja.\n"
    assert said(text)[-4:] == [("I", "Hva gjør du?"), ("R", "Jeg er lærer."), ("I", "Trives du?"), ("R", "Ja.")]
    assert any(note.doubtful and "tankestrek" in note.message for note in parse_turns(text)[1])


def test_a_small_letter_may_be_a_slip() -> None:
    text = "I: Hva gjør du?\nR: Jeg er lærer.\ni: Trives du?\nR: Ja.\nI: Fint.\n"
    assert [speaker for speaker, _words in said(text)] == ["I", "R", "i", "R", "I"]


def test_clocks_that_somebody_speaks_stay_in_what_is_said() -> None:
    bare = (
        "Intervjuer: Når er møtet?\nInformant: Klokka 10:15\nIntervjuer: Og i morgen?\n"
        "Informant: Da er det 11:30\nIntervjuer: Fint, 12:00\nInformant: 13:00\n"
    )
    enclosed = "I: Når står du opp (06:30)\nB: Jeg står opp (07:30)\nI: Og så (08:00)\nB: Jobb (09:00)\n"
    alone = "I: Varer det? 0:05\nB: 0:10\nI: Ja. 0:20\nB: Nei. 0:30\n"
    for text in (bare, enclosed, alone):
        turns, _notes = parse_turns(text)
        assert times(turns) == [(None, None)] * len(turns)
        assert [line.partition(": ")[2] for line in text.splitlines()] == [words for _speaker, words in said(text)]


def test_clocks_that_end_turns_from_the_beginning_or_with_hours_are_stamps() -> None:
    ends = [(None, 5_000), (5_000, 12_000), (12_000, 700_000)]
    for stamps in (("[0:05]", "[0:12]", "[11:40]"), ("0:05", "0:12", "11:40")):
        text = "I: Hei du. {}\nR: Hei hei. {}\nI: Ja vel. {}\n".format(*stamps)
        assert times(parse_turns(text)[0]) == ends
    late = "I: Hei. (00:10:05)\nR: Hei. (00:10:12)\nI: Ja. (00:11:40)\n"
    assert times(parse_turns(late)[0])[-1] == (612_000, 700_000)


def test_hours_of_the_day_are_told_from_times_in_a_recording() -> None:
    assert hours_of_day([540_000, 555_000, 1_425_000]) and hours_of_day([9 * 3_600_000] * 3)
    assert not hours_of_day([540_000, 555_000])
    assert not hours_of_day([0, 30_000, 60_000]) and not hours_of_day([540_000, 556_000, 600_000])
    assert len(said("[00:30] Ja.\n[01:00] Nei.\n[01:30] Jo.\n")) == 3


def test_a_table_is_spoken_when_one_asks_and_no_heading_names_a_task() -> None:
    rows = [
        ("Ola", "Hva gjør du?"),
        ("Kari", "Jeg er lærer på en skole."),
        ("Ola", "Trives du?"),
        ("Kari", "Ja, stort sett."),
    ]
    assert dialogue_columns(rows) is not None
    assert dialogue_columns([("Hvem", "Samtale"), *rows]) is not None
    assert dialogue_columns([("Ansvarlig", "Oppgave"), *rows]) is None
    assert dialogue_columns([(who, f"{words}?".replace("??", "?")) for who, words in rows]) is None
    note = parse_turns("".join(f"{who}\t{words}\n" for who, words in rows))[1][0]
    assert note.doubtful and "tabell" in note.message


def test_a_table_in_a_document_that_calls_itself_minutes_is_no_transcript(tmp_path: Path) -> None:
    rows = [
        ("Ola", "Hva gjør vi?"),
        ("Kari", "Vi venter på svar."),
        ("Ola", "Hvor lenge?"),
        ("Kari", "Til mandag, tror jeg."),
    ]
    kinds = []
    for number, heading in enumerate(("Møtereferat", "Samtale")):
        document = docx.Document()
        document.add_paragraph(heading)
        table = document.add_table(0, 2)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.save(str(tmp_path / f"{number}.docx"))
        transcript = read_source(tmp_path / f"{number}.docx")
        kinds.append(transcript.kind)
    assert kinds == ["minutes", "transcript"]
    assert any(note.doubtful and "tabell" in note.message for note in transcript.notes)
