"""People who choose anew, and people who go round a ring: where they were counts, and nobody gains by it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.layouts import Layout
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.flow import flow_of
from sim.evacuation.site.network import FREE_M_PER_S, site_of
from sim.evacuation.site.occupants import Occupants
from tests.evacuation.site.places import ALL_HERE, AT_ONCE, leave

NEAR = {"kind": "door", "from_space": "room", "width_m": 0.6, "length_m": 0, "to_assembly_m": 0}
ROOM = {"kind": "room", "area_m2": 50, "people": ALL_HERE}


def test_who_turns_to_another_exit_walks_there_from_then_on() -> None:
    exits = {"near": NEAR, "far": NEAR | {"length_m": 60}}
    site = leave(Layout.model_validate({"title": "Two", "spaces": {"room": ROOM}, "exits": exits}), 15)
    hold = 1 / (1.3 * 0.3)
    site.advance(0.2)
    assert site.left == 15 - int(12 / hold) == 11
    assert site.minutes_to_clear({"near": 0.0}) * 60 == pytest.approx(60 / FREE_M_PER_S + 11 * hold)
    assert site.minutes_to_clear() * 60 == pytest.approx(15 * hold - 12), "unless they keep to theirs"


def test_choosing_anew_and_the_same_changes_nothing() -> None:
    corridor = {"kind": "corridor", "between": ["room", "end"], "width_m": 1.5, "length_m": 20}
    exits = {
        "out": NEAR | {"from_space": "end", "width_m": 5},
        "unused": NEAR | {"from_space": "end", "to_assembly_m": 900},
    }
    spaces = {"room": ROOM, "end": {"kind": "yard", "area_m2": 50}}
    layout = Layout.model_validate({"title": "Fan", "spaces": spaces, "ways": {"c": corridor}, "exits": exits})
    whole, turned = leave(layout, 60), leave(layout, 60)
    for step in range(8):
        turned.advance(0.11, {"unused": float(step % 2)})
    assert turned.curve().minutes == pytest.approx(whole.curve().minutes, rel=1e-9)
    assert turned.curve().waited["c"] == pytest.approx(whole.curve().waited["c"], rel=1e-9)


def ring() -> Layout:
    """Five corridors in a ring; whoever starts in a space is told the exit two spaces on."""
    corridor = {"kind": "corridor", "width_m": 1.2, "length_m": 10}
    spaces = {
        f"s{i}": {"kind": "room", "area_m2": 20, "people": {"crew": 0.2}, "only_exits": [f"e{(i + 2) % 5}"]}
        for i in range(5)
    }
    ways = {f"w{i}": corridor | {"between": [f"s{i}", f"s{(i + 1) % 5}"]} for i in range(5)}
    exits = {f"e{i}": NEAR | {"from_space": f"s{i}", "width_m": 1.0} for i in range(5)}
    return Layout.model_validate({"title": "Ring", "spaces": spaces, "ways": ways, "exits": exits})


def test_people_who_go_round_a_ring_are_reckoned_all_the_same() -> None:
    site = SiteEvacuation(site_of(ring()), Occupants(crew=50), AT_ONCE)
    times = site.curve().minutes
    assert len(times) == 50 and np.isfinite(times).all()
    assert times.reshape(10, 5) == pytest.approx(np.repeat(times[::5], 5).reshape(10, 5)), "five alike"
    two_corridors = 2 * (10 / FREE_M_PER_S + 1 / (1.3 * 0.8))
    assert times[0] * 60 >= two_corridors + 1 / (1.3 * 0.7), "those of the next space are before him"


def test_in_a_ring_each_is_through_each_way_in_order_and_not_faster_than_it_takes() -> None:
    site = site_of(ring())
    space = np.repeat(np.arange(5), 10)
    routes = [next(r for r in site.routes[s] if site.arcs[r.exit].name == f"e{(s + 2) % 5}") for s in space.tolist()]
    flow = flow_of(site, routes, np.arange(50), np.zeros(50), np.ones(50), {})
    assert len(flow.ways) == 5
    for passed in flow.ways:
        assert len(passed.who) == 20
        assert (np.diff(passed.entered) >= site.arcs[passed.arc].hold - 1e-12).all()
        assert (passed.entered >= passed.came).all() and (np.diff(passed.came) >= 0).all()
