"""Networks drawn by hand, and the tables of roads that one would write of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import UserError
from sim.region.road_import.importing import rules_of
from sim.region.road_import.telling import report, warnings
from tests.region.road_import.drawings import DEGREE, feature, imported, outside, pairs, rows, village

A, B, C = village("A", 0, 100), village("B", 0, 100.1), village("C", 0, 100.2)


def test_a_road_through_three_villages_is_two_roads(tmp_path: Path) -> None:
    result = imported(tmp_path, [feature("primary", [(0, 100), (0, 100.2)])], [A, B, C])
    assert [(u, v, float(km), c) for u, v, km, c in rows(result)] == [
        ("A", "B", pytest.approx(0.1 * DEGREE, abs=0.001), "trunk"),
        ("B", "C", pytest.approx(0.1 * DEGREE, abs=0.001), "trunk"),
    ]
    assert result.longest_km == 0 and not len(result.raised)


def test_a_shorter_way_past_a_village_is_a_road_of_its_own(tmp_path: Path) -> None:
    off = village("B", 0.05, 100.1)
    lines = [feature("primary", [(0, 100), (0, 100.2)]), feature("tertiary", [(0, 100), (0.05, 100.1), (0, 100.2)])]
    both = 2 * DEGREE * np.hypot(0.05, 0.1)
    result = imported(tmp_path, lines, [A, off, C])
    assert [(u + v, float(km), c) for u, v, km, c in rows(result)] == [
        ("AB", pytest.approx(both / 2, abs=0.001), "secondary"),
        ("AC", pytest.approx(0.2 * DEGREE, abs=0.001), "trunk"),
        ("BC", pytest.approx(both / 2, abs=0.001), "secondary"),
    ]
    longer = both - 0.2 * DEGREE
    assert pairs(imported(tmp_path, lines, [A, off, C], through_km=longer - 0.01)) == {"AB", "AC", "BC"}
    through = imported(tmp_path, lines, [A, off, C], through_km=longer + 0.01)
    assert pairs(through) == {"AB", "BC"} and through.longest_km == pytest.approx(longer, abs=1e-4)


def test_a_village_beside_the_road_is_put_on_it_where_it_is_nearest(tmp_path: Path) -> None:
    beside = village("B", 0.01, 100.05)
    result = imported(tmp_path, [feature("secondary", [(0, 100), (0, 100.2)])], [A, beside, C])
    assert result.snapped.away.tolist() == pytest.approx([0, 0.01 * DEGREE, 0], abs=1e-3)
    lengths = {u + v: float(km) for u, v, km, _ in rows(result)}
    straight = DEGREE * float(np.hypot(0.01, 0.05))
    assert lengths == {
        "AB": pytest.approx(straight, abs=0.002),
        "BC": pytest.approx(DEGREE * np.hypot(0.01, 0.15), abs=0.002),
    }
    assert result.raised.tolist() == [
        pytest.approx(straight - 0.05 * DEGREE, abs=0.001),
        pytest.approx(0.037, abs=0.002),
    ], "the way from where the village is put is shorter than from the village"


def test_one_that_is_too_far_from_any_road_is_left_out_and_told(tmp_path: Path) -> None:
    far = village("B", 0.03, 100.1)
    result = imported(tmp_path, [feature("secondary", [(0, 100), (0, 100.2)])], [A, far, C], snap_km=3)
    assert pairs(result) == {"AC"}
    assert warnings(result) == [
        "Village B (B): no road within 3 km; a region whose places are not all connected is refused"
    ]
    assert f"Not on the network: Village B (B) {0.03 * DEGREE:.2f} km." in report(result)
    assert pairs(imported(tmp_path, [feature("secondary", [(0, 100), (0, 100.2)])], [A, far, C], snap_km=4)) == {
        "AB",
        "BC",
    }


def test_a_road_has_the_class_that_most_of_it_has(tmp_path: Path) -> None:
    for share, expected in ((0.04, "local"), (0.06, "trunk")):
        middle = (0.0, 100 + share)
        lines = [feature("trunk", [(0, 100), middle]), feature("residential", [middle, (0, 100.1)])]
        assert rows(imported(tmp_path, lines, [A, B])) == [["A", "B", "11.119", expected]]


def test_roads_that_cross_without_a_point_in_common_do_not_meet(tmp_path: Path) -> None:
    north, south = village("N", 0.1, 100.05), village("S", -0.1, 100.05)
    bridge = [feature("primary", [(0, 100), (0, 100.1)]), feature("primary", [(0.1, 100.05), (-0.1, 100.05)])]
    result = imported(tmp_path, bridge, [A, B, north, south])
    assert pairs(result) == {"AB", "NS"} and result.parts == ((0, 1), (2, 3))
    assert warnings(result)[0].startswith("Village N (N): no road leads from there to Village A; ")
    assert report(result)[-4:-1] == [
        "The network has 2 parts that no road joins:",
        "  2 places: Village A (A), Village B (B)",
        "  2 places: Village N (N), Village S (S)",
    ]
    crossing = [
        feature("primary", [(0, 100), (0, 100.05), (0, 100.1)]),
        feature("primary", [(0.1, 100.05), (0, 100.05), (-0.1, 100.05)]),
    ]
    joined = imported(tmp_path, crossing, [A, B, north, south])
    assert pairs(joined) == {"AB", "AN", "AS", "BN", "BS", "NS"} and not warnings(joined)
    assert {km for _, _, km, _ in rows(joined)} == {"11.119", "22.239", "16.679"}


def test_what_no_car_can_use_is_dropped_and_counted(tmp_path: Path) -> None:
    way = [(0.0, 100.0), (0.0, 100.1)]
    lines = [
        feature("primary", way, oneway="yes"),
        feature("footway", way),
        feature("footway", way),
        feature("goat_track", way),
        feature("primary", way, access="no"),
        feature("primary", way, access="no", motor_vehicle="yes"),
        feature(None, way),
        feature(7, way),
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [0, 0]}},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    result = imported(tmp_path, lines, [A, B])
    assert report(result)[:10] == [
        f"{result.file}: 6 lines with 'highway', 66.7 km; passed over: 2 lines without it, 2 that are no lines.",
        "Taken as roads:",
        "  primary -> trunk: 2 lines, 22.2 km",
        "Dropped, as no car drives there:",
        "  footway: 2 lines, 22.2 km",
        "Dropped, as nobody has said what they are:",
        "  goat_track: 1 line, 11.1 km",
        "Dropped, as closed to vehicles: 1 line, 11.1 km.",
        "One-way: 1 line, 11.1 km; taken in both directions, as the table of roads has no directions.",
        "Places on the network: 2 of 2 within 2 km of a road, half of them within 0.00 km.",
    ]
    assert warnings(result) == [
        "'goat_track' is not known as a kind of road: 1 line, 11.1 km dropped; --class goat_track=local takes them"
    ]
    ruled = imported(tmp_path, lines, [A, B], rules=rules_of(["goat_track=hill", "primary=drop", "footway=drop"]))
    assert rows(ruled) == [["A", "B", "11.119", "hill"]] and not warnings(ruled)


def test_a_value_of_a_stranger_is_told_on_one_line_and_in_short(tmp_path: Path) -> None:
    way = [(0.0, 100.0), (0.0, 100.1)]
    odd = [feature("a\nTaken as roads:\n\x1b[31m", way), feature("x" * 5_000, way)]
    odd += [feature(f"value {i:02}", [(0, 100), (0, 100.01)]) for i in range(20)]
    result = imported(tmp_path, [feature("primary", way), *odd], [A, B])
    said = report(result)
    assert "  a\\nTaken as roads:\\n\\x1b[31m: 1 line, 11.1 km" in said and f"  {'x' * 60}…: 1 line, 11.1 km" in said
    assert "  … and 7 values more: 7 lines, 7.8 km" in said
    assert all("\n" not in line for line in [*said, *warnings(result)])


def test_another_property_may_say_what_a_line_is(tmp_path: Path) -> None:
    line = feature("footway", [(0, 100), (0, 100.1)], kelas="arteri")
    result = imported(tmp_path, [line], [A, B], key="kelas", rules={"arteri": "town"})
    assert rows(result) == [["A", "B", "11.119", "town"]]


def test_villages_at_one_point_of_a_road_are_joined_in_a_straight_line(tmp_path: Path) -> None:
    north, south = village("N", 0.01, 100.1), village("S", -0.005, 100.1)
    result = imported(tmp_path, [feature("primary", [(0, 100), (0, 100.2)])], [A, north, south, C])
    assert result.same_point == ((1, 2),), "the one nearer to the road stands for both"
    assert {u + v: (km, c) for u, v, km, c in rows(result)}["NS"] == (f"{0.015 * DEGREE:.3f}", "local")
    assert pairs(result) == {"AS", "NS", "SC"}


def test_villages_on_opposite_sides_are_never_nearer_than_they_are(tmp_path: Path) -> None:
    north, south = village("N", 0.015, 100.1), village("S", -0.015, 100.101)
    result = imported(tmp_path, [feature("primary", [(0, 100), (0, 100.2)])], [A, north, south, C])
    km = {u + v: float(km) for u, v, km, _ in rows(result)}["NS"]
    assert km == pytest.approx(DEGREE * np.hypot(0.03, 0.001), abs=0.001)


def test_places_outside_are_places_too_but_no_villages(tmp_path: Path) -> None:
    town = outside("X", 0, 100.2)
    line = feature("primary", [(0, 100), (0, 100.2)])
    assert pairs(imported(tmp_path, [line], [A, town])) == {"AX"}
    with pytest.raises(UserError, match=r"no village is reached by a road: the nearest is 11\.1 km from Village A"):
        imported(tmp_path, [feature("primary", [(0, 100.1), (0, 100.2)])], [A, town])


def test_villages_that_each_have_a_road_to_nowhere_are_refused(tmp_path: Path) -> None:
    lines = [feature("primary", [(0, 100), (0.01, 100)]), feature("primary", [(0, 100.1), (0.01, 100.1)])]
    with pytest.raises(UserError, match="no village is reached by a road from any other place"):
        imported(tmp_path, lines, [A, B])


def test_without_a_road_fewer_places_are_connected_and_no_way_is_shorter(tmp_path: Path) -> None:
    lines = [
        feature("primary", [(0, 100), (0, 100.1), (0, 100.2)]),
        feature("tertiary", [(0, 100), (0.05, 100.1), (0, 100.2)]),
        feature("residential", [(0.05, 100.1), (0, 100.1)]),
    ]
    places = [A, B, C, village("D", 0.05, 100.1)]
    whole = _distances(imported(tmp_path, lines, places))
    for left_out in range(len(lines)):
        fewer = _distances(imported(tmp_path, [x for i, x in enumerate(lines) if i != left_out], places))
        assert (fewer >= whole - 1e-9).all() and (fewer > whole + 1).any()


def _distances(result: object) -> np.ndarray:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from("ABCD")
    for u, v, km, _ in rows(result):  # type: ignore[arg-type]
        graph.add_edge(u, v, weight=float(km))
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph))
    return np.array([[lengths[u].get(v, np.inf) for v in "ABCD"] for u in "ABCD"])


def test_a_scrap_of_road_takes_no_village_from_the_network(tmp_path: Path) -> None:
    beside = village("B", 0.01, 100.1)
    lines = [feature("primary", [(0, 100), (0, 100.2)]), feature("track", [(0.011, 100.09), (0.011, 100.11)])]
    result = imported(tmp_path, lines, [A, beside, C])
    assert pairs(result) == {"AB", "BC"} and not warnings(result) and result.snapped.moved == (1,)
    assert (
        "Not on their nearest road, which leads to no other place, but on the next: Village B (B) 1.11 km."
        in report(result)
    )
    cut_off = imported(tmp_path, lines, [A, beside, C], snap_km=1)
    assert pairs(cut_off) == {"AC"} and len(warnings(cut_off)) == 1 and cut_off.snapped.moved == ()
    two = imported(tmp_path, lines, [A, beside, village("D", 0.012, 100.09), C])
    assert pairs(two) == {"AC", "BD"}, "a part with two villages is no scrap"


def test_the_quickest_way_may_be_longer_than_the_shortest(tmp_path: Path) -> None:
    lines = [feature("track", [(0, 100), (0, 100.2)]), feature("primary", [(0, 100), (0.05, 100.1), (0, 100.2)])]
    round_about = 2 * DEGREE * float(np.hypot(0.05, 0.1))
    places, speeds = [A, C], (30.0, 45.0, 40.0, 30.0, 25.0)
    (row,) = rows(imported(tmp_path, lines, places))
    assert (float(row[2]), row[3]) == (pytest.approx(0.2 * DEGREE, abs=0.001), "local")
    (row,) = rows(imported(tmp_path, lines, places, speeds=speeds))
    assert (float(row[2]), row[3]) == (pytest.approx(round_about, abs=0.001), "trunk")
    (row,) = rows(imported(tmp_path, lines, places, speeds=(30.0, 27.0, 40.0, 30.0, 25.0)))
    assert row[3] == "local", "a little faster is not enough for the way round"
    over = imported(tmp_path, lines, [A, village("B", 0.05, 100.1), C], speeds=speeds)
    assert pairs(over) == {"AB", "BC"}, "the track is shorter, and nobody takes it"
