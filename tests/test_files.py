"""Files of strangers: what is no regular file of a stated size and kind is not read at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.errors import UserError
from sim.files import read_text


def test_a_text_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfminutes\r\n1\r\n")
    assert read_text(tmp_path / "a.csv", 100, ".csv") == "minutes\r\n1\r\n"


def test_exactly_the_most_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x" * 1_000)
    assert len(read_text(file, 1_000, ".csv")) == 1_000
    with pytest.raises(UserError, match=r"a\.csv: cannot be read \(it has more than 999 bytes\)"):
        read_text(file, 999, ".csv")


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(UserError, match="it is not a regular file"):
        read_text(tmp_path / "a.yaml", 100, ".yaml")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(UserError, match="it is not a regular file"):
        read_text(tmp_path / "a.yaml", 100, ".yaml")


@pytest.mark.parametrize("secret", ["/dev/zero", "/etc/passwd", "/proc/self/environ"])
def test_a_file_of_another_kind_is_refused_also_behind_a_link_and_nothing_of_it_is_said(
    tmp_path: Path, secret: str
) -> None:
    link = tmp_path / "a.csv"
    link.symlink_to(secret)
    for file in (Path(secret), link):
        with pytest.raises(UserError, match=r"does not end in \.csv") as refused:
            read_text(file, 100, ".csv")
        assert "root:" not in str(refused.value) and "PATH=" not in str(refused.value)


def test_a_link_to_a_file_of_its_kind_is_read(tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("x")
    (tmp_path / "here.csv").symlink_to("there.csv")
    assert read_text(tmp_path / "here.csv", 9, ".csv") == "x"


def test_what_is_not_text_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"secret \xff\xfe")
    with pytest.raises(UserError) as refused:
        read_text(tmp_path / "a.csv", 100, ".csv")
    assert str(refused.value) == f"{tmp_path / 'a.csv'}: cannot be read (it is not UTF-8 text)"
