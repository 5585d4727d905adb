"""Import, suggest, accept and report on two real reports, with the time each step takes.

python benchmarks/reports_end_to_end.py REPORT.txt... [--profile pdf-text] [--accept 200]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus.model import ReadOptions
from workbench.services import importing, projects, reporting, suggesting

Result = TypeVar("Result")


def step(name: str, act: Callable[[], Result]) -> Result:
    begin = time.perf_counter()
    result = act()
    print(f"{name:45} {time.perf_counter() - begin:7.2f} s")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--plain", action="store_true", help="without the PDF profile")
    parser.add_argument("--accept", type=int, default=200)
    arguments = parser.parse_args()
    options = ReadOptions(profile="" if arguments.plain else "pdf-text")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBENK_STATE"] = folder
        path = Path(folder) / "rapporter.kodebenk"
        project = step("new project with the starter codebook",
                       lambda: projects.create(path, coder="Benk", codebook="rusfeltet"))  # fmt: skip
        result = step("import", lambda: importing.import_files(project, arguments.reports, options=options))
        for source, _warnings in result.imported:
            print(f"    {source.name}: {source.characters} characters")
        print(f"    {step('suggest, language library loaded too', lambda: suggesting.run(project))} suggestions")
        step("suggest again", lambda: suggesting.run(project))
        pending = suggesting.list_proposals(project, status="pending", by_score=True)[: arguments.accept]
        step(f"accept {len(pending)}", lambda: suggesting.accept_all(project, pending))
        written = step("Word report", lambda: reporting.write_report(project, Path(folder) / "rapport.docx"))
        print(f"    {written.path.stat().st_size / 1000:.0f} kB; project file {path.stat().st_size / 1e6:.1f} MB")
        project.close()


if __name__ == "__main__":
    main()
