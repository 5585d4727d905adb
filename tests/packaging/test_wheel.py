"""The wheel: it holds code and named data only, runs where it is installed, and never runs a stranger's package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("workbench", "codebooks", "corpus", "nlp", "exports")

ALLOWED = re.compile(
    r"(workbench|codebooks|corpus|nlp|exports)/(.*/)?\w+\.py"
    r"|(workbench|codebooks|corpus|nlp|exports)/py\.typed"
    r"|workbench/locale/\w+/LC_MESSAGES/kodebenk\.(mo|po)|workbench/locale/kodebenk\.pot"
    r"|workbench/tui/(.*/)?\w+\.tcss"
    r"|codebooks/starter/[\w-]+\.yaml"
    r"|corpus/sample/(cases|case-register)\.yaml"
    r"|corpus/sample/interviews/\d\d-[\w-]+\.(yaml|txt|docx|vtt|srt|md)"
    r"|corpus/sample/reference/\d\d-[\w-]+\.yaml"
    r"|exports/templates/[\w-]+\.(docx|dotx|xml|html|css|js)"
    r"|nlp/(.*/)?[\w-]+\.(json|txt|tsv|yaml|marisa|toml|gz|bin)"
    r"|nlp/lexicon/NOTICE\.md|nlp/model/.+|nlp/training/([\w-]+\.cfg|NOTICE\.md)"
    r"|kodebenk-[\d.]+\.dist-info/.+"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("hatchling") is None:
        reason = "hatchling is not installed, and the wheel is built without the network"
        if os.environ.get("KODEBENK_REQUIRE_PROGRAMS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    out = tmp_path_factory.mktemp("hjul")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel unpacked in it; libraries are borrowed from this one."""
    place = tmp_path_factory.mktemp("miljø")
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.run([python, "-c", query], capture_output=True, text=True, check=True).stdout.strip())
    zipfile.ZipFile(wheel).extractall(packages)
    # After the environment's own folder, so that the wheel's packages are found first; .pth files there are not run.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def _run(python: Path, *words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KODEBENK_CODER": "Kari", **variables}
    # As the console script does it: neither the current folder nor the script's stands in the path.
    start = "import sys; sys.path[:] = [p for p in sys.path if p]; from workbench.main import main; sys.exit(main())"
    command = [str(python), "-c", start, *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False)


def _module(python: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python), "-m", "workbench", *words], capture_output=True, text=True, cwd=cwd, check=False,
        env={**os.environ, "KODEBENK_CODER": "Kari"},
    )  # fmt: skip


def test_only_code_and_named_data_travel(names: list[str]) -> None:
    assert [name for name in names if not ALLOWED.fullmatch(name)] == []


def test_all_five_rooms_and_their_data_travel(names: list[str]) -> None:
    for room in ROOMS:
        assert any(name.startswith(f"{room}/") for name in names)
    modules = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert modules - set(names) == set()
    for pattern in (r"codebooks/starter/rusfeltet\.yaml", r"corpus/sample/interviews/.+\.docx", r"corpus/sample/cases\.yaml",
                    r"nlp/lexicon/.+\.marisa", r".+/licenses/LICENSE"):  # fmt: skip
        assert any(re.fullmatch(pattern, name) for name in names), pattern


def test_research_material_left_in_the_rooms_does_not_travel(tmp_path: Path) -> None:
    """What somebody drops beside the code is no part of the wheel."""
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    (tmp_path / "pyproject.toml").write_text(config, encoding="utf-8")
    for name in ("README.md", "LICENSE", "nlp/lexicon/NOTICE.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    dropped = []
    for room in ROOMS:
        (tmp_path / room / "data").mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
        for name in ("intervju.docx", "data/intervju.txt", "studie.kodebenk", "navn.csv"):
            (tmp_path / room / name).write_text("hemmelig", encoding="utf-8")
            dropped.append(f"{room}/{name}")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "ut"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = (tmp_path / "ut").glob("*.whl")
    assert set(dropped) & set(zipfile.ZipFile(built).namelist()) == set()


def test_it_runs_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "demo", str(tmp_path), "--no-open", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    checked = _run(installed, "check", str(tmp_path / "demo.kodebenk"), cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "Alt stemmer.\n"), checked.stderr
    where = "import workbench; print(workbench.__file__)"
    found = subprocess.run([installed, "-c", where], capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert not Path(found).is_relative_to(ROOT)


def test_a_folder_with_packages_of_the_same_names_is_not_run(installed: Path, tmp_path: Path) -> None:
    """A researcher's folder may well hold nlp.py and a corpus: neither may be run as ours."""
    alarm = "raise SystemExit('en fremmed pakke ble kjørt')\n"
    (tmp_path / "nlp.py").write_text(alarm, encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text(alarm, encoding="utf-8")
    done = _run(installed, "new", "p.kodebenk", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    by_module = _module(installed, "new", "q.kodebenk", cwd=tmp_path)
    assert "fremmed pakke" not in by_module.stderr
    assert by_module.returncode == 0 or "ligger ikke samlet" in by_module.stderr


def test_a_stray_package_in_the_path_is_named_and_nothing_is_run(installed: Path, tmp_path: Path) -> None:
    stray = tmp_path / "fremmed" / "nlp"
    stray.mkdir(parents=True)
    (stray / "__init__.py").write_text("raise SystemExit('en fremmed pakke ble kjørt')\n", encoding="utf-8")
    done = _run(installed, "new", "p.kodebenk", cwd=tmp_path, PYTHONPATH=str(tmp_path / "fremmed"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "ligger ikke samlet" in done.stderr
    assert str(tmp_path / "fremmed") in done.stderr
    assert "fremmed pakke ble kjørt" not in done.stderr
    assert not (tmp_path / "p.kodebenk").exists()


def test_a_missing_package_is_named(installed: Path, tmp_path: Path) -> None:
    hide = (
        "import sys, importlib.util as u; found = u.find_spec\n"
        "import workbench.main as m\n"
        "m.find_spec = lambda name: None if name == 'nlp' else found(name)\n"
        "sys.exit(m.main(['--version']))"
    )
    done = subprocess.run([installed, "-c", hide], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "«nlp» mangler" in done.stderr
