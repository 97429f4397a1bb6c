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


def test_the_installed_wheel_plays_the_same_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # the libraries come from this environment; its editable install is named in a .pth file there, which is not followed
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    where = subprocess.run(
        [str(python), "-c", "import sim; print(sim.__file__)"],
        cwd=empty,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(home)
    installed = _play(str(python), empty, env)
    here = tmp_path / "here"
    here.mkdir()
    assert installed == _play(sys.executable, here, env)


def _play(python: str, folder: Path, env: dict[str, str]) -> dict:
    done = subprocess.run(
        [python, "-m", "sim", *RUN], cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (folder / answer["report"]).is_file()
    return {key: answer[key] for key in ("measures", "differences", "conclusion", "run")}
