"""From files on disk to what they are taken in as: asking for paths, reading them in a thread, and one step for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.reading import SUFFIXES
from workbench.errors import Refusal
from workbench.services import recognising
from workbench.services.importing import with_doubts
from workbench.services.interchange import formats
from workbench.services.recognising import Kind, Recognised
from workbench.services.survey.tables import order_of
from workbench.tui.dialogs.asked import STOP
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.presenting.readings import draft_of, refused_draft
from workbench.tui.receiving import take_in_codebook, take_in_project
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.walk import Step, Walk
from workbench.tui.working import Work

if TYPE_CHECKING:
    from workbench.tui.navigation import Navigation

_ENDINGS = (*SUFFIXES, *recognising.ONLY_TABLES, *recognising.YAML, *formats.PROJECT_SUFFIXES)
_SKIP = "skip"


@dataclass(slots=True)
class Harvest:
    """What came of reading: files with what they may be, and those that were refused with the reason."""

    files: list[Recognised] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)


def ask_for_files(app: Navigation) -> None:
    """Ask which files, read them, and show what was found before anything is stored.

    Raises:
        Refusal: when nothing could be stored.
    """
    if app.opened.readonly:
        raise Refusal(_("Prosjektet er åpnet for lesing. Åpne det for skriving for å importere noe."))
    dialog = PathsDialog(
        _("Importer: tekster, kodebøker, svar og prosjekter"),
        folder=Path.cwd(),
        endings=_ENDINGS,
        several=True,
        button=_("Les filene"),
    )
    app.push_screen(dialog, lambda paths: read_files(app, paths) if paths else None)


def read_files(app: Navigation, paths: list[Path]) -> None:
    """Read files and folders in a thread, then go through them: projects first, and all texts together at the end."""

    def act(work: Work[Harvest]) -> Harvest:
        return harvest(paths, work)

    def done(found: Harvest) -> None:
        steps = steps_for(found)
        only_texts = len(steps) == 1 and all(each.kinds[0] == "text" and not each.doubtful for each in found.files)
        if steps:
            # Texts are looked over with the files that cannot be read among them.
            Walk(app, steps, () if only_texts else found.refused).begin()

    app.start(Work(title=_("Leser filer"), name="import.read", act=act, done=done))


def harvest(paths: Sequence[Path], work: Work[Harvest]) -> Harvest:
    """Read every file that can be read; stops between two files when asked to."""
    found = Harvest()
    files, found.refused = recognising.find_files(paths)
    for done, path in enumerate(files):
        if work.cancelled():
            break
        work.progress(done, len(files), path.name)
        seen = recognising.recognise(path)
        if seen.kinds:
            found.files.append(seen)
        else:
            found.refused.append((path, seen.reason))
    return found


def steps_for(found: Harvest) -> list[Step]:
    """One step for each file, in an order in which codes are there before what is coded; texts are one step together."""
    words = recognising.kind_words()
    asked = [each for each in found.files if each.doubtful]
    sure = [each for each in found.files if not each.doubtful]
    steps = [
        Step(name=each.path.name, kind=words[kind], begin=partial(_begin, seen=each, kind=kind))
        for kind in ("project", "codebook")
        for each in sure
        if each.kinds[0] == kind
    ]
    steps += [Step(name=each.path.name, kind=_or(each), begin=partial(_ask_what, seen=each)) for each in asked]
    steps += [
        Step(name=each.path.name, kind=words["survey"], begin=partial(_begin, seen=each, kind="survey"))
        for each in sorted(sure, key=lambda seen: order_of(seen.path))
        if each.kinds[0] == "survey"
    ]
    texts = [each for each in sure if each.kinds[0] == "text"]
    if texts or (found.refused and not steps):
        name = texts[0].path.name if len(texts) == 1 else _told_of(texts)
        kind = words["text"] if len(texts) == 1 else _("tekster")
        steps.append(Step(name=name, kind=kind, begin=partial(_look_over, texts=texts, refused=found.refused)))
    return steps


def _told_of(texts: Sequence[Recognised]) -> str:
    return ngettext("{n} fil", "{n} filer", len(texts)).format(n=len(texts))


def _or(seen: Recognised) -> str:
    """«kodebok eller tekst»."""
    words = recognising.kind_words()
    return _(" eller ").join(words[kind] for kind in seen.kinds)


def _begin(walk: Walk, seen: Recognised, kind: Kind) -> None:
    """Take a file in as what it is."""
    if kind == "project":
        take_in_project(walk, seen.path)
    elif kind == "codebook":
        take_in_codebook(walk, seen, lambda: _ask_what(walk, seen))
    elif kind == "survey":
        _show_survey(walk, seen)
    else:
        _look_over(walk, [seen], ())


def _ask_what(walk: Walk, seen: Recognised) -> None:
    """Let the researcher say what a file is."""
    options: list[tuple[str, str]] = [(kind, _described(kind, seen)) for kind in seen.kinds]
    if not walk.alone:
        options += [(_SKIP, walk.back), *walk.stops]
    chosen: dict[str, Kind] = {kind: kind for kind in seen.kinds}

    def answered(answer: str | None) -> None:
        if answer in chosen:
            _begin(walk, seen, chosen[answer])
        elif answer == STOP:
            walk.stop()
        else:
            walk.skip()

    dialog = ChooseDialog(walk.titled(_("Hva er «{file}»?").format(file=seen.path.name)), options)
    walk.app.push_screen(dialog, answered)


def _described(kind: Kind, seen: Recognised) -> str:
    """A kind, and how much of it the file would be."""
    words = recognising.kind_words()[kind]
    if kind == "codebook" and seen.codes is not None:
        n = len(seen.codes.codes)
        return words + ": " + ngettext("{n} kode", "{n} koder", n).format(n=n)
    if kind == "survey":
        n = sum(sheet.respondents for sheet in seen.sheets[:1])
        return words + ": " + ngettext("{n} rad", "{n} rader", n).format(n=n)
    if kind == "text" and seen.reading is not None:
        return words + ": " + _("{n} tegn").format(n=len(seen.reading.transcript.text))
    return words


def _show_survey(walk: Walk, seen: Recognised) -> None:
    from workbench.tui.screens.survey_import import SurveyImportScreen
    from workbench.tui.screens.survey_step import SurveyStep

    if walk.alone:
        walk.leave()
        walk.app.push_screen(SurveyImportScreen(seen.sheets))
    else:
        walk.app.push_screen(SurveyStep(seen.sheets, walk))


def _look_over(walk: Walk, texts: Sequence[Recognised], refused: Sequence[tuple[Path, str]]) -> None:
    """Texts are looked over on a screen of their own, with the files that cannot be read among them."""
    app = walk.app
    drafts = [
        refused_draft(each.path, each.reason, each.remedy)
        if each.reading is None
        else draft_of(with_doubts(app.opened, each.reading))
        for each in texts
    ]
    if walk.alone:
        walk.leave()
        app.push_screen(ImportScreen([*drafts, *(refused_draft(*each) for each in refused)]))
    else:
        app.push_screen(ImportScreen(drafts, walk))
