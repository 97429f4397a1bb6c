"""What differs between runs: settings by their dotted paths, and a short name for each run made of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.experiment.store import Run
from sim.text import cut

Leaves = dict[str, Any]
"""Settings by dotted path, as one types them: ``voting.stages.0.servers``, ``strategies.even_spread.guards.rule``."""
ABSENT = "–"
"""Stands for a setting that a run has not."""
SCENARIO, STRATEGY = "scenario", "strategy"
_OF_RUN = ("replications", "workers", "executor", "dask", "batch", "output", "check", "confidence", "resamples")
_NO_MATTER = (*(f"run.{name}" for name in _OF_RUN), "run.bound_days", "region.path")
"""Settings that no simulated day depends on; days are counted, and regions compared by what is in their tables."""
_TEXTS = ("title", "description", "sources", "objectives")
_STORY = (*_TEXTS, "incidents", "closures", "slow_stretches", "conditions", "troubles", "kinds")
"""What a scenario is made of: where another one is played, all this is another."""
_GROUPS = {SCENARIO: "name", "weather": "weather.name"}
"""What is chosen by a name, and the setting that holds the name."""
_MOST_PARTS = 3
_MOST_COLUMNS = 28


def leaves_of(scenario: Mapping[str, Any]) -> Leaves:
    """Return the settings of a manifest that days depend on, by dotted path; texts are left out."""
    return {
        path: value
        for path, value in _walk("", scenario)
        if not any(path == one or path.startswith(f"{one}.") for one in (*_NO_MATTER, *_TEXTS))
        and not (path.startswith("strategies.") and path.rpartition(".")[2] in _TEXTS)
    }


def _walk(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    inside: list[tuple[str, Any]] = []
    if isinstance(value, Mapping):
        inside = list(value.items())
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        inside = [(str(one.get("name", i)) if path == "strategies" else str(i), one) for i, one in enumerate(value)]
    if not inside:
        yield path, value
    for key, one in inside:
        yield from _walk(f"{path}.{key}" if path else str(key), one)


def differing(manifests: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return what differs between the settings of some runs, by what one would type: its value in each.

    What follows from something else that differs is left out: the settings of another weather, the incidents of another
    scenario. A strategy's settings are held against each other where both runs have it; where none is in all of the
    runs, their names are what differs (``strategy``). What follows from another scenario is known where all runs hold
    the packaged one as it was when they were begun; where not, less is left out.

    Args:
        manifests: The manifest of each.

    Returns:
        What differs, in the order of the settings, names first; ABSENT stands for a setting that there is not.
    """
    leaves = [leaves_of(one["scenario"]) for one in manifests]
    packaged = [leaves_of(one["packaged"]) if one.get("packaged") else None for one in manifests]
    paths = [path for path in dict.fromkeys(path for one in leaves for path in one) if _differs(path, leaves)]
    found: dict[str, list[Any]] = {}
    for group, path in _GROUPS.items():
        if path in paths:
            found[group] = [str(one[path]).replace(" ", "_") for one in leaves]
            paths.remove(path)
    plans = [[plan["name"] for plan in one["scenario"]["strategies"]] for one in manifests]
    if not set(plans[0]).intersection(*plans[1:]):
        found[STRATEGY] = [",".join(names) for names in plans]
    for path in paths:
        if not _follows(path, leaves, packaged, found):
            found[path] = [one.get(path, ABSENT) for one in leaves]
    return found


def _differs(path: str, leaves: Sequence[Leaves]) -> bool:
    """Return whether a setting differs among runs; that of a strategy only among runs that have it."""
    having = [one for one in leaves if not path.startswith("strategies.") or _has_strategy(one, path)]
    return len({json.dumps(one.get(path, ABSENT), sort_keys=True) for one in having}) > 1


def _has_strategy(leaves: Leaves, path: str) -> bool:
    return f"strategies.{path.split('.')[1]}.name" in leaves


def _follows(
    path: str, leaves: Sequence[Leaves], packaged: Sequence[Leaves | None], found: Mapping[str, Sequence[Any]]
) -> bool:
    """Return whether a difference is none of its own: where the group is the same, so is this."""
    if path.startswith("weather.") and "weather" in found:
        return not _differs_inside(path, leaves, found["weather"])
    if SCENARIO not in found or _differs_inside(path, leaves, found[SCENARIO]):
        return False
    if path.split(".")[0] in _STORY:
        return True
    if path.startswith("strategies."):
        return False
    return all(
        known is not None and one.get(path) == known.get(path) for one, known in zip(leaves, packaged, strict=True)
    )


def _differs_inside(path: str, leaves: Sequence[Leaves], names: Sequence[Any]) -> bool:
    """Return whether a setting differs between runs of one name."""
    groups = ([one for one, other in zip(leaves, names, strict=True) if other == name] for name in names)
    return any(_differs(path, group) for group in groups)


def names_of(runs: Sequence[Run], found: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return a short name for each run, made of what differs; no two runs have the same.

    Args:
        runs: The runs.
        found: What differs between them (:func:`differing`).
    """
    names = [", ".join(f"{key}={short(values[i])}" for key, values in list(found.items())[:_MOST_PARTS])
             for i in range(len(runs))]  # fmt: skip
    if len(found) > _MOST_PARTS:
        names = [f"{name}, +{len(found) - _MOST_PARTS}" for name in names]
    many = Counter(names)
    names = [name if many[name] == 1 else f"{name} ({run.path.name})" if name else run.path.name
             for name, run in zip(names, runs, strict=True)]  # fmt: skip
    seen: Counter[str] = Counter()
    for i, name in enumerate(names):
        seen[name] += 1
        names[i] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def short(value: Any) -> str:
    """Return a setting's value as a name of a run has it."""
    return cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _MOST_COLUMNS)
