"""The interface's language: bokmål in the code, other languages from compiled catalogues in the package.

`gettext.gettext` of the standard library is called everywhere at run time; this module says where the catalogues lie and
which language is wanted. Call it before the screens are imported, since key descriptions are read when classes are made.
"""

from __future__ import annotations

import gettext
import locale
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

DOMAIN = "kodebenk"
LANGUAGES = ("nb", "en")
DEFAULT = "nb"


def use(wanted: str | None) -> str:
    """Choose the language: as asked, else KODEBENK_LANG, else the locale's if it is one we have, else bokmål."""
    chosen = _known(wanted) or _known(os.environ.get("KODEBENK_LANG")) or _known(_locale_language()) or DEFAULT
    gettext.bindtextdomain(DOMAIN, str(files("workbench") / "locale"))
    gettext.textdomain(DOMAIN)
    # gettext reads this variable at every look-up; bokmål has no catalogue, so its strings come from the code.
    os.environ["LANGUAGE"] = chosen
    return chosen


def is_known(name: str) -> bool:
    """Whether a language is one we have, or a Norwegian one that bokmål stands in for."""
    return _known(name) is not None


def current() -> str:
    return _known(os.environ.get("LANGUAGE")) or DEFAULT


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak another language for a while: a Norwegian report is Norwegian throughout, whatever the screens speak.

    The language is the whole program's, so two that are written at once take turns, or the second would put back the first's.
    """
    with _one_at_a_time:
        before = os.environ.get("LANGUAGE")
        os.environ["LANGUAGE"] = wanted
        try:
            yield
        finally:
            if before is None:
                del os.environ["LANGUAGE"]
            else:
                os.environ["LANGUAGE"] = before


_one_at_a_time = threading.RLock()


def _known(name: str | None) -> str | None:
    if not name:
        return None
    short = name.replace("-", "_").split("_")[0].split(".")[0].lower()
    short = {"no": "nb", "nn": "nb"}.get(short, short)
    return short if short in LANGUAGES else None


def _locale_language() -> str | None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value
    return locale.getlocale()[0] if os.name == "nt" else None
