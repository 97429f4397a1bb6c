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

ENGLISH = {
    "alone/city.py": {"place {}"},  # a name
    "alone/laws.py": {"Value error, "},  # what pydantic puts before a message, which is taken off
    "alone/rule.py": {"Value error, "},
    "cli/scenario.py": {"simulate check {}", "simulate --scenarios {} scenario={}"},  # commands
    "cli/strategy.py": {"simulate strategy check {}{}{}{}", "simulate{} strategy={},{}{}{}"},
    "config/explain.py": {"list index out of range"},  # what OmegaConf says, which is replaced
    # pages about the settings, for who writes them
    "config/reference/__main__.py": ...,
    "config/reference/groups.py": ...,
    "config/reference/kinds.py": ...,
    "config/reference/markdown.py": ...,
    "config/reference/settings.py": ...,
    "config/reference/sources.py": ...,
    "config/reference/wording.py": ...,
    "config/strategy.py": {"by {}", "by districts", "by table", "by place"},  # tags of pydantic's, which are no keys
    "config/template.py": {"see ", "text of 1 to {} characters"},  # as the reference says it
    "experiment/executors/cluster.py": {"run.executor = dask"},  # a setting
    "report/brief/team.py": {"simulate one-more {} {}"},  # a command
    # Faults of the program, or of who calls its functions with numbers of his own:
    "clock.py": {"Negative delay {}"},
    "disturbance/courses/path.py": {"time {} is before the path, which starts at {}"},
    "evacuation/bound.py": ...,
    "evacuation/site/evacuation.py": {"time passes by some minutes, not by {}"},
    "evacuation/site/hydraulics.py": {"no density carries {} persons a second and metre; {} at most"},
    "exercise/room/register.py": {"names of parts must differ from each other and from {}: {}"},
    # for machines: what is sealed, and events on the wire
    "exercise/room/doors.py": {"device {}"},
    "exercise/room/stream.py": {"data: {}\n", "event: {}\n{}", "id: {}\n\n"},
    "measures/samples.py": {"day {} is in both: each counts once"},
    "measures/sums.py": {"day {} is in both: each counts once"},
}
"""By file, texts that are said as they are, or that nobody reads; an ellipsis: all of them."""


def files() -> list[Path]:
    return [file for file in sorted(PROGRAM.rglob("*.py")) if PROGRAM / "words" not in file.parents]


def rooms() -> list[str]:
    return sorted({file.relative_to(PROGRAM).parts[0] for file in files()})


def name_of(file: Path) -> str:
    return file.relative_to(PROGRAM).as_posix()


@pytest.mark.parametrize("room", rooms())
def test_every_sentence_can_be_translated(room: str) -> None:
    found = {
        (name_of(file), line, text)
        for file in files()
        if file.relative_to(PROGRAM).parts[0] == room
        for line, text in untranslated(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert {one for one in found if not _stays(one[0], one[2])} == set()


def _stays(file: str, text: str) -> bool:
    known = ENGLISH.get(file, set())
    return known is ... or text in known


@pytest.mark.parametrize("room", rooms())
def test_what_is_translated_is_one_text_as_it_stands(room: str) -> None:
    """A text with values in it already, or one glued of several, is in no catalogue."""
    found = [
        f"{name_of(file)}:{node.lineno}"
        for file in files()
        if file.relative_to(PROGRAM).parts[0] == room
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in TRANSLATED
        if any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.IfExp) or _is_formatted(part) for part in node.args)
    ]
    assert found == []


def _is_formatted(part: ast.expr) -> bool:
    return isinstance(part, ast.Call) and _name(part.func) == "format"


def untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and the text of each sentence that is said in English alone."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)):
        is_text = isinstance(function, ast.FunctionDef) and _gives_text(function)
        names = {name for node in _own(function) for said in _said(node, is_text) for name in _names(said)}
        for node in _own(function):
            parts = _said(node, is_text)
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


def _gives_text(function: ast.FunctionDef) -> bool:
    return function.returns is not None and "str" in ast.unparse(function.returns) and function.name != "__repr__"


def _said(node: ast.AST, is_text: bool) -> list[ast.expr]:
    """Return what a statement or call gives to a user; what a function returns that returns texts may be said."""
    if isinstance(node, ast.Return | ast.Yield) and is_text:
        return [node.value] if node.value is not None else []
    if isinstance(node, ast.Call):
        called = _name(node.func)
        if called in ERRORS | SAID:
            return node.args[1:2] if called == "SettingError" else node.args[:1]
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
        'def fault(text: str) -> str | None:\n    return f"{text} is lost" if text else None',
        'def odd(text: str) -> Iterator[str]:\n    yield "it is odd"',
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
