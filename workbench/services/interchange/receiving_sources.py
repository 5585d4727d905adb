"""Texts of another tool's project, with their turns, regions and answers carried into our stored text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from corpus.edits import EditMap
from corpus.model import SOURCE_KINDS, ReadOptions, Region, Transcript, Turn
from corpus.text import digest, normalise, normalise_mapped
from corpus.turns import guess_kind, parse_turns
from exports.interchange.model import Bundle, CaseItem, SourceItem, SurveyItem
from workbench.core.ids import derived_id
from workbench.services import languages
from workbench.services.importing import free_name, version_payload
from workbench.services.interchange.known_again import sources_by_name
from workbench.services.interchange.ledger import MEMBERS, Ledger, Outcome
from workbench.services.versions import record_replacement
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries.interchange import source_with_any_text, source_with_text

_FACTS = ("kind", "wave", "date", "mode", "language", "folder", "title", "publisher")


def receive_surveys(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Surveys with their questions, so that answers know what they answer."""
    for survey in bundle.surveys:
        standing = ledger.known.get(("survey", survey.guid))
        uid = standing.target if standing else derived_id(project_uid, "survey", ledger.origin, survey.guid)
        card = said_of_survey(survey)
        if not ledger.says_the_same("survey", survey.guid, card):
            act.record("survey.add", {"id": uid, "card": act.card(card)})
        ledger.met("survey", survey.guid, uid, card, card)


def said_of_survey(survey: SurveyItem) -> dict[str, Any]:
    """The card of a survey."""
    questions = [
        {"key": each.key, "wording": each.wording, "base": each.base, "condition": each.condition, "asked": each.asked}
        for each in survey.questions
    ]
    return {"title": survey.title, "file_name": survey.file_name, "mapping": survey.mapping, "questions": questions}


def receive_sources(
    act: Gesture,
    project: Project,
    bundle: Bundle,
    ledger: Ledger,
    *,
    common: Sequence[str],
    step: Callable[[str], None],
) -> dict[str, tuple[str, EditMap]]:
    """Every text; for each GUID that is here now: the text it lies in as it was taken in, and the map of offsets to that.

    Args:
        act: the gesture.
        project: where they go.
        bundle: what is taken in.
        ledger: the book of it.
        common: ids of the cases that every source belongs to besides its own.
        step: called with each name before it is taken in; it may raise to stop.
    """
    carried: dict[str, tuple[str, EditMap]] = {}
    rows = act.state.rows("source")
    names = {row["name"] for row in rows}
    ordinal = max((row["ordinal"] for row in rows), default=0)
    owners = _owners(bundle, ledger)
    met = set[str]()
    sources_by_name(act, bundle.sources, ledger)
    for item in bundle.sources:
        step(item.name)
        text, offsets = normalise_mapped(item.text)
        if not text.strip():
            ledger.lose(_("Kilde"), item.name, _("Kilden har ingen tekst."))
            continue
        cases = _belonging(item, owners.get(item.guid, ()), common, ledger)
        standing = ledger.known.get(("source", item.guid))
        present = standing.target if standing else _of_that_text(act, item, text, met, ledger)
        if standing is not None and act.state.get("source", present) is None:
            ledger.keep(_("Kilde"), item.name, _("Kilden er slettet her siden sist, og tas ikke inn igjen."))
            continue
        if present:
            _again(act, project, item, present, text, offsets, cases, ledger, names=names)
        else:
            ordinal += 1
            _new(act, project, item, text, offsets, cases, ledger, names=names, ordinal=ordinal)
        carried[item.guid] = (text, offsets)
        met.add(ledger.id_of("source", item.guid))
    made = sum(bool(each.creator or each.modified) for each in bundle.sources)
    if ledger.added["source"] and made:
        why = _("Hvem som la inn kildene, og når de sist ble endret, blir ikke tatt inn.")
        ledger.lose(_("Opphav"), _("kilder"), why, count=made)
    return carried


def _of_that_text(act: Gesture, item: SourceItem, text: str, met: set[str], ledger: Ledger) -> str:
    """Our id of the source that has, or had before it was corrected or masked here, exactly this text; empty for none.

    What has been masked in a text here would otherwise stand beside it unmasked.
    """
    found = source_with_text(act.connection, digest(text))
    earlier = "" if found else source_with_any_text(act.connection, digest(text))
    name = (act.state.get("source", found or earlier) or {}).get("name", "")
    if found in met:
        why = _("Teksten er den samme som i «{name}»; de er én kilde her.").format(name=name)
        ledger.lose(_("Kilde"), item.name, why, mended=True)
    if earlier:
        why = _("Teksten er «{name}» slik den var før den ble endret her; vår tekst står.").format(name=name)
        ledger.lose(_("Kilde"), item.name, why, mended=True)
    return found or earlier


def _new(
    act: Gesture,
    project: Project,
    item: SourceItem,
    text: str,
    offsets: EditMap,
    cases: tuple[list[str], list[str]],
    ledger: Ledger,
    *,
    names: set[str],
    ordinal: int,
) -> None:
    transcript = _transcript(item, text, offsets)
    uid = derived_id(project.uid, "source", ledger.origin, item.guid)
    own_cases, informants = cases
    name = free_name(normalise(item.name).strip() or _("(uten navn)"), names)
    names.add(name)
    card: dict[str, Any] = _facts(item, transcript) | {
        "name": name,
        "verbatim": int(transcript.kind == "transcript" if item.verbatim is None else item.verbatim),
        "file_name": item.file_name,
        "original": act.original(item.content) if item.content else "",
        "cases": own_cases,
        "informants": informants,
        "speakers": _speakers(item, transcript.turns, ledger),
    }
    if item.created:
        card["created"] = item.created
    version = version_payload(act, text, transcript.turns, number=1, of=uid)
    version |= _layers(act, item, offsets, transcript, ledger)
    act.record("source.add", {"id": uid, "ordinal": ordinal, "card": act.card(card), "version": version})
    languages.record_turns(act, version["id"], text, transcript.turns)
    said = said_of_source(item, text)
    ledger.add("source", item.guid, uid, said, {key: card.get(key, said[key]) for key in said.keys() - MEMBERS})


def _again(
    act: Gesture,
    project: Project,
    item: SourceItem,
    uid: str,
    text: str,
    offsets: EditMap,
    cases: tuple[list[str], list[str]],
    ledger: Ledger,
    *,
    names: set[str],
) -> None:
    """A source that is here: what is newer there, and links the file has not spoken of before.

    One that is known by its text alone gets the facts that are empty here.
    """
    row = act.state.get("source", uid) or {}
    source = queries.sources(act.connection, [uid])[0]
    said = said_of_source(item, text)
    ours = {key: row[key] for key in ("name", *_FACTS)}
    ours["text"] = digest(queries.text_of(act.connection, source.version))
    changes: dict[str, Any] = {}
    if ("source", item.guid) in ledger.known:
        taken = said | {key: said[key] or ours[key] for key in ("name", *_FACTS)}
        outcome = ledger.compare("source", item.guid, said, taken, ours)
        changes = outcome.changes
        if outcome.stood:
            ledger.keep(_("Kilde"), source.name, outcome.why())
        if changes.pop("text", ""):
            transcript = _transcript(item, text, offsets)
            original = act.original(item.content) if item.content else ""
            answers = _layers(act, item, offsets, transcript, ledger).get("answers", "")
            record_replacement(
                act, project, source, transcript, file_name=item.file_name, original=original, answers=answers
            )
            ledger.replaced.add(uid)
    else:
        ledger.met("source", item.guid, uid, said, ours)
        ledger.unchanged["source"] += 1
        stood = tuple(key for key in ("name", *_FACTS) if said[key] and ours[key] and said[key] != ours[key])
        if stood:
            ledger.keep(_("Kilde"), source.name, Outcome(changes={}, stood=stood, first=True).why())
        changes = {key: value for key, value in _facts(item, None).items() if value and not row.get(key)}
    if "name" in changes:
        names.discard(source.name)
        changes["name"] = free_name(changes["name"], names)
        names.add(changes["name"])
    card = changes | _links_it_lacks(act, uid, cases)
    if card:
        act.record("source.set", {"id": uid, "card": act.card(card)})


def _links_it_lacks(act: Gesture, uid: str, cases: tuple[list[str], list[str]]) -> dict[str, list[str]]:
    """The cases and the informants of a source, where the file has more than we."""
    card: dict[str, list[str]] = {}
    for field, table, column, wanted in (
        ("cases", "source_case", "case_unit", cases[0]),
        ("informants", "source_informant", "informant", cases[1]),
    ):
        linked = [link[column] for link in act.state.rows(table, source=uid)]
        if set(wanted) - set(linked):
            card[field] = [*linked, *(each for each in wanted if each not in linked)]
    return card


def _owners(bundle: Bundle, ledger: Ledger) -> dict[str, list[CaseItem]]:
    """GUID of a source -> the cases and informants that the file says anew that it belongs to."""
    found: dict[str, list[CaseItem]] = {}
    for case in bundle.cases:
        for guid in ledger.newly_in("case", case.guid, "sources", case.sources):
            found.setdefault(guid, []).append(case)
    return found


def _belonging(
    item: SourceItem, owners: Iterable[CaseItem], common: Iterable[str], ledger: Ledger
) -> tuple[list[str], list[str]]:
    """Our ids of the cases and of the informants that a source belongs to."""
    found: dict[str, list[str]] = {"case": [], "informant": []}
    for owner in owners:
        found[owner.kind].append(ledger.id_of("case", owner.guid))
    for guid in ledger.newly_in("source", item.guid, "speakers", item.speakers.values()):
        if ledger.case_kinds.get(guid) == "informant":
            found["informant"].append(ledger.id_of("case", guid))
    cases = [*found["case"], *common]
    return list(dict.fromkeys(filter(None, cases))), list(dict.fromkeys(filter(None, found["informant"])))


def said_of_source(item: SourceItem, text: str) -> dict[str, Any]:
    """What the file says of a source, in our fields; the text as a digest only."""
    facts = {key: str(getattr(item, key)) for key in _FACTS}
    if facts["kind"] not in SOURCE_KINDS:
        facts["kind"] = ""
    name = normalise(item.name).strip() or _("(uten navn)")
    return {"text": digest(text), "name": name, "speakers": sorted(set(item.speakers.values())), **facts}


def _facts(item: SourceItem, transcript: Transcript | None) -> dict[str, Any]:
    """The source's facts; what the file does not say is guessed only for a source that is new (`transcript`)."""
    said = said_of_source(item, "")
    facts = {key: said[key] for key in _FACTS}
    if transcript and not facts["kind"]:
        facts["kind"] = transcript.kind
    if transcript and not facts["language"]:
        facts["language"] = languages.seen(transcript.text, transcript.turns) or languages.USUAL
    return facts


def _transcript(item: SourceItem, text: str, offsets: EditMap) -> Transcript:
    """The text with its turns: those the file knows, carried, or those that are found in it."""
    if item.turns is None:
        turns, _notes = parse_turns(text, ReadOptions())
    else:
        turns = tuple(_carried_turns(item.turns, offsets))
    return Transcript(text=text, turns=turns, kind=guess_kind(text, turns), regions=tuple(_regions(item, offsets)))


def _carried_turns(turns: Iterable[Turn], offsets: EditMap) -> Iterable[Turn]:
    for turn in turns:
        start, end = offsets.span(turn.start, turn.end)
        label_start = min(offsets.forward(turn.label_start), start)
        yield replace(turn, label_start=label_start, start=start, end=end, speaker=normalise(turn.speaker))


def _regions(item: SourceItem, offsets: EditMap) -> Iterable[Region]:
    for region in item.regions:
        start, end = offsets.span(region.start, region.end)
        if end > start:
            yield replace(region, start=start, end=end)


def _speakers(item: SourceItem, turns: Iterable[Turn], ledger: Ledger) -> list[dict[str, str]]:
    roles = {turn.speaker: turn.role for turn in turns if turn.speaker}
    who = {normalise(label): ledger.id_of("case", guid) for label, guid in item.speakers.items()}
    return [{"label": label, "role": role, "informant": who.get(label, "")} for label, role in roles.items()]


def _layers(act: Gesture, item: SourceItem, offsets: EditMap, transcript: Transcript, ledger: Ledger) -> dict[str, str]:
    """The marked stretches and the answers of a new source's version, as its payload has them."""
    layers: dict[str, str] = {}
    if transcript.regions:
        rows = [[each.start, each.end, each.kind, each.note, int(each.codable)] for each in transcript.regions]
        layers["regions"] = act.text(json.dumps(rows, ensure_ascii=False))
    answers = []
    for answer in item.answers:
        survey = ledger.id_of("survey", answer.survey)
        start, end = offsets.span(answer.start, answer.end)
        if survey and end > start:
            value = "" if answer.value is None else repr(answer.value)
            answers.append([start, end, derived_id(survey, "question", answer.question), value])
    if answers:
        layers["answers"] = act.text(json.dumps(answers))
    return layers
