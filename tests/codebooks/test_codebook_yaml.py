"""A codebook file is read strictly, refused with its place and reason, and written the same way every time."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codebooks import yaml_nodes
from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook, Signal, Terms
from codebooks.tree import in_tree_order
from codebooks.yaml_io import parse_codebook, read_codebook, write_codebook


@pytest.fixture(autouse=True, params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every promise holds with the parser in C and with the one in Python."""
    if not hasattr(yaml, request.param):
        pytest.skip(f"PyYAML here has no {request.param}")
    monkeypatch.setattr(yaml_nodes, "_LOADER", getattr(yaml, request.param))


FULL = """\
name: prøve
title: 'Prøve: en liten bok'
description: |-
  Første avsnitt.

  Andre avsnitt.
codes:
  - slug: bolig
    uid: k3xq
    name: Bolig
    name_en: Housing
    colour: '#0072b2'
    brief: Hvor folk bor.
    definition: >-
      Utsagn om bosituasjonen til brukerne, og om hvor lett det er å finne et sted å bo.
      Gjelder også hjelp til å bli boende.
    when: Når boforholdet er poenget.
    when_not: Når bare kontoret er nevnt.
    examples:
      - Han sov på sofaen hos broren.
      - '«Det er ikke noe sted å bo», sa hun.'
    signals:
      - name: egnet bolig
        words: ['får ikke plass, sier de', et sted å bo*]
        lemmas: [egnet]
        parts: [bolig]
        all:
          - lemmas: [mangle, savne]
          - words: [dårlig]
        near:
          words: [bo]
          within: 5
        not:
          words: [kontor]
        except:
          words: [boligkontor*]
        not_in: [Elvestrand, Stor by]
        register: prose
        score: 0.65
      - name: ord om bolig
        weights:
          - '2.0 madrass sofa'
          - '0.75 dør'
          - '-1.5 kontor'
    codes:
      - slug: bolig-natt
        name: Natt
        status: retired
  - slug: rop
    name: ROP
"""


def parse(text: str) -> Codebook:
    return parse_codebook(dedent(text), file="bok.yaml")


def refusal(text: str) -> str:
    with pytest.raises(CodebookError) as caught:
        parse(text)
    return str(caught.value)


def test_every_field_is_read() -> None:
    book = parse(FULL)
    assert (book.name, book.title) == ("prøve", "Prøve: en liten bok")
    assert book.description == "Første avsnitt.\n\nAndre avsnitt."
    bolig, natt, rop = book.codes
    assert (bolig.uid, bolig.name_en, bolig.colour, bolig.parent) == ("k3xq", "Housing", "#0072b2", None)
    assert bolig.definition.endswith("et sted å bo. Gjelder også hjelp til å bli boende.")
    assert bolig.examples[1] == "«Det er ikke noe sted å bo», sa hun."
    assert (natt.parent, natt.status, rop.status) == ("bolig", "retired", "active")
    assert bolig.signals == (
        Signal(
            name="egnet bolig",
            any=Terms(words=("får ikke plass, sier de", "et sted å bo*"), lemmas=("egnet",), parts=("bolig",)),
            all=(Terms(lemmas=("mangle", "savne")), Terms(words=("dårlig",))),
            near=Terms(words=("bo",)),
            within=5,
            unless=Terms(words=("kontor",)),
            outside=Terms(words=("boligkontor*",)),
            not_in=("Elvestrand", "Stor by"),
            register="prose",
            score=0.65,
        ),
        Signal(
            name="ord om bolig",
            any=Terms(),
            weights=(("dør", 0.75), ("kontor", -1.5), ("madrass", 2.0), ("sofa", 2.0)),
        ),
    )


def test_what_was_read_is_written_as_it_stood() -> None:
    assert write_codebook(parse(FULL)) == FULL


def test_weights_may_stand_without_quotes_and_in_any_order() -> None:
    signal = "name: p\ncodes:\n- slug: a\n  name: A\n  signals:\n  - name: s\n    weights:\n"
    plain = parse(signal + "    - -1.5 kontor\n    - 2 sofa\n    - 2e0 madrass\n    - .75 dør\n")
    assert plain.codes[0].signals[0].weights == (("dør", 0.75), ("kontor", -1.5), ("madrass", 2.0), ("sofa", 2.0))
    assert parse(write_codebook(plain)) == plain


def test_other_readers_understand_what_is_written() -> None:
    plain = yaml.safe_load(FULL)
    assert plain["codes"][0]["signals"][0]["near"] == {"words": ["bo"], "within": 5}
    assert plain["codes"][0]["definition"] == parse(FULL).codes[0].definition


def test_a_flat_list_with_parents_is_the_same_codebook() -> None:
    flat = """\
        name: p
        codes:
          - {slug: b1, name: B1, parent: b}
          - {slug: a, name: A}
          - {slug: b, name: B}
          - {slug: a1, name: A1, parent: a}
        """
    nested = """\
        name: p
        codes:
          - slug: a
            name: A
            codes: [{slug: a1, name: A1}]
          - slug: b
            name: B
            codes: [{slug: b1, name: B1, parent: b}]
        """
    assert parse(flat) == parse(nested)


def test_blank_keys_of_a_half_filled_form_are_empty() -> None:
    book = parse("name: p\ntitle:\ncodes:\n- slug: a\n  name: A\n  definition:\n  examples:\n  signals:\n  parent: ~\n")
    assert book.codes == (Code(slug="a", name="A"),)
    assert parse("name: p\ncodes:\n").codes == ()


@pytest.mark.parametrize("word", ["no", "ja", "on", "off", "yes", "2024-01-02"])
def test_words_that_yaml_takes_for_something_else_are_words(word: str) -> None:
    assert parse(f"name: {word}").name == word
    assert yaml.safe_load(write_codebook(Codebook(name=word)))["name"] == word


def test_text_is_composed_and_byte_order_marks_fall_away() -> None:
    assert parse("\ufeffname: A\u030al").name == "Ål"


SIGNAL = "name: p\ncodes:\n- slug: a\n  name: A\n  signals:\n  - name: s\n    "


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, ["filen er tom"]),
        ("# bare en kommentar\n", None, ["filen er tom"]),
        ("- a\n- b\n", 1, ["kodeboken", "en blokk med nøkler", "fikk en liste", "name, title"]),
        ("title: T\n", 1, ["«name» mangler i kodeboken"]),
        ("name: 12\n", 1, ["«name»", "ventet tekst", "fikk «12»", "anførselstegn"]),
        ("name: true\n", 1, ["ventet tekst", "fikk «true»"]),
        ("name: [a]\n", 1, ["ventet tekst", "fikk en liste"]),
        ("name: ''\n", 1, ["på én linje", "fikk «»"]),
        ("name: ' p'\n", 1, ["uten mellomrom foran"]),
        ('name: "p\\e[31m"\n', 1, ["styretegn (U+001B)"]),
        ("name: p\nkoder: []\n", 2, ["ukjent nøkkel «koder»", "Mente du «codes»?", "Kjente nøkler: name"]),
        ("name: p\ncodes: bolig\n", 2, ["«codes»", "ventet en liste", "fikk «bolig»"]),
        ("name: p\ncodes:\n- bolig\n", 3, ["en kode", "en blokk med nøkler", "fikk «bolig»"]),
        ("name: p\ncodes:\n- name: A\n", 3, ["«slug» mangler i en kode"]),
        ("name: p\ncodes:\n- slug: a\n", 3, ["«name» mangler i koden «a»"]),
        ("name: p\ncodes:\n- name: A\n  slug: Å b\n", 4, ["«slug»", "fikk «Å b»", "Skriv for eksempel «a-b»"]),
        ("name: p\ncodes:\n- {slug: a, name: A}\n- name: B\n  slug: a\n", 5, ["«a» står to ganger", "linje 3"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  defintion: x\n", 5, ["«a»", "Mente du «definition»?"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  color: x\n", 5, ["Mente du «colour»?"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  colour: blå\n", 5, ["en farge", "'#0072b2'", "fikk «blå»"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  colour: #0072b2\n", 5, ["fikk ingenting", "kommentar"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  status: gone\n", 5, ["active eller retired", "fikk «gone»"]),
        ("name: p\ncodes:\n- {slug: bolig, name: A}\n- slug: b\n  name: B\n  parent: bolg\n", 6,
         ["«parent» i koden «b»", "fikk «bolg»", "Mente du «bolig»?"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  parent: b\n- {slug: b, name: B, parent: a}\n", 5, ["i ring"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  parent: a\n", 5, ["i ring", "fikk «a»"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  parent: b\n  codes: [{slug: b, name: B}]\n", 5, ["i ring"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  codes:\n  - {slug: b, name: B, parent: c}\n", 6,
         ["«a», som koden står inne i", "fikk «c»"]),
        ("name: p\ncodes:\n- slug: a\n  name: A\n  examples: [' ']\n", 5, ["et eksempel med tekst"]),
        (SIGNAL + "score: 0.5\n", 6, ["signalet «s» i koden «a»", "ingen ord", "words, lemmas eller parts"]),
        (SIGNAL + "words: []\n", 6, ["ingen ord"]),
        (SIGNAL + "words: bolig\n", 7, ["ventet en liste", "fikk «bolig»"]),
        (SIGNAL + "words: [24]\n", 7, ["ventet tekst", "fikk «24»", "anførselstegn"]),
        (SIGNAL + "words: [a, b, a]\n", 7, ["hvert ord én gang", "fikk «a»"]),
        (SIGNAL + "words: ['*bolig']\n", 7, ["* bare står sist"]),
        (SIGNAL + "parts: [fast bopel]\n", 7, ["ett ord", "fikk «fast bopel»"]),
        (SIGNAL + "lemas: [a]\n", 7, ["Mente du «lemmas»?"]),
        (SIGNAL + "words: [a]\n    not:\n", 8, ["«not» i signalet «s»", "fikk ingenting"]),
        (SIGNAL + "words: [a]\n    except: {}\n", 8, ["ingen ord"]),
        (SIGNAL + "words: [a]\n    all: [{}]\n", 8, ["«all»", "ingen ord"]),
        (SIGNAL + "words: [a]\n    near: {within: 3}\n", 8, ["«near»", "ingen ord"]),
        (SIGNAL + "words: [a]\n    near: {words: [b], within: 0}\n", 8, ["helt antall ord", "fikk «0»"]),
        (SIGNAL + "words: [a]\n    near: {words: [b], within: 2.5}\n", 8, ["helt antall ord"]),
        (SIGNAL + "words: [a]\n    not: {words: [b], within: 3}\n", 8, ["ukjent nøkkel «within»"]),
        (SIGNAL + "words: [a]\n    score: 0\n", 8, ["over 0 og høyst 1", "fikk «0»"]),
        (SIGNAL + "words: [a]\n    score: 1.01\n", 8, ["over 0 og høyst 1"]),
        (SIGNAL + "words: [a]\n    score: .nan\n", 8, ["over 0 og høyst 1"]),
        (SIGNAL + "words: [a]\n    score: 0,8\n", 8, ["fikk «0,8»", "med punktum"]),
        (SIGNAL + "words: [a]\n    score: true\n", 8, ["fikk «true»"]),
        (SIGNAL + "weights: 1 sofa\n", 7, ["«weights»", "ventet en liste", "fikk «1 sofa»"]),
        (SIGNAL + "weights:\n    - 1 sofa\n    - sofa madrass\n", 9, ["«weights»", "ventet et tall", "fikk «sofa madrass»"]),
        (SIGNAL + "weights:\n    - 1 sofa\n    - '2'\n", 9, ["«weights»", "ventet et tall og ordene", "fikk «2»"]),
        (SIGNAL + "weights:\n    - 1,5 sofa\n", 8, ["«weights»", "ventet et tall", "fikk «1,5 sofa»"]),
        (SIGNAL + "weights:\n    - nan sofa\n", 8, ["«weights»", "ventet et tall", "fikk «nan sofa»"]),
        (SIGNAL + "weights:\n    - 1e999 sofa\n", 8, ["«weights»", "ventet et tall"]),
        (SIGNAL + "weights:\n    - 1 sofa\n    - 2 madrass sofa\n", 9, ["hvert ord én gang i alt", "fikk «2 madrass sofa»"]),
        (SIGNAL + "weights:\n    - 1 sofa sofa\n", 8, ["hvert ord én gang i alt", "fikk «1 sofa sofa»"]),
        (SIGNAL + "weights:\n    - [1, sofa]\n", 8, ["«weights»", "ventet tekst", "fikk en liste"]),
        (SIGNAL + "weights: []\n", 6, ["ingen ord"]),
        (SIGNAL + "words: [a]\n    not_in: Elvestrand\n", 8, ["«not_in»", "ventet en liste", "fikk «Elvestrand»"]),
        (SIGNAL + "words: [a]\n    not_in: [A, B, A]\n", 8, ["«not_in»", "hvert ord én gang", "fikk «A»"]),
        (SIGNAL + "words: [a]\n    register: tale\n", 8, ["«register»", "speech eller prose", "fikk «tale»"]),
        (SIGNAL + "weights: [1 sofa]\n    words: [b]\n", 8, ["«words»"]),
        (SIGNAL + "words: [a]\n    notin: [A]\n", 8, ["ukjent nøkkel «notin»", "Mente du «not_in»?"]),
        (SIGNAL + "words: [a]\n  - name: s\n    words: [b]\n", 8, ["et navn som koden ikke alt har"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_place_and_reason(text: str, line: int | None, said: list[str]) -> None:
    message = refusal(text)
    assert message.startswith("bok.yaml: " if line is None else f"bok.yaml, linje {line}: ")
    for part in said:
        assert part in message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name: p\ncodes:\n\t- slug: a\n", 3, "tabulator"),
        ("name: p\ncodes:\n  - slug: a\n\t  name: A\n", 4, "tabulator"),
        ("name: a: b\n", 1, "kolon"),
        ("name: p\ncodes:\n  - slug: a\n   name: A\n", 4, "innrykket"),
        ("name: 'p\n", 2, "anførselstegn"),
        ("name: p\ncodes: [a\nb: c\n", 3, "komma"),
        ("name: p\nname: q\n", 2, "«name» står to ganger, først på linje 1"),
        ("name: p\n? [a]\n: b\n", 2, "en nøkkel må være ett ord"),
        ("name: &p a\n", 1, "ankre og referanser"),
        ("name: p\ntitle: *p\n", 2, "ankre og referanser"),
        ("name: !!python/name:os.system ''\n", 1, "YAML-merket"),
        ("name: !mitt p\n", 1, "YAML-merket «!mitt»"),
        ("name: p\n---\nname: q\n", 2, "flere YAML-dokumenter"),
        ("name: p\ntitle: a\x07b\n", 2, "tegnet U+0007"),
        ("name: p\ntitle: a\udc80b\n", 2, "tegnet U+DC80"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    message = refusal(text)
    assert message.startswith(f"bok.yaml, linje {line}: ")
    assert said in message


def test_a_tab_inside_a_text_is_no_indentation() -> None:
    assert parse("name: p\ndescription: |\n  a\tb\n  \tc\n").description == "a\tb\n\tc"


def test_deep_and_large_files_are_refused_before_they_cost_anything() -> None:
    assert "nivåer" in refusal("name: " + "[" * 5000)
    assert "for stor" in refusal("name: p # " + "x" * 1_000_000)


def test_references_cannot_blow_up() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    assert "ankre" in refusal(bomb)


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    file = tmp_path / "bok.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_codebook(file) == parse(FULL)
    assert read_codebook(str(file)) == parse(FULL)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "bok.yaml: kan ikke lese filen"),
        ("name: p\ntitle: Økonomi\n".encode("cp1252"), "bok.yaml, linje 2: teksten er ikke UTF-8"),
        (b"name: p\n#" + b"x" * 1_000_000, "bok.yaml: filen er for stor"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "bok.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CodebookError) as caught:
        read_codebook(file)
    assert str(caught.value).startswith(said)


def test_a_folder_says_so_and_nothing_else_does() -> None:
    book = parse_codebook("name: x\ncodes:\n  - slug: a\n    name: A\n    folder: true\n  - slug: b\n    name: B\n")
    assert [code.folder for code in book] == [True, False]
    assert write_codebook(book).count("folder: true") == write_codebook(book).count("folder") == 1
    assert "«folder» i koden «a»: ventet true eller false" in refusal(
        "name: x\ncodes:\n  - slug: a\n    name: A\n    folder: kanskje\n"
    )


def test_a_changed_sentence_changes_one_line() -> None:
    text = "Dette er en ganske lang setning om noe. Her kommer en annen som også er lang nok til å telle. Og en tredje."
    before = write_codebook(Codebook(name="p", description=text)).splitlines()
    after = write_codebook(Codebook(name="p", description=text.replace("annen", "helt annen"))).splitlines()
    assert len(before) == len(after)
    assert [a != b for a, b in zip(before, after, strict=True)].count(True) == 1


def test_an_orphan_is_never_left_out_of_a_file() -> None:
    with pytest.raises(CodebookError, match="som ikke finnes"):
        write_codebook(Codebook(name="p", codes=(Code(slug="a", name="A", parent="b"),)))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
_TRICKY = st.sampled_from([
    "no", "Null", "~", "1", "0.5", "- a", "? a", ": a", "a: b", "a #b", "#a", "*a", "&a", "!a", "%a", "@a", "`a", "'", '"',
    "a, b", "[a]", "{a}", "|", ">", "---", "...", "a:", "«A»", "O'Hara", "\\n", "\u2028x", "\ufeffx", "a\u00a0", "=", "<<",
    "a  b", "æøå", "😀 x", "a\\", "x" * 130, "Ord. " * 40 + "slutt", "\uffff", "e\u2029",
])  # fmt: skip
lines_of_text = (
    (_TRICKY | st.text(_CHARACTERS, min_size=1, max_size=12))
    .map(lambda text: _nfc(text).strip())
    .filter(lambda text: text != "" and len(text.splitlines()) == 1)
)
texts = st.one_of(
    st.just(""),
    lines_of_text,
    st.lists(st.text(st.one_of(_CHARACTERS, st.sampled_from("\n\t  .A-#:|>")), max_size=40) | _TRICKY, max_size=6)
    .map("\n".join)
    .map(_nfc),
    st.lists(lines_of_text, max_size=30).map(" ".join),
)
words = lines_of_text.filter(lambda text: "*" not in text[:-1] and text != "*")
terms = st.builds(
    Terms,
    words=st.lists(words, min_size=1, max_size=9, unique=True).map(tuple),
    lemmas=st.lists(lines_of_text, max_size=3, unique=True).map(tuple),
    parts=st.lists(lines_of_text.filter(lambda t: len(t.split()) == 1), max_size=2, unique=True).map(tuple),
)
one_word = lines_of_text.filter(lambda text: len(text.split()) == 1)
weighted = st.builds(
    Signal,
    name=lines_of_text,
    any=st.just(Terms()),
    weights=st.dictionaries(one_word, st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8).map(
        lambda found: tuple(sorted(found.items()))
    ),
    not_in=st.lists(lines_of_text, max_size=3, unique=True).map(tuple),
    register=st.sampled_from(["", "speech", "prose"]),
)
signals = weighted | st.builds(
    Signal,
    name=lines_of_text,
    any=terms,
    not_in=st.lists(lines_of_text, max_size=3, unique=True).map(tuple),
    register=st.sampled_from(["", "speech", "prose"]),
    all=st.lists(terms, max_size=2).map(tuple),
    near=terms,
    within=st.integers(1, 40),
    unless=st.just(Terms()) | terms,
    outside=st.just(Terms()) | terms,
    score=st.floats(0, 1, exclude_min=True),
)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    codes: list[Code] = []
    for number in range(draw(st.integers(0, 4))):
        codes.append(
            Code(
                slug=f"k{number}",
                name=draw(lines_of_text),
                uid=draw(st.sampled_from(["", "abc234"])),
                name_en=draw(st.just("") | lines_of_text),
                parent=draw(st.sampled_from([None, *(code.slug for code in codes)])),
                colour=draw(st.sampled_from(["", "#0072B2", "#d55e00"])),
                brief=draw(texts),
                definition=draw(texts),
                when=draw(texts),
                when_not=draw(texts),
                examples=draw(st.lists(texts.filter(lambda t: t.strip() != ""), max_size=3).map(tuple)),
                signals=draw(st.lists(signals, max_size=2, unique_by=lambda s: s.name).map(tuple)),
                status=draw(st.sampled_from(["active", "retired"])),
                folder=draw(st.booleans()),
            )
        )
    book = Codebook(name=draw(lines_of_text), title=draw(st.just("") | lines_of_text), description=draw(texts))
    return in_tree_order(Codebook(name=book.name, title=book.title, description=book.description, codes=tuple(codes)))


@given(codebooks())
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_what_is_written_reads_back_the_same(book: Codebook) -> None:
    text = write_codebook(book)
    assert parse_codebook(text) == book
    assert write_codebook(parse_codebook(text)) == text


@given(st.text(st.sampled_from("\n  -:[]{}'\"|>&*!#abc,?%@\t"), max_size=60))
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    try:
        parse_codebook("name: p\ncodes:\n" + text)
    except CodebookError as error:
        assert str(error).startswith("kodebok.yaml")
