"""What is said of a file in which nothing is wrong."""

from __future__ import annotations

from sim.words.language import translate

FINE = "{file}: fine. {title}"
REGION = (
    "{region}; {districts:,} districts, {villages:,} villages, {stations:,} stations, {voters:,} registered voters."
)
ROADS = "{roads:,} roads, {bases:,} bases and offices"
PLAN = "{title}; checked in {region}."
PEOPLE = "{people:,} people in {villages} villages; {shelters} shelters for {places:,}"
BUSES = "{buses} buses; {posts} posts for {officers} officers"
STRATEGY = "{title}; checked in scenario {scenario}, in {region}."
SPENDS = "spends {spent}; officers: {roles}"
SPENT = {
    "police": "{spent:,} police (unspent {left:,})",
    "wardens": "{spent:,} wardens (unspent {left:,})",
}
"""By agency."""
IN_ROLE = {
    "guard": "{officers:,} in guards",
    "patrol": "{officers:,} in patrols",
    "reserve": "{officers:,} in reserves",
}
UNITS = "{posts:,} guard posts; {units:,} units in all, with those that are there in any case"
KIND = "{title}; at {places}; course: {course}; checked in scenario {scenario}."
SEVERITY = "{severity} needs {needs}; does {effects}"
LEAVES = "Leaves behind: {traces}"
NEED = "{number:,} {capability}"
NOBODY = "nobody"
NOTHING = "nothing"
SCENARIO = "{title}; {count} strategies in {region}."

translate(__name__)
