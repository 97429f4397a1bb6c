"""The plan by which the day's own operations centre and fleet respond to calls alone: no stations, boxes or posts."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from sim.alone.calls import Calls
from sim.alone.city import City
from sim.alone.direct import VEHICLE, DirectWays
from sim.alone.events import Conduct
from sim.alone.team import stream_of
from sim.config.command import CommandRule, OnRequest
from sim.config.duty import ALL_DAY
from sim.config.merge import merge
from sim.config.own_region import BASIS
from sim.config.packaged import CONF
from sim.config.relocation import NoRelocation, RelocationRule
from sim.config.response import ResponseSettings
from sim.config.retasking import NO_RETASKING
from sim.config.source import read_yaml
from sim.errors import UserError
from sim.region.position import Spot
from sim.response.boxes.parties import BoxesPlan
from sim.response.command.preference import Preferences
from sim.response.deploy.deployment import Deployment
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Capability
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
MOST_NODES = 3_000
"""Units, places and points of expected coverage that the day's own network is made for; 0.1 GB."""
_AT_ONCE = {"mean_minutes": 0.0, "cv": 0.0}
_PLAIN = {
    "reporting": {
        "guarded": _AT_ONCE, "by_phone": _AT_ONCE, "no_signal": _AT_ONCE, "too_mild": 0, "too_bad": 0, "duplicates": 0,
        "duplicates_minutes": 1, "false_reports": {"per_hour": 0, "checked_minutes": 0, "kept_minutes": 1},
    },
    "sector_posts": {"desks": 0, "alarm_handling": _AT_ONCE},
    "work": _AT_ONCE,
}  # fmt: skip
"""What the day does to reports, and calls alone do not: nothing is reported late, wrongly, twice or for nothing. A
unit's work is the call's own time."""


def ways(city: City, calls: Calls) -> Floats:
    """Return (units, places) minutes: to every place, or every call where calls are anywhere, then to every point.

    Raises:
        UserError: When there are more of them than the day's own network is made for.
    """
    there = city.travel if calls.travel is None else calls.travel
    assert there is not None
    points = city.demand_minutes if calls.travel is not None and city.demand_minutes is not None else there[:, :0]
    found = np.concatenate([there, points], axis=1)
    if sum(found.shape) > MOST_NODES:
        raise UserError(
            _(
                "engine: posko plays at most {most:,} units, places, calls from anywhere and points of "
                "demand together, not {count:,}"
            ).format(most=MOST_NODES, count=sum(found.shape))
        )
    return found


def plan_of(city: City, calls: Calls, conduct: Conduct) -> ResponsePlan:
    """Return the response to calls alone.

    Raises:
        UserError: When there are more places than the day's own network is made for.
    """
    there = ways(city, calls)
    network = DirectWays(there, returns=conduct.returns)
    units, nodes = _units(city), len(network.region.nodes)
    settings = _settings(len(calls.came) if conduct.desks is None else conduct.desks)
    able = {c: Counter(u.role for u in units if u.provides[c]) for c in Capability}
    first = len(units) + there.shape[1] - len(city.demand)
    districts = 1 + max((d for d in (*city.districts, *(t.district for t in city.teams)) if d is not None), default=-1)
    neighbours = dict(zip(city.districts, city.neighbours, strict=True))
    return ResponsePlan(
        deployment=Deployment("", units, (), np.empty(0, dtype=np.int64), np.empty(0), {}, {}, {}),
        dispatch=city.dispatch,
        relocation=NoRelocation(rule=RelocationRule.NONE),
        command=OnRequest(rule=CommandRule.ON_REQUEST),
        retasking=NO_RETASKING,
        duty=ALL_DAY,
        settings=settings,
        report_factor=1.0,
        network=network,
        stations=tuple(Spot((first + i,)) for i in range(len(city.demand))),
        voters=city.demand,
        neighbours=tuple(neighbours.get(d, frozenset()) for d in range(districts)),
        sectors=("",) * districts,
        sector_of_node=("",) * nodes,
        signal=(),
        boxes=BoxesPlan(settings.escort, (), (), network, ()),
        able=able,
        people={c: tuple(unit.provides[c] for unit in units) for c in Capability},
        police=(),
        hours=(0.0, float("inf")),
        preferences=Preferences(dict(zip(city.places, city.ranks, strict=True)), (("", ""),) * nodes),
        end=float("inf"),
    )


def _units(city: City) -> tuple[UnitSpec, ...]:
    return tuple(
        UnitSpec(
            name=team.name,
            stream=stream_of(number),
            agency=Agency.POLICE,
            role=team.role,
            strength=1,
            vehicle=VEHICLE,
            district=team.district,
            home=Spot((number,)),
            stops=(),
            from_severity=team.from_severity,
            request_delay=0.0,
            mobilisation=team.ready,
            abilities=(Capability.PRESENCE,),
        )
        for number, team in enumerate(city.teams)
    )


def _settings(desks: int) -> ResponseSettings:
    """Return the packaged settings of the response, with nothing of what the day does to reports."""
    posko = {"desks": max(1, desks), "alarm_handling": _AT_ONCE, "news_handling": _AT_ONCE}
    packaged = read_yaml(CONF / "response" / "default.yaml")
    merge(packaged, read_yaml(BASIS)["response"])
    return ResponseSettings.model_validate({**packaged, **_PLAIN, "posko": posko})
