"""What orders consist of: plain rows, with names beside codes. How they look is the renderers' business.

Minutes are minutes, times of day minutes after midnight. No names of persons: a column for telephone numbers is left
empty wherever these are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.echelon import Echelon
from sim.triage import Triage
from sim.vocabulary import Agency, Severity


class Kind(StrEnum):
    """What a duty is, in the order in which a page has them."""

    POST = "post"
    """Officers and wardens at stations."""
    WARDENS = "wardens"
    """Wardens alone at stations."""
    PATROL = "patrol"
    OFFICE = "office"
    """A standing guard, out of the routine duty."""
    SECTOR = "sector"
    """A sector post's own patrol, out of the routine duty; it waits at its base."""


@dataclass(frozen=True)
class Station:
    """A polling station as a page shows it.

    Attributes:
        code: Its code.
        name: Its name.
        village: Name of its village.
        district: Index of its district.
        registered: Registered voters.
        vulnerability: Its class: ``low``, ``high`` or ``very_high``.
    """

    code: str
    name: str
    village: str
    district: int
    registered: int
    vulnerability: str


@dataclass(frozen=True)
class Visit:
    """One place of a duty.

    Attributes:
        place: Its name.
        village: Name of its village; empty where the place is one.
        station: The station that it is; None when it is none.
        wardens: Wardens there, whole persons.
        minutes: Minutes by road from the place before; None for the first, infinite where no road leads there.
        there: When somebody is there who begins at the first place when stations open, or his own shift begins; None
            where he never is.
    """

    place: str
    village: str
    station: Station | None
    wardens: int
    minutes: float | None
    there: float | None


@dataclass(frozen=True)
class Duty:
    """Somebody who is told where to stand or drive.

    Attributes:
        kind: What it is.
        name: Its name: that of its unit, without what it is; of the routine duty, that of its office or base.
        officers: Officers, all places together.
        wardens: Wardens, all places together.
        vehicle: Name of the vehicle; empty where nobody drives.
        reports_to: Name of the base that it reports to; empty: to the operations centre.
        visits: Its places in order; one where it stands still.
        round_minutes: One whole round, stays and the way back included; 0 for who stands still.
        stay_minutes: How long it stays at each place of a round.
        shift: When its shift begins and ends; None: it has none of its own.
    """

    kind: Kind
    name: str
    officers: int
    wardens: int
    vehicle: str
    reports_to: str
    visits: tuple[Visit, ...]
    round_minutes: float = 0.0
    stay_minutes: float = 0.0
    shift: tuple[float, float] | None = None


@dataclass(frozen=True)
class Elsewhere:
    """A station of a district whose guards come from a post of another one, or from none.

    Attributes:
        station: The station.
        post: Name of that post; empty: no post has it.
        district: Name of the district whose page has the post; empty when no post has it.
    """

    station: Station
    post: str
    district: str


@dataclass(frozen=True)
class DistrictOrders:
    """One page: what happens in one district.

    Attributes:
        code: Its code.
        name: Its name.
        reports_to: The base that all on this page report to; empty: the operations centre.
        stations: How many polling stations it has.
        registered: Their registered voters.
        duties: Who stands or drives there, kind by kind.
        elsewhere: Its stations that are on another district's page, or in no post.
    """

    code: str
    name: str
    reports_to: str
    stations: int
    registered: int
    duties: tuple[Duty, ...]
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True)
class Task:
    """Where a reserve is likely to be sent first.

    Attributes:
        station: The station.
        district: Name of its district.
        minutes: From the report to being there, on average: alarm, getting ready, the road.
    """

    station: Station
    district: str
    minutes: float


@dataclass(frozen=True)
class Waiting:
    """Teams that wait at one base and are alike.

    Attributes:
        names: Their names.
        agency: Whose they are.
        base: Name of the base.
        people: People of each team; an ambulance counts one crew.
        vehicle: Name of the vehicle.
        ready: Minutes from the order to departure, on average.
        from_severity: The severity from which they may be sent.
        callers: The command posts that may call them, in the order in which they hear of a disturbance.
        shift: When their shift begins and ends; None: they have none of their own.
        carries: Gravest injuries that they carry; None: they carry nobody.
        places: Injured people they carry at one time.
    """

    names: tuple[str, ...]
    agency: Agency
    base: str
    people: int
    vehicle: str
    ready: float
    from_severity: Severity
    callers: tuple[Echelon, ...]
    shift: tuple[float, float] | None = None
    carries: Triage | None = None
    places: int = 0


@dataclass(frozen=True)
class ReserveOrders:
    """Reserve teams with their first tasks.

    Attributes:
        teams: The teams.
        tasks: Stations that they reach first, the most vulnerable before the nearest.
        in_time: Whether the tasks are within the standard time; otherwise they are the nearest there are.
        more: Further stations within the standard time that are not listed.
    """

    teams: Waiting
    tasks: tuple[Task, ...]
    in_time: bool
    more: int


@dataclass(frozen=True)
class House:
    """A hospital or clinic: name, beds kept, people received at one time, the gravest injuries it takes."""

    name: str
    beds: int
    intake: int
    takes: Triage


@dataclass(frozen=True)
class Total:
    """What one district spends; ``name`` is empty for what lies outside all districts.

    Attributes:
        name: The district.
        stations: Its polling stations.
        registered: Their registered voters.
        posts: Posts with officers on its page.
        at_posts: Officers at posts.
        on_patrol: Officers on patrol.
        in_reserve: Officers in reserve at its bases.
        wardens: Wardens of its posts.
        routine: Officers of the routine duty: sector patrols and standing guards.
    """

    name: str
    stations: int
    registered: int
    posts: int
    at_posts: int
    on_patrol: int
    in_reserve: int
    wardens: int
    routine: int

    @property
    def officers(self) -> int:
        """Officers of the operation."""
        return self.at_posts + self.on_patrol + self.in_reserve


@dataclass(frozen=True)
class Budget:
    """What the operation has of one agency and what the strategy spends of it, people."""

    available: int
    spent: int

    @property
    def left(self) -> int:
        """People whom it gives nothing to do."""
        return self.available - self.spent


@dataclass(frozen=True)
class Orders:
    """The orders of one strategy.

    Attributes:
        region: Title of the region.
        strategy: Name of the strategy.
        title: Its title.
        weather: The weather that all minutes are reckoned in.
        opens: When stations open.
        closes: When they close.
        standard_minutes: The standard time from report to first officers.
        districts: A page each, in the order of the region.
        outside: Duties that belong to no district.
        reserves: Reserve teams.
        attached: Teams of other agencies.
        ambulances: Ambulances and cars of clinics.
        houses: Hospitals and clinics.
        rules: Sentences: how boxes come home, who has stations left, who asks for attached teams, and how long teams
            are on duty where that is not all day.
        totals: What each district spends, in the same order; what is outside last, where there is anything.
        police: The officers of the operation.
        wardens: Its wardens.
        command: The command that makes these orders again.
    """

    region: str
    strategy: str
    title: str
    weather: str
    opens: float
    closes: float
    standard_minutes: float
    districts: tuple[DistrictOrders, ...]
    outside: tuple[Duty, ...]
    reserves: tuple[ReserveOrders, ...]
    attached: tuple[Waiting, ...]
    ambulances: tuple[Waiting, ...]
    houses: tuple[House, ...]
    rules: tuple[str, ...]
    totals: tuple[Total, ...]
    police: Budget
    wardens: Budget
    command: str
