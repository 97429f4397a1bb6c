"""Followers of a disturbance: how many, when, where; and the clusters they make."""

from __future__ import annotations

from math import exp, factorial

import numpy as np
import pytest
import simpy

from sim.disturbance.incident import Incident
from sim.disturbance.plan import place_weights
from sim.disturbance.sources.spread import draw_followers, follow, thinning
from sim.disturbance.start import Start
from sim.region.place import Place
from sim.streams import Streams
from sim.vocabulary import Origin, Severity
from tests.disturbance.made_up import (
    END,
    KINDS,
    NODES,
    PLACES,
    VILLAGE_TWO,
    Answers,
    Begun,
    Heard,
    bare_plan,
    nobody_around,
)


def test_places_by_hand() -> None:
    # weights 1 x e^0, 3 x e^-1, 8 x e^-2 and the origin itself
    km, weight = np.array([0.0, 0.0, 4.0, 8.0]), np.array([5.0, 1.0, 3.0, 8.0])
    raw = np.array([0.0, 1.0, 3.0 * exp(-1), 8.0 * exp(-2)])
    assert place_weights(km, weight, 4.0, (0,)) == pytest.approx(raw / raw.sum())
    assert (km.tolist(), weight.tolist()) == ([0.0, 0.0, 4.0, 8.0], [5.0, 1.0, 3.0, 8.0])  # left alone


def test_a_station_that_no_road_reaches_gets_none() -> None:
    chances = place_weights(np.array([0.0, np.inf, 3.0]), np.ones(3), 4.0, (0,))
    assert chances.tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(("km", "weight"), [([0.0], [1.0]), ([0.0, np.inf], [1.0, 1.0]), ([0.0, 2.0], [1.0, 0.0])])
def test_without_any_other_place_there_are_no_followers(km: list[float], weight: list[float]) -> None:
    chances = place_weights(np.array(km), np.array(weight), 4.0, (0,))
    assert not chances.any()
    assert len(draw_followers(50.0, 30.0, np.cumsum(chances), np.random.default_rng(1)).delay) == 0


def test_number_delay_and_place_have_their_distributions() -> None:
    chances, rng = np.array([0.0, 0.5, 0.2, 0.3]), np.random.default_rng(2)
    drawn = [draw_followers(2.5, 30.0, np.cumsum(chances), rng) for _ in range(6_000)]
    number = np.array([len(d.delay) for d in drawn])
    assert abs(number.mean() - 2.5) / np.sqrt(2.5 / len(number)) < 3.5
    assert number.var() == pytest.approx(2.5, rel=0.08)
    delay, place, mark = (np.concatenate([getattr(d, name) for d in drawn]) for name in ("delay", "place", "mark"))
    n = len(delay)
    assert abs(delay.mean() - 30.0) / (30.0 / np.sqrt(n)) < 3.5
    assert abs(np.mean(delay > 30.0) - exp(-1)) / np.sqrt(exp(-1) * (1 - exp(-1)) / n) < 3.5
    share = np.bincount(place, minlength=4) / n
    assert share[0] == 0.0
    assert np.all(np.abs(share - chances)[1:] / np.sqrt(chances * (1 - chances) / n)[1:] < 3.5)
    assert abs(mark.mean() - 0.5) / np.sqrt(1 / 12 / n) < 3.5


def test_a_mean_of_zero_gives_none() -> None:
    assert len(draw_followers(0.0, 30.0, np.array([0.5, 1.0]), np.random.default_rng(3)).place) == 0


def test_thinning_falls_with_the_officers() -> None:
    assert thinning(0.5, 0.0) == 1.0
    assert thinning(0.5, 2.0) == pytest.approx(exp(-1.0))
    assert thinning(0.0, 50.0) == 1.0


def cluster(mean: float, officers: float, rng: np.random.Generator) -> int:
    """Return how many disturbances come of one, over twenty equal stations, itself counted."""
    waiting, size = [0], 0
    while waiting:
        station, size = waiting.pop(), size + 1
        chances = place_weights(np.zeros(20), np.ones(20), 4.0, (station,))
        drawn = draw_followers(mean, 30.0, np.cumsum(chances), rng)
        waiting += drawn.place[drawn.mark < thinning(0.5, officers)].tolist()
    return size


def test_clusters_have_the_borel_sizes() -> None:
    # With a mean of one half: P(n) = exp(-n/2) (n/2)^(n-1) / n!, mean 2, variance 4.
    rng = np.random.default_rng(4)
    sizes = np.array([cluster(0.5, 0.0, rng) for _ in range(6_000)])
    for n, known in enumerate((0.606531, 0.183940, 0.083674, 0.045112, 0.026720), start=1):
        p = exp(-n / 2) * (n / 2) ** (n - 1) / factorial(n)
        assert p == pytest.approx(known, abs=1e-6)
        assert abs(np.mean(sizes == n) - p) / np.sqrt(p * (1 - p) / len(sizes)) < 3.5
    assert abs(sizes.mean() - 2.0) / (2.0 / np.sqrt(len(sizes))) < 3.5


def test_officers_everywhere_make_clusters_smaller_as_a_smaller_mean_would() -> None:
    # Thinned Poisson: mean 0.5 exp(-1), so clusters of 1 / (1 - 0.5 exp(-1)).
    rng = np.random.default_rng(5)
    sizes = np.array([cluster(0.5, 2.0, rng) for _ in range(6_000)])
    expected = 1.0 / (1.0 - 0.5 * exp(-1.0))
    assert abs(sizes.mean() - expected) / (sizes.std(ddof=1) / np.sqrt(len(sizes))) < 3.5


def followed(
    *severities: Severity,
    place: Place = PLACES[12],
    kind: str = "riot",
    followers: float = 6.0,
    officers: float = 0.0,
    people: int = 100,
    replication: int = 0,
) -> list[tuple[float, Start]]:
    """Return the followers of one disturbance that reaches these severities ten minutes after each other."""
    env, plan, streams = simpy.Environment(initial_time=600.0), bare_plan(), Streams(1, replication)
    begun, at = Begun(lambda: env.now), Answers(people, officers)
    start = Start("s0", kind, Origin.SCRIPTED, place, None, followers)
    incident = Incident(env, start, KINDS[kind], streams, Heard().hooks(), END, nobody_around())

    def worse():  # type: ignore[no-untyped-def]
        for severity in severities:
            incident.severity = severity
            follow(env, plan, incident, streams, at, begun)
            yield env.timeout(10.0)

    env.process(worse())
    env.run(END)
    return begun.starts


EVERY = (Severity.GREEN, Severity.YELLOW, Severity.RED)


def test_half_of_the_followers_come_from_yellow_on_and_all_by_red() -> None:
    numbers = np.array(
        [[len(followed(*EVERY[: n + 1], replication=i)) for n in range(3)] for i in range(400)], dtype=float
    )
    assert not numbers[:, 0].any()
    for mean, found in ((3.0, numbers[:, 1]), (6.0, numbers[:, 2])):
        assert abs(found.mean() - mean) / np.sqrt(mean / len(found)) < 3.5
    at_once = np.array([len(followed(Severity.RED, replication=i)) for i in range(400)], dtype=float)
    assert abs(at_once.mean() - 6.0) / np.sqrt(6.0 / len(at_once)) < 3.5


def test_a_follower_is_a_disturbance_of_the_same_kind_at_another_station_later() -> None:
    found = followed(*EVERY)
    assert len(found) > 2
    assert [when for when, _ in found if when < 610.0] == []
    assert len({start.identity for _, start in found}) == len(found)
    for _, start in found:
        assert start.identity.startswith(("s0.1", "s0.2"))
        assert (start.kind_name, start.origin, start.starters) == ("riot", Origin.FOLLOWER, None)
        assert start.followers == bare_plan().spread.followers
        assert start.place in PLACES and start.place != PLACES[12]


def test_a_severity_that_is_reached_again_brings_no_more() -> None:
    assert followed(*EVERY, Severity.RED, Severity.YELLOW) == followed(*EVERY)


def test_officers_and_empty_stations_keep_followers_down() -> None:
    free, held = followed(*EVERY, followers=40.0), followed(*EVERY, followers=40.0, officers=2.0)
    assert {start.identity for _, start in held} < {start.identity for _, start in free}
    assert followed(*EVERY, followers=40.0, people=0) == []


def test_the_followers_of_an_area_are_outside_it_and_nearer_ones_more_often() -> None:
    nodes = [
        NODES[start.place.stations[0]]
        for i in range(60)
        for _, start in followed(*EVERY, place=VILLAGE_TWO, followers=20.0, replication=i)
    ]
    number = np.bincount(nodes, minlength=9)
    assert number[2] == 0
    assert number[1] > number[0] > 0 and number[3] > number[4] > number[5]


@pytest.mark.parametrize("kind", ["flood", "office_protest"])
def test_what_has_no_crowd_at_a_station_has_no_followers(kind: str) -> None:
    assert followed(Severity.RED, kind=kind, followers=40.0) == []


def test_followers_do_not_depend_on_the_strength_that_keeps_some_of_them_down() -> None:
    times = {start.identity: when for when, start in followed(*EVERY, followers=40.0)}
    for when, start in followed(*EVERY, followers=40.0, officers=1.0):
        assert times[start.identity] == when
