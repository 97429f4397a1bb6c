"""What no strategy may change on one day: its random numbers, and its calm twin. Drawn once, shared by all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.day.world import World
from sim.disturbance.scripted import Scripted
from sim.disturbance.sources.elsewhere import Ground, draw_elsewhere
from sim.disturbance.sources.hazard import Possible, draw_candidates, possible
from sim.disturbance.sources.moments import Moments
from sim.disturbance.sources.script import draw_script
from sim.errors import UserError
from sim.streams import Seeds, Streams
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import StationTable
from sim.voting.replays import Replays
from sim.voting.splice import BranchVoters
from sim.voting.trouble import Troubles, draw_troubles
from sim.voting.trouble import scripted as with_scripted
from sim.voting.twin import CalmLater, calm_day
from sim.words.language import gettext as _


@dataclass(frozen=True, eq=False)
class DayDraws:
    """The shared random numbers of one day.

    Attributes:
        voters: Everything random about the voters.
        troubles: Ordinary trouble.
        scripted: The scenario's disturbances, those that are drawn each day with their time and place.
        onsets: Disturbances that may start by themselves at stations and boxes.
        elsewhere: Those that may start by themselves on other grounds.
        calm: The day of all stations without any disturbance; of a branch, when somebody asks for it.
        seeds: The seeds of the day's streams; whoever plays it draws from the start of each.
        replays: Plays stations, and keeps what came of them where the day is played more than once.
    """

    voters: VoterDraws
    troubles: Troubles
    scripted: tuple[Scripted, ...]
    onsets: Sequence[Possible]
    elsewhere: Mapping[Ground, Moments]
    calm: StationTable
    seeds: Seeds
    replays: Replays


@dataclass(frozen=True, eq=False)
class Trunk:
    """What all branches of one day are drawn from: its own voters and its ordinary trouble.

    Attributes:
        replication: Number of the day.
        voters: Everything random about the day's own voters.
        troubles: Ordinary trouble.
    """

    replication: int
    voters: VoterDraws
    troubles: Troubles


def draw_trunk(world: World, replication: int) -> Trunk:
    """Draw what all branches of one day share; whoever draws many of them does it once.

    Args:
        world: The prepared scenario.
        replication: Number of the day.

    Raises:
        UserError: For a number of a day that is none.
    """
    check_course(replication, 0, math.inf)
    return _trunk(world, replication, Streams(world.scenario.run.seed, replication))


def draw_day(
    world: World,
    replication: int,
    *,
    branch: int = 0,
    fork: float = math.inf,
    trunk: Trunk | None = None,
    again: bool = False,
) -> DayDraws:
    """Draw one day's voters, trouble and onset candidates.

    Args:
        world: The prepared scenario.
        replication: Number of the day.
        branch: 0: the day itself; another number: another course of it from ``fork`` on.
        fork: Who arrives, and what may start, from this time on is drawn from the branch; minutes after midnight.
        trunk: What all branches of this day share, of this world, if it has been drawn before; nothing else comes of
            it.
        again: Whether the day is played more than once on these draws, so that what stations do is worth keeping.

    Raises:
        UserError: For a number of a day or branch that is none, or a fork that is no time.
    """
    check_course(replication, branch, fork)
    seed = world.scenario.run.seed
    streams = Streams(seed, replication)
    if trunk is None or trunk.replication != replication:
        trunk = _trunk(world, replication, streams)
    voters, troubles = trunk.voters, trunk.troubles
    if branch:
        voters = _forked(voters, _voters(world, Streams(seed, replication, branch, fork=-math.inf)), fork, world)
    voting, stations = world.scenario.voting, world.region.stations
    replays, kept_away = Replays(voters, voting, keeps=again), np.zeros(len(stations))
    if branch:
        calm: StationTable = CalmLater(voters, voting, kept_away, troubles, replays)
    else:
        calm = calm_day(voters, voting, kept_away, troubles)
    plan, course = world.disturbances, Streams(seed, replication, branch, fork=fork)
    return DayDraws(
        voters=voters,
        troubles=troubles,
        scripted=draw_script(plan, course),
        onsets=possible(plan, draw_candidates(plan, course)),
        elsewhere=draw_elsewhere(plan, troubles.opens_at > voting.open, course),
        calm=calm,
        seeds=streams.seeds,
        replays=replays,
    )


def check_course(replication: int, branch: int, fork: float) -> None:
    """Refuse what names no course of a day.

    Raises:
        UserError: Naming it, its value, and what is needed.
    """
    for name, number in (("replication", replication), ("branch", branch)):
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**64:
            raise UserError(_("{name} = {number!r}: a whole number from 0 is needed").format(name=name, number=number))
    if not isinstance(fork, (int, float)) or math.isnan(fork):
        raise UserError(
            _("fork = {fork!r}: minutes after midnight are needed, such as 615 for 10:15").format(fork=fork)
        )


def _trunk(world: World, replication: int, streams: Streams) -> Trunk:
    registered, voting = world.region.stations.registered, world.scenario.voting
    voters = _voters(world, streams)
    drawn = draw_troubles(registered, voting, streams)
    return Trunk(replication, voters, with_scripted(drawn, world.troubles, voting.open))


def _forked(day: VoterDraws, branch: VoterDraws, fork: float, world: World) -> VoterDraws:
    """Return the voters of a branch; a count that may be under way at the fork takes as long as on the day itself."""
    counting = day.counting_factor if fork >= world.scenario.voting.close else branch.counting_factor
    return BranchVoters(day, branch, fork, counting)


def _voters(world: World, streams: Streams) -> VoterDraws:
    scenario, stations = world.scenario, world.region.stations
    return draw_voters(
        stations.registered,
        scenario.voting,
        scenario.weather,
        streams,
        district_factor=world.region.turnout_factor,
        special=stations.special,
    )
