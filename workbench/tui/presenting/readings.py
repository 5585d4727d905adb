"""A file that has been read, as it is looked over before it is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from rich.text import Text

from corpus.errors import Remedy
from workbench.core.entities import Source
from workbench.services.articles import is_published, lacks_date
from workbench.services.importing import Reading, SourceFacts, SpeakerChoice
from workbench.services.languages import language_words
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe, safe_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A file that is to take the place of a source's text, with what stands in it."""

    source: Source
    reading: Reading
    """Read as what the source is."""
    plan: tuple[str, ...]
    """What becomes of what stands in the text, in words."""


@dataclass(slots=True)
class Draft:
    """One file on its way in: what was read, what the researcher says, or why it was refused."""

    path: Path
    reading: Reading | None = None
    reason: str = ""
    remedy: Remedy = ""
    """What lets it come in though it was refused."""
    facts: SourceFacts = field(default_factory=SourceFacts)
    taken: bool = True
    saved: bool = False
    revision: Revision | None = None
    """Set where it is no source of its own, but a newer version of one."""

    @property
    def pending(self) -> bool:
        """Whether it is to be saved, now or once it has a date."""
        return self.reading is not None and self.taken and not self.saved

    @property
    def undated(self) -> bool:
        """Whether it is a published text that cannot be saved before it has a date."""
        return self.pending and self.revision is None and lacks_date(self.facts.kind, self.facts.date)

    @property
    def ready(self) -> bool:
        """Whether it will be saved."""
        return self.pending and not self.undated


def draft_of(reading: Reading) -> Draft:
    """A draft with the reader's guesses filled in."""
    transcript = reading.transcript
    roles = {turn.speaker: turn.role for turn in reversed(transcript.turns)}
    speakers = tuple(SpeakerChoice(label=label, role=roles[label]) for label in transcript.speakers)
    facts = SourceFacts(
        name=reading.path.stem,
        kind=transcript.kind,
        title=transcript.title,
        publisher=transcript.publisher,
        date=transcript.date,
        speakers=speakers,
    )
    return Draft(path=reading.path, reading=reading, facts=facts)


def refused_draft(path: Path, reason: str, remedy: Remedy = "") -> Draft:
    """A draft of a file that cannot be read, or not as what it seems to be."""
    return Draft(path=path, reason=reason, remedy=remedy, facts=SourceFacts(name=path.stem, kind="notes"))


def reread(draft: Draft, reading: Reading) -> None:
    """Let the file be what another reading says; what the researcher has said of it stays."""
    fresh, facts = draft_of(reading).facts, draft.facts
    said = {each.label: each for each in facts.speakers}
    same_kind = draft.reading is not None and draft.reading.transcript.kind == reading.transcript.kind
    draft.reading, draft.reason, draft.remedy = reading, "", ""
    draft.facts = replace(
        facts,
        kind=facts.kind if same_kind else fresh.kind,
        title=facts.title or fresh.title,
        publisher=facts.publisher or fresh.publisher,
        date=facts.date or fresh.date,
        speakers=tuple(said.get(each.label, each) for each in fresh.speakers),
    )


def with_speaker(facts: SourceFacts, choice: SpeakerChoice) -> SourceFacts:
    """The facts with what was decided about one speaker."""
    return replace(facts, speakers=tuple(choice if each.label == choice.label else each for each in facts.speakers))


def doubts(draft: Draft) -> int:
    """How many things a person should look at before trusting the text."""
    return sum(note.doubtful for note in draft.reading.transcript.notes) if draft.reading else 0


def draft_lines(draft: Draft) -> list[Text]:
    """Two lines for the list of files."""
    if draft.reading is None:
        head = Text.assemble(("✗ ", "bold"), safe_line(draft.path.name))
        return [head, Text("    " + safe_line(draft.reason), style="italic")]
    box = "✓ " if draft.saved else "☑ " if draft.taken else "☐ "
    head = Text.assemble((box, "bold"), safe_line(draft.facts.name))
    parts = [
        wording.kind_words().get(draft.facts.kind, draft.facts.kind),
        _("dato mangler (e)") if draft.undated else draft.facts.date,
        wording.turns(len(draft.reading.transcript.turns)),
        ", ".join(draft.facts.cases),
        draft.facts.wave,
    ]
    if draft.revision is not None:
        parts = [_("ny utgave av «{source}»").format(source=draft.revision.source.name), parts[2]]
    n = doubts(draft)
    if n:
        parts.append(ngettext("{n} ting å se på", "{n} ting å se på", n).format(n=n))
    return [head, Text("    " + safe_line(" · ".join(part for part in parts if part)), style="dim")]


def _published(draft: Draft) -> Text:
    """Title, publisher and date of an article or a report; a date that is missing is asked for."""
    facts = draft.facts
    words = Text("\n")
    for title, value in ((_("Tittel"), facts.title), (_("Utgiver"), facts.publisher), (_("Dato"), facts.date)):
        words.append(f"{title}: ", style="bold")
        words.append(safe_line(value or _("ikke funnet")) + "\n")
    if draft.undated:
        words.append(_("Uten dato lagres den ikke. Trykk e, og skriv datoen eller «ukjent».") + "\n", style="bold")
    return words


def advice_on(draft: Draft) -> str:
    """Which key lets a refused file come in."""
    if draft.remedy == "kind":
        return _("Er den ingen transkripsjon? Trykk e, og velg typen.")
    if draft.remedy == "split":
        return _("Trykk d for å dele den i artikler, eller e for å ta den inn hel, som noe annet enn en artikkel.")
    return ""


def draft_details(draft: Draft) -> Text:
    """All that is known about one file: facts, speakers and what the reader noted."""
    words = Text()
    words.append(safe_line(str(draft.path)) + "\n", style="dim")
    if draft.reading is None:
        words.append("\n" + _("Kan ikke leses:") + "\n", style="bold")
        words.append(safe(draft.reason) + "\n")
        if advice := advice_on(draft):
            words.append("\n" + advice + "\n", style="bold")
        return words
    if draft.revision is not None:
        title = _("Tas inn som ny utgave av «{source}»:").format(source=draft.revision.source.name)
        words.append("\n" + safe_line(title) + "\n", style="bold")
        words.append(safe("\n".join(draft.revision.plan)) + "\n")
    transcript = draft.reading.transcript
    language = draft.facts.language or draft.reading.language
    facts = [_("{n} tegn").format(n=len(transcript.text)), language_words().get(language, language)]
    words.append(" · ".join(filter(None, facts)) + "\n", style="dim")
    if is_published(draft.facts.kind):
        words.append(_published(draft))
    said = Counter(turn.speaker for turn in transcript.turns)
    if draft.facts.speakers:
        words.append("\n" + _("Talere") + "\n", style="bold")
    for each in draft.facts.speakers:
        words.append(safe_line(each.label), style="bold")
        role = wording.role_words().get(each.role, each.role)
        facts = [role, each.informant, each.informant_role, wording.turns(said[each.label])]
        words.append("  " + safe_line(" · ".join(part for part in facts if part)) + "\n")
    if transcript.notes:
        words.append("\n" + _("Leseren merket seg") + "\n", style="bold")
    for note in sorted(transcript.notes, key=lambda note: not note.doubtful):
        words.append("? " if note.doubtful else "· ", style="bold" if note.doubtful else "dim")
        words.append(safe(note.message) + "\n")
    words.append("\n" + _("Begynner slik") + "\n", style="bold")
    words.append(safe(transcript.text[:600]), style="dim")
    return words
