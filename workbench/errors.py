"""What can go wrong for a researcher, and the exit code it gives on the command line.

Exit codes are a contract: 0 done, 1 refused with a reason, 2 usage, 3 project cannot be opened, 4 below a threshold that
was asked for, 130 interrupted.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    DONE = 0
    REFUSED = 1
    USAGE = 2
    CANNOT_OPEN = 3
    BELOW_THRESHOLD = 4
    INTERRUPTED = 130


class Refusal(Exception):
    """An act is refused. The message is a Norwegian sentence that says why and what to do next."""

    exit_code = ExitCode.REFUSED


class CannotOpen(Refusal):
    """The project file cannot be opened."""

    exit_code = ExitCode.CANNOT_OPEN


class Busy(Refusal):
    """Somebody else is writing in the project right now."""


class NotFound(Refusal):
    """A source, code, coding or other thing that was named does not exist; `nearest` holds likely names."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class BelowThreshold(Refusal):
    """A figure lies below the threshold the user asked for."""

    exit_code = ExitCode.BELOW_THRESHOLD
