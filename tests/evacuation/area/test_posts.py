"""Posts of an area: since when each is manned, and what the roads that lead there let out from then on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import simpy

from sim.config.compose import load
from sim.errors import UserError
from sim.evacuation.area.alone import evacuate_area, play_area
from sim.evacuation.area.plan import Guarded
from sim.evacuation.area.posts import AreaPost, directed
from sim.evacuation.area.result import AreaResult
from sim.strength import Strength
from tests.evacuation.area.made_up import flow, packaged, prepared, valley
from tests.evacuation.area.test_refused import refused

AT_KOTA = {"place": "Kota", "officers": 2, "duty": "traffic"}
TWO, FOUR = Strength.of(presence=2), Strength.of(presence=4, crowd_control=4)


def manned(since: float | None = 0.0, factor: float = 2.0, **post: Any) -> AreaResult:
    """Play 500 cars on a road that lets out 8 a minute, with a post at its end that is manned from a minute on."""
    plan = prepared(valley([500]), road_capacity=flow(8), posts=[{**AT_KOTA, **post}], traffic_post_factor=factor)
    buses, people = np.random.default_rng(1).spawn(2)
    return play_area(plan, people, buses, directed=[] if since is None else [(since, plan.traffic_posts)])


def test_a_road_to_a_manned_post_lets_out_so_many_times_as_much() -> None:
    assert manned().last == pytest.approx(12 + 499 / 16, abs=0.01)
    assert manned(factor=1.25).last == pytest.approx(12 + 499 / 10, abs=0.01)


def test_from_the_arrival_of_its_officers_on() -> None:
    # Everybody is at the end of the road after 12 minutes and has his turn; so whoever comes later finds it manned
    region = valley([500, 500], roads=[(0, 2, 12.0), (1, 2, 200.0), (2, 3, 5.0)])
    plan = prepared(
        region, area={"villages": ["Atas", "Bawah"]}, road_capacity=flow(8), posts=[AT_KOTA], traffic_post_factor=2
    )
    rngs = np.random.default_rng(1).spawn(2)
    result = play_area(plan, *rngs, directed=[(100.0, plan.traffic_posts)])
    assert result.zone_last == pytest.approx((12 + 499 / 8, 200 + 499 / 16), abs=0.01)


def test_nobody_there_and_houses_change_nothing_on_the_roads() -> None:
    assert manned(None).last == pytest.approx(12 + 499 / 8, abs=0.01)
    assert manned(duty="houses").last == pytest.approx(12 + 499 / 8, abs=0.01)
    assert manned(place="Pasar").last == pytest.approx(12 + 499 / 8, abs=0.01), "no road that leads there is used"
    assert manned(factor=1).last == pytest.approx(12 + 499 / 8, abs=0.01)


def test_alone_all_posts_are_manned_after_a_setting_of_the_plan() -> None:
    scenario, ring = load("calm_day", []), packaged("kaba_ring")
    from sim.region.load import load_region

    region = load_region(scenario.region)

    def queued(minutes: float, factor: float) -> float:
        plan = ring.model_copy(update={"posts_manned_minutes": minutes, "traffic_post_factor": factor, "buses": ()})
        return float(evacuate_area(region, plan, scenario, 1).queued.sum())

    soon, late, never = queued(0.0, 2.0), queued(60.0, 2.0), queued(0.0, 1.0)
    assert soon < 0.8 * late < 0.8 * never


class Clocked:
    """A post for two officers on a clock that begins at ten."""

    def __init__(self) -> None:
        self.env = simpy.Environment(initial_time=600.0)
        self.over = self.env.event()
        plan = prepared(valley([10]), posts=[AT_KOTA])
        self.post = AreaPost(self.env, "s0/ring/0", plan.posts[0], self.over)

    def at(self, time: float) -> AreaPost:
        self.env.run(until=time)
        return self.post


def test_a_post_is_manned_while_all_its_officers_are_there() -> None:
    c = Clocked()
    c.at(610).arrive(Strength.of(presence=1))
    c.at(620).arrive(TWO)
    c.at(625).arrive(FOUR)
    c.at(630).leave(TWO)
    c.at(640).leave(FOUR)
    c.at(650).arrive(FOUR)
    c.at(660)
    c.over.succeed()
    c.env.run(until=700)
    assert c.post.changes == ((620.0, True), (640.0, False), (650.0, True), (660.0, False))
    assert c.post.unmanned_minutes(780.0) == pytest.approx(20 + 10)
    assert c.post.was_manned and not c.post.is_manned


def test_a_post_that_nobody_mans_is_unmanned_to_the_end_of_the_day() -> None:
    c = Clocked()
    c.at(610).arrive(Strength.of(medical=4))
    assert c.post.unmanned_minutes(780.0) == pytest.approx(180.0)
    assert not c.post.was_manned and c.post.changes == ()


def test_traffic_posts_direct_from_when_they_are_manned_after_the_order() -> None:
    env = simpy.Environment(initial_time=600.0)
    plan = prepared(
        valley([10]),
        posts=[AT_KOTA, {**AT_KOTA, "place": "Pasar"}, {**AT_KOTA, "place": "Atas", "duty": "houses"}],
    )
    posts = [AreaPost(env, str(i), post, env.event()) for i, post in enumerate(plan.posts)]
    for when, number in ((610, 1), (615, 2), (620, 0)):
        env.run(until=when)
        posts[number].arrive(TWO)
    env.run(until=630)
    posts[1].leave(TWO)
    kota, pasar = (post.place.node for post in plan.posts[:2])
    assert directed(posts, 600.0) == [
        (10.0, frozenset({pasar})), (20.0, frozenset({pasar, kota})), (30.0, frozenset({kota})),
    ]  # fmt: skip


def test_two_posts_at_one_place_direct_while_either_is_manned() -> None:
    env = simpy.Environment()
    plan = prepared(valley([10]), posts=[AT_KOTA, AT_KOTA])
    one, two = (AreaPost(env, str(i), post, env.event()) for i, post in enumerate(plan.posts))
    one.arrive(TWO)
    two.arrive(TWO)
    env.run(until=5)
    one.leave(TWO)
    assert directed([one, two], 0.0)[-1] == (5.0, frozenset({plan.posts[0].place.node}))


def test_an_office_named_as_a_post_is_a_place_where_no_guard_belongs() -> None:
    plan = prepared(valley([10]), posts=[{**AT_KOTA, "place": "Atas"}])
    (post,) = plan.posts
    assert isinstance(post, Guarded) and post.place.stations == () and post.place.villages == (0,)


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ({"place": "Kotta"}, r"posts\[1\]\.place: unknown place 'Kotta' in Lembah; did you mean 'Kota'\?"),
        ({"place": "district 1"}, ""),
    ],
)
def test_a_post_at_an_unknown_place_is_refused(post: dict[str, Any], said: str) -> None:
    posts = [AT_KOTA, {**AT_KOTA, **post}]
    if said:
        with pytest.raises(UserError, match=said):
            prepared(valley([10]), posts=posts)
    else:
        assert prepared(valley([10]), posts=posts).posts[1].place.node == 0, "a district stands for its seat"


def test_a_post_with_nobody_and_a_factor_below_one_are_refused(tmp_path: Any) -> None:
    import yaml

    from sim.config.area_plans import read_plan
    from tests.evacuation.area.made_up import PLAIN

    file = tmp_path / "mine.yaml"
    plan = {**PLAIN, "posts": [{**AT_KOTA, "officers": 0}, {**AT_KOTA, "duty": "tea"}], "traffic_post_factor": 0.5}
    file.write_text(yaml.safe_dump(plan), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_plan(file)
    lines = str(error.value).splitlines()
    assert any("posts[0].officers" in line and "must be 1 or more" in line for line in lines)
    assert any("posts[1].duty" in line and "traffic" in line for line in lines)
    assert any("traffic_post_factor = 0.5: must be 1 or more" in line for line in lines)


def test_bad_places_of_posts_stand_beside_other_mistakes() -> None:
    assert (
        len(
            refused(
                posts=[{**AT_KOTA, "place": "Kotta"}], shelters=[{"at": "K", "places": 1, "received_per_minute": 1}]
            ).splitlines()
        )
        == 2
    )
