"""Offices are left like stations, by their staff; each place may have a layout of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.day import prepare, simulate_day
from sim.errors import UserError
from sim.experiment.frames import frames
from sim.log import NOWHERE
from tests.conftest import QUIET, small_scenario

STAFF = "evacuation.site.office.staff={}"
THREAT = "incidents=[{kind: bomb_threat, onset: '09:00', place: KPU}]"
AT_THE_STATION = "incidents=[{kind: bomb_threat, onset: '09:00', place: kecamatan 1}]"


def left(*overrides: str, days: int = 3) -> pd.DataFrame:
    world = prepare(small_scenario(*QUIET, *overrides))
    return frames([simulate_day(world, "even_spread", day) for day in range(days)])["evacuations"]


def test_the_staff_of_an_office_leaves_by_its_own_layout() -> None:
    table = left(THREAT)
    assert (table["place"] == "KPU").all() and (table["station"] == NOWHERE).all() and len(table) == 3
    assert (table["people"] == 30).all() and (table["ordered_by"] == "chair").all()
    assert (table["cleared"] - table["ordered"] >= table["least_minutes"] - 1e-9).all()
    school = left(THREAT, "evacuation.site.office.layout=school_room")
    took, in_a_school = ((t["cleared"] - t["ordered"]).mean() for t in (table, school))
    assert abs(took - in_a_school) > 0.1, "an office has stairs"


def test_more_staff_takes_longer_and_with_none_nobody_leaves() -> None:
    few, many = left(THREAT, STAFF.format(30)), left(THREAT, STAFF.format(600))
    assert (many["cleared"] - many["ordered"] > 1.3 * (few["cleared"] - few["ordered"])).all()
    assert many["exposed_minutes"].sum() > 10 * few["exposed_minutes"].sum()
    assert left(THREAT, STAFF.format(0)).empty


def test_the_staff_comes_back_with_the_all_clear() -> None:
    two = "incidents=[{{kind: bomb_threat, onset: '09:00', place: KPU}},{{kind: bomb_threat, onset: '{}', place: KPU}}]"
    short = ("kinds.bomb_threat.course.duration={mean_minutes: 60, cv: 0}", "kinds.bomb_threat.course.resolve={mean_minutes: 60, cv: 0}")  # fmt: skip
    clear = "disturbance.all_clear_minutes=30"
    assert len(left(two.format("10:20"), *short, clear, days=1)) == 1, "it is empty"
    assert len(left(two.format("10:40"), *short, clear, days=1)) == 2


def test_a_protest_that_turns_red_empties_its_office_and_a_milder_one_does_not() -> None:
    protest = "incidents=[{{kind: office_protest, onset: '09:00', place: KPU, starters: {}}}]"
    red = left(protest.format(250))
    assert len(red) == 3 and (red["exposed_minutes"] > 0).all()
    assert left(protest.format(80), "kinds.office_protest.severities.red.from_active=5000").empty


def test_a_place_may_have_another_layout_and_others_keep_theirs() -> None:
    usual = left(AT_THE_STATION)
    other = left(AT_THE_STATION, "evacuation.site.places=[{place: kecamatan 1, layout: office}]")
    elsewhere = left(AT_THE_STATION, "evacuation.site.places=[{place: kecamatan 2, layout: office}]")
    same = left(AT_THE_STATION, "evacuation.site.layout=office")
    took = [(t["cleared"] - t["ordered"]).to_numpy() for t in (usual, other, elsewhere, same)]
    assert np.abs(took[0] - took[1]).min() > 0.05
    assert took[2].tolist() == took[0].tolist() and took[3].tolist() == took[1].tolist()
    office = left(THREAT, "evacuation.site.places=[{place: KPU, layout: school_room}]")
    assert (office["cleared"] - office["ordered"]).tolist() == pytest.approx(
        (lambda t: (t["cleared"] - t["ordered"]).tolist())(left(THREAT, "evacuation.site.office.layout=school_room"))
    )


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("evacuation.site.places=[{place: kecamatn 1, layout: tent}]", "evacuation.site.places[0].place: unknown place 'kecamatn 1'"),
        ("evacuation.site.places=[{place: kecamatan 1, layout: tnt}]", "unknown layout 'tnt'; did you mean 'tent'?"),
        ("evacuation.site.office.layout=ofice", "unknown layout 'ofice'; did you mean 'office'?"),
        ("evacuation.site.office.staff=-1", "evacuation.site.office.staff"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(setting: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        prepare(small_scenario(setting))
    assert message in str(caught.value)
