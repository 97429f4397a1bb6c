"""What a reader sees in Indonesian has no English left in it: lists on the terminal, and a report with its tables.

What stays are names: of places, of strategies and settings, of files, and commands to be typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.inference.compare import compare
from sim.report.write import write
from sim.words.language import Language, spoken
from tests.conftest import SMALL

_WORDS = """
    a after all an and any are army as at be been before between but by cannot day days disaster district districts
    each every first for from green guard guards has have how if in into is it its last late least less more most must
    never no nobody none not of officers on one only or other others out over own patrol people place places plan
    police rain red reserve road roads row so stands station stations than that the their them then there they this
    time to under unit units until vehicle village villages voters votes wardens was weather were what when where which
    who whose why will with within without yellow
"""
ENGLISH = frozenset(_WORDS.split())
"""Words that English texts have, and Indonesian ones have not."""
COMMANDS = ("kinds", "policies", "scenarios", "strategies", "settings", "check conf/kinds/earthquake.yaml")
_NOT_SAID = re.compile(r"(?s)<(style|script|code|pre)\b.*?</\1>|<[^>]+>")
_NAME = re.compile(
    r"'[^']*'"  # quoted
    r'|"[a-z_]+"'  # the key of a setting in a list of them
    r"|\b\w*[_=/.\[][\w/.=\[\]]*"  # with a mark that only names have
    r"|\bsimulate \S+( new| check)?"  # a command
)


_SETTINGS = re.compile(r"(?m)\([^()]*: [a-z_,\s]+\)|: \w+$")
"""Settings of a rule, in brackets; what a heading is a heading of."""


def english(text: str) -> list[str]:
    """Return the lines in which a word of English stands outside of names."""
    found = []
    for line in _SETTINGS.sub("", text).splitlines():
        said = _NAME.sub(" ", re.sub(r"^  [\w.]+: ", "", line))
        if ENGLISH.intersection(word.casefold() for word in re.findall(r"(?<![\w-])[A-Za-z]+(?![\w-])", said)):
            found.append(line.strip())
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_list_has_no_english_left(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*command.split(), "language=id"]) == 0
    out, err = capsys.readouterr()
    assert english(out + err) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Run]:
    """The same three days of two strategies, played in each language."""

    def played(language: Language) -> Run:
        folder = tmp_path_factory.mktemp(language)
        settings = [
            *SMALL,
            "region.forces.police=300",
            "strategy=even_spread,central_reserve",
            "run.replications=3",
            f"run.output={folder}",
        ]
        with spoken(language):
            return execute(load("riot_kecamatan3", settings))

    return {language: played(language) for language in Language}


def test_a_report_has_no_english_left(made: dict[Language, Run]) -> None:
    one = made[Language.INDONESIAN]
    with spoken(Language.INDONESIAN):
        text = write(one, compare(one)).read_text(encoding="utf-8")
    said = "\n".join([_NOT_SAID.sub("\n", text), *re.findall(r'(?:alt|title|aria-label)="([^"]*)"', text)])
    assert english(html.unescape(said)) == []


def test_what_is_stored_does_not_depend_on_the_language(made: dict[Language, Run]) -> None:
    english, indonesian = (dict(_stored(made[language].path)) for language in Language)
    assert english.keys() == indonesian.keys()
    assert len(english) > 20 and [name for name in english if english[name] != indonesian[name]] == []


def _stored(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give each file of what was played and on what, but for the pictures and pages made of it."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and name.parts[0] in ("tables", "samples", "deployments", "region"):
            yield name.as_posix(), file.read_bytes()


def test_english_is_seen() -> None:
    assert english("baik\n  12 green, the rest") == ["12 green, the rest"]
    assert english("  none: Semua kembali\nsimulate places lists.yaml\nrun.seed 'for all'") == []
