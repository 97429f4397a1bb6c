"""A list is read from what people have, and every mistake in it is said at once, by row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sim.errors import SeveralMistakes, UserError
from sim.exercise.inject import EVERYBODY, InjectStatus, InjectType, Party
from sim.exercise.msel import Found, read, written
from sim.words.language import Language, spoken
from tests.exercise.msel.conftest import HEADINGS, LIST, ROW, START, saved

Rows = Callable[..., Found]


def mistakes(found: Found) -> str:
    """What is wrong, without the name of the file."""
    return "\n".join(found.mistakes).replace(str(found.file), "list.xlsx")


@pytest.mark.parametrize(
    ("row", "where", "why"),
    [
        ({"seq": "one"}, "column 'seq'", "'one' is not a whole number"),
        ({"seq": 0}, "column 'seq'", "from 1 to 1,000,000"),
        ({"seq": 1.5}, "column 'seq'", "'1.5' is not a whole number"),
        ({"seq": None}, "column 'seq'", "is empty"),
        ({"scenario time": "7 o'clock"}, "column 'scenario time'", "is not a time of day such as 09:40"),
        ({"scenario time": "07:61"}, "column 'scenario time'", "is not a time of day"),
        ({"scenario time": "37:00"}, "column 'scenario time'", "no time of the day that is played"),
        ({"scenario time": 7.3}, "column 'scenario time'", "'7.3' is not a time; write it as text"),
        ({"scenario time": "06:29"}, "column 'scenario time'", "06:29 is before the exercise starts at 06:30"),
        ({"scenario time": "T+1:00"}, "column 'scenario time'", "belongs into the column 'exercise time'"),
        ({"exercise time": "soon"}, "column 'exercise time'", "such as T+0:30"),
        ({"exercise time": "T+2:00"}, "column 'scenario time'", "07:30 is not 120 minutes after 06:30"),
        ({"scenario time": None, "exercise time": "T-0:10"}, "column 'exercise time'", "06:20 is before"),
        ({"scenario time": None}, "row 2: has neither a time", "it would never be due"),
        ({"type": "evnt"}, "column 'type'", "unknown 'evnt'; did you mean 'event'?"),
        ({"type": ""}, "column 'type'", "is empty; allowed are: information, event"),
        ({"group": "polise"}, "column 'group'", "did you mean 'Police'?"),
        ({"group": ""}, "column 'group'", "all, control, or parties"),
        ({"group": "all, Police"}, "column 'group'", "stand alone"),
        ({"text": ""}, "column 'text'", "would be told nothing"),
        ({"text": "\u200b"}, "column 'text'", "would be told nothing"),
        ({"text": "x" * 4001}, "column 'text'", "may have 4,000 characters at most"),
        ({"text": "a_x0007_b"}, "column 'text'", "may not hold a control character"),
        ({"text": "=1+1"}, "column 'text'", "'=1+1' is a formula; put its value there"),
        ({"text": "=cmd|'/C calc'!A0"}, "column 'text'", "is a formula"),
        ({"scenario time": "=NOW()"}, "column 'scenario time'", "'=NOW()' is a formula"),
        ({"text": "#REF!"}, "column 'text'", "is an error of the spreadsheet"),
        ({"text": dt.date(2024, 11, 27)}, "column 'text'", "is a date or a time"),
    ],
)
def test_a_mistake_is_named_by_row_and_column(of_rows: Rows, row: dict[str, object], where: str, why: str) -> None:
    good = {"scenario time": "08:00"}
    said = mistakes(of_rows(row, good, good) if row.get("seq", 1) is None else of_rows({"seq": 1, **row}, good, good))
    assert len(said.splitlines()) == 1 and "list.xlsx, row 2" in said
    assert where in said and why in said


def test_all_mistakes_are_said_at_once_and_the_good_rows_are_there(of_rows: Rows) -> None:
    found = of_rows({"type": "x", "group": "y", "text": ""}, {}, {"seq": 2, "scenario time": "05:00"})
    assert mistakes(found).count("row 2") == 2 and "row 4, column 'seq': 2 is the number of row 3 already" in mistakes(
        found
    )
    assert "row 4, column 'scenario time': 05:00 is before" in mistakes(found)
    assert [inject.seq for inject in found.injects] == [2]
    with pytest.raises(SeveralMistakes, match="row 4"):
        found.checked()


def test_a_mistake_is_said_in_indonesian(of_rows: Rows) -> None:
    english = mistakes(of_rows({"type": "x"}))
    with spoken(Language.INDONESIAN):
        said = mistakes(of_rows({"type": "x"}))
    assert "list.xlsx" in said and "'x'" in said and (said != english or "unknown" in said)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("07:30", 450), ("7:30", 450), ("07.30", 450), ("07.30 WIB", 450), ("pukul 07.30", 450), ("24:10", 1450),
        ("07:30:30", 450.5), (0.3125, 450), (dt.time(7, 30), 450), (dt.timedelta(hours=7, minutes=30), 450),
        (dt.datetime(2024, 11, 27, 7, 30), 450), (dt.timedelta(hours=25), 1500), (dt.datetime(1900, 1, 1, 1), 1500),
    ],
)  # fmt: skip
def test_times_as_people_and_spreadsheets_write_them(of_rows: Rows, value: object, minutes: float) -> None:
    (inject,) = of_rows({"scenario time": value}).checked()
    assert inject.time == minutes


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("T+0:30", 420), ("0:30", 420), ("+0:30", 420), ("T + 0.30", 420), ("H+1:00", 450), ("T+90 min", 480),
        ("15 menit", 405), ("T-0:00", 390), (dt.time(0, 30), 420), (1 / 48, 420), ("T+0:30:15", 420.25),
    ],
)  # fmt: skip
def test_times_from_the_start(of_rows: Rows, value: object, minutes: float) -> None:
    (inject,) = of_rows({"scenario time": None, "exercise time": value}).checked()
    assert inject.time == minutes


def test_the_dates_of_a_list_count_from_the_first(of_rows: Rows) -> None:
    found = of_rows(
        {"scenario time": dt.datetime(2024, 11, 27, 23, 50)}, {"scenario time": dt.datetime(2024, 11, 28, 0, 10)}
    )
    assert [inject.time for inject in found.checked()] == [1430, 1450]
    late = of_rows({"scenario time": dt.datetime(2024, 11, 27, 8)}, {"scenario time": dt.datetime(2024, 12, 1, 8)})
    assert "row 3, column 'scenario time'" in mistakes(late)


def test_the_start_is_what_most_rows_say(of_rows: Rows) -> None:
    rows = [{"scenario time": f"{7 + n}:30", "exercise time": f"T+{1 + n}:00"} for n in range(3)]
    found = of_rows(*rows, {"scenario time": "11:30", "exercise time": "T+9:00"}, start=None)
    assert found.start == START
    assert mistakes(found).splitlines() == [mistakes(found)] and "row 5" in mistakes(found)
    other = of_rows(*rows, start=420.0)
    assert len(other.mistakes) == 1
    assert "its times from the start count from 06:30, not from 07:00; empty the column" in mistakes(other)
    alone = of_rows({"scenario time": None, "exercise time": "T+1:00"}, start=None)
    assert "the start is not known: give it, --start 06:30" in mistakes(alone)


def test_a_list_without_times_is_one_message(of_rows: Rows) -> None:
    rows = [{"scenario time": None}] * 4
    assert mistakes(of_rows(*rows)).splitlines() == [mistakes(of_rows(*rows))]
    assert "no inject has a time: fill in 'scenario time'" in mistakes(of_rows(*rows))
    assert "no inject has a time" in mistakes(of_rows({}, headings=("seq", "type", "group", "text")))


def test_an_inject_may_wait_for_a_condition_alone(of_rows: Rows) -> None:
    (inject,) = of_rows({"scenario time": None, "condition": "if nobody comes"}).checked()
    assert (inject.time, inject.condition) == (None, "if nobody comes")


def test_names_in_either_language_and_as_people_call_them(of_rows: Rows) -> None:
    found = of_rows(
        {"type": "kejadian", "group": "TNI, Polres"}, {"type": "Social Media", "group": "semua"},
        {"type": "social", "group": "control", "text": ""}, {"type": "EVENT", "group": "disaster_agency; Health"},
    )  # fmt: skip
    assert [(inject.type, inject.group) for inject in found.checked()] == [
        (InjectType.EVENT, (Party.ARMY, Party.POLICE)), (InjectType.SOCIAL, EVERYBODY), (InjectType.SOCIAL, ()),
        (InjectType.EVENT, (Party.DISASTER_AGENCY, Party.HEALTH)),
    ]  # fmt: skip


def test_numbers_that_a_spreadsheet_made_of_texts(of_rows: Rows) -> None:
    (inject,) = of_rows({"seq": 3.0, "text": 12.0, "condition": 2.5}).checked()
    assert (inject.seq, inject.text, inject.condition) == (3, "12", "2.5")


def test_what_the_list_lacks_has_its_usual_value(of_rows: Rows) -> None:
    (inject,) = of_rows({}, headings=("scenario time", "group", "text")).checked()
    assert (inject.seq, inject.type, inject.status) == (1, InjectType.INFORMATION, InjectStatus.DRAFT)
    assert inject.longest_minutes == 10


def test_columns_without_which_nothing_can_be_told(of_rows: Rows) -> None:
    said = mistakes(of_rows({}, headings=("seq", "scenario time", "tex")))
    assert "column 'group' is missing" in said
    assert """column 'text' is missing; if it is 'tex', add: --map "tex=text\"""" in said


def test_two_columns_with_one_heading(of_rows: Rows) -> None:
    said = mistakes(of_rows({}, headings=(*HEADINGS, "Text")))
    assert "columns F and H have the same heading 'Text'" in said


def test_merged_cells_are_refused_below_the_headings_alone(tmp_path: Path) -> None:
    rows = [["Exercise"], list(HEADINGS), list(ROW), [2, "08:00", None, "event", "all", "Another", ""]]
    assert read(saved(tmp_path / "top.xlsx", rows, "A1:F1"), START).checked()[1].text == "Another"
    said = mistakes(read(saved(tmp_path / "in.xlsx", rows, "F3:F4"), START))
    assert "merged cells (F3:F4)" in said


@pytest.mark.parametrize("parted", [",", ";"])
def test_a_table_with_commas_or_semicolons(tmp_path: Path, parted: str) -> None:
    file = tmp_path / "list.csv"
    cells = [HEADINGS, (1, "07.30", "", "kejadian", "TNI", '"one; two,\nthree"', ""), ("",) * 7]
    text = "\ufeff" + "\r\n".join(parted.join(map(str, row)) for row in cells)
    file.write_bytes(text.encode())
    (inject,) = read(file, START).checked()
    assert (inject.text, inject.time) == ("one; two,\nthree", 450)


def test_a_formula_in_a_table_is_the_text_that_it_is(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("seq,scenario time,group,text\n1,07:30,all,=1+1\n")
    assert read(file, START).checked()[0].text == "=1+1"


def test_a_formula_that_was_typed_over_a_text_is_refused_whatever_it_showed(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(LIST, START))
    book = load_workbook(file)
    assert book.active is not None
    book.active["J2"] = '=HYPERLINK("http://example.org")'
    book.save(file)
    assert "row 2, column 'text': '=HYPERLINK" in mistakes(read(file, START))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("list.ods", b"", "from a workbook (.xlsx) or a table (.csv)"),
        ("list.xlsx", b"no", "not a workbook of Excel"),
        ("list.csv", b"seq,text\n", "no row below the headings"),
        ("list.csv", b"", "no row below the headings"),
        ("list.csv", b"seq,text\n1,\xff", "not UTF-8"),
        ("list.csv", b'seq,text\n1,"open', "cannot be read as CSV"),
        ("list.csv", b"seq,text\n" + b"1,x\n" * 1001, "1,001 rows; a list of events has 1,000 at most"),
        ("list.csv", b"," * 200, "rows or 100 columns"),
    ],
)
def test_what_is_no_list_is_one_message(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UserError) as refused:
        read(file, START)
    assert why in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("list.xlsx", "list.csv"):
        with pytest.raises(UserError, match="cannot be read"):
            read(tmp_path / name)
