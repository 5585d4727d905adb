"""What a survey's columns probably are."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.grids import Grid
from corpus.survey.columns import ColumnGuess, ColumnRole, guess_columns
from corpus.survey.headings import column_names
from corpus.survey.mapping import check_mapping, proposed_mapping

LONG = [
    "Vi har et godt samarbeid med DPS, men får ofte vente på svar.",
    "Varierende. Det henger på enkeltpersoner og ikke på avtaler.",
    "Det mangler boliger med bemanning for dem som er dårligst.",
    "Ressursene er for små, og vi er bare to i tjenesten.",
]
FORM = "Rusarbeidet er i hovedsak organisert som en del av NAV"


def grid(*rows: tuple[str, ...], wordings: tuple[str, ...] = ()) -> Grid:
    return Grid(name="Svar", rows=rows, wordings=wordings)


def survey() -> Grid:
    header = (
        "Respondent-ID", "Navn på kommune", "Fylke", "Folketall", "Kommunenr", "Hvordan er kommunens rusarbeid organisert?",
        "E-post", "IP", "Starttid", "Hvordan fungerer samarbeidet?", "Hvor mange har rusproblemer?", "Kommentar",
        "Ditt navn", "Tom",
    )  # fmt: skip
    rows = [
        (
            str(100 + n), f"Sted {n}", "Nord" if n % 2 else "Sør", str(1_000 * n + 7), f"0{300 + n}",
            FORM if n % 3 else "Egen enhet", f"a{n}@kommune.no", f"10.0.0.{n}", f"2014-05-13 09:{n:02d}:00",
            f"{LONG[n % 4]} Nummer {n}.",
            f"{n * 10}-{n * 10 + 10}" if n else "vet ikke", "Nei" if n else "", f"Kari {n}", "",
        )
        for n in range(16)
    ]  # fmt: skip
    return grid(header, *rows)


def by_header(guesses: tuple[ColumnGuess, ...]) -> dict[str, ColumnGuess]:
    return {guess.header: guess for guess in guesses}


def test_each_column_gets_its_role() -> None:
    roles = [guess.role for guess in guess_columns(survey())]
    assert roles == [
        "respondent", "case", "attribute", "attribute", "attribute", "closed", "ignore",
        "ignore", "ignore", "question", "question", "attribute", "ignore", "ignore",
    ]  # fmt: skip


def test_what_may_tell_who_somebody_is_is_left_out_with_a_reason_and_no_example() -> None:
    guesses = by_header(guess_columns(survey()))
    for header, word in (("E-post", "E-post"), ("IP", "maskinen"), ("Starttid", "Tidspunktet"), ("Ditt navn", "Navn")):
        assert word in guesses[header].reason
        assert guesses[header].example == ""


def test_birth_numbers_and_mail_are_known_by_their_look() -> None:
    rows = [("Felt A", "Felt B"), *((f"0101{70 + n}12345", f"x{n}@y.no") for n in range(5))]
    assert [guess.role for guess in guess_columns(grid(*rows))] == ["ignore", "ignore"]


ENDINGS = ("Særlig for unge.", "Det haster.", "Men vi prøver.")


def in_cases(*columns: tuple[str, tuple[str, ...]], cases: int = 4, rows: int = 36) -> dict[str, ColumnGuess]:
    """Columns whose cells come again and again, with a case that every fourth row shares."""
    header = ("Kommune", *(name for name, _values in columns))
    body = [(f"Sted {n % cases}", *(values[n % len(values)] for _name, values in columns)) for n in range(rows)]
    return by_header(guess_columns(grid(header, *body)))


def test_text_of_several_words_is_an_open_question_though_it_comes_again() -> None:
    sentences = tuple(
        f"{text} {ending}" for text in ("Mer penger, og flere folk.", "Lytt til oss.") for ending in ENDINGS
    )
    guesses = in_cases(
        ("Hva bør staten gjøre?", sentences),
        ("Hvordan er samarbeidet med sykehuset?", tuple(f"vi har faste møter og rutine nummer {n}" for n in range(12))),
        (
            "Hva hemmer arbeidet deres mest?",
            ("mangel på folk med rett utdanning", "økonomien i kommunen vår", "avstandene våre"),
        ),
        ("Hvordan er rusarbeidet organisert?", (FORM, FORM, FORM, FORM)),
    )
    assert [guess.role for guess in guesses.values()] == ["case", "question", "question", "question", "closed"]


def test_what_varies_within_a_case_is_no_fact_of_the_case() -> None:
    guesses = in_cases(
        ("Hva er stillingen din?", ("Leder", "Fagkonsulent", "Miljøterapeut")),
        ("Hvor mange år har du jobbet med feltet?", tuple(map(str, range(1, 20)))),
        ("Er du fornøyd?", ("Ja", "Nei", "Vet ikke")),
        ("Fylke", ("Nord", "Sør")),
    )
    assert [guess.role for guess in guesses.values()] == ["case", "position", "ignore", "ignore", "attribute"]
    assert "samme case" in guesses["Er du fornøyd?"].reason


def test_a_slip_in_one_of_many_cases_leaves_the_fact() -> None:
    rows = [("Kommune", "Fylke"), *((f"Sted {n % 20}", "Nord") for n in range(39)), ("Sted 19", "Nrod")]
    assert by_header(guess_columns(grid(*rows)))["Fylke"].role == "attribute"


def test_numbers_in_words_and_intervals_are_a_question_read_as_numbers() -> None:
    guess = by_header(guess_columns(survey()))["Hvor mange har rusproblemer?"]
    assert (guess.role, guess.numeric, guess.example) == ("question", True, "vet ikke")


def test_figures_with_a_leading_zero_are_no_number() -> None:
    guesses = by_header(guess_columns(survey()))
    assert guesses["Folketall"].numeric
    assert not guesses["Kommunenr"].numeric


def test_only_one_column_numbers_the_respondents() -> None:
    rows = [("Nr", "Respondent-ID"), *((str(n), str(2 * n // 3)) for n in range(10))]
    assert [guess.role for guess in guess_columns(grid(*rows))] == ["respondent", "ignore"]


def test_a_first_column_of_unlike_marks_numbers_the_respondents() -> None:
    rows = [("Merke", "Svar"), *((f"K{n}", LONG[n]) for n in range(4))]
    assert [guess.role for guess in guess_columns(grid(*rows))] == ["respondent", "question"]


def test_headings_that_come_again_or_are_empty_get_names_of_their_own() -> None:
    assert column_names(grid(("Annet", "", "Annet", " Annet\n"))) == ("Annet", "Kolonne 2", "Annet (2)", "Annet (3)")


def test_files_of_qualtrics_have_three_rows_of_headings() -> None:
    rows = (("Q1", "Q2"), ("Hvordan går det?", "Hva mangler?"), ('{"ImportId":"QID1"}', '{"ImportId":"QID2"}'))
    guesses = guess_columns(grid(*rows, *((LONG[n], LONG[-n]) for n in range(4))))
    assert [(guess.header, guess.wording) for guess in guesses] == [("Q1", "Hvordan går det?"), ("Q2", "Hva mangler?")]
    assert guesses[0].filled == 4


def test_the_files_own_wording_is_the_question() -> None:
    rows = [("q1",), *((text,) for text in LONG)]
    (guess,) = guess_columns(grid(*rows, wordings=("Hvordan er samarbeidet?",)))
    assert guess.wording == "Hvordan er samarbeidet?"


CELLS = st.text(max_size=12) | st.sampled_from(["ja", "12", "70-80", "a@b.no", "1.2.3.4", "2014-05-13 10:00", *LONG])


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=8))
    return grid(*rows)


@settings(max_examples=80, deadline=None)
@given(grids())
def test_any_table_gets_a_guess_a_column_and_a_mapping_that_fits_it(table: Grid) -> None:
    guesses = guess_columns(table)
    assert [guess.index for guess in guesses] == list(range(len(table.rows[0])))
    assert all(guess.role in get_args(ColumnRole) and guess.reason for guess in guesses)
    assert sum(guess.role == "respondent" for guess in guesses) <= 1
    assert sum(guess.role == "case" for guess in guesses) <= 1
    check_mapping(Path("a.csv"), table, proposed_mapping(table, guesses, title="T"))
