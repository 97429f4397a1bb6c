"""What subcommands that play or compare have in common: the progress bar, what is said when stopped, the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.say import complain, printer
from sim.errors import Stopped
from sim.experiment.interrupt import check, is_asked
from sim.text import cut, shown, word
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.experiment.store import Run


_TITLE_COLUMNS = 40
"""Columns of a title beside the progress bar."""


@contextmanager
def progress_bar(scenario: Scenario, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a progress bar on standard error; None when quiet or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.experiment.execute import compiles_first

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(_("days")),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=printer(err=True), transient=True) as bar:
        title, strategies = cut(shown(scenario.said_title), _TITLE_COLUMNS), len(scenario.strategies)
        what = _("{title} x {strategies} strategies").format(title=title, strategies=strategies)
        first = _("Compiling, once on this machine: about 20 seconds") if compiles_first() else what
        task = bar.add_task(first, total=scenario.run.replications)

        def move(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=what if done else first)

        yield move


class Warnings:
    """Says on standard error what is odd though not wrong: a line each, each once."""

    most = 20
    """Lines that are said at a time; the rest is counted."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def say(self, remarks: Iterable[str]) -> None:
        """Say the remarks that were not said before."""
        new = [remark for remark in dict.fromkeys(remarks) if remark not in self._said]
        self._said.update(new)
        for remark in new[: self.most]:
            complain(_("Warning: {remark}").format(remark=remark))
        if len(new) > self.most:
            complain(_("Warning: … and {count} more like these").format(count=len(new) - self.most))


def as_typed(command: str, overrides: Sequence[str], scenarios: Path | None) -> str:
    """Return the command that plays one run, as one would type it: for the manifest and the foot of every figure."""
    folder = ["--scenarios", str(scenarios)] if scenarios is not None else []
    return " ".join([command, *map(word, [*overrides, *folder])])


def played(play: Callable[[Callable[[int, int], None] | None], Run], scenario: Scenario, quiet: bool) -> Run:
    """Play days under a progress bar; stopped, say what is kept, and where."""
    from sim.experiment.execute import Interrupted

    try:
        with progress_bar(scenario, quiet) as progress:
            return play(progress)
    except Interrupted as stopped:
        raise Stopped(_("Interrupted: {what}").format(what=stopped)) from None


def compared(run: Run) -> tuple[Any, Path]:
    """Compare a run's strategies and write its report; stopped, say that the days themselves are finished."""
    from sim.inference.compare import compare
    from sim.report.write import write

    try:
        comparison = compare(run)
        check()
        return comparison, write(run, comparison)
    except (KeyboardInterrupt, Exception) as error:
        if not is_asked() and not isinstance(error, KeyboardInterrupt):
            raise
        kept = _("Interrupted: the days are kept in {folder}. Report: simulate report {run}")
        raise Stopped(kept.format(folder=run.path, run=word(str(run.path)))) from None


def show_comparison(run: Run, comparison: Any, report: Path) -> None:
    """Print the comparison, what can be concluded, what is left unspent, and where the report is."""
    from sim.report.terminal import print_comparison

    print_comparison(printer(), run, comparison, report)
