"""Every word of a message is asked of the catalogue: in a made-up language no English is left in it.

The made-up language writes each letter of a text as a wide one, and leaves its fields alone. What is still in plain
letters after that is a name, a value or a file, of which no two stand side by side. What a library says (YAML, pydantic
of a manifest, the operating system) stays in English and is not asked for here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.config.checked import check_any
from sim.config.compose import load
from sim.errors import SeveralMistakes, UserError, first_line, in_lines, nearest, nearest_of
from sim.experiment.manifest import read_manifest
from sim.table import Table
from sim.text import NAME, TITLE
from sim.words import language
from sim.words.language import Language, Text, spoken

_WIDE = {ord(letter): chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters}
_ENGLISH = re.compile(r"(?<![\w.])[a-z]{2,}:? [a-z]{2,}(?![\w.])")


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_translated", lambda message, _: Text(_wide(message)))
    with spoken(Language.INDONESIAN):
        yield


def _wide(message: str) -> str:
    """Return a text in wide letters; what stands in braces, and texts that are no format, keep their marks."""
    return "".join(
        part if part.startswith("{") and not part.startswith("{{") else part.translate(_WIDE)
        for part in re.split(r"(\{\{|\}\}|\{[^{}]*\})", message)
    )


def english(message: str) -> list[str]:
    """Return the pairs of plain words in a message, values in quotes and lists of names left out."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|\[[^\]]*\]|\{[^}]*\}", "·", message)
    return _ENGLISH.findall(bare)


def said(error: pytest.ExceptionInfo[UserError]) -> str:
    lines = error.value.lines if isinstance(error.value, SeveralMistakes) else [str(error.value)]
    return "\n".join(lines)


INCIDENT = 'incidents: [{kind: riot, onset: "09:15", place: Kota Padang, starters: 12}]'
BAD = {
    "a number": "incidents: 010",
    "a truth": "title: yes",
    "twice": "title: a\ntitle: b",
    "no key": "? \n: 1",
    "a tag": "title: !python/name:os.system x",
    "no mapping": "- a\n- b",
    "code": "title: x\n_target_: os.system",
    "interpolation": "title: ${oc.env:HOME}",
    "unknown": "title: x\ncolour: red",
    "unknown inside": 'incidents: [{kind: riot, onset: "09:15", place: A, starters: 12, colour: red}]',
    "unknown kind": 'incidents: [{kind: riott, onset: "09:15", place: A}]',
    "a time as a number": "incidents: [{kind: riot, onset: 615, place: A}]",
    "no time": 'incidents: [{kind: riot, onset: "9 am", place: A}]',
    "no place": 'incidents: [{kind: riot, onset: "09:15"}]',
    "two places": 'incidents: [{kind: riot, onset: "09:15", place: A, among: [station]}]',
    "too many": 'incidents: [{kind: riot, onset: "09:15", place: A, starters: 12000000}]',
    "a blank title": 'title: "   "',
    "a formula": 'incidents: [{kind: riot, onset: "09:15", place: "=A1"}]',
    "order": f'voting: {{open: "13:00", close: "07:00"}}\n{INCIDENT}',
    "a list": "incidents: {a: 1}",
    "a mapping": "voting: [1, 2]",
    "no number": f"run: {{replications: many}}\n{INCIDENT}",
    "too little": f"run: {{replications: 0, confidence: 0.1}}\n{INCIDENT}",
    "defaults": "defaults: heavy_rain",
    "a choice": "defaults: [{override /weather: sunny}]",
    "a group": "defaults: [{override /wheather: dry}]",
    "results": f"run: {{output: elsewhere}}\n{INCIDENT}",
    "text of what is not there": 'title: "At {incidents[0].colour}"\n' + INCIDENT,
}


@pytest.mark.parametrize("what", BAD)
def test_nothing_of_an_error_about_settings_is_in_english(what: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(BAD[what], encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("mine", (), tmp_path)
    assert english(said(error).replace(str(tmp_path), "")) == []


@pytest.mark.parametrize(
    "override",
    [
        "run.repliations=3",
        "run.seed=0x10",
        "weather=sunny",
        "~weather",
        "run.seed=${x}",
        "hydra.verbose=true",
        "run.seed",
        "scenario=calm",
        "voting.stages.9.servers=2",
        "incidents.0=3",
    ],
)
def test_nothing_of_an_error_about_an_override_is_in_english(override: str) -> None:
    with pytest.raises(UserError) as error:
        load(None, [override])
    assert english(said(error)) == []


@pytest.mark.parametrize("name", ["nothing.yaml", "folder", "note.txt", "odd name.yaml", "mine.yaml"])
def test_nothing_of_an_error_about_a_file_that_is_checked_is_in_english(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "note.txt").write_text("x")
    (tmp_path / "mine.yaml").write_text("colour: red")
    with pytest.raises(UserError) as error:
        check_any(tmp_path / name)
    assert english(said(error).replace(str(tmp_path), "")) == []


@pytest.mark.parametrize(
    "text", ["", "a,,b\n", "a,a\n", "x,y\n1,2\n", 'a,b\n"x', "a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\0"]
)
def test_nothing_of_an_error_about_a_table_is_in_english(text: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        table = Table(file)
        table.refuse_missing(["a", "b", "c"] if text[:1] == "x" else ["a", "b"], ["a", "b"])
        list(table.rows())
    assert english(said(error).replace(str(file), "")) == []


def test_nothing_of_a_fault_of_a_text_is_in_english() -> None:
    faults = [TITLE.fault("x" * 121), TITLE.fault("a\nb"), TITLE.fault("a\x1bb"), NAME.fault("=1"), NAME.fault("")]
    assert [english(fault or "not seen at all") for fault in faults] == [[]] * 5


def test_nothing_of_a_hint_is_in_english() -> None:
    hints = [nearest("calm", ["calm_day"]), nearest("x", ["calm_day"]), nearest("x", []), nearest_of("x", ["a"], "·")]
    hints += [first_line("a\nb\nc"), in_lines(map(str, range(30)))]
    assert [english(hint) for hint in hints] == [[]] * len(hints)


def test_nothing_of_an_error_about_a_folder_of_a_run_is_in_english(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "manifest.json").write_text("{}")
    for name in ("none", "run", "torn"):
        with pytest.raises(UserError) as error:
            read_manifest(tmp_path / name)
        line = said(error).replace(str(tmp_path), "").partition("(")[0]  # in brackets stands what pydantic says
        assert english(line) == []


def test_what_is_in_english_is_seen() -> None:
    assert english("mine.yaml: run.seed = 3: may not be so") == ["may not", "be so"]
    assert english("mine.yaml: run.seed = 3: ｍａｙ ｎｏｔ 'be so'") == []
