"""The compiled chain against exact results for its limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.disturbance.courses.kernel import (
    ACTIVE,
    BYSTANDERS,
    CONTAINED,
    DISPERSED,
    HURT,
    INJURED,
    INJURY,
    JOINED,
    LEFT,
    MOST_JUMPS,
    PAUSED,
    SEVERITY,
    TO_COME,
    UNTIL,
    Rates,
    Thresholds,
    jump_rates,
    numbers_of,
    severity_of,
    willing,
)
from tests.disturbance.courses.paths import jump_path as path_of_marks

STILL = Rates(
    join=0.0, calm=0.0, disperse=0.0, deterrence=0.0, team_size=3.0, engage_ratio=0.0, supporters=0.0,
    injury_yellow=0.0, injury_red=0.0, officer_injury=0.0, withdraw_ratio=0.0,
)  # fmt: skip
OPEN = Thresholds(floor=0.0, yellow_at=1e6, red_at=2e6, hysteresis=0.7, formed_from=3.0)
CROWD_WITHOUT_END = 10**12


def crowd(active: int, bystanders: int = 0, to_come: int = 0) -> NDArray[np.int64]:
    return np.array([active, bystanders, 0, to_come, 0, 0, 0, 0, 0, 0, 0, 0], dtype=np.int64)


Path = tuple[NDArray[np.float64], NDArray[np.int64], int, int]


NO_SHARES = np.empty(0)


def jump_path(
    counts: NDArray[np.int64], severity: int, officers: float, rates: Rates, thresholds: Thresholds, start: float,
    until: float, rng: np.random.Generator,
) -> Path:  # fmt: skip
    """One path with as many random numbers as it may need."""
    numbers, most = numbers_of(rates, thresholds), 64
    state = rng.bit_generator.state
    while True:
        rng.bit_generator.state = state
        marks = rng.random(most)
        *path, used = path_of_marks(counts, severity, officers, officers, numbers, np.empty(0), start, until, marks, 0)
        if path[2] != PAUSED:
            assert used <= most
            rng.bit_generator.state = state
            rng.random(used)
            return tuple(path)
        most *= 8


def z_of_mean(sample: NDArray[np.float64], expected: float) -> float:
    return float((sample.mean() - expected) / (sample.std(ddof=1) / np.sqrt(len(sample))))


def z_of_variance(sample: NDArray[np.float64], expected: float) -> float:
    return z_of_mean((sample - sample.mean()) ** 2 * len(sample) / (len(sample) - 1), expected)


def z_of_share(happened: NDArray[np.bool_], expected: float) -> float:
    return float((happened.mean() - expected) / np.sqrt(expected * (1 - expected) / len(happened)))


def test_without_police_in_an_endless_crowd_it_is_a_birth_and_death_process() -> None:
    # Birth rate .15, death rate .10, five at the start, ten minutes: mean 5 e^.5, variance 5 (b+d)/(b-d) e^.5 (e^.5-1),
    # extinct with probability (d (e^.5-1) / (b e^.5-d))^5.
    rates, rng = STILL._replace(join=0.15, calm=0.10), np.random.default_rng(1)
    paths = [jump_path(crowd(5, CROWD_WITHOUT_END), 0, 0.0, rates, OPEN, 0.0, 10.0, rng) for _ in range(20_000)]
    active = np.array([states[-1, ACTIVE] for _, states, _, _ in paths], dtype=float)
    assert abs(z_of_mean(active, 8.243606)) < 3.5
    assert abs(z_of_variance(active, 26.739014)) < 3.5
    assert abs(z_of_share(active == 0, 0.016564)) < 3.5
    assert all((why == CONTAINED) == (states[-1, ACTIVE] == 0) for _, states, why, _ in paths)


def test_without_police_it_dies_out_for_ever_with_the_branching_probability() -> None:
    # (death / birth)^5; a crowd of 120 never dies out any more (chance (2/3)^120).
    rates, rng = STILL._replace(join=0.15, calm=0.10), np.random.default_rng(2)
    large = OPEN._replace(yellow_at=120)
    ends = [jump_path(crowd(5, CROWD_WITHOUT_END), 0, 0.0, rates, large, 0.0, 1e9, rng)[2] for _ in range(6_000)]
    assert set(ends) == {CONTAINED, SEVERITY}
    assert abs(z_of_share(np.array(ends) == CONTAINED, (0.10 / 0.15) ** 5)) < 3.5


def test_one_person_who_calms_twice_as_fast_as_he_is_joined_is_gone_after_ln_2() -> None:
    rates, rng = STILL._replace(join=1.0, calm=2.0), np.random.default_rng(3)
    gone = [jump_path(crowd(1, CROWD_WITHOUT_END), 0, 0.0, rates, OPEN, 0.0, 1e9, rng)[0][-1] for _ in range(20_000)]
    assert abs(z_of_mean(np.array(gone), np.log(2.0))) < 3.5


def test_without_police_in_a_finite_crowd_the_final_size_is_that_of_the_markov_epidemic() -> None:
    # 200 people, one of them active, joining 1.5 times as fast as calming: moments of the embedded chain.
    rates, rng = STILL._replace(join=0.15, calm=0.10), np.random.default_rng(4)
    paths = [jump_path(crowd(1, 199), 0, 0.0, rates, OPEN, 0.0, 1e9, rng) for _ in range(15_000)]
    joined = np.array([states[-1, JOINED] for _, states, _, _ in paths], dtype=float)
    assert abs(z_of_mean(joined, 36.61059)) < 3.5
    assert abs(z_of_variance(joined, 53.5704**2)) < 3.5
    assert abs(z_of_share(joined == 0, 0.401204)) < 3.5
    assert abs(z_of_share(joined <= 20, 0.67233)) < 3.5


@pytest.mark.parametrize(("ratio", "share"), [(1.5, 0.582812), (2.0, 0.796812), (3.0, 0.940480)])
def test_a_large_crowd_comes_near_the_fluid_final_size(ratio: float, share: float) -> None:
    # The share z of the bystanders who join: z = 1 - exp(-ratio (s z + 1 - s)), s their share of all at the start.
    def fluid(s: float) -> float:
        z = 1.0
        for _ in range(500):
            z = 1.0 - np.exp(-ratio * (s * z + 1.0 - s))
        return z

    assert fluid(1.0) == pytest.approx(share, abs=1e-6)
    rates, rng = STILL._replace(join=0.1 * ratio, calm=0.1), np.random.default_rng(5)
    bystanders, active = 6_000, 90
    paths = [jump_path(crowd(active, bystanders), 0, 0.0, rates, OPEN, 0.0, 1e9, rng) for _ in range(40)]
    assert {why for _, _, why, _ in paths} == {CONTAINED}
    joined = np.mean([states[-1, JOINED] for _, states, _, _ in paths])
    assert joined / bystanders == pytest.approx(fluid(bystanders / (bystanders + active)), rel=0.015)


def test_teams_clear_a_crowd_one_by_one_in_the_time_of_their_capacity() -> None:
    # Forty people, twelve officers in teams of three, 0.2 a minute and team: sum over A of 1 / (0.2 min(4, A)).
    rates, rng = STILL._replace(disperse=0.2), np.random.default_rng(6)
    paths = [jump_path(crowd(40), 0, 12.0, rates, OPEN, 0.0, 1e9, rng) for _ in range(4_000)]
    exact = sum(1.0 / (0.2 * min(4, a)) for a in range(1, 41))
    assert exact == pytest.approx(55.416667)
    assert abs(z_of_mean(np.array([times[-1] for times, *_ in paths]), exact)) < 3.5
    assert all(states[-1, DISPERSED] == 40 and states[-1, LEFT] == 40 for _, states, _, _ in paths)


def test_the_rates_by_hand() -> None:
    rates = Rates(
        join=0.12, calm=0.04, disperse=0.2, deterrence=2.0, team_size=3.0, engage_ratio=0.1, supporters=1.5,
        injury_yellow=0.001, injury_red=0.005, officer_injury=0.01, withdraw_ratio=0.25,
    )  # fmt: skip
    counts = np.array([20, 60, 20, 5, 0, 0, 0, 0, 0, 0, 0, 0], dtype=np.int64)
    join = 0.12 * 60 * 20 / 100 * np.exp(-2 * 6 / 20)
    assert jump_rates(counts, 2, 6.0, 6.0, rates, 3, NO_SHARES) == pytest.approx((join, 0.8, 0.4, 1.5, 0.1, 0.0))
    assert jump_rates(counts, 1, 6.0, 0.0, rates, 3, NO_SHARES)[4] == pytest.approx(0.02)
    assert jump_rates(counts, 0, 6.0, 0.0, rates, 3, NO_SHARES)[4] == 0.0
    counts[TO_COME] = 0
    assert jump_rates(counts, 0, 6.0, 0.0, rates, 3, NO_SHARES)[3] == 0.0


def rates_of(active: int, severity: int, officers: float, formed: float, rates: Rates, formed_from: int = 3) -> Any:
    return jump_rates(crowd(active, 60), severity, officers, formed, rates, formed_from, NO_SHARES)


def test_officers_who_are_too_few_disperse_nobody_but_still_deter() -> None:
    rates = STILL._replace(join=0.12, disperse=0.2, deterrence=2.0, engage_ratio=0.1)
    assert rates_of(40, 0, 3.9, 0.0, rates)[2] == 0.0
    assert rates_of(40, 0, 4.0, 0.0, rates)[2] == pytest.approx(0.2 * 4 / 3)
    assert rates_of(40, 0, 3.9, 0.0, rates)[0] < rates_of(40, 0, 0.0, 0.0, rates)[0]


def test_who_only_holds_deters_as_the_others_and_disperses_nobody() -> None:
    rates = STILL._replace(join=0.12, disperse=0.2, deterrence=2.0, engage_ratio=0.1)
    some = [jump_rates(crowd(40, 60), 0, 8.0, 0.0, rates, 3, NO_SHARES, holding) for holding in (0.0, 3.0, 8.0)]
    assert [rate[2] for rate in some] == pytest.approx([0.2 * 8 / 3, 0.2 * 5 / 3, 0.0])
    assert some[0][0] == some[1][0] == some[2][0] < rates_of(40, 0, 0.0, 0.0, rates)[0]
    drawn_back = STILL._replace(disperse=0.2, withdraw_ratio=1.0)
    assert jump_rates(crowd(40), 2, 8.0, 0.0, drawn_back, 3, NO_SHARES, 3.0)[2] == 0.0


def test_more_teams_than_people_disperse_at_the_rate_of_the_people() -> None:
    rates = STILL._replace(disperse=0.2)
    assert rates_of(4, 0, 300.0, 300.0, rates)[2] == pytest.approx(0.8)


@pytest.mark.parametrize("officers", [2.0, 40.0, 4_000.0])
def test_pairs_disperse_no_violent_crowd_however_many_they_are(officers: float) -> None:
    rates = STILL._replace(join=0.12, disperse=0.2, deterrence=2.0)
    assert rates_of(40, 1, officers, 0.0, rates, formed_from=1)[2] == 0.0
    assert rates_of(40, 0, officers, 0.0, rates, formed_from=1)[2] > 0.0
    assert rates_of(40, 1, officers + 30, 30.0, rates, formed_from=1)[2] == pytest.approx(0.2 * 30 / 3)
    assert rates_of(40, 1, officers, 0.0, rates, formed_from=1)[0] < rates_of(40, 1, 0.0, 0.0, rates, 1)[0]


def test_far_too_few_before_a_violent_crowd_may_be_hurt_and_draw_back() -> None:
    rates = STILL._replace(
        join=0.12, disperse=0.2, deterrence=2.0, engage_ratio=0.5, officer_injury=0.01, withdraw_ratio=0.1
    )
    nobody = rates_of(40, 2, 0.0, 0.0, rates)
    assert rates_of(40, 2, 3.9, 3.9, rates) == nobody  # they have drawn back
    held = rates_of(40, 2, 4.0, 4.0, rates)
    assert (held[2], held[5]) == (0.0, pytest.approx(0.04)) and held[0] < nobody[0]
    assert rates_of(40, 2, 20.0, 20.0, rates)[5] == 0.0 < rates_of(40, 2, 20.0, 20.0, rates)[2]
    assert rates_of(40, 1, 4.0, 4.0, rates)[5] == 0.0  # nobody is hurt before it is violent


def test_officers_are_hurt_at_their_rate() -> None:
    rates, rng = STILL._replace(officer_injury=0.02, engage_ratio=1.0), np.random.default_rng(21)
    gaps = np.array([jump_path(crowd(40), 2, 5.0, rates, OPEN, 0.0, 1e9, rng)[0][-1] for _ in range(4_000)])
    assert abs(z_of_mean(gaps, 1 / (0.02 * 5))) < 3.5
    _, states, why, _ = jump_path(crowd(40), 2, 5.0, rates, OPEN, 0.0, 1e9, rng)
    assert (why, states[-1, HURT], states[-1, INJURED], states[-1, ACTIVE]) == (INJURY, 1, 0, 40)


def test_supporters_arrive_as_a_poisson_process_until_none_are_left() -> None:
    rates, rng = STILL._replace(supporters=2.0), np.random.default_rng(7)
    early = [jump_path(crowd(5, 0, 10**6), 0, 0.0, rates, OPEN, 0.0, 10.0, rng)[1][-1] for _ in range(3_000)]
    came = np.array([state[BYSTANDERS] for state in early], dtype=float)
    assert abs(z_of_mean(came, 20.0)) < 3.5
    assert abs(z_of_variance(came, 20.0)) < 3.5
    times, states, why, _ = jump_path(crowd(5, 0, 30), 0, 0.0, rates, OPEN, 0.0, 500.0, rng)
    assert states[-1].tolist() == [5, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert (why, times[-1]) == (UNTIL, 500.0)


@pytest.mark.parametrize(("severity", "rate"), [(1, 0.02), (2, 0.1)])
def test_the_first_injury_ends_a_path_after_an_exponential_time(severity: int, rate: float) -> None:
    # 50 active people, a rate for each of them; nobody joins or leaves.
    rates = STILL._replace(injury_yellow=0.02 / 50, injury_red=0.1 / 50)
    thresholds, rng = OPEN._replace(yellow_at=20, red_at=60 if severity == 1 else 50), np.random.default_rng(8)
    paths = [jump_path(crowd(50), severity, 0.0, rates, thresholds, 100.0, 1e9, rng) for _ in range(4_000)]
    assert {why for _, _, why, _ in paths} == {INJURY}
    assert abs(z_of_mean(np.array([times[-1] - 100.0 for times, *_ in paths]), 1 / rate)) < 3.5
    assert all(states[-1, INJURED] == 1 and states[-1, ACTIVE] == 50 for _, states, _, _ in paths)


def test_nobody_is_injured_while_it_is_green() -> None:
    rates, rng = STILL._replace(injury_yellow=1.0, injury_red=1.0), np.random.default_rng(9)
    times, states, why, _ = jump_path(crowd(19), 0, 0.0, rates, OPEN._replace(yellow_at=20), 0.0, 100.0, rng)
    assert (why, times[-1], states[-1, INJURED]) == (UNTIL, 100.0, 0)


def test_severity_rises_at_its_thresholds_and_falls_only_below_its_hysteresis() -> None:
    t = Thresholds(floor=3, yellow_at=20, red_at=50, hysteresis=0.7, formed_from=3)
    rising = [severity_of(a, 0, t) for a in (19, 20, 49, 50)]
    assert rising == [0, 1, 1, 2]
    assert [severity_of(a, 2, t) for a in (50, 35, 34, 14, 13)] == [2, 2, 1, 1, 0]
    assert [severity_of(a, 1, t) for a in (49, 20, 14, 13)] == [1, 1, 1, 0]


def test_a_path_ends_where_its_severity_changes() -> None:
    rates, rng = STILL._replace(join=0.5), np.random.default_rng(10)
    thresholds = OPEN._replace(yellow_at=20)
    _, states, why, severity = jump_path(crowd(10, 1000), 0, 0.0, rates, thresholds, 0.0, 1e9, rng)
    assert (why, severity, states[-1, ACTIVE]) == (SEVERITY, 1, 20)
    assert states[:-1, ACTIVE].max() == 19
    down = STILL._replace(calm=0.5)
    _, states, why, severity = jump_path(crowd(20), 1, 0.0, down, thresholds, 0.0, 1e9, rng)
    assert (why, severity, states[-1, ACTIVE]) == (SEVERITY, 0, 13)


def test_every_jump_moves_one_person_and_loses_nobody() -> None:
    rates = Rates(
        join=0.12, calm=0.04, disperse=0.2, deterrence=2.0, team_size=3.0, engage_ratio=0.1, supporters=1.0,
        injury_yellow=0.0, injury_red=0.0, officer_injury=0.0, withdraw_ratio=0.0,
    )  # fmt: skip
    rng = np.random.default_rng(11)
    times, states, why, _ = jump_path(crowd(40, 200, 60), 0, 5.0, rates, OPEN._replace(floor=3), 10.0, 1e9, rng)
    assert (why, states[-1, ACTIVE]) == (CONTAINED, 3)
    assert times[0] == 10.0 and np.all(np.diff(times) > 0)
    people = states[:, [ACTIVE, BYSTANDERS, LEFT, TO_COME]]
    assert np.all(people.sum(axis=1) == 300) and people.min() >= 0
    assert np.all(states[:, ACTIVE] == 40 + states[:, JOINED] - states[:, LEFT])
    assert np.all(np.abs(np.diff(states[:, ACTIVE])) <= 1)


def test_a_crowd_in_which_nothing_can_happen_waits_until_time_is_up() -> None:
    times, states, why, _ = jump_path(crowd(5), 0, 0.0, STILL, OPEN, 3.0, 8.0, np.random.default_rng(12))
    assert (times.tolist(), states[:, ACTIVE].tolist(), why) == ([3.0, 8.0], [5, 5], UNTIL)


def test_a_contained_crowd_has_no_path() -> None:
    rates = STILL._replace(join=1.0)
    times, _, why, _ = jump_path(crowd(3, 50), 0, 0.0, rates, OPEN._replace(floor=3), 3.0, 8.0, np.random.default_rng())
    assert (times.tolist(), why) == ([3.0], CONTAINED)


def test_a_long_path_is_cut_so_that_memory_stays_small() -> None:
    rates, rng = STILL._replace(calm=1.0), np.random.default_rng(13)
    times, states, why, _ = jump_path(crowd(30_000), 0, 0.0, rates, OPEN, 0.0, 1e9, rng)
    assert (len(times), why) == (MOST_JUMPS, UNTIL)
    assert states[-1, ACTIVE] == 30_000 - (MOST_JUMPS - 1)
    rest, states, why, _ = jump_path(states[-1], 0, 0.0, rates, OPEN, times[-1], 1e9, rng)
    assert (rest[0], states[-1, ACTIVE], why) == (times[-1], 0, CONTAINED)


def test_who_is_willing_by_hand() -> None:
    shares = np.array([0.0, 0.1, 0.2, 0.5])
    assert willing(2, 8, 0, shares) == 6, (
        "two in ten reach three thresholds of four: eight people, of whom two have joined"
    )
    assert willing(1, 8, 1, shares) == 3, "who has left had one of the lowest thresholds"
    assert willing(6, 3, 1, shares) == 3, "all that are left"
    assert willing(1, 9, 0, np.array([0.0] + [0.2] * 9)) == 0, "nobody joins with nobody"
