"""Settings of an experiment: how many days, with which seed, on how many cores, where to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.config.fields import Count, Name, Settings, Size


class RunSettings(Settings):
    """The experiment."""

    replications: Size
    """Simulated days for each strategy."""
    seed: Count
    """Two runs with one seed are identical."""
    workers: Count
    """Processes; 0: one for each core."""
    batch: Size
    """Days that one worker takes at a time and that are written together."""
    output: Name
    """Folder under which the run's folder is made."""
    check: bool
    """Assert the accounts of every day."""
    confidence: Annotated[float, Field(gt=0.5, lt=1)]
    """Confidence of the intervals."""
    resamples: Annotated[int, Field(ge=100)]
    """Bootstrap resamples for the intervals."""
