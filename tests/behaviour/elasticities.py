"""By how much each packaged setting of the response moves the answer: one setting is changed, the same days are played.

``python -m tests.behaviour.elasticities [days]`` walks every leaf of the packaged response, and of the guards, the dispatch
its command and the escort of every packaged strategy, and prints a table in Markdown. ``docs/elasticities.md`` keeps it.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf, isfinite, isnan
from typing import Any, NamedTuple

import numpy as np
from pydantic import ValidationError

from sim.config import compose
from sim.config.fields import format_clock, parse_clock
from sim.config.scenario import Scenario
from sim.day import draw_day, prepare, simulate_day
from sim.day.draws import DayDraws
from sim.errors import UserError
from sim.experiment.frames import frames
from sim.measures.registry import MEASURES
from sim.measures.sample import Floats
from sim.measures.samples import Samples, take
from sim.measures.tables import Tables
from sim.vocabulary import Agency, Capability, EscortRule, Severity
from tests.behaviour.only_where import where

DAYS = 4
RESAMPLES = 200
Path = tuple[str | int, ...]
STRATEGIES = (
    "minimum_pattern", "risk_weighted", "forward_reserve", "even_spread", "central_reserve", "joint_command", "dynamic_relocation",
)  # fmt: skip
"""In the order in which they are tried: guards and reserves, patrols, small teams with escorts, and the others."""
ENOUGH = ("region.forces.police=3000", "region.forces.wardens=3000")
"""Whatever a change costs; the number of people there are is a limit and moves nothing else."""
WALKED = ("guards", "dispatch", "escort", "command", "relocation", "retasking", "duty")
"""What of a strategy is walked. Who waits where is what strategies differ by: `docs/moves.md` and `simulate one-more`."""


@dataclass(frozen=True)
class Case:
    """Where a setting is changed.

    Attributes:
        strategy: The strategy that is played.
        scenario: The scenario.
        weather: The weather.
        also: Further overrides, with the setting and without.
    """

    strategy: str
    scenario: str = "riot_kecamatan3"
    weather: str = "dry"
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return how one types it."""
        where = [f"scenario={self.scenario}"] if self.scenario != "riot_kecamatan3" else []
        where += [f"weather={self.weather}"] if self.weather != "dry" else []
        return " ".join([f"strategy={self.strategy}", *where, *self.also])


PLACES = (("riot_kecamatan3", "dry"), ("landslide_trunk", "dry"), ("riot_kecamatan3", "heavy_rain"))
"""The packaged scenarios and weather on which a setting of a strategy is changed, until something moves."""
TRIED = (
    *(Case(name) for name in STRATEGIES[:3]),
    Case("minimum_pattern", "landslide_trunk"),
    Case("risk_weighted", weather="heavy_rain"),
)
"""The same for a setting of the response."""


class Leaf(NamedTuple):
    """A setting that stands in a packaged file.

    Attributes:
        path: Where it stands in the composed settings.
        owner: The strategy in whose file it stands; empty for the response.
    """

    path: Path
    owner: str

    @property
    def name(self) -> str:
        """How an error or an override names it."""
        rest = self.path[2:] if self.owner else self.path
        return ".".join(map(str, (f"strategy[{self.owner}]", *rest) if self.owner else rest))


def leaves(value: Any, path: Path) -> Iterator[Path]:
    """Return every leaf; each ability of a list of them is one."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path


def every_leaf() -> list[Leaf]:
    """Return every leaf of the packaged response and of every packaged strategy, by machine."""
    found = [Leaf(path, "") for path in leaves(composed(Case(STRATEGIES[0]))["response"], ("response",))]
    for name in STRATEGIES:
        settings = composed(Case(name))["strategies"][0]
        shown = {key: item for key, item in settings.items() if key in WALKED}
        found += [Leaf(path, name) for path in leaves(shown, ("strategies", 0))]
    return found


@cache
def _composed(case: Case) -> dict[str, Any]:
    place = [f"scenario={case.scenario}", f"weather={case.weather}", f"strategy={case.strategy}"]
    return compose._composed([*place, *ENOUGH, *case.also], None)


def composed(case: Case) -> dict[str, Any]:
    """Return the settings of a case before any change."""
    return copy.deepcopy(_composed(case))


def at(data: Any, path: Path) -> Any:
    """Return what stands at a path."""
    for key in path:
        data = data[key]
    return data


def changed(data: dict[str, Any], path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the settings with one changed, the most sensible change first; a list loses one of its words."""
    value, key = at(data, path), path[-1]
    for word, new in _steps(path, value, data):
        copied = copy.deepcopy(data)
        around = at(copied, path[:-1])
        if new is _GONE:
            around.pop(key)
        elif isinstance(new, dict):  # a rule goes with the settings that it has of its own
            at(copied, path[:-2])[path[-2]] = new
        else:
            around[key] = new
        yield word, copied


_GONE = object()
_OWN = {"within_minutes", "busy"}
"""Settings that only some rules of dispatch have."""
_WITHOUT = {"command": "on_request", "relocation": "none"}
"""The rule of each group that a strategy means which says nothing."""
_WORDS: dict[str, Sequence[Any]] = {
    "policy": ("nearest", "own_sector_first", "tiered", "fewest_units"),  # the others ask for settings of their own
    "take_guards_from": (None, *(s.word for s in Severity)),
    "from_severity": tuple(s.word for s in Severity),
    "escort": tuple(str(rule) for rule in EscortRule),
    "agency": tuple(str(agency) for agency in Agency if agency is not Agency.WARDENS),
    "base": ("SEK-SINDANG", "POLRES", "SEK-PUT", "POST-SUBAN", "SEK-KOTAPADANG"),
}
"""What may stand at a setting of this name."""


def _steps(path: Path, value: Any, data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Return what a setting may be changed to: how it is written, and the value."""
    key = path[-1]
    if isinstance(key, int):  # a word of a list
        assert value in (*map(str, Capability), *(s.word for s in Severity))
        yield f"without {value}", _GONE
    elif key == "rule" and path[-2] in _WITHOUT:
        yield _WITHOUT[str(path[-2])], {"rule": _WITHOUT[str(path[-2])]}
    elif key == "policy" and _OWN & (around := at(data, path[:-1])).keys():
        yield "nearest", {name: kept for name, kept in around.items() if name not in _OWN} | {"policy": "nearest"}
    elif key == "rule":
        other = "risk_weighted" if value == "pattern" else "minimum_pattern"
        yield f"as {other}", composed(Case(other))["strategies"][0]["guards"]
    elif value == []:  # offices whose standing guard has another size
        yield "six at KPU", [{"place": "KPU", "size": 6}]
    elif isinstance(value, bool):
        yield str(not value).lower(), not value
    elif isinstance(value, (int, float)):
        yield from ((f"{new:g}", new) for new in _numbers(value))
    elif "vehicle" in str(key):
        yield from _next(value, tuple(data["response"]["vehicles"]))
    elif key in _WORDS:
        yield from _next(value, _WORDS[str(key)])
    else:
        yield from ((clock, clock) for clock in (format_clock(parse_clock(value) + m) for m in (60, -60)))


def _numbers(value: float) -> list[float]:
    if isinstance(value, int):
        return [value * 2, value + 1, value // 2] if value else [1]
    return [value * 1.5, value / 1.5] if value else [0.5, 5.0]


def _next(value: Any, words: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Return the other words, beginning behind the present one."""
    start = words.index(value) + 1 if value in words else 0
    for other in (*words[start:], *words[:start]):
        if other != value:
            yield ("null" if other is None else str(other)), other


class Played:
    """Measures of some days, each reckoned when it is asked for."""

    def __init__(self, samples: Samples, strategy: str) -> None:
        self.samples, self.strategy = samples, strategy
        self._found: dict[str, Floats] = {}

    def __getitem__(self, name: str) -> Floats:
        """Return a measure of the days, and behind it that of the days resampled."""
        if name not in self._found:
            measure, weights = MEASURES[name], _weights(len(self.samples.days))
            sums = self.samples.sums(measure.sample).get((self.strategy, ""))
            self._found[name] = np.zeros(len(weights)) if sums is None else measure.estimator(sums).estimate(weights)
        return self._found[name]


def _weights(days: int) -> Floats:
    """Return the days once each, and then resampled; the same for both arms, so that differences are paired."""
    drawn = np.random.default_rng(1).multinomial(days, np.full(days, 1 / days), RESAMPLES)
    return np.vstack([np.ones(days), drawn])


@cache
def _draws(case: Case, days: int) -> tuple[DayDraws, ...]:
    world = prepare(Scenario.model_validate(composed(case)))
    return tuple(draw_day(world, day) for day in range(days))


def play(scenario: Scenario, draws: Sequence[DayDraws]) -> Played:
    """Play the days of one strategy and take every measure."""
    world = prepare(scenario)
    (strategy,) = world.responses
    tables = frames([simulate_day(world, strategy, day, drawn) for day, drawn in enumerate(draws)])
    voting, standard = scenario.voting, scenario.response.standard_minutes
    samples = take(Tables(tables.__getitem__, standard, voting.open, voting.close, 1), range(len(draws)))
    return Played(samples, strategy)


@cache
def _packaged(case: Case, days: int) -> Played:
    return play(Scenario.model_validate(composed(case)), _draws(case, days))


class Moved(NamedTuple):
    """What a change moved most.

    Attributes:
        case: Where it was changed.
        before: The setting as it is.
        after: What it was changed to.
        measure: The measure that moved most relative to its value; empty when none did.
        value: Its value before.
        changed: Its value after.
        is_clear: Whether the difference is more than twice its standard error over resampled days.
    """

    case: Case
    before: str
    after: str
    measure: str
    value: float = 0.0
    changed: float = 0.0
    is_clear: bool = False

    @property
    def is_headline(self) -> bool:
        """Whether it stands in the comparison on the terminal."""
        return bool(self.measure) and MEASURES[self.measure].headline

    @property
    def relative(self) -> float:
        """By how much of its value it moved; infinite where it was 0, or is never, or was."""
        step = self.changed - self.value
        return step / abs(self.value) if self.value and isfinite(step) else inf if step > 0 else -inf


def moved(leaf: Leaf, case: Case, days: int) -> Moved:
    """Change a setting in one case and return what moved most."""
    data = composed(case)
    value = at(data, leaf.path)
    before = "null" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    for after, other in changed(data, leaf.path):
        try:
            found = play(Scenario.model_validate(other), _draws(case, days))
        except (ValidationError, UserError):
            continue
        return _most(Moved(case, before, after, ""), _packaged(case, days), found)
    raise AssertionError(f"{leaf.name} = {value!r}: no change of it is allowed")


def _most(nothing: Moved, packaged: Played, found: Played) -> Moved:
    """Return what moved most relative to its value: of the headlines, else of the others; what is clear first."""
    for headline in (True, False):
        ranked = []
        for name in (name for name, measure in MEASURES.items() if measure.headline is headline):
            before, after = packaged[name], found[name]
            a, b = float(before[0]), float(after[0])
            if a != b and not (isnan(a) and isnan(b)):
                with np.errstate(invalid="ignore"):
                    error = np.nanstd(after[1:] - before[1:])
                clear = not isfinite(b - a) or bool(abs(b - a) > 2 * error)
                one = nothing._replace(measure=name, value=a, changed=b, is_clear=clear)
                ranked.append(((clear, isfinite(one.relative), abs(one.relative)), one))
        if ranked:
            return max(ranked, key=lambda pair: pair[0])[1]
    return nothing


def tried(leaf: Leaf, days: int) -> Moved:
    """Change a setting where it can matter until a headline moves; return the best that was found."""
    best = None
    for case in _cases(leaf):
        found = moved(leaf, case, days)
        if found.is_headline:
            return found
        best = found if best is None or (found.measure and not best.measure) else best
    assert best is not None
    return best


def _cases(leaf: Leaf) -> Iterator[Case]:
    special = where(leaf.name)
    if special is not None:
        yield Case(special.strategy or leaf.owner, special.scenario, also=special.also)
    elif leaf.owner:
        yield from (Case(leaf.owner, scenario, weather) for scenario, weather in PLACES)
    else:
        yield from TRIED


def table(days: int = DAYS, shown: Callable[[str], object] = print) -> None:
    """Print what every setting moves as a table in Markdown."""
    shown("| setting | from | to | moves most | from | to | relative | where |")
    shown("| --- | --- | --- | --- | ---: | ---: | ---: | --- |")
    for leaf in every_leaf():
        shown(row(leaf, tried(leaf, days)))


def row(leaf: Leaf, found: Moved) -> str:
    """Return one row of the table."""
    special = where(leaf.name)
    why = special.why if special is not None else ""
    head = f"| `{leaf.name}` | {found.before} | {found.after} |"
    if not found.measure:
        return f"{head} **nothing** | | | | {why} |"
    relative = f"{100 * found.relative:+.1f} %" if isfinite(found.relative) else "–"
    name = found.measure if found.is_headline else f"{found.measure} (no headline)"
    shown = "; ".join(
        part for part in (f"`{found.case}`", "" if found.is_clear else "not clear of chance", why) if part
    )
    return f"{head} {name} | {_written(found.value)} | {_written(found.changed)} | {relative} | {shown} |"


def _written(value: float) -> str:
    return "–" if isnan(value) else "never" if value == inf else f"{value:.4g}"


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    table(int(sys.argv[1]) if len(sys.argv) > 1 else DAYS, _line)
