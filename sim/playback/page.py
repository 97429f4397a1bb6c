"""The page of a playback: what two recordings of one day hold, packed into one HTML file that needs nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.day.world import World
from sim.experiment.partial import partial_sentences
from sim.experiment.store import Run
from sim.measures.voting import votes_disturbed_at
from sim.pages import page
from sim.playback.events import Names, events, incident_rows
from sim.playback.record import STEP_MINUTES, Recording
from sim.playback.track import turning_points
from sim.report.chosen_day import ChosenDay
from sim.report.ground import FINE, Plane, ground
from sim.text import shown
from sim.vocabulary import Role, StationState, UnitState
from sim.words import names
from sim.words import playback as words
from sim.words.language import clock

_HERE = "@@the day@@"
"""Where the data go in the page: it is text of the program itself, and what is put there cannot end the script."""
_TENTHS = 10
"""Parts of a minute in which times are written down."""
_STATES, _UNIT_STATES = tuple(StationState), tuple(UnitState)
_SHAPES = {
    Role.GUARD: "guard",
    Role.PATROL: "patrol",
    Role.RESERVE: "reserve",
    Role.ATTACHED: "reserve",
    Role.AMBULANCE: "ambulance",
}
"""How units of a role are drawn."""


@dataclass(frozen=True)
class Played:
    """What a page shows.

    Attributes:
        run: The run.
        world: Its prepared scenario.
        chosen: The day.
        recordings: The day under each plan.
        command: What makes the page again.
    """

    run: Run
    world: World
    chosen: ChosenDay
    recordings: tuple[Recording, ...]
    command: str


def html(played: Played) -> str:
    """Return the page."""
    scenario = played.run.scenario
    weather = names.called(names.WEATHER, scenario.weather.name)
    titles = {s.name: shown(s.said_title) for s in scenario.strategies}
    standard = scenario.response.standard_minutes
    written = page(
        "sim.playback",
        "playback.html",
        words=words,
        title=scenario.said_title,
        setting=words.SETTING.format(region=scenario.region.title, weather=weather),
        partial=partial_sentences(played.run.replications, scenario.run.replications),
        rule=rule_sentence(played.chosen, titles[played.run.strategies[0]]),
        plans=[{"title": titles[one.strategy], "cost": cost_of(one)} for one in played.recordings],
        has_outlines=all(played.world.region.outlines) and bool(played.world.region.outlines),
        minutes=f"{standard:g}",
        command=played.command,
        seed=scenario.run.seed,
        siaga=played.run.manifest["siaga"],
        here=_HERE,
    )
    return written.replace(_HERE, embedded(data(played)))


def rule_sentence(chosen: ChosenDay, baseline: str) -> str:
    """Return which day is shown, and why."""
    return words.RULES[chosen.rule].format(
        day=chosen.day, days=chosen.days, baseline=baseline, votes=chosen.votes, least=chosen.least, most=chosen.most
    )


def cost_of(recording: Recording) -> str:
    """Return what the day cost the voters under a plan, in words."""
    lost = votes_disturbed_at(recording.log.tables["stations"]).sum()
    return words.COST.format(votes=int(lost))


def embedded(value: Any) -> str:
    """Return data as JSON that may stand in a script of a page: nothing in it ends the script or begins a tag."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def data(played: Played) -> dict[str, Any]:
    """Return all that the page's script draws from."""
    scenario, plane = played.run.scenario, Plane.around(played.world.region)
    names, standard = Names(played.world), scenario.response.standard_minutes
    return {
        "start": played.world.start,
        "end": played.world.end,
        "step": STEP_MINUTES,
        "open": scenario.voting.open,
        "fine": FINE,
        "tenths": _TENTHS,
        "states": [str(state) for state in _STATES],
        "unitStates": [str(state) for state in _UNIT_STATES],
        "map": ground(played.world.region, plane),
        "plans": [_plan(one, played, plane, names) for one in played.recordings],
        "incidents": _incidents(played, names),
        "words": {
            "controls": words.CONTROLS,
            "status": {k: v.format(minutes=standard) for k, v in words.STATUS.items()},
            "letters": words.LETTERS,
            "severities": words.SEVERITIES,
            "list": words.LIST,
            "clock": clock("{hours}:{minutes}"),
            "legend": {k: v.format(minutes=standard) if k == "coverage" else v for k, v in words.LEGEND.items()},
        },
    }


def _plan(one: Recording, played: Played, plane: Plane, names: Names) -> dict[str, Any]:
    coverage = one.log.tables["coverage"]
    moments, districts = len(one.covered_times), len(played.world.region.districts)
    covered = (coverage["voters_covered"] / np.maximum(coverage["voters"], 1)).reshape(moments, districts)
    total = coverage["voters_covered"].reshape(moments, districts).sum(axis=1)
    voters = coverage["voters"].reshape(moments, districts).sum(axis=1)
    return {
        "title": next(shown(s.said_title) for s in played.run.scenario.strategies if s.name == one.strategy),
        "units": _units(one, plane),
        "stations": [
            [value for moment in moments_of for value in (_tenths(moment.time), _STATES.index(moment.state))]
            for moments_of in one.stations
        ],
        "incidents": {identity: _steps(moments_of, plane) for identity, moments_of in one.incidents.items()},
        "closed": [[_tenths(when), sorted(roads)] for when, roads in one.closed],
        "events": [[_tenths(event.time), event.text] for event in events(one, names, played.run.scenario)],
        "coverage": {
            "times": [_tenths(time) for time in one.covered_times.tolist()],
            "districts": np.rint(100 * covered).astype(int).tolist(),
            "total": np.rint(1000 * total / np.maximum(voters, 1)).astype(int).tolist(),
            "stations": [np.packbits(row).tobytes().hex() for row in one.covered],
        },
    }


def _tenths(time: float) -> int:
    return round(time * _TENTHS)


def _units(one: Recording, plane: Plane) -> list[dict[str, Any]]:
    """Return the units: shape, name, what each does from when on, and the turning points of its way, as differences."""
    x, y = (np.rint(v * FINE).astype(np.int64) for v in (plane.x(one.lon), plane.y(one.lat)))
    needed = turning_points(one.lon, one.lat)
    found = []
    for i, spec in enumerate(one.units):
        at = np.flatnonzero(needed[i])
        rows = np.column_stack([at, x[i, at], y[i, at]])
        found.append(
            {
                "shape": _SHAPES[spec.role],
                "name": shown(names.unit(spec.name)),
                "people": spec.strength,
                "track": np.diff(rows, axis=0, prepend=0).ravel().tolist(),
                "states": [v for time, s in one.states[i] for v in (_tenths(time), _UNIT_STATES.index(s))],
            }
        )
    return found


def _steps(moments: list[Any], plane: Plane) -> list[list[int]]:
    """Return how a disturbance stood from when on: time, severity, people, officers, whether it is known, where."""
    return [
        [
            _tenths(m.time), int(m.severity), m.active, m.officers, int(m.known),
            round(float(plane.x(np.array(m.lon))) * FINE), round(float(plane.y(np.array(m.lat))) * FINE),
        ]
        for m in moments
    ]  # fmt: skip


def _incidents(played: Played, names: Names) -> list[dict[str, Any]]:
    """Return the incidents of all plans, in order of their first onset: what, where, and how each plan fared."""
    found: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(played.recordings):
        for row in incident_rows(one):
            entry = found.setdefault(
                str(row["incident"]),
                {
                    "id": str(row["incident"]),
                    "what": names.kind(row["kind"]),
                    "where": names.place(row["place_kind"], row["place"]),
                    "plans": [None] * len(played.recordings),
                },
            )
            entry["plans"][number] = {
                "onset": _tenths(float(row["onset"])),
                "worst": int(row["peak_severity"]),
                "first": _or_none(float(row["first_on_scene"]) - float(row["onset"])),
                "ended": _or_none(float(row["ended"]) * _TENTHS),
            }
    return sorted(found.values(), key=lambda entry: min(p["onset"] for p in entry["plans"] if p))


def _or_none(value: float) -> int | None:
    return None if value != value else round(value)
