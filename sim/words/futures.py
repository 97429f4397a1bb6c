"""Every word of the answers about futures that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

BASELINE = "The plan goes on, nothing is decided"
MEASURES = {
    "first_officers": "From now to the first officers on scene",
    "reinforcement": "From now to the first unit that was sent",
    "green_force": "From now to the whole force that it asks for while green",
    "yellow_force": "From now to the whole force that it asks for when yellow",
    "red_force": "From now to the whole force that it asks for when red",
    "peak_crowd": "Most people in the crowd from now on",
    "over": "From now until it is over",
    "votes_lost": "Votes lost in the whole region, until {until}",
    "people_hurt": "People hurt from now on in the whole region, until {until}",
    "officers_hurt": "Officers hurt from now on in the whole region, until {until}",
    "stations_evacuated": "Stations evacuated on this day, until {until}",
    "stations_abandoned": "Stations where voting or the count is given up, until {until}",
}
MEASURES_OF_ALL = {
    **MEASURES,
    "first_officers": "From onset to the first officers on scene, the middle one of the incidents to come",
    "reinforcement": "From onset to the first unit that was sent, the middle one of the incidents to come",
    "green_force": "From green to the whole force that it asks for, the middle one of the incidents to come",
    "yellow_force": "From yellow to the whole force that it asks for, the middle one of the incidents to come",
    "red_force": "From red to the whole force that it asks for, the middle one of the incidents to come",
    "peak_crowd": "Most people in one crowd, of the incidents to come",
    "over": "From onset until it is over, the middle one of the incidents to come",
}
"""The same where the question is about no incident in particular."""
UNITS = {"minutes": "min", "people": "people", "votes": "votes", "stations": "stations"}

RANGE = "about {middle}, between {low} and {high} {unit}"
ONE_VALUE = "{middle} {unit}"
"""A range whose ends are the same."""
IN_SOME = "{range}; in {happened:,} of {futures:,} futures"
IN_SOME_NEVER = "{range}; in {happened:,} of {futures:,} futures, never in {never:,}"
ALREADY = "before now"
NEVER = "never in {never:,} of {futures:,} futures"
NOT_ASKED = "not asked for"
SAME = "the same in each of {futures:,} futures"
BETTER = "better in {less:,}, the same in {same:,}, worse in {more:,} of {futures:,} futures"
LESS = "fewer in {less:,}, as many in {same:,}, more in {more:,} of {futures:,} futures"
BY = "{shares}; by about {middle}, between {low} and {high} {unit}"
BY_SOME = "{shares}; by about {middle}, between {low} and {high} {unit} in the {both:,} in which it happens either way"

translate(__name__)
