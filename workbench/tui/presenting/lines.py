"""Rows of lists: sources, excerpts and suggestions as a few lines of safe text each."""

from __future__ import annotations

from gettext import gettext as _
from textwrap import wrap

from rich.text import Text

from workbench.core.entities import Proposal, Reason, Source
from workbench.services.retrieval import Excerpt
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE
from workbench.tui.transcript.display import safe_line

MOST_REASONS = 6
"""How many weighed reasons are told on one line."""


def source_lines(source: Source, status: str, *, opened: bool, doubts: int = 0) -> list[Text]:
    """Two lines: the name, and how far the reader has come, with how many doubtful places nobody has looked at."""
    name = Text(("▶ " if opened else "  ") + safe_line(source.name), style="bold" if opened else "")
    unsure = f"?{doubts} · " if doubts else ""
    facts = f"    {unsure}{wording.status_shown(status)} · {wording.codings(source.codings)}"
    return [name, Text(facts, style="dim")]


def excerpt_lines(excerpt: Excerpt, colour: str, *, ticked: bool, context: bool, width: int) -> list[Text]:
    """Three lines: where and who, and the words on two; the first of them is the question before when `context`."""
    coding, who = excerpt.coding, excerpt.informant
    head = Text()
    head.append("☑ " if ticked else "☐ ")
    head.append("★ " if coding.star else "  ", style="bold")
    head.append(f"{SQUARE} ", style=colour)
    head.append(safe_line(coding.code_name), style="bold")
    if excerpt.waiting:
        head.append("  ⚑ " + _("venter på plass"), style="bold")
    voice = who.number if who else excerpt.speaker
    for part in (coding.quote, voice, coding.source_name, ", ".join(excerpt.source.cases), coding.coder):
        if part:
            head.append("  " + safe_line(part), style="dim")
    if context:
        question = Text("    – " + safe_line(wording.shortened(excerpt.question or excerpt.before, width)), style="dim")
        return [
            head,
            question,
            Text("    «" + safe_line(wording.shortened(coding.text or excerpt.waiting, width * 2)) + "»"),
        ]
    return [head, *_quoted(coding.text or excerpt.waiting, width)]


def _quoted(text: str, width: int) -> list[Text]:
    """The words on at most two lines, cut with an ellipsis."""
    words = safe_line(wording.shortened(text, 4 * max(width, 20)))
    room = max(width - 6, 10)
    quoted = wrap(f"«{words}»", room, max_lines=2, placeholder=" …»")
    return [Text("    " + line) for line in quoted]


def proposal_lines(proposal: Proposal, colour: str, why: str, around: str, width: int) -> list[Text]:
    """Four lines: the code with its score and reason, the words on two, and what stands around them."""
    head = Text()
    head.append(f"{SQUARE} ", style=colour)
    head.append(safe_line(proposal.code_name), style="bold")
    head.append(f"  {wording.score(proposal.score)}", style="bold")
    head.append("  " + safe_line(why))
    head.append("  " + safe_line(proposal.source_name), style="dim")
    return [head, *_quoted(proposal.text, width), Text("    " + around, style="dim")]


def reason(proposal: Proposal, text: str) -> str:
    """Why it was suggested: the signal with the words that triggered it, what is said around them, and the words that
    the team's coding has given weight, with their sign."""
    if proposal.method == "random":
        return _("trukket ved loddtrekning, for å se hva forslagene overser")
    fired = [why for why in proposal.reasons if why.kind == "signal" or not why.name]
    quoted = ", ".join(f"«{each}»" for each in dict.fromkeys(_slice(why, text) for why in fired))
    weighed = [
        f"{_named(why)} {wording.weight(why.weight)}" for why in proposal.reasons if why.kind != "signal" and why.name
    ]
    return " – ".join(part for part in (quoted, proposal.rule, ", ".join(weighed[:MOST_REASONS])) if part)


def _slice(why: Reason, text: str) -> str:
    return wording.shortened(text[why.start : why.end], 40)


def _named(why: Reason) -> str:
    if why.kind == "around":
        return wording.around_words().get(why.name, why.name)
    return f"«{why.name}»" if why.kind == "word" else why.name
