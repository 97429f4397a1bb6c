"""What a future is asked: how a disturbance goes on, and what it costs voters, people and stations."""

from __future__ import annotations

from enum import StrEnum
from math import inf

from sim.config.fields import clock_in_words
from sim.vocabulary import Severity
from sim.words import futures as words

NEVER = inf
"""The value of a time where the thing was asked for and did not come: later than any time."""
NOT_ASKED = -inf
"""The value where nothing of the kind was asked for: there was no such severity, no crowd, no such disturbance."""


class Unit(StrEnum):
    """In what a measure counts."""

    MINUTES = "minutes"
    PEOPLE = "people"
    VOTES = "votes"
    STATIONS = "stations"


class Measure(StrEnum):
    """What is told of each future. Times are minutes; see :func:`sim.exercise.futures.sample.sample_of`."""

    FIRST_OFFICERS = "first_officers"
    """Until the first officers are there, those of the post itself among them."""
    REINFORCEMENT = "reinforcement"
    """Until the first unit is there that had to be sent."""
    GREEN_FORCE = "green_force"
    """Until all are there whom the severity green asks for; the next two alike."""
    YELLOW_FORCE = "yellow_force"
    RED_FORCE = "red_force"
    PEAK_CROWD = "peak_crowd"
    """The most people who take part at one time from now on."""
    OVER = "over"
    """Until it is over."""
    VOTES_LOST = "votes_lost"
    """Votes of the calm twin of the same future that are not cast in it, in the whole region."""
    PEOPLE_HURT = "people_hurt"
    """People hurt from now on, in the whole region; officers are counted by themselves."""
    OFFICERS_HURT = "officers_hurt"
    STATIONS_EVACUATED = "stations_evacuated"
    """Stations that are emptied once or more often on the day until then."""
    STATIONS_ABANDONED = "stations_abandoned"
    """Stations where voting, or the count, is given up on the day until then."""

    @property
    def unit(self) -> Unit:
        """In what it counts."""
        if self is Measure.VOTES_LOST:
            return Unit.VOTES
        if self in (Measure.STATIONS_EVACUATED, Measure.STATIONS_ABANDONED):
            return Unit.STATIONS
        people = (Measure.PEAK_CROWD, Measure.PEOPLE_HURT, Measure.OFFICERS_HURT)
        return Unit.PEOPLE if self in people else Unit.MINUTES

    @property
    def less_is_better(self) -> bool | None:
        """Whether less is better; None: that is for people to judge, since leaving a station saves and costs."""
        return None if self is Measure.STATIONS_EVACUATED else True


def title(measure: Measure, until: float, *, of_one: bool) -> str:
    """Return the title of a measure in the language that is spoken.

    Args:
        measure: The measure.
        until: Until when is counted, minutes after midnight.
        of_one: Whether it is asked about one disturbance, the focus; else about all that begin from now on.
    """
    titles: dict[str, str] = words.MEASURES if of_one else words.MEASURES_OF_ALL
    return titles[measure.value].format(until=clock_in_words(until))


FORCES = {
    Severity.GREEN: Measure.GREEN_FORCE,
    Severity.YELLOW: Measure.YELLOW_FORCE,
    Severity.RED: Measure.RED_FORCE,
}
"""The measure of the force that each severity asks for."""
