"""Every measure against a log of three days written by hand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.day.check import FATES
from sim.log import TABLES, dtypes
from sim.measures.registry import MEASURES, TWINS
from sim.measures.response import asking
from sim.measures.sample import Estimator, Quantile, Ratio
from sim.measures.samples import Samples, take
from sim.measures.sums import no_sums
from sim.measures.tables import Tables
from sim.measures.voting import CAUSES
from sim.words.measures import DEFINITIONS
from sim.words.measures import TITLES as MEASURE_TITLES

NAN = float("nan")
PLAN = "even_spread"
DAYS = [0, 1, 2]


def frame(table: str, *rows: dict[str, object]) -> pd.DataFrame:
    columns = {"strategy": np.dtype(object), "replication": np.dtype(np.int64), **dtypes(table)}
    data = {
        name: np.array(
            [row.get(name, "" if kind.kind == "O" else NAN if kind.kind == "f" else 0) for row in rows], dtype=kind
        )
        for name, kind in columns.items()
    }
    named = pd.DataFrame(data).assign(strategy=PLAN)
    if table == "incidents":
        named["incident"] = np.array([f"s{i}" for i in range(len(rows))], dtype=object)
    return named


def incident(day: int, reported: float, reached: float, **more: object) -> dict[str, object]:
    base = {"replication": day, "onset": reported - 4, "reported": reported, "first_on_scene": reached, "needed": 6}
    return {**base, "ended": reported + 100, "first_sent": -1 if np.isnan(reached) else 1, **more}


INCIDENTS = frame(
    "incidents",
    incident(0, 100, 106, force_complete=120, peak_active=30, peak_severity=1, injured=1, officers_hurt=2,
             first_reinforcement=115),
    incident(0, 200, 195, force_complete=NAN, peak_active=50, peak_severity=2, first_reinforcement=NAN,
             first_sent=0),  # a guard stood there
    incident(1, 300, 320, force_complete=340, peak_active=10, first_reinforcement=320),
    incident(1, 400, NAN, peak_active=5),  # never
    incident(1, 500, NAN, ended=505, peak_active=4),  # over before anybody could come: never, too
    incident(1, 500, 502, needed=0),  # asks for nobody: left out
    incident(1, NAN, NAN, onset=446, ended=450, peak_active=3),  # never reported: no response, but an arrival
)  # fmt: skip
FORCES = frame(
    "forces",
    {"replication": 0, "incident": "s0", "severity": 1, "reached": 105.0, "complete": 120.0},
    {"replication": 0, "incident": "s1", "severity": 1, "reached": 199.0, "complete": 230.0},
    {"replication": 0, "incident": "s1", "severity": 2, "reached": 205.0, "complete": NAN, "coming": 1},
    {"replication": 1, "incident": "s2", "severity": 0, "reached": 296.0, "complete": 340.0},
    {"replication": 1, "incident": "s3", "severity": 2, "reached": 400.0, "complete": 410.0},
    {"replication": 1, "incident": "s4", "severity": 1, "reached": 500.0, "complete": NAN},
)
STATIONS = frame(
    "stations",
    {"replication": 0, "voted": 300, "lost_deterred": 5, "lost_balked": 3, "lost_impatient": 7, "lost_unsupplied": 6,
     "lost_evacuated": 2, "deferred": 4, "in_line": 1, "wait_sum": 600.0, "waited_over_30": 30, "priority_voted": 60,
     "priority_wait_sum": 60.0, "calm_voted": 310, "calm_deferred": 2, "suspended_minutes": 20.0, "opened": 450.0, "boxes_left": 940.0,
     "escorted": 1, "unescorted_minutes": 12.0, "held_minutes": 7.0, "boxes_home": 1000.0,
     "last_voted": 785.0, "untold": 1},
    {"replication": 0, "voted": 100, "wait_sum": 100.0, "waited_over_30": 0, "priority_voted": 20,
     "priority_wait_sum": 4.0, "calm_voted": 100, "suspended_minutes": 0.0, "opened": 420.0, "boxes_left": 860.0,
     "escorted": 0, "unescorted_minutes": 45.0, "boxes_home": 900.0, "last_voted": 790.0},
    {"replication": 1, "voted": 100, "wait_sum": 300.0, "waited_over_30": 10, "priority_voted": 20,
     "priority_wait_sum": 16.0, "calm_voted": 100, "suspended_minutes": 0.0, "opened": 420.0, "boxes_left": NAN,
     "escorted": 0, "unescorted_minutes": 300.0, "boxes_home": NAN, "last_voted": 795.0},
)  # fmt: skip
COVERAGE = frame(
    "coverage",
    {"replication": 0, "time": 420.0, "voters": 100, "voters_covered": 50, "voters_covered_any": 80,
     "voters_backup": 20, "voters_yellow": 60, "voters_red": 10, "stations": 4, "stations_covered": 2,
     "stations_backup": 1, "stations_yellow": 3, "area": 10.0, "area_covered": 2.5, "area_red": 0.5,
     "busy_units": 1, "closed_roads": 5},
    {"replication": 0, "time": 425.0, "voters": 100, "voters_covered": 30, "voters_covered_any": 80,
     "voters_yellow": 40, "stations": 4, "stations_covered": 1, "stations_red": 1, "area": 10.0, "area_covered": 1.5,
     "area_backup": 1.0, "area_yellow": 4.0, "busy_units": 3},
    {"replication": 1, "district": 1, "time": 420.0, "voters": 300, "voters_covered": 90, "voters_covered_any": 300,
     "voters_backup": 60, "voters_red": 30, "stations": 6, "stations_covered": 3, "area": 30.0, "area_covered": 6.0,
     "busy_units": 7, "closed_roads": 9},
    {"replication": 1, "district": 1, "time": 425.0, "voters": 300, "voters_covered": 30, "voters_covered_any": 300,
     "stations": 6, "area": 30.0, "closed_roads": 2},
)  # fmt: skip
POTENTIAL = frame(
    "potential",
    *(
        {"replication": day, "force": force, "minutes": minutes, "voters": voters}
        for day, force, minutes, voters in (
            (0, "first", 4.0, 300), (0, "first", 12.5, 100), (1, "first", 4.5, 300), (1, "first", NAN, 90),
            (0, "first_with_guards", 0.0, 10_000), (0, "backup", 0.0, 10_000),
            (0, "yellow", 20.0, 10), (1, "yellow", 30.0, 9), (1, "red", 50.0, 4), (0, "red", NAN, 5),
        )
    ),
)  # fmt: skip
STATES = frame(
    "unit_states",
    {"replication": 0, "role": "reserve", "state": "free", "start": 400.0, "end": 700.0},
    {
        "replication": 0,
        "role": "reserve",
        "state": "travelling",
        "start": 700.0,
        "end": 900.0,
    },  # 80 minutes until closing
    {"replication": 0, "role": "guard", "state": "on_scene", "start": 400.0, "end": 780.0},
    {"replication": 0, "role": "ambulance", "state": "on_scene", "start": 400.0, "end": 780.0},
)
DISPATCHES = frame("tasks", {"replication": 0, "km": 12.0}, {"replication": 1, "km": 6.0})
EVACUATIONS = frame(
    "evacuations",
    {"replication": 0, "due": 598.0, "ordered": 600.0, "cleared": 603.0, "least_minutes": 1.5, "exposed_minutes": 90.0},
    # nobody was told to leave: they were there until it was over
    {"replication": 1, "due": 700.0, "ordered": NAN, "cleared": 720.0, "least_minutes": 1.0, "exposed_minutes": 240.0},
)
AREAS = frame(
    "areas",
    {"replication": 0, "due": 580.0, "ordered": 600.0, "most_safe": 700.0, "last_safe": 800.0, "least_minutes": 80.0,
     "unguarded_minutes": 15.0},
    {"replication": 1, "due": 580.0, "ordered": 610.0, "most_safe": NAN, "last_safe": 730.0, "least_minutes": 120.0,
     "left_behind": 60, "unguarded_minutes": 45.0},
    {"replication": 2, "due": 580.0, "ordered": 600.0, "most_safe": 760.0, "last_safe": NAN, "least_minutes": 10.0,
     "unguarded_minutes": 0.0},
)  # fmt: skip
CASUALTIES = frame(
    "casualties",
    {"replication": 0, "triage": "immediate", "injured": 600.0, "in_care": 660.0, "least_minutes": 40.0,
     "untreated_minutes": 60.0},
    {"replication": 0, "triage": "immediate", "injured": 600.0, "in_care": NAN, "least_minutes": 30.0,
     "untreated_minutes": 840.0},
    {"replication": 1, "triage": "delayed", "injured": 600.0, "in_care": 690.0, "least_minutes": NAN,
     "untreated_minutes": 90.0, "without_bed": 1},
    {"replication": 1, "triage": "minor", "injured": 600.0, "in_care": 620.0, "least_minutes": 10.0,
     "untreated_minutes": 20.0},
)  # fmt: skip
BOUNDS = frame(  # the third day has none
    "bounds",
    {"replication": 0, "calls": 2, "late": 1, "best_late": 0, "proved": 1},
    {"replication": 1, "calls": 3, "late": 3, "best_late": 2, "proved": 0},
)
LOG = {
    "bounds": BOUNDS,
    "forces": FORCES,
    "incidents": INCIDENTS, "stations": STATIONS, "coverage": COVERAGE, "potential": POTENTIAL, "unit_states": STATES, "tasks": DISPATCHES,
    "evacuations": EVACUATIONS, "areas": AREAS, "casualties": CASUALTIES,
}  # fmt: skip


def taken(log: dict[str, pd.DataFrame]) -> Samples:
    return take(Tables(log.__getitem__, standard_minutes=10.0, open=420.0, close=780.0, strategies=1), DAYS)


@cache
def of_the_log() -> Samples:
    return taken(LOG)


@cache
def of_nothing() -> Samples:
    return taken({table: frame(table) for table in TABLES})


def estimator(name: str, samples: Samples | None = None) -> Estimator:
    measure = MEASURES[name]
    sums = (samples or of_the_log()).sums(measure.sample)
    return measure.estimator(sums.get((PLAN, ""), no_sums(DAYS)))


def value(name: str, weights: tuple[float, float, float] = (1, 1, 1)) -> float:
    return float(estimator(name).estimate(np.array([weights], dtype=float))[0])


EXPECTED = {
    "arrival_median": 24.0,  # of 0, 10, 24, never, never, never
    "arrival_p90": np.inf,
    "response_median": 20.0,  # of 0, 6, 20, never, never, and one that was never reported
    "response_p90": np.inf,
    "response_mean": (0 + 6 + 20) / 3,  # never is in no mean
    "within_standard": 2 / 6,
    "driven_median": np.inf,  # of 6, 20, never, never, never
    "stood_there": 1 / 6,
    "unanswered": 3 / 6,
    "reinforcement_median": np.inf,  # of 15, 20, never, never, never
    "reinforcement_p90": np.inf,
    "yellow_force": 2 / 3,
    "yellow_over_first": 0 / 3,
    "yellow_without_force": 1 / 3,
    "yellow_force_median": 31.0,  # of 15, 31, never
    "red_force": 1 / 2,
    "red_over_first": 1 / 2,
    "red_without_force": 0 / 2,
    "red_force_median": 10.0,  # of 10, never
    "coverage_at_start": 140 / 400,
    "coverage_over_day": 200 / 800,
    "coverage_backup": 80 / 800,
    "coverage_yellow": 100 / 800,
    "coverage_red": 40 / 800,
    "coverage_of_stations_over_day": 6 / 20,
    "coverage_of_stations_backup": 1 / 20,
    "coverage_of_stations_yellow": 3 / 20,
    "coverage_of_stations_red": 1 / 20,
    "coverage_of_area_over_day": 10 / 80,
    "coverage_of_area_backup": 1 / 80,
    "coverage_of_area_yellow": 4 / 80,
    "coverage_of_area_red": 0.5 / 80,
    "coverage_worst_district": 120 / 600,  # of 80 / 200 and 120 / 600
    "coverage_with_guards": 760 / 800,
    "coverage_worst_moment": (0.3 + 0.1) / 2,  # on the third day there is none
    "coverage_worst_time": 425.0,
    "coverage_worst_busy": 3 / 3,
    "coverage_worst_closed": 2 / 3,
    "potential_first_median": 4.5,  # of 300 at 4, 300 at 4.5, 100 at 12.5, 90 never
    "potential_first_p90": np.inf,
    "potential_yellow_median": 20.0,
    "potential_yellow_p90": 30.0,
    "potential_red_median": np.inf,  # of 4 at 50, 5 never
    "potential_red_p90": np.inf,
    "peak_crowd": (50 + 10 + 0) / 3,
    "peak_crowd_p90": 50.0,  # of 0, 10, 50
    "contained_before_red": 5 / 6,  # of six with a crowd, one turned red
    "red_per_day": 1 / 3,
    "injured_per_day": 1 / 3,
    "officers_hurt_per_day": 2 / 3,
    "incidents_per_day": 7 / 3,
    "untold_per_day": 1 / 3,
    "votes_lost": 24 / 3,
    "votes_lost_deterred": 5 / 3,
    "votes_lost_balked": 3 / 3,
    "votes_lost_impatient": 7 / 3,
    "votes_lost_unsupplied": 6 / 3,
    "votes_lost_evacuated": 2 / 3,
    "votes_lost_in_line": 1 / 3,
    "votes_lost_to_disturbances": 8 / 3,
    "votes_lost_untold": 8 / 3,
    "votes_deferred": 4 / 3,
    "waiting_long": 40 / 500,  # sums over sums: the mean of the daily shares would be 0.0875
    "mean_wait": 1000 / 500,
    "priority_wait": 80 / 100,
    "others_wait": 920 / 400,
    "opened_late": 1 / 3,
    "stations_disturbed": 1 / 3,
    "exposed_minutes": 330 / 3,
    "leaving_ordered_median": 2.0,  # of 2, never
    "clearance_median": 3.0,
    "clearance_p90": 3.0,
    "clearance_to_least": 3 / 1.5,
    "area_most_safe_median": 180.0,  # of 120, 180, never
    "area_left_behind": 60 / 3,
    "area_to_least": (200 + 120) / (80 + 120),
    "area_unguarded_minutes": (15 + 45) / 3,
    "untreated_minutes": (60 + 840 + 90) / 3,  # minor injuries apart
    "care_median": 60.0,  # of 20, 60, 90, never
    "care_immediate_median": 60.0,  # of 60, never
    "care_delayed_median": 90.0,
    "care_minor_median": 20.0,
    "care_to_least": (60 + 20) / (40 + 10),  # of whom is in care, and could be
    "without_care": 1 / 3,
    "without_bed": 1 / 3,
    "last_station_closed": 792.5,  # 790 and 795; on the third day nobody voted
    "closing_p90": np.inf,  # of 790, 795 and a room that was never empty
    "boxes_home_p90": np.inf,
    "boxes_escorted": 1 / 2,  # the third never left
    "box_minutes_unescorted": 357 / 3,
    "boxes_held": 1 / 3,
    "busy_share": 80 / 380,
    "late_per_day": 4 / 2,
    "best_late_per_day": 2 / 2,
    "late_to_best": 4 / 2,  # sums over sums: on the first day nothing need have been late
    "best_late_proved": 1 / 2,
    "km_driven": 18 / 3,
}


@pytest.mark.parametrize("name", list(MEASURES))
def test_measure_of_the_hand_log(name: str) -> None:
    assert value(name) == pytest.approx(EXPECTED[MEASURES[name].own or name])  # there is but one plan


def test_every_measure_has_a_title_a_definition_and_a_direction() -> None:
    named = [m for m in MEASURES if m not in TWINS.values()]  # a twin is called after the measure whose twin it is
    assert list(MEASURE_TITLES) == list(DEFINITIONS) == named == list(EXPECTED)
    for measure in MEASURES.values():
        assert measure.definition.endswith(".")
        assert measure.better in ("lower", "higher", "none")


def test_which_incidents_are_measured() -> None:
    assert asking(INCIDENTS)["onset"].tolist() == [96, 196, 296, 396, 496, 446]


def test_common_are_the_incidents_that_happen_on_one_day_under_every_plan() -> None:
    rows = [("a", 0, "s0", 100.0), ("b", 0, "s0", 130.0), ("a", 0, "b1", 105.0), ("b", 1, "b1", 110.0)]
    both = frame("incidents", *(incident(day, 94.0, reached) for _, day, _, reached in rows))
    both["strategy"], both["incident"] = [r[0] for r in rows], [r[2] for r in rows]
    log = Tables((LOG | {"incidents": both}).__getitem__, 10.0, 420.0, 780.0, 2)
    found = {who: sums.key.tolist() for (who, _), sums in take(log, DAYS).sums("arrival_common").items()}
    assert found == {"a": [10.0], "b": [40.0]}


def test_where_the_posts_guards_sufficed_no_reinforcement_is_missed() -> None:
    sufficed = frame(
        "incidents", incident(0, 100, 104, force_complete=104), incident(0, 200, 205, first_reinforcement=215)
    )
    found = estimator("reinforcement_median", taken(LOG | {"incidents": sufficed}))
    assert found.n == 1 and found.estimate(np.ones((1, 3)))[0] == 15.0


def of_stations(name: str, *rows: dict[str, object]) -> float:
    log = LOG | {"stations": frame("stations", *rows)}
    return float(estimator(name, taken(log)).estimate(np.ones((1, 3)))[0])


def test_votes_lost_are_those_of_every_cause_and_of_no_other_fate() -> None:
    named = {name for name in dtypes("stations") if name.startswith("lost_")}
    assert set(CAUSES) == named | {"in_line"} == set(FATES) - {"voted", "deferred"}
    by_cause = [value(f"votes_lost_{cause.removeprefix('lost_')}") for cause in CAUSES]
    assert sum(by_cause) == pytest.approx(value("votes_lost"))
    for cause in CAUSES:
        assert of_stations("votes_lost", {"replication": 0, cause: 6}) == 2.0
    assert of_stations("votes_lost", {"replication": 0, "deferred": 6, "voted": 60}) == 0.0


def test_a_room_is_empty_when_its_last_voter_has_left() -> None:
    rooms: list[dict[str, object]] = [{"replication": i % 3, "voted": 1, "last_voted": 780.0 + i} for i in range(10)]
    assert of_stations("closing_p90", *rooms) == 788.0
    nobody = {"replication": 0, "voted": 0, "last_voted": NAN}
    assert of_stations("closing_p90", *rooms, nobody, nobody, nobody) == 788.0, "where nobody voted none was last"
    unserved = {"replication": 0, "voted": 1, "last_voted": 700.0, "in_line": 1}
    assert of_stations("closing_p90", *rooms, unserved) == 789.0
    assert of_stations("closing_p90", *rooms, unserved, unserved) == np.inf


def test_late_are_the_stations_that_open_after_the_hour_of_opening() -> None:
    hours = [(0, 420.0), (0, 420.0), (0, 480.0), (1, 425.0), (1, 421.0), (2, 420.0)]
    assert of_stations("opened_late", *({"replication": d, "opened": h} for d, h in hours)) == 3 / 3
    assert of_stations("opened_late", *({"replication": d, "opened": 480.0} for d, _ in hours)) == 6 / 3


def test_waits_of_those_who_go_first_and_of_the_others_make_up_all_waits() -> None:
    priority, others = estimator("priority_wait"), estimator("others_wait")
    assert priority.n + others.n == estimator("mean_wait").n
    nobody_first = {"replication": 0, "voted": 10, "wait_sum": 50.0, "priority_wait_sum": 0.0}
    assert np.isnan(of_stations("priority_wait", nobody_first))
    assert of_stations("others_wait", nobody_first) == of_stations("mean_wait", nobody_first) == 5.0


def test_a_day_that_counts_twice_counts_twice() -> None:
    assert value("within_standard", (2, 0, 0)) == 1.0
    assert value("within_standard", (0, 1, 0)) == 0.0
    assert value("response_median", (2, 1, 0)) == 6.0
    assert value("mean_wait", (0, 1, 0)) == 3.0
    assert value("peak_crowd", (0, 0, 1)) == 0.0


@pytest.mark.parametrize("name", list(MEASURES))
def test_a_log_without_anything_gives_no_number(name: str) -> None:
    found = float(estimator(name, of_nothing()).estimate(np.ones((1, 3)))[0])
    assert np.isnan(found) or found == 0.0


def test_quantile_is_the_inverse_of_the_empirical_distribution() -> None:
    q = Quantile(np.array([4.0, 1.0, 3.0, 2.0]), np.zeros(4, dtype=np.int64), 0.5)
    assert q.estimate(np.ones((1, 1)))[0] == 2.0
    assert q.n == 4
    assert np.isnan(Ratio(np.array([1.0]), np.array([0.0])).estimate(np.ones((1, 1)))[0])  # nothing to divide by


def test_a_value_that_counts_for_several_things_is_those_things() -> None:
    rng = np.random.default_rng(3)
    value, day, count = rng.integers(0, 9, 40) * 1.0, rng.integers(0, 3, 40), rng.integers(0, 4, 40)
    weights = rng.multinomial(3, [1 / 3] * 3, size=50).astype(float)
    for share in (0.1, 0.5, 0.9):
        packed = Quantile(value, day, share, count.astype(float))
        single = Quantile(np.repeat(value, count), np.repeat(day, count), share)
        assert packed.estimate(weights) == pytest.approx(single.estimate(weights), nan_ok=True)
        assert packed.n == single.n


def test_times_of_stations_are_rounded_up_to_marks_of_the_clock() -> None:
    rooms = [{"replication": i % 3, "voted": 1, "last_voted": 780.21 + i, "boxes_home": 900.21 + i} for i in range(10)]
    assert of_stations("closing_p90", *rooms) == 788.3
    assert of_stations("boxes_home_p90", *rooms) == 909.0
