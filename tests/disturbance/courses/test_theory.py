"""Crowds with known laws, lived by incidents on the day's clock; what is expected is computed by other code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray
from scipy.stats import norm

from sim.config.kinds import Kind
from sim.disturbance.courses.path import CrowdState
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Origin, Severity
from tests.disturbance.courses.exact_crowds import alive_after, final_size, minutes_to_extinction
from tests.disturbance.made_up import KINDS, PLACES, Heard, nobody_around

BEGINS, NEVER_ENDS = 420.0, 1e7
NOTHING = {
    "join_per_minute": 0, "calm_per_minute": 0, "disperse_per_minute": 0, "deterrence": 0, "engage_ratio": 0,
    "withdraw_ratio": 0, "officers_hurt_per_hour": 0, "bystander_share": 0, "onlookers": 0, "supporters": 0,
    "supporters_per_minute": 0, "floor": 0, "injuries_per_active_hour": 0,
}  # fmt: skip
ENDLESS = 1_000_000
"""Bystanders of whom a handful who join change nothing that could be seen."""


def kind(*, large: int | None = None, **course: Any) -> Kind:
    """A crowd of which nothing is set but this; yellow when it is large."""
    data = KINDS["riot"].model_dump()
    data["course"] |= NOTHING | course
    data["severities"]["red"] = None
    data["severities"]["yellow"] = None if large is None else {"from_active": large}
    return Kind.model_validate(data)


def lived(
    of: Kind, count: int, until: float | None = None, act: Callable[[Incident], None] | None = None
) -> list[Incident]:
    """Let incidents of a kind live, each on a clock of its own, to their end, until they are large, or for a time."""
    found = []
    for replication in range(count):
        env, heard = simpy.Environment(initial_time=BEGINS), Heard()
        begins = Start("s0", "made_up", Origin.SCRIPTED, PLACES[3], None, 0.0)
        ends = NEVER_ENDS if until is None else BEGINS + until
        incident = Incident(env, begins, of, Streams(5, replication), heard.hooks(), ends, nobody_around())
        large = env.event()
        heard.on_severity = partial(_stop_if_large, large)
        if act is not None:
            act(incident)
        env.process(incident.live(0))
        env.run(env.any_of([incident.over, large]) if until is None else BEGINS + until)
        found.append(incident)
    return found


def _stop_if_large(large: simpy.Event, incident: Incident) -> None:
    if incident.severity is Severity.YELLOW:
        incident.until = incident.env.now - 59.0  # a minute of path ahead is enough: nobody looks at it
        large.succeed()


def active(incident: Incident) -> int:
    assert isinstance(incident.state, CrowdState)
    return incident.state.active


def joined(incidents: list[Incident]) -> NDArray[np.float64]:
    return np.array([incident.row().joined for incident in incidents], dtype=float)


def minutes(incidents: list[Incident]) -> NDArray[np.float64]:
    return np.array([incident.times.ended - BEGINS for incident in incidents])


def z(sample: NDArray[Any], expected: float) -> float:
    return float((sample.mean() - expected) / (sample.std(ddof=1) / np.sqrt(len(sample))))


def z_of_variance(sample: NDArray[Any], mean: float, expected: float) -> float:
    return z((sample - mean) ** 2, expected)


def z_of_share(happened: NDArray[np.bool_], expected: float) -> float:
    return float((happened.mean() - expected) / np.sqrt(expected * (1 - expected) / len(happened)))


def precise(sample: NDArray[Any], expected: float) -> bool:
    """Whether the standard error is one part in a hundred, or less."""
    return bool(sample.std(ddof=1) / np.sqrt(len(sample)) <= 0.0101 * expected)


def test_birth_and_death_of_five_for_ten_minutes() -> None:
    chances = alive_after(0.15, 0.10, 5, 10.0)
    number = np.arange(len(chances))
    mean = float(number @ chances)
    variance = float((number - mean) ** 2 @ chances)
    assert (mean, variance, chances[0]) == pytest.approx((8.243606, 26.739014, 0.016564), abs=1e-6)
    growth = np.exp(0.05 * 10.0)  # the closed forms agree with the generator's exponential
    assert mean == pytest.approx(5 * growth) and variance == pytest.approx(25 * growth * (growth - 1))
    assert chances[0] == pytest.approx((0.10 * (growth - 1) / (0.15 * growth - 0.10)) ** 5)
    of = kind(starters=5, join_per_minute=0.15, calm_per_minute=0.10, onlookers=ENDLESS)
    found = np.array([active(one) for one in lived(of, 4_500, until=10.0)], dtype=float)
    assert precise(found, mean) and abs(z(found, mean)) < 3.5
    assert abs(z_of_variance(found, mean, variance)) < 3.5
    assert abs(z_of_share(found == 0, float(chances[0]))) < 3.5


def test_birth_and_death_of_five_dies_out_for_ever_with_its_chance() -> None:
    expected = (0.10 / 0.15) ** 5
    assert expected == pytest.approx(0.131687, abs=1e-6)
    assert alive_after(0.15, 0.10, 5, 400.0, 400)[0] == pytest.approx(expected, abs=1e-4)
    of = kind(starters=5, join_per_minute=0.15, calm_per_minute=0.10, onlookers=ENDLESS, large=120)
    found = lived(of, 4_000)
    assert {one.severity for one in found} == {Severity.GREEN, Severity.YELLOW}
    assert abs(z_of_share(np.array([one.is_over for one in found]), expected)) < 3.5


def test_birth_and_death_of_one_is_over_after_ln_2() -> None:
    expected = minutes_to_extinction(1.0, 2.0, 1)
    assert expected == pytest.approx(np.log(2.0), abs=1e-9) and expected == pytest.approx(0.693147, abs=1e-6)
    found = minutes(lived(kind(starters=1, join_per_minute=1.0, calm_per_minute=2.0, onlookers=ENDLESS), 10_000))
    assert abs(z(found, expected)) < 3.5


def test_final_size_of_an_epidemic_among_two_hundred() -> None:
    chances = final_size(200, 1, 1.5)
    number = np.arange(len(chances))
    mean = float(number @ chances)
    variance = float((number - mean) ** 2 @ chances)
    assert chances.sum() == pytest.approx(1.0, abs=1e-12)
    assert (mean, np.sqrt(variance)) == pytest.approx((36.61059, 53.5704), abs=1e-4)
    assert (chances[0], chances[:21].sum()) == pytest.approx((0.401204, 0.67233), abs=1e-5)
    found = joined(lived(kind(starters=1, join_per_minute=0.15, calm_per_minute=0.10, onlookers=199), 6_000))
    assert abs(z(found, mean)) < 3.5
    assert abs(z_of_variance(found, mean, variance)) < 3.5
    assert abs(z_of_share(found == 0, float(chances[0]))) < 3.5
    assert abs(z_of_share(found <= 20, float(chances[:21].sum()))) < 3.5


@pytest.mark.parametrize(("ratio", "known"), [(1.5, 0.582812), (2.0, 0.796812), (3.0, 0.940480)])
def test_final_size_of_a_large_epidemic_is_that_of_the_fluid(ratio: float, known: float) -> None:
    from scipy.optimize import brentq

    def share(starters: float) -> float:  # of the others who join: z = 1 - exp(-ratio ((1 - starters) z + starters))
        gap = lambda z: 1.0 - np.exp(-ratio * ((1.0 - starters) * z + starters)) - z  # noqa: E731
        return float(brentq(gap, 1e-3, 1.0))

    assert share(0.0) == pytest.approx(known, abs=1e-6)
    of = kind(starters=90, join_per_minute=0.1 * ratio, calm_per_minute=0.1, onlookers=6_000)
    found = joined(lived(of, 40)) / 6_000
    assert precise(found, share(90 / 6_090)) and abs(z(found, share(90 / 6_090))) < 3.5


def test_dispersal_of_forty_by_four_teams() -> None:
    expected = sum(1.0 / (0.2 * min(12 / 3, a)) for a in range(1, 41))
    assert expected == pytest.approx(55.416667, abs=1e-6)
    of = kind(starters=40, disperse_per_minute=0.2, team_size=3)
    found = lived(of, 1_500, act=lambda one: one.arrive(Strength.of(presence=12, crowd_control=12)))
    assert {one.row().dispersed for one in found} == {40}
    assert precise(minutes(found), expected) and abs(z(minutes(found), expected)) < 3.5


def waiting(shares: list[float]) -> dict[str, Any]:
    return {"thresholds": {"react_per_minute": 5.0, "shares": shares}}


def test_of_a_hundred_people_with_granovetters_thresholds_all_join_and_of_nearly_the_same_nobody() -> None:
    """Granovetter (1978): thresholds of 0, 1, 2, ... 99 people; then the one of 1 is a 2."""
    each = [k / 100 for k in range(100)]
    for shares, all_told in ((each, 100), ([0.0, 0.02, *each[2:]], 1)):
        (one,) = lived(kind(starters=1, onlookers=99, **waiting(shares)), 1, until=1e4)
        assert active(one) == all_told


@pytest.mark.parametrize(
    ("spread", "level"),
    [(0.10, 0.0077), (0.11, 0.01713), (0.12, 0.04021), (0.122, 0.05479), (0.1225, 1.0), (0.20, 0.99991)],
)
def test_normal_thresholds_settle_at_granovetters_fixed_point_and_jump_at_the_critical_spread(
    spread: float, level: float
) -> None:
    """Mean 25 %: the share that takes part is where the share of thresholds it reaches is itself; critical 12.2221 %."""
    people = 20_000
    thresholds = {"react_per_minute": 5.0, "mean_share": 0.25, "sd_share": spread}
    (one,) = lived(kind(starters=1, onlookers=people - 1, thresholds=thresholds), 1, until=1e5)
    share = active(one) / people
    reached = float(norm.cdf((share - 0.25) / spread))
    assert abs(reached - share) < 2e-4, "nobody is left whose threshold is reached, and nobody joined before"
    assert share == pytest.approx(level, abs=6e-4)


def test_whose_threshold_is_reached_joins_after_an_exponential_time() -> None:
    """All thresholds are reached at once: n people join as n independent clocks of rate 0.5."""
    thresholds = {"react_per_minute": 0.5, "mean_share": 0.0, "sd_share": 0.0}
    joined_by = joined(lived(kind(starters=5, onlookers=40, thresholds=thresholds), 1_500, until=2.0))
    chance = 1.0 - float(np.exp(-0.5 * 2.0))
    assert abs(z(joined_by, 40 * chance)) < 3.5
    assert joined_by.var() == pytest.approx(40 * chance * (1 - chance), rel=0.15)
