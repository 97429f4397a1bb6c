"""What each plan costs in guards, from the tables of who stands where."""

from __future__ import annotations

import pandas as pd

from sim.experiment.inputs import Deployments
from sim.report.brief.cost import Cost, cost_sentences, costs

TITLES = {"a": "Plan A", "b": "Plan B"}


def test_officers_at_stations_wardens_and_teams_are_counted() -> None:
    units = pd.DataFrame(
        [
            ("a", "police", "guard", 2), ("a", "police", "guard", 4), ("a", "police", "reserve", 12),
            ("a", "army", "attached", 30), ("a", "medical", "ambulance", 3), ("b", "police", "patrol", 4),
        ],
        columns=["strategy", "agency", "role", "strength"],
    )  # fmt: skip
    people = pd.DataFrame(
        [("a", "police", 18, 2), ("a", "wardens", 20, 0), ("b", "police", 4, 16), ("b", "wardens", 19, 1)],
        columns=["strategy", "agency", "spent", "unspent"],
    )
    found = costs(Deployments(units, pd.DataFrame(), people, pd.DataFrame()))
    assert found == {"a": Cost(6, 20, 2, 42, 2, 0), "b": Cost(0, 19, 1, 4, 16, 1)}
    assert cost_sentences(found, "b", "a", TITLES) == [
        "6 officers fewer at stations than Plan A (0, not 6).",
        "Wardens at stations: 19, not 20.",
        "Left unspent: 16 officers, 1 wardens.",
    ]
    assert cost_sentences(found, "a", "b", TITLES)[0] == "6 officers more at stations than Plan B (6, not 0)."
    assert cost_sentences(found, "a", "a", TITLES)[0] == "6 officers at stations, 20 wardens."


def test_the_same_guards_and_nothing_left() -> None:
    found = {"a": Cost(6, 20, 1, 4, 0, 0), "b": Cost(6, 20, 3, 9, 0, 0)}
    assert cost_sentences(found, "b", "a", TITLES) == [
        "As many as Plan A: 6 officers at stations, 20 wardens.",
        "No officer and no warden is left unspent.",
    ]
