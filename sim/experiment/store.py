"""The folder of a run: a manifest written before the first day, and tables that grow in batches.

    RUN/manifest.json               composed settings, seed, versions, checksums, the command, what is finished
    RUN/region, RUN/deployments     what is played on (sim.experiment.inputs)
    RUN/tables/<table>/part-N.parquet
    RUN/samples/<whole, district, …>/part-N.parquet   all that a comparison reads

Everything is written under a temporary name and renamed, so a file is there whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ValidationError, model_validator

from sim.config.reach import CONTEXT, Reach
from sim.config.scenario import Scenario
from sim.day.world import World
from sim.errors import UserError, shortened
from sim.experiment.frames import frame_of, part_file
from sim.experiment.inputs import REGION, Deployments, read_deployments, write_inputs
from sim.experiment.parquet import query, read_parquet
from sim.files import MOST_MANIFEST, read_text
from sim.log import TABLES
from sim.measures.samples import WHOLE
from sim.measures.sums import Sums
from sim.region.load import load_region, region_files
from sim.region.region import Region

MANIFEST = "manifest.json"
_SUMS = """
    SELECT list_position($strategies, strategy) - 1 AS strategy, list_position($labels, label) - 1 AS label,
           day, key, above, below
    FROM read_parquet($files) WHERE sample = $sample
"""
"""Names become numbers before they reach Python, where hundreds of thousands of them would weigh."""
_LABELS = "SELECT DISTINCT label FROM read_parquet($files) WHERE sample = $sample"
_LIBRARIES = ("siaga", "simpy", "numpy", "scipy", "numba", "pandas", "duckdb")


def checksums(scenario: Scenario) -> dict[str, str]:
    """Return the SHA-256 of every table of the scenario's region, by file name."""
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in region_files(scenario.region.path)}


def write_atomically(file: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it."""
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(file)


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario's settings as plain data that validates to the same scenario, times as HH:MM."""
    return scenario.model_dump(mode="json")


def create(world: World, command: str) -> Run:
    """Make the folder of a new run: what it is played on, then its manifest.

    Raises:
        UserError: When the folder cannot be made or written.
    """
    scenario = world.scenario
    settings = settings_of(scenario)
    digest = sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:8]
    root = Path(scenario.run.output)
    stem = f"{scenario.name}-{scenario.run.seed}-{digest}"
    manifest: dict[str, Any] = {
        "siaga": version("siaga"),
        "python": python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "command": command,
        "scenario": settings,
        "inputs": {},
        "state": "running",
        "finished": [],
    }
    try:
        root.mkdir(parents=True, exist_ok=True)
        run = Run(_fresh(root, stem), manifest)
        write_inputs(run.path, world)
        manifest["inputs"] = checksums(run.own_scenario)
        run.save()
    except OSError as error:
        raise UserError(f"run.output = '{root}': cannot be written ({error.strerror or error})") from error
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
        UserError: When it is not one, or its manifest cannot be read.
    """
    folder = Path(path)
    file = folder / MANIFEST
    if not folder.is_dir():
        raise UserError(f"'{folder}': there is no such folder")
    if not file.is_file():
        raise UserError(f"'{folder}' is not the folder of a run: it has no {MANIFEST}")
    try:
        manifest = json.loads(read_text(file, MOST_MANIFEST, ".json"))
        _Manifest.model_validate(manifest, context={CONTEXT: Reach(stored=True)})
    except ValidationError as error:
        first = error.errors()[0]
        where = shortened(".".join(map(str, first["loc"])), 200)
        raise UserError(f"{file}: not the manifest of a run of this version ({where}: {first['msg']})") from error
    except RecursionError:
        raise UserError(f"{file}: cannot be read (lists and mappings too deep inside each other)") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{file}: cannot be read ({error})") from error
    _refuse_links(folder)
    return Run(folder, manifest)


def _refuse_links(folder: Path) -> None:
    """Refuse a run whose folder holds links that lead out of it: what is read and written there is the run's own.

    Raises:
        UserError: Naming the link.
    """
    root = folder.resolve()
    for one in (*folder.glob("*"), *folder.glob("*/*")):
        if not one.resolve().is_relative_to(root):
            raise UserError(f"'{one}': a link that leads out of the run's folder is not followed")


class _Manifest(BaseModel):
    """What a manifest must hold to be read."""

    siaga: str
    libraries: dict[str, str]
    command: str
    scenario: Scenario
    inputs: dict[str, str]
    state: Literal["running", "interrupted", "finished"]
    finished: list[tuple[int, int]]

    @model_validator(mode="after")
    def _days_of_the_run(self) -> Self:
        """Refuse batches that are no days of this run, or days twice: each is a file, and counts."""
        after = 0
        for start, stop in sorted(self.finished):
            if not after <= start < stop <= self.scenario.run.replications:
                raise ValueError(f"finished: [{start}, {stop}] is no batch of days of this run, or repeats some")
            after = stop
        return self


@dataclass(eq=False)
class Run:
    """A run's folder.

    Attributes:
        path: The folder.
        manifest: What its manifest says.
    """

    path: Path
    manifest: dict[str, Any]

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was played."""
        return Scenario.model_validate(self.manifest["scenario"])

    @property
    def own_scenario(self) -> Scenario:
        """The same scenario on the region's tables as they lie in the run's folder: what its days are played from."""
        path = str((self.path / REGION).resolve())
        region = self.scenario.region.model_copy(update={"path": path})
        return self.scenario.model_copy(update={"region": region})

    @cached_property
    def region(self) -> Region:
        """The place as it was when the run was begun.

        Raises:
            UserError: When a table in the run's folder is missing or spoiled.
        """
        return load_region(self.own_scenario.region)

    def deployments(self) -> Deployments:
        """Return who stands where under each strategy, as tables.

        Raises:
            UserError: When a table in the run's folder is missing or spoiled.
        """
        return read_deployments(self.path)

    @property
    def strategies(self) -> list[str]:
        """Names of the strategies, in order."""
        return [strategy.name for strategy in self.scenario.strategies]

    @property
    def finished(self) -> list[int]:
        """Numbers of the days that are finished."""
        return [int(day) for batch in self.manifest["finished"] for day in range(batch[0], batch[1])]

    @property
    def replications(self) -> int:
        """Number of days that are finished."""
        return len(self.finished)

    def save(self) -> None:
        """Write the manifest.

        Raises:
            UserError: When the folder cannot be written.
        """
        text = json.dumps(self.manifest, indent=1, ensure_ascii=False)
        try:
            write_atomically(self.path / MANIFEST, text.encode())
        except OSError as error:
            raise UserError(f"'{self.path}': cannot be written ({error.strerror or error})") from error

    def set_state(self, state: str) -> None:
        """Note whether the run is running, finished or interrupted."""
        self.manifest["state"] = state
        self.save()

    def append(self, days: range, files: Mapping[str, bytes]) -> None:
        """Add a batch of finished days; the manifest counts them once every file is on disk.

        Args:
            days: The days.
            files: Content of their files by path in the run's folder.

        Raises:
            UserError: When the folder cannot be written.
        """
        try:
            for name, content in files.items():
                file = self.path / name
                file.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(file, content)
        except OSError as error:
            raise UserError(f"'{self.path}': cannot be written ({error.strerror or error})") from error
        self.manifest["finished"].append([days.start, days.stop])
        self.save()

    def _parts(self, folder: str) -> list[Path]:
        """Return the files of a folder that the manifest counts, in order of their days."""
        starts = sorted(start for start, _ in self.manifest["finished"])
        return [self.path / part_file(folder, start) for start in starts]

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
        labels = [""] if by == WHOLE else sorted(query(files, _LABELS, sample=sample)["label"].tolist())
        rows = query(files, _SUMS, sample=sample, strategies=self.strategies, labels=labels)
        code = rows.pop("strategy") * len(labels) + rows.pop("label")
        found = {}
        for number in np.unique(code).tolist():
            strategy, label = self.strategies[number // len(labels)], labels[number % len(labels)]
            found[strategy, label] = Sums.of(days, *(column[code == number] for column in rows.values()))
        return found

    def table(self, name: str) -> pd.DataFrame:
        """Read one table of every finished day: ``strategy`` and ``replication`` in front of the log's columns.

        Raises:
            UserError: For an unknown table, or one of which a part is missing or spoiled.
        """
        if name not in TABLES:
            raise UserError(f"unknown table '{name}'; known: {', '.join(TABLES)}")
        files = self._parts(f"tables/{name}")
        if not files:
            return frame_of(name, [])
        return read_parquet(files)
