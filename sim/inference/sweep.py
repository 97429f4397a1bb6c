"""A sweep from a notebook: settings varied, seeds varied, one tidy row for each trial."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.config.compose import load
from sim.config.override import CHOSEN, MOST_RUNS, read_overrides
from sim.config.scenario import Scenario
from sim.day.fitting import fitting
from sim.day.world import prepare
from sim.errors import UserError, nearest
from sim.experiment.execute import changed_since, execute, resume
from sim.experiment.manifest import MANIFEST, State, settings_of
from sim.experiment.store import Run, read
from sim.inference.between import HEADLINES
from sim.inference.compare import measures_of
from sim.inference.differing import leaves_of
from sim.inference.source import estimators
from sim.measures.describe import TABLE
from sim.measures.registry import MEASURES
from sim.text import override_value
from sim.words.language import gettext as _

_STRATEGY, _SEED = "strategy", "run.seed"
Progress = Callable[[int, int], None]


def sweep(
    axes: Mapping[str, Sequence[Any]],
    seeds: Sequence[int] | None = None,
    base: str = "riot_kecamatan3",
    *,
    overrides: Sequence[str] = (),
    out: Path | str | None = None,
    measures: Sequence[str] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Play a scenario for every combination of some settings and seeds, and return one tidy row for each trial.

    A trial is one strategy in one run: a combination of settings with a seed. Every combination is composed and checked
    before the first is played. A combination that was played before into the same folder, by the same program, is not
    played again, and an interrupted one is gone on with: after an interruption the same call goes on where it stopped.

    Args:
        axes: What is varied: a choice (``weather``, ``scenario``, ``voting``, …) or a setting by its dotted path, and
            its values. ``strategy`` names the strategies that are compared: they are played on the same days in one
            run, and are no axis of runs.
        seeds: Seeds; None: the seed of the scenario. Runs of one seed met the same days.
        base: The scenario that is varied.
        overrides: Further settings of all runs, such as ``run.replications=60``.
        out: Folder for the runs; None: that of the settings (``run.output``).
        measures: Names of measures; None: the headline measures.
        workers: Processes; None: as the settings say.
        progress: Is told how many runs are finished, of how many.

    Returns:
        The axes' values, seed, strategy, days, planned (days), run (folder), and a column for each measure: its value
        over the days of the run, infinite for never, NaN where there was nothing to measure. ``sim.describe`` tells
        what each column means.

    Raises:
        UserError: For an unknown axis, value or measure, with the nearest; for no values; for too many runs.
    """
    chosen = [measure.name for measure in measures_of(HEADLINES if measures is None else measures)]
    trials = list(_trials(axes, seeds))
    scenarios = [_composed(values, base, overrides, out) for values in trials]
    for scenario in scenarios:
        prepare(scenario)  # a mistake in a later one shows before the first is played
    rows: list[dict[str, Any]] = []
    for i, (values, scenario) in enumerate(zip(trials, scenarios, strict=True)):
        if progress is not None:
            progress(i, len(trials))
        run = _played(scenario, workers)
        shown = {name: value for name, value in values.items() if name != _SEED}
        rows += _rows(run, shown, chosen)
    if progress is not None:
        progress(len(trials), len(trials))
    frame = pd.DataFrame(rows)
    frame.attrs[TABLE] = "trials"
    return frame


def _trials(axes: Mapping[str, Sequence[Any]], seeds: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    """Give the settings of each run."""
    varied: dict[str, list[Any]] = {}
    if not isinstance(axes, Mapping):
        raise UserError(_("axes: a mapping of settings to lists of values is needed"))
    for name, values in axes.items():
        if isinstance(values, str | bytes) or not isinstance(values, Sequence | np.ndarray) or not len(values):
            raise UserError(
                _("axes: '{name}' needs a list of values, such as [1, 2], not {given}").format(
                    name=name, given=repr(values)
                )
            )
        if name in (_SEED, "seed"):
            raise UserError(_("axes: '{name}': seeds are given by seeds=[…]").format(name=name))
        plain = [value.item() if isinstance(value, np.generic) else value for value in values]
        varied[name] = [plain] if name == _STRATEGY else plain
    if seeds is not None:
        if isinstance(seeds, str | bytes) or not isinstance(seeds, Sequence | np.ndarray | range) or not len(seeds):
            raise UserError(
                _("seeds: a list of whole numbers is needed, such as [1, 2], not {given}").format(given=repr(seeds))
            )
        varied[_SEED] = [int(seed) for seed in seeds]
    many = int(np.prod([len(values) for values in varied.values()], dtype=np.int64))
    if many > MOST_RUNS:
        raise UserError(_("axes: {runs:,} runs; a sweep has {most:,} at most").format(runs=many, most=MOST_RUNS))
    for one in itertools.product(*varied.values()):
        yield dict(zip(varied, one, strict=True))


def _composed(values: Mapping[str, Any], base: str, overrides: Sequence[str], out: Path | str | None) -> Scenario:
    """Compose one run."""
    if not {str(one.key_or_group) for one in read_overrides(overrides)}.isdisjoint(values):
        both = next(name for name in values if any(text.startswith(f"{name}=") for text in overrides))
        raise UserError(_("axes: '{name}' is among the overrides as well").format(name=both))
    given = [f"{name}={_typed(name, value)}" for name, value in values.items() if name != "scenario"]
    folder = [] if out is None else [f"run.output={override_value(str(out))}"]
    _check_names(values, base)
    return fitting(load(str(values.get("scenario", base)), [*overrides, *given, *folder]))


def _check_names(values: Mapping[str, Any], base: str) -> None:
    """Refuse an axis that is no setting, with the nearest."""
    known: dict[str, Any] = {}
    for name in values:
        if name in CHOSEN or name == _SEED:
            continue
        known = known or dict.fromkeys(_paths(base))
        if name not in known:
            raise UserError(
                _("axes: unknown setting '{name}'; {hint}").format(name=name, hint=nearest(name, [*CHOSEN, *known]))
            )


def _paths(base: str) -> Iterator[str]:
    """Give the dotted path of every setting of a scenario, groups of settings among them."""
    for path in leaves_of(settings_of(load(base))):
        parts = path.split(".")
        yield from (".".join(parts[:i]) for i in range(1, len(parts) + 1))
    yield from (f"run.{name}" for name in ("replications", "resamples", "confidence", "check", "batch", "bound_days"))


def _typed(name: str, value: Any) -> str:
    """Return a value as one types it in an override."""
    if name == _STRATEGY:
        return ",".join(str(one) for one in value)
    if isinstance(value, str):
        return override_value(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_typed('', one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_typed("", one) for one in value) + "]"
    return json.dumps(value)


def _played(scenario: Scenario, workers: int | None) -> Run:
    """Return the run of a scenario: one that is there already, gone on with where it was stopped, or a new one."""
    for folder in sorted(Path(scenario.run.output).glob(f"{scenario.name}-{scenario.run.seed}-*")):
        if not (folder / MANIFEST).is_file():
            continue
        run = read(folder)
        if run.manifest["scenario"] == settings_of(scenario) and changed_since(run) is None:
            return run if run.state is State.FINISHED else resume(folder)
    return execute(scenario, workers=workers, command="sim.sweep")


def _rows(run: Run, values: Mapping[str, Any], measures: Sequence[str]) -> Iterator[dict[str, Any]]:
    weights = np.ones((1, len(run.finished)))
    found = {name: estimators(run, MEASURES[name]) for name in measures}
    for strategy in run.strategies:
        yield {
            **{name: value for name, value in values.items() if name != _STRATEGY},
            "seed": run.scenario.run.seed,
            "strategy": strategy,
            "days": run.replications,
            "planned": run.scenario.run.replications,
            **{name: float(by_strategy[strategy].estimate(weights)[0]) for name, by_strategy in found.items()},
            "run": str(run.path),
        }
