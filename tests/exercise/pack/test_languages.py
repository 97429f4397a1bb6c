"""A pack in Indonesian says nothing in English; each sentence of the words stands in some pack in English."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest

from sim.exercise.pack.write import write_pack
from sim.experiment.store import Run
from sim.words import exercise, exercise_injects, exercise_pack
from sim.words.language import Language, gettext, spoken
from tests.exercise.pack.conftest import all_bytes

_SHORT = 24
"""Characters of a text that may stand in another one by chance, or be the same in both languages."""


@pytest.fixture(scope="module")
def packs(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[Language, str]:
    """All that a reader of the same run's pack sees, in each language."""
    found = {}
    for language in Language:
        folder = tmp_path_factory.mktemp(str(language))
        with spoken(language):
            files = write_pack(run, folder)
        found[language] = everything(files)
    return found


def everything(files: list[Path]) -> str:
    return "\n".join(all_bytes(file) for file in files).replace("&#39;", "'").replace("&amp;", "&")


def texts(value: Any) -> list[str]:
    """Every text of a constant, without its fields."""
    if isinstance(value, str):
        return [part.strip() for part, *_ in string.Formatter().parse(value)]
    inside = value.values() if isinstance(value, dict) else value
    return [text for one in inside for text in texts(one)]


SENTENCES = sorted(
    {
        text
        for room in (exercise, exercise_pack, exercise_injects)
        for name, value in vars(room).items()
        if name.isupper()
        for text in texts(value)
        if len(text) > _SHORT
    }
)


def test_a_pack_in_english_is_seen_by_this_test(packs: dict[Language, str]) -> None:
    said = [one for one in SENTENCES if one in packs[Language.ENGLISH]]
    assert len(said) > 150


def test_a_pack_in_indonesian_has_no_english_sentence(packs: dict[Language, str]) -> None:
    if not any(gettext_in_indonesian(one) != one for one in SENTENCES):
        pytest.skip("the catalogue has none of these words yet")
    assert [one for one in SENTENCES if one in packs[Language.INDONESIAN]] == []
    assert 'lang="id"' in packs[Language.INDONESIAN] and "07.00" in packs[Language.INDONESIAN]


def gettext_in_indonesian(text: str) -> str:
    with spoken(Language.INDONESIAN):
        return gettext(text)
