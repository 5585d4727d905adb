"""Measuring rules against labels, and the labelled reports where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from corpus.text import normalise
from nlp.evaluate import Label, join_print_lines, main, predict, read_labels, scores
from nlp.pipeline import load

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[2].parent / "shared" / "texts"
LABELLED = {"labels_fafo.tsv": "fafo-2019-33.txt", "labels_sintef.tsv": "sintef-a26099.txt"}
UNSEEN = {"unseen_fafo.tsv": "fafo-2019-33.txt", "unseen_sintef.tsv": "sintef-a26099.txt"}
"""Drawn and labelled when the rules stood, to be measured against and never tuned on."""


def bolig() -> Codebook:
    return Codebook(
        name="prøve",
        codes=(
            Code(slug="bolig", name="Bolig"),
            Code(
                slug="bolig-mangel",
                name="Mangel",
                parent="bolig",
                signals=(
                    Signal(name="mangel", any=Terms(parts=("bolig",))),
                    Signal(name="svak", any=Terms(parts=("tak",)), score=0.3),
                ),
            ),
        ),
    )


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


def test_labels_move_with_the_joined_text() -> None:
    text = "Det er fattig-\ndom og arbeids-\nløshet her. Bolig er dyrt. Tak er bra."
    spans = [
        (text.index(word), text.index(word) + length) for word, length in (("Det", 42), ("Bolig", 14), ("Tak", 11))
    ]
    labels = [Label(start, end, frozenset()) for start, end in spans]
    assert predict(text, labels, bolig(), load()) == [frozenset(), {"bolig"}, frozenset()]
    assert (
        predict(text, [Label(start + 4, end, frozenset()) for start, end in spans], bolig(), load())[1] == frozenset()
    )


def test_scores_count_hits_false_alarms_and_misses() -> None:
    labels = [Label(0, 1, frozenset(codes)) for codes in ({"a"}, {"a"}, set(), {"b"})]
    found = [frozenset(codes) for codes in ({"a"}, set(), {"a", "b"}, {"b"})]
    a, b, micro = scores(labels, found, ["a", "b"])
    assert (a.hits, a.false, a.missed) == (1, 1, 1)
    assert (b.precision, b.recall) == (0.5, 1.0)
    assert (micro.code, micro.hits, micro.false, micro.missed) == ("micro", 2, 2, 1)
    (none, _) = scores([], [], ["c"])
    assert (none.precision, none.recall, none.f1) == (None, None, None)


def test_a_label_line_out_of_shape_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "labels.tsv"
    for line in ("3\tbolig", "3\t4", "3\tx\tbolig", "3\t4\tbolig\trop"):
        bad.write_text(f"# start, end, codes\n1\t2\tbolig\n{line}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"labels\.tsv:3"):
            read_labels(bad)


@pytest.mark.parametrize("name", [*LABELLED, *UNSEEN])
def test_label_files_hold_offsets_and_codes_only(name: str) -> None:
    labels = read_labels(HERE / name)
    assert len(labels) > 40
    assert all(0 <= label.start < label.end for label in labels)
    allowed = {"bolig", "rop", "spesialisthelse", "okonomi", "brukerokonomi"}
    assert all(label.codes <= allowed for label in labels)


@pytest.mark.parametrize(("files", "bound"), [(LABELLED, 0.75), (UNSEEN, 0.65)])
def test_the_starter_codebook_finds_most_of_what_a_reader_found(
    files: dict[str, str], bound: float, capsys: pytest.CaptureFixture[str]
) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the reports are not at {SHARED}")
    arguments = [argument for name in files for argument in ("--labels", str(HERE / name))]
    arguments += [argument for text in files.values() for argument in ("--text", str(SHARED / text))]
    assert main(arguments) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[2:]}
    assert set(rows) == {"bolig", "rop", "spesialisthelse", "okonomi", "brukerokonomi", "micro"}
    assert float(rows["micro"][3]) >= bound


@pytest.mark.parametrize(("name", "text"), [*LABELLED.items(), *UNSEEN.items()])
def test_labels_point_at_whole_sentences(name: str, text: str) -> None:
    if not (SHARED / text).exists():
        pytest.skip(f"the report is not at {SHARED}")
    report = normalise((SHARED / text).read_text(encoding="utf-8"))
    for label in read_labels(HERE / name):
        unit = report[label.start : label.end]
        assert unit == unit.strip()
        assert label.end <= len(report)
