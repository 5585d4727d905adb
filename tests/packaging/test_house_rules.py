"""The house: modules, classes and functions a person can hold in mind, and SQL in one room only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("workbench", "codebooks", "corpus", "nlp", "exports")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bDELETE FROM\b|\bUPDATE \w+ SET\b|\bCREATE (TABLE|INDEX|VIRTUAL)\b"
    r"|\bPRAGMA\b|\bBEGIN IMMEDIATE\b|\bWHERE \w+ = \?",
    re.DOTALL,
)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _lines(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def _too_long(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    length = len(path.read_text(encoding="utf-8").splitlines())
    if length > 600:
        yield f"{_named(path)}: {length} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > 60:
            yield f"{_named(path)}:{node.lineno} {node.name}: {_lines(node)} lines"
        if isinstance(node, ast.ClassDef) and _lines(node) > 300:
            yield f"{_named(path)}:{node.lineno} {node.name}: {_lines(node)} lines"


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def test_the_rooms_are_there() -> None:
    assert len(MODULES) > 100


def test_nothing_is_longer_than_a_person_can_hold_in_mind() -> None:
    assert [found for path in MODULES for found in _too_long(path)] == []


_OTHER_DATABASES = ("exports/interchange/databases.py", "exports/flat_database.py", "exports/flat_tables.py")
"""Where other tools' files are read, and a plain database for other programs is written: neither is a project."""


def test_sql_lives_in_the_store() -> None:
    found = [
        f"{_named(path)}:{node.lineno}"
        for path in MODULES
        if "workbench/store" not in path.as_posix() and _named(path) not in _OTHER_DATABASES
        for node in _strings(ast.parse(path.read_text(encoding="utf-8")))
        if _SQL.search(str(node.value))
    ]
    assert found == []


def test_the_search_for_sql_would_find_some() -> None:
    found = {
        path.name
        for path in MODULES
        if "workbench/store" in path.as_posix()
        for node in _strings(ast.parse(path.read_text(encoding="utf-8")))
        if _SQL.search(str(node.value))
    }
    assert {"journal.py", "project.py", "codings.py", "state.py"} <= found


@pytest.mark.parametrize("room", ROOMS)
def test_package_markers_are_empty(room: str) -> None:
    assert [
        _named(path) for path in (ROOT / room).rglob("__init__.py") if path.read_text(encoding="utf-8").strip()
    ] == []


def test_no_exception_is_caught_whatever_it_is() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = (
                    [name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)] if node.type else ["all"]
                )
                again = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
                if set(names) & {"Exception", "BaseException", "all"} and not again:
                    found.append(f"{_named(path)}:{node.lineno}")
    assert found == []


def test_nothing_prints_but_the_streams() -> None:
    found = [
        f"{_named(path)}:{node.lineno}"
        for path in MODULES
        if _named(path) != "workbench/cli/output.py" and not path.name.startswith(("evaluate", "build"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []
