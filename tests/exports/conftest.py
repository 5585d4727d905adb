"""An invented study of two municipalities, as the services would hand it over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from codebooks.model import Code, Codebook
from exports.models import CodeCounts, Definition, Excerpt, Matrix, Method, QuoteBank, Report, ThemeChapter

SHORT = "Det er kø på kommunale boliger, og køen står stille."
LONG = (
    "Vi har prøvd å få til et fast møte hver måned, men det er alltid noen som ikke kan, og da blir det til at vi "
    "ringer i stedet. Det går for så vidt bra, men ingen skriver noe ned, og når en av oss slutter, begynner vi på "
    "nytt igjen fra begynnelsen med dem som kommer etter."
)
TURNS = "Det var ingen plan.\nIntervjuer: Ingen plan?\n\nMarit:\tNei, ikke skriftlig."
NESTED = "De kaller det «lavterskel», men døra er låst."
MINUTES = "Leder mener at tilbudet er bedre enn i fjor.\nFlere er enige."


def _excerpt(**changes: Any) -> Excerpt:
    values: dict[str, Any] = {
        "id": "aaaaaaaaaaaa",
        "quote_id": "I03-001",
        "source": "ssssssssssss",
        "source_name": "03-fjellvik-marit-hansen.docx",
        "source_kind": "transcript",
        "verbatim": True,
        "start": 100,
        "text": SHORT,
        "code": "bolig-tilgang",
        "code_name": "Tilgang",
        "code_path": ("Bolig", "Tilgang"),
        "themes": ("Bolig",),
        "coder": "Åse",
        "origin": "manual",
        "created": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "cases": ("Fjellvik",),
        "informant": "I03",
        "role": "boligkonsulent",
        "side": "kommune",
        "level": "operativt",
    }
    values.update(changes)
    values.setdefault("end", values["start"] + len(values["text"]))
    return Excerpt(**values)


@pytest.fixture(scope="session")
def excerpt() -> Callable[..., Excerpt]:
    """Makes an excerpt that differs from an ordinary one only in what is said."""
    return _excerpt


def _excerpts() -> tuple[Excerpt, ...]:
    return (
        _excerpt(id="a1", quote_id="I03-001", text=SHORT, question="Hvordan er det med boliger her hos dere?"),
        _excerpt(id="a2", quote_id="I03-002", start=900, text=LONG, star=True, origin="suggestion", time_ms=754_000),
        _excerpt(id="a3", quote_id="I03-003", start=2000, text=TURNS),
        _excerpt(
            id="b1", quote_id="I11-001", source="t2", source_name="11", start=5, text=NESTED, informant="I11",
            cases=("Ås",), role="leder",
        ),
        _excerpt(
            id="b2", quote_id="I11-002", source="t2", source_name="11", start=400, informant="I11", cases=("Ås",),
            text="Eg veit ikkje kven som har ansvaret.", language="nn", role="leder",
        ),
        _excerpt(
            id="m1", quote_id="R01-001", source="m1", source_name="Referat 1", source_kind="minutes", verbatim=False,
            text=MINUTES, informant="", role="", cases=("Ås",), star=True,
        ),
        _excerpt(
            id="n1", quote_id="P02-001", source="p2", source_name="Boligplan for Ås", source_kind="report",
            text="Ti nye boliger skal stå klare i løpet av året.", informant="", role="", cases=("Ås", "Fjellvik"),
        ),
    )  # fmt: skip


def _codebook() -> Codebook:
    return Codebook(
        name="oppdiktet",
        title="Oppdiktet kodebok",
        codes=(
            Code(slug="bolig", name="Bolig", brief="Der folk bor.", when="Når det handler om et sted å bo."),
            Code(
                slug="bolig-tilgang",
                name="Tilgang",
                parent="bolig",
                definition="Om det finnes en bolig å få.",
                when="Ventetid og kø.",
                when_not="Pris: bruk økonomi.",
                examples=("Vi står i kø.", "Ingen ledige."),
            ),
            Code(slug="okonomi", name="Økonomi", definition="Penger i tjenestene.", status="retired"),
            Code(slug="tom", name="Tom"),
        ),
    )


def _counts() -> tuple[CodeCounts, ...]:
    return (
        CodeCounts(code="bolig", name="Bolig", segments=3, sources=2, informants=2, cases=2),
        CodeCounts(code="bolig-tilgang", name="Tilgang", segments=7, sources=4, informants=2, cases=2),
    )


def _matrix() -> Matrix:
    return Matrix(rows=("Fjellvik", "Ås"), columns=("Bolig", "Samarbeid"), cells=((4, 0), (3, 1200)))


@pytest.fixture(scope="session")
def report() -> Report:
    """A report with everything in it."""
    return Report(
        title="Boligtilbud i to oppdiktede kommuner",
        date=date(2026, 11, 22),
        project="Oppdiktet evaluering",
        author="Åse Oppdiktet",
        data_class="Rød (fortrolig)",
        caveat="Utdragene gjengir informantenes vurderinger.\nDe er ikke en evaluering av tilbudet.",
        warnings=("To kilder er ikke ferdig kodet.",),
        method=Method(
            sources=(("transcript", 8), ("minutes", 1), ("report", 2)),
            words=84_312,
            informants=14,
            cases=2,
            coders=2,
            codes=4,
            codings=412,
            codings_from_suggestions=145,
            finished_sources=9,
            agreement=0.7434,
            agreement_unit="setning",
            software_version="0.1.0",
        ),
        chapters=(
            ThemeChapter(
                title="Bolig",
                essence="Det mangler boliger begge steder, men av ulik grunn.",
                definitions=(Definition(name="Tilgang", text="Om det finnes en bolig å få."),),
                counts=_counts(),
                total=CodeCounts(code="", name="", segments=9, sources=4, informants=2, cases=2),
                excerpts=_excerpts(),
            ),
            ThemeChapter(title="Samarbeid"),
        ),
        matrix=_matrix(),
        codebook=_codebook(),
        show_questions=True,
    )


@pytest.fixture(scope="session")
def bank() -> QuoteBank:
    """A quote bank of the same excerpts."""
    return QuoteBank(
        title="Oppdiktet evaluering",
        date=date(2026, 11, 22),
        excerpts=_excerpts(),
        codebook=_codebook(),
        counts=_counts(),
        matrix=_matrix(),
        software_version="0.1.0",
    )
