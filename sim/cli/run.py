"""``simulate scenario=…``: play, compare, report."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.show import progress_bar, show_comparison

if TYPE_CHECKING:
    from sim.experiment.store import Run


@click.command()
@click.argument("overrides", nargs=-1)
@click.option("--scenarios", type=click.Path(path_type=Path), help="A folder of your own scenarios, found first.")
@click.option("--cfg", is_flag=True, help="Print all settings as YAML and run nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for runs; the same as run.output.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    overrides: tuple[str, ...], scenarios: Path | None, cfg: bool, as_json: bool, out: Path | None, quiet: bool
) -> int:
    """Play a scenario under its strategies and compare them.

    OVERRIDES are settings such as scenario=calm_day, weather=heavy_rain, run.replications=400; comma lists are sweeps,
    except strategy=A,B, which says what to compare.
    """
    from sim.config.compose import composed_yaml, expand, load
    from sim.world import prepare

    wanted = [*overrides, *([f"run.output='{out}'"] if out is not None else [])]
    jobs = expand(wanted)
    loaded = [load(None, job, scenarios) for job in jobs]
    if cfg:
        click.echo("---\n".join(composed_yaml(job, scenarios) for job in jobs), nl=False)
        return 0
    for scenario in loaded[1:]:
        prepare(scenario)  # a mistake in a later job of a sweep shows before the first is played
    typed = shlex.join(["simulate", *overrides, *(["--scenarios", str(scenarios)] if scenarios else [])])
    answers = [_play(scenario, typed, as_json=as_json, quiet=quiet or as_json) for scenario in loaded]
    if as_json:
        click.echo(
            json.dumps(answers[0] if len(answers) == 1 else {"runs": answers}, ensure_ascii=False, allow_nan=False)
        )
    return 0


def _play(scenario: Any, typed: str, *, as_json: bool, quiet: bool) -> dict[str, Any]:
    """Play one composition, write its report, and show or return the answer."""
    from sim.experiment.execute import Interrupted, execute
    from sim.inference.compare import compare

    try:
        with progress_bar(scenario, quiet) as progress:
            run = execute(scenario, command=typed, progress=progress)
    except Interrupted as stopped:
        click.echo(f"Stopped: {stopped}. Go on with: simulate resume {stopped.run.path}", err=True)
        raise click.exceptions.Exit(130) from None
    comparison = compare(run)
    report = _report(run, comparison)
    if not as_json:
        show_comparison(run, comparison, report)
    return answer(run, comparison, report)


def _report(run: Run, comparison: Any) -> Path:
    from sim.report.write import write

    return write(run, comparison)


def answer(run: Run, comparison: Any, report: Path) -> dict[str, Any]:
    """Return a run's answer as plain data: never is written "never", undefined is null."""
    from sim.report.sentence import conclude

    return {
        "scenario": run.scenario.name,
        "run": str(run.path),
        "report": str(report),
        "days": run.replications,
        "seed": run.scenario.run.seed,
        "confidence": comparison.confidence,
        "measures": _plain(comparison.measures),
        "differences": _plain(comparison.differences),
        "conclusion": conclude(comparison, {s.name: s.title for s in run.scenario.strategies}),
    }


def _plain(frame: Any) -> list[dict[str, Any]]:
    def value(x: Any) -> Any:
        if isinstance(x, float):
            return None if x != x else "never" if x == float("inf") else "-never" if x == float("-inf") else x
        return x

    return [{key: value(x) for key, x in row.items()} for row in frame.to_dict("records")]
