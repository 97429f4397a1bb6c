import numpy as np
import pytest

from sim.report.wording import amount, number, signed, signed_interval, with_interval, with_unit

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (7.04, "minutes", "7.0"), (INF, "minutes", "never"), (NAN, "minutes", "–"), (0.4567, "share", "46 %"),
        (0.012, "share", "1.2 %"), (0.0, "share", "0 %"), (0.0999, "share", "10 %"), (1234.6, "votes", "1,235"),
        (785.0, "clock", "13:05"),
    ],
)  # fmt: skip
def test_number(value: float, unit: str, says: str) -> None:
    assert number(value, unit) == says


def test_units_stand_behind_numbers_only() -> None:
    assert with_unit(3.0, "minutes") == "3.0 min"
    assert with_unit(INF, "minutes") == "never"


def test_intervals() -> None:
    assert with_interval(7.0, 6.1, INF, "minutes") == "7.0 (6.1 to never)"
    assert with_interval(7.0, NAN, NAN, "minutes") == "7.0"
    assert with_interval(0.5, 0.5, 0.5, "share") == "50 %"
    assert signed_interval(0.0, 0.0, 0.0, "votes") == "0"
    assert signed_interval(-0.05, -0.08, 0.02, "share") == "-5.0 (-8.0 to +2.0)"
    assert signed(-INF, "minutes") == "-∞"
    assert np.isnan(NAN) and signed(NAN, "minutes") == "–"


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (-7.2, "minutes", "7 minutes"),
        (1.2, "minutes", "1.2 minutes"),
        (0.09, "share", "9 percentage points"),
        (-73, "votes", "73 votes"),
    ],
)
def test_amount(value: float, unit: str, says: str) -> None:
    assert amount(value, unit) == says
