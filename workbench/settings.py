"""The user's settings: name, language, recent projects, keys. One TOML file in the user's configuration folder.

KODEBENK_CONFIG names another file, or a folder for it, so that tests and shared machines can keep theirs apart.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from gettext import gettext as _
from pathlib import Path

from platformdirs import user_config_path

from workbench.errors import Refusal

RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    coder: str = ""
    """The name codings are signed with."""
    language: str = ""
    """`nb` or `en`; empty follows the locale."""
    theme: str = ""
    """A Textual theme's name; empty is the dark one."""
    recent: tuple[str, ...] = ()
    """Full paths of projects, newest first."""
    clipboard: str = ""
    """`file` lets what is copied go to a file beside the project; empty lets it go to the terminal's clipboard."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Binding id -> keys, replacing the default."""


def settings_file() -> Path:
    """Where the settings are kept; a folder that is there holds them as `kodebenk.toml`."""
    named = os.environ.get("KODEBENK_CONFIG")
    if named and not Path(named).is_dir():
        return Path(named)
    return (Path(named) if named else user_config_path("kodebenk", appauthor=False)) / "kodebenk.toml"


def load() -> Settings:
    """The settings; the defaults where there is no file.

    Raises:
        Refusal: if the file is not TOML, or a key is unknown (the nearest known one is named).
    """
    path = settings_file()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(_("Innstillingsfilen {file} kan ikke leses: {why}.").format(file=path, why=error)) from None
    known = [each.name for each in fields(Settings)]
    for key, value in values.items():
        if key not in known:
            from rapidfuzz import process

            nearest = process.extractOne(key, known)
            hint = _(" Mente du «{name}»?").format(name=nearest[0]) if nearest else ""
            raise Refusal(
                _("Innstillingsfilen {file} har en ukjent nøkkel: «{key}».").format(file=path, key=key) + hint
            )
        expected = {"recent": list, "keymap": dict}.get(key, str)
        if not isinstance(value, expected):
            raise Refusal(_("Innstillingsfilen {file}: «{key}» har feil type.").format(file=path, key=key))
    if "recent" in values:
        values["recent"] = tuple(str(path) for path in values["recent"])
    return Settings(**values)


def save(settings: Settings) -> None:
    """Write the settings, keeping comments and order of what is there."""
    import tomlkit

    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if value or each.name in document:
            document[each.name] = list(value) if isinstance(value, tuple) else value
    partial = path.with_suffix(".part")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(path)


def remember_project(path: Path) -> None:
    """Put a project first among the recent ones."""
    settings = load()
    full = str(path.resolve())
    recent = (full, *(each for each in settings.recent if each != full))[:RECENT]
    if recent != settings.recent:
        save(replace(settings, recent=recent))


def coder_name(asked: str | None) -> str | None:
    """Who codes: as asked, else KODEBENK_CODER, else the settings; None when nobody has said."""
    return (asked or os.environ.get("KODEBENK_CODER") or load().coder or "").strip() or None


def system_user() -> str:
    """The operating system's name for the user, the last resort of the command line."""
    return getpass.getuser()
