"""Any CSV table: the line that an error names is that of an editor, and nothing is read beyond the stated limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UserError
from sim.table import MOST_COLUMNS, MOST_IN_ROW, MOST_LINES, Row, Table
from tests.test_decimals import ODD


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "t.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def rows(folder: Path, content: str | bytes) -> list[Row]:
    return list(Table(written(folder, content)).rows())


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(UserError) as caught:
        for row in rows(folder, content):
            row.number("b", 0, 100)
    assert str(caught.value).startswith(str(folder / "t.csv"))
    return str(caught.value).removeprefix(str(folder / "t.csv"))


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa,b\n1,2\n", b"a,b\r\n1,2\r\n", b"a,b\r1,2\r", b"a,b\n1,2", b"\n a ,b\n\n1,2\n\n"])  # fmt: skip
def test_a_byte_order_mark_line_endings_and_empty_lines_make_no_difference(tmp_path: Path, content: bytes) -> None:
    (row,) = rows(tmp_path, content)
    assert (row.cell("a"), row.whole("b", 0, 5), "c" in row) == ("1", 2, False)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a,b\n1,x\n", 2),
        ("a,b\n1,2\n\n1,x\n", 4),
        ('a,b\n"one\ntwo\n\nthree",2\n1,x\n', 6),
        ('a,b\n"one\ntwo",x\n', 2),
        ('a,"b"\r\n"one\r\ntwo",2\r\n1,x\r\n', 4),
        ('"a\nname",b\n1,x\n', 3),
    ],
)
def test_the_line_is_the_one_on_which_the_row_begins(tmp_path: Path, content: str, line: int) -> None:
    assert refused(tmp_path, content).startswith(f", row {line}, column 'b': 'x' is not a number from 0 to 100; ")


@pytest.mark.parametrize("text", [text for text in ODD if "\n" not in text], ids=lambda text: text[:10])
def test_an_odd_number_is_refused_with_its_place_and_what_is_allowed(tmp_path: Path, text: str) -> None:
    said = refused(tmp_path, f'a,b\n1,"{text}"\n')
    assert said.startswith(", row 2, column 'b': '") and "plain decimals, such as 12" in said
    assert len(said) < 250


@pytest.mark.parametrize(("text", "says"), [("101", "101 is outside 0 to 100"), ("-1", "-1 is outside"), ("9" * 320, "9" * 20 + "… is outside")])  # fmt: skip
def test_a_number_beyond_its_bounds(tmp_path: Path, text: str, says: str) -> None:
    assert f", row 2, column 'b': {says}" in refused(tmp_path, f"a,b\n1,{text}\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a,b\n1\n", ", row 2, column 'b': the row is too short: 1 values for 2 columns"),
        ("a,b\n1,2,3\n", ", row 2, column 'b': the row is too long: 3 values for 2 columns"),
        ("a,b,a\n1,2,3\n", ": columns 1 and 3 have the same name"),
        ("a,b,\n1,2,\n", ": column 3 has no name"),
        ('a,b\n1,"2\n3,4\n', ", row 2: cannot be read as CSV (a double quote is opened and never closed)"),
        ('a,b\n1,"2"3\n', ", row 2: cannot be read as CSV"),
        ("a,b\n1,2\n3,\0\n", ", row 3: cannot be read (a NUL byte: this is no text)"),
        (b"\xff\xfea\0,\0b\0", ": cannot be read (it is not UTF-8 text)"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str | bytes, says: str) -> None:
    assert refused(tmp_path, content).startswith(says)


def test_what_is_too_much_is_refused_before_it_is_built(tmp_path: Path) -> None:
    too_long = f": cannot be read (it has more than {MOST_IN_ROW:,} characters"
    for content in ("," * 500_000, "a,b\n" + "x" * 500_000, 'a,b\n"' + "x\n" * 250_000, "a,b\n" + '"\n",' * 125_000):
        assert too_long in refused(tmp_path, content)
    assert refused(tmp_path, "\n" * (MOST_LINES + 1)) == f": cannot be read (it has more than {MOST_LINES:,} lines)"
    names = ",".join(f"c{i}" for i in range(MOST_COLUMNS + 1))
    assert refused(tmp_path, names) == f": has {MOST_COLUMNS + 1} columns; {MOST_COLUMNS} at most are allowed"


def test_the_largest_row_is_read_and_one_more_character_is_not(tmp_path: Path) -> None:
    for end in ("", "\n", "\r\n"):
        cell = "x" * (MOST_IN_ROW - len("1,") - len(end))
        assert [row.cell("b") for row in rows(tmp_path, f"a,b\n1,{cell}{end}")] == [cell]
        assert ", row 2: cannot be read" in refused(tmp_path, f"a,b\n1,{cell}x{end}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\x1b[31mred", "may not hold a control character"),
        ("two\nlines", "may not hold a line break"),
        ("x" * 201, "may have 100 characters at most"),
        ("  ", "is empty"),
    ],
)
def test_a_name_is_one_line_of_text(tmp_path: Path, text: str, says: str) -> None:
    (row,) = rows(tmp_path, f'a,b\n"{text}",2\n')
    with pytest.raises(UserError) as caught:
        row.text("a")
    assert says in str(caught.value) and "\x1b" not in str(caught.value)
