"""The words of the evacuation of an area: remarks before it, and what came of it."""

from __future__ import annotations

from sim.words.language import translate

TOO_FEW_PLACES = (
    "The shelters hold {places:,} people and {people:,} are expected to leave: {without:,} will be without a place."
)
NO_BUSES = "{people:,} people have no own transport, and the plan has no bus for them."
NEVER_WARNED = "No channel of warning reaches {places}: whoever lives there stays."

TITLE = (
    "{title}: {people:,} people in {villages} villages, {shelters} shelters, {buses} buses. Ordered by {decided_by}."
)
SAFE = "Safe: {safe:,} of {wanted:,} who wanted to leave; {refused:,} stayed."
TIMES = "Half after {t50}, 90 % after {t90}, 95 % after {t95}, the last after {last}."
BOUND = "No plan with these people, roads and buses ends before {bound}: the last is {ratio} times that."
BOUND_ALONE = "No plan with these people, roads and buses ends before {bound}."
BEHIND = "Left behind: {waiting:,} at the assembly points, {dead_end:,} in a dead end, {without:,} without a place."
GIVEN_UP = "Given up while {moving:,} were still on their way."
HELD_UP = {
    "warning": "The last tenth to be safe lost most of its time before leaving home: {minutes} on average.",
    "road": "The last tenth to be safe lost most of its time in queues on the roads: {minutes} on average.",
    "buses": "The last tenth to be safe lost most of its time waiting for a bus: {minutes} on average.",
    "reception": "The last tenth to be safe lost most of its time at the gate of a shelter: {minutes} on average.",
}
NEAREST = "Nearest to the danger, {name} is empty after {minutes}."
SHELTER = "  {name}: {inside:,} of {places:,} places"
MINUTES = "{minutes:.0f} min"
NEVER = "never"
FIGURES = {
    "curve": "People safe",
    "curve_x": "Minutes after the order",
    "curve_y": "Safe, share of those who wanted to leave",
    "bound": "Bound: free roads, no waiting",
    "left": "Have left home",
    "bus_bound": "Bus bound",
    "road_bound": "Quickest flow of own transport",
    "flows": "Own transport on each road, people",
    "village": "Village that leaves",
    "shelter": "Shelter",
    "base": "Buses start here",
    "queue": "Queue, longest in all: {minutes:,.0f} person minutes",
}

translate(__name__)
