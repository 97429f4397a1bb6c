"""A Chromium, a small finished run with its report and its playback in both languages, and pages opened with a guard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.execute import execute
from sim.experiment.store import Run, read
from sim.inference.compare import compare
from sim.playback.write import write_playback
from sim.report.write import write
from sim.words.language import Language, spoken
from tests.browser.opened import SIZES, Opened
from tests.conftest import QUIET, small_scenario
from tests.playback.conftest import SCRIPT


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small finished run."""
    folder = tmp_path_factory.mktemp("browser")
    more = ("run.replications=5", "run.workers=1", "run.resamples=100", f"run.output='{folder}'")
    return execute(small_scenario(*SCRIPT, *more), command="simulate test")


class Pages(dict[tuple[str, Language], Path]):
    """The report and the playback of a run, in each language: each is made when a test asks for it first."""

    def __init__(self, copies: dict[Language, Run]) -> None:
        super().__init__()
        self._copies = copies

    def __missing__(self, wanted: tuple[str, Language]) -> Path:
        kind, language = wanted
        run = self._copies[language]
        with spoken(language):
            self[wanted] = write_playback(run) if kind == "playback" else write(run, compare(run))
        return self[wanted]


@pytest.fixture(scope="session")
def pages(finished: Run, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Its report and its playback, in each language."""
    folders = {language: tmp_path_factory.mktemp(language) / "run" for language in Language}
    return Pages({language: read(shutil.copytree(finished.path, folder)) for language, folder in folders.items()})


@pytest.fixture(scope="session")
def quiet_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The playback of a day on which nothing happens, under one strategy alone."""
    folder = tmp_path_factory.mktemp("quiet")
    more = ("run.replications=2", "run.workers=1", "run.resamples=100", f"run.output='{folder}'")
    return write_playback(execute(small_scenario(*QUIET, *more), command="simulate test"))


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Open a file at a size: ``open_page(file, "390")``; other settings of the browser by name."""
    contexts = []

    def opened(file: Path, size: str = "1280", **settings: Any) -> Opened:
        width, height = SIZES[size]
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **settings))
        page = contexts[-1].new_page()
        if size == "print":
            page.emulate_media(media="print")
        return Opened(page).go(file)

    yield opened
    for context in contexts:
        context.close()
