"""What a kind does not leave behind is not found in the log of a day on which nothing but it has happened."""

from __future__ import annotations

import pytest

from sim.config.compose import load
from sim.config.traces import Trace
from sim.day import prepare, simulate_day
from sim.vocabulary import PlaceKind
from tests.behaviour.moves import NEVER_PUT_OFF, QUIET

KINDS = load("calm_day", ["strategy=even_spread"]).kinds


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_a_kind_does_not_leave_behind_is_not_there(name: str) -> None:
    road = "Mojorejo - Beringin Tiga"
    where = {
        PlaceKind.STATION: "kecamatan 3",
        PlaceKind.BASE: "KPU",
        PlaceKind.ROAD: road,
        PlaceKind.AREA: "kecamatan 3",
    }
    kind = KINDS[name]
    incident = f"incidents=[{{kind: {name}, onset: '09:00', place: {where[kind.places[0]]}}}]"
    quiet = [*QUIET, *NEVER_PUT_OFF, "disturbance.spread.followers=0", "run.bound_days=0"]
    world = prepare(load("calm_day", ["strategy=even_spread", *quiet, incident]))
    for day in range(3):
        tables = simulate_day(world, "even_spread", day).tables
        stations, incidents = tables["stations"], tables["incidents"]
        signs = {
            Trace.VOTES_LOST: (stations["lost_deterred"] + stations["lost_evacuated"]).sum(),
            Trace.LATE_BOXES: stations["held_minutes"].sum(),
            Trace.EMPTY_AREA: len(next(iter(tables["areas"].values()))),
            Trace.INJURED: incidents["injured"].sum(),
            Trace.OFFICERS_HURT: incidents["officers_hurt"].sum(),
        }
        assert {trace for trace, sign in signs.items() if sign} <= set(kind.traces)
        if Trace.PAUSE not in kind.traces and Trace.FOLLOW_UP_POLL not in kind.traces:
            assert not stations["abandoned"].any() and not stations["suspended_minutes"].any()
