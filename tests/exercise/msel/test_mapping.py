"""Columns of somebody else's list: by our headings, by usual names, or as the user says."""

from __future__ import annotations

import pytest

from sim.errors import UserError
from sim.exercise.msel.columns import Column
from sim.exercise.msel.mapping import How, letters, mapped

THEIRS = ("No.", "Waktu", "Uraian", "Kepada", "Unsur", "Keterngan", "")


def test_usual_names_are_found_and_what_is_left_is_named() -> None:
    found = mapped(THEIRS, ())
    assert {column: match.heading for column, match in found.matches.items() if match.how is How.USUAL} | {
        column: match.heading for column, match in found.matches.items() if match.how is How.SAME
    } == {
        Column.SEQ: "No.", Column.SCENARIO_TIME: "Waktu", Column.TEXT: "Uraian", Column.RECIPIENT: "Kepada",
        Column.GROUP: "Unsur",
    }  # fmt: skip
    assert found.left_out == ("Keterngan",) and found.suggestions() == {Column.NOTE: "Keterngan"}
    assert not found.is_own and not found.mistakes


def test_what_the_user_says_goes_before_everything() -> None:
    found = mapped(("text", "message", "time"), ("message=text", "TIME = exercise time", "text="))
    assert found.matches[Column.TEXT].heading == "message" and found.matches[Column.TEXT].how is How.TOLD
    assert found.matches[Column.EXERCISE_TIME].heading == "time" and found.left_out == ("text",)


def test_our_heading_goes_before_a_usual_name() -> None:
    found = mapped(("Pesan", "TEXT"), ())
    assert found.matches[Column.TEXT].heading == "TEXT" and found.left_out == ("Pesan",)


def test_two_usual_names_of_one_column_are_a_mistake_that_says_how_to_choose() -> None:
    (said,) = mapped(("Waktu", "Jam"), ()).mistakes
    assert said == (
        "columns A ('Waktu') and B ('Jam') could both be 'scenario time'; say which one is: "
        '--map "Waktu=scenario time"'
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("Waktu", "a heading of the file and a column are needed"),
        ("=text", "a heading of the file and a column are needed"),
        ("Wktu=scenario time", "did you mean 'Waktu'?"),
        ("Waktu=senario time", "there is no column 'senario time'; did you mean 'scenario time'?"),
    ],
)
def test_a_wrong_map_offers_the_nearest(told: str, why: str) -> None:
    with pytest.raises(UserError) as refused:
        mapped(THEIRS, (told,))
    assert why in str(refused.value)


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
