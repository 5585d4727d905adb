"""Changes in words: what the history and the undo message say. Never a quotation, only names and places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import gettext as _
from typing import Any

from workbench.core.changes import Change
from workbench.store.queries.names import Names

Payload = Mapping[str, Any]


def summarise(change: Change, names: Names) -> str:
    """One line about a change, in the interface's language."""
    if change.payload is None:
        return _("{kind} (innholdet er destruert)").format(kind=change.kind)
    payload = change.payload
    if change.kind in _OF_CODINGS:
        payload = {**payload, "had": names.code_before(change.id)}
    return _SUMMARIES[change.kind](payload, names)


def _place(payload: Payload, names: Names) -> str:
    return _("{source} {start}–{end}").format(
        source=names.source(payload["source"]), start=payload["start"], end=payload["end"]
    )


def _named(text: Callable[[], str], key: str = "name") -> Callable[[Payload, Names], str]:
    """A summary that quotes the name on the change's card."""

    def summary(payload: Payload, names: Names) -> str:
        return text().format(name=names.card(payload["card"]).get(key, ""))

    return summary


def _coded(payload: Payload, names: Names) -> str:
    return _("kodet {place} med «{code}»").format(place=_place(payload, names), code=names.code(payload["code"]))


def _of_coding(text: Callable[[], str]) -> Callable[[Payload, Names], str]:
    def summary(payload: Payload, names: Names) -> str:
        return text().format(code=payload["had"])

    return summary


def _of_code(text: Callable[[], str]) -> Callable[[Payload, Names], str]:
    def summary(payload: Payload, names: Names) -> str:
        return text().format(code=names.code(payload["id"]))

    return summary


def _code_set(payload: Payload, names: Names) -> str:
    fields = names.card(payload["card"])
    if set(fields) == {"name"}:
        return _("ga en kode nytt navn: «{name}»").format(name=fields["name"])
    return _("endret koden «{code}» ({fields})").format(
        code=names.code(payload["id"]), fields=", ".join(sorted(fields))
    )


def _recoded(payload: Payload, names: Names) -> str:
    return _("kodet om fra «{old}» til «{new}»").format(old=payload["had"], new=names.code(payload["code"]))


def _merged(payload: Payload, names: Names) -> str:
    return _("slo sammen koden «{code}» med «{into}»").format(
        code=names.code(payload["id"]), into=names.code(payload["into"])
    )


def _moved(payload: Payload, names: Names) -> str:
    if not payload["parent"]:
        return _("flyttet koden «{code}» til øverste nivå").format(code=names.code(payload["id"]))
    return _("flyttet koden «{code}» inn under «{parent}»").format(
        code=names.code(payload["id"]), parent=names.code(payload["parent"])
    )


def _star(payload: Payload, names: Names) -> str:
    text = (
        _("merket et sitat på «{code}» som utvalgt")
        if payload["star"]
        else _("tok bort merket på et sitat på «{code}»")
    )
    return text.format(code=payload["had"])


def _status(payload: Payload, names: Names) -> str:
    words = {
        "not-read": _("ikke lest"),
        "read": _("lest"),
        "coding": _("under koding"),
        "finished": _("ferdig"),
    }
    return _("satte «{source}» til {status}").format(
        source=names.source(payload["source"]), status=words.get(payload["status"], payload["status"])
    )


def _revised(payload: Payload, names: Names) -> str:
    return _("rettet teksten i «{source}» (versjon {number})").format(
        source=names.source(payload["source"]), number=payload["version"]["number"]
    )


def _replaced(payload: Payload, names: Names) -> str:
    return _("tok inn en ny utgave av «{source}» (versjon {number})").format(
        source=names.source(payload["source"]), number=payload["version"]["number"]
    )


def _region(payload: Payload, names: Names) -> str:
    if "source" in payload:
        return _("merket {place}").format(place=_place(payload, names))
    if "codable" in payload:
        return _("åpnet et felt for koding") if payload["codable"] else _("stengte et felt for koding")
    return _("så over et tvilsomt sted")


def _verdict(text: Callable[[], str]) -> Callable[[Payload, Names], str]:
    def summary(payload: Payload, names: Names) -> str:
        return text().format(code=names.code(payload["code"]), place=_place(payload, names))

    return summary


def _speaker(payload: Payload, names: Names) -> str:
    card = names.card(payload["card"])
    return _("satte taleren «{label}» i «{source}»").format(label=card["label"], source=names.source(payload["source"]))


def _cell(payload: Payload, names: Names) -> str:
    return _("skrev i rammematrisen på «{code}»").format(code=names.code(payload["code"]))


def _plain(text: Callable[[], str]) -> Callable[[Payload, Names], str]:
    return lambda payload, names: text()


_OF_CODINGS = ("coding.remove", "coding.bound", "coding.recode", "coding.star", "coding.confirm", "coding.shown")
"""Changes of a coding that is there already; the name of the code it had is added to their payload as `had`."""
_SUMMARIES: Mapping[str, Callable[[Payload, Names], str]] = {
    "project.create": _named(lambda: _("opprettet prosjektet «{name}»"), "title"),
    "project.set": _plain(lambda: _("endret opplysninger om prosjektet")),
    "coder.add": lambda payload, names: _("ny koder: {name}").format(name=names.text(payload["name"])),
    "coder.rename": lambda payload, names: _("ga en koder nytt navn: {name}").format(name=names.text(payload["name"])),
    "case.add": _named(lambda: _("ny case: {name}")),
    "case.set": _plain(lambda: _("endret en case")),
    "case.remove": _plain(lambda: _("fjernet en case")),
    "informant.add": _named(lambda: _("ny informant: {name}"), "number"),
    "informant.set": _plain(lambda: _("endret opplysninger om en informant")),
    "informant.remove": _plain(lambda: _("fjernet en informant")),
    "source.add": _named(lambda: _("importerte «{name}»")),
    "source.set": lambda payload, names: _("endret opplysninger om «{source}»").format(
        source=names.source(payload["id"])
    ),
    "source.remove": _plain(lambda: _("slettet en kilde")),
    "speaker.set": _speaker,
    "text.revise": _revised,
    "text.replace": _replaced,
    "region.set": _region,
    "region.remove": _plain(lambda: _("tok bort et merke i teksten")),
    "anchor.place": _plain(lambda: _("fant plassen til noe som ventet etter en ny utgave")),
    "survey.add": _named(lambda: _("tok inn spørreundersøkelsen «{name}»"), "title"),
    "link.add": _plain(lambda: _("knyttet sammen to ting")),
    "link.remove": _plain(lambda: _("tok bort en kobling")),
    "foreign.set": lambda payload, names: _("tok inn «{title}»").format(title=payload["title"]),
    "text.purge": lambda payload, names: _("destruerte en eldre versjon av «{source}»").format(
        source=names.source(payload["source"])
    ),
    "code.add": _named(lambda: _("ny kode: «{name}»")),
    "code.set": _code_set,
    "code.move": _moved,
    "code.merge": _merged,
    "code.retire": _of_code(lambda: _("tok koden «{code}» ut av bruk")),
    "code.restore": _of_code(lambda: _("tok koden «{code}» i bruk igjen")),
    "code.remove": _plain(lambda: _("slettet en ubrukt kode")),
    "theme.add": _named(lambda: _("nytt tema: «{name}»"), "title"),
    "theme.set": _plain(lambda: _("endret et tema")),
    "theme.remove": _plain(lambda: _("fjernet et tema")),
    "theme.excerpts": _plain(lambda: _("endret utdragene i et tema")),
    "coding.add": _coded,
    "coding.remove": _of_coding(lambda: _("fjernet en koding med «{code}»")),
    "coding.bound": _of_coding(lambda: _("flyttet grensene for en koding med «{code}»")),
    "coding.recode": _recoded,
    "coding.star": _star,
    "coding.confirm": _of_coding(lambda: _("lot en koding med «{code}» stå etter ny definisjon")),
    "coding.shown": _of_coding(lambda: _("endret hvordan et sitat på «{code}» gjengis")),
    "sorting.add": _plain(lambda: _("begynte en sortering")),
    "sorting.set": _plain(lambda: _("endret en sortering")),
    "sorting.choose": _plain(lambda: _("valgte i en sortering")),
    "sorting.finish": _plain(lambda: _("fullførte en sortering")),
    "sorting.remove": _plain(lambda: _("la bort en sortering")),
    "comment.add": _plain(lambda: _("tok inn en kommentar fra en leser")),
    "comment.set": _plain(lambda: _("behandlet en kommentar fra en leser")),
    "comment.remove": _plain(lambda: _("slettet en kommentar fra en leser")),
    "cell.set": _cell,
    "fact.set": lambda payload, names: _("endret prosjektopplysningen «{key}»").format(key=payload["key"]),
    "report.write": _named(lambda: _("skrev rapporten «{name}»"), "title"),
    "note.add": lambda payload, names: _("merknad ved {place}").format(place=_place(payload, names)),
    "note.set": _plain(lambda: _("endret en merknad")),
    "note.remove": _plain(lambda: _("slettet en merknad")),
    "memo.add": _plain(lambda: _("skrev et memo")),
    "memo.set": _plain(lambda: _("endret et memo")),
    "memo.remove": _plain(lambda: _("slettet et memo")),
    "reading.set": _status,
    "suggestion.accept": _verdict(lambda: _("godtok forslaget «{code}» ved {place}")),
    "suggestion.reject": _verdict(lambda: _("avviste forslaget «{code}» ved {place}")),
    "suggestion.reopen": _plain(lambda: _("åpnet et vurdert forslag på nytt")),
    "undo": _plain(lambda: _("angret")),
    "redo": _plain(lambda: _("gjorde om")),
}
