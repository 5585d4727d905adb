"""Paragraphs, headings, lists and broken tables."""

from __future__ import annotations

import pytest

from corpus.pdf_text.profile import repair

LONG = "Teamet møter brukerne der de er, og prøver å få til gode \nsamtaler om hverdagen, om bolig og om økonomi i byen. \n"
FILL = LONG * 3


def repaired(text: str) -> str:
    """What becomes of the text between two stretches of prose."""
    whole = repair(f"{FILL}\n{text}\n{FILL}").text
    prose = " ".join([LONG.replace(" \n", " ").strip()] * 3)
    assert whole.startswith(prose)
    assert whole.endswith(prose + "\n")
    return whole[len(prose) : -len(prose) - 1].strip("\n")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "Hun sier at det er bra at noen kommer hjem til dem, slik \n\nat de slipper å dra selv. \n",
            "Hun sier at det er bra at noen kommer hjem til dem, slik at de slipper å dra selv.",
        ),
        (
            "Hun sier at det er bra at noen kommer hjem til dem som bor \n der ute, og at de slipper å dra selv. \n",
            "Hun sier at det er bra at noen kommer hjem til dem som bor der ute, og at de slipper å dra selv.",
        ),
        (
            "Det er bra.  \n\nDet er også nytt at de som bor der kan si hva de \nmener. \n",
            "Det er bra.\n\nDet er også nytt at de som bor der kan si hva de mener.",
        ),
        (
            "Slik er det. \nDet er også nytt at de som bor der kan si hva de selv \nmener. \n",
            "Slik er det.\nDet er også nytt at de som bor der kan si hva de selv mener.",
        ),
        (
            "En by å bo i \nDet er også nytt at de som bor der kan si hva de selv \nmener. \n",
            "En by å bo i\nDet er også nytt at de som bor der kan si hva de selv mener.",
        ),
        (
            "9 Et variert og \nhelhetlig tilbud \n\nDet er også nytt at de som bor der kan si hva de selv \nmener. \n",
            "9 Et variert og helhetlig tilbud\n\nDet er også nytt at de som bor der kan si hva de selv mener.",
        ),
        (
            "De har tre mål: \n• bolig for dem som vil ha det, og som er klare for det \nfra før av \n• mat \n\n• arbeid \n",
            "De har tre mål:\n• bolig for dem som vil ha det, og som er klare for det fra før av\n• mat\n\n• arbeid",
        ),
        (
            "De har to mål: \n1 Alle skal ha et sted å bo, og de skal ha det i byen de \n\nselv vil. \n2 Alle skal ha mat. \n",
            "De har to mål:\n1 Alle skal ha et sted å bo, og de skal ha det i byen de selv vil.\n2 Alle skal ha mat.",
        ),
        (
            "Hun sier at det kom flere enn før, og at de fleste av de \n26 som kom, ble der. \n",
            "Hun sier at det kom flere enn før, og at de fleste av de 26 som kom, ble der.",
        ),
        (
            "Hun sier at det kom flere enn før, og at de fleste av de \n– som hun sier – ble der. \n",
            "Hun sier at det kom flere enn før, og at de fleste av de – som hun sier – ble der.",
        ),
        (
            "Hun viser til det som står om dette i rapporten, kapittel \n5 Metode, og sier at det er nok. \n",
            "Hun viser til det som står om dette i rapporten, kapittel 5 Metode, og sier at det er nok.",
        ),
        (
            "Samarbeid med andre deler av hjelpen \nDet er også nytt at de som bor der kan si hva de selv \nmener. \n",
            "Samarbeid med andre deler av hjelpen\nDet er også nytt at de som bor der kan si hva de selv mener.",
        ),
        (
            "Slik er det. \n 9 Et variert og \nhelhetlig tilbud \n\nDet er nytt. \n",
            "Slik er det.\n\n9 Et variert og helhetlig tilbud\n\nDet er nytt.",
        ),
        (
            "Figur 9.2 Andelen bydeler som mener at de gir hjelp i tide \ntil alle som vil ha det, målt i "
            "årene etter at planen kom \n\nKilde: egne tall \nFiguren viser hva de mener. \n",
            "Figur 9.2 Andelen bydeler som mener at de gir hjelp i tide til alle som vil ha det, målt i "
            "årene etter at planen kom\n\nKilde: egne tall\nFiguren viser hva de mener.",
        ),
        (
            "Figur 2.1 Mål for alle \n\n \n\nKilde: egne tall \n\nFiguren viser hva de mener. \n",
            "Figur 2.1 Mål for alle\n\nKilde: egne tall\n\nFiguren viser hva de mener.",
        ),
    ],
)
def test_paragraphs_are_rebuilt(raw: str, expected: str) -> None:
    assert repaired(raw) == expected


def test_a_new_page_begins_a_paragraph_where_the_last_one_was_closed() -> None:
    assert repaired("Det er bra.  \n Neste side handler om noe annet enn den forrige siden \ngjorde. \n") == (
        "Det er bra.\n\nNeste side handler om noe annet enn den forrige siden gjorde."
    )


TABLE = """Tabell 7.1 Måling av mål

# Indikator Kilde 2030 2031
2031-
2032

24

In
ns

Andel bydeler som har tenkt ut
noe (for eks-
empel mat)

IS-
24/8

N/A 23 % 24 % N/A 1,0 %-
poeng

N/A
"""


def test_a_broken_table_keeps_its_lines_but_not_its_broken_words() -> None:
    transcript = repair(f"{FILL}\n{TABLE}\n{FILL}")
    assert (
        "Tabell 7.1 Måling av mål\n\n# Indikator Kilde 2030 2031\n2031-2032\n\n24\n\nIn\nns\n\n"
        "Andel bydeler som har tenkt ut\nnoe (for eksempel mat)\n\nIS-24/8\n\nN/A 23 % 24 % N/A 1,0 %-poeng\n\nN/A\n\n"
    ) in transcript.text
    tables = [note for note in transcript.notes if note.doubtful]
    assert len(tables) == 1
    assert tables[0].start == transcript.text.index("# Indikator")


def test_a_text_of_whole_paragraphs_is_left_but_for_a_sentence_that_a_blank_line_cuts() -> None:
    line = " ".join([LONG.replace(" \n", " ").strip().rstrip(".")] * 2)
    text = (
        f"1 Innledning\n\nAdresse\nved torget\n\n{line}.\n\n- mat\n- bolig\n\nDet er {line} der alle\n\nsom vil, bor.\n"
        * 3
    )
    assert repair(text).text == text.replace("der alle\n\nsom vil", "der alle som vil")


def test_entries_of_a_list_of_contents_keep_their_lines_and_lead_to_headings() -> None:
    entries = "1 Innledning .................. 1 \n2 Metode ...................... 1 \nTall fra byen ................ 3"
    prose = "Hun sier at det er bra at noen kommer hjem til dem i byen."
    text = repair(
        f"Innhold \n{entries} \n1 Innledning \n{LONG}{prose} \nTall fra byen \n{LONG}{prose} \nReferanser \n{LONG}"
    ).text
    joined = LONG.replace(" \n", " ").strip()
    assert text.startswith(f"Innhold\n{entries.replace(chr(32) + chr(10), chr(10))}\n\n1 Innledning\n{joined}")
    assert f"{prose}\n\nTall fra byen\n{joined}" in text
    assert f"{prose}\n\nReferanser\n{joined}" in text


def test_a_broken_table_is_named_and_a_whole_one_is_not() -> None:
    cells = "\n\n".join(["By", "12 %", "Vik", "14 %", "Nes", "9 %"])
    broken = repair(f"{FILL}\nTabell 1 Andel \n\n{cells} \n\n{FILL}")
    assert any("«Tabell 1 Andel»" in note.message for note in broken.notes)
    whole = repair(f"{FILL}\nTabell 1 Andel \n\nBy\t2022\t2023 \nVik\t12\t14 \nNes\t9\t8 \nLi\t3\t0 \n\n{FILL}")
    assert not any("brutt i biter" in note.message for note in whole.notes)
