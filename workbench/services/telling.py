"""What is known of a coding in words, for the screens and the command line alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from workbench.core.entities import Coding, Reason
from workbench.services.provenance import Meaning, Step, Why


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]


def sections(why: Why) -> list[Section]:
    """How a coding came to be, what its code meant, and what hangs on it; what there is nothing to say about is left out."""
    found = [
        Section(_("Hvem og når"), tuple(_who(why.coding))),
        Section(_("Hvor den kommer fra"), tuple(_origin(why))),
        Section(_("Trinn for trinn"), tuple(step_line(step) for step in why.steps)),
        *_meanings(why),
        Section(_("Memo på kodingen"), tuple(_memos(why))),
        Section(_("Sitatet"), tuple(_quotation(why))),
    ]
    return [section for section in found if section.lines]


def step_line(step: Step) -> str:
    """«2026-03-14 09:12 Kari: kodet om …»."""
    line = _("{when} {coder}: {what}").format(when=moment(step.when), coder=step.coder, what=step.what)
    return line + (" " + _("(angret siden)") if step.undone else "")


def moment(when: str) -> str:
    """A time to the minute, in the reader's own zone."""
    from datetime import datetime

    return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M") if when else ""


def _who(coding: Coding) -> Iterator[str]:
    if coding.recoded:
        yield _("Kodet først av {first} {when}, kodet om av {coder}.").format(
            first=coding.first_coder, when=moment(coding.created), coder=coding.coder
        )
    else:
        yield _("Kodet av {coder} {when}.").format(coder=coding.coder, when=moment(coding.created))
    if coding.decided and coding.decided != coding.created:
        yield _("Sist avgjort {when}.").format(when=moment(coding.decided))


def _origin(why: Why) -> Iterator[str]:
    words: Mapping[str, str] = {
        "manual": _("Kodet for hånd; ingen forslag lå bak."),
        "autocode": _(
            "Kodet automatisk: alle treff i et søk, en taler eller en overskrift, sett over før de ble kodet."
        ),
        "import": _("Kom inn med en fil fra et annet program."),
        "suggestion": _("Godtatt fra et forslag."),
    }
    yield words.get(why.coding.origin, why.coding.origin)
    proposal = why.proposal
    if proposal is None:
        return
    yield _("Forslaget var «{code}» med skår {score}, laget av {pipeline}.").format(
        code=proposal.code_name, score=f"{proposal.score:.2f}".replace(".", ","), pipeline=proposal.pipeline
    )
    if proposal.method == "random":
        yield _("Stedet var trukket ved loddtrekning, for å se hva forslagene overser.")
    elif proposal.rule:
        yield _("Signal: {rule}.").format(rule=proposal.rule)
    for reason, quoted in zip(proposal.reasons, why.evidence, strict=True):
        yield "  " + _reason(reason, quoted)


def _reason(reason: Reason, quoted: str) -> str:
    weight = f"{reason.weight:+.1f}".replace(".", ",").replace("-", "−")
    named = {
        "within": _("resten av replikken"),
        "before": _("det som ble sagt like før"),
        "after": _("det som blir sagt like etter"),
        "carried": _("ord som viser tilbake"),
        "sentences before": _("setningene før"),
        "sentences after": _("setningene etter"),
    }.get(reason.name, reason.name)
    words = " ".join(quoted.split())
    shown = f"«{words}»" if words else named
    if words and reason.kind == "signal" and named:
        shown = f"«{words}» ({named})"
    return f"{weight} {shown}"


def _meanings(why: Why) -> Iterator[Section]:
    then = tuple(meaning_lines(why.then))
    steps = tuple(step_line(step) for step in why.code_steps)
    if not why.changed:
        yield Section(
            _("Koden «{name}», da som nå").format(name=why.then.name), then or (_("Koden har ingen definisjon."),)
        )
        if steps:
            yield Section(_("Det som er gjort med koden siden"), steps)
        return
    yield Section(_("Koden da: «{name}»").format(name=why.then.name), then or (_("Koden hadde ingen definisjon."),))
    yield Section(_("Det som er gjort med koden siden"), steps)
    yield Section(
        _("Koden nå: «{name}»").format(name=why.now.name),
        tuple(meaning_lines(why.now, only=why.changed)) or (_("Koden har ingen definisjon."),),
    )


def meaning_lines(meaning: Meaning, *, only: tuple[str, ...] | None = None) -> Iterator[str]:
    """What a code says of itself, a line a part; only some parts when asked, those without words then said to be empty."""
    parts = (
        ("brief", _("Kort"), meaning.brief),
        ("definition", _("Definisjon"), meaning.definition),
        ("when", _("Brukes når"), meaning.when),
        ("when_not", _("Brukes ikke når"), meaning.when_not),
        ("examples", _("Eksempler"), "; ".join(meaning.examples)),
    )
    for part, title, words in parts:
        if words and (only is None or part in only):
            yield _("{title}: {words}").format(title=title, words=" ".join(words.split()))
        elif only is not None and part in only:
            yield _("{title}: {words}").format(title=title, words=_("(tatt bort)"))


def _memos(why: Why) -> Iterator[str]:
    for memo in why.memos:
        head = _("{coder} {when}").format(coder=memo.coder, when=moment(memo.updated))
        private = " " + _("(bare du ser det)") if memo.private else ""
        yield f"{head}{private}:"
        yield from ("  " + line for line in memo.text.splitlines())


def _quotation(why: Why) -> Iterator[str]:
    coding = why.coding
    yield _("Sitat-id {quote}.").format(quote=coding.quote)
    if coding.star:
        yield _("★ Utvalgt sitat.")
    if coding.assessment:
        yield _("Vurdert som {what}.").format(what=coding.assessment)
    if coding.shown:
        yield _("Gjengis slik: {words}").format(words=coding.shown)
    elif why.verbatim:
        yield _("Gjengis ordrett.")
    else:
        yield _("Kilden er ikke ordrett; utdraget står ikke som sitat.")
    if why.themes:
        yield _("Temaer: {titles}.").format(titles=", ".join(why.themes))
