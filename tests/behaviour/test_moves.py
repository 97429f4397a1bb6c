"""Every move of ``tests/behaviour/moves.py`` moves the right way, by a size that matters."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from tests.behaviour.moves import DAYS, MOVES, Move, Way, follows, measured

STRATEGY = "central_reserve"
SEEN_SOON = (
    "reserves near the riot, nobody else",
    "there are no officers at all",
    "the mobile signal of the district is lost",
    "a team of 12 at one more base",
    "the order of the reserves",
    "officers who can go with the boxes",
)


def moves(move: Move, days: int) -> None:
    found = measured(move.arms, STRATEGY, days, scripted=move.scripted)
    for name, way in move.ways:
        values = [float(found.loc[name, arm]) for arm, _ in move.arms]
        assert follows(values, way, move.slack), (name, way, dict(zip(move.arms, values, strict=True)))


@pytest.mark.slow
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.what)
def test_it_moves_the_right_way_on_a_hundred_days(move: Move) -> None:
    moves(move, DAYS)


@pytest.mark.parametrize("move", [m for m in MOVES if m.what in SEEN_SOON], ids=lambda move: move.what)
def test_it_moves_the_right_way_on_a_few_days(move: Move) -> None:
    moves(move, 6)


def test_the_table_in_the_docs_has_every_move_and_none_that_goes_the_wrong_way() -> None:
    text = (Path(__file__).parents[2] / "docs" / "moves.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    table = [row for row in rows if len(row) == 5 and row[0] != "promise" and not row[0].startswith("---")]
    expected = [(move.promise, move.what, name, way.value) for move in MOVES for name, way in move.ways]
    assert [tuple(row[:4]) for row in table] == expected
    assert "python -m tests.behaviour.moves" in text


@pytest.mark.parametrize(
    ("values", "way", "slack", "does"),
    [
        ([1.0, 1.0, 2.0], Way.RISES, 0.0, True),
        ([1.0, 2.0, 1.9], Way.RISES, 0.0, False),
        ([1.0, 2.0, 1.9], Way.RISES, 0.2, True),
        ([1.0, 1.0, 1.01], Way.RISES, 0.0, False),
        ([1.0, inf], Way.RISES, 0.0, True),
        ([inf, 3.0], Way.FALLS, 0.0, True),
        ([inf, inf], Way.FALLS, 0.0, False),
        ([inf, inf], Way.NEVER_FALLS, 0.0, True),
        ([inf, 3.0], Way.NEVER_FALLS, 5.0, False),
        ([2.0, 2.0], Way.STAYS, 0.0, True),
        ([2.0, 2.1], Way.STAYS, 0.5, False),
        ([2.0, inf], Way.ENDS_IN_NEVER, 0.0, True),
        ([inf, inf], Way.ENDS_IN_NEVER, 0.0, False),
        ([2.0, 9.0], Way.ENDS_IN_NEVER, 0.0, False),
    ],
)
def test_what_follows_and_what_does_not(values: list[float], way: Way, slack: float, does: bool) -> None:
    assert follows(values, way, slack) is does
