"""Convoys on the clock of ``test_escort``: officers who call at villages on their way to the office."""

from __future__ import annotations

import numpy as np
import pytest

from sim.region.position import Position
from sim.vocabulary import BoxState
from tests.day.test_escort import (
    ACCESS,
    BETWEEN,
    COUNTED,
    LEFT,
    LOAD,
    NOBODY,
    TO_OFFICE,
    Boxes,
    let_go,
    one_district,
    reserve,
)


def test_convoys_are_of_a_district_and_no_village_beside_the_office_keeps_them() -> None:
    b = Boxes(NOBODY, "convoy_by_district", strategy=reserve(1))
    b.polls.when[4] = 1000.0  # in the village of the office: it goes by itself
    b.polls.when[0] = 950.0
    tasks = b.run()
    assert b.home()[6:] == [pytest.approx(LEFT + TO_OFFICE[6])] * 2
    assert b.home()[2:4] == [pytest.approx(LEFT + TO_OFFICE[2])] * 2, (
        "nor do those of Barat wait for its office's village"
    )
    assert b.column("escorted") == [0, 0, 0, 0, 1, 0, 1, 1], "the reserve is of Timur"
    assert [task.goal.place for task in tasks] == ["V3", "V2"]


def convoys(*bases: str, **escort: float) -> Boxes:
    """Of one district; the boxes of villages 0 and 1 are home long before."""
    who = {"reserves": [team for base in bases for team in reserve(1, base)["reserves"]]}
    b = Boxes(NOBODY, "convoy_by_district", region=one_district(), strategy=who, **escort)
    b.polls.when[:4] = [800.0] * 4
    return b


def test_a_convoy_with_officers_calls_at_a_village_whose_boxes_come_soon() -> None:
    b = convoys("SEK-TIMUR")
    b.polls.when[4] = 930.0  # village 2: the convoy from village 3 is there at 917
    b.polls.when[5] = 1200.0
    task = next(task for task in b.run() if task.goal.place == "V3")
    joined = 930.0 + LOAD + ACCESS
    assert b.column("boxes_left")[4:8] == [935.0, 1205.0, LEFT, LEFT]
    assert b.home()[4] == pytest.approx(joined + 2 * BETWEEN), "by itself: the last of village 2 go together"
    assert b.home()[6:] == [pytest.approx(LEFT + ACCESS + 3 * BETWEEN)] * 2
    together = convoys("SEK-TIMUR")
    together.polls.when[4:6] = [930.0, 930.0]
    task = next(task for task in together.run() if task.goal.place == "V3")
    assert together.home()[4:8] == [pytest.approx(joined + 2 * BETWEEN)] * 4
    assert together.column("escorted")[4:8] == [1] * 4
    assert task.km == pytest.approx(18.0 + 18.0), "from village 3 to the office in village 0, and back"
    waits = together.escort.boxes_at(6, 925.0)
    assert (waits.state, waits.position, waits.officers) == (BoxState.WAITING, Position(2), 4)


@pytest.mark.parametrize(("gather", "calls"), [(12.9, False), (13.0, True)])
def test_a_convoy_waits_no_longer_than_it_may_in_all(gather: float, calls: bool) -> None:
    b = convoys("SEK-TIMUR", gather_minutes=gather)
    b.polls.when[4:6] = [923.0, 923.0]  # there at 930; the convoy at 917
    b.run()
    home = 930.0 + 2 * BETWEEN if calls else LEFT + ACCESS + 3 * BETWEEN
    assert b.home()[6:] == [pytest.approx(home)] * 2
    waited = convoys("SEK-TIMUR", gather_minutes=13.0)
    waited.polls.when[7] = COUNTED + 1.0  # a minute is spent before it sets out: it is there at 918
    waited.polls.when[4:6] = [924.5, 924.5]
    waited.run()
    assert waited.home()[6:] == [pytest.approx(LEFT + ACCESS + 1.0 + 3 * BETWEEN)] * 2


def test_nobody_waits_for_a_convoy_without_officers() -> None:
    b = convoys()
    b.polls.when[4:6] = [890.0, 930.0]
    b.run()
    assert b.home()[4:] == [
        pytest.approx(c + LOAD + ACCESS + w) for c, w in ((890, 20), (930, 20), (900, 30), (900, 30))
    ]


def test_a_convoy_does_not_turn_back_to_a_village_that_it_has_passed() -> None:
    """Officers from the office meet the boxes of village 3 behind village 2, whose own come later."""

    def played(*bases: str) -> Boxes:
        b = convoys(*bases)
        b.polls.when[4:6] = [950.0, 950.0]
        for unit in b.fleet.units:
            unit.is_held = True
        b.at(908.0, lambda: [let_go(b, unit) for unit in b.fleet.units])
        b.at(929.0, lambda: b.roads.close(2))  # behind them all: it makes everybody look again
        b.run()
        return b

    with_officers, alone = played("POLRES"), played()
    assert with_officers.escort.boxes_at(6, 928.0).officers == 4
    assert with_officers.home()[6] == alone.home()[6] == pytest.approx(LEFT + ACCESS + 3 * BETWEEN)


def test_a_village_is_not_later_for_a_convoy_that_is_cut_off() -> None:
    b = convoys("SEK-TIMUR")
    b.at(LEFT + ACCESS + 1.0, lambda: b.roads.close(2))  # between villages 2 and 3
    b.polls.when[4:6] = [930.0, 930.0]
    b.at(1300.0, lambda: b.roads.open(2))
    b.run()
    assert b.home()[4:6] == [pytest.approx(930.0 + LOAD + ACCESS + 2 * BETWEEN)] * 2
    assert all(home > 1300.0 for home in b.home()[6:])


def test_a_village_for_which_no_convoy_comes_any_more_calls_officers_of_its_own() -> None:
    b = convoys("SEK-TIMUR", "POLRES", notice_minutes=25.0)
    b.polls.when[4:6] = [930.0, 930.0]
    free = b.run()
    assert [task.goal.place for task in free if task.ordered > 850.0] == ["V3"], "the convoy has officers for both"
    cut_off = convoys("SEK-TIMUR", "POLRES", notice_minutes=25.0)
    cut_off.polls.when[4:6] = [930.0, 930.0]
    cut_off.at(LEFT + ACCESS + 1.0, lambda: cut_off.roads.close(2))
    tasks = cut_off.run()
    assert [task.goal.place for task in tasks if task.ordered > 850.0] == ["V3", "V2"]
    assert cut_off.column("escorted")[4:6] == [1, 1]


def test_a_convoy_does_not_wait_for_a_village_that_stands_still() -> None:
    b = convoys("SEK-TIMUR")
    b.polls.when[4] = b.polls.when[5] = 950.0
    b.at(940.0, lambda: [b.polls.change(s, np.inf) for s in (4, 5)])  # the convoy waits there already
    b.at(1000.0, lambda: [b.polls.change(s, 1010.0) for s in (4, 5)])
    b.run()
    assert b.home()[6:] == [pytest.approx(940.0 + 2 * BETWEEN)] * 2
    assert b.home()[4:6] == [pytest.approx(1010.0 + LOAD + ACCESS + 2 * BETWEEN)] * 2
