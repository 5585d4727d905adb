"""How long the lead's report takes: gathering, looking it over and writing it, with a selection and with 300 excerpts.

    python benchmarks/report.py

Makes the study of tests/data/deliverable in the temporary folder. The first run on a machine also lets matplotlib list its
fonts, which is told apart.
"""

from __future__ import annotations

import importlib.util
import statistics
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from workbench import language
from workbench.services import codebook, coding, reporting, sources
from workbench.store.project import Project

DAY = date(2026, 11, 22)
ROUNDS = 5


def study(path: Path) -> Project:
    """The invented study, as the tests make it."""
    file = Path(__file__).parents[1] / "tests" / "data" / "deliverable" / "study.py"
    spec = importlib.util.spec_from_file_location("deliverable_study", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Project = module.make(path)
    return made


def more_excerpts(project: Project, wanted: int) -> None:
    """Codes single sentences until there are so many places."""
    bolig = codebook.find_code(project, "bolig")
    places = {(each.source, each.start, each.end) for each in coding.list_codings(project)}
    for source in sources.list_sources(project):
        shown = sources.show_source(project, source)
        for turn in shown.turns:
            if len(places) >= wanted:
                return
            if turn.role == "participant" and turn.end - turn.start > 40:
                place = (source.id, turn.start, turn.end)
                if place not in places:
                    coding.apply_code(project, source, turn.start, turn.end, bolig)
                    places.add(place)


def once(project: Project, folder: Path, options: reporting.ReportOptions) -> tuple[float, float, float, int]:
    start = perf_counter()
    prepared = reporting.prepare(project, options, day=DAY)
    gathered = perf_counter()
    risks = reporting.identifying(project, prepared)
    looked = perf_counter()
    reporting.write_prepared(project, folder / "r.docx", prepared, risks, force=True)
    written = perf_counter()
    places = {(e.source, e.start, e.end) for chapter in prepared.report.chapters for e in chapter.excerpts}
    return gathered - start, looked - gathered, written - looked, len(places)


def main() -> None:
    language.use("nb")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = study(folder / "studie.kodebenk")
        more_excerpts(project, 300)
        start = perf_counter()
        import matplotlib.font_manager

        assert matplotlib.font_manager
        print(f"matplotlib and its list of fonts: {perf_counter() - start:.2f} s")
        for words, options in (
            ("selected, first time (the model of names is loaded)", reporting.ReportOptions(attribution="case+level")),
            ("all, names not read before", reporting.ReportOptions(attribution="case+level", excerpts="all")),
        ):
            gathered, looked, written, n = once(project, folder, options)
            print(
                f"{words}: {n} excerpts: gathered {gathered:.2f} s, looked over {looked:.2f} s, "
                f"written {written:.2f} s, together {gathered + looked + written:.2f} s"
            )
        runs = [once(project, folder, options) for _round in range(ROUNDS)]
        middle = [statistics.median(run[n] for run in runs) for n in range(3)]
        print(f"all, again (median of {ROUNDS}): " + ", ".join(f"{each:.2f} s" for each in middle))
        project.close()


if __name__ == "__main__":
    main()
