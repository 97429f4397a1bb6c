"""Guard posts under a pattern and by risk, on a line of villages and by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.config.strategy import Pattern, PatternGuards, RiskGuards
from sim.region.region import Region
from sim.response.deploy.guards import district_sums, pattern_posts, risk_posts, station_weights
from sim.response.deploy.walk import Walk

Maker = Callable[..., Region]


def walk_of(region: Region) -> Walk:
    x = 6.0 * np.arange(len(region.nodes))
    return Walk(region, np.abs(np.subtract.outer(x, x)), 0)


def pattern(police: int, stations: int, wardens: int) -> Pattern:
    return Pattern(police=police, stations=stations, wardens=wardens)


def by_risk(officers: int, **kwargs: float) -> RiskGuards:
    return RiskGuards(
        rule="risk_weighted", officers=officers, post_size=2, wardens_per_station=2, remoteness_minutes=60, **kwargs
    )


def test_each_class_has_posts_of_its_own_pattern(make_line: Maker) -> None:
    region = make_line(4, classes=[2, 0, 0, 1, 0, 1, 0, 0])
    rule = PatternGuards(rule="pattern", very_high=pattern(2, 1, 2), high=pattern(2, 2, 4), low=pattern(3, 4, 8))
    posts = pattern_posts(rule, region, walk_of(region))
    assert [(p.label, p.stations, p.officers, p.wardens) for p in posts] == [
        ("very_high", (0,), 2, 2),
        ("high", (3, 5), 2, 4),
        ("low", (1, 2), 3, 4),
        ("low", (4, 6, 7), 3, 6),
    ]


def test_the_wardens_of_a_short_post_are_rounded_up_to_whole_people(make_line: Maker) -> None:
    region = make_line(2)  # 4 stations in posts of 3: sizes 2 and 2, a third less than the pattern's 5 wardens
    same = pattern(1, 3, 5)
    posts = pattern_posts(PatternGuards(rule="pattern", very_high=same, high=same, low=same), region, walk_of(region))
    assert [len(p.stations) for p in posts] == [2, 2]
    assert [p.wardens for p in posts] == [4, 4]


def test_the_weight_of_a_station_is_vulnerability_times_voters_times_remoteness(make_line: Maker) -> None:
    region = make_line(2, registered=[200, 400, 400, 600], classes=[0, 1, 2, 0])
    weights = station_weights(region, np.array([0.0, 30.0]), by_risk(10))
    assert weights.tolist() == pytest.approx([1 * 0.5 * 1, 2 * 1 * 1, 4 * 1 * 1.5, 1 * 1.5 * 1.5])
    assert district_sums(region, weights).tolist() == pytest.approx([2.5, 8.25])


def test_posts_go_to_districts_by_weight_and_inside_are_cut_by_weight(make_line: Maker) -> None:
    region = make_line(4)
    weights = np.array([1.0, 1, 1, 1, 3, 3, 3, 3])
    posts = risk_posts(by_risk(10), region, walk_of(region), weights)
    # one to each district, the other three by 4 : 12, which is 0.75 : 2.25, largest remainder 1 : 2
    assert [(p.label, p.stations) for p in posts] == [
        ("D1", (0, 1)),
        ("D1", (2, 3)),
        ("D2", (4,)),
        ("D2", (5, 6)),
        ("D2", (7,)),
    ]
    assert all(p.officers == 2 and p.wardens == 2 * len(p.stations) for p in posts)


def test_a_district_without_a_post_keeps_its_wardens(make_line: Maker) -> None:
    region = make_line(4)
    posts = risk_posts(by_risk(2), region, walk_of(region), np.array([1.0, 1, 1, 1, 3, 3, 3, 3]))
    assert [(p.label, p.officers, p.wardens) for p in posts] == [("D1", 0, 8), ("D2", 2, 8)]


def test_there_are_never_more_posts_than_stations(make_line: Maker) -> None:
    region = make_line(4)
    posts = risk_posts(by_risk(1000), region, walk_of(region), np.ones(8))
    assert sorted(p.stations for p in posts) == [(i,) for i in range(8)]
