"""Memos on anything, links, the diary, and whose eyes a private memo is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from workbench.core.entities import CodeEntry, Coding, Source
from workbench.errors import Refusal
from workbench.services import (
    cases,
    codebook,
    coding,
    exporting,
    history,
    memo_exporting,
    memos,
    provenance,
    texts,
    themes,
)
from workbench.services.memos import MemoFilter
from workbench.services.retrieval import Filter
from workbench.store.project import Project, open_project

Place = Callable[..., tuple[Source, int, int]]
Code = Callable[[str], CodeEntry]
DAY = "2026-03-14"


@pytest.fixture
def made(project: Project, place: Place, code: Code) -> Coding:
    return coding.apply_code(project, *place("for få boliger"), code("bolig"))


@pytest.fixture
def colleague(project: Project) -> Iterator[Project]:
    other = open_project(project.path, coder="Ola Annen")
    yield other
    other.close()


def test_a_memo_can_be_on_anything(project: Project, made: Coding, place: Place, code: Code) -> None:
    source, start, end = place("Tilskuddet")
    theme = themes.add_theme(project, "Ansvar")
    targets = [
        ("project", "", "hele prosjektet"),
        ("case", "Elvestrand", "casen «Elvestrand»"),
        ("informant", "i01", "informanten I01"),
        ("source", source.name, f"kilden «{source.name}»"),
        ("span", source.name, f"et sted i «{source.name}» (tegn {start})"),
        ("code", "bolig", "koden «Bolig»"),
        ("theme", theme.title, f"temaet «{theme.title}»"),
        ("coding", made.quote, f"kodingen Bolig {made.quote}"),
    ]
    for kind, named, words in targets:
        span = (start, end) if kind == "span" else None
        subject = memos.find_subject(project, kind, named, span)
        written = memos.write_memo(project, kind, subject.target, f"om {kind}", span=span)
        found = memos.find_memo(project, written.id)
        assert (found.subject.words, found.subject.target) == (words, subject.target)
        assert subject == found.subject
    assert [each.memo.target_kind for each in memos.find_memos(project)] == list(memos.TARGETS)


def test_a_memo_on_a_place_follows_corrections_of_the_text(project: Project, place: Place) -> None:
    source, start, end = place("Tilskuddet")
    memos.write_memo(project, "span", source.id, "her", span=(start, end))
    first = place("få boliger")[1]
    texts.correct_typo(project, source, first, first + 2, "altfor få")
    (memo,) = memos.list_memos(project)
    again, moved, after = place("Tilskuddet")
    assert (memo.start, memo.end) == (moved, after) != (start, end)
    assert again.version != source.version


def test_a_memo_on_a_merged_code_is_on_what_it_ended_in(project: Project, code: Code) -> None:
    gone, into = code("Midlertidig bolig"), code("Økonomi")
    memo = memos.write_memo(project, "code", gone.id, "tanken lever")
    codebook.merge_codes(project, gone.id, into=into.id)
    assert [each.id for each in memos.list_memos(project, into.id)] == [memo.id]
    assert memos.find_memo(project, memo.id).subject.words == "koden «Økonomi»"


def test_links_lead_to_quotes_and_unknown_ones_are_told(project: Project, made: Coding) -> None:
    text = f"Se [[{made.quote.lower()}]], [[ {made.quote} ]] og [[I77-001]]. [[{made.quote}]]"
    written = memos.write_memo(project, "project", project.uid, text)
    found = memos.find_memo(project, written.id)
    assert [link.quote for link in found.links] == [made.quote.lower(), made.quote, "I77-001"]
    assert [link.leads_to and link.leads_to.coding for link in found.links] == [made.id, made.id, None]
    assert found.unknown == ("I77-001",)


def test_the_list_is_filtered_and_searched(project: Project, code: Code) -> None:
    target = code("bolig").id
    one = memos.write_memo(project, "code", target, "Ærlig talt")
    two = memos.write_memo(project, "project", project.uid, "Ro", private=True)
    three = memos.write_diary(project, "Ringte", day=DAY)
    four = memos.write_memo(project, "code", target, "Jeg venter", kind="condensate")

    def ids(**wanted: object) -> list[str]:
        return [each.memo.id for each in memos.find_memos(project, MemoFilter(**wanted))]  # type: ignore[arg-type]

    assert ids()[0] == three.id and set(ids()) == {one.id, two.id, three.id, four.id}
    assert ids(kind="condensate") == [four.id]
    assert ids(on="code", target=target) == [one.id, four.id]
    assert ids(text="ærlig") == [one.id]
    assert ids(text="KODEN «BOL") == [one.id, four.id]
    assert ids(text=DAY) == [three.id]
    assert ids(private=True) == [two.id]
    assert two.id not in ids(shared=True)
    assert ids(coder="kari koder") == ids() and ids(coder="Ola") == []


class TestDiary:
    def test_a_day_is_one_entry_that_goes_on(self, project: Project) -> None:
        first = memos.write_diary(project, "Om morgenen", day=DAY)
        again = memos.write_diary(project, " Om kvelden ", day=DAY)
        assert (again.id, again.text, again.day) == (first.id, "Om morgenen\n\nOm kvelden", DAY)
        assert memos.write_diary(project, "Neste", day="2026-03-15").id != first.id

    def test_each_coder_has_a_diary(self, project: Project, colleague: Project) -> None:
        mine = memos.write_diary(project, "Mitt", day=DAY)
        assert memos.write_diary(colleague, "Ditt", day=DAY).id != mine.id

    def test_what_is_private_is_not_mixed_with_what_is_shared(self, project: Project) -> None:
        shared = memos.write_diary(project, "Delt", day=DAY)
        private = memos.write_diary(project, "Privat", day=DAY, private=True)
        assert private.id != shared.id and private.private
        assert memos.write_diary(project, "Mer", day=DAY).private
        assert memos.find_memo(project, shared.id).memo.text == "Delt"

    def test_a_day_must_be_a_date(self, project: Project) -> None:
        for day in ("14. mars", "2026-13-01", ""):
            with pytest.raises(Refusal, match="dato"):
                memos.write_diary(project, "x", day=day)
        with pytest.raises(Refusal, match="tomt"):
            memos.write_diary(project, " ", day=DAY)


class TestPrivate:
    SECRET = "Hvisken"

    def test_no_reader_of_memos_shows_another_coders_private_memo(
        self, project: Project, colleague: Project, made: Coding, tmp_path: Path
    ) -> None:
        for kind, target in (("coding", made.id), ("project", project.uid), ("code", made.code)):
            memos.write_memo(colleague, kind, target, self.SECRET, private=True)
        memos.write_diary(colleague, self.SECRET, day=DAY, private=True)
        memos.write_memo(colleague, "code", made.code, self.SECRET, kind="condensate", private=True)
        assert len(memos.list_memos(colleague)) == 5

        assert memos.list_memos(project) == memos.shared_memos(project) == []
        assert memos.find_memos(project) == []
        assert memos.find_memos(project, MemoFilter(coder="Ola Annen", private=True)) == []
        assert memos.diary_entry(project, DAY) is None
        assert provenance.why(project, made.id).memos == ()
        for hidden in memos.list_memos(colleague):
            for act in (
                lambda hidden=hidden: memos.find_memo(project, hidden.id),
                lambda hidden=hidden: memos.change_memo(project, hidden.id, text="x"),
                lambda hidden=hidden: memos.remove_memo(project, hidden.id),
            ):
                with pytest.raises(Refusal):
                    act()
        for name in exporting.FORMATS:
            written = exporting.export(project, name, tmp_path / f"utdrag.{name}", Filter())
            assert self.SECRET.encode() not in _unpacked(written.path)
        for wanted in (MemoFilter(), MemoFilter(kind="condensate")):
            for name in memo_exporting.FORMATS:
                path = tmp_path / f"memo.{name}"
                memo_exporting.export_memos(project, path, wanted, force=True)
                assert self.SECRET.encode() not in _unpacked(path)
        assert all(self.SECRET not in entry.summary for entry in history.history(project))

    def test_ones_own_stand_in_ones_own_lists_but_not_with_the_excerpts(
        self, project: Project, made: Coding, tmp_path: Path
    ) -> None:
        memos.write_memo(project, "coding", made.id, self.SECRET, private=True)
        memos.write_memo(project, "coding", made.id, "Delt tanke")
        assert [each.private for each in memos.list_memos(project)] == [True, False]
        written = exporting.export(project, "json", tmp_path / "ut.json", Filter())
        assert self.SECRET not in written.path.read_text("utf-8")
        assert "Delt tanke" in written.path.read_text("utf-8")

    def test_private_and_shared_is_a_choice_that_can_be_undone(self, project: Project) -> None:
        memo = memos.write_memo(project, "project", project.uid, "tanke")
        assert memos.change_memo(project, memo.id, private=True).private
        assert memos.change_memo(project, memo.id, text="ny tanke").private
        history.undo(project)
        history.undo(project)
        assert memos.list_memos(project) == [memo]

    def test_another_coders_shared_memo_is_read_but_not_rewritten(self, project: Project, colleague: Project) -> None:
        memo = memos.write_memo(colleague, "project", project.uid, "Olas")
        assert memos.find_memo(project, memo.id).memo.text == "Olas"
        with pytest.raises(Refusal, match="en annen"):
            memos.change_memo(project, memo.id, text="Karis")
        memos.remove_memo(project, memo.id)
        assert memos.list_memos(colleague) == []


class TestCondensates:
    def test_only_on_codes(self, project: Project) -> None:
        with pytest.raises(Refusal, match="kode"):
            memos.write_memo(project, "project", project.uid, "Jeg", kind="condensate")

    def test_the_table_has_group_units_and_analytic_text(
        self, project: Project, made: Coding, place: Place, code: Code, tmp_path: Path
    ) -> None:
        below = code("Midlertidig bolig")
        said = coding.apply_code(project, *place("På mottaket"), below)
        noted = coding.apply_code(project, *place("Møtet handlet om ansvar"), below)
        themes.add_theme(project, "Å vente", essence="Ventetiden er boligen.", codes=[made.code])
        memos.write_memo(project, "code", below.id, f"Jeg bor ingen steder. [[{noted.quote}]] [[{said.quote}]]",
                         kind="condensate")  # fmt: skip
        memos.write_memo(project, "code", made.code, "Jeg venter.", kind="condensate")
        written = memo_exporting.export_memos(
            project, tmp_path / "kond.md", MemoFilter(kind="condensate"), day=date(2026, 4, 1)
        )
        text = written.path.read_text("utf-8").replace("\\", "")
        assert text.count("Kondensat (kunstig sitat, ikke ordrett)") == 2
        assert "«Jeg" not in text and "[[" not in text
        for expected in (
            "## Bolig", "### Midlertidig bolig", "Jeg bor ingen steder.", f"«På mottaket» [{said.quote}]",
            f"(ikke ordrett) Møtet handlet om ansvar [{noted.quote}]", f"«for få boliger» [{made.quote}]",
        ):  # fmt: skip
            assert expected in text
        assert text.index(noted.quote) < text.index(said.quote), "units stand as the condensate links to them"
        assert text.count("Ventetiden er boligen.") == 1

    def test_codes_of_the_group_without_one_are_told(self, project: Project, made: Coding, code: Code, place: Place,
                                                     tmp_path: Path) -> None:  # fmt: skip
        coding.apply_code(project, *place("På mottaket"), code("Midlertidig bolig"))
        memos.write_memo(project, "code", made.code, "Jeg venter.", kind="condensate")
        written = memo_exporting.export_memos(project, tmp_path / "k.csv", MemoFilter(kind="condensate"))
        assert written.warnings == ("Kodet, men uten kondensat: Midlertidig bolig.",)


def test_an_export_says_what_the_reader_must_know(project: Project, tmp_path: Path) -> None:
    memos.write_memo(project, "project", project.uid, "Se [[I77-001]]", private=True)
    written = memo_exporting.export_memos(project, tmp_path / "m.md")
    unknown, private = written.warnings
    assert "I77-001" in unknown and "--shared" in private
    assert "PRIVAT" in written.path.read_text("utf-8")
    (empty,) = memo_exporting.export_memos(project, tmp_path / "n.md", MemoFilter(shared=True)).warnings
    assert "Ingen memoer" in empty
    with pytest.raises(Refusal, match="finnes fra før"):
        memo_exporting.export_memos(project, tmp_path / "m.md")
    with pytest.raises(Refusal, match="docx"):
        memo_exporting.export_memos(project, tmp_path / "m.pdf")


def test_what_is_gone_is_said_to_be_gone(project: Project) -> None:
    case = cases.add_case(project, "Flyktig")
    memo = memos.write_memo(project, "case", case.id, "tanke")
    with project.write() as act:
        act.record("case.remove", {"id": case.id})
    assert memos.find_memo(project, memo.id).subject.words == "noe som er slettet"
    with pytest.raises(Refusal, match="finnes ikke lenger"):
        memos.write_memo(project, "case", case.id, "igjen")


def _unpacked(path: Path) -> bytes:
    """The file's bytes, and those of its parts when it is a package."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist())
