"""What a check of settings raises: which settings it blames, as data, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

SettingPath = tuple[str | int, ...]
"""Where a setting stands: keys of mappings and numbers of list items, from 0."""
UNKNOWN = "unknown_setting"
"""Type of pydantic's error for a key that a group of settings does not know; its context holds the ``known`` ones."""


class SettingError(ValueError):
    """A check of one or of several settings has failed.

    Pydantic keeps it as it is; :mod:`sim.config.explain` blames the one among its paths that the user set himself.

    Attributes:
        paths: The settings it is about, as seen from the model whose check it is: first the one it is said of, then
            the others that may be the mistake as well.
        message: What is wrong with them.
        named: Whether the message itself names the first; else its name is put before it where another is blamed.
    """

    def __init__(
        self, path: SettingPath | str, message: str, also: Sequence[SettingPath | str] = (), *, named: bool = False
    ) -> None:
        self.paths = [path_of(one) for one in (path, *also)]
        self.message = message
        self.named = named
        super().__init__(self.said_elsewhere(self.paths[0]))

    def said_elsewhere(self, first: SettingPath) -> str:
        """Return the message where another setting is blamed.

        Args:
            first: Where the first stands, as the user counts.
        """
        return self.message if self.named else f"{dotted(first)}: {self.message}"


class SettingErrors(ValueError):
    """Several checks of one group of settings have failed.

    Attributes:
        errors: Each of them.
    """

    def __init__(self, errors: Sequence[SettingError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(map(str, errors)))


class Refusals:
    """Gathers the failed checks of one group of settings, so that all are said at once."""

    def __init__(self) -> None:
        self._found: list[SettingError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep a check that fails inside, or several, and go on after it."""
        try:
            yield
        except SettingError as error:
            self._found.append(error)
        except SettingErrors as several:
            self._found.extend(several.errors)

    def refuse(self) -> None:
        """Say what was kept.

        Raises:
            SettingError: When one check has failed.
            SettingErrors: When several have.
        """
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise SettingErrors(self._found)


def path_of(setting: SettingPath | str) -> SettingPath:
    """Return a path; a dotted name of keys, such as ``moved_in.from_time``, stands for one."""
    return tuple(setting.split(".")) if isinstance(setting, str) else setting


def dotted(path: Sequence[str | int]) -> str:
    """Write a path as messages do: ``stages[2].servers``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def name_known(error: ValidationError, known: Iterable[str]) -> ValidationError:
    """Say, with each key that a group of settings does not know, which ones it does.

    Args:
        error: What pydantic found in this group.
        known: The keys of the group.
    """
    problems = error.errors(include_url=False)
    if not any(_unknown_here(problem) for problem in problems):
        return error
    names = sorted(known)
    return ValidationError.from_exception_data(error.title, [_said_again(problem, names) for problem in problems])


def _unknown_here(problem: ErrorDetails) -> bool:
    return problem["type"] == "extra_forbidden" and len(problem["loc"]) == 1


def _said_again(problem: ErrorDetails, known: list[str]) -> InitErrorDetails:
    """Return a problem as pydantic takes it back; its own errors of this type are given by name."""
    context = problem.get("ctx", {})
    again: str | PydanticCustomError = problem["type"]
    if _unknown_here(problem):
        again = PydanticCustomError(UNKNOWN, "unknown setting", {"known": known})
    elif problem["type"] == UNKNOWN:
        again = PydanticCustomError(UNKNOWN, "unknown setting", context)
    return InitErrorDetails(type=again, loc=problem["loc"], input=problem["input"], ctx=context)
