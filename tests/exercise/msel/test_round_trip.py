"""Nothing of a list is lost on its way into a spreadsheet and back, in whatever language and program."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.exercise.inject import FIELDS, HIDDEN, Inject, InjectStatus, InjectType, Party
from sim.exercise.msel import read, written
from sim.exercise.msel.columns import NUMBERS, TEXTS, TIMES, Column, by_heading, by_usual_name, folded
from sim.exercise.msel.rows import is_blank
from sim.exercise.msel.values import of_seconds
from sim.exercise.session.actions import MOST_TEXT
from sim.text import shown
from sim.words import msel as words
from sim.words.language import Language, spoken
from tests.exercise.msel.conftest import LIST, START
from tests.nasty import ALLOWED

OFFICE = shutil.which("soffice")
_texts = st.one_of(
    st.sampled_from(sorted(ALLOWED.values())),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40).map(lambda text: shown(text, lines=True)),
)
"""Any text that can be shown; what cannot is written out when it is put into a cell."""
_seconds = st.integers(int(START * 60), 2219 * 60).map(of_seconds)


@st.composite
def _injects(draw: st.DrawFn, seq: int) -> Inject:
    texts = {column.value: draw(_texts) for column in TEXTS}
    group = draw(st.lists(st.sampled_from(Party), unique=True).map(tuple))
    time = draw(st.none() | _seconds)
    if group and is_blank(texts["text"]):
        texts["text"] = "told"
    if time is None and not (texts["condition"].strip() or texts["model_event"].strip()):
        texts["condition"] = "when asked"
    return Inject(
        seq=seq, group=group, time=time, type=draw(st.sampled_from(InjectType)),
        longest_minutes=draw(st.integers(0, 1440)), status=draw(st.sampled_from(InjectStatus)),
        actual_time=draw(st.none() | _seconds), **texts,
    )  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> tuple[Inject, ...]:
    """Any list of injects."""
    numbers = draw(st.lists(st.integers(1, 1_000_000), min_size=1, max_size=3, unique=True))
    return tuple(draw(_injects(number)) for number in numbers)


@settings(deadline=None, max_examples=30)
@given(lists(), st.sampled_from(Language), st.sampled_from(Language))
def test_any_list_written_in_one_language_is_the_same_read_in_the_other(
    injects: tuple[Inject, ...], first: Language, second: Language
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        with spoken(first):
            file.write_bytes(written(injects, START))
        with spoken(second):
            assert read(file, START).checked() == injects
            assert read(file).checked() == injects, "also where nobody says when the exercise starts"


def test_a_time_is_kept_to_the_second(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written([replace(LIST[0], time=586.2371)], START))
    (found,) = read(file).checked()
    assert found.time == pytest.approx(586.2371, abs=0.5 / 60) and found.time == of_seconds(round(586.2371 * 60))


def test_what_cannot_be_shown_is_written_out(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written([replace(LIST[0], text="a\x07b\ud800")], START))
    assert read(file).checked()[0].text == "a\\x07b\\ud800"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("way", [pytest.param(("ods", "xlsx"), marks=pytest.mark.slow), ("csv",)])
def test_a_spreadsheets_program_loses_nothing(way: tuple[str, ...], tmp_path: Path) -> None:
    """LibreOffice opens the list, saves it in a format of its own, and that again as a list."""
    odd = [
        *ALLOWED.values(), "  spaces  ", "two\n\nlines", "'quoted", '"a";b,c', "1.10", "007", "TRUE", "12/5", "1e5",
        "07:30", "2,5", "Rp 1.000", "_x000D_", "x" * MOST_TEXT,
    ]  # fmt: skip
    odd = [text for text in odd if "_x005F_" not in text]  # LibreOffice does not write that one as it should
    made = [
        replace(LIST[1], seq=seq, module=text, text=text, note=text, observation=text)
        for seq, text in enumerate(odd, 4)
    ]
    file = tmp_path / "list.xlsx"
    file.write_bytes(written([*LIST, *made], START))
    for number, kind in enumerate(way):
        folder = tmp_path / f"{number}"
        # the table: commas, quotes, UTF-8, every text in quotes and as it is, not as it looks
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false" if kind == "csv" else kind
        subprocess.run(
            [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", form,
             "--outdir", str(folder), str(file)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        file = folder / f"list.{kind}"
    assert read(file, START).checked() == (*LIST, *made)


def test_every_field_of_an_inject_has_its_column() -> None:
    assert {*FIELDS} - {"time"} == {*Column} - {Column.SCENARIO_TIME, Column.EXERCISE_TIME}
    assert {*TEXTS} == {f.name for f in fields(Inject) if f.type == "str"} and len(Column) == 23
    assert not {*TEXTS} & {*TIMES, *NUMBERS} and {column for column in Column if column.is_hidden} == HIDDEN


def test_a_heading_means_one_column_in_every_language() -> None:
    seen: dict[str, str] = {}
    for language in Language:
        with spoken(language):
            assert tuple(words.HEADINGS) == tuple(Column)
            for key, heading in words.HEADINGS.items():
                assert seen.setdefault(folded(heading), key) == key, heading
    assert set(seen) <= set(by_heading())


def test_a_usual_name_means_one_column() -> None:
    from sim.exercise.msel.columns import SYNONYMS

    names = [name for each in SYNONYMS.values() for name in each]
    assert len(names) == len(set(names)) and all(folded(name) == name for name in names)
    own = by_heading()
    assert {name: own[name] for name in by_usual_name() if name in own and own[name] is not by_usual_name()[name]} == {}
