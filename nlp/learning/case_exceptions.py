"""Cases where a signal means something else, found in what people have rejected: a department called ROP in one
municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codebooks.model import Codebook
from nlp.evidence import Evidence, tops
from nlp.learning.decisions import LEFT_OUT, SURE, Answers
from nlp.learning.proposals import Example, example, spread

Known = Mapping[str, Mapping[str, Answers]]
"""Slug -> document id -> what is known of the code there."""

AT_LEAST, SHARE = 3, 0.8
"""How many units of a case must be rejected, and what share of all that is decided there, where the signal holds elsewhere."""
HOLDS, HOLDING_SHARE = 2, 0.5
"""How many units must be accepted elsewhere for a signal to hold there, and what share of those decided."""
ALL_AT_LEAST = 5
"""How many must be rejected in so many words where nothing is known of the signal elsewhere, and nothing accepted here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionProposal:
    """A signal that has been rejected in one case. The figures are units where it fired."""

    code: str
    signal: str
    case: str
    rejected: int
    """Those left uncoded in finished texts among them."""
    left_out: int
    """How many of the rejected were left uncoded, and not rejected in so many words."""
    accepted: int
    elsewhere_rejected: int
    elsewhere_accepted: int
    examples: tuple[Example, ...]
    """Rejected places."""


@dataclass(slots=True)
class _Tally:
    """What was decided in one document where a signal fired: units."""

    accepted: int = 0
    rejected: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)


def propose_exceptions(
    evidence: Mapping[str, Evidence], known: Known, codebook: Codebook, *, codes: Iterable[str] | None = None
) -> list[ExceptionProposal]:
    """Signals that do not hold in one case: in the codebook's order, the most rejected first within a signal.

    What is left uncoded in a finished text counts against a signal only where it is set against places elsewhere that the
    signal got right, and never where another code of the same theme applies: there the words meant what they mean.

    Args:
        evidence: the texts by document id. A signal that is switched off in a case does not fire there any more.
        known: of every code that has signals, and of the top-level codes.
        codebook: whose signals fired.
        codes: slugs to look at; all if None.
    """
    wanted = {code.slug for code in codebook} if codes is None else set(codes)
    found: list[ExceptionProposal] = []
    for (code, signal), tallies in _tallies(evidence, known, codebook, wanted).items():
        cases = dict.fromkeys(case for document in tallies for case in evidence[document].document.cases)
        of_signal = [
            proposal
            for case in cases
            if (proposal := _judged(evidence, tallies, code=code, signal=signal, case=case)) is not None
        ]
        found += sorted(of_signal, key=lambda each: (-each.rejected, each.case))
    return found


def _tallies(
    evidence: Mapping[str, Evidence], known: Known, codebook: Codebook, wanted: set[str]
) -> dict[tuple[str, str], dict[str, _Tally]]:
    """(code, signal) -> document -> what was decided, in the codebook's order."""
    top = tops(codebook)
    found: dict[tuple[str, str], dict[str, _Tally]] = {
        (code.slug, signal.name): {} for code in codebook if code.slug in wanted for signal in code.signals
    }
    for document, each in evidence.items():
        said = {slug: _said(known.get(slug, {}).get(document)) for slug in wanted | set(top.values())}
        for unit, findings in each.findings.items():
            for finding in findings:
                signals = found.get((finding.code, finding.signal))
                if signals is None or unit not in said[finding.code]:
                    continue
                applies, amount = said[finding.code][unit]
                tally = signals.setdefault(document, _Tally())
                if applies:
                    tally.accepted += 1
                elif amount == SURE:
                    tally.rejected.append(unit)
                elif amount == LEFT_OUT and not said[top[finding.code]].get(unit, (0.0, 0.0))[0]:
                    tally.left_out.append(unit)
    return found


def _said(answers: Answers | None) -> dict[int, tuple[float, float]]:
    """Unit -> (whether the code applies, how much the answer counts)."""
    if answers is None:
        return {}
    pairs = zip(answers.applies.tolist(), answers.amounts.tolist(), strict=True)
    return dict(zip(answers.units.tolist(), pairs, strict=True))


def _judged(
    evidence: Mapping[str, Evidence], tallies: Mapping[str, _Tally], *, code: str, signal: str, case: str
) -> ExceptionProposal | None:
    here = {document: each for document, each in tallies.items() if case in evidence[document].document.cases}
    there = [each for document, each in tallies.items() if document not in here]
    accepted, elsewhere = (sum(each.accepted for each in part) for part in (here.values(), there))
    said_no = [(document, unit) for document, each in here.items() for unit in each.rejected]
    left_out = [(document, unit) for document, each in here.items() for unit in each.left_out]
    elsewhere_no = sum(len(each.rejected) + len(each.left_out) for each in there)
    against = len(said_no) + len(left_out)
    holds_there = elsewhere >= HOLDS and elsewhere >= HOLDING_SHARE * (elsewhere + elsewhere_no)
    contrast = holds_there and against >= AT_LEAST and against >= SHARE * (against + accepted)
    if not contrast and (accepted or len(said_no) < ALL_AT_LEAST):
        return None
    return ExceptionProposal(
        code=code,
        signal=signal,
        case=case,
        rejected=against,
        left_out=len(left_out),
        accepted=accepted,
        elsewhere_rejected=elsewhere_no,
        elsewhere_accepted=elsewhere,
        examples=spread(example(evidence[document], unit) for document, unit in (*said_no, *left_out)),
    )
