import numpy as np
import pytest

from sim.report.wording import amount, number, signed, signed_interval, sizes, with_interval, with_unit
from sim.words.language import Language, spoken

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (7.04, "minutes", "7.0"), (INF, "minutes", "never"), (NAN, "minutes", "–"), (0.4567, "share", "45.7 %"),
        (0.012, "share", "1.2 %"), (0.0, "share", "0.0 %"), (0.0999, "share", "10.0 %"), (1234.6, "votes", "1,235"),
        (785.0, "clock", "13:05"),
    ],
)  # fmt: skip
def test_number(value: float, unit: str, says: str) -> None:
    assert number(value, unit) == says


def test_numbers_have_the_separators_of_the_language() -> None:
    with spoken(Language.INDONESIAN):
        assert [number(1234.6, "votes"), number(0.4567, "share"), number(785.0, "clock")] == [
            "1.235",
            "45,7 %",
            "13.05",
        ]
        assert [signed(-1234.6, "votes"), signed(0.0004, "share"), signed(0.05, "minutes")] == ["-1.235", "0,0", "+0,1"]
        assert sizes("votes", -73, -1140) == ["73", "1.140"]


@pytest.mark.parametrize("unit", ["minutes", "share", "votes", "count", "times", "km", "people"])
def test_a_measure_has_one_precision(unit: str) -> None:
    values = (0.0, 0.004, 0.0994, 0.0999, 0.5, 1.0, 99.94)
    texts = [write(value, unit).removesuffix(" %") for value in values for write in (number, signed)]
    assert len({len(text.partition(".")[2]) for text in texts}) == 1, texts


def test_units_stand_behind_numbers_only() -> None:
    assert with_unit(3.0, "minutes") == "3.0 min"
    assert with_unit(INF, "minutes") == "never"


def test_intervals() -> None:
    assert with_interval(7.0, 6.1, INF, "minutes") == "7.0 (6.1 to never)"
    assert with_interval(7.0, NAN, NAN, "minutes") == "7.0"
    assert with_interval(0.5, 0.5, 0.5, "share") == "50.0 %"
    assert signed_interval(0.0, 0.0, 0.0, "votes") == "0"
    assert signed_interval(-0.05, -0.08, 0.02, "share") == "-5.0 (-8.0 to +2.0)"
    assert signed(-INF, "minutes") == "-∞"
    assert np.isnan(NAN) and signed(NAN, "minutes") == "–"


@pytest.mark.parametrize(
    ("unit", "values", "says"),
    [
        ("minutes", (-10.4, -0.3, -22.2), ["10.4", "0.3", "22.2"]),
        ("minutes", (24.2, 13.3, 40.1), ["24", "13", "40"]),
        ("share", (0.206, 0.199, 0.213), ["20.6", "19.9", "21.3"]),
        ("votes", (-73, -20, -1140), ["73", "20", "1,140"]),
        ("minutes", (12.0, 0.04, float("inf")), ["12.00", "0.04", "never"]),
    ],
)
def test_sizes_share_their_digits(unit: str, values: tuple[float, ...], says: list[str]) -> None:
    assert sizes(unit, *values) == says


def test_amount_names_the_unit() -> None:
    assert amount("7.2", "minutes") == "7.2 minutes"
    assert amount("9", "share") == "9 percentage points"
    assert amount("2", "count") == "2"


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    assert signed(-0.04, "minutes") == "0.0" == signed(0.0004, "share")
    assert signed(0.3, "votes") == "0"
    assert signed(0.05, "minutes") == "+0.1"
