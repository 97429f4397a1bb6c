"""The shares of the causes of lateness, from a log written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import UserError
from sim.inference.causes import causes
from sim.vocabulary import Cause
from tests.inference.test_breakdown import Played


def test_shares_and_counts_of_every_cause_under_every_strategy() -> None:
    found = causes(Played())
    assert list(found.columns) == ["strategy", "cause", "share", "low", "high", "count"]
    assert found["cause"].tolist() == [str(cause) for cause in Cause] * 2
    late = found[found["count"] > 0].set_index(["strategy", "cause"])
    assert late["count"].to_dict() == {("even_spread", "late_report"): 3, ("minimum_pattern", "late_report"): 1}
    assert late["share"].tolist() == [1.0, 1.0], "onset is midnight in these rows: every report is late"


def test_shares_are_of_all_that_ask_for_officers_and_days_are_resampled() -> None:
    played = Played()
    frames = {name: played.table(name) for name in ("incidents", "tasks", "forces")}
    frames["incidents"]["onset"] = [605.0, 598.0, 300.0, 598.0]
    own = played.table
    played.table = lambda name: frames[name] if name in frames else own(name)  # type: ignore[method-assign]
    found = causes(played).set_index(["strategy", "cause"])
    assert found.loc[("even_spread", "late_report"), "share"] == pytest.approx(1 / 3)
    assert found["share"].groupby("strategy").sum().tolist() == pytest.approx([1.0, 1.0])
    low, high = found.loc[("even_spread", "late_report"), ["low", "high"]]
    assert (low, high) == (0.0, 0.5), "day 0 has none of one, day 1 one of two"
    assert found.loc[("minimum_pattern", "in_time"), "count"] == 1


def test_one_day_has_no_interval_and_no_day_is_refused() -> None:
    assert causes(Played(1))[["low", "high"]].isna().to_numpy().all()
    with pytest.raises(UserError, match="no finished day"):
        causes(Played(0))


def test_a_strategy_without_any_has_no_share() -> None:
    played = Played()
    nobody = played.table("incidents").assign(needed=0)
    own = played.table
    played.table = lambda name: nobody if name == "incidents" else own(name)  # type: ignore[method-assign]
    found = causes(played)
    assert np.isnan(found["share"]).all() and not found["count"].any()
