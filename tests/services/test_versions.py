"""A newer version of a coded text: what is sure moves, the rest waits, speakers stay who they are, and undo gives all back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.model import ReadOptions
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import (
    checking,
    coding,
    history,
    importing,
    memos,
    notes,
    projects,
    regions,
    sources,
    texts,
    versions,
    waiting,
)
from workbench.services.importing import Reading, SourceFacts
from workbench.store.project import Project
from workbench.store.queries import corpus, interchange

Place = Callable[..., Any]
Code = Callable[[str], Any]
Write = Callable[[str, str], Path]

NEWER = """Intervjuer: Hvordan er boligsituasjonen her?

Kari: Vi har for få boliger. Ola venter fortsatt.

Intervjuer: Hva med økonomien?

Kari: Tilskuddet går ut, og Karis budsjett er helt tomt. Karianne vet mer.

Intervjuer: Noe mer?

Kari: Nei.
"""
"""The first interview with four changes, one of which takes «Selv takk» out."""


@pytest.fixture(autouse=True)
def _sound(project: Project) -> Any:
    yield
    assert checking.check(project).problems == ()


@pytest.fixture
def read(project: Project, write: Write) -> Callable[[str], Reading]:
    return lambda text: versions.read_version(project, _first(project), write("Første-ny.txt", text))


def _first(project: Project) -> Source:
    return sources.list_sources(project)[0]


def _replace(project: Project, reading: Reading) -> versions.Counts:
    return versions.replace_text(project, _first(project), reading)


def test_what_is_sure_moves_and_what_is_gone_waits_with_its_old_words(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    stands = coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    changed = coding.apply_code(project, *place("og Karis budsjett er tomt. Karianne vet mer."), code("okonomi"))
    lost = coding.apply_code(project, *place("Selv takk"), code("bolig"))
    plan = versions.plan_replacement(project, _first(project), read(NEWER))
    assert plan.counts == versions.Counts(moved=1, changed=1, waiting=1)
    assert not plan.doubtful
    assert _first(project).version_number == 1
    assert _replace(project, read(NEWER)) == plan.counts
    assert coding.get_coding(project, stands.id).text == "Vi har for få boliger."
    assert coding.get_coding(project, changed.id).text == "og Karis budsjett er helt tomt. Karianne vet mer."
    (waits,) = waiting.list_waiting(project)
    assert (waits.target, waits.text) == (lost.id, "Selv takk")
    assert waiting.older_words(project) == {lost.id: "Selv takk"}
    assert waiting.count_waiting(project) == {_first(project).id: 1}
    assert waiting.what_waits(project, waits) == "Bolig (Kari Koder)"
    assert _first(project).file_name == "Første-ny.txt"


def test_each_of_replacing_placing_and_removing_is_one_undo(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    lost = coding.apply_code(project, *place("Selv takk"), code("bolig"))
    note = notes.add_note(project, *place("Takk."), "kort")
    _replace(project, read(NEWER))
    by_target = {each.target: each for each in waiting.list_waiting(project)}
    assert set(by_target) == {lost.id, note.id}
    start = corpus.text_of(project.connection, _first(project).version).index("Nei.")
    waiting.place_waiting(project, by_target[lost.id], start, start + 4)
    assert coding.get_coding(project, lost.id).text == "Nei."
    waiting.drop_waiting(project, by_target[note.id])
    assert (waiting.list_waiting(project), notes.list_notes(project)) == ([], [])
    history.undo(project)
    assert [each.target for each in waiting.list_waiting(project)] == [note.id]
    history.undo(project)
    assert {each.target for each in waiting.list_waiting(project)} == {lost.id, note.id}
    history.undo(project)
    assert waiting.list_waiting(project) == []
    assert coding.get_coding(project, lost.id).text == "Selv takk"
    history.redo(project)
    assert len(waiting.list_waiting(project)) == 2


def test_notes_and_memos_wait_under_their_words_and_a_private_one_for_its_writer_alone(
    project: Project, place: Place, read: Callable[[str], Reading]
) -> None:
    notes.add_note(project, *place("Selv takk"), "kort slutt")
    for text, private in (("Om avslutningen", False), ("Bare for meg", True)):
        source, start, end = place("Takk.")
        memos.write_memo(project, "span", source.id, text, private=private, span=(start, end))
    _replace(project, read(NEWER))
    said = waiting.describe_all(project, waiting.list_waiting(project))
    assert sorted(said.values()) == ["memo: Bare for meg", "memo: Om avslutningen", "merknad: kort slutt"]
    with closing(projects.open_existing(project.path, coder="Ola")) as other:
        assert len(waiting.list_waiting(other)) == 2
        assert waiting.count_waiting(other) == {_first(project).id: 2}


def test_a_place_that_is_taken_or_empty_or_decided_already_is_refused(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    coding.apply_code(project, *place("Selv takk"), code("bolig"))
    _replace(project, read(NEWER))
    (waits,) = waiting.list_waiting(project)
    for start, end in ((5, 5), (0, 10_000), (-1, 4)):
        with pytest.raises(Refusal, match="utenfor teksten"):
            waiting.place_waiting(project, waits, start, end)
    assert waiting.find_waiting(project, waits.id[:5]) == waits == waiting.find_waiting(project, waits.target)
    waiting.drop_waiting(project, waits)
    for act in (lambda: waiting.place_waiting(project, waits, 0, 5), lambda: waiting.drop_waiting(project, waits)):
        with pytest.raises(Refusal, match="venter ikke lenger"):
            act()


def test_a_coding_that_is_given_bounds_by_hand_waits_no_more(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    lost = coding.apply_code(project, *place("Selv takk"), code("bolig"))
    _replace(project, read(NEWER))
    start = NEWER.index("Nei.")
    coding.rebound_coding(project, lost.id, start, start + 4)
    assert waiting.list_waiting(project) == []
    assert waiting.count_waiting(project) == {}
    history.undo(project)
    assert len(waiting.list_waiting(project)) == 1


def test_nothing_is_placed_where_the_text_is_closed_to_coding(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    coding.apply_code(project, *place("Selv takk"), code("bolig"))
    _replace(project, read(NEWER))
    source, start, end = place("Noe mer?")
    with project.write() as act:
        act.record("region.set", {"id": "r1", "source": source.id, "version": source.version, "start": start, "end": end,
                                  "kind": "caption", "note": "", "codable": 0, "seen": 1})  # fmt: skip
    with pytest.raises(Refusal):
        waiting.place_waiting(project, waiting.list_waiting(project)[0], start, end)


def test_what_waited_is_found_in_a_later_version_that_has_its_words_again(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    lost = coding.apply_code(project, *place("Selv takk"), code("bolig"))
    _replace(project, read(NEWER))
    third = NEWER.replace("Noe mer?", "Takk.").replace("Kari: Nei.", "Kari: Selv takk.")
    assert _replace(project, read(third)) == versions.Counts(moved=1)
    assert waiting.list_waiting(project) == []
    assert coding.get_coding(project, lost.id).text == "Selv takk"
    assert "tok inn en ny utgave" in history.undo(project).summary
    (waits,) = waiting.list_waiting(project)
    assert waits.text == "Selv takk"


def test_what_waits_through_a_later_version_keeps_its_old_words(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    coding.apply_code(project, *place("Selv takk"), code("bolig"))
    _replace(project, read(NEWER))
    assert _replace(project, read(NEWER + "\nIntervjuer: Bra.\n")) == versions.Counts(waiting=1)
    (waits,) = waiting.list_waiting(project)
    assert waits.text == "Selv takk"


def test_candidates_follow_what_is_edited_here_afterwards(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    coding.apply_code(project, *place("Selv takk."), code("bolig"))
    several = NEWER.replace("Kari: Nei.", "Kari: Nei,  Selv takk.\n\nIntervjuer: Ja?\n\nKari: Selv takk.")
    _replace(project, read(several))
    (before,) = waiting.list_waiting(project)
    texts.correct_typo(project, *place("Hvordan er"), "Hvordan i all verden er")
    texts.correct_typo(project, *place("  Selv takk."), "")
    (after,) = waiting.list_waiting(project)
    text = corpus.text_of(project.connection, _first(project).version)
    assert (len(before.candidates), [text[slice(*span)] for span in after.candidates]) == (2, ["Selv takk."])


class TestRefusals:
    def test_the_same_text_an_empty_one_and_another_sources(
        self, project: Project, write: Write, read: Callable[[str], Reading]
    ) -> None:
        same = read(corpus.text_of(project.connection, _first(project).version))
        other = importing.read_file(
            write("Andre-kopi.txt", corpus.texts(project.connection)[sources.list_sources(project)[1].id])
        )
        for reading, why in ((same, "den samme som «Første»"), (other, "alt i prosjektet, som «Andre»")):
            with pytest.raises(Refusal, match=why):
                versions.plan_replacement(project, _first(project), reading)
            with pytest.raises(Refusal, match=why):
                _replace(project, reading)

    def test_a_survey(self, project: Project, read: Callable[[str], Reading]) -> None:
        reading = read(NEWER)
        sources.describe_source(project, _first(project), kind="survey")
        with pytest.raises(Refusal, match="spørreundersøkelse"):
            versions.plan_replacement(project, _first(project), reading)
        with pytest.raises(Refusal, match="spørreundersøkelse"):
            read(NEWER)

    def test_a_source_that_was_changed_meanwhile(
        self, project: Project, place: Place, read: Callable[[str], Reading]
    ) -> None:
        before = _first(project)
        texts.correct_typo(project, *place("få"), "altfor få")
        with pytest.raises(Refusal):
            versions.replace_text(project, before, read(NEWER))


def test_another_interview_is_doubted(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    unlike = "Kari: Dagen begynte med regn. Bussen kom ikke.\n\nPer: Da gikk vi til byen langs elva.\n"
    assert versions.plan_replacement(project, _first(project), read(unlike)).doubtful
    coding.apply_code(project, *place("Vi har for få boliger"), code("bolig"))
    plan = versions.plan_replacement(project, _first(project), read(unlike))
    assert plan.doubtful
    assert "samme intervju" in versions.describe_plan(plan)[-1]


class TestSpeakers:
    def _cast(self, project: Project) -> dict[str, tuple[str, str]]:
        return {t.speaker: (t.role, t.informant) for t in sources.show_source(project, _first(project)).turns}

    def test_the_same_labels_keep_role_and_informant(self, project: Project, read: Callable[[str], Reading]) -> None:
        before = self._cast(project)
        assert before["Kari"] == ("participant", "I01")
        _replace(project, read(NEWER))
        assert self._cast(project) == before

    def test_who_spoke_before_is_a_speaker_also_where_one_turn_is_left(
        self, project: Project, read: Callable[[str], Reading]
    ) -> None:
        _replace(project, read("Kari: Vi har for få boliger. Ola venter ennå.\n"))
        assert self._cast(project) == {"Kari": ("participant", "I01")}

    def test_a_renamed_label_is_the_same_person(self, project: Project, read: Callable[[str], Reading]) -> None:
        renamed = NEWER.replace("Kari: ", "Informant 1: ")
        plan = versions.plan_replacement(project, _first(project), read(renamed))
        assert (plan.renamed, plan.new_speakers, plan.gone_speakers) == ((("Kari", "Informant 1"),), (), ())
        _replace(project, read(renamed))
        assert self._cast(project)["Informant 1"] == ("participant", "I01")

    def test_a_label_that_becomes_two_is_nobodys_for_sure(
        self, project: Project, read: Callable[[str], Reading]
    ) -> None:
        first, rest = NEWER.split("Hva med økonomien?")
        two = (
            first.replace("Kari: ", "Anne: ")
            + "Hva med økonomien?"
            + rest.replace("Kari: ", "Berit: ", 1).replace("Kari: ", "Anne: ")
        )
        two = two.replace("Anne: Nei", "Berit: Nei").replace(
            "Intervjuer: Noe", "Intervjuer: Ja?\n\nAnne: Jo.\n\nIntervjuer: Noe"
        )
        plan = versions.plan_replacement(project, _first(project), read(two))
        assert "Anne" in plan.new_speakers
        _replace(project, read(two))
        assert self._cast(project)["Anne"][1] == ""

    def test_new_and_gone_turns_are_counted(self, project: Project, read: Callable[[str], Reading]) -> None:
        more = NEWER.replace(
            "Intervjuer: Hva med", "Per: Jeg er enig i det.\n\nKari: Ja?\n\nPer: Ja, helt.\n\nIntervjuer: Hva med"
        )
        plan = versions.plan_replacement(project, _first(project), read(more))
        assert plan.new_speakers == ("Per",)
        assert plan.new_turns >= 3
        assert any("Nye talere: Per" in line for line in versions.describe_plan(plan))


def test_versions_tell_where_each_came_from(project: Project, place: Place, read: Callable[[str], Reading]) -> None:
    texts.correct_typo(project, *place("få"), "altfor få")
    _replace(project, read(NEWER))
    history.undo(project)
    _replace(project, read(NEWER + "Intervjuer: Bra.\n"))
    found = versions.list_versions(project, _first(project))
    assert [(each.number, each.how, each.file_name, each.coder) for each in found] == [
        (1, "imported", "Første.txt", "Kari Koder"),
        (2, "edited", "", "Kari Koder"),
        (4, "replaced", "Første-ny.txt", "Kari Koder"),
    ]
    assert versions.plan_replacement(project, _first(project), read(NEWER)).warnings


def test_purging_waits_for_the_queue_and_takes_every_original_and_label(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    coding.apply_code(project, *place("Selv takk"), code("bolig"))
    first = _first(project).original
    _replace(project, read(NEWER.replace("Kari: ", "Kari Nordli: ")))
    second = _first(project).original
    with pytest.raises(Refusal, match="venter på plass"):
        texts.purge_versions(project, _first(project))
    waiting.drop_waiting(project, waiting.list_waiting(project)[0])
    _replace(project, read(NEWER.replace("Kari: ", "Informant 1: ")))
    texts.purge_versions(project, _first(project))
    assert [corpus.original(project.connection, each) for each in (first, second, _first(project).original)] == [
        b""
    ] * 3
    kept = "\n".join(row[0] for row in project.connection.execute("SELECT body FROM text_blob"))
    assert "Kari Nordli" not in kept
    assert [each.destroyed for each in versions.list_versions(project, _first(project))] == [True, True, False]


def test_what_somebody_decided_of_a_marked_stretch_stands(project: Project, write: Write) -> None:
    article = "Avisa\n\n" + "Dette er brødtekst om boliger i kommunen. " * 3 + "\n"
    source = importing.save(project, importing.read_file(write("sak.txt", article)), SourceFacts(kind="notes"))
    with project.write() as act:
        act.record("region.set", {"id": "r1", "source": source.id, "version": source.version, "start": 0, "end": 5,
                                  "kind": "caption", "note": "", "codable": 0, "seen": 1})  # fmt: skip
    newer = versions.read_version(project, source, write("sak2.txt", "Ny linje.\n" + article))
    versions.replace_text(project, source, newer)
    (region,) = interchange.regions(project.connection, source.id)
    assert (region.id, region.start, region.end, region.codable) == ("r1", 10, 15, False)


def test_importing_a_file_of_a_known_name_points_to_revise(project: Project, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "nytt"
    folder.mkdir()
    path = folder / "Første.txt"
    path.write_text(NEWER, encoding="utf-8")
    done = importing.import_files(project, [path])
    ((source, warnings),) = done.imported
    assert source.name == "Første (2)"
    assert any("kodebenk revise" in each for each in warnings)


def test_the_present_text_of_a_source_is_not_imported_as_another(
    project: Project, read: Callable[[str], Reading], write: Write
) -> None:
    _replace(project, read(NEWER))
    done = importing.import_files(project, [write("igjen.txt", NEWER)])
    assert [reason for _path, reason in done.refused] == ["Teksten er importert før, som «Første»."]


def test_a_quotation_id_leads_to_one_place(
    project: Project, place: Place, code: Code, read: Callable[[str], Reading]
) -> None:
    both = [coding.apply_code(project, *place("Selv takk"), code(name)).id for name in ("bolig", "okonomi")]
    assert len({coding.get_coding(project, each).quote for each in both}) == 1
    _replace(project, read(NEWER))
    text = corpus.text_of(project.connection, _first(project).version)
    for each, words in zip(waiting.list_waiting(project), ("Noe mer?", "Nei."), strict=True):
        start = text.index(words)
        waiting.place_waiting(project, each, start, start + len(words))
    placed = [coding.get_coding(project, each) for each in both]
    assert len({(each.start, each.end) for each in placed}) == 2
    assert len({each.quote for each in placed}) == 2


def test_a_text_that_has_lost_its_layout_keeps_turns_speakers_and_times(project: Project, write: Write) -> None:
    table = (
        "Timespan\tContent\tSpeaker\n"
        "0:00.0 - 0:05.2\tKan du fortelle litt om jobben din her i kommunen?\tIntervjuer\n"
        "0:05.2 - 0:09.8\tJeg er lærer på skolen i bygda, og har vært det i ti år.\tInformant 1\n"
    )
    source = importing.save(project, importing.read_file(write("tabell.tsv", table)), SourceFacts())
    before = corpus.turns(project.connection, source)
    assert [turn.speaker for turn in before] == ["Intervjuer", "Informant 1"]
    text = corpus.text_of(project.connection, source.version)
    flat = text.replace("skolen", "ungdomsskolen").replace("\n", "\n\n")
    newer = versions.read_version(project, source, write("rettet.txt", flat))
    versions.replace_text(project, source, newer)
    after = corpus.turns(project.connection, sources.list_sources(project)[-1])
    assert [(turn.speaker, turn.start_ms) for turn in after] == [(turn.speaker, turn.start_ms) for turn in before]


def test_what_was_doubtful_stays_so_until_somebody_has_looked(project: Project, write: Write) -> None:
    source = importing.save(
        project, importing.read_file(write("tale.txt", "Ola: Vi bor i Sundet nå.\n")), SourceFacts()
    )
    with project.write() as act:
        act.record("region.set", {"id": "r1", "source": source.id, "version": source.version, "start": 14, "end": 20,
                                  "kind": "doubtful", "note": "", "codable": 1, "seen": 0})  # fmt: skip
    with project.write() as act:
        project.connection.execute("UPDATE region SET coder = ''")  # as a reader's own marks are
    newer = versions.read_version(project, source, write("tale2.txt", "Ola: Ja, vi bor i Sundet nå.\n"))
    versions.replace_text(project, source, newer)
    text = corpus.text_of(project.connection, sources.list_sources(project)[-1].version)
    assert [text[each.start : each.end] for each in interchange.regions(project.connection, source.id)] == ["Sundet"]


def test_a_text_without_labels_keeps_the_turns_it_had(project: Project, read: Callable[[str], Reading]) -> None:
    before = corpus.turns(project.connection, _first(project))
    text = corpus.text_of(project.connection, _first(project).version)
    for label in {turn.speaker for turn in before}:
        text = text.replace(f"{label}: ", "")
    plan = versions.plan_replacement(project, _first(project), read(text))
    assert any("ingen replikker" in warning for warning in plan.warnings)
    _replace(project, read(text))
    after = corpus.turns(project.connection, _first(project))
    assert [(turn.speaker, turn.role) for turn in after] == [(turn.speaker, turn.role) for turn in before]


def test_a_mark_that_somebody_took_away_stays_away(project: Project, write: Write) -> None:
    prose = "Kommunen sier at den mangler boliger til dem som trenger det mest, og at den venter på svar. "
    report = f"{prose * 4}\n\nTabell 2.1: Boliger i kommunene\n\n{prose * 4}\n\nFigur 2.2: Ventetid i kommunene\n\n"
    reading = importing.read_file(write("plan.txt", report), ReadOptions(kind="report"))
    source = importing.save(project, reading, SourceFacts(kind="report", date="ukjent"))
    (table, _figure) = regions.of_kind(project, source, "caption")
    regions.remove(project, [table])

    def revised(text: str) -> list[str]:
        now = next(each for each in sources.list_sources(project) if each.id == source.id)
        versions.replace_text(project, now, versions.read_version(project, now, write("plan-ny.txt", text)))
        now = next(each for each in sources.list_sources(project) if each.id == source.id)
        words = corpus.text_of(project.connection, now.version)
        return [words[each.start : each.end].split(":")[0] for each in regions.of_kind(project, now, "caption")]

    assert revised("Utkast.\n\n" + report) == ["Figur 2.2"]
    assert revised("Utkast to.\n\n" + report) == ["Figur 2.2"]
    for _step in range(3):
        history.undo(project)
    assert revised("Utkast tre.\n\n" + report) == ["Tabell 2.1", "Figur 2.2"]


@pytest.mark.parametrize(
    ("name", "was", "now", "told"),
    [
        ("Første - rettet.txt", "Selv takk", "Takk selv", True),
        ("Første - rettet.txt", "\n\n", "\n\n\n", True),  # other blank lines alone
        ("Noe ganske annet 9.txt", "Selv takk", "Takk selv", False),  # a text is not held against every other
        ("Første - rettet.txt", " ", " og ", False),
    ],
)
def test_a_file_that_says_nearly_the_same_as_a_source_points_to_revise(
    project: Project, write: Write, name: str, was: str, now: str, told: bool
) -> None:
    said = corpus.text_of(project.connection, _first(project).version)
    done = importing.import_files(project, [write(name, said.replace(was, now))])
    ((_source, warnings),) = done.imported
    assert any("ordrett i «Første»" in each for each in warnings) == told
