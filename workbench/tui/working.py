"""Long work in a thread: what it is, how far it has come, and whether it shall stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from workbench.errors import Refusal
from workbench.services import projects

if TYPE_CHECKING:
    from textual.worker import Worker

    from workbench.store.project import Project
    from workbench.tui.dialogs.progress import ProgressDialog

Result = TypeVar("Result")


@contextmanager
def own_copy(project: Project) -> Iterator[Project]:
    """The same project file, opened by the thread that works in it, since a connection belongs to its thread."""
    own = projects.open_existing(project.path, coder=project.coder_name, readonly=project.readonly)
    try:
        yield own
    finally:
        own.close()


@dataclass(kw_only=True)
class Work(Generic[Result]):
    """A piece of work for `KodebenkApp.start`. `act` runs in a thread and gets the work itself."""

    title: str
    """What the researcher sees; may hold the name of a source."""
    name: str
    """What a log may hold."""
    act: Callable[[Work[Result]], Result]
    done: Callable[[Result], Any]
    """Called in the main thread with what `act` returned."""
    failed: Callable[[Refusal], Any] | None = None
    """Called in the main thread instead of `done`, with what there is to say, when `act` ends in a refusal or an error."""
    dialog: ProgressDialog | None = field(default=None, repr=False)
    worker: Worker[Any] | None = field(default=None, repr=False)
    held: bool = False
    """It can be neither stopped nor left: nothing else can be done before it is over."""
    writes: bool = False
    """It writes in the project all the while: it can be stopped but not left, since whatever else is done would wait for it."""
    stopped: bool = False
    """The researcher has asked it to stop; `act` looks now and then."""

    def run(self) -> Result:
        return self.act(self)

    def cancelled(self) -> bool:
        return self.stopped or (self.worker is not None and self.worker.is_cancelled)

    def progress(self, done: int, total: int, what: str) -> None:
        """Say how far it has come; called from the thread. A total of 0 is for what nobody can count."""
        if self.dialog is not None:
            self.dialog.tell(done, total, what)
