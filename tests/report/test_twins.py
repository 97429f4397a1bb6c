"""What is concluded rests on the incidents that are counted under every plan, where they are compared."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES, TWINS
from sim.report.sentence import conclude
from sim.words.report import FOREST_TITLES, NEVER_PHRASES, PHRASES, SUBJECTS

TITLES = {"a": "Plan A", "b": "Plan B"}
INF, NAN = float("inf"), float("nan")
Ends = tuple[float, float, float]
NOTHING = (0.0, 0.0, 0.0)
OFTEN, SELDOM, UNCLEAR = (0.2, 0.1, 0.3), (-0.2, -0.3, -0.1), (0.2, -0.1, 0.3)
SLOW, QUICK = (4.0, 1.0, 6.5), (-4.0, -6.5, -1.0)


def said(**measures: Ends) -> str:
    """Return what is concluded of plan B: of what is not named it differs in nothing."""
    spoken = {name: NOTHING for own in (*SUBJECTS, "response_mean") for name in (own, TWINS.get(own, own))}
    rows = [
        {"strategy": "b", "measure": m, "difference": v, "low_all": low, "high_all": high}
        for m, (v, low, high) in {**spoken, **measures}.items()
    ]
    best = pd.DataFrame([{"strategy": s, "measure": m, "best": 0.5} for s in TITLES for m in spoken])
    return conclude(Comparison(pd.DataFrame(), pd.DataFrame(rows), best, "a", 0.95, 100, 100), TITLES)[0]


def test_a_conclusion_rests_on_the_same_incidents_and_says_so() -> None:
    assert said(within_standard=OFTEN) == "Against Plan A, with Plan B nothing differs."
    assert said(within_standard=OFTEN, within_standard_common=SELDOM) == (
        "Against Plan A, with Plan B 20 percentage points fewer of the same incidents are reached within the standard "
        "time (95 % interval 10 to 30)."
    )
    assert "nothing can be concluded about the whole force" in said(red_force=SELDOM, red_force_common=UNCLEAR)
    never = said(arrival_median_common=(INF, 3.0, INF))
    assert never.endswith("fewer than half of the same incidents are ever reached by officers.")


def test_that_no_incident_is_common_is_said_and_what_was_never_measured_is_told_apart() -> None:
    assert said(red_force=OFTEN, red_force_common=(NAN, NAN, NAN)) == (
        "Against Plan A, with Plan B no incident is counted under every plan, so that nothing can be concluded, for "
        "the whole force that red asks for."
    )
    nothing = said(red_force=(NAN, NAN, NAN), red_force_common=(NAN, NAN, NAN))
    assert nothing.endswith("there was nothing to measure for the whole force that red asks for.")


@pytest.mark.parametrize(
    ("standard", "mean", "pace"),
    [
        (OFTEN, SLOW, "late less often, and yet slower on average"),
        (SELDOM, QUICK, "late more often, and yet quicker on average"),
        (OFTEN, QUICK, ""),
        (SELDOM, SLOW, ""),
        (OFTEN, NOTHING, ""),
        (UNCLEAR, SLOW, ""),
        (OFTEN, (4.0, -1.0, 6.5), ""),
    ],
)
def test_late_less_often_and_slower_on_average_is_said(standard: Ends, mean: Ends, pace: str) -> None:
    found = said(within_standard_common=standard, response_mean_common=mean)
    assert pace in found and ("on average" in found) == bool(pace)
    if pace:
        assert "4.0 minutes" in found and "(mean) (95 % interval 1.0 to 6.5)" in found
    own = said(within_standard=standard, response_mean=mean)
    assert "on average" not in own, "it rests on the same incidents"


def test_words_are_there_for_every_twin_that_is_spoken_of() -> None:
    spoken = {*SUBJECTS, *(TWINS[name] for name in SUBJECTS if name in TWINS)}
    assert set(PHRASES) == spoken
    assert set(NEVER_PHRASES) == {name for name in spoken if name.removesuffix("_common").endswith("_median")}
    assert not [name for name in FOREST_TITLES if name in TWINS], "their twins are drawn"
    assert set(FOREST_TITLES) <= set(MEASURES)
