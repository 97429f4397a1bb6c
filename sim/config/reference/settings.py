"""The page of all settings but those of a kind of disturbance: ``docs/settings.md``."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from sim.config.compose import load
from sim.config.fields import Settings
from sim.config.packaged import GROUPS, KINDS
from sim.config.reference import groups, kinds
from sim.config.reference.groups import ITEM, NAMED, Path, meanings, paths, properties, told_by, words_of
from sim.config.reference.markdown import link, prose, table
from sim.config.reference.sources import Written, packaged_files, written_in
from sim.config.reference.wording import allowed, flow, number_of, unit
from sim.config.scenario import Scenario

EXAMPLE = "calm_day"
"""The packaged scenario whose values are the defaults: it scripts nothing, and so changes none of them."""
_SHORT = 90
"""Characters of a value that is shown in a table; a longer one is named by its file."""
_HEAD = f"""# Settings

<!-- Made by `make docs`; edit the docstrings in `sim/config/` and the comments in `conf/`, not this page. -->

Every setting of a scenario, in the order in which `simulate scenario=NAME --cfg` prints them, but for those of the
[kinds of disturbance](kinds.md). An override is a group's path, a dot, a key, `=` and the value:

    simulate scenario=riot_kecamatan3 response.posko.desks=5 voting.open="'08:00'" incidents.0.place=Binduriang

A mapping is merged with the one that stands there, key by key; one that names its kind (by `rule`, `policy`, `course`
or `distribution`) takes its place. With `strategy.dispatch={{policy: nearest}}` what is the old rule's own goes, and
only what every rule has stays as it was (`take_guards_from`, `guards_within_minutes`, `in_time_minutes`; kinds of
other such mappings have nothing in common). The kind set alone, `strategy.dispatch.policy=nearest`, changes the
mapping that stands there: what the new kind knows stays, what it does not know goes. Files do the same to those they
build on.

In a file of your own the same path is nested YAML. `{ITEM}` in a path is the number of an item of a list, from 0;
`{NAMED}` is a name of your own. A strategy's settings, `strategies.{ITEM}`, are the keys of its file,
`conf/strategy/NAME.yaml`; those of an evacuation plan, `evacuation.areas.{NAMED}`, are the keys of
`conf/evacuation_plan/NAME.yaml`. How such files are made: [strategies.md](strategies.md), [own.md](own.md).

*Default* is the packaged value, as a calm day has it; a key that is *needed* has none. *Source* is what the packaged
file says of it: *sourced*, *estimate*, *assumption*, or a choice. A number that nothing is said of is an assumption.
"""


CHOICE = "a choice of whoever writes it"
"""What is said of a number of a plan or a script: it tells what shall be, and not what is so."""

SEVERAL = "see where it stands"
"""What is said of a number of a group that stands at several places, with a source of its own at each."""


@dataclass(frozen=True)
class Key:
    """One setting.

    Attributes:
        path: Where it stands; several where its group stands at several places.
        meaning: What it means.
        unit: Unit of a number; empty for what is none.
        default: The packaged value, or the schema's; Markdown.
        allowed: What it may be; Markdown.
        source: Where the packaged number comes from.
    """

    path: tuple[str, ...]
    meaning: str
    unit: str
    default: str
    allowed: str
    source: str

    @property
    def is_needed(self) -> bool:
        """Whether it has no default."""
        return self.default == kinds.NEEDED


def every_key() -> Iterator[Key]:
    """Give every setting there is, those of kinds of disturbance among them, in the order of the tree."""
    for model in places():
        yield from keys(model).values()


def value_at(path: str) -> str:
    """Return the packaged value at a path; empty where it has none, or is one of many, or a group."""
    value: Any = _composed()
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    text = "" if value is None else flow(value)
    return text if len(text) <= _SHORT else ""


def main_groups() -> dict[str, str]:
    """Return the groups by their first paths, of two keys at most, and what they are."""
    found = {path[0]: model for model, path in places().items() if 0 < len(path[0]) <= 2}
    return {".".join(path): groups.first_sentence(inspect.getdoc(model) or "") for path, model in found.items()}


def page() -> str:
    """Return the page, Markdown."""
    parts = [_HEAD, _contents()]
    for model in models():
        level = "##" if len(places()[model][0]) < 2 else "###"
        parts += [f"{level} {heading(model)}\n", prose(inspect.getdoc(model) or "") + "\n", _stands(model)]
        if model.model_fields:
            rows = [
                (f"`{name}`", key.meaning, key.unit, key.default, key.allowed, key.source)
                for name, key in keys(model).items()
            ]
            parts.append(table(("key", "meaning", "unit", "default", "allowed", "source"), rows))
    return "\n".join(part for part in parts if part).rstrip("\n") + "\n"


@cache
def places() -> Mapping[type[Settings], list[Path]]:
    """Return where each group stands, those of a kind of disturbance among them."""
    return paths(Scenario)


def models() -> list[type[Settings]]:
    """Return the groups that have a table here, in the order of the tree."""
    return [model for model in places() if model not in kinds.models()]


def heading(model: type[Settings]) -> str:
    """Return what a group is called: its path, or its own name where it stands at several."""
    return _headings()[model]


@cache
def _headings() -> dict[type[Settings], str]:
    many = Counter(path for found in places().values() for path in found)
    return {model: _heading(model, found, many) for model, found in places().items()}


def _heading(model: type[Settings], found: list[Path], many: Mapping[Path, int]) -> str:
    told = told_by(model)
    if len(found) > 1:
        return words_of(model)
    one = f" with `{told[0]}: {told[1]}`" if told else ""
    if not found[0]:
        return "The whole"
    path = f"`{'.'.join(found[0])}`"
    return path + (one or (f": {words_of(model)}" if many[found[0]] > 1 else ""))


def _see(model: type[Settings]) -> str:
    if model in kinds.models():
        return link(kinds.heading(model), kinds.FILE)
    return link(heading(model))


def _contents() -> str:
    tops = [model for model in models() if len(places()[model][0]) == 1]
    return "Groups: " + ", ".join(map(_see, tops)) + f"; {link('The whole')} is what they stand in.\n"


def _stands(model: type[Settings]) -> str:
    found = [f"`{'.'.join(path)}`" for path in places()[model]]
    return f"Stands at {', '.join(found)}.\n" if len(found) > 1 else ""


def keys(model: type[Settings]) -> dict[str, Key]:
    """Return what is said of each key of a group."""
    means, schemas, at = meanings(model), properties(model), places()[model]
    found = {}
    for name, field in model.model_fields.items():
        inside = {one.__name__: _see(one) for one in groups.groups(field.annotation)}
        found[name] = Key(
            tuple(".".join((*path, name)) for path in at),
            prose(means[name]),
            unit(name, schemas[name], means[name]),
            _default(at, name, field),
            allowed(schemas[name], inside.__getitem__),
            source(model, name),
        )
    return found


def source(model: type[Settings], name: str) -> str:
    """Return where the packaged number of a key comes from; empty for what is no number, and holds none of a group."""
    at, schema = places()[model], properties(model)[name]
    inside = list(groups.groups(model.model_fields[name].annotation))
    field, is_number = model.model_fields[name], number_of(schema) is not None
    if not is_number and not (inside and _is_shown(inside[0])):
        return ""
    if not field.is_required() and field.default is None:
        return ""
    found = list(dict.fromkeys(one.source for path in at if (one := _written((*path, name))) and one.source))
    if len(at) > 1 and len(found) > 1:
        return SEVERAL
    if found:
        return found[0]
    if field.is_required() and at[0] and at[0][0] not in GROUPS:
        return CHOICE if is_number else ""
    return kinds.source(schema, meanings(model)[name])


def _is_shown(model: type[Settings]) -> bool:
    """Whether the packaged values of a group are shown where it stands: its own table is for several places."""
    return len(places()[model]) > 1 or model in kinds.models()


def _default(at: list[Path], name: str, field: FieldInfo) -> str:
    """Return the packaged value of a key, or what it is where nobody sets it."""
    if len(at) == 1 and ITEM not in at[0] and NAMED not in at[0]:
        inside = list(groups.groups(field.annotation))
        value = _packaged((*at[0], name), _composed())
        if not at[0] and not inside:
            return kinds.default(field)  # the scenario's own texts
        if isinstance(value, dict) and inside and not _is_shown(inside[0]):
            return _many(value, (*at[0], name)) if NAMED in places()[inside[0]][0] else ""
        short = (flow(value), flow(_packaged((*at[0], name), _without_defaults())))
        text = next((text for text in short if len(text) <= _SHORT), None)
        return f"`{text}`" if text is not None else _many(value, (*at[0], name))
    return kinds.default(field)


def _many(value: Any, path: Path) -> str:
    """Say where a value stands that is too long for a table."""
    if not value:
        return f"`{flow(value)}`"
    if path == (KINDS,):
        return f"{len(value)} in `conf/{KINDS}/`"
    one = _written(path)
    return f"{len(value)} in `{one.file if one else 'conf/'}`"


@cache
def _composed() -> dict[str, Any]:
    return load(EXAMPLE).model_dump(mode="json")


@cache
def _without_defaults() -> dict[str, Any]:
    """Return the same without what the schema has anyway: the zeros of what a force does not ask for."""
    return load(EXAMPLE).model_dump(mode="json", exclude_defaults=True)


def _packaged(path: Path, settings: dict[str, Any]) -> Any:
    """Return a packaged value; what the settings leave out is empty."""
    value: Any = settings
    for key in path:
        value = value.get(key, {})
    return value


@cache
def _every_key() -> dict[Path, Written]:
    """Return every packaged key by its path; of several files of a group that of the composition counts."""
    found: dict[Path, Written] = {}
    for file in packaged_files():
        if file.name != "own_region.yaml":
            for path, one in written_in(file).items():
                if path[0] not in GROUPS or path not in found:
                    found[path] = one
    return found


def _written(path: Path) -> Written | None:
    """Return the packaged key at a path; for an item of a list, or of a mapping, the first that there is."""
    if ITEM not in path and NAMED not in path:
        return _every_key().get(path)
    return next(_matching(path), None)


def _matching(path: Path) -> Iterator[Written]:
    for other, one in _every_key().items():
        if len(other) == len(path) and all(a in (ITEM, NAMED, b) for a, b in zip(path, other, strict=True)):
            yield one
