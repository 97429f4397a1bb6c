"""What a user reads can be translated, wherever in the program it is said.

A sentence goes through ``_("…")`` where it is said, or through ``marked("…")`` where it is made before the language is
known, or stands in a file of ``sim/words``. Found here are sentences that do neither.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim

PROGRAM = Path(sim.__file__).parent
ERRORS = {
    "UserError", "SettingError", "SeveralMistakes", "OutOfReachError", "Stopped", "ValueError",
    "UsageError", "BadParameter", "ClickException", "fail",
}  # fmt: skip
"""What is raised at a user; a ValueError is what pydantic makes an error of a setting of, and a table one of a cell."""
SAID = {"say", "complain", "echo", "remark", "warn"}
GATHERED = {"remarks", "warnings", "broken", "mistakes", "facts", "lines", "odd"}
"""Lists of what is said later."""
TRANSLATED = {"_", "gettext", "marked", "ngettext"}
MACHINES = {"add_argument", "getLogger", "compile", "execute", "strftime", "sub", "search", "findall", "split"}
"""Calls whose texts are for machines."""

FAULTS_OF_THE_PROGRAM: dict[str, set[str]] = {}
"""By file, beginnings of errors that no user can cause; they are for whoever writes the program."""


def files() -> list[Path]:
    return [file for file in sorted(PROGRAM.rglob("*.py")) if PROGRAM / "words" not in file.parents]


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PROGRAM).as_posix())
def test_every_sentence_can_be_translated(file: Path) -> None:
    name = file.relative_to(PROGRAM).as_posix()
    known = FAULTS_OF_THE_PROGRAM.get(name, set())
    found = {f"{line}: {text}" for line, text in untranslated(ast.parse(file.read_text(encoding="utf-8")))}
    assert not {one for one in found if not any(one.partition(": ")[2].startswith(k) for k in known)}


def untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and the text of each sentence that is said in English alone."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)):
        names = {name for node in _own(function) for said in _said(node) for name in _names(said)}
        for node in _own(function):
            parts = _said(node)
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(one, ast.Name) and one.id in names for one in targets):
                    parts = [*parts, node.value]
            for part in parts:
                yield from _sentences(part)


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Give what stands in a function, without what stands in those inside it."""
    for node in ast.iter_child_nodes(function):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own(node)


def _said(node: ast.AST) -> list[ast.expr]:
    """Return what a statement or call gives to a user."""
    if isinstance(node, ast.Call):
        called = _name(node.func)
        if called in ERRORS | SAID:
            return [*node.args[1 if called == "SettingError" else 0 :][:1]]
        if called in ("append", "extend") and isinstance(node.func, ast.Attribute):
            return list(node.args) if _name(node.func.value).lstrip("_") in GATHERED else []
    if isinstance(node, ast.AugAssign) and _name(node.target).lstrip("_") in GATHERED:
        return [node.value]
    return []


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names(part: ast.expr) -> Iterator[str]:
    """Give the variables that a text is made of, so that what they are set to is looked at too."""
    if isinstance(part, ast.Name):
        yield part.id
    elif isinstance(part, ast.IfExp):
        yield from (*_names(part.body), *_names(part.orelse))
    elif isinstance(part, ast.BinOp):
        yield from (*_names(part.left), *_names(part.right))
    elif isinstance(part, ast.FormattedValue):
        yield from _names(part.value)
    elif isinstance(part, ast.JoinedStr):
        for value in part.values:
            yield from _names(value)
    elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "format":
        for one in part.keywords:
            yield from _names(one.value)


def _sentences(part: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the sentences in an expression that are not handed over to be translated."""
    if isinstance(part, ast.Constant | ast.JoinedStr):
        text = _text(part)
        if _is_said(text):
            yield getattr(part, "lineno", 0), text
        if isinstance(part, ast.JoinedStr):
            for value in part.values:
                if isinstance(value, ast.FormattedValue):
                    yield from _sentences(value.value)
        return
    if isinstance(part, ast.Call) and _name(part.func) in TRANSLATED | MACHINES:
        return
    if isinstance(part, ast.Compare | ast.Subscript | ast.comprehension):
        return
    for inner in ast.iter_child_nodes(part):
        yield from _sentences(inner)


def _text(part: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(part, ast.Constant):
        return part.value if isinstance(part.value, str) else ""
    return "".join(_text(v) if isinstance(v, ast.Constant) else "{}" for v in part.values)


def _is_said(text: str) -> bool:
    """Whether there is a word of a language in a text of several parts; ``run.seed = {}`` has none."""
    words = [word.strip("'\",;:()?!…") for word in text.replace("{}", " ").split()]
    return " " in text.strip("\n") and any(word.isalpha() and len(word) > 1 for word in words)


def test_a_sentence_is_found_and_one_that_is_translated_is_not() -> None:
    told = [
        'raise UserError(f"{file}: cannot be read")',
        'raise SettingError("place", "is missing here")',
        'message = "it is lost"\nraise UserError(f"{file}: {message}")',
        'remarks.append("it is odd")',
        'remarks += [f"{name} is odd"]',
        'say(" and ".join(names))',
        'raise UserError(_("{file}: {why}").format(file=file, why="it is lost"))',
    ]
    fine = [
        'raise UserError(_("{file}: cannot be read").format(file=file))',
        'raise UserError(f"{file}: run.seed = {seed}: {message}")',
        'message = _("it is lost")\nraise UserError(message)',
        'raise RuntimeError("it cannot be")',
        "say(words.LOST.format(file=file))",
    ]
    assert [text for text in told if not list(untranslated(ast.parse(text)))] == []
    assert [text for text in fine if list(untranslated(ast.parse(text)))] == []
