"""The packaged starter codebook: complete, told apart by colour, and written as the writer writes it."""

from __future__ import annotations

from itertools import combinations

import pytest

from codebooks.colours import contrast, foreground, is_colour
from codebooks.model import Code, Codebook, Signal
from codebooks.starters import read_starter, starter_text, starters
from codebooks.yaml_io import parse_codebook, write_codebook
from nlp.pipeline import load
from nlp.rules import Rules, compile_rules

TREE = {
    "bolig": ("egnethet", "botilbud", "overgang", "midlertidig", "oppfolging", "marked"),
    "rop": ("sykeste", "mellom-stoler", "atferd", "tilpasset", "kompetanse", "tvang"),
    "spesialisthelse": ("moter", "henvisning", "overgang", "team", "pakkeforlop", "kultur"),
    "okonomi": ("kutt", "tilskudd", "drift", "oremerking", "deling", "prioritering"),
    "brukerokonomi": ("gjeld", "ytelser"),
}
SLUGS = [slug for top, ends in TREE.items() for slug in (top, *(f"{top}-{end}" for end in ends))]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return read_starter("rusfeltet")


@pytest.fixture(scope="module")
def rules(book: Codebook) -> Rules:
    return compile_rules(book, load())


def found(rules: Rules, sentence: str) -> set[str]:
    """Slugs of the codes with a sure signal in the sentence, those for speech alone left out."""
    (unit,) = load().analyse(sentence, ((0, len(sentence)),))
    spoken = {
        (code.slug, signal.name) for code, signal in signals(read_starter("rusfeltet")) if signal.register == "speech"
    }
    return {
        finding.code
        for finding in rules.findings(unit)
        if finding.score >= 0.5 and (finding.code, finding.signal) not in spoken
    }


def signals(book: Codebook) -> list[tuple[Code, Signal]]:
    return [(code, signal) for code in book for signal in code.signals]


def test_it_is_packaged() -> None:
    assert "rusfeltet" in starters()


def test_it_has_its_codes_in_their_order(book: Codebook) -> None:
    assert [code.slug for code in book] == SLUGS
    assert len(SLUGS) == 31


def test_each_sub_code_lies_under_the_code_its_slug_begins_with(book: Codebook) -> None:
    assert {code.slug: code.parent for code in book} == {
        slug: next((top for top in TREE if slug.startswith(f"{top}-")), None) for slug in SLUGS
    }


def test_each_code_is_fully_described(book: Codebook) -> None:
    described = ("name", "name_en", "brief", "definition", "when", "when_not", "examples", "signals", "colour")
    lacking = [(code.slug, key) for code in book for key in described if not getattr(code, key)]
    assert lacking == []
    assert all(1 <= len(code.examples) <= 3 for code in book)


def test_names_are_told_apart(book: Codebook) -> None:
    for names in ([code.name for code in book], [code.name_en for code in book]):
        assert len(set(names)) == len(names)


def test_it_says_that_the_examples_are_invented(book: Codebook) -> None:
    assert "eksemplene er diktet opp" in book.description


def test_boundaries_name_only_codes_that_exist(book: Codebook) -> None:
    """A slug named in *when not to use* is where the researcher goes instead."""
    for code in book:
        words = [word.strip(".,;:«»()") for word in f"{code.when} {code.when_not}".split()]
        named = {word for word in words if word.startswith(tuple(f"{top}-" for top in TREE))}
        assert named <= set(SLUGS), code.slug


def test_colours_carry_readable_text(book: Codebook) -> None:
    for code in book:
        assert is_colour(code.colour)
        assert contrast(code.colour, foreground(code.colour)) >= 4.5, code.slug


def test_colours_are_told_apart(book: Codebook) -> None:
    for one, other in combinations(book, 2):
        assert one.colour != other.colour, (one.slug, other.slug)


def test_signals_have_a_name_to_read_and_a_score_that_counts(book: Codebook) -> None:
    for code, signal in signals(book):
        assert len(signal.name) > 2, code.slug
        assert 0.2 <= signal.score <= 0.9, (code.slug, signal.name)


def test_each_code_has_a_signal_that_suggests_by_itself(book: Codebook) -> None:
    assert {code.slug for code, signal in signals(book) if signal.score >= 0.5} == set(SLUGS)


def test_the_file_is_written_as_the_writer_writes_it(book: Codebook) -> None:
    text = starter_text("rusfeltet")
    assert write_codebook(book) == text
    assert parse_codebook(write_codebook(book)) == book


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Det er ikke nok egnede boliger i kommunen.", {"bolig", "bolig-egnethet"}),
        ("Ho har sove på sofaen hos ein kjenning sidan i haust.", {"bolig-midlertidig"}),
        ("Han ligger på sofaen hos broren sin.", {"bolig-midlertidig"}),
        ("Gruppen har rus- og psykiske helseproblemer.", {"rop"}),
        ("Slike som ham faller mellom to stoler.", {"rop-mellom-stoler"}),
        ("Kommunen samarbeider med DPS.", {"spesialisthelse"}),
        ("Dei har gjort kutt i heimetenesta.", {"okonomi-kutt"}),
        ("Tilskuddet er øremerkede midler fra staten.", {"okonomi-tilskudd", "okonomi-oremerking"}),
        ("Mange har gjeld og lever av sosialhjelp.", {"brukerokonomi-gjeld", "brukerokonomi-ytelser"}),
    ],
)
def test_what_is_said_is_found(rules: Rules, sentence: str, codes: set[str]) -> None:
    assert codes <= found(rules, sentence)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Jeg arbeider i enhet for rus og psykisk helse.", "rop"),
        ("ROP-tjenesten ligger i tredje etasje.", "rop"),
        ("Jeg satt mellom to stoler og en pult under flyttinga.", "rop-mellom-stoler"),
        ("Vi samarbeider godt med NAV.", "spesialisthelse"),
        ("Rusmidler og legemidler blandes.", "okonomi"),
        ("Det er akutt.", "okonomi-kutt"),
        ("Han har kutta ned på røyken.", "okonomi-kutt"),
        ("Ferga er ute av drift.", "okonomi-drift"),
        ("Verkstedet har noen plasser som er øremerka for de unge.", "okonomi-oremerking"),
        ("Når det gjeld dei unge, er det annleis.", "brukerokonomi-gjeld"),
        ("Boligkontoret ligger på torget.", "bolig"),
    ],
)
def test_known_confusions_stay_silent(rules: Rules, sentence: str, code: str) -> None:
    assert not {slug for slug in found(rules, sentence) if slug == code or slug.startswith(f"{code}-")}
