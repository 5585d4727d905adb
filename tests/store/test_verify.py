"""`check` finds what has been changed behind the journal's back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.services import checking, codebook, coding, notes, sources
from workbench.store.project import Project

TAMPERING = {
    "a coding past the end": ('UPDATE coding SET "end" = 100000', "utenfor teksten"),
    "a coding before the beginning": ("UPDATE coding SET start = -1", "utenfor teksten"),
    "a coding the wrong way round": ('UPDATE coding SET start = "end" + 1', "utenfor teksten"),
    "a note past the end": ('UPDATE margin_note SET "end" = 100000', "utenfor teksten"),
    "a coding on a text that was left": ("UPDATE coding SET version = 'annen'", "ikke er den gjeldende"),
    "a coding in a source that is gone": ("UPDATE coding SET source = 'borte'", "kilde som ikke finnes"),
    "a coding with a code that is gone": ("UPDATE coding SET code = 'borte'", "kode som ikke finnes"),
    "a payload": (
        "UPDATE payload SET body = replace(body, '\"start\":12', '\"start\":13') WHERE body LIKE '%\"start\":12%'",
        "stemmer ikke med journalen",
    ),
    "a payload's salt": ("UPDATE payload SET salt = 'annet'", "stemmer ikke med journalen"),
    "who did it": ("UPDATE change SET coder = 'annen' WHERE kind = 'coding.add'", "endret etter at den ble skrevet"),
    "when": ("UPDATE change SET clock = clock || '0' WHERE kind = 'coding.add'", "endret etter at den ble skrevet"),
    "what kind": (
        "UPDATE change SET kind = 'coding.star' WHERE kind = 'coding.add'",
        "endret etter at den ble skrevet",
    ),
    "the digest with the payload": ("UPDATE change SET digest = 'x' WHERE kind = 'coding.add'", "endret etter"),
    "a seal": ("UPDATE change SET seal = 'x' WHERE kind = 'code.add'", "endret etter at den ble skrevet"),
    "a change in the middle taken out": (
        "DELETE FROM change WHERE id = (SELECT id FROM change WHERE kind = 'code.add' LIMIT 1)",
        "som mangler",
    ),
    "a parent": (
        "UPDATE change_parent SET parent = 'borte' WHERE change = (SELECT id FROM change WHERE kind = 'coding.add')",
        "som mangler",
    ),
    "a text": ("UPDATE text_blob SET body = replace(body, 'boliger', 'hytter')", "endret utenfor Kodebenk"),
    "a text of another length": (
        "UPDATE text_blob SET body = body || ' mer' WHERE body LIKE '%boliger%'",
        "feil lengde",
    ),
    "a text taken out": ("DELETE FROM text_blob WHERE body LIKE '%boliger%'", "mangler eller har feil lengde"),
}


@pytest.fixture
def coded(project: Project) -> Project:
    source = sources.list_sources(project)[0]
    coding.apply_code(project, source, 12, 30, codebook.find_code(project, "bolig"))
    notes.add_note(project, source, 12, 30, "merknad")
    return project


def test_a_sound_file_has_no_problems(coded: Project) -> None:
    assert checking.check(coded).problems == ()


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(coded: Project, what: str) -> None:
    statement, said = TAMPERING[what]
    assert coded.connection.execute(statement).rowcount > 0
    result = checking.check(coded)
    assert not result.ok
    assert any(said in problem for problem in result.problems), result.problems


def test_a_payload_taken_out_without_a_tombstone_is_found(coded: Project) -> None:
    coded.connection.execute("DELETE FROM payload WHERE body LIKE '%\"start\":12%'")
    assert not checking.check(coded).ok


def test_a_damaged_page_is_named(copied: Callable[..., Project], tmp_path: object) -> None:
    project = copied("skadet")
    path = project.path
    project.close()
    content = bytearray(path.read_bytes())
    page = len(content) // 2 // 4096 * 4096
    content[page : page + 4096] = b"\x00" * 4096
    path.write_bytes(content)
    again = copied("skadet", again=True)
    try:
        found = checking.check(again).problems
    except Exception as error:
        assert "malformed" in str(error) or "skadet" in str(error)
    else:
        assert found
