"""What the tests of futures share: worlds in the small regency, and futures played in this process."""

from __future__ import annotations

from functools import cache

import pytest

from sim.day.draws import draw_trunk
from sim.day.world import World, prepare
from sim.exercise.futures.answer import Answer, answer_of
from sim.exercise.futures.play import Future, play_future
from sim.exercise.futures.question import Course, Moment, Question, Timed
from tests.conftest import small_scenario

NAME = "even_spread"
NOW = 590.0
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 45, followers: 1}]'
QUIET = tuple(f"disturbance.background.rate_per_{place}_hour=0" for place in ("station", "office", "road", "village"))
CALM_EVENING = ("disturbance.background.counting_factor=0", "disturbance.background.boxes_factor=0")
"""Nothing starts by itself after closing."""
RESERVE = (
    "strategy.reserves=[{base: POLRES, teams: 1, size: 20, vehicle: truck}]",
    "strategy.dispatch.take_guards_from=null",
    "response.mobilisation.reserve={mean_minutes: 6, cv: 0}",
)
ALONE = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]")
"""Nobody but the reserve and the guards of the stations."""
ONE = "reserve/POLRES/1"


@cache
def world_of(*overrides: str) -> World:
    return prepare(small_scenario(*overrides))


def futures_of(world: World, question: Question) -> list[Future]:
    """Play a question's futures, here."""
    trunk = draw_trunk(world, question.moment.replication)
    return [play_future(world, trunk, question, number) for number in range(1, question.futures + 1)]


def answer(world: World, question: Question) -> Answer:
    return answer_of(question, futures_of(world, question))


def asking(*courses: Course, now: float = NOW, past: tuple[Timed, ...] = (), futures: int = 12) -> Question:
    """A question about the riot of the first day."""
    return Question(Moment(NAME, 0, now, past), courses, futures)


@pytest.fixture(scope="session")
def riotous() -> World:
    """A riot, its followers, and what starts by itself; every account checked."""
    return world_of(RIOT, *RESERVE, *CALM_EVENING, "disturbance.background.rate_per_station_hour=0.02")
