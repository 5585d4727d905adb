"""Comments: kept in the reader's own file, handed over, taken in once, answered and put aside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.core.entities import CodeEntry
from workbench.errors import NotFound, Refusal
from workbench.services import checking, coding, commenting, comments, history, projects
from workbench.services.codebook import find_code, find_theme
from workbench.store.project import Project

Code = Callable[[str], CodeEntry]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODEBENK_DATA", str(tmp_path / "egne"))


@pytest.fixture
def coded(project: Project, code: Code, place: Callable[..., Any], tmp_path: Path) -> Path:
    """A project with a coding, that nobody has open."""
    coding.apply_code(project, *place("få boliger"), code("Bolig"))
    (tmp_path / "delt").mkdir()
    return checking.save_copy(project, tmp_path / "delt" / "studie.kodebenk")


@pytest.fixture
def reader(coded: Path) -> Iterator[Project]:
    opened = projects.open_existing(coded, coder="Student", readonly=True)
    yield opened
    opened.close()


def _comment(reader: Project, text: str = "Hvorfor ikke midlertidig?") -> str:
    return commenting.write_comment(reader, coding.list_codings(reader)[0], text).id


def _lead(path: Path) -> Project:
    return projects.open_existing(path, coder="Leder")


def test_commenting_changes_no_byte_of_the_project(coded: Path, reader: Project) -> None:
    before = hashlib.sha256(coded.read_bytes()).hexdigest()
    beside = sorted(coded.parent.iterdir())
    _comment(reader)
    commenting.write_comment(reader, find_code(reader, "Bolig"), "For vid.")
    commenting.write_comment(reader, find_theme(reader, "Bolig"), "Mangler essens.")
    reader.close()
    assert hashlib.sha256(coded.read_bytes()).hexdigest() == before
    assert sorted(coded.parent.iterdir()) == beside


def test_a_reader_has_one_file_a_project_and_others_have_theirs(coded: Path, reader: Project) -> None:
    uid = _comment(reader)
    commenting.write_comment(reader, coding.list_codings(reader)[0], "Nå ser jeg det.", comment=uid)
    assert [each.text for each in commenting.read_own(reader).comments] == ["Nå ser jeg det."]
    other = projects.open_existing(coded, coder="Kollega", readonly=True)
    assert commenting.read_own(other).comments == ()
    other.close()
    commenting.remove_comment(reader, uid)
    assert commenting.read_own(reader).comments == ()
    with pytest.raises(NotFound):
        commenting.remove_comment(reader, uid)


def test_an_empty_comment_and_an_empty_hand_over_are_refused(reader: Project, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="tom"):
        _comment(reader, "  ")
    with pytest.raises(Refusal, match="ikke skrevet"):
        commenting.hand_over(reader, tmp_path / "til-leder.kommentarer")


def test_the_lead_takes_a_file_in_once(coded: Path, reader: Project, tmp_path: Path) -> None:
    uid = _comment(reader)
    handed = commenting.hand_over(reader, tmp_path / "til-leder.kommentarer")
    lead = _lead(coded)
    (taken,) = comments.take_in(lead, [handed])
    assert (taken.reader, taken.new, taken.changed, taken.already) == ("Student", 1, 0, 0)
    (again,) = comments.take_in(lead, [handed])
    assert (again.new, again.changed, again.already) == (0, 0, 1)
    (comment,) = comments.list_comments(lead)
    assert (comment.id, comment.target_kind, comment.quote) == (uid, "coding", "I01-001")
    assert comment.status == "open"
    history.undo(lead)
    assert comments.list_comments(lead) == []
    lead.close()


def test_a_comment_written_anew_is_open_again_and_keeps_its_answer(
    coded: Path, reader: Project, tmp_path: Path
) -> None:
    uid = _comment(reader)
    lead = _lead(coded)
    comments.take_in(lead, [commenting.hand_over(reader, tmp_path / "a.kommentarer")])
    assert comments.reply(lead, uid, "Fordi hun sier få, ikke ingen.").reply == "Fordi hun sier få, ikke ingen."
    assert comments.set_status(lead, uid, "handled").status == "handled"
    assert comments.list_comments(lead, status="open") == []
    commenting.write_comment(reader, coding.list_codings(reader)[0], "Jeg mener det fortsatt.", comment=uid)
    (taken,) = comments.take_in(lead, [commenting.hand_over(reader, tmp_path / "b.kommentarer")])
    assert (taken.new, taken.changed) == (0, 1)
    (comment,) = comments.list_comments(lead)
    assert (comment.text, comment.status) == ("Jeg mener det fortsatt.", "open")
    assert comment.reply == "Fordi hun sier få, ikke ingen."
    lead.close()


def test_comments_on_another_project_are_refused_and_nothing_is_taken_in(
    coded: Path, reader: Project, tmp_path: Path
) -> None:
    _comment(reader)
    handed = commenting.hand_over(reader, tmp_path / "a.kommentarer")
    other = projects.create(tmp_path / "annet.kodebenk", coder="Leder", title="Annet")
    with pytest.raises(Refusal, match="annet prosjekt"):
        comments.take_in(other, [handed])
    assert comments.list_comments(other) == []
    other.close()


def test_a_file_that_is_something_else_is_refused_by_name(coded: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "brev.kommentarer"
    wrong.write_text("Kjære leder", encoding="utf-8")
    lead = _lead(coded)
    with pytest.raises(Refusal, match=r"brev\.kommentarer"):
        comments.take_in(lead, [wrong])
    lead.close()


def test_an_older_file_after_a_newer_one_changes_nothing(coded: Path, reader: Project, tmp_path: Path) -> None:
    uid = _comment(reader, "Først.")
    older = commenting.hand_over(reader, tmp_path / "a.kommentarer")
    commenting.write_comment(reader, coding.list_codings(reader)[0], "Så dette.", comment=uid)
    newer = commenting.hand_over(reader, tmp_path / "b.kommentarer")
    lead = _lead(coded)
    comments.take_in(lead, [newer, older])
    assert [each.text for each in comments.list_comments(lead)] == ["Så dette."]
    comments.set_status(lead, uid, "handled")
    comments.take_in(lead, [older])
    assert [(each.text, each.status) for each in comments.list_comments(lead)] == [("Så dette.", "handled")]
    lead.close()
