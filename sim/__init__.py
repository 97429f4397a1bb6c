"""Siaga: a simulator of polling-day security.

    import sim

    scenario = sim.load("riot_kecamatan3", ["run.replications=20"])   # compose and validate
    run = sim.run(scenario)                                            # play, store
    comparison = sim.compare(run)                                      # tidy tables
    sim.sweep({"weather": ["dry", "heavy_rain"]}, seeds=[1, 2])        # one tidy row a trial
    sim.between([run, other])                                          # runs compared with each other, by what differs
    run.table("incidents")                                             # one row an incident, names beside codes
    sim.describe("incidents")                                          # what each column means, and its unit
    sim.measures_table()                                               # every measure: title, unit, definition
    sim.read("runs/…")                                                 # open a stored run
    sim.plots.response_ecdf(run, ax=ax)                                # draw on one's own axes
    sim.breakdown(run, "response_median", "district")                  # one measure by district, kind or severity
    sim.causes(run)                                                    # why responses were late, by strategy
    sim.simulate_station(scenario.voting, registered=500).voters       # one station alone, one row a voter
    sim.simulate_stations(scenario.voting, [480, 560]).stations        # many at once, one row a station or a voter
    sim.run_station(arrivals, service, servers=[1, 4])                 # one station from arrays
    sim.simulate_dispatch(3, rates=[9, 4], service=5, hours=100)       # calls and units alone, without an election
    sim.evacuate_layout("school_room").curve.last                      # one site is left, minutes, without a cause
    sim.evacuate_area("kaba_ring", ["weather=heavy_rain"]).t90         # one area is left, minutes, without an election
    day = sim.Day(world, "even_spread", 0, sim.draw_day(world, 0))     # one day in steps: until, act, picture
    day.act(sim.decisions.CloseRoad("Mojorejo - Beringin Tiga"))       # somebody decides something

Names are imported when they are first used, so that importing ``sim`` costs nothing.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.alone.answer import DispatchResult
    from sim.alone.choices import CallFate
    from sim.alone.plane import Plane
    from sim.alone.simulate import simulate_dispatch
    from sim.alone.team import Team
    from sim.config.compose import load
    from sim.config.scenario import Scenario
    from sim.day import decisions
    from sim.day.day import Day, simulate_day
    from sim.day.draws import draw_day
    from sim.day.fitting import prepare_fitting as prepare
    from sim.day.world import World
    from sim.evacuation.area.by_name import evacuate_area_by as evacuate_area
    from sim.evacuation.site.alone import evacuate_layout
    from sim.experiment.execute import execute as run
    from sim.experiment.store import Run, read
    from sim.inference.between import Between, between
    from sim.inference.breakdown import by as breakdown
    from sim.inference.causes import causes
    from sim.inference.compare import Comparison, compare
    from sim.inference.sweep import sweep
    from sim.log import DayLog
    from sim.measures.describe import describe, measures_table
    from sim.measures.registry import MEASURES
    from sim.report import plots
    from sim.triage import Triage
    from sim.vocabulary import Cause, Ending, Fate, Outcome, Severity, Verdict
    from sim.voting.conditions import Conditions
    from sim.voting.station import run_station, simulate_station
    from sim.voting.stations import simulate_stations

_HOMES: dict[str, tuple[str, str | None]] = {
    "load": ("sim.config.compose", "load"),
    "run": ("sim.experiment.execute", "execute"),
    "read": ("sim.experiment.store", "read"),
    "compare": ("sim.inference.compare", "compare"),
    "causes": ("sim.inference.causes", "causes"),
    "breakdown": ("sim.inference.breakdown", "by"),
    "plots": ("sim.report.plots", None),
    "prepare": ("sim.day.fitting", "prepare_fitting"),
    "simulate_day": ("sim.day.day", "simulate_day"),
    "simulate_station": ("sim.voting.station", "simulate_station"),
    "run_station": ("sim.voting.station", "run_station"),
    "simulate_dispatch": ("sim.alone.simulate", "simulate_dispatch"),
    "evacuate_area": ("sim.evacuation.area.by_name", "evacuate_area_by"),
    "evacuate_layout": ("sim.evacuation.site.alone", "evacuate_layout"),
    "Plane": ("sim.alone.plane", "Plane"),
    "Team": ("sim.alone.team", "Team"),
    "Day": ("sim.day.day", "Day"),
    "draw_day": ("sim.day.draws", "draw_day"),
    "decisions": ("sim.day.decisions", None),
    "Conditions": ("sim.voting.conditions", "Conditions"),
    "Scenario": ("sim.config.scenario", "Scenario"),
    "World": ("sim.day.world", "World"),
    "Run": ("sim.experiment.store", "Run"),
    "Comparison": ("sim.inference.compare", "Comparison"),
    "DayLog": ("sim.log", "DayLog"),
    "sweep": ("sim.inference.sweep", "sweep"),
    "between": ("sim.inference.between", "between"),
    "Between": ("sim.inference.between", "Between"),
    "describe": ("sim.measures.describe", "describe"),
    "measures_table": ("sim.measures.describe", "measures_table"),
    "MEASURES": ("sim.measures.registry", "MEASURES"),
    "simulate_stations": ("sim.voting.stations", "simulate_stations"),
    "Fate": ("sim.vocabulary", "Fate"),
    "Outcome": ("sim.vocabulary", "Outcome"),
    "Ending": ("sim.vocabulary", "Ending"),
    "Verdict": ("sim.vocabulary", "Verdict"),
    "Cause": ("sim.vocabulary", "Cause"),
    "Severity": ("sim.vocabulary", "Severity"),
    "Triage": ("sim.triage", "Triage"),
    "CallFate": ("sim.alone.choices", "CallFate"),
    "DispatchResult": ("sim.alone.answer", "DispatchResult"),
}

__all__ = [
    "MEASURES",
    "Between",
    "CallFate",
    "Cause",
    "Comparison",
    "Conditions",
    "Day",
    "DayLog",
    "DispatchResult",
    "Ending",
    "Fate",
    "Outcome",
    "Plane",
    "Run",
    "Scenario",
    "Severity",
    "Team",
    "Triage",
    "Verdict",
    "World",
    "between",
    "breakdown",
    "causes",
    "compare",
    "decisions",
    "describe",
    "draw_day",
    "evacuate_area",
    "evacuate_layout",
    "load",
    "measures_table",
    "plots",
    "prepare",
    "read",
    "run",
    "run_station",
    "simulate_day",
    "simulate_dispatch",
    "simulate_station",
    "simulate_stations",
    "sweep",
]


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        near = get_close_matches(name, __all__, n=1)
        raise AttributeError(
            f"module 'sim' has no attribute '{name}'" + (f"; did you mean '{near[0]}'?" if near else "")
        )
    home, attribute = _HOMES[name]
    module = import_module(home)
    return module if attribute is None else getattr(module, attribute)


def __dir__() -> list[str]:
    """List the public names, for completion in a notebook."""
    return __all__
