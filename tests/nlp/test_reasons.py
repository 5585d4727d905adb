"""What a suggestion tells of itself."""

from __future__ import annotations

from collections.abc import Callable

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.evidence import Evidence
from nlp.suggest import from_codebook, suggest

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
WEIGHTS = (("sofa", 9.0), ("madrass", 8.0), ("kontor", -6.0))
BOOK = Codebook(
    name="prøve",
    codes=(
        Code(slug="bolig", name="Bolig", signals=(Signal(name="hverdagsord", any=Terms(), weights=WEIGHTS),)),
        Code(slug="penger", name="Penger", signals=(Signal(name="penger", any=Terms(words=("penger",))),)),
    ),
)
SAID = "Sofa og madrass. Sofa og madrass på et kontor. Sofa, madrass, sofa."


def test_a_passage_of_weighted_words_alone_names_them_with_their_sign(talk: Talk, ask: Ask) -> None:
    evidence = ask(talk(("participant", SAID)), BOOK)
    found = [each for each in suggest(evidence, from_codebook(BOOK)) if each.code == "bolig"]
    assert found
    words = {why.name: why.weight for each in found for why in each.reasons if why.kind == "word"}
    assert words["sofa"] > words["madrass"] > 0
    text = evidence.document.text
    for each in found:
        assert each.rule == "" and each.method == "exchange"
        for why in each.reasons:
            if why.start is not None:
                assert text[why.start : why.end].lower() == why.name
        assert all("kontor" not in text[start:end] for start, end in each.because)
    assert any(why.name == "kontor" and why.weight < 0 for each in found for why in each.reasons)


def test_weighted_words_of_another_register_are_neither_heard_nor_told(talk: Talk, ask: Ask) -> None:
    written = Signal(name="hverdagsord", any=Terms(), weights=WEIGHTS, register="prose")
    book = Codebook(name="p", codes=(Code(slug="bolig", name="Bolig", signals=(written,)),))
    evidence = ask(talk(("participant", SAID)), book)
    assert list(suggest(evidence, from_codebook(book))) == []


def test_small_words_alone_propose_nothing(talk: Talk, ask: Ask) -> None:
    heavy = Signal(name="hverdagsord", any=Terms(), weights=(("ikke", 9.0), ("sofa", 9.0)))
    book = Codebook(name="p", codes=(Code(slug="bolig", name="Bolig", signals=(heavy,)),))
    for said, proposed in (("Ikke, ikke. Ikke ikke.", 0), ("Ikke, ikke. Ikke sofa.", 1)):
        evidence = ask(talk(("participant", said)), book)
        assert len(list(suggest(evidence, from_codebook(book)))) == proposed
