"""The wheel works in an environment of its own, run from an empty folder, and gives what the checkout gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = [
    "scenario=riot_kecamatan3",
    "strategy=minimum_pattern,forward_reserve",
    "run.replications=2",
    "run.workers=1",
    "--json",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (built,) = folder.glob("siaga-*.whl")
    return built


def test_the_wheel_carries_settings_scenarios_data_and_templates(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("conf", "sim/packaged/conf"), ("scenarios", "sim/packaged/scenarios"), ("sim", "sim")):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".yaml", ".csv", ".html", ".css", ".md", ".py") and "packaged" not in file.parts:
                assert f"{inside}/{file.relative_to(ROOT / folder).as_posix()}" in names


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Python of an environment in which the wheel is installed."""
    home = tmp_path_factory.mktemp("home") / "env"
    venv.create(home, with_pip=False)
    site = next((home / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # the libraries come from this environment; its editable install is named in a .pth file there, which is not followed
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return str(home / "bin" / "python")


def _run(python: str, folder: Path, *args: str) -> str:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [python, *args], cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_wheel_is_found_and_knows_its_scenarios(python: str, tmp_path: Path) -> None:
    where = _run(python, tmp_path, "-c", "import sim; print(sim.__file__)")
    assert Path(where.strip()).is_relative_to(Path(python).parents[1])
    listed = _run(python, tmp_path, "-m", "sim", "scenarios")
    assert "riot_kecamatan3" in listed and listed == _run(sys.executable, tmp_path, "-m", "sim", "scenarios")


@pytest.mark.slow  # it compiles everything once more
def test_the_installed_wheel_plays_the_same_from_an_empty_folder(python: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "here").mkdir()
    assert _play(python, tmp_path / "empty") == _play(sys.executable, tmp_path / "here")


def _play(python: str, folder: Path) -> dict:
    answer = json.loads(_run(python, folder, "-m", "sim", *RUN))
    assert (folder / answer["report"]).is_file()
    return {key: answer[key] for key in ("measures", "differences", "conclusion", "run")}
