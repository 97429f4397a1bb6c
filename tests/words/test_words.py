"""The words are only words: they import nothing of the program, so that every room may use them."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import sim

FILES = sorted((Path(sim.__file__).parent / "words").glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_words_import_nothing_but_the_standard_library(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert {name.split(".")[0] for name in names if name != "sim.words.language"} <= set(sys.stdlib_module_names)
