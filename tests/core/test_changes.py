"""Digests and seals: equal payloads are equal, and nothing in an envelope can be altered unseen."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.changes import KIND_VERSIONS, Change, canonical, payload_digest, seal_of
from workbench.core.ids import ID_LENGTH, derived_id, new_id
from workbench.store.applying.apply import _APPLY

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
_payloads = st.dictionaries(st.text(max_size=6), _values, max_size=5)

CHANGE = Change(
    id="018f", replica="kopi", clock="0000000000010000", coder="kari", kind="coding.add", version=1, gesture="g",
    parents=("p1", "p2"), digest="d", seal="", payload={"id": "x"},
)  # fmt: skip


@given(_payloads)
def test_the_order_of_keys_does_not_matter(payload: dict[str, object]) -> None:
    assert canonical(payload) == canonical(dict(reversed(payload.items())))


@given(_payloads, _payloads)
def test_unequal_payloads_are_unequal(one: dict[str, object], other: dict[str, object]) -> None:
    same = canonical(one) == canonical(other)
    assert (payload_digest("salt", canonical(one)) == payload_digest("salt", canonical(other))) is same


def test_the_salt_hides_equal_payloads_from_each_other() -> None:
    assert payload_digest("a", "{}") != payload_digest("b", "{}")


@pytest.mark.parametrize(
    "field", [each.name for each in fields(Change) if each.name not in ("seal", "payload", "parents", "version")]
)
def test_every_word_of_the_envelope_is_sealed(field: str) -> None:
    altered = replace(CHANGE, **{field: "annet"})
    assert seal_of(altered, ["s1", "s2"]) != seal_of(CHANGE, ["s1", "s2"])


def test_version_parents_and_their_seals_are_sealed() -> None:
    seal = seal_of(CHANGE, ["s1", "s2"])
    assert seal_of(replace(CHANGE, version=2), ["s1", "s2"]) != seal
    assert seal_of(replace(CHANGE, parents=("p1",)), ["s1", "s2"]) != seal
    assert seal_of(CHANGE, ["s1", "annet"]) != seal


def test_a_destroyed_payload_leaves_the_seal() -> None:
    assert seal_of(replace(CHANGE, payload=None), ["s"]) == seal_of(CHANGE, ["s"])


def test_every_kind_of_change_can_be_applied_and_every_application_is_a_kind() -> None:
    assert set(_APPLY) == set(KIND_VERSIONS)


def test_ids_are_twelve_lower_case_base32_characters() -> None:
    made = {new_id() for _ in range(200)}
    assert len(made) == 200
    for uid in (*made, derived_id("a", "b")):
        assert len(uid) == ID_LENGTH
        assert set(uid) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_derived_ids_follow_from_all_their_parts() -> None:
    assert derived_id("a", "bc") == derived_id("a", "bc")
    assert derived_id("a", "bc") != derived_id("ab", "c")
