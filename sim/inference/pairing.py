"""Which runs met the same days, so that differences between them may be paired day by day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from sim.experiment.inputs import REGION
from sim.experiment.store import Run


class Unlike(StrEnum):
    """What keeps the days of two runs from being the same."""

    SEED = "seed"
    REGION = "region"
    VOTERS = "voters"


_VOTERS = ("voters", "voting")
"""Settings that say who votes, when, and how stations work."""
_NO_MATTER = "engine"
"""Every engine gives each voter the same times."""


def unlike(run: Run, other: Run) -> tuple[Unlike, ...]:
    """Return what keeps the days of two runs from being paired; nothing: they are the same days.

    Paired are runs of one seed, one region (by the checksums of its tables) and the same settings of voters and
    voting: the same voters set out at the same times in both, and the same candidates for disturbances are drawn.
    """
    one, two = _identity(run), _identity(other)
    return tuple(what for what in Unlike if one[what] != two[what])


def families(runs: Sequence[Run]) -> list[int]:
    """Return a number for each run; those that met the same days have the same, the first run's is 0."""
    known: list[dict[Unlike, str]] = []
    found = []
    for run in runs:
        identity = _identity(run)
        if identity not in known:
            known.append(identity)
        found.append(known.index(identity))
    return found


def _identity(run: Run) -> dict[Unlike, str]:
    scenario: dict[str, Any] = run.manifest["scenario"]
    inputs: dict[str, str] = run.manifest["inputs"]
    tables = {name: digest for name, digest in inputs.items() if PurePosixPath(name).match(f"{REGION}/*.csv")}
    voters = {
        part: {key: value for key, value in scenario[part].items() if key != _NO_MATTER}
        for part in _VOTERS
        if part in scenario
    }
    return {
        Unlike.SEED: str(scenario["run"]["seed"]),
        Unlike.REGION: json.dumps(tables, sort_keys=True),
        Unlike.VOTERS: json.dumps(voters, sort_keys=True),
    }
