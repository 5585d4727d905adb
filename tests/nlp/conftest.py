"""Short texts as suggestions see them, read without a tagger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codebooks.model import Codebook
from corpus.model import Role, SourceKind, Turn
from nlp.document import Document
from nlp.evidence import Evidence, read_evidence
from nlp.parsed import parse
from nlp.pipeline import Pipeline, load
from nlp.rules import rules_for
from nlp.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def blank() -> Pipeline:
    return load("blank")


@pytest.fixture(scope="session")
def talk(blank: Pipeline) -> Callable[..., Document]:
    """A function from (role, words) to a transcript with the label `X: ` before each turn."""

    def document(
        *said: tuple[Role, str],
        name: str = "a",
        cases: tuple[str, ...] = (),
        roles: tuple[str, ...] = (),
        kind: SourceKind = "transcript",
    ) -> Document:
        text, turns = "Opptak i dag. Bolig.\n", []
        for role, words in said:
            begin = len(text)
            text += f"X: {words}\n"
            turns.append(Turn(speaker="X", role=role, label_start=begin, start=begin + 3, end=len(text) - 1))
        parsed = parse(text, turns, blank)
        return Document(name, text, tuple(turns), kind, parsed, cases, roles or ("",) * len(turns))

    return document


@pytest.fixture(scope="session")
def prose(blank: Pipeline) -> Callable[..., Document]:
    """A function from a text to a document without turns."""

    def document(text: str, *, name: str = "a", kind: SourceKind = "report", cases: tuple[str, ...] = ()) -> Document:
        return Document(name, text, (), kind, parse(text, (), blank), cases)

    return document


@pytest.fixture(scope="session")
def ask(blank: Pipeline) -> Callable[..., Evidence]:
    """A function that asks a codebook's signals of a document."""

    def evidence(document: Document, codebook: Codebook, vocabulary: Vocabulary | None = None) -> Evidence:
        return read_evidence(document, rules_for(codebook, blank), codebook, vocabulary or Vocabulary())

    return evidence
