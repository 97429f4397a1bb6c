"""Ctrl-C at a terminal: every process of the run gets it, at any moment."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SMALL

PLAYING, STARTING = "finished.jsonl", "manifest.json"
"""The file that is not empty from then on."""


@pytest.mark.parametrize(
    ("executor", "workers", "moment"),
    [
        ("local", 1, PLAYING),
        ("local", 2, PLAYING),
        ("local", 2, STARTING),
        pytest.param("dask", 2, PLAYING, marks=pytest.mark.slow),
    ],
)
def test_ctrl_c_keeps_and_names_what_is_finished(tmp_path: Path, executor: str, workers: int, moment: str) -> None:
    """The last moment is while the workers are being started: none of them may fill the terminal."""
    args = [sys.executable, "-m", "sim", "scenario=calm_day", "strategy=even_spread", *SMALL,
            "run.replications=100000", "run.batch=1", f"run.workers={workers}", f"run.executor={executor}", "--out", str(tmp_path)]  # fmt: skip
    process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 90
    while not any(f.read_text() for f in tmp_path.glob(f"*/{moment}")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert re.fullmatch(
        r"Interrupted: stopped after \d+ of 100000 days, (settings )?kept in \S+\. Go on with: simulate resume \S+\n",
        err,
    ), err
    assert out == ""
    (folder,) = tmp_path.iterdir()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["state"] == "interrupted"
    assert (folder / "finished.jsonl").read_text() or moment == STARTING
    assert not list(folder.rglob("*.tmp"))
