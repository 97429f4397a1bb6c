"""The progress bar of futures that are played."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.cli.say import printer
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.exercise.futures.play import Future
    from sim.exercise.futures.question import Question


@contextmanager
def futures_bar(title: str, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a progress bar on standard error; None when quiet or when nobody watches.

    Args:
        title: What is played.
        quiet: Whether none is wanted.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        TextColumn(_("futures")), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=printer(err=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def futures_player(
    scenario: Scenario, title: str, futures: int, workers: int, quiet: bool
) -> Iterator[Callable[[Question], list[Future]] | None]:
    """Give a function that plays the futures of a question; None where none are wanted.

    Args:
        scenario: What is played.
        title: What stands beside the progress bar.
        futures: How many are wanted.
        workers: How many processes play them.
        quiet: Whether no bar is wanted.
    """
    from sim.exercise.futures.pool import FuturesPool

    if not futures:
        yield None
        return
    with FuturesPool(scenario, workers) as pool, futures_bar(title, quiet) as progress:
        yield lambda question: pool.play(question, progress)
