"""Who a printed attribution fits, and what words give away."""

from __future__ import annotations

import pytest

from workbench.core.identifying import Person, Printed, crowds, is_national_number, merged, traces


def person(number: str, role: str, level: str = "operativt", *cases: str) -> Person:
    return Person(number=number, role=role, level=level, side="kommune", cases=frozenset(cases or ("Ås",)))


def printed(informant: str, *attributes: tuple[str, str], cases: tuple[str, ...] = ("Ås",), quote: str = "") -> Printed:
    return Printed(
        coding=informant, quote=quote or f"{informant}-001", source="s", start=0, end=5, informant=informant, cases=cases,
        attributes=attributes,
    )  # fmt: skip


EVERYBODY = [
    person("I01", "DPS-leder", "strategisk"),
    person("I02", "enhetsleder", "strategisk"),
    *(person(f"I1{n}", "miljøarbeider") for n in range(7)),
    person("I30", "enhetsleder", "strategisk", "Berg"),
]


def test_an_attribution_that_fits_one_is_high_and_one_that_fits_few_names_them() -> None:
    alone = printed("I30", ("case", "Berg"), ("level", "strategisk"), cases=("Berg",))
    two = printed("I01", ("case", "Ås"), ("level", "strategisk"))
    many = printed("I11", ("case", "Ås"), ("level", "operativt"))
    found = crowds([alone, two, many], EVERYBODY, 5)
    assert [(each.kind, each.severity, [p.number for p in each.people]) for each in found] == [
        ("combination", "high", ["I30"]),
        ("group", "medium", ["I01", "I02"]),
    ]
    assert [p.role for p in found[1].alone] == ["DPS-leder", "enhetsleder"]
    assert len(crowds([many], EVERYBODY, 7)) == 1


def test_a_role_held_by_one_is_a_role_risk_whether_it_is_printed_or_not() -> None:
    shown = crowds([printed("I01", ("case", "Ås"), ("role", "DPS-leder"))], EVERYBODY, 5)
    assert [(each.kind, each.severity) for each in shown] == [("role", "high")]
    hidden = crowds([printed("I01"), printed("I11")], EVERYBODY, 5)
    assert [(each.kind, each.severity, each.people[0].number) for each in hidden] == [("role", "low", "I01")]


def test_one_attribution_is_one_risk_with_all_its_places() -> None:
    places = [printed("I01", ("case", "Ås"), ("role", "DPS-leder"), quote=f"I01-00{n}") for n in (1, 2)]
    (found,) = crowds(places, EVERYBODY, 5)
    assert [place.quote for place in found.places] == ["I01-001", "I01-002"]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Ring meg på 912 34 567.", "contact", "912 34 567"),
        ("Ring meg på +47 22 33 44 55 i dag", "contact", "+47 22 33 44 55"),
        ("skriv til kari.nordmann@fjord.no nå", "contact", "kari.nordmann@fjord.no"),
        ("hun er født 12.03.1974, tror jeg", "birth", "født 12.03.1974"),
        ("vi var i Tromsøs beste selskap", "place", "Tromsøs"),
        ("her i Fjellvik kommune", "case", "Fjellvik"),
        ("Fjellviks ordfører", "case", "Fjellviks"),
    ],
)
def test_what_points_to_somebody_is_found(text: str, kind: str, words: str) -> None:
    assert [(each.kind, text[each.start : each.end]) for each in traces(text, cases=["Fjellvik kommune"])] == [
        (kind, words)
    ]


@pytest.mark.parametrize(
    "text",
    ["i 2019 var det 1200 ord", "12 345 678 kroner", "kommune og by", "fjellvik med liten", "13 av 25, ca. 1.5.", ""],
)
def test_ordinary_words_and_numbers_point_to_nobody(text: str) -> None:
    assert traces(text, cases=["Fjellvik kommune"]) == []


def test_a_national_number_has_a_date_and_two_control_digits() -> None:
    assert is_national_number("01010750160")
    assert not is_national_number("01010750161")
    assert not is_national_number("45130750160")
    assert [each.kind for each in traces("nr. 010107 50160.")] == ["birth"]


def test_a_case_is_worse_where_cases_are_masked() -> None:
    assert [each.severity for each in traces("Ås", cases=["Ås"], masked=True)] == ["high"]
    assert [each.severity for each in traces("Ås", cases=["Ås"])] == ["medium"]


def test_of_two_that_overlap_the_worse_kind_stands() -> None:
    found = merged(traces("Tromsø"), traces("Tromsø", cases=["Tromsø kommune"]))
    assert [each.kind for each in found] == ["case"]
