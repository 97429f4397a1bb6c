"""What subcommands show on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.experiment.store import Run


@contextmanager
def progress_bar(scenario: Scenario, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a progress bar on standard error; None when quiet."""
    if quiet:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(
            f"{scenario.title} x {len(scenario.strategies)} strategies", total=scenario.run.replications
        )
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_comparison(run: Run, comparison: Any, report: Path) -> None:
    """Print the comparison, what can be concluded, what is left unspent, and where the report is."""
    from rich.console import Console

    from sim.report.terminal import print_comparison

    print_comparison(Console(), run, comparison, report)
