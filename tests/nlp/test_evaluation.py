"""Label files, the labelled interviews and reports, and the command that measures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from codebooks.yaml_io import write_codebook
from corpus.model import ReadOptions
from corpus.reading import read_source
from corpus.text import digest, normalise
from nlp.document import Document
from nlp.evaluate import main
from nlp.evaluation import reports, speech
from nlp.evaluation.labels import THEMES, Label, read_labels, readings_of
from nlp.evaluation.reports import Report, draws_of, join_print_lines, labelled_in, read_reports, texts_of
from nlp.evaluation.scores import score
from nlp.evidence import Evidence, tops
from nlp.languages import language_of, words_of
from nlp.pipeline import Pipeline
from nlp.suggest import from_codebook, suggest

DATA = Path(__file__).parents[1] / "data"
REPORTS = DATA / "reports"
INTERVIEWS = sorted((DATA / "speech").glob("*/*.txt"))
SHARED = Path(__file__).parents[2].parent / "shared" / "texts"
TWO_READERS = {"draw3", "draw4", "draw6"}


@pytest.fixture
def book() -> Codebook:
    """Every theme the labels know, each with its own name as its only signal; one of them below another code."""
    tops = tuple(
        Code(slug=theme, name=theme, signals=(Signal(name="ordet", any=Terms(words=(theme,)), score=0.9),))
        for theme in THEMES
    )
    below = Code(
        slug="mangel", name="Mangel", parent="bolig", signals=(Signal(name="få", any=Terms(words=("venteliste",))),)
    )
    return Codebook(name="prøve", codes=(*tops, below))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("rusfel-\ntet er", "rusfeltet er"),
        ("rus- \nog psykisk", "rus- og psykisk"),
        ("FACT-\nteamet", "FACT- teamet"),
        ("en linje \n til", "en linje til"),
        ("slutt.  \n\nNytt", "slutt.  \n\nNytt"),
    ],
)
def test_print_lines_are_joined_and_paragraphs_kept(text: str, joined: str) -> None:
    assert join_print_lines(text)[0] == joined


@pytest.mark.parametrize(
    "line", ["3\tbolig", "3\t4", "3\tx\tbolig", "3\t4\tbolig\trop", "4\t4\tbolig", "3\t4\tboilg", "3\t4\t"]
)
def test_a_label_line_out_of_shape_is_named(tmp_path: Path, line: str) -> None:
    bad = tmp_path / "labels.tsv"
    bad.write_text(f"# start, end, themes\n1\t2\tbolig\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.tsv:3"):
        read_labels(bad)


def test_readers_must_have_labelled_the_same_units(tmp_path: Path) -> None:
    (tmp_path / "a.reader1.tsv").write_text("0\t2\tbolig\n", encoding="utf-8")
    assert readings_of(tmp_path, "a") == ([Label(0, 2, frozenset({"bolig"}))],)
    (tmp_path / "a.reader2.tsv").write_text("0\t3\tnone\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.reader2\.tsv"):
        readings_of(tmp_path, "a")
    with pytest.raises(ValueError, match=r"b\.reader1\.tsv"):
        readings_of(tmp_path, "b")


def test_there_are_labelled_interviews_of_both_kinds() -> None:
    folders = [file.parent.name for file in INTERVIEWS]
    assert (folders.count("development"), folders.count("kept")) == (41, 5)
    assert {file.stem[0] for file in INTERVIEWS if file.parent.name == "kept"} == {"b"}
    assert "b" not in {file.stem[0] for file in INTERVIEWS if file.parent.name == "development"}


@pytest.mark.parametrize("file", INTERVIEWS, ids=lambda file: file.stem)
def test_every_turn_of_an_interview_is_labelled(file: Path) -> None:
    turns = read_source(file, ReadOptions()).turns
    readings = readings_of(file.parent, file.stem)
    for labels in readings:
        assert [(label.start, label.end) for label in labels] == [(turn.start, turn.end) for turn in turns]
    assert {turn.role for turn in turns} == {"interviewer", "participant"}
    assert len(readings) == (2 if file.stem[0] in "ab" else 1)


def test_no_label_file_stands_without_its_interview() -> None:
    labelled = {file.parent / f"{file.name.split('.')[0]}.txt" for file in (DATA / "speech").glob("*/*.tsv")}
    assert labelled == set(INTERVIEWS)


def test_the_interviews_in_nynorsk_are_those_that_are_said_to_be() -> None:
    said = re.search(r"^(.*) were written as Nynorsk", (DATA / "speech" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert said is not None
    by_name = {file.stem: file.read_text(encoding="utf-8") for file in INTERVIEWS}
    for name in re.findall(r"[a-h]\d", said.group(1)):
        spoken = [line.partition(":")[2] for line in by_name[name].splitlines() if not line.startswith("I:")]
        assert language_of(words_of("\n".join(spoken))) == "nn", name


@pytest.mark.parametrize("draw", draws_of(REPORTS), ids=lambda draw: draw.name)
def test_label_files_of_reports_hold_offsets_within_known_texts(draw: Path) -> None:
    known = texts_of(REPORTS)
    for name in labelled_in(draw):
        readings = readings_of(draw, name)
        assert len(readings) == (2 if draw.name in TWO_READERS else 1)
        spans = [(label.start, label.end) for label in readings[0]]
        assert spans == sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert spans[-1][1] <= known[name][0]


def test_no_sentence_of_a_report_is_in_two_draws() -> None:
    for name in texts_of(REPORTS):
        spans = sorted(
            (label.start, label.end)
            for draw in draws_of(REPORTS)
            if name in labelled_in(draw)
            for label in readings_of(draw, name)[0]
        )
        assert [(one, other) for one, other in pairwise(spans) if other[0] < one[1]] == []


@pytest.mark.parametrize("name", sorted(texts_of(REPORTS)))
def test_labels_point_at_whole_sentences(name: str) -> None:
    file = SHARED / f"{name}.txt"
    if not file.exists():
        pytest.skip(f"the report is not at {file}")
    text = normalise(file.read_text(encoding="utf-8"))
    assert (len(text), digest(text)) == texts_of(REPORTS)[name]
    for draw in draws_of(REPORTS):
        if name in labelled_in(draw):
            for label in readings_of(draw, name)[0]:
                unit = text[label.start : label.end]
                assert unit == unit.strip()
                assert re.search(r"\w", unit)


def test_a_turn_is_found_when_a_suggestion_overlaps_it(
    talk: Callable[..., Document], ask: Callable[..., Evidence], book: Codebook
) -> None:
    between = [(who, "Fint vær i dag.") for who in ("interviewer", "participant") * 6]
    document = talk(
        ("interviewer", "Hva med bolig?"),
        ("participant", "Jeg har ingen bolig. Og bolig er dyrt."),
        *between,
        ("participant", "Rop sier de."),
    )
    meant = ["bolig", "bolig", *[""] * 11, "bolig", ""]
    labels = [
        Label(turn.start, turn.end, frozenset(themes.split()))
        for turn, themes in zip(document.turns, meant, strict=True)
    ]
    evidence, suggester = ask(document, book), from_codebook(book)
    judged = speech.judge(speech.Interview(document, (labels,)), evidence, suggester, THEMES)
    for theme in ("bolig", "rop"):
        spans = [(each.start, each.end) for each in suggest(evidence, suggester) if tops(book)[each.code] == theme]
        overlaps = [any(turn.start < end and start < turn.end for start, end in spans) for turn in document.turns]
        assert judged.found[:, THEMES.index(theme)].tolist() == overlaps
        assert 0 < sum(overlaps) < len(overlaps)
    assert judged.found[:2, THEMES.index("bolig")].tolist() == [True, True]
    assert judged.by_participant.tolist() == [turn.role == "participant" for turn in document.turns]
    assert judged.words[:3].tolist() == [3, 8, 4]
    likely = judged.likely[:, THEMES.index("bolig")]
    assert likely[1] > likely[12]
    found = score(judged, ("bolig",))
    assert (found.hits, found.missed) == (2, 1)


def test_an_interview_whose_text_has_changed_is_refused(tmp_path: Path, blank: Pipeline) -> None:
    file = tmp_path / "x1.txt"
    file.write_text("I: Hvor bor du?\nKari: Hos ei venninne.\nI: Ja?\nKari: Ja.\n", encoding="utf-8")
    write_labels(file, "bolig", "bolig", "none", "none")
    interview = speech.read_interview(file, blank)
    assert [label.codes for label in interview.labels] == [{"bolig"}, {"bolig"}, set(), set()]
    assert interview.set_name == "x"
    file.write_text("I: Hvor bor du da?\nKari: Hos ei venninne.\nI: Ja?\nKari: Ja.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x1\.txt.*changed"):
        speech.read_interview(file, blank)
    with pytest.raises(ValueError, match="--data"):
        speech.read_interviews(tmp_path / "none", blank)


def test_a_sentence_is_found_by_what_is_proposed_there(
    prose: Callable[..., Document], ask: Callable[..., Evidence], book: Codebook
) -> None:
    document = prose("Alle vil ha bolig i byen nå. Det er venteliste. Om rop sier de ingenting i år. Slutt er det nå.")
    places = [(0, 28), (29, 47), (48, 78), (79, 95)]
    said = ("bolig", "bolig", "", "okonomi")
    labels = [Label(*place, frozenset(themes.split())) for place, themes in zip(places, said, strict=True)]
    judged = reports.judge(Report(document, (labels,)), ask(document, book), from_codebook(book), THEMES)
    found = {theme: judged.found[:, place].tolist() for place, theme in enumerate(THEMES)}
    assert found["bolig"] == [True, True, False, False]
    assert found["rop"] == [False, False, True, False]
    assert not any(found["okonomi"])
    assert len(set(judged.groups.tolist())) == 4
    assert judged.likely[0, 0] > judged.likely[3, 0]


def written_report(folder: Path, text: str) -> Path:
    """A report's text, and a folder with labels of its second sentence; returns that folder."""
    (folder / "r.txt").write_text(text, encoding="utf-8")
    draw = folder / "labels" / "draw1"
    draw.mkdir(parents=True)
    place = text.index("Bolig")
    (draw / "r.reader1.tsv").write_text(f"{place}\t{place + 16}\tbolig\n", encoding="utf-8")
    (folder / "labels" / "texts.tsv").write_text(f"# name\nr\t{len(text)}\t{digest(text)}\n", encoding="utf-8")
    return folder / "labels"


def test_labels_move_with_the_joined_text(tmp_path: Path, blank: Pipeline) -> None:
    folder = written_report(tmp_path, "Det er fattig-\ndom her. Bolig er dy-\nrt. Tak er bra.")
    ((report,),) = read_reports(folder, tmp_path, blank).values()
    (label,) = report.labels
    assert report.document.text[label.start : label.end] == "Bolig er dyrt."


def test_another_text_than_the_labelled_one_is_refused(tmp_path: Path, blank: Pipeline) -> None:
    folder = written_report(tmp_path, "Det er godt. Bolig er dy-\nrt. Tak er bra.")
    (tmp_path / "r.txt").write_text("Det er bra. Bolig er dyrt. Tak er bra.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"r\.txt.*texts\.tsv"):
        read_reports(folder, tmp_path, blank)


def write_labels(interview: Path, *themes: str, readers: int = 1) -> None:
    """A label of each turn of an interview that has been written."""
    turns = read_source(interview, ReadOptions()).turns
    lines = [f"{turn.start}\t{turn.end}\t{codes}\n" for turn, codes in zip(turns, themes, strict=True)]
    for reader in range(1, readers + 1):
        interview.with_name(f"{interview.stem}.reader{reader}.tsv").write_text("".join(lines), encoding="utf-8")


def small_data(folder: Path) -> Path:
    for kind, name in (("kept", "b1"), ("development", "a1"), ("development", "c1")):
        place = folder / "speech" / kind
        place.mkdir(parents=True, exist_ok=True)
        file = place / f"{name}.txt"
        file.write_text("I: Hva så?\nKari: Bolig og hund.\nI: Ja.\nKari: Hund.\n", encoding="utf-8")
        write_labels(file, "none", "bolig", "none", "none", readers=2)
    return folder


def test_the_command_prints_the_parts_that_are_asked_for(
    tmp_path: Path, book: Codebook, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = small_data(tmp_path), tmp_path / "book.yaml"
    file.write_text(write_codebook(book), encoding="utf-8")
    (data / "reports").mkdir()
    arguments = ["--data", str(data), "--codebook", str(file)]
    assert main(["agreement", "kept", *arguments]) == 0
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if line.startswith("==")] == [
        "== two readers, development: 2 interviews, 8 turns",
        "== two readers, kept: 1 interviews, 4 turns",
        "== kept: 1 interviews, 7 words",
    ]
    rows = [line.split() for line in printed.splitlines() if line.startswith("micro of all")]
    assert [(row[3], row[5]) for row in rows] == [("1", "1.00")] * 2


def test_the_kept_interviews_are_never_listed(
    tmp_path: Path, book: Codebook, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = small_data(tmp_path), tmp_path / "book.yaml"
    on_dogs = replace(book.codes[0], signals=(Signal(name="ordet", any=Terms(words=("hund",))),))
    file.write_text(write_codebook(replace(book, codes=(on_dogs, *book.codes[1:]))), encoding="utf-8")
    assert main(["kept", "development", "--errors", "--data", str(data), "--codebook", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "a1\t" in printed
    assert "b1\t" not in printed


def test_what_cannot_be_measured_is_refused_with_the_reason(
    tmp_path: Path, book: Codebook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kept", "--data", str(tmp_path)]) == 1
    assert "--data" in capsys.readouterr().err
    file = tmp_path / "book.yaml"
    file.write_text(write_codebook(Codebook(name="liten", codes=book.codes[:1])), encoding="utf-8")
    assert main(["kept", "--data", str(tmp_path), "--codebook", str(file)]) == 1
    assert "brukerokonomi" in capsys.readouterr().err
    if SHARED.is_dir():
        assert main(["reports", "--texts", str(SHARED), "--draw", "draw0"]) == 1
        assert "draw0" in capsys.readouterr().err
    for wrong in (["reports"], ["hunder"]):
        with pytest.raises(SystemExit, match="2"):
            main(wrong)


def test_the_starter_codebook_finds_most_of_what_a_reader_found(capsys: pytest.CaptureFixture[str]) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the reports are not at {SHARED}")
    assert main(["reports", "--texts", str(SHARED)]) == 0
    printed = capsys.readouterr().out.split("== report sentences, ")[1:]
    least = {"draw1": 0.85, "draw2": 0.75, "draw3": 0.7, "draw4": 0.7, "draw5": 0.6, "draw6": 0.75}
    *each_draw, together = printed
    assert [part.split(":")[0] for part in each_draw] == [*least]
    assert together.startswith(f"{', '.join(least)} together: 1264 sentences")
    for part in each_draw:
        (micro,) = [line.split() for line in part.splitlines() if line.startswith("micro ") and "all" not in line]
        assert float(micro[4]) >= least[part.split(":")[0]]


def test_the_starter_codebook_finds_part_of_what_is_said_in_interviews(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kept"]) == 0
    (all_turns, participants) = [
        line.split() for line in capsys.readouterr().out.splitlines() if re.match(r"micro +\d", line)
    ]
    assert float(all_turns[4]) >= 0.5
    assert float(participants[4]) >= 0.5
