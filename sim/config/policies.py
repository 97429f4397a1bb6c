"""The rules that a strategy chooses from, each with the sentence that its docstring says: told once, by the schema."""

from __future__ import annotations

import ast
import inspect
import textwrap
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from sim.config.command import Command
from sim.config.dispatch import Dispatch
from sim.config.fields import Settings
from sim.config.leaving import InCharge, Manner
from sim.config.relocation import Relocation
from sim.config.strategy import Guards
from sim.config.template import plain, sentence, tag_of
from sim.vocabulary import EscortRule


class Policy(NamedTuple):
    """One rule.

    Attributes:
        group: What it is a rule of: ``dispatch``, ``relocation``, ``command``, ``escort``, ``guards``, ``decides`` and
            ``manner``.
        key: The key that it is written for: ``policy``, ``rule``, or the group itself.
        name: Its name.
        sentence: What it does.
        settings: Settings of its own.
    """

    group: str
    key: str
    name: str
    sentence: str
    settings: tuple[str, ...]


_UNIONS: dict[str, tuple[type[Settings], ...]] = {
    "dispatch": get_args(get_args(Dispatch)[0]),
    "relocation": get_args(get_args(Relocation)[0]),
    "command": get_args(get_args(Command)[0]),
    "guards": get_args(get_args(Guards)[0]),
}
_WORDS: dict[str, type[StrEnum]] = {"escort": EscortRule, "decides": InCharge, "manner": Manner}


def policies() -> list[Policy]:
    """Return every rule, group by group."""
    return [*_of_unions(), *_of_words()]


def _of_unions() -> list[Policy]:
    found = []
    for group, models in _UNIONS.items():
        shared = set.intersection(*(set(model.model_fields) for model in models))
        for model in models:
            key, _, name = tag_of(model).partition(": ")
            own = tuple(name for name in model.model_fields if name not in shared)
            found.append(Policy(group, key, name, sentence(model), own))
    return found


def _of_words() -> list[Policy]:
    return [
        Policy(group, group, word.value, says[word.name], ())
        for group, words in _WORDS.items()
        for says in [_docstrings(words)]
        for word in words
    ]


def _docstrings(words: type[StrEnum]) -> dict[str, str]:
    """Return the docstring below each word of an enumeration, by the word's name in the code."""
    body: list[Any] = list(getattr(ast.parse(textwrap.dedent(inspect.getsource(words))).body[0], "body", []))
    found = {}
    for line, below in pairwise(body):
        if isinstance(line, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[ast.unparse(line.targets[0])] = plain(str(below.value.value))
    return found
