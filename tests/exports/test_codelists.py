"""Codebooks as lists: what is written is read back as far as the shape holds it, and all that is lost is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.slugs import slugify
from corpus.text import normalise
from exports.errors import ExportError
from exports.interchange.codelists.listing import plain
from exports.interchange.codelists.model import Written
from exports.interchange.codelists.shapes import SHAPES, read_codelist, write_codelist
from exports.interchange.model import Bundle, CodeItem, SetItem

GUIDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(12)]
FOREIGN = ("maxqda", "nvivo", "atlasti", "qualcoder", "taguette")
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), max_codepoint=0x1FFFF)
HARD = st.sampled_from(
    [">", ">>", ">>>", "\\", "/", ": ", "=1+1", "-", "@", "'", '"', ",", ";", "\n", "\t", "|", "a", "Å"]
)
TEXTS = st.lists(HARD | st.text(LETTERS, max_size=4), max_size=6).map(lambda parts: normalise("".join(parts)))
NAMES = TEXTS.filter(lambda name: bool(plain(name)))


@st.composite
def codebooks(draw: st.DrawFn) -> Bundle:
    codes: list[CodeItem] = []
    for number, name in enumerate(draw(st.lists(NAMES, min_size=1, max_size=6))):
        parent = draw(st.sampled_from(["", *(code.guid for code in codes)]))
        codes.append(
            CodeItem(
                guid=GUIDS[number],
                name=name,
                parent=parent,
                definition=draw(TEXTS),
                brief=draw(st.just("") | TEXTS),
                when_not=draw(st.just("") | TEXTS),
                examples=tuple(draw(st.lists(NAMES, max_size=2))),
                colour=draw(st.sampled_from(["", "#00ff7f"])),
                codable=draw(st.booleans()),
                retired=draw(st.booleans()),
                slug=draw(st.sampled_from(["", f"kode-{number}"])),
            )
        )
    return Bundle(tool="Kodebenk", codes=tuple(codes))


def depth_first(codes: tuple[CodeItem, ...]) -> list[CodeItem]:
    under: dict[str, list[CodeItem]] = {}
    for code in codes:
        under.setdefault(code.parent, []).append(code)
    found, waiting = [], under.get("", [])[::-1]
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting += under.get(code.guid, [])[::-1]
    return found


def again(written: Written) -> Bundle:
    return read_codelist(Path(f"liste{written.suffix}"), written.content)


def structure(codes: tuple[CodeItem, ...] | list[CodeItem]) -> list[tuple[str, int]]:
    """Names with how deep they lie."""
    depths = {"": -1}
    found = []
    for code in codes:
        depths[code.guid] = depths[code.parent] + 1
        found.append((code.name, depths[code.guid]))
    return found


@settings(max_examples=30, deadline=None)
@given(codebooks(), st.sampled_from(["csv", "xlsx"]))
def test_own_lists_come_back_with_every_field(bundle: Bundle, shape: str) -> None:
    written = write_codelist(bundle, shape)
    read = again(written)
    assert read.tool == "Kodebenk"
    assert list(read.codes) == depth_first(bundle.codes)
    assert written.losses == read.losses == ()


def test_own_lists_hold_codes_that_share_a_short_name() -> None:
    codes = [CodeItem(guid=guid, name=guid, slug="lik") for guid in "ab"]
    codes.append(CodeItem(guid="c", name="c", parent="b"))
    assert again(write_codelist(Bundle(tool="", codes=tuple(codes)), "csv")).codes == tuple(codes)


@settings(max_examples=50, deadline=None)
@given(codebooks(), st.sampled_from([shape for shape in FOREIGN if shape != "qualcoder"]))
def test_what_another_tool_can_hold_comes_back(bundle: Bundle, shape: str) -> None:
    written = write_codelist(bundle, shape)
    read = again(written)
    codes = depth_first(bundle.codes)
    changed = {loss.name for loss in written.losses if loss.mended}
    assert len(read.codes) == len(codes)
    assert [depth for _name, depth in structure(read.codes)] == [depth for _name, depth in structure(codes)]
    for code, found in zip(codes, read.codes, strict=True):
        assert found.name == code.name or code.name in changed
        described = replace(code, slug="" if code.slug == slugify(code.name) else code.slug)
        for field in ("definition", "brief", "when", "when_not", "name_en", "examples", "retired", "slug"):
            assert getattr(found, field) == getattr(described, field), field
    assert not [loss for loss in read.losses if not loss.mended]


@settings(max_examples=30, deadline=None)
@given(codebooks())
def test_qualcoder_holds_codes_and_the_folders_they_lie_in(bundle: Bundle) -> None:
    written = write_codelist(bundle, "qualcoder")
    codes = depth_first(bundle.codes)
    if not any(code.codable for code in codes):
        assert written.content == b""
        return
    read = again(written)
    assert read.tool == "QualCoder"
    lost = [loss for loss in written.losses if loss.what == "Mappe"]
    assert len(read.codes) + len(lost) == len(codes)
    assert sum(code.codable for code in read.codes) == sum(code.codable for code in codes)
    texts = sorted((code.definition, code.brief, code.examples) for code in codes if code.codable)
    assert sorted((code.definition, code.brief, code.examples) for code in read.codes if code.codable) == texts


@settings(max_examples=15, deadline=None)
@given(codebooks(), st.sampled_from(FOREIGN))
def test_a_second_import_gives_the_same_guids(bundle: Bundle, shape: str) -> None:
    written = write_codelist(bundle, shape)
    if written.content:
        read = again(written)
        more = replace(bundle, codes=(*bundle.codes, CodeItem(guid="ny", name="Helt ny kode uten like")))
        newer = {code.guid for code in again(write_codelist(more, shape)).codes}
        assert {code.guid for code in read.codes} <= newer
        assert len({code.guid for code in read.codes}) == len(read.codes)


@pytest.mark.parametrize(("shape", "tool"), [("maxqda", "MAXQDA"), ("nvivo", "NVivo"), ("atlasti", "ATLAS.ti")])
def test_the_shape_is_recognised_and_what_is_lost_is_named(shape: str, tool: str) -> None:
    codes = (
        CodeItem(guid="a", name="Bolig", colour="#ff0000", definition="Et sted å bo.", when="Når det handler om tak."),
        CodeItem(guid="b", name="Tilgang", parent="a", codable=False),
    )
    sets = (SetItem(guid="t", name="Hverdagen", kind="theme", codes=("a",)),)
    written = write_codelist(Bundle(tool="", codes=codes, sets=sets), shape)
    read = again(written)
    assert read.tool == tool
    assert (read.codes[0].definition, read.codes[0].when) == ("Et sted å bo.", "Når det handler om tak.")
    told = {(loss.what, loss.name) for loss in written.losses}
    assert {("Farger", "Bolig"), ("Mapper", "Tilgang")} <= told
    assert (("Grupper av koder", "Hverdagen") in told) == (shape != "atlasti")


def test_atlasti_keeps_groups() -> None:
    codes = (CodeItem(guid="a", name="Bolig"), CodeItem(guid="b", name="Penger; arv"))
    sets = (
        SetItem(guid="1", name="Hverdag; helg", codes=("a", "b")),
        SetItem(guid="2", name="System", codes=("b",)),
    )
    read = again(write_codelist(Bundle(tool="", codes=codes, sets=sets), "atlasti"))
    names = {code.guid: code.name for code in read.codes}
    assert [(each.name, [names[code] for code in each.codes]) for each in read.sets] == [
        ("Hverdag; helg", ["Bolig", "Penger; arv"]),
        ("System", ["Penger; arv"]),
    ]


def test_atlasti_does_not_nest_a_name_that_only_looks_like_a_path() -> None:
    codes = (CodeItem(guid="a", name="Bolig"), CodeItem(guid="b", name="Bolig: kø"), CodeItem(guid="c", name="NB: nei"))
    written = write_codelist(Bundle(tool="", codes=codes), "atlasti")
    assert structure(again(written).codes) == [("Bolig", 0), ("Bolig – kø", 0), ("NB – nei", 0)]
    assert [loss.name for loss in written.losses] == ["Bolig: kø", "NB: nei"]
    plain_names = write_codelist(Bundle(tool="", codes=codes[1:]), "atlasti")
    assert structure(again(plain_names).codes) == [("Bolig: kø", 0), ("NB: nei", 0)]


def test_maxqda_warns_of_names_it_will_cut() -> None:
    name = "Et kodenavn som er så langt at ingen husker begynnelsen når slutten er nådd"
    written = write_codelist(Bundle(tool="", codes=(CodeItem(guid="a", name=name),)), "maxqda")
    assert [(loss.name, "63" in loss.why) for loss in written.losses] == [(name, True)]
    assert again(written).codes[0].name == name


def test_qualcoder_says_what_lies_under_a_code_and_what_in_a_folder() -> None:
    codes = (
        CodeItem(guid="a", name="Tiltak", codable=False),
        CodeItem(guid="b", name="Bolig", parent="a"),
        CodeItem(guid="c", name="Annet", parent="b", definition="Resten;\nalt"),
        CodeItem(guid="d", name="Annet"),
    )
    written = write_codelist(Bundle(tool="", codes=codes), "qualcoder")
    expected = '"Tiltak>>Bolig",""\n"Tiltak>>Bolig>>>Annet","Resten;\nalt"\n"Annet (2)",""\n'
    assert written.content.decode() == expected
    assert [(loss.name, loss.mended) for loss in written.losses] == [("Annet", True)]
    assert structure(again(written).codes) == [("Tiltak", 0), ("Bolig", 1), ("Annet", 2), ("Annet (2)", 0)]


def test_taguette_gets_what_its_own_reader_takes_and_its_own_guids() -> None:
    codes = (CodeItem(guid="a", name="helse"), CodeItem(guid="b", name="tillit", parent="a", definition="=tro"))
    written = write_codelist(Bundle(tool="", codes=codes), "taguette")
    assert written.content == b"tag,description\r\nhelse,\r\nhelse/tillit,'=tro\r\n"
    assert [(loss.name, loss.mended) for loss in written.losses] == [("tillit", True)]
    read = again(written)
    assert read.codes[1].guid == "47ae391b-8549-5c04-addd-41fedd544373"
    assert read.codes[1].definition == "=tro"


@pytest.mark.parametrize("shape", ["csv", "taguette", "qualcoder"])
def test_no_cell_of_csv_is_run_by_a_spreadsheet(shape: str) -> None:
    codes = (CodeItem(guid="a", name="=1+1", definition="@SUM(A1)"), CodeItem(guid="b", name="'=2", definition="-x"))
    written = write_codelist(Bundle(tool="", codes=codes), shape)
    text = written.content.decode("utf-8-sig")
    for run in ("=1+1", "@SUM(A1)", "-x"):
        assert f"'{run}" in text
    assert [(code.name, code.definition) for code in again(written).codes] == [("=1+1", "@SUM(A1)"), ("'=2", "-x")]


def test_the_same_codes_give_the_same_bytes() -> None:
    bundle = Bundle(tool="", codes=(CodeItem(guid="a", name="Bolig"),), modified="2026-03-14T10:00:00Z")
    for shape in SHAPES:
        assert write_codelist(bundle, shape) == write_codelist(bundle, shape)


def test_codes_far_below_each_other_are_moved_up_and_told() -> None:
    codes = [CodeItem(guid="0", name="0")]
    codes += [CodeItem(guid=str(number), name=str(number), parent=str(number - 1)) for number in range(1, 60)]
    assert again(write_codelist(Bundle(tool="", codes=tuple(codes)), "csv")).codes == tuple(codes)
    written = write_codelist(Bundle(tool="", codes=tuple(codes)), "maxqda")
    assert [loss.name for loss in written.losses] == [str(number) for number in range(50, 60)]
    assert max(depth for _name, depth in structure(again(written).codes)) == 49


def test_a_text_longer_than_a_cell_is_carried_on_in_own_lists_and_cut_with_a_word_in_others() -> None:
    long = "ord " * 20_000
    bundle = Bundle(tool="", codes=(CodeItem(guid="a", name="Bolig", definition=long, colour="#ff0000"),))
    assert again(write_codelist(bundle, "xlsx")).codes == bundle.codes
    cut = write_codelist(bundle, "maxqda")
    assert ("Beskrivelse av kode", "Bolig") in {(loss.what, loss.name) for loss in cut.losses}
    assert len(again(cut).codes[0].definition) == 32_767


def test_an_unknown_shape_is_refused_with_those_there_are() -> None:
    with pytest.raises(ExportError, match=r"«excel».*csv, xlsx, maxqda"):
        write_codelist(Bundle(tool=""), "excel")
