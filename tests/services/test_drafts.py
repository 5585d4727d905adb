"""What is being written: lost to no crash, and one step of undo when it is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from workbench.core.entities import CodeEntry, Source
from workbench.errors import Refusal
from workbench.services import codebook, drafts, history, memos, sources, texts
from workbench.store import journal
from workbench.store.project import Project, open_project
from workbench.store.verify import problems

Place = Callable[..., tuple[Source, int, int]]
Code = Callable[[str], CodeEntry]

WRITER = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from workbench.services import drafts, memos
from workbench.store.project import open_project

project = open_project(Path(sys.argv[1]), coder="Kari Koder")
draft = drafts.go_on(project, memos.find_subject(project, "project"))
for words in ("En", "En tanke", "En tanke som ikke skal bort"):
    draft = replace(draft, text=words)
    drafts.keep(project, draft)
print(draft.memo, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known on Windows")
def test_what_was_kept_survives_a_killed_program(project: Project) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WRITER, str(project.path)], capture_output=True, env=dict(os.environ), check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert memos.list_memos(project) == []
    before = set(journal.heads(project.connection))
    (taken,) = drafts.take_in(project)
    assert taken.memo is not None
    assert (taken.outcome, taken.memo.text) == ("added", "En tanke som ikke skal bort")
    assert taken.memo.id == ended.stdout.decode().strip()
    assert drafts.take_in(project) == drafts.left_behind(project) == []
    assert set(journal.heads(project.connection)) != before
    assert list(problems(project.connection)) == []


def test_a_sitting_is_one_step_of_undo(project: Project) -> None:
    draft = _begun(project)
    before = len(history.history(project))
    for words in ("a", "ab", "abc"):
        draft = replace(draft, text=words)
        drafts.keep(project, draft)
    assert len(history.history(project)) == before, "what is only kept is not journaled"
    added = drafts.settle(project, draft)
    assert added.memo is not None and added.memo.text == "abc"
    changed = drafts.settle(project, replace(drafts.resume(added.memo), text="abcd"))
    assert (changed.outcome, changed.memo and changed.memo.text) == ("changed", "abcd")
    history.undo(project)
    assert [each.text for each in memos.list_memos(project)] == ["abc"]
    history.undo(project)
    assert memos.list_memos(project) == []


def test_nothing_new_is_no_change(project: Project) -> None:
    memo = memos.write_memo(project, "project", project.uid, "det samme")
    before = journal.heads(project.connection)
    draft = drafts.resume(memo)
    drafts.keep(project, draft)
    settled = drafts.settle(project, replace(draft, text=" det samme\n"))
    assert (settled.outcome, settled.memo) == ("unchanged", memo)
    assert drafts.settle(project, _begun(project)).outcome == "unchanged"
    assert journal.heads(project.connection) == before
    assert drafts.left_behind(project) == []


def test_without_words_a_memo_is_removed_but_never_by_a_crash(project: Project) -> None:
    memo = memos.write_memo(project, "project", project.uid, "bort")
    empty = replace(drafts.resume(memo), text="  ")
    drafts.keep(project, empty)
    assert drafts.take_in(project) == [] and memos.list_memos(project) == [memo]
    assert drafts.settle(project, empty).outcome == "removed"
    assert memos.list_memos(project) == []
    history.undo(project)
    assert memos.list_memos(project) == [memo]


def test_words_written_elsewhere_meanwhile_are_kept_beside(project: Project) -> None:
    memo = memos.write_memo(project, "project", project.uid, "først")
    draft = replace(drafts.resume(memo), text="først og her")
    other = open_project(project.path, coder=project.coder_name)
    memos.change_memo(other, memo.id, text="først og der")
    other.close()
    settled = drafts.settle(project, draft)
    assert settled.outcome == "beside"
    assert [each.text for each in memos.list_memos(project)] == ["først og der", "først og her"]


def test_what_the_draft_holds_already_is_not_doubled(project: Project) -> None:
    draft = replace(_begun(project), text="et stykke")
    drafts.keep(project, draft)
    other = open_project(project.path, coder=project.coder_name)
    drafts.take_in(other)
    other.close()
    settled = drafts.settle(project, replace(draft, text="et stykke til"))
    assert settled.outcome == "changed"
    assert [each.text for each in memos.list_memos(project)] == ["et stykke til"]


def test_a_memo_that_was_removed_meanwhile_comes_back_as_a_new_one(project: Project) -> None:
    memo = memos.write_memo(project, "project", project.uid, "først")
    memos.remove_memo(project, memo.id)
    settled = drafts.settle(project, replace(drafts.resume(memo), text="først og mer"))
    assert settled.outcome == "beside" and settled.memo is not None and settled.memo.id != memo.id


def test_a_draft_on_a_place_lands_on_the_source_when_the_text_was_corrected(project: Project, place: Place) -> None:
    source, start, end = place("Tilskuddet")
    subject = memos.find_subject(project, "span", source.id, (start, end))
    fresh, stale = drafts.begin(project, subject), drafts.begin(project, subject)
    on_place = drafts.settle(project, replace(fresh, text="her")).memo
    assert on_place is not None and (on_place.target_kind, on_place.start, on_place.end) == ("span", start, end)
    assert drafts.go_on(project, subject).memo == on_place.id
    texts.correct_typo(project, source, 0, 1, "J")
    landed = drafts.settle(project, replace(stale, text="der")).memo
    assert landed is not None and (landed.target_kind, landed.target, landed.start) == ("source", source.id, 0)


def test_a_draft_on_what_is_gone_lands_on_the_project(project: Project, code: Code, place: Place) -> None:
    entry = codebook.add_code(project, "Flyktig")
    subject = memos.find_subject(project, "code", entry.id)
    condensate = replace(drafts.begin(project, subject, kind="condensate"), text="Jeg venter.")
    source, start, end = place("På mottaket")
    on_place = replace(
        drafts.begin(project, memos.find_subject(project, "span", source.id, (start, end))), text="om stedet"
    )
    codebook.remove_code(project, entry.id)
    sources.delete_source(project, source)
    landed = drafts.settle(project, condensate).memo
    assert landed is not None and (landed.target_kind, landed.kind) == ("project", "memo")
    assert landed.text.startswith("Kondensat (kunstig sitat, ikke ordrett)") and landed.text.endswith("Jeg venter.")
    other = drafts.settle(project, on_place).memo
    assert other is not None and (other.target_kind, other.text) == ("project", "om stedet")


def test_drafts_are_their_writers_own(project: Project) -> None:
    drafts.keep(project, replace(_begun(project), text="mitt", private=True))
    other = open_project(project.path, coder="Ola Annen")
    assert drafts.left_behind(other) == drafts.take_in(other) == []
    other.close()
    (taken,) = drafts.take_in(project)
    assert taken.memo is not None and taken.memo.private


def test_a_project_open_for_reading_takes_nothing_in(project: Project) -> None:
    drafts.keep(project, replace(_begun(project), text="mitt"))
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    reading = open_project(project.path, coder=project.coder_name, readonly=True)
    assert drafts.take_in(reading) == []
    with pytest.raises(Refusal, match="for lesing"):
        drafts.go_on(reading, memos.find_subject(reading, "project"))
    reading.close()


def _begun(project: Project) -> drafts.Draft:
    return drafts.begin(project, memos.find_subject(project, "project"))
