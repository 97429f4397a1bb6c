"""Texts of a scenario that name its times and places: they are made from its settings, so that they cannot lie."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from sim.config.refusal import SettingError
from sim.errors import nearest
from sim.words.language import clock, number
from sim.words.language import gettext as _

SPOKEN_OF = ("incidents", "conditions", "closures", "slow_stretches", "troubles", "kinds")
"""Settings that a text may name the parts of; other braces are left as they are."""
NOTHING = "–"
"""Stands in a heading for a setting that is not there."""
_MARK = re.compile(rf"\{{((?:{'|'.join(SPOKEN_OF)})(?:\[[0-9]+\]|\.[a-z_]+)*)\}}")
_STEP = re.compile(r"[a-z_]+|[0-9]+")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_AS_KEPT = re.compile(r"[0-9]{2}[:.][0-9]{2}|[^0-9].*")
"""A time of day with all its digits, or a name: what settings that are composed hold as their file does."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def spoken_of(texts: Iterable[str]) -> set[str]:
    """Return which of these settings the texts name."""
    return {_STEP.findall(mark)[0] for text in texts for mark in _MARK.findall(text)}


def told(text: str, settings: dict[str, Any], setting: str, known: Collection[str]) -> str:
    """Put the values of settings into a text where it names them in braces, as in ``{incidents[0].onset}``.

    A sentence that names what is not there, because an override took it away, is left out.

    Args:
        text: The text.
        settings: The scenario's settings as they are written: times as ``09:40``.
        setting: Where the text stands.
        known: Names of settings that parts may have.

    Raises:
        SettingError: For a name in braces that no part has, or that stands for more than a value.
    """
    marks = {mark: _value(mark, settings, setting, known) for mark in _MARK.findall(text)}
    if None in marks.values():
        missing = not_there(text, settings, setting, known)
        sentences = _SENTENCE.split(text)
        text = " ".join(one for one in sentences if not any(mark in one for mark in missing))
    return _MARK.sub(lambda mark: marks[mark.group(1)] or NOTHING, text)


def heading(text: str, settings: dict[str, Any], setting: str, known: Collection[str]) -> str:
    """Do the same for a heading, which stays whole: what is not there is a dash.

    Raises:
        SettingError: As ``told``.
    """
    return _MARK.sub(lambda mark: _value(mark.group(1), settings, setting, known) or NOTHING, text)


def not_there(text: str, settings: dict[str, Any], setting: str, known: Collection[str]) -> list[str]:
    """Return the settings that a text names, in braces, and that are not there.

    Raises:
        SettingError: As ``told``.
    """
    return [f"{{{mark}}}" for mark in _MARK.findall(text) if _value(mark, settings, setting, known) is None]


def heading_of_file(text: str, settings: dict[str, Any]) -> str | None:
    """Do the same for a heading from the scenario's file alone; None where that does not hold all that it names."""
    marks = _MARK.findall(text)
    known = {step for mark in marks for step in _STEP.findall(mark)}
    try:
        values = [_value(mark, settings, "title", known) for mark in marks]
    except SettingError:
        return None  # whoever composes it says what is wrong
    is_told = all(value is not None and _AS_KEPT.fullmatch(value) for value in values)
    return heading(text, settings, "title", known) if is_told else None


def _value(path: str, settings: dict[str, Any], setting: str, known: Collection[str]) -> str | None:
    """Return what is written for one name; None where there is nothing."""
    here: Any = settings
    for step in _STEP.findall(path):
        if isinstance(here, list) and step.isdigit():
            here = here[int(step)] if int(step) < len(here) else None
        elif step not in SPOKEN_OF and not step.isdigit() and step not in known:
            raise SettingError(
                setting,
                _("{{{path}}}: unknown '{step}'; {hint}").format(path=path, step=step, hint=nearest(step, known)),
            )
        elif here is not None:
            here = here.get(step) if isinstance(here, dict) else None
    if here is None:
        return None
    if isinstance(here, list) and here and all(isinstance(part, str) for part in here):
        return (_(" to ") if path.endswith("onset") else _(" or ")).join(map(_clock, here))
    if not isinstance(here, str | int | float):
        raise SettingError(setting, _("{{{path}}} is no time, name or number").format(path=path))
    return number(here, "g") if isinstance(here, float) else _clock(str(here))


def _clock(written: str) -> str:
    """Return a time of day as the language writes it, anything else as it is."""
    return clock(written) if _CLOCK.fullmatch(written) else written
