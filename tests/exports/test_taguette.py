"""Taguette's projects come in with every highlight where Taguette had it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import foreign_projects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from exports.interchange.taguette import read
from exports.interchange.taguette_text import read_page

SHARED = Path(__file__).parents[2].parent / "shared" / "qda-samples"
FILE = Path("prosjekt.sqlite3")


WHOLE = foreign_projects.taguette()


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    first, _second = read(FILE, foreign_projects.taguette())
    return first


def quotes(bundle: Bundle) -> list[str]:
    texts = {source.guid: source.text for source in bundle.sources}
    return [texts[coding.source][coding.start : coding.end] for coding in bundle.codings]


def first(**changed: object) -> Bundle:
    return read(FILE, foreign_projects.taguette(**changed))[0]


def test_a_file_has_a_bundle_for_each_project(bundle: Bundle) -> None:
    found = read(FILE, foreign_projects.taguette())
    assert [item.title for item in found] == ["Prosjekt", "Et annet"]
    assert [foreign_projects.faults(item) for item in found] == [[], []]
    assert found[0] == bundle
    assert (bundle.tool, bundle.description, bundle.created) == ("Taguette", "Om bolig", "2026-03-14T09:00:00Z")
    assert len({item.guid for item in found}) == 2


def test_a_document_is_text_with_a_line_for_each_block(bundle: Bundle) -> None:
    (source,) = bundle.sources
    assert source.text == "Møte\nVi bor på gata 😀 nå.\nAlt er ålreit her.\n"
    assert (source.name, source.description, source.file_name) == ("Møte", "Første møte", "mote.html")


def test_highlights_lie_on_the_words_they_quote(bundle: Bundle) -> None:
    assert quotes(bundle) == ["bor på gata 😀 nå", "Alt er ålreit", "nå.\nAlt", "nå.\nAlt"]


def test_paths_become_a_tree_and_levels_that_are_no_tags_cannot_be_coded_with(bundle: Bundle) -> None:
    names = {code.guid: code.name for code in bundle.codes}
    assert [(code.name, names.get(code.parent, ""), code.codable, code.definition) for code in bundle.codes] == [
        ("bolig", "", False, ""),
        ("gata", "bolig", True, "Bor ute"),
        ("trives", "", True, ""),
    ]


def test_tags_have_the_guids_of_taguettes_own_codebooks() -> None:
    found = first(tags=[(1, 1, "helse/tillit", ""), (2, 1, "interesting", "")])
    assert {code.name: code.guid.upper() for code in found.codes if code.codable} == {
        "tillit": "47AE391B-8549-5C04-ADDD-41FEDD544373",
        "interesting": "0D62985D-B147-5D01-A9B5-CAE5DCD98342",
    }


def test_a_tag_with_a_new_path_is_the_same_code_and_its_codings_are_the_same(bundle: Bundle) -> None:
    log = [
        (
            number,
            f"2026-03-14 08:{number:02}",
            "kari",
            1,
            None,
            json.dumps({"type": "tag_add", "tag_id": tag} | {"tag_path": path}),
        )
        for number, tag, path in ((0, 1, "bolig/gata"), (22, 1, "hus/ute"), (23, 4, "bolig/gata"))
    ]
    tags = [(1, 1, "hus/ute", "Bor ute"), (2, 1, "trives", ""), (4, 1, "bolig/gata", "en annen")]
    found = first(tags=tags, commands=[*foreign_projects.taguette_commands(), *log])
    before = {code.name: code.guid for code in bundle.codes}
    now = {code.name: code.guid for code in found.codes}
    assert now["ute"] == before["gata"] != now["gata"]
    assert [coding.guid for coding in found.codings] == [coding.guid for coding in bundle.codings]
    assert foreign_projects.faults(found) == []


def test_the_tag_that_a_new_project_has_may_get_another_path() -> None:
    log = [
        (1, "2026-03-14 09:01", "kari", 1, 1, '{"type": "highlight_add", "highlight_id": 1, "tags": [1]}'),
        (2, "2026-03-14 09:02", "kari", 1, None, '{"type": "tag_add", "tag_id": 1, "tag_path": "viktig"}'),
    ]
    found = first(tags=[(1, 1, "viktig", "")], commands=log)
    assert [(code.name, code.guid.upper()) for code in found.codes] == [
        ("viktig", "0D62985D-B147-5D01-A9B5-CAE5DCD98342")
    ]


def test_pictures_and_people_who_have_done_nothing_are_said() -> None:
    document = (1, "Møte", "", "mote.html", "2026-03-14", 1, "LEFT_TO_RIGHT", "<p>Et <img src=x><img> bilde</p>")
    found = first(documents=[document], highlights=[], highlight_tags=[], project_members=[(1, "åse", "READ")])
    said = [(loss.what, loss.name, loss.count) for loss in found.losses]
    assert said == [("Bilder", "Møte", 2), ("Bruker", "ola", 1), ("Bruker", "åse", 1)]


@pytest.mark.parametrize("path", ["/", "a//b", " /b", "x/" * 60 + "x"])
def test_paths_that_are_no_paths_are_names(path: str) -> None:
    found = first(tags=[(1, 1, path, "")])
    assert [(code.parent, code.codable) for code in found.codes] == [("", True)]
    assert foreign_projects.faults(found) == []


def test_who_did_what_is_read_from_the_log(bundle: Bundle) -> None:
    names = {person.guid: person.name for person in bundle.people}
    assert [(names[coding.coder], coding.created[11:16]) for coding in bundle.codings] == [
        ("kari", "09:02"),
        ("ola", "09:03"),  # under a tag that was merged into this one
        ("ola", "09:04"),
        ("kari", "09:05"),  # the tag that was added later
    ]
    assert names[bundle.sources[0].creator] == "kari"


def test_without_a_log_nobody_is_named() -> None:
    found = first(commands=[])
    assert {coding.coder for coding in found.codings} == {""}
    assert found.people == ()


def test_a_log_that_cannot_be_read_is_said() -> None:
    deep = "[" * 100_000
    log = [
        (number, "2026-03-14", "kari", 1, 1, said) for number, said in enumerate(["{", deep, "[]", '{"type": 1}'], 1)
    ]
    (said,) = [loss for loss in first(commands=log).losses if loss.name == "commands"]
    assert (said.count, said.mended) == (3, True)


def test_the_one_user_of_an_export_is_said_to_be_everybody() -> None:
    log = [(1, "2026-03-14", "admin", 1, 1, '{"type": "highlight_add", "highlight_id": 1, "tags": [1]}')]
    (said,) = [loss for loss in first(commands=log).losses if loss.name == "admin"]
    assert (said.count, said.mended) == (4, True)


def test_what_does_not_come_along_is_said_by_name(bundle: Bundle) -> None:
    assert [(loss.what, loss.name, loss.count, loss.mended) for loss in bundle.losses] == [
        ("Utforming", "Møte", 2, False),
        ("Kilde", "Tomt", 1, False),
        ("Markeringer", "Møte", 1, False),
        ("Kodinger", "Tomt", 1, False),
    ]


def test_a_highlight_whose_place_is_wrong_follows_its_words_or_is_lost() -> None:
    highlights = [
        (1, 1, 9, 12, "<p>ålreit</p>"),
        (2, 1, 9, 12, "<p>hos oss</p>"),
        (3, 1, 9, 12, ""),
        (4, 1, -5, 10**15, "x"),
    ]
    found = first(highlights=highlights, highlight_tags=[(number, 1) for number in (1, 2, 3, 4)])
    assert quotes(found) == ["ålreit"]
    said = [(loss.why[:13], loss.count) for loss in found.losses if loss.what == "Kodinger"]
    assert said == [("Verken plasse", 2), ("Det er ingen ", 1), ("Plassen stemt", 1)]


def test_an_offset_inside_a_character_is_moved_past_it() -> None:
    start, end = foreign_projects.taguette_offsets("ålreit")
    found = first(highlights=[(1, 1, start + 1, end, "<b>lreit</b>")], highlight_tags=[(1, 1)])
    assert quotes(found) == ["lreit"]


def test_line_ends_at_the_edges_are_no_part_of_a_highlight() -> None:
    start, end = foreign_projects.taguette_offsets("nå.\n")
    found = first(highlights=[(1, 1, start, end, "<p>nå.</p>\n")], highlight_tags=[(1, 1)])
    assert quotes(found) == ["nå."]
    start, end = foreign_projects.taguette_offsets("\nAlt")
    found = first(highlights=[(1, 1, start, end, "\n<p>Alt</p>")], highlight_tags=[(1, 1)])
    assert quotes(found) == ["Alt"]


def test_a_later_copy_with_new_numbers_gives_the_same_guids(bundle: Bundle) -> None:
    data = foreign_projects.taguette()
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.execute("UPDATE projects SET id = 7 WHERE id = 1")
    for table in ("documents", "tags", "commands"):
        connection.execute(f"UPDATE {table} SET project_id = 7 WHERE project_id = 1")
    connection.execute("UPDATE documents SET id = id + 50, name = 'Nytt navn'")
    connection.execute("UPDATE commands SET document_id = document_id + 50")
    connection.execute("UPDATE highlights SET document_id = document_id + 50, id = id + 100")
    connection.execute("UPDATE highlight_tags SET highlight_id = highlight_id + 100")
    for number in (1, 2, 3):
        find, replace = f'"highlight_id": {number}', f'"highlight_id": {number + 100}'
        connection.execute("UPDATE commands SET payload = replace(payload, ?, ?)", (find, replace))
    connection.commit()
    later = next(item for item in read(FILE, connection.serialize()) if item.title == "Prosjekt")
    assert later.guid == bundle.guid
    assert [source.guid for source in later.sources] == [source.guid for source in bundle.sources]
    assert [coding.guid for coding in later.codings] == [coding.guid for coding in bundle.codings]


def test_an_older_file_without_a_log_table_comes_in() -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(foreign_projects.taguette())
    connection.execute("DROP TABLE commands")
    connection.commit()
    found = read(FILE, connection.serialize())[0]
    assert len(found.codings) == 4
    assert [loss.name for loss in found.losses if loss.what == "Felter"] == ["commands"]


PAGES = [
    ("<p>a  b</p>\n<p>c<br>d &amp; é&nbsp;x</p>", "a  b\ncd & é\xa0x", "a b\nc\nd & é\xa0x\n"),
    ("<ul>\n <li>a\n <ul><li>b</li></ul></li></ul>", "\n a\n b", "a\nb\n"),
    ("<table><tr><td>a</td><td><p>b</p></td></tr><tr><td></td><td>c</td></tr></table>d", "abcd", "a\tb\n\tc\nd\n"),
    ("<pre>\nab\n c\n</pre>e", "ab\n c\ne", "ab\n c\ne\n"),
    ("<p>&lt;b&gt; &hellip; &#128512; &apos;q&apos; &NotEqualTilde;</p>", "<b> … 😀 'q' ≂̸", "<b> … 😀 'q' ≂̸\n"),
    ("<p>a<script>var x;</script>b</p>", "avar x;b", "ab\n"),
    ("a\r\nb\rc", "a\nb\nc", "a b c\n"),
    ("x\x00\x01\x0cy", "x\x7f\x7f y", "x\x7f\x7f y\n"),
    ("", "", ""),
]


@pytest.mark.parametrize(("contents", "counted", "shown"), PAGES)
def test_pages_are_counted_as_taguette_counts_and_shown_as_browsers_show(
    contents: str, counted: str, shown: str
) -> None:
    page = read_page(contents)
    assert page is not None
    assert (page.counted, page.text) == (counted, shown)


def test_a_page_too_deep_to_read_is_none() -> None:
    assert read_page("<b>" * 5000 + "x") is None


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "å", "😀", " ", "\n", "ab", "<br>", "<b>", "</b>", "&amp;", "<li>"]),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_counted_character_has_its_place(pieces: list[str]) -> None:
    page = read_page("".join(pieces))
    assert page is not None
    before = 0
    for number, character in enumerate(page.counted):
        assert page.code_point(before) == number
        before += len(character.encode())
        if character not in " \n":
            assert page.text[page.places[number]] == character
    assert page.code_point(before) == len(page.counted)
    assert page.code_point(before + 1) == -1


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_give_anything_but_a_project_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _number in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(FILE, bytes(whole))
    except UnreadableProject as refused:
        assert refused.reason
    else:
        assert [fault for bundle in found for fault in foreign_projects.faults(bundle)] == []


def test_the_sample_of_taguettes_own_comes_in_whole() -> None:
    path = SHARED / "taguette-1.5.2_synthetic.sqlite3"
    if not path.exists():
        pytest.skip("the samples of other tools are not at hand")
    (found,) = read(path, path.read_bytes())
    assert (len(found.sources), len(found.codes), len(found.codings)) == (1, 3, 201)
    assert [loss.what for loss in found.losses] == ["Kodere"]
    assert foreign_projects.faults(found) == []
