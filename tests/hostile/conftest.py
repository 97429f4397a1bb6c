"""A folder for each case, a canary in the environment, and one finished run that every case may have a copy of."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sim.cli import call
from tests.conftest import SMALL
from tests.hostile.nasty import VARIABLE
from tests.hostile.trial import CANARY, Trial

QUICK = [
    "run.replications=1",
    "run.batch=1",
    "run.workers=1",
    "run.resamples=100",
    "run.executor=local",
    "run.check=false",
]
"""What the person who plays a stranger's scenario says on the command line: one short day."""


@pytest.fixture(scope="session", autouse=True)
def canary() -> Iterator[None]:
    """Put the canary into the environment."""
    os.environ[VARIABLE] = CANARY
    yield
    del os.environ[VARIABLE]


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run of two days; playing it compiles whatever is to be compiled, so that no case waits for that."""
    out = tmp_path_factory.mktemp("finished")
    day = ["scenario=calm_day", "strategy=even_spread", *SMALL, *QUICK, "run.replications=2"]
    assert call([*day, "--json", "--out", str(out)]) == 0
    (run,) = out.iterdir()
    return run


@pytest.fixture(scope="session")
def manifest(finished_run: Path) -> dict[str, Any]:
    """Return its manifest."""
    found: dict[str, Any] = json.loads((finished_run / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def trials(tmp_path_factory: pytest.TempPathFactory, finished_run: Path) -> Callable[[], AbstractContextManager[Trial]]:
    """Give a new folder for every case of one test, which hypothesis runs many times."""
    numbers = count()

    @contextmanager
    def trial() -> Iterator[Trial]:
        root = tmp_path_factory.mktemp(f"case{next(numbers)}", numbered=False)
        try:
            yield Trial(root)
        finally:
            shutil.rmtree(root)

    return trial
