"""The groups of settings that a model is made of: which there are, where they stand, and what their keys mean."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from sim.config.fields import Settings

ITEM = "N"
"""What stands in a path for the number of an item of a list."""
NAMED = "NAME"
"""What stands in a path for a name of a mapping."""

Path = tuple[str, ...]
"""The keys that lead to a setting."""


def models(root: type[Settings]) -> list[type[Settings]]:
    """Return the groups of settings that a group is made of, itself first, each once; the nearest ones come first."""
    found = [root]
    for model in found:  # it grows meanwhile
        for field in model.model_fields.values():
            found += [one for one in dict.fromkeys(groups(field.annotation)) if one not in found]
    return found


def groups(annotation: Any) -> Iterator[type[Settings]]:
    """Give every group of settings that a type names, however deep."""
    yield from (group for group, _ in _steps(annotation, ()))


def paths(root: type[Settings]) -> dict[type[Settings], list[Path]]:
    """Return where each group of settings stands, in the order of the tree; a group is before those inside it."""
    found: dict[type[Settings], list[Path]] = {}
    _walk(root, (), found)
    return found


def _walk(model: type[Settings], path: Path, found: dict[type[Settings], list[Path]]) -> None:
    found.setdefault(model, []).append(path)
    for key, field in model.model_fields.items():
        for group, steps in dict.fromkeys(_steps(field.annotation, (key,))):
            _walk(group, path + steps, found)


def _steps(annotation: Any, path: Path) -> Iterator[tuple[type[Settings], Path]]:
    """Give every group that a type names, and the path to it."""
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        yield annotation, path
        return
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield from _steps(parts[1], (*path, NAMED))
    elif origin is tuple:
        yield from _steps(parts[0], (*path, ITEM))
    elif origin in (Union, UnionType):
        for part in parts:
            yield from _steps(part, path)
    elif origin is Annotated:
        yield from _steps(parts[0], path)


def told_by(model: type[BaseModel]) -> tuple[str, str] | None:
    """Return the key that tells a group from the others of its union, and its value; None: there is none."""
    found = ((key, schema["const"]) for key, schema in properties(model).items() if "const" in schema)
    return next(found, None)


def words_of(model: type[BaseModel]) -> str:
    """Return the name of a group's class in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__)


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring."""
    return re.split(r"(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


@cache
def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return what each key of a group of settings means.

    It is the docstring below the key, also of one that it inherits. A key without one whose value is a group of
    settings, or a choice of several, means what the first sentence of that group says. The key that tells one of a
    union from the others needs none.
    """
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base not in (BaseModel, Settings):
            found |= docstrings(base)
    for key, field in model.model_fields.items():
        inside = list(dict.fromkeys(groups(field.annotation)))
        if key not in found and len(inside) == 1:
            found[key] = first_sentence(inspect.getdoc(inside[0]) or "")
    told = told_by(model)
    if told is not None and not found.get(told[0]):
        found[told[0]] = f"`{told[1]}`: it is this one"
    return {key: found.get(key, "") for key in model.model_fields}


def docstrings(of: type) -> dict[str, str]:
    """Return the docstrings below what a class names: keys of a group of settings, members of an enumeration."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for line, below in zip(tree.body, tree.body[1:], strict=False):
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if isinstance(target, ast.Name) and isinstance(below, ast.Expr):
            text = below.value.value if isinstance(below.value, ast.Constant) else None
            if isinstance(text, str):
                found[target.id] = " ".join(text.split())
    return found


@cache
def properties(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of each key, with the definitions it refers to put in."""
    schema = model.model_json_schema()
    return {key: _resolved(part, schema.get("$defs", {})) for key, part in schema.get("properties", {}).items()}


def _resolved(part: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Put in what a part of a schema refers to, unless that is a group of settings, which has a table of its own."""
    target = known.get(str(part.get("$ref", "")).rpartition("/")[2], {})
    if "enum" in target or target.get("type") == "array":
        return _resolved({**part, **target, "$ref": ""}, known)
    return {key: _inner(key, value, known) for key, value in part.items()}


def _inner(key: str, value: Any, known: dict[str, Any]) -> Any:
    if key in ("anyOf", "oneOf", "prefixItems"):
        return [_resolved(one, known) for one in value]
    return _resolved(value, known) if key in ("items", "additionalProperties", "propertyNames") else value
