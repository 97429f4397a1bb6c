"""Every word that a template of the room asks for is there: a missing one would be nothing on the page, without an error."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import sim.exercise.room
from sim.words import room_console, room_table

ROOM = Path(sim.exercise.room.__file__).parent
ASKED = re.compile(r"(?<![\w.])words\.([A-Z_]+)(?:\.([a-z_]+)(?![\w(]))?")
OF_A_TEXT = {"format"}
"""What is asked of a text, and is no key."""
WORDS: dict[str, ModuleType] = {"console": room_console, "table": room_table}


@pytest.mark.parametrize("folder", WORDS)
def test_every_word_that_a_template_asks_for_is_there(folder: str) -> None:
    words, missing, asked = WORDS[folder], [], 0
    for file in sorted((ROOM / folder / "templates").glob("*.html")):
        for name, key in ASKED.findall(file.read_text(encoding="utf-8")):
            asked += 1
            group = getattr(words, name, None)
            if group is None or (key and key not in OF_A_TEXT and isinstance(group, dict) and key not in group):
                missing.append(f"{file.name}: words.{name}{f'.{key}' if key else ''}")
    assert asked > 50
    assert missing == []
