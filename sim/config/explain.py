"""Turns what Hydra and pydantic complain about into messages for the person who wrote the setting.

A message says where the setting was set, its name, its value, and what is allowed. A check of several settings at once
(``close must come after open``) carries their paths, see :mod:`sim.config.refusal`. Blamed is the one among them that
the user set himself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hydra.errors import MissingConfigException
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.config.numbers import ALL, Numbers
from sim.config.override import shown_override
from sim.config.packaged import CONF, GROUPS, KINDS, SCENARIOS
from sim.config.refusal import UNKNOWN, SettingError, SettingErrors, SettingPath, dotted
from sim.config.region_parts import REGION, unfolded
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.errors import SeveralMistakes, UserError, in_lines, nearest, nearest_of, shortened
from sim.words import lists as words
from sim.words import settings as setting_words
from sim.words.language import gettext as _
from sim.words.language import marked, number

_MOST_READ = 200
"""Problems of which the lines are made, to leave out those that say the same; a file may have twenty thousand."""
_LONGEST_VALUE = 60
_LONGEST_KEY = 80
_NOT_THERE = object()
_SHAPES = {
    "tuple_type": marked("a list is needed"),
    "dict_type": marked("a mapping of settings is needed"),
    "model_type": marked("a mapping of settings is needed"),
    "model_attributes_type": marked("a mapping of settings is needed"),
}
"""What pydantic says of a list where a mapping is needed, and the reverse, and what a user reads instead."""
_PLAIN = {
    **_SHAPES,
    "greater_than": marked("must be more than {gt}"),
    "greater_than_equal": marked("must be {ge} or more"),
    "less_than": marked("must be less than {lt}"),
    "less_than_equal": marked("must be {le} or less"),
    "finite_number": marked("a finite number is needed"),
    "float_type": marked("a number is needed"),
    "float_parsing": marked("a number is needed"),
    "int_type": marked("a whole number is needed"),
    "int_parsing": marked("a whole number is needed"),
    "int_from_float": marked("a whole number is needed"),
    "int_parsing_size": marked("the number is too large"),
    "bool_type": marked("true or false is needed, without quotes"),
    "bool_parsing": marked("true or false is needed, without quotes"),
    "string_type": marked("a text is needed; put it in quotes"),
    "too_short": marked("must not be empty"),
    "too_long": marked("it may have {max_length} items, not {actual_length}"),
    "string_too_short": marked("must not be empty"),
    "string_too_long": marked("at most {max_length} characters are allowed"),
    "invalid_key": marked("a key must be a text; put it in quotes"),
}
"""The same for everything else that takes no more than filling in a number."""


class WrongSettings(SeveralMistakes):
    """Settings that are wrong by themselves or beside each other.

    Attributes:
        told: Each line, and where the settings that it is about stand in the composed ones.
        paths: Where all of them stand, also those of which no line was made.
    """

    def __init__(
        self, told: Iterable[tuple[str, Sequence[SettingPath]]], unread: Iterable[Sequence[SettingPath]]
    ) -> None:
        self.told, more = tuple(told), tuple(unread)
        lines = [line for line, about in self.told]
        self.paths = tuple(path for about in (*(about for line, about in self.told), *more) for path in about)
        super().__init__(lines, len(more))


@dataclass(frozen=True)
class _Sources:
    """Where the settings of one composition come from.

    Attributes:
        data: The composed settings.
        overrides: The overrides in force.
        file: The scenario's file.
        scenario: What it holds.
        chosen: The file of each group's choice, of each strategy as ``strategy/NAME`` and each kind as ``kinds/NAME``.
        numbers: How the user counts the items of lists of which some have been left out.
    """

    data: dict[str, Any]
    overrides: Sequence[str]
    file: Path
    scenario: dict[str, Any]
    chosen: Mapping[str, Path]
    numbers: Numbers = ALL

    def dotted(self, path: Sequence[str | int]) -> str:
        """Return the name of a setting as a user would write it."""
        return _dotted(self.numbers.written(path))

    def named(self, path: Sequence[str | int], message: str) -> str:
        """Put a setting's name and value before a message."""
        return _named(self.dotted(path), _at(self.data, path), message)

    def origin(self, path: Sequence[str | int]) -> tuple[int, str]:
        """Say where a setting was set, after how near that is to the user.

        0 is the command line, 1 the scenario's file, 2 the file of the group or strategy.
        """
        keys = _written(self.numbers.written(path))
        name = ".".join(map(str, keys))
        for override in reversed(self.overrides):
            key = override.partition("=")[0].lstrip("+~")
            inside = name.startswith(f"{key}.") and key not in GROUPS
            if name == key or inside or (name and key.startswith(f"{name}.")):
                return 0, _("override '{override}'").format(override=shown_override(override))
        group = str(keys[0]) if keys else ""
        if group == "strategy" and group != path[0]:
            group = f"strategy/{_at(self.data, [*path[:2], 'name'])}"
        elif group == "kinds" and len(keys) > 1:
            group = f"kinds/{keys[1]}"
        elif keys[:2] == ["evacuation", "areas"] and len(keys) > 2:
            group = f"evacuation_plan/{keys[2]}"
        if group not in self.chosen or _at(self.scenario, keys) is not _NOT_THERE:
            return 1, _shown_file(self.file)
        place = self.chosen.get(REGION)
        if place is not None and keys[1:] and _at(unfolded(read_yaml(place)), keys) is not _NOT_THERE:
            return 2, _shown_file(place)
        return 2, _shown_file(self.chosen[group])


def explain_validation(
    error: ValidationError,
    data: dict[str, Any],
    overrides: Sequence[str],
    file: Path,
    chosen: Mapping[str, Path],
    numbers: Numbers = ALL,
) -> WrongSettings:
    """Say, a line for each, which settings are wrong, why, and where each was set.

    Args:
        error: What pydantic found.
        data: The composed settings.
        overrides: The overrides in force.
        file: The scenario's file.
        chosen: The file of each group's choice, and of each strategy as ``strategy/NAME``.
        numbers: How the user counts the items of lists of which some have been left out.
    """
    sources = _Sources(data, overrides, file, read_yaml(file), chosen, numbers)
    own = [(problem, list(_blamed(problem, data))) for problem in _problems(error)]
    told = [(_line(problem, sources), about) for problem, about in own[:_MOST_READ]]
    return WrongSettings(told, [about for _, about in own[_MOST_READ:]])


def explain_kinds(
    error: ValidationError,
    names: Sequence[str],
    data: dict[str, Any],
    overrides: Sequence[str],
    file: Path,
    chosen: Mapping[str, Path],
) -> dict[str, str]:
    """Say what is wrong with some kinds, by their names; the other arguments are those of explain_validation."""
    sources = _Sources(data, overrides, file, read_yaml(file), chosen)
    of_each = {name: [p for p in _problems(error) if p["loc"][:2] == (KINDS, name)] for name in names}
    return {name: in_lines(_line(p, sources) for p in own[:_MOST_READ]) for name, own in of_each.items()}


def explain_hydra(error: Exception, pieces: Mapping[str, dict[str, Any]], file: Path) -> UserError:
    """Say what is wrong with settings that Hydra could not put together.

    Where a list and a mapping met Hydra does not say, so each piece is held against the schema on its own.

    Args:
        error: What Hydra said.
        pieces: What each override and each file of the user's sets, under the words that name it.
        file: The scenario's file.
    """
    for origin, data in pieces.items():
        for line in _misshapen(data):
            return UserError(f"{origin}: {line}")
    if isinstance(error, MissingConfigException) and error.missing_cfg_file:
        group, _slash, name = error.missing_cfg_file.rpartition("/")
        unknown = _("unknown {group} '{name}'; {hint}")
        hint = nearest(name, error.options or ())
        return UserError(f"{_shown_file(file)}: {unknown.format(group=group, name=name, hint=hint)}")
    text, cause = _first_line(error), _first_line(error.__cause__ or error.__context__)
    if missing := re.search(r"Could not override '([^']+)'", text):
        return UserError(_("unknown setting '{setting}'").format(setting=missing[1]))
    if merging := text.partition("Error merging override ")[2]:
        return UserError(_("override '{override}': {why}").format(override=merging, why=cause))
    return UserError(_("settings: {why}").format(why=f"{text} {cause}" if text.endswith(":") else text))


def _first_line(error: BaseException | None) -> str:
    """Return the first line of an error, without the signs that were put before an override to force it."""
    line = str(error).partition("\n")[0].replace("++", "")
    return line.replace("list index out of range", _("the list has no such item"))


def _misshapen(data: dict[str, Any]) -> Iterator[str]:
    """Say where these settings, which need not be complete, have a list for a mapping or the reverse."""
    known = {key: value for key, value in data.items() if key != "strategies" or not isinstance(value, list)}
    if "strategy" in known:
        known["strategies"] = [known.pop("strategy")]
    try:
        Scenario.model_validate(known)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["type"] in _SHAPES:
                path = _real_path(problem, known)
                yield _named(_dotted(path), _at(known, path), _(_SHAPES[problem["type"]]))


def _problems(error: ValidationError) -> list[ErrorDetails]:
    """Return each thing that is wrong, without what only follows from another."""
    problems = [each for problem in error.errors(include_url=False) for each in _apart(problem)]
    return [problem for problem in problems if not _follows(problem, problems)]


def _apart(problem: ErrorDetails) -> Iterator[ErrorDetails]:
    """Give the checks of one group that failed together as a problem each."""
    error = problem.get("ctx", {}).get("error")
    if isinstance(error, SettingErrors):
        for one in error.errors:
            yield {**problem, "ctx": {"error": one}}
    else:
        yield problem


def _follows(problem: ErrorDetails, problems: Sequence[ErrorDetails]) -> bool:
    """Whether a list is called too short only because its items are wrong."""
    if problem["type"] != "too_short":
        return False
    loc = problem["loc"]
    inside = [p for p in problems if p["loc"][: len(loc)] == loc]
    return len(inside) > 1


def _line(problem: ErrorDetails, sources: _Sources) -> str:
    path = _real_path(problem, sources.data)
    return _MAKERS.get(problem["type"], _plain)(problem, path, sources)


def _plain(problem: ErrorDetails, path: list[str | int], sources: _Sources) -> str:
    said = _PLAIN.get(problem["type"])
    limits = {name: _limit(value) for name, value in problem.get("ctx", {}).items()}
    message = _(said).format(**limits) if said else problem["msg"]
    return f"{sources.origin(path)[1]}: {sources.named(path, message)}"


def _unknown_key(problem: ErrorDetails, path: list[str | int], sources: _Sources) -> str:
    hint = nearest_of(str(path[-1]), problem["ctx"]["known"], setting_words.ALL_SETTINGS)
    unknown = _("unknown setting '{setting}'; {hint}").format(setting=sources.dotted(path), hint=hint)
    return f"{sources.origin(path)[1]}: {unknown}"


def _limit(value: Any) -> Any:
    """Write a limit as a reader does, 1,000,000 or 1.000.000; but a fraction as settings have it, 0.5."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    return number(int(value), ",") if value == int(value) else f"{value:g}"


def _missing(_problem: ErrorDetails, path: list[str | int], sources: _Sources) -> str:
    """Blame who set what is around the missing key, unless that is a whole group."""
    around = path[:-1] if len(path) > 2 else path
    origin = min(sources.origin(path), sources.origin(around))[1]
    line = f"{origin}: " + _("'{setting}' is missing").format(setting=sources.dotted(path))
    if path[0] == "kinds" and path[2:] == ["title"] and f"kinds/{path[1]}" not in sources.chosen:
        kinds = [name.removeprefix("kinds/") for name in sources.chosen if name.startswith("kinds/")]
        hint = nearest_of(str(path[1]), kinds, words.ALL_KINDS)
        line += ": " + _("no file has a kind '{name}'; {hint}").format(name=path[1], hint=hint)
    return line


def _unknown_word(problem: ErrorDetails, path: list[str | int], sources: _Sources) -> str:
    ctx = problem["ctx"]
    known = re.findall(r"'([^']*)'", ctx.get("expected_tags") or ctx["expected"])
    is_rule = path[0] == "strategies" and len(path) > 2 and path[2] in _CHOSEN_BY_RULE
    written = str(_at(sources.data, path))
    offer = nearest_of(written, known, words.ALL_POLICIES) if is_rule else nearest(written, known)
    message = _("unknown; {hint}").format(hint=offer)
    return f"{sources.origin(path)[1]}: {sources.named(path, message)}"


def _check_failed(problem: ErrorDetails, path: list[str | int], sources: _Sources) -> str:
    """Name the setting that a failed check is about, or another that it blames as well if the user set that one."""
    error = problem["ctx"]["error"]
    if not isinstance(error, SettingError):
        return f"{sources.origin(path)[1]}: {sources.named(path, str(error))}"
    paths = [[*path, *blamed] for blamed in error.paths]
    there = [p for p in paths if _at(sources.data, p) is not _NOT_THERE]
    blamed = min(there, key=lambda p: sources.origin(p)[0]) if there and there[0] == paths[0] else path
    first = sources.numbers.written(paths[0])[len(path) :]
    message = error.message if blamed == paths[0] else error.said_elsewhere(first)
    return f"{sources.origin(blamed)[1]}: {sources.named(blamed, message)}"


_CHOSEN_BY_RULE = ("dispatch", "relocation", "command", "escort", "evacuation", "guards")
"""Settings of a strategy that are rules, of which there is a list."""
_MAKERS: dict[str, Callable[[ErrorDetails, list[str | int], _Sources], str]] = {
    UNKNOWN: _unknown_key,
    "missing": _missing,
    "union_tag_not_found": _missing,
    "union_tag_invalid": _unknown_word,
    "literal_error": _unknown_word,
    "enum": _unknown_word,
    "value_error": _check_failed,
}
"""What makes the message, by pydantic's type of error; all others are plain."""


def _real_path(problem: ErrorDetails, data: Any) -> list[str | int]:
    """Drop from pydantic's location the tags of unions, which are no keys of the settings; add the key of a bad tag."""
    loc = list(problem["loc"])
    if problem["type"] in ("union_tag_invalid", "union_tag_not_found"):
        loc.append(problem["ctx"]["discriminator"].strip("'"))
    absent = problem["type"] in ("missing", UNKNOWN, "union_tag_not_found")
    path: list[str | int] = []
    for i, part in enumerate(loc):
        if _at(data, [*path, part]) is not _NOT_THERE or (absent and i == len(loc) - 1):
            path.append(part)
    return path


def _blamed(problem: ErrorDetails, data: Any) -> Iterator[SettingPath]:
    """Give the settings that a problem is about."""
    path, error = _real_path(problem, data), problem.get("ctx", {}).get("error")
    inside: Sequence[SettingPath] = error.paths if isinstance(error, SettingError) else [()]
    for blamed in inside:
        yield (*path, *blamed)


def _at(settings: Any, path: Sequence[str | int]) -> Any:
    """Return what stands at a path, or the marker that nothing does."""
    for part in path:
        settings = _step(settings, part)
    return settings


def _step(settings: Any, part: str | int) -> Any:
    if isinstance(settings, dict):
        return settings.get(part, _NOT_THERE)
    if isinstance(settings, list) and isinstance(part, int) and part < len(settings):
        return settings[part]
    return _NOT_THERE


def _written(path: Sequence[str | int]) -> list[str | int]:
    """Return the path as a user would write it: a setting of every strategy stands under ``strategy``."""
    return ["strategy", *path[2:]] if len(path) > 1 and path[0] == "strategies" else list(path)


def _dotted(path: Sequence[str | int]) -> str:
    return dotted([shortened(part, _LONGEST_KEY) if isinstance(part, str) else part for part in _written(path)])


def _named(name: str, value: Any, message: str) -> str:
    text = {"None": "null", "True": "true", "False": "false"}.get(repr(value), repr(value))
    if len(text) > _LONGEST_VALUE:
        text = "" if isinstance(value, (dict, list)) else f"{text[:_LONGEST_VALUE]}…"
    return f"{name}{f' = {text}' if text else ''}: {message}" if name else message


def _shown_file(file: Path) -> str:
    """Return a packaged file from ``conf/`` or ``scenarios/`` on, any other as it is."""
    packaged = next((root for root in (CONF, SCENARIOS) if file.is_relative_to(root)), None)
    return file.relative_to(packaged.parent).as_posix() if packaged else str(file)
