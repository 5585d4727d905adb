"""The sentences of the method paragraph, in singular and plural, and what is left out."""

from __future__ import annotations

from exports import method
from exports.models import Method


def material(facts: Method) -> str:
    return method.material(facts, "nb-NO").replace("\xa0", " ")


def coding(facts: Method) -> str:
    return method.coding(facts, "nb-NO").replace("\xa0", " ")


def test_one_of_each_is_singular() -> None:
    facts = Method(sources=(("transcript", 1), ("minutes", 0)), words=1, informants=1, cases=1)
    assert material(facts) == (
        "Materialet består av 1 transkripsjon. Til sammen er det 1 ord. Det omfatter 1 informant i 1 case."
    )


def test_kinds_are_added_up_and_those_with_none_are_left_out() -> None:
    facts = Method(sources=(("transcript", 2), ("notes", 3), ("survey", 1000), ("article", 1), ("report", 0)), cases=3)
    assert material(facts) == (
        "Materialet består av 1 006 kilder: 2 transkripsjoner, 3 intervjunotater, 1 000 spørreskjemasvar og 1 artikkel."
        " Det omfatter 3 caser."
    )


def test_nothing_is_said_of_no_sources() -> None:
    assert material(Method()) == ""


def test_coding_without_suggestions_and_with_everything_finished() -> None:
    facts = Method(sources=(("transcript", 2),), coders=1, codes=1, codings=1, finished_sources=2, software_version="1")
    assert coding(facts) == (
        "Materialet er kodet av 1 person i Kodebenk 1, med en kodebok på 1 kode. Det er gjort 1 koding. "
        "Ingen av kodingene bygger på maskinelle forslag. Alle kildene er ferdig kodet."
    )


def test_shares_and_agreement_have_a_decimal_comma() -> None:
    facts = Method(sources=(("transcript", 9),), coders=2, codings=8, codings_from_suggestions=1, agreement=-0.0521)
    assert coding(facts) == (
        "Materialet er kodet av 2 personer i Kodebenk. Det er gjort 8 kodinger. Av kodingene kom 1 (12,5 prosent) fra "
        "maskinelle forslag som en koder har vurdert og godtatt. Ferdig kodet er 0 av 9 kilder. Samsvaret mellom "
        "koderne er −0,052 (Krippendorffs alfa)."
    )


def test_nothing_coded_is_said_so() -> None:
    assert coding(Method(sources=(("transcript", 1),))) == "Ingenting i materialet er kodet ennå."


def test_an_agreement_of_nought_is_an_agreement() -> None:
    assert "er 0,000 (" in coding(Method(codings=1, agreement=0.0))
