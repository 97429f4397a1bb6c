"""Settings of an experiment: how many days, with which seed, on how many cores, where to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.fields import Count, Location, Settings, Size


class DaskSettings(Settings):
    """Where ``run.executor: dask`` plays the days."""

    address: Location | None
    """Address of a scheduler, such as ``tcp://10.0.0.1:8786``; null: a cluster of one's own on this machine."""


class RunSettings(Settings):
    """The experiment."""

    replications: Annotated[Size, Field(le=1_000_000)]
    """Simulated days for each strategy; a million days of five strategies take a core two days."""
    seed: Annotated[Count, Field(le=2**64 - 1)]
    """Two runs with one seed are identical; 64 bits, more than anybody will use up."""
    workers: Annotated[Count, Field(le=1_024)]
    """Processes; 0: one for each core. A Dask cluster that is there already has its own."""
    executor: Literal["local", "dask"]
    """Where days are played: processes of this machine, or a Dask cluster. Results do not depend on it."""
    dask: DaskSettings
    batch: Annotated[Size, Field(le=10_000)]
    """Days that are written together; a worker takes as many batches at a time as fill a second."""
    output: Location
    """Folder under which the run's folder is made."""
    check: bool
    """Assert the accounts of every day."""
    confidence: Annotated[float, Field(gt=0.5, lt=1)]
    """Confidence of the intervals."""
    resamples: Annotated[int, Field(ge=100, le=1_000_000)]
    """Bootstrap resamples for the intervals."""
