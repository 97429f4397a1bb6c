"""What the texts of injects are made with: the names of the place, what is expected over all days, an empty form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

from sim.config.fields import clock_in_words
from sim.config.kinds import Kind
from sim.day.world import World
from sim.exercise.expected import Expected
from sim.exercise.inject import EVERYBODY, Inject, InjectType, Party
from sim.exercise.pack.events import ModelEvent, OfIncident
from sim.region.place import AreaPlace, Place, RoadPlace, StationPlace
from sim.region.region import VULNERABILITY
from sim.report.need import in_words
from sim.strength import NOBODY
from sim.text import shown
from sim.vocabulary import PlaceKind, Severity
from sim.words import exercise as words
from sim.words import exercise_injects as said
from sim.words import names

PUBLIC = (Party.POLICE, Party.COMMISSION, Party.SUPERVISOR, Party.LOCAL_GOVERNMENT)
"""Who answers the public."""
ELECTION = (Party.POLICE, Party.COMMISSION, Party.SUPERVISOR, Party.WARDENS)
"""Whom trouble of a station concerns that is nobody's doing."""
_LISTED = 4
"""Stations that are named before the others are counted."""


@dataclass(frozen=True, eq=False)
class Teller:
    """Who tells the events of a day.

    Attributes:
        world: The prepared scenario.
        ranges: When each milestone of an incident that every day has is to be expected, by its identity and column.
    """

    world: World
    ranges: Mapping[str, Mapping[str, Expected]] = field(default_factory=dict)

    def place(self, kind: PlaceKind, code: str) -> Place:
        """Return a place by its kind and code."""
        return self.world.gazetteer.find(code, "place", (kind,))

    def place_name(self, facts: OfIncident) -> str:
        """Return where an incident is."""
        return self.world.gazetteer.name_of(self.place(facts.place_kind, facts.place))

    def kind(self, facts: OfIncident) -> Kind:
        """Return what kind an incident is of."""
        return self.world.scenario.kinds[facts.kind]

    def stations(self, indices: Sequence[int]) -> str:
        """Return the names of stations, the first of many."""
        named = [self.world.gazetteer.name_of(self.world.gazetteer.station_place(i)) for i in indices[:_LISTED]]
        more = len(indices) - len(named)
        first = ", ".join(named)
        return said.MORE.format(first=first, more=more) if more else first

    def district(self, station: int) -> str:
        """Return the name of a station's district."""
        gazetteer = self.world.gazetteer
        return gazetteer.name_of(gazetteer.area_of_district(int(self.world.region.stations.district[station])))

    def village(self, node: int) -> str:
        """Return the name of the village or place at a node."""
        return self.world.gazetteer.name_of(self.world.gazetteer.area_of_village(node))

    def ends(self, road: int) -> dict[str, str]:
        """Return the names of both ends of a road."""
        roads = self.world.region.roads
        return {"a": self.village(int(roads.u[road])), "b": self.village(int(roads.v[road]))}

    def files(self, place: Place) -> str:
        """Return what is known of a place beforehand."""
        region, name = self.world.region, self.world.gazetteer.name_of(place)
        match place:
            case StationPlace():
                registered = int(region.stations.registered[place.station])
                known = names.called(
                    names.VULNERABILITY, VULNERABILITY[int(region.stations.vulnerability[place.station])]
                )
                return said.FILES["station"].format(
                    place=name, registered=registered, vulnerability=known, district=self.district(place.station)
                )
            case AreaPlace():
                registered = int(region.stations.registered[list(place.stations)].sum())
                return said.FILES["area"].format(place=name, stations=len(place.stations), registered=registered)
            case RoadPlace():
                return said.FILES["road"].format(place=name, km=float(region.roads.km[place.road]))
        return said.FILES["base"].format(place=name, village=self.village(place.node))

    def votes_at(self, time: float) -> bool:
        """Whether people may still come to vote at a time, minutes after midnight."""
        return time < self.world.scenario.voting.close

    def module(self, time: float) -> str:
        """Return the part of the exercise that a time falls into."""
        voting = self.world.scenario.voting
        return words.MODULES["opening" if time <= voting.open else "disturbance" if time < voting.close else "closing"]

    def expected(self, event: ModelEvent, *columns: str) -> str:
        """Return when something happens on the day played, and over all days where they have it."""
        lines = [said.NOTES["played"].format(time=clock_in_words(event.time))]
        found = self.ranges.get(event.name)
        if found is None:
            lines.append(said.NOTES["only_here"])
        elif known := [c for c in columns if c in found]:
            days = found[known[0]].days
            ranges = "; ".join(f"{words.MILESTONES[c]} {found[c].words}" for c in known)
            lines.append(said.NOTES["ranges"].format(days=days, ranges=ranges))
        return "\n".join(lines)

    def inject(
        self, sort: InjectType, time: float | None, title: str, text: str, *, at: float, delivery: str = "spoken",
        sender: str = "control", recipient: str = "centre", group: tuple[Party, ...] = EVERYBODY, event: str = "",
        note: str = "", action: str = "", objective: str = "lead", learning: str = "", decision: str = "",
        condition: str = "", minutes: int = 10,
    ) -> Inject:  # fmt: skip
        """Return an inject, not yet numbered.

        Args:
            sort: What sort of message it is.
            time: When it is due, minutes after midnight; None: by its condition alone.
            title: Its title, for the control team.
            text: What players are told.
            at: When it belongs, which gives the part of the exercise.
            delivery: Key of how it comes; ``sender``, ``recipient`` and ``objective`` are keys likewise.
            sender: From whom.
            recipient: To whom.
            group: Who gets it.
            event: Key of the event that it tells of.
            note: For the facilitator.
            action: What a good team does.
            objective: Which objective it serves.
            learning: What to take away.
            decision: The decision asked for.
            condition: When it is delivered, if not by time.
            minutes: Longest time to spend on it.
        """
        due = None if time is None or isnan(time) else float(time)
        return Inject(
            seq=0, module=self.module(at), group=group, time=due, type=sort, delivery=words.DELIVERIES[delivery],
            sender=words.PEOPLE[sender], recipient=words.PEOPLE[recipient], title=title, text=shown(text, lines=True),
            note=note, expected_action=action, objective=words.OBJECTIVES[objective], learning_point=learning,
            longest_minutes=minutes, decision=decision, condition=condition, model_event=event,
            controller=words.PEOPLE["team"],
        )  # fmt: skip


def needs(kind: Kind, severity: Severity) -> str:
    """Return what a severity of a kind asks for, in words; empty for nothing."""
    return in_words(kind.needs.get(severity, NOBODY))
