"""Running headers and page numbers between pages."""

from __future__ import annotations

from corpus.pdf_text.lines import split_lines
from corpus.pdf_text.profile import repair
from corpus.pdf_text.running import Running, find_running

PROSE = (
    "Teamet møter brukerne der de er, og prøver å få til gode\nsamtaler om hverdagen, om bolig og om økonomi i byen.\n"
)


def page(sentence: str = "Det er mye å gjøre.") -> str:
    return PROSE * 6 + sentence + "\n"


def found(text: str) -> tuple[Running, ...]:
    return find_running(split_lines(text))


def test_a_header_with_its_page_number_well_apart_from_the_text_is_found() -> None:
    text = page("og de fleste av") + "\n\n\nRapport 2031:4\n2\n\n" + page("brukerne vil det.")
    (running,) = found(text)
    assert (running.header, running.number, running.doubtful) == ("Rapport 2031:4", 2, True)


def test_a_header_of_two_lines_is_found() -> None:
    text = page() + "\n\n\nEvaluering av\nplanen for feltet\n\n2\n\n" + page()
    assert [(item.header, item.number) for item in found(text)] == [("Evaluering av planen for feltet", 2)]


def test_a_header_that_comes_again_is_not_doubtful() -> None:
    text = page() + "\n\n\nRapport\n1\n\n" + page() * 2 + "\n\n\nRapport\n2\n\n" + page()
    assert [item.doubtful for item in found(text)] == [False, False]


def test_page_numbers_that_fall_are_no_page_numbers() -> None:
    text = page() + "\n\n\nRapport\n2\n\n" + page() * 2 + "\n\n\nRapport\n1\n\n" + page()
    assert len(found(text)) == 1


def test_lone_page_numbers_are_found_when_they_carry_on_a_row() -> None:
    text = "".join(f"{page()}\n{number}\n\n" for number in (7, 8, 9, 10))
    assert [item.number for item in found(text)] == [7, 8, 9, 10]


def test_two_lone_numbers_make_no_row() -> None:
    text = "".join(f"{page()}\n{number}\n\n" for number in (7, 8))
    assert found(text) == ()


def test_lines_that_repeat_beside_a_row_of_page_numbers_are_headers() -> None:
    text = "".join(f"{page()}\n{number}\nBolig først\n\n" for number in (7, 8, 9))
    assert [item.header for item in found(text)] == ["Bolig først"] * 3


def test_a_page_of_pages_line_is_found() -> None:
    text = "".join(f"{page()}\nNotat side {number} av 3\n\n" for number in (1, 2, 3))
    assert [item.number for item in found(text)] == [1, 2, 3]


def test_a_numbered_table_cell_is_no_page_number() -> None:
    text = page() + "\n\n\n12 % av alle\n2\n\n31 %\n\n" + page()
    assert found(text) == ()


def test_headings_that_repeat_stay() -> None:
    text = "".join(f"{page()}\nØkonomi\n" for _ in range(4)) + page()
    assert found(text) == ()
    assert repair(text).text.count("\nØkonomi\n") == 4


def test_a_paragraph_goes_on_across_a_lifted_header() -> None:
    text = page("Teamet spør de som bor der, enten det er i huset eller") + (
        "\n\n\nRapport 2031:4\n2\n\nutenfor, og de svarer som oftest at alt er bra.\n"
    )
    transcript = repair(text)
    assert "enten det er i huset eller utenfor, og de svarer" in transcript.text
    assert transcript.lifted == (("kolumnetittel", "Rapport 2031:4"), ("sidetall", "2"))
    (doubt,) = [note for note in transcript.notes if note.doubtful]
    assert doubt.start is not None
    assert transcript.text[: doubt.start].endswith("huset eller")


def test_a_sentence_that_ends_a_full_line_above_a_header_ends_no_paragraph() -> None:
    header = "\n\n\nRapport 2031:4\n2\n\n"
    text = page("Teamet møter de som bor der, og prøver å få til samtaler.") + header + "Hun sier at det er bra.\n"
    assert "få til samtaler. Hun sier at det er bra." in repair(text).text
