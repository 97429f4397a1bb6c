"""Settings of an experiment: how many days, with which seed, on how many cores, where to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.fields import Chance, Location, Seed, Settings, Switch, Whole


class DaskSettings(Settings):
    """Where ``run.executor: dask`` plays the days."""

    address: Location | None
    """Address of a scheduler, such as ``tcp://10.0.0.1:8786``; null: a cluster of one's own on this machine."""


class RunSettings(Settings):
    """The experiment."""

    replications: Annotated[Whole, Field(ge=1, le=1_000_000)]
    """Simulated days for each strategy; a million days of five strategies take a core two days."""
    seed: Seed
    """Two runs with one seed are identical."""
    workers: Annotated[Whole, Field(ge=0, le=1_024)]
    """Processes, as many as a large machine has cores; 0: one for each core. A Dask cluster that is there
    already has its own."""
    executor: Literal["local", "dask"]
    """Where days are played: processes of this machine, or a Dask cluster. Results do not depend on it."""
    dask: DaskSettings
    batch: Annotated[Whole, Field(ge=1, le=10_000)]
    """Days that are written together, and so are in memory together under every strategy; a worker
    takes as many batches at a time as fill a second."""
    output: Location
    """Folder under which the run's folder is made."""
    check: Switch
    """Assert the accounts of every day."""
    confidence: Chance
    """Confidence of the intervals."""
    resamples: Annotated[Whole, Field(ge=100, le=10_000)]
    """Bootstrap resamples for the intervals. Of ten thousand an end is uncertain by a fortieth of the standard error
    (square root of 0.025 * 0.975 / resamples, over the normal density there); more take minutes, not seconds."""
    bound_days: Annotated[Whole, Field(ge=0, le=10_000)]
    """Days, the first ones, on which the best possible dispatch is worked out beside each strategy's own;
    0: none. Of ten thousand the ratio is known to a hundredth."""
