"""`kodebenk signals`: what is listed and in which shape, taking in and undoing, and its refusals."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.services import coding, importing, projects, reading, sources
from workbench.services.codebook import find_code
from workbench.services.importing import SourceFacts

Run = Callable[..., Any]

TERM = {"kind", "code", "term", "z", "log_odds", "yes", "no", "sources", "one_source", "examples"}
EXCEPTION = {"code", "signal", "case", "rejected", "left_out", "accepted", "elsewhere_rejected", "elsewhere_accepted",
             "examples"}  # fmt: skip
PLACE = {"source", "source_name", "start", "end", "text"}
SIGNAL = {"code", "signal", "score", "words", "lemmas", "parts", "not_in"}
BOOK = """\
name: prøve
codes:
  - slug: bolig
    name: Bolig
  - slug: rop
    name: ROP
    signals:
      - name: ROP
        words: [rop]
"""
COLD = "Anne sover på hospits. Berit betaler hospitset. Dag maler et hospits. Egil hater hospits. "
WEATHER = (
    "Månen lyser over fjorden. Katten løper i skogen. Regnet faller på taket. Toget kommer i morgen. Boka ligger på bordet. "
    "Fisken svømmer i elva. Snøen smelter om våren. Klokka henger på veggen. Bilen står i garasjen."
)
TEXTS = {
    "Elv": (COLD + WEATHER + " Avdeling ROP flyttet. Hos ROP er det kaffe. Ring ROP i dag.", "Elvestrand"),
    "Havn": ("Mange har ROP. Han fikk ROP tidlig. " + WEATHER, "Storhamn"),
}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two finished reports: *hospits* is coded in one, *ROP* in the other alone."""
    folder = tmp_path_factory.mktemp("signaler")
    (folder / "bok.yaml").write_text(BOOK, encoding="utf-8")
    project = projects.create(folder / "p.kodebenk", coder="Kari", codebook=str(folder / "bok.yaml"))
    for name, (text, case) in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        facts = SourceFacts(kind="report", date="ukjent", cases=(case,))
        source = importing.save(project, importing.read_file(folder / f"{name}.txt"), facts)
        for words, code in (("hospits", "bolig"), ("ROP", "rop")):
            if name == "Elv" and code == "rop":
                continue
            start = 0
            for sentence in sources.show_source(project, source).text.rstrip().split(". "):
                if words in sentence:
                    coding.apply_code(project, source, start, start + len(sentence), find_code(project, code))
                start += len(sentence) + 2
        reading.set_status(project, source, "finished")
    project.close()
    return project.path


@pytest.fixture
def file(coded: Path, tmp_path: Path) -> Path:
    """A copy to write in."""
    return Path(shutil.copy(coded, tmp_path / "min.kodebenk"))


def test_the_list(kodebenk: Run, coded: Path) -> None:
    done = kodebenk("signals", coded, "--json")
    assert done.code == 0
    assert set(done.json) == {"terms", "exceptions"}
    (term,), (exception,) = done.json["terms"], done.json["exceptions"]
    assert set(term) == TERM and set(exception) == EXCEPTION
    assert (term["kind"], term["code"], term["term"]) == ("lemma", "bolig", "hospits")
    assert (term["yes"], term["no"], term["sources"], term["one_source"]) == (4, 0, 1, True)
    assert (exception["code"], exception["signal"], exception["case"]) == ("rop", "ROP", "Elvestrand")
    assert (exception["rejected"], exception["left_out"], exception["accepted"]) == (3, 3, 0)
    assert (exception["elsewhere_rejected"], exception["elsewhere_accepted"]) == (0, 2)
    text = kodebenk("show", coded, "Elv", "--json").json["text"]
    for each in (*term["examples"], *exception["examples"]):
        assert set(each) - {"word"} == PLACE
        assert each["source_name"] == "Elv" and each["text"] == text[each["start"] : each["end"]]
    for each in term["examples"]:
        word = each["word"]
        assert set(word) == {"start", "end", "text"}
        assert word["text"] == text[word["start"] : word["end"]] and word["text"] in ("hospits", "hospitset")
    assert all("word" not in each for each in exception["examples"])


def test_only_one_code(kodebenk: Run, coded: Path) -> None:
    bolig = kodebenk("signals", coded, "--code", "bolig", "--json").json
    assert ([each["term"] for each in bolig["terms"]], bolig["exceptions"]) == (["hospits"], [])
    rop = kodebenk("signals", coded, "--code", "rop", "--json").json
    assert (rop["terms"], len(rop["exceptions"])) == ([], 1)


def test_csv_has_a_line_for_each_of_both(kodebenk: Run, coded: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kodebenk("signals", coded, "--csv").out)))
    assert set(rows[0]) == TERM | EXCEPTION
    assert [(row["kind"], row["term"], row["case"]) for row in rows] == [
        ("lemma", "hospits", ""),
        ("exception", "", "Elvestrand"),
    ]
    assert json.loads(rows[0]["examples"])[0]["source_name"] == "Elv"


def test_a_table_for_a_person(kodebenk: Run, coded: Path) -> None:
    done = kodebenk("signals", coded)
    terms, exceptions = done.out.split("\n\n")
    assert terms.splitlines()[0].split()[:3] == ["kode", "ord", "slag"]
    assert "hospits" in terms and "bare 1" in terms
    assert "ikke i case" in exceptions.splitlines()[0] and "Elvestrand" in exceptions
    assert "1 ord og 1 unntak foreslått ut fra 2 kilder." in done.err


def test_taking_in_a_word_and_an_exception_and_undoing_both(kodebenk: Run, file: Path) -> None:
    made = kodebenk("signals", file, "--add", "Bolig", "hospits", "--json")
    assert made.code == 0 and set(made.json) == SIGNAL
    assert (made.json["code"], made.json["signal"], made.json["lemmas"]) == ("bolig", "fra kodingen", ["hospits"])
    assert "kodebenk undo" in made.err
    part = kodebenk("signals", file, "--add", "bolig", "leie", "--part", "--json").json
    assert (part["lemmas"], part["parts"]) == (["hospits"], ["leie"])
    case = kodebenk("signals", file, "--except", "rop", "ROP", "Elvestrand", "--json").json
    assert (case["signal"], case["not_in"]) == ("ROP", ["Elvestrand"])
    assert kodebenk("signals", file, "--json").json == {"terms": [], "exceptions": []}
    assert "0 ord og 0 unntak" in kodebenk("signals", file).err
    for _each in range(3):
        assert kodebenk("undo", file).code == 0
    left = kodebenk("signals", file, "--json").json
    assert (len(left["terms"]), len(left["exceptions"])) == (1, 1)


def test_csv_of_what_was_taken_in(kodebenk: Run, file: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(kodebenk("signals", file, "--add", "bolig", "hospits", "--csv").out))
    assert set(row) == SIGNAL and json.loads(row["lemmas"]) == ["hospits"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--code", "finnesikke"), 1, "finnesikke"),
        (("--add", "finnesikke", "hus"), 1, "finnesikke"),
        (("--add", "bolig", "…"), 1, "ikke noe ord"),
        (("--add", "rop", "ROP", "--except", "rop", "ROP", "Elvestrand"), 2, "Velg én"),
        (("--part",), 2, "--part hører sammen med --add"),
        (("--code", "rop", "--add", "rop", "hus"), 2, "--code hører til listen"),
        (("--except", "rop", "ROQ", "Elvestrand"), 1, "Nærmest er: ROP"),
        (("--except", "rop", "ROP", "Storby"), 1, "Storby"),
    ],
)
def test_refusals(kodebenk: Run, coded: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = kodebenk("signals", coded, *words, "--json")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_what_is_there_is_refused(kodebenk: Run, file: Path) -> None:
    assert kodebenk("signals", file, "--add", "bolig", "hospits").code == 0
    again = kodebenk("signals", file, "--add", "bolig", "Hospits")
    assert again.code == 1 and "har alt «hospits» i signalet «fra kodingen»" in again.err


def test_nothing_coded_says_what_to_do(kodebenk: Run, tmp_path: Path) -> None:
    empty = tmp_path / "tom.kodebenk"
    kodebenk("new", empty)
    done = kodebenk("signals", empty)
    assert done.code == 0 and "Kod noen steder først" in done.err
    assert kodebenk("signals", empty, "--json").json == {"terms": [], "exceptions": []}
