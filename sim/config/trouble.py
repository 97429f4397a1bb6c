"""Settings of ordinary trouble at stations: opened late, a booth out of use, ballots short, the poll put off.

Some is drawn anew each day (``voting.trouble``), some a scenario writes down (``troubles``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.distribution import Lapse
from sim.config.fields import Clock, Count, ForATime, Name, Settings, Share, Size


class LateOpening(Settings):
    """Stations that open late."""

    share: Share
    """Share of stations."""
    delay: Lapse
    """After opening time."""


class OutOfUse(Settings):
    """Stations where servers of a stage cannot be used for a time: a booth torn, an officer ill."""

    share: Share
    """Share of stations."""
    stage: Name | None
    """Name of a stage; null: the one with most servers, the first of several."""
    servers: Size
    """How many cannot be used; who is being served there is still served."""
    duration: Lapse
    """It begins at any time of the polling hours."""


class ShortBallots(Settings):
    """Stations that were sent too few ballots."""

    share: Share
    """Share of stations."""
    missing_share: Share
    """Share of a full delivery that is missing there."""


class PutOff(Settings):
    """Stations whose poll is put off to another day by what no disturbance causes: wrong ballots, wrong procedure.

    Who has not voted by then waits for the follow-up poll. Those who have voted, and have to vote again where the poll
    is held anew, are not counted a second time.
    """

    later_share: Share
    """Share of stations that do not open: their poll is held later."""
    stopped_share: Share
    """Share of stations where voting is stopped, at any time of the polling hours: their poll is continued, or held
    again, on another day."""


class Trouble(Settings):
    """Ordinary trouble, drawn anew each day and the same under every strategy."""

    late_opening: LateOpening
    out_of_use: OutOfUse
    short_ballots: ShortBallots
    put_off: PutOff


class ScriptedLateOpening(Settings):
    """A station, or every station of a village or district, opens at this time."""

    what: Literal["late_opening"]
    place: Name
    """A station, or a village or district: all its stations."""
    opens_at: Clock
    """When it opens."""


class ScriptedOutOfUse(ForATime):
    """Servers of one stage cannot be used between two times."""

    what: Literal["out_of_use"]
    place: Name
    """A station, or a village or district: all its stations."""
    stage: Name
    """Name of a stage in ``voting.stages``."""
    servers: Size = 1
    """How many of its servers cannot be used."""


class ScriptedShortBallots(Settings):
    """A station has only so many sets of ballots."""

    what: Literal["short_ballots"]
    place: Name
    """A station, or a village or district: all its stations."""
    ballots: Count
    """How many sets there are at each station."""


class ScriptedPutOff(Settings):
    """The poll of a station is put off to another day: wrong ballots, wrong procedure."""

    what: Literal["put_off"]
    place: Name
    """A station, or a village or district: all its stations."""
    stopped_at: Clock | None = None
    """When voting is stopped there, within the polling hours; null: it does not open."""


SCRIPTED_TROUBLES = (ScriptedLateOpening, ScriptedOutOfUse, ScriptedShortBallots, ScriptedPutOff)
"""All sorts of trouble that a scenario may write down."""
ScriptedTrouble = Annotated[
    ScriptedLateOpening | ScriptedOutOfUse | ScriptedShortBallots | ScriptedPutOff, Field(discriminator="what")
]
"""Trouble that a scenario writes down: it happens every day, at every station of the place."""
