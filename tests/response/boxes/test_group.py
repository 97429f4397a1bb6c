"""Boxes that are together: where they are, who was with them, and for how long nobody was."""

from __future__ import annotations

from math import inf

import pytest

from sim.region.position import Position, Spot, Stop
from sim.region.route import nowhere_to_go, plan_route
from sim.response.boxes.group import Cover, Group, Track, Tracks, groups_of, uncovered_minutes
from sim.response.boxes.parties import Party
from tests.response.conftest import Bench, line_region


def group(node: int, office: int = 0) -> Group:
    return Group(Party((2 * node,), Spot((node,)), Spot((office,))), (2 * node,))


@pytest.mark.parametrize(
    ("covers", "alone"),
    [
        ([], 10.0),
        ([(0.0, 30.0)], 0.0),
        ([(12.0, 15.0)], 7.0),
        ([(14.0, 16.0), (12.0, 15.0)], 6.0),
        ([(5.0, 12.0), (18.0, inf)], 6.0),
        ([(0.0, 5.0), (25.0, 30.0)], 10.0),
        ([(10.0, 20.0), (11.0, 12.0)], 0.0),
    ],
)
def test_minutes_that_nothing_covers(covers: list[tuple[float, float]], alone: float) -> None:
    assert uncovered_minutes(10.0, 20.0, covers) == pytest.approx(alone)


def test_a_group_is_in_its_village_until_it_sets_out_and_then_where_its_way_has_it() -> None:
    b, boxes = Bench(line_region()), group(2)
    assert boxes.at(900.0) == Position(boxes.party.middle.nodes[0])
    boxes.set_out(900.0, plan_route(Position(2), [Stop(Spot((0,)))], b.network, "car"))
    assert boxes.at(899.0) == Position(2) and boxes.at(904.0) == Position(2, 4.0, 1, 6.0)
    assert boxes.at(930.0) == Position(0)
    assert (boxes.km_at(895.0), boxes.km_at(910.0), boxes.km_at(999.0)) == (
        0.0,
        pytest.approx(6.0),
        pytest.approx(12.0),
    )
    assert boxes.passes() == (900.0, ((2, 0.0), (1, 10.0), (0, 20.0)))
    boxes.set_out(910.0, plan_route(Position(1), [Stop(Spot((3,)))], b.network, "car"))
    assert boxes.at(925.0) == Position(2, 5.0, 3, 5.0) and boxes.km_at(925.0) == pytest.approx(6.0 + 9.0)
    for time in (895.0, 904.0, 910.0, 925.0, 999.0):
        assert boxes.progress(time) == (boxes.at(time), boxes.km_at(time))


def test_who_is_to_meet_boxes_under_way_may_come_until_they_pass_the_last_place_before_the_end_of_their_way() -> None:
    b = Bench(line_region())
    escorted = Group(Party((4,), Spot((2,)), Spot((0,)), frozenset({1})), (4,))
    assert escorted.roads is None
    escorted.set_out(900.0, plan_route(Position(2), [Stop(Spot((0,)))], b.network, "car"), b.roads.state)
    node, until = escorted.last_place
    assert node == 1 and until == pytest.approx(910.0) and until > 910.0 and escorted.roads is b.roads.state
    escorted.set_out(920.0, nowhere_to_go(Position(0)))
    assert escorted.last_place[1] == -inf, "there is none"
    alone = group(2)
    alone.set_out(900.0, plan_route(Position(2), [Stop(Spot((0,)))], b.network, "car"))
    assert alone.last_place[1] == -inf, "nobody goes with them"


def test_boxes_that_are_held_before_they_set_out_have_no_way() -> None:
    b, boxes = Bench(line_region()), group(2)
    boxes.gathers = boxes.started = 905.0
    boxes.set_out(905.0, plan_route(Position(2), [Stop(Spot((0,)))], b.network, "car"), b.roads.state)
    boxes.stand(903.0)
    assert boxes.started == inf and boxes.roads is None and boxes.at(999.0) == boxes.party.start


def test_officers_count_for_a_station_only_while_its_boxes_are_part_of_the_group() -> None:
    first, second = group(3), group(2)
    first.cover(890.0, 2)
    first.uncover(920.0)
    second.cover(900.0, 4)
    track, first.became = Track(first), (917.0, second)
    assert track.covers() == [Cover(890.0, 917.0, 2), Cover(917.0, inf, 4)]
    assert track.group is second and track.group_at(916.0) is first and track.group_at(917.0) is second
    assert [track.officers_at(time) for time in (889.0, 890.0, 916.0, 917.0, 999.0)] == [0, 2, 2, 4, 4]


def test_boxes_that_go_on_by_themselves_are_a_group_of_their_own_from_then_on() -> None:
    first, later, joined = group(3), group(3), group(2)
    track, stays = Track(first), Track(first)
    track.leave_to(905.0, later)
    first.cover(890.0, 2)
    first.started, later.started, joined.started = 910.0, 905.0, 930.0
    first.became, later.became = (917.0, joined), (950.0, joined)
    assert [track.group_at(time) for time in (900.0, 905.0, 949.0, 950.0)] == [first, later, later, joined]
    assert [stays.group_at(time) for time in (900.0, 905.0, 916.0, 917.0)] == [first, first, first, joined]
    assert track.group is joined and track.has_changed and not stays.has_changed
    assert (track.set_out, stays.set_out, Track(group(1)).set_out) == (905.0, 910.0, inf)
    assert track.covers() == [Cover(890.0, 905.0, 2)] and stays.covers() == [Cover(890.0, 917.0, 2)]


def test_a_track_is_made_when_somebody_asks_for_it_and_kept() -> None:
    asked: list[int] = []

    def group_of(station: int) -> Group:
        asked.append(station)
        return group(station)

    tracks = Tracks(group_of)
    assert tracks[3] is tracks[3] and tracks[3].group.stations == (6,) and asked == [3]


def test_only_villages_with_whose_boxes_somebody_may_go_are_groups_from_the_beginning() -> None:
    officers = frozenset({7})
    parties = [
        Party((0,), Spot((3,)), Spot((0,)), officers, calls_at=2), Party((1,), Spot((5,)), Spot((4,))),
        Party((2,), Spot((2,)), Spot((0,)), officers),
    ]  # fmt: skip
    groups = groups_of(parties)
    assert list(groups) == [0, 2] and groups[0].calls_at is groups[2] and groups[2].calls_at is None
    assert not groups[0].goes_its_own_way and Group(parties[1], (1,)).goes_its_own_way


def test_a_group_expects_its_first_and_its_last() -> None:
    boxes = group(1)
    assert not boxes.is_gathering
    boxes.expect([905.0, 900.0], [907.0, 909.0])
    assert (boxes.first_leaves, boxes.leaves, boxes.first, boxes.gathers) == (900.0, 905.0, 907.0, 909.0)
    assert boxes.is_gathering
    boxes.expect([], [])
    assert boxes.leaves == boxes.first == inf and not boxes.is_gathering
