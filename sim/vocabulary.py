"""The words of the model: severities, agencies, capabilities, states. One list of each, wherever it is used.

Words that are read by people or stored in tables are strings (:class:`~enum.StrEnum`); words that have an order, or
that compiled code reads, are whole numbers (:class:`~enum.IntEnum`).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How bad a disturbance is, after the crowd stages of police rules; the order is that of the numbers."""

    GREEN = 0
    """Orderly."""
    YELLOW = 1
    """Disorderly."""
    RED = 2
    """Violent."""

    @property
    def word(self) -> str:
        """The word in settings and tables: ``green``, ``yellow`` or ``red``."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """Return the severity of this word; any other word is a ``KeyError``."""
        return _BY_WORD[word]


_BY_WORD = {severity.word: severity for severity in Severity}


class Agency(StrEnum):
    """Whose people a unit is made of."""

    POLICE = "police"
    MOBILE_BRIGADE = "mobile_brigade"
    ARMY = "army"
    WARDENS = "wardens"
    MEDICAL = "medical"
    DISASTER = "disaster"
    LOCAL_GOVERNMENT = "local_government"

    @property
    def are_officers(self) -> bool:
        """Whether its people count as officers: police, mobile brigade, army; those of others are auxiliaries."""
        return self in (Agency.POLICE, Agency.MOBILE_BRIGADE, Agency.ARMY)


class BaseAgency(StrEnum):
    """Whose a base is, as the table of bases says it."""

    POLICE = "police"
    MOBILE_BRIGADE = "police mobile brigade"
    ARMY = "army"
    DISASTER = "disaster agency"
    MEDICAL = "medical"
    ELECTION = "election"
    OTHER = "other"
    """Somebody whom the model asks for nothing."""


class BaseKind(StrEnum):
    """What stands at a base."""

    HEADQUARTERS = "headquarters"
    SECTOR_POST = "sector post"
    FORWARD_POST = "forward post"
    RESERVE = "reserve"
    BASE = "base"
    AMBULANCE_BASE = "ambulance base"
    HOSPITAL = "hospital"
    INPATIENT_CLINIC = "inpatient clinic"
    OFFICE = "office"
    OTHER = "other"
    """Something else that can be named in a scenario."""


class VillageKind(StrEnum):
    """What a village is by law: an urban ward (kelurahan), or a village of its own (desa)."""

    WARD = "ward"
    VILLAGE = "village"


class Role(StrEnum):
    """What a unit is there for when nothing calls it."""

    GUARD = "guard"
    """Walks the round of its post's stations, or stands at an office."""
    PATROL = "patrol"
    """Drives the round of a district's villages, or waits at its sector post."""
    RESERVE = "reserve"
    """Waits at a base, under a strategy that pays for it."""
    ATTACHED = "attached"
    """Waits at a base under every strategy, and costs none of them anything."""
    AMBULANCE = "ambulance"


class Capability(StrEnum):
    """What people can do for those in trouble; what a disturbance asks for is told in the same words."""

    PRESENCE = "presence"
    """Officers, seen and there; and auxiliaries who make up for them, wardens by their effect."""
    CROWD_CONTROL = "crowd_control"
    """Officers in a formed unit."""
    NEGOTIATE = "negotiate"
    INVESTIGATE = "investigate"
    ESCORT = "escort"
    MEDICAL = "medical"
    """Ambulances standing by."""
    RESCUE = "rescue"
    """People of the disaster agency."""
    ENGINEERING = "engineering"
    """People who clear and repair, with their machines."""


class UnitState(StrEnum):
    """What a unit does at a moment; its stretches follow each other without gap."""

    POST = "post"
    """Idle, on the round of its stations."""
    FREE = "free"
    """Idle, on its round or at its base."""
    MOBILISING = "mobilising"
    TRAVELLING = "travelling"
    ON_SCENE = "on_scene"
    RETURNING = "returning"
    ESCORTING = "escorting"
    OFF_DUTY = "off_duty"

    @property
    def is_idle(self) -> bool:
        """Whether a unit in this state waits for orders."""
        return self in IDLE_STATES


IDLE_STATES = frozenset({UnitState.POST, UnitState.FREE})
"""The states of a unit that waits for orders."""


class StationState(StrEnum):
    """What a polling station is doing at a moment."""

    UNOPENED = "unopened"
    """Its hours have not begun; nothing keeps it from opening."""
    OPEN = "open"
    SHUT = "shut"
    """Nobody is let in; who is in the room is still served."""
    STOPPED = "stopped"
    """Nobody is served; people stay where they are."""
    EVACUATED = "evacuated"
    """It was emptied and the all-clear has not come."""
    RESTARTING = "restarting"
    """Nothing stops it any more; it serves again in a while."""
    CLOSED = "closed"
    """Its hours are over: who is in line still votes, then the votes are counted."""
    COUNTED = "counted"
    """The votes are counted; its boxes can leave."""
    ABANDONED = "abandoned"
    """Voting was given up; who has not voted waits for the follow-up poll."""


class Purpose(StrEnum):
    """What a task is for."""

    INCIDENT = "incident"
    CHECK = "check"
    """To see whether there is anything at all."""
    CASUALTY = "casualty"
    BOXES = "boxes"
    RELOCATION = "relocation"
    AREA_POST = "area_post"  # a post of an area that people have been told to leave


class EscortRule(StrEnum):
    """How a strategy brings ballot boxes home: each station's leave when they are loaded.

    Officers go with the last of a village, and with those that wait for it (``response.escort.gather_minutes``).
    """

    CREW_AND_WARDEN = "crew_and_warden"
    """Each station's boxes leave when they are loaded, with the crew and a warden; no officers come along."""
    PAIR_EACH_VILLAGE = "pair_each_village"
    """The pair of a post of a village goes with the last of its boxes and those that wait for them."""
    CONVOY_BY_DISTRICT = "convoy_by_district"
    """A patrol or reserve of the district does, and calls at villages on the way whose boxes come while it may wait."""
    RESERVE_ESCORTS = "reserve_escorts"
    """Whatever patrol or reserve is free does."""


class BoxState(StrEnum):
    """Where a station's ballot boxes are at a moment."""

    IN_USE = "in_use"
    """Votes are cast or counted, or the station stands still."""
    WAITING = "waiting"
    """Counted or sealed, at the station or in the middle of its village."""
    ON_THE_WAY = "on_the_way"
    HANDED_OVER = "handed_over"
    """At the office of the district."""


class Outcome(StrEnum):
    """How a task ended: each ends in one of these ways."""

    DONE = "done"
    """It was carried out: the unit was there until it was released, the boxes or the casualty were handed over."""
    RECALLED = "recalled"
    """It was no longer needed before the unit was there."""
    CUT_OFF = "cut_off"
    """A road closed, no way was left, and it did not open while the unit waited."""
    DIVERTED = "diverted"
    """The unit was given another task instead."""
    WITHDRAWN = "withdrawn"
    """Somebody decided to take the unit away."""
    DAY_END = "day_end"
    """Still under way when the simulated day stopped."""


class Verdict(StrEnum):
    """What a rule of dispatch says of each unit: why it was sent, or why not."""

    SENT = "sent"
    NOT_NEEDED = "not_needed"
    """It could have gone, but others sufficed."""
    BUSY = "busy"
    HELD_BACK = "held_back"
    """The strategy keeps it for something worse, somebody holds it, or it is off duty."""
    TOO_FAR = "too_far"
    NOT_ABLE = "not_able"
    """It has nothing of what is asked for."""
    CUT_OFF = "cut_off"
    NOT_AGREED = "not_agreed"
    NOT_CALLED = "not_called"
    """It could be called at this severity, but by sector posts alone, not by the centre that asks."""


class Force(StrEnum):
    """What potential response is told of: how soon free units could bring so much to a place."""

    FIRST = "first"
    """The first officers, other than the guards of the place's own post."""
    FIRST_WITH_GUARDS = "first_with_guards"
    """The same, guards of the place's own post counted too."""
    BACKUP = "backup"
    """A second unit with officers."""
    YELLOW = "yellow"
    """What ``response.force.yellow`` asks for."""
    RED = "red"
    """What ``response.force.red`` asks for."""


class Cause(StrEnum):
    """Why a response was late, or that it was not: each disturbance that asks for officers has one of these."""

    IN_TIME = "in_time"
    LATE_REPORT = "late_report"
    DESK_BUSY = "desk_busy"
    NOBODY_FREE = "nobody_free"
    HELD_BACK = "held_back"
    NOT_ABLE = "not_able"
    """There was nobody who could do what was asked for."""
    FAR = "far"
    ROAD_CLOSED = "road_closed"
    TOO_FEW = "too_few"
    """Officers came in time, but never all that it asked for when it was red."""
    NOT_AGREED = "not_agreed"
    NOT_CALLED = "not_called"
    OVER_BEFORE = "over_before"
    """It was over before officers could have been late."""


class Ending(StrEnum):
    """How a disturbance ended."""

    OPEN = "open"
    """Still going on when the simulated day stopped."""
    CONTAINED = "contained"
    FADED = "faded"
    RESOLVED = "resolved"
    EXPIRED = "expired"


class Origin(StrEnum):
    """Where a disturbance comes from."""

    SCRIPTED = "scripted"
    BACKGROUND = "background"
    FOLLOWER = "follower"
    CONDITION = "condition"


class PlaceKind(StrEnum):
    """The kinds of place where something can happen."""

    STATION = "station"
    BASE = "base"
    """Where units wait, people are cared for, or an office stands."""
    ROAD = "road"
    AREA = "area"
    """A village, or all villages of a district."""


class Access(StrEnum):
    """How one gets from the middle of a village to a station in it."""

    ROAD = "road"
    MOTORCYCLE = "motorcycle"
    """By a track on which only motorcycles go: who comes in anything else walks."""
    FOOT = "foot"


class Fate(IntEnum):
    """What can become of a voter; the numbers are the columns of the compiled station's counts."""

    VOTED = 0
    LOST_DETERRED = 1
    """Stayed away from a disturbance or from visible force, and did not come later."""
    LOST_IMPATIENT = 2
    """Left the entrance line after waiting (reneged), and did not come back."""
    LOST_EVACUATED = 3
    """Sent away by an evacuation, and did not come back."""
    DEFERRED = 4
    """At an abandoned station: waits for the follow-up poll."""
    IN_LINE = 5
    """Still before the first service."""
    IN_ROOM = 6
    """Still between the first service and the way out."""
    AWAY = 7
    """Has not come yet, or may come back; nobody after closing."""
    LOST_BALKED = 8
    """Went away at the sight of the line (balked), and did not come back."""
    LOST_UNSUPPLIED = 9
    """Found that there were no ballots left."""
