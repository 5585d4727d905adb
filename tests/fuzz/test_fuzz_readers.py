"""Damaged and hostile files, a bounded number for each reader: it reads them or refuses them with a reason, nothing else.

`python benchmarks/fuzz.py` tries more of them, for as long as one likes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_targets import REFUSALS, TARGETS, input_of


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_file_is_read_or_refused_with_a_reason(name: str) -> None:
    target = TARGETS[name]
    if target.needs:
        pytest.importorskip(target.needs, reason="an extra that is not installed")
    whole = len(target.seeds())
    for number in range(whole):
        target.read(input_of(name, number))
    for number in range(whole, whole + target.inputs):
        try:
            target.read(input_of(name, number))
        except REFUSALS as refusal:
            assert str(refusal).strip()
        except Exception as error:
            error.add_note(f"fuzz_targets.input_of({name!r}, {number})")
            raise
