"""Strength: people by what they can do, added up and taken away; and one list of each kind of words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path

import pytest

from sim import triage, vocabulary
from sim.config import area
from sim.config.compose import load
from sim.config.explain import WrongSettings
from sim.strength import NOBODY, Strength
from sim.vocabulary import Severity

CONFIG = Path(area.__file__).parent

PAIR, CREW = Strength.of(presence=2), Strength.of(medical=3, presence=1)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (NOBODY, PAIR, PAIR),
        (PAIR, NOBODY, PAIR),
        (NOBODY, NOBODY, NOBODY),
        (PAIR, CREW, Strength.of(presence=3, medical=3)),
        (CREW, PAIR, Strength.of(presence=3, medical=3)),
    ],
)
def test_who_come_together_can_do_what_each_can_and_are_gone_when_they_are_taken_away(
    one: Strength, other: Strength, together: Strength
) -> None:
    assert one + other == together
    assert together - other == one and together - one == other


def test_of_whom_there_are_none_nothing_is_said() -> None:
    assert (CREW - Strength.of(medical=3)).people == Strength.of(presence=1).people
    assert not CREW - CREW and (CREW - CREW).people == ()


def lists_of_words(file: Path) -> Iterator[set[object]]:
    """Give the words of each literal type that a file writes down, where it has several."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            words = {part.value for part in ast.walk(node.slice) if isinstance(part, ast.Constant)}
            if len(words) > 1:
                yield words


def test_the_schema_lists_no_words_that_an_enumeration_knows() -> None:
    known = [{severity.word for severity in Severity}]
    for module in (vocabulary, triage, area):
        known += [{*map(str, one)} for _name, one in getmembers(module, isclass) if issubclass(one, StrEnum)]
    written = [(file.name, words) for file in CONFIG.glob("*.py") for words in lists_of_words(file)]
    assert written and [(name, words) for name, words in written if any(words <= one for one in known)] == []


@pytest.mark.parametrize(
    ("override", "says"),
    [
        (
            "response.attached.0.agency=scouts",
            "= 'scouts': unknown; known: army, disaster, local_government, medical,",
        ),
        ("response.attached.0.agency=armi", "= 'armi': unknown; did you mean 'army'?"),
        ("response.attached.0.from_severity=rad", "= 'rad': unknown; did you mean 'red'?"),
        (
            "response.abilities.police=[presense]",
            "response.abilities.police[0] = 'presense': unknown; did you mean 'pres",
        ),
        ("evacuation.care.facilities.0.takes=minors", "= 'minors': unknown; did you mean 'minor'?"),
    ],
)
def test_another_word_is_refused_with_those_that_are_known(override: str, says: str) -> None:
    with pytest.raises(WrongSettings) as caught:
        load(None, [override])
    assert says in str(caught.value)
