"""Files and command lines of an attacker, by the hundred: the command plays them or refuses them, and nothing else.

``make test`` runs the same cases every time; ``make test-all`` runs others each time and prints the ones that fail.
What holds in every case is written down in :mod:`tests.hostile.trial`, and for the user in ``SECURITY.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.hostile.command_lines import OTHERS, another, overrides
from tests.hostile.conftest import QUICK
from tests.hostile.plans import plans
from tests.hostile.played import playable
from tests.hostile.runs import RUN, RunCase, runs, sealed
from tests.hostile.settings_files import (
    FILE,
    ODD,
    PLAIN,
    SCENARIO,
    Case,
    kind_files,
    measured_times,
    odd_file,
    scenarios,
    strategy_files,
)
from tests.hostile.tables import regions
from tests.hostile.trees import written
from tests.hostile.trial import Trial

FAMILIES = {
    "scenarios": (scenarios(), 90),
    "strategies": (strategy_files(), 50),
    "plans": (plans(), 40),
    "kinds": (kind_files(), 60),
    "measured times": (measured_times(), 60),
    "regions": (regions(), 80),
    "command lines": (overrides(), 60),
}
"""Where cases come from, and how many of them ``make test`` runs."""
RUNS = 35
WRITTEN_AGAIN = 3
"""Of runs of a stranger: put side by side; their report written again, with all its figures."""
PACKS, PLAYED = 7, 3
"""Really played: as a pack for an exercise, or with a report."""
ODD_FILES = 12
MANY = 20
"""``make test-all`` runs so many times more."""
assert sum(count for _, count in FAMILIES.values()) + RUNS + WRITTEN_AGAIN + PACKS + PLAYED + ODD_FILES == 500

Trials = Callable[[], AbstractContextManager[Trial]]
_HEALTH = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
]


def _same(count: int) -> settings:
    """Cases that are the same every time; a failing one tells its files as they are, which costs no more time."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=_HEALTH,
        phases=[Phase.generate],
    )


def _other(count: int) -> settings:
    """Cases that are others each time; the smallest one that fails is looked for."""
    return settings(
        max_examples=MANY * count, database=None, deadline=None, suppress_health_check=_HEALTH, print_blob=True
    )


def _each(trials: Trials, cases: st.SearchStrategy[Case], how: settings) -> None:
    @how
    @given(cases)
    def attack(case: Case) -> None:
        with trials() as trial:
            case.check(trial)

    attack()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_strangers_file_is_accepted_or_refused_and_does_nothing_else(family: str, trials: Trials) -> None:
    _each(trials, FAMILIES[family][0], _same(FAMILIES[family][1]))


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_each_other_command_line_says_what_is_wrong_with_it(number: int, trials: Trials) -> None:
    """The cases above draw but a few of them."""
    with trials() as trial:
        another(OTHERS[number]).check(trial)


@pytest.mark.parametrize("name", ["\\r\\nError: x", "a\\nError: x.csv", "\\u2028Error: x.csv", "\\x1b[31m\\nError: x"])
def test_a_strangers_name_of_a_file_makes_no_second_message(name: str, trials: Trials) -> None:
    service = f'{{distribution: empirical, file: "{name}", column: "{name}"}}'
    stages = f"voting: {{stages: [{{name: booth, servers: 2, service: {service}}}]}}\n"
    for text in (f"{PLAIN}{stages}", PLAIN.replace("path: small", f'path: "{name}"')):
        with trials() as trial:
            trial.write("mine.yaml", text)
            trial.check(["check", FILE], [FILE])
            assert trial.code == 2


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_thousands_of_strangers_files(family: str, trials: Trials) -> None:
    _each(trials, FAMILIES[family][0], _other(FAMILIES[family][1]))


READING = ("compare", "why")
"""Commands that read a run and write nothing."""


def _each_run(trials: Trials, run: Path, cases: st.SearchStrategy[RunCase], how: settings) -> None:
    @how
    @given(cases)
    def attack(case: RunCase) -> None:
        with trials() as trial:
            case.check(trial, run)

    attack()


def test_a_strangers_run_is_read_or_refused_and_does_nothing_else(
    trials: Trials, finished_run: Path, manifest: dict[str, Any]
) -> None:
    _each_run(trials, finished_run, runs(manifest, READING), _same(RUNS))
    _each_run(trials, finished_run, runs(manifest, ("report", "resume", "repair")), _same(WRITTEN_AGAIN))


@pytest.mark.slow
def test_hundreds_of_strangers_runs(trials: Trials, finished_run: Path, manifest: dict[str, Any]) -> None:
    _each_run(trials, finished_run, runs(manifest, READING), _other(RUNS))
    _each_run(trials, finished_run, runs(manifest, ("report", "resume", "repair")), _other(WRITTEN_AGAIN))


def _each_played(trials: Trials, command: tuple[str, ...], how: settings) -> None:
    @how
    @given(playable())
    def attack(case: Case) -> None:
        with trials() as trial:
            assume(_passes(case.in_place(trial)))
            trial.check((*command, "scenario=mine", "--scenarios", "own", *QUICK), tuple(case.files))

    attack()


def _passes(trial: Trial) -> bool:
    return not trial.breaches(["check", FILE], [FILE]) and trial.code == 0


def test_what_passes_the_check_is_played_and_does_nothing_else(trials: Trials) -> None:
    _each_played(trials, ("exercise", "pack", "run.output=out", "--out", "out"), _same(PACKS))
    _each_played(trials, ("run", "--out", "out"), _same(PLAYED))


@pytest.mark.slow
def test_hundreds_of_strangers_days(trials: Trials) -> None:
    _each_played(trials, ("exercise", "pack", "run.output=out", "--out", "out"), _other(PACKS))
    _each_played(trials, ("run", "--out", "out"), _other(PLAYED))


ELSEWHERE = {"executor": "dask", "dask": {"address": "tcp://127.0.0.1:1"}}


def test_a_strangers_scenario_does_not_say_with_whom_the_program_talks(trials: Trials) -> None:
    with trials() as trial:
        trial.write("mine.yaml", written(SCENARIO | {"run": ELSEWHERE | {"replications": 1, "batch": 1}}))
        trial.check(["run", "scenario=mine", "--scenarios", "own", "--out", "out"], [FILE])


def test_a_strangers_run_does_not_say_with_whom_the_program_talks(
    trials: Trials, finished_run: Path, manifest: dict[str, Any]
) -> None:
    run = manifest["scenario"]["run"] | ELSEWHERE
    text = sealed(manifest | {"state": "running", "journal": None, "scenario": manifest["scenario"] | {"run": run}})
    for command in ("resume", "repair"):
        with trials() as trial:
            RunCase((command, RUN), text, (("finished.jsonl", b""),)).check(trial, finished_run)
            assert trial.code == 0, "it is played here"


@pytest.mark.parametrize("content", [None, "fifo", "secret", "zero", b"post,stations,officers,wardens\nA,T1,2,4\n"])
def test_a_strangers_run_has_the_tables_of_its_plans_in_its_own_folder(
    content: bytes | str | None, trials: Trials, finished_run: Path, manifest: dict[str, Any]
) -> None:
    """Whatever path its manifest has, and whatever lies in the table's place."""
    (strategy,) = manifest["scenario"]["strategies"]
    for path in ("../outside/secret.csv", "/proc/self/environ"):
        plan = strategy | {"guards": {"rule": "list", "table": path}}
        scenario = manifest["scenario"] | {"strategies": [plan]}
        text = sealed(manifest | {"state": "running", "journal": None, "scenario": scenario})
        kept = () if content is None else (("deployments/even_spread.posts.csv", content),)
        with trials() as trial:
            RunCase(("resume", RUN), text, (("finished.jsonl", b""), *kept)).check(trial, finished_run)
            assert trial.code == (0 if isinstance(content, bytes) else 2)


def _odd(trial: Trial, what: str, name: str) -> None:
    text = PLAIN.replace("even_spread", "evil") if "strategy" in name else PLAIN
    trial.write("mine.yaml", text)
    odd_file(trial, what, trial.own / name)
    trial.check(["check", FILE], [name, "evil"])


@pytest.mark.parametrize("name", ["mine.yaml", "strategy/evil.yaml", "kinds/evil.yaml", "weather/evil.yaml"])
@pytest.mark.parametrize("what", ["fifo", "secret", "zero"])
def test_what_is_no_file_is_not_read(trials: Trials, what: str, name: str) -> None:
    with trials() as trial:
        _odd(trial, what, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mine.yaml", "strategy/evil.yaml", "kinds/evil.yaml", "weather/evil.yaml"])
@pytest.mark.parametrize("what", ODD)
def test_nothing_that_is_no_file_is_read(trials: Trials, what: str, name: str) -> None:
    with trials() as trial:
        _odd(trial, what, name)
