"""Suggestions that follow what is decided: each decision is learnt from behind the screen, which stays live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _
from threading import Lock
from typing import TYPE_CHECKING

from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.core.entities import Source
    from workbench.services.learning import Learner
    from workbench.store.project import Project
    from workbench.tui.app import KodebenkApp


class Lessons:
    """What has been read and learnt in this sitting. Texts are read once; a decision fits again only what it concerns."""

    def __init__(self, app: KodebenkApp) -> None:
        self._app = app
        self._lock = Lock()
        self._learner: Learner | None = None
        self._path: Path | None = None
        self._running: Work[None] | None = None
        self._next: tuple[Project, Sequence[Source], Callable[[], None]] | None = None

    def search(self, work: Work[int], project: Project, sources: Sequence[Source] | None) -> int:
        """Look for suggestions in sources (all of them if None), for use in a thread; how many there are."""
        from workbench.services import suggesting

        with self._lock, own_copy(project) as own:
            return suggesting.run(own, sources, learner=self._of(own), progress=work.progress, cancelled=work.cancelled)

    def take(self, project: Project, sources: Sequence[Source], done: Callable[[], None]) -> None:
        """Learn from what has been decided, and suggest anew in these sources, the most urgent first.

        What came while it was at work is learnt in one go when it has finished; earlier rescoring is broken off.
        """
        if project.readonly:
            return
        if self._running is not None:
            self._running.stopped = True
            self._next = (project, sources, done)
            return

        def act(work: Work[None]) -> None:
            try:
                self._learn(work, project, sources)
            finally:
                self._running = None  # also after an error, which the app tells of, so that the next decision is learnt

        def ended(_nothing: None) -> None:
            waiting, self._next = self._next, None
            if self._app.project is project:
                done()
                if waiting is not None:
                    self.take(*waiting)

        self._running = Work(title=_("Lærer av det som er bestemt"), name="learn", act=act, done=ended)
        self._app.start(self._running, behind=True)

    def forget(self) -> None:
        """Let go of everything; another project is opened."""
        self._running = self._next = None

    def _learn(self, work: Work[None], project: Project, sources: Sequence[Source]) -> None:
        from workbench.services import suggesting

        with self._lock, own_copy(project) as own:
            learner = self._of(own)
            learner.read(own, sources, cancelled=work.cancelled)
            learner.learn(own, cancelled=work.cancelled)
            for source in sources:
                if work.cancelled():
                    return
                suggesting.store_suggestions(own, source, learner)

    def _of(self, project: Project) -> Learner:
        from workbench.services.learning import Learner

        if self._learner is None or self._path != project.path:
            self._learner, self._path = Learner(), project.path
        return self._learner
