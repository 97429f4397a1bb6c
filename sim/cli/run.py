"""``simulate scenario=…``: play, compare, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.say import printer, say, say_json
from sim.cli.show import Warnings, as_typed, compared, played, show_comparison
from sim.text import override_value

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.experiment.store import Run


@click.command()
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--cfg", is_flag=True, help="Print all settings as YAML and run nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
@click.option("--out", type=GivenPath(), help="Folder for runs; the same as run.output.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    overrides: tuple[str, ...], scenarios: Path | None, cfg: bool, as_json: bool, out: Path | None, quiet: bool
) -> int:
    """Play a scenario under its strategies and compare them.

    OVERRIDES are settings such as scenario=calm_day, weather=heavy_rain, run.replications=400; comma lists are sweeps,
    except strategy=A,B, which says what to compare.
    """
    from sim.config.compose import composed_yaml, expand, load
    from sim.day.fitting import fitting
    from sim.day.world import prepare

    folder = [f"run.output={override_value(str(out))}"] if out is not None else []
    jobs = expand(overrides)
    loaded = [load(None, [*job, *folder], scenarios) for job in jobs]
    if cfg:
        documents = [composed_yaml([*job, *folder], scenarios).rstrip("\n") for job in jobs]
        say(*"\n---\n".join(documents).split("\n"))
        return 0
    warnings = Warnings()
    loaded = [fitting(scenario) for scenario in loaded]
    for scenario in loaded[1:]:
        warnings.say(prepare(scenario).remarks)  # a mistake in a later run of a sweep shows before the first is played
    answers, runs = [], []
    for job, scenario in zip(jobs, loaded, strict=True):
        typed = as_typed("simulate", job, scenarios)
        run, said = _play(scenario, typed, warnings, as_json=as_json, quiet=quiet or as_json)
        answers.append(said)
        runs.append(run)
    if len(runs) == 1:
        if as_json:
            say_json(answers[0])
        return 0
    _end_sweep(runs, answers, as_json=as_json)
    return 0


def _end_sweep(runs: Sequence[Run], answers: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """End a sweep: one table of all runs and plans, what can be said of them, and where their reports are."""
    from sim.inference.between import between
    from sim.report.between import answer as answer_between
    from sim.report.between_page import write_page
    from sim.report.between_tables import print_summary
    from sim.words import compare as words

    found = between(runs)
    if as_json:
        say_json({"runs": list(answers), "summary": {**answer_between(found), "page": str(write_page(found))}})
        return
    say("")
    print_summary(printer(), found)
    say("", words.HEADINGS["sweep"].format(runs=len(runs)))
    for done in answers:
        say(f"  {done['command']}", f"    {done['report']}")
    say(words.PAGE_AT.format(file=write_page(found)))


def _play(
    scenario: Scenario, typed: str, warnings: Warnings, *, as_json: bool, quiet: bool
) -> tuple[Run, dict[str, Any]]:
    """Play one composition, write its report, and show it; return the run and its answer."""
    from sim.experiment.execute import execute

    run = played(
        lambda progress: execute(scenario, command=typed, progress=progress, remark=warnings.say), scenario, quiet
    )
    comparison, report = compared(run)
    if not as_json:
        show_comparison(run, comparison, report)
    return run, answer(run, comparison, report)


def answer(run: Run, comparison: Any, report: Path) -> dict[str, Any]:
    """Return a run's answer as plain data: never is written "never", undefined is null."""
    from sim.report.plain import plain_measures
    from sim.report.sentence import conclude

    is_alone = comparison.differences.empty
    return {
        "scenario": run.scenario.name,
        "command": run.manifest["command"],
        "run": str(run.path),
        "report": str(report),
        "days": run.replications,
        "days_planned": comparison.planned,
        "seed": run.scenario.run.seed,
        "confidence": comparison.confidence,
        "measures": plain_measures(comparison.measures, twins=not is_alone),
        "differences": plain_measures(comparison.differences),
        "best": plain_measures(comparison.best, twins=not is_alone),
        "conclusion": conclude(comparison, run.scenario.titles),
    }
