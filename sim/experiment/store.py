"""The folder of a run: a manifest written before the first day, and tables that grow in batches.

    RUN/manifest.json               settings, those packaged, seed, versions, checksums, command (manifest.py)
    RUN/finished.jsonl              what is finished, with a checksum of every part (sim.experiment.journal)
    RUN/region, RUN/deployments     what is played on (sim.experiment.inputs)
    RUN/tables/<table>/part-N.parquet
    RUN/samples/<whole, district, …>/part-N.parquet   all that a comparison reads

Everything else is written under a temporary name and renamed, so a file is there whole or not at all. What is read is
compared with its checksum first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
import pandas as pd

from sim.config.scenario import Scenario
from sim.day.world import World
from sim.errors import UserError, cannot_be_read, cannot_be_written, nearest
from sim.experiment import inputs
from sim.experiment.checksum import digest, fault_of
from sim.experiment.frames import frame_of, part_file
from sim.experiment.inputs import DEPLOYMENTS, REGION, Deployments
from sim.experiment.journal import (
    JOURNAL,
    Batch,
    append_line,
    damaged_line,
    journal_of,
    planned_batches,
    read_journal,
)  # fmt: skip
from sim.experiment.manifest import MANIFEST, State, manifest_of, read_manifest, settings_of, written
from sim.experiment.naming import named
from sim.experiment.parquet import read_parquet
from sim.experiment.sample_rows import labels_of, rows_of
from sim.experiment.shown import Shown
from sim.files import leads_inside, open_regular
from sim.log import TABLES
from sim.measures.samples import WHOLE
from sim.measures.sums import Sums
from sim.region.load import load_region
from sim.region.region import Region
from sim.text import word
from sim.words.language import gettext as _


def write_atomically(file: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file under a temporary name and rename it; where that fails, nothing is left of it.

    Args:
        file: The file; a link in its place is replaced, not followed.
        content: Its content.
        durable: Wait until it is on the disk, so that it outlasts a loss of power.
    """
    temporary = file.with_name(f".{file.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def create(world: World, command: str) -> Run:
    """Make the folder of a new run: what it is played on, then its manifest.

    Raises:
        UserError: When the folder cannot be made or written.
    """
    scenario = world.scenario
    label = digest(json.dumps(settings_of(scenario), sort_keys=True).encode())[:8]
    root = Path(scenario.run.output)
    manifest = manifest_of(scenario, command)
    try:
        root.mkdir(parents=True, exist_ok=True)
        run = Run(_fresh(root, f"{scenario.name}-{scenario.run.seed}-{label}"), manifest)
        try:
            inputs.write_inputs(run.path, world)
            manifest["inputs"] = inputs.input_digests(run.path)
            (run.path / JOURNAL).touch()
            run.save()
        except BaseException:  # a folder without a manifest is no run, and would be in the way
            rmtree(run.path, ignore_errors=True)
            raise
    except OSError as error:
        raise UserError(f"run.output = {cannot_be_written(root, error)}") from error
    return run


def _fresh(root: Path, stem: str) -> Path:
    """Make the first folder of this name, or name-2, name-3, …, that is not there yet."""
    number = 1
    while True:
        folder = root / (stem if number == 1 else f"{stem}-{number}")
        try:
            (folder / "tables").mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            return folder


def read(path: Path | str) -> Run:
    """Open a run's folder.

    Raises:
        UserError: When it is not one, or its manifest or journal is not what was written.
    """
    run, damaged = read_damaged(path)
    if damaged:
        raise damaged_line(run.path, damaged[0])
    if not run.has_its_journal():
        message = _("'{file}': it is not what was written; play again what is in doubt with: simulate repair {run}")
        raise UserError(message.format(file=run.path / JOURNAL, run=word(str(run.path))))
    return run


def read_damaged(path: Path | str) -> tuple[Run, list[int]]:
    """Open a run's folder, whatever its journal is like.

    Returns:
        The run, and the numbers of the journal's lines that are damaged.

    Raises:
        UserError: When the folder is not one of a run, or its manifest is not what was written.
    """
    run = Run(Path(path), read_manifest(Path(path)))
    _refuse_links(run.path)
    settings = run.scenario.run
    batches, damaged = read_journal(run.journal(), planned_batches(settings.replications, settings.batch))
    run.batches = batches
    return run, damaged


def _refuse_links(folder: Path) -> None:
    """Refuse a run whose folder holds links that lead out of it: what is read and written there is the run's own.

    Raises:
        UserError: Naming the link.
    """
    for one in (*folder.glob("*"), *folder.glob("*/*")):
        if not leads_inside(one, folder):
            raise UserError(_("'{file}': a link that leads out of the run's folder is not followed").format(file=one))


@dataclass(eq=False, repr=False)
class Run(Shown):
    """A run's folder.

    Attributes:
        path: The folder.
        manifest: What its manifest says.
        batches: What is finished, in the order in which it was.
    """

    path: Path
    manifest: dict[str, Any]
    batches: list[Batch] = field(default_factory=list)
    _checked: set[Path] = field(default_factory=set)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was played."""
        return Scenario.model_validate(self.manifest["scenario"])

    @property
    def own_scenario(self) -> Scenario:
        """The same scenario on the tables as they lie in the run's folder: what its days are played from."""
        return inputs.on_own_inputs(self.scenario, self.path)

    @cached_property
    def region(self) -> Region:
        """The place as it was when the run was begun.

        Raises:
            UserError: When a table in the run's folder is missing, or is not what was written.
        """
        self.check_inputs(REGION)
        return load_region(self.own_scenario.region)

    def deployments(self) -> Deployments:
        """Return who stands where under each strategy, as tables.

        Raises:
            UserError: When a table in the run's folder is missing, or is not what was written.
        """
        self.check_inputs(DEPLOYMENTS)
        return inputs.read_deployments(self.path)

    @property
    def strategies(self) -> list[str]:
        """Names of the strategies, in order."""
        return [strategy.name for strategy in self.scenario.strategies]

    @property
    def finished(self) -> list[int]:
        """Numbers of the days that are finished."""
        return [day for batch in self.batches for day in batch.days]

    @property
    def replications(self) -> int:
        """Number of days that are finished."""
        return sum(len(batch.days) for batch in self.batches)

    @property
    def state(self) -> State:
        """How it stands."""
        return State(self.manifest["state"])

    def journal(self) -> bytes:
        """Return the content of its journal.

        Raises:
            UserError: When it is missing or cannot be read.
        """
        file = self.path / JOURNAL
        try:
            with open_regular(file) as stream:
                return stream.read()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise cannot_be_read(file, error) from error

    def has_its_journal(self) -> bool:
        """Say whether its journal is the one that the manifest knows; while it is played, the manifest knows none."""
        return self.manifest["journal"] in (None, digest(self.journal()))

    def save(self) -> None:
        """Write the manifest.

        Raises:
            UserError: When the folder cannot be written.
        """
        with self._writing():
            write_atomically(self.path / MANIFEST, written(self.manifest), durable=True)

    def begin(self) -> None:
        """Note that it is being played; a line that a killed process left unfinished is taken out of its journal."""
        self.manifest |= {"state": State.RUNNING, "journal": None}
        self.save()
        with self._writing():
            write_atomically(self.path / JOURNAL, journal_of(self.batches))

    def end(self, state: State) -> None:
        """Note that nobody plays it any more; what was played again stands in its place in the journal."""
        batches = sorted(self.batches, key=lambda batch: batch.days.start)
        if batches != self.batches:
            with self._writing():
                write_atomically(self.path / JOURNAL, journal_of(batches))
        self.manifest |= {"state": state, "journal": digest(self.journal())}
        self.save()

    def append(self, days: range, files: Mapping[str, bytes]) -> None:
        """Add a batch of finished days; the journal counts them once every file is on disk.

        Args:
            days: The days.
            files: Content of their files, by folder (such as ``tables/stations``).

        Raises:
            UserError: When the folder cannot be written.
        """
        batch = Batch(days, {folder: digest(content) for folder, content in files.items()})
        with self._writing():
            for (name, _), content in zip(batch.parts(), files.values(), strict=True):
                write_atomically(self.place(name), content)
            append_line(self.path / JOURNAL, batch)
        self.batches.append(batch)

    def place(self, name: str) -> Path:
        """Return where a file of the run is to be written, and make its folder.

        Raises:
            OSError: When the folder cannot be made.
        """
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_be_written(self.path, error) from error

    def check_inputs(self, *folders: str) -> None:
        """Compare what it is played on with its checksums.

        Args:
            *folders: Folders of the run's folder.

        Raises:
            UserError: For the first table that is missing, or is not what was written.
        """
        for name, expected in self.manifest["inputs"].items():
            fault = fault_of(self.path / name, expected) if name.partition("/")[0] in folders else None
            if fault:
                message = _("'{file}': it {fault}; the run's days belong to the table as it was")
                raise UserError(message.format(file=self.path / name, fault=fault))

    def faults(self, batches: Sequence[Batch]) -> Iterator[tuple[Batch, Path, str]]:
        """Give each part of some batches that is missing or not what was written: its batch, its file, what is wrong.

        Raises:
            UserError: When a part is there and cannot be read.
        """
        for batch in batches:
            for name, expected in batch.parts():
                fault = fault_of(self.path / name, expected)
                if fault:
                    yield batch, self.path / name, fault

    def check_parts(self, batches: Sequence[Batch] | None = None) -> None:
        """Compare every part of some batches with its checksum; without them, of all.

        Raises:
            UserError: For the first that is missing, or is not what was written.
        """
        for _batch, file, fault in self.faults(self.batches if batches is None else batches):
            raise self._faulty(file, fault)

    def _faulty(self, file: Path, fault: str) -> UserError:
        message = _("'{file}': the part {fault}; play it again with: simulate repair {run}")
        return UserError(message.format(file=file, fault=fault, run=word(str(self.path))))

    def _parts(self, folder: str) -> list[Path]:
        """Return the files of a folder, in order of their days, each compared with its checksum."""
        batches = sorted(self.batches, key=lambda batch: batch.days.start)
        files = []
        for batch in batches:
            file = self.path / part_file(folder, batch.days.start)
            if file not in self._checked:
                fault = fault_of(file, batch.files[folder])
                if fault:
                    raise self._faulty(file, fault)
                self._checked.add(file)
            files.append(file)
        return files

    def sums(self, sample: str, by: str = WHOLE) -> dict[tuple[str, str], Sums]:
        """Read one sample of every finished day, by strategy and label (empty for the whole).

        Args:
            sample: Its name (:data:`sim.measures.registry.SAMPLES`).
            by: What it is broken down by: district, kind, severity or state.

        Raises:
            UserError: When a part is missing or spoiled.
        """
        files, days = self._parts(f"samples/{by}"), np.array(sorted(self.finished), dtype=np.int64)
        if not files:
            return {}
        labels = [""] if by == WHOLE else labels_of(files, sample)
        rows = rows_of(files, sample, self.strategies, labels)
        code = rows.pop("strategy") * len(labels) + rows.pop("label")
        found = {}
        for number in np.unique(code).tolist():
            strategy, label = self.strategies[number // len(labels)], labels[number % len(labels)]
            found[strategy, label] = Sums.of(days, *(column[code == number] for column in rows.values()))
        return found

    def table(self, name: str) -> pd.DataFrame:
        """Read one table of every finished day, names beside codes; ``sim.describe`` tells what its columns mean.

        Raises:
            UserError: For an unknown table, or one of which a part is missing or spoiled.
        """
        if name not in TABLES:
            raise UserError(_("unknown table '{name}'; {hint}").format(name=name, hint=nearest(name, TABLES)))
        files = self._parts(f"tables/{name}")
        frame = named(read_parquet(files) if files else frame_of(name, []), self.scenario, self.region)
        frame.attrs["siaga_table"] = name
        return frame
