"""Playing again what is damaged of a run, and nothing else."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.execute import Progress, executor_elsewhere, must_fit, play_rest
from sim.experiment.hold import held
from sim.experiment.journal import JOURNAL
from sim.experiment.manifest import read_manifest
from sim.experiment.store import Run, read_damaged
from sim.words.language import gettext as _


def repair(path: Path | str, *, progress: Progress | None = None) -> tuple[Run, list[str]]:
    """Play again every batch of which a part, or its line in the journal, is missing or not what was written.

    Days that were never played are played as well: the run ends whole, the same as if nothing had happened to it.

    Returns:
        The finished run, and what was damaged: the file, and what was wrong with it.

    Raises:
        UserError: When the folder is no run; when its manifest, or what it is played on, is not what was written (its
            days cannot be played again then); when the program has changed since, or another process plays the run.
        Interrupted: When the user stops it.
    """
    read_manifest(Path(path))  # so that no lock is left in a folder that is not one of a run
    with held(Path(path)):
        run, lines = read_damaged(path)
        must_fit(run)
        faults = list(run.faults(run.batches))
        found = [_("{file}: line {line} is damaged").format(file=run.path / JOURNAL, line=line) for line in lines]
        found += [f"{file}: {fault}" for _batch, file, fault in faults]
        if not found and not run.has_its_journal():
            found.append(f"{run.path / JOURNAL}: {_('is not what was written')}")
        again = [batch.days for batch, _file, _fault in faults]
        run.batches = [batch for batch in run.batches if batch.days not in again]
        return play_rest(lambda: run, progress, executor_elsewhere(None)), found
