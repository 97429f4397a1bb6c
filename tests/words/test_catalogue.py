"""The catalogue has a translation for every text that is said, and for none that is not."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

import sim
from sim.words.language import Language, spoken
from tests.words import gather

PROGRAM = Path(sim.__file__).parent


@pytest.fixture(scope="module")
def said() -> dict[str, set[str]]:
    return gather.said()


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return gather.translations()


def test_every_text_is_translated(said: dict[str, set[str]], known: dict[str, str]) -> None:
    assert {text: places for text, places in said.items() if text not in known} == {}, "make words, then translate"


def test_no_translation_is_left_over(said: dict[str, set[str]], known: dict[str, str]) -> None:
    assert set(known) - set(said) == set(), "make words"


def test_translations_have_the_fields_of_the_text(known: dict[str, str]) -> None:
    gather.said()
    forms = {text: gather.plural_of(text) for text in known}
    other = {text: told for text, told in known.items() if gather.fields(forms[text]) != gather.fields(told)}
    assert other == {}


def test_what_the_program_reads_is_compiled_of_what_people_read(known: dict[str, str]) -> None:
    read, said = read_mo(BytesIO(gather.MO.read_bytes())), read_mo(BytesIO(gather.mo(gather.catalogue(known))))
    assert [(one.id, one.string) for one in read] == [(one.id, one.string) for one in said], "make words"


def test_words_are_asked_for_when_they_are_said() -> None:
    """A constant that is bound, or a text made, while a module is imported keeps the language of that moment."""
    early = [f"{file.relative_to(PROGRAM)}:{line}" for file in PROGRAM.rglob("*.py") for line in _early(file)]
    assert early == []


def _early(file: Path) -> list[int]:
    """Return the lines of a module on which words are asked for at import; keys of a mapping are never translated."""
    if file.parent.name == "words":
        return []
    tree = ast.parse(file.read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    bound = [n.lineno for n in froms if (n.module or "").startswith("sim.words.") and n.module != "sim.words.language"]
    names = {
        alias.asname or alias.name
        for node in froms
        for alias in node.names
        if node.module == "sim.words" or (node.module == "sim.words.language" and alias.name == "gettext")
    }
    return bound + [node.lineno for node in _at_import(tree) if isinstance(node, ast.Name) and node.id in names]


def _at_import(node: ast.AST) -> list[ast.AST]:
    """Return what is evaluated while a module is imported, but for ``tuple(words.NAME)``, which has keys."""
    if isinstance(node, ast.Lambda) or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tuple"):
        return []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner: list[ast.AST] = [*node.decorator_list, node.args]
    else:
        inner = list(ast.iter_child_nodes(node))
    return [node, *(found for one in inner for found in _at_import(one))]


def test_the_guard_against_early_words_sees_them(tmp_path: Path) -> None:
    file = tmp_path / "early.py"
    file.write_text(
        "from sim.words import report as words\n"
        "from sim.words.report import UNITS\n"
        "A = words.NEVER\n"
        "def f(x=words.NEVER):\n"
        "    return words.NEVER\n"
    )
    assert _early(file) == [2, 3, 4]


def test_a_command_is_helped_in_indonesian() -> None:
    from sim.cli import group
    from sim.cli.language import translated

    with spoken(Language.INDONESIAN):
        assert translated(group).help != group.help
