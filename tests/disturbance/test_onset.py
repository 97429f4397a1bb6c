"""Background disturbances: drawn beforehand, thinned by the station of the moment."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from sim.config.disturbance import Background, DisturbanceSettings
from sim.config.packaged import CONF
from sim.config.source import read_yaml
from sim.config.voting import VotingSettings
from sim.disturbance.onset import acceptance, dominating_factor, dominating_rate, draw_candidates
from sim.streams import Streams

VOTING = VotingSettings.model_validate(read_yaml(CONF / "voting" / "pilkada_2024.yaml"))
PACKAGED = DisturbanceSettings.model_validate(read_yaml(CONF / "disturbance" / "default.yaml"))
CLASSES = np.array([0] * 30 + [1] * 10 + [2] * 5, dtype=np.int8)
HOURS = (VOTING.day_end - VOTING.open) / 60.0


def background(**values: object) -> Background:
    return Background.model_validate(PACKAGED.background.model_dump() | values)


def settings(**values: object) -> DisturbanceSettings:
    return DisturbanceSettings.model_validate(PACKAGED.model_dump() | {"background": background(**values)})


def only(*kinds: str) -> DisturbanceSettings:
    """Return the packaged settings with a background weight of one for these kinds, in order 1, 2, 3…, others none."""
    data = PACKAGED.model_dump()
    for name, kind in data["kinds"].items():
        kind["background_weight"] = kinds.index(name) + 1 if name in kinds else 0
    return DisturbanceSettings.model_validate(data)


def test_candidates_are_ordered_and_within_the_day() -> None:
    drawn = draw_candidates(CLASSES, VOTING, settings(rate_per_station_hour=0.1), Streams(1, 0))
    assert len(drawn.time) > 50
    assert len(drawn.time) == len(drawn.station) == len(drawn.mark) == len(drawn.kind)
    assert np.all(np.diff(drawn.time) >= 0)
    assert drawn.time[0] >= VOTING.open and drawn.time[-1] < VOTING.day_end
    assert drawn.station.min() >= 0 and drawn.station.max() < len(CLASSES)
    assert drawn.mark.min() >= 0 and drawn.mark.max() < 1


def test_candidates_depend_on_seed_and_day_alone() -> None:
    frequent = settings(rate_per_station_hour=0.1)
    one, again = (draw_candidates(CLASSES, VOTING, frequent, Streams(1, 4)) for _ in range(2))
    for name in ("time", "station", "mark"):
        assert np.array_equal(getattr(one, name), getattr(again, name))
    assert one.kind == again.kind
    for other in (Streams(1, 5), Streams(2, 4)):
        assert not np.array_equal(one.time[:20], draw_candidates(CLASSES, VOTING, frequent, other).time[:20])


def test_candidates_come_at_the_dominating_rate_of_each_class() -> None:
    often = settings(rate_per_station_hour=0.02)
    counts = np.zeros((400, 3))
    for day in range(len(counts)):
        drawn = draw_candidates(CLASSES, VOTING, often, Streams(3, day))
        counts[day] = np.bincount(CLASSES[drawn.station], minlength=3)
    expected = np.array([30 * 1, 10 * 3, 5 * 8]) * 0.02 * 2.0 * HOURS  # weights 1, 3, 8; crowding at most doubles
    assert np.allclose(np.bincount(CLASSES, dominating_rate(CLASSES, often.background)) * HOURS, expected)
    z = (counts.mean(axis=0) - expected) / np.sqrt(expected / len(counts))  # Poisson: variance is the mean
    assert np.all(np.abs(z) < 3.5)


def test_thinning_reproduces_the_hazard() -> None:
    # 120 people and one officer during voting: rate x weight x (1 + 0.5 x 1.2) x exp(-0.5)
    often = settings(rate_per_station_hour=0.02)
    b, days, happened = often.background, 400, 0
    chance = acceptance(b, counting=False, crowd=120, officers=1)
    for day in range(days):
        drawn = draw_candidates(CLASSES, VOTING, often, Streams(5, day))
        happened += int(np.count_nonzero((drawn.mark < chance) & (drawn.time < VOTING.close)))
    expected = days * 6.0 * 0.02 * (30 * 1 + 10 * 3 + 5 * 8) * 1.6 * exp(-0.5)
    assert abs(happened - expected) / np.sqrt(expected) < 3.5


def test_candidates_are_spread_evenly_over_the_day() -> None:
    time = draw_candidates(CLASSES, VOTING, settings(rate_per_station_hour=1.0), Streams(9, 0)).time
    assert len(time) > 1_000
    share = (time - VOTING.open) / (VOTING.day_end - VOTING.open)
    assert np.max(np.abs(share - np.arange(len(share)) / len(share))) < 1.95 / np.sqrt(len(share))  # KS, 0.1 %


def test_acceptance_by_hand() -> None:
    b = background(counting_factor=0.5, crowding_per_100=0.5, crowding_most=2.0, deterrence_per_officer=0.5)
    assert dominating_factor(b) == 2.0
    assert acceptance(b, counting=False, crowd=100, officers=0) == pytest.approx(1.5 / 2)
    assert acceptance(b, counting=False, crowd=1_000, officers=0) == pytest.approx(1.0)
    assert acceptance(b, counting=True, crowd=100, officers=2) == pytest.approx(0.5 * 1.5 * exp(-1.0) / 2)


def test_nothing_starts_where_nobody_is() -> None:
    assert acceptance(PACKAGED.background, counting=False, crowd=0, officers=0) == 0.0
    assert acceptance(PACKAGED.background, counting=True, crowd=0, officers=0) == 0.0
    assert acceptance(PACKAGED.background, counting=False, crowd=1, officers=0) > 0.0


def test_officers_lower_the_hazard_and_a_crowd_raises_it() -> None:
    b = PACKAGED.background
    by_officers = [acceptance(b, counting=False, crowd=80, officers=q) for q in (0, 0.5, 1, 2, 8)]
    assert by_officers == sorted(by_officers, reverse=True) and len(set(by_officers)) == 5
    by_crowd = [acceptance(b, counting=False, crowd=n, officers=1) for n in (0, 1, 50, 150, 200, 900)]
    assert by_crowd == sorted(by_crowd) and by_crowd[-2] == by_crowd[-1]


@pytest.mark.parametrize(
    "values",
    [
        {"counting_factor": 3.0, "crowding_most": 2.0},
        {"counting_factor": 0.0, "crowding_most": 0.5},
        {"counting_factor": 2.5, "crowding_most": 4.0, "crowding_per_100": 9.0},
    ],
)
def test_acceptance_never_passes_one(values: dict[str, float]) -> None:
    b = background(**values)
    chances = [acceptance(b, counting=c, crowd=n, officers=0) for c in (False, True) for n in (1, 100, 10_000)]
    assert all(0.0 <= chance <= 1.0 for chance in chances)


def test_kinds_come_by_their_weights() -> None:
    data = only("brawl", "vandalism").model_dump() | {"background": background(rate_per_station_hour=1.0)}
    kinds = draw_candidates(CLASSES, VOTING, DisturbanceSettings.model_validate(data), Streams(2, 0)).kind
    assert set(kinds) == {"brawl", "vandalism"}
    share = kinds.count("vandalism") / len(kinds)
    assert abs(share - 2 / 3) / np.sqrt(2 / 9 / len(kinds)) < 3.5


@pytest.mark.parametrize(
    "nothing",
    [
        settings(rate_per_station_hour=0),
        settings(vulnerability_weight={"low": 0, "high": 0, "very_high": 0}),
        only(),
    ],
)
def test_no_rate_or_no_kind_gives_no_candidates(nothing: DisturbanceSettings) -> None:
    drawn = draw_candidates(CLASSES, VOTING, nothing, Streams(1, 0))
    assert (len(drawn.time), len(drawn.station), len(drawn.mark), drawn.kind) == (0, 0, 0, ())


def test_a_class_of_no_weight_has_no_candidates() -> None:
    quiet = settings(rate_per_station_hour=1.0, vulnerability_weight={"low": 0, "high": 1, "very_high": 0})
    drawn = draw_candidates(CLASSES, VOTING, quiet, Streams(1, 0))
    assert len(drawn.time) > 100 and set(CLASSES[drawn.station]) == {1}
