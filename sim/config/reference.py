"""The reference page of kinds of disturbance, made of the schema: ``python -m sim.config.reference > docs/kinds.md``.

What a key means stands in the docstring below it, what is allowed in its type; the page repeats both. A new course or a
new effect is on the page as soon as it is in its union.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.config.fields import Settings
from sim.config.kinds import Kind
from sim.config.packaged import CONF, KINDS
from sim.config.source import read_yaml
from sim.vocabulary import PlaceKind

_HEAD = """# Kinds of disturbance

<!-- Made by `python -m sim.config.reference > docs/kinds.md`; edit the docstrings in `sim/config/`, not this page. -->

A kind of disturbance is one YAML file: `conf/kinds/NAME.yaml`, or `kinds/NAME.yaml` in a folder of your own scenarios.
`simulate check kinds/NAME.yaml` checks it. A key that is *needed* has no default. Every number is an assumption to vary
unless its source is named: the values are those of the packaged files, and no survey of Indonesian polling days gives
them. Sizes and numbers that were seen: `sim/config/seen.py`.
"""
_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""What pydantic calls the limits of a number whose own check comes first, and JSON schema calls them always."""
_NO_UNIT = "none"
_UNITS = (
    (r"(^|_)minutes$", "minutes"),
    (r"(^|_)km$", "km"),
    (r"(^|_)per_minute$", "per minute"),
    (r"(^|_)per_(\w+_)?hour$", "per hour"),
    (r"(^|_)ratio$", "officers per active person"),
    (r"^team_size$", "officers"),
    (r"(^|_)weight$", "weight"),
    (r"^deterrence$", _NO_UNIT),
    (r"^cv$", "standard deviation over mean"),
)
"""Units that the name of a key tells."""
_WORDS = ("kilometres", "minutes", "hours", "officers", "ambulances", "people", "times")
"""Units that its docstring may tell, the first of them that it has."""


def page() -> str:
    """Return the page, Markdown."""
    parts = [_HEAD, "## Packaged kinds\n", _packaged()]
    for model in models():
        places = getattr(model, "places", None)  # of an effect; those of a kind are a key
        at = f"\nAt: {', '.join(place.value for place in PlaceKind if place in places)}.\n" if places else ""
        parts += [f"## {heading(model)}\n", _prose(inspect.getdoc(model) or ""), at, _table(model)]
    return "\n".join(parts).rstrip("\n") + "\n"


def models() -> list[type[Settings]]:
    """Return the groups of settings that a kind is made of, itself first, each once."""
    found: list[type[Settings]] = [Kind]
    for model in found:  # it grows meanwhile
        for field in model.model_fields.values():
            found += [one for one in dict.fromkeys(_groups(field.annotation)) if one not in found]
    return found


def _groups(annotation: Any) -> Iterator[type[Settings]]:
    """Give every group of settings that a type names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        yield annotation
    for part in get_args(annotation):
        yield from _groups(part)


def heading(model: type[Settings]) -> str:
    """Return what a group of settings is called: ``Course `crowd` `` for one of a union, else its own name."""
    for key, schema in properties(model).items():
        if "const" in schema:
            return f"{key.capitalize()} `{schema['const']}`"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__)


@cache
def _headings() -> dict[str, str]:
    """Return what each group of settings is called, by the name of its class."""
    return {model.__name__: heading(model) for model in models()}


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstring below each key of a group of settings, those that it inherits among them.

    The key that tells one of a union from the others needs none.
    """
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base not in (BaseModel, Settings):
            found |= _docstrings(base)
    told = {
        key: f"`{schema['const']}`: it is this one" for key, schema in properties(model).items() if "const" in schema
    }
    return {key: found.get(key) or told.get(key, "") for key in model.model_fields}


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for line, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(below, ast.Expr):
            text = below.value.value if isinstance(below.value, ast.Constant) else None
            if isinstance(text, str):
                found[line.target.id] = " ".join(text.split())
    return found


def properties(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of each key, with the definitions it refers to put in."""
    schema = model.model_json_schema()
    return {key: _resolved(part, schema.get("$defs", {})) for key, part in schema.get("properties", {}).items()}


def _resolved(part: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Put in what a part of a schema refers to, unless that is a group of settings, which has a table of its own."""
    target = known.get(str(part.get("$ref", "")).rpartition("/")[2], {})
    if "enum" in target:
        return {**part, **target}
    return {
        key: [_resolved(one, known) for one in value]
        if key in ("anyOf", "oneOf")
        else _resolved(value, known)
        if key == "items"
        else value
        for key, value in part.items()
    }


def _table(model: type[Settings]) -> str:
    means, schemas = meanings(model), properties(model)
    rows = [
        (
            f"`{key}`",
            _prose(means[key]),
            unit(key, schemas[key], means[key]),
            _default(field),
            allowed(schemas[key]),
            source(schemas[key], means[key]),
        )
        for key, field in model.model_fields.items()
    ]
    return _markdown(("key", "meaning", "unit", "default", "allowed", "source"), rows)


def unit(key: str, schema: dict[str, Any], meaning: str) -> str:
    """Return the unit of a number, told by its key's name, its range or its docstring; empty for what is no number."""
    number = _number(schema)
    if number is None:
        return ""
    named = next((what for pattern, what in _UNITS if re.search(pattern, key)), None)
    if named is not None:
        return named
    if number["type"] == "number" and number.get("maximum", number.get("le")) == 1:
        return "share"
    words = re.findall(r"[a-z]+", meaning.lower())
    return next((word for word in _WORDS if word in words), "people" if number["type"] == "integer" else _NO_UNIT)


def allowed(schema: dict[str, Any]) -> str:
    """Return in words what a key may be."""
    parts = schema.get("anyOf") or schema.get("oneOf")
    if parts:
        return " or ".join(dict.fromkeys(text for part in parts if (text := allowed(part))))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    match schema.get("type"):
        case "null":
            return "null"
        case "number" | "integer":
            return _range(schema)
        case "string":
            return f"text of {schema.get('minLength', 0)} to {schema['maxLength']:,} characters"
        case "boolean":
            return "true, false"
        case "array":
            of = allowed(schema["items"])
            return f"list of {schema.get('minItems', 0)} to {schema['maxItems']}" + (f": {of}" if of else "")
        case _:
            return f"see {_headings().get(schema['$ref'].rpartition('/')[2], 'there')}"


def _range(schema: dict[str, Any]) -> str:
    limits = {_LIMITS.get(key, key): value for key, value in schema.items()}
    low = f"above {limits['exclusiveMinimum']:g}" if "exclusiveMinimum" in limits else f"{limits['minimum']:g}"
    high = f"below {limits['exclusiveMaximum']:,}" if "exclusiveMaximum" in limits else f"{limits['maximum']:,}"
    whole = "whole, " if schema["type"] == "integer" else ""
    return f"{whole}{low} to {high.removesuffix('.0')}"


def source(schema: dict[str, Any], meaning: str) -> str:
    """Return where the number of a key comes from; empty for what is no number."""
    if _number(schema) is None:
        return ""
    return "see meaning" if "source" in meaning.lower() else "assumption"


def _number(schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the part of a schema that is a number, if it may be one."""
    parts = [schema, *schema.get("anyOf", [])]
    return next((part for part in parts if part.get("type") in ("number", "integer")), None)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "*needed*"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "`{}`" if value == type(value)() else f"`{value.model_dump_json()}`"
    return f"`{json.dumps(value.value if isinstance(value, Enum) else value)}`"


def _packaged() -> str:
    rows = []
    for file in sorted((CONF / KINDS).glob("*.yaml")):
        kind = Kind.model_validate(read_yaml(file))
        rows.append(
            (
                f"`{file.stem}`",
                kind.title,
                ", ".join(kind.places),
                kind.course.course,
                ", ".join(severity.word for severity, _ in kind.severities.items()),
                "; ".join(_needs(kind)),
            )
        )
    return _markdown(("kind", "title", "places", "course", "severities", "needs"), rows)


def _needs(kind: Kind) -> Iterator[str]:
    for severity, need in kind.needs.items():
        yield f"{severity.word}: " + (", ".join(f"{number} {capability}" for capability, number in need) or "nobody")


def _prose(text: str) -> str:
    """Return a docstring as Markdown."""
    return re.sub(r"(?::\w+:)?`{1,2}~?([^`]+)`{1,2}", r"`\1`", text)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in cells)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
