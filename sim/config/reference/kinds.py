"""The page of the kinds of disturbance: ``docs/kinds.md``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.config.fields import Settings
from sim.config.kinds import Kind
from sim.config.packaged import CONF, KINDS
from sim.config.reference import groups
from sim.config.reference.groups import docstrings, meanings, properties, told_by, words_of
from sim.config.reference.markdown import prose, table
from sim.config.reference.wording import allowed, flow, number_of, unit
from sim.config.source import read_yaml
from sim.config.traces import Trace
from sim.vocabulary import PlaceKind
from sim.words import names

FILE = "kinds.md"
NEEDED = "*needed*"
"""What stands in place of a default where there is none."""
_HEAD = """# Kinds of disturbance

<!-- Made by `make docs`; edit the docstrings in `sim/config/`, not this page. -->

A kind of disturbance is one YAML file: `conf/kinds/NAME.yaml`, or `kinds/NAME.yaml` in a folder of your own scenarios.
`simulate check kinds/NAME.yaml` checks it. A key that is *needed* has no default. Every number is an assumption to vary
unless its source is named: the values are those of the packaged files, and no survey of Indonesian polling days gives
them. Sizes and numbers that were seen: `sim/config/seen.py`. All other settings: [settings.md](settings.md).
"""


_LEFT = """What a kind leaves behind when it is over follows from its effects, its course and how it is told of; no key
says it. `simulate kinds` and `simulate check kinds/NAME.yaml` list it. Effects that are not named leave nothing.
"""


def page() -> str:
    """Return the page, Markdown."""
    parts = [_HEAD, "## Packaged kinds\n", _packaged(), "## What is left behind\n", _LEFT, _traces()]
    for model in models():
        places = getattr(model, "places", None)  # of an effect; those of a kind are a key
        at = f"\nAt: {', '.join(place.value for place in PlaceKind if place in places)}.\n" if places else ""
        parts += [f"## {heading(model)}\n", prose(inspect.getdoc(model) or ""), at, _table(model)]
    return "\n".join(parts).rstrip("\n") + "\n"


@cache
def models() -> tuple[type[Settings], ...]:
    """Return the groups of settings that a kind is made of, itself first, each once."""
    return tuple(groups.models(Kind))


def heading(model: type[Settings]) -> str:
    """Return what a group of settings is called: ``Course `crowd` `` for one of a union, else its own name."""
    told = told_by(model)
    return f"{told[0].capitalize()} `{told[1]}`" if told else words_of(model)


@cache
def _headings() -> dict[str, str]:
    """Return what each group of settings is called, by the name of its class."""
    return {model.__name__: heading(model) for model in models()}


def _table(model: type[Settings]) -> str:
    means, schemas = meanings(model), properties(model)
    rows = [
        (
            f"`{key}`",
            prose(means[key]),
            unit(key, schemas[key], means[key]),
            default(field),
            allowed(schemas[key], _see),
            source(schemas[key], means[key]),
        )
        for key, field in model.model_fields.items()
    ]
    return table(("key", "meaning", "unit", "default", "allowed", "source"), rows)


def _see(name: str) -> str:
    return f"see {_headings()[name]}"


def source(schema: dict[str, Any], meaning: str) -> str:
    """Return where a number that stands in the schema comes from; empty for what is no number."""
    if number_of(schema) is None:
        return ""
    return "see meaning" if "source" in meaning.lower() else "assumption"


def default(field: FieldInfo) -> str:
    """Return what a key is where nobody sets it, as the schema has it."""
    if field.is_required():
        return NEEDED
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_defaults=True)
    return f"`{flow(value.value if isinstance(value, Enum) else value)}`"


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
                ", ".join(_called(trace) for trace in kind.traces),
            )
        )
    return table(("kind", "title", "places", "course", "severities", "needs", "leaves behind"), rows)


def _traces() -> str:
    """Return what each trace means."""
    means = docstrings(Trace)
    return table(("left behind", "meaning"), [(_called(trace), prose(means[trace.name])) for trace in Trace])


def _called(trace: Trace) -> str:
    return names.TRACE[trace]


def _needs(kind: Kind) -> Iterator[str]:
    for severity, need in kind.needs.items():
        yield f"{severity.word}: " + (", ".join(f"{number} {capability}" for capability, number in need) or "nobody")
